/**
 * The days and times a recurrence rule of iCalendar means (RFC 5545 § 3.3.10), by the clock and within a window. Written here because the
 * libraries that were tried never end on some rules: every step is counted, and who has none left is refused. Called by read-calendar.ts
 * and ics-zones.ts.
 */
import { DAY } from '../../../shared/time.ts';

/** A time by the clock: days since 1970-01-01, and minutes since that day's midnight. */
export interface Wall {
  day: number;
  minute: number;
}

/** Steps that are left: days looked at and times made. Shared by all rules of a file. */
export interface Budget {
  left: number;
}

/** Steps of one rule: daily since 1600, or a century of a rule that names single days of a year. */
const MAX_STEPS = 200_000;
/** Members of one list of a rule: the days of a year, twice. */
const MAX_MEMBERS = 732;
/** Times of day of one rule. */
const MAX_TIMES = 1_440;

const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY'] as const;
type Frequency = (typeof FREQUENCIES)[number];
const TOO_OFTEN = ['HOURLY', 'MINUTELY', 'SECONDLY'];
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

export interface Rule {
  frequency: Frequency;
  interval: number;
  count: number | null;
  /** as it stands: a date, a time by the clock, or one in UTC */
  until: string | null;
  months: readonly number[];
  weeks: readonly number[];
  yearDays: readonly number[];
  monthDays: readonly number[];
  /** weekday, and the how manieth of month or year; 0: every */
  weekdays: readonly { weekday: number; nth: number }[];
  hours: readonly number[];
  minutes: readonly number[];
  positions: readonly number[];
  weekStart: number;
}

export type RuleFault = 'bad_rule' | 'rule_too_often' | 'rule_too_long';
type Parsed = { ok: true; rule: Rule } | { ok: false; fault: RuleFault };

const BAD = { ok: false, fault: 'bad_rule' } as const;

/** Whole numbers from `min` to `max`; negative ones count from the end where that is allowed. Null: something else. */
function numbers(text: string | undefined, max: number, { min = 1, isSigned = false } = {}): number[] | null {
  if (text === undefined) return [];
  const parts = text.split(',');
  if (parts.length > MAX_MEMBERS) return null;
  const found = parts.map((part) => (/^[+-]?\d{1,3}$/.test(part) ? Number(part) : Number.NaN));
  const fits = (n: number): boolean => (n >= min && n <= max) || (isSigned && n <= -1 && n >= -max);
  return found.every(fits) ? found : null;
}

function weekdaysOf(text: string | undefined): Rule['weekdays'] | null {
  if (text === undefined) return [];
  const parts = text.split(',');
  if (parts.length > MAX_MEMBERS) return null;
  const found = parts.map((part) => {
    const match = /^([+-]?\d{1,2})?(SU|MO|TU|WE|TH|FR|SA)$/.exec(part);
    const nth = Number(match?.[1] ?? 0);
    if (match === null || Math.abs(nth) > 53 || (match[1] !== undefined && nth === 0)) return null;
    return { weekday: WEEKDAYS.indexOf(match[2] as string), nth };
  });
  return found.every((one) => one !== null) ? found : null;
}

