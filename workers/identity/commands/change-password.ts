/** One's own password, by the present one. Called by account-commands.ts. */
import { processNow, realNow } from '../../../shared/clock.ts';
import type { DomainError, EdgeError } from '../../../shared/errors.ts';
import { newId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { endLinksOf } from '../../storage/identity/account-links.ts';
import { endChallengesOf } from '../../storage/identity/second-factors.ts';
import { endSessionsOf, sessionsOf } from '../../storage/identity/sessions.ts';
import { changePasswordRow, passwordHashOf, userOf } from '../../storage/identity/users.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside, writeAudit } from '../audit.ts';
import { endListening } from '../listening.ts';
import { attempt, attemptKeys, secondsUntil, succeeded } from '../lock-out.ts';
import { BUSY_SECONDS, hashPassword, inTurn, verifyPassword } from '../password.ts';
import { passwordRefusal } from '../new-password.ts';
import { MAX_SESSIONS } from '../users.ts';

interface ChangePassword {
  current: string;
  password: string;
  address: string;
}

/**
 * Sets a new password; every other session of the account and every open link end, and its person is told by mail. Tries count with those of
 * confirming the password: a stolen session must not guess.
 * Refusals: PERMISSION_DENIED (a key asks), VALIDATION_ERROR (`password`), INVALID_CREDENTIALS (the present one is wrong), RATE_LIMITED, BUSY.
 */
export async function changePassword(
  platform: Platform,
  scope: TenantScope,
  input: ChangePassword,
): Promise<Result<null, DomainError | EdgeError>> {
  const { actor } = scope;
  if (actor.kind !== 'user') return err({ code: 'PERMISSION_DENIED', permission: 'change_password' });
  const user = await userOf(scope.db, actor.userId);
  if (user === null) return err({ code: 'UNAUTHENTICATED' });
  const refused = await passwordRefusal(platform, input.password, [user.email, user.name]);
  if (refused) return refused;
  const keys = attemptKeys(platform, { account: `confirm\n${user.id}`, address: input.address, device: null });
  const now = processNow();
  const entry = { log: 'identity', subjectType: 'user', subjectId: user.id, ip: input.address };
  const mail = { id: `${newId('effect', now)}:password`, queue: 'high', kind: 'notify' } as const;
  const specs = [{ ...mail, ref: { event: 'account.password_changed', userId: user.id, at: scope.now } }] as const;
  const audit = auditBeside(scope, { ...entry, description: 'password.changed' });
  const turn = await inTurn(async () => {
    const { kind, lockedUntil } = await attempt(platform, keys, now);
    if (kind === 'refused') return { locked: lockedUntil };
    const stored = await passwordHashOf(scope.db, actor.realm, user.id);
    if (!(await verifyPassword(platform, actor.realm, input.current, stored ?? ''))) return null;
    const hash = await hashPassword(platform, actor.realm, input.password);
    const others = await sessionsOf(scope.db, actor.realm, user.id, realNow(), MAX_SESSIONS);
    const set = await changePasswordRow(
      scope.db,
      user,
      { from: stored ?? '', to: hash },
      [
        endSessionsOf(scope.db, user, actor.sessionId),
        endLinksOf(scope.db, user.id, null, now),
        endChallengesOf(scope.db, user.id),
      ],
      { ...audit, tenant: [...audit.tenant, ...scope.effectWrites(specs)] },
      now,
    );
    return set ? { ended: others.filter(({ id }) => id !== actor.sessionId) } : null;
  });
  if (turn === null) return err({ code: 'BUSY', retry_after: BUSY_SECONDS });
  const outcome = turn.value;
  if (outcome === null) {
    await writeAudit(scope, { ...entry, description: 'password.refused' });
    return err({ code: 'INVALID_CREDENTIALS' });
  }
  if (outcome.ended === undefined)
    return err({ code: 'RATE_LIMITED', retry_after: secondsUntil(outcome.locked, now), limit: 0 });
  await succeeded(platform, keys);
  await scope.enqueue(specs);
  for (const { id } of outcome.ended) await endListening(scope, id);
  return ok(null);
}
