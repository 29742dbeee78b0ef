/** A tenant's users as they are shown; never what they sign in with. Called by account-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { UserAccountView } from '../../../shared/contract/identity.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { readPageById } from '../../http/list.ts';
import type { VersionedView, ViewPage } from '../../resources/backing.ts';
import { type ShownUser, shownUserOf, usersOf } from '../../storage/identity/users.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

/** A user as the API shows it. */
export const viewOfUser = ({ user, hasPassword }: ShownUser): UserAccountView => ({
  id: user.id,
  name: user.name,
  email: user.email,
  role: user.role,
  language: user.language,
  status: user.disabledAt !== null ? 'disabled' : hasPassword ? 'active' : 'invited',
  disabled_at: user.disabledAt?.toISOString() ?? null,
  last_sign_in_at: user.lastSignInAt?.toISOString() ?? null,
  created_at: user.createdAt.toISOString(),
  updated_at: user.updatedAt.toISOString(),
});

/** A page of the tenant's users, oldest first. Refusals: PERMISSION_DENIED, VALIDATION_ERROR (`cursor`). */
export async function listUsers(
  scope: TenantScope,
  query: { cursor?: string | undefined; limit: number },
): Promise<Result<ViewPage<UserAccountView>>> {
  const refused = permissionRefusal(scope.actor, 'view_users');
  if (refused) return refused;
  const page = await readPageById(query, (after, limit) => usersOf(scope.db, after, limit));
  return page.ok ? ok({ data: page.value.shown.map(viewOfUser), meta: page.value.meta }) : page;
}

/** One user. Refusals: PERMISSION_DENIED, NOT_FOUND. */
export async function oneUser(scope: TenantScope, id: string): Promise<Result<VersionedView<UserAccountView>>> {
  const refused = permissionRefusal(scope.actor, 'view_users');
  if (refused) return refused;
  const row = await shownUserOf(scope.db, id);
  return row === null ? err({ code: 'NOT_FOUND', entity: 'user' }) : ok({ view: viewOfUser(row) });
}
