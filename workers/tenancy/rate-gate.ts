/**
 * The third object class: counts requests per user, key or address, in memory: one object a tenant, and one an address. Holds no durable state, an eviction
 * resets the count. Asked through its binding by `http/rate-limit.ts`; bookings, availability and functions are counted in the calendar object instead.
 */
import { DurableObject } from 'cloudflare:workers';
import { type RateRule, type RateStatus, RateWindows } from '../object-runtime/rate.ts';
import type { Env } from '../env.ts';

export class RateGate extends DurableObject<Env> {
  readonly #windows = new RateWindows();

  /**
   * Counts one request under several rules at once and answers the first that refuses, else the first: what the headers say. A request that
   * one rule refuses has counted for the others before it.
   */
  takeAll(asks: readonly { rule: RateRule; key: string }[], now: number): RateStatus | null {
    const taken = asks.map(({ rule, key }) => this.#windows.take(rule, key, now));
    return taken.find(({ allowed }) => !allowed) ?? taken[0] ?? null;
  }

  /** Counts one request under the rule and answers what the headers say. `now` is the process clock of the asking Worker. */
  take(rule: RateRule, now: number): RateStatus {
    return this.#windows.take(rule, '', now);
  }
}
