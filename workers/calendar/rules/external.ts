/**
 * The rule of what Cal.com says: created, rescheduled, cancelled — in any order, any number of times, ours or made there — converge.
 * Called by the object inside its transaction. Source of the payload facts: Cal.com's webhooks (a reschedule brings a new uid with the
 * old one beside it; cancellations carry no metadata).
 *
 * The last word on a time is the change with the latest `externalUpdatedAt` (a known successor of the current uid always counts as
 * later); a cancellation of the current uid is final. The caller derives `appointmentId` from what all events of one booking share
 * (our id in metadata, else iCalUID), so that events meet in one appointment whichever comes first.
 */
import { isOpen } from '../../../shared/appointment-status.ts';
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { MINUTE } from '../../../shared/time.ts';
import { type Busy, type Occupation, occupationsOf, segmentRows, type Assignment } from '../engine/availability.ts';
import { newAppointment } from './appointment.ts';
import { forcedAssignment, obstacleOf } from './force.ts';
import { instantOf } from '../engine/hours.ts';
import type { Plan } from '../engine/plan.ts';
import type { Schedule } from '../engine/schedule.ts';
import { modificationOf, NO_POLICY } from './status.ts';
import type { ApplyExternal, ApplyExternalAnswer } from '../commands/inputs.ts';
import type { Appointment, ExternalConflict, Modification } from '../../events/calendar.ts';

/** What we know of a Cal.com uid. */
export interface ExternalLink {
  uid: string;
  appointmentId: string | null;
  state: 'current' | 'superseded' | 'cancelled';
  /** of the change that made it so */
  updatedAt: Instant;
}
export interface ExternalFacts {
  schedule: Schedule;
  busy: Busy;
  link: ExternalLink | null;
  previousLink: ExternalLink | null;
  /** found by metadata, uid, previous uid or the command's own id; in this order */
  appointment: Appointment | null;
  /** open conflict row of this booking */
  openConflict: ExternalConflict | null;
}
export interface ExternalDecision {
  outcome: ApplyExternalAnswer['outcome'];
  /** state after; null when there is (still) no appointment */
  appointment: Appointment | null;
  isNew: boolean;
  modification: Modification | null;
  /** null: its rows stay as they are; []: it has none any more */
  occupations: Occupation[] | null;
  links: ExternalLink[];
  conflict: ExternalConflict | null;
  /** a conflict row of this booking that is settled by this */
  resolvedConflictId: string | null;
}

/** Refusals: VALIDATION_ERROR (end before start). */
export function decideExternal(facts: ExternalFacts, command: ApplyExternal, now: Instant): Result<ExternalDecision> {
  if (
    command.type !== 'cancelled' &&
    (command.endsAt <= command.startsAt || command.startsAt % MINUTE !== 0 || command.endsAt % MINUTE !== 0)
  ) {
    return err({ code: 'VALIDATION_ERROR', errors: { ends_at: ['whole minutes, after the start'] } });
  }
  const base: ExternalDecision = {
    outcome: 'unchanged',
    appointment: facts.appointment,
    isNew: false,
    modification: null,
    occupations: null,
    links: [],
    conflict: null,
    resolvedConflictId: null,
  };
  return ok(command.type === 'cancelled' ? cancelled(facts, command, now, base) : placed(facts, command, now, base));
}

