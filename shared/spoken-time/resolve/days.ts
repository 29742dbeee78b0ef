/** Terms of days → dates. Terms said together must agree; whatever leaves two readings ends in a question. */
import { addDays, daysBetween, type WallDate, weekdayOf } from '../../time.ts';
import type { DayTerm } from '../grammar/terms.ts';
import { askContradiction, askExactDay, askMismatch, askPast, askTooFar, askWhichDay } from '../questions.ts';
import { weekdayName } from '../say.ts';
import { mondayOf, yearOf } from './calendar.ts';
import { type Candidates, candidatesOf, type Hints, nearestTo } from './day-candidates.ts';
import type { Days } from './dated.ts';
import { daysThatPass, intersect, isFilter, isInside, passes, type Stretch } from './day-filters.ts';
import { type Frame, isTrouble, MAX_DAYS_AHEAD, type Trouble, trouble } from './frame.ts';
import { datedTerms } from './relative.ts';
import { monthOf, readSpan } from './spans.ts';

export type { Days };

/** A weekday inside a long stretch is listed at most so often. */
const MAX_LISTED = 10;

/** Terms of one clause, by what they do. */
interface Clause {
  terms: readonly DayTerm[];
  /** Terms that select days by themselves: „morgen", „am 24. Dezember". */
  selecting: readonly DayTerm[];
  /** Terms that only filter: „Dienstag", „am dritten", „werktags". */
  filtering: readonly DayTerm[];
  /** The days that all stretches named have in common. */
  stretch: Stretch | null;
  hints: Hints;
}

interface Chosen {
  dates: WallDate[];
  /** All of them are meant; else more than one is a question. */
  several: boolean;
  note?: string;
  /** What the selecting terms named before any filter. */
  named?: readonly WallDate[];
}

/** Dates the terms that stand in one clause. `after`: in a list, the day before this one; `todayOver`: what is meant can't be today. */
export function readDays(
  said: readonly DayTerm[],
  frame: Frame,
  after: WallDate | null = null,
  todayOver = false,
): Days | Trouble {
  if (said.length === 0) return { kind: 'none' };
  const terms = datedTerms(said, frame, (others) => readDays(others, frame));
  if (isTrouble(terms)) return terms;
  const { hints, rest } = hintsOf(terms, frame, after, todayOver);
  const stretch = stretchOf(rest, frame, hints);
  if (stretch && isTrouble(stretch)) return stretch;
  const points = rest.filter((t) => t.d !== 'span');
  if (points.length === 0) return stretch ? checkRange(stretch, frame) : { kind: 'none' };
  const clause: Clause = {
    terms,
    selecting: points.filter((t) => !isFilter(t)),
    filtering: points.filter(isFilter),
    stretch,
    hints,
  };
  const chosen = choose(clause, frame);
  return isTrouble(chosen) ? chosen : settle(chosen, clause, frame);
}

/** Takes out the terms that only tell which year or month another one is in. */
function hintsOf(
  terms: readonly DayTerm[],
  frame: Frame,
  after: WallDate | null,
  todayOver: boolean,
): { hints: Hints; rest: readonly DayTerm[] } {
  const hints: Hints = { year: null, month: null, after, todayOver };
  let rest = terms;
  // „in zwei Jahren im Mai": the May of that year.
  const years = rest.find((t) => t.d === 'months' && t.months % 12 === 0);
  if (years?.d === 'months' && rest.some((t) => t !== years && takesYear(t))) {
    hints.year = yearOf(frame.today) + years.months / 12;
    rest = rest.filter((t) => t !== years);
  }
  // A year goes with the date, month or feast beside it.
  const year = rest.find((t) => t.d === 'span' && t.span.s === 'year' && t.span.stage === 'whole');
  if (year?.d === 'span' && year.span.s === 'year' && rest.some((t) => t !== year && takesYear(t))) {
    hints.year = year.span.year ?? yearOf(frame.today) + year.span.offset;
    rest = rest.filter((t) => t !== year);
  }
  // A month goes with „am dritten" and „am ersten Dienstag".
  const month = rest.find((t) => t.d === 'span' && t.span.s === 'month' && t.span.stage === 'whole');
  if (month?.d === 'span' && month.span.s === 'month' && rest.some(takesMonth)) {
    hints.month = monthOf(month.span, frame, hints);
    rest = rest.filter((t) => t !== month);
  }
  // „am dritten Dienstag im Dezember, also dem 15.": the month that was read with the day.
  const dated = rest.find((t) => t.d === 'calendar' && t.month !== null);
  if (hints.month === null && dated?.d === 'calendar' && rest.some((t) => t.d === 'nth-weekday'))
    hints.month = monthOf(
      { s: 'month', month: dated.month, offset: 0, year: dated.year, stage: 'whole' },
      frame,
      hints,
    );
  return { hints, rest };
}

