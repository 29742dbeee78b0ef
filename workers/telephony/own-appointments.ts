/**
 * The caller's own appointments, for moving, cancelling and reading out: only for who has proven to be theirs (docs/callers.md). What is
 * not found and what belongs to somebody else sound the same. Called by three functions.
 */
import { isOpen } from '../../shared/appointment-status.ts';
import type { AppointmentDetail } from '../calendar/types.ts';
import { nameWords } from '../../shared/person-names.ts';
import { type Caller, isNewHere } from './caller.ts';
import {
  type BranchContext,
  type FunctionCall,
  type Made,
  type Refused,
  refusal,
  sayIn,
  timeAsked,
} from './functions/function-call.ts';
import { refuseExhausted, withCaller } from './functions/with-caller.ts';
import { listed, MAX_SPOKEN_OFFERS, type Moment, momentOf, phrase, sayMoment, sayMoments } from './speech.ts';
import { namedStaff, textOf } from './named-choices.ts';

/** What the caller has proven to be theirs. */
export interface Own {
  caller: Caller;
  customerId: string;
  /** all that come, or the one appointment whose day and hour they knew */
  upcoming: AppointmentDetail[];
}

/** The answer over what is the caller's own, or what has to be proven before. */
export const withOwnAppointments = <B>(
  call: FunctionCall,
  branchContext: BranchContext,
  make: (own: Own) => Promise<Made<B>> | Made<B>,
): Promise<Made<B | Refused>> =>
  withCaller(call, branchContext, 'proof', async (caller): Promise<Made<B | Refused>> => {
    const { customer, proof } = caller;
    if (customer === null || proof === null) return unproven(call, caller);
    const upcoming = caller.upcoming ?? (await coming(call, customer.id));
    if (upcoming === null) return refusal('TEMPORARILY_UNAVAILABLE', sayIn(call, 'temporary_no_callback'));
    const own = upcoming.filter(
      ({ appointment }) => isOpen(appointment.status) && (proof === 'all' || proof.includes(appointment.id)),
    );
    return make({ caller, customerId: customer.id, upcoming: own });
  });

async function coming(call: FunctionCall, customerId: string): Promise<AppointmentDetail[] | null> {
  const { result } = await call.scope.calendar.appointmentsOf({ customerId, now: call.now });
  return result.ok ? result.value.upcoming : null;
}

/**
 * What proof is missing, asked so that the question discloses nothing: strict asks everybody the same, and so does every line whose number was
 * only said.
 */
function unproven(call: FunctionCall, caller: Caller): Made<Refused> {
  if (caller.exhausted) return refuseExhausted(call);
  if (caller.ask === 'phone_number' || caller.ask === 'phone_number_again')
    return refusal('PHONE_REQUIRED', sayIn(call, 'ask_number'), {}, { missing: ['phone_number'] });
  if (!caller.network) return refusal('PROOF_REQUIRED', sayIn(call, 'proof_code'), {}, { missing: ['code'] });
  if (caller.settings.identity === 'strict')
    return refusal('PROOF_REQUIRED', sayIn(call, 'proof_strict'), {}, { missing: ['customer_name', 'current_when'] });
  if (caller.name === null || nameWords(caller.name).length < 2)
    return refusal('NAME_REQUIRED', sayIn(call, 'name_required'), {}, { missing: ['customer_name'] });
  if (caller.customer === null || isNewHere(caller.conversation, caller.customer.id))
    return refusal('NOT_FOUND', sayIn(call, 'name_mismatch'));
  return refusal('PROOF_REQUIRED', sayIn(call, 'proof_moment'), {}, { missing: ['current_when'] });
}

type Chosen = { ok: true; detail: AppointmentDetail } | { ok: false; answer: Made<Refused> };

