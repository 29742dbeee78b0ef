/**
 * The owner's consent and the sessions of the support (docs/support.md), on the control plane. Called by identity/, tenants/ and, when a mail is
 * composed, by notifications/.
 */
import { and, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Instant } from '../../../shared/clock.ts';
import type { TenantId } from '../../../shared/ids.ts';
import type { FactorDemand } from '../../../shared/ways-in.ts';
import type { SUPPORT_ENDS } from '../../../shared/support.ts';
import type { Platform } from '../../env.ts';
import { type Beside, changeOnControl, controlOf } from '../control-plane.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { forgetTenant } from '../platform-db.ts';
import { sessions, supportSessions } from '../tables/identity.ts';
import { tenants } from '../tables/platform.ts';
import type { TenantDb, Write } from '../tenant-db.ts';

export type SupportSessionRow = typeof supportSessions.$inferSelect;
type NewSupportSession = typeof supportSessions.$inferInsert;
type SupportEnd = (typeof SUPPORT_ENDS)[number];

/** What the tenant's row says of who may look in and from where its people work; asked of the source. */
interface SecurityFacts {
  supportAccessUntil: number | null;
  supportAccessBy: string | null;
  supportAccessAt: number | null;
  adminNetworks: string[] | null;
  factorDemand: FactorDemand | null;
  factorDemandedFrom: number | null;
}

const factsOf = {
  supportAccessUntil: tenants.supportAccessUntil,
  supportAccessBy: tenants.supportAccessBy,
  supportAccessAt: tenants.supportAccessAt,
  adminNetworks: tenants.adminNetworks,
  factorDemand: tenants.factorDemand,
  factorDemandedFrom: tenants.factorDemandedFrom,
};

/** Of the scope's own tenant, or of another one that its holder looks after. */
export async function securityOf(db: TenantDb, tenantId: TenantId = db.tenantId): Promise<SecurityFacts | null> {
  const [row] = await controlOf(db).select(factsOf).from(tenants).where(eq(tenants.id, tenantId)).limit(1);
  return row ?? null;
}

/** Writes what the tenant's row says of it, with the audit row. @param more what ends with it */
export async function setSecurity(
  db: TenantDb,
  set: Partial<SecurityFacts>,
  beside: Beside,
  more: readonly Write[] = [],
): Promise<boolean> {
  const change = controlOf(db)
    .update(tenants)
    .set(set)
    .where(eq(tenants.id, db.tenantId))
    .returning({ id: tenants.id });
  try {
    return (await changeOnControl(db, change, beside, more)) !== null;
  } finally {
    forgetTenant(db.tenantId);
  }
}

const isRunning = (now: Instant) => and(isNull(supportSessions.endedAt), gt(supportSessions.endsAt, now));

/** Ids of the sessions that look at the tenant now. */
export async function runningSessions(db: TenantDb, now: Instant): Promise<string[]> {
  const rows = await controlOf(db)
    .select({ id: sessions.id })
    .from(supportSessions)
    .innerJoin(sessions, eq(sessions.supportId, supportSessions.id))
    .where(and(eq(supportSessions.tenantId, db.tenantId), isRunning(now)))
    .limit(MAX_RUNNING);
  return rows.map(({ id }) => id);
}
/** Of one tenant at once; what is more, ends with the consent all the same. */
const MAX_RUNNING = 50;

/** Ends the support's sessions of the tenant: one, or (null) all. For a batch with what ends them. */
export function endSupportOf(db: TenantDb, supportId: string | null, now: Instant, by: SupportEnd): Write[] {
  const ofTenant = and(
    eq(supportSessions.tenantId, db.tenantId),
    supportId === null ? undefined : eq(supportSessions.id, supportId),
    isRunning(now),
  );
  const control = controlOf(db);
  return [
    control
      .delete(sessions)
      .where(
        inArray(sessions.supportId, control.select({ id: supportSessions.id }).from(supportSessions).where(ofTenant)),
      ),
    control.update(supportSessions).set({ endedAt: now, endedBy: by, tokenHash: null }).where(ofTenant),
  ];
}

/** A session of the support in the name of a user. */
export interface SupportCookie {
  id: string;
  token: string;
  realm: string;
  userId: string;
  impersonatedBy: string;
  supportId: string;
  endsAt: Instant;
  now: Instant;
  userAgent: string | null;
}

