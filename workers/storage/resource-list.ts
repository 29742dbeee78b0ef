/**
 * A page of a resource's rows: sorts and filters as they are declared beside the table, the position as a row value, every read bounded.
 * Called by resources/d1-backing.ts with what the route's query asked for.
 */
import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  gte,
  type InferSelectModel,
  isNotNull,
  isNull,
  lt,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { RowsOptions, TenantDb, TenantTable } from './tenant-db.ts';

/** A table whose rows a resource lists; without `deletedAt` nothing of it is ever restored. */
export type ListedTable = TenantTable & { id: SQLiteColumn; deletedAt?: SQLiteColumn };

/** A table whose rows a resource also creates, changes and deletes. */
export type ResourceTable = ListedTable & {
  version: SQLiteColumn;
  updatedAt: SQLiteColumn;
  deletedAt: SQLiteColumn;
};

export type ListedRow<T extends ListedTable> = InferSelectModel<T> & { id: string };

/** A row as its list reads it. */
export type ShownRow<Row> = Row & { beside?: string | null };

/** What the list has read beside a row; undefined: it was read by something else. */
export const besideOf = <Beside>({ beside }: { beside?: string | null }): Beside | undefined =>
  beside === undefined || beside === null ? undefined : (JSON.parse(beside) as Beside);

export type ItemRow<T extends ResourceTable> = ListedRow<T> & { version: number; deletedAt: number | null };

/** What a list can be sorted by. */
interface Sort<Row> {
  /** a column and no expression: a row value goes by the index of columns only */
  by: SQLiteColumn;
  /** the same value of a row at hand */
  of: (row: Row) => number | string;
  /** a text may be personal: cursors then hold the id only, and the page reads that row's value */
  kind: 'number' | 'text';
}

/**
 * A filter's condition. `indexed`: an index of each sort begins with it; `range`: it bounds the column of the list's only sort; the others are
 * judged over a bounded stretch of rows.
 */
export interface Condition {
  where: SQL;
  indexed: boolean | 'range';
}

/** How rows of a table are listed; declared in storage/queries/, named by the resource. */
export interface ListSource<T extends ListedTable> {
  table: T;
  /** the table's rows that are of this list at all, where several nouns share it; each of its indexes begins with these columns */
  within?: SQL;
  /** of those, the ones that no page and no search shows; who has the id can open them */
  hides?: SQL;
  sorts: Readonly<Record<string, Sort<ListedRow<T>>>>;
  /** the order of a list whose query offers none: a sort's name, `-` before it for descending; cursors then don't name it */
  order?: string;
  /**
   * what is shown beside a row and lies in other tables of the shard, as JSON: read by the list's own statement, because each further one is
   * a hop more for whoever waits. Rows that were not read by the list have none
   */
  beside?: SQL;
  /** columns by which look-ups judge the rows they found, beside id and order: the rest is read of the page alone */
  judgedBy?: Readonly<Record<string, SQLiteColumn>>;
  /** by name of the query's member */
  filters: Readonly<Record<string, (value: string) => Condition>>;
}

interface PageRequest {
  sort: string;
  descending: boolean;
  /** true: the deleted rows, else the others */
  deleted: boolean;
  conditions: readonly Condition[];
  limit: number;
  /** rows looked at for conditions that have no index */
  bound: number;
  /** the row before the page: with its value, or (texts) by its id alone */
  after: { value?: number; id: string } | null;
}

interface PageRead<Row> {
  rows: Row[];
  /** position of the last row looked at; null: there is nothing behind it */
  next: { value: number | string; id: string } | null;
  /** the bound was reached before the page was full */
  truncated: boolean;
}

/** Rows looked at for a page whose filters have no index: so many times the page's length, and never more than the second number. */
const BOUND_FACTOR = 20;
const MAX_BOUND = 900;
export const boundOf = (limit: number): number => Math.min(BOUND_FACTOR * limit, MAX_BOUND);

/** All of them; without one, every row. */
export const allOf = (...conditions: (SQL | undefined)[]): SQL => and(...conditions) ?? sql`1`;

/** The highest character: ends the range of everything that begins with a text. */
const END = '\u{10ffff}';
/** What begins with a text, as a range that goes by the column's index. */
export const beginsWith = (column: SQLiteColumn, text: string): SQL =>
  allOf(gte(column, text), lt(column, `${text}${END}`));

/** The filter that a column has the value. @param indexed see `Condition` */
export const has =
  (column: SQLiteColumn, indexed: boolean) =>
  (value: string): Condition => ({ where: eq(column, value), indexed });

/** The rows that are there, or the deleted ones; undefined: the table keeps no deleted ones. */
export const stateOf = (table: ListedTable, deleted: boolean): SQL | undefined =>
  table.deletedAt === undefined ? undefined : deleted ? isNotNull(table.deletedAt) : isNull(table.deletedAt);

/** One row, deleted or not; null for an id the tenant does not have. @param within of a table that several nouns share */
export const rowById = async <T extends ListedTable>(
  db: TenantDb,
  table: T,
  id: string,
  within?: SQL,
): Promise<ListedRow<T> | null> => (await db.row(table, allOf(within, eq(table.id, id)))) as ListedRow<T> | null;

/** The same of a table with versions. */
export const itemById = async <T extends ResourceTable>(
  db: TenantDb,
  table: T,
  id: string,
  within?: SQL,
): Promise<ItemRow<T> | null> => (await rowById(db, table, id, within)) as ItemRow<T> | null;

