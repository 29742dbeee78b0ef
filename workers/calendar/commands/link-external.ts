/** What a push to Cal.com answered is kept: uid and state of the sync. */
import { err, ok } from '../../../shared/result.ts';
import { envelope } from '../events.ts';
import { decideLink } from '../rules/link.ts';
import type { LinkExternal } from './inputs.ts';
import type { Appointment } from '../../events/calendar.ts';
import { calendarCommand } from './command.ts';
import { settleConflict } from './conflict-parts.ts';

/**
 * Keeps the uid and how the push ended; an older answer changes nothing. Where the two sides agree again, what was open between them is
 * settled. Refusals: NOT_FOUND (`appointment`).
 */
export const linkExternal = calendarCommand<LinkExternal, { appointment: Appointment }>({
  name: 'linkExternal',
  decide(store, command, now) {
    const before = store.appointments.findAny(command.appointmentId);
    if (!before) return err({ code: 'NOT_FOUND', entity: 'appointment' });
    const link = command.calcomUid === null ? null : store.external.link(command.calcomUid);
    const { appointment, links, cancelled } = decideLink(before, link, command, now);
    for (const one of links) store.external.saveLink(one);
    const settled =
      command.syncStatus === 'synced' && command.pushedVersion >= before.version
        ? store.external.openOf(before.id).map((open) => settleConflict(store, open, null, now).event)
        : [];
    if (cancelled) {
      store.busy.vacate(appointment.id);
      store.appointments.save(appointment);
      store.modifications.save(cancelled, null);
      store.customers.countFor(appointment.customerId, { cancellations: 1, modifications: 1 }, null, now);
      return ok({
        value: { appointment },
        events: [
          { type: 'appointment.cancelled' as const, appointment, modification: cancelled, notify: true },
          ...settled,
        ].map(envelope),
      });
    }
    if (appointment === before) return ok({ value: { appointment }, events: settled.map(envelope) });
    store.appointments.save(appointment);
    return ok({
      value: { appointment },
      events: [{ type: 'appointment.linked' as const, appointment }, ...settled].map(envelope),
    });
  },
});
