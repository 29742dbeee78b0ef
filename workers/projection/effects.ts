/**
 * The effects sink: an effect is a durable row before its id is enqueued; a lost enqueue is found by the sweeper
 * (operations/effects.ts), so this sink needs nothing of the queue but an attempt.
 */
import type { TenantId } from '../../shared/ids.ts';
import type { Delivery, Sink } from '../object-runtime/drain.ts';
import { type QueueMessage, type Platform, bindingsOf } from '../env.ts';
import { type EventType, type Reactions, readOf, tell } from '../events/catalogue.ts';
import type { EffectQueue, EffectSpec } from '../events/effects.ts';
import type { OutboxEvent } from '../object-runtime/events.ts';
import { tenantD1 } from '../storage/d1.ts';
import { isRefusedForGood } from '../storage/d1-fault.ts';
import { log } from '../log.ts';

const INSERT_SQL = `INSERT OR IGNORE INTO effects (tenant_id, id, queue, kind, ref, state, attempts, not_before, lease_until, created_at)
SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, 'pending', 0, value ->> 4, 0, ?3
FROM json_each(?2)`;

/** Queues take at most 100 messages a batch. */
const QUEUE_BATCH = 100;

export function queueOf(platform: Platform, name: EffectQueue): Queue<QueueMessage> {
  switch (name) {
    case 'high':
      return bindingsOf(platform).QUEUE_HIGH;
    case 'medium':
      return bindingsOf(platform).QUEUE_MEDIUM;
    case 'low':
      return bindingsOf(platform).QUEUE_LOW;
  }
}

/** Writes effect rows (repeats are ignored by id) and enqueues their ids as far as the queue takes them. */
export async function recordEffects(
  platform: Platform,
  tenantId: TenantId,
  specs: readonly EffectSpec[],
  now: number,
): Promise<void> {
  if (specs.length === 0) return;
  const rows = specs.map((s) => [s.id, s.queue, s.kind, JSON.stringify(s.ref), s.notBefore ?? now]);
  await tenantD1(platform, tenantId).prepare(INSERT_SQL).bind(tenantId, JSON.stringify(rows), now).run();
  const ready = specs.filter((s) => (s.notBefore ?? 0) <= now).map(({ id, queue }) => ({ id, queue, tenantId }));
  await enqueueEffects(platform, ready);
}

/** Hands ids of pending effects to their queues. A refused enqueue is no loss: the row is pending and the sweeper enqueues it. */
export async function enqueueEffects(
  platform: Platform,
  effects: readonly { id: string; queue: EffectQueue; tenantId: TenantId }[],
): Promise<void> {
  for (const queue of ['high', 'medium', 'low'] as const) {
    const messages = effects
      .filter((effect) => effect.queue === queue)
      .map(({ id, tenantId }) => ({ body: { kind: 'effect', id, tenantId } as QueueMessage }));
    for (let i = 0; i < messages.length; i += QUEUE_BATCH) {
      await queueOf(platform, queue)
        .sendBatch(messages.slice(i, i + QUEUE_BATCH))
        .catch((fault: unknown) => log('warn', 'enqueue_failed', { queue, fault }));
    }
  }
}

/** What a module's reactions make of a stored event. Events that only a later deploy knows cause nothing. */
export function effectsOf<K extends EventType>(reactions: Reactions<K>, stored: OutboxEvent): readonly EffectSpec[] {
  const event = readOf<K>(reactions, stored);
  return event === null ? [] : tell<K, [], readonly EffectSpec[]>(reactions, event);
}

/** The effects sink of an object, by the reactions of its module. */
export function effectsSink<K extends EventType>(
  platform: Platform,
  tenantId: TenantId,
  reactions: Reactions<K>,
  now: () => number,
): Sink {
  return {
    name: 'effects',
    async deliver(page): Promise<Delivery> {
      let specs: EffectSpec[];
      try {
        specs = page.flatMap((stored) => effectsOf(reactions, stored));
      } catch (defect) {
        return { kind: 'poison', seq: page[0]?.seq ?? 0, error: String(defect) };
      }
      try {
        await recordEffects(platform, tenantId, specs, now());
      } catch (fault) {
        if (!isRefusedForGood(fault)) throw fault;
        return { kind: 'poison', seq: page[0]?.seq ?? 0, error: String(fault) };
      }
      return { kind: 'done' };
    },
  };
}
