/** A try to pay failed; a later one may succeed. */
import type * as Types from '../types.ts';
import { ledgerCommand, ofSession } from './parts.ts';
import { applyPaymentUpdate, type KeptTopup, keptTopup, topupAgain } from './topup-parts.ts';

const key = (command: Types.TopupFailed): string => `${command.key}:failed:${command.reason}${ofSession(command)}`;

/**
 * A payment did not succeed, `reason` says why in one code; a later success still counts.
 *
 * Refusals: NOT_FOUND (ledger, topup), VALIDATION_ERROR (`method`, `payment_id`, `checkout_session_id`, `currency`).
 */
export const topupFailed = ledgerCommand<Types.TopupFailed, Types.TopupResult, KeptTopup>({
  name: 'topupFailed',
  key,
  kept: keptTopup,
  again: topupAgain,
  decide: (store, command, now) =>
    applyPaymentUpdate(store, command, key(command), { kind: 'failed', reason: command.reason }, now),
});
