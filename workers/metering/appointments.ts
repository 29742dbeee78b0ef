/**
 * Effect `usage.appointment`: an appointment that the product itself booked (phone agent, public page, portal) is metered, once, keyed by
 * the appointment. Plans without a price per appointment charge nothing; a later cancellation does not undo the work.
 */
import type { EffectContext, EffectOutcome } from '../operations/effects.ts';
import { asInstant } from '../../shared/clock.ts';
import { QUANTITY_SCALE } from '../ledger/types.ts';

export async function meterAppointment({ scope, ref }: EffectContext<'usage.appointment'>): Promise<EffectOutcome> {
  const { appointmentId, at } = ref;
  const { result } = await scope.ledger.chargeUsage({
    key: `appointment:${appointmentId}`,
    eventType: 'appointment',
    quantityScaled: QUANTITY_SCALE,
    occurredAt: asInstant(at),
    refs: { referenceType: 'appointment', referenceId: appointmentId },
  });
  if (result.ok) return { kind: 'done' };
  // A tenant without terms is not billed (trial before a plan is chosen).
  if (result.error.code === 'NOT_FOUND') return { kind: 'done' };
  return { kind: 'retry', reason: result.error.code };
}
