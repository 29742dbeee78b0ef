/** D1 rows of alarms. Control plane, over all tenants: what a tenant may see of them is its own number in its health. Called by alarms/ and operations/. */
import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { AlarmKind, AlarmState } from '../../../shared/alarm-kinds.ts';
import type { TenantId } from '../../../shared/ids.ts';
import type { Platform } from '../../env.ts';
import { changedOr, orm } from '../d1.ts';
import { type AlarmDetail, alarms } from '../tables/alarms.ts';
import { tenants } from '../tables/platform.ts';
import { TenantDb, type Write } from '../tenant-db.ts';

export type AlarmRow = typeof alarms.$inferSelect & { tenantName: string | null };
export type { AlarmDetail };

/** Rows removed by one run of the cron. */
const PURGE_ALARMS = 1_000;
/** Open alarms looked at to count them by kind: more than so many are one fault. */
const MAX_COUNTED = 1_000;

const about = ({ kind, subject }: { kind: AlarmKind; subject: string }): SQL | undefined =>
  and(eq(alarms.kind, kind), eq(alarms.subject, subject));

/** Counts up the row of this kind and subject, opens it again when it was cleared, or writes it. @returns whether it was not open before */
export async function keepAlarm(
  platform: Platform,
  alarm: {
    id: string;
    kind: AlarmKind;
    subject: string;
    tenantId: TenantId | null;
    detail: AlarmDetail;
    at: number;
  },
): Promise<boolean> {
  const { id, kind, subject, tenantId, detail, at } = alarm;
  const [row] = await orm(platform)
    .insert(alarms)
    .values({
      id,
      kind,
      subject,
      tenantId,
      firstSeenAt: at,
      openedAt: at,
      lastSeenAt: at,
      count: 1,
      detail,
      state: 'open',
    })
    .onConflictDoUpdate({
      target: [alarms.kind, alarms.subject],
      set: {
        tenantId,
        detail,
        lastSeenAt: at,
        count: sql`${alarms.count} + 1`,
        openedAt: sql`CASE WHEN ${alarms.state} = 'open' THEN ${alarms.openedAt} ELSE ${at} END`,
        state: 'open',
        clearedAt: null,
        clearedBy: null,
        reason: null,
      },
    })
    .returning({ openedAt: alarms.openedAt, lastSeenAt: alarms.lastSeenAt });
  return row?.openedAt === row?.lastSeenAt;
}

interface Clearing {
  at: number;
  /** as `causerOf` says, or what judged it well again */
  by: string;
  reason?: string;
}
const cleared = ({ at, by, reason }: Clearing) => ({
  state: 'cleared' as const,
  clearedAt: at,
  clearedBy: by,
  reason: reason ?? null,
});

/** Ends an open alarm; false when none of this kind and subject is open. */
export async function endAlarm(
  platform: Platform,
  alarm: { kind: AlarmKind; subject: string },
  clearing: Clearing,
): Promise<boolean> {
  const ended = await orm(platform)
    .update(alarms)
    .set(cleared(clearing))
    .where(and(about(alarm), eq(alarms.state, 'open')))
    .returning({ id: alarms.id });
  return ended.length > 0;
}

/** Ends an open alarm by its id, with the audit row of who did; false, and nothing is written, when it is not open. @param db of the operator, on the control plane's shard */
export async function endAlarmById(
  db: TenantDb,
  id: string,
  clearing: Clearing,
  along: readonly Write[],
): Promise<boolean> {
  const control = orm(TenantDb.platformOf(db));
  const update = control
    .update(alarms)
    .set(cleared(clearing))
    .where(and(eq(alarms.id, id), eq(alarms.state, 'open')))
    .returning({ id: alarms.id });
  return (await changedOr(control, update, along)) !== null;
}

const shown = (platform: Platform) =>
  orm(platform)
    .select({ alarm: alarms, tenantName: tenants.name })
    .from(alarms)
    .leftJoin(tenants, eq(tenants.id, alarms.tenantId));

export async function alarmById(db: TenantDb, id: string): Promise<AlarmRow | null> {
  const [row] = await shown(TenantDb.platformOf(db)).where(eq(alarms.id, id)).limit(1);
  return row === undefined ? null : { ...row.alarm, tenantName: row.tenantName };
}

/** Alarms by their ids, a few dozen at most. @param db the operator's */
export async function alarmsByIds(db: TenantDb, ids: readonly string[]): Promise<AlarmRow[]> {
  if (ids.length === 0) return [];
  const rows = await shown(TenantDb.platformOf(db)).where(inArray(alarms.id, [...ids]));
  return rows.map(({ alarm, tenantName }) => ({ ...alarm, tenantName }));
}

/** A page of the alarms of all tenants, youngest first. @param db the operator's */
export async function alarmPage(
  db: TenantDb,
  asked: {
    state: AlarmState;
    kind?: AlarmKind | undefined;
    after: { openedAt: number; id: string } | null;
    limit: number;
  },
): Promise<AlarmRow[]> {
  const { state, kind, after, limit } = asked;
  const rows = await shown(TenantDb.platformOf(db))
    .where(
      and(
        eq(alarms.state, state),
        kind === undefined ? undefined : eq(alarms.kind, kind),
        after === null ? undefined : sql`(${alarms.openedAt}, ${alarms.id}) < (${after.openedAt}, ${after.id})`,
      ),
    )
    .orderBy(desc(alarms.openedAt), desc(alarms.id))
    .limit(limit);
  return rows.map(({ alarm, tenantName }) => ({ ...alarm, tenantName }));
}

export interface OpenAlarm {
  kind: AlarmKind;
  subject: string;
  openedAt: number;
  lastSeenAt: number;
}

/** Open alarms, youngest first and at most a thousand: of one tenant, or of all with the platform's own. */
export async function openAlarms(platform: Platform, tenantId: TenantId | null): Promise<OpenAlarm[]> {
  return orm(platform)
    .select({
      kind: alarms.kind,
      subject: alarms.subject,
      openedAt: alarms.openedAt,
      lastSeenAt: alarms.lastSeenAt,
    })
    .from(alarms)
    .where(and(eq(alarms.state, 'open'), tenantId === null ? undefined : eq(alarms.tenantId, tenantId)))
    .orderBy(desc(alarms.openedAt), desc(alarms.id))
    .limit(MAX_COUNTED);
}

/** Removes alarms that were cleared before an instant, a bounded part of them. */
export async function purgeAlarms(platform: Platform, before: number): Promise<number> {
  const old = sql`id IN (SELECT id FROM alarms WHERE cleared_at < ${before} LIMIT ${PURGE_ALARMS})`;
  const gone = await orm(platform).delete(alarms).where(old).returning({ id: alarms.id });
  return gone.length;
}
