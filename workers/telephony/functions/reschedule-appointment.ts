/** `reschedule-appointment`: moves an appointment that the caller has proven to be theirs, in one step, after reading both times back. Called by dispatch.ts. */
import type { Instant } from '../../../shared/clock.ts';
import { newId } from '../../../shared/ids.ts';
import { toIso } from '../../../shared/time.ts';
import type { Appointment, AppointmentDetail, Reschedule, RescheduleAnswer } from '../../calendar/types.ts';
import { sha256Hex } from '../../object-runtime/hash.ts';
import { movedWords, type Whence } from '../moving.ts';
import { fittingSlots, lookFor, notFreeSentence } from '../offers.ts';
import { chosenAppointment, isConfirmed, type Own, withOwnAppointments } from '../own-appointments.ts';
import { insteadOf } from '../slot-search.ts';
import { listed, momentOf, phrase, sayMoment, sayMoments } from '../speech.ts';
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
  type TimeAsked,
  timeAsked,
  wireAlternatives,
  wireReading,
  wordsOf,
} from './function-call.ts';

type Answer = FunctionAnswer<'reschedule-appointment'>;

export const rescheduleAppointment = (call: FunctionCall, branchContext: BranchContext): Promise<Answer> =>
  withOwnAppointments(call, branchContext, (own) => moved(call, branchContext, own));

/** The words as they were said, for a repeat of the model to be known by: kept as a hash. */
function saidOf(call: FunctionCall, zone: string): { words: string; hash: string } {
  const { words } = wordsOf(call.args, zone);
  const text = [words.when, words.date, words.time].filter(Boolean).join(' ').toLowerCase();
  return { words: text, hash: sha256Hex(text).slice(0, 16) };
}

/**
 * The new time as it was said of the appointment: of where it is about to go, once that was read back ("nein, doch lieber um fünf"), else
 * of where it is. Days and hours that say themselves are read as everywhere.
 */
function newTime(
  call: FunctionCall,
  branchContext: BranchContext,
  { from, said }: { from: Whence; said: { words: string } },
): TimeAsked {
  const at = (date: string, time: string): TimeAsked => timeAsked({ date, time }, branchContext);
  const meant = movedWords(said.words, from, branchContext.voice.zone);
  if (meant.kind === 'moment') return at(meant.date, meant.time);
  if (meant.kind === 'same_time') {
    if (meant.rest === '') return timeAsked({}, branchContext);
    const day = timeAsked({ when: meant.rest }, branchContext);
    return day.understood.kind === 'date' && day.understood.date !== undefined && !day.understood.closed
      ? at(day.understood.date, from.time)
      : day;
  }
  const read =
    meant.kind === 'same_day' ? timeAsked({ when: meant.rest }, branchContext) : timeAsked(call.args, branchContext);
  const { kind, time } = read.understood;
  return kind === 'time' && time !== undefined ? at(from.date, time) : read;
}

