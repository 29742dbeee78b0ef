/** Appointments of another system are taken over; one that does not fit is skipped and named. Nobody is notified, nothing is pushed. */
import { err, ok } from '../../../shared/result.ts';
import { envelope } from '../events.ts';
import { decideImport } from '../rules/import.ts';
import type { StatsChange } from '../store/customers-table.ts';
import { MAX_BATCH_ITEMS } from '../bounds.ts';
import type { ImportAnswer, ImportAppointments } from './inputs.ts';
import type { AppointmentStatus } from '../../events/calendar.ts';
import { calendarCommand, listOf } from './command.ts';

const countedFor = (status: AppointmentStatus): StatsChange => ({
  appointments: 1,
  ...(status === 'completed' ? { completed: 1 } : {}),
  ...(status === 'cancelled' ? { cancellations: 1 } : {}),
  ...(status === 'no_show' ? { noShows: 1 } : {}),
});

/** Refusals: VALIDATION_ERROR (`appointments`: 1 to 500); what does not fit is skipped and named, no refusal. */
export const importAppointments = calendarCommand<ImportAppointments, ImportAnswer>({
  name: 'importAppointments',
  unrecorded: ['appointments.notes'],
  decide(store, command, now) {
    if (command.appointments.length === 0 || command.appointments.length > MAX_BATCH_ITEMS)
      return err({ code: 'VALIDATION_ERROR', errors: { appointments: [`1 to ${MAX_BATCH_ITEMS}`] } });
    const facts = {
      schedule: store.schedule.current(),
      busy: store.busy,
      exists: (id: string) => store.appointments.findAny(id) !== null,
    };
    const skipped: ImportAnswer['skipped'] = [];
    const events = [];
    for (const one of command.appointments) {
      const made = decideImport(facts, one, command.actor, now);
      if (typeof made === 'string') {
        skipped.push({ id: one.id, because: made });
        continue;
      }
      const { appointment, occupations } = made;
      const { id, customerId, calcomUid, createdAt, startsAt, status } = appointment;
      if (occupations.length > 0) store.busy.occupy(id, occupations, null, now);
      store.appointments.save(appointment);
      store.appointments.saveTexts(id, { notes: one.notes ?? null, internalNotes: null });
      store.customers.register(customerId, now);
      if (calcomUid)
        store.external.saveLink({ uid: calcomUid, appointmentId: id, state: 'current', updatedAt: createdAt });
      store.customers.countFor(customerId, countedFor(status), startsAt, null);
      events.push(envelope({ type: 'appointment.imported', appointment }));
    }
    return ok({ value: { imported: events.length, skipped }, events });
  },
  needs: (command) => ({ appointmentIds: listOf(command['appointments']).map((one) => String(one['id'])) }),
  restore: (command, { texts }) => ({
    ...command,
    appointments: listOf(command['appointments']).map((one) => ({
      ...one,
      notes: texts.get(String(one['id']))?.notes ?? null,
    })),
  }),
});
