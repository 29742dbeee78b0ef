/** A tenant's roles as they are shown, ours among them so that a person can copy one. Called by role-backing.ts. */
import { actorMay, permissionRefusal } from '../../../shared/actor.ts';
import type { RoleDetailView, RoleView } from '../../../shared/contract/roles.ts';
import { ROLES_OF } from '../../../shared/permissions.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { WHOLE_LIST } from '../../http/list.ts';
import type { VersionedView, ViewPage } from '../../resources/backing.ts';
import { countedRolesOf, roleOf, usersWithRole } from '../../storage/identity/roles.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { isBuiltIn, MAX_ROLES, noRole, viewOfBuiltIn, viewOfRole } from '../role-kind.ts';
import { MAX_USERS } from '../users.ts';

/** All roles of this kind of tenant: ours, then its own by name; or those that were deleted. Refusals: PERMISSION_DENIED, NOT_FOUND (tenant). */
export async function listRoles(
  scope: TenantScope,
  { deleted }: { deleted?: 'true' | 'false' | undefined },
): Promise<Result<ViewPage<RoleView>>> {
  const refused = permissionRefusal(scope.actor, 'view_roles');
  if (refused) return refused;
  const isDeleted = deleted === 'true';
  const [tenant, { rows: own, counts }] = await Promise.all([
    scope.tenant(),
    countedRolesOf(scope.db, isDeleted, MAX_ROLES),
  ]);
  if (tenant === null) return noRole();
  const ours = isDeleted ? [] : ROLES_OF[tenant.type].map((role) => viewOfBuiltIn(role, counts.get(role) ?? 0));
  return ok({ data: [...ours, ...own.map((row) => viewOfRole(row, counts.get(row.id) ?? 0))], meta: WHOLE_LIST });
}

/** One role with who has it. Refusals: PERMISSION_DENIED, NOT_FOUND. */
export async function oneRole(scope: TenantScope, id: string): Promise<Result<VersionedView<RoleDetailView>>> {
  const refused = permissionRefusal(scope.actor, 'view_roles');
  if (refused) return refused;
  const [tenant, row] = await Promise.all([scope.tenant(), roleOf(scope.db, id)]);
  if (tenant === null) return noRole();
  if (row === null || row.deletedAt !== null) {
    if (row !== null || !isBuiltIn(tenant.type, id)) return noRole();
  }
  const people = await usersWithRole(scope.db, id, MAX_USERS);
  const users = actorMay(scope.actor, 'view_users')
    ? people.map(({ id: userId, name, disabledAt }) => ({ id: userId, name, disabled: disabledAt !== null }))
    : [];
  const view =
    row === null
      ? isBuiltIn(tenant.type, id)
        ? viewOfBuiltIn(id, people.length)
        : null
      : viewOfRole(row, people.length);
  return view === null ? noRole() : ok({ view: { ...view, users }, version: view.version });
}
