/** What lies in the queues of all tenants, and how large the shards are. All shards. Called by operations/. */
import type { TenantId } from '../../../shared/ids.ts';
import { and, eq, inArray } from 'drizzle-orm';
import { bindingsOf, type Platform } from '../../env.ts';
import { allShards, drizzleOn, platformD1 } from '../d1.ts';
import { effects } from '../tables/delivery.ts';
import { tenants } from '../tables/platform.ts';
import type { TenantDb } from '../tenant-db.ts';
import type { EffectRow } from './effects.ts';

interface QueueNumbers {
  waiting: number;
  running: number;
  parked: number;
  oldestDueAt: number | null;
}

const EFFECTS_SQL = `SELECT queue AS name, state, count(*) AS n, min(not_before) AS oldest FROM effects
  WHERE state IN ('pending', 'running', 'parked') GROUP BY queue, state`;
const WEBHOOKS_SQL = `SELECT 'webhooks' AS name, 'pending' AS state, count(*) AS n, min(received_at) AS oldest FROM webhook_logs
  WHERE state = 'received'`;
const JOBS_SQL = `SELECT 'jobs' AS name, state, count(*) AS n, min(not_before) AS oldest FROM jobs
  WHERE state IN ('queued', 'running', 'failed') AND (state <> 'failed' OR not_before > ?1) GROUP BY state`;
/** Failed jobs older than that were looked at, or nobody misses them. */
const FAILED_JOBS_MS = 7 * 86_400_000;

/** Numbers by queue (`high`, `medium`, `low`, `webhooks`, `jobs`). */
export async function queueNumbers(platform: Platform, now: number): Promise<Map<string, QueueNumbers>> {
  const found = new Map<string, QueueNumbers>();
  for (const shard of allShards(platform)) {
    const counted = await shard.batch<{ name: string; state: string; n: number; oldest: number | null }>([
      shard.prepare(EFFECTS_SQL),
      shard.prepare(WEBHOOKS_SQL),
      shard.prepare(JOBS_SQL).bind(now - FAILED_JOBS_MS),
    ]);
    for (const { name, state, n, oldest } of counted.flatMap(({ results }) => results)) {
      const known = found.get(name) ?? { waiting: 0, running: 0, parked: 0, oldestDueAt: null };
      if (state === 'pending' || state === 'queued') {
        known.waiting += n;
        // What is to begin later does not wait yet.
        if (oldest !== null && oldest <= now) known.oldestDueAt = Math.min(known.oldestDueAt ?? oldest, oldest);
      } else if (state === 'running') known.running += n;
      else known.parked += n;
      found.set(name, known);
    }
  }
  return found;
}

/** The effect behind a dead letter; null: it is no effect's. */
export const effectOf = (db: TenantDb, id: string): Promise<EffectRow | null> => db.row(effects, eq(effects.id, id));

/** Names of tenants by id. */
export async function tenantNames(platform: Platform, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await drizzleOn(platformD1(platform))
    .select({ id: tenants.id, name: tenants.name })
    .from(tenants)
    .where(and(inArray(tenants.id, wanted as TenantId[])));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Tables that grow with use: what fills a shard. */
const GROWING = [
  'appointments',
  'appointment_modifications',
  'audit_log',
  'calls',
  'customers',
  'effects',
  'feed',
  'ledger_entries',
  'ledger_transfers',
  'notifications',
  'topups',
  'usage_lines',
  'webhook_logs',
] as const;

interface ShardSize {
  id: string;
  bytes: number;
  tables: { name: string; rows: number }[];
}

/** How large each shard is. Rows by the highest number given: counting them would read each table from its beginning. */
export async function shardSizes(platform: Platform): Promise<ShardSize[]> {
  const env = bindingsOf(platform);
  const ids = ['0', ...Object.keys(env).flatMap((name) => /^DB_SHARD_(\d{1,3})$/.exec(name)?.[1] ?? [])];
  const sizes: ShardSize[] = [];
  for (const id of ids) {
    const shard = id === '0' ? env.DB : (env[`DB_SHARD_${id}`] as D1Database | undefined);
    if (shard === undefined) continue;
    const { results, meta } = await shard
      .prepare(`SELECT ${GROWING.map((name) => `(SELECT max(rowid) FROM ${name}) AS ${name}`).join(', ')}`)
      .all<Record<(typeof GROWING)[number], number | null>>();
    const tables = GROWING.map((name) => ({ name, rows: results[0]?.[name] ?? 0 }));
    sizes.push({ id, bytes: meta.size_after ?? 0, tables: tables.sort((a, b) => b.rows - a.rows) });
  }
  return sizes;
}
