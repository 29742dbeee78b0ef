/** Session cookie → actor, asked of D1 at every request. Called by http/authenticate.ts. */
import type { Actor, UserActor } from '../../shared/actor.ts';
import { type Instant, realNow } from '../../shared/clock.ts';
import { isLanguage, DEFAULT_LANGUAGE } from '../../shared/i18n/language.ts';
import type { TenantId } from '../../shared/ids.ts';
import { isRole, isRoleOf, ROLE_PERMISSIONS } from '../../shared/permissions.ts';
import type { Platform } from '../env.ts';
import { prolongSession, type SessionRow, sessionByToken } from '../storage/identity/sessions.ts';
import { tokenOfCookie } from './session-cookie.ts';
import { isConfirmed, prolonged } from './session-life.ts';

/**
 * Null without a cookie, with a forged one, and when the session is unknown, ended or its user disabled. `defer` keeps the note of its use
 * off the answer's path. @param secure https
 */
export async function actorOfSession(
  platform: Platform,
  cookie: string | undefined,
  secure: boolean,
  now: Instant,
  defer: (work: Promise<void>) => void,
): Promise<UserActor | null> {
  const token = await tokenOfCookie(platform, cookie, secure);
  if (token === null) return null;
  const row = await sessionByToken(platform, token, now);
  // A closed tenant is nobody's any more; its people are there again when it is opened again.
  if (row === null || row.tenantStatus === 'closed') return null;
  const actor = userActor(row);
  const { expiresAt, endsAt, usedAt } = row;
  const use = prolonged(
    { expiresAt: expiresAt.getTime(), endsAt: endsAt?.getTime() ?? null, usedAt: usedAt.getTime() },
    actor.role,
    now,
  );
  if (use !== null) defer(prolongSession(platform, row.sessionId, use));
  return actor;
}

/** Whether an actor may do what reaches far: a person who has typed the password lately, or our own machinery. */
export const mayReachFar = (actor: Actor): boolean =>
  actor.kind === 'user' ? isConfirmed(actor.confirmedAt, realNow()) : actor.kind === 'system';

/**
 * What a role may here: nothing in a tenant of another kind (a role of the operator in a business, however it came there), nothing where this
 * version doesn't know it (an old Worker beside a new row). Judged at every request, so at sign-in too.
 */
function userActor(row: SessionRow): UserActor {
  const role = isRole(row.role) ? row.role : 'portal_user';
  return {
    kind: 'user',
    userId: row.userId,
    tenantId: row.tenantId as TenantId,
    realm: row.realm,
    role,
    permissions: isRole(row.role) && isRoleOf(row.tenantType, row.role) ? ROLE_PERMISSIONS[row.role] : [],
    language: isLanguage(row.language) ? row.language : DEFAULT_LANGUAGE,
    sessionId: row.sessionId,
    confirmedAt: row.confirmedAt?.getTime() ?? null,
  };
}
