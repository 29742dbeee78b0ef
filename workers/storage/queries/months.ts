/** Closed months over all tenants, and of one: who is behind, statements newest first. Called by workers/billing/. */
import { and, asc, desc, eq, inArray, lt, ne, sql } from 'drizzle-orm';
import type { TenantId } from '../../../shared/ids.ts';
import type { Platform } from '../../env.ts';
import { allShards, drizzleOn, platformD1 } from '../d1.ts';
import { jobs } from '../tables/jobs.ts';
import { periodStatements } from '../tables/ledger.ts';
import { tenants } from '../tables/platform.ts';
import type { TenantDb } from '../tenant-db.ts';

export type StatementRow = typeof periodStatements.$inferSelect;

export interface BilledTenant {
  id: TenantId;
  timeZone: string;
  createdAt: number;
}

/** Tenants that may have a ledger, in the order of their ids. */
export const billedTenants = (platform: Platform, after: string, limit: number): Promise<BilledTenant[]> =>
  drizzleOn(platformD1(platform))
    .select({ id: tenants.id, timeZone: tenants.timeZone, createdAt: tenants.createdAt })
    .from(tenants)
    .where(and(sql`${tenants.id} > ${after}`, ne(tenants.type, 'platform')))
    .orderBy(asc(tenants.id))
    .limit(limit);

/** The same by their ids. */
export const billedTenantsOf = (platform: Platform, ids: readonly string[]): Promise<BilledTenant[]> =>
  drizzleOn(platformD1(platform))
    .select({ id: tenants.id, timeZone: tenants.timeZone, createdAt: tenants.createdAt })
    .from(tenants)
    .where(sql`${tenants.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`);

const LAST_CLOSED = `SELECT b.tenant_id AS id, (SELECT max(period) FROM period_statements AS p WHERE p.tenant_id = b.tenant_id) AS last
  FROM balances AS b WHERE b.tenant_id IN (SELECT value FROM json_each(?1))`;

/** The newest closed month of each tenant that has a ledger, as far as D1 knows; null: none was closed. One statement a shard. */
export async function lastClosedMonths(
  platform: Platform,
  ids: readonly string[],
): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>();
  for (const shard of allShards(platform)) {
    const { results } = await shard
      .prepare(LAST_CLOSED)
      .bind(JSON.stringify(ids))
      .all<{ id: string; last: string | null }>();
    for (const { id, last } of results) found.set(id, last);
  }
  return found;
}

/** Whether a job over a month is under way there, or was given up and waits for a person. */
export async function hasMonthJob(db: TenantDb, kind: string, period: string): Promise<boolean> {
  const rows = await db.rows(jobs, {
    where: and(
      eq(jobs.kind, kind),
      eq(jobs.dry, false),
      inArray(jobs.state, ['queued', 'running', 'paused', 'failed']),
      sql`json_extract(${jobs.params}, '$.period') = ${period}`,
    ),
    limit: 1,
  });
  return rows.length > 0;
}

/** Closed months, newest first. @param before `YYYY-MM`: only older ones */
export const statementPage = (db: TenantDb, before: string | undefined, limit: number): Promise<StatementRow[]> =>
  db.rows(periodStatements, {
    ...(before === undefined ? {} : { where: lt(periodStatements.period, before) }),
    orderBy: desc(periodStatements.period),
    limit,
  });

/** One closed month; null: it is open, or was closed before there were statements. */
export const statementOfPeriod = (db: TenantDb, period: string): Promise<StatementRow | null> =>
  db.row(periodStatements, eq(periodStatements.period, period));
