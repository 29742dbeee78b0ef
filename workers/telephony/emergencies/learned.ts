/**
 * Pure: how much a text sounds like an emergency, by words and parts of words that were learned from sentences with their expected reading
 * (tests/fixtures/emergencies/, dev/emergencies/train.ts). It knows the many ways to say one thing; what it is, and what speaks against it,
 * the grammar says (reading.ts). Called by ../emergency.ts and by the trainer.
 */
import { foldLetters } from '../../../shared/fold-letters.ts';
import { WEIGHT_STEP, WEIGHTS } from './weights.ts';

/** Longer text is cut, as the grammar does. */
const MAX_LENGTH = 2_000;
/** Features fall into 2^15 places; two that share one were learned together. */
export const PLACES = 1 << 15;
/** Parts of words from three to five letters, spaces included: endings, dialect and what was misheard. */
const SHORTEST = 3;
const LONGEST = 5;
/** A part of a word says less than a word. */
const PART_WEIGHT = 0.5;

const fold = (text: string): string =>
  foldLetters(text.slice(0, MAX_LENGTH))
    .replace(/['’`´]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** FNV-1a over a kind and a stretch of text. */
function place(kind: number, text: string, from: number, to: number): number {
  let hash = Math.imul(2_166_136_261 ^ kind, 16_777_619);
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619);
  // The low bits of FNV alone are poor for short texts.
  return ((hash ^ (hash >>> 15)) >>> 0) & (PLACES - 1);
}

/** Places and values of a text, of length 1 together: long texts weigh no more than short ones. */
export function features(text: string): { at: number[]; value: number[] } {
  const folded = fold(text);
  const found = new Map<number, number>();
  const add = (at: number, value: number): void => {
    found.set(at, (found.get(at) ?? 0) + value);
  };
  if (folded !== '') {
    const words = folded.split(' ');
    for (const [i, word] of words.entries()) {
      const [second, third] = [words[i + 1], words[i + 2]];
      add(place(1, word, 0, word.length), 1);
      if (second !== undefined) {
        const pair = `${word} ${second}`;
        add(place(2, pair, 0, pair.length), 1);
      }
      if (third !== undefined) {
        const around = `${word} ${third}`;
        add(place(3, around, 0, around.length), 1);
      }
    }
    const padded = ` ${folded} `;
    for (let length = SHORTEST; length <= LONGEST; length++)
      for (let from = 0; from + length <= padded.length; from++)
        add(place(3 + length, padded, from, from + length), PART_WEIGHT);
  }
  let square = 0;
  for (const value of found.values()) square += value * value;
  const norm = square === 0 ? 1 : Math.sqrt(square);
  return { at: [...found.keys()], value: [...found.values()].map((value) => value / norm) };
}

let weights: Int8Array | null = null;
function learned(): Int8Array {
  if (weights === null) {
    const bytes = atob(WEIGHTS);
    weights = new Int8Array(PLACES + 1);
    for (let i = 0; i < bytes.length && i <= PLACES; i++) weights[i] = bytes.charCodeAt(i);
  }
  return weights;
}

/** Above 0: more like the emergencies it knows than like the harmless sentences. */
export function soundsLikeEmergency(text: string): number {
  const table = learned();
  const { at, value } = features(text);
  let sum = table[PLACES] ?? 0;
  for (let i = 0; i < at.length; i++) sum += (table[at[i] as number] ?? 0) * (value[i] as number);
  return sum * WEIGHT_STEP;
}
