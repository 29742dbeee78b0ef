/** The rule of moving an appointment: atomic, the old slot is freed only when the new one is taken. Called by the object. */
import { isOpen } from '../../../shared/appointment-status.ts';
import type { Instant } from '../../../shared/clock.ts';
import type { DomainError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { ALTERNATIVES } from '../bounds.ts';
import { alternativeOf } from '../engine/alternatives.ts';
import type { Busy, Occupation } from '../engine/availability.ts';
import { applyPolicy, policyCheck, type PolicyVerdict } from './policy.ts';
import type { Schedule } from '../engine/schedule.ts';
import { hasEnded, modificationOf, refuseStale, refuseTransition } from './status.ts';
import { type SlotRequest, decideSlot } from './slot-decision.ts';
import type { Reschedule, RequestedService } from '../commands/inputs.ts';
import type { Hold } from '../rows.ts';
import type { Appointment, Modification } from '../../events/calendar.ts';
import { MINUTE } from '../../../shared/time.ts';

interface RescheduleFacts {
  schedule: Schedule;
  busy: Busy;
  tokenHold: Hold | null;
  callHold: Hold | null;
}
interface Rescheduled {
  appointment: Appointment;
  /** null when nothing changed */
  modification: Modification | null;
  occupations: Occupation[];
  usedHold: string | null;
  verdict: PolicyVerdict;
}

/** The services of a booking with the durations they were booked with. */
export function requestedServicesOf(schedule: Schedule, appointment: Appointment): RequestedService[] {
  const ids = [appointment.serviceId, ...appointment.moreServiceIds];
  let at = 0;
  return ids.map((serviceId): RequestedService => {
    const parts = schedule.services.get(serviceId)?.body.segments.length ?? 0;
    const segment = appointment.segments[at];
    at += Math.max(1, parts);
    if (parts > 0 || !segment || segment.segmentId !== null) return { serviceId };
    return { serviceId, durationMinutes: (segment.endsAt - segment.startsAt) / MINUTE };
  });
}

const lengthened = (services: readonly RequestedService[], durationMinutes: number): RequestedService[] =>
  services.map(({ serviceId }) => ({ serviceId, durationMinutes }));

/** Refusals: NOT_FOUND, VERSION_CONFLICT, ILLEGAL_TRANSITION, those of the policy, VALIDATION_ERROR, HOLD_EXPIRED, QUOTE_STALE, APPOINTMENT_CONFLICT. */
export function decideReschedule(
  facts: RescheduleFacts,
  appointment: Appointment,
  command: Reschedule,
  now: Instant,
): Result<Rescheduled> {
  const stale = refuseStale(appointment, command.expectedVersion);
  if (stale) return stale;
  if (!isOpen(appointment.status) || (hasEnded(appointment, now) && !command.backdate))
    return refuseTransition(appointment, 'rescheduled', now);
  if (command.lockToken && facts.tokenHold === null) return err({ code: 'NOT_FOUND', entity: 'hold' });
  if (command.lockToken && facts.tokenHold !== null && facts.tokenHold.expiresAt <= now) {
    return err({ code: 'HOLD_EXPIRED', details: { lock_token: command.lockToken } });
  }
  const policy = applyPolicy(policyCheck('reschedule', appointment, now), command.confirm ?? false);
  if (!policy.ok) return policy;
  const verdict = policy.value;
  const hold = command.lockToken ? facts.tokenHold : facts.callHold;
  // Nobody is moved to another person without a word: who is not named stays, else it is offered.
  const keepsPeople = command.staffId === undefined;
  const services = requestedServicesOf(facts.schedule, appointment);
  if (command.durationMinutes !== undefined && services.length > 1)
    return err({ code: 'VALIDATION_ERROR', errors: { duration_minutes: ['several services have a fixed duration'] } });
  const request: SlotRequest = {
    services: command.durationMinutes === undefined ? services : lengthened(services, command.durationMinutes),
    branchId: command.branchId ?? appointment.branchId,
    staffId: command.staffId ?? null,
    served: keepsPeople ? { segments: appointment.segments, resources: appointment.resources } : undefined,
    startsAt: command.newStartsAt,
    partySize: appointment.partySize,
    internal: command.internal,
    backdate: command.backdate === true && hasEnded(appointment, now),
    offeredOnly: command.offeredOnly,
    existing: true,
    quote: command.quote,
    hold,
    exclude: hold ? [appointment.id, hold.lockToken] : [appointment.id],
  };
  const decision = decideSlot(facts.schedule, facts.busy, request, now);
  if (!decision.ok && keepsPeople) return err(withOthers(facts, request, decision.error, now));
  if (!decision.ok) return decision;
  const { slot, occupations, plan } = decision.value;
  if (
    slot.startsAt === appointment.startsAt &&
    slot.endsAt === appointment.endsAt &&
    slot.staffId === appointment.staffId &&
    plan.branch.id === appointment.branchId
  ) {
    return ok({ appointment, modification: null, occupations, usedHold: hold?.lockToken ?? null, verdict });
  }
  const after: Appointment = {
    ...appointment,
    branchId: plan.branch.id,
    staffId: slot.staffId,
    startsAt: slot.startsAt,
    endsAt: slot.endsAt,
    segments: slot.segments,
    resources: slot.resources,
    // The price stays as agreed: a move is not a new sale.
    scheduleVersion: facts.schedule.version,
    version: appointment.version + 1,
    rescheduleCount: appointment.rescheduleCount + 1,
    policyViolation: appointment.policyViolation || verdict.violation,
    syncStatus: appointment.syncStatus === 'none' ? 'none' : 'pending',
    notify: command.notify ?? true,
    updatedAt: now,
  };
  const modification = modificationOf(
    command.modificationId,
    'reschedule',
    command.actor,
    appointment,
    after,
    { policyCheck: verdict.check, policyViolation: verdict.violation, feeCents: verdict.feeCents },
    now,
  );
  return ok({ appointment: after, modification, occupations, usedHold: hold?.lockToken ?? null, verdict });
}

/** The refusal, and before what else is free the asked start by somebody else. */
function withOthers(facts: RescheduleFacts, request: SlotRequest, error: DomainError, now: Instant): DomainError {
  if (error.code !== 'APPOINTMENT_CONFLICT') return error;
  const others = decideSlot(facts.schedule, facts.busy, { ...request, served: undefined, quote: null }, now);
  if (!others.ok) return error;
  const { details } = error;
  const alternatives = [alternativeOf(others.value.slot), ...details.alternatives].slice(0, ALTERNATIVES);
  return { ...error, details: { ...details, alternatives } };
}
