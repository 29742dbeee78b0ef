/** An alarm is a row: raised once however often, opened again, ended by a person or by being well; who raises them, and what health says. */
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { askApi, generousEnv } from '../../tests/contract/requests.ts';
import { env, type SeededTenant, seedTenant, unique } from '../../tests/contract/tenants.ts';
import { asInstant, processNow, setClockOffset } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { jobWorld } from '../cron.ts';
import { platformOf, type QueueMessage } from '../env.ts';
import { countRequestEnd } from '../http/count-requests.ts';
import { park } from '../operations/effects.ts';
import { judgeHealth } from '../operations/judge-health.ts';
import { consume, readMessage } from '../queues.ts';
import { CronStore } from '../storage/cron-db.ts';
import { d1Meter } from '../storage/d1.ts';
import { addRequests, noteVendorOutcome, requestsSince } from '../storage/queries/checks.ts';
import { addUnmatched } from '../storage/queries/payments.ts';
import { effects } from '../storage/tables/delivery.ts';
import { TenantDb } from '../storage/tenant-db.ts';
import { openTenant } from '../tenancy/scope.ts';
import { hearVendor } from './hear-vendors.ts';
import { clearAlarm, raiseAlarm } from './raise.ts';

const platform = platformOf(env);
const MINUTE_MS = 60_000;
let operator: SeededTenant;
let tenant: SeededTenant;
beforeAll(async () => {
  operator = await seedTenant({ type: 'platform', role: 'super_admin' });
  tenant = await seedTenant();
});
afterEach(() => {
  setClockOffset(0);
  d1Meter.refuse = false;
  vi.restoreAllMocks();
});

interface Row {
  id: string;
  state: string;
  count: number;
  opened_at: number;
  first_seen_at: number;
  last_seen_at: number;
  cleared_by: string | null;
  reason: string | null;
  detail: string;
}
const rowOf = (kind: string, subject: string): Promise<Row | null> =>
  env.DB.prepare('SELECT * FROM alarms WHERE kind = ?1 AND subject = ?2').bind(kind, subject).first<Row>();
const ask = (method: string, path: string, body?: unknown) =>
  askApi(operator.apiKey, method, path, body === undefined ? {} : { body });
const healthOf = async (who: SeededTenant) => (await askApi(who.apiKey, 'GET', '/api/health/detailed')).body;

describe('raising', () => {
  it('counts the same fault up, ends it, and opens it again', async () => {
    const alarm = { kind: 'ledger_differs', subject: unique('t'), tenantId: tenant.tenantId } as const;
    await raiseAlarm(platform, { ...alarm, detail: { rows: 1 } });
    setClockOffset(1_000);
    await Promise.all([
      raiseAlarm(platform, { ...alarm, detail: { rows: 2 } }),
      raiseAlarm(platform, { ...alarm, detail: { rows: 2 } }),
    ]);
    const raised = await rowOf(alarm.kind, alarm.subject);
    expect(raised).toMatchObject({ state: 'open', count: 3, detail: '{"rows":2}' });
    expect(raised?.first_seen_at).toBe(raised?.opened_at);
    expect(raised?.last_seen_at).toBeGreaterThan(raised?.opened_at ?? 0);
    expect(await clearAlarm(platform, alarm, 'system:test')).toBe(true);
    expect(await rowOf(alarm.kind, alarm.subject)).toMatchObject({ state: 'cleared', cleared_by: 'system:test' });
    setClockOffset(2_000);
    await raiseAlarm(platform, alarm);
    const again = await rowOf(alarm.kind, alarm.subject);
    expect(again).toMatchObject({ id: raised?.id, state: 'open', count: 4, cleared_by: null });
    expect(again?.opened_at).toBeGreaterThan(raised?.opened_at ?? 0);
    expect(again?.first_seen_at).toBe(raised?.first_seen_at);
  });

  it('keeps nothing that a fault says of people, in row or log', async () => {
    const lines: string[] = [];
    vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));
    const subject = unique('t');
    const detail = { error: 'Twilio 21211: +49 151 5555 4444 of eva@example.org' };
    await raiseAlarm(platform, { kind: 'effect_parked', subject, tenantId: tenant.tenantId, detail });
    const kept = JSON.stringify([
      await rowOf('effect_parked', subject),
      lines.filter((line) => line.includes(subject)),
    ]);
    expect(kept).toContain('Twilio 21211');
    expect(kept).not.toMatch(/5555|eva@/);
  });

  it('says in the log what D1 cannot keep, and never throws', async () => {
    const lines: string[] = [];
    vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));
    const subject = unique('t');
    d1Meter.refuse = true;
    const kept = await raiseAlarm(platform, { kind: 'health', subject, tenantId: null });
    expect(await clearAlarm(platform, { kind: 'health', subject }, 'system:test')).toBe(false);
    d1Meter.refuse = false;
    expect(kept).toBe(false);
    expect(lines.map((line) => JSON.parse(line)).find((line) => line.subject === subject)).toMatchObject({
      level: 'alarm',
      event: 'health',
      kept: false,
    });
  });
});