/** Reads `FREQ=WEEKLY;BYDAY=MO,WE`. Rules that repeat within a day are no busy time of a person and are refused. */
export function parseRule(text: string): Parsed {
  const parts = new Map<string, string>();
  for (const part of text.trim().toUpperCase().split(';')) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const name = part.slice(0, at);
    if (at <= 0 || parts.has(name)) return BAD;
    parts.set(name, part.slice(at + 1));
  }
  const frequency = parts.get('FREQ') ?? '';
  if (TOO_OFTEN.includes(frequency)) return { ok: false, fault: 'rule_too_often' };
  if (!FREQUENCIES.includes(frequency as Frequency)) return BAD;
  if ((parts.get('RSCALE') ?? 'GREGORIAN') !== 'GREGORIAN') return BAD;
  const whole = (name: string): number | null | undefined => {
    const value = parts.get(name);
    if (value === undefined) return null;
    return /^\d{1,10}$/.test(value) && Number(value) > 0 ? Number(value) : undefined;
  };
  const [interval, count] = [whole('INTERVAL'), whole('COUNT')];
  const months = numbers(parts.get('BYMONTH'), 12);
  const weeks = numbers(parts.get('BYWEEKNO'), 53, { isSigned: true });
  const yearDays = numbers(parts.get('BYYEARDAY'), 366, { isSigned: true });
  const monthDays = numbers(parts.get('BYMONTHDAY'), 31, { isSigned: true });
  const weekdays = weekdaysOf(parts.get('BYDAY'));
  const hours = numbers(parts.get('BYHOUR'), 23, { min: 0 });
  const minutes = numbers(parts.get('BYMINUTE'), 59, { min: 0 });
  const positions = numbers(parts.get('BYSETPOS'), 366, { isSigned: true });
  const weekStart = WEEKDAYS.indexOf(parts.get('WKST') ?? 'MO');
  const until = parts.get('UNTIL') ?? null;
  if (
    interval === undefined ||
    count === undefined ||
    months === null ||
    weeks === null ||
    yearDays === null ||
    monthDays === null ||
    weekdays === null ||
    hours === null ||
    minutes === null ||
    positions === null ||
    weekStart < 0 ||
    (until !== null && !/^\d{8}(T\d{6}Z?)?$/.test(until)) ||
    (weeks.length > 0 && frequency !== 'YEARLY') ||
    Math.max(1, hours.length) * Math.max(1, minutes.length) > MAX_TIMES
  )
    return BAD;
  return {
    ok: true,
    rule: {
      frequency: frequency as Frequency,
      interval: interval ?? 1,
      count,
      until,
      months,
      weeks,
      yearDays,
      monthDays,
      weekdays,
      hours,
      minutes,
      positions,
      weekStart,
    },
  };
}

const dateOf = (day: number): Date => new Date(day * DAY);
/** Days since 1970-01-01 of a date; months may lie outside the year. */
function dayOf(year: number, month: number, date: number): number {
  const at = new Date(0);
  at.setUTCFullYear(year, month, date);
  return Math.floor(at.getTime() / DAY);
}
const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;
const weekBegin = (day: number, weekStart: number): number => day - ((weekdayOf(day) - weekStart + 7) % 7);

/** First day of a year's first week: the one with at least four days in it. */
const firstWeek = (year: number, weekStart: number): number => weekBegin(dayOf(year, 0, 4), weekStart);

/** A period of the rule: first day, and the first that is no longer in it. */
function periodAt({ frequency, interval, weekStart }: Rule, start: Wall, n: number): { from: number; until: number } {
  if (frequency === 'DAILY') return { from: start.day + n * interval, until: start.day + n * interval + 1 };
  if (frequency === 'WEEKLY') {
    const from = weekBegin(start.day, weekStart) + n * interval * 7;
    return { from, until: from + 7 };
  }
  const begun = dateOf(start.day);
  const year = begun.getUTCFullYear();
  if (frequency === 'YEARLY')
    return { from: dayOf(year + n * interval, 0, 1), until: dayOf(year + n * interval + 1, 0, 1) };
  const month = begun.getUTCMonth() + n * interval;
  return { from: dayOf(year, month, 1), until: dayOf(year, month + 1, 1) };
}

/** Days of a period at most: how far one may be skipped without missing any. */
const LONGEST: Readonly<Record<Frequency, number>> = { YEARLY: 366, MONTHLY: 31, WEEKLY: 7, DAILY: 1 };

/** What the rule leaves open follows from the start. */
function completed(rule: Rule, start: Wall): Rule {
  const date = dateOf(start.day);
  const { frequency, weekdays, monthDays, yearDays, weeks, months } = rule;
  const isOpen = weekdays.length + monthDays.length + yearDays.length === 0;
  if (!isOpen || frequency === 'DAILY') return rule;
  if (frequency === 'WEEKLY' || weeks.length > 0)
    return { ...rule, weekdays: [{ weekday: weekdayOf(start.day), nth: 0 }] };
  const ofMonth = { ...rule, monthDays: [date.getUTCDate()] };
  if (frequency === 'YEARLY' && months.length === 0) return { ...ofMonth, months: [date.getUTCMonth() + 1] };
  return ofMonth;
}

/** From the front or, negative, from the end of something so long. */
const isAt = (wanted: readonly number[], at: number, length: number): boolean =>
  wanted.length === 0 || wanted.some((n) => (n > 0 ? n === at : length + n + 1 === at));

