import { describe, expect, it } from 'vitest';
import { partsOf } from '../../dev/halves.ts';

const LONG = 'tests/contract/hostile.workerd.test.ts';
const short = Array.from({ length: 20 }, (_, i) => `workers/short-${i}.workerd.test.ts`);

describe('parts of the workerd project', () => {
  it('have each file once, whatever their order', () => {
    const parts = partsOf([LONG, ...short], 2);
    expect(parts.flat().toSorted()).toEqual([LONG, ...short].toSorted());
    expect(partsOf([...short, LONG].toReversed(), 2)).toEqual(parts);
  });

  it('balance by length: who has the long file has fewer others', () => {
    const [first = [], second = []] = partsOf([LONG, ...short], 2);
    expect(first).toContain(LONG);
    expect(second.length).toBeGreaterThan(first.length);
  });

  it('may be empty where there are fewer files', () => {
    expect(partsOf([LONG], 2)).toEqual([[LONG], []]);
  });
});
