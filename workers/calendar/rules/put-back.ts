/**
 * The rule of taking a cancellation or a move back: the same appointment becomes what it was, if nothing newer happened to it and its
 * place is still free. Called by the object inside its transaction.
 */
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { toIso } from '../../../shared/time.ts';
import { type Busy, type Occupation, occupationsOf } from '../engine/availability.ts';
import { assignmentFor, timed, unbuffered } from './external-place.ts';
import { obstacleOf } from './force.ts';
import { requestedServicesOf } from './reschedule.ts';
import type { Schedule } from '../engine/schedule.ts';
import { modificationOf, NO_POLICY, refuseTransition } from './status.ts';
import { decideSlot } from './slot-decision.ts';
import type { PutBack } from '../commands/inputs.ts';
import type { Appointment, Modification } from '../../events/calendar.ts';

export interface PutBackFacts {
  schedule: Schedule;
  busy: Busy;
  /** the change to take back */
  undone: Modification | null;
  /** the appointment's newest change */
  newest: Modification | null;
}
interface WasPutBack {
  appointment: Appointment;
  modification: Modification;
  occupations: Occupation[];
}

/** Refusals: NOT_FOUND, ILLEGAL_TRANSITION, APPOINTMENT_CONFLICT. */
export function decidePutBack(
  facts: PutBackFacts,
  appointment: Appointment,
  command: PutBack,
  now: Instant,
): Result<WasPutBack> {
  const { undone, newest } = facts;
  if (undone?.appointmentId !== appointment.id) return err({ code: 'NOT_FOUND', entity: 'modification' });
  const restores = undone.type === 'cancel';
  const { oldStartsAt, oldStaffId } = undone;
  // A cancelled appointment still follows a late word of Cal.com without a modification: then it is not where it was left.
  const isAsLeft =
    newest?.id === undone.id &&
    appointment.status === undone.newStatus &&
    appointment.startsAt === undone.newStartsAt &&
    appointment.staffId === undone.newStaffId;
  if (
    !(restores || undone.type === 'reschedule') ||
    !isAsLeft ||
    oldStartsAt === null ||
    oldStaffId === null ||
    oldStartsAt <= now
  )
    return refuseTransition(appointment, undone.oldStatus, now);
  const placed = placeAt(facts, appointment, { startsAt: oldStartsAt, staffId: oldStaffId, restores }, now);
  if (!placed.ok) return placed;
  const after: Appointment = {
    ...appointment,
    ...placed.value.place,
    status: undone.oldStatus,
    scheduleVersion: facts.schedule.version,
    version: appointment.version + 1,
    // A way back is a move too; this count recognises Cal.com's echo (external.ts).
    rescheduleCount: appointment.rescheduleCount + (restores ? 0 : 1),
    cancelledAt: null,
    cancellationFeeCents: 0,
    policyViolation: appointment.policyViolation && !undone.policyViolation,
    // A cancelled booking of Cal.com's stays cancelled: whatever is still said of it must not reach the appointment.
    calcomUid: restores ? null : appointment.calcomUid,
    syncStatus: appointment.syncStatus === 'none' ? 'none' : 'pending',
    updatedAt: now,
  };
  const modification: Modification = {
    ...modificationOf(
      command.modificationId,
      restores ? 'restore' : 'reschedule',
      command.actor,
      appointment,
      after,
      NO_POLICY,
      now,
    ),
    undoes: undone.id,
  };
  return ok({ appointment: after, modification, occupations: placed.value.occupations });
}

interface Placed {
  place: Pick<Appointment, 'staffId' | 'startsAt' | 'endsAt' | 'segments' | 'resources'>;
  occupations: Occupation[];
}

/** Refusal: APPOINTMENT_CONFLICT, also when the service or branch is gone. */
function placeAt(
  facts: PutBackFacts,
  appointment: Appointment,
  at: { startsAt: Instant; staffId: string; restores: boolean },
  now: Instant,
): Result<Placed> {
  const outside = asItCame(facts, appointment, at, now);
  if (outside) return ok(outside);
  const decision = decideSlot(
    facts.schedule,
    facts.busy,
    {
      services: requestedServicesOf(facts.schedule, appointment),
      branchId: appointment.branchId,
      staffId: null,
      startsAt: at.startsAt,
      partySize: appointment.partySize,
      internal: true,
      existing: true,
      // A move records only who served the first segment before.
      served: {
        segments: at.restores ? appointment.segments : [{ staffId: at.staffId, resources: [] }],
        resources: appointment.resources,
      },
      exclude: [appointment.id],
    },
    now,
  );
  if (decision.ok) {
    const { staffId, startsAt, endsAt, segments, resources } = decision.value.slot;
    return ok({ place: { staffId, startsAt, endsAt, segments, resources }, occupations: decision.value.occupations });
  }
  if (decision.error.code === 'APPOINTMENT_CONFLICT') return decision;
  return err({
    code: 'APPOINTMENT_CONFLICT',
    details: {
      requested_time: toIso(at.startsAt),
      conflicting_appointment_id: null,
      alternatives: [],
      reason: 'not_configured',
    },
  });
}

/** Whose time was given from outside may stand where hours and notice would not let it: only what is taken counts, as when it came. */
function asItCame(
  { schedule, busy }: PutBackFacts,
  appointment: Appointment,
  at: { startsAt: Instant; staffId: string },
  now: Instant,
): Placed | null {
  const { source, serviceId, branchId, startsAt, endsAt } = appointment;
  if (source !== 'calcom' && source !== 'import') return null;
  const exclude = [appointment.id];
  const assignment = assignmentFor(
    { schedule, busy },
    {
      serviceId,
      branchId,
      staffId: at.staffId,
      startsAt: at.startsAt,
      endsAt: asInstant(at.startsAt + (endsAt - startsAt)),
    },
    exclude,
    now,
  );
  if (!assignment || obstacleOf(assignment, busy, now, exclude)) return null;
  const place = timed(appointment, assignment);
  return usesOf(place) < usesOf(appointment)
    ? null
    : { place, occupations: occupationsOf(unbuffered(schedule, 1), assignment) };
}

const usesOf = ({ segments, resources }: Placed['place']): number =>
  resources.length + segments.reduce((n, segment) => n + segment.resources.length, 0);
