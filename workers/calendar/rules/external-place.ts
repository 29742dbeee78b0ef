/**
 * Whether there is a place here for what stands at Cal.com, and what it is to the calendar: people, sessions and resources are asked, hours
 * are not, as the time was not ours to choose. Called by the rules of what Cal.com says, of conflicts, of imports and of putting back.
 */
import { MAX_APPOINTMENT_MINUTES } from '../../../shared/calendar-limits.ts';
import type { Instant } from '../../../shared/clock.ts';
import type { ConflictKind, ConflictReason } from '../../../shared/conflict-sets.ts';
import { MINUTE } from '../../../shared/time.ts';
import type { Assignment, Busy } from '../engine/availability.ts';
import { instantOf } from '../engine/hours.ts';
import type { Plan } from '../engine/plan.ts';
import type { BranchFacts, Schedule, ServiceFacts } from '../engine/schedule.ts';
import type { ApplyExternal } from '../commands/inputs.ts';
import { segmentRows } from '../engine/availability.ts';
import type { Appointment, ExternalConflict } from '../../events/calendar.ts';
import { branchOf } from './branch-of.ts';
import { type ForcedAssignment, forcedAssignment, obstacleOf, takerOf } from './force.ts';

export interface PlaceFacts {
  schedule: Schedule;
  busy: Busy;
}

/** What needs a place. A branch of null follows from service, person and time. */
type Wanted = Pick<ApplyExternal, 'serviceId' | 'branchId' | 'staffId' | 'startsAt' | 'endsAt'>;

export type Place =
  | { free: true; assignment: ForcedAssignment; service: ServiceFacts; branch: BranchFacts }
  /** `assignment`: where it would be, as far as that can be said */
  | { free: false; assignment: ForcedAssignment | null; reason: ConflictReason; owner: string | null };

/** The place of a time from outside. @param exclude owners that do not stand in the way */
export function placeFor(facts: PlaceFacts, wanted: Wanted, now: Instant, exclude: readonly string[]): Place {
  const { schedule, busy } = facts;
  const nowhere = (reason: ConflictReason): Place => ({ free: false, assignment: null, reason, owner: null });
  const time = { from: wanted.startsAt / MINUTE, to: wanted.endsAt / MINUTE };
  // Nobody is busy for longer in one piece: a person would be taken for days by a slip of the keyboard.
  if (time.to - time.from > MAX_APPOINTMENT_MINUTES) return nowhere('too_long');
  const service = wanted.serviceId === null ? undefined : schedule.services.get(wanted.serviceId);
  if (!service) return nowhere('unknown_service');
  const person = wanted.staffId === null ? undefined : schedule.staff.get(wanted.staffId);
  if (!person) return nowhere('unknown_staff');
  const branchId = wanted.branchId ?? branchOf(schedule, service.id, person.id, time);
  const branch = branchId === null ? undefined : schedule.branches.get(branchId);
  if (!branch) return nowhere('unknown_branch');
  const assignment = assigned(facts, service, branch.id, person.id, wanted, exclude, now);
  const obstacle = obstacleOf(assignment, busy, now, exclude);
  if (obstacle) return { free: false, assignment, ...obstacle };
  const [missing] = assignment.missing;
  if (missing) {
    const owner = takerOf(missing, busy, time, now, exclude);
    return { free: false, assignment, reason: 'resource_taken', owner };
  }
  return { free: true, assignment, service, branch };
}

/** The same for who asks by itself what is in the way. Null: service, person or branch is not there. */
export function assignmentFor(
  { schedule, busy }: PlaceFacts,
  request: Wanted,
  exclude: readonly string[],
  nowMs: Instant,
): ForcedAssignment | null {
  const service = request.serviceId === null ? undefined : schedule.services.get(request.serviceId);
  if (!service || request.branchId === null || !schedule.branches.has(request.branchId)) return null;
  if (request.staffId === null || !schedule.staff.has(request.staffId)) return null;
  return assigned({ schedule, busy }, service, request.branchId, request.staffId, request, exclude, nowMs);
}

const assigned = (
  facts: PlaceFacts,
  service: ServiceFacts,
  branchId: string,
  staffId: string,
  { startsAt, endsAt }: Pick<Wanted, 'startsAt' | 'endsAt'>,
  exclude: readonly string[],
  nowMs: Instant,
): ForcedAssignment =>
  forcedAssignment({
    ...facts,
    service,
    branchId,
    staffId,
    start: startsAt / MINUTE,
    end: endsAt / MINUTE,
    partySize: 1,
    resources: null,
    nowMs,
    exclude,
  });

/** The appointment at the time of an assignment. */
export function timed(appointment: Appointment, assignment: Assignment): Appointment {
  return {
    ...appointment,
    staffId: assignment.staffId,
    startsAt: instantOf(assignment.start),
    endsAt: instantOf(assignment.end),
    bookingType:
      assignment.share !== null ? 'group' : assignment.segments.length > 1 ? 'composite' : appointment.bookingType,
    segments: segmentRows(assignment),
    resources: assignment.blocks.flatMap((b) => [...b.resources]),
  };
}

/** What `occupationsOf` reads of a plan; no buffers: the time was not ours to choose. */
export const unbuffered = (
  schedule: Schedule,
  partySize: number,
): Pick<Plan, 'schedule' | 'before' | 'after' | 'partySize'> => ({ schedule, before: 0, after: 0, partySize });

/** The conflict that a message of Cal.com came to; the open one of this booking goes on, with what is known now. */
export function conflictOf(
  command: ApplyExternal,
  about: { kind: ConflictKind; reason: ConflictReason; appointmentId: string | null; owner: string | null },
  now: Instant,
  open: ExternalConflict | null,
): ExternalConflict {
  const { kind, reason, appointmentId, owner } = about;
  return {
    id: open?.id ?? command.conflictId,
    kind,
    reason,
    externalUid: command.uid,
    conflictingAppointmentId: owner,
    appointmentId,
    startsAt: command.startsAt,
    endsAt: command.endsAt,
    staffId: command.staffId,
    serviceId: command.serviceId,
    customerId: command.customerId,
    eventTypeId: command.eventTypeId ?? null,
    hostId: command.hostId ?? null,
    madeId: kind === 'booking' && reason !== 'twice' ? command.appointmentId : null,
    pending: command.pending ?? false,
    externalUpdatedAt: command.externalUpdatedAt,
    status: 'open',
    resolution: null,
    createdAt: open?.createdAt ?? now,
    resolvedAt: null,
  };
}
