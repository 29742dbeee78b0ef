/**
 * Hours, days and months of metered use by the tenant's clock, and how long an event may be late. Pure; called by the store of usage, by its
 * queries and by the charge of a batch.
 */
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { addDays, DAY, dateOf, dayStart, HOUR, offsetAt, toIso } from '../../../shared/time.ts';

/** How long usage of a closed month is still taken, into the open one; its keys are known as long. */
export const KEYS_KEPT_MS = 40 * DAY;
/** 31 days of its month, up to 29 until that is closed, 40 after it: usage that is older is nobody's to prove. */
export const MAX_USAGE_AGE_MS = 100 * DAY;

/** First instant of the hour that a zone's clock shows; it begins at a quarter of an hour of UTC. */
export function hourStart(at: Instant, zone: string): Instant {
  const offset = offsetAt(at, zone);
  return asInstant(Math.floor((at + offset) / HOUR) * HOUR - offset);
}

/** Months since year 0 of `YYYY-MM`. */
export const monthNumber = (period: string): number => Number(period.slice(0, 4)) * 12 + Number(period.slice(5, 7)) - 1;

/** `YYYY-MM` of months since year 0. */
export const periodOfMonth = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;

export const SUM_STEPS = ['hour', 'day', 'period'] as const;
export type SumStep = (typeof SUM_STEPS)[number];

/** The longest stretch that is answered at once, in days, by step: never more than about 2,500 rows of a type. */
export const MAX_SUM_DAYS: Readonly<Record<SumStep, number>> = { hour: 92, day: 400, period: 400 };

/** What an hour belongs to: its own start, the day or the month of the tenant's clock. */
export function stepOf(startsAt: Instant, zone: string, step: SumStep): string {
  if (step === 'hour') return toIso(startsAt);
  const date = dateOf(startsAt, zone);
  return step === 'day' ? date : date.slice(0, 7);
}

/** From the first instant of a day to the last of another, by the tenant's clock. */
export const stretchOf = (from: string, until: string, zone: string): { from: Instant; until: Instant } => ({
  from: dayStart(from, zone),
  until: dayStart(addDays(until, 1), zone),
});
