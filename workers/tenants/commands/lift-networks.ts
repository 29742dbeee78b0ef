/** The operator lets the people of an account in from anywhere again: their networks have shut them out. Called through tenant-commands.ts. */
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { auditBeside, writeAudit } from '../../identity/audit.ts';
import { securityOf, setSecurity } from '../../storage/identity/support.ts';
import { openTenant, type TenantScope } from '../../tenancy/scope.ts';
import { reached } from '../reach.ts';

/**
 * Removes the networks of an account, with a reason in both logs; where there are none it says so again.
 * Refusals: PERMISSION_DENIED (`edit_tenants`; a reseller), NOT_FOUND.
 */
export async function liftNetworks(
  platform: Platform,
  scope: TenantScope,
  { id, reason }: { id: string; reason: string },
): Promise<Result<null>> {
  const found = await reached(scope, 'edit_tenants', id);
  if (!found.ok) return found;
  if (found.value.reach.within !== null) return err({ code: 'PERMISSION_DENIED', permission: 'edit_tenants' });
  const { tenant } = found.value;
  const { now, requestId, actor } = scope;
  const its = openTenant(platform, tenant.id, actor, { now, requestId });
  const before = await securityOf(its.db);
  const entry = {
    log: 'identity',
    description: 'networks.lifted',
    subjectType: 'tenant',
    subjectId: tenant.id,
    before: { networks: before?.adminNetworks ?? [] },
    after: { networks: [], reason },
  };
  await writeAudit(scope, entry);
  return (await setSecurity(its.db, { adminNetworks: null }, auditBeside(its, entry)))
    ? ok(null)
    : err({ code: 'NOT_FOUND', entity: 'tenant' });
}
