/**
 * A calendar file (iCalendar, RFC 5545) as the times that it makes a person busy, from now to a year ahead. What can't be read is named by
 * its line and refused alone; every loop has a bound, so that no file makes it hang. Called by read-file.ts.
 */
import {
  type ImportFault,
  LEFT_OUT,
  type LeftOut,
  MAX_BUSY_TIMES,
  type RowFault,
} from '../../../shared/import-sets.ts';
import { DAY, MINUTE } from '../../../shared/time.ts';
import { visibleLine } from '../../../shared/visible-text.ts';
import { type IcsLine, linesOf, unescaped } from './ics-lines.ts';
import {
  type Clock,
  clockOf,
  describedClock,
  instantOf,
  type Observance,
  offsetOf,
  untilOf,
  wallNamed,
  wallOf,
  zoneNamed,
} from './ics-zones.ts';
import { type Budget, expand, parseRule, type Wall } from './recurrence.ts';

/** How far ahead times are taken, days. */
export const HORIZON_DAYS = 366;
/** Days that the times of one import reach into. */
const MAX_DAYS = 10_000;
const MAX_EVENTS = 20_000;
/** Steps of all rules of a file: some seconds. */
const MAX_STEPS = 1_000_000;
/** Lines kept of one event: lists of dates. */
const MAX_EVENT_LINES = 2_000;
const MAX_ZONES = 100;
const MAX_OBSERVANCES = 200;
/** Longer times come as several: so far back a day of the calendar looks. */
const LONGEST_MS = 31 * DAY;
const MAX_TITLE = 200;
const MAX_VALUE = 200;
const DAY_MINUTES = 1_440;

/** A stretch in which somebody is busy. */
export interface BusyTime {
  startsAt: number;
  endsAt: number;
  allDay: boolean;
  title: string | null;
}
/** What the check says of a file: a time, or a line that can't be read. */
export type CalendarEntry = { line: number } & (
  | { time: BusyTime }
  | { fault: RowFault; property: string; value: string }
);

export interface ReadCalendar {
  name: string | null;
  entries: CalendarEntry[];
  /** events of which nothing is taken, by the reason */
  left: Record<LeftOut, number>;
}

const WANTED = new Set([
  'UID',
  'DTSTART',
  'DTEND',
  'DURATION',
  'RRULE',
  'RDATE',
  'EXDATE',
  'EXRULE',
  'RECURRENCE-ID',
  'STATUS',
  'TRANSP',
  'SUMMARY',
  'SEQUENCE',
  'X-MICROSOFT-CDO-BUSYSTATUS',
]);

interface Draft {
  line: number;
  lines: Map<string, IcsLine[]>;
  kept: number;
  /** components inside it that are open: their lines are not its own */
  inner: number;
}
interface ZoneDraft {
  name: string;
  observances: Observance[];
}

class Refusal {
  readonly fault: RowFault;
  readonly at: IcsLine | null;
  constructor(fault: RowFault, at: IcsLine | null) {
    this.fault = fault;
    this.at = at;
  }
}

/** What a file holds, before anything is worked out. */
interface Parsed {
  name: string | null;
  isCancelled: boolean;
  events: Draft[];
  open: Draft[];
  freeBusy: IcsLine[];
  zones: Map<string, ZoneDraft>;
}

