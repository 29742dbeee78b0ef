/** A word, number or written date of a phrase with what it can mean; what the tokeniser makes and the grammar reads. */
import type { Category } from './lexicon.ts';

export interface Token {
  category: Category;
  /** Meaning of the category: the number, the weekday, the id. */
  value: number | string;
  /** Folded text. */
  text: string;
  /** A number said or written as an ordinal (24., 24th, vierten). */
  ordinal?: boolean;
  /** A number written in digits. */
  digits?: boolean;
  /** `clock`, `date`, `pair`: the parts as written. */
  parts?: { a: number; b: number; c: number | null; slash?: boolean; iso?: boolean; leadingZero?: boolean };
  /** A comma, colon or full stop stands before this token. */
  afterComma: boolean;
  /** Position among all tokens, fillers counted: neighbours differ by one. */
  at: number;
}
