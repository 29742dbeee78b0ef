/** Money of another tenant's ledger arrives. */
import { centsToMicros } from '../../../shared/money.ts';
import { ok } from '../../../shared/result.ts';
import { post } from '../rules/post.ts';
import { inKey, receivedDraft } from '../rules/transfer.ts';
import type { StoredTransfer } from '../store.ts';
import type * as Types from '../types.ts';
import { causeOf, commit, ledgerCommand, open } from './parts.ts';
import { savedTransfer } from './transfer-parts.ts';

const key = ({ from, transferId }: Types.ReceiveTransfer): string => `transfer:${from}:${transferId}:receive`;

/**
 * Credits it once, whoever asks again and however late. What is not taken is not a refusal but an answer that stays: a try that was on its way
 * when the sender heard the no must find it, or the money would be both here and back there.
 *
 * Refusals: none.
 */
export const receiveTransfer = ledgerCommand<Types.ReceiveTransfer, Types.ReceiveResult>({
  name: 'receiveTransfer',
  key,
  // Whether the tenant is closed may change from one try to the next; the first answer holds.
  made: ['now', 'causer', 'closed'],
  decide(store, command, now) {
    const start = open(store);
    const refused =
      start === null
        ? 'no_ledger'
        : start.book.currency !== command.currency
          ? 'other_currency'
          : command.closed
            ? 'closed'
            : null;
    const transfer: StoredTransfer = {
      key: inKey(command.from, command.transferId),
      id: command.transferId,
      direction: 'in',
      peerId: command.from,
      account: command.account,
      amountCents: command.amountCents,
      currency: command.currency,
      cause: command.cause,
      state: refused === null ? 'received' : 'refused',
      reason: refused,
      sentAt: command.sentAt,
      endedAt: now,
      attempts: 0,
      nextAt: null,
    };
    if (start === null || refused !== null) return ok({ value: { refused }, events: [savedTransfer(store, transfer)] });
    const posted = post(start.book, [receivedDraft(transfer, now)], causeOf(key(command), now));
    const amount = centsToMicros(command.amountCents, command.currency);
    // What somebody else pays in is a top-up for who watches the balance.
    const lastTopup = command.account === 'prepaid' ? { lastTopup: amount } : {};
    const { events } = commit(store, start, { ...posted, ...lastTopup }, { key: key(command), now });
    return ok({ value: { refused: null }, events: [...events, savedTransfer(store, transfer)] });
  },
});
