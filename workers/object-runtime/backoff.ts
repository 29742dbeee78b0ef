/** Back-off of a sick sink, as a pure rule: 1 s · 2ⁿ, capped at 60 s, with jitter so that tenants don't march in step. */
const BASE_MS = 1_000;
/** Longest wait between two tries, ms. */
export const CAP_MS = 60_000;

/** @param attempt failures so far (1 = first); @param jitter 0..1; answers milliseconds in [½·wait, wait] */
export function backoffMs(attempt: number, jitter: number): number {
  const wait = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(16, Math.max(0, attempt - 1)));
  return Math.round(wait / 2 + (wait / 2) * jitter);
}

/**
 * Whether an instant until which something waits has come. One further ahead than anything ever waits was written by a clock that stood
 * ahead: the instant is due, or the wait would last as long as the clock was wrong.
 */
export const isDue = (nextAt: number, now: number): boolean => nextAt <= now || nextAt > now + CAP_MS;
