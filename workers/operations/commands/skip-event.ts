/** An event that can't be delivered is let pass. Called by operator-commands.ts. */
import { causerOf, permissionRefusal } from '../../../shared/actor.ts';
import type { Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { objectOf } from '../../projection/object-of.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { audited, knownTenant, type OneObject, objectEntry } from './parts.ts';

/**
 * Lets pass the event at which an object's sinks stand; the object keeps who decided it and why. What it would have written is missing until
 * a rebuild. Refusals: PERMISSION_DENIED (`manage_objects`), NOT_FOUND, ILLEGAL_TRANSITION (nothing stands there), OBJECT_FENCED.
 */
export async function skipEvent(
  platform: Platform,
  scope: TenantScope,
  { seq, reason, ...object }: OneObject & { seq: number; reason: string },
): Promise<Result<{ seq: number; sinks: string[] }>> {
  const refused = permissionRefusal(scope.actor, 'manage_objects');
  if (refused) return refused;
  const tenant = await knownTenant(platform, object.tenantId);
  if (!tenant.ok) return tenant;
  return audited(scope, objectEntry(object, 'event_skipped', { seq, reason }), async () => {
    const skipped = await objectOf(platform, tenant.value, object.kind).skip({
      seq,
      by: causerOf(scope.actor),
      reason,
    });
    return skipped.ok ? { ok: true, value: { seq, sinks: skipped.value.sinks } } : skipped;
  });
}
