/** The end of a user. Called by account-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { realNow } from '../../../shared/clock.ts';
import { isRole, OWNER_ROLES, ROLE_PERMISSIONS } from '../../../shared/permissions.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { forgetApiKeys, narrowKeysOf } from '../../storage/identity/api-keys.ts';
import { endSessionsOf, sessionsOf } from '../../storage/identity/sessions.ts';
import { deleteUserRow, shownUserOf } from '../../storage/identity/users.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';
import { endListening } from '../listening.ts';
import { beyond } from '../rules/roles.ts';
import { mayReachFar } from '../sessions.ts';
import { forbidden, MAX_SESSIONS } from '../users.ts';

/**
 * Removes a user with password, sessions and links, for good; what they did stays in the activity log under their id. Keys they made go on,
 * with no more than they held.
 * Refusals: PERMISSION_DENIED (`delete_users`, or a user who holds more than the actor), NOT_FOUND, CONFIRMATION_REQUIRED, POLICY_VIOLATION
 * (`own_account`, `last_owner`, `changed_meanwhile`).
 */
export async function deleteUser(scope: TenantScope, { id }: { id: string }): Promise<Result<{ id: string }>> {
  const { actor } = scope;
  const refused = permissionRefusal(actor, 'delete_users');
  if (refused) return refused;
  const shown = await shownUserOf(scope.db, id);
  if (shown === null) return err({ code: 'NOT_FOUND', entity: 'user' });
  const { user } = shown;
  const role = isRole(user.role) ? user.role : null;
  const missing = actor.kind === 'system' || role === null ? undefined : beyond(actor.permissions, role);
  if (missing !== undefined) return err({ code: 'PERMISSION_DENIED', permission: missing });
  if (actor.kind === 'user' && actor.userId === id) return forbidden('own_account');
  if (!mayReachFar(actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const takesOwner = role !== null && OWNER_ROLES.has(role) && user.disabledAt === null && shown.hasPassword;
  const open = await sessionsOf(scope.db, user.realm, id, realNow(), MAX_SESSIONS);
  try {
    const gone = await deleteUserRow(
      scope.db,
      user,
      { role: user.role, ownerRoles: takesOwner ? [...OWNER_ROLES] : null },
      [endSessionsOf(scope.db, user), narrowKeysOf(scope.db, id, role === null ? [] : ROLE_PERMISSIONS[role])],
      auditBeside(scope, {
        log: 'identity',
        description: 'user.deleted',
        subjectType: 'user',
        subjectId: id,
        before: { name: user.name, email: user.email, role: user.role },
      }),
    );
    if (!gone) return forbidden(takesOwner ? 'last_owner' : 'changed_meanwhile');
  } finally {
    forgetApiKeys(scope.tenantId);
  }
  for (const session of open) await endListening(scope, session.id);
  return ok({ id });
}
