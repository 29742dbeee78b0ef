/**
 * Terms that count from another day or inside a month (steps, n-th days and weeks) → terms with dates. Called by days.ts before anything
 * else is dated, so that nothing behind it knows them. A step from a day that may be two is asked, with the days it leads to.
 */
import { addDays, type WallDate } from '../../time.ts';
import type { DayTerm, SpanTerm } from '../grammar/terms.ts';
import { askContradiction, askExactDay, askPast, askWhichDay } from '../questions.ts';
import { anchorsOf, type Anchors, type Reader } from './anchor-days.ts';
import { dateFrom, mondayOf, monthsFrom, yearOf } from './calendar.ts';
import { type Bounds, countedDay, countedSpan } from './counted.ts';
import { type Frame, isTrouble, type Trouble, trouble } from './frame.ts';
import { shiftDays, shiftSpan } from './step-days.ts';

/** The terms with every step and count dated; `read` dates terms that stand alone. */
export function datedTerms(terms: readonly DayTerm[], frame: Frame, read: Reader): readonly DayTerm[] | Trouble {
  if (!terms.some(isRelative)) return terms;
  // „im Dezember in der zweiten Woche": the month goes with the count.
  const month = terms.some((t) => countOf(t)?.of === null) ? terms.find(isMonth) : undefined;
  const others = terms.filter((t) => t !== month);
  const dated: DayTerm[] = [];
  for (const term of others) {
    const made = dateOne(term, month?.span ?? null, others.length > 1, frame, read);
    if (isTrouble(made)) return made;
    dated.push(made);
  }
  return dated;
}

const isMonth = (t: DayTerm): t is DayTerm & { d: 'span' } =>
  t.d === 'span' && t.span.s === 'month' && t.span.stage === 'whole';

type Count = (DayTerm & { d: 'nth-day' }) | (SpanTerm & { s: 'nth' });
const countOf = (t: DayTerm): Count | null =>
  t.d === 'nth-day' ? t : t.d === 'span' && t.span.s === 'nth' ? t.span : null;

type Step = (DayTerm & { d: 'step' }) | (SpanTerm & { s: 'step' });
const stepOf = (t: DayTerm): Step | null =>
  t.d === 'step' ? t : t.d === 'span' && t.span.s === 'step' ? t.span : null;

const isRelative = (t: DayTerm): boolean => countOf(t) !== null || stepOf(t) !== null;

function dateOne(
  term: DayTerm,
  month: SpanTerm | null,
  filtered: boolean,
  frame: Frame,
  read: Reader,
): DayTerm | Trouble {
  const count = countOf(term);
  if (count) return dateCount(count, month, filtered, frame, read);
  const step = stepOf(term);
  if (!step) return term;
  const anchors = anchorsOf(step.anchor, frame, read);
  return isTrouble(anchors) ? anchors : dateStep(step, anchors, frame);
}

function dateCount(
  count: Count,
  month: SpanTerm | null,
  filtered: boolean,
  frame: Frame,
  read: Reader,
): DayTerm | Trouble {
  const inside = boundsOf(count.of ?? month, frame, read);
  if (isTrouble(inside)) return inside;
  const found = 'd' in count ? countedDay(count, inside, frame) : countedSpan(count, inside, filtered);
  return found ? asTerm(found) : trouble('invalid', 'there are not so many of them', askContradiction(frame));
}

/** Where the step leads from each anchor; what lies behind today is not meant where something lies ahead. */
function dateStep(step: Step, { days, nearest, feast }: Anchors, frame: Frame): DayTerm | Trouble {
  let failed: Trouble | null = null;
  const found: Bounds[][] = [];
  for (const from of days) {
    const to =
      's' in step
        ? shiftSpan(step.unit, step.count, from, feast !== null, frame)
        : shiftDays(step.step, from, feast, frame);
    if (Array.isArray(to)) found.push(to);
    else failed ??= to;
  }
  const ahead = found.map((some) => some.filter((x) => x.to >= frame.today)).filter((some) => some.length > 0);
  const meant = nearest ? (ahead[0] ?? []) : ahead.flat();
  const [first, ...more] = meant;
  if (first) return more.length === 0 ? asTerm(first) : askWhich(meant, frame);
  const past = found.flat().at(-1);
  return past ? asTerm(past) : (failed ?? trouble('ask', 'no day to count from', askExactDay(frame)));
}

function askWhich(days: readonly Bounds[], frame: Frame): Trouble {
  const dates = days.map((x) => x.from);
  return trouble('ask', dates.join(' or '), askWhichDay(frame, dates));
}

/** First and last day of the stretch that something is counted in. */
function boundsOf(span: SpanTerm | null, frame: Frame, read: Reader): Bounds | Trouble {
  if (span === null) return trouble('ask', 'no month named to count in', askExactDay(frame));
  // Counted from its first day, also where that is behind today.
  if (span.s === 'month' && span.month === null) return wholeMonth(frame.today, span.offset);
  if (span.s === 'year') return wholeYear(span.year ?? yearOf(frame.today) + span.offset);
  if (span.s === 'week') return weekOf(addDays(frame.today, span.offset * 7));
  const days = read([{ d: 'span', span }]);
  if (isTrouble(days)) return days;
  const first = days.kind === 'date' ? days.date : days.kind === 'range' ? days.from : null;
  if (first === null) return trouble('ask', 'no month named to count in', askExactDay(frame));
  return first < frame.today ? trouble('invalid', 'past', askPast(frame, null, null)) : wholeMonth(first, 0);
}

function wholeMonth(day: WallDate, months: number): Bounds {
  const { year, month } = monthsFrom(day, months);
  const next = monthsFrom(day, months + 1);
  return { from: dateFrom(year, month, 1), to: addDays(dateFrom(next.year, next.month, 1), -1) };
}

const wholeYear = (year: number): Bounds => ({ from: `${year}-01-01`, to: `${year}-12-31` });

function weekOf(day: WallDate): Bounds {
  const monday = mondayOf(day);
  return { from: monday, to: addDays(monday, 6) };
}

function asTerm({ from, to }: Bounds): DayTerm {
  if (from !== to) return { d: 'span', span: { s: 'dated', from, to } };
  return { d: 'calendar', day: Number(from.slice(8)), month: Number(from.slice(5, 7)), year: yearOf(from), iso: true };
}
