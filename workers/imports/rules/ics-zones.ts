/**
 * Which clock a TZID of a calendar file means: an IANA zone, also behind a prefix, Windows' names (CLDR, windowsZones.xml), else what the
 * file's own VTIMEZONE says. Called by read-calendar.ts.
 */
import { DAY, isZone, MINUTE, offsetAt } from '../../../shared/time.ts';
import { type Budget, expand, parseRule, type Wall } from './recurrence.ts';

/** UTC offset in milliseconds that holds at an instant. */
export type Clock = (instant: number) => number;

export const clockOf =
  (zone: string): Clock =>
  (instant) =>
    offsetAt(instant, zone);

/** The instant of a time by a clock: the first of two, and where the clock leaps over it, as it would have gone on. */
export function instantOf({ day, minute }: Wall, clock: Clock): number {
  const local = day * DAY + minute * MINUTE;
  const before = clock(local - DAY);
  for (const offset of [before, clock(local + DAY)]) if (clock(local - offset) === offset) return local - offset;
  return local - before;
}

/** The time that a clock shows. */
export function wallOf(instant: number, clock: Clock): Wall {
  const minutes = Math.floor((instant + clock(instant)) / MINUTE);
  const day = Math.floor(minutes / 1_440);
  return { day, minute: minutes - day * 1_440 };
}

/** Windows' names of zones, without „Standard Time“ behind most of them. */
const WINDOWS: Readonly<Record<string, string>> = {
  'w. europe': 'Europe/Berlin',
  'central europe': 'Europe/Budapest',
  'central european': 'Europe/Warsaw',
  romance: 'Europe/Paris',
  gmt: 'Europe/London',
  greenwich: 'Atlantic/Reykjavik',
  utc: 'UTC',
  'coordinated universal time': 'UTC',
  'e. europe': 'Europe/Chisinau',
  fle: 'Europe/Kyiv',
  gtb: 'Europe/Bucharest',
  turkey: 'Europe/Istanbul',
  kaliningrad: 'Europe/Kaliningrad',
  russian: 'Europe/Moscow',
  belarus: 'Europe/Minsk',
  israel: 'Asia/Jerusalem',
  egypt: 'Africa/Cairo',
  'south africa': 'Africa/Johannesburg',
  'w. central africa': 'Africa/Lagos',
  'e. africa': 'Africa/Nairobi',
  morocco: 'Africa/Casablanca',
  arab: 'Asia/Riyadh',
  arabian: 'Asia/Dubai',
  iran: 'Asia/Tehran',
  india: 'Asia/Kolkata',
  china: 'Asia/Shanghai',
  singapore: 'Asia/Singapore',
  'se asia': 'Asia/Bangkok',
  tokyo: 'Asia/Tokyo',
  korea: 'Asia/Seoul',
  'aus eastern': 'Australia/Sydney',
  'new zealand': 'Pacific/Auckland',
  azores: 'Atlantic/Azores',
  eastern: 'America/New_York',
  'us eastern': 'America/Indiana/Indianapolis',
  central: 'America/Chicago',
  mountain: 'America/Denver',
  'us mountain': 'America/Phoenix',
  pacific: 'America/Los_Angeles',
  atlantic: 'America/Halifax',
  newfoundland: 'America/St_Johns',
  alaskan: 'America/Anchorage',
  hawaiian: 'Pacific/Honolulu',
  'e. south america': 'America/Sao_Paulo',
  argentina: 'America/Buenos_Aires',
};

const MAX_NAME = 120;

/** The IANA zone that a name means; null: none that is known. */
export function zoneNamed(name: string): string | null {
  if (name.length > MAX_NAME) return null;
  // „/freeassociation.sourceforge.net/Europe/Berlin“: the zone is what follows.
  const parts = name.split('/').filter((part) => part !== '');
  for (let from = 0; from < parts.length; from++) {
    const zone = parts.slice(from).join('/');
    // A single word like „EST“ may be a zone; numbers and rests of paths are none.
    if (/^[A-Za-z]/.test(zone) && isZone(zone)) return zone;
  }
  return (
    WINDOWS[
      name
        .trim()
        .toLowerCase()
        .replace(/ (standard|daylight) time$/, '')
    ] ?? null
  );
}

/** STANDARD or DAYLIGHT of a VTIMEZONE. */
export interface Observance {
  start: Wall | null;
  /** offsets before and after, milliseconds */
  from: number | null;
  to: number | null;
  rule: string | null;
  dates: readonly Wall[];
}

/** `+0100` as milliseconds. */
export function offsetOf(text: string): number | null {
  const match = /^([+-])(\d{2})(\d{2})(\d{2})?$/.exec(text.trim());
  if (match === null) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return minutes > 18 * 60 ? null : (match[1] === '-' ? -1 : 1) * minutes * MINUTE;
}

/** A clock that a file describes itself, right from two years before the window; null: it says nothing that can be read. */
export function describedClock(
  observances: readonly Observance[],
  window: { fromDay: number; untilDay: number },
  budget: Budget,
): Clock | null {
  const around = { fromDay: window.fromDay - 800, untilDay: window.untilDay + 400 };
  const changes: { at: number; from: number; to: number }[] = [];
  for (const { start, from, to, rule, dates } of observances) {
    if (start === null || from === null || to === null) return null;
    const walls = [start, ...dates];
    if (rule !== null) {
      const parsed = parseRule(rule);
      if (!parsed.ok) return null;
      const { until } = parsed.rule;
      const last = until === null ? null : untilOf(until, () => from);
      const expanded = expand(parsed.rule, start, around, last, budget);
      if (!expanded.ok) return null;
      walls.push(...expanded.walls);
    }
    for (const wall of walls) changes.push({ at: wall.day * DAY + wall.minute * MINUTE - from, from, to });
  }
  if (changes.length === 0) return null;
  changes.sort((a, b) => a.at - b.at);
  return (instant) => {
    // The last change before the instant, by halves: a file may list thousands.
    let [low, high] = [0, changes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((changes[middle]?.at ?? 0) <= instant) low = middle + 1;
      else high = middle;
    }
    return changes[low - 1]?.to ?? changes[0]?.from ?? 0;
  };
}

/** The last time that an UNTIL lets count, by a clock. A date counts to its end. */
export function untilOf(until: string, clock: Clock): Wall | null {
  const wall = wallNamed(until);
  if (wall === null) return null;
  if (until.length === 8) return { day: wall.day, minute: 1_439 };
  return until.endsWith('Z') ? wallOf(wall.day * DAY + wall.minute * MINUTE, clock) : wall;
}

/** `20261123` or `20261123T093000` as a time by the clock, cut to the minute; null: there is no such day or time. */
export function wallNamed(text: string): Wall | null {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?Z?)?$/.exec(text);
  if (match === null) return null;
  const [year, month, date, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, date);
  if (at.getUTCMonth() !== month - 1 || at.getUTCDate() !== date || hour > 23 || minute > 59 || second > 60)
    return null;
  return { day: Math.floor(at.getTime() / DAY), minute: hour * 60 + minute };
}
