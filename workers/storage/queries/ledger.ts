/** Reads of the projected ledger: the transactions list with its filters, entries in their order, fees of appointments. Called by workers/ledger/queries/ and telephony's. */
import { and, asc, desc, eq, gt, gte, inArray, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import type { TransactionType } from '../../../shared/money-status.ts';
import { ledgerEntries } from '../tables/ledger.ts';
import type { RowsOptions, TenantDb } from '../tenant-db.ts';

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

/** Entries behind a number, in their order. */
export const entriesInOrder = (db: TenantDb, after: number, limit: number): Promise<LedgerEntryRow[]> =>
  db.rows(ledgerEntries, {
    where: gt(ledgerEntries.sequence, after),
    orderBy: asc(ledgerEntries.sequence),
    limit,
  });

/** What stands of an appointment's fee. */
export interface AppointmentFee {
  /** charged and not given back, positive */
  exactMicros: number;
  cents: number;
  currency: string;
  /** of all its movements, in order */
  entryIds: string[];
}

/** Entries of one appointment's fee: charged, given back, charged again, and some to spare. */
const MAX_FEE_ENTRIES = 8;

/** Fees of appointments by their id; those that cost nothing have none. @param appointmentIds of one page */
export async function appointmentFees(
  db: TenantDb,
  appointmentIds: readonly string[],
): Promise<Map<string, AppointmentFee>> {
  const fees = new Map<string, AppointmentFee>();
  if (appointmentIds.length === 0) return fees;
  const rows = await db.rows(ledgerEntries, {
    // The plus keeps SQLite on the index of references.
    where: and(
      inArray(ledgerEntries.referenceId, [...appointmentIds]),
      sql`+${ledgerEntries.type} = 'appointment_fee'`,
    ),
    orderBy: asc(ledgerEntries.sequence),
    limit: appointmentIds.length * MAX_FEE_ENTRIES,
  });
  for (const { referenceId, exactMicros, amountCents, currency, id } of rows) {
    const known = fees.get(referenceId ?? '') ?? { exactMicros: 0, cents: 0, currency, entryIds: [] };
    known.exactMicros += exactMicros ?? 0;
    known.cents -= amountCents;
    known.entryIds.push(id);
    fees.set(referenceId ?? '', known);
  }
  return fees;
}
