/** The way back of the only owner of an account below, as whoever is above it sees it. Called by the command and the query beside it. */
import { ok, type Result } from '../../shared/result.ts';
import type { Permission } from '../../shared/permissions.ts';
import type { Platform } from '../env.ts';
import { isOwner } from '../identity/user-access.ts';
import { usersOf, type ShownUser } from '../storage/identity/users.ts';
import type { TenantRecord } from '../storage/platform-db.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { MAX_USERS } from '../identity/users.ts';
import { reached } from './reach.ts';

export interface ResetPlace {
  tenant: TenantRecord;
  /** the account, with the actor above it */
  its: TenantScope;
  /** owners who can sign in, with what they need for it */
  owners: ShownUser[];
}

/** The account and its owners. Refusals: PERMISSION_DENIED, TENANT_SUSPENDED, NOT_FOUND. */
export async function resetPlace(
  platform: Platform,
  scope: TenantScope,
  permission: Permission,
  id: string,
): Promise<Result<ResetPlace>> {
  const found = await reached(scope, permission, id);
  if (!found.ok) return found;
  const { tenant } = found.value;
  const { now, requestId, actor } = scope;
  const its = openTenant(platform, tenant.id, actor, { now, requestId });
  return ok({ tenant, its, owners: (await usersOf(its.db, null, MAX_USERS)).filter(isOwner) });
}

/** Who it can be asked for: the only owner, who has something to lose; null: there is somebody else who can take it away, or nothing to take. */
export const onlyOwner = ({ owners }: ResetPlace): ShownUser | null => {
  const [only, other] = owners;
  return only !== undefined && other === undefined && only.isGuarded ? only : null;
};
