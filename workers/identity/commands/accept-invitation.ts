/** An invited person sets name and password, and is signed in. Called by account-commands.ts. */
import { processNow } from '../../../shared/clock.ts';
import type { DomainError, EdgeError } from '../../../shared/errors.ts';
import { newId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { takeLink } from '../../storage/identity/account-links.ts';
import { passwordOf, userFieldsOf } from '../../storage/identity/users.ts';
import { openTenant } from '../../tenancy/scope.ts';
import { linkHere } from '../account-links.ts';
import { auditBeside } from '../audit.ts';
import { type Challenged, letIn, openSession, type SignedIn } from '../new-session.ts';
import { BUSY_SECONDS, hashPassword, inTurn } from '../password.ts';
import { passwordRefusal } from '../new-password.ts';
import type { SignIn } from './sign-in.ts';

/** As of a sign-in, without an address: the link says whose. */
interface AcceptInvitation extends Omit<SignIn, 'email'> {
  token: string;
  name: string;
}

/**
 * Uses an invitation up: name and password are set, the address is proven (the link came there), every other open link of the account ends,
 * and the browser is signed in.
 * Refusals: NOT_FOUND (no invitation that is good here now), VALIDATION_ERROR (`password`), BUSY.
 */
export async function acceptInvitation(
  platform: Platform,
  input: AcceptInvitation,
): Promise<Result<SignedIn | Challenged, DomainError | EdgeError>> {
  const gone = err({ code: 'NOT_FOUND' as const, entity: 'account_link' });
  const found = await linkHere(platform, input.realm, input.token, processNow());
  if (found === null || found.link.purpose !== 'invite') return gone;
  const { link, user } = found;
  const refused = await passwordRefusal(platform, input.password, [user.email, input.name]);
  if (refused) return refused;
  const guest = { kind: 'guest', tenantId: link.tenantId, permissions: [] } as const;
  const scope = openTenant(platform, link.tenantId, guest, input);
  const turn = await inTurn(async () => {
    const hash = await hashPassword(platform, user.realm, input.password);
    const now = processNow();
    const accepted = await takeLink(
      scope.db,
      { linkId: link.id, userId: user.id, realm: user.realm },
      [
        passwordOf(scope.db, user, { hash, accountId: newId('account', now) }, now),
        userFieldsOf(scope.db, user.id, { name: input.name, emailVerified: true }, now),
      ],
      auditBeside(scope, {
        log: 'identity',
        description: 'invitation.accepted',
        subjectType: 'user',
        subjectId: user.id,
        after: { name: input.name },
        causer: `user:${user.id}`,
        ip: input.address,
      }),
      now,
    );
    return accepted ? { session: await openSession(platform, user.realm, { ...input, email: user.email }) } : null;
  });
  if (turn === null) return err({ code: 'BUSY', retry_after: BUSY_SECONDS });
  if (turn.value === null) return gone;
  const { session } = turn.value;
  // Disabled in between: the password is set, the account stays shut.
  if (session === null) return gone;
  const account = `${input.realm.tenantId}\n${user.email}`;
  const begun = await letIn(platform, session.actor, { ...input, way: 'invitation', account, isNew: false }, session);
  return begun === null ? gone : ok(begun);
}
