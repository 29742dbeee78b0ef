/** `cancel-appointment`: cancels an appointment that the caller has proven to be theirs, after reading it back. Called by dispatch.ts. */
import { newId } from '../../../shared/ids.ts';
import { cancelledLately, chosenAppointment, isConfirmed, type Own, withOwnAppointments } from '../own-appointments.ts';
import { momentOf, sayMoment, sayMoney } from '../speech.ts';
import { textOf } from '../named-choices.ts';
import { answer, type BranchContext, type FunctionAnswer, type FunctionCall, refusal, sayIn } from './function-call.ts';

type Answer = FunctionAnswer<'cancel-appointment'>;

export const cancelAppointment = (call: FunctionCall, branchContext: BranchContext): Promise<Answer> =>
  withOwnAppointments(call, branchContext, (own) => cancelled(call, branchContext, own));

async function cancelled(call: FunctionCall, branchContext: BranchContext, own: Own): Promise<Answer> {
  const chosen = chosenAppointment(call, branchContext, own);
  if (!chosen.ok) {
    const done = await cancelledLately(call, own);
    if (!done || own.upcoming.length > 1) return chosen.answer;
    return answer(
      sayIn(call, 'cancelled', {
        when: sayMoment(branchContext.voice, momentOf(done.appointment.startsAt, done.timeZone)),
      }),
      {
        appointment_id: done.appointment.id,
      },
    );
  }
  const { appointment, timeZone } = chosen.detail;
  const when = sayMoment(branchContext.voice, momentOf(appointment.startsAt, timeZone));
  const confirm = isConfirmed(call);
  if (!confirm)
    return refusal(
      'CONFIRMATION_REQUIRED',
      sayIn(call, 'cancel_ask', { when }),
      { appointment_id: appointment.id, ...momentOf(appointment.startsAt, timeZone) },
      { missing: ['confirm'] },
    );
  const { result } = await call.scope.calendar.cancel({
    key: `retell:${call.callId}:cancel:${appointment.id}:${appointment.version}`,
    now: call.now,
    actor: { kind: 'phone', id: call.callId },
    appointmentId: appointment.id,
    modificationId: newId('modification', call.now),
    reason: textOf(call.args, 'reason') ?? null,
    confirm,
    notify: true,
  });
  if (result.ok) {
    const fee = result.value.cancellationFeeCents;
    const message =
      fee > 0
        ? sayIn(call, 'cancelled_fee', { when, fee: sayMoney(fee, appointment.currency, call.language) })
        : sayIn(call, 'cancelled', { when });
    return answer(message, { appointment_id: appointment.id, cancellation_fee_cents: fee });
  }
  const error = result.error;
  switch (error.code) {
    case 'POLICY_CONFIRMATION_REQUIRED': {
      const fee = error.details.cancellation_fee_cents;
      const message =
        fee > 0
          ? sayIn(call, 'cancel_confirm', { fee: sayMoney(fee, appointment.currency, call.language) })
          : sayIn(call, 'policy_confirm');
      return refusal(error.code, message, { cancellation_fee_cents: fee });
    }
    case 'POLICY_VIOLATION':
      return refusal(error.code, sayIn(call, 'policy_refused'));
    case 'ILLEGAL_TRANSITION':
      return refusal(error.code, sayIn(call, 'not_changeable'));
    default:
      return refusal(error.code, sayIn(call, 'temporary_no_callback'));
  }
}
