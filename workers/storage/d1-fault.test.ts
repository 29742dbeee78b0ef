/** What D1 may say when it can't now, and what is a defect all the same. */
import { describe, expect, it } from 'vitest';
import { isD1Away } from './d1-fault.ts';

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
