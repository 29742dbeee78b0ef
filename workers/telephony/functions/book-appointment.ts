/**
 * `book-appointment`: the one call that takes a slot. Checking is part of deciding inside the calendar object: one RPC, no D1 while the
 * customer is known there. A repeat of the model books nothing twice. Called by dispatch.ts.
 */
import { MAX_PARTY_VISITS } from '../../../shared/calendar-limits.ts';
import { isTestCall, newId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/clock.ts';
import type { DomainError } from '../../../shared/errors.ts';
import { isMobile, isOfCountry } from '../../../shared/phone.ts';
import { toIso } from '../../../shared/time.ts';
import type { CalendarAnswer } from '../../calendar/port.ts';
import { type Book, type BookAnswer, COLLECTED_PARTY_SIZE, type Conversation, isInTurn } from '../../calendar/types.ts';
import type { NOTIFICATION_CHANNELS } from '../../../shared/notification-status.ts';
import { customerById } from '../../storage/queries/customers.ts';
import { requestCallback } from '../callbacks.ts';
import { type Caller, callerRef, customerToBook, identify, nameSaid, type Question } from '../caller.ts';
import { freeSentence, lookFor, notFreeSentence } from '../offers.ts';
import { isConfirmed } from '../own-appointments.ts';
import { momentOf, sayMoment, sayMoments, sayVisits, serviceFirst } from '../speech.ts';
import { type Service, textOf } from '../named-choices.ts';
import {
  answer,
  as,
  certainStart,
  counted,
  type BranchContext,
  durationAsked,
  type FunctionAnswer,
  type FunctionCall,
  limitsOf,
  notLookedFor,
  partyAsked,
  questionAbout,
  type Reading,
  refusal,
  sayIn,
  servicesAsked,
  staffAsked,
  type TimeAsked,
  timeAsked,
  wireAlternatives,
  wireReading,
  withFields,
} from './function-call.ts';
import { refuseExhausted } from './with-caller.ts';

type Answer = FunctionAnswer<'book-appointment'>;

/** After the second slot lost in one call a person takes over. */
const LOST_SLOTS_FOR_CALLBACK = 2;
const MAX_NOTES = 500;

export async function bookAppointment(call: FunctionCall, branchContext: BranchContext): Promise<Answer> {
  const party = partyAsked(call, branchContext);
  if (!party.ok) return party.answer;
  const time = timeAsked(party.args, branchContext);
  const understood = { understood: wireReading(time.understood) };
  const service = servicesAsked(call, branchContext, party.args);
  if (!service.ok) return withFields(service.answer, understood);
  const staff = staffAsked(call, branchContext);
  if (!staff.ok) return withFields(staff.answer, understood);
  const startsAt = certainStart(time);
  if (startsAt === null) return notExact(call, branchContext, time);

  const input: BookingInput = {
    call,
    branchContext,
    services: service.services,
    staffId: staff.staffId,
    startsAt,
    partySize: party.size,
    time,
  };
  // Somebody this call has found before: the object knows whether they are proven, no other store is asked.
  const asked = textOf(call.args, 'customer_id') === undefined && !namesSomebody(call) ? await touch(call) : null;
  const known = textOf(call.args, 'customer_id') ?? (asked?.result.ok ? asked.result.value.customerId : null);
  const first = known === null ? null : await book(input, known);
  if (first !== null && !isForeign(first)) return outcomeOf(input, first, known as string);

  const touched = asked ?? (await touch(call));
  const caller = await identify(call, branchContext, 'book', touched);
  if (caller === null)
    return counted(refusal('TEMPORARILY_UNAVAILABLE', sayIn(call, 'temporary_no_callback')), touched);
  if (caller.exhausted) return as(refuseExhausted(call), caller.level);
  const person = await customerToBook(call, branchContext, caller);
  if (person.kind === 'erased')
    return as(refusal('TEMPORARILY_UNAVAILABLE', sayIn(call, 'temporary_no_callback')), caller.level);
  if (person.kind === 'ask') {
    const { message, missing } = questionFor(call, person.question);
    return as(
      withFields(refusal('CUSTOMER_MISSING', message, { missing: [missing] }, { missing: [missing] }), understood),
      caller.level,
    );
  }
  const [made, channel] = await Promise.all([
    book(input, person.id),
    channelOf(call, branchContext, caller, person.id).catch(() => null),
  ]);
  return as(await outcomeOf({ ...input, channel }, made, person.id), caller.level);
}

/** How a confirmation will reach the customer; no message is promised that will not be sent. Null: it won't. */
async function channelOf(
  call: FunctionCall,
  { settings }: BranchContext,
  caller: Caller,
  customerId: string,
): Promise<Channel | null> {
  const mayGo = (e164: string, isConfirmed: boolean): boolean =>
    isMobile(e164) && (isConfirmed || isOfCountry(e164, settings.smsCountries));
  const card = await customerById(call.scope.db, customerId);
  if (card?.phone && mayGo(card.phone, card.phoneConfirmed)) return 'sms';
  if (card?.email) return 'email';
  return card === null && caller.line !== null && mayGo(caller.line.e164, caller.network) ? 'sms' : null;
}

/** A request with a name or number may mean somebody else than the turns before it. */
const namesSomebody = ({ args }: FunctionCall): boolean =>
  nameSaid(args) !== null || textOf(args, 'phone_number', 'phone', 'customer_phone') !== undefined;

const touch = (call: FunctionCall): Promise<CalendarAnswer<Conversation>> =>
  call.scope.calendar.conversation({ now: call.now, callId: call.callId });

const isForeign = ({ result }: CalendarAnswer<BookAnswer>): boolean =>
  !result.ok && result.error.code === 'NOT_FOUND' && result.error.entity === 'customer';

function questionFor(call: FunctionCall, question: Question | 'customer_name'): { message: string; missing: string } {
  switch (question) {
    case 'phone_number':
      return { message: sayIn(call, 'ask_phone'), missing: 'phone_number' };
    case 'phone_number_again':
      return { message: sayIn(call, 'ask_number_again'), missing: 'phone_number' };
    case 'first_name':
      return { message: sayIn(call, 'ask_first_name'), missing: 'first_name' };
    case 'customer_name':
      return { message: sayIn(call, 'ask_full_name'), missing: 'customer_name' };
  }
}

async function outcomeOf(
  input: BookingInput,
  outcome: CalendarAnswer<BookAnswer>,
  customerId: string,
): Promise<Answer> {
  const made = outcome.result.ok
    ? await booked(input, outcome.result.value)
    : await refused(input, outcome.result.error, outcome, customerId);
  return counted(made, outcome);
}

interface BookingInput {
  call: FunctionCall;
  branchContext: BranchContext;
  services: readonly Service[];
  staffId: string | null;
  startsAt: Instant;
  /** people; null: nothing was said of it */
  partySize: number | null;
  time: TimeAsked;
  /** how a confirmation reaches the customer; absent: not looked at, and nothing is said of it */
  channel?: Channel | null;
}
type Channel = (typeof NOTIFICATION_CHANNELS)[number];

/** The words name no single start: ask for what is missing, book nothing. */
function notExact(call: FunctionCall, branchContext: BranchContext, time: TimeAsked): Answer {
  return {
    ...refusal(
      time.understood.closed ? 'CLOSED' : 'TIME_UNCLEAR',
      questionAbout(call, branchContext, time),
      {},
      { understood: wireReading(time.understood) },
    ),
    fromCachedData: true,
  };
}

/** Books; for as many people as the call has collected for, where the model leaves the number out. */
async function book(input: BookingInput, customerId: string): Promise<CalendarAnswer<BookAnswer>> {
  const booked = await bookOnce(input, customerId);
  const { result } = booked;
  const collected =
    !result.ok && result.error.code === 'VALIDATION_ERROR' ? result.error.errors[COLLECTED_PARTY_SIZE]?.[0] : undefined;
  if (collected === undefined) return booked;
  input.partySize = Number(collected);
  return bookOnce(input, customerId);
}

function bookOnce(input: BookingInput, customerId: string): Promise<CalendarAnswer<BookAnswer>> {
  const { call, branchContext, services, staffId, startsAt, partySize } = input;
  const duration = services.length === 1 ? durationAsked(call.args) : undefined;
  // A practice, and a service with a neutral name, keep no reason for the visit.
  const keepsNotes =
    !branchContext.settings.practiceMode && services.every((service) => service.body.neutralName === null);
  const notes = keepsNotes ? textOf(call.args, 'customer_notes', 'notes') : undefined;
  const isTest = isTestCall(call.callId);
  const command: Book = {
    // call_id + normalised slot + service + customer: what the model repeats has this key again, also where it leaves the number out.
    key: `retell:${call.callId}:book:${startsAt}:${services.map((one) => one.id).join('+')}:${customerId}`,
    now: call.now,
    actor: { kind: 'phone', id: call.callId },
    appointmentId: newId('appointment', call.now),
    customerId,
    requireOpenedByCall: true,
    caller: callerRef(call, branchContext),
    services: services.map((one) => ({
      serviceId: one.id,
      ...(duration === undefined ? {} : { durationMinutes: duration }),
    })),
    branchId: branchContext.branch.id,
    staffId,
    startsAt,
    ...(partySize === null ? {} : { partySize }),
    partyIds: Array.from({ length: MAX_PARTY_VISITS - 1 }, () => newId('appointment', call.now)),
    offeredOnly: true,
    // Only the caller's yes to "one after the other" books it so; what is held says it itself.
    inTurn: isConfirmed(call),
    source: 'phone_ai',
    callId: call.callId,
    notes: notes?.slice(0, MAX_NOTES) ?? null,
    // A test call's appointment stands in the calendar and nowhere else.
    notify: !isTest,
    ...(isTest ? { sync: false } : {}),
    rate: limitsOf(call, true),
  };
  return call.scope.calendar.book(command);
}

async function booked(input: BookingInput, value: BookAnswer): Promise<Answer> {
  const { call, branchContext, services, time, channel } = input;
  const { appointment, party } = value;
  const people = party.length > 0 ? 1 + party.length : appointment.partySize;
  const service_first = serviceFirst(services, call.language, people);
  const visits = [{ appointment, staffName: value.staffName }, ...party];
  const done =
    party.length > 0
      ? sayIn(call, 'party_booked', {
          service_first,
          slots: sayVisits(
            branchContext.voice,
            visits.map((one) => ({
              ...momentOf(one.appointment.startsAt, value.timeZone),
              staffName: one.staffName,
            })),
          ),
        })
      : sayIn(call, appointment.status === 'pending' ? 'booked_pending' : 'booked', {
          service_first,
          when: sayMoment(branchContext.voice, momentOf(appointment.startsAt, value.timeZone)),
          staff: value.staffName,
        });
  const message = value.confirmationQueued && channel ? `${done} ${sayIn(call, `by_${channel}`)}` : done;
  return answer(message, {
    appointment_id: appointment.id,
    confirmation_message: message,
    calendar_link: await call.linkTo(appointment.id, appointment.endsAt),
    starts_at: toIso(appointment.startsAt),
    staff_name: value.staffName,
    ...(party.length === 0
      ? {}
      : {
          party: visits.map((one) => ({
            appointment_id: one.appointment.id,
            starts_at: toIso(one.appointment.startsAt),
            staff_name: one.staffName,
          })),
        }),
    understood: wireReading(time.understood),
  });
}

async function refused(
  input: BookingInput,
  error: DomainError,
  outcome: CalendarAnswer<BookAnswer>,
  customerId: string,
): Promise<Answer> {
  const { call, branchContext, time } = input;
  const fields = { understood: wireReading(time.understood) };
  const when = sayMoment(branchContext.voice, momentOf(input.startsAt, branchContext.voice.zone));
  switch (error.code) {
    case 'APPOINTMENT_CONFLICT':
    case 'QUOTE_STALE': {
      const { alternatives } = error.details;
      const inTurn = await offerInTurn(input, fields);
      if (inTurn !== null) return inTurn;
      const taken = error.code === 'QUOTE_STALE' || error.details.reason === 'full';
      const details = {
        ...('requested_time' in error.details
          ? {
              requested_time: error.details.requested_time,
              conflicting_appointment_id: error.details.conflicting_appointment_id,
              reason: error.details.reason,
            }
          : { requested_time: toIso(input.startsAt) }),
        alternatives: wireAlternatives(alternatives),
      };
      if (taken && (outcome.call?.lostSlots ?? 0) >= LOST_SLOTS_FOR_CALLBACK) {
        const callback = await manualBooking(input, customerId);
        return refusal(
          error.code,
          sayIn(call, 'conflict_callback'),
          { ...details, callback_request_id: callback },
          fields,
        );
      }
      const slots = sayMoments(branchContext.voice, alternatives);
      const size = input.partySize ?? 1;
      if (taken && size === 1)
        return refusal(
          error.code,
          slots === '' ? sayIn(call, 'conflict_none', { when }) : sayIn(call, 'conflict', { when, slots }),
          details,
          fields,
        );
      const why = error.code === 'APPOINTMENT_CONFLICT' ? error.details : ({ reason: 'full' } as const);
      const message = notFreeSentence(
        call,
        branchContext,
        why,
        { when, staffId: input.staffId, party: size },
        alternatives,
      );
      return refusal(
        error.code,
        message,
        { ...details, ...(slots === '' && size > 1 ? { callback: true } : {}) },
        fields,
      );
    }
    case 'IDEMPOTENCY_MISMATCH':
      return alreadyBooked(input, fields);
    case 'TENANT_SUSPENDED':
      return refusal(error.code, sayIn(call, 'fallback'), {}, fields);
    case 'RATE_LIMITED':
      return refusal(
        error.code,
        sayIn(call, callerRef(call, branchContext).line === null ? 'withheld_limit' : 'customer_limit'),
        { retry_after: error.retry_after, limit: error.limit, callback: true },
        { ...fields, retry_after: error.retry_after },
      );
    case 'LIMIT_REACHED':
      return refusal(
        error.code,
        sayIn(call, error.limit === 'bookings_of_call' ? 'call_limit' : 'withheld_limit'),
        { limit: error.limit, callback: true },
        fields,
      );
    case 'VALIDATION_ERROR':
      if ('party_size' in error.errors) return withFields(notLookedFor(call, error), fields);
      return refusal(
        error.code,
        sayIn(call, input.startsAt <= call.now ? 'past' : 'not_configured'),
        { errors: error.errors },
        fields,
      );
    default:
      return refusal(error.code, sayIn(call, 'not_configured'), {}, fields);
  }
}

/** A party that can be served only one after the other hears so, and is asked before it is booked. */
async function offerInTurn(input: BookingInput, fields: Reading): Promise<Answer | null> {
  const { call, branchContext, services, staffId, time } = input;
  const party = input.partySize ?? 1;
  if (party < 2 || isConfirmed(call)) return null;
  const sought = {
    services,
    staffId,
    party,
    durationMinutes: services.length === 1 ? durationAsked(call.args) : undefined,
  };
  const { result } = await lookFor(call, branchContext, sought, time);
  const slot = result.ok ? result.value.slot : null;
  if (slot === null || !isInTurn(slot)) return null;
  return refusal(
    'CONFIRMATION_REQUIRED',
    freeSentence(call, branchContext, sought, slot),
    {},
    { missing: ['confirm'], ...fields },
  );
}

/** The same slot, service and customer, but the model changed its mind about a detail: the appointment stands, say so. */
async function alreadyBooked(input: BookingInput, fields: Reading): Promise<Answer> {
  const { call, branchContext, services } = input;
  const conversation = await call.scope.calendar.conversation({ now: call.now, callId: call.callId });
  const made = conversation.result.ok ? conversation.result.value.appointmentIds : [];
  for (const id of made) {
    const { result } = await call.scope.calendar.appointment(id);
    if (
      !result.ok ||
      result.value.appointment.startsAt !== input.startsAt ||
      result.value.appointment.status === 'cancelled'
    )
      continue;
    const { appointment, staffName, timeZone } = result.value;
    const message = sayIn(call, 'booked', {
      service_first: serviceFirst(services, call.language),
      when: sayMoment(branchContext.voice, momentOf(appointment.startsAt, timeZone)),
      staff: staffName,
    });
    return answer(message, {
      appointment_id: appointment.id,
      confirmation_message: message,
      calendar_link: await call.linkTo(appointment.id, appointment.endsAt),
      ...fields,
    });
  }
  return refusal('IDEMPOTENCY_MISMATCH', sayIn(call, 'when_not_understood'), {}, fields);
}

/** Staff book by hand what the caller lost twice; the request is passed on. */
const manualBooking = (input: BookingInput, customerId: string): Promise<string> =>
  requestCallback(input.call.scope, {
    kind: 'manual_booking',
    callId: input.call.callId,
    customerId,
    branchId: input.branchContext.branch.id,
    phone: input.call.caller,
    name: nameSaid(input.call.args),
    wish: {
      service_ids: input.services.map((service) => service.id),
      staff_id: input.staffId,
      starts_at: toIso(input.startsAt),
    },
  });
