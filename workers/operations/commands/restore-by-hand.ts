/** The runbook for an object whose file was put back, by a click. Called by operator-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { type RestoreReport, restoreObject } from '../../projection/rebuild.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { asRefusal, audited, knownTenant, type OneObject, objectEntry } from './parts.ts';

/**
 * Repeats what the object lost and takes commands again; where a step fails the object is what it was before.
 * Refusals: PERMISSION_DENIED (`manage_objects`), NOT_FOUND, OUTBOX_STUCK, LEDGER_UNSOUND.
 */
export async function restoreByHand(
  platform: Platform,
  scope: TenantScope,
  { reason, ...object }: OneObject & { reason: string },
): Promise<Result<RestoreReport>> {
  const refused = permissionRefusal(scope.actor, 'manage_objects');
  if (refused) return refused;
  const tenant = await knownTenant(platform, object.tenantId);
  if (!tenant.ok) return tenant;
  return audited(scope, objectEntry(object, 'restored', { reason }), () =>
    asRefusal(() => restoreObject(platform, tenant.value, object.kind)),
  );
}
