/** An appointment is confirmed, begun, completed, or its customer stayed away. */
import { err, ok } from '../../../shared/result.ts';
import { envelope } from '../events.ts';
import { decideStatus } from '../rules/status.ts';
import type { SetStatus } from './inputs.ts';
import type { Appointment } from '../../events/calendar.ts';
import { MINUTE } from '../../../shared/time.ts';
import { calendarCommand } from './command.ts';

/**
 * Takes one of the actions that the appointment's status and the clock allow.
 *
 * Refusals: NOT_FOUND (`appointment`), VERSION_CONFLICT, ILLEGAL_TRANSITION.
 */
export const setStatus = calendarCommand<SetStatus, { appointment: Appointment }>({
  name: 'setStatus',
  made: ['modificationId'],
  decide(store, command, now) {
    const before = store.appointments.find(command.appointmentId);
    if (!before) return err({ code: 'NOT_FOUND', entity: 'appointment' });
    const decided = decideStatus(before, command, now);
    if (!decided.ok) return decided;
    const { appointment, modification } = decided.value;
    // Who stays away frees what is left of the time.
    if (appointment.status === 'no_show') store.busy.vacateFrom(appointment.id, Math.ceil(now / MINUTE));
    store.appointments.save(appointment);
    store.modifications.save(modification, null);
    const counted =
      appointment.status === 'completed' ? { completed: 1 } : appointment.status === 'no_show' ? { noShows: 1 } : {};
    store.customers.countFor(appointment.customerId, counted, null, now);
    return ok({
      value: { appointment },
      events: [envelope({ type: 'appointment.status_changed', appointment, modification })],
    });
  },
});