const sessionOf = (db: TenantDb, one: SupportCookie): Write => {
  const [at, ends] = [new Date(one.now), new Date(one.endsAt)];
  const { endsAt: _endsAt, now: _now, ...row } = one;
  return controlOf(db)
    .insert(sessions)
    .values({ ...row, expiresAt: ends, endsAt: ends, createdAt: at, updatedAt: at });
};

/** The row of a session of the support, and the session itself unless another host gets it. */
export async function insertSupport(
  db: TenantDb,
  row: Omit<NewSupportSession, 'tenantId'>,
  session: SupportCookie | null,
  beside: Beside,
): Promise<void> {
  const insert = controlOf(db)
    .insert(supportSessions)
    .values({ ...row, tenantId: db.tenantId })
    .returning({ id: supportSessions.id });
  await changeOnControl(db, insert, beside, session === null ? [] : [sessionOf(db, session)]);
}

/** The row behind the secret of a handover, with the tenant's consent; null: nobody's. */
export async function supportByToken(
  platform: Platform,
  tokenHash: string,
): Promise<{ row: SupportSessionRow; until: number | null } | null> {
  const [found] = await drizzleOn(platformD1(platform))
    .select({ row: supportSessions, until: tenants.supportAccessUntil })
    .from(supportSessions)
    .innerJoin(tenants, eq(tenants.id, supportSessions.tenantId))
    .where(eq(supportSessions.tokenHash, tokenHash))
    .limit(1);
  return found ?? null;
}

/** Uses a handover up and makes its session; false: somebody was faster, and nothing is written. */
export async function takeHandover(
  db: TenantDb,
  tokenHash: string,
  session: SupportCookie,
  beside: Beside,
): Promise<boolean> {
  const used = controlOf(db)
    .update(supportSessions)
    .set({ tokenHash: null })
    .where(
      and(
        eq(supportSessions.tenantId, db.tenantId),
        eq(supportSessions.id, session.supportId),
        eq(supportSessions.tokenHash, tokenHash),
      ),
    )
    .returning({ id: supportSessions.id });
  return (await changeOnControl(db, used, beside, [sessionOf(db, session)])) !== null;
}

/** One session of the support at the tenant. */
export async function supportSessionOf(db: TenantDb, id: string): Promise<SupportSessionRow | null> {
  const [row] = await controlOf(db)
    .select()
    .from(supportSessions)
    .where(and(eq(supportSessions.tenantId, db.tenantId), eq(supportSessions.id, id)))
    .limit(1);
  return row ?? null;
}

/** A page of them, newest first. */
export const supportSessionPage = (
  db: TenantDb,
  after: { startedAt: number; id: string } | null,
  limit: number,
): Promise<SupportSessionRow[]> =>
  controlOf(db)
    .select()
    .from(supportSessions)
    .where(
      and(
        eq(supportSessions.tenantId, db.tenantId),
        // The first page begins at the end of time, so that each is a search of its index.
        sql`(${supportSessions.startedAt}, ${supportSessions.id}) < (${after?.startedAt ?? Number.MAX_SAFE_INTEGER}, ${after?.id ?? ''})`,
      ),
    )
    .orderBy(desc(supportSessions.startedAt), desc(supportSessions.id))
    .limit(limit);

/** Names of people of the operator who have looked in, by user id: the tenant can't look them up. */
export async function operatorNames(db: TenantDb, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return new Map();
  const rows = await controlOf(db)
    .selectDistinct({ id: supportSessions.operatorId, name: supportSessions.operatorName })
    .from(supportSessions)
    .where(
      and(
        eq(supportSessions.tenantId, db.tenantId),
        sql`${supportSessions.operatorId} IN (SELECT value FROM json_each(${JSON.stringify(unique)}))`,
      ),
    )
    .limit(MAX_NAMES);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
const MAX_NAMES = 100;

/** The operator's own session while it lasts: how it goes on when a session of the support is left. Null: it has ended. @param session the only one it may be; null: any */
export async function ownSessionOf(
  platform: Platform,
  token: string,
  session: { id: string; userId: string } | null,
  now: Instant,
): Promise<{ endsAt: Date | null; createdAt: Date } | null> {
  const [row] = await drizzleOn(platformD1(platform))
    .select({ endsAt: sessions.endsAt, createdAt: sessions.createdAt })
    .from(sessions)
    .where(
      and(
        eq(sessions.token, token),
        session === null ? undefined : and(eq(sessions.id, session.id), eq(sessions.userId, session.userId)),
        isNull(sessions.impersonatedBy),
        gt(sessions.expiresAt, new Date(now)),
      ),
    )
    .limit(1);
  return row ?? null;
}
