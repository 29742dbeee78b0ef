/**
 * `collect-appointment`: gathers service, person, time and customer over several turns of a call, asks for the next missing one, and
 * holds the slot when everything is known. Called by dispatch.ts.
 */
import type { Instant } from '../../../shared/clock.ts';
import { fullName } from '../../../shared/full-name.ts';
import { newId } from '../../../shared/ids.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import { type Conversation, type ConversationRequest, type HoldAnswer, sizeOf } from '../../calendar/types.ts';
import { type Caller, callerRef, makeLead, nameLead } from '../caller.ts';
import { momentOf, offered, sayDay, sayMoment, sayTime, sayVisits, serviceFor, serviceLabels } from '../speech.ts';
import { searchOf, type SpokenInput, type Understood } from '../../../shared/spoken-time/index.ts';
import { fittingSlots, lookFor, notFreeSentence, slotsSentence, type Sought } from '../offers.ts';
import { insteadOf } from '../slot-search.ts';
import { offeredServices, personName, type Service, textOf } from '../named-choices.ts';
import {
  answer,
  certainStart,
  type BranchContext,
  durationAsked,
  type FunctionAnswer,
  type FunctionCall,
  type Made,
  notLookedFor,
  partyAsked,
  type Reading,
  type Refused,
  refusal,
  sayIn,
  servicesAsked,
  staffAsked,
  type TimeAsked,
  timeAsked,
  wireAlternatives,
  wireReading,
  withFields,
  wordsOf,
} from './function-call.ts';
import { asLastTime } from './last-visit.ts';
import { refuseExhausted, withCaller } from './with-caller.ts';

type Answer = FunctionAnswer<'collect-appointment'>;
/** What stands in the answer of a turn that was understood. */
type Collected = Omit<Extract<Answer['body'], { success: true }>, 'success' | 'message'>;
type Normalised = Omit<
  Collected,
  'complete' | 'missing' | 'question' | 'held_until' | 'code' | 'details' | 'understood'
>;

type Missing = 'service' | 'date' | 'time' | 'phone_number' | 'customer_name';

/** Everything known after this turn. */
interface Known {
  services: Service[];
  staffId: string | null;
  startsAt: Instant | null;
  customerId: string | null;
  customerName: string | null;
  /** there is a number to ring */
  reachable: boolean;
  durationMinutes: number | null;
  /** people; null: nothing was said of it */
  partySize: number | null;
}

export const collectAppointment = (call: FunctionCall, branchContext: BranchContext): Promise<Answer> =>
  withCaller(call, branchContext, 'book', async (caller) =>
    collected(call, branchContext, await nameLead(call, caller)),
  );

async function collected(call: FunctionCall, branchContext: BranchContext, caller: Caller): Promise<Answer> {
  if (caller.exhausted) return incomplete(refuseExhausted(call));
  const before = forgetFinished(caller.conversation);
  const request = before.wish;

  const party = partyAsked(call, branchContext);
  if (!party.ok) return incomplete(party.answer);
  const service = servicesAsked(call, branchContext, party.args);
  const knownServices = offeredServices(branchContext.hours.snapshot).filter((one) =>
    request.serviceIds?.includes(one.id),
  );
  const staff = staffAsked(call, branchContext);
  if (!staff.ok) return incomplete(staff.answer);
  const staffNamed = textOf(call.args, 'staff_id', 'staff', 'staff_name') !== undefined;
  const { time, staffId, services } = await asLastTime(
    call,
    branchContext,
    {
      time: timeWithKnown(party.args, request, branchContext),
      staffId: staffNamed ? staff.staffId : (request.staffId ?? null),
      services: service.ok ? service.services : knownServices,
    },
    caller,
  );
  const customer = await customerOf(call, branchContext, caller);
  const known: Known = {
    services,
    staffId,
    startsAt: certainStart(time),
    customerId: customer.id,
    customerName: customer.name,
    reachable: customer.reachable,
    durationMinutes: durationAsked(call.args) ?? request.durationMinutes ?? null,
    partySize: party.size ?? request.partySize ?? null,
  };
  await remember(call, branchContext, known, time, before);

  const reading = { understood: wireReading(time.understood) };
  if (!service.ok && service.answer.body['code'] !== 'SERVICE_MISSING') return incomplete(service.answer, reading);
  if (time.given && (time.search.state === 'ask' || time.understood.closed)) {
    const question = time.search.question ?? time.understood.question ?? sayIn(call, 'when_not_understood');
    return asking(call, branchContext, known, ['time'], question, reading);
  }
  if (known.services.length > 0 && isStretch(time)) return offers(call, branchContext, known, time, reading);
  const missing = missingOf(known, time);
  if (missing[0] !== undefined) {
    return asking(
      call,
      branchContext,
      known,
      missing,
      questionFor(call, branchContext, missing[0], time, caller),
      reading,
    );
  }
  return hold(call, branchContext, known, reading);
}

