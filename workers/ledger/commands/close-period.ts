/** The end of a billing period. */
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { assert, ok } from '../../../shared/result.ts';
import { makeEvent } from '../../events/catalogue.ts';
import type { NewEvent } from '../../object-runtime/events.ts';
import { firstFeeDay, monthInvoice, openMonths } from '../month.ts';
import { closeLine } from '../rules/accrue.ts';
import { feeDraft, feeKey } from '../rules/base-fee.ts';
import { nextPeriod, periodOf, periodStart, roundingDraft } from '../rules/charge.ts';
import { type BalanceParts, balanceView, type Book, type Draft, partsOf, post } from '../rules/post.ts';
import { apply } from '../rules/spend.ts';
import { statementOf } from '../rules/statement.ts';
import type { LedgerStore } from '../store.ts';
import type * as Types from '../types.ts';
import { balanceAgain, causeKey, causeOf, commit, invalid, ledgerCommand, noLedger, open, type Open } from './parts.ts';

/**
 * Price lines of a month: event types × changes of terms. More than any ledger has; a close that did a part of them would lose money, so it
 * does none.
 */
const MAX_LINES_PER_PERIOD = 2_000;

interface Closed {
  period: string;
  /** of the fees and rounding entries */
  entryIds: Types.Entry['id'][];
  balance: Types.BalanceView;
}

/**
 * Closes a month, and every open one before it that was used or owes a base fee, the oldest first: what it comes to and its movements are
 * stored as they would be printed, its base fee is posted, and one `rounding` entry a price line makes its postings equal to its invoice line.
 * Usage that comes later belongs to the next open month. What is closed is never computed again.
 *
 * Base fees are due from the day on that the ledger knows (`billingFrom`): of a ledger that was there before fees were posted, from the month
 * on in which it is first closed, so that nobody is charged for the past by surprise.
 *
 * Refusals: NOT_FOUND ledger, VALIDATION_ERROR (`period`: malformed, or not over).
 */
export const closePeriod = ledgerCommand<
  Types.ClosePeriod,
  Closed,
  { period: string; entryIds: Types.Entry['id'][]; after: BalanceParts }
>({
  name: 'closePeriod',
  key: causeKey,
  kept: ({ period, entryIds, balance }) => ({ period, entryIds, after: partsOf(balance) }),
  again: (store, { period, entryIds, after }) => ({ period, entryIds, balance: balanceAgain(store, after) }),
  decide(store, command, now) {
    const start = open(store);
    if (!start) return noLedger();
    const { period } = command;
    const { timeZone: zone } = start.terms;
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(period)) return invalid('period', 'YYYY-MM');
    if (period >= periodOf(now, zone)) return invalid('period', 'this period is not over');
    const last = store.lastClosed();
    if (last !== null && period <= last)
      return ok({ value: { period, entryIds: [], balance: balanceView(start.book) }, events: [] });
    store.setBillingFrom(firstFeeDay(store, now, zone));
    let book: Book = start.book;
    const entries: Types.Entry[] = [];
    const usage: { period: string; line: Types.UsageLine }[] = [];
    const closed: NewEvent[] = [];
    for (const one of openMonths(store, last, period)) {
      const month = closeOne(store, { ...start, book }, one, now);
      book = month.book;
      entries.push(...month.entries);
      usage.push(...month.usage);
      closed.push(month.event);
    }
    const { balance, events } = commit(store, start, { book, entries, usage }, { key: command.key, now });
    return ok({
      value: { period, entryIds: entries.map((e) => e.id), balance },
      events: [...events, ...closed],
    });
  },
});

/** One month: fee and roundings are posted, the invoice lines and the statement stored. */
function closeOne(
  store: LedgerStore,
  { book: before, terms }: Open,
  period: string,
  now: Instant,
): { book: Book; entries: Types.Entry[]; usage: { period: string; line: Types.UsageLine }[]; event: NewEvent } {
  const { currency } = before;
  const zone = terms.timeZone;
  const end = periodStart(nextPeriod(period), zone);
  const lines = store.lines(period);
  assert(lines.length <= MAX_LINES_PER_PERIOD, `${lines.length} price lines in ${period}`);
  const invoice = monthInvoice(store, { currency, zone }, period, now);
  const statement = statementUntil(store, period, end);
  let book: Book = { ...before, owes: { ...before.owes, closes: store.closePeriod(period, now, invoice, statement) } };

  const entries: Types.Entry[] = [];
  const enter = (drafts: readonly Draft[], key: string): void => {
    const posted = post(book, drafts, causeOf(key, now));
    entries.push(...posted.entries);
    book = posted.book;
  };
  if (invoice.baseFeeCents > 0)
    enter([feeDraft(book, terms, period, invoice.baseFeeCents, asInstant(end - 1))], feeKey(period));

  const usage: { period: string; line: Types.UsageLine }[] = [];
  const roundings: Draft[] = [];
  let { accounts } = book;
  for (const line of lines) {
    const { line: closed, roundingMicros } = closeLine(line, currency);
    if (roundingMicros === 0) continue;
    const draft = roundingDraft({ ...book, accounts }, terms, line, period, roundingMicros, now);
    accounts = apply(accounts, draft.postings);
    roundings.push(draft);
    usage.push({ period, line: closed });
    store.saveLine(period, closed);
  }
  // Keyed by the month, as the fee: several months are closed by one command.
  enter(roundings, `close:${period}`);
  return {
    book,
    entries,
    usage,
    event: makeEvent('ledger.period_closed', { period, closed: { at: now, statement, invoice } }),
  };
}

/** What moved before the month's end and after the statement before it. Throws when the sums do not meet the balance: then nothing is closed. */
function statementUntil(store: LedgerStore, period: string, end: Instant): Types.Statement {
  const before = store.lastStatement();
  const firstSeq = (before?.lastSeq ?? 0) + 1;
  const lastSeq = Math.max(store.lastBefore(end), firstSeq - 1);
  return statementOf(
    period,
    { firstSeq, lastSeq },
    { openingMicros: store.balanceAfter(firstSeq - 1), closingMicros: store.balanceAfter(lastSeq) },
    lastSeq < firstSeq ? [] : store.sumsOf(firstSeq, lastSeq),
  );
}
