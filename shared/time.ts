/**
 * Wall clock ↔ instant: the one time module (rules, engine, speech, web apps). Zone offsets come from Intl once per zone and year
 * and are then plain arithmetic, so the availability engine can ask thousands of times. The process zone never matters. No library, because
 * every page of the panel and the start of the Worker carry this file; its test compares it with temporal-polyfill.
 */
import { BoundedMap } from './bounded-map.ts';
import { asInstant, type Instant } from './clock.ts';

/** `YYYY-MM-DD`, a day of the proleptic Gregorian calendar. */
export type WallDate = string;
/** `HH:MM`, 00:00..24:00 (24:00 only as the end of a period). */
export type WallTime = string;

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

interface ZoneYear {
  /** offset in ms at the first instant of the UTC year */
  initial: number;
  /** transitions inside the year, ascending */
  transitions: { at: number; offset: number }[];
}

/** Hostile input names zones and years of its own. */
const MAX_ZONES = 64;
const MAX_YEARS = 64;
const zoneYears = new BoundedMap<string, BoundedMap<number, ZoneYear>>(MAX_ZONES);

/** The clock of a zone in figures. @throws where the runtime knows no such zone */
const clockOf = (zone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });

/** The offset that a zone's clock shows at a whole second. */
function shownOffset(clock: Intl.DateTimeFormat, at: number): number {
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of clock.formatToParts(at)) shown[type] = value;
  const year = shown.era === 'BC' ? 1 - Number(shown.year) : Number(shown.year);
  const local = new Date(0);
  // apart from the rest, because `Date.UTC` takes the years 0 to 99 for those of the last century
  local.setUTCFullYear(year, Number(shown.month) - 1, Number(shown.day));
  local.setUTCHours(Number(shown.hour), Number(shown.minute), Number(shown.second));
  return local.getTime() - at;
}

const SECOND = 1_000;
/** No zone changes its clock and back again within it: the shortest summers since 1970 are of six days. */
const LOOK_EVERY = 3 * DAY;

function zoneYear(zone: string, year: number): ZoneYear {
  let years = zoneYears.get(zone);
  if (!years) {
    years = new BoundedMap(MAX_YEARS);
    zoneYears.set(zone, years);
  }
  const known = years.get(year);
  if (known) return known;
  const clock = clockOf(zone);
  const end = Date.UTC(year + 1, 0, 1);
  let at = Date.UTC(year, 0, 1);
  let offset = shownOffset(clock, at);
  const made: ZoneYear = { initial: offset, transitions: [] };
  while (at < end) {
    // the year's end is looked at too: what changes there belongs to the next one
    const next = Math.min(at + LOOK_EVERY, end - SECOND);
    if (next <= at) break;
    const then = shownOffset(clock, next);
    if (then !== offset) {
      let before = at;
      let after = next;
      while (after - before > SECOND) {
        const middle = before + Math.floor((after - before) / 2 / SECOND) * SECOND;
        if (shownOffset(clock, middle) === offset) before = middle;
        else after = middle;
      }
      made.transitions.push({ at: after, offset: shownOffset(clock, after) });
      // there may be another one in the same stretch
      at = after;
      offset = shownOffset(clock, after);
    } else at = next;
  }
  years.set(year, made);
  return made;
}

/** True for an IANA zone this runtime knows. */
export function isZone(zone: string): boolean {
  try {
    zoneYear(zone, 2026);
    return true;
  } catch {
    return false;
  }
}

/** UTC offset in milliseconds that holds at the instant. */
export function offsetAt(instant: number, zone: string): number {
  const year = zoneYear(zone, new Date(instant).getUTCFullYear());
  let offset = year.initial;
  for (const transition of year.transitions) {
    if (transition.at > instant) break;
    offset = transition.offset;
  }
  return offset;
}

const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

const epochDayOf = (date: WallDate): number =>
  Date.UTC(+date.slice(0, 4), +date.slice(5, 7) - 1, +date.slice(8, 10)) / DAY;
const dateOfEpochDay = (day: number): WallDate => {
  const d = new Date(day * DAY);
  return `${pad(d.getUTCFullYear(), 4)}-${pad(d.getUTCMonth() + 1)}-${pad(d.getUTCDate())}`;
};

/** True for a real calendar day (2026-02-31 is not). */
export const isWallDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(epochDayOf(text)) && dateOfEpochDay(epochDayOf(text)) === text;

