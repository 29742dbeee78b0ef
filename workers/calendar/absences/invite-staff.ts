/** Somebody of the staff gets a login: a user is invited and linked to the person. Called by staff-login-routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { InviteStaff } from '../../../shared/contract/identity.ts';
import { bytesOfHash, newId } from '../../../shared/ids.ts';
import { err, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { sha256Hex } from '../../object-runtime/hash.ts';
import type { ShownUser } from '../../storage/identity/users.ts';
import { isItemReached } from '../../tenancy/reached.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { inviteByHand } from '../../identity/commands/invite-by-hand.ts';

/**
 * Invites the person under their address (what is typed, else what is stored of them) and links user and person. The user's id follows from
 * person and address, so that a repeat after a crash between the two ends in one user. Refusals: those of `inviteByHand`, PERMISSION_DENIED
 * (`edit_staff`), NOT_FOUND (`staff`), VALIDATION_ERROR (`email` missing or taken; `staff_id`: somebody signs in as the person already).
 */
export async function inviteStaff(
  platform: Platform,
  scope: TenantScope,
  { id, email: typed, role, language }: InviteStaff & { id: string },
): Promise<Result<ShownUser>> {
  const refused = permissionRefusal(scope.actor, 'edit_staff');
  if (refused) return refused;
  const { result } = await scope.calendar.schedule();
  if (!result.ok) return result;
  const item = result.value.staff.find((one) => one.id === id);
  if (item === undefined || !isItemReached(item, await scope.reached()))
    return err({ code: 'NOT_FOUND', entity: 'staff' });
  const person = item.body;
  const email = (typed ?? person.email ?? '').toLowerCase();
  if (email === '') return err({ code: 'VALIDATION_ERROR', errors: { email: ['required'] } });
  const userId = newId('user', 0, bytesOfHash(sha256Hex(`login ${scope.tenantId} ${id} ${email}`)));
  if (person.userId !== null && person.userId !== userId)
    return err({ code: 'VALIDATION_ERROR', errors: { staff_id: ['taken'] } });
  const name = [person.firstName, person.lastName].filter(Boolean).join(' ');
  return inviteByHand(platform, scope, { id: userId, email, name, role, language, staff_id: id });
}
