/** What waits too long is enqueued again: stored webhooks whose consumer died, and effects whose message was lost. */
import { afterEach, describe, expect, it } from 'vitest';
import { env, seedTenant, unique } from '../../tests/contract/tenants.ts';
import { processNow, setClockOffset } from '../../shared/clock.ts';
import type { Env, QueueMessage } from '../env.ts';
import { webhooksWaiting } from '../storage/platform-db.ts';
import { settleWebhook } from '../storage/queries/webhooks.ts';
import { TenantDb } from '../storage/tenant-db.ts';
import { sweep } from './effects.ts';
import { storeWebhook } from './webhook-log.ts';

const watched = (): { env: Env; sent: QueueMessage[] } => {
  const sent: QueueMessage[] = [];
  const queue = {
    send: async (message: QueueMessage) => void sent.push(message),
    sendBatch: async (batch: Iterable<{ body: QueueMessage }>) => void sent.push(...[...batch].map(({ body }) => body)),
  };
  const bindings = { QUEUE_HIGH: queue, QUEUE_MEDIUM: queue, QUEUE_LOW: queue };
  return { env: { ...env, ...bindings } as unknown as Env, sent };
};
const stored = async () => {
  const { tenantId } = await seedTenant();
  const now = processNow() as Parameters<typeof storeWebhook>[1]['now'];
  const unit = {
    tenantId,
    source: 'retell',
    eventType: 'call_ended',
    uniqueId: unique('evt'),
    payload: '{}',
    now,
  } as const;
  return { tenantId, ...(await storeWebhook(env, unit)) };
};

afterEach(() => setClockOffset(0));

describe('a stored webhook', () => {
  it('counts as waiting until somebody has worked on it', async () => {
    const before = await webhooksWaiting(env);
    const { tenantId, id } = await stored();
    expect(await webhooksWaiting(env)).toBe(before + 1);
    await settleWebhook(new TenantDb(env, tenantId), id, { state: 'processed', now: processNow() });
    expect(await webhooksWaiting(env)).toBe(before);
  });

  it('is left to its consumer for half a minute and then enqueued again', async () => {
    const { tenantId, id } = await stored();
    const message = { kind: 'webhook', id, tenantId };
    const early = watched();
    await sweep(early.env);
    expect(early.sent).not.toContainEqual(message);
    setClockOffset(31_000);
    const late = watched();
    expect((await sweep(late.env)).webhooks).toBeGreaterThan(0);
    expect(late.sent.filter((one) => one.id === id)).toEqual([message]);
    await settleWebhook(new TenantDb(env, tenantId), id, { state: 'ignored', now: processNow() });
    const done = watched();
    await sweep(done.env);
    expect(done.sent).not.toContainEqual(message);
  });

  it('is stored once however often it comes', async () => {
    const { tenantId } = await seedTenant();
    const now = processNow() as Parameters<typeof storeWebhook>[1]['now'];
    const one = { tenantId, source: 'calcom', eventType: 'x', uniqueId: unique('evt'), payload: '{}', now } as const;
    const answers = await Promise.all(Array.from({ length: 10 }, () => storeWebhook(env, one)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
  });
});
