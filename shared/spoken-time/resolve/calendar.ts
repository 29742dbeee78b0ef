/** Arithmetic of the calendar that dating a phrase needs: weeks that begin on Monday, months counted on. Pure. */
import { addDays, type WallDate, weekdayOf } from '../../time.ts';
import type { Stage } from '../grammar/terms.ts';

/** Year of a date, four digits. */
export const yearOf = (date: WallDate): number => Number(date.slice(0, 4));

/** Monday of the week of a day. */
export const mondayOf = (date: WallDate): WallDate => addDays(date, -((weekdayOf(date) + 6) % 7));

/** Days of a month, 28 to 31; `month` counts from 1. */
export const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Year, month and day as a date; not every one exists (`isWallDate` tells). */
export const dateFrom = (year: number, month: number, day: number): WallDate =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** Year and month so many months from the month of a day. */
export function monthsFrom(date: WallDate, months: number): { year: number; month: number } {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  return { year: Math.floor(index / 12), month: (index % 12) + 1 };
}

/** „Anfang" of a week is Monday to Wednesday, „Mitte" Tuesday to Thursday, „Ende" Thursday to Saturday. */
export function stageOfWeek(monday: WallDate, stage: Stage): { from: WallDate; to: WallDate } {
  const [from, to] = stage === 'begin' ? [0, 2] : stage === 'mid' ? [1, 3] : stage === 'end' ? [3, 5] : [0, 6];
  return { from: addDays(monday, from), to: addDays(monday, to) };
}
