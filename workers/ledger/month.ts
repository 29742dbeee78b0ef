/** What a month comes to, the one function for the view of a month and for its close. Called by `commands/close-period.ts` and `ledger-object.ts`. */
import { asInstant, type Instant } from '../../shared/clock.ts';
import { nextPeriod, periodStart } from './rules/charge.ts';
import { invoiceOf } from './rules/invoice.ts';
import type { LedgerStore } from './store.ts';
import type { Invoice } from './types.ts';

/**
 * The invoice lines of a month as they stand, with the base fee of the terms that were in force at its end (of a month that runs: now).
 * @param zone whose calendar the month is of
 */
export function monthInvoice(
  store: LedgerStore,
  { currency, zone }: { currency: string; zone: string },
  period: string,
  now: Instant,
): Invoice {
  const end = periodStart(nextPeriod(period), zone) - 1;
  const version = store.termsAt(asInstant(Math.min(now, end)), currency);
  return invoiceOf(store.terms(version), version, store.lines(period));
}
