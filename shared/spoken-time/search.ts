/** A reading → what availability is asked for: windows of possible starts, bounded in time and number. Called by check-availability, collect and book. */
import { asInstant, type Instant } from '../clock.ts';
import {
  addDays,
  boundaryOf,
  dateOf,
  DAY,
  dayStart,
  instantsOfMinutes,
  MINUTE,
  minutesOf,
  timeOf,
  type WallDate,
  weekdayOf,
} from '../time.ts';
import { type Frame, frameOf, hullOf } from './resolve/frame.ts';
import { askAgain, askDay, askLastVisit, askPast } from './questions.ts';
import type { Search, SearchWindow, SpokenContext, Understood } from './reading.ts';

/** Open ends („ab Montag", „egal wann", „so schnell wie möglich") are searched so far; more days make availability slower, fewer hide slots of booked-out branches. */
export const SEARCH_HORIZON_DAYS = 42;
/** A named stretch („im März", „nächstes Jahr") is searched so many days from its beginning. */
export const MAX_STRETCH_DAYS = 92;
/** An hour without a day is looked for on so many days. */
const HOUR_WITHOUT_DAY_DAYS = 14;
/** Windows of one search; one a day when hours are named. */
export const MAX_WINDOWS = 100;
/** „wie letztes Mal": the same weekday and hour on so many weeks. */
const SAME_AS_LAST_WEEKS = 6;

/**
 * What to look for. Closed days and hours are not cut out here: the calendar knows them better. `state: 'ask'` when the
 * reading is a question, holds nothing, or lies in the past altogether; a `closed` reading is searched all the same (the calendar
 * answers with alternatives) from that day on.
 */
export function searchOf(understood: Understood, context: SpokenContext): Search {
  const frame = frameOf(context);
  const { now, zone } = context;
  const today = frame.today;
  switch (understood.kind) {
    case 'ask':
    case 'invalid':
      return asking(now, understood.question ?? askAgain(frame));
    case 'none':
      return asking(now, askDay(frame));
    case 'instant': {
      if (understood.date === undefined || understood.time === undefined) return asking(now, askAgain(frame));
      return found(frame, [startsAt(understood.date, minutesOf(understood.time), zone)], { exact: true });
    }
    case 'time': {
      if (understood.time === undefined) return asking(now, askAgain(frame));
      const minute = minutesOf(understood.time);
      const days = openDays(frame, today, HOUR_WITHOUT_DAY_DAYS).filter((date) => opensAt(frame, date, minute));
      return found(
        frame,
        days.map((date) => startsAt(date, minute, zone)),
        { exact: true, dayAssumed: true },
      );
    }
    case 'date':
      if (understood.date === undefined) return asking(now, askAgain(frame));
      return found(frame, [wholeDays(understood.date, understood.date, zone)], {});
    case 'dates':
      return found(
        frame,
        (understood.dates ?? []).slice(0, MAX_WINDOWS).map((date) => hoursOf(understood, date, zone)),
        { spread: true, ...(understood.time === undefined ? {} : { exact: true }) },
      );
    case 'window':
      return stretch(understood, frame, { spread: understood.date === undefined });
    case 'earliest':
      return stretch(understood, frame, { spread: false });
    case 'any':
      return stretch(understood, frame, { spread: true });
    case 'same_as_last':
      return sameAsLast(frame);
  }
}

interface SearchOptions {
  exact?: boolean;
  spread?: boolean;
  dayAssumed?: boolean;
  sameAsLast?: boolean;
}

function asking(now: Instant, question: string): Search {
  return {
    state: 'ask',
    question,
    from: now,
    to: now,
    windows: [],
    exact: null,
    spread: false,
    dayAssumed: false,
    sameAsLast: false,
  };
}

