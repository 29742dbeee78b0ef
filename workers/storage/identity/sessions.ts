/** Sessions on the control plane: the look-up of every request, a person's own ones, their end. Called by identity/. */
import { and, eq, gt, isNull, lt, ne, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Instant } from '../../../shared/clock.ts';
import type { TenantId } from '../../../shared/ids.ts';
import type { Platform } from '../../env.ts';
import type { FactorDemand } from '../../../shared/ways-in.ts';
import type { TenantStatus, TenantType } from '../../../shared/tenant-status.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { type Beside, changeOnControl, controlOf } from '../control-plane.ts';
import { tenantReader } from '../platform-db.ts';
import { roles, sessions, supportSessions, users } from '../tables/identity.ts';
import { tenants } from '../tables/platform.ts';
import type { TenantDb, Write } from '../tenant-db.ts';
import { ownRoleOfUser } from './roles.ts';

export interface SessionRow {
  sessionId: string;
  realm: string;
  userId: string;
  tenantId: TenantId;
  /** null: the tenant is gone */
  tenantType: TenantType | null;
  tenantStatus: TenantStatus | null;
  role: string;
  customRoleId: string | null;
  /** null: no role of the tenant's own, or it is gone */
  ownRoleName: string | null;
  customPermissions: string[] | null;
  companyIds: string[] | null;
  branchIds: string[] | null;
  ownOnly: boolean;
  language: string;
  expiresAt: Date;
  endsAt: Date | null;
  confirmedAt: Date | null;
  usedAt: Date;
  /** user of the operator whose session of the support it is; null: the user's own */
  impersonatedBy: string | null;
  supportId: string | null;
  provenTwice: boolean;
  /** networks that the tenant's people work from; null: any */
  adminNetworks: readonly string[] | null;
  /** of whom a second factor is demanded, and from when on; null: of nobody */
  factorDemand: FactorDemand | null;
  factorDemandedFrom: number | null;
}

/** Who looks in, and the session of theirs that it hangs on. */
const operator = alias(users, 'operator');
const operatorSession = alias(sessions, 'operator_session');
/** A session of the support lasts as long as the owner's consent, its own row and the operator's own session. */
const isStillAllowed = (realNow: Instant) =>
  or(
    isNull(sessions.impersonatedBy),
    and(
      gt(tenants.supportAccessUntil, realNow),
      isNull(supportSessions.endedAt),
      gt(supportSessions.endsAt, realNow),
      eq(operator.id, sessions.impersonatedBy),
    ),
  );

/**
 * Entry point of sessions: who a session token belongs to, or null when it is unknown, expired or the user is disabled. Asked at every request,
 * always of the source. The token is the proof, so it is looked up in any realm; user and session must agree on theirs.
 */
export async function sessionByToken(platform: Platform, token: string, realNow: Instant): Promise<SessionRow | null> {
  const keepTenant = tenantReader();
  const rows = await drizzleOn(platformD1(platform))
    .select({
      sessionId: sessions.id,
      realm: sessions.realm,
      userId: users.id,
      tenantId: users.tenantId,
      role: users.role,
      customRoleId: users.customRoleId,
      ownRoleName: roles.name,
      customPermissions: roles.permissions,
      companyIds: users.companyIds,
      branchIds: users.branchIds,
      ownOnly: users.ownOnly,
      language: users.language,
      expiresAt: sessions.expiresAt,
      endsAt: sessions.endsAt,
      confirmedAt: sessions.confirmedAt,
      usedAt: sessions.updatedAt,
      impersonatedBy: sessions.impersonatedBy,
      supportId: sessions.supportId,
      provenTwice: sessions.provenTwice,
      tenant: tenants,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.userId), eq(users.realm, sessions.realm)))
    .leftJoin(tenants, eq(tenants.id, users.tenantId))
    .leftJoin(roles, ownRoleOfUser)
    .leftJoin(
      supportSessions,
      and(eq(supportSessions.tenantId, users.tenantId), eq(supportSessions.id, sessions.supportId)),
    )
    .leftJoin(
      operatorSession,
      and(
        eq(operatorSession.id, supportSessions.operatorSessionId),
        gt(operatorSession.expiresAt, new Date(realNow)),
        isNull(operatorSession.impersonatedBy),
      ),
    )
    .leftJoin(
      operator,
      and(
        eq(operator.id, operatorSession.userId),
        eq(operator.realm, operatorSession.realm),
        eq(operator.role, 'super_admin'),
        isNull(operator.disabledAt),
      ),
    )
    .where(
      and(
        eq(sessions.token, token),
        gt(sessions.expiresAt, new Date(realNow)),
        isNull(users.disabledAt),
        isStillAllowed(realNow),
      ),
    )
    .limit(1);
  const found = rows[0];
  if (found === undefined) return null;
  const { tenant, ...row } = found;
  // Nearly every request asks for its tenant next: as fresh as the session, and no statement of its own.
  if (tenant !== null) keepTenant(tenant);
  return {
    ...row,
    tenantType: tenant?.type ?? null,
    tenantStatus: tenant?.status ?? null,
    adminNetworks: tenant?.adminNetworks ?? null,
    factorDemand: tenant?.factorDemand ?? null,
    factorDemandedFrom: tenant?.factorDemandedFrom ?? null,
  };
}

