import { describe, expect, it } from 'vitest';
import { MB, steady } from './heap.ts';

const sizes = (...megabytes: number[]): number[] => megabytes.map((size) => size * MB);

describe('a heap after equal rounds', () => {
  it('is steady where it wanders and comes back', () => {
    expect(steady(sizes(20.7, 21.0, 20.8, 21.2, 20.9, 20.8)).ok).toBe(true);
    expect(steady(sizes(24, 22, 21, 21, 21)).ok).toBe(true);
  });

  it('grows where each round leaves something, by as much as each leaves', () => {
    const { growth, ok } = steady(sizes(20, 20.6, 21.2, 21.8, 22.4));
    expect(growth / MB).toBeCloseTo(0.6);
    expect(ok).toBe(false);
  });

  it('grows where a collection in the middle hides it', () => {
    expect(steady(sizes(20, 21, 22, 20.5, 24, 25)).ok).toBe(false);
  });

  it('tells nothing of two rounds', () => {
    expect(() => steady(sizes(20, 20))).toThrow('fewer than three');
  });
});
