/** Looks at tokens by position; the parts of the grammar share one cursor a phrase. */
import type { Language } from './reading.ts';
import type { DayTerm, Doubt, TimeTerm } from './terms.ts';
import type { Token } from './tokens.ts';

/** A reading and the position after it; null where it does not read. */
export type Read<T> = readonly [value: T, next: number] | null;

/** What a stretch of tokens can turn out to be. */
export type DayOrDoubt = { term: DayTerm } | { time: TimeTerm } | { doubt: Doubt };

export interface Cursor {
  /** Tokens that may carry time. */
  tokens: readonly Token[];
  /** Every token of the phrase, fillers included; `Token.at` is the position here. */
  all: readonly Token[];
  language: Language;
  tok(i: number): Token | undefined;
  is(i: number, ...categories: Token['category'][]): boolean;
  num(i: number): number | null;
  cardinal(i: number): number | null;
  ordinal(i: number): number | null;
  /** The first position at or after `i` that is of none of the categories. */
  skip(i: number, ...categories: Token['category'][]): number;
}

export function cursorOver(tokens: readonly Token[], all: readonly Token[], language: Language): Cursor {
  const tok = (i: number): Token | undefined => tokens[i];
  const is = (i: number, ...categories: Token['category'][]): boolean => {
    const token = tok(i);
    return token !== undefined && categories.includes(token.category);
  };
  const num = (i: number): number | null => {
    const token = tok(i);
    return token?.category === 'number' && !Number.isNaN(token.value) ? Number(token.value) : null;
  };
  const skip = (i: number, ...categories: Token['category'][]): number => {
    let at = i;
    while (is(at, ...categories)) at++;
    return at;
  };
  return {
    tokens,
    all,
    language,
    tok,
    is,
    num,
    cardinal: (i) => (tok(i)?.ordinal ? null : num(i)),
    ordinal: (i) => (tok(i)?.ordinal ? num(i) : null),
    skip,
  };
}
