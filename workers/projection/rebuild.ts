/**
 * D1 from the object: rebuild (mark and sweep by `(epoch, seq)`, online), reconcile (compare without writing) and the restore runbook.
 * Called by operations (cron, operator's entry point) and by docs/runbooks/restored-object.md.
 */
import type { TenantId } from '../../shared/ids.ts';
import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { processNow } from '../../shared/clock.ts';
import { assert } from '../../shared/result.ts';
import { compareHeads, type Head, type ObjectKind } from '../object-runtime/events.ts';
import type { JsonObject } from '../object-runtime/hash.ts';
import type { Platform } from '../env.ts';
import { log } from '../log.ts';
import { tenantD1 } from '../storage/d1.ts';
import { knownHead, upsertStatements } from './apply.ts';
import { type DumpPage, objectOf, type OperatedObject } from './object-of.ts';
import { type CellValue, writtenColumns } from './rows.ts';
import { PROJECTED_TABLES } from './tables.ts';

const DUMP_ROWS = 500;
const MAX_PAGES = 20_000;
const REPLAY_ROWS = 200;

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

/** A rebuild would write rows over D1's that nobody can vouch for: the object's own proof fails, or D1 knows another hash of the same row. */
export class UnsoundObject extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`the object is not sound: ${problems.slice(0, 3).join('; ')}`);
    this.problems = problems;
  }
}

/** A restore can't go on while an event stands in the way out. */
export class StuckOutbox extends Error {
  readonly stuck: { sink: string; seq: number | null; error: string | null };
  constructor(stuck: StuckOutbox['stuck']) {
    super(`${stuck.sink} stands at event ${stuck.seq}`);
    this.stuck = stuck;
  }
}

/** Problems named by a refused rebuild. */
const MAX_NAMED = 20;

/** Rows of the page that D1 has under another hash: of rows that never change, D1's copy is the witness. */
async function otherHashes(
  database: D1Database,
  tenantId: TenantId,
  kind: ObjectKind,
  page: DumpPage,
): Promise<string[]> {
  const found: string[] = [];
  for (const { table: name, rows } of page.tables) {
    const table = projected(kind, name);
    if (rows.length === 0 || !Object.values(getTableColumns(table)).some((c) => c.name === 'hash')) continue;
    const keys = primaryKeyOf(table).filter((k) => k !== 'tenant_id');
    const same = keys.map((k) => `t.${k} = j.value ->> '$.${k}'`).join(' AND ');
    const other = await database
      .prepare(
        `SELECT ${keys.map((k) => `t.${k}`).join(" || ' ' || ")} AS key FROM json_each(?2) j JOIN ${name} t ON t.tenant_id = ?1 AND ${same} WHERE t.hash <> j.value ->> '$.hash' LIMIT ${MAX_NAMED}`,
      )
      .bind(tenantId, JSON.stringify(rows.map((row) => Object.fromEntries([...keys, 'hash'].map((k) => [k, row[k]])))))
      .all<{ key: string | number }>();
    found.push(...other.results.map(({ key }) => `D1 knows another ${name} ${key}`));
  }
  return found;
}

/**
 * Throws `UnsoundObject` where the object's rows are not what was written: they must not be written over D1's, which are then the only
 * proof of what was.
 */
async function refuseUnsound(platform: Platform, tenantId: TenantId, kind: ObjectKind): Promise<void> {
  const object = objectOf(platform, tenantId, kind);
  const problems = await object.problems();
  if (problems.length > 0) throw new UnsoundObject(problems.slice(0, MAX_NAMED));
  if (![...PROJECTED_TABLES[kind].values()].some((table) => 'hash' in getTableColumns(table))) return;
  const database = tenantD1(platform, tenantId);
  for await (const page of dumpOf(platform, tenantId, kind)) {
    const others = await otherHashes(database, tenantId, kind, page);
    if (others.length > 0) throw new UnsoundObject(others.slice(0, MAX_NAMED));
  }
}

/**
 * Rewrites all projected rows of an object and removes what it doesn't have; writers may go on meanwhile. Activity log and feed are history:
 * nothing of them is removed, and what the object's outbox keeps (`KEEP_DRAINED_MS`) is written again where it is missing.
 * Throws `UnsoundObject`, with nothing written.
 */
