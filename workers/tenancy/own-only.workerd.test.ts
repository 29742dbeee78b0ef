/** Somebody of the role `staff` sees and changes what is theirs; of colleagues they learn when these are busy, and nothing else. */
import { createExecutionContext } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import { generousEnv, signIn } from '../../tests/contract/requests.ts';
import { PASSWORD, PLATFORM, unique } from '../../tests/contract/tenants.ts';
import { app } from '../app.ts';
import { processNow } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { platformOf } from '../env.ts';
import { createUser } from '../identity/accounts.ts';
import { mobile, type Person, person, salon } from '../telephony/identity.fixture.ts';
import type { Salon } from '../telephony/telephony.fixture.ts';

const DAY = '2027-03-02';
let at: Salon;
let cookie = '';
let [mine, theirs]: [Person | null, Person | null] = [null, null];

async function ask(method: string, path: string, body?: object) {
  const response = await app.fetch(
    new Request(`${PLATFORM}${path}`, {
      method,
      headers: { Cookie: cookie, Origin: PLATFORM, ...(body ? { 'Content-Type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }),
    generousEnv,
    createExecutionContext(),
  );
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  // biome-ignore lint/suspicious/noExplicitAny: bodies are asserted field by field
  return { status: response.status, body: (isJson ? JSON.parse(text) : null) as any, text };
}
const visitOf = (one: Person | null): string => one?.appointments[0]?.id ?? '';

async function staffUser(linkedTo: string | null): Promise<string> {
  const now = processNow();
  const email = `${unique('staff')}@salon.test`;
  const user = await createUser(
    platformOf(generousEnv),
    { tenantId: at.tenantId, email, name: 'Anna', role: 'staff', password: PASSWORD, language: 'de' },
    now,
  );
  if (!user.ok) throw new Error(JSON.stringify(user.error));
  if (linkedTo !== null) {
    const { result } = await at.scope.calendar.schedule();
    const item = result.ok ? result.value.staff.find(({ id }) => id === linkedTo) : undefined;
    if (item === undefined) throw new Error('nobody');
    const put = await at.scope.calendar.putSchedule({
      key: unique('link'),
      now,
      actor: { kind: 'system', id: 'test' },
      kind: 'staff',
      id: linkedTo,
      body: { ...item.body, userId: user.value.userId },
      expectedVersion: null,
    });
    if (!put.result.ok) throw new Error(put.result.error.code);
  }
  return signIn({ email } as Parameters<typeof signIn>[0]);
}

beforeAll(async () => {
  at = await salon();
  mine = await person(at, 'Erna Eigen', mobile());
  theirs = await person(at, 'Fritz Fremd', mobile());
  for (const [one, staffId] of [
    [mine, at.anna],
    [theirs, at.ben],
  ] as const) {
    const booked = await at.scope.calendar.book({
      key: unique('book'),
      now: processNow(),
      actor: { kind: 'system', id: 'test' },
      appointmentId: newId('appointment', processNow()),
      customerId: one.id,
      services: [{ serviceId: at.haircut }],
      branchId: at.branchId,
      staffId,
      startsAt: Date.parse(`${DAY}T09:00:00Z`) as never,
      source: 'admin',
      notify: false,
      internal: true,
      notes: `Notiz zu ${one.name}`,
    });
    if (!booked.result.ok) throw new Error(JSON.stringify(booked.result.error));
    one.appointments.push({ id: booked.result.value.appointment.id, startsAt: `${DAY}T09:00:00Z`, when: '' });
  }
  cookie = await staffUser(at.anna);
  await at.scope.calendar.flush(2_000);
});

describe('staff', () => {
  it('see their own appointments in lists, day and by id; those of others do not exist', async () => {
    const listed = await ask('GET', `/api/v1/appointments?from=${DAY}&to=${DAY}`);
    expect(listed.body.data.map(({ id }: { id: string }) => id)).toEqual([visitOf(mine)]);
    expect((await ask('GET', `/api/v1/appointments/${visitOf(mine)}`)).status).toBe(200);
    expect((await ask('GET', `/api/v1/appointments/${visitOf(theirs)}`)).status).toBe(404);
    expect((await ask('GET', `/api/v2/bookings/${visitOf(theirs)}`)).status).toBe(404);
  });

  it('see of a colleague’s appointment when it is, not whose and what', async () => {
    const day = await ask('GET', `/api/v1/calendar/day?date=${DAY}`);
    expect(day.status).toBe(200);
    expect(day.body.data.appointments.map(({ id }: { id: string }) => id)).toEqual([visitOf(mine)]);
    expect(day.body.data.busy).toEqual([
      { staff_id: at.ben, starts_at: `${DAY}T09:00:00.000Z`, ends_at: `${DAY}T10:00:00.000Z` },
    ]);
    expect(day.text).not.toMatch(/Fremd|Notiz zu Fritz/);
    expect(day.text).not.toContain(visitOf(theirs));
  });

  it('change their own, and find none of the others to change', async () => {
    for (const [method, path, body] of [
      ['POST', `/api/v1/appointments/${visitOf(theirs)}/confirm`, {}],
      ['POST', `/api/v1/appointments/${visitOf(theirs)}/notes`, { text: 'x' }],
      ['PATCH', `/api/v2/bookings/${visitOf(theirs)}/reschedule`, { new_starts_at: `${DAY}T12:00:00Z` }],
    ] as const)
      expect((await ask(method, path, body)).status, path).toBe(404);
    expect((await ask('POST', `/api/v1/appointments/${visitOf(mine)}/notes`, { text: 'Farbe' })).status).toBe(201);
    // Cancelling asks for a permission that staff do not have.
    expect((await ask('DELETE', `/api/v2/bookings/${visitOf(mine)}`)).status).toBe(403);
  });

  it('book for themselves, whoever else they name', async () => {
    const booking = { service_id: at.haircut, branch_id: at.branchId, customer_id: mine?.id };
    const own = await ask('POST', '/api/v2/bookings', { ...booking, starts_at: `${DAY}T13:00:00Z` });
    expect(own).toMatchObject({ status: 201, body: { staff_id: at.anna } });
    const other = await ask('POST', '/api/v2/bookings', {
      ...booking,
      starts_at: `${DAY}T14:00:00Z`,
      staff_id: at.ben,
    });
    expect(other.status).toBe(403);
  });

  it('see the customers they serve, with name, number and notes', async () => {
    const listed = await ask('GET', '/api/v1/customers');
    expect(listed.body.data.map(({ id }: { id: string }) => id)).toEqual([mine?.id]);
    expect(listed.body.data[0]).toMatchObject({ name: 'Erna Eigen', email: null });
    expect((await ask('GET', `/api/v1/customers/${mine?.id}`)).status).toBe(200);
    expect((await ask('GET', `/api/v1/customers/${theirs?.id}`)).status).toBe(404);
    expect((await ask('GET', '/api/v1/customers?q=Fremd')).body.data).toEqual([]);
    expect((await ask('GET', '/api/v1/customers?q=Eigen')).body.data).toHaveLength(1);
  });

  it('see their own time off and when the salon is closed, not why a colleague is away', async () => {
    const away = async (id: string, ownerKind: 'staff' | 'branch', ownerId: string) => {
      const put = await at.scope.calendar.putSchedule({
        key: unique('away'),
        now: processNow(),
        actor: { kind: 'system', id: 'test' },
        kind: 'exception',
        id,
        body: {
          ownerKind,
          ownerId,
          branchId: null,
          kind: ownerKind === 'branch' ? 'closure' : 'sick',
          fromDate: '2027-06-01',
          toDate: '2027-06-02',
          fromTime: null,
          toTime: null,
          note: `Grund von ${id}`,
          outsideBranchHours: false,
        },
        expectedVersion: 0,
      });
      if (!put.result.ok) throw new Error(JSON.stringify(put.result.error));
    };
    await away('exc_own_only_mine', 'staff', at.anna);
    await away('exc_own_only_theirs', 'staff', at.ben);
    await away('exc_own_only_house', 'branch', at.branchId);
    await at.scope.calendar.flush(2_000);
    const listed = await ask('GET', '/api/v1/exceptions?limit=100');
    expect(listed.text).not.toContain('exc_own_only_theirs');
    expect(listed.body.data.map(({ id }: { id: string }) => id).sort()).toEqual([
      'exc_own_only_house',
      'exc_own_only_mine',
    ]);
    const ofColleague = await ask('GET', `/api/v1/exceptions?staff_id=${at.ben}`);
    expect(ofColleague.body.data).toEqual([]);
    expect((await ask('GET', '/api/v1/exceptions/exc_own_only_theirs')).status).toBe(404);
    expect((await ask('GET', '/api/v1/exceptions/exc_own_only_mine')).status).toBe(200);
  });

  it('export of time off what they see of it', async () => {
    const exported = await ask('GET', '/api/v1/exceptions/export');
    expect(exported.status).toBe(200);
    expect(exported.text).toContain('exc_own_only_mine');
    expect(exported.text).toContain('exc_own_only_house');
    expect(exported.text).not.toContain('exc_own_only_theirs');
    expect(exported.text).not.toContain(at.ben);
  });

  it('of nobody linked see nothing at all', async () => {
    const before = cookie;
    cookie = await staffUser(null);
    expect((await ask('GET', '/api/v1/appointments')).body.data).toEqual([]);
    expect((await ask('GET', '/api/v1/customers')).body.data).toEqual([]);
    const day = await ask('GET', `/api/v1/calendar/day?date=${DAY}`);
    expect(day.body.data.appointments).toEqual([]);
    const booking = { service_id: at.haircut, customer_id: mine?.id, starts_at: `${DAY}T15:00:00Z` };
    expect((await ask('POST', '/api/v2/bookings', booking)).status).toBe(403);
    cookie = before;
  });
});
