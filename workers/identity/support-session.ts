/**
 * Sessions of the support (docs/support.md): the row and cookie of one, and how the operator's own session comes back. Called by commands/, by
 * tenants/commands/begin-support.ts and, where one has run out, by tenancy/web-page.ts.
 */
import { type UserActor, WHOLE_REACH } from '../../shared/actor.ts';
import { toBase64Url } from '../../shared/base64.ts';
import { asInstant, type Instant, realNow } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import type { Platform } from '../env.ts';
import { ownSessionOf, type SupportCookie, type SupportSessionRow } from '../storage/identity/support.ts';
import type { UserRow } from '../storage/identity/users.ts';
import { parkedCookie, parkedToken, sessionCookie, signedToken } from './session-cookie.ts';
import { isRemembered } from './session-life.ts';

const SECRET_BYTES = 32;
const MAX_AGENT = 300;

/** A secret nobody guesses: token of a session, or of the link that hands one over. */
export const newSecret = (): string => toBase64Url(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));

/** The session of a support row for the browser that asks. */
export const supportCookieOf = (
  row: Pick<SupportSessionRow, 'id' | 'operatorId' | 'endsAt'>,
  user: Pick<UserRow, 'id' | 'realm'>,
  userAgent: string | undefined,
  now: Instant,
): SupportCookie => ({
  id: newId('session', now),
  token: newSecret(),
  realm: user.realm,
  userId: user.id,
  impersonatedBy: row.operatorId,
  supportId: row.id,
  endsAt: asInstant(row.endsAt),
  now,
  userAgent: userAgent?.slice(0, MAX_AGENT) ?? null,
});

/** `Set-Cookie` lines of a session of the support. @param parked token of the operator's own session, laid aside; null: it is not on this host */
export async function supportCookies(
  platform: Platform,
  session: SupportCookie,
  secure: boolean,
  parked: string | null,
): Promise<string[]> {
  return [
    sessionCookie(secure, await signedToken(platform, session.token), null),
    ...(parked === null ? [] : [parkedCookie(secure, await signedToken(platform, parked))]),
  ];
}

/** `Set-Cookie` lines that give the operator the own session back; null: it is not here, or has ended. @param of the only one it may be; left out: any */
export async function restoredCookies(
  platform: Platform,
  { cookie, secure }: { cookie: string | undefined; secure: boolean },
  of?: { id: string; userId: string },
): Promise<string[] | null> {
  const token = await parkedToken(platform, cookie, secure);
  if (token === null) return null;
  const now = realNow();
  const own = await ownSessionOf(platform, token, of ?? null, now);
  if (own === null) return null;
  const [from, ends] = [own.createdAt.getTime(), own.endsAt?.getTime() ?? now];
  const seconds = isRemembered(from, ends) ? Math.floor((ends - now) / 1_000) : null;
  return [sessionCookie(secure, await signedToken(platform, token), seconds), parkedCookie(secure, null)];
}

/** Where a person's own pages begin. */
export const homeOf = (role: string): string =>
  role === 'portal_user' ? '/portal' : role.startsWith('reseller') ? '/reseller' : '/admin';

/** The person as the support acts in their name: for the rows of beginning and entering. */
export const actorBehind = (
  user: UserRow,
  session: { id: string },
  row: { id: string; operatorId: string },
): UserActor =>
  ({
    kind: 'user',
    userId: user.id,
    tenantId: user.tenantId,
    realm: user.realm,
    role: 'portal_user',
    ownRole: null,
    permissions: [],
    reach: WHOLE_REACH,
    language: 'de',
    sessionId: session.id,
    confirmedAt: null,
    impersonator: { userId: row.operatorId, supportId: row.id },
  }) satisfies UserActor;
