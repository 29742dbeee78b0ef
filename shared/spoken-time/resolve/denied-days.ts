/** Days without the ones a caller denied: „nächste Woche, aber nicht Montag". Called by one-clause.ts and several-clauses.ts. */
import { addDays, type WallDate, weekdayOf } from '../../time.ts';
import { askExactDay, askOtherDay } from '../questions.ts';
import { type Days, readDays } from './days.ts';
import { type Frame, isTrouble, type Trouble, trouble } from './frame.ts';
import type { DayItem } from '../grammar/items.ts';
import { datesOf, MAX_HOURS_SCAN } from './stretch-days.ts';

/** The days that are left; a question where none is, or where a stretch has no end. */
export function withoutDenied(days: Days, denied: readonly DayItem[], frame: Frame): Days | Trouble {
  if (denied.length === 0 || days.kind === 'none') return days;
  const out = (date: WallDate): boolean => denied.some((item) => denies(item, date, frame));
  const nothing = trouble('ask', 'every day named is denied as well', askOtherDay(frame));
  if (days.kind === 'date') return out(days.date) ? nothing : days;
  if (days.kind === 'dates') {
    const dates = days.dates.filter((date) => !out(date));
    return dates.length === 0 ? nothing : { kind: 'dates', dates };
  }
  const { from, to } = days;
  if (to === null) return trouble('ask', 'an open stretch without some days', askExactDay(frame));
  if (!datesOf(days)?.some(out)) return days;
  const dates: WallDate[] = [];
  for (let date = from ?? frame.today, i = 0; date <= to && i < MAX_HOURS_SCAN; date = addDays(date, 1), i++)
    if (!out(date) && frame.isOpen(date)) dates.push(date);
  return dates.length === 0 ? nothing : { kind: 'dates', dates };
}

function denies({ term }: DayItem, date: WallDate, frame: Frame): boolean {
  if (term.d === 'weekday' || term.d === 'every-weekday') return weekdayOf(date) === term.weekday;
  const read = readDays([term], frame);
  if (isTrouble(read)) return false;
  if (read.kind === 'date') return read.date === date;
  if (read.kind === 'dates') return read.dates.includes(date);
  return read.kind === 'range' && (read.from === null || date >= read.from) && (read.to === null || date <= read.to);
}
