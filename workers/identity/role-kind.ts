/** What the commands about roles share: which roles there are, how one is shown, what may be given. */
import { type Actor, actorMay } from '../../shared/actor.ts';
import type { RoleView } from '../../shared/contract/roles.ts';
import type { DomainError } from '../../shared/errors.ts';
import { CEILINGS, isRole, type Permission, type Role, ROLE_PERMISSIONS, ROLES_OF } from '../../shared/permissions.ts';
import { type Err, err } from '../../shared/result.ts';
import type { TenantType } from '../../shared/tenant-status.ts';
import { isoOrNull, toIso } from '../../shared/time.ts';
import type { RoleRow } from '../storage/identity/roles.ts';

/** Roles of one tenant's own: its list is read and shown whole. */
export const MAX_ROLES = 50;

export const noRole = () => err({ code: 'NOT_FOUND' as const, entity: 'role' });

/** What the rules about roles refuse, by name: the panel has a sentence for each. */
export const roleForbidden = (reason: 'built_in_role' | 'role_in_use' | 'own_role') =>
  err({ code: 'POLICY_VIOLATION' as const, details: { reasons: [reason] } });

/** Whether an id is the name of a role of ours that people of this kind of tenant have. */
export const isBuiltIn = (type: TenantType, id: string): id is Role => isRole(id) && ROLES_OF[type].includes(id);

/** A role of ours as it is shown. */
export const viewOfBuiltIn = (role: Role, userCount: number): RoleView => ({
  id: role,
  name: role,
  description: null,
  base_role: role,
  permissions: [...ROLE_PERMISSIONS[role]],
  built_in: true,
  user_count: userCount,
  created_at: null,
  updated_at: null,
  version: 1,
  deleted_at: null,
});

/** A role of the tenant's own as it is shown. */
export const viewOfRole = (row: RoleRow, userCount: number): RoleView => ({
  id: row.id,
  name: row.name,
  description: row.description,
  base_role: isRole(row.baseRole) ? row.baseRole : 'portal_user',
  permissions: row.permissions,
  built_in: false,
  user_count: userCount,
  created_at: toIso(row.createdAt),
  updated_at: toIso(row.updatedAt),
  version: row.version,
  deleted_at: isoOrNull(row.deletedAt),
});

/**
 * Why a role may not hold these: VALIDATION_ERROR (`permissions`) for what this kind of tenant cannot have, PERMISSION_DENIED for what the
 * actor does not hold. Null: it may.
 */
export function permissionsRefusal(
  actor: Actor,
  type: TenantType,
  permissions: readonly Permission[],
): Err<DomainError> | null {
  const above = permissions.find((one) => !CEILINGS[type].has(one));
  if (above !== undefined)
    return err({ code: 'VALIDATION_ERROR', errors: { permissions: [`${above}: not in this kind of account`] } });
  const missing = permissions.find((one) => !actorMay(actor, one));
  return missing === undefined ? null : err({ code: 'PERMISSION_DENIED', permission: missing });
}
