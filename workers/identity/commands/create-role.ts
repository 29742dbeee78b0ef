/** A new role of the tenant's own. Called by role-backing.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { RoleFields } from '../../../shared/contract/roles.ts';
import { newId } from '../../../shared/ids.ts';
import { ROLES_OF } from '../../../shared/permissions.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { insertRole, roleOf, rolesOf } from '../../storage/identity/roles.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';
import { MAX_ROLES, noRole, permissionsRefusal } from '../role-kind.ts';
import { mayReachFar } from '../sessions.ts';

/**
 * Makes a role that holds no more than who makes it.
 * Refusals: PERMISSION_DENIED (`create_roles`, or a permission the actor lacks), CONFIRMATION_REQUIRED (the password was typed too long ago; a
 * key always), VALIDATION_ERROR (`base_role` not of this kind of tenant, `permissions` above it, `name` taken), LIMIT_REACHED (50 roles).
 */
export async function createRole(scope: TenantScope, input: RoleFields): Promise<Result<{ id: string }>> {
  const { actor, now } = scope;
  const refused = permissionRefusal(actor, 'create_roles');
  if (refused) return refused;
  if (!mayReachFar(actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const tenant = await scope.tenant();
  if (tenant === null) return noRole();
  const bases = ROLES_OF[tenant.type];
  if (!bases.includes(input.base_role))
    return err({ code: 'VALIDATION_ERROR', errors: { base_role: [`one of ${bases.join(', ')}`] } });
  const beyond = permissionsRefusal(actor, tenant.type, input.permissions);
  if (beyond) return beyond;
  const others = await rolesOf(scope.db, false, MAX_ROLES);
  if (others.length >= MAX_ROLES) return err({ code: 'LIMIT_REACHED', limit: 'roles', max: MAX_ROLES });
  if (others.some(({ name }) => name.toLowerCase() === input.name.toLowerCase()))
    return err({ code: 'VALIDATION_ERROR', errors: { name: ['taken'] } });
  const id = newId('role', now);
  const permissions = [...new Set(input.permissions)];
  const { name, description, base_role: baseRole } = input;
  await insertRole(
    scope.db,
    { id, name, description, baseRole, permissions, createdAt: now, updatedAt: now, version: 1, deletedAt: null },
    auditBeside(scope, {
      log: 'identity',
      description: 'role.created',
      subjectType: 'role',
      subjectId: id,
      after: { name, description, base_role: baseRole, permissions },
    }),
  );
  return (await roleOf(scope.db, id)) === null ? noRole() : ok({ id });
}
