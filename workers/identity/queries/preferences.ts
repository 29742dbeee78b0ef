/** One's own preferences. Called by preference-routes.ts. */
import type { Preferences } from '../../../shared/contract/preferences.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { userOf } from '../../storage/identity/users.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

/** Refusals: PERMISSION_DENIED (a key has none), UNAUTHENTICATED (gone). */
export async function showPreferences(scope: TenantScope): Promise<Result<Preferences>> {
  const { actor } = scope;
  if (actor.kind !== 'user') return err({ code: 'PERMISSION_DENIED', permission: 'view_preferences' });
  const user = await userOf(scope.db, actor.userId);
  return user === null ? err({ code: 'UNAUTHENTICATED' }) : ok(user.preferences ?? {});
}
