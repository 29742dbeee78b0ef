/** Something metered was used. */
import { err } from '../../../shared/result.ts';
import { USAGE_KEY_MS, usageRefusal } from '../rules/charge.ts';
import { scaledToUnits } from '../rules/pricing.ts';
import type * as Types from '../types.ts';
import { charge, chargeAgain, type KeptCharge, keptCharge } from './charge-parts.ts';
import { causeKey, invalid, ledgerCommand, noLedger, open, pricedAt } from './parts.ts';

/** A single event may not be larger than this quantity (1,000,000 units with four decimals). */
const MAX_QUANTITY_SCALED = 1_000_000 * 10_000;

/**
 * Charges a quantity (× 10,000) by the plan of the day it happened; of a closed month into the open one, marked late. Its key is known as long
 * as an event of its time could be charged; a repeat after that is refused as too old.
 *
 * Refusals: NOT_FOUND ledger, VALIDATION_ERROR (`quantity`), TOO_OLD (40 days after its month was closed), IN_FUTURE (more than a day ahead).
 */
export const chargeUsage = ledgerCommand<Types.ChargeUsage, Types.ChargeResult, KeptCharge>({
  name: 'chargeUsage',
  key: causeKey,
  keepMs: USAGE_KEY_MS,
  kept: keptCharge,
  again: chargeAgain,
  decide(store, command, now) {
    const { quantityScaled } = command;
    if (!Number.isSafeInteger(quantityScaled) || quantityScaled < 0 || quantityScaled > MAX_QUANTITY_SCALED) {
      return invalid('quantity', 'must be a number from 0 to 1,000,000 with at most four decimals');
    }
    const start = open(store);
    if (!start) return noLedger();
    const refused = usageRefusal(command.occurredAt, now, start.terms.timeZone, (period) => store.closedAt(period));
    if (refused) return err(refused);
    return charge(store, start, start, [], {
      key: command.key,
      priced: pricedAt(store, start, command.occurredAt),
      eventType: command.eventType,
      units: scaledToUnits(command.eventType, quantityScaled),
      occurredAt: command.occurredAt,
      refs: command.refs ?? {},
      billedSeconds: null,
      // What people pay for by the piece shows in the list even when it is included; mass events only when they cost something.
      alwaysEntry: command.eventType === 'voice_minute' || command.eventType === 'appointment',
      now,
    });
  },
});
