/** Call back requests are worked off: taken, done, given up and opened again, each with its row of the activity log. Over the real app. */
import { describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { furnishTenant } from '../../tests/contract/fixtures.ts';
import { askApi, signIn } from '../../tests/contract/requests.ts';
import { env, PASSWORD, seedTenant, type SeededTenant } from '../../tests/contract/tenants.ts';
import { CALLBACK_STATUSES } from '../../shared/call-status.ts';
import { processNow } from '../../shared/clock.ts';
import type { CallbackView } from '../../shared/contract/calls.ts';
import { createUser } from '../identity/accounts.ts';
import { callbackRequests } from '../storage/tables/calls.ts';
import { effects } from '../storage/tables/delivery.ts';
import { platformOf } from '../env.ts';
import { openTenant } from '../tenancy/scope.ts';
import { dueOf } from './callback-due.ts';
import { requestCallback } from './callbacks.ts';
import { escalateCallbacks } from './escalate-callbacks.ts';

const ask = (at: SeededTenant, method: string, path: string, body?: unknown) =>
  askApi(at.apiKey, method, `/api/v1/callback-requests${path}`, {
    body,
    headers: { 'Idempotency-Key': crypto.randomUUID() },
  });
const noted = (at: SeededTenant): Promise<string> => {
  const scope = openTenant(platformOf(env), at.tenantId, { kind: 'system', cause: 'demo' });
  return requestCallback(scope, { kind: 'callback', callId: null, phone: '+4915112345678', reason: 'Rückfrage' });
};
const logOf = async (at: SeededTenant, id: string): Promise<number> =>
  (
    await env.DB.prepare(
      "SELECT count(*) AS many FROM audit_log WHERE tenant_id = ?1 AND subject_id = ?2 AND description = 'callback_request.updated'",
    )
      .bind(at.tenantId, id)
      .first<{ many: number }>()
  )?.many ?? -1;

describe('a call back request', () => {
  it('is taken, done and opened again, and each change is in the activity log', async () => {
    const at = await seedTenant();
    const id = await noted(at);
    expect((await ask(at, 'GET', `/${id}`)).body.data).toMatchObject({
      status: 'open',
      assigned_to: null,
      closed_at: null,
    });
    const taken = await ask(at, 'PATCH', `/${id}`, { assigned_to: at.userId });
    expect([taken.status, taken.body.data]).toMatchObject([200, { status: 'assigned', assigned_to: at.userId }]);
    const done = await ask(at, 'PATCH', `/${id}`, { status: 'done' });
    expect(done.body.data).toMatchObject({
      status: 'done',
      assigned_to: at.userId,
      closed_at: expect.stringMatching(/^20/),
    });
    expect((await ask(at, 'GET', '?status=done')).body.data).toMatchObject([{ id }]);
    expect((await ask(at, 'GET', '?status=open')).body.data).toEqual([]);
    expect((await ask(at, 'PATCH', `/${id}`, { status: 'failed' })).body.data).toMatchObject({ status: 'failed' });
    const again = await ask(at, 'PATCH', `/${id}`, { status: 'open' });
    expect(again.body.data).toMatchObject({ status: 'open', assigned_to: null, closed_at: null });
    expect(await logOf(at, id)).toBe(4);
  });

  it('that nobody changes leaves no row, whether the body is empty or says what is so', async () => {
    const at = await seedTenant();
    const id = await noted(at);
    for (const body of [{}, { status: 'open' }])
      expect((await ask(at, 'PATCH', `/${id}`, body)).status, JSON.stringify(body)).toBe(200);
    expect(await logOf(at, id)).toBe(0);
  });

  it('knows four states, no strangers and no nobody', async () => {
    const [at, other] = [await seedTenant(), await seedTenant()];
    const id = await noted(at);
    expect([...CALLBACK_STATUSES]).toEqual(['open', 'assigned', 'done', 'failed']);
    const refused = async (body: unknown) => {
      const { status, body: said } = await ask(at, 'PATCH', `/${id}`, body);
      return [status, said.error?.code];
    };
    expect(await refused({ status: 'closed' })).toEqual([422, 'VALIDATION_ERROR']);
    expect(await refused({ assigned_to: other.userId })).toEqual([404, 'NOT_FOUND']);
    expect(await refused({ status: 'assigned' })).toEqual([422, 'VALIDATION_ERROR']);
    expect(await refused({ status: 'open', assigned_to: at.userId })).toEqual([422, 'VALIDATION_ERROR']);
    expect((await ask(other, 'PATCH', `/${id}`, { status: 'done' })).status).toBe(404);
    expect(await logOf(at, id)).toBe(0);
  });

  it('is changed by two people at once without a change that the log does not know', async () => {
    const at = await seedTenant();
    const id = await noted(at);
    const answers = await Promise.all(
      (['done', 'failed'] as const).map((status) => ask(at, 'PATCH', `/${id}`, { status })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await logOf(at, id)).toBe(2);
  });
});

describe('a promise to ring back', () => {
  const scopeOf = (at: SeededTenant) => openTenant(platformOf(env), at.tenantId, { kind: 'system', cause: 'demo' });
  const dueAgo = (at: SeededTenant, id: string, ms: number) =>
    scopeOf(at).db.update(callbackRequests, { dueAt: processNow() - ms }, eq(callbackRequests.id, id));
  const ids = (answer: { body: { data: never } }) => (answer.body.data as { id: string }[]).map(({ id }) => id);

  it('is due after as many hours as its branch’s company says', async () => {
    const at = await furnishTenant(signIn);
    const company = await askApi(at.apiKey, 'PATCH', `/api/v1/companies/${at.company}`, {
      body: { callback_due_hours: 9 },
      headers: { 'Idempotency-Key': crypto.randomUUID() },
    });
    expect([company.status, company.body.data]).toMatchObject([200, { callback_due_hours: 9 }]);
    const scope = openTenant(platformOf(env), at.tenantId, { kind: 'system', cause: 'demo' });
    const hours = await scope.calendar.openHours({ maxAgeMs: 0 });
    if (!hours.result.ok) throw new Error('no hours');
    const { openOn } = hours.result.value;
    const id = await requestCallback(scope, { kind: 'callback', callId: null, branchId: at.branch });
    const { due_at } = (await ask(at, 'GET', `/${id}`)).body.data as CallbackView;
    const opening = { now: scope.now, zone: 'Europe/Berlin', openOn: (date: string) => openOn(at.branch, date) };
    expect(Date.parse(due_at)).toBe(dueOf({}, opening, 9));
    expect(Date.parse(due_at)).toBeGreaterThan(dueOf({}, opening, 4));
  });

  it('is due four hours later where nobody knows opening hours, and stands first where it is due first', async () => {
    const at = await seedTenant();
    const [first, second] = [await noted(at), await noted(at)];
    const { created_at, due_at, overdue } = (await ask(at, 'GET', `/${first}`)).body.data as CallbackView;
    expect([Date.parse(due_at) - Date.parse(created_at), overdue]).toEqual([4 * 3_600_000, false]);
    await ask(at, 'PATCH', `/${second}`, { due_at: '2026-11-20T09:00:00Z', priority: 'high' });
    expect(ids(await ask(at, 'GET', '?sort=due_at&status=open'))).toEqual([second, first]);
    await dueAgo(at, second, 60_000);
    expect(ids(await ask(at, 'GET', '?overdue=true'))).toEqual([second]);
    expect(ids(await ask(at, 'GET', '?priority=high'))).toEqual([second]);
    await ask(at, 'PATCH', `/${second}`, { status: 'done' });
    expect(ids(await ask(at, 'GET', '?overdue=true'))).toEqual([]);
  });

  it('has a row for each try; who is reached is done, everybody else still waits', async () => {
    const at = await seedTenant();
    const id = await noted(at);
    const missed = await ask(at, 'POST', `/${id}/attempts`, { outcome: 'no_answer', note: 'Mailbox voll' });
    expect([missed.status, missed.body.data]).toMatchObject([201, { status: 'open', tries: 1 }]);
    const reached = await ask(at, 'POST', `/${id}/attempts`, { outcome: 'reached' });
    expect(reached.body.data).toMatchObject({
      status: 'done',
      attempts: [{ outcome: 'reached' }, { outcome: 'no_answer', note: 'Mailbox voll' }],
    });
    expect((await ask(at, 'GET', '')).body.data).toMatchObject([{ id, tries: 2, last_tried_at: expect.any(String) }]);
    expect((await ask(at, 'POST', `/${id}/attempts`, { outcome: 'sung' })).status).toBe(422);
    const other = await seedTenant();
    expect((await ask(other, 'POST', `/${id}/attempts`, { outcome: 'reached' })).status).toBe(404);
  });

  it('is given to who may work on it, and to nobody else', async () => {
    const at = await seedTenant();
    const id = await noted(at);
    const now = processNow();
    const user = async (role: 'receptionist' | 'portal_user') => {
      const made = await createUser(
        platformOf(env),
        {
          tenantId: at.tenantId,
          email: `${role}@${at.slug}.test`,
          name: role,
          role,
          password: PASSWORD,
          language: 'de',
        },
        now,
      );
      if (!made.ok) throw new Error(JSON.stringify(made.error));
      return made.value.userId;
    };
    const [front, payer] = [await user('receptionist'), await user('portal_user')];
    expect(ids(await ask(at, 'GET', '/assignees')).toSorted()).toEqual([at.userId, front].toSorted());
    expect((await ask(at, 'PATCH', `/${id}`, { assigned_to: payer })).status).toBe(422);
    expect((await ask(at, 'PATCH', `/${id}`, { assigned_to: front })).body.data).toMatchObject({
      status: 'assigned',
      assignee: { id: front, name: 'receptionist' },
    });
    expect(ids(await ask(at, 'GET', `?assigned_to=${front}&sort=due_at`))).toEqual([id]);
  });

  it('that nobody kept is told to who leads the business once; a new time is a new promise', async () => {
    const at = await seedTenant();
    const [late, closed, young] = [await noted(at), await noted(at), await noted(at)];
    for (const id of [late, closed]) await dueAgo(at, id, 60_000);
    await ask(at, 'PATCH', `/${closed}`, { status: 'done' });
    const notices = async (): Promise<string[]> =>
      (await scopeOf(at).db.rows(effects, { where: eq(effects.kind, 'notify') })).map(({ id }) => id);
    await escalateCallbacks(platformOf(env));
    await escalateCallbacks(platformOf(env));
    expect(await notices()).toEqual([
      expect.stringMatching(new RegExp(`^${late}:callback.overdue:\\d+:${at.userId}$`)),
    ]);
    const shown = (await ask(at, 'GET', `/${late}`)).body.data as CallbackView;
    expect(shown).toMatchObject({ overdue: true, escalated_at: expect.any(String) });
    for (const id of [closed, young])
      expect((await ask(at, 'GET', `/${id}`)).body.data).toMatchObject({ escalated_at: null });
    await ask(at, 'PATCH', `/${late}`, { due_at: new Date(processNow() + 60_000).toISOString() });
    await escalateCallbacks(platformOf(env));
    expect(await notices()).toHaveLength(1);
    await dueAgo(at, late, 1);
    await escalateCallbacks(platformOf(env));
    expect(await notices()).toHaveLength(2);
  });
});
