/** Sessions on the control plane: the look-up of every request, a person's own ones, their end. Called by identity/. */
import { and, eq, gt, isNull, lt, ne, sql } from 'drizzle-orm';
import type { Instant } from '../../../shared/clock.ts';
import type { TenantId } from '../../../shared/ids.ts';
import type { Platform } from '../../env.ts';
import type { TenantStatus, TenantType } from '../../../shared/tenant-status.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { type Beside, changeOnControl, controlOf } from '../control-plane.ts';
import { tenantReader } from '../platform-db.ts';
import { sessions, users } from '../tables/identity.ts';
import { tenants } from '../tables/platform.ts';
import type { TenantDb, Write } from '../tenant-db.ts';

export interface SessionRow {
  sessionId: string;
  realm: string;
  userId: string;
  tenantId: TenantId;
  /** null: the tenant is gone */
  tenantType: TenantType | null;
  tenantStatus: TenantStatus | null;
  role: string;
  language: string;
  expiresAt: Date;
  endsAt: Date | null;
  confirmedAt: Date | null;
  usedAt: Date;
}

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
      language: users.language,
      expiresAt: sessions.expiresAt,
      endsAt: sessions.endsAt,
      confirmedAt: sessions.confirmedAt,
      usedAt: sessions.updatedAt,
      tenant: tenants,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.userId), eq(users.realm, sessions.realm)))
    .leftJoin(tenants, eq(tenants.id, users.tenantId))
    .where(and(eq(sessions.token, token), gt(sessions.expiresAt, new Date(realNow)), isNull(users.disabledAt)))
    .limit(1);
  const found = rows[0];
  if (found === undefined) return null;
  const { tenant, ...row } = found;
  // Nearly every request asks for its tenant next: as fresh as the session, and no statement of its own.
  if (tenant !== null) keepTenant(tenant);
  return { ...row, tenantType: tenant?.type ?? null, tenantStatus: tenant?.status ?? null };
}

/** Sets when a session that has just begun ends: `expiresAt` by itself, `endsAt` whatever happens. The password was typed at `confirmedAt`. */
export async function limitSession(
  platform: Platform,
  session: { sessionId: string; realm: string; userId: string },
  limits: { expiresAt: Instant; endsAt: Instant; confirmedAt: Instant },
): Promise<void> {
  const db = drizzleOn(platformD1(platform));
  await db.batch([
    db
      .update(sessions)
      .set({
        expiresAt: new Date(limits.expiresAt),
        endsAt: new Date(limits.endsAt),
        confirmedAt: new Date(limits.confirmedAt),
      })
      .where(eq(sessions.id, session.sessionId)),
    db
      .update(users)
      .set({ lastSignInAt: new Date(limits.confirmedAt) })
      .where(and(eq(users.id, session.userId), eq(users.realm, session.realm))),
  ]);
}

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

export interface OwnSession {
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
    .where(and(eq(sessions.realm, realm), eq(sessions.userId, userId), gt(sessions.expiresAt, new Date(realNow))))
    .orderBy(sql`${sessions.createdAt} DESC`, sql`${sessions.id} DESC`)
    .limit(limit);
}

/** Whether a session is the user's. */
export async function isOwnSession(db: TenantDb, own: OwnSessionKey): Promise<boolean> {
  return (await controlOf(db).select({ id: sessions.id }).from(sessions).where(ownIs(own)).limit(1)).length === 1;
}

export interface OwnSessionKey {
  realm: string;
  userId: string;
  sessionId: string;
}

const ownIs = (own: OwnSessionKey) =>
  and(eq(sessions.realm, own.realm), eq(sessions.userId, own.userId), eq(sessions.id, own.sessionId));

/** Ends one session of the user; false when it is not theirs, and then nothing at all is written. */
export async function endSession(db: TenantDb, own: OwnSessionKey, beside: Beside): Promise<boolean> {
  const gone = controlOf(db).delete(sessions).where(ownIs(own)).returning({ id: sessions.id });
  return (await changeOnControl(db, gone, beside)) !== null;
}