/** A booked request is complete: its hold is gone, its appointment made. The next words begin another appointment ("noch einen"). */
function forgetFinished(conversation: Conversation): Conversation & { finished: boolean } {
  const { wish: request, hold: held, appointmentIds } = conversation;
  const finished = appointmentIds.length > 0 && held === null && Boolean(request.date) && Boolean(request.time);
  return { ...conversation, wish: finished ? {} : request, finished };
}

/** A time that leaves the start open: it is answered with what is free in it. */
const isStretch = ({ given, search, understood }: TimeAsked): boolean =>
  given &&
  search.state === 'search' &&
  !understood.closed &&
  (search.exact === null ? understood.kind !== 'date' : understood.kind === 'dates' || understood.kind === 'window');

/** What an earlier turn left open ("nächste Woche nachmittags", then the service) is meant until another time is named. */
function timeWithKnown(
  args: FunctionCall['args'],
  request: ConversationRequest,
  branchContext: BranchContext,
): TimeAsked {
  const { words } = wordsOf(args, branchContext.voice.zone);
  const known = Object.keys(words).length === 0 ? stretchOf(request) : null;
  if (known === null) return timeAsked(withKnown(args, request, branchContext), branchContext);
  return { given: true, understood: known, search: searchOf(known, branchContext.context) };
}

function stretchOf({ kind, date, fromDate, toDate, fromTime, toTime }: ConversationRequest): Understood | null {
  if (!kind) return null;
  return {
    kind,
    ...(date ? { date } : {}),
    ...(fromDate ? { from_date: fromDate } : {}),
    ...(toDate ? { to_date: toDate } : {}),
    ...(fromTime ? { from: fromTime } : {}),
    ...(toTime ? { to: toTime } : {}),
  };
}

/** Words of this turn beside what earlier turns fixed: a day alone keeps the known hour, an hour alone the known day. */
function withKnown(
  args: FunctionCall['args'],
  request: ConversationRequest,
  branchContext: BranchContext,
): FunctionCall['args'] {
  const { words } = wordsOf(args, branchContext.voice.zone);
  const given = Object.keys(words).length > 0;
  if (!given) {
    if (!request.date) return {};
    return { date: request.date, ...(request.time ? { time: request.time } : {}) };
  }
  const alone = timeAsked(args, branchContext).understood;
  const merged: SpokenInput = { ...words };
  if (alone.kind === 'time' && request.date && words.date === undefined) {
    return { date: request.date, time: alone.time };
  }
  if (alone.kind === 'date' && request.time && alone.date !== undefined && words.time === undefined) {
    return { date: alone.date, time: request.time };
  }
  return textOf(args, 'starts_at') === undefined ? { ...merged } : args;
}

interface CustomerKnown {
  /** null: made when the appointment is booked */
  id: string | null;
  name: string | null;
  reachable: boolean;
}

/**
 * For whom: as far as the level goes the card says the name; else it is the name given. No customer is created here but the one lead of
 * an unknown network number.
 */
async function customerOf(call: FunctionCall, branchContext: BranchContext, caller: Caller): Promise<CustomerKnown> {
  const reachable = caller.line !== null && caller.ask !== 'phone_number_again';
  const isShown = caller.level === 'proven' || (caller.level === 'line' && caller.settings.identity === 'standard');
  if (caller.ask === 'first_name') return { id: null, name: null, reachable };
  if (caller.customer !== null) {
    const id = isShown ? caller.customer.id : null;
    // Several callers may have given one name; the customer's is read out only to its own line.
    return { id, name: (isShown ? fullName(caller.customer) : null) ?? caller.name, reachable };
  }
  const lead = await makeLead(call, branchContext, caller);
  return { id: caller.settings.identity === 'strict' ? null : (lead?.id ?? null), name: caller.name, reachable };
}

