/**
 * The rule of what Cal.com says: requested, created, rescheduled, reassigned, cancelled, rejected — in any order, any number of times, ours
 * or made there — converge. Called by the object inside its transaction. Source of the payload facts: Cal.com's webhooks (a reschedule
 * brings a new uid with the old one beside it; cancellations carry no metadata).
 *
 * A uid is announced once. Where it is known, from our own push's answer or from an earlier message, a repeat says nothing of time and
 * person; and `created` of a booking with our id in it is our own push, whenever it comes. Both move nothing. Else the last word
 * on a time is the change with the latest `externalUpdatedAt` (a known successor of the current uid always counts as later); a
 * cancellation of the current uid is final. The caller derives `appointmentId` from what all events of one booking share (our id in
 * metadata, else iCalUID), so that events meet in one appointment whichever comes first.
 */
import { isOpen } from '../../../shared/appointment-status.ts';
import type { Instant } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { MINUTE } from '../../../shared/time.ts';
import { type Occupation, occupationsOf } from '../engine/availability.ts';
import type { ApplyExternal, ApplyExternalAnswer } from '../commands/inputs.ts';
import type { Appointment, AppointmentStatus, ExternalConflict, Modification } from '../../events/calendar.ts';
import { newAppointment } from './appointment.ts';
import { conflictOf, type Place, type PlaceFacts, placeFor, timed, unbuffered } from './external-place.ts';
import { decideOccurred } from './external-status.ts';
import { modificationOf, NO_POLICY } from './status.ts';

/** What we know of a Cal.com uid. */
export interface ExternalLink {
  uid: string;
  appointmentId: string | null;
  /** `requested`: current, its host has not accepted it yet */
  state: 'current' | 'requested' | 'superseded' | 'cancelled' | 'rejected';
  /** of the change that made it so */
  updatedAt: Instant;
}
interface ExternalFacts extends PlaceFacts {
  link: ExternalLink | null;
  previousLink: ExternalLink | null;
  /** found by metadata, uid, previous uid or the command's own id; in this order */
  appointment: Appointment | null;
  /** its newest change */
  newest: Modification | null;
  /** open conflict row of this booking */
  openConflict: ExternalConflict | null;
}
export interface ExternalDecision {
  outcome: ApplyExternalAnswer['outcome'];
  /** state after; null when there is (still) no appointment */
  appointment: Appointment | null;
  isNew: boolean;
  /** nothing of it is left */
  isRemoved: boolean;
  modification: Modification | null;
  /** null: its rows stay as they are; []: it has none any more */
  occupations: Occupation[] | null;
  links: ExternalLink[];
  conflict: ExternalConflict | null;
  /** a conflict row of this booking that is settled by this */
  resolvedConflictId: string | null;
}

/** Clocks of two machines: an echo may carry a stamp a little before our own. */
const ECHO_SLACK_MS = 60_000;

/** A decision that changes nothing. */
export const UNTOUCHED: ExternalDecision = {
  outcome: 'unchanged',
  appointment: null,
  isNew: false,
  isRemoved: false,
  modification: null,
  occupations: null,
  links: [],
  conflict: null,
  resolvedConflictId: null,
};

/** Refusals: VALIDATION_ERROR (end before start). */
export function decideExternal(facts: ExternalFacts, command: ApplyExternal, now: Instant): Result<ExternalDecision> {
  const base: ExternalDecision = { ...UNTOUCHED, appointment: facts.appointment };
  switch (command.type) {
    case 'cancelled':
    case 'rejected':
      return ok(ended(facts, command, now, base));
    case 'no_show':
    case 'attended':
    case 'ended': {
      const occurred = facts.appointment && decideOccurred(facts.appointment, facts.newest, command, now);
      return ok(occurred ? { ...base, outcome: 'status', ...occurred } : base);
    }
    case 'created':
    case 'rescheduled':
    case 'reassigned':
      if (command.endsAt <= command.startsAt || command.startsAt % MINUTE !== 0 || command.endsAt % MINUTE !== 0)
        return err({ code: 'VALIDATION_ERROR', errors: { ends_at: ['whole minutes, after the start'] } });
      return ok(placed(facts, command, now, base));
  }
}