/** Which of the person's appointments is meant: by id, by its present day, or the only one. */
export function chosenAppointment(call: FunctionCall, branchContext: BranchContext, own: Own): Chosen {
  const id = textOf(call.args, 'appointment_id');
  if (id !== undefined) {
    const named = own.upcoming.find(({ appointment }) => appointment.id === id);
    if (named) return { ok: true, detail: named };
    return { ok: false, answer: refusal('NOT_FOUND', sayIn(call, 'appointment_unknown')) };
  }
  const [only, ...more] = own.upcoming;
  if (!only) return { ok: false, answer: refusal('NOT_FOUND', sayIn(call, 'no_appointments')) };
  if (more.length === 0) return { ok: true, detail: only };
  const day = presentDay(call, branchContext);
  const onDay =
    day === null
      ? []
      : own.upcoming.filter(({ appointment, timeZone }) => momentOf(appointment.startsAt, timeZone).date === day);
  const meant = withPerson(call, branchContext, onDay.length > 0 ? onDay : own.upcoming);
  const [one] = meant;
  // A day that no appointment has is no choice.
  if (one && meant.length === 1 && (day === null || onDay.length > 0)) return { ok: true, detail: one };
  const slots = sayChoices(branchContext, meant);
  return {
    ok: false,
    answer: refusal('APPOINTMENT_AMBIGUOUS', sayIn(call, 'which_appointment', { slots }), {
      choices: own.upcoming.slice(0, 3).map(({ appointment }) => ({
        appointment_id: appointment.id,
        ...momentOf(appointment.startsAt, branchContext.voice.zone),
      })),
    }),
  };
}

/** People of a party come at the same time: then the person who serves tells them apart. In a move `staff` is the new one. */
function withPerson(
  call: FunctionCall,
  branchContext: BranchContext,
  of: readonly AppointmentDetail[],
): readonly AppointmentDetail[] {
  if (call.name === 'reschedule-appointment') return of;
  const named = namedStaff(branchContext.hours.snapshot, call.args, branchContext.branch.id);
  if (named.kind !== 'known') return of;
  const theirs = of.filter(({ appointment }) => appointment.staffId === named.person.id);
  return theirs.length > 0 ? theirs : of;
}

function sayChoices({ voice }: BranchContext, of: readonly AppointmentDetail[]): string {
  const moments = of.map(({ appointment, timeZone }) => momentOf(appointment.startsAt, timeZone));
  if (new Set(of.map(({ appointment }) => appointment.startsAt)).size === of.length) return sayMoments(voice, moments);
  return listed(
    of
      .slice(0, MAX_SPOKEN_OFFERS)
      .map(({ staffName }, i) =>
        phrase(voice.language, 'visit_with', { when: sayMoment(voice, moments[i] as Moment), staff: staffName }),
      ),
    voice.language,
    'or',
  );
}

/** The day the appointment has now, as the caller names it. */
function presentDay(call: FunctionCall, branchContext: BranchContext): string | null {
  const present = textOf(call.args, 'current_when', 'current_date', 'appointment_date', 'old_date');
  const words = present ?? (call.name === 'reschedule-appointment' ? undefined : textOf(call.args, 'when', 'date'));
  if (words === undefined) return null;
  return timeAsked({ when: words }, branchContext).understood.date ?? null;
}

/** The caller's yes to what was read back. */
export const isConfirmed = (call: FunctionCall): boolean =>
  call.args['confirm'] === true || /^(true|yes|ja|1)$/i.test(textOf(call.args, 'confirm') ?? '');

/** Longest time after which a repeat of the model still means the cancellation that it asked for before. */
const LATELY_MS = 15 * 60_000;

/** What was cancelled a moment ago, by id or in this call: a repeat of the model gets the same answer. */
export async function cancelledLately(call: FunctionCall, own: Own): Promise<AppointmentDetail | null> {
  const id = textOf(call.args, 'appointment_id');
  const ids = id === undefined ? own.caller.conversation.appointmentIds : [id];
  const { proof } = own.caller;
  for (const one of ids) {
    if (proof !== 'all' && !proof?.includes(one)) continue;
    const { result } = await call.scope.calendar.appointment(one);
    if (!result.ok) continue;
    const { customerId, status, cancelledAt } = result.value.appointment;
    if (customerId !== own.customerId || status !== 'cancelled' || cancelledAt === null) continue;
    if (call.now - cancelledAt < LATELY_MS) return result.value;
  }
  return null;
}
