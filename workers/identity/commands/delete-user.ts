/** The end of a user. Called by account-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { realNow } from '../../../shared/clock.ts';
import { OWNER_ROLES } from '../../../shared/permissions.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { endKeysOf, forgetApiKeys, narrowKeysOf } from '../../storage/identity/api-keys.ts';
import { endSessionsOf, sessionsOf } from '../../storage/identity/sessions.ts';
import { deleteUserRow, shownUserOf } from '../../storage/identity/users.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';
import { endListening } from '../listening.ts';
import { isBound, reachOfUser } from '../rules/reach.ts';
import { mayReachFar } from '../sessions.ts';
import { aboveActor, heldBy, isOwner } from '../user-access.ts';
import { forbidden, MAX_SESSIONS } from '../users.ts';

/**
 * Removes a user with password, sessions and links, for good; what they did stays in the activity log under their id. Keys they made go on,
 * with no more than they held; of somebody who did not reach everything they end.
 * Refusals: PERMISSION_DENIED (`delete_users`, or a user who holds more than the actor), NOT_FOUND, CONFIRMATION_REQUIRED, POLICY_VIOLATION
 * (`own_account`, `last_owner`, `beyond_reach`, `changed_meanwhile`).
 */
export async function deleteUser(scope: TenantScope, { id }: { id: string }): Promise<Result<{ id: string }>> {
  const { actor } = scope;
  const refused = permissionRefusal(actor, 'delete_users');
  if (refused) return refused;
  const [shown, tenant] = await Promise.all([shownUserOf(scope.db, id), scope.tenant()]);
  if (shown === null || tenant === null) return err({ code: 'NOT_FOUND', entity: 'user' });
  const { user } = shown;
  const above = aboveActor(actor, shown, tenant.type);
  if (above) return above;
  if (actor.kind === 'user' && actor.userId === id) return forbidden('own_account');
  if (!mayReachFar(actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const takesOwner = isOwner(shown);
  // Nothing would bound the reach of a key whose maker is gone.
  const keys = isBound(reachOfUser(user))
    ? endKeysOf(scope.db, id, scope.now)
    : narrowKeysOf(scope.db, id, heldBy(shown, tenant.type));
  const open = await sessionsOf(scope.db, user.realm, id, realNow(), MAX_SESSIONS);
  try {
    const gone = await deleteUserRow(
      scope.db,
      user,
      { role: user.role, customRoleId: user.customRoleId, ownerRoles: takesOwner ? [...OWNER_ROLES] : null },
      [endSessionsOf(scope.db, user), keys],
      auditBeside(scope, {
        log: 'identity',
        description: 'user.deleted',
        subjectType: 'user',
        subjectId: id,
        before: { name: user.name, email: user.email, role: user.customRoleId ?? user.role },
      }),
    );
    if (!gone) return forbidden(takesOwner ? 'last_owner' : 'changed_meanwhile');
  } finally {
    forgetApiKeys(scope.tenantId);
  }
  for (const session of open) await endListening(scope, session.id);
  return ok({ id });
}
