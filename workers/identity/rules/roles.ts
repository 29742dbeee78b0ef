/** Pure: which role may be given by whom. Called by the commands about users. */
import type { Actor } from '../../../shared/actor.ts';
import type { TenantId } from '../../../shared/ids.ts';
import { isRole, type Permission, type Role, ROLE_PERMISSIONS, ROLES_OF } from '../../../shared/permissions.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { TenantType } from '../../../shared/tenant-status.ts';

/** The tenant in which a role is given. */
export interface RoleTenant {
  id: TenantId;
  type: TenantType;
  parentId: string | null;
}

/** The first permission of a role that the giver lacks: nobody gives more than they hold. */
export const beyond = (held: readonly Permission[], role: Role): Permission | undefined =>
  ROLE_PERMISSIONS[role].find((one) => !held.includes(one));

/**
 * Whether the actor may give `role` in the tenant. People of the tenant give what they hold themselves; whoever is above it gives any role
 * of it, because they set it up. Refusals: VALIDATION_ERROR (`role` not of this type of tenant), PERMISSION_DENIED (more than the actor
 * holds), NOT_FOUND (the actor has nothing to do with this tenant).
 */
export function roleGiven(actor: Actor, actorType: TenantType, tenant: RoleTenant, role: string): Result<Role> {
  if (!isRole(role) || !ROLES_OF[tenant.type].includes(role))
    return err({ code: 'VALIDATION_ERROR', errors: { role: [`one of ${ROLES_OF[tenant.type].join(', ')}`] } });
  if (actor.kind === 'system') return ok(role);
  if (actor.tenantId !== tenant.id)
    return actorType === 'platform' || tenant.parentId === actor.tenantId
      ? ok(role)
      : err({ code: 'NOT_FOUND', entity: 'tenant' });
  const missing = beyond(actor.permissions, role);
  return missing === undefined ? ok(role) : err({ code: 'PERMISSION_DENIED', permission: missing });
}
