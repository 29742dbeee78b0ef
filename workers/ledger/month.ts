/** What a month comes to, the one function for the view of a month and for its close. Called by `commands/close-period.ts` and `ledger-object.ts`. */
import { asInstant, type Instant } from '../../shared/clock.ts';
import { daysOfMonth, type FeePart, feeParts } from '../../shared/pricing-months.ts';
import { dateOf } from '../../shared/time.ts';
import { assert } from '../../shared/result.ts';
import { nextPeriod, periodOf, periodStart } from './rules/charge.ts';
import { usageView } from './queries.ts';
import { invoiceOf } from './rules/invoice.ts';
import { listCosts, outlookOf } from './rules/outlook.ts';
import type { LedgerStore } from './store.ts';
import type { Invoice, MonthSums, Terms } from './types.ts';

/** The first day of base fees that holds where none is stored: a ledger of the time before pays from the present month on. */
export const firstFeeDay = (store: LedgerStore, now: Instant, zone: string): string =>
  store.billingFrom() ?? `${periodOf(now, zone)}-01`;

/**
 * The invoice lines of a month as they stand, with its base fee: of a month that runs as if nothing changed any more.
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
  const fees: FeePart[] = feeParts(
    period,
    store.feeTerms(asInstant(end), currency).map(({ at, ...terms }) => ({ ...terms, from: dateOf(at, zone) })),
    firstFeeDay(store, now, zone),
    currency,
  );
  return invoiceOf(store.terms(version), version, store.lines(period), fees);
}

/** Months that one close may close: a century, for clocks that tests move. */
const MAX_MONTHS = 1_200;

/**
 * What a close up to a month closes, ascending: months that were used, and all since base fees are due.
 * @param last newest closed month; null: none
 */
export function openMonths(store: LedgerStore, last: string | null, until: string): string[] {
  const months = new Set([...store.usedPeriods(last, until), until]);
  const due = store.billingFrom()?.slice(0, 7) ?? until;
  for (let one = last !== null && due <= last ? nextPeriod(last) : due; one < until; one = nextPeriod(one)) {
    months.add(one);
    assert(months.size <= MAX_MONTHS, `${months.size} months to close`);
  }
  return [...months].sort();
}

/**
 * A month as the usage API shows it; null: it is to come, or from before the tenant paid for anything.
 * @param terms in force now
 */
export function monthSums(store: LedgerStore, terms: Terms, asked: string | null, now: Instant): MonthSums | null {
  const { currency, timeZone: zone } = terms;
  const present = periodOf(now, zone);
  const period = asked ?? present;
  const lines = store.lines(period);
  const closed = store.closed(period);
  if (period > present) return null;
  if (period < firstFeeDay(store, now, zone).slice(0, 7) && lines.length === 0 && closed === null) return null;
  const last = store.lastClosed();
  const invoice = store.invoice(period) ?? monthInvoice(store, { currency, zone }, period, now);
  const days = daysOfMonth(period);
  const elapsed = period === present ? Number(dateOf(now, zone).slice(8)) : days;
  const plan = period === present ? terms.plan : store.terms(invoice.termsVersion).plan;
  return {
    view: usageView(zone, period, last !== null && period <= last, lines, invoice),
    zone,
    elapsed,
    outlook: outlookOf(plan, lines, invoice.baseFeeCents, { elapsed, days }, currency),
    listed: listCosts(plan, lines, currency),
    closed,
  };
}
