/** A new password by the link of a mail. Called by account-commands.ts. */
import { processNow, realNow } from '../../../shared/clock.ts';
import type { DomainError, EdgeError } from '../../../shared/errors.ts';
import { newId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { takeLink } from '../../storage/identity/account-links.ts';
import { endChallengesOf } from '../../storage/identity/second-factors.ts';
import { endSessionsOf, sessionsOf } from '../../storage/identity/sessions.ts';
import { passwordOf, userFieldsOf } from '../../storage/identity/users.ts';
import { openTenant } from '../../tenancy/scope.ts';
import { linkHere } from '../account-links.ts';
import type { Asked } from '../asked.ts';
import { auditBeside } from '../audit.ts';
import { endListening } from '../listening.ts';
import { attemptKeys, succeeded } from '../lock-out.ts';
import { BUSY_SECONDS, hashPassword, inTurn } from '../password.ts';
import { passwordRefusal } from '../new-password.ts';
import { MAX_SESSIONS } from '../users.ts';

interface ResetPassword extends Asked {
  token: string;
  password: string;
}

/**
 * Uses a reset link up: the password is set, every session of the account ends, every other open link too, a lock on it is lifted, and its
 * person is told by mail. Signs nobody in.
 * Refusals: NOT_FOUND (no reset link that is good here now), VALIDATION_ERROR (`password`), BUSY.
 */
export async function resetPassword(
  platform: Platform,
  input: ResetPassword,
): Promise<Result<null, DomainError | EdgeError>> {
  const gone = err({ code: 'NOT_FOUND' as const, entity: 'account_link' });
  const found = await linkHere(platform, input.realm, input.token, processNow());
  if (found === null || found.link.purpose !== 'reset') return gone;
  const { link, user } = found;
  const refused = await passwordRefusal(platform, input.password, [user.email, user.name]);
  if (refused) return refused;
  const guest = { kind: 'guest', tenantId: link.tenantId, permissions: [] } as const;
  const scope = openTenant(platform, link.tenantId, guest, input);
  const mail = { id: `${link.id}:changed`, queue: 'high', kind: 'notify' } as const;
  const specs = [{ ...mail, ref: { event: 'account.password_changed', userId: user.id, at: input.now } }] as const;
  const audit = auditBeside(scope, {
    log: 'identity',
    description: 'password.reset',
    subjectType: 'user',
    subjectId: user.id,
    causer: `user:${user.id}`,
    ip: input.address,
  });
  const turn = await inTurn(async () => {
    const hash = await hashPassword(platform, user.realm, input.password);
    const now = processNow();
    const open = await sessionsOf(scope.db, user.realm, user.id, realNow(), MAX_SESSIONS);
    const isUsed = await takeLink(
      scope.db,
      { linkId: link.id, userId: user.id, realm: user.realm },
      [
        passwordOf(scope.db, user, { hash, accountId: newId('account', now) }, now),
        userFieldsOf(scope.db, user.id, { emailVerified: true }, now),
        endSessionsOf(scope.db, user),
        endChallengesOf(scope.db, user.id),
      ],
      { ...audit, tenant: [...audit.tenant, ...scope.effectWrites(specs)] },
      now,
    );
    return isUsed ? open : null;
  });
  if (turn === null) return err({ code: 'BUSY', retry_after: BUSY_SECONDS });
  if (turn.value === null) return gone;
  await scope.enqueue(specs);
  for (const { id } of turn.value) await endListening(scope, id);
  const account = `${input.realm.tenantId}\n${user.email}`;
  await succeeded(platform, {
    ...attemptKeys(platform, { account, address: input.address, device: null }),
    address: null,
  });
  return ok(null);
}
