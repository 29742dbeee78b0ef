/** Pure: movements as they are read: by day, and calls that cost nothing folded into one line a day. Called by the table of movements. */
import type { Transaction } from '../../shared/contract/money.ts';
import { wallDateIn } from '../ui/format.ts';

type Line = { kind: 'one'; row: Transaction } | { kind: 'free_calls'; id: string; rows: Transaction[] };

interface Day {
  /** YYYY-MM-DD in the zone */
  date: string;
  lines: Line[];
}

/** So many free calls of a day are listed one by one; more are one line. */
const MOST_LISTED = 1;

const isFreeCall = (row: Transaction): boolean => row.type === 'call_cost' && row.amount_cents === 0;
const whenOf = (row: Transaction): string => row.occurred_at ?? row.created_at;

/** Days in the order of the rows; free calls of a day stand where the first of them stood. Nothing is left out. */
export function daysOf(rows: readonly Transaction[], zone: string): Day[] {
  const days: Day[] = [];
  for (const row of rows) {
    const date = wallDateIn(whenOf(row), zone);
    let day = days.find((one) => one.date === date);
    if (!day) {
      day = { date, lines: [] };
      days.push(day);
    }
    const folded = isFreeCall(row) ? day.lines.find((line) => line.kind === 'free_calls') : undefined;
    if (folded) folded.rows.push(row);
    else day.lines.push(isFreeCall(row) ? { kind: 'free_calls', id: row.id, rows: [row] } : { kind: 'one', row });
  }
  return days.map(({ date, lines }) => ({ date, lines: lines.flatMap(unfoldedIfFew) }));
}

const unfoldedIfFew = (line: Line): Line[] =>
  line.kind === 'free_calls' && line.rows.length <= MOST_LISTED
    ? line.rows.map((row) => ({ kind: 'one' as const, row }))
    : [line];