/** Cuts off what is past, sorts, joins what touches. */
function found(frame: Frame, requested: readonly (SearchWindow | null)[], options: SearchOptions): Search {
  const { now } = frame.context;
  const ahead = requested
    .filter((window): window is SearchWindow => window !== null && window.to > now)
    .map((window) => ({ from: window.from > now ? window.from : now, to: window.to }))
    .sort((a, b) => a.from - b.from)
    .slice(0, MAX_WINDOWS);
  const windows: SearchWindow[] = [];
  for (const window of ahead) {
    const last = windows[windows.length - 1];
    if (last && window.from <= last.to) last.to = window.to > last.to ? window.to : last.to;
    else windows.push({ ...window });
  }
  const [first, last] = [windows[0], windows[windows.length - 1]];
  if (!first || !last) return asking(now, askPast(frame, null, null));
  return {
    state: 'search',
    question: null,
    from: first.from,
    to: last.to,
    windows,
    exact: options.exact === true ? first.from : null,
    spread: options.spread ?? false,
    dayAssumed: options.dayAssumed ?? false,
    sameAsLast: options.sameAsLast ?? false,
  };
}

/** The one start at that clock; none in a DST gap, the earlier one in a fold. */
function startsAt(date: WallDate, minute: number, zone: string): SearchWindow | null {
  const instant = instantsOfMinutes(date, minute, zone)[0];
  return instant === undefined ? null : { from: instant, to: instant };
}

function wholeDays(from: WallDate, to: WallDate, zone: string): SearchWindow {
  return { from: dayStart(from, zone), to: asInstant(dayStart(addDays(to, 1), zone) - MINUTE) };
}

function hoursOf(u: Understood, date: WallDate, zone: string): SearchWindow | null {
  if (u.time !== undefined) return startsAt(date, minutesOf(u.time), zone);
  if (u.from === undefined && u.to === undefined) return wholeDays(date, date, zone);
  const from = boundaryOf(date, u.from === undefined ? 0 : minutesOf(u.from), zone, 'start');
  const to =
    u.to === undefined
      ? asInstant(dayStart(addDays(date, 1), zone) - MINUTE)
      : boundaryOf(date, minutesOf(u.to), zone, 'end');
  return from > to ? null : { from, to };
}

function openDays(frame: Frame, from: WallDate, days: number): WallDate[] {
  const out: WallDate[] = [];
  for (let i = 0; i < days; i++) if (frame.isOpen(addDays(from, i))) out.push(addDays(from, i));
  return out;
}

const opensAt = (frame: Frame, date: WallDate, minute: number): boolean => {
  const hull = hullOf(frame.spansOn(date));
  return hull !== null && minute >= hull.from && minute <= hull.to;
};

/** Days × hours of a window, an „earliest" or an „any". */
function stretch(u: Understood, frame: Frame, options: SearchOptions): Search {
  const { zone, now } = frame.context;
  const from = u.date ?? (u.from_date !== undefined && u.from_date > frame.today ? u.from_date : frame.today);
  const bounded = u.from_date !== undefined && u.to_date !== undefined;
  const limit = addDays(from, bounded ? MAX_STRETCH_DAYS : SEARCH_HORIZON_DAYS);
  const end = u.date ?? (u.to_date !== undefined && u.to_date < limit ? u.to_date : limit);
  if (end < from) return asking(now, askPast(frame, null, null));
  if (u.from === undefined && u.to === undefined && u.time === undefined)
    return found(frame, [wholeDays(from, end, zone)], options);
  const windows: (SearchWindow | null)[] = [];
  for (let date = from; date <= end && windows.length < MAX_WINDOWS; date = addDays(date, 1))
    windows.push(hoursOf(u, date, zone));
  return found(frame, windows, options);
}

/** The weekday and hour of the last visit, on the weeks to come; without one it is asked. */
function sameAsLast(frame: Frame): Search {
  const { lastVisit, zone, now } = frame.context;
  if (!lastVisit) return asking(now, askLastVisit(frame));
  const date = dateOf(lastVisit.startsAt, zone);
  const minute = minutesOf(timeOf(lastVisit.startsAt, zone));
  const ahead = (weekdayOf(date) - weekdayOf(frame.today) + 7) % 7;
  const windows: (SearchWindow | null)[] = [];
  for (let week = 0; week < SAME_AS_LAST_WEEKS; week++) {
    const day = addDays(frame.today, ahead + week * 7);
    const window = startsAt(day, minute, zone);
    if (window && window.from > now && window.from - now < SEARCH_HORIZON_DAYS * DAY) windows.push(window);
  }
  return found(frame, windows, { exact: true, sameAsLast: true, dayAssumed: true });
}
