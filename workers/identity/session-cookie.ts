/** The session cookie: its name, its signature, its removal. Read at every request without loading the auth library. */
import { parseSigned } from 'hono/utils/cookie';
import type { Platform } from '../env.ts';

/** `__Host-` makes the browser itself refuse a Domain, another path and plain http. */
export const cookieNameOf = (secure: boolean): string => (secure ? '__Host-askpro_session' : 'askpro_session');

/** A key of its own, so that no other signature of ours can pass as a session. */
export const sessionSecretOf = (platform: Platform): string => `session.${platform.config.AUTH_SECRET}`;

/** Longest cookie header we look into. */
const MAX_COOKIE_LENGTH = 8_192;
const MAX_TOKEN_LENGTH = 128;

/** The session token of a `Cookie` header when its signature holds, else null. */
export async function tokenOfCookie(platform: Platform, cookie: string | undefined): Promise<string | null> {
  if (cookie === undefined || cookie.length > MAX_COOKIE_LENGTH || !cookie.includes('askpro_session=')) return null;
  for (const secure of [true, false]) {
    const name = cookieNameOf(secure);
    const value = (await parseSigned(cookie, sessionSecretOf(platform), name))[name];
    if (typeof value === 'string' && value.length <= MAX_TOKEN_LENGTH) return value;
  }
  return null;
}

/** `Set-Cookie` that removes the session cookie. */
export const expiredCookie = (secure: boolean): string =>
  `${cookieNameOf(secure)}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
