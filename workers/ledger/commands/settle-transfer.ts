/** A transfer has arrived. */
import { err, ok } from '../../../shared/result.ts';
import { balanceView } from '../rules/post.ts';
import { outKey } from '../rules/transfer.ts';
import type * as Types from '../types.ts';
import { ledgerCommand, noLedger, open } from './parts.ts';
import {
  illegal,
  type KeptTransfer,
  keptTransfer,
  savedTransfer,
  transferAgain,
  transferView,
} from './transfer-parts.ts';

/**
 * The receiver has it: nobody asks any more. It posts nothing: what lies on `transit` here is what the receiver took from it there.
 *
 * Refusals: NOT_FOUND (ledger, transfer), ILLEGAL_TRANSITION (it came back).
 */
export const settleTransfer = ledgerCommand<Types.EndTransfer, Types.TransferResult, KeptTransfer>({
  name: 'settleTransfer',
  key: ({ transferId }) => `transfer:${transferId}:settle`,
  kept: keptTransfer,
  again: transferAgain,
  decide(store, { transferId }, now) {
    const start = open(store);
    if (!start) return noLedger();
    const transfer = store.transfer(outKey(transferId));
    if (transfer === null) return err({ code: 'NOT_FOUND', entity: 'transfer' });
    if (transfer.state !== 'sent') return illegal(transfer.state, 'settled');
    const settled = { ...transfer, state: 'settled' as const, endedAt: now, nextAt: null };
    const value = { transfer: transferView(settled), balance: balanceView(start.book) };
    return ok({ value, events: [savedTransfer(store, settled)] });
  },
});
