/** The end of a billing period. */
import { ok } from '../../../shared/result.ts';
import { makeEvent } from '../../events/catalogue.ts';
import { closeLine } from '../rules/accrue.ts';
import { periodOf, roundingDraft } from '../rules/charge.ts';
import { balanceView, type Draft, post } from '../rules/post.ts';
import { apply } from '../rules/spend.ts';
import type * as Types from '../types.ts';
import { causeKey, causeOf, commit, invalid, ledgerCommand, noLedger, open } from './parts.ts';

/** Price lines of a period: event types × changes of terms in a month. */
const MAX_LINES_PER_PERIOD = 2_000;

/**
 * Closes a month: one `rounding` entry per price line, so that its postings equal the invoice line.
 *
 * Refusals: NOT_FOUND ledger, VALIDATION_ERROR (`period`: malformed, or not over).
 */
export const closePeriod = ledgerCommand<
  Types.ClosePeriod,
  { period: string; entryIds: Types.Entry['id'][]; balance: Types.BalanceView }
>({
  name: 'closePeriod',
  key: causeKey,
  decide(store, command, now) {
    const start = open(store);
    if (!start) return noLedger();
    const { period } = command;
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(period)) return invalid('period', 'YYYY-MM');
    if (period >= periodOf(now, start.terms.timeZone)) return invalid('period', 'this period is not over');
    if (store.isClosed(period))
      return ok({ value: { period, entryIds: [], balance: balanceView(start.book) }, events: [] });
    store.closePeriod(period, now);
    const drafts: Draft[] = [];
    const usage: { period: string; line: Types.UsageLine }[] = [];
    let { accounts } = start.book;
    for (const line of store.lines(period).slice(0, MAX_LINES_PER_PERIOD)) {
      const { line: closed, roundingMicros } = closeLine(line, start.book.currency);
      if (roundingMicros === 0) continue;
      const draft = roundingDraft({ ...start.book, accounts }, start.terms, line, period, roundingMicros, now);
      accounts = apply(accounts, draft.postings);
      drafts.push(draft);
      usage.push({ period, line: closed });
      store.saveLine(period, closed);
    }
    const posted = post(start.book, drafts, causeOf(command.key, now));
    const { balance, events } = commit(store, start, { ...posted, usage }, command.key);
    return ok({
      value: { period, entryIds: posted.entries.map((e) => e.id), balance },
      events: [...events, makeEvent('ledger.period_closed', { period })],
    });
  },
});
