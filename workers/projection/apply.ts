/**
 * The only writer of projected tables: one D1 batch (= one transaction) per page, one statement per table, guarded by
 * `(epoch, seq)`. Called by the objects' projection sink and by rebuild.
 */
import type { TenantId } from '../../shared/ids.ts';
import { getTableName } from 'drizzle-orm';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Delivery, Sink } from '../object-runtime/drain.ts';
import { cellsOf, type ObjectKind, type OutboxEvent } from '../object-runtime/events.ts';
import type { KnownHead } from '../object-runtime/object-runtime.ts';
import type { Platform } from '../env.ts';
import { tenantD1 } from '../storage/d1.ts';
import { isRefusedForGood } from '../storage/d1-fault.ts';
import { auditLog } from '../storage/tables/identity.ts';
import { type Auditor, type Projector, type TableRows, writtenColumns } from './rows.ts';

interface UpsertPlan {
  sql: string;
  columns: readonly string[];
}

const plans = new Map<SQLiteTable, UpsertPlan>();

/**
 * `INSERT … SELECT … FROM json_each(?)`: 50,000 rows in 0.7 s instead of 3.5 s; numbers keep their JSON type (no REAL). Rows travel as
 * arrays in the order of the columns: half the bytes on the wire, and a quarter less work for SQLite than with names.
 */
function upsertPlan(table: SQLiteTable): UpsertPlan {
  const known = plans.get(table);
  if (known) return known;
  const name = getTableName(table);
  const columns = writtenColumns(table);
  const config = getTableConfig(table);
  const keys =
    config.primaryKeys[0]?.columns.map((c) => c.name) ?? config.columns.filter((c) => c.primary).map((c) => c.name);
  const sent = columns.filter((c) => c !== 'tenant_id');
  const select = columns.map((c) => (c === 'tenant_id' ? '?1' : `value ->> ${sent.indexOf(c)}`)).join(', ');
  const updates = columns
    .filter((c) => !keys.includes(c))
    .map((c) => `${c} = excluded.${c}`)
    .join(', ');
  const newer = `excluded.epoch > ${name}.epoch OR (excluded.epoch = ${name}.epoch AND excluded.seq >= ${name}.seq)`;
  // Rows without a position never change once they are written: a repeat writes none.
  const again = columns.includes('seq') ? `DO UPDATE SET ${updates} WHERE ${newer}` : 'DO NOTHING';
  const plan = {
    sql: `INSERT INTO ${name} (${columns.join(', ')}) SELECT ${select} FROM json_each(?2) WHERE true ON CONFLICT (${keys.join(', ')}) ${again}`,
    columns: sent,
  };
  plans.set(table, plan);
  return plan;
}

export function upsertStatements(
  database: D1Database,
  tenantId: TenantId,
  tables: readonly TableRows[],
): D1PreparedStatement[] {
  return tables.flatMap(({ table, rows, gone = [] }) => {
    const { sql, columns } = upsertPlan(table);
    const written =
      rows.length === 0
        ? []
        : [database.prepare(sql).bind(tenantId, JSON.stringify(rows.map((row) => columns.map((c) => row[c] ?? null))))];
    const taken =
      gone.length === 0
        ? []
        : [
            database
              .prepare(
                `DELETE FROM ${getTableName(table)} WHERE tenant_id = ?1 AND id IN (SELECT value FROM json_each(?2))`,
              )
              .bind(tenantId, JSON.stringify(gone)),
          ];
    return [...written, ...taken];
  });
}

const FEED_ROWS = `INSERT INTO feed (tenant_id, kind, epoch, seq, event_id, type, v, entity, at, command_key, command_name, command, input_hash)
SELECT ?1, ?2, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8, value ->> 9, value ->> 10
FROM json_each(?3) WHERE true`;
const FEED_SQL = `${FEED_ROWS}
ON CONFLICT (tenant_id, kind, epoch, seq) DO UPDATE SET event_id = excluded.event_id
ON CONFLICT (tenant_id, kind, event_id) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq WHERE excluded.epoch > feed.epoch`;

/** In a rebuild: rows that are there are right, as they were written in order. */
const FEED_AGAIN_SQL = `${FEED_ROWS} ON CONFLICT DO NOTHING`;

