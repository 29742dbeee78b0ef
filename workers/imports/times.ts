/** Rows of a calendar's import as the calendar object takes their times. Called by jobs and commands of imports. */
import { MINUTE } from '../../shared/time.ts';
import type { ImportedRow } from '../storage/queries/imports.ts';
import type { BusyTime } from './rules/read-calendar.ts';

/** A time as its row keeps it, with the appointments that lie in it. */
export interface MetTime extends BusyTime {
  met: { id: string; branchId: string; startsAt: number }[];
}

/** What a row of a calendar says; null: it was refused. */
export const timeOf = ({ read }: Pick<ImportedRow, 'read'>): MetTime | null => read as MetTime | null;

/** Minutes since 1970, half open. */
export const minutesOf = ({ startsAt, endsAt }: BusyTime): [from: number, to: number] => [
  Math.floor(startsAt / MINUTE),
  Math.ceil(endsAt / MINUTE),
];

export const timesOf = (rows: readonly ImportedRow[]): [from: number, to: number][] =>
  rows.flatMap((row) => {
    const time = timeOf(row);
    return time === null ? [] : [minutesOf(time)];
  });
