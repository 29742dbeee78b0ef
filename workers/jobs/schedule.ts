/** Pure: when a cron is due. Five fields in UTC, so that no summer time and no machine's zone ever moves it. Called by due.ts. */
import { asInstant, type Instant } from '../../shared/clock.ts';
import { assert } from '../../shared/result.ts';
import { DAY, HOUR } from '../../shared/time.ts';

const MINUTE_MS = 60_000;
/** A schedule that is due less often than once in so many days (29 February of a leap century) is a mistake. */
const MAX_DAYS = 1_500;

/** What each field allows; null: anything. */
export interface Schedule {
  minutes: ReadonlySet<number>;
  hours: ReadonlySet<number>;
  days: ReadonlySet<number> | null;
  months: ReadonlySet<number> | null;
  weekdays: ReadonlySet<number> | null;
}

const FIELDS = [
  ['minute', 0, 59],
  ['hour', 0, 23],
  ['day of month', 1, 31],
  ['month', 1, 12],
  ['day of week', 0, 6],
] as const;

function fieldOf(text: string, name: string, from: number, to: number): ReadonlySet<number> {
  const allowed = new Set<number>();
  for (const part of text.split(',')) {
    const read = /^(?:(\*)|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
    assert(read, `schedule: ${name} "${part}"`);
    const [, any, first, last, every] = read;
    const low = any === undefined ? Number(first) : from;
    const high = any === undefined ? Number(last ?? (every === undefined ? first : to)) : to;
    const step = Number(every ?? 1);
    assert(low >= from && high <= to && low <= high && step > 0, `schedule: ${name} "${part}" outside ${from}–${to}`);
    for (let value = low; value <= high; value += step) allowed.add(value);
  }
  return allowed;
}

/**
 * Reads `minute hour day-of-month month day-of-week` with `*`, numbers, ranges, `/n` and lists; throws on anything else. Day of month
 * and day of week must both fit: the "either" of old cron surprises everybody.
 */
export function parseSchedule(text: string): Schedule {
  const parts = text.trim().split(/\s+/);
  assert(parts.length === FIELDS.length, `schedule "${text}" has no five fields`);
  const [minutes, hours, days, months, weekdays] = FIELDS.map(([name, from, to], i) =>
    fieldOf(parts[i] ?? '', name, from, to),
  );
  assert(minutes && hours && days && months && weekdays, 'five fields');
  const orAny = (field: ReadonlySet<number>, size: number) => (field.size === size ? null : field);
  return { minutes, hours, days: orAny(days, 31), months: orAny(months, 12), weekdays: orAny(weekdays, 7) };
}

/** Due at every minute: such crons carry work on, and development may run them more often. */
export const isEveryMinute = (schedule: Schedule): boolean =>
  schedule.minutes.size === 60 &&
  schedule.hours.size === 24 &&
  schedule.days === null &&
  schedule.months === null &&
  schedule.weekdays === null;

function isDueDay({ days, months, weekdays }: Schedule, dayStart: number): boolean {
  if (weekdays !== null && !weekdays.has((Math.floor(dayStart / DAY) + 4) % 7)) return false;
  if (days === null && months === null) return true;
  const date = new Date(dayStart);
  return (days === null || days.has(date.getUTCDate())) && (months === null || months.has(date.getUTCMonth() + 1));
}

/** The latest due time at or before an instant; null: none within four years. */
export function latestDue(schedule: Schedule, at: Instant): Instant | null {
  const firstDay = Math.floor(at / DAY) * DAY;
  for (let n = 0; n < MAX_DAYS; n++) {
    const day = firstDay - n * DAY;
    if (!isDueDay(schedule, day)) continue;
    for (let hour = 23; hour >= 0; hour--) {
      if (!schedule.hours.has(hour) || day + hour * HOUR > at) continue;
      for (let minute = 59; minute >= 0; minute--) {
        const due = day + hour * HOUR + minute * MINUTE_MS;
        if (schedule.minutes.has(minute) && due <= at) return asInstant(due);
      }
    }
  }
  return null;
}

/** Due times after one instant up to and with another, oldest first, at most `limit`. */
export function dueBetween(schedule: Schedule, after: Instant, until: Instant, limit: number): Instant[] {
  const found: Instant[] = [];
  const firstDay = Math.floor(after / DAY) * DAY;
  for (let n = 0; n < MAX_DAYS; n++) {
    const day = firstDay + n * DAY;
    if (day > until) break;
    if (!isDueDay(schedule, day)) continue;
    for (let hour = 0; hour < 24; hour++) {
      if (!schedule.hours.has(hour)) continue;
      for (let minute = 0; minute < 60; minute++) {
        const due = day + hour * HOUR + minute * MINUTE_MS;
        if (!schedule.minutes.has(minute) || due <= after) continue;
        if (due > until || found.length >= limit) return found;
        found.push(asInstant(due));
      }
    }
  }
  return found;
}