function cancelled(
  facts: ExternalFacts,
  command: ApplyExternal,
  now: Instant,
  base: ExternalDecision,
): ExternalDecision {
  const { link, appointment } = facts;
  if (link?.state === 'superseded') return { ...base, outcome: 'ignored_older' };
  const links: ExternalLink[] = [
    {
      uid: command.uid,
      appointmentId: appointment?.id ?? null,
      state: 'cancelled',
      updatedAt: command.externalUpdatedAt,
    },
  ];
  const resolvedConflictId = facts.openConflict?.id ?? null;
  if (!appointment)
    return { ...base, links, resolvedConflictId, outcome: link?.state === 'cancelled' ? 'unchanged' : 'cancelled' };
  // Another uid of the same booking, older than what we have: the tombstone is kept, the booking stands.
  if (
    appointment.calcomUid !== null &&
    appointment.calcomUid !== command.uid &&
    timesAt(appointment) > command.externalUpdatedAt
  ) {
    return { ...base, links, outcome: 'ignored_older' };
  }
  if (!isOpen(appointment.status)) return { ...base, links, resolvedConflictId, outcome: 'unchanged' };
  const after: Appointment = {
    ...appointment,
    status: 'cancelled',
    // A cancellation that overtakes its move must not look like the time it belongs to.
    calcomUid: appointment.calcomUid ?? command.uid,
    syncStatus: 'synced',
    version: appointment.version + 1,
    updatedAt: now,
    cancelledAt: now,
  };
  return {
    ...base,
    outcome: 'cancelled',
    appointment: after,
    ...cancelledOutside(command, appointment, after, now),
    links,
    resolvedConflictId,
  };
}

/** What a cancellation from outside leaves: its modification, and a free place. */
const cancelledOutside = (command: ApplyExternal, before: Appointment, after: Appointment, now: Instant) => ({
  modification: modificationOf(command.modificationId, 'external_cancel', command.actor, before, after, NO_POLICY, now),
  occupations: [],
});

/** When the appointment's time was last said from outside. */
const timesAt = (appointment: Appointment): number => appointment.externalUpdatedAt ?? 0;

function placed(facts: ExternalFacts, command: ApplyExternal, now: Instant, base: ExternalDecision): ExternalDecision {
  const { link, appointment, previousLink } = facts;
  const at = command.externalUpdatedAt;
  const cancelledAlready = link?.state === 'cancelled';
  const previous: ExternalLink[] =
    command.previousUid && previousLink?.state !== 'cancelled'
      ? [
          {
            uid: command.previousUid,
            appointmentId: appointment?.id ?? command.appointmentId,
            state: 'superseded',
            updatedAt: at,
          },
        ]
      : [];
  if (!appointment) return create(facts, command, now, base, previous, cancelledAlready);

  if (link?.state === 'superseded') return { ...base, links: previous, outcome: 'ignored_older' };
  const own = (state: ExternalLink['state']): ExternalLink => ({
    uid: command.uid,
    appointmentId: appointment.id,
    state: cancelledAlready ? 'cancelled' : state,
    updatedAt: at,
  });
  const successor =
    command.previousUid !== null && command.previousUid !== undefined && command.previousUid === appointment.calcomUid;
  const isCurrent = appointment.calcomUid === null || appointment.calcomUid === command.uid || successor;
  const older =
    at < timesAt(appointment) ||
    (at === timesAt(appointment) && command.type === 'created' && appointment.calcomUid !== command.uid);
  if (!isCurrent && older) return { ...base, links: [own('superseded'), ...previous], outcome: 'ignored_older' };
  // The same word again; a later move of ours must not be undone by it.
  if (appointment.calcomUid === command.uid && at <= timesAt(appointment))
    return { ...base, links: previous, outcome: 'unchanged' };

  const links = [own('current'), ...previous];
  if (!isCurrent && appointment.calcomUid)
    links.push({ uid: appointment.calcomUid, appointmentId: appointment.id, state: 'superseded', updatedAt: at });
  const sameTime =
    appointment.startsAt === command.startsAt &&
    appointment.endsAt === command.endsAt &&
    (command.staffId === null || command.staffId === appointment.staffId);
  const linked: Appointment = { ...appointment, calcomUid: command.uid, externalUpdatedAt: at };
  // Our own push comes back: it says nothing new, or (we moved on meanwhile) something older than our pending push.
  const echo =
    command.metadataAppointmentId === appointment.id &&
    (command.type === 'created' || appointment.syncStatus === 'pending');
  // A late "created" of a booking that we have moved since says nothing of the pushes that are still on their way: an appointment moved
  // and moved back would look synced, and the echo of the move in between would then pass for somebody else's.
  const confirms = sameTime && (command.type !== 'created' || appointment.rescheduleCount === 0);
  if (sameTime || (echo && appointment.updatedAt > at - ECHO_SLACK_MS && appointment.syncStatus === 'pending')) {
    const changed = appointment.calcomUid !== command.uid || (confirms && appointment.syncStatus === 'pending');
    const after: Appointment = changed
      ? { ...linked, syncStatus: confirms ? 'synced' : appointment.syncStatus, version: appointment.version }
      : linked;
    if (cancelledAlready && isOpen(appointment.status)) return finish({ ...base, links }, after, command, now);
    return { ...base, outcome: changed ? 'linked' : 'unchanged', appointment: after, links };
  }
  // A cancelled row still takes over its last time, so that every order ends in the same state.
  if (!isOpen(appointment.status)) {
    if (appointment.status !== 'cancelled') return { ...base, appointment: linked, links, outcome: 'unchanged' };
    const assignment = assignmentFor(
      facts,
      {
        ...command,
        staffId: command.staffId ?? appointment.staffId,
        serviceId: appointment.serviceId,
        branchId: appointment.branchId,
      },
      [appointment.id],
    );
    return { ...base, appointment: assignment ? timed(linked, assignment) : linked, links, outcome: 'unchanged' };
  }
  const request = {
    ...command,
    staffId: command.staffId ?? appointment.staffId,
    serviceId: appointment.serviceId,
    branchId: appointment.branchId,
  };
  const assignment = assignmentFor(facts, request, [appointment.id]);
  const obstacle = assignment ? obstacleOf(assignment, facts.busy, now, [appointment.id]) : { owner: null };
  if (!assignment || (obstacle && !cancelledAlready)) {
    return {
      ...base,
      outcome: 'conflict',
      appointment: linked,
      links,
      conflict: conflictOf(command, appointment, obstacle?.owner ?? null, now, facts.openConflict),
    };
  }
  const after: Appointment = {
    ...timed(linked, assignment),
    syncStatus: 'synced',
    version: appointment.version + 1,
    rescheduleCount: appointment.rescheduleCount + 1,
    notify: false,
    updatedAt: now,
  };
  const moved: ExternalDecision = {
    ...base,
    outcome: 'moved',
    appointment: after,
    modification: modificationOf(
      command.modificationId,
      'external_reschedule',
      command.actor,
      appointment,
      after,
      NO_POLICY,
      now,
    ),
    occupations: occupationsOf(unbuffered(facts.schedule, 1), assignment),
    links,
    resolvedConflictId: facts.openConflict?.id ?? null,
  };
  return cancelledAlready ? finish(moved, after, command, now) : moved;
}

