/** A payment is on its way (direct debit: days). */
import type * as Types from '../types.ts';
import { ledgerCommand } from './parts.ts';
import { applyPaymentUpdate } from './topup-parts.ts';

const key = (command: Types.TopupProgress): string => `${command.key}:processing`;

/**
 * A payment is on its way and not there yet.
 *
 * Refusals: NOT_FOUND (ledger, topup), VALIDATION_ERROR (`method`, `payment_id`, `currency`).
 */
export const topupProcessing = ledgerCommand<Types.TopupProgress, Types.TopupResult>({
  name: 'topupProcessing',
  key,
  decide: (store, command, now) => applyPaymentUpdate(store, command, key(command), { kind: 'processing' }, now),
});
