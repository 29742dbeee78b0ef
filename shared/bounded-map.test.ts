import { describe, expect, it } from 'vitest';
import { BoundedMap } from './bounded-map.ts';

describe('a bounded map', () => {
  it('never holds more than it may, and always what was set last', () => {
    const map = new BoundedMap<number, string>(3);
    for (let key = 0; key < 100; key++) {
      map.set(key, `value ${key}`);
      expect(map.size).toBeLessThanOrEqual(3);
      expect(map.get(key)).toBe(`value ${key}`);
    }
  });

  it('keeps the others when a key it has is set again', () => {
    const map = new BoundedMap<string, number>(2).set('a', 1).set('b', 2).set('a', 3);
    expect([...map]).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
  });
});