/** Rows with what is shown beside them. */
const rowsWith = async <T extends ListedTable>(
  db: TenantDb,
  table: T,
  beside: SQL | undefined,
  options: RowsOptions,
): Promise<ShownRow<ListedRow<T>>[]> =>
  (beside === undefined
    ? await db.rows(table, options)
    : await db.fields(table, { ...getTableColumns(table), beside: beside.as('beside') }, options)) as ShownRow<
    ListedRow<T>
  >[];

/** Up to 1,000 items by id, in no order. @param where further conditions; a look-up by id needs no index for them */
export const itemsByIds = async <T extends ListedTable>(
  db: TenantDb,
  table: T,
  ids: readonly string[],
  where?: SQL,
  beside?: SQL,
): Promise<ShownRow<ListedRow<T>>[]> =>
  ids.length === 0
    ? []
    : rowsWith(db, table, beside, {
        ...byIds(table, ids, where, where),
        limit: ids.length,
      });

/** Rows by their key. What shares its table with others (`within`) is keyed by its kind, too, which `where` says then. */
const byIds = (
  table: ListedTable,
  ids: readonly string[],
  within: SQL | undefined,
  where: SQL | undefined,
): Pick<RowsOptions, 'ids' | 'where'> =>
  within === undefined
    ? { ids, where }
    : { where: allOf(sql`${table.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`, where) };

/** A row that a look-up found: its id, the value of the order, and what look-ups judge it by. */
export type FoundRow<T extends ListedTable> = Partial<ListedRow<T>> & { id: string; order: number | string };

/** Up to 1,000 items by id, in no order, with as much of them as says which of them are the page. @param sort name of the order */
export const foundByIds = async <T extends ListedTable>(
  db: TenantDb,
  { table, sorts, judgedBy = {}, within, hides }: ListSource<T>,
  ids: readonly string[],
  sort: string,
  where: SQL,
): Promise<FoundRow<T>[]> =>
  ids.length === 0
    ? []
    : ((await db.fields(
        table,
        { ...judgedBy, id: table.id, order: sql`${sorts[sort]?.by ?? table.id}`.as('order_value') },
        {
          ...byIds(table, ids, within, hides === undefined ? where : allOf(sql`NOT (${hides})`, where)),
          limit: ids.length,
        },
      )) as FoundRow<T>[]);

/** A page in the order of its sort. Reads `limit + 1` rows, or with conditions that have no index at most `bound` positions. */
export async function readPage<T extends ListedTable>(
  db: TenantDb,
  source: ListSource<T>,
  request: PageRequest,
): Promise<PageRead<ShownRow<ListedRow<T>>>> {
  const { table } = source;
  const sort = source.sorts[request.sort];
  if (sort === undefined) throw new Error(`defect: no sort ${request.sort}`);
  const { descending, after, limit, bound } = request;
  const direction = descending ? desc : asc;
  // By its id a row has one place: a row value of the same column twice would go by no index.
  const isById = sort.by === table.id;
  const orderBy = isById ? [direction(table.id)] : [direction(sort.by), direction(table.id)];
  // One filter leads: an index for two of them together would be one for every pair.
  const leading = request.conditions.find((condition) => condition.indexed === true);
  const ranges = request.conditions.filter((condition) => condition.indexed === 'range');
  const others = request.conditions
    .filter((condition) => condition !== leading && !ranges.includes(condition))
    .map((condition) => condition.where);
  // A text is read by the same statement: a second one would make every page but the first more expensive.
  const start =
    after === null
      ? undefined
      : (after.value ??
        sql`(SELECT ${sort.by} FROM ${table} WHERE ${allOf(eq(table.tenantId, db.tenantId), source.within, eq(table.id, after.id))})`);
  const beyond = (position: SQL, than: SQL): SQL =>
    descending ? sql`${position} < ${than}` : sql`${position} > ${than}`;
  const where = allOf(
    source.within,
    source.hides === undefined ? undefined : sql`NOT (${source.hides})`,
    stateOf(table, request.deleted),
    // The deleted are few and have no index by filter.
    request.deleted ? undefined : leading?.where,
    ...ranges.map((condition) => condition.where),
    after === null
      ? undefined
      : isById
        ? beyond(sql`${table.id}`, sql`${after.id}`)
        : beyond(sql`(${sort.by}, ${table.id})`, sql`(${start}, ${after.id})`),
  );
  if (request.deleted && leading !== undefined) others.push(leading.where);
  if (others.length === 0) {
    const read = await rowsWith(db, table, source.beside, { where, orderBy, limit: limit + 1 });
    const rows = read.slice(0, limit);
    const last = read.length > limit ? rows.at(-1) : undefined;
    return { rows, next: last === undefined ? null : { value: sort.of(last), id: last.id }, truncated: false };
  }
  const looked = (await db.fields(
    table,
    { id: table.id, value: sql`${sort.by}`.as('value'), fits: sql`(${allOf(...others)})`.as('fits') },
    { where, orderBy, limit: bound + 1 },
  )) as { id: string; value: number | string; fits: number }[];
  const within = looked.slice(0, bound);
  const fitting = within.filter((position) => position.fits === 1);
  const shown = fitting.slice(0, limit);
  const full = fitting.length > limit;
  const truncated = !full && looked.length > bound;
  const last = full ? shown.at(-1) : truncated ? within.at(-1) : undefined;
  const rows = await itemsByIds(
    db,
    table,
    shown.map((position) => position.id),
    source.within,
    source.beside,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    rows: shown.flatMap((position) => byId.get(position.id) ?? []),
    next: last === undefined ? null : { value: last.value, id: last.id },
    truncated,
  };
}
