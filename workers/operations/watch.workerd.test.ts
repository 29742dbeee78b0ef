/** What the operator watches: queues, inbound webhooks, shards, uptime, log lines, defects, mails about alarms, checks before going live. */
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { askApi, generousEnv } from '../../tests/contract/requests.ts';
import { env, type SeededTenant, seedTenant, tenantRecord, unique } from '../../tests/contract/tenants.ts';
import { asInstant, processNow, setClockOffset } from '../../shared/clock.ts';
import { newId, type TenantId } from '../../shared/ids.ts';
import { raiseAlarm } from '../alarms/raise.ts';
import { platformOf } from '../env.ts';
import { effectHandlers, processWebhook } from '../handlers.ts';
import { createUser } from '../identity/accounts.ts';
import { PLATFORM_TENANT } from '../jobs/world.ts';
import { keepLine, log, takeLines } from '../log.ts';
import { accountMail } from '../notifications/account-messages.ts';
import { consume } from '../queues.ts';
import { fingerprintOf, keepLines, withoutValues } from '../storage/log-lines.ts';
import { keepSoon } from '../storage/keep-soon.ts';
import { saveTenant } from '../storage/platform-db.ts';
import { countInbound } from '../storage/queries/inbound.ts';
import { parkEffect } from '../storage/queries/effects.ts';
import { insertWebhook, webhookById } from '../storage/queries/webhooks.ts';
import { effects } from '../storage/tables/delivery.ts';
import type { NotificationRow } from '../storage/queries/notifications.ts';
import { TenantDb } from '../storage/tenant-db.ts';
import { openTenant } from '../tenancy/scope.ts';
import { runEffect } from './effects.ts';
import { judgeHealth } from './judge-health.ts';
import { pruneWatch } from './prune-watch.ts';
import { tellOperators } from './tell-operators.ts';
import { storeWebhook } from './webhook-log.ts';

const platform = platformOf(env);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let operator: SeededTenant;
let tenant: SeededTenant;
let neighbour: TenantId;
beforeAll(async () => {
  operator = await seedTenant({ type: 'platform', role: 'super_admin' });
  tenant = await seedTenant();
  neighbour = `${newId('tenant', processNow())}.s1` as TenantId;
  await saveTenant(platform, tenantRecord({ id: neighbour }));
});
afterEach(() => {
  setClockOffset(0);
  vi.restoreAllMocks();
  takeLines();
});

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  askApi(operator.apiKey, method, path, { ...(body === undefined ? {} : { body }), headers });
const rowsOf = async (sql: string, ...values: unknown[]): Promise<Record<string, unknown>[]> =>
  (
    await env.DB.prepare(sql)
      .bind(...values)
      .all()
  ).results;

async function webhook(of: TenantId, over: Record<string, unknown> = {}): Promise<string> {
  const id = newId('webhook_log', processNow());
  await insertWebhook(new TenantDb(platform, of), {
    id,
    source: 'retell',
    eventType: 'call_ended',
    uniqueId: unique('event'),
    payload: '{"said":"Guten Tag"}',
    state: 'processed',
    receivedAt: processNow(),
    ...over,
  });
  return id;
}

describe('queues', () => {
  it('say what waits, since when, and what was given up, and one piece of it with its effect', async () => {
    const db = new TenantDb(platform, tenant.tenantId);
    const due = processNow() - 60_000;
    const before = (await ask('GET', '/api/v1/queues')).body.data.find(({ name }: { name: string }) => name === 'low');
    await db.insert(effects, {
      id: unique('eff'),
      queue: 'low',
      kind: 'call.link',
      ref: '{}',
      state: 'pending',
      notBefore: due,
      createdAt: due,
    });
    const id = unique('eff');
    await db.insert(effects, {
      id,
      queue: 'low',
      kind: 'call.link',
      ref: '{}',
      state: 'running',
      attempts: 3,
      phase: 'handed_over',
      notBefore: due,
      createdAt: due,
    });
    await parkEffect(db, { id, queue: 'low', message: '{"kind":"call.link"}', reason: 'contract', at: processNow() });
    const { body } = await ask('GET', '/api/v1/queues');
    const low = body.data.find(({ name }: { name: string }) => name === 'low');
    expect(low).toMatchObject({ waiting: before.waiting + 1, parked: before.parked + 1 });
    expect(Date.parse(low.oldest_due_at)).toBeLessThanOrEqual(due);
    const one = await ask('GET', `/api/v1/parked-work/${tenant.tenantId}/${id}`);
    expect(one.body.data).toMatchObject({
      reason: 'contract',
      tenant_id: tenant.tenantId,
      effect: { kind: 'call.link', state: 'parked', attempts: 3, phase: 'handed_over' },
      webhook_id: null,
    });
    expect((await ask('GET', `/api/v1/parked-work/${tenant.tenantId}/${unique('none')}`)).status).toBe(404);
  });
});

