/**
 * What the chain of entries vouches for beside itself: terms and closed months, each hashed together with the one before, so that the newest
 * hash speaks for all. The first entry after a change carries it (`attests`). Pure; called by the store that writes them and by verify.
 */
import type { Instant } from '../../../shared/clock.ts';
import type { Invoice, Statement, Terms } from '../types.ts';
import { type Cause, GENESIS_HASH } from './post.ts';

type Tools = Pick<Cause, 'hash' | 'canonical'>;

/** A version of the terms as it is stored. */
export interface TermsRow {
  version: number;
  terms: Terms;
  at: Instant;
}
/** A closed month as it is stored. */
export interface CloseRow {
  period: string;
  at: Instant;
  invoice: Invoice;
  /** absent: closed in the time before */
  statement?: Statement;
}

export const termsHash = (previous: string, row: TermsRow, { hash, canonical }: Tools): string =>
  hash(canonical({ previous, ...row }));
export const closeHash = (previous: string, row: CloseRow, { hash, canonical }: Tools): string =>
  hash(canonical({ previous, ...row }));

/** `{version}:{hash}` of all terms up to a version; null: there is none of it. */
export function attestedTerms(rows: Iterable<TermsRow>, version: number, tools: Tools): string | null {
  let previous = GENESIS_HASH;
  for (const row of rows) {
    previous = termsHash(previous, row, tools);
    if (row.version === version) return `${version}:${previous}`;
  }
  return null;
}

/** `{period}:{hash}` of all closed months up to one; null: that one is not closed. @param rows in order of the months */
export function attestedCloses(rows: Iterable<CloseRow>, period: string, tools: Tools): string | null {
  let previous = GENESIS_HASH;
  for (const row of rows) {
    previous = closeHash(previous, row, tools);
    if (row.period === period) return `${period}:${previous}`;
  }
  return null;
}
