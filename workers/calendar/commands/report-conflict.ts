/** A push that did not come through is kept for a person, who repeats it by a click. */
import { err, ok } from '../../../shared/result.ts';
import { envelope } from '../events.ts';
import { mappedOf } from '../rules/event-types.ts';
import type { ExternalConflict } from '../../events/calendar.ts';
import { calendarCommand } from './command.ts';
import { openConflict } from './conflict-parts.ts';
import type { ReportConflict } from './inputs.ts';

/**
 * Opens the conflict of a push, or says anew what is known of the open one; the appointment stays as it is and is marked as failed. A push
 * of an older state says nothing: the newer one speaks for itself.
 *
 * Refusals: NOT_FOUND (`appointment`).
 */
export const reportConflict = calendarCommand<ReportConflict, { conflict: ExternalConflict | null }>({
  name: 'reportConflict',
  made: ['conflictId'],
  decide(store, command, now) {
    const { appointmentId, kind, reason, calcomUid, eventTypeId, hostId } = command;
    const appointment = store.appointments.find(appointmentId);
    if (!appointment) return err({ code: 'NOT_FOUND', entity: 'appointment' });
    if (command.pushedVersion < appointment.version) return ok({ value: { conflict: null }, events: [] });
    const open = store.external.openOf(appointmentId).find((one) => one.kind === 'host' || one.kind === 'push');
    const { services, staff } = store.schedule.current();
    const host = mappedOf(
      { services: [...services.values()], staff: [...staff.values()] },
      { eventTypeId: null, hostId },
    );
    const opened = openConflict(store, {
      id: open?.id ?? command.conflictId,
      kind,
      reason,
      externalUid: calcomUid ?? appointment.calcomUid ?? '',
      conflictingAppointmentId: null,
      appointmentId,
      startsAt: command.startsAt ?? appointment.startsAt,
      endsAt: command.endsAt ?? appointment.endsAt,
      staffId: kind === 'host' ? host.staffId : appointment.staffId,
      serviceId: appointment.serviceId,
      customerId: appointment.customerId,
      eventTypeId,
      hostId,
      madeId: null,
      pending: false,
      externalUpdatedAt: null,
      status: 'open',
      resolution: null,
      createdAt: open?.createdAt ?? now,
      resolvedAt: null,
    });
    const failed = { ...appointment, syncStatus: 'failed' as const };
    store.appointments.save(failed);
    return ok({
      value: { conflict: opened.conflict },
      events: [{ type: 'appointment.linked' as const, appointment: failed }, opened.event].map(envelope),
    });
  },
});
