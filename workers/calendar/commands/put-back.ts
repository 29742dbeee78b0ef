/** A cancellation or a move is taken back: the same appointment at its old place, if nothing newer happened and it is free. */
import { err, ok } from '../../../shared/result.ts';
import { envelope } from '../events.ts';
import { decidePutBack } from '../rules/put-back.ts';
import type { PutBack, PutBackAnswer } from './inputs.ts';
import { calendarCommand } from './command.ts';

/**
 * Takes back the newest cancellation or move.
 *
 * Refusals: NOT_FOUND (`appointment`; `modification`: not one of this appointment), ILLEGAL_TRANSITION (something newer happened, or the
 * old start is past), APPOINTMENT_CONFLICT (the place was taken meanwhile).
 */
export const putBack = calendarCommand<PutBack, PutBackAnswer>({
  name: 'putBack',
  made: ['modificationId'],
  decide(store, command, now) {
    const before = store.appointments.find(command.appointmentId);
    if (!before) return err({ code: 'NOT_FOUND', entity: 'appointment' });
    const decided = decidePutBack(
      {
        schedule: store.schedule.current(),
        busy: store.busy,
        undone: store.modifications.find(command.undoes),
        newest: store.modifications.of(before.id, 1)[0] ?? null,
      },
      before,
      command,
      now,
    );
    if (!decided.ok) return decided;
    const { appointment, modification, occupations } = decided.value;
    store.busy.vacate(appointment.id);
    store.busy.occupy(appointment.id, occupations, null, now);
    store.appointments.save(appointment);
    store.modifications.save(modification, null);
    if (before.calcomUid !== null && appointment.calcomUid === null)
      store.external.saveLink({
        uid: before.calcomUid,
        appointmentId: before.id,
        state: 'superseded',
        updatedAt: now,
      });
    const restored = modification.type === 'restore';
    // What was taken back says nothing about the customer: an appointment counts as cancelled at most once, and only while it is.
    const undone = restored ? { cancellations: -1 } : { reschedules: -1 };
    store.customers.countFor(appointment.customerId, { ...undone, modifications: 1 }, null, now);
    return ok({
      value: { appointment },
      events: [
        envelope(
          restored
            ? { type: 'appointment.restored', appointment, modification }
            : { type: 'appointment.rescheduled', appointment, modification, notify: true },
        ),
      ],
    });
  },
});
