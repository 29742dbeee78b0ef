/** Uptime, defects and checks before going live. Control plane. Called by operations/. */
import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm';
import type { HealthStatus } from '../../../shared/tenant-status.ts';
import type { DefectState } from '../../../shared/watch-status.ts';
import { DAY } from '../../../shared/time.ts';
import type { Platform } from '../../env.ts';
import { type Beside, changeOnControl } from '../control-plane.ts';
import { orm, platformD1 } from '../d1.ts';
import { alarms } from '../tables/alarms.ts';
import { defects, liveChecks, queueProbes, securityEvents, uptimeChecks, watchMarks } from '../tables/watch.ts';
import { TenantDb } from '../tenant-db.ts';

// ---------------------------------------------------------------- uptime

/** A look at the platform. */
export interface UptimeLook {
  at: number;
  status: HealthStatus;
  ill: string[];
  /** null: D1 was not asked */
  latencyMs: number | null;
}
/** Looks of one statement: a value of D1 holds two megabytes. */
const LOOKS_A_STATEMENT = 2_000;

/** Looks at the platform; a second one of the same instant replaces the first. */
export async function noteUptime(platform: Platform, looks: readonly UptimeLook[]): Promise<void> {
  for (let i = 0; i < looks.length; i += LOOKS_A_STATEMENT)
    await platformD1(platform)
      .prepare(
        `INSERT INTO uptime_checks (at, status, ill, latency_ms)
         SELECT value ->> 'at', value ->> 'status', value -> 'ill', value ->> 'latencyMs' FROM json_each(?1) WHERE true
         ON CONFLICT (at) DO UPDATE SET status = excluded.status, ill = excluded.ill, latency_ms = excluded.latency_ms`,
      )
      .bind(JSON.stringify(looks.slice(i, i + LOOKS_A_STATEMENT)))
      .run();
}

interface UptimeDayRow {
  /** epoch days */
  day: number;
  checks: number;
  down: number;
  degraded: number;
}

/** Looks by day since an instant, oldest first. */
export async function uptimeByDay(platform: Platform, since: number): Promise<UptimeDayRow[]> {
  const { results } = await platformD1(platform)
    .prepare(
      `SELECT at / ${DAY} AS day, count(*) AS checks, sum(status = 'down') AS down, sum(status = 'degraded') AS degraded
       FROM uptime_checks WHERE at >= ?1 GROUP BY at / ${DAY}`,
    )
    .bind(since)
    .all<UptimeDayRow>();
  return results.sort((a, b) => a.day - b.day);
}

interface NotableLook {
  at: number;
  status: HealthStatus;
  ill: string[];
  /** the look before; null: there is none */
  before: number | null;
}

/** The first look of all that are kept. */
export async function firstLook(platform: Platform, since: number): Promise<number | null> {
  const [row] = await orm(platform)
    .select({ at: uptimeChecks.at })
    .from(uptimeChecks)
    .where(sql`${uptimeChecks.at} >= ${since}`)
    .orderBy(uptimeChecks.at)
    .limit(1);
  return row?.at ?? null;
}

/** The last look. */
export async function lastLook(platform: Platform): Promise<{ at: number; status: HealthStatus } | null> {
  const [row] = await orm(platform)
    .select({ at: uptimeChecks.at, status: uptimeChecks.status })
    .from(uptimeChecks)
    .where(sql`${uptimeChecks.at} > 0`)
    .orderBy(desc(uptimeChecks.at))
    .limit(1);
  return row ?? null;
}

/** Looks at which something was not well or behind which lies a hole, with the first one after each that was well again; oldest first. */
export async function notableLooks(
  platform: Platform,
  since: number,
  holeMs: number,
  limit: number,
): Promise<NotableLook[]> {
  const { results } = await platformD1(platform)
    .prepare(
      `SELECT at, status, ill, before FROM (
         SELECT at, status, ill, lag(at) OVER w AS before, lag(status) OVER w AS status_before FROM uptime_checks WHERE at >= ?1 WINDOW w AS (ORDER BY at)
       ) WHERE status <> 'ok' OR coalesce(status_before, 'ok') <> 'ok' OR at - before > ?2 LIMIT ?3`,
    )
    .bind(since, holeMs, limit)
    .all<{ at: number; status: HealthStatus; ill: string; before: number | null }>();
  return results.map((row) => ({ ...row, ill: JSON.parse(row.ill) as string[] })).sort((a, b) => a.at - b.at);
}

