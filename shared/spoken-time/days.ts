/** Terms of days → dates. Terms said together must agree; whatever leaves two readings ends in a question. */
import { addDays, daysBetween, isWallDate, type WallDate, weekdayOf } from '../time.ts';
import { feastIn } from './feasts.ts';
import {
  dateFrom,
  daysInMonth,
  type Frame,
  isTrouble,
  MAX_DAYS_AHEAD,
  mondayOf,
  monthsFrom,
  type Trouble,
  trouble,
} from './frame.ts';
import {
  askContradiction,
  askDay,
  askExactDay,
  askMismatch,
  askNoSuchDate,
  askPast,
  askTooFar,
  askWhichDay,
} from './questions.ts';
import { weekdayName } from './say.ts';
import type { DayTerm, SpanTerm, Stage } from './terms.ts';

export type Days =
  | { kind: 'none' }
  | { kind: 'date'; date: WallDate; note?: string }
  | { kind: 'dates'; dates: WallDate[] }
  | { kind: 'range'; from: WallDate | null; to: WallDate | null };

interface Stretch {
  from: WallDate | null;
  to: WallDate | null;
}

interface Hints {
  year: number | null;
  /** Month that another term names, for „am dritten". */
  month: { year: number; month: number } | null;
  /** In a list: the day before this one, which „Freitag" comes after. */
  after: WallDate | null;
}

const NO_HINTS: Hints = { year: null, month: null, after: null };
/** „samstags", „an einem Samstag": so far ahead are its days listed. */
const EVERY_DAYS = 28;
/** „unter der Woche": working days of the next two weeks. */
const WORKDAY_DAYS = 14;
/** A weekday inside a long stretch is listed at most so often. */
const MAX_LISTED = 10;
/** Days walked through when a stretch is filtered. */
const MAX_WALK = 400;

const yearOf = (date: WallDate): number => Number(date.slice(0, 4));
const later = (a: WallDate | null, b: WallDate): WallDate => (a !== null && a > b ? a : b);

/** Dates the terms that stand in one clause. */
export function readDays(terms: readonly DayTerm[], frame: Frame, after: WallDate | null = null): Days | Trouble {
  if (terms.length === 0) return { kind: 'none' };
  const hints: Hints = { ...NO_HINTS, after };
  let rest = [...terms];

  // A year goes with the date, month or feast beside it.
  const year = rest.find((t) => t.d === 'span' && t.span.s === 'year' && t.span.stage === 'whole');
  if (year?.d === 'span' && year.span.s === 'year' && rest.some((t) => t !== year && takesYear(t))) {
    hints.year = year.span.year ?? yearOf(frame.today) + year.span.offset;
    rest = rest.filter((t) => t !== year);
  }
  // A month goes with „am dritten" and „am ersten Dienstag".
  const month = rest.find((t) => t.d === 'span' && t.span.s === 'month' && t.span.stage === 'whole');
  if (
    month?.d === 'span' &&
    month.span.s === 'month' &&
    rest.some((t) => (t.d === 'calendar' && t.month === null) || t.d === 'nth-weekday')
  ) {
    hints.month = monthOf(month.span, frame, hints);
    rest = rest.filter((t) => t !== month);
  }

  const ranges: Stretch[] = [];
  const points: DayTerm[] = [];
  for (const term of rest) {
    if (term.d !== 'span') {
      points.push(term);
      continue;
    }
    const read = readSpan(term.span, frame, hints, rest.length > 1);
    if (isTrouble(read)) return read;
    ranges.push(read);
  }
  const range = intersect(ranges);
  if (range === 'empty') return trouble('ask', 'the stretches named have no day in common', askContradiction(frame));

  if (points.length === 0) return range ? checkRange(range, frame) : { kind: 'none' };

  // What names days by itself, and what only sifts them.
  const sifters = points.filter(isSifter);
  const fixed = points.filter((t) => !isSifter(t));
  let candidates: WallDate[] | null = null;
  let note: string | undefined;
  for (const term of fixed) {
    const read = candidatesOf(term, frame, hints, points.length > 1 || range !== null);
    if (isTrouble(read)) return read;
    if (read.note !== undefined) note = read.note;
    candidates = candidates === null ? read.dates : candidates.filter((d) => read.dates.includes(d));
  }
  const named = candidates;

  let several = false;
  if (candidates === null) {
    if (range) {
      several = true;
      candidates = walk(range, frame, sifters);
      const only = sifters.length === 1 ? sifters[0] : undefined;
      // „nach Weihnachten am Dienstag": the first one; „ab Dezember samstags": all of them.
      if (range.to === null && only?.d === 'weekday') candidates = candidates.slice(0, 1);
      // „am Samstag vor Weihnachten": the last one before it; in the other order it may be any.
      if (range.from === null && only?.d === 'weekday') {
        if (terms.indexOf(only) > terms.findIndex((t) => t.d === 'span') && candidates.length > 1)
          return trouble('ask', 'one of several weeks', askExactDay(frame));
        candidates = candidates.slice(-1);
      }
    } else if (sifters.length === 1 && sifters[0]) {
      const read = candidatesOf(sifters[0], frame, hints, false);
      if (isTrouble(read)) return read;
      candidates = read.dates;
      several = read.list === true;
    } else {
      const dated = sifters.find((t) => t.d === 'calendar');
      const read = dated ? candidatesOf(dated, frame, hints, true) : null;
      if (read && isTrouble(read)) return read;
      const next = read?.dates ?? [];
      const fits = next.filter((d) => sifters.every((t) => passes(t, d)));
      if (fits.length === 0 && next[0] !== undefined) return mismatch(next[0], frame);
      candidates = fits.slice(0, 1);
    }
  } else {
    candidates = candidates.filter((d) => sifters.every((t) => passes(t, d)) && inside(range, d));
  }

  const first = candidates[0];
  if (first === undefined) {
    const shown = named?.[0];
    if (shown !== undefined && named?.length === 1 && shown < frame.today) return past(shown, frame);
    if (shown !== undefined && named?.length === 1) return mismatch(shown, frame);
    if (range && candidates.length === 0 && sifters.length > 0 && range.to !== null && range.to < frame.today)
      return past(range.to, frame);
    return trouble('ask', 'the days named do not agree', askContradiction(frame));
  }
  if (candidates.length === 1) return checkDate(first, frame, note);
  if (several) {
    const dates = candidates.filter((d) => d >= frame.today).slice(0, MAX_LISTED);
    return dates.length === 0
      ? past(first, frame)
      : dates.length === 1 && dates[0]
        ? checkDate(dates[0], frame, note)
        : { kind: 'dates', dates };
  }
  return trouble('ask', candidates.map((d) => `${d}${labelOf(d, frame)}`).join(' or '), askWhichDay(frame, candidates));
}

