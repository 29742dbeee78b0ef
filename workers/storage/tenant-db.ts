/**
 * The scoped handle on a tenant's D1 rows: adds `tenant_id` to every condition and every row in one place, so that no query can
 * forget it. Made by `tenancy/scope.ts` only; raw Drizzle never leaves this folder.
 */
import type { TenantId } from '../../shared/ids.ts';
import {
  and,
  eq,
  getTableColumns,
  getTableName,
  type InferInsertModel,
  type InferSelectModel,
  SQL,
  sql,
} from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Platform } from '../env.ts';
import { changedOr, drizzleOn, tenantD1 } from './d1.ts';

/** A table whose rows belong to a tenant. */
export type TenantTable = SQLiteTable & { tenantId: SQLiteColumn };
type Insert<T extends TenantTable> = Omit<InferInsertModel<T>, 'tenantId'>;
type Row<T extends TenantTable> = InferSelectModel<T>;

/** Upper bound of any list read in one query. */
const MAX_ROWS = 1_000;

export interface RowsOptions {
  where?: SQL | undefined;
  /** only rows with these ids, or with those that a sub-select of one column finds; of a table whose key is tenant and id */
  ids?: readonly string[] | SQL | undefined;
  orderBy?: SQL | SQLiteColumn | (SQL | SQLiteColumn)[] | undefined;
  /** default 100, at most MAX_ROWS */
  limit?: number | undefined;
}

/** Rows to put into groups. */
export interface Grouped {
  table: TenantTable;
  where: SQL | undefined;
  /** the newest are those with the largest of it */
  newest: SQL;
  key: SQL;
  sums: readonly SQL[];
  /** rows that are read, and different keys that are answered, at most */
  most: number;
  keys: number;
}

export interface Group {
  key: string;
  rows: number;
  values: number[];
}

/** A prepared read for `reads`; nothing runs before. */
export interface Read {
  readonly statement: BatchItem<'sqlite'>;
}

/** A prepared write for `batch`: all or nothing. */
export type Write = BatchItem<'sqlite'>;

/** What became of a `commit`: `guarded`: a `guardOf` did not hold; `exists`: a row with one of the keys is there. Nothing was written then. */
type Committed<R> = { kind: 'done'; row: R | null } | { kind: 'guarded' } | { kind: 'exists' };

/** Makes SQLite stop the batch: the text is no JSON. */
const NO_JSON = 'guard';
const messageOf = (fault: unknown): string => {
  const texts: string[] = [];
  for (let at: unknown = fault; at instanceof Error && texts.length < 5; at = at.cause) texts.push(at.message);
  return texts.join(' ');
};

export class TenantDb {
  readonly tenantId: TenantId;
  readonly #platform: Platform;

  constructor(platform: Platform, tenantId: TenantId) {
    this.#platform = platform;
    this.tenantId = tenantId;
  }

  /** The capability a handle was made with, for query files of storage/ whose tables lie on the control plane. */
  static platformOf(db: TenantDb): Platform {
    return db.#platform;
  }

  get #orm() {
    return drizzleOn(tenantD1(this.#platform, this.tenantId));
  }

  #mine<T extends TenantTable>(table: T, where?: SQL): SQL {
    const mine = eq(table.tenantId, this.tenantId);
    return where ? (and(mine, where) as SQL) : mine;
  }

