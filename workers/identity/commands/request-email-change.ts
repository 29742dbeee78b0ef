/** Another address for one's own account: a link to it proves that it is theirs. Called by account-commands.ts. */
import { processNow } from '../../../shared/clock.ts';
import type { DomainError, EdgeError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { isEmailTaken, userOf } from '../../storage/identity/users.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { sendLink } from '../account-links.ts';
import { writeAudit } from '../audit.ts';
import { attempt, attemptKeys, secondsUntil } from '../lock-out.ts';
import { mayReachFar } from '../sessions.ts';

/**
 * Sends the link to the new address and a notice to the present one; nothing changes before the link is used. An address that is somebody
 * else's in the tenant gets no mail, and the answer does not say so.
 * Refusals: PERMISSION_DENIED (a key asks), CONFIRMATION_REQUIRED, RATE_LIMITED (mails to strangers are not sent at will).
 */
export async function requestEmailChange(
  platform: Platform,
  scope: TenantScope,
  input: { email: string; address: string },
): Promise<Result<null, DomainError | EdgeError>> {
  const { actor } = scope;
  if (actor.kind !== 'user') return err({ code: 'PERMISSION_DENIED', permission: 'change_email' });
  if (!mayReachFar(actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const email = input.email.toLowerCase();
  const user = await userOf(scope.db, actor.userId);
  if (user === null) return err({ code: 'UNAUTHENTICATED' });
  if (email === user.email) return ok(null);
  const now = processNow();
  const keys = attemptKeys(platform, { account: `email\n${user.id}`, address: input.address, device: null });
  const { kind, lockedUntil } = await attempt(platform, keys, now);
  if (kind === 'refused') return err({ code: 'RATE_LIMITED', retry_after: secondsUntil(lockedUntil, now), limit: 0 });
  if (await isEmailTaken(scope.db, user.realm, email, user.id)) {
    await writeAudit(scope, {
      log: 'identity',
      description: 'user.email_refused',
      subjectType: 'user',
      subjectId: user.id,
      after: { email },
      ip: input.address,
    });
    return ok(null);
  }
  await sendLink(scope, user, 'email', { description: 'user.email_asked', after: { email }, ip: input.address }, email);
  return ok(null);
}
