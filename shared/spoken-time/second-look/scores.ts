/**
 * Weights of features in a table of a fixed size: a feature's hash is its place, one character its weight. Two features may share a place;
 * the weights are learned with it. Called by second-look.ts and dev/spoken-time/learn.ts.
 */

/** A table of weights as `learn` writes it. */
export interface Learned {
  /** what the largest weight stands for */
  scale: number;
  /** a character for each place */
  table: string;
}

const BITS = 18;
export const PLACES = 2 ** BITS;
/** Steps on each side of nothing; small weights lie closer together. */
const STEPS = 31;
/** Characters that need no escape, the middle one is nothing. */
const CHARACTERS = 'abcdefghijklmnopqrstuvwxyz01234A56789BCDEFGHIJKLMNOPQRSTUVWXYZ_';
/** Of the largest weights so many are cut to the scale. */
const LARGEST_SHARE = 0.9995;

/** What is known of a sentence, as a number: a sentence has a thousand of them, and texts for each took a tenth of the time. */
export type Feature = number;

/** So many bits of each count; as a small integer it needs no memory of its own. */
const FEATURE = 0x3fffffff;

/** FNV-1a: the number of a word or of the name of a feature. */
export function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return stirred(hash);
}

const stirred = (hash: number): number => {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (once ^ (once >>> 13)) & FEATURE;
};

/** Names of features, each with its number. */
export const numbersOf = <K extends string>(...names: readonly K[]): Readonly<Record<K, Feature>> =>
  Object.fromEntries(names.map((name) => [name, numberOf(name)])) as Record<K, Feature>;

/** A feature with one more word or count; the order counts. */
export const joined = (feature: Feature, value: number): Feature =>
  stirred(Math.imul(feature, 0x01000193) ^ Math.imul(value + 1, 0x5bd1e995));

/** Its place in the table. */
export const placeOf = (feature: Feature): number => feature & (PLACES - 1);

/** @param weights by place */
export function pack(weights: Float64Array): Learned {
  const sizes = Array.from(weights, Math.abs)
    .filter((size) => size > 0)
    .sort((a, b) => a - b);
  const scale = sizes[Math.floor(sizes.length * LARGEST_SHARE)] ?? 1;
  const characters = Array.from(weights, (weight) => {
    const step = Math.round(Math.sqrt(Math.min(1, Math.abs(weight) / scale)) * STEPS);
    return CHARACTERS[STEPS + (weight < 0 ? -step : step)];
  });
  return { scale, table: characters.join('') };
}

/** The sum of the weights of features. */
export type Scorer = (features: readonly Feature[]) => number;

/** What sums up the weights of a table. */
export function scorer({ scale, table }: Learned): Scorer {
  const weights = new Float64Array(Math.max(...Array.from(CHARACTERS, (character) => character.charCodeAt(0))) + 1);
  for (let at = 0; at < CHARACTERS.length; at++) {
    const step = (at - STEPS) / STEPS;
    weights[CHARACTERS.charCodeAt(at)] = Math.sign(step) * step * step * scale;
  }
  return (features) => {
    let sum = 0;
    for (const feature of features) sum += weights[table.charCodeAt(placeOf(feature))] ?? 0;
    return sum;
  };
}
