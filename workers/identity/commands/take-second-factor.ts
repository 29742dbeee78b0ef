/** Somebody of the tenant has lost phone and recovery codes: whoever manages users takes the second factor away. Called by factor-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { realNow } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { dropPasskeysOf, removePasskeys } from '../../storage/identity/passkeys.ts';
import { removeSecondFactor } from '../../storage/identity/second-factors.ts';
import { endSessionsOf, sessionsOf } from '../../storage/identity/sessions.ts';
import { type ShownUser, shownUserOf } from '../../storage/identity/users.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { endListening } from '../listening.ts';
import { mayReachFar } from '../sessions.ts';
import { toldChange } from '../told-change.ts';
import { aboveActor } from '../user-access.ts';
import { forbidden, MAX_SESSIONS } from '../users.ts';

/**
 * Removes second factor, recovery codes and passkeys (what was lost may hold all of them), ends all sessions, and tells the person. The
 * password stays the only proof until they set it up anew.
 * Refusals: PERMISSION_DENIED (`edit_users`, or a user who holds more than the actor), NOT_FOUND, CONFIRMATION_REQUIRED, POLICY_VIOLATION
 * (`own_account`: one's own is switched off in the profile, by a code; `second_factor_off`).
 */
export async function takeSecondFactor(
  scope: TenantScope,
  input: { id: string; reason: string; address: string },
): Promise<Result<ShownUser>> {
  const { actor } = scope;
  const refused = permissionRefusal(actor, 'edit_users');
  if (refused) return refused;
  const shown = await shownUserOf(scope.db, input.id);
  if (shown === null) return err({ code: 'NOT_FOUND', entity: 'user' });
  const { user } = shown;
  const tenant = await scope.tenant();
  const above = tenant === null ? null : aboveActor(actor, shown, tenant.type);
  if (above) return above;
  if (actor.kind === 'user' && actor.userId === user.id) return forbidden('own_account');
  if (!mayReachFar(actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const open = await sessionsOf(scope.db, user.realm, user.id, realNow(), MAX_SESSIONS);
  const { beside, tell } = toldChange(scope, user.id, 'account.second_factor_taken', {
    description: 'second_factor.taken',
    after: { reason: input.reason },
    ip: input.address,
  });
  const sessions = endSessionsOf(scope.db, user);
  const isTaken =
    (await removeSecondFactor(scope.db, user.id, [dropPasskeysOf(scope.db, user.id), sessions], beside)) ||
    (await removePasskeys(scope.db, user.id, [sessions], beside));
  if (!isTaken) return forbidden('second_factor_off');
  await tell();
  for (const { id } of open) await endListening(scope, id);
  return ok({ ...shown, isGuarded: false });
}