  /**
   * With ids the rows are found by their key and nothing else: left to choose, SQLite would rather walk an index that holds the other columns,
   * and judge each of its rows by its id.
   */
  #wanted(table: TenantTable, { where, ids }: RowsOptions): SQL {
    if (ids === undefined) return this.#mine(table, where);
    const key = sql`(${table.tenantId}, ${getTableColumns(table)['id']})`;
    const found =
      ids instanceof SQL
        ? sql`${key} IN (SELECT ${this.tenantId}, * FROM (${ids}))`
        : sql`${key} IN (SELECT ${this.tenantId}, value FROM json_each(${JSON.stringify(ids)}))`;
    return where ? sql`${found} AND CASE WHEN ${where} THEN 1 END` : found;
  }

  async rows<T extends TenantTable>(table: T, options: RowsOptions = {}): Promise<Row<T>[]> {
    const order =
      options.orderBy === undefined ? [] : Array.isArray(options.orderBy) ? options.orderBy : [options.orderBy];
    const query = this.#orm
      .select()
      .from(table as SQLiteTable)
      .where(this.#wanted(table, options))
      .orderBy(...order)
      .limit(Math.min(options.limit ?? 100, MAX_ROWS));
    return (await query) as Row<T>[];
  }

  #fields(table: TenantTable, fields: Record<string, SQLiteColumn | SQL.Aliased | SQL>, options: RowsOptions) {
    const order =
      options.orderBy === undefined ? [] : Array.isArray(options.orderBy) ? options.orderBy : [options.orderBy];
    return this.#orm
      .select(fields as Record<string, SQLiteColumn>)
      .from(table as SQLiteTable)
      .where(this.#wanted(table, options))
      .orderBy(...order)
      .limit(Math.min(options.limit ?? 100, MAX_ROWS));
  }

  /** Some columns or expressions of rows instead of whole ones. @param options `limit` as in `rows` */
  async fields<T extends TenantTable, const F extends Record<string, SQLiteColumn | SQL.Aliased | SQL>>(
    table: T,
    fields: F,
    options: RowsOptions = {},
  ): Promise<{ [K in keyof F]: unknown }[]> {
    return (await this.#fields(table, fields, options)) as { [K in keyof F]: unknown }[];
  }

  /** The same, to be run together with others by `reads`. */
  fieldsOf(
    table: TenantTable,
    fields: Record<string, SQLiteColumn | SQL.Aliased | SQL>,
    options: RowsOptions = {},
  ): Read {
    return { statement: this.#fields(table, fields, options) };
  }

  /** Several reads by one way to D1, their rows in the order of the reads. */
  async reads(reads: readonly Read[]): Promise<Record<string, unknown>[][]> {
    const [first, ...rest] = reads.map(({ statement }) => statement);
    return first === undefined ? [] : ((await this.#orm.batch([first, ...rest])) as Record<string, unknown>[][]);
  }

  async row<T extends TenantTable>(table: T, where: SQL): Promise<Row<T> | null> {
    const found = await this.rows(table, { where, limit: 1 });
    return found[0] ?? null;
  }

  async count<T extends TenantTable>(table: T, where?: SQL): Promise<number> {
    return this.#orm.$count(table, this.#mine(table, where));
  }

  /**
   * Numbers of several tables in one statement: the rows of a condition counted up to `most`, or the average of an expression over so many.
   * Null: the average of nothing.
   */
  async numbers(
    wanted: ReadonlyMap<
      string,
      { table: TenantTable; where: SQL | undefined; average?: SQL | undefined; most: number }
    >,
  ): Promise<Record<string, number | null>> {
    const fields = [...wanted].map(([name, { table, where, average, most }]) => {
      const rows = sql`SELECT ${average ?? sql`1`} AS one FROM ${table} WHERE ${this.#mine(table, where)} LIMIT ${most}`;
      const number = average === undefined ? sql`count(*)` : sql`avg(one)`;
      return [name, sql`(SELECT ${number} FROM (${rows}))`.as(name)] as const;
    });
    const [row] = await this.#orm.select(Object.fromEntries(fields)).from(sql`(SELECT 1)`);
    return (row ?? {}) as Record<string, number | null>;
  }

  /**
   * Rows of several conditions put into groups, in one statement: of each the newest `most` rows, and for every key their number and the sums of
   * some expressions.
   */
  async groups(wanted: ReadonlyMap<string, Grouped>): Promise<Record<string, Group[]>> {
    const fields = [...wanted].map(([name, { table, where, newest, key, sums, most, keys }]) => {
      const column = (i: number): SQL => sql.raw(`s${i}`);
      const parts = sums.map((sum, i) => sql`${sum} AS ${column(i)}`);
      const rows = sql`SELECT ${sql.join([sql`${key} AS k`, ...parts], sql`, `)} FROM ${table} WHERE ${this.#mine(table, where)} ORDER BY ${newest} DESC LIMIT ${most}`;
      const totals = sums.map((_, i) => sql`sum(${column(i)}) AS ${column(i)}`);
      const grouped = sql`SELECT ${sql.join([sql`k`, sql`count(*) AS n`, ...totals], sql`, `)} FROM (${rows}) GROUP BY k LIMIT ${keys}`;
      const shown = sql.join([sql`k`, sql`n`, ...sums.map((_, i) => column(i))], sql`, `);
      return [name, sql<string>`(SELECT json_group_array(json_array(${shown})) FROM (${grouped}))`.as(name)] as const;
    });
    const [row] = await this.#orm.select(Object.fromEntries(fields)).from(sql`(SELECT 1)`);
    return Object.fromEntries(
      Object.entries((row ?? {}) as Record<string, string>).map(([name, text]) => [
        name,
        (JSON.parse(text) as [string | number, number, ...number[]][]).map(([key, rows, ...values]) => ({
          key: String(key),
          rows,
          values,
        })),
      ]),
    );
  }

  // ---- writes: each is also usable in batch() through its `…Of` form -------------------------------------------------

  insertOf<T extends TenantTable>(table: T, values: Insert<T>): Write {
    return this.#orm.insert(table as SQLiteTable).values({ ...values, tenantId: this.tenantId } as never);
  }
  async insert<T extends TenantTable>(table: T, values: Insert<T>): Promise<void> {
    await this.insertOf(table, values);
  }

  #ifNew<T extends TenantTable>(table: T, values: Insert<T>) {
    return this.#orm
      .insert(table as SQLiteTable)
      .values({ ...values, tenantId: this.tenantId } as never)
      .onConflictDoNothing();
  }
  /** Inserts unless a row with one of its keys exists. */
  insertIfNewOf<T extends TenantTable>(table: T, values: Insert<T>): Write {
    return this.#ifNew(table, values);
  }
  /**
   * Rows made of another table's rows, unless their keys exist, in one transaction behind `before`; answers those that are new.
   * @param values what each column becomes
   */
  async insertFrom<T extends TenantTable>(
    table: T,
    values: Record<keyof Row<T>, SQL>,
    from: TenantTable,
    where: SQL,
    before: readonly Write[],
  ): Promise<Row<T>[]> {
    const columns = Object.keys(getTableColumns(table)).map((name) => values[name as keyof Row<T>]);
    const insert = this.#orm
      .insert(table as SQLiteTable)
      .select(sql`SELECT ${sql.join(columns, sql`, `)} FROM ${from} WHERE ${this.#mine(from, where)}`)
      .onConflictDoNothing()
      .returning();
    const results: unknown[] = await this.#orm.batch([...before, insert] as unknown as [Write]);
    return results.at(-1) as Row<T>[];
  }

  /** Inserts unless the key exists; answers whether the row is new. */
  async insertIfNew<T extends TenantTable>(table: T, values: Insert<T>): Promise<boolean> {
    return (await this.#ifNew(table, values).returning({ one: table.tenantId })).length > 0;
  }

  upsertOf<T extends TenantTable>(
    table: T,
    values: Insert<T>,
    target: SQLiteColumn[],
    set?: Record<string, unknown>,
  ): Write {
    const row = { ...values, tenantId: this.tenantId };
    return this.#orm
      .insert(table as SQLiteTable)
      .values(row as never)
      .onConflictDoUpdate({ target: [table.tenantId, ...target], set: (set ?? values) as never });
  }
  async upsert<T extends TenantTable>(
    table: T,
    values: Insert<T>,
    target: SQLiteColumn[],
    set?: Record<string, unknown>,
  ): Promise<void> {
    await this.upsertOf(table, values, target, set);
  }

  updateOf<T extends TenantTable>(
    table: T,
    set: Partial<Insert<T>> | Record<string, SQL | unknown>,
    where: SQL,
  ): Write {
    return this.#orm
      .update(table as SQLiteTable)
      .set(set as never)
      .where(this.#mine(table, where));
  }
  /** Answers the rows after the change: a compare-and-swap reads its success from the length. */
  async update<T extends TenantTable>(
    table: T,
    set: Partial<Insert<T>> | Record<string, SQL | unknown>,
    where: SQL,
  ): Promise<Row<T>[]> {
    return (await this.#orm
      .update(table as SQLiteTable)
      .set(set as never)
      .where(this.#mine(table, where))
      .returning()) as Row<T>[];
  }

  /** Some `update`s in one transaction, each with the rows after it; one that fits no row keeps none of the others back. */
  async updateEach<T extends TenantTable>(
    table: T,
    updates: readonly { set: Partial<Insert<T>>; where: SQL }[],
  ): Promise<Row<T>[][]> {
    if (updates.length === 0) return [];
    const statements = updates.map(({ set, where }) =>
      this.#orm
        .update(table as SQLiteTable)
        .set(set as never)
        .where(this.#mine(table, where))
        .returning(),
    );
    return (await this.#orm.batch(statements as unknown as [Write])) as unknown as Row<T>[][];
  }

  removeOf<T extends TenantTable>(table: T, where: SQL): Write {
    return this.#orm.delete(table as SQLiteTable).where(this.#mine(table, where));
  }
  async remove<T extends TenantTable>(table: T, where: SQL): Promise<void> {
    await this.removeOf(table, where);
  }

  #someOf<T extends TenantTable>(table: T, where: SQL, limit: number): SQL {
    return sql`rowid IN (SELECT rowid FROM ${table} WHERE ${this.#mine(table, where)} LIMIT ${limit})`;
  }
  /** Removes at most `limit` rows of a condition; answers how many went. For background work, page by page. */
  async removeSome<T extends TenantTable>(table: T, where: SQL, limit: number): Promise<number> {
    const done = await this.#orm
      .delete(table as SQLiteTable)
      .where(this.#someOf(table, where, limit))
      .run();
    return done.meta.changes;
  }
  /** Changes at most `limit` rows of a condition; answers how many were. The change must end the condition. */
  async updateSome<T extends TenantTable>(
    table: T,
    set: Partial<Insert<T>> | Record<string, SQL | unknown>,
    where: SQL,
    limit: number,
  ): Promise<number> {
    const done = await this.#orm
      .update(table as SQLiteTable)
      .set(set as never)
      .where(this.#someOf(table, where, limit))
      .run();
    return done.meta.changes;
  }

  /** Stands first in a `commit`: the whole batch fails unless a row of the tenant fits `where`. The check is part of the transaction. */
  guardOf<T extends TenantTable>(table: T, where: SQL): Write {
    const found = sql`SELECT 1 FROM ${sql.identifier(getTableName(table))} WHERE ${this.#mine(table, where)}`;
    // A builder and no raw statement: Drizzle's batch binds nothing to those.
    return this.#orm
      .select({ holds: sql`CASE WHEN EXISTS (${found}) THEN 1 ELSE json(${NO_JSON}) END` })
      .from(sql`(SELECT 1)`);
  }

  /** Stands first in a `commit`: the whole batch fails unless fewer than `most` rows of the tenant fit `where`. Of two at a time one fails. */
  roomOf<T extends TenantTable>(table: T, where: SQL, most: number): Write {
    const present = sql`SELECT count(*) FROM ${sql.identifier(getTableName(table))} WHERE ${this.#mine(table, where)}`;
    return this.#orm
      .select({ holds: sql`CASE WHEN (${present}) < ${most} THEN 1 ELSE json(${NO_JSON}) END` })
      .from(sql`(SELECT 1)`);
  }

  /** A row for each element of a JSON array: one statement, whatever its length. Rows that exist stay. @param column gets the element */
  insertEachOf<T extends TenantTable>(
    table: T,
    column: keyof Insert<T> & string,
    values: readonly string[],
    same: Partial<Insert<T>>,
  ): Write {
    const given: Record<string, unknown> = { ...same, tenantId: this.tenantId };
    // In the order in which Drizzle names the columns.
    const selected = Object.keys(getTableColumns(table)).map((key) =>
      key === column ? sql`value` : sql`${given[key] ?? null}`,
    );
    return this.#orm
      .insert(table as SQLiteTable)
      .select(sql`SELECT ${sql.join(selected, sql`, `)} FROM json_each(${JSON.stringify(values)}) WHERE true`)
      .onConflictDoNothing();
  }

  /**
   * All writes in one D1 transaction, and the row as it is after them. Refusals are values: a guard that does not hold, a key that is
   * taken; every other fault throws.
   */
  async commit<T extends TenantTable>(
    table: T,
    id: SQL,
    writes: readonly [Write, ...Write[]],
  ): Promise<Committed<Row<T>>> {
    const after = this.#orm
      .select()
      .from(table as SQLiteTable)
      .where(this.#mine(table, id))
      .limit(1);
    try {
      const results = (await this.#orm.batch([...writes, after] as unknown as [Write, ...Write[]])) as unknown[];
      const [row] = results.at(-1) as Row<T>[];
      return { kind: 'done', row: row ?? null };
    } catch (fault) {
      const message = messageOf(fault);
      if (/malformed JSON/i.test(message)) return { kind: 'guarded' };
      if (/UNIQUE constraint failed|PRIMARYKEY/i.test(message)) return { kind: 'exists' };
      throw fault;
    }
  }

  /** All writes in one D1 transaction. */
  async batch(writes: readonly Write[]): Promise<void> {
    const [first, ...rest] = writes;
    if (first) await this.#orm.batch([first, ...rest]);
  }

  /**
   * A compare-and-swap with what belongs to it (its audit row) in one transaction: the rows after the change, or null when no row
   * fitted `where`, and then nothing at all is written.
   */
  async change<T extends TenantTable>(
    table: T,
    set: Partial<Insert<T>> | Record<string, SQL | unknown>,
    where: SQL,
    along: readonly Write[],
  ): Promise<Row<T>[] | null> {
    const orm = this.#orm;
    const update = orm
      .update(table as SQLiteTable)
      .set(set as never)
      .where(this.#mine(table, where))
      .returning();
    return (await changedOr(orm, update, along)) as Row<T>[] | null;
  }
}