async function moved(call: FunctionCall, branchContext: BranchContext, own: Own): Promise<Answer> {
  const chosen = chosenAppointment(call, branchContext, own);
  if (!chosen.ok) return chosen.answer;
  const { appointment, timeZone } = chosen.detail;
  const said = saidOf(call, branchContext.voice.zone);
  const proposed = own.caller.conversation.wish.move;
  const waiting = proposed?.appointmentId === appointment.id ? proposed : null;
  const present = momentOf(appointment.startsAt, timeZone);
  // A repeat of the model means what it meant before, not an hour more.
  const isRepeat = waiting !== null && waiting.words === said.hash;
  const time = isRepeat
    ? timeAsked({ date: waiting.date, time: waiting.time }, branchContext)
    : newTime(call, branchContext, { from: waiting !== null && !waiting.done ? waiting : present, said });
  const reading = { understood: wireReading(time.understood) };
  const staff = staffAsked(call, branchContext);
  if (!staff.ok) return staff.answer;
  const startsAt = certainStart(time);
  if (startsAt === null) {
    const offers = await offersFor(call, branchContext, chosen.detail, staff.staffId, time, reading);
    if (offers !== null) return offers;
    return { ...refusal('TIME_UNCLEAR', questionAbout(call, branchContext, time), {}, reading), fromCachedData: true };
  }
  const when = sayMoment(branchContext.voice, momentOf(startsAt, branchContext.voice.zone));
  // Also what the model's repeat finds after the first one succeeded.
  if (appointment.startsAt === startsAt && (staff.staffId === null || staff.staffId === appointment.staffId)) {
    return answer(sayIn(call, 'moved_already', { when }), {
      appointment_id: appointment.id,
      starts_at: toIso(startsAt),
      ...reading,
    });
  }
  const remember = (done: boolean): Promise<unknown> =>
    call.scope.calendar.conversation({
      now: call.now,
      callId: call.callId,
      merge: {
        wish: {
          move: {
            appointmentId: appointment.id,
            ...momentOf(startsAt, branchContext.voice.zone),
            words: said.hash,
            done,
          },
        },
      },
    });
  const confirm = isConfirmed(call);
  const namesStaff = textOf(call.args, 'staff_id', 'staff', 'staff_name') !== undefined;
  const request: Reschedule = {
    // The version makes "there, back and there again" three moves; a repeat of the first sees the new start above.
    key: `retell:${call.callId}:move:${appointment.id}:${startsAt}:${appointment.version}`,
    now: call.now,
    actor: { kind: 'phone', id: call.callId },
    appointmentId: appointment.id,
    modificationId: newId('modification', call.now),
    newStartsAt: startsAt,
    ...(namesStaff ? { staffId: staff.staffId } : {}),
    callId: call.callId,
    offeredOnly: true,
    confirm: true,
    notify: true,
  };
  // What would come of it is looked at first, so that the caller doesn't confirm a slot that is gone.
  const outcome = confirm
    ? await call.scope.calendar.reschedule(request)
    : await call.scope.calendar.previewReschedule(request);
  const { result } = outcome;
  if (result.ok && !confirm) {
    await remember(false);
    return readBack(call, branchContext, { old: appointment.startsAt, timeZone, preview: result.value, reading });
  }
  if (result.ok) {
    await remember(true);
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
      const { alternatives } = error.details;
      // The person stays unless the caller says otherwise: who else has time is offered by name.
      const [first] = alternatives;
      const others =
        error.details.reason === 'full' && first?.starts_at === toIso(startsAt) && !namesStaff
          ? sayIn(call, 'move_other', {
              staff: chosen.detail.staffName,
              when,
              slots: listed(
                alternatives.map((one) =>
                  phrase(call.language, 'visit_with', {
                    when: sayMoment(branchContext.voice, one),
                    staff: one.staff_name,
                  }),
                ),
                call.language,
                'or',
              ),
            })
          : null;
      const asked = { when, staffId: staff.staffId ?? appointment.staffId, party: 1 };
      const message = others ?? notFreeSentence(call, branchContext, error.details, asked, alternatives);
      return counted(
        refusal(error.code, message, { ...error.details, alternatives: wireAlternatives(alternatives) }, reading),
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

/** A stretch ("Freitag nachmittag", "so bald wie möglich") is answered with what is free in it. Null: the words hold no such thing. */
async function offersFor(
  call: FunctionCall,
  branchContext: BranchContext,
  { appointment, serviceNames }: AppointmentDetail,
  staffId: string | null,
  time: TimeAsked,
  reading: Reading,
): Promise<Answer | null> {
  const { search, understood } = time;
  if (!time.given || search.state !== 'search' || understood.closed || understood.kind === 'time') return null;
  const ids = [appointment.serviceId, ...appointment.moreServiceIds];
  const services = ids.flatMap((id) => branchContext.hours.snapshot.services.filter((one) => one.id === id));
  if (services.length !== serviceNames.length) return null;
  const sought = {
    services,
    // Who serves several services is found again when it is moved.
    staffId: staffId ?? (ids.length === 1 && isServedByOne(appointment) ? appointment.staffId : null),
    party: appointment.partySize,
    durationMinutes: undefined,
  };
  const outcome = await lookFor(call, branchContext, sought, time);
  if (!outcome.result.ok) return null;
  const found = outcome.result.value;
  const fitting = fittingSlots(found, time);
  const slots = fitting.length > 0 ? fitting : insteadOf(found);
  const asked = { when: null, staffId: sought.staffId, party: 1 };
  const message =
    fitting.length > 0
      ? sayIn(call, 'move_slots', { slots: sayMoments(branchContext.voice, fitting) })
      : notFreeSentence(call, branchContext, found, asked, slots);
  return counted(
    refusal(
      'TIME_UNCLEAR',
      message,
      { choices: slots.map(({ date, time: clock }) => ({ date, time: clock })) },
      reading,
    ),
    outcome,
  );
}

const isServedByOne = ({ segments, staffId }: Appointment): boolean =>
  segments.every((one) => one.staffId === null || one.staffId === staffId);
