/** The rule of cancelling, one path for all sources. Called by the object inside its transaction. */
import { isOpen } from '../../../shared/appointment-status.ts';
import type { Instant } from '../../../shared/clock.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { applyPolicy, policyCheck, type PolicyVerdict } from './policy.ts';
import { hasEnded, modificationOf, refuseStale, refuseTransition } from './status.ts';
import type { Cancel } from '../commands/inputs.ts';
import type { Appointment, Modification } from '../../events/calendar.ts';

interface Cancelled {
  appointment: Appointment;
  modification: Modification;
  verdict: PolicyVerdict;
}

/** Refusals: VERSION_CONFLICT, ILLEGAL_TRANSITION, POLICY_CONFIRMATION_REQUIRED, POLICY_VIOLATION. */
export function decideCancel(appointment: Appointment, command: Cancel, now: Instant): Result<Cancelled> {
  const stale = refuseStale(appointment, command.expectedVersion);
  if (stale) return stale;
  if (!isOpen(appointment.status) || (hasEnded(appointment, now) && !command.backdate))
    return refuseTransition(appointment, 'cancelled', now);
  const policy = applyPolicy(policyCheck('cancel', appointment, now), command.confirm ?? false);
  if (!policy.ok) return policy;
  const verdict = policy.value;
  const after: Appointment = {
    ...appointment,
    status: 'cancelled',
    version: appointment.version + 1,
    updatedAt: now,
    cancelledAt: now,
    cancellationFeeCents: verdict.feeCents,
    policyViolation: appointment.policyViolation || verdict.violation,
    syncStatus: appointment.syncStatus === 'none' ? 'none' : 'pending',
  };
  const modification = modificationOf(
    command.modificationId,
    'cancel',
    command.actor,
    appointment,
    after,
    { policyCheck: verdict.check, policyViolation: verdict.violation, feeCents: verdict.feeCents },
    now,
  );
  return ok({ appointment: after, modification, verdict });
}
