/**
 * Who does not reach everything: somebody with only their own sees and changes what is theirs, and of colleagues learns when these are busy;
 * somebody of one branch has nothing of the other, in lists, single answers, exports, commands and the live stream.
 */
import { createExecutionContext } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import { generousEnv, signIn } from '../../tests/contract/requests.ts';
import { PASSWORD, PLATFORM, unique } from '../../tests/contract/tenants.ts';
import { app } from '../app.ts';
import { processNow } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { platformOf } from '../env.ts';
import { heardWithin } from '../calendar/heard-within.ts';
import { createUser } from '../identity/accounts.ts';
import { REACHES_ALL } from '../storage/queries/reach.ts';
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
    // Several days show what each shows alone.
    const days = await ask('GET', `/api/v1/calendar/range?from=${DAY}&days=2`);
    const alone = await ask('GET', `/api/v1/calendar/day?date=${DAY}`);
    expect(days.body.data.days[0]).toEqual(alone.body.data);
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
    expect((await ask('POST', '/api/v2/bookings', booking)).status).toBe(404);
    expect((await ask('GET', '/api/me')).body.data.own).toEqual({ staff_id: null, ask: [] });
    cookie = before;
  });
});

describe('somebody bound to a branch', () => {
  const NORTH = {
    branch: newId('branch', processNow()),
    cora: newId('staff', processNow()),
  };
  let far: Person;
  let near: Person;
  let bound = '';

  beforeAll(async () => {
    const now = processNow();
    const { result } = await at.scope.calendar.schedule();
    if (!result.ok) throw new Error('no schedule');
    const schedule = result.value;
    const main = schedule.branches[0];
    const anna = schedule.staff.find(({ id }) => id === at.anna);
    const copied = (ownerId: string, as: string) =>
      schedule.hours
        .filter(({ body }) => body.ownerId === ownerId)
        .map(({ body }) => ({
          kind: 'hours' as const,
          id: newId('hours', now),
          body: { ...body, ownerId: as, branchId: body.branchId === null ? null : NORTH.branch },
        }));
    const put = await at.scope.calendar.putScheduleMany({
      key: unique('north'),
      now,
      actor: { kind: 'system', id: 'test' },
      items: [
        {
          kind: 'branch',
          id: NORTH.branch,
          body: { ...main?.body, name: 'Nord', main: false },
        },
        {
          kind: 'staff',
          id: NORTH.cora,
          body: {
            ...anna?.body,
            firstName: 'Cora',
            branchIds: [NORTH.branch],
            userId: null,
            aliases: [],
          },
        },
        ...copied(at.branchId, NORTH.branch),
        ...copied(at.anna, NORTH.cora),
        ...schedule.services.map(({ id, body }) => ({
          kind: 'service' as const,
          id,
          body: {
            ...body,
            staff: [...body.staff, ...body.staff.slice(0, 1).map((one) => ({ ...one, staffId: NORTH.cora }))],
          },
        })),
      ],
    });
    if (!put.result.ok) throw new Error(JSON.stringify(put.result.error));
    near = await person(at, 'Nadja Nah', mobile());
    far = await person(at, 'Frieda Fern', mobile());
    for (const [one, staffId, branchId] of [
      [near, at.ben, at.branchId],
      [far, NORTH.cora, NORTH.branch],
    ] as const) {
      const booked = await at.scope.calendar.book({
        key: unique('book'),
        now: processNow(),
        actor: { kind: 'system', id: 'test' },
        appointmentId: newId('appointment', processNow()),
        customerId: one.id,
        services: [{ serviceId: at.haircut }],
        branchId,
        staffId,
        startsAt: Date.parse(`${DAY}T11:00:00Z`) as never,
        source: 'admin',
        notify: false,
        internal: true,
      });
      if (!booked.result.ok) throw new Error(JSON.stringify(booked.result.error));
      one.appointments.push({ id: booked.result.value.appointment.id, startsAt: '', when: '' });
    }
    await at.scope.calendar.flush(2_000);
    const email = `${unique('north')}@salon.test`;
    const user = await createUser(
      platformOf(generousEnv),
      { tenantId: at.tenantId, email, name: 'Nora', role: 'manager', password: PASSWORD, language: 'de' },
      now,
    );
    if (!user.ok) throw new Error(JSON.stringify(user.error));
    await generousEnv.DB.prepare('UPDATE users SET branch_ids = ?1 WHERE id = ?2')
      .bind(JSON.stringify([at.branchId]), user.value.userId)
      .run();
    bound = await signIn({ email } as Parameters<typeof signIn>[0]);
  });

  const asBound = async (method: string, path: string, body?: object) => {
    const before = cookie;
    cookie = bound;
    try {
      return await ask(method, path, body);
    } finally {
      cookie = before;
    }
  };
  const idsOf = (answer: { body: { data: { id: string }[] } }) => answer.body.data.map(({ id }) => id);

  it('has its appointments, day and customers, and none of the other branch, also in search and export', async () => {
    const listed = idsOf(await asBound('GET', `/api/v1/appointments?from=${DAY}&to=${DAY}`));
    expect(listed).toContain(visitOf(near));
    expect(listed).not.toContain(visitOf(far));
    expect((await asBound('GET', `/api/v1/appointments/${visitOf(far)}`)).status).toBe(404);
    for (const path of [`day?date=${DAY}`, `range?from=${DAY}`])
      expect((await asBound('GET', `/api/v1/calendar/${path}&branch_id=${NORTH.branch}`)).status).toBe(404);
    // Without a branch it is the one they have.
    expect((await asBound('GET', `/api/v1/calendar/day?date=${DAY}`)).body.data.branch.id).toBe(at.branchId);
    expect(idsOf(await asBound('GET', '/api/v1/customers?limit=100'))).toContain(near.id);
    expect((await asBound('GET', `/api/v1/customers/${far.id}`)).status).toBe(404);
    expect((await asBound('GET', '/api/v1/customers?q=Fern')).body.data).toEqual([]);
    expect((await asBound('GET', '/api/v1/customers?q=Nah')).body.data).toHaveLength(1);
    const exported = await asBound('GET', '/api/v1/customers/export');
    expect(exported.text).toContain(near.id);
    expect(exported.text).not.toContain(far.id);
  });

  it('changes, books and cancels nothing of the other branch', async () => {
    for (const [method, path, body] of [
      ['PATCH', `/api/v1/customers/${far.id}`, { last_name: 'Anders' }],
      ['DELETE', `/api/v1/customers/${far.id}`, undefined],
      ['POST', `/api/v1/appointments/${visitOf(far)}/confirm`, {}],
      ['DELETE', `/api/v2/bookings/${visitOf(far)}`, undefined],
      ['PATCH', `/api/v2/bookings/${visitOf(far)}/reschedule`, { new_starts_at: `${DAY}T14:00:00Z` }],
      ['PATCH', `/api/v1/staff/${NORTH.cora}`, { first_name: 'Anders' }],
      ['PATCH', `/api/v1/branches/${NORTH.branch}`, { name: 'Anders' }],
      ['DELETE', `/api/v1/staff/${NORTH.cora}`, undefined],
      // Nobody is taken into a branch beyond reach.
      ['PATCH', `/api/v1/staff/${at.ben}`, { branch_ids: [at.branchId, NORTH.branch] }],
    ] as const)
      expect((await asBound(method, path, body)).status, `${method} ${path}`).toBe(404);
    const booking = {
      service_id: at.haircut,
      starts_at: `${DAY}T14:00:00Z`,
      staff_id: NORTH.cora,
      branch_id: NORTH.branch,
    };
    expect((await asBound('POST', '/api/v2/bookings', { ...booking, customer_id: near.id })).status).toBe(404);
    const here = { service_id: at.haircut, starts_at: `${DAY}T14:00:00Z`, staff_id: at.ben };
    expect((await asBound('POST', '/api/v2/bookings', { ...here, customer_id: far.id })).status).toBe(404);
    expect((await asBound('POST', '/api/v2/bookings', { ...here, customer_id: near.id })).status).toBe(201);
    expect((await asBound('PATCH', `/api/v1/staff/${at.ben}`, { last_name: 'Neu' })).status).toBe(200);
  });

  it('has of master data what stands there, and of the account where it works', async () => {
    expect(idsOf(await asBound('GET', '/api/v1/branches'))).toEqual([at.branchId]);
    expect(idsOf(await asBound('GET', '/api/v1/staff'))).not.toContain(NORTH.cora);
    expect(idsOf(await asBound('GET', '/api/v1/services'))).toContain(at.haircut);
    expect((await asBound('GET', `/api/v1/staff/${NORTH.cora}`)).status).toBe(404);
    const hours = await asBound('GET', '/api/v1/working-hours?limit=100');
    expect(hours.text).not.toContain(NORTH.cora);
    expect((await asBound('GET', '/api/me')).body.data.branches.map(({ id }: { id: string }) => id)).toEqual([
      at.branchId,
    ]);
  });

  it('reads of the log what they did, and of messages, calls and webhooks nothing from elsewhere', async () => {
    const log = await asBound('GET', '/api/v1/activity?limit=100');
    expect(log.status).toBe(200);
    expect(log.text).not.toContain(far.id);
    for (const path of ['/api/v1/webhook-logs', '/api/v1/calls', '/api/v1/notifications', '/api/v1/callback-requests'])
      expect((await asBound('GET', path)).body.data, path).toEqual([]);
  });

  it('sees a customer whom nobody has booked for yet, so that one can be entered and booked', async () => {
    const made = await asBound('POST', '/api/v1/customers', { last_name: 'Neuling' });
    expect(made.status).toBe(201);
    expect((await asBound('GET', `/api/v1/customers/${made.body.data.id}`)).status).toBe(200);
  });

  it('receives nothing from the other branch, and of what is theirs only which day', () => {
    const reached = { ...REACHES_ALL, branches: [at.branchId] };
    const said = (branch: string) => ({
      event: 'appointment',
      id: '1.2',
      data: { ids: [visitOf(far)], type: 'appointment.booked', days: [{ branch_id: branch, date: DAY }] },
    });
    expect(heardWithin(said(NORTH.branch), reached)).toBeNull();
    expect(heardWithin(said(at.branchId), reached)).toEqual({
      event: 'appointment',
      id: '1.2',
      data: { ids: [], days: [{ branch_id: at.branchId, date: DAY }] },
    });
    expect(heardWithin({ event: 'call', data: { ids: ['call_1'] } }, reached)).toEqual({
      event: 'call',
      data: { ids: [] },
    });
    expect(heardWithin(said(NORTH.branch), REACHES_ALL)).toEqual(said(NORTH.branch));
  });
});
