/** The cookie of a sign-in that is gone half: the browser that proved the first thing is the one that proves the second. Called by new-session.ts and factor-routes.ts. */
import { CHALLENGE_LIFE_MS } from '../../shared/ways-in.ts';

const nameOf = (secure: boolean): string => (secure ? '__Host-askpro_challenge' : 'askpro_challenge');
/** 32 bytes in base64url. */
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** `Set-Cookie` of a challenge; null removes it. */
export const challengeCookie = (secure: boolean, secret: string | null): string =>
  `${nameOf(secure)}=${secret ?? ''}; Max-Age=${secret === null ? 0 : CHALLENGE_LIFE_MS / 1_000}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;

/** The secret that a browser sends along; null: none that could be one. */
export function challengeOf(cookie: string | undefined, secure: boolean): string | null {
  const pairs = (cookie ?? '').slice(0, 8_192).split(/;\s*/);
  const value = pairs.find((pair) => pair.startsWith(`${nameOf(secure)}=`))?.slice(nameOf(secure).length + 1) ?? '';
  return SECRET.test(value) ? value : null;
}