function parse(text: string): Parsed | ImportFault {
  const made: Parsed = { name: null, isCancelled: false, events: [], open: [], freeBusy: [], zones: new Map() };
  let isCalendar = false;
  let event: Draft | null = null;
  let zone: ZoneDraft | null = null;
  let observance: { lines: Map<string, IcsLine>; dates: Wall[] } | null = null;
  let isFreeBusy = false;
  for (const line of linesOf(text)) {
    const { name } = line;
    const component = name === 'BEGIN' || name === 'END' ? line.value.toUpperCase() : '';
    if (name === 'BEGIN') {
      if (component === 'VCALENDAR') isCalendar = true;
      else if (component === 'VEVENT') {
        // The one before has no end: where it stops nobody knows.
        if (event) made.open.push(event);
        event = { line: line.line, lines: new Map(), kept: 0, inner: 0 };
        zone = null;
        if (made.events.length + made.open.length >= MAX_EVENTS) return 'too_many_events';
      } else if (event) event.inner++;
      else if (component === 'VTIMEZONE') zone = { name: '', observances: [] };
      else if (zone && (component === 'STANDARD' || component === 'DAYLIGHT'))
        observance = { lines: new Map(), dates: [] };
      isFreeBusy = component === 'VFREEBUSY' || (isFreeBusy && component !== 'VEVENT');
      continue;
    }
    if (name === 'END') {
      if (component === 'VEVENT') {
        if (event) made.events.push(event);
        event = null;
      } else if (component === 'VCALENDAR') {
        if (event) made.open.push(event);
        event = null;
      } else if (event) event.inner = Math.max(0, event.inner - 1);
      else if (zone && observance) {
        const of = (property: string): string => observance?.lines.get(property)?.value ?? '';
        if (zone.observances.length < MAX_OBSERVANCES)
          zone.observances.push({
            start: wallNamed(of('DTSTART')),
            from: offsetOf(of('TZOFFSETFROM')),
            to: offsetOf(of('TZOFFSETTO')),
            rule: observance.lines.get('RRULE')?.value ?? null,
            dates: observance.dates,
          });
        observance = null;
      } else if (zone && component === 'VTIMEZONE') {
        if (made.zones.size < MAX_ZONES && zone.name !== '') made.zones.set(zone.name, zone);
        zone = null;
      }
      if (component === 'VFREEBUSY') isFreeBusy = false;
      continue;
    }
    if (event) {
      if (event.inner > 0 || !WANTED.has(name)) continue;
      event.kept++;
      if (event.kept > MAX_EVENT_LINES) continue;
      const known = event.lines.get(name);
      if (known) known.push(line);
      else event.lines.set(name, [line]);
    } else if (observance) {
      if (name === 'RDATE' && observance.dates.length < MAX_OBSERVANCES)
        observance.dates.push(
          ...line.value
            .split(',', MAX_OBSERVANCES)
            .map(wallNamed)
            .filter((one) => one !== null),
        );
      else if (!observance.lines.has(name)) observance.lines.set(name, line);
    } else if (zone) {
      if (name === 'TZID') zone.name = line.value;
    } else if (isFreeBusy) {
      if (name === 'FREEBUSY' && made.freeBusy.length < MAX_EVENTS) made.freeBusy.push(line);
    } else if (name === 'X-WR-CALNAME' || name === 'NAME')
      made.name ??= visibleLine(unescaped(line.value)).slice(0, MAX_TITLE) || null;
    else if (name === 'METHOD' && line.value.toUpperCase() === 'CANCEL') made.isCancelled = true;
  }
  if (event) made.open.push(event);
  if (!isCalendar) return 'no_calendar';
  return made.events.length + made.open.length + made.freeBusy.length === 0 ? 'no_events' : made;
}

/** What the file is called and how many events it has, nothing worked out. */
export function calendarHead(text: string): { name: string | null; events: number } | ImportFault {
  const parsed = parse(text);
  if (typeof parsed === 'string') return parsed;
  const { name, events, open, freeBusy } = parsed;
  return { name, events: events.length + open.length + freeBusy.length };
}

/** A DTSTART and its kin: the time by a clock. */
interface Named {
  wall: Wall;
  clock: Clock;
  isDate: boolean;
  instant: number;
}

export interface ReadingPlace {
  /** whose clock times without a zone and whole days mean */
  zone: string;
  now: number;
  /** host of our own calendar files: those appointments stand in the calendar already; null: none */
  ownHost: string | null;
}

interface EventRead {
  draft: Draft;
  uid: string;
  start: Named;
  /** the end of an occurrence that begins at a time */
  endOf: (wall: Wall, startsAt: number) => number;
  /** days that one reaches over at most */
  days: number;
  title: string | null;
  sequence: number;
  replaces: Named | null;
  isCancelled: boolean;
  isFree: boolean;
}

/** Only the last line of a property counts, as in every reader. */
const one = (draft: Draft, name: string): IcsLine | null => draft.lines.get(name)?.at(-1) ?? null;
const said = (draft: Draft, name: string): string => one(draft, name)?.value.toUpperCase() ?? '';

/** `P1DT2H`: whole days by the calendar, and exact time. Null: no duration. */
function durationOf(text: string): { days: number; ms: number } | null {
  const match = /^([+-])?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?$/.exec(
    text.trim().toUpperCase(),
  );
  if (match === null || !/\d/.test(text)) return null;
  const [weeks, days, hours, minutes, seconds] = match.slice(2).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const sign = match[1] === '-' ? -1 : 1;
  return { days: sign * (weeks * 7 + days), ms: sign * ((hours * 60 + minutes) * MINUTE + seconds * 1_000) };
}

