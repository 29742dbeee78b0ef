/** D1's rows of an object are written anew. Called by operator-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { rebuildProjection } from '../../projection/rebuild.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { asRefusal, audited, knownTenant, type OneObject, objectEntry } from './parts.ts';

/** Refusals: PERMISSION_DENIED (`manage_objects`), NOT_FOUND, LEDGER_UNSOUND (nothing was written). */
export async function rebuildObject(
  platform: Platform,
  scope: TenantScope,
  { reason, ...object }: OneObject & { reason: string },
): Promise<Result<{ written: number; removed: number }>> {
  const refused = permissionRefusal(scope.actor, 'manage_objects');
  if (refused) return refused;
  const tenant = await knownTenant(platform, object.tenantId);
  if (!tenant.ok) return tenant;
  return audited(scope, objectEntry(object, 'rebuilt', { reason }), () =>
    asRefusal(() => rebuildProjection(platform, tenant.value, object.kind)),
  );
}
