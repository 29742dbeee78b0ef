/**
 * `collect-appointment`: gathers service, person, time and customer over several turns of a call, asks for the next missing one, and
 * holds the slot when everything is known. Called by dispatch.ts.
 */
import type { Instant } from '../../../shared/clock.ts';
import { fullName } from '../../../shared/full-name.ts';
import { newId } from '../../../shared/ids.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import type { Conversation, ConversationRequest, HoldAnswer } from '../../calendar/types.ts';
import { type Caller, callerRef, makeLead, nameLead } from '../caller.ts';
import { momentOf, sayDay, sayMoment, sayMoments, sayTime, serviceLabels } from '../speech.ts';
import type { SpokenInput } from '../../../shared/spoken-time/index.ts';
import { offeredServices, personName, type Service, textOf } from '../named-choices.ts';
import {
  answer,
  certainStart,
  type BranchContext,
  durationAsked,
  type FunctionAnswer,
  type FunctionCall,
  type Made,
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
}

export const collectAppointment = (call: FunctionCall, branchContext: BranchContext): Promise<Answer> =>
  withCaller(call, branchContext, 'book', async (caller) =>
    collected(call, branchContext, await nameLead(call, caller)),
  );

async function collected(call: FunctionCall, branchContext: BranchContext, caller: Caller): Promise<Answer> {
  if (caller.exhausted) return incomplete(refuseExhausted(call));
  const before = forgetFinished(caller.conversation);
  const request = before.wish;

  const service = servicesAsked(call, branchContext);
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
      time: timeAsked(withKnown(call.args, request, branchContext), branchContext),
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
  };
  await remember(call, branchContext, known, time, before);

  const reading = { understood: wireReading(time.understood) };
  if (!service.ok && service.answer.body['code'] !== 'SERVICE_MISSING') return incomplete(service.answer, reading);
  if (time.given && (time.search.state === 'ask' || time.understood.closed)) {
    const question = time.search.question ?? time.understood.question ?? sayIn(call, 'when_not_understood');
    return asking(call, branchContext, known, ['time'], question, reading);
  }
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
    branchId: branchContext.branch.id,
  };
  if (known.startsAt !== null) {
    const at = momentOf(known.startsAt, branchContext.voice.zone);
    request.date = at.date;
    request.time = at.time;
  } else if (time.given && understood.closed !== true) {
    if (understood.kind === 'date' && understood.date !== undefined) request.date = understood.date;
    if (understood.kind === 'time' && understood.time !== undefined) request.time = understood.time;
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
    key: `retell:${call.callId}:hold:${startsAt}:${known.services.map((one) => one.id).join('+')}:${known.staffId ?? ''}:${Math.floor(call.now / 60_000)}`,
    now: call.now,
    actor: { kind: 'phone', id: call.callId },
    lockToken: newId('hold', call.now),
    services,
    branchId: branchContext.branch.id,
    staffId: known.staffId,
    startsAt,
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
  const slots = sayMoments(branchContext.voice, error.details.alternatives);
  const question = slots === '' ? sayIn(call, 'conflict_none', { when }) : sayIn(call, 'slot_taken', { when, slots });
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
  const question = sayIn(call, 'complete', {
    when: sayMoment(branchContext.voice, value.slot),
    service: serviceLabels(known.services, call.language),
    staff: value.slot.staffName,
    until: sayTime(branchContext.voice, until.time),
  });
  return answer(question, {
    complete: true,
    missing: [],
    ...normalised(call, branchContext, { ...known, staffId: value.slot.staffId }),
    held_until: toIso(value.hold.expiresAt),
    question,
    ...reading,
  });
}
