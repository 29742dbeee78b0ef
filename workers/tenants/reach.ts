/** Which tenants somebody may see and change: the operator all, a reseller those below it, nobody else any. Called by every query and command here. */
import { permissionRefusal } from '../../shared/actor.ts';
import type { Permission } from '../../shared/permissions.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { TenantRecord } from '../storage/platform-db.ts';
import { recentTenant, tenantWithin, type Within } from '../storage/queries/tenants.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { isStopped } from './rules/status.ts';

/** Somebody who looks after tenants. */
export interface Reach {
  within: Within;
  /** of the account that asks; null: our own machinery */
  own: TenantRecord | null;
}

/**
 * What the actor reaches. The permission alone is not enough: the account must be of a kind that has tenants below it.
 * Refusals: PERMISSION_DENIED.
 */
export async function reachOf(
  { actor, db, tenantId }: Pick<TenantScope, 'actor' | 'db' | 'tenantId'>,
  permission: Permission,
): Promise<Result<Reach>> {
  const refused = permissionRefusal(actor, permission);
  if (refused) return refused;
  if (actor.kind === 'system') return ok({ within: null, own: null });
  const own = await recentTenant(db, tenantId);
  if (own?.type === 'platform') return ok({ within: null, own });
  if (own?.type === 'reseller') return ok({ within: own.id, own });
  return err({ code: 'PERMISSION_DENIED', permission });
}

/**
 * One tenant that the actor reaches, to change it. Refusals: PERMISSION_DENIED, TENANT_SUSPENDED (the reseller that asks is itself), NOT_FOUND
 * (it is not there, or somebody else’s).
 */
export async function reached(
  scope: TenantScope,
  permission: Permission,
  id: string,
): Promise<Result<{ tenant: TenantRecord; reach: Reach }>> {
  const reach = await reachOf(scope, permission);
  if (!reach.ok) return reach;
  if (mayNotAct(reach.value)) return err({ code: 'TENANT_SUSPENDED' });
  const tenant = await tenantWithin(scope.db, reach.value.within, id);
  return tenant === null ? err({ code: 'NOT_FOUND', entity: 'tenant' }) : ok({ tenant, reach: reach.value });
}

/** A reseller that is suspended changes nobody's account. */
export const mayNotAct = ({ own }: Reach): boolean => own !== null && isStopped(own.status);
