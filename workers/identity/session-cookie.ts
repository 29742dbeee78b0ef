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

/**
 * The session token of a `Cookie` header when its signature holds, else null.
 * @param secure https: only the name that a sibling host can't set counts
 */
export async function tokenOfCookie(
  platform: Platform,
  cookie: string | undefined,
  secure: boolean,
): Promise<string | null> {
  const name = cookieNameOf(secure);
  if (cookie === undefined || cookie.length > MAX_COOKIE_LENGTH || !cookie.includes(`${name}=`)) return null;
  const value = (await parseSigned(cookie, sessionSecretOf(platform), name))[name];
  return typeof value === 'string' && value.length <= MAX_TOKEN_LENGTH ? value : null;
}

/**
 * `Set-Cookie` of a session. @param signed value of the cookie as the library signed it, null removes it
 * @param seconds how long the browser keeps it; null: until it is closed
 */
export const sessionCookie = (secure: boolean, signed: string | null, seconds: number | null): string =>
  [
    `${cookieNameOf(secure)}=${signed ?? ''}`,
    ...(seconds === null ? [] : [`Max-Age=${seconds}`]),
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    ...(secure ? ['Secure'] : []),
  ].join('; ');

export const expiredCookie = (secure: boolean): string => sessionCookie(secure, null, 0);

/** The signed value in the library's `Set-Cookie` lines; null where it set none. */
export function signedValueOf(lines: readonly string[], secure: boolean): string | null {
  const start = `${cookieNameOf(secure)}=`;
  return (
    lines
      .find((line) => line.startsWith(start))
      ?.slice(start.length)
      .split(';')[0] ?? null
  );
}
