/** Pure: which role may be given by whom. Called by the commands about users. */
import type { Actor } from '../../../shared/actor.ts';
import type { TenantId } from '../../../shared/ids.ts';
import { isRole, type Permission, permissionsOf, type Role, ROLES_OF } from '../../../shared/permissions.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { TenantType } from '../../../shared/tenant-status.ts';

/** The tenant in which a role is given. */
interface RoleTenant {
  id: TenantId;
  type: TenantType;
  parentId: string | null;
}

/** The first permission of these that the giver lacks: nobody gives more than they hold. */
export const beyond = (held: readonly Permission[], permissions: readonly Permission[]): Permission | undefined =>
  permissions.find((one) => !held.includes(one));

/** A role to be given: the role of ours it is or is based on, and of the tenant's own role the id and what it holds. */
export interface RoleToGive {
  role: string;
  own: { id: string; permissions: readonly string[] } | null;
}

/**
 * Whether the actor may give this role in the tenant. People of the tenant give what they hold themselves; whoever is above it gives any role
 * of it, because they set it up. Refusals: VALIDATION_ERROR (`role` not of this type of tenant), PERMISSION_DENIED (more than the actor
 * holds), NOT_FOUND (the actor has nothing to do with this tenant).
 */
export function roleGiven(actor: Actor, actorType: TenantType, tenant: RoleTenant, given: RoleToGive): Result<Role> {
  const { role, own } = given;
  if (!isRole(role) || !ROLES_OF[tenant.type].includes(role))
    return err({ code: 'VALIDATION_ERROR', errors: { role: [`one of ${ROLES_OF[tenant.type].join(', ')}`] } });
  if (actor.kind === 'system') return ok(role);
  if (actor.tenantId !== tenant.id)
    return actorType === 'platform' || tenant.parentId === actor.tenantId
      ? ok(role)
      : err({ code: 'NOT_FOUND', entity: 'tenant' });
  const holds = permissionsOf(
    { role, customRoleId: own?.id ?? null, customPermissions: own?.permissions ?? null },
    tenant.type,
  );
  const missing = beyond(actor.permissions, holds);
  return missing === undefined ? ok(role) : err({ code: 'PERMISSION_DENIED', permission: missing });
}
