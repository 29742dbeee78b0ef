/** Queue name → consumer. Messages carry ids; the durable row behind the id decides whether anything is left to do. */
import type { TenantId } from '../shared/ids.ts';
import { lazy } from '../shared/lazy.ts';
import { raiseAlarm } from './alarms/raise.ts';
import { type Env, platformOf, type QueueMessage } from './env.ts';
import { effectHandlers, processWebhook } from './handlers.ts';
import { park, runEffect } from './operations/effects.ts';
import { log } from './log.ts';

const cron = lazy(() => import('./cron.ts'));

/** Seconds until a dead letter that could not be kept is brought again. */
const DEAD_AGAIN_SECONDS = 60;

/** Ids of effects follow from commands' keys, so that they hold more than ids of ours do. */
const MAX_ID = 300;
const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= MAX_ID;
const KINDS: ReadonlySet<string> = new Set<QueueMessage['kind']>(['effect', 'webhook', 'job']);

/** What a queue brought, judged before anything is done with it; null: no message of ours, or of a version that is not deployed here. */
export function readMessage(body: unknown): QueueMessage | null {
  const { kind, id, tenantId, swept } = (body ?? {}) as Partial<Record<'kind' | 'id' | 'tenantId' | 'swept', unknown>>;
  if (typeof kind !== 'string' || !KINDS.has(kind) || !isId(id) || !isId(tenantId)) return null;
  const read = { kind: kind as QueueMessage['kind'], id, tenantId: tenantId as TenantId };
  return kind === 'webhook' && swept === true ? { ...read, kind, swept } : read;
}

/** Nobody could ever do anything with it: it leaves the queue, and a person is told. */
async function unread(env: Env, queue: string, message: Message<unknown>): Promise<void> {
  const { body } = message;
  const shape = typeof body === 'object' && body !== null ? Object.keys(body).sort().join(' ') : typeof body;
  await raiseAlarm(platformOf(env), {
    kind: 'message_unread',
    subject: queue,
    tenantId: null,
    detail: { message: message.id, members: shape },
  });
  message.ack();
}

async function work(env: Env, message: QueueMessage): Promise<void> {
  const { kind, id, tenantId } = message;
  switch (kind) {
    case 'effect':
      return runEffect(platformOf(env), tenantId, id, effectHandlers());
    case 'job':
      return (await cron()).carryOn(env, tenantId, id);
    case 'webhook':
      return processWebhook(env, tenantId, id, message);
  }
}

/** The queue gave a message up. Effects are parked; a job's row says what is left, and the cron wakes it again. */
async function consumeDead(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  for (const message of batch.messages) {
    const read = readMessage(message.body);
    if (read === null) {
      await unread(env, batch.queue, message);
      continue;
    }
    try {
      const { kind, id, tenantId } = read;
      if (kind !== 'job')
        await park(
          platformOf(env),
          tenantId,
          id,
          batch.queue,
          JSON.stringify(read),
          'the consumer failed every attempt',
        );
      message.ack();
    } catch (fault) {
      // There is no queue behind this one: D1 can't answer, and the letter must not be lost for that.
      log('error', 'consume_failed', { queue: batch.queue, id: read.id, fault });
      message.retry({ delaySeconds: DEAD_AGAIN_SECONDS });
    }
  }
}

/** Effects of one batch run side by side; each is bounded by its own vendor time-outs. */
export async function consume(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  if (batch.queue.endsWith('-dead')) return consumeDead(batch, env);
  await Promise.all(
    batch.messages.map(async (message) => {
      const read = readMessage(message.body);
      if (read === null) return unread(env, batch.queue, message);
      try {
        await work(env, read);
        message.ack();
      } catch (fault) {
        // D1 can't answer: the row is still pending, so the queue's own retry and the sweeper both bring it back.
        log('error', 'consume_failed', { queue: batch.queue, id: read.id, fault });
        message.retry({ delaySeconds: Math.min(60, 2 ** message.attempts) });
      }
    }),
  );
}
