/** A correction by hand. */
import { type Cents, centsToMicros } from '../../../shared/money.ts';
import { ok } from '../../../shared/result.ts';
import { type BalanceParts, type Draft, partsOf, post } from '../rules/post.ts';
import { apply, coverOverdraft, merge, postings } from '../rules/spend.ts';
import type * as Types from '../types.ts';
import {
  balanceAgain,
  causeKey,
  causeOf,
  commit,
  entryAgain,
  invalid,
  ledgerCommand,
  noLedger,
  open,
} from './parts.ts';

const MAX_ADJUST_CENTS = 100_000_000;

/**
 * Adds to or takes from the paid or the given money; the permission is judged at the edge.
 *
 * Refusals: NOT_FOUND ledger, VALIDATION_ERROR (`amount_cents`; more bonus than there is).
 */
export const adjust = ledgerCommand<
  Types.Adjust,
  { entry: Types.Entry; balance: Types.BalanceView },
  { entryId: Types.Entry['id']; after: BalanceParts }
>({
  name: 'adjust',
  key: causeKey,
  kept: ({ entry, balance }) => ({ entryId: entry.id, after: partsOf(balance) }),
  again: (store, { entryId, after }) => ({ entry: entryAgain(store, entryId), balance: balanceAgain(store, after) }),
  decide(store, command, now) {
    const { amountCents } = command;
    if (!Number.isSafeInteger(amountCents) || amountCents === 0 || Math.abs(amountCents) > MAX_ADJUST_CENTS) {
      return invalid('amount_cents', `must be a whole number other than 0, at most ${MAX_ADJUST_CENTS} either way`);
    }
    const start = open(store);
    if (!start) return noLedger();
    const amount = centsToMicros(amountCents as Cents, start.book.currency);
    if (command.account === 'bonus' && start.book.accounts.bonus + amount < 0)
      return invalid('amount_cents', 'there is less bonus than that');
    const moved = postings([command.account, amount], ['adjustments', -amount]);
    const cover = command.account === 'bonus' ? coverOverdraft(apply(start.book.accounts, moved)) : [];
    const draft: Draft = {
      type: 'adjustment',
      postings: merge(moved, cover),
      descriptionKey: 'ledger.adjustment',
      refs: { referenceType: 'reason', referenceId: command.reasonId },
      occurredAt: now,
    };
    const posted = post(start.book, [draft], causeOf(command.key, now));
    const { balance, events } = commit(store, start, posted, { key: command.key, now });
    const entry = posted.entries[0];
    if (!entry) throw new Error('an adjustment is one entry');
    return ok({ value: { entry, balance }, events });
  },
});
