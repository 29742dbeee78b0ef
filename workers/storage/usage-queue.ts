/** What producers inside the product say they used: one message each to the low queue, whose consumer charges them together (metering/). */
import type { TenantId } from '../../shared/ids.ts';
import type { Metered } from '../../shared/usage-events.ts';
import { bindingsOf, type Platform, type QueueMessage } from '../env.ts';
import { log } from '../log.ts';

/** A queue takes so many messages at once. */
const MESSAGES_A_CALL = 100;

/**
 * Hands over what was used. Never throws: what was done is done, whether it can be counted or not. The same use handed over again is charged
 * once, by its key.
 */
export async function meter(platform: Platform, tenantId: TenantId, used: readonly Metered[]): Promise<void> {
  const messages = used.map(({ key, ...event }) => ({
    body: { kind: 'usage', id: key, tenantId, event } satisfies QueueMessage,
  }));
  for (let i = 0; i < messages.length; i += MESSAGES_A_CALL)
    await bindingsOf(platform)
      .QUEUE_LOW.sendBatch(messages.slice(i, i + MESSAGES_A_CALL))
      .catch((fault: unknown) => log('error', 'usage_not_metered', { tenantId, events: messages.length, fault }));
}
