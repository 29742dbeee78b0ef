/** Instants are epoch milliseconds; `now` is always a parameter. Edges read it from here so that development can move it. */

declare const instant: unique symbol;
export type Instant = number & { readonly [instant]: true };
/**
 * Whole minutes since 1970 in UTC, what the calendar's engine counts in. Any number of its arithmetic will do, but an instant, which is
 * 60,000 times as large, is refused by the compiler.
 */
export type EpochMinute = number & { readonly [instant]?: never };
/** Brands epoch milliseconds; fractions are cut, not rounded, so that an instant never lies in the future of its source. */
export const asInstant = (value: number): Instant => Math.trunc(value) as Instant;

let offsetMs = 0;

/** The process clock: the one place in the Worker that reads real time. */
export const processNow = (): Instant => asInstant(Date.now() + offsetMs);

/** Real time, never moved: what browsers, the auth library and the runtime's own alarms count by. Everything else asks `processNow`. */
export const realNow = (): Instant => asInstant(Date.now());

/** Development only (`POST /api/dev/clock`): moves the process clock; callers must refuse outside development. */
export function setClockOffset(ms: number): void {
  offsetMs = Math.trunc(ms);
}
/** Milliseconds by which development has moved the process clock; 0 everywhere else. */
export const clockOffset = (): number => offsetMs;
