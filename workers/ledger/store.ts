/**
 * What a money command reads and writes, as a synchronous interface: `schema.ts` keeps it in the object's SQLite, tests keep it in
 * memory, so that the same commands run under thousands of random histories.
 */
import type { Instant } from '../../shared/clock.ts';
import type { Used } from './rules/charge.ts';
import type { Book } from './rules/post.ts';
import type { ThresholdState } from './rules/thresholds.ts';
import type { TopupRow } from './rules/topup.ts';
import type { AmountHold, Entry, EventType, Refs, Terms, UsageLine } from './types.ts';

export type StoredHold = AmountHold & { refs: Refs };

export interface LedgerStore {
  /** null until the first terms are put */
  book(): { book: Book; thresholds: ThresholdState } | null;
  saveBook(book: Book, thresholds: ThresholdState): void;
  terms(version: number): Terms;
  addTerms(version: number, terms: Terms, at: Instant): void;
  addEntries(entries: readonly Entry[]): void;
  topup(id: string): TopupRow | null;
  saveTopup(row: TopupRow, bookSeq: number): void;
  hold(key: string): StoredHold | null;
  saveHold(hold: StoredHold): void;
  /** usage of the thing in the period, with its line under the terms version */
  used(period: string, eventType: EventType, termsVersion: number): Used;
  lines(period: string): UsageLine[];
  saveLine(period: string, line: UsageLine): void;
  isClosed(period: string): boolean;
  closePeriod(period: string, at: Instant): void;
  /** makes sure the object wakes when a hold expires */
  wakeAt(at: Instant): void;
}