/** A session that somebody begins without the library: by a link, a passkey, a second factor. */
export async function insertSession(platform: Platform, session: typeof sessions.$inferInsert): Promise<void> {
  await drizzleOn(platformD1(platform)).insert(sessions).values(session);
}

/**
 * Sets when a session that began at `beganAt` ends: `expiresAt` by itself, `endsAt` whatever happens. The password was typed at
 * `confirmedAt`; null: it was not. `provenTwice`: it was begun by two proofs.
 */
export async function limitSession(
  platform: Platform,
  session: { sessionId: string; realm: string; userId: string },
  limits: { expiresAt: Instant; endsAt: Instant; beganAt: Instant; confirmedAt: Instant | null; provenTwice: boolean },
): Promise<void> {
  const db = drizzleOn(platformD1(platform));
  await db.batch([
    db
      .update(sessions)
      .set({
        expiresAt: new Date(limits.expiresAt),
        endsAt: new Date(limits.endsAt),
        confirmedAt: limits.confirmedAt === null ? null : new Date(limits.confirmedAt),
        provenTwice: limits.provenTwice,
      })
      .where(eq(sessions.id, session.sessionId)),
    db
      .update(users)
      .set({ lastSignInAt: new Date(limits.beganAt) })
      .where(and(eq(users.id, session.userId), eq(users.realm, session.realm))),
  ]);
}

/** In this session a second factor was set up: it counts as begun by it. For a batch with the factor. */
export const markProvenTwice = (db: TenantDb, own: OwnSessionKey): Write =>
  controlOf(db).update(sessions).set({ provenTwice: true }).where(ownIs(own));

/** Ends the sessions of a user, but for `except`. For a batch with the reason. */
export const endSessionsOf = (db: TenantDb, user: { id: string; realm: string }, except = ''): Write =>
  controlOf(db)
    .delete(sessions)
    .where(and(eq(sessions.realm, user.realm), eq(sessions.userId, user.id), ne(sessions.id, except)));

/** Moves the end of a used session on. Requests beside each other may all say so: the latest stays. */
export async function prolongSession(
  platform: Platform,
  sessionId: string,
  use: { expiresAt: Instant; usedAt: Instant },
): Promise<void> {
  await drizzleOn(platformD1(platform))
    .update(sessions)
    .set({ expiresAt: new Date(use.expiresAt), updatedAt: new Date(use.usedAt) })
    .where(and(eq(sessions.id, sessionId), lt(sessions.updatedAt, new Date(use.usedAt))));
}

/** The user has typed the password again. False: the session is gone, and then nothing at all is written. */
export async function confirmSession(db: TenantDb, own: OwnSessionKey, at: Instant, beside: Beside): Promise<boolean> {
  const confirmed = controlOf(db)
    .update(sessions)
    .set({ confirmedAt: new Date(at) })
    .where(ownIs(own))
    .returning({ id: sessions.id });
  return (await changeOnControl(db, confirmed, beside)) !== null;
}

interface OwnSession {
  id: string;
  createdAt: Date;
  expiresAt: Date;
  userAgent: string | null;
}

/** A user's live sessions, newest first. */
export async function sessionsOf(
  db: TenantDb,
  realm: string,
  userId: string,
  realNow: Instant,
  limit: number,
): Promise<OwnSession[]> {
  return controlOf(db)
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      expiresAt: sessions.expiresAt,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.realm, realm),
        eq(sessions.userId, userId),
        gt(sessions.expiresAt, new Date(realNow)),
        // The support's are told where the consent is given.
        isNull(sessions.impersonatedBy),
      ),
    )
    .orderBy(sql`${sessions.createdAt} DESC`, sql`${sessions.id} DESC`)
    .limit(limit);
}

/** Whether a session is the user's. */
export async function isOwnSession(db: TenantDb, own: OwnSessionKey): Promise<boolean> {
  return (await controlOf(db).select({ id: sessions.id }).from(sessions).where(ownIs(own)).limit(1)).length === 1;
}

interface OwnSessionKey {
  realm: string;
  userId: string;
  sessionId: string;
}

const ownIs = (own: OwnSessionKey) =>
  and(eq(sessions.realm, own.realm), eq(sessions.userId, own.userId), eq(sessions.id, own.sessionId));

/** Ends one session of the user; false when it is not theirs, and then nothing at all is written. @param more what ends with it */
export async function endSession(
  db: TenantDb,
  own: OwnSessionKey,
  beside: Beside,
  more: readonly Write[] = [],
): Promise<boolean> {
  const gone = controlOf(db).delete(sessions).where(ownIs(own)).returning({ id: sessions.id });
  return (await changeOnControl(db, gone, beside, more)) !== null;
}
