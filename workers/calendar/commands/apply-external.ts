/** What Cal.com says happened, in any order and any number of times. */
import { ok } from '../../../shared/result.ts';
import { envelope } from '../events.ts';
import { decideExternal } from '../rules/external.ts';
import { occupies } from '../rules/status.ts';
import type { ApplyExternal, ApplyExternalAnswer } from './inputs.ts';
import type { Appointment, ExternalConflict } from '../../events/calendar.ts';
import type { CalendarEvent } from '../events.ts';
import { calendarCommand } from './command.ts';

/**
 * Applies one message of Cal.com; what it came to is in `outcome`, also when nothing was to do.
 *
 * Refusals: VALIDATION_ERROR (`ends_at`: start and end are whole minutes, the end after the start).
 */
export const applyExternal = calendarCommand<ApplyExternal, ApplyExternalAnswer>({
  name: 'applyExternal',
  made: ['appointmentId', 'modificationId', 'conflictId'],
  decide(store, command, now) {
    const link = store.external.link(command.uid);
    const previousLink = command.previousUid ? store.external.link(command.previousUid) : null;
    const candidates = [
      command.metadataAppointmentId,
      link?.appointmentId,
      previousLink?.appointmentId,
      command.appointmentId,
    ];
    let before: Appointment | null = null;
    for (const id of candidates) if (before === null && id) before = store.appointments.find(id);
    const decided = decideExternal(
      {
        schedule: store.schedule.current(),
        busy: store.busy,
        link,
        previousLink,
        appointment: before,
        openConflict: store.external.openConflict(
          command.previousUid ? [command.uid, command.previousUid] : [command.uid],
        ),
      },
      command,
      now,
    );
    if (!decided.ok) return decided;
    const { outcome, appointment, isNew, modification, occupations, links, conflict, resolvedConflictId } =
      decided.value;
    const events: CalendarEvent[] = [];
    for (const one of links) store.external.saveLink(one);
    if (appointment && (isNew || appointment !== before)) {
      if (occupations) {
        store.busy.vacate(appointment.id);
        if (occupies(appointment.status)) store.busy.occupy(appointment.id, occupations, null, now);
      }
      store.appointments.save(appointment);
      if (modification) store.modifications.save(modification, null);
      const { customerId, startsAt } = appointment;
      if (isNew) {
        store.customers.register(customerId, now);
        const counted = { appointments: 1, ...(appointment.status === 'cancelled' ? { cancellations: 1 } : {}) };
        store.customers.countFor(customerId, counted, startsAt, null);
        events.push({ type: 'appointment.booked', appointment });
      } else if (modification?.type === 'external_cancel') {
        store.customers.countFor(customerId, { cancellations: 1, modifications: 1 }, null, now);
        events.push({ type: 'appointment.cancelled', appointment, modification, notify: false });
      } else if (modification) {
        store.customers.countFor(customerId, { reschedules: 1, modifications: 1 }, startsAt, now);
        events.push({ type: 'appointment.rescheduled', appointment, modification, notify: false });
      } else events.push({ type: 'appointment.linked', appointment });
    }
    if (conflict) {
      store.external.saveConflict(conflict);
      events.push({ type: 'external.conflict_found', conflict });
    }
    const settled = resolvedConflictId === null || conflict ? null : store.external.conflict(resolvedConflictId);
    if (settled) {
      const resolved: ExternalConflict = { ...settled, status: 'resolved' };
      store.external.saveConflict(resolved);
      events.push({ type: 'external.conflict_resolved', conflict: resolved });
    }
    return ok({ value: { outcome, appointment, conflict }, events: events.map(envelope) });
  },
});
