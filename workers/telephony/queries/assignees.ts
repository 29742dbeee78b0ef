/** Who may work on call backs: offered to whoever gives one away, and asked before somebody has one. Called by callback-routes.ts and commands/update-callback.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { CallbackAssignees } from '../../../shared/contract/calls.ts';
import type { Permission } from '../../../shared/permissions.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { heldBy } from '../../identity/user-access.ts';
import { type ShownUser, shownUserOf, usersOf } from '../../storage/identity/users.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

/** A business has some dozens of people. */
const MAX_PEOPLE = 200;
const NEEDED: Permission = 'edit_callback_requests';

/** Neither disabled nor without the permission. */
const may = (one: ShownUser, type: Parameters<typeof heldBy>[1]): boolean =>
  one.user.disabledAt === null && heldBy(one, type).includes(NEEDED);

/** Everybody who may be given one, by name. Refusals: PERMISSION_DENIED. */
export async function assignees(scope: TenantScope): Promise<Result<CallbackAssignees['data']>> {
  const refused = permissionRefusal(scope.actor, NEEDED);
  if (refused) return refused;
  const [tenant, people] = await Promise.all([scope.tenant(), usersOf(scope.db, null, MAX_PEOPLE)]);
  if (tenant === null) return ok([]);
  const found = people
    .filter((one) => may(one, tenant.type))
    .map(({ user }) => ({ id: user.id, name: user.name || null }));
  return ok(found.toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? '')));
}

/** Whether somebody may be given one. Refusals: NOT_FOUND (nobody of the tenant), VALIDATION_ERROR (`assigned_to`). */
export async function mayTakeCallbacks(scope: TenantScope, userId: string): Promise<Result<true>> {
  const [tenant, person] = await Promise.all([scope.tenant(), shownUserOf(scope.db, userId)]);
  if (tenant === null || person === null) return err({ code: 'NOT_FOUND', entity: 'user' });
  return may(person, tenant.type)
    ? ok(true)
    : err({ code: 'VALIDATION_ERROR', errors: { assigned_to: ['may not work on call backs'] } });
}
