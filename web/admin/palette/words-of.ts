/** A text as the words that the palette compares: small, without accents. Called by its line and its rows. */
import { foldLetters } from '../../../shared/fold-letters.ts';

export const wordsOf = (text: string): string[] =>
  foldLetters(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
