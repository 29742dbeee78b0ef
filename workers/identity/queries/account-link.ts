/** What a link to an account is, for the page behind it. Called by account-commands.ts. */
import type { Instant } from '../../../shared/clock.ts';
import type { AccountLinkView } from '../../../shared/contract/accounts.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import type { Realm } from '../../tenancy/directory.ts';
import { openTenant } from '../../tenancy/scope.ts';
import { linkHere } from '../account-links.ts';

/** Whose link it is and what for; whoever holds the secret got it by mail. Refusals: NOT_FOUND (no link that is good here now). */
export async function showLink(
  platform: Platform,
  { realm, token, now }: { realm: Realm; token: string; now: Instant },
): Promise<Result<AccountLinkView>> {
  const found = await linkHere(platform, realm, token, now);
  if (found === null) return err({ code: 'NOT_FOUND', entity: 'account_link' });
  const { link, user } = found;
  const guest = { kind: 'guest', tenantId: link.tenantId, permissions: [] } as const;
  const tenant = await openTenant(platform, link.tenantId, guest, { now }).tenant();
  return ok({
    purpose: link.purpose,
    name: user.name,
    email: link.email ?? user.email,
    tenant_name: tenant?.name ?? '',
    language: user.language,
  });
}