export async function rebuildProjection(
  platform: Platform,
  tenantId: TenantId,
  kind: ObjectKind,
): Promise<{ written: number; removed: number }> {
  const object = objectOf(platform, tenantId, kind);
  const database = tenantD1(platform, tenantId);
  await refuseUnsound(platform, tenantId, kind);
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

interface Difference {
  table: string;
  key: string;
  problem: 'missing' | 'different' | 'extra';
  columns?: string[];
}

const MAX_DIFFERENCES = 100;
/** Longest wait of a comparison for what is on its way to D1, ms. */
const CATCH_UP_MS = 2_000;

type Row = Record<string, CellValue>;

/** How rows of a projected table are told apart, and what of them is compared. */
function shapeOf(kind: ObjectKind, name: string): { keyOf: (row: Row) => string; keys: string[]; columns: string[] } {
  const table = projected(kind, name);
  const keys = primaryKeyOf(table).filter((k) => k !== 'tenant_id');
  const columns = writtenColumns(table).filter((c) => c !== 'tenant_id' && c !== 'epoch' && c !== 'seq');
  return { keys, columns, keyOf: (row) => keys.map((k) => String(row[k])).join('/') };
}

/** What D1 has of these rows of the object, by key. */
async function storedOf(
  database: D1Database,
  tenantId: TenantId,
  kind: ObjectKind,
  name: string,
  rows: readonly Row[],
): Promise<Map<string, Row>> {
  const { keys, keyOf } = shapeOf(kind, name);
  const wanted = keys.map((k) => `${k} IN (SELECT value ->> '$.${k}' FROM json_each(?2))`).join(' AND ');
  const stored = await database
    .prepare(`SELECT * FROM ${name} WHERE tenant_id = ?1 AND ${wanted}`)
    .bind(tenantId, JSON.stringify(rows))
    .all<Row>();
  return new Map(stored.results.map((row) => [keyOf(row), row]));
}

const unequal = (columns: readonly string[], one: Row, other: Row): string[] =>
  columns.filter((c) => (one[c] ?? null) !== (other[c] ?? null));

/** Where a page of the object and D1 disagree. */
async function pageDifferences(
  database: D1Database,
  tenantId: TenantId,
  kind: ObjectKind,
  page: DumpPage,
): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const { table, rows } of page.tables) {
    const { keyOf, columns } = shapeOf(kind, table);
    const stored = await storedOf(database, tenantId, kind, table, rows);
    for (const row of rows) {
      const key = keyOf(row);
      const there = stored.get(key);
      if (!there) found.push({ table, key, problem: 'missing' });
      else {
        const differing = unequal(columns, there, row);
        if (differing.length > 0) found.push({ table, key, problem: 'different', columns: differing });
      }
    }
  }
  return found;
}

/**
 * The second look at a page that seemed to differ: writers go on meanwhile, so that a row counts only if the object had it alike before and
 * after D1 was read, and D1 had come as far as the object stood before.
 */
async function lookedAgain(
  platform: Platform,
  tenantId: TenantId,
  kind: ObjectKind,
  cursor: string | null,
): Promise<Difference[]> {
  const object = objectOf(platform, tenantId, kind);
  const before: DumpPage = await object.dump(cursor, DUMP_ROWS);
  await object.flush(CATCH_UP_MS);
  const differences = await pageDifferences(tenantD1(platform, tenantId), tenantId, kind, before);
  if (differences.length === 0) return [];
  const after: DumpPage = await object.dump(cursor, DUMP_ROWS);
  const rowsOf = ({ tables }: DumpPage, name: string): Map<string, Row> => {
    const { keyOf } = shapeOf(kind, name);
    return new Map(tables.flatMap(({ table, rows }) => (table === name ? rows.map((row) => [keyOf(row), row]) : [])));
  };
  return differences.filter(({ table, key }) => {
    const [was, is] = [rowsOf(before, table).get(key), rowsOf(after, table).get(key)];
    return was !== undefined && is !== undefined && unequal(shapeOf(kind, table).columns, was, is).length === 0;
  });
}

