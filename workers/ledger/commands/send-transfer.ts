/** Money leaves for the ledger of another tenant. */
import { centsToMicros, microsToCentsFloor } from '../../../shared/money.ts';
import { err, ok } from '../../../shared/result.ts';
import { balanceView, post } from '../rules/post.ts';
import { MAX_TRANSFER_CENTS, outKey, sentDraft } from '../rules/transfer.ts';
import type { StoredTransfer } from '../store.ts';
import type * as Types from '../types.ts';
import { causeOf, commit, invalid, ledgerCommand, noLedger, open } from './parts.ts';
import { type KeptTransfer, keptTransfer, savedTransfer, transferAgain, transferView } from './transfer-parts.ts';

const key = ({ transferId }: Types.SendTransfer): string => `transfer:${transferId}:send`;

/**
 * Takes the amount out of the account and puts it on its way; the object's alarm asks the receiver until it has an answer. Only paid money
 * goes, and only what is there: what was given or may be overdrawn stays with whom it was given to.
 *
 * Refusals: NOT_FOUND ledger, VALIDATION_ERROR (`amount_cents`, `currency`), INSUFFICIENT_BALANCE, TENANT_SUSPENDED.
 */
export const sendTransfer = ledgerCommand<Types.SendTransfer, Types.TransferResult, KeptTransfer>({
  name: 'sendTransfer',
  key,
  kept: keptTransfer,
  again: transferAgain,
  decide(store, command, now) {
    const { amountCents, currency, account } = command;
    if (!Number.isSafeInteger(amountCents) || amountCents <= 0 || amountCents > MAX_TRANSFER_CENTS)
      return invalid('amount_cents', `must be a whole number from 1 to ${MAX_TRANSFER_CENTS}`);
    const start = open(store);
    if (!start) return noLedger();
    if (currency !== start.book.currency) return invalid('currency', `the ledger is kept in ${start.book.currency}`);
    if (start.terms.suspended) return err({ code: 'TENANT_SUSPENDED' });
    const there =
      account === 'prepaid' ? balanceView(start.book).prepaidMicros : start.book.accounts.commission_payable;
    if (there < centsToMicros(amountCents, currency))
      return err({
        code: 'INSUFFICIENT_BALANCE',
        details: { available_cents: microsToCentsFloor(there, currency), required_cents: amountCents, currency },
      });
    const transfer: StoredTransfer = {
      key: outKey(command.transferId),
      id: command.transferId,
      direction: 'out',
      peerId: command.to,
      account,
      amountCents,
      currency,
      cause: command.cause,
      state: 'sent',
      reason: null,
      sentAt: now,
      endedAt: null,
      attempts: 0,
      nextAt: now,
    };
    const posted = post(start.book, [sentDraft(transfer, now)], causeOf(key(command), now));
    const { balance, events } = commit(store, start, posted, { key: key(command), now });
    const changed = savedTransfer(store, transfer);
    store.wakeAt(now);
    return ok({ value: { transfer: transferView(transfer), balance }, events: [...events, changed] });
  },
});