describe('stored webhooks of all tenants', () => {
  it('come by pages over both shards, each once, newest first', async () => {
    const kind = unique('paged').replaceAll('-', '_');
    const wanted: string[] = [];
    for (let n = 0; n < 4; n++)
      for (const of of [tenant.tenantId, neighbour])
        wanted.push(
          await webhook(of, { eventType: kind, receivedAt: processNow() - n * 1_000 - (of === neighbour ? 0 : 500) }),
        );
    // Two in the same millisecond on different shards.
    const same = processNow() - 20_000;
    for (const of of [tenant.tenantId, neighbour])
      wanted.push(await webhook(of, { eventType: kind, receivedAt: same }));
    const found: { id: string; received_at: string }[] = [];
    let cursor = '';
    for (let page = 0; page < 30; page++) {
      const { body } = await ask('GET', `/api/v1/inbound-webhooks?event_type=${kind}&limit=3${cursor}`);
      found.push(...body.data);
      if (body.meta.next_cursor === null) break;
      cursor = `&cursor=${encodeURIComponent(body.meta.next_cursor)}`;
    }
    expect(found.map(({ id }) => id).sort()).toEqual([...wanted].sort());
    const times = found.map(({ received_at }) => received_at);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('are found by the vendor’s id, by tenant and by state', async () => {
    const uniqueId = unique('evt');
    const id = await webhook(neighbour, { uniqueId, state: 'failed', errorMessage: 'contract' });
    const byEvent = await ask('GET', `/api/v1/inbound-webhooks?unique_id=${uniqueId}`);
    expect(byEvent.body.data).toMatchObject([{ id, tenant_id: neighbour, state: 'failed', error_message: 'contract' }]);
    expect((await ask('GET', `/api/v1/inbound-webhooks?unique_id=${uniqueId}&state=processed`)).body.data).toEqual([]);
    const ofTenant = await ask('GET', `/api/v1/inbound-webhooks?tenant_id=${neighbour}&state=failed`);
    expect(ofTenant.body.data.map((row: { id: string }) => row.id)).toContain(id);
    expect((await ask('GET', '/api/v1/inbound-webhooks?tenant_id=ten_nobody.s9')).body.data).toEqual([]);
  });

  it('show their body from R2 too, and who read it is written down', async () => {
    const payload = JSON.stringify({ text: 'x'.repeat(70_000), card: '4111 1111 1111 1111' });
    const { id } = await storeWebhook(platform, {
      tenantId: tenant.tenantId,
      source: 'calcom',
      eventType: 'BOOKING_CREATED',
      uniqueId: unique('big'),
      payload,
      now: processNow(),
    });
    const { body } = await ask('GET', `/api/v1/inbound-webhooks/${tenant.tenantId}/${id}`);
    expect(body.data).toMatchObject({ stored_in: 'r2' });
    expect(body.data.body).toContain('xxx');
    expect(body.data.body).not.toContain('4111 1111');
    expect(
      await rowsOf(
        "SELECT subject_id FROM audit_log WHERE description = 'webhook.read' AND tenant_id = ?1 AND subject_id = ?2",
        operator.tenantId,
        id,
      ),
    ).toHaveLength(1);
  });

  it('are worked on again by hand, once a key, and not while they wait', async () => {
    const id = await webhook(tenant.tenantId, { state: 'ignored', errorMessage: 'switched off' });
    const path = `/api/v1/inbound-webhooks/${tenant.tenantId}/${id}/replay`;
    const sent = vi.spyOn(env.QUEUE_HIGH, 'send').mockResolvedValue(undefined as never);
    const key = { 'Idempotency-Key': unique('key') };
    const first = await ask('POST', path, { reason: 'switched on again' }, key);
    expect(first.body.data).toMatchObject({ id, state: 'received', error_message: null });
    expect((await ask('POST', path, { reason: 'switched on again' }, key)).text).toBe(first.text);
    expect(sent.mock.calls.filter(([message]) => (message as { id: string }).id === id)).toHaveLength(1);
    expect((await ask('POST', path, { reason: 'once more' })).body.error.code).toBe('ILLEGAL_TRANSITION');
    const gone = await webhook(tenant.tenantId, { payload: null });
    expect(
      (await ask('POST', `/api/v1/inbound-webhooks/${tenant.tenantId}/${gone}/replay`, { reason: 'its body is gone' }))
        .status,
    ).toBe(409);
  });
});

describe('kinds of events', () => {
  it('are counted once, however often the count is begun', async () => {
    const kind = unique('counted').replaceAll('-', '_');
    for (const of of [tenant.tenantId, neighbour, neighbour]) await webhook(of, { eventType: kind });
    const until = processNow() + 1;
    await Promise.all([countInbound(platform, until), countInbound(platform, until)]);
    await countInbound(platform, until);
    const { body } = await ask('GET', '/api/v1/inbound-events');
    const row = body.data.find((one: { event_type: string }) => one.event_type === kind);
    expect(row).toMatchObject({ source: 'retell', handler: null, enabled: true, count: 3 });
    expect(body.data.find((one: { id: string }) => one.id === 'retell:call_ended')).toMatchObject({ handler: 'calls' });
  });

  it('that are switched off are kept and not worked on; Stripe’s can’t be', async () => {
    const kind = unique('off').replaceAll('-', '_');
    const path = `/api/v1/inbound-events/retell/${kind}/switch`;
    expect((await ask('POST', path, { enabled: true, reason: 'it is on' })).body.error.code).toBe('ILLEGAL_TRANSITION');
    const off = await ask('POST', path, { enabled: false, reason: 'a flood' });
    expect(off.body.data).toMatchObject({ enabled: false, off_reason: 'a flood' });
    const id = await webhook(tenant.tenantId, { eventType: kind, state: 'received' });
    await processWebhook(env, tenant.tenantId, id);
    expect(await webhookById(new TenantDb(platform, tenant.tenantId), id)).toMatchObject({
      state: 'ignored',
      errorMessage: 'switched off',
      payload: '{"said":"Guten Tag"}',
    });
    expect((await ask('POST', path, { enabled: true, reason: 'it is over' })).body.data).toMatchObject({
      enabled: true,
      off_at: null,
    });
    const stripe = await ask('POST', '/api/v1/inbound-events/stripe/charge.refunded/switch', {
      enabled: false,
      reason: 'never',
    });
    expect(stripe.status).toBe(422);
  });
});

describe('objects and shards', () => {
  it('say how large they are and what fills them', async () => {
    const { body } = await ask('GET', '/api/v1/shards');
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual(['0', '1']);
    for (const shard of body.data) {
      expect(shard.bytes).toBeGreaterThan(0);
      expect(shard.share).toBeCloseTo(shard.bytes / shard.limit_bytes, 3);
      expect(shard.tables.map(({ name }: { name: string }) => name)).toContain('webhook_logs');
    }
    const object = await ask('GET', `/api/v1/objects/${tenant.tenantId}/calendar`);
    expect(object.body.data.bytes).toBeGreaterThan(0);
  });
});

describe('uptime', () => {
  it('each look leaves a row, and what was not well is an outage', async () => {
    const at = asInstant(processNow() + 1);
    await judgeHealth(platform, at);
    expect(await rowsOf('SELECT status, ill FROM uptime_checks WHERE at = ?1', at)).toHaveLength(1);
    const past = processNow() - 40 * 60_000;
    for (const [n, status] of [
      [0, 'ok'],
      [1, 'down'],
      [2, 'down'],
      [3, 'ok'],
    ] as const)
      await env.DB.prepare('INSERT OR REPLACE INTO uptime_checks (at, status, ill) VALUES (?1, ?2, ?3)')
        .bind(past + n * 300_000, status, status === 'ok' ? '[]' : '["database"]')
        .run();
    const { body } = await ask('GET', '/api/v1/uptime');
    expect(body.data.days).toHaveLength(90);
    const outage = body.data.outages.find((one: { from: string }) => Date.parse(one.from) === past + 300_000);
    expect(outage).toMatchObject({ kind: 'down', parts: ['database'], to: new Date(past + 900_000).toISOString() });
  });
});

describe('log lines', () => {
  const line = (over: Partial<Parameters<typeof keepLine>[0]>) =>
    keepLine({
      at: processNow(),
      channel: 'app',
      level: 'info',
      event: 'request',
      requestId: null,
      tenantId: null,
      fields: {},
      ...over,
    });

  it('lie in R2 by channel, and are found by request and tenant, page by page', async () => {
    takeLines();
    const requestId = unique('req').replaceAll('-', '');
    for (let n = 0; n < 5; n++) line({ channel: 'performance', requestId, tenantId: tenant.tenantId, fields: { n } });
    line({ channel: 'performance', requestId: 'req_other', tenantId: neighbour });
    line({ channel: 'api', requestId });
    await keepLines(platform, { now: true });
    const found: number[] = [];
    let cursor = '';
    for (let page = 0; page < 10; page++) {
      const { body, status } = await ask(
        'GET',
        `/api/v1/logs?channel=performance&request_id=${requestId}&limit=2${cursor}`,
      );
      expect(status).toBe(200);
      found.push(...body.data.map((one: { fields: { n: number } }) => one.fields.n));
      if (body.meta.next_cursor === null) break;
      cursor = `&cursor=${encodeURIComponent(body.meta.next_cursor)}`;
    }
    expect(found).toEqual([4, 3, 2, 1, 0]);
    const ofNeighbour = await ask('GET', `/api/v1/logs?channel=performance&tenant_id=${neighbour}`);
    expect(ofNeighbour.body.data).toMatchObject([{ request_id: 'req_other' }]);
    expect((await ask('GET', `/api/v1/logs?channel=api&request_id=${requestId}`)).body.data).toHaveLength(1);
    expect((await ask('GET', `/api/v1/logs?channel=webhook&request_id=${requestId}`)).body.data).toEqual([]);
  });

  it('of the edge: a bad signature and a bad key are security lines in D1, without address or secret', async () => {
    takeLines();
    const path = `/webhooks/stripe`;
    const { app } = await import('../app.ts');
    const context = {
      waitUntil: () => undefined,
      passThroughOnException: () => undefined,
    } as unknown as ExecutionContext;
    const forged = new Request(`http://localhost${path}`, {
      method: 'POST',
      body: '{"secret":"said"}',
      headers: { 'Stripe-Signature': 't=1,v1=00', 'CF-Connecting-IP': '203.0.113.7' },
    });
    expect((await app.fetch(forged, generousEnv, context)).status).toBe(401);
    const bad = new Request('http://localhost/api/v1/customers', {
      headers: { Authorization: 'Bearer ask_test_nobody', 'CF-Connecting-IP': '203.0.113.7' },
    });
    expect((await app.fetch(bad, generousEnv, context)).status).toBe(401);
    await keepLines(platform, { now: true });
    const { body, text } = await ask('GET', '/api/v1/logs?channel=security&limit=50');
    const events = body.data.map(({ event }: { event: string }) => event);
    expect(events).toContain('signature_invalid');
    expect(events).toContain('bad_key');
    expect(text).not.toContain('203.0.113.7');
    expect(text).not.toContain('ask_test_nobody');
    expect(text).not.toContain('said');
  });

  it('nobody waits for them: a full memory leaves lines out and says how many', async () => {
    takeLines();
    for (let n = 0; n < 1_005; n++) line({ channel: 'security', event: 'flood' });
    await keepLines(platform, { now: true });
    expect(await rowsOf("SELECT count(*) AS n FROM security_events WHERE event = 'flood'")).toEqual([{ n: 200 }]);
    const [left] = await rowsOf(
      "SELECT fields FROM security_events WHERE event = 'lines_left_out' ORDER BY at DESC LIMIT 1",
    );
    expect(JSON.parse(String(left?.['fields']))).toEqual({ count: 805 });
  });

  it('go when their time is over, each channel at its own', async () => {
    takeLines();
    const old = { requestId: unique('old').replaceAll('-', '') };
    const at = processNow() - 8 * DAY;
    line({ ...old, at, channel: 'api' });
    line({ ...old, at, channel: 'app' });
    line({ ...old, at, channel: 'security' });
    await keepLines(platform, { now: true });
    await pruneWatch(platform, processNow());
    // Up to then: a page looks through so many lines at most, and those of other tests are newer.
    const to = new Date(at + HOUR).toISOString();
    const left = async (channel: string): Promise<number> =>
      (await ask('GET', `/api/v1/logs?channel=${channel}&request_id=${old.requestId}&to=${to}`)).body.data.length;
    expect([await left('api'), await left('app'), await left('security')]).toEqual([0, 1, 1]);
    setClockOffset(31 * DAY);
    await pruneWatch(platform, processNow());
    expect(await rowsOf('SELECT id FROM security_events WHERE request_id = ?1', old.requestId)).toEqual([]);
  });
});

describe('defects', () => {
  const throws = (message: string): Error => {
    try {
      throw new TypeError(message);
    } catch (fault) {
      return fault as Error;
    }
  };
  const keep = async (event: string, fault: Error, fields = {}): Promise<void> => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    log('error', event, { fault, requestId: 'req_1', ...fields });
    await keepLines(platform, { now: true });
  };
  const one = async (event: string) => (await rowsOf('SELECT * FROM defects WHERE event = ?1', event))[0];

  it('the same fault is one row whatever its values, counted up, without them', async () => {
    takeLines();
    const event = unique('defect').replaceAll('-', '_');
    await keep(event, throws('no "Erika Muster" at +49 151 2345678 in cus_0k2m4c7d9abc (7)'));
    await keep(event, throws('no "Max Mustermann" at +49 170 9999999 in cus_zzzzzzzzzzzz (8)'), { name: 'sweep' });
    const rows = await rowsOf('SELECT * FROM defects WHERE event = ?1', event);
    expect(rows).toMatchObject([{ count: 2, state: 'open' }]);
    expect(JSON.stringify(rows)).not.toMatch(/Erika|Mustermann|2345678|9999999/);
    expect(JSON.parse(String(rows[0]?.['fields']))).toMatchObject({ request_id: 'req_1', name: 'sweep' });
  });

  it('what the world does is none', async () => {
    takeLines();
    const event = unique('away').replaceAll('-', '_');
    await keep(event, new Error('D1 DB is overloaded. Requests queued for too long.'));
    await keep(event, Object.assign(new Error('object reset'), { retryable: true }));
    expect(await one(event)).toBeUndefined();
  });

  it('solved opens again when it comes again and raises its alarm; ignored stays', async () => {
    takeLines();
    const event = unique('again').replaceAll('-', '_');
    await keep(event, throws('broken'));
    const row = await one(event);
    const id = String(row?.['id']);
    const alarm = async () =>
      (await rowsOf("SELECT state FROM alarms WHERE kind = 'defect' AND subject = ?1", id))[0]?.['state'];
    await judgeHealth(platform, processNow());
    expect(await alarm()).toBe('open');
    const settle = (state: string) => ask('POST', `/api/v1/defects/${id}/settle`, { state, reason: 'looked at it' });
    expect((await settle('solved')).body.data).toMatchObject({ state: 'solved', note: 'looked at it' });
    expect(await alarm()).toBe('cleared');
    expect((await settle('solved')).body.error.code).toBe('ILLEGAL_TRANSITION');
    setClockOffset(60_000);
    await keep(event, throws('broken'));
    expect(await one(event)).toMatchObject({ state: 'open', count: 2, state_by: null });
    await judgeHealth(platform, processNow());
    expect(await alarm()).toBe('open');
    expect((await settle('ignored')).status).toBe(200);
    setClockOffset(120_000);
    await keep(event, throws('broken'));
    await judgeHealth(platform, processNow());
    expect(await one(event)).toMatchObject({ state: 'ignored', count: 3 });
    expect(await alarm()).toBe('cleared');
    const listed = await ask('GET', '/api/v1/defects?state=ignored');
    expect(listed.body.data.map((found: { id: string }) => found.id)).toContain(id);
  });

  it('builds name their chunks anew: the fingerprint goes by functions', () => {
    const frames = (chunk: string, line: number) => [`at handle (file:///app/dist/${chunk}.js:${line}:5)`];
    const of = (chunk: string, line: number) =>
      fingerprintOf('defect', { error: 'Error: x', frames: frames(chunk, line) });
    expect(of('app-4f3a1b2c', 12)).toBe(of('app-99887766', 80));
    expect(of('app', 1)).not.toBe(fingerprintOf('cron_failed', { error: 'Error: x', frames: frames('app', 1) }));
    expect(withoutValues('Unexpected token \'H\', "Hallo Frau" is not valid JSON at 17')).not.toMatch(/Hallo|17/);
  });
});

describe('mails about alarms', () => {
  it('one mail an operator for all that changed, and none when nothing did', async () => {
    await saveTenant(platform, tenantRecord({ id: PLATFORM_TENANT, type: 'platform', name: 'AskProAI' }));
    const user = await createUser(
      platform,
      {
        tenantId: PLATFORM_TENANT,
        email: `${unique('kim')}@askpro.test`,
        name: 'Kim',
        role: 'super_admin',
        password: 'ein-langes-passwort',
        language: 'de',
      },
      processNow(),
    );
    if (!user.ok) throw new Error(user.error.code);
    try {
      for (let n = 0; n < 20 && (await tellOperators(platform, asInstant(processNow() + n))) > 0; n++);
      await env.DB.prepare("DELETE FROM effects WHERE tenant_id = 'platform'").run();
      const subject = unique('mail');
      await raiseAlarm(platform, { kind: 'ledger_differs', subject, tenantId: null });
      expect(await tellOperators(platform, processNow())).toBe(1);
      expect(await tellOperators(platform, asInstant(processNow() + 1))).toBe(0);
      await raiseAlarm(platform, { kind: 'ledger_differs', subject, tenantId: null });
      expect(await tellOperators(platform, asInstant(processNow() + 2)), 'the same alarm once more is no news').toBe(0);
      await env.DB.prepare("UPDATE alarms SET state = 'cleared', cleared_at = 1 WHERE subject = ?1")
        .bind(subject)
        .run();
      expect(await tellOperators(platform, asInstant(processNow() + 3))).toBe(1);
      const mine = await rowsOf(
        "SELECT id, ref FROM effects WHERE tenant_id = 'platform' AND id LIKE 'alarms:%' AND ref LIKE ?1 ORDER BY id",
        `%${user.value.userId}%`,
      );
      expect(mine).toHaveLength(2);
      const said = mine.map(({ ref }) => JSON.parse(String(ref)) as { opened: string[]; ended: string[] });
      expect(said.map(({ opened, ended }) => [opened.length, ended.length])).toEqual([
        [1, 0],
        [0, 1],
      ]);
      const [alarm] = await rowsOf('SELECT id FROM alarms WHERE subject = ?1', subject);
      const notice = {
        event: 'operations.alarms',
        userId: user.value.userId,
        at: 1,
        opened: [String(alarm?.['id'])],
        ended: [],
      } as const;
      const row = {
        id: 'ntf_1',
        language: 'de',
        recipient: 'kim@askpro.test',
        expiresAt: processNow(),
      } as unknown as NotificationRow;
      const scope = openTenant(platform, PLATFORM_TENANT, { kind: 'system', cause: 'queue' });
      const mail = await accountMail(scope, { ...notice, opened: [...notice.opened], ended: [] }, row);
      expect(mail?.subject).toBe(`Ein neuer Alarm: ${(await scope.brand()).productName}`);
      expect(mail?.text).toContain(`neu gemeldet:\n- Buchungen stimmen nicht: ${subject} (`);
      expect(mail?.text).not.toContain('wieder in Ordnung');
      for (const { id } of mine) await runEffect(platform, PLATFORM_TENANT, String(id), effectHandlers());
      // The queue may have begun one of them before this test did.
      await vi.waitFor(
        async () => {
          const rows = await rowsOf(
            "SELECT event_type, channel, status FROM notifications WHERE tenant_id = 'platform' AND event_type = 'operations.alarms'",
          );
          expect(rows.length).toBeGreaterThanOrEqual(2);
        },
        { timeout: 20_000, interval: 50 },
      );
    } finally {
      await env.DB.batch(
        [
          "DELETE FROM accounts WHERE realm = 'platform'",
          "DELETE FROM users WHERE tenant_id = 'platform'",
          "DELETE FROM effects WHERE tenant_id = 'platform'",
        ].map((sql) => env.DB.prepare(sql)),
      );
    }
  });
});

describe('checks before going live', () => {
  const run = async (name: string) => (await ask('POST', `/api/v1/live-checks/${name}/run`)).body.data;

  it('bindings, schema and storage are asked for real, and what they say is kept', async () => {
    for (const name of ['bindings', 'migrations', 'storage'])
      expect(await run(name), name).toMatchObject({ id: name, result: 'well' });
    const { body } = await ask('GET', '/api/v1/live-checks');
    expect(body.data).toHaveLength(12);
    expect(body.data[0]).toMatchObject({ id: 'bindings', result: 'well', by: expect.stringContaining(':') });
    expect(body.data[0].at).not.toBeNull();
  });

  it('a migration that D1 lacks is named', async () => {
    const [newest] = await rowsOf('SELECT id, name FROM d1_migrations ORDER BY id DESC LIMIT 1');
    await env.DB.prepare('UPDATE d1_migrations SET name = ?1 WHERE id = ?2')
      .bind('0000_other.sql', newest?.['id'])
      .run();
    try {
      expect(await run('migrations')).toMatchObject({
        result: 'failed',
        code: 'behind',
        detail: { head: newest?.['name'] },
      });
    } finally {
      await env.DB.prepare('UPDATE d1_migrations SET name = ?1 WHERE id = ?2')
        .bind(newest?.['name'], newest?.['id'])
        .run();
    }
  });

  it('a probe comes out of the queue that it went into', async () => {
    const id = unique('probe');
    const message = {
      id: 'msg_1',
      body: { kind: 'probe', id, tenantId: 'platform' },
      attempts: 1,
      ack: vi.fn(),
      retry: vi.fn(),
    };
    await consume({ queue: 'askproai-low', messages: [message] } as unknown as MessageBatch<unknown>, env);
    expect(message.ack).toHaveBeenCalled();
    expect(await rowsOf('SELECT queue FROM queue_probes WHERE id = ?1', id)).toEqual([{ queue: 'askproai-low' }]);
  });

  it('vendors: a refused key, a vendor that is not there, and one that answers but was never heard', async () => {
    const vendor = vi.spyOn(globalThis, 'fetch');
    vendor.mockResolvedValueOnce(new Response('{"error":{"message":"secret said"}}', { status: 401 }));
    const refused = await run('stripe');
    expect(refused).toMatchObject({ result: 'failed', code: 'key_refused', detail: { fault: 'status 401' } });
    expect(JSON.stringify(refused)).not.toContain('secret said');
    vendor.mockRejectedValueOnce(new Error('connection refused'));
    expect(await run('twilio')).toMatchObject({ result: 'failed', code: 'unreachable' });
    vendor.mockResolvedValueOnce(Response.json({ sid: 'AC1', status: 'suspended' }));
    expect(await run('twilio')).toMatchObject({
      result: 'failed',
      code: 'not_active',
      detail: { status: 'suspended' },
    });
    await env.DB.prepare("DELETE FROM inbound_events WHERE source = 'calcom'").run();
    vendor.mockResolvedValueOnce(Response.json({ data: { id: 1 } }));
    expect(await run('calcom')).toMatchObject({ result: 'partly', code: 'never_heard' });
    await webhook(tenant.tenantId, { source: 'calcom', eventType: 'BOOKING_CREATED' });
    await countInbound(platform, processNow() + 2);
    vendor.mockResolvedValueOnce(Response.json({ data: { id: 1 } }));
    expect(await run('calcom')).toMatchObject({ result: 'well' });
  });

  it('a mail needs somebody who is signed in, and each run is in the activity log', async () => {
    expect(await run('mail')).toMatchObject({ result: 'failed', code: 'nobody' });
    expect(
      await rowsOf(
        "SELECT id FROM audit_log WHERE description = 'live_check.run' AND subject_id = 'mail' AND tenant_id = ?1",
        operator.tenantId,
      ),
    ).toHaveLength(1);
  });
});

describe('what took long', () => {
  /** Statements of these tables answer late, as the clock of the Worker sees it. */
  const late = (ms: number): void => {
    const real = Date.now;
    let ahead = 0;
    vi.spyOn(Date, 'now').mockImplementation(() => {
      ahead += ms;
      return real() + ahead;
    });
  };
  const slow = () =>
    takeLines()
      .lines.filter(({ event }) => event === 'slow_statement')
      .map(({ channel, fields }): Record<string, unknown> => ({ channel, ...fields }));

  it('is a line with the statement’s shape and no value', async () => {
    const db = new TenantDb(platform, tenant.tenantId);
    await webhookById(db, 'whl_value_of_somebody');
    expect(slow()).toEqual([]);
    late(150);
    await webhookById(db, 'whl_value_of_somebody');
    expect(slow()).toEqual([]);
    vi.restoreAllMocks();
    late(250);
    await webhookById(db, 'whl_value_of_somebody');
    const [one] = slow();
    expect(one).toMatchObject({ channel: 'performance', verb: 'select', table: 'webhook_logs' });
    expect(Number(one?.['duration_ms'])).toBeGreaterThanOrEqual(250);
    expect(JSON.stringify(one)).not.toContain('whl_value_of_somebody');
    expect(JSON.stringify(one)).not.toContain(tenant.tenantId);
  });

  it('is one line for a batch', async () => {
    late(250);
    const db = new TenantDb(platform, tenant.tenantId);
    const row = (id: string) => ({
      id,
      queue: 'low' as const,
      kind: 'call.link' as const,
      ref: '{}',
      state: 'done' as const,
      notBefore: 0,
      createdAt: 0,
    });
    await db.batch([db.insertOf(effects, row(unique('eff'))), db.insertOf(effects, row(unique('eff')))]);
    expect(slow()).toMatchObject([{ verb: 'insert', table: 'effects', statements: 2 }]);
  });
});

describe('lines of an isolate that nobody asks again', () => {
  it('are kept a moment later, once for all that came meanwhile', async () => {
    takeLines();
    const requestId = unique('req').replaceAll('-', '');
    const line = (n: number) =>
      keepLine({
        at: processNow(),
        channel: 'api',
        level: 'info',
        event: 'request',
        requestId,
        tenantId: null,
        fields: { n },
      });
    await keepLines(platform, { now: true });
    line(0);
    await keepLines(platform, { now: true });
    const held: Promise<void>[] = [];
    line(1);
    await keepSoon(platform, (work) => held.push(work), 50);
    line(2);
    await keepSoon(platform, (work) => held.push(work), 50);
    expect(held).toHaveLength(1);
    const kept = async (): Promise<number[]> =>
      (await ask('GET', `/api/v1/logs?channel=api&request_id=${requestId}`)).body.data.map(
        (one: { fields: { n: number } }) => one.fields.n,
      );
    expect(await kept()).toEqual([0]);
    await Promise.all(held);
    expect(await kept()).toEqual([2, 1, 0]);
    line(3);
    await keepSoon(platform, (work) => held.push(work), 50);
    expect(held).toHaveLength(2);
    await Promise.all(held);
    expect(await kept()).toEqual([3, 2, 1, 0]);
  });
});
