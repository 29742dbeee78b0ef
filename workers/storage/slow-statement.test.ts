import { describe, expect, it } from 'vitest';
import { shapeOf } from './slow-statement.ts';

describe('the shape of a statement', () => {
  it.each([
    [
      'select "id", "name" from "customers" where ("customers"."tenant_id" = ? and "customers"."id" in (?, ?, ?)) limit ?',
      'select',
      'customers',
      'select "id", "name" from "customers" where ("customers"."tenant_id" = ? and "customers"."id" in (?, …)) limit ?',
    ],
    [
      "INSERT OR IGNORE INTO log_1 (a, b)\n  VALUES ('Erika Mustermann, it''s', 4915112345678)",
      'insert',
      'log_1',
      "INSERT OR IGNORE INTO log_1 (a, b) VALUES ('…', 0)",
    ],
    [
      'update "jobs" set "state" = ?1 where rowid > -12.5',
      'update',
      'jobs',
      'update "jobs" set "state" = ? where rowid > 0',
    ],
    ['insert into "t" values (?, ?), (?, ?), (?, ?)', 'insert', 't', 'insert into "t" values (?, …), …'],
    ['PRAGMA optimize', 'pragma', null, 'PRAGMA optimize'],
  ])('%s', (query, verb, table, statement) => {
    expect(shapeOf(query)).toEqual({ verb, table, statement });
  });
  it('is bounded', () => {
    expect(shapeOf(`select ${'a, '.repeat(1_000)} b from c`).statement.length).toBeLessThanOrEqual(400);
  });
});
