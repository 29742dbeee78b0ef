/** The life cycle of an appointment: which state follows which, and the rule of changing it by hand. Called by the object and by other rules. */
import { versionConflict } from '../../../shared/errors.ts';
import { allowedActions, isOpen, STATUS_AFTER, type StatusAction } from '../../../shared/appointment-status.ts';
import type { Instant } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { SetStatus } from '../commands/inputs.ts';
import type { ActorRef, Appointment, AppointmentStatus, Modification } from '../../events/calendar.ts';

/** Keeps its place in the calendar. */
export const occupies = (status: AppointmentStatus): boolean => isOpen(status) || status === 'in_progress';

/** Over by the clock: neither moved nor cancelled but by who may backdate. */
export const hasEnded = ({ endsAt }: Pick<Appointment, 'endsAt'>, now: Instant): boolean => endsAt <= now;

/** States reachable now, cancelling included: what ILLEGAL_TRANSITION lists for the caller. */
function reachableStates(appointment: Appointment, now: Instant): string[] {
  const states: string[] = allowedActions(appointment, now).flatMap(
    (action) => STATUS_AFTER[appointment.status][action] ?? [],
  );
  return isOpen(appointment.status) && !hasEnded(appointment, now) ? [...states, 'cancelled'] : states;
}

export const refuseTransition = (appointment: Appointment, to: string, now: Instant): Result<never> =>
  err({
    code: 'ILLEGAL_TRANSITION',
    details: { from: appointment.status, to, allowed: reachableStates(appointment, now) },
  });

/** VERSION_CONFLICT when the caller looked at an older state. */
export function refuseStale(appointment: Appointment, expected: number | null | undefined): Result<never> | null {
  if (expected === null || expected === undefined || expected === appointment.version) return null;
  return err(versionConflict(expected, appointment.version));
}

/** The record of a change, before → after. */
export function modificationOf(
  id: string,
  type: Modification['type'],
  actor: ActorRef,
  before: Appointment,
  after: Appointment,
  policy: Pick<Modification, 'policyCheck' | 'policyViolation' | 'feeCents'>,
  at: Instant,
): Modification {
  return {
    id,
    appointmentId: before.id,
    customerId: before.customerId,
    type,
    actor,
    oldStartsAt: before.startsAt,
    newStartsAt: after.startsAt,
    oldStaffId: before.staffId,
    newStaffId: after.staffId,
    oldStatus: before.status,
    newStatus: after.status,
    ...policy,
    at,
  };
}
export const NO_POLICY = { policyCheck: 'passed', policyViolation: false, feeCents: 0 } as const;

const GOAL: Record<StatusAction, AppointmentStatus> = {
  confirm: 'confirmed',
  start: 'in_progress',
  complete: 'completed',
  no_show: 'no_show',
};

/** Refusals: VERSION_CONFLICT, ILLEGAL_TRANSITION (also too early: in progress from 15 minutes before the start, completed from the start, no-show from 5 minutes after it). */
export function decideStatus(
  appointment: Appointment,
  command: SetStatus,
  now: Instant,
): Result<{ appointment: Appointment; modification: Modification }> {
  const stale = refuseStale(appointment, command.expectedVersion);
  if (stale) return stale;
  const next = STATUS_AFTER[appointment.status][command.action];
  if (!next || !allowedActions(appointment, now).includes(command.action))
    return refuseTransition(appointment, GOAL[command.action], now);
  const after: Appointment = {
    ...appointment,
    status: next,
    version: appointment.version + 1,
    updatedAt: now,
    // A booking that waits for its host at Cal.com is accepted there too.
    ...(appointment.status === 'pending' && next === 'confirmed' && appointment.syncStatus !== 'none'
      ? { syncStatus: 'pending' as const }
      : {}),
  };
  return ok({
    appointment: after,
    modification: modificationOf(command.modificationId, 'status', command.actor, appointment, after, NO_POLICY, now),
  });
}
