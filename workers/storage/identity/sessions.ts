/** Sessions on the control plane: the look-up of every request, a person's own ones, their end. Called by identity/. */
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Instant } from '../../../shared/clock.ts';
import type { TenantId } from '../../../shared/ids.ts';
import type { Platform } from '../../env.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { type Beside, changeOnControl, controlOf } from '../control-plane.ts';
import { sessions, users } from '../tables/identity.ts';
import type { TenantDb } from '../tenant-db.ts';

export interface SessionRow {
  sessionId: string;
  realm: string;
  userId: string;
  tenantId: TenantId;
  role: string;
  language: string;
}

/**
 * Entry point of sessions: who a session token belongs to, or null when it is unknown, expired or the user is disabled. Asked at every request,
 * always of the source. The token is the proof, so it is looked up in any realm; user and session must agree on theirs.
 */
export async function sessionByToken(platform: Platform, token: string, realNow: Instant): Promise<SessionRow | null> {
  const rows = await drizzleOn(platformD1(platform))
    .select({
      sessionId: sessions.id,
      realm: sessions.realm,
      userId: users.id,
      tenantId: users.tenantId,
      role: users.role,
      language: users.language,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.userId), eq(users.realm, sessions.realm)))
    .where(and(eq(sessions.token, token), gt(sessions.expiresAt, new Date(realNow)), isNull(users.disabledAt)))
    .limit(1);
  return rows[0] ?? null;
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
