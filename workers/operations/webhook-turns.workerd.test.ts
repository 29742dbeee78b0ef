/**
 * A flood of webhooks of one tenant: none is refused or lost, at most sixty a minute are worked on, and another tenant's in the middle of it
 * are worked on at once. The queue is one whose clock the test moves; who sends to it and who consumes from it are the real ones.
 */
import { createExecutionContext } from 'cloudflare:test';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FurnishedTenant, furnishTenant } from '../../tests/contract/fixtures.ts';
import { signIn } from '../../tests/contract/requests.ts';
import { connectLine, type Line, type Opened, signed, stripeEvent, wire } from '../../tests/contract/signed.ts';
import { env as testEnv, unique } from '../../tests/contract/tenants.ts';
import { asInstant } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { asCents } from '../../shared/money.ts';
import { app } from '../app.ts';
import { type Env, platformOf, type QueueMessage } from '../env.ts';
import { consume } from '../queues.ts';
import { waitingWebhooks } from '../storage/platform-db.ts';
import { sweep } from './effects.ts';
import { WEBHOOKS_A_MINUTE } from './webhook-turns.ts';

const MINUTE_MS = 60_000;
const FLOOD = 200;
/** Messages of a batch, as wrangler.toml says. */
const BATCH = 10;

/** Real time as the Worker sees it. */
let now = 0;
beforeEach(() => {
  // Just after a window began, so that the first one is whole.
  now = Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS + 1_000;
  vi.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => vi.restoreAllMocks());

class TestQueue {
  waiting: { body: QueueMessage; due: number }[] = [];
  readonly env: Env;
  constructor() {
    const QUEUE_HIGH = {
      send: async (body: QueueMessage, { delaySeconds = 0 }: { delaySeconds?: number } = {}) =>
        void this.waiting.push({ body, due: now + delaySeconds * 1_000 }),
      // Effects only: they are the real queue's.
      sendBatch: (batch: Iterable<MessageSendRequest<QueueMessage>>) => (testEnv as Env).QUEUE_HIGH.sendBatch(batch),
    };
    this.env = { ...testEnv, QUEUE_HIGH, RATE_LIMIT_SCALE: '1' } as unknown as Env;
  }

  /** Delivers what is due, in batches, until nothing is. */
  async deliver(): Promise<void> {
    for (;;) {
      const due = this.waiting.filter((one) => one.due <= now).slice(0, BATCH);
      if (due.length === 0) return;
      this.waiting = this.waiting.filter((one) => !due.includes(one));
      const messages = due.map(({ body }) => ({
        id: unique('msg'),
        body,
        attempts: 1,
        ack: () => undefined,
        retry: () => this.waiting.push({ body, due: now + 1_000 }),
      }));
      await consume({ queue: 'askproai-high', messages } as unknown as MessageBatch<unknown>, this.env);
    }
  }

  /** Lets time go on from message to message until none waits. @param then after each step */
  async run(then: () => Promise<void> = async () => undefined): Promise<void> {
    await this.deliver();
    for (let steps = 0; this.waiting.length > 0 && steps < 2_000; steps++) {
      await then();
      now = Math.max(now, Math.min(...this.waiting.map(({ due }) => due)));
      await this.deliver();
    }
  }
}

interface Row {
  id: string;
  state: string;
  received_at: number;
  processed_at: number | null;
}
const rowsOf = async (tenant: FurnishedTenant, source: string): Promise<Row[]> =>
  (
    await testEnv.DB.prepare(
      'SELECT id, state, received_at, processed_at FROM webhook_logs WHERE tenant_id = ?1 AND source = ?2',
    )
      .bind(tenant.tenantId, source)
      .all<Row>()
  ).results;
/** How many were worked on in each minute. */
function aMinute(rows: Row[]): number[] {
  const counts = new Map<number, number>();
  for (const { processed_at: at } of rows) {
    const minute = Math.floor((at ?? 0) / MINUTE_MS);
    counts.set(minute, (counts.get(minute) ?? 0) + 1);
  }
  return [...counts.values()];
}
const statesOf = (rows: Row[]): string[] => [...new Set(rows.map(({ state }) => state))];

async function post(queue: TestQueue, vendor: 'retell' | 'stripe', body: object): Promise<void> {
  const request = await signed(vendor, `/webhooks/${vendor}`, JSON.stringify(body));
  const response = await app.fetch(request, queue.env, createExecutionContext());
  expect(response.status, await response.clone().text()).toBeLessThan(300);
}

let flooded: FurnishedTenant;
let other: FurnishedTenant;
let lines: { flooded: Line; other: Line };
beforeAll(async () => {
  [flooded, other] = [await furnishTenant(signIn), await furnishTenant(signIn)];
  lines = { flooded: await connectLine(flooded), other: await connectLine(other) };
});

describe('two hundred calls told of in one minute', () => {
  const started = (line: Line, n: number): object => {
    const body = wire('retell/call_started.json');
    const told = { call_id: unique(`call${n}`), agent_id: line.agentId, to_number: line.number, metadata: {} };
    return { ...body, call: { ...(body['call'] as object), ...told } };
  };

  it('are all worked on, sixty a minute; another tenant’s among them at once; sweeps leave no twins', async () => {
    const queue = new TestQueue();
    for (let n = 0; n < FLOOD; n++) {
      await post(queue, 'retell', started(lines.flooded, n));
      if (n % 20 === 10) await post(queue, 'retell', started(lines.other, n));
    }
    await queue.deliver();
    const others = await rowsOf(other, 'retell');
    expect(others).toHaveLength(FLOOD / 20);
    expect(statesOf(others)).toEqual(['processed']);
    const first = await rowsOf(flooded, 'retell');
    expect(first).toHaveLength(FLOOD);
    expect(first.filter(({ state }) => state === 'processed')).toHaveLength(WEBHOOKS_A_MINUTE);

    let swept = 0;
    await queue.run(async () => {
      const ids = queue.waiting.map(({ body }) => body.id);
      expect(ids.length - new Set(ids).size, 'messages of one webhook').toBe(0);
      if (now - swept >= MINUTE_MS) {
        swept = now;
        await sweep(platformOf(queue.env));
      }
    });
    const all = await rowsOf(flooded, 'retell');
    expect(statesOf(all)).toEqual(['processed']);
    expect(Math.max(...aMinute(all))).toBeLessThanOrEqual(WEBHOOKS_A_MINUTE);
    const last = Math.max(...all.map(({ processed_at: at }) => at ?? 0));
    const began = Math.min(...all.map(({ received_at: at }) => at));
    expect(last - began).toBeLessThan((FLOOD / WEBHOOKS_A_MINUTE + 4) * MINUTE_MS);
    const calls = await testEnv.DB.prepare('SELECT count(*) AS n FROM calls WHERE tenant_id = ?1')
      .bind(flooded.tenantId)
      .first('n');
    expect(calls).toBe(FLOOD);
  }, 120_000);

  it('whose messages are all lost are brought by the sweeper, and another tenant’s not behind them', async () => {
    const queue = new TestQueue();
    const [before, othersBefore] = [(await rowsOf(flooded, 'retell')).length, (await rowsOf(other, 'retell')).length];
    for (let n = 0; n < WEBHOOKS_A_MINUTE + 20; n++) await post(queue, 'retell', started(lines.flooded, n));
    now += 1_000;
    await post(queue, 'retell', started(lines.other, 0));
    queue.waiting = [];
    now += MINUTE_MS;
    // However few a sweep takes: the oldest of each come first.
    const few = await waitingWebhooks(platformOf(queue.env), now, {
      each: WEBHOOKS_A_MINUTE,
      limit: WEBHOOKS_A_MINUTE,
    });
    expect(few.map(({ tenantId }) => tenantId)).toContain(other.tenantId);
    await sweep(platformOf(queue.env));
    await queue.deliver();
    const waits = async (tenant: FurnishedTenant): Promise<number> =>
      (await rowsOf(tenant, 'retell')).filter(({ state }) => state === 'received').length;
    expect(await waits(other)).toBe(0);
    expect(await waits(flooded)).toBe(20);
    now += MINUTE_MS;
    await sweep(platformOf(queue.env));
    await queue.run();
    expect(await waits(flooded)).toBe(0);
    expect(await rowsOf(flooded, 'retell')).toHaveLength(before + WEBHOOKS_A_MINUTE + 20);
    expect(await rowsOf(other, 'retell')).toHaveLength(othersBefore + 1);
  }, 120_000);
});

describe('two hundred payments told of in one minute', () => {
  async function opened(tenant: FurnishedTenant): Promise<Opened> {
    const topupId = newId('topup', asInstant(now));
    const { result } = await tenant.scope.ledger.openTopup({
      key: `topup:${topupId}`,
      topupId,
      amountCents: asCents(1_000),
      method: 'stripe',
    });
    if (!result.ok) throw new Error(result.error.code);
    const { grossCents: gross, bonusCents } = result.value.topup;
    return { topupId, gross, net: 1_000 + bonusCents, sessionId: '' };
  }
  const pay = async (queue: TestQueue, tenant: FurnishedTenant): Promise<void> =>
    post(queue, 'stripe', stripeEvent('payment_intent.succeeded', tenant, await opened(tenant), unique('evt')));
  const available = async (tenant: FurnishedTenant): Promise<number> => {
    const { result } = await tenant.scope.ledger.balance();
    return result.ok ? result.value.availableCents : Number.NaN;
  };

  it('are all acknowledged and all credited, sixty a minute; another tenant’s in its own request', async () => {
    const queue = new TestQueue();
    const [before, othersBefore] = [await available(flooded), await available(other)];
    for (let n = 0; n < FLOOD; n++) {
      await pay(queue, flooded);
      if (n % 50 === 25) {
        const had = await available(other);
        await pay(queue, other);
        expect(await available(other)).toBe(had + 1_000);
      }
    }
    expect(await available(flooded)).toBe(before + WEBHOOKS_A_MINUTE * 1_000);
    await queue.run();
    expect(await available(flooded)).toBe(before + FLOOD * 1_000);
    expect(await available(other)).toBe(othersBefore + 4_000);
    const rows = await rowsOf(flooded, 'stripe');
    expect(rows).toHaveLength(FLOOD);
    expect(statesOf(rows)).toEqual(['processed']);
    expect(Math.max(...aMinute(rows))).toBeLessThanOrEqual(WEBHOOKS_A_MINUTE);
  }, 120_000);
});
