/** What the commands about users share about role and reach of somebody: read and judged. */
import type { Actor } from '../../shared/actor.ts';
import type { DomainError } from '../../shared/errors.ts';
import { isRole, OWNER_ROLES, type Permission, permissionsOf } from '../../shared/permissions.ts';
import { type Err, err, ok, type Result } from '../../shared/result.ts';
import type { TenantType } from '../../shared/tenant-status.ts';
import { roleOf } from '../storage/identity/roles.ts';
import type { ShownUser } from '../storage/identity/users.ts';
import { companiesOf } from '../tenancy/linked-person.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { isBuiltIn, noRole } from './role-kind.ts';
import { type Bounds, reachesAll } from './rules/reach.ts';
import { beyond, type RoleToGive } from './rules/roles.ts';
import { forbidden } from './users.ts';

/** A role as a request names it: by its id (one of ours by its name), or one of ours as `role`. */
interface NamedRole {
  role?: string | undefined;
  role_id?: string | undefined;
}

/** A role that was found, in the version it was judged in. */
type FoundRole = RoleToGive & { version: number | null };

/** The role that a request names. Refusals: NOT_FOUND (`role`), VALIDATION_ERROR (none is named). */
export async function namedRole(scope: TenantScope, type: TenantType, named: NamedRole): Promise<Result<FoundRole>> {
  const { role_id: id, role } = named;
  if (id === undefined)
    return role === undefined
      ? err({ code: 'VALIDATION_ERROR', errors: { role: ['required'] } })
      : ok({ role, own: null, version: null });
  if (isBuiltIn(type, id)) return ok({ role: id, own: null, version: null });
  const row = await roleOf(scope.db, id);
  if (row === null || row.deletedAt !== null) return noRole();
  return ok({ role: row.baseRole, own: { id: row.id, permissions: row.permissions }, version: row.version });
}

/** What a user holds now. */
export const heldBy = ({ user, ownRole }: ShownUser, type: TenantType): readonly Permission[] =>
  permissionsOf(
    { role: user.role, customRoleId: user.customRoleId, customPermissions: ownRole?.permissions ?? null },
    type,
  );

/** Whether a tenant can't be without this user: an owner with the whole role who can sign in. */
export const isOwner = ({ user, hasPassword }: ShownUser): boolean =>
  isRole(user.role) &&
  OWNER_ROLES.has(user.role) &&
  user.customRoleId === null &&
  user.disabledAt === null &&
  hasPassword;

/** Why an actor of the tenant may not touch a user: PERMISSION_DENIED (who holds more), POLICY_VIOLATION (`beyond_reach`: who sees more). Null: they may. */
export function aboveActor(actor: Actor, shown: ShownUser, type: TenantType): Err<DomainError> | null {
  if (actor.kind === 'system') return null;
  const missing = beyond(actor.permissions, heldBy(shown, type));
  if (missing !== undefined) return err({ code: 'PERMISSION_DENIED', permission: missing });
  return reachesAll(actor, shown.user) ? null : forbidden('beyond_reach');
}

/**
 * Why somebody may not be given these bounds: NOT_FOUND (a company or branch that is not there), POLICY_VIOLATION (`beyond_reach`: wider than
 * the actor's own). Null: they may.
 * @param isAbove the actor is of a tenant above this one
 */
export async function boundsRefusal(
  scope: TenantScope,
  bounds: Pick<Bounds, 'companyIds' | 'branchIds'>,
  isAbove: boolean,
): Promise<Err<DomainError> | null> {
  const { companyIds, branchIds } = bounds;
  if (companyIds !== null || branchIds !== null) {
    const { result } = await scope.calendar.schedule();
    if (!result.ok) return result;
    const companies = companiesOf(result.value);
    if (companyIds?.every((id) => companies.includes(id)) === false)
      return err({ code: 'NOT_FOUND', entity: 'company' });
    const branches = result.value.branches.map(({ id }) => id);
    if (branchIds?.every((id) => branches.includes(id)) === false) return err({ code: 'NOT_FOUND', entity: 'branch' });
  }
  return isAbove || reachesAll(scope.actor, bounds) ? null : forbidden('beyond_reach');
}
