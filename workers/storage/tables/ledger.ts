/** Projected copies of the ledger's facts: lists, reports, search. Written by projection/ only, from the object's events. */
import type { TenantId } from '../../../shared/ids.ts';
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import {
  TOPUP_METHODS,
  TOPUP_STATUSES,
  TRANSACTION_TYPES,
  TRANSFER_ACCOUNTS,
  TRANSFER_CAUSES,
  TRANSFER_DIRECTIONS,
  TRANSFER_REASONS,
  TRANSFER_STATES,
} from '../../../shared/money-status.ts';

export const ledgerEntries = sqliteTable(
  'ledger_entries',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    /** gapless number of the entry */
    sequence: integer('sequence').notNull(),
    id: text('id').notNull(),
    type: text('type', { enum: TRANSACTION_TYPES }).notNull(),
    amountCents: integer('amount_cents').notNull(),
    balanceBeforeCents: integer('balance_before_cents').notNull(),
    balanceAfterCents: integer('balance_after_cents').notNull(),
    exactMicros: integer('exact_micros'),
    currency: text('currency').notNull(),
    priceLine: text('price_line'),
    referenceType: text('reference_type'),
    referenceId: text('reference_id'),
    companyId: text('company_id'),
    branchId: text('branch_id'),
    customerId: text('customer_id'),
    descriptionKey: text('description_key').notNull(),
    /** `{account: micros}` as JSON */
    postings: text('postings').notNull(),
    /** what the entry vouches for beside itself (terms, closed months), JSON: a part of its hash */
    attests: text('attests'),
    key: text('key').notNull(),
    hash: text('hash').notNull(),
    occurredAt: integer('occurred_at').notNull(),
    createdAt: integer('created_at').notNull(),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.sequence] }),
    index('ledger_entries_id').on(t.tenantId, t.id),
    index('ledger_entries_type').on(t.tenantId, t.type, t.sequence),
    index('ledger_entries_company').on(t.tenantId, t.companyId, t.sequence),
    // Of which numbers some days are: entries are created in the order of their numbers.
    index('ledger_entries_created').on(t.tenantId, t.createdAt, t.sequence),
    index('ledger_entries_reference').on(t.tenantId, t.referenceId, t.sequence),
    // Whether a deleted customer has movements: then the row is archived, not removed.
    index('ledger_entries_customer').on(t.tenantId, t.customerId).where(sql`customer_id IS NOT NULL`),
  ],
);

export const topups = sqliteTable(
  'topups',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    method: text('method', { enum: TOPUP_METHODS }).notNull(),
    amountCents: integer('amount_cents').notNull(),
    vatCents: integer('vat_cents').notNull(),
    grossCents: integer('gross_cents').notNull(),
    bonusCents: integer('bonus_cents').notNull(),
    bonusTierId: text('bonus_tier_id'),
    currency: text('currency').notNull(),
    status: text('status', { enum: TOPUP_STATUSES }).notNull(),
    refundedCents: integer('refunded_cents').notNull(),
    disputedCents: integer('disputed_cents').notNull(),
    /** VAT decision with its inputs, JSON */
    vat: text('vat').notNull(),
    companyId: text('company_id'),
    userId: text('user_id'),
    paymentId: text('payment_id'),
    checkoutSessionId: text('checkout_session_id'),
    failureReason: text('failure_reason'),
    createdAt: integer('created_at').notNull(),
    paidAt: integer('paid_at'),
    version: integer('version').notNull(),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('topups_created').on(t.tenantId, t.createdAt, t.id),
    // Whose payment it is, where its link is missing: no tenant is known then.
    index('topups_by_payment').on(t.paymentId).where(sql`payment_id IS NOT NULL`),
  ],
);

export const balances = sqliteTable(
  'balances',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    currency: text('currency').notNull(),
    availableCents: integer('available_cents').notNull(),
    prepaidCents: integer('prepaid_cents').notNull(),
    bonusCents: integer('bonus_cents').notNull(),
    heldCents: integer('held_cents').notNull(),
    sequence: integer('sequence').notNull(),
    termsVersion: integer('terms_version').notNull(),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.currency] })],
);

/** One end of a transfer between the ledgers of two tenants: the other lies with the other tenant, perhaps on another shard. */
export const ledgerTransfers = sqliteTable(
  'ledger_transfers',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    /** `out:{transfer}`, `in:{sender}:{transfer}` */
    id: text('id').notNull(),
    transferId: text('transfer_id').notNull(),
    direction: text('direction', { enum: TRANSFER_DIRECTIONS }).notNull(),
    /** the tenant at the other end */
    peerId: text('peer_id').notNull(),
    account: text('account', { enum: TRANSFER_ACCOUNTS }).notNull(),
    amountCents: integer('amount_cents').notNull(),
    currency: text('currency').notNull(),
    cause: text('cause', { enum: TRANSFER_CAUSES }).notNull(),
    state: text('state', { enum: TRANSFER_STATES }).notNull(),
    reason: text('reason', { enum: TRANSFER_REASONS }),
    sentAt: integer('sent_at').notNull(),
    endedAt: integer('ended_at'),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    // All tenants of a shard together: what left and what arrived.
    index('ledger_transfers_sent').on(t.sentAt),
  ],
);

export const usageLines = sqliteTable(
  'usage_lines',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    /** `YYYY-MM` in the tenant's zone */
    period: text('period').notNull(),
    priceLine: text('price_line').notNull(),
    eventType: text('event_type').notNull(),
    unitsPerOne: integer('units_per_one').notNull(),
    count: integer('count').notNull(),
    quantityUnits: integer('quantity_units').notNull(),
    billableUnits: integer('billable_units').notNull(),
    unitPriceMicros: integer('unit_price_micros').notNull(),
    exactMicros: integer('exact_micros').notNull(),
    postedMicros: integer('posted_micros').notNull(),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.period, t.priceLine] })],
);

/** Closed months: movements by number and what the month came to. */
export const periodStatements = sqliteTable(
  'period_statements',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    /** `YYYY-MM` in the tenant's zone */
    period: text('period').notNull(),
    closedAt: integer('closed_at').notNull(),
    currency: text('currency').notNull(),
    firstNumber: integer('first_number').notNull(),
    /** one less than the first where nothing moved */
    lastNumber: integer('last_number').notNull(),
    openingCents: integer('opening_cents').notNull(),
    closingCents: integer('closing_cents').notNull(),
    totalCents: integer('total_cents').notNull(),
    /** movements by type, JSON */
    sums: text('sums').notNull(),
    /** base fee and lines as they would be printed, JSON */
    invoice: text('invoice').notNull(),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.period] })],
);
