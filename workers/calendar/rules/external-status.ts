/**
 * The rule of what Cal.com says of an appointment that took place, or did not: no-show, taken back, ended. What people noted here by hand
 * stands; only what Cal.com itself said is corrected by it. Called by external.ts.
 */
import { isOpen } from '../../../shared/appointment-status.ts';
import type { Instant } from '../../../shared/clock.ts';
import type { ApplyExternal } from '../commands/inputs.ts';
import type { Appointment, AppointmentStatus, Modification } from '../../events/calendar.ts';
import { modificationOf, NO_POLICY } from './status.ts';

/** Their clock may say a little earlier than ours that a meeting is over. */
const END_SLACK_MS = 60_000;

/** Null: it says nothing that counts. @param newest the appointment's newest change */
export function decideOccurred(
  appointment: Appointment,
  newest: Modification | null,
  command: Pick<ApplyExternal, 'type' | 'modificationId' | 'actor'>,
  now: Instant,
): { appointment: Appointment; modification: Modification } | null {
  const next = statusAfter(appointment, newest, command.type, now);
  if (next === null || next === appointment.status) return null;
  const after: Appointment = { ...appointment, status: next, version: appointment.version + 1, updatedAt: now };
  return {
    appointment: after,
    modification: modificationOf(command.modificationId, 'status', command.actor, appointment, after, NO_POLICY, now),
  };
}

function statusAfter(
  { status, startsAt, endsAt }: Appointment,
  newest: Modification | null,
  type: ApplyExternal['type'],
  now: Instant,
): AppointmentStatus | null {
  const runs = isOpen(status) || status === 'in_progress';
  const saidThere = newest?.actor.kind === 'calcom' && newest.newStatus === status;
  switch (type) {
    case 'no_show':
      if (startsAt > now) return null;
      return runs || (status === 'completed' && saidThere) ? 'no_show' : null;
    case 'attended':
      return status === 'no_show' && saidThere ? newest.oldStatus : null;
    case 'ended':
      // Who was never confirmed was not there either.
      return runs && status !== 'pending' && endsAt <= now + END_SLACK_MS ? 'completed' : null;
    default:
      return null;
  }
}
