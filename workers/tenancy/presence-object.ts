/**
 * The fourth object class: who looks at which day of a tenant's calendar, in memory alone, one object a tenant. It stores nothing, and an eviction
 * forgets everybody until they say so again. Only the Worker calls it, by RPC, with nothing of a request but who looks. Asked through
 * `scope.present()`.
 */
import { DurableObject } from 'cloudflare:workers';
import { look, type Looker, type Looks, othersOn } from '../object-runtime/looks.ts';
import type { Env } from '../env.ts';
import type { PresenceAsk } from './presence.ts';

export class TenantPresence extends DurableObject<Env> {
  readonly #looks: Looks = new Map();

  /** Notes who looks and answers who else does. `now` is the process clock of the asking Worker. */
  present({ branchId, dates, looker }: PresenceAsk, now: number): Looker[] {
    const days = dates.map((date) => `${branchId} ${date}`);
    for (const day of days) look(this.#looks, day, looker, now);
    return othersOn(this.#looks, days, looker?.userId ?? null);
  }
}
