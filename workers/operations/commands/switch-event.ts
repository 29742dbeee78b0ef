/** A kind of inbound event is worked on, or only kept. Called by watch-commands.ts. */
import { causerOf, permissionRefusal } from '../../../shared/actor.ts';
import type { InboundEventView } from '../../../shared/contract/watch.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { auditBeside } from '../../identity/audit.ts';
import { switchInbound } from '../../storage/queries/inbound.ts';
import type { WebhookSource } from '../../storage/queries/webhooks.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { mayBeOff } from '../inbound-handlers.ts';
import { eventView } from '../queries/inbound.ts';

/**
 * While it is off, what comes is stored and `ignored`; replaying works on it later.
 * Refusals: PERMISSION_DENIED (`manage_inbound_events`), VALIDATION_ERROR (`source`: Stripe's stay on), ILLEGAL_TRANSITION (it is so already).
 */
export async function switchEvent(
  scope: TenantScope,
  {
    source,
    eventType,
    enabled,
    reason,
  }: { source: WebhookSource; eventType: string; enabled: boolean; reason: string },
): Promise<Result<InboundEventView>> {
  const refused = permissionRefusal(scope.actor, 'manage_inbound_events');
  if (refused) return refused;
  if (!enabled && !mayBeOff(source)) return err({ code: 'VALIDATION_ERROR', errors: { source: ['always_on'] } });
  const row = await switchInbound(
    scope.db,
    { source, eventType },
    enabled ? null : { at: scope.now, by: causerOf(scope.actor), reason },
    auditBeside(scope, {
      log: 'operations',
      description: enabled ? 'inbound_event.switched_on' : 'inbound_event.switched_off',
      subjectType: 'inbound_event',
      subjectId: `${source}:${eventType}`,
      after: { reason },
    }),
  );
  const now = enabled ? 'on' : 'off';
  return row === null
    ? err({ code: 'ILLEGAL_TRANSITION', details: { from: now, to: now, allowed: [] } })
    : ok(eventView(source, eventType, row));
}
