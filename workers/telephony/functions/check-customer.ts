/** `check-customer`: who is calling? Judges the level, remembers the person for this call, and discloses no more than the level permits. Called by dispatch.ts. */
import { fullName, greetingName } from '../../../shared/full-name.ts';
import type { PhoneReading } from '../../../shared/phone.ts';
import { dateOf } from '../../../shared/time.ts';
import { type Caller, makeLead, nameLead } from '../caller.ts';
import { answer, type BranchContext, type FunctionAnswer, type FunctionCall, sayIn } from './function-call.ts';
import { refuseExhausted, withCaller } from './with-caller.ts';

type Answer = FunctionAnswer<'check-customer'>;
/** The documented fields. */
type Found = Omit<Extract<Answer['body'], { success: true }>, 'success' | 'message'>;

/** A longer name is never said back: it is read from a script, or no name. */
const MAX_SAID_NAME = 40;

/** No customer, or one that must not be disclosed: no field says which. */
const NOBODY = {
  customer_found: false,
  customer_id: null,
  customer_name: null,
  appointment_count: null,
  last_appointment: null,
  no_show_count: null,
  is_vip: null,
} as const;

export const checkCustomer = (call: FunctionCall, branchContext: BranchContext): Promise<Answer> =>
  withCaller(call, branchContext, 'ask', async (caller) =>
    answerFor(call, branchContext, await nameLead(call, caller)),
  );

async function answerFor(call: FunctionCall, branchContext: BranchContext, caller: Caller): Promise<Answer> {
  if (caller.exhausted) return refuseExhausted(call);
  const understood_phone = readBack(caller);
  const strict = caller.settings.identity === 'strict';
  switch (caller.ask) {
    case 'phone_number':
    case 'phone_number_again':
      return answer(sayIn(call, caller.ask === 'phone_number' ? 'ask_number' : 'ask_number_again'), {
        ...NOBODY,
        missing: ['phone_number'],
        understood_phone,
      });
    case 'first_name':
      return answer(sayIn(call, 'ask_first_name'), { ...NOBODY, missing: ['first_name'], understood_phone });
    case null:
      break;
  }
  if (caller.level === 'proven' || (caller.level === 'line' && !strict)) {
    const known = await filled(call, branchContext, caller);
    if (known !== null) return answer(greeting(call, caller), { ...known, understood_phone });
  }
  const lead = await makeLead(call, branchContext, caller);
  if (lead !== null && !strict)
    return answer(greeting(call, caller), {
      ...NOBODY,
      customer_id: lead.id,
      appointment_count: 0,
      no_show_count: 0,
      is_vip: false,
      understood_phone,
    });
  const found = caller.level === 'named' && !strict;
  return answer(greeting(call, caller), { ...NOBODY, customer_found: found, understood_phone });
}

/** The documented fields; null: no customer of this line is meant. What a single opened appointment shows is not the whole history. */
async function filled(
  call: FunctionCall,
  branchContext: BranchContext,
  caller: Caller,
): Promise<Omit<Found, 'understood_phone'> | null> {
  const { customer, conversation, proof } = caller;
  if (customer === null) return null;
  const isLead = customer.id === conversation.identity.leadId;
  const whole = proof === null || proof === 'all';
  const [visits] = await Promise.all([
    whole && !isLead ? call.scope.calendar.appointmentsOf({ customerId: customer.id, now: call.now }) : null,
    call.scope.calendar.registerCustomers({ customerIds: [customer.id], now: call.now }),
  ]);
  const seen = visits?.result.ok ? visits.result.value : null;
  const last = seen?.past.find((visit) => visit.appointment.status !== 'cancelled')?.appointment.startsAt;
  return {
    customer_found: !isLead,
    customer_id: customer.id,
    customer_name: fullName(customer),
    appointment_count: whole ? (seen?.stats.appointments ?? 0) : null,
    last_appointment: last === undefined ? null : dateOf(last, branchContext.voice.zone),
    no_show_count: whole ? (seen?.stats.noShows ?? 0) : null,
    is_vip: whole ? customer.vip : null,
  };
}

/** How the number was read, as `understood` is for day and time. */
const readBack = ({ reading, line }: Caller): Found['understood_phone'] => {
  const read: Pick<PhoneReading, 'kind' | 'e164' | 'action' | 'extension'> = reading ?? {
    kind: 'unknown',
    e164: line?.e164 ?? null,
    action: line === null ? 'ask' : 'match',
  };
  return {
    kind: read.kind,
    e164: read.e164,
    action: read.action,
    ...(read.extension ? { extension: read.extension } : {}),
  };
};

/**
 * A name from the card is said only to its own line, and as the company wants it; who gave a name gets just that back. For everybody else the
 * sentence is the same, whether or not a customer has the number.
 */
function greeting(call: FunctionCall, caller: Caller): string {
  if (caller.nameOffered && caller.name !== null) {
    const isSayable = caller.name.length <= MAX_SAID_NAME;
    return caller.settings.identity === 'strict' || !isSayable
      ? sayIn(call, 'welcome_thanks')
      : sayIn(call, 'welcome_named', { name: caller.name });
  }
  if (caller.settings.identity === 'strict')
    return sayIn(call, caller.level === 'proven' ? 'welcome_thanks' : 'ask_full_name');
  if (!caller.network || caller.customer === null || fullName(caller.customer) === null)
    return sayIn(call, 'welcome_new');
  const name = greetingName(caller.customer, caller.settings.greeting);
  return name === null ? sayIn(call, 'welcome_line') : sayIn(call, 'welcome_known', { name });
}