/** Whether the text is a time on the clock, `00:00` to `24:00` (the end of a day). */
export const isWallTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text);

/** The date so many days later (negative: earlier), by the calendar and so without any zone. */
export const addDays = (date: WallDate, days: number): WallDate => dateOfEpochDay(epochDayOf(date) + days);
/** Whole days from a to b (negative when b is earlier). */
export const daysBetween = (a: WallDate, b: WallDate): number => epochDayOf(b) - epochDayOf(a);
/** 0 = Sunday … 6 = Saturday. */
export const weekdayOf = (date: WallDate): number => (((epochDayOf(date) + 4) % 7) + 7) % 7;

/** Minutes since midnight that a wall-clock time shows, 0 to 1440. */
export const minutesOf = (time: WallTime): number => +time.slice(0, 2) * 60 + +time.slice(3, 5);
/** The wall-clock time of so many minutes since midnight, 0 to 1440. */
export const timeOfMinutes = (minutes: number): WallTime => `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;

/** The branch's day of an instant. */
export const dateOf = (instant: number, zone: string): WallDate =>
  dateOfEpochDay(Math.floor((instant + offsetAt(instant, zone)) / DAY));
/** The branch's clock at an instant, cut to the minute. */
export function timeOf(instant: number, zone: string): WallTime {
  const local = instant + offsetAt(instant, zone);
  return timeOfMinutes(Math.floor((((local % DAY) + DAY) % DAY) / MINUTE));
}

/**
 * Every instant at which the branch's clock shows date and time: none in a DST gap, two in a DST fold (earlier first), else one.
 * Callers decide; nothing is ever shifted silently.
 */
export function instantsOf(date: WallDate, time: WallTime, zone: string): Instant[] {
  return instantsOfMinutes(date, minutesOf(time), zone);
}

/** As `instantsOf`, for minutes since that day's midnight by the clock; 1440 and more lie on later days. */
export function instantsOfMinutes(date: WallDate, minutes: number, zone: string): Instant[] {
  const local = epochDayOf(date) * DAY + minutes * MINUTE;
  const found: Instant[] = [];
  // The offset at the wanted instant is one of those that hold a day before and a day after.
  const before = offsetAt(local - DAY, zone);
  const after = offsetAt(local + DAY, zone);
  for (const offset of before === after ? [before] : [before, after]) {
    const candidate = local - offset;
    if (offsetAt(candidate, zone) === offset) found.push(asInstant(candidate));
  }
  return found.sort((a, b) => a - b);
}

/**
 * The instant a period boundary falls on: in a gap the first instant after it, in a fold the earlier one for a start and
 * the later one for an end, so that opening hours keep their wall-clock reading and no working minute is lost.
 */
export function boundaryOf(date: WallDate, minutes: number, zone: string, edge: 'start' | 'end'): Instant {
  const found = instantsOfMinutes(date, minutes, zone);
  const first = found[0];
  if (first !== undefined) return edge === 'start' ? first : (found[found.length - 1] ?? first);
  // In the gap: both readings map onto the transition itself.
  const local = epochDayOf(date) * DAY + minutes * MINUTE;
  const before = offsetAt(local - DAY, zone);
  const year = zoneYear(zone, new Date(local).getUTCFullYear());
  for (const t of year.transitions) if (Math.abs(t.at - (local - before)) <= DAY) return asInstant(t.at);
  return asInstant(local - before);
}

/** First instant of the branch's day (00:00, or the end of the gap where midnight does not exist). */
export const dayStart = (date: WallDate, zone: string): Instant => boundaryOf(date, 0, zone, 'start');

/** The instant in UTC as `2026-11-24T13:30:00.000Z`, as every answer of the API writes it. */
export const toIso = (instant: number): string => new Date(instant).toISOString();

/** The same of what may not have happened. */
export const isoOrNull = (instant: number | null | undefined): string | null =>
  instant === null || instant === undefined ? null : toIso(instant);

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;
/** Later ones are written with six digits of a year, which no client reads: 31 December 9999 west of Greenwich is one. */
const LAST_OF_9999 = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
/** Reads an ISO instant with an explicit zone; null for anything else (a wall clock without zone is not an instant). */
export function fromIso(text: string): Instant | null {
  if (!ISO.test(text) || !isWallDate(text.slice(0, 10))) return null;
  const value = Date.parse(text);
  return Number.isNaN(value) || value > LAST_OF_9999 ? null : asInstant(value);
}
