import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCursor } from './cursor.ts';
import { cursorOf, pageOf, WHOLE_LIST } from './list.ts';

describe('where a page starts', () => {
  it('is the beginning without a cursor', () => {
    expect(cursorOf(undefined, ['number', 'string'])).toEqual({ ok: true, value: null });
  });
  it('is the row the cursor names', () => {
    expect(cursorOf(encodeCursor([7, 'a']), ['number', 'string'])).toEqual({ ok: true, value: [7, 'a'] });
  });
  it.each([
    ['of another length', encodeCursor([7])],
    ['of other types', encodeCursor(['7', 'a'])],
    ['in another order', encodeCursor(['a', 7])],
    ['not ours', 'hello'],
  ])('a cursor %s is refused', (_name, cursor) => {
    expect(cursorOf(cursor, ['number', 'string'])).toEqual({
      ok: false,
      error: { code: 'VALIDATION_ERROR', errors: { cursor: ['unknown cursor'] } },
    });
  });
});

describe('a page', () => {
  it('following the cursors shows every row once, in order, and then says there is no more', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (values, limit) => {
        const all = values.toSorted((a, b) => a - b);
        const seen: number[] = [];
        let cursor: string | undefined;
        for (let pages = 0; pages <= all.length; pages += 1) {
          const after = cursorOf(cursor, ['number']);
          if (!after.ok) throw new Error('our own cursor was refused');
          const start = after.value;
          const rows = all.filter((value) => start === null || value > start[0]).slice(0, limit + 1);
          const { shown, meta } = pageOf(rows, limit, (value) => [value]);
          expect(meta.has_more).toBe(meta.next_cursor !== null);
          seen.push(...shown);
          if (meta.next_cursor === null) break;
          cursor = meta.next_cursor;
        }
        expect(seen).toEqual(all);
      }),
    );
  });
  it('that holds exactly its limit has no next one', () => {
    expect(pageOf([1, 2], 2, (value) => [value])).toEqual({ shown: [1, 2], meta: WHOLE_LIST });
  });
});
