/**
 * D1 from the object: rebuild (mark and sweep by `(epoch, seq)`, online), reconcile (compare without writing) and the restore runbook.
 * Called by operations (cron, operator's entry point) and by docs/runbooks/restored-object.md.
 */
import type { TenantId } from '../../shared/ids.ts';
import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { processNow } from '../../shared/clock.ts';
import type { DomainError } from '../../shared/errors.ts';
import { assert } from '../../shared/result.ts';
import { objectFor } from '../object-runtime/place.ts';
import { compareHeads, type Head, type ObjectKind } from '../object-runtime/events.ts';
import type { JsonObject } from '../object-runtime/hash.ts';
import type { RuntimeStatus } from '../object-runtime/object-runtime.ts';
import { type Platform, bindingsOf } from '../env.ts';
import { tenantD1 } from '../storage/d1.ts';
import { knownHead, upsertStatements } from './apply.ts';
import type { CellValue } from './rows.ts';
import { PROJECTED_TABLES } from './tables.ts';

/** One page of an object's present rows, as D1 should have them. */
export interface DumpPage {
  tables: { table: string; rows: (Record<string, CellValue> & { epoch: number; seq: number })[] }[];
  next: string | null;
}

/** What both object classes offer to this file (thin delegates to their object runtime). */
interface RebuildableObject extends Rpc.DurableObjectBranded {
  status(): RuntimeStatus;
  dump(cursor: string | null, limit: number): DumpPage;
  drain(): Promise<void>;
  resume(): void;
  repeat(after: number): Promise<number | null>;
  projectionCursor(): { epoch: number; seq: number; eventId: string | null };
  beginRestore(input: { epoch: number; previousHeadHash: string | null }): {
    epoch: number;
    from: { epoch: number; seq: number };
  };
  replay(
    commands: { name: string; key: string; command: JsonObject; inputHash: string; at: number }[],
  ): { key: string; refused: DomainError | null }[];
  finishRestore(): Head;
}

const DUMP_ROWS = 500;
const MAX_PAGES = 20_000;
const REPLAY_ROWS = 200;

function objectOf(platform: Platform, tenantId: TenantId, kind: ObjectKind): DurableObjectStub<RebuildableObject> {
  const namespace = (kind === 'calendar'
    ? bindingsOf(platform).CALENDAR
    : bindingsOf(platform).LEDGER) as unknown as DurableObjectNamespace<RebuildableObject>;
  return objectFor(namespace, tenantId, !platform.development);
}

const primaryKeyOf = (table: SQLiteTable): string[] => {
  const config = getTableConfig(table);
  return (
    config.primaryKeys[0]?.columns.map((c) => c.name) ?? config.columns.filter((c) => c.primary).map((c) => c.name)
  );
};

async function* dumpOf(platform: Platform, tenantId: TenantId, kind: ObjectKind): AsyncGenerator<DumpPage> {
  const object = objectOf(platform, tenantId, kind);
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const dumped: DumpPage = await object.dump(cursor, DUMP_ROWS);
    yield dumped;
    cursor = dumped.next;
    if (cursor === null) return;
  }
  throw new Error(`dump of ${kind} did not end within ${MAX_PAGES} pages`);
}

function projected(kind: ObjectKind, name: string): SQLiteTable {
  const table = PROJECTED_TABLES[kind].get(name);
  assert(table, `${name} is no projected table of ${kind}`);
  return table;
}

/**
 * Rewrites all projected rows of an object and removes what it doesn't have; writers may go on meanwhile. Activity log and feed are history:
 * nothing of them is removed, and what the object's outbox keeps (`KEEP_DRAINED_MS`) is written again where it is missing.
 */