/** Clocks of two machines: an echo may carry a stamp a little before our own. */
const ECHO_SLACK_MS = 60_000;

/** The tombstone of this uid was here first. */
function finish(
  decision: ExternalDecision,
  appointment: Appointment,
  command: ApplyExternal,
  now: Instant,
): ExternalDecision {
  const after: Appointment = {
    ...appointment,
    status: 'cancelled',
    cancelledAt: now,
    updatedAt: now,
    version: appointment.version + (decision.modification ? 0 : 1),
  };
  return {
    ...decision,
    outcome: 'cancelled',
    appointment: after,
    ...cancelledOutside(command, appointment, after, now),
  };
}

function create(
  facts: ExternalFacts,
  command: ApplyExternal,
  now: Instant,
  base: ExternalDecision,
  previous: ExternalLink[],
  cancelledAlready: boolean,
): ExternalDecision {
  if (facts.link?.state === 'superseded') return { ...base, outcome: 'ignored_older' };
  const assignment = assignmentFor(facts, command, []);
  const obstacle = assignment ? obstacleOf(assignment, facts.busy, now, []) : { owner: null };
  const service = command.serviceId === null ? undefined : facts.schedule.services.get(command.serviceId);
  const branch = command.branchId === null ? undefined : facts.schedule.branches.get(command.branchId);
  if (!assignment || !service || !branch || command.customerId === null || (obstacle && !cancelledAlready)) {
    if (cancelledAlready) return { ...base, links: previous, outcome: 'cancelled' };
    // The link stays open: a later event of this booking may still find its place.
    return {
      ...base,
      links: previous,
      outcome: 'conflict',
      conflict: conflictOf(command, null, obstacle?.owner ?? null, now, facts.openConflict),
    };
  }
  const appointment = timed(
    newAppointment({
      id: command.appointmentId,
      companyId: branch.body.companyId,
      branchId: branch.id,
      customerId: command.customerId,
      serviceId: service.id,
      staffId: assignment.staffId,
      startsAt: command.startsAt,
      endsAt: command.endsAt,
      status: cancelledAlready ? 'cancelled' : 'confirmed',
      source: 'calcom',
      priceCents: assignment.priceCents,
      currency: service.body.currency,
      scheduleVersion: facts.schedule.version,
      calcomUid: command.uid,
      syncStatus: 'synced',
      externalUpdatedAt: command.externalUpdatedAt,
      createdAt: now,
      cancelledAt: cancelledAlready ? now : null,
      createdBy: command.actor,
    }),
    assignment,
  );
  return {
    ...base,
    outcome: cancelledAlready ? 'cancelled' : 'created',
    appointment,
    isNew: true,
    occupations: cancelledAlready ? [] : occupationsOf(unbuffered(facts.schedule, 1), assignment),
    links: [
      {
        uid: command.uid,
        appointmentId: appointment.id,
        state: cancelledAlready ? 'cancelled' : 'current',
        updatedAt: command.externalUpdatedAt,
      },
      ...previous,
    ],
    resolvedConflictId: facts.openConflict?.id ?? null,
  };
}

