/**
 * The days that a step may count from. Other than a wish, an anchor may be past („drei Wochen nach der OP am neunten November"), so the last
 * day of that date or feast counts beside the next. Called by relative.ts.
 */
import { addDays, isWallDate, type WallDate } from '../../time.ts';
import type { DayTerm } from '../grammar/terms.ts';
import { askExactDay } from '../questions.ts';
import { dateFrom, monthsFrom, yearOf } from './calendar.ts';
import type { Bounds } from './counted.ts';
import { candidatesOf } from './day-candidates.ts';
import type { Days } from './dated.ts';
import { feastIn } from './feasts.ts';
import { type Frame, isTrouble, type Trouble, trouble } from './frame.ts';

/** Dates terms that stand together; handed in by days.ts. */
export type Reader = (terms: readonly DayTerm[]) => Days | Trouble;

export interface Anchors {
  /** In the order of the calendar; more than one where the words leave it open. */
  days: Bounds[];
  /** true: the first step that lies ahead is meant; false: several are asked. */
  nearest: boolean;
  /** Id of the feast that they are, which may be several days long. */
  feast: string | null;
}

/** Months looked back through for a day of the month. */
const MAX_MONTHS = 12;

/** The anchors that terms said together name; a question where they name no single day or stretch. */
export function anchorsOf(terms: readonly DayTerm[], frame: Frame, read: Reader): Anchors | Trouble {
  const [only, ...more] = terms;
  if (only && more.length === 0) {
    const loose = looseAnchors(only, frame);
    if (loose) return loose;
  }
  if (terms.some(isLoose)) return trouble('ask', 'a month or a part of one to count from', askExactDay(frame));
  const days = read(terms);
  if (isTrouble(days)) return days;
  if (days.kind === 'date') return one({ from: days.date, to: days.date });
  if (days.kind === 'range' && (days.from !== null || days.to !== null)) {
    // „bis Freitag": only its end is known, and only that can be counted from.
    const { from, to } = days;
    return one({ from: from ?? frame.today, to: to ?? '9999-12-31' });
  }
  return trouble('ask', 'no single day to count from', askExactDay(frame));
}

/** „Mitte Dezember", „in den nächsten Tagen": no edge that a step could be counted from. */
function isLoose(term: DayTerm, _at: number, all: readonly DayTerm[]): boolean {
  if (term.d !== 'span' || all.length > 1) return false;
  const { span } = term;
  if (span.s === 'next-days' || span.s === 'in-days' || span.s === 'season' || span.s === 'stages') return true;
  return span.s === 'month' || span.s === 'year' || (span.s === 'week' && span.stage !== 'whole');
}

const one = (bounds: Bounds): Anchors => ({ days: [bounds], nearest: false, feast: null });
const dayList = (dates: readonly WallDate[], nearest: boolean): Anchors | null =>
  dates.length === 0 ? null : { days: dates.map((date) => ({ from: date, to: date })), nearest, feast: null };

/** Anchors that may be past or that leave two days open; null: the term is dated as a wish is. */
function looseAnchors(term: DayTerm, frame: Frame): Anchors | Trouble | null {
  switch (term.d) {
    case 'offset':
      return dayList([addDays(frame.today, term.days)], false);
    case 'past':
      return trouble('ask', 'a past day to count from', askExactDay(frame));
    case 'feast':
      return feastAnchors(term, frame);
    case 'calendar':
      return calendarAnchors(term, frame);
    case 'weekday': {
      const hints = { year: null, month: null, after: null, todayOver: false };
      const read = candidatesOf(term, frame, hints, false);
      if (isTrouble(read)) return read;
      // „diesen Mittwoch bin ich auf Montage", said on a Friday: what does not suit lies ahead.
      const ahead = (date: WallDate): WallDate => (date < frame.today ? addDays(date, 7) : date);
      return dayList(term.which === 'this' ? read.dates.map(ahead) : read.dates, false);
    }
    default:
      return null;
  }
}

/** The last time of a thing that comes once a year, and the next one. */
function aroundToday<T>(all: readonly T[], end: (one: T) => WallDate, today: WallDate): T[] {
  const next = all.findIndex((x) => end(x) >= today);
  return next < 0 ? all.slice(-1) : all.slice(Math.max(0, next - 1), next + 1);
}

const yearsAround = (frame: Frame, said: number | null): number[] => {
  const year = yearOf(frame.today);
  return said === null ? [year - 1, year, year + 1] : [said];
};

function feastAnchors(term: DayTerm & { d: 'feast' }, frame: Frame): Anchors | null {
  const all = yearsAround(frame, term.year).flatMap((year) => feastIn(term.id, year, frame.context.zone) ?? []);
  const days = aroundToday(all, (x) => x.to, frame.today);
  return days.length === 0 ? null : { days, nearest: true, feast: term.id };
}

function calendarAnchors(term: DayTerm & { d: 'calendar' }, frame: Frame): Anchors | null {
  const { day, month } = term;
  if (month === null) return dayList(monthsAround(day, frame), false);
  const all = yearsAround(frame, term.year)
    .map((year) => dateFrom(year, month, day))
    .filter(isWallDate);
  return dayList(
    aroundToday(all, (date) => date, frame.today),
    true,
  );
}

/** „am neunten": the last one and the next. */
function monthsAround(day: number, frame: Frame): WallDate[] {
  const all: WallDate[] = [];
  for (let i = -MAX_MONTHS; i <= MAX_MONTHS; i++) {
    const { year, month } = monthsFrom(frame.today, i);
    const date = dateFrom(year, month, day);
    if (isWallDate(date)) all.push(date);
  }
  return aroundToday(all, (date) => date, frame.today);
}
