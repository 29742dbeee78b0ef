/**
 * The statement of a month: which numbers belong to it, where the balance stood before and after them, and what moved by type. Pure; called by
 * `commands/close-period.ts`, verify and tests.
 */
import { asMicros, type Micros } from '../../../shared/money.ts';
import { assert } from '../../../shared/result.ts';
import type { EntryType, Statement } from '../types.ts';

/** What entries of one type moved. */
export interface TypeSum {
  type: EntryType;
  count: number;
  amountMicros: Micros;
}

/**
 * A statement goes on where the one before ended, and to the last entry that was created before its month's end: whenever the month is
 * closed, it says the same. What the close itself books stands in the next one. Opening + sums = closing, or nothing is closed.
 */
export function statementOf(
  period: string,
  range: { firstSeq: number; lastSeq: number },
  balance: { openingMicros: Micros; closingMicros: Micros },
  sums: readonly TypeSum[],
): Statement {
  const moved = sums.reduce((total, { amountMicros }) => total + amountMicros, 0);
  const { openingMicros, closingMicros } = balance;
  assert(
    openingMicros + moved === closingMicros,
    `${period}: ${openingMicros} and movements of ${moved} are not ${closingMicros}`,
  );
  return { period, ...range, ...balance, sums: [...sums] };
}

/** What is wrong with a row of statements: gaps, overlaps, sums that do not meet the closing balance. @param statements in order */
export function statementProblems(statements: readonly Statement[]): string[] {
  const problems: string[] = [];
  let before: Statement | null = null;
  for (const one of statements) {
    const moved = asMicros(one.sums.reduce((total, { amountMicros }) => total + amountMicros, 0));
    if (one.openingMicros + moved !== one.closingMicros)
      problems.push(`${one.period}: opening and movements are not the closing balance`);
    if (before !== null && (one.firstSeq !== before.lastSeq + 1 || one.openingMicros !== before.closingMicros))
      problems.push(`${one.period}: does not begin where ${before.period} ended`);
    before = one;
  }
  return problems;
}