describe('the operator’s list', () => {
  it('shows the open ones of all tenants with their names, by pages, and ends one with a reason and an audit row', async () => {
    const subjects = Array.from({ length: 3 }, () => unique('listed'));
    for (const [n, subject] of subjects.entries()) {
      setClockOffset(n * 10);
      await raiseAlarm(platform, { kind: 'job_gave_up', subject, tenantId: tenant.tenantId });
    }
    const shown: { id: string; subject: string; tenant_name: string }[] = [];
    let cursor = '';
    do {
      const page = await ask('GET', `/api/v1/alarms?kind=job_gave_up&limit=2${cursor}`);
      expect(page.status, page.text).toBe(200);
      shown.push(...page.body.data);
      cursor = page.body.meta.has_more ? `&cursor=${encodeURIComponent(page.body.meta.next_cursor)}` : '';
    } while (cursor !== '');
    const ours = shown.filter(({ subject }) => subjects.includes(subject));
    expect(ours.map(({ subject }) => subject)).toEqual([...subjects].reverse());
    expect(ours[0]?.tenant_name).toBe(`Tenant ${tenant.slug}`);

    const [youngest] = ours;
    const path = `/api/v1/alarms/${youngest?.id}`;
    const cleared = await ask('POST', `${path}/clear`, { reason: 'looked at it' });
    expect(cleared.body.data, cleared.text).toMatchObject({
      reason: 'looked at it',
      cleared_by: `api_key:${operator.apiKeyId}`,
    });
    expect((await ask('POST', `${path}/clear`, { reason: 'looked at it' })).status).toBe(409);
    expect((await ask('POST', '/api/v1/alarms/alm_none/clear', { reason: 'looked at it' })).status).toBe(404);
    expect((await ask('POST', `${path}/clear`, { reason: ' ' })).status).toBe(422);
    expect((await ask('GET', path)).body.data.cleared_at).not.toBeNull();
    const audit = await env.DB.prepare(
      "SELECT description FROM audit_log WHERE tenant_id = ?1 AND subject_id = ?2 AND description = 'alarm.cleared'",
    )
      .bind(operator.tenantId, youngest?.id)
      .all();
    expect(audit.results).toHaveLength(1);
  });

  it('is nobody else’s', async () => {
    for (const path of ['/api/v1/alarms', '/api/v1/unmatched-payments', '/api/v1/parked-work'])
      expect((await askApi(tenant.apiKey, 'GET', path)).status, path).toBe(403);
  });
});