// ---------------------------------------------------------------- defects

export type DefectRow = typeof defects.$inferSelect;

/** A page of defects of a state, the one seen last first. */
export const defectPage = (
  platform: Platform,
  { state, after, limit }: { state: DefectState; after: { at: number; id: string } | null; limit: number },
): Promise<DefectRow[]> =>
  orm(platform)
    .select()
    .from(defects)
    .where(
      and(
        eq(defects.state, state),
        after === null ? undefined : sql`(${defects.lastSeenAt}, ${defects.id}) < (${after.at}, ${after.id})`,
      ),
    )
    .orderBy(desc(defects.lastSeenAt), desc(defects.id))
    .limit(limit)
    .all();

export async function defectById(platform: Platform, id: string): Promise<DefectRow | null> {
  const [row] = await orm(platform).select().from(defects).where(eq(defects.id, id)).limit(1);
  return row ?? null;
}

/** A person's word on a defect, with its audit row; null, and nothing is written, when somebody was faster. @param db the operator's */
export async function settleDefect(
  db: TenantDb,
  { id, version }: { id: string; version: number },
  said: { state: DefectState; by: string; note: string; at: number },
  beside: Beside,
): Promise<DefectRow | null> {
  const { state, by, note, at } = said;
  const rows = await changeOnControl(
    db,
    orm(TenantDb.platformOf(db))
      .update(defects)
      .set({
        state,
        stateBy: by,
        note,
        version: sql`${defects.version} + 1`,
        ...(state === 'open' ? { openedAt: at } : {}),
      })
      .where(and(eq(defects.id, id), eq(defects.version, version)))
      .returning(),
    beside,
  );
  return (rows?.[0] as DefectRow | undefined) ?? null;
}

/** Defects seen after an instant, the oldest look first. */
export const defectsSeenAfter = (platform: Platform, after: number, limit: number): Promise<DefectRow[]> =>
  orm(platform)
    .select()
    .from(defects)
    .where(gt(defects.lastSeenAt, after))
    .orderBy(asc(defects.lastSeenAt))
    .limit(limit)
    .all();

const FORWARDED = 'defects_forwarded';
/** Up to when defects were told outside; null: none was ever. */
export async function forwardMark(platform: Platform): Promise<number | null> {
  const [mark] = await orm(platform).select().from(watchMarks).where(eq(watchMarks.name, FORWARDED)).limit(1);
  return mark?.at ?? null;
}
/** It never goes back. */
export async function moveForwardMark(platform: Platform, at: number): Promise<void> {
  await orm(platform)
    .insert(watchMarks)
    .values({ name: FORWARDED, at })
    .onConflictDoUpdate({ target: watchMarks.name, set: { at }, setWhere: lt(watchMarks.at, at) });
}

/** Open defects for which no alarm was raised since they were opened; a bounded part of them. */
export const unalarmedDefects = (platform: Platform, limit: number): Promise<DefectRow[]> =>
  orm(platform)
    .select()
    .from(defects)
    .where(and(eq(defects.state, 'open'), sql`${defects.alarmedAt} IS NOT ${defects.openedAt}`))
    .orderBy(desc(defects.lastSeenAt), desc(defects.id))
    .limit(limit)
    .all();

export async function noteAlarmed(platform: Platform, { id, openedAt }: DefectRow): Promise<void> {
  await orm(platform).update(defects).set({ alarmedAt: openedAt }).where(eq(defects.id, id));
}

// ---------------------------------------------------------------- checks before going live

export type LiveCheckRow = typeof liveChecks.$inferSelect;

export const liveCheckRows = (platform: Platform, names: readonly string[]): Promise<LiveCheckRow[]> =>
  orm(platform)
    .select()
    .from(liveChecks)
    .where(sql`${liveChecks.name} IN (SELECT value FROM json_each(${JSON.stringify(names)}))`)
    .all();