function labelOf(date: WallDate, frame: Frame): string {
  const weeks = daysBetween(mondayOf(frame.today), mondayOf(date)) / 7;
  if (date === frame.today) return ' (today)';
  return weeks === 0 ? ' (this week)' : weeks === 1 ? ' (next week)' : '';
}

const takesYear = (t: DayTerm): boolean =>
  (t.d === 'calendar' && t.year === null) ||
  t.d === 'feast' ||
  (t.d === 'span' && t.span.s === 'month' && t.span.month !== null && t.span.year === null);

function isSifter(t: DayTerm): boolean {
  return (
    (t.d === 'weekday' && t.which === null && t.addDays === 0) ||
    t.d === 'every-weekday' ||
    t.d === 'workdays' ||
    (t.d === 'calendar' && t.month === null)
  );
}

function passes(t: DayTerm, date: WallDate): boolean {
  switch (t.d) {
    case 'weekday':
    case 'every-weekday':
      return weekdayOf(date) === t.weekday;
    case 'workdays':
      return weekdayOf(date) >= 1 && weekdayOf(date) <= 5;
    case 'calendar':
      return Number(date.slice(8, 10)) === t.day;
    default:
      return true;
  }
}

const inside = (range: Stretch | null, date: WallDate): boolean =>
  range === null || ((range.from === null || date >= range.from) && (range.to === null || date <= range.to));

function intersect(ranges: readonly Stretch[]): Stretch | null | 'empty' {
  if (ranges.length === 0) return null;
  const out: Stretch = { from: null, to: null };
  for (const range of ranges) {
    if (range.from !== null && (out.from === null || range.from > out.from)) out.from = range.from;
    if (range.to !== null && (out.to === null || range.to < out.to)) out.to = range.to;
  }
  return out.from !== null && out.to !== null && out.from > out.to ? 'empty' : out;
}

