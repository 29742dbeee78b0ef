/** The session cookie: its name, its signature, its removal. Read at every request without loading the auth library. */
import { parseSigned, serializeSigned } from 'hono/utils/cookie';
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
export const tokenOfCookie = (
  platform: Platform,
  cookie: string | undefined,
  secure: boolean,
): Promise<string | null> => tokenIn(platform, cookie, cookieNameOf(secure));

async function tokenIn(platform: Platform, cookie: string | undefined, name: string): Promise<string | null> {
  if (cookie === undefined || cookie.length > MAX_COOKIE_LENGTH || !cookie.includes(`${name}=`)) return null;
  const value = (await parseSigned(cookie, sessionSecretOf(platform), name))[name];
  return typeof value === 'string' && value.length <= MAX_TOKEN_LENGTH ? value : null;
}

/**
 * `Set-Cookie` of a session. @param signed value of the cookie as the library signed it, null removes it
 * @param seconds how long the browser keeps it; null: until it is closed
 */
export const sessionCookie = (secure: boolean, signed: string | null, seconds: number | null): string =>
  cookieOf(cookieNameOf(secure), secure, signed, seconds);

const cookieOf = (name: string, secure: boolean, signed: string | null, seconds: number | null): string =>
  [
    `${name}=${signed ?? ''}`,
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

// ---------------------------------------------------------------- a session of the support

/** Where the operator's own session waits while a session of the support has its place: nothing but the way back reads it. */
const parkedNameOf = (secure: boolean): string => (secure ? '__Host-askpro_parked' : 'askpro_parked');

/** `Set-Cookie` that lays a signed session aside; null removes it. It goes with the browser. */
export const parkedCookie = (secure: boolean, signed: string | null): string =>
  cookieOf(parkedNameOf(secure), secure, signed, signed === null ? 0 : null);

/** The token of the session that was laid aside, when its signature holds. */
export const parkedToken = (platform: Platform, cookie: string | undefined, secure: boolean): Promise<string | null> =>
  tokenIn(platform, cookie, parkedNameOf(secure));

/** A token as its cookie carries it: signed as the library signs. */
export async function signedToken(platform: Platform, token: string): Promise<string> {
  const line = await serializeSigned('t', token, sessionSecretOf(platform));
  return line.slice(2).split(';')[0] ?? '';
}
