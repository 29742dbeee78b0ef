/**
 * How much a caller may take: counted by call and network number, never by the customer that was invented (docs/callers.md). The rules of
 * counts, shares and penalties; the object reads the counts inside its transaction.
 */
import { BOOKINGS_AN_HOUR } from '../bounds.ts';
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { err, type Result } from '../../../shared/result.ts';
import { HOUR } from '../../../shared/time.ts';
import type { CallerRef } from '../call-state.ts';

/** Bookings of one call; a visit or a party counts as one. */
export const BOOKINGS_A_CALL = 3;
/** Bookings of all withheld numbers of a tenant together in an hour; one number has BOOKINGS_AN_HOUR. */
const WITHHELD_BOOKINGS_AN_HOUR = 10;
/** Live holds of one number (in all its calls), and of all withheld numbers together. */
const HOLDS_A_LINE = 2;
const WITHHELD_HOLDS = 5;
/** A branch's day belongs to withheld callers for a fifth of its bookable minutes at most … */
const WITHHELD_SHARE = 5;
/** … but to at least two of their appointments. */
const WITHHELD_MINIMUM = 2;
const LONGEST_PENALTY_HOURS = 24;

/** Whose bookings are counted together: a number by its keyed hash, all withheld ones as one. */
export const countedAs = (caller: CallerRef): string => `book:${caller.line ?? 'withheld'}`;

export const bookingsAnHour = (caller: CallerRef): number =>
  (caller.line === null ? WITHHELD_BOOKINGS_AN_HOUR : BOOKINGS_AN_HOUR) * caller.scale;

/** Refused attempts: until when, and how often it was refused while that ran. */
export interface Penalty {
  until: Instant;
  step: number;
}

/** A penalty that runs refuses whatever the count says. */
export const isRunning = (penalty: Penalty | null, now: Instant): boolean => penalty !== null && penalty.until > now;

/**
 * What a refused attempt costs: the time until the oldest of the counted bookings leaves the hour; refused again while that runs, 1 h,
 * 2 h, 4 h … at most 24 h.
 */
export function penaltyOf(before: Penalty | null, oldestAt: Instant | null, now: Instant): Penalty {
  if (before !== null && before.until > now) {
    const hours = Math.min(LONGEST_PENALTY_HOURS, 2 ** before.step);
    return { until: asInstant(now + hours * HOUR), step: Math.min(before.step + 1, 10) };
  }
  return { until: asInstant((oldestAt ?? now) + HOUR), step: 0 };
}

export const secondsUntil = (until: Instant, now: Instant): number => Math.max(1, Math.ceil((until - now) / 1000));

/** Refusal of another hold: LIMIT_REACHED. @param live holds of this number, or of all withheld ones, in other calls */
export function refuseHold(caller: CallerRef, live: number): Result<never> | null {
  const max = (caller.line === null ? WITHHELD_HOLDS : HOLDS_A_LINE) * caller.scale;
  return live >= max ? err({ code: 'LIMIT_REACHED', limit: 'holds', max }) : null;
}

/** What withheld callers have of one branch's day, by bookings and live holds together. */
interface WithheldDay {
  /** shifts minus breaks and absences, before any booking */
  bookableMinutes: number;
  takenMinutes: number;
  appointments: number;
}

/** Refusal of what would give withheld callers more of a day than their share: LIMIT_REACHED. */
export function refuseShare(day: WithheldDay, wantedMinutes: number, scale: number): Result<never> | null {
  if (day.appointments < WITHHELD_MINIMUM) return null;
  const share = Math.floor((day.bookableMinutes * scale) / WITHHELD_SHARE);
  return day.takenMinutes + wantedMinutes > share
    ? err({ code: 'LIMIT_REACHED', limit: 'withheld_share', max: share })
    : null;
}
