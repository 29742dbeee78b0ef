/** A hold ends without a charge: the call never happened, or was not settled in time. */
import { ok } from '../../../shared/result.ts';
import { releaseDraft } from '../rules/hold.ts';
import { balanceView, post } from '../rules/post.ts';
import type * as Types from '../types.ts';
import { causeOf, commit, ledgerCommand, noLedger, open } from './parts.ts';

/** `key`: `call:<id>`; `as`: why it ends. */
export type ReleaseHold = Types.Clocked & { key: string; as: 'voided' | 'expired' };

const key = (command: ReleaseHold): string => `${command.key}:${command.as}`;

/**
 * Gives back what was held; a hold that is settled or released already stays as it is (`released: false`).
 *
 * Refusals: NOT_FOUND ledger.
 */
export const releaseHold = ledgerCommand<ReleaseHold, { released: boolean; balance: Types.BalanceView }>({
  name: 'releaseHold',
  key,
  decide(store, command, now) {
    const start = open(store);
    if (!start) return noLedger();
    const hold = store.hold(command.key);
    if (hold?.status !== 'held')
      return ok({ value: { released: false, balance: balanceView(start.book) }, events: [] });
    store.saveHold({ ...hold, status: command.as });
    const posted = post(start.book, [releaseDraft(hold, hold.refs, now)], causeOf(key(command), now));
    const { balance, events } = commit(store, start, posted, command.key);
    return ok({ value: { released: true, balance }, events });
  },
});
