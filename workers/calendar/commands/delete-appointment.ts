/** An appointment that is over or cancelled leaves every list; for 30 days it can be taken back. Nothing else of it changes: what was booked, charged and counted stays. */
import { err, ok } from '../../../shared/result.ts';
import { envelope } from '../events.ts';
import { hasEnded, occupies, refuseStale, refuseTransition } from '../rules/status.ts';
import type { ActorRef, Appointment } from '../../events/calendar.ts';
import { calendarCommand, type Keyed } from './command.ts';

export interface DeleteAppointment extends Keyed {
  actor: ActorRef;
  appointmentId: string;
  expectedVersion?: number | null;
}

/** Refusals: NOT_FOUND (`appointment`), VERSION_CONFLICT, ILLEGAL_TRANSITION (it is still to come, or running). */
export const deleteAppointment = calendarCommand<DeleteAppointment, { appointment: Appointment }>({
  name: 'deleteAppointment',
  decide(store, { appointmentId, expectedVersion }, now) {
    const before = store.appointments.find(appointmentId);
    if (!before) return err({ code: 'NOT_FOUND', entity: 'appointment' });
    const stale = refuseStale(before, expectedVersion);
    if (stale) return stale;
    if (occupies(before.status) && !hasEnded(before, now)) return refuseTransition(before, 'deleted', now);
    const appointment: Appointment = { ...before, version: before.version + 1, updatedAt: now, deletedAt: now };
    store.appointments.save(appointment);
    return ok({ value: { appointment }, events: [envelope({ type: 'appointment.deleted', appointment })] });
  },
});
