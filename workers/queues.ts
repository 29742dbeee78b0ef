/** Queue name → consumer. Messages carry ids; the durable row behind the id decides whether anything is left to do. */
import { processNow } from '../shared/clock.ts';
import type { TenantId } from '../shared/ids.ts';
import { lazy } from '../shared/lazy.ts';
import { readMetered } from '../shared/usage-events.ts';
import { raiseAlarm } from './alarms/raise.ts';
import { type Env, platformOf, type QueueMessage } from './env.ts';
import { effectHandlers, processWebhook } from './handlers.ts';
import { park, runEffects } from './operations/effects.ts';
import { keepSoon } from './storage/keep-soon.ts';
import { noteProbe } from './storage/queries/watch.ts';
import { log } from './log.ts';

const cron = lazy(() => import('./cron.ts'));
const metering = lazy(() => import('./metering/consume-usage.ts'));

/** Seconds until a dead letter that could not be kept is brought again. */
const DEAD_AGAIN_SECONDS = 60;

/** Ids of effects follow from commands' keys, so that they hold more than ids of ours do. */
const MAX_ID = 300;
const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= MAX_ID;
const KINDS: ReadonlySet<string> = new Set<QueueMessage['kind']>(['effect', 'webhook', 'job', 'probe', 'usage']);

/** What a queue brought, judged before anything is done with it; null: no message of ours, or of a version that is not deployed here. */
export function readMessage(body: unknown): QueueMessage | null {
  const { kind, id, tenantId, swept, event } = (body ?? {}) as Partial<
    Record<'kind' | 'id' | 'tenantId' | 'swept' | 'event', unknown>
  >;
  if (typeof kind !== 'string' || !KINDS.has(kind) || !isId(id) || !isId(tenantId)) return null;
  if (kind === 'usage') {
    const used = readMetered(event);
    return used === null ? null : { kind, id, tenantId: tenantId as TenantId, event: used };
  }
  const read = { kind: kind as Exclude<QueueMessage['kind'], 'usage'>, id, tenantId: tenantId as TenantId };
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

async function work(
  env: Env,
  queue: string,
  message: Exclude<QueueMessage, { kind: 'effect' | 'usage' }>,
): Promise<void> {
  const { id, tenantId } = message;
  switch (message.kind) {
    case 'job':
      return (await cron()).carryOn(env, tenantId, id);
    case 'webhook':
      return processWebhook(env, tenantId, id, message);
    case 'probe':
      // Which queue it came out of stands in its name: `askproai-high`, in previews with a suffix.
      return noteProbe(platformOf(env), { id, queue, at: processNow() });
  }
}

/** The queue gave a message up. Effects are parked; a job's row says what is left, and the cron wakes it again. */
async function consumeDead(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  for (const message of batch.messages) {
    const read = readMessage(message.body);
    // What was used has no row behind it: whoever looks at the alarm finds it in the log.
    if (read === null || read.kind === 'usage') {
      await unread(env, batch.queue, message);
      continue;
    }
    try {
      const { kind, id, tenantId } = read;
      if (kind === 'effect' || kind === 'webhook')
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

/** D1 can't answer: the row is still there, so the queue's own retry and the sweeper both bring it back. */
function bringAgain(queue: string, { message, read }: Read, fault: unknown): void {
  log('error', 'consume_failed', { queue, id: read.id, fault });
  message.retry({ delaySeconds: Math.min(60, 2 ** message.attempts) });
}

interface Read {
  message: Message<unknown>;
  read: QueueMessage;
}

/** The effects of one batch are claimed and ended together (operations/effects.ts); everything else is worked on by itself, side by side. */
export async function consume(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  await (batch.queue.endsWith('-dead') ? consumeDead(batch, env) : consumeAlive(batch, env));
  // Nothing is held behind a batch: the next one waits for whatever is.
  await keepSoon(platformOf(env));
}

async function consumeAlive(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  const effects: Read[] = [];
  const used: UsageRead[] = [];
  const alone: Promise<void>[] = [];
  for (const message of batch.messages) {
    const read = readMessage(message.body);
    if (read === null) alone.push(unread(env, batch.queue, message));
    else if (read.kind === 'effect') effects.push({ message, read });
    else if (read.kind === 'usage') used.push({ message, read });
    else
      alone.push(
        work(env, batch.queue, read).then(
          () => message.ack(),
          (fault: unknown) => bringAgain(batch.queue, { message, read }, fault),
        ),
      );
  }
  await Promise.all([...alone, consumeEffects(batch.queue, effects, env), consumeUsage(batch.queue, used, env)]);
}

interface UsageRead {
  message: Message<unknown>;
  read: Extract<QueueMessage, { kind: 'usage' }>;
}

/** What was used is charged tenant by tenant, all messages of one together. */
async function consumeUsage(queue: string, messages: readonly UsageRead[], env: Env): Promise<void> {
  if (messages.length === 0) return;
  const { chargeMetered } = await metering();
  const tenants = Map.groupBy(messages, ({ read }) => read.tenantId);
  await Promise.all(
    [...tenants].map(([tenantId, own]) =>
      chargeMetered(
        platformOf(env),
        tenantId,
        own.map(({ read: { id, event } }) => ({ ...event, key: id })),
      ).then(
        () => {
          for (const { message } of own) message.ack();
        },
        (fault: unknown) => {
          for (const one of own) bringAgain(queue, one, fault);
        },
      ),
    ),
  );
}

async function consumeEffects(queue: string, effects: readonly Read[], env: Env): Promise<void> {
  if (effects.length === 0) return;
  const ended = await runEffects(
    platformOf(env),
    effects.map(({ read: { tenantId, id } }) => ({ tenantId, id })),
    effectHandlers(),
  );
  for (const [n, one] of effects.entries()) {
    const fault = ended[n] ?? null;
    if (fault === null) one.message.ack();
    else bringAgain(queue, one, fault.fault);
  }
}
