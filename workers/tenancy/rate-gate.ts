/**
 * The third object class: counts requests per user, key or address, one object per key, in memory. Holds no durable state, an eviction
 * resets the count. Asked through its binding by `http/rate-limit.ts`; bookings, availability and functions are counted in the calendar object instead.
 */
import { DurableObject } from 'cloudflare:workers';
import { type RateRule, type RateStatus, RateWindows } from '../object-runtime/rate.ts';
import type { Env } from '../env.ts';

export class RateGate extends DurableObject<Env> {
  readonly #windows = new RateWindows();

  /** Counts one request under the rule and answers what the headers say. `now` is the process clock of the asking Worker. */
  take(rule: RateRule, now: number): RateStatus {
    return this.#windows.take(rule, '', now);
  }
}
