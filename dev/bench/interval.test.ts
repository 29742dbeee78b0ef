import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge, medianInterval } from './interval.ts';

describe('the interval of a median', () => {
  it.each([
    // ranks from the binomial distribution: fifteen values → the 4th and the 12th
    [15, 4, 12],
    [20, 6, 15],
    [5, 1, 5],
    [31, 11, 21],
  ])('of %i values reaches from rank %i to rank %i', (n, low, high) => {
    const values = Array.from({ length: n }, (_, i) => i + 1).reverse();
    expect(medianInterval(values)).toEqual({ median: (n + 1) / 2, low, high });
  });

  it('holds the true median in at least nine of ten samples', () => {
    let state = 20_261_121;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    let held = 0;
    for (let i = 0; i < 2_000; i++) {
      const { low, high } = medianInterval(Array.from({ length: 15 }, () => random() ** 3));
      if (low <= 0.125 && 0.125 <= high) held++;
    }
    expect(held / 2_000).toBeGreaterThan(0.9);
  });

  it('lies around the median and does not care for the order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 5, maxLength: 60 }),
        (values) => {
          const interval = medianInterval(values);
          expect(interval.low).toBeLessThanOrEqual(interval.median);
          expect(interval.high).toBeGreaterThanOrEqual(interval.median);
          expect(medianInterval([...values].reverse())).toEqual(interval);
        },
      ),
    );
  });

  it('needs five', () => expect(() => medianInterval([1, 1, 1, 1])).toThrow('five'));
});

describe('the verdict', () => {
  it.each([
    ['slower', 0.9, 0.88, 0.949],
    ['kept', 0.93, 0.9, 0.951],
    ['kept', 1, 0.96, 1.05],
    ['wide', 0.7, 0.5, 0.9],
    ['wide', 1, 0.8, 1.3],
  ])('%s: %d in %d–%d', (verdict, median, low, high) => {
    expect(judge({ median, low, high })).toBe(verdict);
  });
});
