/** Session cookie → actor, asked of D1 at every request. Called by http/authenticate.ts. */
import type { UserActor } from '../../shared/actor.ts';
import type { Instant } from '../../shared/clock.ts';
import { isLanguage, DEFAULT_LANGUAGE } from '../../shared/i18n/language.ts';
import type { TenantId } from '../../shared/ids.ts';
import { isRole, ROLE_PERMISSIONS } from '../../shared/permissions.ts';
import type { Platform } from '../env.ts';
import { type SessionRow, sessionByToken } from '../storage/identity/sessions.ts';
import { tokenOfCookie } from './session-cookie.ts';

/** Null without a cookie, with a forged one, and when the session is unknown, ended or its user disabled. */
export async function actorOfSession(
  platform: Platform,
  cookie: string | undefined,
  realNow: Instant,
): Promise<UserActor | null> {
  const token = await tokenOfCookie(platform, cookie);
  if (token === null) return null;
  const row = await sessionByToken(platform, token, realNow);
  return row === null ? null : userActor(row);
}

/** A role that this version doesn't know has no permissions (an old Worker beside a new row). */
function userActor(row: SessionRow): UserActor {
  const role = isRole(row.role) ? row.role : 'portal_user';
  return {
    kind: 'user',
    userId: row.userId,
    tenantId: row.tenantId as TenantId,
    realm: row.realm,
    role,
    permissions: isRole(row.role) ? ROLE_PERMISSIONS[row.role] : [],
    language: isLanguage(row.language) ? row.language : DEFAULT_LANGUAGE,
    sessionId: row.sessionId,
  };
}
