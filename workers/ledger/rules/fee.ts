/** The way back of an appointment's fee. Pure; called by `commands/settle-appointment.ts`. */
import type { Instant } from '../../../shared/clock.ts';
import { asMicros, type Micros } from '../../../shared/money.ts';
import type { Entry, Refs, UsageLine } from '../types.ts';
import { CREDIT, credit, emptyLine } from './accrue.ts';
import type { Book, Draft } from './post.ts';
import type { UnitPrice } from './pricing.ts';
import { postings } from './spend.ts';

const CREDIT_KEY = 'ledger.appointment_fee.credit';

/** Whether an entry gives a fee back. */
export const isCredit = ({ descriptionKey }: Entry): boolean => descriptionKey === CREDIT_KEY;

/** Version of the terms that a fee was charged by: `{period}:{event type}@{version}`. */
export const versionOf = ({ priceLine }: Entry): number => Number((priceLine ?? '').split('@')[1]);

/**
 * Gives a fee back in the open month, on a line of its own: units stay where they were counted, that month may be closed. What the fee took of
 * given money returns there first, the rest to paid money.
 * @param by price and terms of the fee; @param lines of the month that is credited
 */
export function creditDraft(
  book: Book,
  fee: Entry,
  by: { version: number; price: UnitPrice },
  lines: readonly UsageLine[],
  into: { period: string; refs: Refs; occurredAt: Instant },
): { draft: Draft; line: UsageLine; postedMicros: Micros } {
  const empty = emptyLine('appointment', by.version, by.price);
  const name = `${empty.priceLine}${CREDIT}`;
  const before = lines.find(({ priceLine }) => priceLine === name) ?? { ...empty, priceLine: name };
  const { line, exactMicros, postedMicros } = credit(before, fee.exactMicros ?? asMicros(0), book.currency);
  const back = -postedMicros;
  const given = -(fee.postings.find(({ account }) => account === 'bonus')?.amountMicros ?? 0);
  const toBonus = Math.min(back, Math.max(0, given));
  return {
    line,
    postedMicros,
    draft: {
      type: 'appointment_fee',
      postings: postings(['bonus', toBonus], ['prepaid', back - toBonus], ['usage_revenue', -back]),
      exactMicros,
      priceLine: `${into.period}:${line.priceLine}`,
      refs: into.refs,
      descriptionKey: CREDIT_KEY,
      occurredAt: into.occurredAt,
    },
  };
}
