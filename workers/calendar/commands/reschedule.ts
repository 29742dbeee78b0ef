/** An appointment moves: the old slot is freed only when the new one is taken. */
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/clock.ts';
import { namesOf } from '../engine/names.ts';
import { envelope } from '../events.ts';
import { decideReschedule } from '../rules/reschedule.ts';
import type { CalendarStore } from '../store/store.ts';
import type { Reschedule, RescheduleAnswer } from './inputs.ts';
import type { Appointment } from '../../events/calendar.ts';
import { calendarCommand, withReason } from './command.ts';
import { countLostSlot } from './lost-slot.ts';

type Stored = Omit<RescheduleAnswer, 'staffName' | 'timeZone'>;

function rescheduled(
  store: CalendarStore,
  before: Appointment,
  command: Reschedule,
  now: Instant,
): ReturnType<typeof decideReschedule> {
  return decideReschedule(
    {
      schedule: store.schedule.current(),
      busy: store.busy,
      tokenHold: command.lockToken ? store.holds.find(command.lockToken) : null,
      callHold: command.callId ? (store.holds.live('call_id', command.callId, now)[0] ?? null) : null,
    },
    before,
    command,
    now,
  );
}

const named = (store: CalendarStore, stored: Stored): RescheduleAnswer => {
  const { staffName, timeZone } = namesOf(store.schedule.current(), stored.appointment);
  return { ...stored, staffName, timeZone };
};

/**
 * Moves an open appointment to another start, person or branch.
 *
 * Refusals: NOT_FOUND (`appointment`; unknown or inactive `staff`, `branch`; `hold`), VERSION_CONFLICT, ILLEGAL_TRANSITION (no longer
 * open), POLICY_VIOLATION, POLICY_CONFIRMATION_REQUIRED, VALIDATION_ERROR (start, a quote of another slot), HOLD_EXPIRED, QUOTE_STALE,
 * APPOINTMENT_CONFLICT.
 */
export const reschedule = calendarCommand<Reschedule, Stored, RescheduleAnswer>({
  name: 'reschedule',
  made: ['modificationId', 'lockToken', 'quote'],
  unrecorded: ['reason', 'quote'],
  decide(store, command, now) {
    const before = store.appointments.find(command.appointmentId);
    if (!before) return err({ code: 'NOT_FOUND', entity: 'appointment' });
    const decided = rescheduled(store, before, command, now);
    if (!decided.ok) return decided;
    const { appointment, modification, occupations, usedHold, verdict } = decided.value;
    const value: Stored = {
      appointment,
      oldStartsAt: before.startsAt,
      newStartsAt: appointment.startsAt,
      policyCheck: verdict.check,
    };
    if (!modification) return ok({ value, events: [] });
    if (usedHold) store.holds.remove(usedHold);
    store.busy.vacate(appointment.id);
    store.busy.occupy(appointment.id, occupations, null, now);
    store.appointments.save(appointment);
    store.modifications.save(modification, command.reason ?? null);
    store.customers.countFor(appointment.customerId, { reschedules: 1, modifications: 1 }, appointment.startsAt, now);
    return ok({
      value,
      events: [
        envelope({ type: 'appointment.rescheduled', appointment, modification, notify: command.notify ?? true }),
      ],
    });
  },
  answer: (store, stored) => ok(named(store, stored)),
  after: countLostSlot,
  ...withReason,
});

/** What a move would come to, said to the caller before their yes; writes nothing. Refusals: as `reschedule`. */
export function previewReschedule(store: CalendarStore, command: Reschedule): Result<RescheduleAnswer> {
  const before = store.appointments.find(command.appointmentId);
  if (!before) return err({ code: 'NOT_FOUND', entity: 'appointment' });
  const decided = rescheduled(store, before, command, command.now);
  if (!decided.ok) return decided;
  const { appointment, verdict } = decided.value;
  return ok(
    named(store, {
      appointment,
      oldStartsAt: before.startsAt,
      newStartsAt: appointment.startsAt,
      policyCheck: verdict.check,
    }),
  );
}
