/** Money of a top-up goes back: refunds and disputes. */
import type { PaymentUpdate } from '../rules/topup.ts';
import type * as Types from '../types.ts';
import { invalid, ledgerCommand } from './parts.ts';
import { applyPaymentUpdate } from './topup-parts.ts';

const key = (command: Types.ReverseTopup): string =>
  command.kind === 'refund'
    ? `${command.key}:refund:${command.refundedGrossCents}`
    : `${command.key}:dispute:${command.disputeId}:${command.state}`;

/**
 * Takes back what was refunded or disputed, with its share of the bonus; always recorded, also when the balance becomes negative, because
 * it has happened. Facts are cumulative, so order and repetition do not matter, and a reversal that is reported before the payment waits on the
 * opened top-up until the payment is.
 *
 * Refusals: NOT_FOUND (ledger; topup: ours are opened before Stripe is called, so an unknown one is not ours and a person must look),
 * VALIDATION_ERROR (`amount_cents`, `method`, `payment_id`, `currency`).
 */
export const reverseTopup = ledgerCommand<Types.ReverseTopup, Types.TopupResult>({
  name: 'reverseTopup',
  key,
  // Named since amounts are compared here; older reports of the same reversal did not name it.
  made: ['now', 'causer', 'currency'],
  decide(store, command, now) {
    const amount = command.kind === 'refund' ? command.refundedGrossCents : command.disputedGrossCents;
    if (!Number.isSafeInteger(amount) || amount < 0) return invalid('amount_cents', 'must be a whole number from 0');
    const update: PaymentUpdate =
      command.kind === 'refund'
        ? { kind: 'refund', refundedGrossCents: amount }
        : { kind: 'dispute', disputeId: command.disputeId, grossCents: amount, state: command.state };
    return applyPaymentUpdate(store, command, key(command), update, now);
  },
});
