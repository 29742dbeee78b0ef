/** Ledger events → D1 rows. Pure; called by the ledger object's projection sink and, row by row, by its dump (rebuild). */
import { getTableName } from 'drizzle-orm';
import { type Micros, microsToCentsExact } from '../../shared/money.ts';
import type { OutboxEvent } from '../object-runtime/events.ts';
import type { BalanceView, Entry, LedgerEvent, Topup, UsageLine } from '../ledger/types.ts';
import { balances, ledgerEntries, topups, usageLines } from '../storage/tables/ledger.ts';
import type { CellValue, TableRows } from './rows.ts';

type Stamp = { epoch: number; seq: number };
type StampedRow = Record<string, CellValue> & Stamp;

const cents = (micros: Micros, currency: string): number => microsToCentsExact(micros, currency);

export const entryRow = (e: Entry, at: Stamp): StampedRow => ({
  sequence: e.seq,
  id: e.id,
  type: e.type,
  amount_cents: e.amountCents,
  balance_before_cents: cents(e.balanceBeforeMicros, e.currency),
  balance_after_cents: e.balanceAfterCents,
  exact_micros: e.exactMicros,
  currency: e.currency,
  price_line: e.priceLine,
  reference_type: e.refs.referenceType ?? null,
  reference_id: e.refs.referenceId ?? null,
  company_id: e.refs.companyId ?? null,
  branch_id: e.refs.branchId ?? null,
  customer_id: e.refs.customerId ?? null,
  description_key: e.descriptionKey,
  postings: JSON.stringify(Object.fromEntries(e.postings.map((p) => [p.account, p.amountMicros]))),
  key: e.key,
  hash: e.hash,
  occurred_at: e.occurredAt,
  created_at: e.createdAt,
  ...at,
});

export const topupRow = (t: Topup, at: Stamp): StampedRow => ({
  id: t.id,
  method: t.method,
  amount_cents: t.amountCents,
  vat_cents: t.vatCents,
  gross_cents: t.grossCents,
  bonus_cents: t.bonusCents,
  bonus_tier_id: t.bonusTierId,
  currency: t.currency,
  status: t.status,
  refunded_cents: t.refundedCents,
  disputed_cents: t.disputedCents,
  vat: JSON.stringify(t.vat),
  company_id: t.companyId,
  user_id: t.userId,
  payment_id: t.paymentId,
  checkout_session_id: t.checkoutSessionId,
  failure_reason: t.failureReason,
  created_at: t.createdAt,
  paid_at: t.paidAt,
  version: t.version,
  ...at,
});

export const balanceRow = (b: BalanceView, at: Stamp): StampedRow => ({
  currency: b.currency,
  available_cents: b.availableCents,
  prepaid_cents: b.prepaidCents,
  bonus_cents: b.bonusCents,
  held_cents: b.heldCents,
  sequence: b.sequence,
  terms_version: b.termsVersion,
  ...at,
});

export const usageRow = (period: string, l: UsageLine, at: Stamp): StampedRow => ({
  period,
  price_line: l.priceLine,
  event_type: l.eventType,
  units_per_one: l.unitsPerOne,
  count: l.count,
  quantity_units: l.quantityUnits,
  billable_units: l.billableUnits,
  unit_price_micros: l.unitPriceMicros,
  exact_micros: l.exactMicros,
  posted_micros: l.postedMicros,
  ...at,
});

/** Table names as the dump speaks of them. */
export const LEDGER_TABLES = {
  entries: getTableName(ledgerEntries),
  topups: getTableName(topups),
  balances: getTableName(balances),
  usage: getTableName(usageLines),
} as const;

/**
 * A page of events as rows. Of balances and usage lines only the last state of the page is kept: they are snapshots. Top-ups that
 * nobody asked for here (tombstones) have no row.
 */
export function projectLedger(events: readonly OutboxEvent[]): TableRows[] {
  const entries: StampedRow[] = [];
  const changedTopups = new Map<string, StampedRow>();
  const usage = new Map<string, StampedRow>();
  let balance: StampedRow | null = null;
  for (const outgoing of events) {
    const event = outgoing as unknown as LedgerEvent;
    const at = { epoch: outgoing.epoch, seq: outgoing.seq };
    switch (event.type) {
      case 'ledger.posted':
        for (const entry of event.body.entries) entries.push(entryRow(entry, at));
        balance = balanceRow(event.body.balance, at);
        for (const { period, line } of event.body.usage) {
          usage.set(`${period} ${line.priceLine}`, usageRow(period, line, at));
        }
        break;
      case 'ledger.topup_changed':
        if (event.body.topup.grossCents > 0) changedTopups.set(event.body.topup.id, topupRow(event.body.topup, at));
        break;
      case 'ledger.terms_changed':
      case 'ledger.period_closed':
      case 'balance.low':
        break;
    }
  }
  return [
    { table: ledgerEntries, rows: entries },
    { table: topups, rows: [...changedTopups.values()] },
    { table: balances, rows: balance ? [balance] : [] },
    { table: usageLines, rows: [...usage.values()] },
  ].filter((t) => t.rows.length > 0);
}
