/** The operator looks at an account as one of its people (docs/support.md). Called through tenant-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { realNow } from '../../../shared/clock.ts';
import { newId } from '../../../shared/ids.ts';
import { isRole, isRoleOf } from '../../../shared/permissions.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { HANDOVER_MS, SUPPORT_SESSION_MS } from '../../../shared/support.ts';
import type { Platform } from '../../env.ts';
import { auditBeside, writeAudit } from '../../identity/audit.ts';
import { tokenOfCookie } from '../../identity/session-cookie.ts';
import { mayReachFar } from '../../identity/sessions.ts';
import { actorBehind, homeOf, newSecret, supportCookieOf, supportCookies } from '../../identity/support-session.ts';
import { sha256Hex } from '../../object-runtime/hash.ts';
import { insertSupport, securityOf } from '../../storage/identity/support.ts';
import { userOf, userProfile } from '../../storage/identity/users.ts';
import { openTenant, type TenantScope } from '../../tenancy/scope.ts';
import { reached } from '../reach.ts';

interface BeginSupport {
  tenantId: string;
  userId: string;
  /** at least ten characters; the owner reads it */
  reason: string;
  /** `tenant`: on the account's own host, where that is another one */
  host: 'here' | 'tenant';
  /** of the request */
  cookie: string | undefined;
  secure: boolean;
  hostHere: string;
  userAgent: string | undefined;
  address: string;
}

interface BegunSupport {
  id: string;
  url: string;
  endsAt: number;
  setCookies: string[];
}

/** Owners of one account who are told. */
const MAX_OWNERS = 20;

/**
 * Makes a session of the support: an hour at most, no longer than the owner's consent. On this host it takes the place of the operator's own
 * session, which is laid aside; on another one a link carries it over, once and within a minute. The owners are told by mail.
 * Refusals: PERMISSION_DENIED (`impersonate_users`; a key; a session of the support), CONFIRMATION_REQUIRED, NOT_FOUND (no such tenant or user, a
 * user who can't sign in, the platform's own), TENANT_SUSPENDED (closed), SUPPORT_NOT_ALLOWED (no consent, or it has run out).
 */
export async function beginSupport(
  platform: Platform,
  scope: TenantScope,
  input: BeginSupport,
): Promise<Result<BegunSupport>> {
  const { actor } = scope;
  const permission = 'impersonate_users';
  const refused = permissionRefusal(actor, permission);
  if (refused) return refused;
  if (actor.kind !== 'user' || actor.role !== 'super_admin' || actor.impersonator !== undefined)
    return err({ code: 'PERMISSION_DENIED', permission });
  if (!mayReachFar(actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const found = await reached(scope, permission, input.tenantId);
  if (!found.ok) return found;
  const { tenant } = found.value;
  if (found.value.reach.within !== null) return err({ code: 'PERMISSION_DENIED', permission });
  if (tenant.status === 'closed') return err({ code: 'TENANT_SUSPENDED' });
  const { now: at, requestId } = scope;
  const guest = openTenant(platform, tenant.id, { kind: 'guest', tenantId: tenant.id, permissions: [] }, { now: at });
  const [facts, user, operator] = await Promise.all([
    securityOf(guest.db),
    userOf(guest.db, input.userId),
    userProfile(scope.db, actor.realm, actor.userId),
  ]);
  // By the clock that sessions are judged by.
  const now = realNow();
  const until = facts?.supportAccessUntil ?? 0;
  if (until <= now) return err({ code: 'SUPPORT_NOT_ALLOWED' });
  const isPerson = user !== null && user.disabledAt === null && isRole(user.role) && isRoleOf(tenant.type, user.role);
  if (!isPerson) return err({ code: 'NOT_FOUND', entity: 'user' });

  const base = (await guest.address()).base;
  const goesOver = input.host === 'tenant' && new URL(base).host !== input.hostHere;
  const secret = goesOver ? newSecret() : null;
  const row = {
    id: newId('support_session', now),
    userId: user.id,
    userName: user.name,
    operatorId: actor.userId,
    operatorName: operator?.name ?? '',
    operatorSessionId: actor.sessionId,
    reason: input.reason,
    tokenHash: secret === null ? null : sha256Hex(secret),
    tokenUntil: secret === null ? null : now + HANDOVER_MS,
    startedAt: now,
    endsAt: Math.min(now + SUPPORT_SESSION_MS, until),
  };
  const session = supportCookieOf(row, user, input.userAgent, now);
  const its = openTenant(platform, tenant.id, actorBehind(user, session, row), { now: at, requestId });
  const entry = {
    log: 'identity',
    description: 'support_session.began',
    subjectType: 'support_session',
    subjectId: row.id,
    after: { tenant_id: tenant.id, user_id: user.id, reason: input.reason },
    ip: input.address,
  };
  const specs = (await its.owners(MAX_OWNERS)).map(({ id }) => ({
    id: `${row.id}:${id}`,
    queue: 'medium' as const,
    kind: 'notify' as const,
    ref: { event: 'account.support_began' as const, userId: id, supportId: row.id, at: row.startedAt },
  }));
  // In the operator's own log first: of the two the one that may be missing its session is the better.
  await writeAudit(scope, entry);
  const beside = auditBeside(its, entry);
  const withMails = { ...beside, tenant: [...beside.tenant, ...its.effectWrites(specs)] };
  await insertSupport(its.db, row, secret === null ? session : null, withMails);
  await its.enqueue(specs);
  const { id, endsAt } = row;
  if (secret !== null) return ok({ id, endsAt, url: `${base}/support#${secret}`, setCookies: [] });
  const own = await tokenOfCookie(platform, input.cookie, input.secure);
  return ok({
    id,
    endsAt,
    url: homeOf(user.role),
    setCookies: await supportCookies(platform, session, input.secure, own),
  });
}
