/** Something metered was used. */
import { scaledToUnits } from '../rules/pricing.ts';
import type * as Types from '../types.ts';
import { charge } from './charge-parts.ts';
import { causeKey, invalid, ledgerCommand, noLedger, open } from './parts.ts';

/** A single event may not be larger than this quantity (1,000,000 units with four decimals). */
const MAX_QUANTITY_SCALED = 1_000_000 * 10_000;

/**
 * Charges a quantity (× 10,000) by the plan.
 *
 * Refusals: NOT_FOUND ledger, VALIDATION_ERROR (`quantity`).
 */
export const chargeUsage = ledgerCommand<Types.ChargeUsage, Types.ChargeResult>({
  name: 'chargeUsage',
  key: causeKey,
  decide(store, command, now) {
    const { quantityScaled } = command;
    if (!Number.isSafeInteger(quantityScaled) || quantityScaled < 0 || quantityScaled > MAX_QUANTITY_SCALED) {
      return invalid('quantity', 'must be a number from 0 to 1,000,000 with at most four decimals');
    }
    const start = open(store);
    if (!start) return noLedger();
    return charge(store, start, start, [], {
      key: command.key,
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
