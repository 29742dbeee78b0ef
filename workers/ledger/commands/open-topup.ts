/** Opens a top-up: the promise of bonus and VAT, before anybody is sent to pay. */
import type * as Types from '../types.ts';
import { openTopup as promise } from '../rules/topup.ts';
import { causeKey, causeOf, ledgerCommand, noLedger, open } from './parts.ts';
import { type KeptTopup, keptTopup, topupAgain, topupDecision } from './topup-parts.ts';

/**
 * A pending top-up with bonus and VAT as they are decided now.
 *
 * Refusals: NOT_FOUND ledger, VALIDATION_ERROR (amount: 10 € to 10,000 € by Stripe; the id is taken).
 */
export const openTopup = ledgerCommand<Types.OpenTopup, Types.TopupResult, KeptTopup>({
  name: 'openTopup',
  key: causeKey,
  kept: keptTopup,
  again: topupAgain,
  decide(store, command, now) {
    const start = open(store);
    if (!start) return noLedger();
    const before = store.topup(command.topupId);
    const opened = promise(before, start.terms, command, now);
    return opened.ok ? topupDecision(store, start, before, opened.value, causeOf(command.key, now)) : opened;
  },
});
