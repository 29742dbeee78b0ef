/** The single days of a reading, as far as their opening hours decide something. Called where days meet hours. */
import { addDays, type WallDate } from '../../time.ts';
import type { Days } from './days.ts';

/** Days whose hours decide between 3 and 15 o'clock within a stretch. */
export const MAX_HOURS_SCAN = 14;

/** The days whose opening hours decide; null: none named. */
export function datesOf(days: Days): WallDate[] | null {
  switch (days.kind) {
    case 'none':
      return null;
    case 'date':
      return [days.date];
    case 'dates':
      return days.dates;
    case 'range':
      return days.from === null ? null : firstDays(days.from, days.to);
  }
}

function firstDays(from: WallDate, to: WallDate | null): WallDate[] {
  const dates: WallDate[] = [];
  for (let date = from, i = 0; i < MAX_HOURS_SCAN && (to === null || date <= to); date = addDays(date, 1), i++)
    dates.push(date);
  return dates;
}
