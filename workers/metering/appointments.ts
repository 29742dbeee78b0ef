/**
 * Effect `usage.appointment`: an appointment became confirmed or was cancelled, and the ledger settles its fee by the plan. A fee never refuses,
 * delays or undoes a booking: this runs after it, and the ledger posts below the floor too.
 */
import type { EffectContext, EffectOutcome } from '../operations/effects.ts';
import { asInstant } from '../../shared/clock.ts';

export async function meterAppointment({ scope, ref }: EffectContext<'usage.appointment'>): Promise<EffectOutcome> {
  const { appointmentId, at, version, change, source, companyId, branchId } = ref;
  const { result } = await scope.ledger.settleAppointment({
    key: `appointment:${appointmentId}:${change}:${version}`,
    appointmentId,
    version,
    change,
    source,
    occurredAt: asInstant(at),
    refs: {
      ...(companyId === undefined ? {} : { companyId }),
      ...(branchId === undefined ? {} : { branchId }),
    },
  });
  if (result.ok) return { kind: 'done' };
  // A tenant without terms is not billed (trial before a plan is chosen).
  if (result.error.code === 'NOT_FOUND') return { kind: 'done' };
  return { kind: 'retry', reason: result.error.code };
}
