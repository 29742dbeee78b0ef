/** An invitation from the page of users. Called by account-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { type ShownUser, shownUserOf } from '../../storage/identity/users.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { mayReachFar } from '../sessions.ts';
import { type InviteUser, inviteUser } from './invite-user.ts';

/** `inviteUser` by a person who has typed the password lately: access outlives the session that gave it. Refusals: its own, CONFIRMATION_REQUIRED. */
export async function inviteByHand(
  platform: Platform,
  scope: TenantScope,
  input: InviteUser,
): Promise<Result<ShownUser>> {
  const refused = permissionRefusal(scope.actor, 'create_users');
  if (refused) return refused;
  if (!mayReachFar(scope.actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const invited = await inviteUser(platform, scope, input);
  if (!invited.ok) return invited;
  const shown = await shownUserOf(scope.db, invited.value.userId);
  return shown === null ? err({ code: 'NOT_FOUND', entity: 'user' }) : ok(shown);
}
