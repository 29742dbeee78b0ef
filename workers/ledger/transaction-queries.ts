/** The transactions list and the reach of the balance, read from the projection (and shown fresh after one's own write). Called by routes. */
import type { Instant } from '../../shared/clock.ts';
import type { Transaction } from '../../shared/contract/money.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { TransactionType } from '../../shared/money-status.ts';
import { ok, type Result } from '../../shared/result.ts';
import { addDays, DAY, dayStart, toIso, type WallDate } from '../../shared/time.ts';
import { formatHead } from '../object-runtime/events.ts';
import {
  type EntriesFilter,
  entriesOptions,
  type LedgerEntryRow,
  ledgerEntries,
  spentSince,
} from '../storage/queries/ledger.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { describe, keysMatching } from './descriptions.ts';

export interface TransactionQuery {
  before?: number | undefined;
  limit: number;
  types?: readonly TransactionType[] | undefined;
  /** days of the tenant's calendar, both inclusive */
  from?: WallDate | undefined;
  to?: WallDate | undefined;
  minCents?: number | undefined;
  maxCents?: number | undefined;
  companyId?: string | undefined;
  text?: string | undefined;
}

function transactionView(row: LedgerEntryRow, language: Language): Transaction {
  return {
    id: row.id,
    type: row.type,
    amount_cents: row.amountCents,
    balance_before_cents: row.balanceBeforeCents,
    balance_after_cents: row.balanceAfterCents,
    currency: row.currency,
    sequence: row.sequence,
    description: describe(row.descriptionKey, language),
    reference_type: row.referenceType,
    reference_id: row.referenceId,
    company_id: row.companyId,
    created_at: toIso(row.createdAt),
    occurred_at: toIso(row.occurredAt),
  };
}

/**
 * A page and one row more if there is one, newest first. @param minimum `X-Askpro-Min` of the request: what the client has written must be in the list, or `stale` says
 * that it may not be
 */
export async function transactionPage(
  scope: TenantScope,
  query: TransactionQuery,
  language: Language,
  minimum: string | null,
): Promise<{ rows: Transaction[]; stale: boolean; head: string | null }> {
  const days = query.from !== undefined || query.to !== undefined;
  const zone = days ? ((await scope.tenant())?.timeZone ?? 'UTC') : 'UTC';
  const filter: EntriesFilter = {
    before: query.before,
    types: query.types,
    from: query.from === undefined ? undefined : dayStart(query.from, zone),
    until: query.to === undefined ? undefined : dayStart(addDays(query.to, 1), zone),
    minCents: query.minCents,
    maxCents: query.maxCents,
    companyId: query.companyId,
    text: query.text === undefined ? undefined : { words: query.text, keys: keysMatching(query.text, language) },
  };
  const read = await scope.fresh('ledger', minimum, ledgerEntries, entriesOptions(filter, query.limit));
  return { rows: read.rows.map((row) => transactionView(row, language)), stale: read.stale, head: read.head };
}

const HISTORY_DAYS = 30;
/** Fewer days say nothing about a month. */
const MIN_HISTORY_DAYS = 7;
/** Charges looked at; a busier tenant's average is as good over its last thousand. */
const MAX_CHARGES = 1_000;
const MAX_DAYS_LEFT = 9_999;

/** How long the balance lasts at the average spend of the last 30 days; null with too little history or without spend. */
export async function daysLeft(scope: TenantScope, availableCents: number, now: Instant): Promise<number | null> {
  const spent = await spentSince(scope.db, now - HISTORY_DAYS * DAY, MAX_CHARGES);
  if (spent.first === null || spent.cents <= 0) return null;
  const days = (now - spent.first) / DAY;
  if (days < MIN_HISTORY_DAYS) return null;
  return Math.max(0, Math.min(MAX_DAYS_LEFT, Math.floor((availableCents * days) / spent.cents)));
}

/** One movement from the object itself: it is there the moment it is committed. */
export async function transactionById(
  scope: TenantScope,
  id: string,
  language: Language,
): Promise<{ result: Result<Transaction>; head: string }> {
  const { result, head } = await scope.ledger.entry({ entryId: id });
  if (!result.ok) return { result, head: formatHead(head) };
  const e = result.value;
  return {
    head: formatHead(head),
    result: ok({
      id: e.id,
      type: e.type,
      amount_cents: e.amountCents,
      balance_before_cents: e.balanceAfterCents - e.amountCents,
      balance_after_cents: e.balanceAfterCents,
      currency: e.currency,
      sequence: e.seq,
      description: describe(e.descriptionKey, language),
      reference_type: e.refs.referenceType ?? null,
      reference_id: e.refs.referenceId ?? null,
      company_id: e.refs.companyId ?? null,
      created_at: toIso(e.createdAt),
      occurred_at: toIso(e.occurredAt),
    }),
  };
}
