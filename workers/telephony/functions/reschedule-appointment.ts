/** `reschedule-appointment`: moves an appointment that the caller has proven to be theirs, in one step, after reading both times back. Called by dispatch.ts. */
import type { Instant } from '../../../shared/clock.ts';
import { newId } from '../../../shared/ids.ts';
import { toIso } from '../../../shared/time.ts';
import type { Reschedule, RescheduleAnswer } from '../../calendar/types.ts';
import { chosenAppointment, isConfirmed, type Own, withOwnAppointments } from '../own-appointments.ts';
import { momentOf, sayMoment, sayMoments } from '../speech.ts';
import { textOf } from '../named-choices.ts';
import {
  answer,
  certainStart,
  counted,
  type BranchContext,
  type FunctionAnswer,
  type FunctionCall,
  questionAbout,
  type Reading,
  refusal,
  sayIn,
  staffAsked,
  timeAsked,
  wireAlternatives,
  wireReading,
} from './function-call.ts';

type Answer = FunctionAnswer<'reschedule-appointment'>;

export const rescheduleAppointment = (call: FunctionCall, branchContext: BranchContext): Promise<Answer> =>
  withOwnAppointments(call, branchContext, (own) => moved(call, branchContext, own));

async function moved(call: FunctionCall, branchContext: BranchContext, own: Own): Promise<Answer> {
  const chosen = chosenAppointment(call, branchContext, own);
  if (!chosen.ok) return chosen.answer;
  const { appointment, timeZone } = chosen.detail;
  const time = timeAsked(call.args, branchContext);
  const reading = { understood: wireReading(time.understood) };
  const startsAt = certainStart(time);
  if (startsAt === null) {
    return { ...refusal('TIME_UNCLEAR', questionAbout(call, branchContext, time), {}, reading), fromCachedData: true };
  }
  const staff = staffAsked(call, branchContext);
  if (!staff.ok) return staff.answer;
  const when = sayMoment(branchContext.voice, momentOf(startsAt, branchContext.voice.zone));
  // Also what the model's repeat finds after the first one succeeded.
  if (appointment.startsAt === startsAt && (staff.staffId === null || staff.staffId === appointment.staffId)) {
    return answer(sayIn(call, 'moved_already', { when }), {
      appointment_id: appointment.id,
      starts_at: toIso(startsAt),
      ...reading,
    });
  }
  const confirm = isConfirmed(call);
  const request: Reschedule = {
    // The version makes "there, back and there again" three moves; a repeat of the first sees the new start above.
    key: `retell:${call.callId}:move:${appointment.id}:${startsAt}:${appointment.version}`,
    now: call.now,
    actor: { kind: 'phone', id: call.callId },
    appointmentId: appointment.id,
    modificationId: newId('modification', call.now),
    newStartsAt: startsAt,
    ...(textOf(call.args, 'staff_id', 'staff', 'staff_name') === undefined ? {} : { staffId: staff.staffId }),
    callId: call.callId,
    confirm: true,
    notify: true,
  };
  // What would come of it is looked at first, so that the caller doesn't confirm a slot that is gone.
  const outcome = confirm
    ? await call.scope.calendar.reschedule(request)
    : await call.scope.calendar.previewReschedule(request);
  const { result } = outcome;
  if (result.ok && !confirm)
    return readBack(call, branchContext, { old: appointment.startsAt, timeZone, preview: result.value, reading });
  if (result.ok) {
    return counted(
      answer(
        sayIn(call, 'moved', {
          when: sayMoment(branchContext.voice, momentOf(result.value.newStartsAt, result.value.timeZone)),
          staff: result.value.staffName,
        }),
        {
          appointment_id: appointment.id,
          starts_at: toIso(result.value.newStartsAt),
          calendar_link: await call.linkTo(appointment.id, result.value.appointment.endsAt),
          ...reading,
        },
      ),
      outcome,
    );
  }
  const error = result.error;
  switch (error.code) {
    case 'APPOINTMENT_CONFLICT': {
      const slots = sayMoments(branchContext.voice, error.details.alternatives);
      const message =
        slots === '' ? sayIn(call, 'conflict_none', { when }) : sayIn(call, 'slot_taken', { when, slots });
      return counted(
        refusal(
          error.code,
          message,
          { ...error.details, alternatives: wireAlternatives(error.details.alternatives) },
          reading,
        ),
        outcome,
      );
    }
    case 'POLICY_CONFIRMATION_REQUIRED':
      return counted(refusal(error.code, sayIn(call, 'policy_confirm'), {}, reading), outcome);
    case 'POLICY_VIOLATION':
      return counted(refusal(error.code, sayIn(call, 'policy_refused'), {}, reading), outcome);
    case 'ILLEGAL_TRANSITION':
      return counted(refusal(error.code, sayIn(call, 'not_changeable'), {}, reading), outcome);
    case 'VALIDATION_ERROR':
      return counted(
        refusal(error.code, sayIn(call, startsAt <= call.now ? 'past' : 'not_configured'), {}, reading),
        outcome,
      );
    default:
      return counted(refusal(error.code, sayIn(call, 'temporary_no_callback'), {}, reading), outcome);
  }
}

/** Both times, and with whom: the caller's yes comes back as `confirm`. */
function readBack(
  call: FunctionCall,
  branchContext: BranchContext,
  facts: { old: Instant; timeZone: string; preview: RescheduleAnswer; reading: Reading },
): Answer {
  const { old, timeZone, preview, reading } = facts;
  const when = sayMoment(branchContext.voice, momentOf(preview.newStartsAt, preview.timeZone));
  return refusal(
    'CONFIRMATION_REQUIRED',
    sayIn(call, 'move_ask', {
      old: sayMoment(branchContext.voice, momentOf(old, timeZone)),
      when,
      staff: preview.staffName,
    }),
    { appointment_id: preview.appointment.id, starts_at: toIso(preview.newStartsAt) },
    { missing: ['confirm'], ...reading },
  );
}
