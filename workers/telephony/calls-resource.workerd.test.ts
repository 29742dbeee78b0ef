/** What people do with calls over the real app: found, looked at, linked, deleted and brought back; what the agent did and what is said right now. */
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { askApi } from '../../tests/contract/requests.ts';
import { seedTenant, type SeededTenant } from '../../tests/contract/tenants.ts';
import { processNow } from '../../shared/clock.ts';
import type { CallDetail, CallListItem } from '../../shared/contract/calls.ts';
import { newId } from '../../shared/ids.ts';
import { ROLE_PERMISSIONS } from '../../shared/permissions.ts';
import { DAY, toIso } from '../../shared/time.ts';
import { heardWithin } from '../calendar/heard-within.ts';
import { createCustomer } from '../crm/commands/create-customer.ts';
import { platformOf } from '../env.ts';
import { pruneTenant } from '../operations/retention.ts';
import { webhookByUniqueId } from '../storage/queries/webhooks.ts';
import { callById, keepStep } from '../storage/queries/calls.ts';
import { REACHES_ALL } from '../storage/queries/reach.ts';
import { callRecordings, callSteps, calls } from '../storage/tables/calls.ts';
import { customers } from '../storage/tables/crm.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { processRetellWebhook } from './jobs.ts';
import { Caller, env, onFriday, type Salon, salon, send } from './telephony.fixture.ts';

onFriday();

type At = Pick<SeededTenant, 'apiKey'>;
/** Under a key of its own; at the environment that knows the sandbox of telephony. */
const ask = (at: At, method: string, path: string, body?: unknown) =>
  askApi(at.apiKey, method, path, { body, headers: { 'Idempotency-Key': crypto.randomUUID() }, bindings: env });
const scopeOf = (at: SeededTenant): TenantScope =>
  openTenant(platformOf(env), at.tenantId, { kind: 'system', cause: 'demo' });