/** Ids and wall clock only go into the conversation; raw words stay with the call. */
async function remember(
  call: FunctionCall,
  branchContext: BranchContext,
  known: Known,
  time: TimeAsked,
  before: Conversation & { finished: boolean },
): Promise<void> {
  const { understood } = time;
  const request: ConversationRequest = {
    ...(known.services.length > 0 ? { serviceIds: known.services.map((one) => one.id) } : {}),
    ...(known.staffId !== null ? { staffId: known.staffId } : {}),
    ...(known.durationMinutes !== null ? { durationMinutes: known.durationMinutes } : {}),
    ...(known.partySize !== null ? { partySize: known.partySize } : {}),
    branchId: branchContext.branch.id,
  };
  if (known.startsAt !== null) {
    const at = momentOf(known.startsAt, branchContext.voice.zone);
    Object.assign(request, { date: at.date, time: at.time, kind: null });
  } else if (
    isStretch(time) &&
    (understood.kind === 'window' || understood.kind === 'earliest' || understood.kind === 'any')
  ) {
    // Of one day: "um drei" after the offers means that day.
    Object.assign(request, {
      kind: understood.kind,
      date: understood.date ?? null,
      time: null,
      fromDate: understood.from_date ?? null,
      toDate: understood.to_date ?? null,
      fromTime: understood.from ?? null,
      toTime: understood.to ?? null,
    });
  } else if (time.given && understood.closed !== true) {
    if (understood.kind === 'date' && understood.date !== undefined)
      Object.assign(request, { date: understood.date, kind: null });
    if (understood.kind === 'time' && understood.time !== undefined)
      Object.assign(request, { time: understood.time, kind: null });
  }
  await call.scope.calendar.conversation({
    now: call.now,
    callId: call.callId,
    resetWish: before.finished,
    merge: {
      branchId: branchContext.branch.id,
      language: call.language,
      wish: request,
    },
  });
}

function missingOf(known: Known, time: TimeAsked): Missing[] {
  const missing: Missing[] = [];
  if (known.services.length === 0) missing.push('service');
  if (known.startsAt === null) {
    const dayKnown = time.given && time.understood.date !== undefined;
    const hourKnown = time.given && time.understood.time !== undefined;
    if (!dayKnown) missing.push('date');
    if (!hourKnown || dayKnown) missing.push('time');
  }
  if (!known.reachable) missing.push('phone_number');
  if (known.customerName === null) missing.push('customer_name');
  return missing;
}

function questionFor(
  call: FunctionCall,
  branchContext: BranchContext,
  missing: Missing,
  time: TimeAsked,
  caller: Caller,
): string {
  switch (missing) {
    case 'service':
      return sayIn(call, 'service_missing');
    case 'date':
      return time.understood.time === undefined || !time.given
        ? sayIn(call, 'when_missing')
        : sayIn(call, 'day_missing', { time: sayTime(branchContext.voice, time.understood.time) });
    case 'time':
      return time.understood.date === undefined
        ? sayIn(call, 'when_missing')
        : sayIn(call, 'time_missing', { day: sayDay(branchContext.voice, time.understood.date) });
    case 'phone_number':
      return sayIn(call, caller.ask === 'phone_number_again' ? 'ask_number_again' : 'ask_phone');
    case 'customer_name':
      return sayIn(call, caller.ask === 'first_name' ? 'ask_first_name' : 'ask_name');
  }
}

const incomplete = (made: Made<Refused>, fields: Partial<Omit<Collected, 'code' | 'details'>> = {}): Answer => ({
  ...made,
  body: { ...made.body, ...fields, complete: false, question: made.body.message },
});

const normalised = (call: FunctionCall, branchContext: BranchContext, known: Known): Normalised => {
  const at = known.startsAt === null ? null : momentOf(known.startsAt, branchContext.voice.zone);
  const person = branchContext.hours.snapshot.staff.find((one) => one.id === known.staffId);
  return {
    service_id: known.services[0]?.id ?? null,
    service_name: known.services.length > 0 ? serviceLabels(known.services, call.language) : null,
    staff_id: known.staffId,
    staff_name: person ? personName(person) : null,
    date: at?.date ?? null,
    time: at?.time ?? null,
    starts_at: isoOrNull(known.startsAt),
    customer_id: known.customerId,
    customer_name: known.customerName,
  };
};

function asking(
  call: FunctionCall,
  branchContext: BranchContext,
  known: Known,
  missing: Missing[],
  question: string,
  reading: Reading,
): Answer {
  return answer(question, {
    complete: false,
    missing,
    ...normalised(call, branchContext, known),
    question,
    ...reading,
  });
}

/** What is free in the stretch that was asked for, instead of the question that was answered already. */
async function offers(
  call: FunctionCall,
  branchContext: BranchContext,
  known: Known,
  time: TimeAsked,
  reading: Reading,
): Promise<Answer> {
  const sought: Sought = {
    services: known.services,
    staffId: known.staffId,
    party: known.partySize ?? 1,
    durationMinutes: known.durationMinutes ?? undefined,
  };
  const { result } = await lookFor(call, branchContext, sought, time);
  if (!result.ok) return incomplete(notLookedFor(call, result.error), reading);
  const found = result.value;
  const fitting = fittingSlots(found, time);
  const slots = fitting.length > 0 ? fitting : insteadOf(found);
  const asked = { when: null, staffId: known.staffId, party: sought.party };
  const question =
    fitting.length > 0
      ? slotsSentence(call, branchContext, sought, fitting)
      : notFreeSentence(call, branchContext, found, asked, slots);
  const made = asking(call, branchContext, known, ['time'], question, reading);
  return withFields(made, { next_available_slots: offered(slots) });
}

