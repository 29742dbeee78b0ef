/** Another invitation for somebody who has not accepted the first. Called by account-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type ShownUser, shownUserOf } from '../../storage/identity/users.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { sendLink } from '../account-links.ts';
import { aboveActor } from '../user-access.ts';
import { forbidden } from '../users.ts';

/**
 * Sends a new link to a user without password; the older one ends.
 * Refusals: PERMISSION_DENIED (`create_users`, or a user who holds more than the actor), NOT_FOUND, POLICY_VIOLATION (`not_invited`: has a
 * password or is disabled; `beyond_reach`).
 */
export async function inviteAgain(scope: TenantScope, { id }: { id: string }): Promise<Result<ShownUser>> {
  const refused = permissionRefusal(scope.actor, 'create_users');
  if (refused) return refused;
  const shown = await shownUserOf(scope.db, id);
  if (shown === null) return err({ code: 'NOT_FOUND', entity: 'user' });
  // The link opens whatever they hold: whoever sends it must hold that, too.
  const tenant = await scope.tenant();
  const above = tenant === null ? null : aboveActor(scope.actor, shown, tenant.type);
  if (above) return above;
  if (shown.hasPassword || shown.user.disabledAt !== null) return forbidden('not_invited');
  await sendLink(scope, shown.user, 'invite', { description: 'user.invited_again' });
  return ok(shown);
}