describe('work that was given up', () => {
  const parkOne = async (): Promise<string> => {
    const id = unique('eff');
    const now = processNow();
    const db = new TenantDb(platform, tenant.tenantId);
    const row = {
      id,
      queue: 'low',
      kind: 'calcom.routes',
      ref: '{}',
      state: 'running',
      notBefore: now,
      createdAt: now,
    } as const;
    await db.insert(effects, row);
    await park(platform, tenant.tenantId, id, 'low', '{}', 'gave up');
    return id;
  };
  it('is one alarm of its tenant, listed to the operator, and over when all of it is settled or replayed', async () => {
    const [first, second] = [await parkOne(), await parkOne()];
    expect(await rowOf('effect_parked', tenant.tenantId)).toMatchObject({ state: 'open', count: 2 });
    const listed = await ask('GET', '/api/v1/parked-work?limit=100');
    const ids = (listed.body.data as { id: string }[]).map(({ id }) => id);
    expect(ids.indexOf(second)).toBeLessThan(ids.indexOf(first));
    const path = (id: string, verb: string) => `/api/v1/parked-work/${tenant.tenantId}/${id}/${verb}`;
    expect((await ask('POST', path(first, 'settle'), { reason: 'done by phone' })).status).toBe(200);
    expect((await ask('POST', path(first, 'settle'), { reason: 'done by phone' })).status).toBe(404);
    expect(await rowOf('effect_parked', tenant.tenantId)).toMatchObject({ state: 'open' });
    expect((await ask('POST', path(second, 'replay'), { reason: 'vendor is back' })).status).toBe(200);
    expect(await rowOf('effect_parked', tenant.tenantId)).toMatchObject({ state: 'cleared', reason: 'vendor is back' });
    const kept = await env.DB.prepare('SELECT settled_by, note FROM dead_letters WHERE tenant_id = ?1 AND id = ?2')
      .bind(tenant.tenantId, first)
      .first();
    expect(kept).toEqual({ settled_by: `api_key:${operator.apiKeyId}`, note: 'done by phone' });
    const own = await askApi(tenant.apiKey, 'GET', '/api/v1/dead-letters');
    expect((own.body.data as { id: string }[]).map(({ id }) => id)).not.toContain(first);
  });
});

describe('a queue’s message', () => {
  const batchOf = (queue: string, bodies: unknown[]) => {
    const acked: number[] = [];
    const retried: number[] = [];
    const messages = bodies.map((body, n) => ({
      id: `m${n}`,
      body,
      attempts: 1,
      ack: () => acked.push(n),
      retry: () => retried.push(n),
    }));
    return { batch: { queue, messages } as unknown as MessageBatch<unknown>, acked, retried };
  };
  const UNREADABLE = [undefined, null, 'text', {}, { kind: 'effect' }, { kind: 'parcel', id: 'x', tenantId: 'ten_x' }];

  it.each(['askproai-high', 'askproai-dead'])(
    'that nobody can read leaves %s with an alarm and spoils no other',
    async (queue) => {
      const good: QueueMessage = { kind: 'job', id: newId('job', processNow()), tenantId: tenant.tenantId };
      const before = (await rowOf('message_unread', queue))?.count ?? 0;
      const { batch, acked, retried } = batchOf(queue, [...UNREADABLE, good]);
      await consume(batch, env);
      expect(acked.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
      expect(retried).toEqual([]);
      expect((await rowOf('message_unread', queue))?.count).toBe(before + UNREADABLE.length);
    },
  );

  it('that gave up stays in the dead-letter queue while D1 is away', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { batch, acked, retried } = batchOf('askproai-dead', [
      { kind: 'effect', id: unique('eff'), tenantId: tenant.tenantId },
    ]);
    d1Meter.refuse = true;
    await consume(batch, env);
    expect([acked, retried]).toEqual([[], [0]]);
  });

  it.each(['eff_1', 'call:c1#0', 'usage:x#0:calcom.push'])('carries ids such as %s', (id) => {
    expect(readMessage({ kind: 'effect', id, tenantId: 'ten_x' })).toEqual({ kind: 'effect', id, tenantId: 'ten_x' });
  });
});

describe('a D1 that cannot answer', () => {
  it('makes an authenticated read 503 with Retry-After, not 500', async () => {
    const sick = { ...generousEnv, DB: new Proxy(env.DB, lockedFor('webhook_logs')) } as typeof env;
    const read = await askApi(tenant.apiKey, 'GET', '/api/v1/webhook-logs', { bindings: sick });
    expect(read.status, read.text).toBe(503);
    expect(read.headers.get('Retry-After')).toMatch(/^\d+$/);
    expect(read.body.error.code).toBe('UPSTREAM_UNAVAILABLE');
  });
  /** Statements about a table find the database locked. */
  const lockedFor = (table: string): ProxyHandler<D1Database> => ({
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (name !== 'prepare') return typeof value === 'function' ? value.bind(target) : value;
      return (query: string) => {
        if (query.includes(table)) throw new Error('D1_ERROR: database is locked: SQLITE_BUSY');
        return target.prepare(query);
      };
    },
  });
});

