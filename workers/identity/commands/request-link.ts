/** Somebody asks for a link, to a new password or to sign in: a mail, where the account exists. Called by account-commands.ts and factor-commands.ts. */
import { processNow } from '../../../shared/clock.ts';
import type { DomainError, EdgeError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { log } from '../../log.ts';
import { passwordHashOf } from '../../storage/identity/users.ts';
import { openTenant } from '../../tenancy/scope.ts';
import { sendLink } from '../account-links.ts';
import type { Asked } from '../asked.ts';
import { attempt, attemptKeys, secondsUntil } from '../lock-out.ts';
import { servedHere } from './sign-in.ts';

interface RequestLink extends Asked {
  purpose: 'reset' | 'magic';
  email: string;
}

/** Accounts of one address that are written to: the same person at several businesses of a host. */
const MAX_ACCOUNTS = 3;
const COUNTED = { reset: 'forgot', magic: 'link' } as const;
const ASKED = { reset: 'password.reset_requested', magic: 'sign_in.link_requested' } as const;

/**
 * Counts the request for account and line like a sign-in that failed, and leaves the rest for after the answer: whether there is such an
 * account shows neither in what is answered nor in the time it takes. Somebody who was invited and has no password yet is invited again.
 * Refusals: RATE_LIMITED.
 */
export async function requestLink(
  platform: Platform,
  input: RequestLink,
): Promise<Result<{ work: () => Promise<void> }, DomainError | EdgeError>> {
  const { purpose } = input;
  const account = `${COUNTED[purpose]}\n${input.realm.tenantId}\n${input.email.toLowerCase()}`;
  const now = processNow();
  const keys = attemptKeys(platform, { account, address: input.address, device: null });
  const { kind, lockedUntil } = await attempt(platform, keys, now);
  if (kind === 'refused') return err({ code: 'RATE_LIMITED', retry_after: secondsUntil(lockedUntil, now), limit: 0 });
  return ok({
    work: async () => {
      for (const { tenantId, userId, realm } of (await servedHere(platform, input)).slice(0, MAX_ACCOUNTS)) {
        try {
          const guest = { kind: 'guest', tenantId, permissions: [] } as const;
          const scope = openTenant(platform, tenantId, guest, { ...input, now });
          const isInvited = (await passwordHashOf(scope.db, realm, userId)) === null;
          await sendLink(scope, { id: userId, realm }, isInvited ? 'invite' : purpose, {
            description: isInvited ? 'invitation.requested' : ASKED[purpose],
            ip: input.address,
          });
        } catch (fault) {
          // Nobody waits for it any more; whoever gets no mail asks again.
          log('error', 'link_not_sent', { tenantId, requestId: input.requestId, fault });
        }
      }
    },
  });
}
