/** What Cal.com says happened, in any order and any number of times. */
import { ok } from '../../../shared/result.ts';
import type { AppointmentStatus } from '../../../shared/appointment-status.ts';
import type { Instant } from '../../../shared/clock.ts';
import { envelope } from '../events.ts';
import { decideExternal, type ExternalDecision } from '../rules/external.ts';
import { occupies } from '../rules/status.ts';
import type { ApplyExternal, ApplyExternalAnswer } from './inputs.ts';
import type { Appointment, Modification } from '../../events/calendar.ts';
import type { CalendarEvent } from '../events.ts';
import type { CalendarStore } from '../store/store.ts';
import type { StatsChange } from '../store/customers-table.ts';
import { calendarCommand } from './command.ts';
import { openConflict, settleConflict } from './conflict-parts.ts';

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
    for (const id of candidates) if (before === null && id) before = store.appointments.findAny(id);
    const decided = decideExternal(
      {
        schedule: store.schedule.current(),
        busy: store.busy,
        link,
        previousLink,
        appointment: before,
        newest: before && (store.modifications.of(before.id, 1)[0] ?? null),
        openConflict: store.external.openConflict(
          command.previousUid ? [command.uid, command.previousUid] : [command.uid],
        ),
      },
      command,
      now,
    );
    if (!decided.ok) return decided;
    const { outcome, appointment, links, conflict: found, resolvedConflictId } = decided.value;
    for (const one of links) store.external.saveLink(one);
    const events = saveDecided(store, before, decided.value, now);
    const opened = found && openConflict(store, found);
    if (opened) events.push(opened.event);
    const settled = resolvedConflictId === null || opened ? null : store.external.conflict(resolvedConflictId);
    if (settled) events.push(settleConflict(store, settled, null, now).event);
    return ok({
      value: { outcome, appointment, conflict: opened?.conflict ?? null },
      events: events.map(envelope),
    });
  },
});

/** Writes what became of the appointment and answers its events. Called here and where a conflict is decided for Cal.com. */
export function saveDecided(
  store: CalendarStore,
  before: Appointment | null,
  decided: Pick<ExternalDecision, 'appointment' | 'isNew' | 'isRemoved' | 'modification' | 'occupations'>,
  now: Instant,
): CalendarEvent[] {
  const { appointment, isNew, isRemoved, modification, occupations } = decided;
  if (!appointment || (!isNew && !isRemoved && appointment === before)) return [];
  const { customerId, startsAt } = appointment;
  if (occupations) {
    store.busy.vacate(appointment.id);
    if (occupies(appointment.status)) store.busy.occupy(appointment.id, occupations, null, now);
  }
  if (isRemoved) {
    store.appointments.remove(appointment.id);
    store.customers.countFor(customerId, { appointments: -1 }, null, now);
    return [{ type: 'appointment.removed', appointment }];
  }
  store.appointments.save(appointment);
  if (modification) store.modifications.save(modification, null);
  if (isNew) {
    store.customers.register(customerId, now);
    const counted = { appointments: 1, ...(appointment.status === 'cancelled' ? { cancellations: 1 } : {}) };
    store.customers.countFor(customerId, counted, startsAt, null);
    return [{ type: 'appointment.booked', appointment }];
  }
  if (!modification) return [{ type: 'appointment.linked', appointment }];
  switch (modification.type) {
    case 'external_cancel':
      store.customers.countFor(customerId, { cancellations: 1, modifications: 1 }, null, now);
      return [{ type: 'appointment.cancelled', appointment, modification, notify: false }];
    case 'status':
      store.customers.countFor(customerId, occurrenceCounts(modification), null, now);
      return [{ type: 'appointment.status_changed', appointment, modification }];
    default:
      store.customers.countFor(customerId, { reschedules: 1, modifications: 1 }, startsAt, now);
      return [{ type: 'appointment.rescheduled', appointment, modification, notify: false }];
  }
}

/** An appointment counts as completed or missed while it is. */
function occurrenceCounts({ oldStatus, newStatus }: Modification): StatsChange {
  const turned = (status: AppointmentStatus): number => Number(newStatus === status) - Number(oldStatus === status);
  return { completed: turned('completed'), noShows: turned('no_show') };
}
