/** The operator leaves a session of the support and has the own one again. Called by security-routes.ts. */
import { realNow } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { linkBase, type Platform } from '../../env.ts';
import { endSession } from '../../storage/identity/sessions.ts';
import { endSupportOf, supportSessionOf } from '../../storage/identity/support.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';
import { endListening } from '../listening.ts';
import { expiredCookie, parkedCookie } from '../session-cookie.ts';
import { restoredCookies } from '../support-session.ts';

/** Ends the present session of the support. Refusals: NOT_FOUND (it is none). */
export async function endSupport(
  platform: Platform,
  scope: TenantScope,
  browser: { cookie: string | undefined; secure: boolean },
): Promise<Result<{ url: string; setCookies: string[] }>> {
  const { actor } = scope;
  const none = err({ code: 'NOT_FOUND' as const, entity: 'support_session' });
  if (actor.kind !== 'user' || actor.impersonator === undefined) return none;
  const { supportId, userId } = actor.impersonator;
  const row = await supportSessionOf(scope.db, supportId);
  const beside = auditBeside(scope, {
    log: 'identity',
    description: 'support_session.ended',
    subjectType: 'support_session',
    subjectId: supportId,
  });
  const more = endSupportOf(scope.db, supportId, realNow(), 'operator');
  if (row === null || !(await endSession(scope.db, actor, beside, more))) return none;
  await endListening(scope, actor.sessionId);
  const back = await restoredCookies(platform, browser, { id: row.operatorSessionId, userId });
  const page = `/admin/tenants/${scope.tenantId}`;
  return ok({
    // The own session is where it began: on this host, or on the platform's.
    url: back === null ? `${linkBase(platform.config)}${page}` : page,
    setCookies: back ?? [expiredCookie(browser.secure), parkedCookie(browser.secure, null)],
  });
}
