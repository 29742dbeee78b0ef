/** Money of a top-up goes back: refunds and disputes, and what comes back of them. */
import { asCents } from '../../../shared/money.ts';
import { movementsOf } from '../rules/refund.ts';
import type { PaymentUpdate } from '../rules/topup.ts';
import type * as Types from '../types.ts';
import { invalid, ledgerCommand } from './parts.ts';
import { applyPaymentUpdate, type KeptTopup, keptTopup, topupAgain } from './topup-parts.ts';

function key(command: Types.ReverseTopup): string {
  switch (command.kind) {
    case 'refund':
      return `${command.key}:refund:${command.refundedGrossCents}`;
    case 'refund_state':
      return `${command.key}:refund:${command.refundId}:${command.state}`;
    case 'dispute':
      return `${command.key}:dispute:${command.disputeId}:${command.movements}:${command.withdrawnGrossCents}`;
  }
}

function updateOf(command: Types.ReverseTopup): { update: PaymentUpdate; amount: number } {
  switch (command.kind) {
    case 'refund':
      return {
        amount: command.refundedGrossCents,
        update: { kind: 'refund', refundedGrossCents: command.refundedGrossCents },
      };
    case 'refund_state': {
      const { refundId, refundGrossCents: grossCents, state } = command;
      return { amount: grossCents, update: { kind: 'refund_state', refundId, grossCents, state } };
    }
    case 'dispute': {
      const { disputeId, withdrawnGrossCents: withdrawnCents, movements } = command;
      return { amount: withdrawnCents, update: { kind: 'dispute', disputeId, withdrawnCents, movements } };
    }
  }
}

/** Disputes were once recorded by their state and the amount in dispute. */
function wholeAgain(command: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { state, disputedGrossCents, ...rest } = command;
  if (command['kind'] !== 'dispute' || disputedGrossCents === undefined) return command;
  const { withdrawnCents, movements } = movementsOf({
    grossCents: Number(disputedGrossCents),
    state: state as 'open' | 'won' | 'lost',
  });
  return { ...rest, withdrawnGrossCents: asCents(withdrawnCents), movements };
}

/**
 * Takes back what was refunded or disputed, with its share of the bonus, and gives it back when a refund fails or a dispute is won, late or not;
 * always recorded, also when the balance becomes negative, because it has happened. Facts only grow, so order and repetition do not matter,
 * and a reversal that is reported before the payment waits on the opened top-up until the payment is.
 *
 * Refusals: NOT_FOUND (ledger; topup: ours are opened before Stripe is called, so an unknown one is not ours and a person must look),
 * VALIDATION_ERROR (`amount_cents`, `method`, `payment_id`, `currency`).
 */
export const reverseTopup = ledgerCommand<Types.ReverseTopup, Types.TopupResult, KeptTopup>({
  name: 'reverseTopup',
  key,
  kept: keptTopup,
  again: topupAgain,
  // Named since amounts are compared here; older reports of the same reversal did not name it.
  made: ['now', 'causer', 'currency'],
  restore: (command) => wholeAgain(command) as typeof command,
  decide(store, command, now) {
    const { update, amount } = updateOf(command);
    if (!Number.isSafeInteger(amount) || amount < 0) return invalid('amount_cents', 'must be a whole number from 0');
    return applyPaymentUpdate(store, command, key(command), update, now);
  },
});
