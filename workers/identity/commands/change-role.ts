/** Name, description and permissions of a role of the tenant's own; its end and its return. Called by role-backing.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { RoleChange } from '../../../shared/contract/roles.ts';
import { versionConflict } from '../../../shared/errors.ts';
import { isPermission, type Permission } from '../../../shared/permissions.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { ChangeInput } from '../../resources/items.ts';
import { forgetApiKeys } from '../../storage/identity/api-keys.ts';
import {
  changeRoleRow,
  type OwnRole,
  type RoleBasis,
  roleOf,
  type RoleRow,
  rolesOf,
} from '../../storage/identity/roles.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';
import { isBuiltIn, MAX_ROLES, noRole, permissionsRefusal, roleForbidden } from '../role-kind.ts';
import { mayReachFar } from '../sessions.ts';

/** Without these somebody could not give them back to themselves. */
const WAY_BACK: readonly Permission[] = ['view_roles', 'edit_roles', 'view_users', 'edit_users'];

/**
 * The role as it was judged, or the refusal. Whoever changes it must hold what it holds: else a narrower person could take from a wider one.
 * @param state which it must be in
 */
async function judged(
  scope: TenantScope,
  permission: Permission,
  { id, expectedVersion }: ChangeInput,
  state: 'live' | 'deleted',
): Promise<Result<{ row: RoleRow; type: Parameters<typeof permissionsRefusal>[1] }>> {
  const refused = permissionRefusal(scope.actor, permission);
  if (refused) return refused;
  const [tenant, row] = await Promise.all([scope.tenant(), roleOf(scope.db, id)]);
  if (tenant === null) return noRole();
  if (row === null) return isBuiltIn(tenant.type, id) ? roleForbidden('built_in_role') : noRole();
  if ((row.deletedAt === null) !== (state === 'live')) return noRole();
  if (expectedVersion !== null && expectedVersion !== row.version)
    return err(versionConflict(expectedVersion, row.version));
  const beyond = permissionsRefusal(scope.actor, tenant.type, row.permissions.filter(isPermission));
  if (beyond) return beyond;
  return mayReachFar(scope.actor) ? ok({ row, type: tenant.type }) : err({ code: 'CONFIRMATION_REQUIRED' });
}

type Fields = Partial<Pick<OwnRole, 'name' | 'description' | 'permissions' | 'deletedAt'>>;

/** Writes a judged change with its audit row; keys of who has the role are judged anew at once. */
async function write(
  scope: TenantScope,
  row: RoleRow,
  set: Fields,
  verb: string,
  basis: Omit<RoleBasis, 'version'> = {},
): Promise<RoleRow | null> {
  const of = (from: Fields): Record<string, unknown> =>
    Object.fromEntries(Object.keys(set).map((field) => [field, from[field as keyof Fields]]));
  try {
    return await changeRoleRow(
      scope.db,
      row.id,
      set,
      { ...basis, version: row.version },
      auditBeside(scope, {
        log: 'identity',
        description: `role.${verb}`,
        subjectType: 'role',
        subjectId: row.id,
        before: of(row),
        after: of(set),
      }),
      scope.now,
    );
  } finally {
    forgetApiKeys(scope.tenantId);
  }
}

/**
 * Changes a role; it ends nothing and holds from the next request of everybody who has it.
 * Refusals: PERMISSION_DENIED (`edit_roles`, or a permission the actor lacks), CONFIRMATION_REQUIRED, NOT_FOUND, VERSION_CONFLICT,
 * VALIDATION_ERROR (`permissions` above this kind of tenant, `name` taken), POLICY_VIOLATION (`built_in_role`; `own_role`: nobody takes from the
 * role they have what they would need to give it back).
 */
export async function changeRole(
  scope: TenantScope,
  { change, ...which }: ChangeInput & { change: RoleChange },
): Promise<Result<RoleRow>> {
  const { actor } = scope;
  const found = await judged(scope, 'edit_roles', which, 'live');
  if (!found.ok) return found;
  const { row, type } = found.value;
  const set: Fields = {};
  if (change.name !== undefined && change.name !== row.name) set.name = change.name;
  if (change.description !== undefined && change.description !== row.description) set.description = change.description;
  const permissions = change.permissions && [...new Set(change.permissions)];
  if (permissions !== undefined && !isSameSet(permissions, row.permissions)) set.permissions = permissions;
  if (Object.keys(set).length === 0) return ok(row);
  const beyond = permissionsRefusal(actor, type, permissions ?? []);
  if (beyond) return beyond;
  const isOwn = actor.kind === 'user' && actor.ownRole?.id === row.id;
  if (isOwn && WAY_BACK.some((one) => row.permissions.includes(one) && set.permissions?.includes(one) === false))
    return roleForbidden('own_role');
  if (set.name !== undefined) {
    const name = set.name.toLowerCase();
    const others = await rolesOf(scope.db, false, MAX_ROLES);
    if (others.some((other) => other.id !== row.id && other.name.toLowerCase() === name))
      return err({ code: 'VALIDATION_ERROR', errors: { name: ['taken'] } });
  }
  const changed = await write(scope, row, set, 'updated');
  return changed === null ? err(versionConflict(row.version, row.version + 1)) : ok(changed);
}

/** Deletes a role that nobody has; it can be restored for 30 days. Refusals: as `changeRole`, POLICY_VIOLATION (`role_in_use`). */
export async function deleteRole(scope: TenantScope, which: ChangeInput): Promise<Result<RoleRow>> {
  const found = await judged(scope, 'delete_roles', which, 'live');
  if (!found.ok) return found;
  const { row } = found.value;
  const gone = await write(scope, row, { deletedAt: scope.now }, 'deleted', { unused: true });
  if (gone !== null) return ok(gone);
  const now = await roleOf(scope.db, row.id);
  return now !== null && now.version !== row.version
    ? err(versionConflict(row.version, now.version))
    : roleForbidden('role_in_use');
}

/** Brings a deleted role back, under its name where no other one has that by now. Refusals: as `changeRole`, LIMIT_REACHED. */
export async function restoreRole(scope: TenantScope, which: ChangeInput): Promise<Result<RoleRow>> {
  const found = await judged(scope, 'delete_roles', which, 'deleted');
  if (!found.ok) return found;
  const { row } = found.value;
  const others = await rolesOf(scope.db, false, MAX_ROLES);
  if (others.length >= MAX_ROLES) return err({ code: 'LIMIT_REACHED', limit: 'roles', max: MAX_ROLES });
  if (others.some((other) => other.name.toLowerCase() === row.name.toLowerCase()))
    return err({ code: 'VALIDATION_ERROR', errors: { name: ['taken'] } });
  const back = await write(scope, row, { deletedAt: null }, 'restored');
  return back === null ? err(versionConflict(row.version, row.version + 1)) : ok(back);
}

const isSameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));
