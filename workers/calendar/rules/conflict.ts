/** The rule of taking Cal.com's side in a conflict: their booking gets its place, or ours goes where theirs stands. Called by resolve-conflict.ts. */
import type { Instant } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { toIso } from '../../../shared/time.ts';
import type { ApplyExternal, ResolveConflict } from '../commands/inputs.ts';
import type { Appointment, ExternalConflict } from '../../events/calendar.ts';
import { decideExternal, type ExternalDecision, movedTo, UNTOUCHED } from './external.ts';
import { type PlaceFacts, placeFor } from './external-place.ts';
import { mappedOf } from './event-types.ts';

/** What Cal.com says of a conflict, with the mapping as it is now: a type or a person may have been mapped since. */
function theirsOf(facts: Pick<PlaceFacts, 'schedule'>, conflict: ExternalConflict) {
  const { services, staff } = facts.schedule;
  const { eventTypeId, hostId } = conflict;
  const mapped = mappedOf({ services: [...services.values()], staff: [...staff.values()] }, { eventTypeId, hostId });
  return {
    serviceId: conflict.serviceId ?? mapped.serviceId,
    staffId: conflict.staffId ?? mapped.staffId,
    branchId: null,
    startsAt: conflict.startsAt,
    endsAt: conflict.endsAt,
  };
}

/**
 * Theirs is taken: their booking gets its place here, or ours goes where theirs stands.
 * Refusals: APPOINTMENT_CONFLICT (there is still no place for it), ILLEGAL_TRANSITION (ours is no longer open).
 */
export function takeTheirs(
  facts: PlaceFacts,
  conflict: ExternalConflict,
  appointment: Appointment | null,
  command: ResolveConflict,
  now: Instant,
): Result<ExternalDecision> {
  const theirs = theirsOf(facts, conflict);
  if (conflict.kind === 'booking') {
    const applied = decideExternal(
      { ...facts, link: null, previousLink: null, appointment: null, newest: null, openConflict: conflict },
      { ...asMessage(conflict, command), ...theirs },
      now,
    );
    if (!applied.ok || applied.value.conflict === null) return applied;
    return noPlace(applied.value.conflict);
  }
  if (appointment === null) return err({ code: 'NOT_FOUND', entity: 'appointment' });
  if (appointment.status !== 'pending' && appointment.status !== 'confirmed')
    return err({ code: 'ILLEGAL_TRANSITION', details: { from: appointment.status, to: 'rescheduled', allowed: [] } });
  const { startsAt, endsAt } = conflict.kind === 'host' ? appointment : theirs;
  const wanted = { ...theirs, serviceId: appointment.serviceId, staffId: theirs.staffId ?? appointment.staffId };
  const away = placeFor(facts, { ...wanted, startsAt, endsAt }, now, [appointment.id]);
  const place =
    !away.free && away.reason === 'unknown_branch'
      ? placeFor(facts, { ...wanted, branchId: appointment.branchId, startsAt, endsAt }, now, [appointment.id])
      : away;
  if (!place.free) return noPlace({ ...conflict, reason: place.reason, conflictingAppointmentId: place.owner });
  const moved = movedTo(facts, appointment, place, { ...command, pending: conflict.pending }, now, UNTOUCHED);
  // Cal.com has the old length or person of what follows theirs only in part: it is told.
  const agrees = conflict.kind === 'move';
  return ok(agrees ? moved : { ...moved, appointment: { ...moved.appointment, syncStatus: 'pending' } });
}

/** The message of Cal.com that a booking's conflict came from, as it would be said now. */
const asMessage = (conflict: ExternalConflict, command: ResolveConflict): ApplyExternal => ({
  ...command,
  type: 'created',
  pending: conflict.pending,
  uid: conflict.externalUid,
  appointmentId: conflict.madeId ?? '',
  startsAt: conflict.startsAt,
  endsAt: conflict.endsAt,
  staffId: conflict.staffId,
  serviceId: conflict.serviceId,
  branchId: null,
  customerId: conflict.customerId,
  eventTypeId: conflict.eventTypeId,
  hostId: conflict.hostId,
  externalUpdatedAt: conflict.externalUpdatedAt ?? conflict.createdAt,
});

const noPlace = ({ startsAt, reason, conflictingAppointmentId }: ExternalConflict): Result<never> =>
  err({
    code: 'APPOINTMENT_CONFLICT',
    details: {
      requested_time: toIso(startsAt),
      conflicting_appointment_id: conflictingAppointmentId,
      alternatives: [],
      reason: reason.startsWith('unknown_') ? 'not_configured' : 'full',
    },
  });
