/** The password of somebody who is known already, typed once more. Called by the commands that ask for it. */
import { processNow } from '../../shared/clock.ts';
import type { UserActor } from '../../shared/actor.ts';
import type { DomainError, EdgeError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Platform } from '../env.ts';
import { passwordHashOf } from '../storage/identity/users.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { writeAudit } from './audit.ts';
import { attempt, attemptKeys, secondsUntil, succeeded } from './lock-out.ts';
import { BUSY_SECONDS, inTurn, verifyPassword } from './password.ts';

/**
 * Checks the password of somebody of the tenant. Tries count like sign-ins, for this account by itself: a stolen session must not guess.
 * Refusals: INVALID_CREDENTIALS (with an audit row), RATE_LIMITED (lock-out), BUSY.
 */
export async function checkPasswordOf(
  platform: Platform,
  scope: TenantScope,
  actor: Pick<UserActor, 'userId' | 'realm'>,
  input: { password: string; address: string },
): Promise<Result<null, DomainError | EdgeError>> {
  const keys = attemptKeys(platform, { account: `confirm\n${actor.userId}`, address: input.address, device: null });
  const now = processNow();
  const turn = await inTurn(async () => {
    const { kind, lockedUntil } = await attempt(platform, keys, now);
    if (kind === 'refused') return { lockedUntil, isRight: null };
    const stored = await passwordHashOf(scope.db, actor.realm, actor.userId);
    return { lockedUntil, isRight: await verifyPassword(platform, actor.realm, input.password, stored ?? '') };
  });
  if (turn === null) return err({ code: 'BUSY', retry_after: BUSY_SECONDS });
  const { lockedUntil, isRight } = turn.value;
  if (isRight === null) return err({ code: 'RATE_LIMITED', retry_after: secondsUntil(lockedUntil, now), limit: 0 });
  if (!isRight) {
    const entry = { log: 'identity', subjectType: 'user', subjectId: actor.userId, ip: input.address };
    await writeAudit(scope, { ...entry, description: 'password.refused' });
    return err({ code: 'INVALID_CREDENTIALS' });
  }
  await succeeded(platform, keys);
  return ok(null);
}