export async function rebuildProjection(
  platform: Platform,
  tenantId: TenantId,
  kind: ObjectKind,
): Promise<{ written: number; removed: number }> {
  const object = objectOf(platform, tenantId, kind);
  const database = tenantD1(platform, tenantId);
  const start = (await object.status()).head;
  let written = 0;
  for await (const page of dumpOf(platform, tenantId, kind)) {
    const statements = upsertStatements(
      database,
      tenantId,
      page.tables.map(({ table, rows }) => ({ table: projected(kind, table), rows })),
    );
    if (statements.length > 0) await database.batch(statements);
    written += page.tables.reduce((sum, t) => sum + t.rows.length, 0);
  }
  // Everything the object has now carries at least the head from which we started: what lies before it is not there any more.
  let removed = 0;
  for (const name of PROJECTED_TABLES[kind].keys()) {
    const done = await database
      .prepare(`DELETE FROM ${name} WHERE tenant_id = ?1 AND (epoch < ?2 OR (epoch = ?2 AND seq < ?3))`)
      .bind(tenantId, start.epoch, start.seq)
      .run();
    removed += done.meta.changes;
  }
  let after: number | null = 0;
  for (let page = 0; after !== null && page < MAX_PAGES; page++) after = await object.repeat(after);
  await adoptHead(platform, tenantId, kind);
  await object.resume();
  await object.drain();
  return { written, removed };
}

/** Sets D1's head to the object's projection cursor (D1 was lost or restored to an earlier time). */
async function adoptHead(platform: Platform, tenantId: TenantId, kind: ObjectKind): Promise<void> {
  const database = tenantD1(platform, tenantId);
  const cursor = await objectOf(platform, tenantId, kind).projectionCursor();
  const known = await knownHead(platform, tenantId, kind);
  if (known && known.epoch === cursor.epoch && known.seq === cursor.seq) return;
  await database.batch([
    database.prepare('DELETE FROM object_heads WHERE tenant_id = ?1 AND kind = ?2').bind(tenantId, kind),
    database
      .prepare(
        'INSERT INTO object_heads (tenant_id, kind, epoch, seq, from_seq, event_id, hash, updated_at) VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7)',
      )
      .bind(tenantId, kind, cursor.epoch, cursor.seq, cursor.eventId, known?.hash ?? null, processNow()),
  ]);
}

export interface Difference {
  table: string;
  key: string;
  problem: 'missing' | 'different' | 'extra';
  columns?: string[];
}

const MAX_DIFFERENCES = 100;

/**
 * Compares every projected row with the object, and how far D1 has come with what has left, writing nothing. `ok` after a drain means D1
 * equals the object.
 */
export async function reconcile(
  platform: Platform,
  tenantId: TenantId,
  kind: ObjectKind,
): Promise<{ ok: boolean; compared: number; differences: Difference[] }> {
  const database = tenantD1(platform, tenantId);
  const differences: Difference[] = [];
  const note = (difference: Difference): void => {
    if (differences.length < MAX_DIFFERENCES) differences.push(difference);
  };
  // The sink's cursor moves after D1's head, so a head behind it is of a database that was lost or put back: its history has a hole.
  const cursor = await objectOf(platform, tenantId, kind).projectionCursor();
  const head = await knownHead(platform, tenantId, kind);
  if (compareHeads(head ?? { epoch: 0, seq: 0 }, cursor.seq === 0 ? { epoch: 0, seq: 0 } : cursor) < 0)
    note({ table: 'object_heads', key: kind, problem: head === null ? 'missing' : 'different' });
  const seen = new Map<string, Set<string>>();
  let compared = 0;
  for await (const page of dumpOf(platform, tenantId, kind)) {
    for (const { table: name, rows } of page.tables) {
      const table = projected(kind, name);
      const keys = primaryKeyOf(table).filter((k) => k !== 'tenant_id');
      const keyOf = (row: Record<string, unknown>): string => keys.map((k) => String(row[k])).join('/');
      const known = seen.get(name) ?? new Set<string>();
      seen.set(name, known);
      const wanted = keys.map((k) => `${k} IN (SELECT value ->> '$.${k}' FROM json_each(?2))`).join(' AND ');
      const stored = await database
        .prepare(`SELECT * FROM ${name} WHERE tenant_id = ?1 AND ${wanted}`)
        .bind(tenantId, JSON.stringify(rows))
        .all<Record<string, CellValue>>();
      const byKey = new Map(stored.results.map((row) => [keyOf(row), row]));
      const columns = Object.values(getTableColumns(table))
        .map((c) => c.name)
        .filter((c) => c !== 'tenant_id' && c !== 'epoch' && c !== 'seq');
      for (const row of rows) {
        compared++;
        const key = keyOf(row);
        known.add(key);
        const there = byKey.get(key);
        if (!there) {
          note({ table: name, key, problem: 'missing' });
          continue;
        }
        const unequal = columns.filter((c) => (there[c] ?? null) !== (row[c] ?? null));
        if (unequal.length > 0) note({ table: name, key, problem: 'different', columns: unequal });
      }
    }
  }
  for (const [name, table] of PROJECTED_TABLES[kind]) {
    const keys = primaryKeyOf(table).filter((k) => k !== 'tenant_id');
    const known = seen.get(name) ?? new Set<string>();
    let cursor = 0;
    for (let page = 0; page < MAX_PAGES; page++) {
      const rows = await database
        .prepare(
          `SELECT rowid AS _row, ${keys.join(', ')} FROM ${getTableName(table)} WHERE tenant_id = ?1 AND rowid > ?2 ORDER BY rowid LIMIT 1000`,
        )
        .bind(tenantId, cursor)
        .all<Record<string, CellValue>>();
      for (const row of rows.results) {
        const key = keys.map((k) => String(row[k])).join('/');
        if (!known.has(key)) note({ table: name, key, problem: 'extra' });
        cursor = Number(row['_row']);
      }
      if (rows.results.length < 1000) break;
    }
  }
  return { ok: differences.length === 0, compared, differences };
}

