/** A transfer that its receiver does not take comes back. */
import { err, ok } from '../../../shared/result.ts';
import { post } from '../rules/post.ts';
import { outKey, returnedDraft } from '../rules/transfer.ts';
import type * as Types from '../types.ts';
import { causeOf, commit, ledgerCommand, noLedger, open } from './parts.ts';
import {
  illegal,
  type KeptTransfer,
  keptTransfer,
  savedTransfer,
  transferAgain,
  transferView,
} from './transfer-parts.ts';

const key = ({ transferId }: Types.ReturnTransfer): string => `transfer:${transferId}:return`;

/**
 * Puts the amount back where it was taken from, once the receiver has said for good that it does not take it.
 *
 * Refusals: NOT_FOUND (ledger, transfer), ILLEGAL_TRANSITION (it has arrived).
 */
export const returnTransfer = ledgerCommand<Types.ReturnTransfer, Types.TransferResult, KeptTransfer>({
  name: 'returnTransfer',
  key,
  kept: keptTransfer,
  again: transferAgain,
  decide(store, command, now) {
    const start = open(store);
    if (!start) return noLedger();
    const transfer = store.transfer(outKey(command.transferId));
    if (transfer === null) return err({ code: 'NOT_FOUND', entity: 'transfer' });
    if (transfer.state !== 'sent') return illegal(transfer.state, 'returned');
    const back = { ...transfer, state: 'returned' as const, reason: command.reason, endedAt: now, nextAt: null };
    const posted = post(start.book, [returnedDraft(back, now)], causeOf(key(command), now));
    const { balance, events } = commit(store, start, posted, { key: key(command), now });
    return ok({ value: { transfer: transferView(back), balance }, events: [...events, savedTransfer(store, back)] });
  },
});
