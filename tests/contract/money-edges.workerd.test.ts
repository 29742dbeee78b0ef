/**
 * The seven faults of money, each from end to end by requests alone: what Stripe or a damaged file does → the ledger → an alarm that
 * health shows within a minute → the operator's way out, by the routes that the operator's page calls (web/admin/operations/ways-out.ts) →
 * the right balance, and health as it was.
 */
import { createExecutionContext, evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { processNow, setClockOffset } from '../../shared/clock.ts';
import { app } from '../../workers/app.ts';
import type { QueueMessage } from '../../workers/env.ts';
import { runSchedule } from '../../workers/cron.ts';
import { consume } from '../../workers/queues.ts';
import { d1Meter } from '../../workers/storage/d1.ts';
import { madeToFail } from '../../workers/storage/made-to-fail.fixture.ts';
import { objectStub } from '../workerd/broken-outbox.ts';
import type { Json } from './document.ts';
import { type FurnishedTenant, furnishTenant } from './fixtures.ts';
import { askApi, generousEnv, signIn } from './requests.ts';
import { type Opened, openTopup, signed, stripeEvent } from './signed.ts';
import { env, type SeededTenant, seedTenant, unique } from './tenants.ts';
import { disputesAtStripe, stubVendors } from './vendors.ts';

const MONITOR_TOKEN = 'monitor-token-0123456789';
const MINUTE_MS = 60_000;
/** A test may wait for health for a whole minute. */
vi.setConfig({ testTimeout: 2 * MINUTE_MS });
const DAY_MS = 86_400_000;
const REASON = { reason: 'talked to the customer' };
/** What a furnished tenant has, and what 50 € bring: below the first tier there is no bonus. */
const [BEFORE, PAID] = [10_500, 5_000];

let operator: SeededTenant;
let tenant: FurnishedTenant;
let topup: Opened;
beforeAll(async () => {
  operator = await seedTenant({ type: 'platform', role: 'super_admin' });
});
beforeEach(async () => {
  stubVendors();
  tenant = await furnishTenant(signIn);
  topup = await openTopup(tenant, PAID);
  expect(await balance()).toBe(BEFORE);
});
afterEach(() => {
  setClockOffset(0);
  d1Meter.refuse = false;
});
afterAll(() => vi.restoreAllMocks());

// ---------------------------------------------------------------- what comes in

/** One delivery by Stripe; the status of our answer. */
async function deliver(event: { [member: string]: Json }, bindings = generousEnv): Promise<number> {
  const request = await signed('stripe', '/webhooks/stripe', JSON.stringify(event));
  return (await app.fetch(request, bindings, createExecutionContext())).status;
}
const about = (name: string): { [member: string]: Json } => stripeEvent(name, tenant, topup, unique('evt'));
const paid = () => about('payment_intent.succeeded');
/** The dispute stands so at Stripe now, and an event says that something about it has changed. */
function disputed(status: string, moved: readonly number[]): { [member: string]: Json } {
  disputesAtStripe.set(topup.topupId, { status, moved });
  return { ...about('charge.dispute.created'), type: 'charge.dispute.updated' };
}
const refund = (status: string): { [member: string]: Json } => ({
  ...paid(),
  type: status === 'failed' ? 'refund.failed' : 'refund.updated',
  data: {
    object: {
      id: `re_${topup.topupId}`,
      object: 'refund',
      amount: topup.gross,
      currency: 'eur',
      charge: `ch_${topup.topupId}`,
      payment_intent: `pi_${topup.topupId}`,
      status,
      metadata: {},
    },
  },
});

/** A queue as Cloudflare's works, without its waiting: what is retried counts its seconds, what every attempt failed goes to the dead letters. */
class CountedQueue {
  static readonly #ATTEMPTS = 4;
  readonly #sent: { body: QueueMessage; delaySeconds: number }[] = [];
  readonly env: typeof env;
  constructor() {
    const send = async (body: QueueMessage, { delaySeconds = 0 }: QueueSendOptions = {}): Promise<void> =>
      void this.#sent.push({ body, delaySeconds });
    this.env = { ...generousEnv, QUEUE_HIGH: { send } } as unknown as typeof env;
  }
  /** Works on all that was sent. @returns the seconds that went by until the last message left the queue */
  async work(): Promise<number> {
    let longest = 0;
    for (const { body, delaySeconds } of this.#sent.splice(0)) {
      let seconds = delaySeconds;
      let isDone = false;
      for (let attempts = 1; !isDone && attempts <= CountedQueue.#ATTEMPTS; attempts++) {
        const again = await this.#consume('askproai-high', body, attempts);
        isDone = again === null;
        // The last refusal sends it to the dead letters at once.
        if (again !== null && attempts < CountedQueue.#ATTEMPTS) seconds += again;
      }
      if (!isDone) expect(await this.#consume('askproai-dead', body, 1)).toBeNull();
      longest = Math.max(longest, seconds);
    }
    return longest;
  }
  /** @returns null: acknowledged; else the seconds until it is brought again */
  async #consume(queue: string, body: QueueMessage, attempts: number): Promise<number | null> {
    let again: number | null = null;
    const message = {
      id: unique('message'),
      body,
      attempts,
      ack: () => undefined,
      retry: ({ delaySeconds = 0 }: QueueRetryOptions = {}) => {
        again = delaySeconds;
      },
    };
    await consume({ queue, messages: [message] } as unknown as MessageBatch<unknown>, this.env);
    return again;
  }
}

// ---------------------------------------------------------------- what is seen

const own = (path: string) => askApi(tenant.apiKey, 'GET', path);
async function balance(): Promise<number> {
  return (await own('/customer/balance')).body.data.balance_cents;
}
/** Types of the movements that are listed, newest first. */
const movements = async (): Promise<string[]> =>
  ((await own('/api/v2/transactions')).body.data as { type: string }[]).map(({ type }) => type);

/** Kinds of open alarms as the platform's monitor sees them. */
async function platformAlarms(): Promise<string[]> {
  const bindings = { ...generousEnv, MONITOR_TOKEN } as typeof env;
  return (await askApi(MONITOR_TOKEN, 'GET', '/api/health/detailed', { bindings })).body.checks.alarms.kinds;
}

/** Health shows these alarms of the tenant, to it and to the platform's monitor, within a minute; without any it is well. */
async function healthShows(...kinds: string[]): Promise<void> {
  await vi.waitFor(
    async () => {
      const { body } = await own('/api/health/detailed');
      const { status, kinds: shown } = body.checks.alarms;
      expect([status, shown]).toEqual([kinds.length === 0 ? 'ok' : 'degraded', kinds]);
      if (kinds.length > 0) expect(body.status).toBe('degraded');
      expect(await platformAlarms()).toEqual(expect.arrayContaining(kinds));
    },
    { timeout: MINUTE_MS, interval: 250 },
  );
}

// ---------------------------------------------------------------- ways out

/** As the operator's page asks. */
async function operate(path: string, body: object = REASON, bindings = generousEnv) {
  const answer = await askApi(operator.apiKey, 'POST', `/api/v1/${path}`, { body, bindings });
  expect(answer.status, `${path}: ${answer.text}`).toBe(200);
  return answer.body.data;
}
interface AlarmRow {
  id: string;
  kind: string;
  detail: { seq?: number };
}
/** The tenant's rows of the operator's list. */
async function alarmRows(kind: string): Promise<AlarmRow[]> {
  const { body } = await askApi(operator.apiKey, 'GET', `/api/v1/alarms?kind=${kind}&limit=100`);
  return (body.data as (AlarmRow & { tenant_id: string })[]).filter((one) => one.tenant_id === tenant.tenantId);
}
async function alarmRow(kind: string): Promise<AlarmRow> {
  const [row] = await alarmRows(kind);
  if (!row) throw new Error(`no alarm ${kind} on the operator's list`);
  return row;
}
const ledger = () => `objects/${tenant.tenantId}/ledger`;
const verifiedWell = async (): Promise<void> =>
  expect(await operate(`${ledger()}/verify`, {})).toMatchObject({ ok: true, problems: [], differences: [] });

/** Changes the ledger's file as somebody could who has it: past its triggers. Answers the last row of the last statement. */
const changeFile = (...statements: string[]): Promise<unknown> =>
  runInDurableObject(objectStub(tenant.tenantId, 'ledger'), (_object, { storage }) => {
    const triggers = storage.sql
      .exec<{ name: string; sql: string }>("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
      .toArray();
    for (const { name } of triggers) storage.sql.exec(`DROP TRIGGER "${name}"`);
    const rows = statements.map((statement) => storage.sql.exec(statement).toArray());
    for (const { sql } of triggers) storage.sql.exec(sql);
    return rows.at(-1)?.[0];
  });

/** Clicks skip on each row of a stopped sink until none is left: a sink that reaches the event later stands there by itself. */
const skipWhatStands = (seq: number): Promise<void> =>
  vi.waitFor(
    async () => {
      const [row] = await alarmRows('sink_stopped');
      if (row) {
        expect(row.detail.seq).toBe(seq);
        await operate(`${ledger()}/skip`, { ...REASON, seq });
      }
      const object = await askApi(operator.apiKey, 'GET', `/api/v1/${ledger()}`);
      expect(object.body.data).toMatchObject({ stuck: [], waiting: { project: 0, effects: 0 } });
      expect(await alarmRows('sink_stopped')).toEqual([]);
    },
    { timeout: MINUTE_MS, interval: 500 },
  );

// ---------------------------------------------------------------- the seven

it('a payment whose link cannot be written is tried again at once, given up within a minute, and begun anew by a click', async () => {
  const queue = new CountedQueue();
  const event = paid();
  const seconds = await madeToFail({ table: 'payment_links', tenantId: tenant.tenantId }, async () => {
    expect(await deliver(event, queue.env)).toBe(503);
    return queue.work();
  });
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThan(60);
  // Credited it is; what is missing is that its refunds and disputes find it.
  expect(await balance()).toBe(BEFORE + PAID);
  await healthShows('effect_parked');
  await alarmRow('effect_parked');
  const parked = await askApi(operator.apiKey, 'GET', '/api/v1/parked-work?limit=100');
  const letter = (parked.body.data as { id: string; tenant_id: string }[]).find(
    (one) => one.tenant_id === tenant.tenantId,
  );
  await operate(`parked-work/${tenant.tenantId}/${letter?.id}/replay`, REASON, queue.env);
  await queue.work();
  await healthShows();
  const link = await env.DB.prepare('SELECT topup_id FROM payment_links WHERE payment_id = ?1')
    .bind(`pi_${topup.topupId}`)
    .first('topup_id');
  expect(link).toBe(topup.topupId);
  expect(await deliver(event)).toBe(200);
  expect(await balance()).toBe(BEFORE + PAID);
  expect(await deliver(disputed('needs_response', [-topup.gross]))).toBe(200);
  expect(await balance()).toBe(BEFORE);
});

it.each([
  ['a row of the outbox that nobody can read', "body = '{'"],
  ['a poison event', "body = '{}'"],
  ['an event whose row D1 never takes', "body = json_set(body, '$.entries[0].currency', null)"],
])('%s stands with an alarm, while money is taken, and is let pass by a click', async (_what, damage) => {
  const damaged = await madeToFail({ table: 'feed', tenantId: tenant.tenantId }, async () => {
    expect(await deliver(paid())).toBe(200);
    const changed = await changeFile(
      `UPDATE _outbox SET ${damage} WHERE seq = (SELECT max(seq) FROM _outbox WHERE type = 'ledger.posted') RETURNING seq`,
    );
    // A drain that had read the row before it was changed ends while D1 still refuses it.
    await objectStub(tenant.tenantId, 'ledger').drain();
    return changed as { seq: number };
  });
  await healthShows('sink_stopped');
  expect(await balance()).toBe(BEFORE + PAID);
  const [first, more] = [topup, await openTopup(tenant, PAID)];
  topup = more;
  expect(await deliver(paid())).toBe(200);
  topup = first;
  expect(await balance()).toBe(BEFORE + 2 * PAID);
  expect((await own('/api/v2/transactions')).body.stale).toBe(true);

  await skipWhatStands(damaged.seq);
  await operate(`${ledger()}/rebuild`);
  await verifiedWell();
  await healthShows();
  expect((await movements()).slice(0, 2)).toEqual(['topup', 'topup']);
  expect(await balance()).toBe(BEFORE + 2 * PAID);
});

it('an entry that was changed in the file is found, no rebuild spreads it, and a click sets it back', async () => {
  expect(await deliver(paid())).toBe(200);
  await objectStub(tenant.tenantId, 'ledger').flush(5_000);
  await changeFile('UPDATE postings SET amount_micros = amount_micros * 3 WHERE seq = (SELECT max(seq) FROM entries)');
  expect(await operate(`${ledger()}/verify`, {})).toMatchObject({ ok: false });
  await healthShows('ledger_differs');
  await alarmRow('ledger_differs');
  const rebuilt = await askApi(operator.apiKey, 'POST', `/api/v1/${ledger()}/rebuild`, { body: REASON });
  expect([rebuilt.status, rebuilt.body.error.code]).toEqual([409, 'LEDGER_UNSOUND']);
  expect(await operate(`${ledger()}/repair`)).toMatchObject({ unproven: [], verified: { ok: true } });
  await operate(`${ledger()}/rebuild`);
  await verifiedWell();
  await healthShows();
  expect(await balance()).toBe(BEFORE + PAID);
});

it('a dispute that is lost and then won ends with the money back, nothing left to do', async () => {
  expect(await deliver(paid())).toBe(200);
  expect(await deliver(disputed('needs_response', [-topup.gross]))).toBe(200);
  await healthShows('payment_disputed');
  expect(await deliver(disputed('lost', [-topup.gross]))).toBe(200);
  expect(await balance()).toBe(BEFORE);
  await healthShows('payment_disputed');
  expect(await deliver(disputed('won', [-topup.gross, topup.gross]))).toBe(200);
  expect(await balance()).toBe(BEFORE + PAID);
  await healthShows();
  await verifiedWell();
});

it('a dispute that stays lost is an alarm until somebody says that the customer was asked for the money', async () => {
  expect(await deliver(paid())).toBe(200);
  expect(await deliver(disputed('lost', [-topup.gross]))).toBe(200);
  await healthShows('payment_disputed');
  await operate(`alarms/${(await alarmRow('payment_disputed')).id}/clear`);
  await healthShows();
  expect(await balance()).toBe(BEFORE);
});

it('a refund that fails after all gives the money back, and somebody says how the customer got it', async () => {
  expect(await deliver(paid())).toBe(200);
  expect(await deliver(refund('succeeded'))).toBe(200);
  expect(await balance()).toBe(BEFORE);
  await healthShows();
  expect(await deliver(refund('failed'))).toBe(200);
  expect(await balance()).toBe(BEFORE + PAID);
  await healthShows('refund_failed');
  await operate(`alarms/${(await alarmRow('refund_failed')).id}/clear`, { reason: 'stays as balance, as agreed' });
  await healthShows();
  expect(await balance()).toBe(BEFORE + PAID);
  await verifiedWell();
});

it('a clock forty days ahead and back: what came meanwhile arrives, its alarm is shown, and ends like any other', async () => {
  const stub = objectStub(tenant.tenantId, 'ledger');
  await runSchedule(generousEnv);
  setClockOffset(40 * DAY_MS);
  await madeToFail({ table: 'feed', tenantId: tenant.tenantId }, async () => {
    expect(await deliver(paid())).toBe(200);
    await stub.drain();
    await stub.drain();
    expect(await deliver(disputed('needs_response', [-topup.gross]))).toBe(200);
  });
  expect((await stub.status()).waiting['project']).toBeGreaterThan(0);
  // What the cron's tick of those days left: its runs bear instants that lie ahead.
  await env.DB.prepare('UPDATE cron_states SET last_due_at = ?1 WHERE paused_at IS NULL').bind(processNow()).run();
  setClockOffset(0);
  // Another life of the object, as after a restart: all that it knows of its back-off is what it wrote, forty days ahead.
  await evictDurableObject(stub as never);
  await healthShows('payment_disputed');
  await stub.ping();
  await runSchedule(generousEnv);
  const [stepped] = (await askApi(operator.apiKey, 'GET', '/api/v1/alarms?kind=clock_set_back&state=open')).body
    .data as AlarmRow[];
  expect(await platformAlarms()).toContain('clock_set_back');
  await operate(`alarms/${stepped?.id}/clear`, { reason: 'clock set right, entries looked at' });
  expect(await platformAlarms()).not.toContain('clock_set_back');
  await vi.waitFor(async () => expect((await movements())[0]).toBe('refund'), { timeout: MINUTE_MS });
  expect(await balance()).toBe(BEFORE);
  expect(await deliver(disputed('won', [-topup.gross, topup.gross]))).toBe(200);
  expect(await balance()).toBe(BEFORE + PAID);
  await healthShows();
  await verifiedWell();
});
