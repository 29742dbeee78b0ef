/**
 * Stored webhooks of one source and tenant are worked on at most sixty a minute: a flood of one waits in the queue, where it delays nobody
 * else, and none is refused or lost. Called by handlers.ts before a stored webhook is worked on, and by payments/webhook.ts, where Stripe's
 * are worked on in their own request.
 */
import { realNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { bindingsOf, type Platform, type QueueMessage } from '../env.ts';
import { objectFor } from '../object-runtime/place.ts';
import type { WebhookSource } from '../storage/queries/webhooks.ts';

export const WEBHOOKS_A_MINUTE = 60;
const MINUTE_MS = 60_000;
/** Waits are spread over so long behind the window, so that the next window does not begin with all of them. */
const SPREAD_SECONDS = 30;

/**
 * True: it is this webhook's turn. False: it comes later. When nobody can count, it is.
 * @param swept its message is the sweeper's: it is not sent again, or each sweep of a long flood would leave one more message of the same
 *   webhook in the queue
 */
export async function isItsTurn(
  platform: Platform,
  { tenantId, source, id }: { tenantId: TenantId; source: WebhookSource; id: string },
  swept = false,
): Promise<boolean> {
  const limit = WEBHOOKS_A_MINUTE * platform.config.RATE_LIMIT_SCALE;
  const rule = { name: 'webhooks', limit, windowMs: MINUTE_MS };
  const { RATE_GATE, QUEUE_HIGH } = bindingsOf(platform);
  let wait: number;
  try {
    const gate = objectFor(RATE_GATE, `webhooks:${tenantId}:${source}`, !platform.development);
    const taken = await gate.take(rule, realNow());
    if (taken.allowed) return true;
    wait = taken.retryAfter;
  } catch {
    return true;
  }
  if (swept) return false;
  const message: QueueMessage = { kind: 'webhook', id, tenantId };
  // A message that is lost here is found by the sweeper: the row stays `received`.
  await QUEUE_HIGH.send(message, { delaySeconds: wait + Math.floor(Math.random() * SPREAD_SECONDS) }).catch(
    () => undefined,
  );
  return false;
}