const takesYear = (t: DayTerm): boolean =>
  (t.d === 'calendar' && t.year === null) ||
  t.d === 'feast' ||
  (t.d === 'span' && t.span.s === 'week-number') ||
  (t.d === 'span' && t.span.s === 'month' && t.span.month !== null && t.span.year === null);

const takesMonth = (t: DayTerm): boolean => (t.d === 'calendar' && t.month === null) || t.d === 'nth-weekday';

/** What all stretches among the terms have in common; null: there is none. */
function stretchOf(terms: readonly DayTerm[], frame: Frame, hints: Hints): Stretch | Trouble | null {
  const stretches: Stretch[] = [];
  for (const term of terms) {
    if (term.d !== 'span') continue;
    const dayOf = (day: DayTerm, after: WallDate | null) => boundsOf(readDays([day], frame, after));
    const read = readSpan(term.span, { frame, hints, filtered: terms.length > 1, dayOf });
    if (isTrouble(read)) return read;
    stretches.push(read);
  }
  const common = intersect(stretches);
  return common === 'empty'
    ? trouble('ask', 'the stretches named have no day in common', askContradiction(frame))
    : common;
}

/** One day or one stretch as first and last day; null for several days. */
function boundsOf(days: Days | Trouble): Stretch | Trouble | null {
  if (isTrouble(days)) return days;
  if (days.kind === 'date') return { from: days.date, to: days.date };
  return days.kind === 'range' ? { from: days.from, to: days.to } : null;
}

function choose(clause: Clause, frame: Frame): Chosen | Trouble {
  const { selecting, filtering, stretch } = clause;
  if (selecting.length > 0) return chooseSelected(clause, frame);
  if (stretch) return chooseInside(stretch, clause, frame);
  const [only] = filtering;
  return filtering.length === 1 && only ? chooseAlone(only, clause, frame) : chooseAgreeing(clause, frame);
}

/** „am 24. Dezember", with „Donnerstag" or „nächste Woche" beside it that must agree. */
function chooseSelected({ selecting, filtering, stretch, hints }: Clause, frame: Frame): Chosen | Trouble {
  const filtered = selecting.length + filtering.length > 1 || stretch !== null;
  let named: readonly WallDate[] | null = null;
  let note: string | undefined;
  for (const term of selecting) {
    const read: Candidates | Trouble = candidatesOf(term, frame, hints, filtered);
    if (isTrouble(read)) return read;
    if (read.note !== undefined) note = read.note;
    named = named === null ? read.dates : named.filter((d: WallDate) => read.dates.includes(d));
  }
  const dates = (named ?? []).filter((d) => filtering.every((t) => passes(t, d)) && isInside(stretch, d));
  return { dates, several: false, named: named ?? [], ...(note === undefined ? {} : { note }) };
}

/** „nächste Woche Dienstag", „ab Dezember samstags". */
function chooseInside(stretch: Stretch, { terms, filtering }: Clause, frame: Frame): Chosen | Trouble {
  const days = daysThatPass(stretch, frame, filtering);
  const only = filtering.length === 1 ? filtering[0] : undefined;
  if (only?.d !== 'weekday') return { dates: days, several: true };
  // „am Samstag vor Weihnachten": the last one before it; in the other order it may be any.
  if (stretch.from === null) {
    const inFirst = stretch.to === null ? days.slice(0, 1) : days;
    if (terms.indexOf(only) > terms.findIndex((t) => t.d === 'span') && inFirst.length > 1)
      return trouble('ask', 'one of several weeks', askExactDay(frame));
    return { dates: inFirst.slice(-1), several: true };
  }
  // „nach Weihnachten am Dienstag": the first one; „ab Dezember samstags": all of them.
  return { dates: stretch.to === null ? days.slice(0, 1) : days, several: true };
}

/** „am Dienstag", „samstags": the days that the term names by itself. */
function chooseAlone(term: DayTerm, { hints }: Clause, frame: Frame): Chosen | Trouble {
  const read = candidatesOf(term, frame, hints, false);
  return isTrouble(read) ? read : { dates: read.dates, several: read.list === true };
}

