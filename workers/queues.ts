/** Queue name → consumer. Messages carry ids; the durable row behind the id decides whether anything is left to do. */
import { lazy } from '../shared/lazy.ts';
import { type Env, platformOf, type QueueMessage } from './env.ts';
import { effectHandlers, processWebhook } from './handlers.ts';
import { park, runEffect } from './operations/effects.ts';
import { log } from './log.ts';

const cron = lazy(() => import('./cron.ts'));

/** Effects of one batch run side by side; each is bounded by its own vendor time-outs. */
export async function consume(batch: MessageBatch<QueueMessage>, env: Env): Promise<void> {
  if (batch.queue.endsWith('-dead')) {
    for (const message of batch.messages) {
      const { kind, id, tenantId } = message.body;
      // A job's row says what is left; the cron wakes it again, and it gives up after its last attempt.
      if (kind !== 'job')
        await park(
          platformOf(env),
          tenantId,
          id,
          batch.queue,
          JSON.stringify(message.body),
          'the consumer failed every attempt',
        );
      message.ack();
    }
    return;
  }
  await Promise.all(
    batch.messages.map(async (message) => {
      try {
        const { kind, id, tenantId } = message.body;
        if (kind === 'effect') await runEffect(platformOf(env), tenantId, id, effectHandlers());
        else if (kind === 'job') await (await cron()).carryOn(env, tenantId, id);
        else await processWebhook(env, tenantId, id);
        message.ack();
      } catch (fault) {
        // D1 can't answer: the row is still pending, so the queue's own retry and the sweeper both bring it back.
        log('error', 'consume_failed', { queue: batch.queue, id: message.body.id, fault });
        message.retry({ delaySeconds: Math.min(60, 2 ** message.attempts) });
      }
    }),
  );
}
