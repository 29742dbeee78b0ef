/** Session cookie → actor, asked of D1 at every request. Called by http/authenticate.ts. */
import type { Actor, UserActor } from '../../shared/actor.ts';
import { type Instant, realNow } from '../../shared/clock.ts';
import { isLanguage, DEFAULT_LANGUAGE } from '../../shared/i18n/language.ts';
import type { TenantId } from '../../shared/ids.ts';
import { administers, isOfSupport, isRole, type Permission, permissionsOf } from '../../shared/permissions.ts';
import type { Platform } from '../env.ts';
import { prolongSession, type SessionRow, sessionByToken } from '../storage/identity/sessions.ts';
import { reachOfUser } from './rules/reach.ts';
import { tokenOfCookie } from './session-cookie.ts';
import { isFrom } from './networks.ts';
import { isConfirmed, prolonged } from './session-life.ts';

/** Whose session it is; `elsewhere`: it is well, and its request comes from outside the networks that the account's people work from. */
type SessionActor = UserActor | 'elsewhere' | null;

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
  const found = await sessionActor(platform, { cookie, secure, address: null }, now, defer);
  return found === 'elsewhere' ? null : found;
}

/** The same, judged by where the request comes from too. @param address null: wherever it comes from (signing out) */
export async function sessionActor(
  platform: Platform,
  { cookie, secure, address }: { cookie: string | undefined; secure: boolean; address: string | null },
  now: Instant,
  defer: (work: Promise<void>) => void,
): Promise<SessionActor> {
  const token = await tokenOfCookie(platform, cookie, secure);
  if (token === null) return null;
  const row = await sessionByToken(platform, token, now);
  // A closed tenant is nobody's any more; its people are there again when it is opened again.
  if (row === null || row.tenantStatus === 'closed') return null;
  const actor = userActor(row);
  if (address !== null && !isAtHome(actor, row.adminNetworks, address)) return 'elsewhere';
  const { expiresAt, endsAt, usedAt } = row;
  const use = prolonged(
    { expiresAt: expiresAt.getTime(), endsAt: endsAt?.getTime() ?? null, usedAt: usedAt.getTime() },
    actor.role,
    now,
  );
  if (use !== null) defer(prolongSession(platform, row.sessionId, use));
  return actor;
}

/**
 * Whether people of the panels may work from an address. Who only pays in the portal may from anywhere; the support is let in by the owner's
 * consent, wherever it works.
 */
const isAtHome = ({ role, impersonator }: UserActor, networks: readonly string[] | null, address: string): boolean =>
  networks === null ||
  networks.length === 0 ||
  role === 'portal_user' ||
  impersonator !== undefined ||
  isFrom(address, networks);

/** Whether an actor may do what reaches far: a person who has typed the password lately, or our own machinery. */
export const mayReachFar = (actor: Actor): boolean =>
  actor.kind === 'user' ? isConfirmed(actor.confirmedAt, realNow()) : actor.kind === 'system';

/** The support is let in by the owner's consent; its own sign-in is judged where it was made. */
const demandedOf = (
  { factorDemand, factorDemandedFrom: from }: SessionRow,
  held: readonly Permission[],
): Pick<UserActor, 'factorDemandedFrom'> =>
  from !== null && (factorDemand === 'everybody' || (factorDemand === 'administrators' && administers(held)))
    ? { factorDemandedFrom: from }
    : {};

/** Whether a session may do nothing but set a second factor up: one is demanded by now, and it has proven none. */
export const owesFactor = (actor: UserActor): boolean =>
  isFactorMissing(actor) && (actor.factorDemandedFrom ?? Infinity) <= realNow();

/** Whether a second factor is or will be demanded, and this session has proven none. */
export const isFactorMissing = (actor: UserActor): boolean =>
  actor.factorDemandedFrom !== undefined && actor.provenTwice !== true;

/** Who it is, what they may and how far they reach: judged at every request, so at sign-in too. */
function userActor(row: SessionRow): UserActor {
  // An old Worker beside a new row: nothing is allowed then.
  const role = isRole(row.role) ? row.role : 'portal_user';
  const { impersonatedBy, supportId } = row;
  const held = permissionsOf(row, row.tenantType);
  return {
    kind: 'user',
    userId: row.userId,
    tenantId: row.tenantId as TenantId,
    realm: row.realm,
    role,
    ownRole: row.customRoleId === null ? null : { id: row.customRoleId, name: row.ownRoleName ?? '' },
    permissions: impersonatedBy === null ? held : held.filter(isOfSupport),
    reach: reachOfUser({ ...row, id: row.userId }),
    language: isLanguage(row.language) ? row.language : DEFAULT_LANGUAGE,
    sessionId: row.sessionId,
    confirmedAt: row.confirmedAt?.getTime() ?? null,
    provenTwice: row.provenTwice,
    ...(impersonatedBy === null ? demandedOf(row, held) : {}),
    ...(impersonatedBy === null || supportId === null ? {} : { impersonator: { userId: impersonatedBy, supportId } }),
  };
}