export interface RestoreReport {
  epoch: number;
  replayed: number;
  refused: { key: string; code: string }[];
  rebuilt: { written: number; removed: number };
}

/**
 * The runbook for an object whose file was restored to an earlier time: next epoch → replay the lost tail's commands under their keys →
 * drain → rebuild → remove what has no match → take commands again. Resumable from any crash. What had drained comes back;
 * nothing is promised of what had not.
 */
export async function restoreObject(platform: Platform, tenantId: TenantId, kind: ObjectKind): Promise<RestoreReport> {
  const object = objectOf(platform, tenantId, kind);
  const database = tenantD1(platform, tenantId);
  const known = await knownHead(platform, tenantId, kind);
  const own = (await object.status()).head;
  const began = await object.beginRestore({
    epoch: Math.max(known?.epoch ?? 0, own.epoch) + 1,
    previousHeadHash: known?.hash ?? null,
  });
  const { from } = began;
  const tail = 'tenant_id = ?1 AND kind = ?2 AND epoch < ?3 AND (epoch > ?4 OR (epoch = ?4 AND seq > ?5))';
  let replayed = 0;
  const refused: RestoreReport['refused'] = [];
  let after = { epoch: from.epoch, seq: from.seq };
  for (let page = 0; page < MAX_PAGES; page++) {
    const rows = await database
      .prepare(
        `SELECT epoch, seq, at, command_key, command_name, command, input_hash FROM feed WHERE ${tail} AND (epoch > ?6 OR (epoch = ?6 AND seq > ?7)) AND command IS NOT NULL ORDER BY epoch, seq LIMIT ?8`,
      )
      .bind(tenantId, kind, began.epoch, from.epoch, from.seq, after.epoch, after.seq, REPLAY_ROWS)
      .all<{
        epoch: number;
        seq: number;
        at: number;
        command_key: string;
        command_name: string;
        command: string;
        input_hash: string;
      }>();
    const last = rows.results.at(-1);
    if (!last) break;
    after = { epoch: last.epoch, seq: last.seq };
    const outcomes = await object.replay(
      rows.results.map((r) => ({
        name: r.command_name,
        key: r.command_key,
        command: JSON.parse(r.command) as JsonObject,
        inputHash: r.input_hash,
        at: r.at,
      })),
    );
    replayed += outcomes.length;
    for (const outcome of outcomes) if (outcome.refused) refused.push({ key: outcome.key, code: outcome.refused.code });
  }
  // Rows of the lost tail that nothing replayed again are removed before the new epoch takes their place in the feed.
  await drainFully(object);
  await database
    .prepare(`DELETE FROM feed WHERE ${tail}`)
    .bind(tenantId, kind, began.epoch, from.epoch, from.seq)
    .run();
  const rebuilt = await rebuildProjection(platform, tenantId, kind);
  await object.finishRestore();
  return { epoch: began.epoch, replayed, refused, rebuilt };
}

async function drainFully(object: DurableObjectStub<RebuildableObject>): Promise<void> {
  for (let i = 0; i < 100; i++) {
    await object.drain();
    const status = await object.status();
    if (status.waiting['project'] === 0) return;
  }
  throw new Error('the restored object does not drain');
}
