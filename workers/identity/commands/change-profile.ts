/** One's own name and language. Called by account-commands.ts. */
import { processNow } from '../../../shared/clock.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { changeUserRow, type UserFields, userOf, type UserRow } from '../../storage/identity/users.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';
import { forbidden } from '../users.ts';

/** Needs no permission; a key has no profile. Refusals: PERMISSION_DENIED (a key asks), UNAUTHENTICATED (gone), POLICY_VIOLATION (`changed_meanwhile`). */
export async function changeProfile(
  scope: TenantScope,
  change: { name?: string | undefined; language?: Language | undefined },
): Promise<Result<UserRow>> {
  const { actor } = scope;
  if (actor.kind !== 'user') return err({ code: 'PERMISSION_DENIED', permission: 'change_profile' });
  const user = await userOf(scope.db, actor.userId);
  if (user === null) return err({ code: 'UNAUTHENTICATED' });
  const set: UserFields = {};
  const before: Record<string, unknown> = {};
  for (const field of ['name', 'language'] as const) {
    const value = change[field];
    if (value === undefined || value === user[field]) continue;
    set[field] = value;
    before[field] = user[field];
  }
  if (Object.keys(set).length === 0) return ok(user);
  const row = await changeUserRow(
    scope.db,
    user.id,
    set,
    { role: user.role, customRoleId: user.customRoleId, ownerRoles: null },
    [],
    auditBeside(scope, {
      log: 'identity',
      description: 'user.updated',
      subjectType: 'user',
      subjectId: user.id,
      before,
      after: { ...set },
    }),
    processNow(),
  );
  return row === null ? forbidden('changed_meanwhile') : ok(row);
}
