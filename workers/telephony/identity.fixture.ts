/** People of a salon for tests of who is on the line: a customer with appointments, a family, and calls in all their forms. Imported by tests only. */
import { processNow } from '../../shared/clock.ts';
import { fullName, splitName } from '../../shared/full-name.ts';
import { newId } from '../../shared/ids.ts';
import { fromIso } from '../../shared/time.ts';
import { createCustomer } from '../crm/commands/create-customer.ts';
import { type Answered, Caller, mobile, type Salon, salon, send } from './telephony.fixture.ts';

export interface Person {
  id: string;
  name: string;
  first: string;
  last: string;
  phone: string;
  /** coming appointments, by start */
  appointments: { id: string; startsAt: string; when: string }[];
}

const must = <T>(answer: { result: { ok: true; value: T } | { ok: false; error: unknown } }): T => {
  if (!answer.result.ok) throw new Error(JSON.stringify(answer.result.error));
  return answer.result.value;
};

/** A customer of the salon, with appointments at the given UTC instants. */
export async function person(
  at: Salon,
  name: string,
  phone: string,
  starts: readonly { at: string; when: string }[] = [],
): Promise<Person> {
  const now = processNow();
  const id = newId('customer', now);
  const made = await createCustomer(at.scope, {
    id,
    ...splitName(name),
    source: 'admin',
    lines: [{ e164: phone, extension: '' }],
    confirmed: true,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const appointments: Person['appointments'] = [];
  for (const start of starts) {
    const startsAt = fromIso(start.at);
    if (startsAt === null) throw new Error(start.at);
    const { appointment } = must(
      await at.scope.calendar.book({
        key: `test:${newId('audit', now)}`,
        now,
        actor: { kind: 'user', id: 'usr_test' },
        appointmentId: newId('appointment', now),
        customerId: id,
        services: [{ serviceId: at.haircut }],
        branchId: at.branchId,
        staffId: null,
        startsAt,
        source: 'admin',
        notify: false,
        internal: true,
      }),
    );
    appointments.push({ id: appointment.id, startsAt: start.at, when: start.when });
  }
  const split = splitName(name);
  return {
    id,
    name: fullName(split) ?? name,
    first: split.firstName ?? '',
    last: split.lastName ?? '',
    phone,
    appointments,
  };
}

/** Makes the salon's company strict, or a practice, or change any other setting. */
export async function settings(at: Salon, body: Record<string, unknown>): Promise<void> {
  const { result } = await at.scope.calendar.schedule();
  if (!result.ok) throw new Error('no schedule');
  const companyId = result.value.branches[0]?.body.companyId ?? '';
  const now = processNow();
  must(
    await at.scope.calendar.putSchedule({
      key: `company:${newId('audit', now)}`,
      now,
      actor: { kind: 'user', id: 'usr_test' },
      kind: 'company',
      id: companyId,
      body: { name: 'Salon Schön', ...body },
      expectedVersion: null,
    }),
  );
}

/** The flat documented body: arguments at the top level with the call's id. */
export const flat = (caller: Caller, name: string, args: Record<string, unknown> = {}): Promise<Answered> =>
  send(`/api/retell/${name}`, { call_id: caller.callId, ...args });

export { Caller, mobile, salon };
