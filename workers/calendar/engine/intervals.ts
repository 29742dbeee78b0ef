/**
 * Sets of whole minutes as flat arrays of half-open intervals `[from0, to0, from1, to1, …]`, sorted, disjoint, not touching.
 * The arithmetic under hours and availability: linear sweeps over integers, nothing allocated but the answer.
 */

export type Minutes = readonly number[];

export const EMPTY: Minutes = [];

/** Appends [from, to), joining it to the last interval where they touch. `from` must not be before the last interval's start. */
export function push(into: number[], from: number, to: number): void {
  if (from >= to) return;
  const last = into.length - 1;
  if (last > 0) {
    const end = into[last] as number;
    if (from <= end) {
      if (to > end) into[last] = to;
      return;
    }
  }
  into.push(from, to);
}

/** Any pairs, in any order, overlapping or not → a set. */
export function normalise(pairs: readonly (readonly [number, number])[]): number[] {
  const sorted = [...pairs].sort((a, b) => a[0] - b[0]);
  const made: number[] = [];
  for (const [from, to] of sorted) push(made, from, to);
  return made;
}

export function intersect(a: Minutes, b: Minutes): number[] {
  const made: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const from = Math.max(a[i] as number, b[j] as number);
    const aTo = a[i + 1] as number;
    const bTo = b[j + 1] as number;
    push(made, from, Math.min(aTo, bTo));
    if (aTo < bTo) i += 2;
    else j += 2;
  }
  return made;
}

export function union(a: Minutes, b: Minutes): Minutes {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const made: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (j >= b.length || (i < a.length && (a[i] as number) <= (b[j] as number))) {
      push(made, a[i] as number, a[i + 1] as number);
      i += 2;
    } else {
      push(made, b[j] as number, b[j + 1] as number);
      j += 2;
    }
  }
  return made;
}

export function subtract(a: Minutes, b: Minutes): Minutes {
  if (b.length === 0 || a.length === 0) return a;
  const made: number[] = [];
  let j = 0;
  for (let i = 0; i < a.length; i += 2) {
    let from = a[i] as number;
    const to = a[i + 1] as number;
    while (j < b.length && (b[j + 1] as number) <= from) j += 2;
    for (let k = j; k < b.length && (b[k] as number) < to; k += 2) {
      push(made, from, b[k] as number);
      from = Math.max(from, b[k + 1] as number);
      if (from >= to) break;
    }
    push(made, from, to);
  }
  return made;
}

/** Starts t for which [t, t + length) lies in one interval of the set. */
export function startsWithin(set: Minutes, length: number): number[] {
  const made: number[] = [];
  for (let i = 0; i < set.length; i += 2) push(made, set[i] as number, (set[i + 1] as number) - length + 1);
  return made;
}

/** Index of the interval that holds the point, or -1. */
export function indexHolding(set: Minutes, point: number): number {
  let low = 0;
  let high = set.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((set[middle * 2] as number) > point) high = middle - 1;
    else if ((set[middle * 2 + 1] as number) <= point) low = middle + 1;
    else return middle * 2;
  }
  return -1;
}

export const holds = (set: Minutes, point: number): boolean => indexHolding(set, point) >= 0;

/** True when one interval of the set covers all of [from, to). */
export function covers(set: Minutes, from: number, to: number): boolean {
  const at = indexHolding(set, from);
  return at >= 0 && (set[at + 1] as number) >= to;
}

/** First point of the set that is not before `point`, or null. */
export function firstFrom(set: Minutes, point: number): number | null {
  for (let low = 0, high = set.length / 2 - 1; low <= high; ) {
    const middle = (low + high) >> 1;
    const to = set[middle * 2 + 1] as number;
    if (to <= point) low = middle + 1;
    else if (middle > 0 && (set[middle * 2 - 1] as number) > point) high = middle - 1;
    else return Math.max(point, set[middle * 2] as number);
  }
  return null;
}

/**
 * Points t such that some g of the set lies in [t + low, t + high] and t and g are in one interval of `runs`:
 * one step backwards through a chain whose waiting may vary.
 */
export function reachBack(set: Minutes, low: number, high: number, runs: Minutes): Minutes {
  const pairs: [number, number][] = [];
  let r = 0;
  for (let i = 0; i < set.length; i += 2) {
    const from = set[i] as number;
    const to = set[i + 1] as number;
    while (r < runs.length && (runs[r + 1] as number) <= from) r += 2;
    for (let k = r; k < runs.length && (runs[k] as number) < to; k += 2) {
      const runFrom = runs[k] as number;
      const first = Math.max(from, runFrom);
      const end = Math.min(to, runs[k + 1] as number);
      if (first < end) pairs.push([Math.max(runFrom, first - high), end - low]);
    }
  }
  return normalise(pairs);
}
