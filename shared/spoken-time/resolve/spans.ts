/** A term of a stretch → its first and last day: week, weekend, month, season, „von … bis". Called by days.ts. */
import { addDays, type WallDate, weekdayOf } from '../../time.ts';
import type { DayTerm, SpanTerm, Stage } from '../grammar/terms.ts';
import { askContradiction, askDay, askExactDay, askPast, askWhichDay } from '../questions.ts';
import { dateFrom, daysInMonth, mondayOf, monthsFrom, stageOfWeek, yearOf } from './calendar.ts';
import { feastDays, type Hints } from './day-candidates.ts';
import { isBareWeekday, type Stretch } from './day-filters.ts';
import { type Frame, isTrouble, type Trouble, trouble } from './frame.ts';

/** First and last day, both known. */
interface Bounds {
  from: WallDate;
  to: WallDate;
}

/** What reading a stretch needs besides its term. */
export interface SpanReader {
  frame: Frame;
  hints: Hints;
  /** Other terms stand beside the stretch and will filter it. */
  filtered: boolean;
  /** Dates a term that stands alone: the day that limits a stretch, the day whose week is meant. `after`: it comes after this day. */
  dayOf(term: DayTerm, after: WallDate | null): Stretch | Trouble | null;
}

/** The days of a stretch; a question where two are as likely or none is left. */
export function readSpan(span: SpanTerm, reader: SpanReader): Stretch | Trouble {
  const { frame, hints } = reader;
  const { today } = frame;
  switch (span.s) {
    case 'week':
      if (span.offset < 0) return trouble('invalid', 'last week is past', askPast(frame, null, null));
      return stageOfWeek(addDays(mondayOf(today), span.offset * 7), span.stage);
    case 'weekend':
      return weekend(span, frame, reader.filtered);
    case 'month': {
      if (span.offset < 0) return trouble('invalid', 'last month is past', askPast(frame, null, null));
      const { year, month } = monthOf(span, frame, hints);
      return stageOfMonth(year, month, span.stage);
    }
    case 'year':
      return stageOfYear(span.year ?? yearOf(today) + span.offset, span.stage);
    case 'season':
      return season(span, frame, hints);
    case 'week-number':
      return weekNumber(span.week, frame, hints);
    case 'week-of': {
      const day = reader.dayOf(span.day, null);
      if (day && isTrouble(day)) return day;
      return day?.from != null && day.from === day.to
        ? stageOfWeek(mondayOf(day.from), 'whole')
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
    case 'stages':
      return stages(span, reader);
    case 'stretch':
      return limits(span, reader);
    case 'dated':
      return { from: span.from, to: span.to };
    // Dated before: relative.ts.
    case 'step':
    case 'nth':
      return trouble('ask', 'no day to count from', askExactDay(frame));
  }
}

/** Year and month of a month by name (the next one there is) or counted from this one. */
export function monthOf(span: SpanTerm & { s: 'month' }, frame: Frame, hints: Hints): { year: number; month: number } {
  if (span.month === null) return monthsFrom(frame.today, span.offset);
  const year = span.year ?? hints.year;
  if (year !== null) return { year, month: span.month };
  const here = yearOf(frame.today);
  return { year: stageOfMonth(here, span.month, span.stage).to >= frame.today ? here : here + 1, month: span.month };
}

/** Thirds of a month: 1–10, 11–20, 21–end. */
function stageOfMonth(year: number, month: number, stage: Stage): Bounds {
  const last = daysInMonth(year, month);
  const [from, to] =
    stage === 'begin' ? [1, 10] : stage === 'mid' ? [11, 20] : stage === 'end' ? [21, last] : [1, last];
  return { from: dateFrom(year, month, from), to: dateFrom(year, month, to) };
}

/** „Anfang" of a year is January, „Mitte" June and July, „Ende" December. */
function stageOfYear(year: number, stage: Stage): Bounds {
  const [from, to] = {
    begin: ['01-01', '01-31'] as const,
    mid: ['06-01', '07-31'] as const,
    end: ['12-01', '12-31'] as const,
    whole: ['01-01', '12-31'] as const,
  }[stage];
  return { from: `${year}-${from}`, to: `${year}-${to}` };
}

function weekend(span: SpanTerm & { s: 'weekend' }, frame: Frame, filtered: boolean): Stretch | Trouble {
  const { today } = frame;
  const saturday = addDays(mondayOf(today), 5);
  const running = weekdayOf(today) === 6 || weekdayOf(today) === 0;
  const inWeeks = (weeks: number): Stretch => ({
    from: addDays(saturday, weeks * 7),
    to: addDays(saturday, weeks * 7 + 1),
  });
  const choice = (a: number, b: number): Trouble => {
    const [first, second] = [addDays(saturday, a * 7), addDays(saturday, b * 7)];
    return trouble('ask', `the weekend of ${first} or of ${second}`, askWhichDay(frame, [first, second]));
  };
  switch (span.which) {
    case 'last':
      return trouble('invalid', 'last weekend is past', askPast(frame, null, null));
    case 'this':
      return inWeeks(0);
    case 'coming':
      return inWeeks(running ? 1 : 0);
    case null:
      return running && !filtered ? choice(0, 1) : inWeeks(0);
    case 'next':
      return running ? inWeeks(1) : choice(0, 1);
    case 'afternext':
      return running ? inWeeks(2) : choice(1, 2);
  }
}

/** First and last month of a season; 14 is February of the year after. */
const SEASONS = { spring: [3, 5], summer: [6, 8], autumn: [9, 11], winter: [12, 14] } as const;

function season(span: SpanTerm & { s: 'season' }, frame: Frame, hints: Hints): Bounds {
  const { today } = frame;
  const [from, to] = SEASONS[span.season];
  const ofYear = (year: number): Bounds => {
    const endYear = to > 12 ? year + 1 : year;
    const endMonth = to > 12 ? to - 12 : to;
    return { from: dateFrom(year, from, 1), to: dateFrom(endYear, endMonth, daysInMonth(endYear, endMonth)) };
  };
  const year = hints.year ?? yearOf(today);
  // Winter that began last year may still run.
  const running = hints.year === null && to > 12 ? ofYear(year - 1) : null;
  if (running && running.to >= today && running.from <= today) return running;
  const here = ofYear(year);
  return hints.year !== null || here.to >= today ? here : ofYear(year + 1);
}

/** The calendar week of ISO 8601: the first is the one of 4 January; few years have a 53rd. */
function weekNumber(week: number, frame: Frame, hints: Hints): Bounds | Trouble {
  const year = hints.year ?? yearOf(frame.today);
  const mondayIn = (y: number): WallDate => addDays(mondayOf(`${y}-01-04`), (week - 1) * 7);
  const here = mondayIn(year);
  const isHere = addDays(here, 6) >= frame.today || hints.year !== null;
  const meant = isHere ? here : mondayIn(year + 1);
  if (yearOf(addDays(meant, 3)) !== (isHere ? year : year + 1))
    return trouble('invalid', `there is no calendar week ${week} in that year`, askExactDay(frame));
  return stageOfWeek(meant, 'whole');
}

/** „Anfang bis Mitte Dezember" */
function stages(span: SpanTerm & { s: 'stages' }, reader: SpanReader): Stretch | Trouble {
  const from = readSpan(span.from, { ...reader, filtered: true });
  if (isTrouble(from)) return from;
  const to = readSpan(span.to, { ...reader, filtered: true });
  return isTrouble(to) ? to : { from: from.from, to: to.to };
}

/** „von Dienstag bis Donnerstag", „ab Dezember", „vor Weihnachten". */
function limits(span: SpanTerm & { s: 'stretch' }, reader: SpanReader): Stretch | Trouble {
  const from = span.from === null ? null : limit(span.from, reader, null);
  if (from && isTrouble(from)) return from;
  const to = span.to === null ? null : limit(span.to, reader, from?.to ?? null);
  if (to && isTrouble(to)) return to;
  const start = from && (span.fromEdge === 'after' ? addDays(from.to, 1) : from.from);
  const end = to && endOf(span, to);
  if (start !== null && end !== null && start > end)
    return trouble('ask', 'the stretch ends before it begins', askContradiction(reader.frame));
  return { from: start, to: end };
}

/** „bis Ostern" ends where the feast begins. */
function endOf(span: SpanTerm & { s: 'stretch' }, to: Bounds): WallDate {
  if (span.toEdge === 'before') return addDays(to.from, -1);
  return span.to?.d === 'feast' ? to.from : to.to;
}

/** First and last day of the day or stretch that limits another. `after`: the end of „von … bis" comes after its start. */
function limit(term: DayTerm, reader: SpanReader, after: WallDate | null): Bounds | Trouble {
  const { frame, hints } = reader;
  if (term.d === 'feast') return feastDays(term, frame, hints) ?? trouble('ask', 'unknown feast', askExactDay(frame));
  if (after !== null && isBareWeekday(term)) {
    const ahead = (term.weekday - weekdayOf(after) + 7) % 7;
    const date = addDays(after, ahead === 0 ? 7 : ahead);
    return { from: date, to: date };
  }
  const dated =
    hints.year !== null && term.d === 'calendar' && term.year === null ? { ...term, year: hints.year } : term;
  const read = reader.dayOf(dated, after);
  if (read && isTrouble(read)) return read;
  if (read?.from != null && read.to !== null) return { from: read.from, to: read.to };
  return trouble('ask', 'the limit is no single day', askDay(frame));
}
