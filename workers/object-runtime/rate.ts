/** Exact request counting in memory, fixed windows: used inside objects and by the RateGate. Holds no truth; an eviction forgets it. */

export interface RateStatus {
  limit: number;
  remaining: number;
  /** epoch seconds at which the window ends */
  resetAt: number;
  allowed: boolean;
  /** whole seconds until the window ends, at least 1 */
  retryAfter: number;
}

export interface RateRule {
  /** what is counted, e.g. `bookings.create` */
  name: string;
  limit: number;
  windowMs: number;
}

/** Bound of the table: beyond it the oldest windows are dropped (a hostile caller can invent keys, not memory). */
const MAX_WINDOWS = 20_000;

export class RateWindows {
  readonly #windows = new Map<string, { endsAt: number; count: number }>();

  /** Counts one request under rule and key and answers what the headers say. */
  take(rule: RateRule, key: string, now: number): RateStatus {
    const id = `${rule.name}\u0000${key}`;
    let window = this.#windows.get(id);
    // A window that ends too far ahead was made before the development clock went back.
    if (!window || window.endsAt <= now || window.endsAt > now + rule.windowMs) {
      if (this.#windows.size >= MAX_WINDOWS) this.#shrink(now);
      window = { endsAt: now - (now % rule.windowMs) + rule.windowMs, count: 0 };
      this.#windows.delete(id);
      this.#windows.set(id, window);
    }
    const allowed = window.count < rule.limit;
    if (allowed) window.count++;
    return {
      limit: rule.limit,
      remaining: Math.max(0, rule.limit - window.count),
      resetAt: Math.ceil(window.endsAt / 1000),
      allowed,
      retryAfter: Math.max(1, Math.ceil((window.endsAt - now) / 1000)),
    };
  }

  #shrink(now: number): void {
    for (const [id, window] of this.#windows) if (window.endsAt <= now) this.#windows.delete(id);
    for (const id of this.#windows.keys()) {
      if (this.#windows.size < MAX_WINDOWS) break;
      this.#windows.delete(id);
    }
  }
}
