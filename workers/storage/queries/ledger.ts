/** Conditions over the projected ledger: the transactions list and its filters. Called by workers/ledger/queries/. */
import { and, desc, eq, gte, inArray, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import type { TransactionType } from '../../../shared/money-status.ts';
import { ledgerEntries } from '../tables/ledger.ts';
import type { RowsOptions } from '../tenant-db.ts';

export { ledgerEntries };
export type LedgerEntryRow = typeof ledgerEntries.$inferSelect;

export interface EntriesFilter {
  /** entries before this number (cursor) */
  before?: number | undefined;
  types?: readonly TransactionType[] | undefined;
  /** epoch ms, inclusive */
  from?: number | undefined;
  /** epoch ms, exclusive */
  until?: number | undefined;
  minCents?: number | undefined;
  maxCents?: number | undefined;
  companyId?: string | undefined;
  /** part of an id or a reference (matched as text, never as a pattern), or an entry of these description keys */
  text?: { words: string; keys: readonly string[] } | undefined;
}

/** Newest first, one row more than asked so that the page knows whether there is another. */
export function entriesOptions(filter: EntriesFilter, limit: number): RowsOptions {
  const conditions: (SQL | undefined)[] = [
    filter.before === undefined ? undefined : lt(ledgerEntries.sequence, filter.before),
    filter.types === undefined ? undefined : inArray(ledgerEntries.type, [...filter.types]),
    filter.from === undefined ? undefined : gte(ledgerEntries.createdAt, filter.from),
    filter.until === undefined ? undefined : lt(ledgerEntries.createdAt, filter.until),
    filter.minCents === undefined ? undefined : gte(ledgerEntries.amountCents, filter.minCents),
    filter.maxCents === undefined ? undefined : lte(ledgerEntries.amountCents, filter.maxCents),
    filter.companyId === undefined ? undefined : eq(ledgerEntries.companyId, filter.companyId),
    filter.text === undefined
      ? undefined
      : or(
          sql`instr(${ledgerEntries.id}, ${filter.text.words}) > 0`,
          sql`instr(coalesce(${ledgerEntries.referenceId}, ''), ${filter.text.words}) > 0`,
          filter.text.keys.length === 0 ? undefined : inArray(ledgerEntries.descriptionKey, [...filter.text.keys]),
        ),
  ];
  return { where: and(...conditions), orderBy: desc(ledgerEntries.sequence), limit: limit + 1 };
}
