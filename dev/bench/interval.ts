/** What paired rounds say of two commits: the median of their ratios, its 90 % interval, and the verdict. Pure; called by paired.ts. */

/** An interval wholly below this is a hot path that became slower. */
const SLOWER = 0.95;
/** Half-width relative to the median, beyond which an interval says nothing. */
const WIDE = 0.1;
const CONFIDENCE = 0.9;

export interface Interval {
  median: number;
  low: number;
  high: number;
}

/**
 * The median and its interval by order statistics: no assumption about how the ratios are spread. The narrowest pair of ranks around the
 * middle between which the true median lies with at least 90 %; needs five values.
 */
export function medianInterval(values: readonly number[]): Interval {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  if (n < 5) throw new Error('an interval needs at least five rounds');
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const median = n % 2 === 1 ? at((n - 1) / 2) : (at(n / 2 - 1) + at(n / 2)) / 2;
  // Below rank k the true median lies with the chance of fewer than k heads in n tosses.
  let tail = 0;
  let chance = 0.5 ** n;
  let rank = 0;
  while (tail + chance <= (1 - CONFIDENCE) / 2) {
    tail += chance;
    chance = (chance * (n - rank)) / (rank + 1);
    rank++;
  }
  return { median, low: at(Math.max(0, rank - 1)), high: at(Math.min(n - 1, n - rank)) };
}

export type Judgement = 'slower' | 'kept' | 'wide';

/** @param interval of ratios now ÷ before, where more is better */
export function judge({ median, low, high }: Interval): Judgement {
  if ((high - low) / 2 > WIDE * median) return 'wide';
  return high < SLOWER ? 'slower' : 'kept';
}