describe('health', () => {
  it('is degraded by an open alarm of the tenant at once, and well without it', async () => {
    const own = await seedTenant();
    expect((await healthOf(own)).checks.alarms).toEqual({ status: 'ok', open: 0, kinds: [] });
    const alarm = { kind: 'ledger_differs', subject: own.tenantId, tenantId: own.tenantId } as const;
    await raiseAlarm(platform, alarm);
    expect(await healthOf(own)).toMatchObject({
      status: 'degraded',
      checks: { alarms: { status: 'degraded', open: 1, kinds: ['ledger_differs'] } },
    });
    await clearAlarm(platform, alarm, 'system:test');
    expect((await healthOf(own)).checks.alarms.open).toBe(0);
  });

  it('says of a vendor what real calls to it said: unknown, ok, degraded, down, ok', async () => {
    const own = await seedTenant();
    const { heard } = openTenant(platform, own.tenantId, { kind: 'system', cause: 'queue' });
    const status = async (): Promise<string> => (await healthOf(own)).integrations.cal_com.status;
    expect(await status()).toBe('unknown');
    await heard('calcom')(null);
    expect(await status()).toBe('ok');
    expect((await healthOf(own)).integrations.cal_com.last_sync).not.toBeNull();
    await heard('calcom')('timeout');
    expect(await status()).toBe('degraded');
    await heard('calcom')('status 503');
    await heard('calcom')('status 503');
    expect(await status()).toBe('down');
    expect((await healthOf(own)).status).toBe('degraded');
    await heard('calcom')(null);
    expect(await status()).toBe('ok');
  });

  it('calls a vendor down that answered nobody for a quarter of an hour while work waits for it', async () => {
    const own = await seedTenant();
    const now = processNow();
    const db = new TenantDb(platform, own.tenantId);
    await noteVendorOutcome(platform, {
      vendor: 'calcom',
      tenantId: own.tenantId,
      at: now - 20 * MINUTE_MS,
      fault: null,
    });
    const row = { id: unique('eff'), queue: 'low', kind: 'calcom.push', ref: '{}', state: 'pending' } as const;
    await db.insert(effects, { ...row, notBefore: now + MINUTE_MS, createdAt: now - 16 * MINUTE_MS });
    expect((await healthOf(own)).integrations.cal_com.status).toBe('down');
  });

  it('writes a success once a minute and a failure always', async () => {
    const own = await seedTenant();
    const statements = async (work: () => Promise<void>): Promise<number> => {
      const before = d1Meter.statements;
      await work();
      return d1Meter.statements - before;
    };
    const hear = (fault: string | null) => () => hearVendor(platform, 'twilio', own.tenantId, fault);
    expect(await statements(hear(null))).toBeGreaterThan(0);
    expect(await statements(hear(null))).toBe(0);
    expect(await statements(hear('timeout'))).toBeGreaterThan(0);
    expect(await statements(hear(null))).toBeGreaterThan(0);
  });

  it('is judged every five minutes: a part that is not well is an alarm, and its end the end of it', async () => {
    expect(jobWorld(platform).crons.find(({ name }) => name === 'judge_health')?.schedule).toBe('*/5 * * * *');
    const now = processNow();
    // So many that what other tests asked meanwhile weighs nothing.
    await addRequests(platform, now, { requests: 1_000_000, failed: 900_000 });
    await judgeHealth(platform, now);
    expect(await rowOf('health', 'requests')).toMatchObject({ state: 'open' });
    expect(JSON.parse((await rowOf('health', 'requests'))?.detail ?? '{}')).toMatchObject({ status: 'degraded' });
    setClockOffset(11 * MINUTE_MS);
    await judgeHealth(platform, processNow());
    expect(await rowOf('health', 'requests')).toMatchObject({ state: 'cleared', cleared_by: 'system:health' });
  });

  it('counts how requests end, and writes it down once a minute', async () => {
    const work: Promise<unknown>[] = [];
    const context = { executionCtx: { waitUntil: (one: Promise<unknown>) => void work.push(one) } } as never;
    const real = Date.now();
    let ahead = 0;
    vi.spyOn(Date, 'now').mockImplementation(() => real + ahead);
    // What other tests counted in this isolate goes first.
    for (ahead of [2 * MINUTE_MS, 4 * MINUTE_MS]) countRequestEnd(context, platform, 200);
    ahead += 1_000;
    const flushed = work.length;
    for (const status of [200, 404, 500, 503]) countRequestEnd(context, platform, status);
    expect(work).toHaveLength(flushed);
    ahead += MINUTE_MS;
    countRequestEnd(context, platform, 200);
    expect(work).toHaveLength(flushed + 1);
    await Promise.all(work);
    const after = await requestsSince(platform, real + ahead - 1_000);
    expect(after).toEqual({ requests: 5, failed: 2 });
  });

  it('ends what ended by itself: a cron that ran since, an SMS limit a day later', async () => {
    const name = unique('cron');
    const sms = { kind: 'sms_limit_reached', subject: unique('ten'), tenantId: tenant.tenantId } as const;
    await raiseAlarm(platform, { kind: 'cron_gave_up', subject: name, tenantId: null });
    await raiseAlarm(platform, sms);
    await judgeHealth(platform, processNow());
    expect(await rowOf('cron_gave_up', name)).toMatchObject({ state: 'open' });
    expect(await rowOf(sms.kind, sms.subject)).toMatchObject({ state: 'open' });
    setClockOffset(25 * 60 * MINUTE_MS);
    const store = new CronStore(platform);
    await store.states([name]);
    const at = processNow();
    const run = { id: newId('cron_run', at), name, dueAt: at, trigger: 'hand' as const, attempt: 1 };
    const claimed = await store.claim(run, { claim: 0 }, at, 1_000);
    if (claimed === null) throw new Error('not claimed');
    await store.finish(claimed, { at, outcome: 'done', counts: {} });
    await judgeHealth(platform, asInstant(at));
    expect(await rowOf('cron_gave_up', name)).toMatchObject({ state: 'cleared' });
    expect(await rowOf(sms.kind, sms.subject)).toMatchObject({ state: 'cleared' });
  });
});