/** „Dienstag, den 24.": a day of the month that the weekday must agree with. */
function chooseAgreeing({ filtering, hints }: Clause, frame: Frame): Chosen | Trouble {
  const dated = filtering.find((t) => t.d === 'calendar');
  const read = dated ? candidatesOf(dated, frame, hints, true) : null;
  if (read && isTrouble(read)) return read;
  const next = read?.dates ?? [];
  const fits = next.filter((d) => filtering.every((t) => passes(t, d)));
  if (fits.length === 0 && next[0] !== undefined) {
    // „Silvester geht nicht, dann Mittwoch, den 30.": the 30th of the month that was mentioned.
    const near = dated?.d === 'calendar' && dated.near ? nearestTo(dated.near, dated.day, frame) : null;
    if (near !== null && filtering.every((t) => passes(t, near))) return { dates: [near], several: false };
    return mismatch(next[0], frame);
  }
  return { dates: fits.slice(0, 1), several: false };
}

/** One day, all days, or the question which. */
function settle({ dates, several, note, named }: Chosen, clause: Clause, frame: Frame): Days | Trouble {
  const first = dates[0];
  if (first === undefined) return noDay(named, clause, frame);
  if (dates.length === 1) return checkDate(first, frame, note);
  if (!several)
    return trouble('ask', dates.map((d) => `${d}${labelOf(d, frame)}`).join(' or '), askWhichDay(frame, dates));
  const ahead = dates.filter((d) => d >= frame.today).slice(0, MAX_LISTED);
  if (ahead.length === 0) return past(first, frame);
  return ahead.length === 1 && ahead[0] ? checkDate(ahead[0], frame, note) : { kind: 'dates', dates: ahead };
}

/** Why nothing is left: the day named is past, is another weekday, or the terms disagree. */
function noDay(named: readonly WallDate[] | undefined, { filtering, stretch }: Clause, frame: Frame): Trouble {
  const shown = named?.length === 1 ? named[0] : undefined;
  if (shown !== undefined) return shown < frame.today ? past(shown, frame) : mismatch(shown, frame);
  if (filtering.length > 0 && stretch?.to != null && stretch.to < frame.today) return past(stretch.to, frame);
  return trouble('ask', 'the days named do not agree', askContradiction(frame));
}

function labelOf(date: WallDate, frame: Frame): string {
  const weeks = daysBetween(mondayOf(frame.today), mondayOf(date)) / 7;
  if (date === frame.today) return ' (today)';
  return weeks === 0 ? ' (this week)' : weeks === 1 ? ' (next week)' : '';
}

function mismatch(date: WallDate, frame: Frame): Trouble {
  return trouble('ask', `the words disagree: ${date} is a ${weekdayName(date, 'en')}`, askMismatch(frame, date));
}

function past(date: WallDate, frame: Frame): Trouble {
  // The next sensible reading: the same weekday to come.
  const ahead = (weekdayOf(date) - weekdayOf(frame.today) + 7) % 7;
  const next = addDays(frame.today, ahead === 0 ? 7 : ahead);
  const offer = daysBetween(date, frame.today) <= 1 ? null : next;
  return trouble('invalid', `${date} is past`, askPast(frame, offer, null), { date });
}

function checkDate(date: WallDate, frame: Frame, note?: string): Days | Trouble {
  if (date < frame.today) return past(date, frame);
  if (daysBetween(frame.today, date) > MAX_DAYS_AHEAD)
    return trouble('ask', `${date} is more than ${MAX_DAYS_AHEAD} days ahead`, askTooFar(frame), { date });
  return { kind: 'date', date, ...(note === undefined ? {} : { note }) };
}

function checkRange(range: Stretch, frame: Frame): Days | Trouble {
  if (range.to !== null && range.to < frame.today)
    return trouble('invalid', `${range.to} is past`, askPast(frame, null, null));
  if (range.from !== null && daysBetween(frame.today, range.from) > MAX_DAYS_AHEAD)
    return trouble('ask', `${range.from} is more than ${MAX_DAYS_AHEAD} days ahead`, askTooFar(frame));
  const from = range.from !== null && range.from < frame.today ? frame.today : range.from;
  if (from !== null && from === range.to) return { kind: 'date', date: from };
  return { kind: 'range', from, to: range.to };
}