/** What a check said, with its audit row. @param db the operator's */
export async function noteLiveCheck(db: TenantDb, row: LiveCheckRow, beside: Beside): Promise<void> {
  const { name: _name, ...set } = row;
  await changeOnControl(
    db,
    orm(TenantDb.platformOf(db))
      .insert(liveChecks)
      .values(row)
      .onConflictDoUpdate({ target: liveChecks.name, set })
      .returning({ name: liveChecks.name }),
    beside,
  );
}

/** A probe came out of its queue. */
export async function noteProbe(platform: Platform, probe: { id: string; queue: string; at: number }): Promise<void> {
  await orm(platform).insert(queueProbes).values(probe).onConflictDoNothing();
}

/** Queues out of which a probe came. */
export async function probedQueues(platform: Platform, id: string): Promise<string[]> {
  const rows = await orm(platform)
    .select({ queue: queueProbes.queue })
    .from(queueProbes)
    .where(eq(queueProbes.id, id))
    .limit(10);
  return rows.map(({ queue }) => queue);
}

/** File names of the migrations that D1 has, newest first. */
export async function appliedMigrations(platform: Platform): Promise<string[]> {
  const { results } = await platformD1(platform)
    .prepare('SELECT name FROM d1_migrations ORDER BY id DESC LIMIT 5')
    .all<{ name: string }>();
  return results.map(({ name }) => name);
}

// ---------------------------------------------------------------- what is over

/** Rows removed by one run. */
const PURGE = 2_000;

/** Removes what is older than its time, a bounded part of it. Answers how many rows went. */
export async function purgeWatch(
  platform: Platform,
  before: { uptime: number; security: number; defects: number; probes: number },
): Promise<number> {
  const control = orm(platform);
  const gone = await control.batch([
    control
      .delete(uptimeChecks)
      .where(sql`at IN (SELECT at FROM uptime_checks WHERE at < ${before.uptime} LIMIT ${PURGE})`)
      .returning({ at: uptimeChecks.at }),
    control
      .delete(securityEvents)
      .where(sql`id IN (SELECT id FROM security_events WHERE at < ${before.security} LIMIT ${PURGE})`)
      .returning({ at: securityEvents.at }),
    control
      .delete(defects)
      .where(sql`id IN (SELECT id FROM defects WHERE last_seen_at < ${before.defects} LIMIT ${PURGE})`)
      .returning({ at: defects.lastSeenAt }),
    control.delete(queueProbes).where(lt(queueProbes.at, before.probes)).returning({ at: queueProbes.at }),
  ]);
  return gone.reduce((sum, rows) => sum + rows.length, 0);
}

// ---------------------------------------------------------------- what operators were written of

interface ChangedAlarm {
  id: string;
  openedAt: number;
}

/** Alarms that opened or ended since operators were written of them, a bounded part. */
export async function untoldAlarms(
  platform: Platform,
  limit: number,
): Promise<{ opened: ChangedAlarm[]; ended: ChangedAlarm[] }> {
  const control = orm(platform);
  const shown = { id: alarms.id, openedAt: alarms.openedAt };
  const [opened, ended] = await control.batch([
    control
      .select(shown)
      .from(alarms)
      .where(and(eq(alarms.state, 'open'), sql`${alarms.told} IS NOT ${alarms.openedAt}`))
      .orderBy(desc(alarms.openedAt), desc(alarms.id))
      .limit(limit),
    control
      .select(shown)
      .from(alarms)
      .where(and(sql`${alarms.told} IS NOT NULL`, eq(alarms.state, 'cleared')))
      .limit(limit),
  ]);
  return { opened, ended };
}

/** The writes that say operators are written of these, for the batch with their mails. */
export function toldAlarms(
  platform: Platform,
  told: { opened: readonly ChangedAlarm[]; ended: readonly ChangedAlarm[] },
) {
  const control = orm(platform);
  const ids = (changed: readonly ChangedAlarm[]): string => JSON.stringify(changed.map(({ id }) => id));
  return [
    control
      .update(alarms)
      .set({ told: sql`${alarms.openedAt}` })
      .where(sql`${alarms.id} IN (SELECT value FROM json_each(${ids(told.opened)}))`),
    control
      .update(alarms)
      .set({ told: null })
      .where(sql`${alarms.id} IN (SELECT value FROM json_each(${ids(told.ended)}))`),
  ];
}