function isMeant(rule: Rule, day: number): boolean {
  const date = dateOf(day);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (rule.months.length > 0 && !rule.months.includes(month + 1)) return false;
  const ofMonth = date.getUTCDate();
  if (
    rule.monthDays.length > 0 &&
    !isAt(rule.monthDays, ofMonth, dayOf(year, month + 1, 0) - dayOf(year, month, 1) + 1)
  )
    return false;
  if (rule.yearDays.length > 0) {
    const first = dayOf(year, 0, 1);
    if (!isAt(rule.yearDays, day - first + 1, dayOf(year + 1, 0, 1) - first)) return false;
  }
  if (rule.weeks.length > 0) {
    const { weekStart } = rule;
    // The days around a new year may belong to a week of the other one.
    const of = [year + 1, year, year - 1].find((one) => firstWeek(one, weekStart) <= day) ?? year;
    const first = firstWeek(of, weekStart);
    if (!isAt(rule.weeks, Math.floor((day - first) / 7) + 1, (firstWeek(of + 1, weekStart) - first) / 7)) return false;
  }
  if (rule.weekdays.length === 0) return true;
  const weekday = weekdayOf(day);
  return rule.weekdays.some((one) => {
    if (one.weekday !== weekday) return false;
    if (one.nth === 0 || rule.frequency === 'WEEKLY' || rule.frequency === 'DAILY' || rule.weeks.length > 0)
      return true;
    const isOfYear = rule.frequency === 'YEARLY' && rule.months.length === 0;
    const [from, last] = isOfYear
      ? [dayOf(year, 0, 1), dayOf(year, 11, 31)]
      : [dayOf(year, month, 1), dayOf(year, month + 1, 0)];
    return one.nth > 0 ? Math.floor((day - from) / 7) + 1 === one.nth : Math.floor((last - day) / 7) + 1 === -one.nth;
  });
}

const isBefore = (a: Wall, b: Wall): boolean => a.day < b.day || (a.day === b.day && a.minute < b.minute);

/**
 * All times of the rule from the start on that lie in the window, in order; the start itself is always the first, whatever the rule says.
 * @param until the last one that still counts, by the clock
 */
export function expand(
  asked: Rule,
  start: Wall,
  window: { fromDay: number; untilDay: number },
  until: Wall | null,
  budget: Budget,
): { ok: true; walls: Wall[] } | { ok: false; fault: RuleFault } {
  const rule = completed(asked, start);
  let steps = Math.min(MAX_STEPS, budget.left);
  const spent = steps;
  const times = (rule.hours.length === 0 ? [Math.floor(start.minute / 60)] : [...new Set(rule.hours)])
    .flatMap((hour) =>
      (rule.minutes.length === 0 ? [start.minute % 60] : [...new Set(rule.minutes)]).map(
        (minute) => hour * 60 + minute,
      ),
    )
    .sort((a, b) => a - b);
  const walls: Wall[] = [];
  let counted = 0;
  const last = Math.min(window.untilDay, until?.day ?? window.untilDay);
  const isPastEnd = (wall: Wall): boolean =>
    (rule.count !== null && counted >= rule.count) || (until !== null && isBefore(until, wall));
  /** False: nothing comes any more. */
  const take = (wall: Wall): boolean => {
    if (isPastEnd(wall)) return false;
    counted++;
    if (wall.day >= window.fromDay && wall.day <= window.untilDay) walls.push(wall);
    return true;
  };
  if (!take(start)) return { ok: true, walls };
  // Without a count nothing has to be counted up: the periods before the window are left out.
  const skipped =
    rule.count === null ? Math.floor((window.fromDay - start.day) / (LONGEST[rule.frequency] * rule.interval)) : 0;
  for (let n = Math.max(0, skipped - 1); ; n++) {
    const { from, until: end } = periodAt(rule, start, n);
    if (!(from <= last)) break;
    steps -= 1 + Math.min(366, end - from);
    const days: number[] = [];
    for (let day = from; day < end; day++) if (isMeant(rule, day)) days.push(day);
    // Counted before they are made: a year of every minute would be half a million.
    steps -= days.length * times.length;
    if (steps <= 0) {
      budget.left -= spent;
      return { ok: false, fault: 'rule_too_long' };
    }
    let found = days.flatMap((day) => times.map((minute) => ({ day, minute })));
    if (rule.positions.length > 0) {
      const { length } = found;
      found = found.filter((_, i) => isAt(rule.positions, i + 1, length));
    }
    const isOver = found.some((wall) => isBefore(start, wall) && !take(wall));
    if (isOver) break;
  }
  budget.left -= spent - steps;
  return { ok: true, walls };
}

export { dayOf };