export function assignmentFor(
  facts: Pick<ExternalFacts, 'schedule' | 'busy'>,
  request: Pick<ApplyExternal, 'serviceId' | 'branchId' | 'staffId' | 'startsAt' | 'endsAt'>,
  exclude: readonly string[],
): Assignment | null {
  const service = request.serviceId === null ? undefined : facts.schedule.services.get(request.serviceId);
  if (!service || request.branchId === null || !facts.schedule.branches.has(request.branchId)) return null;
  if (request.staffId === null || !facts.schedule.staff.has(request.staffId)) return null;
  return forcedAssignment({
    schedule: facts.schedule,
    busy: facts.busy,
    service,
    branchId: request.branchId,
    staffId: request.staffId,
    start: request.startsAt / MINUTE,
    end: request.endsAt / MINUTE,
    partySize: 1,
    resources: null,
    nowMs: asInstant(0),
    exclude,
  });
}

/** The appointment at the time of a way. */
export function timed(appointment: Appointment, assignment: Assignment): Appointment {
  return {
    ...appointment,
    staffId: assignment.staffId,
    startsAt: instantOf(assignment.start),
    endsAt: instantOf(assignment.end),
    bookingType: assignment.segments.length > 1 ? 'composite' : appointment.bookingType,
    segments: segmentRows(assignment),
    resources: assignment.blocks.flatMap((b) => [...b.resources]),
  };
}

/** What `occupationsOf` reads of a plan; no buffers: the time was not ours to choose. */
export const unbuffered = (
  schedule: Schedule,
  partySize: number,
): Pick<Plan, 'schedule' | 'before' | 'after' | 'partySize'> => ({
  schedule,
  before: 0,
  after: 0,
  partySize,
});

function conflictOf(
  command: ApplyExternal,
  appointment: Appointment | null,
  owner: string | null,
  now: Instant,
  open: ExternalConflict | null,
): ExternalConflict {
  return {
    id: open?.id ?? command.conflictId,
    externalUid: command.uid,
    conflictingAppointmentId: owner?.startsWith('external:') ? null : owner,
    appointmentId: appointment?.id ?? null,
    startsAt: command.startsAt,
    endsAt: command.endsAt,
    staffId: command.staffId,
    serviceId: command.serviceId,
    customerId: command.customerId,
    status: 'open',
    createdAt: open?.createdAt ?? now,
  };
}