async function person(scope: TenantScope, firstName: string, lastName: string, e164: string): Promise<string> {
  const id = newId('customer', scope.now);
  const made = await createCustomer(scope, {
    id,
    firstName,
    lastName,
    source: 'admin',
    lines: [{ e164, extension: '' }],
    confirmed: true,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return id;
}
let made = 0;
async function callOf(scope: TenantScope, more: Partial<typeof calls.$inferInsert> = {}): Promise<string> {
  const id = `call_${crypto.randomUUID().replaceAll('-', '').slice(0, 20)}`;
  const startedAt = processNow() - 3_600_000 + ++made * 1_000;
  await scope.db.insert(calls, {
    id,
    direction: 'inbound',
    status: 'analyzed',
    startedAt,
    endedAt: startedAt + 60_000,
    durationMs: 60_000,
    knowledge: {},
    openedAt: startedAt,
    updatedAt: startedAt,
    ...more,
  });
  return id;
}
const found = async (at: At, query: string): Promise<string[]> => {
  const { status, body } = await ask(at, 'GET', `/api/v1/calls?${query}`);
  expect(status, query).toBe(200);
  return (body.data as CallListItem[]).map(({ id }) => id);
};
const detail = async (at: At, id: string): Promise<CallDetail> =>
  (await ask(at, 'GET', `/api/v1/calls/${id}`)).body.data as CallDetail;
const loggedOf = async (scope: TenantScope, id: string): Promise<string[]> =>
  (
    await env.DB.prepare('SELECT description FROM audit_log WHERE tenant_id = ?1 AND subject_id = ?2 ORDER BY id')
      .bind(scope.tenantId, id)
      .all<{ description: string }>()
  ).results.map(({ description }) => description);

describe('a call is found', () => {
  it('by name, by a number in any spelling, by words of its summary, in either order of time', async () => {
    const at = await seedTenant();
    const scope = scopeOf(at);
    const anna = await person(scope, 'Änne', 'Müller', '+4915112345678');
    const first = await callOf(scope, { customerId: anna, summary: 'Fragt nach Öffnungszeiten.' });
    const second = await callOf(scope, {
      fromNumber: '+493012345678',
      summary: 'Möchte Strähnchen und einen Haarschnitt.',
    });
    for (const [q, ids] of [
      ['mueller', [first]],
      ['anne müller', [first]],
      ['0151 1234', [first]],
      ['030 / 12345678', [second]],
      ['+49 30 123', [second]],
      ['strahnchen haar', [second]],
      ['ÖFFNUNGS', [first]],
      ['nichts davon', []],
    ] as const)
      expect(await found(at, new URLSearchParams({ q }).toString()), q).toEqual(ids);
    expect(await found(at, '')).toEqual([second, first]);
    expect(await found(at, 'sort=started_at')).toEqual([first, second]);
    // Look-ups stand beside the questions.
    expect(await found(at, 'q=haarschnitt&with_appointment=true')).toEqual([]);
    const file = await ask(at, 'GET', '/api/v1/calls/export?format=csv&q=haarschnitt');
    expect(file.text.split('\r\n').slice(0, 3)).toEqual([
      expect.stringMatching(/^\u{feff}?id,started_at,/u),
      expect.stringContaining(second),
      '',
    ]);
  });

  it('by nobody of another tenant', async () => {
    const [at, other] = [await seedTenant(), await seedTenant()];
    await callOf(scopeOf(at), { fromNumber: '+493012345678', summary: 'Haarschnitt' });
    for (const q of ['haarschnitt', '030 12345678'])
      expect(await found(other, new URLSearchParams({ q }).toString())).toEqual([]);
  });
});

describe('a call is looked at', () => {
  it('and who did it when stands there, once in the activity log', async () => {
    const at = await seedTenant();
    const scope = scopeOf(at);
    const id = await callOf(scope);
    expect(await found(at, 'reviewed=false')).toEqual([id]);
    for (const _ of [1, 2])
      expect((await ask(at, 'PATCH', `/api/v1/calls/${id}`, { reviewed: true })).status).toBe(200);
    expect(await detail(at, id)).toMatchObject({ reviewed_at: expect.stringMatching(/^20/) });
    expect(await found(at, 'reviewed=false')).toEqual([]);
    expect(await loggedOf(scope, id)).toEqual(['call.updated']);
    await ask(at, 'PATCH', `/api/v1/calls/${id}`, { reviewed: false });
    expect(await detail(at, id)).toMatchObject({ reviewed_at: null, reviewed_by: null });
  });

  it('by who may: staff may not, a receptionist may and deletes nothing', async () => {
    const id = 'call_any';
    const staff = await seedTenant({ scopes: ROLE_PERMISSIONS.staff });
    expect((await ask(staff, 'PATCH', `/api/v1/calls/${id}`, { reviewed: true })).status).toBe(403);
    const front = await seedTenant({ scopes: ROLE_PERMISSIONS.receptionist });
    const own = await callOf(scopeOf(front));
    expect((await ask(front, 'PATCH', `/api/v1/calls/${own}`, { reviewed: true })).status).toBe(200);
    expect((await ask(front, 'DELETE', `/api/v1/calls/${own}`)).status).toBe(403);
    expect((await ask(front, 'GET', '/api/v1/calls/export')).status).toBe(403);
  });
});

const deliver = async (at: Salon, body: { event: string; call: Record<string, unknown> }): Promise<void> => {
  expect((await send('/webhooks/retell', body)).status).toBe(200);
  const stored = await webhookByUniqueId(at.scope.db, 'retell', `${body.event}:${String(body.call['call_id'])}`);
  await processRetellWebhook(platformOf(env), at.tenantId, stored!.id);
};

describe('whose a call was', () => {
  it('is said by a person, and no later event of the provider’s says otherwise', async () => {
    const at = await salon();
    const caller = new Caller(at);
    const anna = await person(at.scope, 'Anna', 'Berg', caller.from ?? '');
    const ben = await person(at.scope, 'Ben', 'Tal', '+4915100000001');
    const end = (event: string) => ({
      event,
      call: caller.call({
        start_timestamp: processNow() - 60_000,
        end_timestamp: processNow(),
        duration_ms: 60_000,
        disconnection_reason: 'user_hangup',
      }),
    });
    await deliver(at, end('call_ended'));
    expect(await callById(at.scope.db, caller.callId)).toMatchObject({ customerId: anna });
    const { callsBacking } = await import('./calls-backing.ts');
    const asked = {
      expectedVersion: null,
      minimum: null,
      key: null,
      confirm: false,
      confirmToken: null,
      language: 'de' as const,
    };
    const link = (customerId: string | null) =>
      callsBacking.change(at.scope, caller.callId, { customer_id: customerId as never }, asked);
    expect(await link(ben)).toMatchObject({ ok: true, value: { view: { customer: { id: ben } } } });
    // The call is a sign of life of theirs.
    expect(await at.scope.db.row(customers, eq(customers.id, ben))).toMatchObject({
      lastActivityAt: expect.any(Number),
    });
    expect(await link(null)).toMatchObject({ ok: true, value: { view: { customer: null } } });
    await deliver(at, end('call_analyzed'));
    expect(await callById(at.scope.db, caller.callId)).toMatchObject({ customerId: null, status: 'analyzed' });
    expect(await link('cus_nobody')).toMatchObject({ ok: false, error: { code: 'NOT_FOUND', entity: 'customer' } });
    expect(await loggedOf(at.scope, caller.callId)).toEqual(['call.updated', 'call.updated']);
  });
});

describe('a deleted call', () => {
  it('is gone for everybody and comes back as it was; a running one is not deleted', async () => {
    const at = await seedTenant();
    const scope = scopeOf(at);
    const id = await callOf(scope, { summary: 'Strähnchen', transcript: '[{"role":"caller","text":"Hallo","at":1}]' });
    expect((await ask(at, 'DELETE', `/api/v1/calls/${id}`)).status).toBe(200);
    expect((await ask(at, 'GET', `/api/v1/calls/${id}`)).status).toBe(404);
    expect((await ask(at, 'PATCH', `/api/v1/calls/${id}`, { reviewed: true })).status).toBe(404);
    for (const query of ['', 'q=strähnchen']) expect(await found(at, query)).toEqual([]);
    expect(await found(at, 'deleted=true')).toEqual([id]);
    expect((await ask(at, 'POST', `/api/v1/calls/${id}/restore`)).status).toBe(200);
    expect(await detail(at, id)).toMatchObject({ deleted_at: null, transcript: [{ text: 'Hallo' }] });
    expect(await loggedOf(scope, id)).toEqual(['call.deleted', 'call.restored']);
    const running = await callOf(scope, { status: 'ongoing', endedAt: null, durationMs: null });
    expect((await ask(at, 'DELETE', `/api/v1/calls/${running}`)).status).toBe(409);
  });

  it('goes for good after 30 days with its recording and what the agent did; one of yesterday stays', async () => {
    const at = await salon();
    const { scope } = at;
    const now = processNow();
    const [old, young] = [
      await callOf(scope, { deletedAt: now - 31 * DAY }),
      await callOf(scope, { deletedAt: now - DAY }),
    ];
    for (const callId of [old, young]) {
      await keepStep(scope.db, {
        callId,
        id: 'one',
        at: now,
        afterTurns: 1,
        function: 'opening-hours',
        succeeded: true,
        code: null,
        said: 'Bis 18 Uhr.',
        appointmentId: null,
      });
      await scope.db.insert(callRecordings, {
        callId,
        state: 'kept',
        bytes: 1,
        audioKey: `x/${callId}`,
        startedAt: now,
        createdAt: now,
      });
    }
    await pruneTenant(platformOf(env), at.tenantId, now);
    expect(await callById(scope.db, old)).toBeNull();
    expect(await callById(scope.db, young)).not.toBeNull();
    expect((await scope.db.rows(callSteps)).map(({ callId }) => callId)).toEqual([young]);
    expect((await scope.db.rows(callRecordings)).map(({ callId }) => callId)).toEqual([young]);
  });
});

describe('what the agent did', () => {
  it('stands with the call in order, with its place among the words and the sentence it was given', async () => {
    const at = await salon();
    const caller = new Caller(at);
    caller.hears('Guten Tag!').tells('Wann haben Sie auf?');
    expect((await caller.says('opening-hours', {})).status).toBe(200);
    caller.hears('Bis 18 Uhr.').tells('Dann einen Haarschnitt am Dienstag um zehn.');
    await caller.says('check-availability', { service: 'Haarschnitt', date: 'Dienstag', time: 'zehn Uhr' });
    const { detailOfCall } = await import('./queries/calls.ts');
    const row = await callById(at.scope.db, caller.callId);
    const { steps, transcript } = await detailOfCall(at.scope, row!, 'de');
    expect(steps).toMatchObject([
      { function: 'opening-hours', succeeded: true, after_turns: 2, said: expect.stringMatching(/Uhr/) },
      { function: 'check-availability', succeeded: true, after_turns: 4, said: expect.any(String) },
    ]);
    expect(transcript).toHaveLength(4);
  });

  it('keeps topics and what was collected of an analysis, and no object inside it', async () => {
    const at = await seedTenant();
    const id = await callOf(scopeOf(at), {
      analysis: {
        topics: ['Termin', 'Preis'],
        budget: 80,
        wants_newsletter: true,
        raw: { a: 1 },
        call_summary: 'x',
        company_id: 'y',
      },
    });
    expect(await detail(at, id)).toMatchObject({
      topics: ['Termin', 'Preis'],
      analysis: [
        { name: 'budget', value: '80' },
        { name: 'wants_newsletter', value: 'true' },
      ],
    });
  });
});

describe('what is said right now', () => {
  it('is told to who listens, with its place, and written down nowhere', async () => {
    const at = await salon();
    const caller = new Caller(at);
    const response = await at.scope.calendar.stream(null, { actor: 'user:usr_1', session: 'ses_1' });
    const socket = response.webSocket!;
    socket.accept();
    const heard: { event: string; data: Record<string, unknown> }[] = [];
    socket.addEventListener('message', ({ data }) => heard.push(JSON.parse(String(data))));
    const words = [{ word: 'Guten', start: 0.4, end: 0.6 }];
    const update = (turns: unknown[]) =>
      send('/webhooks/retell', {
        event: 'transcript_updated',
        call: caller.call({ call_status: 'ongoing', transcript_object: turns }),
      });
    const long = Array.from({ length: 45 }, (_, n) => ({
      role: n % 2 === 0 ? 'agent' : 'user',
      content: `Satz ${n}`,
      words,
    }));
    expect((await update(long.slice(0, 1))).body).toMatchObject({ ignored: true });
    await update(long);
    await expect.poll(() => heard.filter(({ event }) => event === 'call.line').length).toBe(2);
    const [first, second] = heard.filter(({ event }) => event === 'call.line');
    expect(first?.data).toEqual({
      ids: [caller.callId],
      branch_id: at.branchId,
      from: 0,
      lines: [{ role: 'agent', text: 'Satz 0', at: 0.4 }],
    });
    expect(second?.data).toMatchObject({ from: 5 });
    expect(second?.data['lines']).toHaveLength(40);
    expect(await callById(at.scope.db, caller.callId)).toBeNull();
    socket.close();
  });

  it('reaches who reaches the branch, and nobody who has only their own', () => {
    const message = { event: 'call.line', data: { ids: ['call_1'], branch_id: 'bra_1', from: 0, lines: [] } };
    expect(heardWithin(message, REACHES_ALL)).toEqual(message);
    expect(heardWithin(message, { ...REACHES_ALL, branches: ['bra_1'] })).toEqual(message);
    expect(heardWithin(message, { ...REACHES_ALL, branches: ['bra_2'] })).toBeNull();
    expect(heardWithin(message, { ...REACHES_ALL, staff: ['stf_1'] })).toBeNull();
    expect(
      heardWithin({ ...message, data: { ...message.data, branch_id: null } }, { ...REACHES_ALL, branches: ['bra_1'] }),
    ).toBeNull();
  });
});

describe('an appointment of a call', () => {
  it('keeps the call it comes from, and no call of others or that was deleted', async () => {
    const at = await salon();
    const { bookFor } = await import('../calendar/book-for.ts');
    const customerId = await person(at.scope, 'Cora', 'Feld', '+4915100000003');
    const book = async (callId: string) =>
      bookFor(at.scope, {
        key: `book:${callId}`,
        now: processNow(),
        actor: { kind: 'system', id: 'test' },
        appointmentId: newId('appointment', processNow()),
        customerId,
        services: [{ serviceId: at.haircut }],
        branchId: at.branchId,
        staffId: null,
        startsAt: Date.parse('2026-11-24T10:00:00+01:00') as never,
        source: 'admin',
        notes: null,
        internalNotes: null,
        callId,
        quote: null,
        lockToken: null,
        notify: false,
        internal: true,
        offeredOnly: false,
        backdate: false,
        customerHourlyLimit: null,
      } as never);
    const [id, gone] = [await callOf(at.scope), await callOf(at.scope, { deletedAt: processNow() })];
    for (const callId of [gone, 'call_nobodys'])
      expect((await book(callId)).result).toMatchObject({ ok: false, error: { code: 'NOT_FOUND', entity: 'call' } });
    expect((await book(id)).result).toMatchObject({ ok: true, value: { appointment: { callId: id } } });
    expect(toIso(processNow())).toMatch(/^2026/);
  });
});
