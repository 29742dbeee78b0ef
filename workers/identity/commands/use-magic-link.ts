/** Signs in by the link of a mail, instead of the password. Called by factor-commands.ts. */
import { processNow } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { takeLink } from '../../storage/identity/account-links.ts';
import { userFieldsOf } from '../../storage/identity/users.ts';
import { openTenant } from '../../tenancy/scope.ts';
import { linkHere } from '../account-links.ts';
import { auditBeside } from '../audit.ts';
import { deviceOf } from '../device-cookie.ts';
import { type Challenged, letIn, type SignedIn } from '../new-session.ts';
import type { SignIn } from './sign-in.ts';

/** As of a sign-in, without an address: the link says whose. */
interface UseMagicLink extends Omit<SignIn, 'email' | 'password'> {
  token: string;
}

/**
 * Uses the link up; the address is proven by it. A second factor is asked for all the same: whoever reads the mails is not in yet.
 * Refusals: NOT_FOUND (no link of this purpose that is good here now).
 */
export async function useMagicLink(platform: Platform, input: UseMagicLink): Promise<Result<SignedIn | Challenged>> {
  const gone = err({ code: 'NOT_FOUND' as const, entity: 'account_link' });
  const now = processNow();
  const found = await linkHere(platform, input.realm, input.token, now);
  if (found === null || found.link.purpose !== 'magic') return gone;
  const { link, user } = found;
  const guest = { kind: 'guest', tenantId: link.tenantId, permissions: [] } as const;
  const scope = openTenant(platform, link.tenantId, guest, input);
  const isUsed = await takeLink(
    scope.db,
    { linkId: link.id, userId: user.id, realm: user.realm },
    [userFieldsOf(scope.db, user.id, { emailVerified: true }, now)],
    auditBeside(scope, {
      log: 'identity',
      description: 'sign_in.link_used',
      subjectType: 'user',
      subjectId: user.id,
      causer: `user:${user.id}`,
      ip: input.address,
    }),
    now,
    'magic',
  );
  if (!isUsed) return gone;
  const account = `${input.realm.tenantId}\n${user.email}`;
  const isNew = user.lastSignInAt !== null && (await deviceOf(platform, input.cookie, input.secure, account)) === null;
  const known = { realm: user.realm, tenantId: link.tenantId, userId: user.id };
  const begun = await letIn(platform, known, { ...input, way: 'magic_link', account, isNew });
  return begun === null ? gone : ok(begun);
}
