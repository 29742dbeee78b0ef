/**
 * The entry point to D1: every statement of the Worker and of the objects goes through it, so that tests count queries
 * ("no D1 on the hot path") and development can make D1 refuse. Only `storage/` and `projection/` open it.
 */
import { and, asc, gte, type SQL, sql, getTableColumns } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { BatchItem } from 'drizzle-orm/batch';
import type { TenantId } from '../../shared/ids.ts';
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1';
import { processNow, realNow } from '../../shared/clock.ts';
import { type Platform, bindingsOf } from '../env.ts';
import { keepLine } from '../log.ts';
import { shardBinding } from './shards.ts';
import { shapeOf } from './slow-statement.ts';

/** Counters and the fault switch of this isolate. `refuse` is set by development and tests only. */
export const d1Meter = { statements: 0, refuse: false };

class D1Refused extends Error {
  constructor() {
    super('D1 refused (fault injected)');
  }
}

/** From so long on a statement is a line of its own, as whoever waits for it sees it: way, queue and work. */
export const SLOW_STATEMENT_MS = 200;

const queries = new WeakMap<D1PreparedStatement, string>();

/** What D1 says of its own work; counts and a time, nothing of the rows. */
const workOf = (meta: D1Result['meta'] | undefined): Record<string, number> => ({
  ...(meta?.duration !== undefined && { sql_ms: Math.round(meta.duration) }),
  ...(meta?.rows_read !== undefined && { rows_read: meta.rows_read }),
  ...(meta?.rows_written !== undefined && { rows_written: meta.rows_written }),
});

function noteSlow(startedAt: number, query: string, more: Record<string, number>): void {
  const duration = realNow() - startedAt;
  if (duration < SLOW_STATEMENT_MS) return;
  keepLine({
    at: processNow(),
    channel: 'performance',
    level: 'warn',
    event: 'slow_statement',
    requestId: null,
    tenantId: null,
    fields: { ...shapeOf(query), duration_ms: duration, ...more },
  });
}

/** The statement itself, because a batch takes no other; its ways to run it are timed. */
function timed(statement: D1PreparedStatement, query: string): D1PreparedStatement {
  queries.set(statement, query);
  const clocked =
    <A extends unknown[], R>(run: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      const startedAt = realNow();
      const result = await run.apply(statement, given);
      noteSlow(startedAt, query, workOf((result as { meta?: D1Result['meta'] } | null)?.meta));
      return result;
    };
  const { bind } = statement;
  return Object.assign(statement, {
    bind: (...values: unknown[]) => timed(bind.apply(statement, values), query),
    first: clocked(statement.first as (...given: unknown[]) => Promise<unknown>),
    run: clocked(statement.run),
    all: clocked(statement.all),
    raw: clocked(statement.raw as (...given: unknown[]) => Promise<unknown>),
  });
}

/** A batch is one wait: the line names the statement that took longest of it. */
function noteBatch(startedAt: number, statements: readonly D1PreparedStatement[], results: readonly D1Result[]): void {
  const longest = results.reduce(
    (found, { meta }, i) => ((meta?.duration ?? 0) > (results[found]?.meta?.duration ?? 0) ? i : found),
    0,
  );
  const statement = statements[longest];
  noteSlow(startedAt, statement === undefined ? '' : (queries.get(statement) ?? ''), {
    statements: statements.length,
    ...workOf(results[longest]?.meta),
  });
}

const metered = new WeakMap<D1Database, D1Database>();

function meteredD1(database: D1Database): D1Database {
  const known = metered.get(database);
  if (known) return known;
  const withMeter = {
    prepare(query: string) {
      d1Meter.statements++;
      if (d1Meter.refuse) throw new D1Refused();
      return timed(database.prepare(query), query);
    },
    async batch<T>(statements: D1PreparedStatement[]) {
      if (d1Meter.refuse) throw new D1Refused();
      const startedAt = realNow();
      const results = await database.batch<T>(statements);
      noteBatch(startedAt, statements, results);
      return results;
    },
  } as unknown as D1Database;
  metered.set(database, withMeter);
  return withMeter;
}

/** D1 of the shard on which the tenant's rows live. */
export const tenantD1 = (platform: Platform, tenantId: TenantId): D1Database =>
  meteredD1(shardBinding(platform, tenantId));

/** D1 of the control plane: tenants, directory, identity, effects across tenants. */
export const platformD1 = (platform: Platform): D1Database => meteredD1(bindingsOf(platform).DB);

/** The control plane for what belongs to no request: not counted, so that the cost of a request is its own. */
export const unmeteredD1 = (platform: Platform): D1Database => bindingsOf(platform).DB;

export const allShards = (platform: Platform): D1Database[] =>
  [bindingsOf(platform).DB, bindingsOf(platform).DB_SHARD_1].filter((d) => d !== undefined).map(meteredD1);

const drizzles = new WeakMap<D1Database, DrizzleD1Database>();

export function drizzleOn(database: D1Database): DrizzleD1Database {
  let made = drizzles.get(database);
  if (!made) {
    made = drizzle(database);
    drizzles.set(database, made);
  }
  return made;
}

/** The control plane for typed statements. */
export const orm = (platform: Platform): DrizzleD1Database => drizzleOn(platformD1(platform));

/** The first tenant of all shards, `from` itself or behind it, with rows of a condition; null: nobody. For background work over all tenants. */
export async function firstTenantWith(
  platform: Platform,
  table: SQLiteTable & { tenantId: SQLiteColumn },
  from: string,
  where: SQL,
): Promise<TenantId | null> {
  let first: TenantId | null = null;
  for (const shard of allShards(platform)) {
    const [row] = await drizzleOn(shard)
      .select({ tenantId: table.tenantId })
      .from(table as SQLiteTable)
      .where(and(where, gte(table.tenantId, from)))
      .orderBy(asc(table.tenantId))
      .limit(1);
    const found = row?.tenantId as TenantId | undefined;
    if (found !== undefined && (first === null || found < first)) first = found;
  }
  return first;
}

/** What SQLite says of the guard below; its text is no JSON, so that nothing else says the same. */
const NOT_CHANGED = 'malformed JSON';

/**
 * Runs a change and what belongs to it in one transaction; null, with nothing written, when the change touched no row. A batch of D1
 * ends early only by an error, so the statement behind the change makes one.
 */
export async function changedOr(
  orm: DrizzleD1Database,
  change: BatchItem<'sqlite'>,
  along: readonly BatchItem<'sqlite'>[],
): Promise<unknown[] | null> {
  const guard = orm.all(sql`SELECT json(CASE changes() WHEN 0 THEN 'nothing changed' ELSE '{}' END) AS changed`);
  try {
    const [rows] = await orm.batch([change, guard, ...along]);
    return rows as unknown[];
  } catch (fault) {
    if (`${String(fault)} ${String((fault as Error).cause)}`.includes(NOT_CHANGED)) return null;
    throw fault;
  }
}

/** The values of a row in the order of its table's columns, for `INSERT … SELECT … WHERE`: a condition decides in the statement that writes. */
export function valuesOf(table: SQLiteTable, given: Readonly<Record<string, unknown>>): SQL {
  return sql.join(
    Object.entries(getTableColumns(table)).map(([key, column]) => {
      const value = given[key] === undefined ? (column.default ?? null) : given[key];
      return sql`${value === null ? null : column.mapToDriverValue(value as never)}`;
    }),
    sql`, `,
  );
}
