/** A payment is on its way (direct debit: days). */
import type * as Types from '../types.ts';
import { ledgerCommand, ofSession } from './parts.ts';
import { applyPaymentUpdate, type KeptTopup, keptTopup, topupAgain } from './topup-parts.ts';

const key = (command: Types.TopupProgress): string => `${command.key}:processing${ofSession(command)}`;

/**
 * A payment is on its way and not there yet.
 *
 * Refusals: NOT_FOUND (ledger, topup), VALIDATION_ERROR (`method`, `payment_id`, `checkout_session_id`, `currency`).
 */
export const topupProcessing = ledgerCommand<Types.TopupProgress, Types.TopupResult, KeptTopup>({
  name: 'topupProcessing',
  key,
  kept: keptTopup,
  again: topupAgain,
  decide: (store, command, now) => applyPaymentUpdate(store, command, key(command), { kind: 'processing' }, now),
});
