import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { is } from 'drizzle-orm';
import { SQLiteTable as TableClass } from 'drizzle-orm/sqlite-core';
import { expect, it } from 'vitest';
import { CALENDAR_MIGRATIONS } from '../calendar/schema.ts';
import { LEDGER_MIGRATIONS } from '../ledger/schema.ts';
import { RUNTIME_MIGRATIONS } from '../object-runtime/schema.ts';
import { memoryStorage } from '../object-runtime/sql.fixture.ts';
import { KEEPING, KEEPING_IN_OBJECTS, RETENTION_RULES } from './retention.ts';

const folder = path.join(import.meta.dirname, 'tables');
const tables: SQLiteTable[] = [];
for (const file of readdirSync(folder).sort())
  for (const value of Object.values((await import(path.join(folder, file))) as Record<string, unknown>))
    if (is(value, TableClass)) tables.push(value);
const nameOf = (table: SQLiteTable): string => getTableConfig(table).name;

it('every table of D1 says how long it keeps what is in it, and nothing else does', () => {
  expect(Object.keys(KEEPING).sort()).toEqual(tables.map(nameOf).sort());
});

it('every rule of pruning belongs to the line of its table, and every line names rules that are there', () => {
  const named = Object.entries(KEEPING).flatMap(([table, keeping]) =>
    'rules' in keeping ? keeping.rules.map((rule) => `${table}: ${rule}`) : [],
  );
  expect(named.sort()).toEqual(RETENTION_RULES.map((rule) => `${nameOf(rule.table)}: ${rule.name}`).sort());
});

it('what other code prunes names a file that is there, what goes with a row names a table that is there', () => {
  for (const keeping of Object.values({ ...KEEPING, ...KEEPING_IN_OBJECTS })) {
    if ('prunedBy' in keeping) expect(existsSync(keeping.prunedBy), keeping.prunedBy).toBe(true);
    if ('goesWith' in keeping) expect(Object.keys(KEEPING)).toContain(keeping.goesWith);
  }
});

it('every table in an object’s file says so, too', () => {
  const found = new Set<string>();
  for (const migrations of [CALENDAR_MIGRATIONS, LEDGER_MIGRATIONS]) {
    const storage = memoryStorage();
    for (const { sql } of [...RUNTIME_MIGRATIONS, ...migrations]) storage.sql.exec(sql);
    for (const { name } of storage.sql.exec<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
    ))
      found.add(name);
    storage.close();
  }
  expect(Object.keys(KEEPING_IN_OBJECTS).sort()).toEqual([...found].sort());
});
