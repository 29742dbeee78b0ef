/** Who is calling: from number and name to a customer of this tenant, making a lead where nobody is known. Called by the functions and inbound. */
import { type PhoneReading, readPhone } from '../../shared/phone.ts';
import { createCustomer, type Found, findByLine, type Line, nameCustomer } from '../crm/customers.ts';
import type { CustomerRow } from '../storage/queries/customers.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import type { Desk, FunctionCall } from './functions/function-call.ts';
import { textOf } from './wishes.ts';

export type CallerLine =
  | { kind: 'line'; line: Line /** told by the network, not by the model */; network: boolean; reading: PhoneReading }
  /** withheld, not understood, a service number or a switchboard: ask */
  | { kind: 'ask'; reading: PhoneReading | null };

/** The line of the caller: what was said, else what the network shows. Numbers that name nobody are asked about. */
export function callerLine(call: FunctionCall, desk: Desk): CallerLine {
  const said = textOf(call.args, 'phone_number', 'phone', 'customer_phone');
  const place = { country: desk.branch.body.country, areaCode: desk.branch.body.areaCode };
  let reading: PhoneReading | null = null;
  for (const text of [said, call.caller]) {
    if (!text) continue;
    reading = readPhone(text, place);
    if (reading.e164 !== null && reading.action === 'match') {
      return {
        kind: 'line',
        line: { e164: reading.e164, extension: reading.extension ?? '' },
        network: sameNumber(reading.e164, call.caller),
        reading,
      };
    }
    // What the caller said wins over the network: a number that was said and is wrong is asked about again.
    if (text === said) break;
  }
  return { kind: 'ask', reading };
}

const sameNumber = (e164: string, caller: string | null): boolean =>
  caller !== null && caller.replace(/[^\d+]/g, '') === e164;

export const nameSaid = (args: Readonly<Record<string, unknown>>): string | null => {
  const whole = textOf(args, 'customer_name', 'name', 'full_name', 'caller_name');
  if (whole !== undefined) return whole;
  const parts = [textOf(args, 'first_name'), textOf(args, 'last_name')].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(' ') : null;
};

/** Finds the person; an unknown one becomes a lead with the name, if one was told. Several: the caller has to say a first name. */
export async function findCaller(
  scope: TenantScope,
  line: Line,
  name: string | null,
  facts: { companyId: string; language: 'de' | 'en' },
): Promise<{ found: Found; lead: CustomerRow | null }> {
  const found = await findByLine(scope, line, name);
  if (found.kind === 'one')
    return { found: { kind: 'one', customer: await nameCustomer(scope, found.customer, name) }, lead: null };
  if (found.kind === 'several') return { found, lead: null };
  const lead = await createCustomer(
    scope,
    { source: 'phone_ai', companyId: facts.companyId, name, language: facts.language },
    line,
    found.others.length > 0 ? name : null,
  );
  return { found, lead };
}

/** The customer a booking is for when the model names none (or one we don't have): the conversation's, else the caller's own line. */
export async function ownCustomer(call: FunctionCall, desk: Desk): Promise<string | null> {
  const conversation = await call.scope.calendar.conversation({ now: call.now, callId: call.callId });
  const known = conversation.result.ok ? conversation.result.value.customerId : null;
  if (known !== null) return known;
  const line = callerLine(call, desk);
  if (line.kind === 'ask') return null;
  const { found, lead } = await findCaller(call.scope, line.line, nameSaid(call.args), {
    companyId: desk.branch.body.companyId,
    language: call.language,
  });
  if (lead) return lead.id;
  return found.kind === 'one' ? found.customer.id : null;
}
