/** A call is over: its hold becomes its charge. */
import { asMicros } from '../../../shared/money.ts';
import { releaseDraft } from '../rules/hold.ts';
import type { Draft } from '../rules/post.ts';
import { billedSeconds, secondsToUnits } from '../rules/pricing.ts';
import { apply } from '../rules/spend.ts';
import type { StoredHold } from '../store.ts';
import type * as Types from '../types.ts';
import { charge, chargeAgain, type KeptCharge, keptCharge } from './charge-parts.ts';
import { callRefs, causeKey, invalid, ledgerCommand, noLedger, open, pricedAt } from './parts.ts';

/** A call can't last longer than a day. */
const MAX_CALL_SECONDS = 86_400;

/**
 * Charges the call by the plan of the moment it ended and releases the rest of its hold; always recorded, also below the floor and after the hold has lapsed.
 *
 * Refusals: NOT_FOUND ledger, VALIDATION_ERROR (`seconds`: 0 to 86,400).
 */
export const settleCall = ledgerCommand<Types.SettleCall, Types.ChargeResult, KeptCharge>({
  name: 'settleCall',
  key: causeKey,
  kept: keptCharge,
  again: chargeAgain,
  decide(store, command, now) {
    const { seconds } = command;
    if (!Number.isSafeInteger(seconds) || seconds < 0 || seconds > MAX_CALL_SECONDS) {
      return invalid('seconds', `must be a whole number from 0 to ${MAX_CALL_SECONDS}`);
    }
    const start = open(store);
    if (!start) return noLedger();
    const refs = callRefs(command.key, command.refs);
    const hold = store.hold(command.key);
    const priced = pricedAt(store, start, command.occurredAt);
    const billed = billedSeconds(seconds, priced.plan);
    const drafts: Draft[] = [];
    let { accounts } = start.book;
    if (hold?.status === 'held') {
      const release = releaseDraft(hold, refs, now);
      drafts.push(release);
      accounts = apply(accounts, release.postings);
    }
    const none: StoredHold = { key: command.key, amountMicros: asMicros(0), status: 'captured', expiresAt: now, refs };
    store.saveHold({ ...(hold ?? none), status: 'captured' });
    return charge(store, { ...start, book: { ...start.book, accounts } }, start, drafts, {
      key: command.key,
      priced,
      eventType: 'voice_minute',
      units: secondsToUnits(billed),
      occurredAt: command.occurredAt,
      refs,
      type: 'call_cost',
      billedSeconds: billed,
      alwaysEntry: true,
      now,
    });
  },
});
