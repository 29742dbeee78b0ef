/** The password typed once more within a session, for what reaches far. Called by account-commands.ts. */
import { realNow } from '../../../shared/clock.ts';
import type { DomainError, EdgeError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { confirmSession } from '../../storage/identity/sessions.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';
import { checkPasswordOf } from '../own-password.ts';

/**
 * Notes in the session that its person has typed the password now. Needs no permission; a key has no password.
 * Refusals: PERMISSION_DENIED (a key asks), INVALID_CREDENTIALS, RATE_LIMITED (lock-out), BUSY, UNAUTHENTICATED (the session has ended).
 */
export async function confirmPassword(
  platform: Platform,
  scope: TenantScope,
  input: { password: string; address: string },
): Promise<Result<null, DomainError | EdgeError>> {
  const { actor } = scope;
  if (actor.kind !== 'user') return err({ code: 'PERMISSION_DENIED', permission: 'confirm_password' });
  const checked = await checkPasswordOf(platform, scope, actor, input);
  if (!checked.ok) return checked;
  const entry = { log: 'identity', subjectType: 'user', subjectId: actor.userId, ip: input.address };
  const confirmed = auditBeside(scope, { ...entry, description: 'password.confirmed' });
  return (await confirmSession(scope.db, actor, realNow(), confirmed)) ? ok(null) : err({ code: 'UNAUTHENTICATED' });
}
