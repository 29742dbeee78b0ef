/** An object is compared with D1, a ledger with itself too. Called by operator-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { reconcile } from '../../projection/rebuild.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { type Verification, verifyLedger } from '../verify.ts';
import { audited, knownTenant, type OneObject, objectEntry } from './parts.ts';

/** Differences of a calendar named in the answer. */
const MAX_NAMED = 5;

/** A ledger from its first entry. It raises or ends the ledger's alarm. Refusals: PERMISSION_DENIED (`manage_objects`), NOT_FOUND. */
export async function verifyObject(
  platform: Platform,
  scope: TenantScope,
  object: OneObject,
): Promise<Result<Verification>> {
  const refused = permissionRefusal(scope.actor, 'manage_objects');
  if (refused) return refused;
  const tenant = await knownTenant(platform, object.tenantId);
  if (!tenant.ok) return tenant;
  return audited(scope, objectEntry(object, 'verified', {}), async () => {
    if (object.kind === 'ledger') return ok(await verifyLedger(platform, tenant.value, true));
    const { ok: same, compared, differences } = await reconcile(platform, tenant.value, 'calendar');
    return ok({
      ok: same,
      full: true,
      entries: 0,
      compared,
      problems: [],
      differences: differences.slice(0, MAX_NAMED).map(({ table, key, problem }) => `${table} ${key} ${problem}`),
      found: differences.length,
    });
  });
}
