/** Stores which Checkout session a pending top-up was sent to. */
import { err } from '../../../shared/result.ts';
import type * as Types from '../types.ts';
import { causeOf, ledgerCommand, noLedger, open } from './parts.ts';
import { type KeptTopup, keptTopup, topupAgain, topupDecision } from './topup-parts.ts';

const key = (command: Types.LinkTopup): string => `${command.key}:link`;

/** Keeps the session beside the top-up; a later one takes its place. Refusals: NOT_FOUND (ledger, topup). */
export const linkTopup = ledgerCommand<Types.LinkTopup, Types.TopupResult, KeptTopup>({
  name: 'linkTopup',
  key,
  kept: keptTopup,
  again: topupAgain,
  decide(store, command, now) {
    const start = open(store);
    if (!start) return noLedger();
    const before = store.topup(command.topupId);
    if (!before) return err({ code: 'NOT_FOUND', entity: 'topup' });
    const row = { ...before, checkoutSessionId: command.checkoutSessionId };
    return topupDecision(store, start, before, row, causeOf(key(command), now));
  },
});
