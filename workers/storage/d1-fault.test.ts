/** What D1 may say when it can't now, what it will never take, and what is a defect all the same. */
import { describe, expect, it } from 'vitest';
import { isD1Away, isRefusedForGood } from './d1-fault.ts';

describe('D1 is away', () => {
  it.each([
    'D1_ERROR: database is locked: SQLITE_BUSY',
    'D1_ERROR: D1 DB is overloaded. Too many requests queued.',
    'D1_ERROR: Network connection lost.',
    'D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.',
    'D1_ERROR: internal error; reference = abc',
    'D1 refused (fault injected)',
  ])('by "%s", however deep', (message) => {
    expect(isD1Away(new Error(message))).toBe(true);
    expect(
      isD1Away(new Error('Failed query: select 1', { cause: new Error('x', { cause: new Error(message) }) })),
    ).toBe(true);
  });
  it.each([
    'D1_ERROR: UNIQUE constraint failed: tenants.slug: SQLITE_CONSTRAINT',
    'D1_ERROR: no such column: foo: SQLITE_ERROR',
    'assertion failed: x',
  ])('not by "%s"', (message) => {
    expect(isD1Away(new Error(message))).toBe(false);
  });
  it('not by what is no error', () => expect(isD1Away('database is locked')).toBe(false));
});

describe('rows are refused for good', () => {
  it.each([
    'D1_ERROR: NOT NULL constraint failed: ledger_entries.currency: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_NOTNULL)',
    'D1_ERROR: UNIQUE constraint failed: tenants.slug: SQLITE_CONSTRAINT',
    'D1_ERROR: string or blob too big: SQLITE_TOOBIG',
  ])('by "%s"', (message) =>
    expect(isRefusedForGood(new Error('Failed query', { cause: new Error(message) }))).toBe(true),
  );
  it.each([
    'D1_ERROR: database is locked: SQLITE_BUSY',
    'D1_ERROR: object_behind: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_TRIGGER)',
    'D1_ERROR: no such column: foo: SQLITE_ERROR',
  ])('not by "%s"', (message) => expect(isRefusedForGood(new Error(message))).toBe(false));
});
