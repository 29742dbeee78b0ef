/** Every column that could hold a text has been looked at: either the erasure empties it, or it is said why nothing of a customer is in it. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, it } from 'vitest';
import { HOLDS_NOBODY } from './columns.fixture.ts';
import { PLACES, ROW_COVERS } from './places.ts';

/** `table.column` of all declared texts, JSON among them. */
async function textColumns(): Promise<{ at: string; isClosed: boolean }[]> {
  const folder = path.join(import.meta.dirname, '../../storage/tables');
  const found: { at: string; isClosed: boolean }[] = [];
  for (const file of readdirSync(folder).sort())
    for (const value of Object.values((await import(path.join(folder, file))) as Record<string, unknown>)) {
      if (!is(value, SQLiteTable)) continue;
      const { name, columns } = getTableConfig(value);
      for (const column of columns)
        if (column.getSQLType() === 'text')
          found.push({ at: `${name}.${column.name}`, isClosed: (column.enumValues ?? []).length > 0 });
    }
  return found;
}

it('no column of D1 is unknown to the erasure', async () => {
  const columns = await textColumns();
  const covered = new Set<string>([...PLACES.flatMap(({ covers }) => covers), ...ROW_COVERS]);
  const open = columns.filter(({ isClosed }) => !isClosed).map(({ at }) => at);
  expect(
    open.filter((at) => !covered.has(at) && !HOLDS_NOBODY.has(at)),
    'place them in workers/crm/erasure/places.ts, or say in columns.fixture.ts why nothing of a customer is in them',
  ).toEqual([]);
  expect([...HOLDS_NOBODY].filter((at) => !open.includes(at) || covered.has(at))).toEqual([]);
});

it('what the erasure says it covers is there', async () => {
  const there = (await textColumns()).map(({ at }) => at);
  const covers = [...PLACES.flatMap((place) => place.covers), ...ROW_COVERS];
  expect(covers.filter((at) => !at.includes(':') && !there.includes(at))).toEqual([]);
});
