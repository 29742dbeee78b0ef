/** A person decides where Cal.com and our calendar disagree. */
import { err, ok } from '../../../shared/result.ts';
import { envelope, type CalendarEvent } from '../events.ts';
import { takeTheirs } from '../rules/conflict.ts';
import { resolutionsOf } from '../rules/resolutions.ts';
import type { Appointment } from '../../events/calendar.ts';
import type { CalendarStore } from '../store/store.ts';
import { saveDecided } from './apply-external.ts';
import { calendarCommand } from './command.ts';
import { settleConflict } from './conflict-parts.ts';
import type { ConflictAnswer, ResolveConflict } from './inputs.ts';

/**
 * `keep_ours`: the appointment is pushed again, or Cal.com's booking is cancelled there (by the effect of the event); `take_theirs`: theirs
 * gets its place here at once; `dismiss`: nothing is changed.
 *
 * Refusals: NOT_FOUND (`conflict`, or the `appointment` that it is about), ILLEGAL_TRANSITION (settled already, or not offered for it),
 * APPOINTMENT_CONFLICT (there is still no place for theirs).
 */
export const resolveConflict = calendarCommand<ResolveConflict, ConflictAnswer>({
  name: 'resolveConflict',
  made: ['modificationId'],
  decide(store, command, now) {
    const conflict = store.external.conflict(command.conflictId);
    if (!conflict) return err({ code: 'NOT_FOUND', entity: 'conflict' });
    const allowed = resolutionsOf(conflict);
    if (!allowed.includes(command.resolution))
      return err({ code: 'ILLEGAL_TRANSITION', details: { from: conflict.status, to: command.resolution, allowed } });
    const ours = conflict.appointmentId === null ? null : store.appointments.find(conflict.appointmentId);
    if (conflict.appointmentId !== null && ours === null && command.resolution !== 'dismiss')
      return err({ code: 'NOT_FOUND', entity: 'appointment' });
    let events: CalendarEvent[] = [];
    let after = ours;
    if (command.resolution === 'take_theirs') {
      const taken = takeTheirs({ schedule: store.schedule.current(), busy: store.busy }, conflict, ours, command, now);
      if (!taken.ok) return taken;
      for (const link of taken.value.links) store.external.saveLink(link);
      events = saveDecided(store, ours, taken.value, now);
      after = taken.value.appointment;
    } else if (command.resolution === 'keep_ours' && ours) {
      after = pushedAgain(store, ours);
      events = [{ type: 'appointment.linked', appointment: after }];
    }
    const pushes = after?.syncStatus === 'pending' ? after.version : null;
    const settled = settleConflict(store, conflict, command.resolution, now, pushes);
    return ok({
      value: { conflict: settled.conflict, appointment: after },
      events: [...events, settled.event].map(envelope),
    });
  },
});

/** The appointment waits for its push. */
function pushedAgain(store: CalendarStore, appointment: Appointment): Appointment {
  const after: Appointment = { ...appointment, syncStatus: 'pending' };
  store.appointments.save(after);
  return after;
}
