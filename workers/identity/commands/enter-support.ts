/** The link that carries a session of the support to the account's own host is followed. Called by security-routes.ts. */
import { realNow } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { sha256Hex } from '../../object-runtime/hash.ts';
import type { Platform } from '../../env.ts';
import { supportByToken, takeHandover } from '../../storage/identity/support.ts';
import { userOf } from '../../storage/identity/users.ts';
import { inRealm } from '../../tenancy/directory.ts';
import { openTenant } from '../../tenancy/scope.ts';
import type { Asked } from '../asked.ts';
import { auditBeside } from '../audit.ts';
import { actorBehind, homeOf, supportCookieOf, supportCookies } from '../support-session.ts';

interface EnterSupport extends Asked {
  token: string;
  userAgent: string | undefined;
  secure: boolean;
}

/** Uses the link up and gives this host its cookie. Refusals: NOT_FOUND (used, over, withdrawn, another host's, none at all: one answer). */
export async function enterSupport(
  platform: Platform,
  input: EnterSupport,
): Promise<Result<{ url: string; setCookies: string[] }>> {
  const gone = err({ code: 'NOT_FOUND' as const, entity: 'support_session' });
  const hash = sha256Hex(input.token);
  const now = realNow();
  const found = await supportByToken(platform, hash);
  if (found === null) return gone;
  const { row, until } = found;
  if (row.endedAt !== null || row.endsAt <= now || (row.tokenUntil ?? 0) <= now || (until ?? 0) <= now) return gone;
  if (!(await inRealm(platform, input.realm, row.tenantId))) return gone;
  const guest = openTenant(platform, row.tenantId, { kind: 'guest', tenantId: row.tenantId, permissions: [] }, input);
  const user = await userOf(guest.db, row.userId);
  if (user === null || user.disabledAt !== null) return gone;
  const session = supportCookieOf(row, user, input.userAgent, now);
  const its = openTenant(platform, row.tenantId, actorBehind(user, session, row), input);
  const beside = auditBeside(its, {
    log: 'identity',
    description: 'support_session.entered',
    subjectType: 'support_session',
    subjectId: row.id,
    ip: input.address,
  });
  if (!(await takeHandover(its.db, hash, session, beside))) return gone;
  return ok({ url: homeOf(user.role), setCookies: await supportCookies(platform, session, input.secure, null) });
}