const later = ({ day, minute }: Wall, minutes: number): Wall => {
  const all = day * DAY_MINUTES + minute + minutes;
  const on = Math.floor(all / DAY_MINUTES);
  return { day: on, minute: all - on * DAY_MINUTES };
};
const between = (a: Wall, b: Wall): number => (b.day - a.day) * DAY_MINUTES + b.minute - a.minute;

/** The whole file. */
export function readCalendar(text: string, place: ReadingPlace): ReadCalendar | ImportFault {
  const result = parse(text);
  if (typeof result === 'string') return result;
  const parsed = result;
  const { now } = place;
  const untilAt = now + HORIZON_DAYS * DAY;
  const window = { fromDay: Math.floor(now / DAY) - 2, untilDay: Math.ceil(untilAt / DAY) + 2 };
  const budget: Budget = { left: MAX_STEPS };
  const local = clockOf(place.zone);
  const utc: Clock = () => 0;
  const clocks = new Map<string, Clock | null>();
  const entries: CalendarEntry[] = [];
  const left = Object.fromEntries(LEFT_OUT.map((why) => [why, 0])) as Record<LeftOut, number>;

  function clockNamed(name: string): Clock | null {
    const known = clocks.get(name);
    if (known !== undefined) return known;
    if (clocks.size >= MAX_ZONES) return null;
    const zone = zoneNamed(name);
    const described = parsed.zones.get(name);
    const clock =
      zone !== null ? clockOf(zone) : described ? describedClock(described.observances, window, budget) : null;
    clocks.set(name, clock);
    return clock;
  }

  /** Throws a Refusal where it can't be read. */
  function named(line: IcsLine, value = line.value): Named {
    const written = value.trim().toUpperCase();
    const wall = wallNamed(written);
    if (wall === null) throw new Refusal('no_time', line);
    const isDate = written.length === 8;
    const tzid = line.parameters.get('TZID');
    const clock = isDate ? local : written.endsWith('Z') ? utc : tzid === undefined ? local : clockNamed(tzid);
    if (clock === null) throw new Refusal('unknown_zone', line);
    // Years away nothing is taken, and no zone is known.
    const isFar = wall.day < window.fromDay - 40_000 || wall.day > window.untilDay + 1_000;
    const instant = isFar ? wall.day * DAY + wall.minute * MINUTE : instantOf(wall, clock);
    return { wall, clock, isDate, instant };
  }

  function eventOf(draft: Draft): EventRead {
    if (draft.kept > MAX_EVENT_LINES) throw new Refusal('line_too_long', null);
    for (const lines of draft.lines.values())
      for (const line of lines) if (line.isCut && line.name !== 'SUMMARY') throw new Refusal('line_too_long', line);
    const begin = one(draft, 'DTSTART');
    if (begin === null) throw new Refusal('no_start', null);
    const start = named(begin);
    const endLine = one(draft, 'DTEND');
    const durationLine = one(draft, 'DURATION');
    let [minutes, ms, isExact] = [start.isDate ? DAY_MINUTES : 0, 0, false];
    if (endLine !== null) {
      const end = named(endLine);
      if (end.instant < start.instant) throw new Refusal('ends_before', endLine);
      // By the clock: what ends at four ends at four on the day of the change, too.
      if (end.clock === start.clock) minutes = Math.max(start.isDate ? DAY_MINUTES : 0, between(start.wall, end.wall));
      else [ms, isExact] = [end.instant - start.instant, true];
    } else if (durationLine !== null) {
      const duration = durationOf(durationLine.value);
      if (duration === null) throw new Refusal('no_time', durationLine);
      if (duration.days < 0 || duration.ms < 0) throw new Refusal('ends_before', durationLine);
      minutes = duration.days * DAY_MINUTES;
      ms = duration.ms;
      if (start.isDate && minutes + ms === 0) minutes = DAY_MINUTES;
    }
    const repeated = one(draft, 'RECURRENCE-ID');
    // One that changes all that follow would have to cut the series in two.
    if (repeated?.parameters.has('RANGE')) throw new Refusal('bad_rule', repeated);
    const exRule = one(draft, 'EXRULE');
    if (exRule !== null) throw new Refusal('bad_rule', exRule);
    const title = visibleLine(unescaped(one(draft, 'SUMMARY')?.value ?? '')).slice(0, MAX_TITLE);
    return {
      draft,
      uid: one(draft, 'UID')?.value ?? '',
      start,
      endOf(wall, startsAt) {
        if (isExact) return startsAt + ms;
        // A time of the same day in the leap forward may come out before its start.
        const end = minutes === 0 ? startsAt : instantOf(later(wall, minutes), start.clock);
        return (end <= startsAt && minutes > 0 ? startsAt + minutes * MINUTE : end) + ms;
      },
      days: Math.min(HORIZON_DAYS, Math.ceil((minutes * MINUTE + ms) / DAY)) + 2,
      title: title === '' ? null : title,
      sequence: Number(/^\d{1,9}$/.exec(said(draft, 'SEQUENCE'))?.[0] ?? 0),
      replaces: repeated === null ? null : named(repeated),
      isCancelled: parsed.isCancelled || said(draft, 'STATUS') === 'CANCELLED',
      isFree: said(draft, 'TRANSP') === 'TRANSPARENT' || said(draft, 'X-MICROSOFT-CDO-BUSYSTATUS') === 'FREE',
    };
  }

  const refuse = (line: number, { fault, at }: Refusal): void => {
    entries.push({
      line: at?.line ?? line,
      fault,
      property: at?.name ?? '',
      value: (at?.value ?? '').slice(0, MAX_VALUE),
    });
  };
  /** Runs what may refuse; null: it did. */
  function tried<T>(line: number, run: () => T): T | null {
    try {
      return run();
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      refuse(line, fault);
      return null;
    }
  }

  /** Times of day that an event begins at, within the window. Throws a Refusal. */
  function beginnings(event: EventRead): { wall: Wall; endsAt?: number }[] {
    const { start, draft, days } = event;
    const reach = { fromDay: window.fromDay - days, untilDay: window.untilDay };
    const walls: { wall: Wall; endsAt?: number }[] = [];
    const rules = draft.lines.get('RRULE') ?? [];
    for (const line of rules) {
      const rule = parseRule(line.value);
      if (!rule.ok) throw new Refusal(rule.fault, line);
      const { until } = rule.rule;
      const last = until === null ? null : untilOf(until, start.clock);
      if (until !== null && last === null) throw new Refusal('bad_rule', line);
      const expanded = expand(rule.rule, start.wall, reach, last, budget);
      if (!expanded.ok) throw new Refusal(expanded.fault, line);
      for (const wall of expanded.walls) walls.push({ wall });
    }
    if (rules.length === 0) walls.push({ wall: start.wall });
    for (const line of draft.lines.get('RDATE') ?? []) {
      for (const value of line.value.split(',')) {
        if (--budget.left < 0) throw new Refusal('rule_too_long', line);
        const [from = '', to] = value.split('/');
        const at = named(line, from);
        if (at.wall.day < reach.fromDay || at.wall.day > reach.untilDay) continue;
        const wall = at.clock === start.clock ? at.wall : wallOf(at.instant, start.clock);
        if (to === undefined) walls.push({ wall });
        else {
          const duration = durationOf(to);
          const endsAt = duration ? at.instant + duration.days * DAY + duration.ms : named(line, to).instant;
          walls.push({ wall, endsAt });
        }
      }
    }
    return walls;
  }

  /** Instants and days that do not take place. Throws a Refusal. */
  function exceptions(event: EventRead): { instants: Set<number>; days: Set<number> } {
    const found = { instants: new Set<number>(), days: new Set<number>() };
    for (const line of event.draft.lines.get('EXDATE') ?? [])
      for (const value of line.value.split(',')) {
        if (--budget.left < 0) throw new Refusal('rule_too_long', line);
        const at = named(line, value);
        if (at.isDate) found.days.add(at.wall.day);
        else found.instants.add(at.instant);
      }
    return found;
  }

  let [times, pieces] = [0, 0];
  /** What of an event is taken. */
  function take(event: EventRead, found: readonly { wall: Wall; endsAt?: number }[]): void {
    const mine: CalendarEntry[] = [];
    let reachedDays = 0;
    const seen = new Set<number>();
    let isPast = found.length === 0;
    for (const { wall, endsAt: given } of found) {
      if (wall.day > window.untilDay) continue;
      if (wall.day < window.fromDay - event.days) {
        isPast = true;
        continue;
      }
      const startsAt = Math.floor(instantOf(wall, event.start.clock) / MINUTE) * MINUTE;
      const endsAt = Math.min(untilAt, Math.ceil((given ?? event.endOf(wall, startsAt)) / MINUTE) * MINUTE);
      if (startsAt >= untilAt || seen.has(startsAt)) continue;
      if (endsAt <= now || endsAt <= startsAt) {
        isPast = true;
        continue;
      }
      seen.add(startsAt);
      const { isDate: allDay } = event.start;
      for (let from = startsAt; from < endsAt; from += LONGEST_MS)
        mine.push({
          line: event.draft.line,
          time: { startsAt: from, endsAt: Math.min(endsAt, from + LONGEST_MS), allDay, title: event.title },
        });
      reachedDays += Math.ceil((endsAt - startsAt) / DAY);
    }
    if (times + mine.length > MAX_BUSY_TIMES || pieces + reachedDays > MAX_DAYS) {
      refuse(event.draft.line, new Refusal('too_many_times', null));
      return;
    }
    if (mine.length === 0) left[isPast ? 'past' : 'later']++;
    times += mine.length;
    pieces += reachedDays;
    entries.push(...mine);
  }

  const groups = new Map<string, EventRead[]>();
  for (const draft of parsed.open) refuse(draft.line, new Refusal('not_closed', null));
  for (const draft of parsed.events) {
    const event = tried(draft.line, () => eventOf(draft));
    if (event === null) continue;
    if (place.ownHost !== null && event.uid.startsWith('apt_') && event.uid.endsWith(`@${place.ownHost}`)) {
      left.own++;
      continue;
    }
    const uid = event.uid === '' ? `line ${draft.line}` : event.uid;
    const group = groups.get(uid);
    if (group) group.push(event);
    else groups.set(uid, [event]);
  }

  for (const group of groups.values()) {
    const masters = group.filter(({ replaces }) => replaces === null);
    const newest = Math.max(0, ...masters.map(({ sequence }) => sequence));
    /** by the instant that each stands for: the newest, of equals the last */
    const changed = new Map<number, EventRead>();
    const changedDays = new Set<number>();
    for (const event of group) {
      const { replaces } = event;
      if (replaces === null) continue;
      const known = changed.get(replaces.instant);
      if (known && known.sequence > event.sequence) {
        left.older++;
        continue;
      }
      if (known) left.older++;
      changed.set(replaces.instant, event);
      if (replaces.isDate) changedDays.add(replaces.wall.day);
    }
    for (const event of masters) {
      if (event.sequence < newest) {
        left.older++;
        continue;
      }
      if (event.isCancelled || event.isFree) {
        left[event.isCancelled ? 'cancelled' : 'free']++;
        continue;
      }
      tried(event.draft.line, () => {
        const except = exceptions(event);
        const { clock } = event.start;
        const found = beginnings(event).filter(({ wall }) => {
          if (except.days.has(wall.day) || changedDays.has(wall.day)) return false;
          if (
            except.instants.size + changed.size === 0 ||
            wall.day > window.untilDay ||
            wall.day < window.fromDay - event.days
          )
            return true;
          const instant = instantOf(wall, clock);
          return !except.instants.has(instant) && !changed.has(instant);
        });
        take(event, found);
      });
    }
    for (const event of changed.values()) {
      if (event.isCancelled || event.isFree) left[event.isCancelled ? 'cancelled' : 'free']++;
      else tried(event.draft.line, () => take(event, [{ wall: event.start.wall }]));
    }
  }

  for (const line of parsed.freeBusy)
    tried(line.line, () => {
      if ((line.parameters.get('FBTYPE') ?? 'BUSY').toUpperCase() === 'FREE') {
        left.free++;
        return;
      }
      if (line.isCut) throw new Refusal('line_too_long', line);
      for (const value of line.value.split(',')) {
        if (--budget.left < 0) throw new Refusal('too_many_times', line);
        const [from = '', to = ''] = value.split('/');
        const start = named(line, from);
        const duration = durationOf(to);
        const end = duration ? start.instant + duration.days * DAY + duration.ms : named(line, to).instant;
        if (end < start.instant) throw new Refusal('ends_before', line);
        const endsAt = Math.min(end, untilAt);
        if (endsAt <= now || endsAt <= start.instant || start.instant >= untilAt) {
          left[start.instant >= untilAt ? 'later' : 'past']++;
          continue;
        }
        const days = Math.ceil((endsAt - start.instant) / DAY);
        if (times + 1 > MAX_BUSY_TIMES || pieces + days > MAX_DAYS) throw new Refusal('too_many_times', line);
        times++;
        pieces += days;
        const [first, last] = [Math.floor(start.instant / MINUTE) * MINUTE, Math.ceil(endsAt / MINUTE) * MINUTE];
        for (let begin = first; begin < last; begin += LONGEST_MS) {
          const time = { startsAt: begin, endsAt: Math.min(last, begin + LONGEST_MS), allDay: false, title: null };
          entries.push({ line: line.line, time });
        }
      }
    });

  const at = (entry: CalendarEntry): number => ('time' in entry ? entry.time.startsAt : 0);
  entries.sort((a, b) => at(a) - at(b) || a.line - b.line);
  return { name: parsed.name, entries, left };
}
