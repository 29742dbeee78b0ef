/**
 * The n-th day, working day, weekday, week or weekend of a month or a year. Working days are Monday to Friday without the public holidays of
 * the branch. A week belongs to the month of its Thursday, as in ISO 8601: the first week of a month is the one with its first Thursday.
 * A weekend belongs to the month of its Saturday. Called by relative.ts.
 */
import { addDays, type WallDate, weekdayOf } from '../../time.ts';
import type { DayTerm, SpanTerm } from '../grammar/terms.ts';
import { stageOfWeek } from './calendar.ts';
import type { Frame } from './frame.ts';

/** First and last day, both known. */
export interface Bounds {
  from: WallDate;
  to: WallDate;
}

/** Monday to Friday and no public holiday. */
export const isWorkday = (date: WallDate, frame: Frame): boolean =>
  weekdayOf(date) >= 1 && weekdayOf(date) <= 5 && frame.holiday(date) === null;

/** The n-th day of a kind inside a stretch, from its end where `n` is negative; null: there are not so many. */
export function countedDay(term: DayTerm & { d: 'nth-day' }, inside: Bounds, frame: Frame): Bounds | null {
  const { what, n } = term;
  const fits = (date: WallDate): boolean =>
    what === 'day' || (what === 'workday' ? isWorkday(date, frame) : weekdayOf(date) === what);
  const date = nth(inside, n, fits);
  return date === null ? null : { from: date, to: date };
}

/**
 * The n-th week, weekend or half of a stretch; null: there are not so many. `clipped`: without the days that lie outside, where a
 * weekday chooses among them: „am Montag in der ersten Dezemberwoche" is none of November.
 */
export function countedSpan(span: SpanTerm & { s: 'nth' }, inside: Bounds, clipped: boolean): Bounds | null {
  if (span.unit === 'half') return half(span.n, inside);
  const day = span.unit === 'week' ? 4 : 6;
  const date = nth(inside, span.n, (x) => weekdayOf(x) === day);
  if (date === null) return null;
  const { from, to } =
    span.unit === 'week' ? stageOfWeek(addDays(date, -3), span.stage ?? 'whole') : { from: date, to: addDays(date, 1) };
  return clipped
    ? { from: from < inside.from ? inside.from : from, to: to > inside.to ? inside.to : to }
    : { from, to };
}

function nth({ from, to }: Bounds, n: number, fits: (date: WallDate) => boolean): WallDate | null {
  let left = Math.abs(n);
  for (let date = n > 0 ? from : to; date >= from && date <= to; date = addDays(date, n > 0 ? 1 : -1))
    if (fits(date) && --left === 0) return date;
  return null;
}

/** Halves of a week end on Wednesday and Saturday, of a month on the 15th, of a year in June. */
function half(n: number, { from, to }: Bounds): Bounds | null {
  const first = n === 1;
  if (!first && n !== 2 && n !== -1) return null;
  if (to === addDays(from, 6))
    return first ? { from, to: addDays(from, 2) } : { from: addDays(from, 3), to: addDays(from, 5) };
  const year = from.slice(0, 4);
  const [end, begin] =
    from.slice(5, 7) === to.slice(5, 7) ? [addDays(from, 14), addDays(from, 15)] : [`${year}-06-30`, `${year}-07-01`];
  return first ? { from, to: end } : { from: begin, to };
}
