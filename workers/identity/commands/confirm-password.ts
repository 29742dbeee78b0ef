/** The password typed once more within a session, for what reaches far. Called by account-commands.ts. */
import { processNow, realNow } from '../../../shared/clock.ts';
import type { DomainError, EdgeError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { confirmSession } from '../../storage/identity/sessions.ts';
import { passwordHashOf } from '../../storage/identity/users.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside, writeAudit } from '../audit.ts';
import { attempt, attemptKeys, secondsUntil, succeeded } from '../lock-out.ts';
import { BUSY_SECONDS, inTurn, verifyPassword } from '../password.ts';

/**
 * Notes in the session that its person has typed the password now. Tries count like sign-ins, for this account by itself: a stolen session
 * must not guess. Needs no permission; a key has no password.
 * Refusals: PERMISSION_DENIED (a key asks), INVALID_CREDENTIALS, RATE_LIMITED (lock-out), BUSY, UNAUTHENTICATED (the session has ended).
 */
export async function confirmPassword(
  platform: Platform,
  scope: TenantScope,
  input: { password: string; address: string },
): Promise<Result<null, DomainError | EdgeError>> {
  const { actor } = scope;
  if (actor.kind !== 'user') return err({ code: 'PERMISSION_DENIED', permission: 'confirm_password' });
  const keys = attemptKeys(platform, { account: `confirm\n${actor.userId}`, address: input.address, device: null });
  const now = processNow();
  const turn = await inTurn(async () => {
    const { kind, lockedUntil } = await attempt(platform, keys, now);
    if (kind === 'refused') return { lockedUntil, isRight: null };
    const stored = await passwordHashOf(scope.db, actor.realm, actor.userId);
    return { lockedUntil, isRight: await verifyPassword(input.password, stored ?? '') };
  });
  if (turn === null) return err({ code: 'BUSY', retry_after: BUSY_SECONDS });
  const { lockedUntil, isRight } = turn.value;
  if (isRight === null) return err({ code: 'RATE_LIMITED', retry_after: secondsUntil(lockedUntil, now), limit: 0 });
  const entry = { log: 'identity', subjectType: 'user', subjectId: actor.userId, ip: input.address };
  if (!isRight) {
    await writeAudit(scope, { ...entry, description: 'password.refused' });
    return err({ code: 'INVALID_CREDENTIALS' });
  }
  await succeeded(platform, keys);
  const confirmed = auditBeside(scope, { ...entry, description: 'password.confirmed' });
  return (await confirmSession(scope.db, actor, realNow(), confirmed)) ? ok(null) : err({ code: 'UNAUTHENTICATED' });
}