/** Rows of D1 that the object has not. @param known keys the object has, by table; @param meanwhile rows written in between are not judged */
async function extras(
  database: D1Database,
  tenantId: TenantId,
  kind: ObjectKind,
  known: ReadonlyMap<string, ReadonlySet<string>>,
  meanwhile: { start: Head; end: Head },
): Promise<Difference[]> {
  const isNew = (row: { epoch: number; seq: number }): boolean =>
    compareHeads(row, meanwhile.start) > 0 && compareHeads(row, meanwhile.end) <= 0;
  const found: Difference[] = [];
  for (const [name, table] of PROJECTED_TABLES[kind]) {
    const { keys, keyOf } = shapeOf(kind, name);
    let cursor = 0;
    for (let page = 0; page < MAX_PAGES; page++) {
      const rows = await database
        .prepare(
          `SELECT rowid AS _row, epoch, seq, ${keys.join(', ')} FROM ${getTableName(table)} WHERE tenant_id = ?1 AND rowid > ?2 ORDER BY rowid LIMIT 1000`,
        )
        .bind(tenantId, cursor)
        .all<Row & { epoch: number; seq: number }>();
      for (const row of rows.results) {
        const key = keyOf(row);
        if (known.get(name)?.has(key) !== true && !isNew(row)) found.push({ table: name, key, problem: 'extra' });
        cursor = Number(row['_row']);
      }
      if (rows.results.length < 1000) break;
    }
  }
  return found;
}

/**
 * Compares every projected row with the object, and how far D1 has come with what has left, writing nothing; what is on its way is waited
 * for, and what seems to differ is looked at twice. `ok` means D1 equals the object.
 */
export async function reconcile(
  platform: Platform,
  tenantId: TenantId,
  kind: ObjectKind,
): Promise<{ ok: boolean; compared: number; differences: Difference[] }> {
  const database = tenantD1(platform, tenantId);
  const object = objectOf(platform, tenantId, kind);
  const differences: Difference[] = [];
  const start = await object.flush(CATCH_UP_MS);
  // The sink's cursor moves after D1's head, so a head behind it is of a database that was lost or put back: its history has a hole.
  const cursor = await object.projectionCursor();
  const head = await knownHead(platform, tenantId, kind);
  if (compareHeads(head ?? { epoch: 0, seq: 0 }, cursor.seq === 0 ? { epoch: 0, seq: 0 } : cursor) < 0)
    differences.push({ table: 'object_heads', key: kind, problem: head === null ? 'missing' : 'different' });
  const known = new Map<string, Set<string>>();
  let compared = 0;
  let at: string | null = null;
  for await (const page of dumpOf(platform, tenantId, kind)) {
    for (const { table, rows } of page.tables) {
      const { keyOf } = shapeOf(kind, table);
      const seen = known.get(table) ?? new Set<string>();
      known.set(table, seen);
      for (const row of rows) seen.add(keyOf(row));
      compared += rows.length;
    }
    if (differences.length < MAX_DIFFERENCES && (await pageDifferences(database, tenantId, kind, page)).length > 0)
      differences.push(...(await lookedAgain(platform, tenantId, kind, at)));
    at = page.next;
  }
  const meanwhile = { start, end: (await object.status()).head };
  const more = await extras(database, tenantId, kind, known, meanwhile);
  if (more.length > 0) {
    // What the object has removed meanwhile leaves D1 with what is on its way.
    await object.flush(CATCH_UP_MS);
    const still = new Set(
      (await extras(database, tenantId, kind, known, meanwhile)).map(({ table, key }) => `${table} ${key}`),
    );
    differences.push(...more.filter(({ table, key }) => still.has(`${table} ${key}`)));
  }
  return { ok: differences.length === 0, compared, differences: differences.slice(0, MAX_DIFFERENCES) };
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
 * nothing is promised of what had not. Where a step fails (`StuckOutbox`, `UnsoundObject`, D1) the object is what it was before, and the
 * next call goes on.
 */
export async function restoreObject(platform: Platform, tenantId: TenantId, kind: ObjectKind): Promise<RestoreReport> {
  const object = objectOf(platform, tenantId, kind);
  try {
    return await restoreSteps(platform, tenantId, kind, object);
  } catch (fault) {
    await object
      .abortRestore()
      .catch((second: unknown) => log('error', 'restore_not_undone', { kind, tenantId, fault: second }));
    throw fault;
  }
}

async function restoreSteps(
  platform: Platform,
  tenantId: TenantId,
  kind: ObjectKind,
  object: DurableObjectStub<OperatedObject>,
): Promise<RestoreReport> {
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

async function drainFully(object: DurableObjectStub<OperatedObject>): Promise<void> {
  for (let i = 0; i < 100; i++) {
    await object.drain();
    const status = await object.status();
    if (status.waiting['project'] === 0) return;
    const stuck = status.stuck.find(({ sink }) => sink === 'project');
    if (stuck) throw new StuckOutbox(stuck);
  }
  throw new Error('the restored object does not drain');
}
