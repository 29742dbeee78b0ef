/** A stored webhook is worked on once more. Called by watch-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { InboundWebhookView } from '../../../shared/contract/watch.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { reopenWebhook } from '../../storage/queries/inbound.ts';
import { webhookById } from '../../storage/queries/webhooks.ts';
import { TenantDb } from '../../storage/tenant-db.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { inboundView } from '../queries/inbound.ts';
import { enqueueWebhook } from '../webhook-log.ts';
import { audited, keptUnder } from './parts.ts';

/**
 * Puts it back to where it came in and hands it to the queue. What works on it knows what it has done before: calls only learn, payments
 * are keyed, Cal.com is asked how the booking stands.
 * Refusals: PERMISSION_DENIED (`manage_inbound_events`), NOT_FOUND, ILLEGAL_TRANSITION (it waits already, or its body is gone).
 */
export async function replayWebhook(
  platform: Platform,
  scope: TenantScope,
  { tenantId, id, reason }: { tenantId: string; id: string; reason: string },
): Promise<Result<InboundWebhookView>> {
  const refused = permissionRefusal(scope.actor, 'manage_inbound_events');
  if (refused) return refused;
  const owner = await keptUnder(platform, tenantId);
  if (!owner.ok) return owner;
  const whose = owner.value;
  const db = new TenantDb(platform, whose);
  const notFound = err({ code: 'NOT_FOUND' as const, entity: 'webhook_log' });
  const before = await webhookById(db, id);
  if (before === null) return notFound;
  const entry = {
    log: 'operations',
    description: 'webhook.replayed',
    subjectType: 'webhook_log',
    subjectId: id,
    before: { state: before.state },
    after: { tenant: tenantId, state: 'received', reason },
  };
  return audited(scope, entry, async () => {
    if (!(await reopenWebhook(db, id, [])))
      return err({ code: 'ILLEGAL_TRANSITION', details: { from: before.state, to: 'received', allowed: [] } });
    await enqueueWebhook(platform, whose, id);
    const after = await inboundView(platform, tenantId, id);
    return after === null ? notFound : ok(after);
  });
}