describe('a payment event that fits nothing', () => {
  it('is ignored with a reason, once', async () => {
    const id = unique('evt');
    await addUnmatched(platform, {
      tenantId: tenant.tenantId,
      id,
      eventType: 'charge.refunded',
      paymentId: null,
      reason: 'payment_unknown',
      amountCents: 1_000,
      currency: 'EUR',
      createdAt: processNow(),
    });
    await raiseAlarm(platform, {
      kind: 'payment_unmatched',
      subject: `${tenant.tenantId}/${id}`,
      tenantId: tenant.tenantId,
    });
    const path = `/api/v1/unmatched-payments/${tenant.tenantId}/${id}`;
    const open = await ask('GET', '/api/v1/unmatched-payments');
    expect(open.body.data[0]).toMatchObject({ id, amount_cents: 1_000, currency: 'EUR', resolution: null });
    const match = { tenant_id: tenant.tenantId, topup_id: 'top_none', reason: 'seen' };
    expect((await ask('POST', `${path}/match`, match)).status).toBe(409);
    const ignored = await ask('POST', `${path}/ignore`, { reason: 'a test of ours' });
    expect(ignored.body.data, ignored.text).toMatchObject({
      resolution: 'ignored',
      note: 'a test of ours',
      resolved_by: `api_key:${operator.apiKeyId}`,
    });
    expect((await ask('POST', `${path}/ignore`, { reason: 'a test of ours' })).status).toBe(409);
    expect(await rowOf('payment_unmatched', `${tenant.tenantId}/${id}`)).toMatchObject({ state: 'cleared' });
    const resolved = await ask('GET', '/api/v1/unmatched-payments?state=settled');
    expect(resolved.body.data[0]).toMatchObject({ id });
  });
});
