/** Looks at the tokens of a phrase by position; every construction of the grammar reads through one. */
import type { Language } from '../reading.ts';
import type { Category } from '../words/lexicon.ts';
import type { Token } from '../words/token.ts';
import type { DayTerm, Doubt, TimeTerm } from './terms.ts';

/** A reading and the position after it; null where it does not read. */
export type Read<T> = readonly [value: T, next: number] | null;

/** What a stretch of tokens can turn out to be. */
export type DayOrDoubt = { term: DayTerm } | { time: TimeTerm } | { doubt: Doubt };

export class Cursor {
  /** Tokens that may carry time; positions of the grammar count these. */
  readonly tokens: readonly Token[];
  /** Every token of the phrase, fillers included; `Token.at` is the position here. */
  readonly all: readonly Token[];
  readonly language: Language;

  constructor(tokens: readonly Token[], all: readonly Token[], language: Language) {
    this.tokens = tokens;
    this.all = all;
    this.language = language;
  }

  tok(i: number): Token | undefined {
    return this.tokens[i];
  }

  text(i: number): string {
    return this.tokens[i]?.text ?? '';
  }

  is(i: number, ...categories: Category[]): boolean {
    const token = this.tokens[i];
    return token !== undefined && categories.includes(token.category);
  }

  isUnit(i: number, unit: string): boolean {
    const token = this.tokens[i];
    return token?.category === 'unit' && token.value === unit;
  }

  /** The number at a position, cardinal or ordinal. */
  num(i: number): number | null {
    const token = this.tokens[i];
    return token?.category === 'number' && !Number.isNaN(token.value) ? Number(token.value) : null;
  }

  cardinal(i: number): number | null {
    return this.tokens[i]?.ordinal ? null : this.num(i);
  }

  ordinal(i: number): number | null {
    return this.tokens[i]?.ordinal ? this.num(i) : null;
  }

  /** The first position at or after `i` that is of none of the categories. */
  skip(i: number, ...categories: Category[]): number {
    let at = i;
    while (this.is(at, ...categories)) at++;
    return at;
  }
}
