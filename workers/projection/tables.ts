/** Every projected table by name: what rebuild, reconcile and the test over the schema walk. A new module adds its tables here. */
import { getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { ObjectKind } from '../object-runtime/events.ts';
import * as calendarTables from '../storage/tables/calendar.ts';
import * as ledgerTables from '../storage/tables/ledger.ts';

const isProjected = (value: unknown): value is SQLiteTable =>
  typeof value === 'object' && value !== null && 'tenantId' in value && 'epoch' in value && 'seq' in value;

const byName = (module: Record<string, unknown>): Map<string, SQLiteTable> =>
  new Map(
    Object.values(module)
      .filter(isProjected)
      .map((table) => [getTableName(table), table]),
  );

export const PROJECTED_TABLES: Readonly<Record<ObjectKind, ReadonlyMap<string, SQLiteTable>>> = {
  calendar: byName(calendarTables),
  ledger: byName(ledgerTables),
};
