/** An appointment is cancelled and its place is free. */
import { err, ok } from '../../../shared/result.ts';
import { envelope } from '../events.ts';
import { decideCancel } from '../rules/cancel.ts';
import type { Cancel, CancelAnswer } from './inputs.ts';
import { calendarCommand, withReason } from './command.ts';

/**
 * Cancels an appointment; the fee, in minor units, is what the policy says at `now`.
 *
 * Refusals: NOT_FOUND (`appointment`), VERSION_CONFLICT, ILLEGAL_TRANSITION (no longer open), POLICY_VIOLATION (the policy forbids it),
 * POLICY_CONFIRMATION_REQUIRED (the policy warns and `confirm` is not given).
 */
export const cancel = calendarCommand<Cancel, CancelAnswer>({
  name: 'cancel',
  made: ['modificationId'],
  unrecorded: ['reason'],
  decide(store, command, now) {
    const before = store.appointments.find(command.appointmentId);
    if (!before) return err({ code: 'NOT_FOUND', entity: 'appointment' });
    const decided = decideCancel(before, command, now);
    if (!decided.ok) return decided;
    const { appointment, modification, verdict } = decided.value;
    store.busy.vacate(appointment.id);
    store.appointments.save(appointment);
    store.modifications.save(modification, command.reason ?? null);
    store.customers.countFor(appointment.customerId, { cancellations: 1, modifications: 1 }, null, now);
    return ok({
      value: {
        appointment,
        policyCheck: verdict.check,
        policyViolation: verdict.violation,
        cancellationFeeCents: verdict.feeCents,
        refundEligible: verdict.feeCents === 0,
      },
      events: [envelope({ type: 'appointment.cancelled', appointment, modification, notify: command.notify ?? true })],
    });
  },
  ...withReason,
});