/** Cancelled by whomever, or declined by its host. */
function ended(facts: ExternalFacts, command: ApplyExternal, now: Instant, base: ExternalDecision): ExternalDecision {
  const { link, appointment } = facts;
  if (link?.state === 'superseded') return { ...base, outcome: 'ignored_older' };
  const state = command.type === 'rejected' || link?.state === 'rejected' ? 'rejected' : 'cancelled';
  const links: ExternalLink[] = [
    { uid: command.uid, appointmentId: appointment?.id ?? null, state, updatedAt: command.externalUpdatedAt },
  ];
  const resolvedConflictId = facts.openConflict?.id ?? null;
  if (!appointment) return { ...base, links, resolvedConflictId, outcome: isGone(link) ? 'unchanged' : 'cancelled' };
  // Another uid of the same booking, older than what we have: the tombstone is kept, the booking stands.
  if (
    appointment.calcomUid !== null &&
    appointment.calcomUid !== command.uid &&
    timesAt(appointment) > command.externalUpdatedAt
  ) {
    return { ...base, links, outcome: 'ignored_older' };
  }
  if (!isOpen(appointment.status)) return { ...base, links, resolvedConflictId, outcome: 'unchanged' };
  // A request of Cal.com's that its host declined never was an appointment.
  if (command.type === 'rejected' && appointment.status === 'pending' && appointment.source === 'calcom')
    return { ...base, outcome: 'removed', isRemoved: true, occupations: [], links, resolvedConflictId };
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

const isGone = (link: ExternalLink | null): boolean => link?.state === 'cancelled' || link?.state === 'rejected';
const isAnnounced = (link: ExternalLink | null): boolean => link?.state === 'current' || link?.state === 'requested';

/** When the appointment's time was last said from outside. */
const timesAt = (appointment: Appointment): number => appointment.externalUpdatedAt ?? 0;

/** The link that an announced booking gets; a tombstone that was here first stays. */
const linkOf = (command: ApplyExternal, appointmentId: string, link: ExternalLink | null): ExternalLink => ({
  uid: command.uid,
  appointmentId,
  state: link && isGone(link) ? link.state : command.pending ? 'requested' : 'current',
  updatedAt: command.externalUpdatedAt,
});
const supersede = (uid: string, appointmentId: string, updatedAt: Instant): ExternalLink => ({
  uid,
  appointmentId,
  state: 'superseded',
  updatedAt,
});

function placed(facts: ExternalFacts, command: ApplyExternal, now: Instant, base: ExternalDecision): ExternalDecision {
  const { link, appointment, previousLink } = facts;
  const at = command.externalUpdatedAt;
  const previous: ExternalLink[] =
    command.previousUid && !isGone(previousLink)
      ? [supersede(command.previousUid, appointment?.id ?? command.appointmentId, at)]
      : [];
  if (!appointment) return create(facts, command, now, base, previous);
  if (link?.state === 'superseded') return { ...base, links: previous, outcome: 'ignored_older' };
  const isOurs = command.metadataAppointmentId === appointment.id;
  const isKnown = isAnnounced(link) && link?.appointmentId === appointment.id && appointment.calcomUid === command.uid;
  if (command.type === 'reassigned') return reassigned(facts, appointment, command, now, base);
  if (isKnown || (isOurs && command.type === 'created'))
    return announced(facts, appointment, command, now, { ...base, links: previous }, isKnown);

  const successor =
    command.previousUid !== null && command.previousUid !== undefined && command.previousUid === appointment.calcomUid;
  const isCurrent = appointment.calcomUid === null || appointment.calcomUid === command.uid || successor;
  const older =
    at < timesAt(appointment) ||
    (at === timesAt(appointment) && command.type === 'created' && appointment.calcomUid !== command.uid);
  if (!isCurrent && older)
    return {
      ...base,
      links: [
        isGone(link) ? linkOf(command, appointment.id, link) : supersede(command.uid, appointment.id, at),
        ...previous,
      ],
      outcome: 'ignored_older',
    };
  // The same word again; a later move of ours must not be undone by it.
  if (appointment.calcomUid === command.uid && at <= timesAt(appointment))
    return { ...base, links: previous, outcome: 'unchanged' };

  const links = [linkOf(command, appointment.id, link), ...previous];
  if (!isCurrent && appointment.calcomUid) links.push(supersede(appointment.calcomUid, appointment.id, at));
  const linked: Appointment = { ...appointment, calcomUid: command.uid, externalUpdatedAt: at };
  const sameTime = isSameTime(appointment, command);
  // Our own move comes back before its answer was kept: it says what we pushed, or (we moved on meanwhile) something older than that.
  const echo =
    isOurs &&
    appointment.syncStatus === 'pending' &&
    (command.startsAt === appointment.startsAt || appointment.updatedAt > at - ECHO_SLACK_MS);
  if (sameTime || echo) {
    const changed = appointment.calcomUid !== command.uid || (sameTime && appointment.syncStatus === 'pending');
    const after: Appointment = changed
      ? { ...linked, syncStatus: sameTime ? 'synced' : appointment.syncStatus }
      : linked;
    if (isGone(link) && isOpen(appointment.status)) return finish({ ...base, links }, after, command, now);
    return { ...base, outcome: changed ? 'linked' : 'unchanged', appointment: after, links };
  }
  const wanted = wantedOf(facts, command, appointment);
  const place = placeFor(facts, wanted, now, [appointment.id]);
  // A cancelled row still takes over its last time, so that every order ends in the same state.
  if (!isOpen(appointment.status)) {
    const { assignment } = place;
    const after = appointment.status === 'cancelled' && assignment !== null ? timed(linked, assignment) : linked;
    return { ...base, appointment: after, links, outcome: 'unchanged' };
  }
  if (place.assignment === null || (!place.free && !isGone(link))) {
    const { reason, owner } = place as Extract<Place, { free: false }>;
    return {
      ...base,
      outcome: 'conflict',
      appointment: linked,
      links,
      conflict: conflictOf(
        command,
        { kind: 'move', reason, appointmentId: appointment.id, owner },
        now,
        facts.openConflict,
      ),
    };
  }
  const moved = movedTo(facts, linked, place, command, now, base);
  const decided = { ...moved, links, resolvedConflictId: facts.openConflict?.id ?? null };
  return isGone(link) ? finish(decided, moved.appointment, command, now) : decided;
}

const isSameTime = (appointment: Appointment, command: ApplyExternal): boolean =>
  appointment.startsAt === command.startsAt &&
  appointment.endsAt === command.endsAt &&
  (command.staffId === null || command.staffId === appointment.staffId);

/** What a move asks for: who is not mapped stays, and the branch follows from person and time, unless neither says one. */
function wantedOf(facts: PlaceFacts, command: ApplyExternal, appointment: Appointment) {
  const wanted = {
    serviceId: appointment.serviceId,
    staffId: command.staffId ?? appointment.staffId,
    branchId: command.branchId,
    startsAt: command.startsAt,
    endsAt: command.endsAt,
  };
  if (wanted.branchId !== null) return wanted;
  const place = placeFor(facts, wanted, command.now, [appointment.id]);
  return !place.free && place.reason === 'unknown_branch' ? { ...wanted, branchId: appointment.branchId } : wanted;
}

/** A booking that we know of, or that our own push made, is announced: nothing moves. Its host's acceptance changes the state. */
function announced(
  facts: ExternalFacts,
  appointment: Appointment,
  command: ApplyExternal,
  now: Instant,
  base: ExternalDecision,
  isKnown: boolean,
): ExternalDecision {
  const { link } = facts;
  if (isKnown) {
    const accepted = link?.state === 'requested' && command.type === 'created' && !command.pending;
    if (!accepted) return confirmedByEcho(appointment, command, base);
    const links = [...base.links, linkOf(command, appointment.id, link)];
    if (appointment.status !== 'pending') return { ...base, links };
    const after: Appointment = {
      ...appointment,
      status: 'confirmed',
      version: appointment.version + 1,
      updatedAt: now,
    };
    return {
      ...base,
      outcome: 'status',
      appointment: after,
      modification: modificationOf(command.modificationId, 'status', command.actor, appointment, after, NO_POLICY, now),
      links,
    };
  }
  const { calcomUid } = appointment;
  if (calcomUid !== null && calcomUid !== command.uid && appointment.syncStatus !== 'pending') {
    // A create whose answer was lost, made once more: Cal.com keeps two bookings of one appointment.
    if (isGone(link) || !isOpen(appointment.status)) return base;
    return {
      ...base,
      outcome: 'conflict',
      conflict: conflictOf(
        command,
        { kind: 'booking', reason: 'twice', appointmentId: null, owner: appointment.id },
        now,
        facts.openConflict,
      ),
    };
  }
  const links = [...base.links, linkOf(command, appointment.id, link)];
  if (calcomUid !== null && calcomUid !== command.uid)
    links.push(supersede(calcomUid, appointment.id, command.externalUpdatedAt));
  const linked: Appointment = {
    ...appointment,
    calcomUid: command.uid,
    externalUpdatedAt: Math.max(command.externalUpdatedAt, timesAt(appointment)) as Instant,
  };
  const decided = confirmedByEcho(linked, command, { ...base, links });
  if (isGone(link) && isOpen(appointment.status))
    return finish({ ...base, links }, decided.appointment ?? linked, command, now);
  return { ...decided, outcome: calcomUid === command.uid ? decided.outcome : 'linked' };
}

/**
 * An echo that says what we have settles the push. A late "created" of a booking that we have moved since says nothing of the pushes that
 * are still on their way: an appointment moved and moved back would look synced.
 */
function confirmedByEcho(appointment: Appointment, command: ApplyExternal, base: ExternalDecision): ExternalDecision {
  const settles =
    appointment.syncStatus === 'pending' &&
    !command.pending &&
    isSameTime(appointment, command) &&
    (command.type !== 'created' || appointment.rescheduleCount === 0);
  return settles
    ? { ...base, outcome: 'linked', appointment: { ...appointment, syncStatus: 'synced' } }
    : { ...base, appointment };
}

/** Somebody at Cal.com gave the booking to another person. While a push of ours is on its way, or waits for a person, ours counts. */
function reassigned(
  facts: ExternalFacts,
  appointment: Appointment,
  command: ApplyExternal,
  now: Instant,
  base: ExternalDecision,
): ExternalDecision {
  const counts =
    isOpen(appointment.status) &&
    appointment.calcomUid === command.uid &&
    appointment.syncStatus !== 'pending' &&
    appointment.syncStatus !== 'failed' &&
    command.staffId !== null &&
    command.staffId !== appointment.staffId &&
    command.externalUpdatedAt >= timesAt(appointment);
  if (!counts) return base;
  const { startsAt, endsAt } = appointment;
  const wanted = wantedOf(facts, { ...command, startsAt, endsAt }, appointment);
  const place = placeFor(facts, wanted, now, [appointment.id]);
  const linked: Appointment = { ...appointment, externalUpdatedAt: command.externalUpdatedAt };
  if (place.free)
    return { ...movedTo(facts, linked, place, command, now, base), resolvedConflictId: facts.openConflict?.id ?? null };
  const { reason, owner } = place;
  return {
    ...base,
    outcome: 'conflict',
    appointment: linked,
    conflict: conflictOf(
      { ...command, startsAt, endsAt },
      { kind: 'host', reason, appointmentId: appointment.id, owner },
      now,
      facts.openConflict,
    ),
  };
}

/** Whether a host has still to accept it. */
function statusAfter(appointment: Appointment, pending: boolean | undefined): AppointmentStatus {
  if (pending) return 'pending';
  return appointment.source === 'calcom' && appointment.status === 'pending' ? 'confirmed' : appointment.status;
}

/** The appointment goes where it stands at Cal.com. Called here and for a conflict in which theirs is taken. */
export function movedTo(
  facts: PlaceFacts,
  appointment: Appointment,
  place: Place,
  command: Pick<ApplyExternal, 'modificationId' | 'actor' | 'pending'>,
  now: Instant,
  base: ExternalDecision,
): ExternalDecision & { appointment: Appointment } {
  const { assignment } = place;
  if (assignment === null) throw new Error('defect: moved to no place');
  const after: Appointment = {
    ...timed(appointment, assignment),
    branchId: place.free ? place.branch.id : appointment.branchId,
    status: statusAfter(appointment, command.pending),
    syncStatus: 'synced',
    version: appointment.version + 1,
    rescheduleCount: appointment.rescheduleCount + 1,
    notify: false,
    updatedAt: now,
  };
  return {
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
  };
}

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
): ExternalDecision {
  const { link } = facts;
  if (link?.state === 'superseded' || link?.state === 'rejected')
    return { ...base, links: previous, outcome: 'ignored_older' };
  const isCancelled = link?.state === 'cancelled';
  const place = placeFor(facts, command, now, []);
  const { customerId } = command;
  if (!place.free || customerId === null) {
    if (isCancelled) return { ...base, links: previous, outcome: 'cancelled' };
    const { reason, owner } = place.free ? { reason: 'unknown_customer' as const, owner: null } : place;
    // The link stays open: a later event of this booking may still find its place.
    return {
      ...base,
      links: previous,
      outcome: 'conflict',
      conflict: conflictOf(command, { kind: 'booking', reason, appointmentId: null, owner }, now, facts.openConflict),
    };
  }
  const { assignment, service, branch } = place;
  const appointment = timed(
    newAppointment({
      id: command.appointmentId,
      companyId: branch.body.companyId,
      branchId: branch.id,
      customerId,
      serviceId: service.id,
      staffId: assignment.staffId,
      startsAt: command.startsAt,
      endsAt: command.endsAt,
      status: isCancelled ? 'cancelled' : command.pending ? 'pending' : 'confirmed',
      source: 'calcom',
      priceCents: assignment.priceCents,
      currency: service.body.currency,
      scheduleVersion: facts.schedule.version,
      calcomUid: command.uid,
      syncStatus: 'synced',
      externalUpdatedAt: command.externalUpdatedAt,
      createdAt: now,
      cancelledAt: isCancelled ? now : null,
      createdBy: command.actor,
    }),
    assignment,
  );
  return {
    ...base,
    outcome: isCancelled ? 'cancelled' : 'created',
    appointment,
    isNew: true,
    occupations: isCancelled ? [] : occupationsOf(unbuffered(facts.schedule, 1), assignment),
    links: [linkOf(command, appointment.id, link), ...previous],
    resolvedConflictId: facts.openConflict?.id ?? null,
  };
}