/** Everything is known: the slot is held for this call, which books it without presenting anything. */
async function hold(call: FunctionCall, branchContext: BranchContext, known: Known, reading: Reading): Promise<Answer> {
  const startsAt = known.startsAt;
  if (startsAt === null) return asking(call, branchContext, known, ['time'], sayIn(call, 'when_missing'), reading);
  const services = known.services.map((one) => ({
    serviceId: one.id,
    ...(known.services.length === 1 && known.durationMinutes !== null
      ? { durationMinutes: known.durationMinutes }
      : {}),
  }));
  const outcome = await call.scope.calendar.hold({
    // The minute makes a later, renewed request for the same slot a new hold instead of the outcome of a lapsed one.
    key: `retell:${call.callId}:hold:${startsAt}:${known.services.map((one) => one.id).join('+')}:${known.staffId ?? ''}:${known.partySize ?? ''}:${Math.floor(call.now / 60_000)}`,
    now: call.now,
    actor: { kind: 'phone', id: call.callId },
    lockToken: newId('hold', call.now),
    services,
    branchId: branchContext.branch.id,
    staffId: known.staffId,
    startsAt,
    ...(known.partySize === null ? {} : { partySize: known.partySize }),
    offeredOnly: true,
    // Said in the sentence that asks for the yes.
    inTurn: true,
    callId: call.callId,
    caller: callerRef(call, branchContext),
  });
  if (outcome.result.ok) return held(call, branchContext, known, outcome.result.value, reading);
  const error = outcome.result.error;
  const when = sayMoment(branchContext.voice, momentOf(startsAt, branchContext.voice.zone));
  if (error.code === 'LIMIT_REACHED') {
    return incomplete(
      refusal(error.code, sayIn(call, callerRef(call, branchContext).line === null ? 'withheld_limit' : 'hold_limit'), {
        limit: error.limit,
        callback: true,
      }),
      { missing: [], ...normalised(call, branchContext, known), ...reading },
    );
  }
  if (error.code === 'VALIDATION_ERROR' && 'party_size' in error.errors)
    return incomplete(notLookedFor(call, error), { ...normalised(call, branchContext, known), ...reading });
  if (error.code !== 'APPOINTMENT_CONFLICT') {
    return incomplete(
      refusal(error.code, sayIn(call, error.code === 'TENANT_SUSPENDED' ? 'fallback' : 'not_configured')),
      {
        missing: ['time'],
        ...normalised(call, branchContext, known),
        ...reading,
      },
    );
  }
  // The day stays, the hour is open again: what is said next is combined with it.
  await call.scope.calendar.conversation({ now: call.now, callId: call.callId, merge: { wish: { time: null } } });
  const asked = { when, staffId: known.staffId, party: known.partySize ?? 1 };
  const question = notFreeSentence(call, branchContext, error.details, asked, error.details.alternatives);
  return {
    body: {
      success: true,
      complete: false,
      missing: ['time'],
      ...normalised(call, branchContext, known),
      question,
      code: error.code,
      details: { alternatives: wireAlternatives(error.details.alternatives), reason: error.details.reason },
      ...reading,
      message: question,
    },
  };
}

function held(
  call: FunctionCall,
  branchContext: BranchContext,
  known: Known,
  value: HoldAnswer,
  reading: Reading,
): Answer {
  const until = momentOf(value.hold.expiresAt, branchContext.voice.zone);
  const { slot } = value;
  const spoken = {
    service_for: serviceFor(known.services, call.language, sizeOf(slot)),
    until: sayTime(branchContext.voice, until.time),
  };
  const question =
    slot.party === undefined
      ? sayIn(call, 'complete', { ...spoken, when: sayMoment(branchContext.voice, slot), staff: slot.staffName })
      : sayIn(call, 'party_complete', { ...spoken, slots: sayVisits(branchContext.voice, [slot, ...slot.party]) });
  return answer(question, {
    complete: true,
    missing: [],
    ...normalised(call, branchContext, { ...known, staffId: value.slot.staffId }),
    held_until: toIso(value.hold.expiresAt),
    question,
    ...reading,
  });
}
