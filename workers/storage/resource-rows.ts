/** Statements over one row of a resource, for the batches of resources/: which row, that it is still as it was seen, its change, its end. */
import { and, eq, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { allOf, type ItemRow, type ResourceTable, stateOf } from './resource-list.ts';
import type { TenantDb, Write } from './tenant-db.ts';

export const itemIs = (table: ResourceTable, id: string): SQL => eq(table.id, id);

/** Fails the batch unless the row is in this version and state. */
export const itemGuard = (
  db: TenantDb,
  table: ResourceTable,
  seen: { id: string; version: number; deleted: boolean },
): Write =>
  db.guardOf(
    table,
    and(eq(table.id, seen.id), eq(table.version, seen.version), stateOf(table, seen.deleted)) ?? itemIs(table, seen.id),
  );

/** Sets columns; the version goes up by one. */
export const itemUpdate = (
  db: TenantDb,
  table: ResourceTable,
  id: string,
  set: Record<string, unknown>,
  now: number,
): Write => db.updateOf(table, { ...set, updatedAt: now, version: sql`${table.version} + 1` }, itemIs(table, id));

/** A table whose long deleted rows come to an end; with `archivedAt` for nouns whose history can hold them. */
export type RemovableTable = ResourceTable & { archivedAt?: SQLiteColumn };

/** Deleted before an instant and not archived yet, oldest first. */
export const longDeleted = async <T extends RemovableTable>(
  db: TenantDb,
  table: T,
  before: number,
  limit: number,
): Promise<ItemRow<T>[]> =>
  (await db.rows(table, {
    where: and(
      isNotNull(table.deletedAt),
      table.archivedAt === undefined ? undefined : isNull(table.archivedAt),
      lt(table.deletedAt, before),
    ),
    orderBy: [table.deletedAt, table.id],
    limit,
  })) as ItemRow<T>[];

export const itemRemove = (db: TenantDb, table: ResourceTable, id: string): Write =>
  db.removeOf(table, itemIs(table, id));

/** All conditions at once. */
export const conditionsOf = (conditions: readonly { where: SQL | undefined }[]): SQL =>
  allOf(...conditions.map((condition) => condition.where));
