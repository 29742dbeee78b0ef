/** A new address of an account, proven by the link that went there. Called by account-commands.ts. */
import { processNow } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { takeLink } from '../../storage/identity/account-links.ts';
import { isEmailTaken, userFieldsOf } from '../../storage/identity/users.ts';
import { openTenant } from '../../tenancy/scope.ts';
import { linkHere } from '../account-links.ts';
import type { Asked } from '../asked.ts';
import { auditBeside } from '../audit.ts';

/**
 * Uses the link of a change of address up: from now on the account signs in with it. Sessions stay: the password is the same.
 * Refusals: NOT_FOUND (no such link that is good here now, or somebody of the tenant has taken the address meanwhile).
 */
export async function confirmEmail(
  platform: Platform,
  input: Asked & { token: string },
): Promise<Result<{ email: string }>> {
  const gone = err({ code: 'NOT_FOUND' as const, entity: 'account_link' });
  const now = processNow();
  const found = await linkHere(platform, input.realm, input.token, now);
  const email = found?.link.email ?? null;
  if (found === null || found.link.purpose !== 'email' || email === null) return gone;
  const { link, user } = found;
  const guest = { kind: 'guest', tenantId: link.tenantId, permissions: [] } as const;
  const scope = openTenant(platform, link.tenantId, guest, input);
  if (await isEmailTaken(scope.db, user.realm, email, user.id)) return gone;
  const used = await takeLink(
    scope.db,
    { linkId: link.id, userId: user.id, realm: user.realm },
    // The index on realm and address refuses a twin that came in between; then nothing is written.
    [userFieldsOf(scope.db, user.id, { email, emailVerified: true }, now)],
    auditBeside(scope, {
      log: 'identity',
      description: 'user.email_changed',
      subjectType: 'user',
      subjectId: user.id,
      before: { email: user.email },
      after: { email },
      causer: `user:${user.id}`,
      ip: input.address,
    }),
    now,
  );
  return used ? ok({ email }) : gone;
}
