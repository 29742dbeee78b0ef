/** The end of a billing period. */
import { assert, ok } from '../../../shared/result.ts';
import { makeEvent } from '../../events/catalogue.ts';
import { monthInvoice } from '../month.ts';
import { closeLine } from '../rules/accrue.ts';
import { periodOf, roundingDraft } from '../rules/charge.ts';
import { type BalanceParts, balanceView, type Draft, partsOf, post } from '../rules/post.ts';
import { apply } from '../rules/spend.ts';
import type * as Types from '../types.ts';
import { balanceAgain, causeKey, causeOf, commit, invalid, ledgerCommand, noLedger, open } from './parts.ts';

/**
 * Price lines of a month: event types × changes of terms. More than any ledger has; a close that did a part of them would lose money, so it
 * does none.
 */
const MAX_LINES_PER_PERIOD = 2_000;

interface Closed {
  period: string;
  entryIds: Types.Entry['id'][];
  balance: Types.BalanceView;
}

/**
 * Closes a month, and every open one before it that was used: what it comes to is stored as it would be printed, and one `rounding` entry a
 * price line makes its postings equal to its invoice line. Usage that comes later belongs to the next open month.
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
    const { currency } = start.book;
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(period)) return invalid('period', 'YYYY-MM');
    if (period >= periodOf(now, zone)) return invalid('period', 'this period is not over');
    const last = store.lastClosed();
    if (last !== null && period <= last)
      return ok({ value: { period, entryIds: [], balance: balanceView(start.book) }, events: [] });
    const used = store.usedPeriods(last, period);
    const periods = used.includes(period) ? used : [...used, period];
    const drafts: Draft[] = [];
    const usage: { period: string; line: Types.UsageLine }[] = [];
    let { accounts, owes } = start.book;
    for (const one of periods) {
      const lines = store.lines(one);
      assert(lines.length <= MAX_LINES_PER_PERIOD, `${lines.length} price lines in ${one}`);
      const invoice = monthInvoice(store, { currency, zone }, one, now);
      for (const line of lines) {
        const { line: closed, roundingMicros } = closeLine(line, currency);
        if (roundingMicros === 0) continue;
        const draft = roundingDraft({ ...start.book, accounts }, start.terms, line, one, roundingMicros, now);
        accounts = apply(accounts, draft.postings);
        drafts.push(draft);
        usage.push({ period: one, line: closed });
        store.saveLine(one, closed);
      }
      owes = { ...owes, closes: store.closePeriod(one, now, invoice) };
    }
    const posted = post({ ...start.book, owes }, drafts, causeOf(command.key, now));
    const { balance, events } = commit(store, start, { ...posted, usage }, { key: command.key, now });
    return ok({
      value: { period, entryIds: posted.entries.map((e) => e.id), balance },
      events: [...events, ...periods.map((one) => makeEvent('ledger.period_closed', { period: one }))],
    });
  },
});
