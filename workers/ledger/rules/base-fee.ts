/** The base fee of a month as an entry. Pure; called by `commands/close-period.ts`. */
import type { Instant } from '../../../shared/clock.ts';
import { type Cents, centsToMicros } from '../../../shared/money.ts';
import type { Terms } from '../types.ts';
import type { Book, Draft } from './post.ts';
import { merge, postings, take } from './spend.ts';

/** Key of a month's base fee: the entry's id follows from it, so no month can be charged twice whoever closes it. */
export const feeKey = (period: string): string => `fee:${period}`;

/** Taken like usage: in the order of the terms, below the floor too, since the month has been had. @param at the month's last instant */
export function feeDraft(book: Book, terms: Terms, period: string, feeCents: Cents, at: Instant): Draft {
  const fee = centsToMicros(feeCents, book.currency);
  return {
    type: 'subscription',
    postings: merge(take(book.accounts, fee, terms.spendOrder), postings(['subscription_revenue', fee])),
    refs: { referenceType: 'period', referenceId: period },
    descriptionKey: 'ledger.subscription',
    occurredAt: at,
  };
}
