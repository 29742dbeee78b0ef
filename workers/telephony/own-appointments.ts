/**
 * The caller's own appointments, for moving, cancelling and reading out. A number can be forged, so the name must be right as well
 * (spec/03); what is not found and what belongs to somebody else sound the same. Called by three functions.
 */
import type { AppointmentDetail } from '../calendar/types.ts';
import { sameName } from '../../shared/person-names.ts';
import { fullName } from '../../shared/full-name.ts';
import { customersByPhone } from '../storage/queries/customers.ts';
import { callerLine, nameSaid } from './caller.ts';
import {
  type Desk,
  type FunctionAnswer,
  type FunctionCall,
  refusal,
  sayIn,
  timeAsked,
} from './functions/function-call.ts';
import { momentOf, sayMoments } from './speech.ts';
import { textOf } from './wishes.ts';

/** Appointments that may still be moved or cancelled. */
const OPEN = new Set(['pending', 'confirmed']);

export type Own =
  | { ok: true; customerId: string; upcoming: AppointmentDetail[] }
  | { ok: false; answer: FunctionAnswer };

/** Appointments of the person whose line and whole name these are; a first name alone does not open them. */
export async function ownAppointments(call: FunctionCall, desk: Desk): Promise<Own> {
  const line = callerLine(call, desk);
  if (line.kind === 'ask') return { ok: false, answer: refusal('PHONE_REQUIRED', sayIn(call, 'ask_number')) };
  const name = nameSaid(call.args);
  if (name === null)
    return {
      ok: false,
      answer: refusal('NAME_REQUIRED', sayIn(call, 'name_required'), { missing: ['customer_name'] }),
    };
  const people = await customersByPhone(call.scope.db, line.line.e164, line.line.extension);
  const person = people.find((one) => {
    const known = fullName(one);
    return known !== null && sameName(known, name);
  });
  if (!person) return { ok: false, answer: refusal('NOT_FOUND', sayIn(call, 'name_mismatch')) };
  const { result } = await call.scope.calendar.appointmentsOf({ customerId: person.id, now: call.now });
  if (!result.ok) return { ok: false, answer: refusal(result.error.code, sayIn(call, 'temporary_no_callback')) };
  return {
    ok: true,
    customerId: person.id,
    upcoming: result.value.upcoming.filter(({ appointment }) => OPEN.has(appointment.status)),
  };
}

export type Chosen = { ok: true; detail: AppointmentDetail } | { ok: false; answer: FunctionAnswer };

/** Which of the person's appointments is meant: by id, by its present day, or the only one. */
export function chosenAppointment(call: FunctionCall, desk: Desk, own: Own & { ok: true }): Chosen {
  const id = textOf(call.args, 'appointment_id');
  if (id !== undefined) {
    const named = own.upcoming.find(({ appointment }) => appointment.id === id);
    if (named) return { ok: true, detail: named };
    return { ok: false, answer: refusal('NOT_FOUND', sayIn(call, 'appointment_unknown')) };
  }
  const [only, ...more] = own.upcoming;
  if (!only) return { ok: false, answer: refusal('NOT_FOUND', sayIn(call, 'no_appointments')) };
  if (more.length === 0) return { ok: true, detail: only };
  const day = presentDay(call, desk);
  const onDay =
    day === null
      ? []
      : own.upcoming.filter(({ appointment, timeZone }) => momentOf(appointment.startsAt, timeZone).date === day);
  if (onDay.length === 1 && onDay[0]) return { ok: true, detail: onDay[0] };
  const slots = (onDay.length > 1 ? onDay : own.upcoming).map(({ appointment, timeZone }) =>
    momentOf(appointment.startsAt, timeZone),
  );
  return {
    ok: false,
    answer: refusal(
      'APPOINTMENT_AMBIGUOUS',
      sayIn(call, 'which_appointment', { slots: sayMoments(desk.voice, slots) }),
      {
        choices: own.upcoming.slice(0, 3).map(({ appointment }) => ({
          appointment_id: appointment.id,
          ...momentOf(appointment.startsAt, desk.voice.zone),
        })),
      },
    ),
  };
}

/** The day the appointment has now, as the caller names it. */
function presentDay(call: FunctionCall, desk: Desk): string | null {
  const words = textOf(call.args, 'current_when', 'current_date', 'appointment_date', 'old_date');
  if (words === undefined) return null;
  return timeAsked({ when: words }, desk).understood.date ?? null;
}

/** Longest time after which a repeat of the model still means the cancellation that it asked for before. */
const LATELY_MS = 15 * 60_000;

/** What was cancelled a moment ago, by id or in this call: a repeat of the model is told so again. */
export async function cancelledLately(call: FunctionCall, own: Own & { ok: true }): Promise<AppointmentDetail | null> {
  const id = textOf(call.args, 'appointment_id');
  const ids = id === undefined ? await madeInCall(call) : [id];
  for (const one of ids) {
    const { result } = await call.scope.calendar.appointment(one);
    if (!result.ok) continue;
    const { customerId, status, cancelledAt } = result.value.appointment;
    if (customerId !== own.customerId || status !== 'cancelled' || cancelledAt === null) continue;
    if (call.now - cancelledAt < LATELY_MS) return result.value;
  }
  return null;
}

async function madeInCall(call: FunctionCall): Promise<string[]> {
  const { result } = await call.scope.calendar.conversation({ now: call.now, callId: call.callId });
  return result.ok ? result.value.appointmentIds : [];
}