function walk(range: Stretch, frame: Frame, sifters: readonly DayTerm[]): WallDate[] {
  const found: WallDate[] = [];
  let date = later(range.from, frame.today);
  for (let i = 0; i < MAX_WALK && (range.to === null || date <= range.to); i++, date = addDays(date, 1))
    if (sifters.every((t) => passes(t, date))) found.push(date);
  return found;
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

interface Candidates {
  dates: WallDate[];
  note?: string;
  /** true: all of them are meant. */
  list?: true;
}

/** Days a term can mean by itself; `sifted`: other terms will choose among them. */
function candidatesOf(term: DayTerm, frame: Frame, hints: Hints, sifted: boolean): Candidates | Trouble {
  const { today } = frame;
  switch (term.d) {
    case 'offset':
      return { dates: [addDays(today, term.days)], ...(term.note === undefined ? {} : { note: term.note }) };
    case 'months': {
      const { year, month } = monthsFrom(today, term.months);
      return { dates: [dateFrom(year, month, Math.min(Number(today.slice(8, 10)), daysInMonth(year, month)))] };
    }
    case 'half-week':
      return trouble(
        'ask',
        'a week and a half: two days fit',
        askWhichDay(frame, [addDays(today, Math.floor(term.days)), addDays(today, Math.ceil(term.days))]),
      );
    case 'past':
      return trouble('invalid', 'the words name a day that is past', askPast(frame, null, null));
    case 'weekday': {
      const ahead = (term.weekday - weekdayOf(today) + 7) % 7;
      const here = addDays(mondayOf(today), (term.weekday + 6) % 7);
      if (term.addDays > 0)
        return { dates: [addDays(today, (term.which === 'coming' && ahead === 0 ? 7 : ahead) + term.addDays)] };
      switch (term.which) {
        case null: {
          if (ahead > 0) return { dates: [addDays(today, ahead)] };
          if (hints.after !== null && hints.after > today) return { dates: [addDays(today, 7)] };
          return { dates: [today, addDays(today, 7)] };
        }
        case 'this':
          return { dates: [here] };
        case 'coming':
          return { dates: [addDays(today, ahead === 0 ? 7 : ahead)] };
        case 'next':
          return { dates: here > today ? [here, addDays(here, 7)] : [addDays(here, 7)] };
        case 'afternext':
          return { dates: here > today ? [addDays(here, 7), addDays(here, 14)] : [addDays(here, 14)] };
        case 'last':
          return trouble('invalid', 'the words name a day that is past', askPast(frame, null, null));
      }
      return { dates: [] };
    }
    case 'every-weekday':
      return { dates: walk({ from: today, to: addDays(today, EVERY_DAYS) }, frame, [term]), list: true };
    case 'workdays':
      return {
        dates: walk({ from: today, to: addDays(today, WORKDAY_DAYS) }, frame, [term]).filter((d) => frame.isOpen(d)),
        list: true,
      };
    case 'calendar':
      return calendar(term, frame, hints, sifted);
    case 'nth-weekday': {
      const named = term.thisMonth ? monthsFrom(today, 0) : hints.month;
      if (!named) return trouble('ask', 'no month named for the n-th weekday', askExactDay(frame));
      const { year, month } = named;
      const all: WallDate[] = [];
      for (let day = 1; day <= daysInMonth(year, month); day++) {
        const date = dateFrom(year, month, day);
        if (weekdayOf(date) === term.weekday) all.push(date);
      }
      const date = term.n === -1 ? all[all.length - 1] : all[term.n - 1];
      return date === undefined
        ? trouble('invalid', 'no such weekday in that month', askContradiction(frame))
        : { dates: [date] };
    }
    case 'feast': {
      const feast = feastDays(term, frame, hints);
      if (!feast) return trouble('ask', 'unknown feast', askExactDay(frame));
      if (feast.from === feast.to) return { dates: [feast.from] };
      const dates: WallDate[] = [];
      for (let date = feast.from; date <= feast.to && dates.length < 7; date = addDays(date, 1)) dates.push(date);
      return { dates };
    }
    case 'span':
      return { dates: [] };
  }
}

function feastDays(
  term: DayTerm & { d: 'feast' },
  frame: Frame,
  hints: Hints,
): { from: WallDate; to: WallDate } | null {
  const wanted = term.year ?? hints.year;
  if (wanted !== null) return feastIn(term.id, wanted, frame.context.zone);
  const here = feastIn(term.id, yearOf(frame.today), frame.context.zone);
  return here && here.to >= frame.today ? here : feastIn(term.id, yearOf(frame.today) + 1, frame.context.zone);
}

function calendar(
  term: DayTerm & { d: 'calendar' },
  frame: Frame,
  hints: Hints,
  sifted: boolean,
): Candidates | Trouble {
  const { today } = frame;
  const month = term.month ?? hints.month?.month ?? null;
  const year = term.year ?? (term.month === null ? hints.month?.year : undefined) ?? hints.year;
  if (month !== null) {
    if (month < 1 || month > 12 || term.day < 1 || term.day > 31) return noSuch(term.day, month, frame);
    const at = year ?? yearOf(today);
    const here = dateFrom(at, month, term.day);
    if (!isWallDate(here)) {
      // 29 February without a year: next year may have one.
      const next = dateFrom(at + 1, month, term.day);
      if (year === null && isWallDate(next)) return { dates: [next] };
      return noSuch(term.day, month, frame);
    }
    if (year === null && here < today) {
      const next = dateFrom(at + 1, month, term.day);
      return isWallDate(next) ? { dates: [next] } : noSuch(term.day, month, frame);
    }
    return { dates: [here] };
  }
  if (term.day < 1 || term.day > 31) return noSuch(term.day, 0, frame);
  // Only a day of the month: the next one there is; on that very day it may be today or a month away.
  const found: WallDate[] = [];
  const wanted = sifted && term.day === Number(today.slice(8, 10)) ? 2 : 1;
  for (let i = 0; i < 12 && found.length < Math.max(wanted, found[0] === today ? 2 : 1); i++) {
    const { year: y, month: m } = monthsFrom(today, i);
    const date = dateFrom(y, m, term.day);
    if (isWallDate(date) && date >= today) found.push(date);
  }
  if (hints.after !== null) {
    const behind = found.filter((d) => hints.after !== null && d > hints.after);
    if (behind[0] !== undefined) return { dates: [behind[0]] };
  }
  return { dates: found };
}

function noSuch(day: number, month: number, frame: Frame): Trouble {
  return trouble('invalid', `${day}.${month}. does not exist`, askNoSuchDate(frame, day, month));
}

// ── Stretches ──────────────────────────────────────────────────────────────

function monthOf(span: SpanTerm & { s: 'month' }, frame: Frame, hints: Hints): { year: number; month: number } {
  if (span.month === null) return monthsFrom(frame.today, span.offset);
  const year = span.year ?? hints.year;
  if (year !== null) return { year, month: span.month };
  const here = yearOf(frame.today);
  return { year: stageOfMonth(here, span.month, span.stage).to >= frame.today ? here : here + 1, month: span.month };
}

/** Thirds of a month: 1–10, 11–20, 21–end. */
function stageOfMonth(year: number, month: number, stage: Stage): { from: WallDate; to: WallDate } {
  const last = daysInMonth(year, month);
  const [from, to] =
    stage === 'begin' ? [1, 10] : stage === 'mid' ? [11, 20] : stage === 'end' ? [21, last] : [1, last];
  return { from: dateFrom(year, month, from), to: dateFrom(year, month, to) };
}

/** „Anfang" of a week is Monday to Wednesday, „Mitte" Tuesday to Thursday, „Ende" Thursday to Saturday. */
function stageOfWeek(monday: WallDate, stage: Stage): { from: WallDate; to: WallDate } {
  const [from, to] = stage === 'begin' ? [0, 2] : stage === 'mid' ? [1, 3] : stage === 'end' ? [3, 5] : [0, 6];
  return { from: addDays(monday, from), to: addDays(monday, to) };
}

function readSpan(span: SpanTerm, frame: Frame, hints: Hints, sifted: boolean): Stretch | Trouble {
  const { today } = frame;
  switch (span.s) {
    case 'week':
      if (span.offset < 0) return trouble('invalid', 'last week is past', askPast(frame, null, null));
      return stageOfWeek(addDays(mondayOf(today), span.offset * 7), span.stage);
    case 'weekend': {
      const saturday = addDays(mondayOf(today), 5);
      const running = weekdayOf(today) === 6 || weekdayOf(today) === 0;
      const weekend = (weeks: number): Stretch => ({
        from: addDays(saturday, weeks * 7),
        to: addDays(saturday, weeks * 7 + 1),
      });
      const choice = (a: number, b: number): Trouble =>
        trouble(
          'ask',
          `the weekend of ${addDays(saturday, a * 7)} or of ${addDays(saturday, b * 7)}`,
          askWhichDay(frame, [addDays(saturday, a * 7), addDays(saturday, b * 7)]),
        );
      switch (span.which) {
        case 'last':
          return trouble('invalid', 'last weekend is past', askPast(frame, null, null));
        case 'this':
          return weekend(0);
        case 'coming':
          return weekend(running ? 1 : 0);
        case null:
          return running && !sifted ? choice(0, 1) : weekend(0);
        case 'next':
          return running ? weekend(1) : choice(0, 1);
        case 'afternext':
          return running ? weekend(2) : choice(1, 2);
      }
      return weekend(0);
    }
    case 'month': {
      if (span.offset < 0) return trouble('invalid', 'last month is past', askPast(frame, null, null));
      const { year, month } = monthOf(span, frame, hints);
      return stageOfMonth(year, month, span.stage);
    }
    case 'year': {
      const year = span.year ?? yearOf(today) + span.offset;
      const [from, to] =
        span.stage === 'begin'
          ? ['01-01', '01-31']
          : span.stage === 'mid'
            ? ['06-01', '07-31']
            : span.stage === 'end'
              ? ['12-01', '12-31']
              : ['01-01', '12-31'];
      return { from: `${year}-${from}`, to: `${year}-${to}` };
    }
    case 'season': {
      const [from, to] = { spring: [3, 5], summer: [6, 8], autumn: [9, 11], winter: [12, 14] }[span.season] as [
        number,
        number,
      ];
      const make = (year: number): { from: WallDate; to: WallDate } => {
        const endYear = to > 12 ? year + 1 : year;
        const endMonth = to > 12 ? to - 12 : to;
        return { from: dateFrom(year, from, 1), to: dateFrom(endYear, endMonth, daysInMonth(endYear, endMonth)) };
      };
      const year = hints.year ?? yearOf(today);
      // Winter that began last year may still run.
      const running = hints.year === null && to > 12 ? make(year - 1) : null;
      if (running && running.to >= today && running.from <= today) return running;
      const here = make(year);
      return hints.year !== null || here.to >= today ? here : make(year + 1);
    }
    case 'week-number': {
      const year = hints.year ?? yearOf(today);
      const monday = (y: number): WallDate => addDays(mondayOf(`${y}-01-04`), (span.week - 1) * 7);
      const here = monday(year);
      return addDays(here, 6) >= today || hints.year !== null
        ? stageOfWeek(here, 'whole')
        : stageOfWeek(monday(year + 1), 'whole');
    }
    case 'week-of': {
      const read = readDays([span.day], frame);
      if (isTrouble(read)) return read;
      return read.kind === 'date'
        ? stageOfWeek(mondayOf(read.date), 'whole')
        : trouble('ask', 'no single day names the week', askExactDay(frame));
    }
    case 'next-days':
      return { from: today, to: addDays(today, span.days) };
    case 'in-days':
      return { from: addDays(today, span.from), to: addDays(today, span.to) };
    case 'rest-of-week':
      return { from: today, to: addDays(mondayOf(today), 6) };
    case 'between-years': {
      const year = hints.year ?? (today > `${yearOf(today)}-12-30` ? yearOf(today) + 1 : yearOf(today));
      return { from: `${year}-12-27`, to: `${year}-12-30` };
    }
    case 'stages': {
      const from = readSpan(span.from, frame, hints, true);
      if (isTrouble(from)) return from;
      const to = readSpan(span.to, frame, hints, true);
      if (isTrouble(to)) return to;
      return { from: from.from, to: to.to };
    }
    case 'stretch': {
      const from = span.from === null ? null : edge(span.from, frame, hints, null);
      if (from && isTrouble(from)) return from;
      const to = span.to === null ? null : edge(span.to, frame, hints, from?.to ?? null);
      if (to && isTrouble(to)) return to;
      const start = from === null ? null : span.fromEdge === 'after' ? addDays(from.to, 1) : from.from;
      const end =
        to === null ? null : span.toEdge === 'before' ? addDays(to.from, -1) : isFeast(span.to) ? to.from : to.to;
      if (start !== null && end !== null && start > end)
        return trouble('ask', 'the stretch ends before it begins', askContradiction(frame));
      return { from: start, to: end };
    }
  }
}

const isFeast = (term: DayTerm | null): boolean => term?.d === 'feast';

/** First and last day of the day or stretch that limits another. `after`: the end of „von … bis" comes after its start. */
function edge(
  term: DayTerm,
  frame: Frame,
  hints: Hints,
  after: WallDate | null,
): { from: WallDate; to: WallDate } | Trouble {
  if (term.d === 'feast') return feastDays(term, frame, hints) ?? trouble('ask', 'unknown feast', askExactDay(frame));
  if (after !== null && term.d === 'weekday' && term.which === null && term.addDays === 0) {
    const ahead = (term.weekday - weekdayOf(after) + 7) % 7;
    const date = addDays(after, ahead === 0 ? 7 : ahead);
    return { from: date, to: date };
  }
  const read = readDays(
    hints.year !== null && takesYear(term) && term.d === 'calendar' ? [{ ...term, year: hints.year }] : [term],
    frame,
    after,
  );
  if (isTrouble(read)) return read;
  if (read.kind === 'date') return { from: read.date, to: read.date };
  if (read.kind === 'range' && read.from !== null && read.to !== null) return { from: read.from, to: read.to };
  return trouble('ask', 'the limit is no single day', askDay(frame));
}
