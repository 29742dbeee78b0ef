/** What waits too long is enqueued again: stored webhooks whose consumer died, and effects whose message was lost. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { env, seedTenant, unique } from '../../tests/contract/tenants.ts';
import { processNow, setClockOffset } from '../../shared/clock.ts';
import { type Env, type QueueMessage, platformOf } from '../env.ts';
import { effectHandlers } from '../handlers.ts';
import { webhooksWaiting } from '../storage/platform-db.ts';
import { settleWebhook } from '../storage/queries/webhooks.ts';
import { effects } from '../storage/tables/delivery.ts';
import { TenantDb } from '../storage/tenant-db.ts';
import { type EffectOutcome, runEffect, sweep } from './effects.ts';
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
  return { tenantId, ...(await storeWebhook(platformOf(env), unit)) };
};

afterEach(() => setClockOffset(0));

describe('a stored webhook', () => {
  it('counts as waiting until somebody has worked on it', async () => {
    const before = await webhooksWaiting(platformOf(env));
    const { tenantId, id } = await stored();
    expect(await webhooksWaiting(platformOf(env))).toBe(before + 1);
    await settleWebhook(new TenantDb(platformOf(env), tenantId), id, { state: 'processed', now: processNow() });
    expect(await webhooksWaiting(platformOf(env))).toBe(before);
  });

  it('is left to its consumer for half a minute and then enqueued again', async () => {
    const { tenantId, id } = await stored();
    const message = { kind: 'webhook', id, tenantId, swept: true };
    const early = watched();
    await sweep(platformOf(early.env));
    expect(early.sent).not.toContainEqual(message);
    setClockOffset(31_000);
    const late = watched();
    expect((await sweep(platformOf(late.env))).webhooks).toBeGreaterThan(0);
    expect(late.sent.filter((one) => one.id === id)).toEqual([message]);
    await settleWebhook(new TenantDb(platformOf(env), tenantId), id, { state: 'ignored', now: processNow() });
    const done = watched();
    await sweep(platformOf(done.env));
    expect(done.sent).not.toContainEqual(message);
  });

  it('is stored once however often it comes', async () => {
    const { tenantId } = await seedTenant();
    const now = processNow() as Parameters<typeof storeWebhook>[1]['now'];
    const one = { tenantId, source: 'calcom', eventType: 'x', uniqueId: unique('evt'), payload: '{}', now } as const;
    const answers = await Promise.all(Array.from({ length: 10 }, () => storeWebhook(platformOf(env), one)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
  });
});

describe('an effect that failed', () => {
  const SAID = 'Twilio 21211: +49 151 5555 4444 of eva@example.org\nparams: Eva';
  it.each<[string, () => Promise<EffectOutcome>]>([
    ['retried', async () => ({ kind: 'retry', reason: SAID })],
    ['parked', async () => ({ kind: 'park', reason: SAID })],
    ['thrown', () => Promise.reject(new Error(SAID))],
  ])('%s: its reason is kept and logged without number and address', async (_, handler) => {
    const { tenantId } = await seedTenant();
    const db = new TenantDb(platformOf(env), tenantId);
    const id = unique('eff');
    const now = processNow();
    await db.insert(effects, {
      id,
      queue: 'low',
      kind: 'calcom.routes',
      ref: '{}',
      state: 'pending',
      notBefore: now,
      createdAt: now,
    });
    const lines: string[] = [];
    // objects of earlier tests may still be trying, and say so, too
    const log = (line: string): void => void (line.includes(id) && lines.push(line));
    const spies = (['warn', 'error'] as const).map((level) => vi.spyOn(console, level).mockImplementation(log));
    await runEffect(platformOf(watched().env), tenantId, id, { ...effectHandlers(), 'calcom.routes': handler });
    for (const spy of spies) spy.mockRestore();
    const row = await env.DB.prepare('SELECT * FROM effects WHERE tenant_id = ?1 AND id = ?2')
      .bind(tenantId, id)
      .first();
    const letter = await env.DB.prepare('SELECT * FROM dead_letters WHERE tenant_id = ?1').bind(tenantId).first();
    const kept = JSON.stringify([row, letter, lines]);
    expect(kept).toContain('Twilio 21211: … of …@…');
    expect(kept).not.toMatch(/5555|eva@|Eva/);
    expect(lines).toHaveLength(1);
  });
});

describe('an effect whose row does not say what its kind says', () => {
  it.each([
    [
      'a member is missing',
      'call.link',
      '{"callId":"call_1","appointmentId":"apt_1"}',
      'this is no call.link: customerId',
    ],
    ['it is no JSON', 'notify', '{"event"', 'this is no notify: no JSON'],
    ['nobody handles its kind', 'notify.fax', '{}', 'no handler for notify.fax'],
  ])('%s: it is parked with the reason, its handler is not called', async (_what, kind, ref, reason) => {
    const { tenantId } = await seedTenant();
    const db = new TenantDb(platformOf(env), tenantId);
    const id = unique('eff');
    const now = processNow();
    await db.insert(effects, { id, queue: 'low', kind, ref, state: 'pending', notBefore: now, createdAt: now });
    const called = vi.fn(async () => ({ kind: 'done' as const }));
    const spy = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await runEffect(platformOf(watched().env), tenantId, id, {
      ...effectHandlers(),
      notify: called,
      'call.link': called,
    });
    spy.mockRestore();
    expect(called).not.toHaveBeenCalled();
    const of = (table: string) =>
      env.DB.prepare(`SELECT * FROM ${table} WHERE tenant_id = ?1 AND id = ?2`).bind(tenantId, id).first();
    expect(await of('effects')).toMatchObject({ state: 'parked', last_error: reason });
    expect(await of('dead_letters')).toMatchObject({ reason, message: expect.stringContaining(kind) });
  });
});
