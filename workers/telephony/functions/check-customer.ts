/** `check-customer`: who is calling? Finds or makes the customer and remembers them for this call. Called by dispatch.ts. */
import { fullName } from '../../../shared/full-name.ts';
import type { PhoneReading } from '../../../shared/phone.ts';
import { dateOf } from '../../../shared/time.ts';
import type { CustomerRow } from '../../storage/queries/customers.ts';
import { callerLine, findCaller, nameSaid } from '../caller.ts';
import {
  answer,
  counted,
  type Desk,
  type FunctionAnswer,
  type FunctionCall,
  limitsOf,
  sayIn,
} from './function-call.ts';

const NOBODY = {
  customer_found: false,
  customer_id: null,
  customer_name: null,
  appointment_count: 0,
  last_appointment: null,
  no_show_count: 0,
  is_vip: false,
} as const;

export async function checkCustomer(call: FunctionCall, desk: Desk): Promise<FunctionAnswer> {
  const line = callerLine(call, desk);
  if (line.kind === 'ask') {
    return answer(
      sayIn(call, line.reading === null || line.reading.raw === call.caller ? 'ask_number' : 'ask_number_again'),
      {
        ...NOBODY,
        missing: ['phone_number'],
        understood_phone: readBack(line.reading),
      },
    );
  }
  const name = nameSaid(call.args);
  const { found, lead } = await findCaller(call.scope, line.line, name, {
    companyId: desk.branch.body.companyId,
    language: call.language,
  });
  if (found.kind === 'several') {
    return answer(sayIn(call, 'ask_first_name'), { ...NOBODY, missing: ['first_name'] });
  }
  const customer = lead ?? (found.kind === 'one' ? found.customer : null);
  if (customer === null) return answer(sayIn(call, 'ask_first_name'), { ...NOBODY, missing: ['first_name'] });

  const [conversation, visits] = await Promise.all([
    call.scope.calendar.conversation({
      now: call.now,
      callId: call.callId,
      merge: { customerId: customer.id, branchId: desk.branch.id, language: call.language },
      rate: limitsOf(call),
    }),
    lead ? null : call.scope.calendar.appointmentsOf({ customerId: customer.id, now: call.now }),
    lead ? null : call.scope.calendar.registerCustomers({ customerIds: [customer.id], now: call.now }),
  ]);
  const seen = visits?.result.ok ? visits.result.value : null;
  const last = seen?.past.find((visit) => visit.appointment.status !== 'cancelled')?.appointment.startsAt;
  return counted(
    answer(greeting(call, customer, { isNew: lead !== null, named: name !== null, network: line.network }), {
      customer_found: lead === null,
      customer_id: customer.id,
      customer_name: fullName(customer),
      appointment_count: seen?.stats.appointments ?? 0,
      last_appointment: last === undefined ? null : dateOf(last, desk.voice.zone),
      no_show_count: seen?.stats.noShows ?? 0,
      is_vip: customer.vip,
      understood_phone: readBack(line.reading),
    }),
    conversation,
  );
}

/** How the number was read, as `understood` is for day and time. */
const readBack = (reading: PhoneReading | null): Record<string, unknown> =>
  reading === null
    ? { kind: 'unknown', e164: null, action: 'ask' }
    : {
        kind: reading.kind,
        e164: reading.e164,
        action: reading.action,
        ...(reading.extension ? { extension: reading.extension } : {}),
      };

/** A name is only said aloud to the line it belongs to, or to who said it themselves: numbers can be read off a business card. */
function greeting(
  call: FunctionCall,
  customer: CustomerRow,
  how: { isNew: boolean; named: boolean; network: boolean },
): string {
  const name = fullName(customer);
  if (name === null) return sayIn(call, 'welcome_new');
  if (how.named) return sayIn(call, 'welcome_named', { name });
  return how.network && !how.isNew ? sayIn(call, 'welcome_known', { name }) : sayIn(call, 'customer_confirm_name');
}
