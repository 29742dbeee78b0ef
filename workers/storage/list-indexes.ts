/** The indexes that a resource's list needs, from its sorts and filters. Called by tables/. */
import { type SQL, sql } from 'drizzle-orm';
import { index, type SQLiteColumn } from 'drizzle-orm/sqlite-core';

interface ListedColumns {
  tenantId: SQLiteColumn;
  id: SQLiteColumn;
}

/** A filter with an index of its own: rows equal in `columns`, or only the rows of a condition without parameters. */
interface IndexedFilter {
  columns: readonly SQLiteColumn[];
  only?: SQL;
}

const LIVE = sql`deleted_at IS NULL`;
const DELETED = sql`deleted_at IS NOT NULL`;

/**
 * For each sort an index of the live rows and one of the deleted ones, and for each filter one of each sort: a page is a range of exactly
 * one of them. Filters together take the first one's index and read a bounded stretch of it (resource-list.ts).
 */
export const listIndexes = (
  table: string,
  t: ListedColumns,
  wanted: {
    sorts: Readonly<Record<string, SQLiteColumn>>;
    filters?: Readonly<Record<string, IndexedFilter>>;
  },
) =>
  Object.entries(wanted.sorts).flatMap(([sort, by]) => [
    index(`${table}_${sort}`).on(t.tenantId, by, t.id).where(LIVE),
    index(`${table}_deleted_${sort}`).on(t.tenantId, by, t.id).where(DELETED),
    ...Object.entries(wanted.filters ?? {}).map(([filter, { columns, only }]) =>
      index(`${table}_${filter}_${sort}`)
        .on(t.tenantId, ...columns, by, t.id)
        .where(only === undefined ? LIVE : sql`${only} AND ${LIVE}`),
    ),
  ]);
