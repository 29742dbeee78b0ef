/** A hold ends without a charge: the call never happened, or was not settled in time. */
import { asMicros } from '../../../shared/money.ts';
import { ok } from '../../../shared/result.ts';
import { releaseDraft } from '../rules/hold.ts';
import { type BalanceParts, balanceView, partsOf, post } from '../rules/post.ts';
import type * as Types from '../types.ts';
import { balanceAgain, callRefs, causeOf, commit, ledgerCommand, noLedger, open } from './parts.ts';

/** `key`: `call:<id>`; `as`: why it ends. */
type ReleaseHold = Types.Clocked & { key: string; as: 'voided' | 'expired' };

const key = (command: ReleaseHold): string => `${command.key}:${command.as}`;

/**
 * Gives back what was held; a hold that is settled or released already stays as it is (`released: false`). A call that is said never to have
 * happened before its hold arrives is remembered, so that the hold holds nothing.
 *
 * Refusals: NOT_FOUND ledger.
 */
export const releaseHold = ledgerCommand<
  ReleaseHold,
  { released: boolean; balance: Types.BalanceView },
  { released: boolean; after: BalanceParts }
>({
  name: 'releaseHold',
  key,
  kept: ({ released, balance }) => ({ released, after: partsOf(balance) }),
  again: (store, { released, after }) => ({ released, balance: balanceAgain(store, after) }),
  decide(store, command, now) {
    const start = open(store);
    if (!start) return noLedger();
    const hold = store.hold(command.key);
    if (hold === null && command.as === 'voided')
      store.saveHold({
        key: command.key,
        amountMicros: asMicros(0),
        status: 'voided',
        expiresAt: now,
        refs: callRefs(command.key, undefined),
      });
    if (hold?.status !== 'held')
      return ok({ value: { released: false, balance: balanceView(start.book) }, events: [] });
    store.saveHold({ ...hold, status: command.as });
    const posted = post(start.book, [releaseDraft(hold, hold.refs, now)], causeOf(key(command), now));
    const { balance, events } = commit(store, start, posted, { key: command.key, now });
    return ok({ value: { released: true, balance }, events });
  },
});
