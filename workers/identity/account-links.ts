/** Links to accounts: sending one, and what a link that somebody presents opens on this host. Called by commands/. */
import { ACCOUNT_LINK_LIFE_MS, type AccountLinkPurpose } from '../../shared/account-links.ts';
import { asInstant, type Instant } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import type { Platform } from '../env.ts';
import { type AccountLinkRow, insertLink, isLinkOpen, linkByHash } from '../storage/identity/account-links.ts';
import type { UserRow } from '../storage/identity/users.ts';
import { inRealm, type Realm } from '../tenancy/directory.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { type AuditEntry, auditBeside } from './audit.ts';

const NOTICES = {
  invite: 'account.invited',
  reset: 'account.reset',
  email: 'account.email_change',
  magic: 'account.magic_link',
  factor_reset: 'account.factor_reset',
  factor_stop: 'account.factor_stop',
} as const;
/** 32 bytes in base64url. */
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/**
 * Stores a link for a user who is there, with audit row and mail, and ends the older ones of its purpose. Judges nothing.
 * @param email the address that is to be proven, for a change of it
 */
export async function sendLink(
  scope: TenantScope,
  user: Pick<UserRow, 'id' | 'realm'>,
  purpose: AccountLinkPurpose,
  entry: Pick<AuditEntry, 'description' | 'after' | 'causer' | 'ip'>,
  email: string | null = null,
): Promise<void> {
  const { now } = scope;
  const linkId = newId('account_link', now);
  const mail = { id: `${linkId}:mail`, queue: 'high', kind: 'notify' } as const;
  const mails = [{ ...mail, ref: { event: NOTICES[purpose], userId: user.id, linkId } }];
  // The address that is still the account's learns of it too, from a mail without a link.
  const told = {
    ...mail,
    id: `${linkId}:told`,
    ref: { event: 'account.email_asked', userId: user.id, at: now },
  } as const;
  const specs = purpose === 'email' ? [...mails, told] : mails;
  const audit = auditBeside(scope, { log: 'identity', subjectType: 'user', subjectId: user.id, ...entry });
  await insertLink(
    scope.db,
    {
      id: linkId,
      realm: user.realm,
      userId: user.id,
      purpose,
      email,
      createdAt: now,
      expiresAt: asInstant(now + ACCOUNT_LINK_LIFE_MS[purpose]),
    },
    { ...audit, tenant: [...audit.tenant, ...scope.effectWrites(specs)] },
  );
  await scope.enqueue(specs);
}

/** The open link behind a secret, of a tenant that the host serves; null for everything else, whatever the reason. */
export async function linkHere(
  platform: Platform,
  realm: Realm,
  secret: string,
  now: Instant,
): Promise<{ link: AccountLinkRow; user: UserRow } | null> {
  if (!SECRET.test(secret)) return null;
  const found = await linkByHash(platform, sha256Hex(secret));
  if (found === null || !isLinkOpen(found.link, now) || found.user.disabledAt !== null) return null;
  return (await inRealm(platform, realm, found.link.tenantId)) ? found : null;
}
