/** A deleted appointment stands in its lists again, as it was. */
import { DAY } from '../../../shared/time.ts';
import { err, ok } from '../../../shared/result.ts';
import { envelope } from '../events.ts';
import { refuseStale } from '../rules/status.ts';
import type { Appointment } from '../../events/calendar.ts';
import { calendarCommand } from './command.ts';
import type { DeleteAppointment } from './delete-appointment.ts';

/** As long a deleted appointment can be taken back, as every deleted item of a list. */
const UNDELETABLE_MS = 30 * DAY;

/** One that is not deleted stays as it is. Refusals: NOT_FOUND (`appointment`; also after 30 days), VERSION_CONFLICT. */
export const undeleteAppointment = calendarCommand<DeleteAppointment, { appointment: Appointment }>({
  name: 'undeleteAppointment',
  decide(store, { appointmentId, expectedVersion }, now) {
    const before = store.appointments.findAny(appointmentId);
    if (!before || (before.deletedAt !== undefined && before.deletedAt + UNDELETABLE_MS <= now))
      return err({ code: 'NOT_FOUND', entity: 'appointment' });
    if (before.deletedAt === undefined) return ok({ value: { appointment: before }, events: [] });
    const stale = refuseStale(before, expectedVersion);
    if (stale) return stale;
    const { deletedAt: _, ...rest } = before;
    const appointment: Appointment = { ...rest, version: before.version + 1, updatedAt: now };
    store.appointments.save(appointment);
    return ok({ value: { appointment }, events: [envelope({ type: 'appointment.undeleted', appointment })] });
  },
});
