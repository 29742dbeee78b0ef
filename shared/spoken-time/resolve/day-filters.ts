/** Terms that only filter days that others select („am Dienstag" beside „nächste Woche"), and stretches of days. Called by days.ts. */
import { addDays, type WallDate, weekdayOf } from '../../time.ts';
import type { DayTerm } from '../grammar/terms.ts';
import type { Frame } from './frame.ts';

/** Days from … to, both included; null leaves that side open. */
export interface Stretch {
  from: WallDate | null;
  to: WallDate | null;
}

/** Days walked through when a stretch is filtered. */
const MAX_WALK = 400;

/** True for a term that names no day by itself when another one does. */
export function isFilter(t: DayTerm): boolean {
  return isBareWeekday(t) || t.d === 'every-weekday' || t.d === 'workdays' || (t.d === 'calendar' && t.month === null);
}

/** „Dienstag" alone: neither „nächsten Dienstag" nor „Dienstag in zwei Wochen". */
export const isBareWeekday = (t: DayTerm): t is DayTerm & { d: 'weekday' } =>
  t.d === 'weekday' && t.which === null && t.addDays === 0;

/** Whether a date is one of the days that a filtering term names; a term that filters nothing lets every date pass. */
export function passes(t: DayTerm, date: WallDate): boolean {
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

/** Whether a date lies in a stretch, both ends included; null: there is no stretch, everything does. */
export const isInside = (stretch: Stretch | null, date: WallDate): boolean =>
  stretch === null || ((stretch.from === null || date >= stretch.from) && (stretch.to === null || date <= stretch.to));

/** The days that all stretches have in common; null: there is no stretch. */
export function intersect(stretches: readonly Stretch[]): Stretch | null | 'empty' {
  if (stretches.length === 0) return null;
  const out: Stretch = { from: null, to: null };
  for (const { from, to } of stretches) {
    if (from !== null && (out.from === null || from > out.from)) out.from = from;
    if (to !== null && (out.to === null || to < out.to)) out.to = to;
  }
  return out.from !== null && out.to !== null && out.from > out.to ? 'empty' : out;
}

/** The days of a stretch, from today on, that pass every filter. */
export function daysThatPass(stretch: Stretch, frame: Frame, filters: readonly DayTerm[]): WallDate[] {
  const found: WallDate[] = [];
  let date = stretch.from !== null && stretch.from > frame.today ? stretch.from : frame.today;
  for (let i = 0; i < MAX_WALK && (stretch.to === null || date <= stretch.to); i++, date = addDays(date, 1))
    if (filters.every((t) => passes(t, date))) found.push(date);
  return found;
}