const HEAD_INSERT_SQL = `INSERT INTO object_heads (tenant_id, kind, epoch, seq, from_seq, event_id, hash, updated_at)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE NOT EXISTS (SELECT 1 FROM object_heads WHERE tenant_id = ?1 AND kind = ?2)`;

const HEAD_UPDATE_SQL = `UPDATE object_heads SET epoch = ?3, seq = ?4, from_seq = ?5, event_id = ?6, hash = ?7, updated_at = ?8
WHERE tenant_id = ?1 AND kind = ?2`;

/** Applies one page: the module's rows, activity log, feed, head — all or nothing. Safe to repeat. */
async function applyPage(
  database: D1Database,
  tenantId: TenantId,
  kind: ObjectKind,
  page: readonly OutboxEvent[],
  tables: readonly TableRows[],
  headHash: string | null,
  now: number,
): Promise<void> {
  const first = page[0];
  const last = page.at(-1);
  if (!first || !last) return;
  const head = [tenantId, kind, last.epoch, last.seq, first.seq - 1, last.id, headHash, now] as const;
  await database.batch([
    ...upsertStatements(database, tenantId, tables),
    database.prepare(FEED_SQL).bind(tenantId, kind, JSON.stringify(page.map(cellsOf))),
    database.prepare(HEAD_INSERT_SQL).bind(...head),
    database.prepare(HEAD_UPDATE_SQL).bind(...head),
  ]);
}

/** The projection sink of an object: pure projector inside, D1 outside, refusals of the guard told apart from a sick D1. */
export function projectionSink(
  platform: Platform,
  tenantId: TenantId,
  kind: ObjectKind,
  project: Projector,
  audit: Auditor,
  options: { headHash?: () => string | null; now: () => number },
): Sink {
  return {
    name: 'project',
    async deliver(page): Promise<Delivery> {
      let tables: TableRows[];
      try {
        tables = [...project(page), { table: auditLog, rows: audit(page) }];
      } catch (defect) {
        return {
          kind: 'poison',
          seq: page[0]?.seq ?? 0,
          error: defect instanceof Error ? defect.message : String(defect),
        };
      }
      try {
        await applyPage(
          tenantD1(platform, tenantId),
          tenantId,
          kind,
          page,
          tables,
          options.headHash?.() ?? null,
          options.now(),
        );
        return { kind: 'done' };
      } catch (fault) {
        const error = fault instanceof Error ? fault.message : String(fault);
        if (error.includes('object_behind')) return { kind: 'behind', error };
        // Tried again it would be refused again, and nobody would ever know of it.
        if (error.includes('projection_gap') || isRefusedForGood(fault))
          return { kind: 'poison', seq: page[0]?.seq ?? 0, error };
        return { kind: 'retry', error };
      }
    },
    async skip(event) {
      const database = tenantD1(platform, tenantId);
      const { epoch, seq, id } = event;
      const head = [tenantId, kind, epoch, seq, seq - 1, id, options.headHash?.() ?? null, options.now()] as const;
      // Its place in the feed is kept, with the command where that can be read: a restore repeats it.
      await database.batch([
        database.prepare(FEED_SQL).bind(tenantId, kind, JSON.stringify([cellsOf(event)])),
        database.prepare(HEAD_INSERT_SQL).bind(...head),
        database.prepare(HEAD_UPDATE_SQL).bind(...head),
      ]);
    },
    async repeat(page) {
      const database = tenantD1(platform, tenantId);
      await database.batch([
        ...upsertStatements(database, tenantId, [{ table: auditLog, rows: audit(page) }]),
        database.prepare(FEED_AGAIN_SQL).bind(tenantId, kind, JSON.stringify(page.map(cellsOf))),
      ]);
    },
  };
}

/** The head D1 knows of an object; throws when D1 can't answer. */
export async function knownHead(platform: Platform, tenantId: TenantId, kind: ObjectKind): Promise<KnownHead | null> {
  const row = await tenantD1(platform, tenantId)
    .prepare('SELECT epoch, seq, event_id, hash FROM object_heads WHERE tenant_id = ?1 AND kind = ?2')
    .bind(tenantId, kind)
    .first<{ epoch: number; seq: number; event_id: string | null; hash: string | null }>();
  return row ? { epoch: row.epoch, seq: row.seq, eventId: row.event_id, hash: row.hash } : null;
}
