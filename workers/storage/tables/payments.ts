/** What payments stores besides the ledger: which tenant's payment it is, and payment events that match nothing of ours. */
import { UNMATCHED_RESOLUTIONS, UNMATCHED_STATES } from '../../../shared/money-status.ts';
import type { TenantId } from '../../../shared/ids.ts';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Payment of a vendor → tenant and top-up. For events without metadata (refunds, disputes). Control plane: on the first shard. */
export const paymentLinks = sqliteTable(
  'payment_links',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    /** `pi_…` */
    paymentId: text('payment_id').notNull().unique(),
    topupId: text('topup_id').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.paymentId] })],
);

/**
 * Payment events that were never posted: another kind, another amount, no tenant. A person looks; rows that wait for their payment are
 * applied when it becomes known. Control plane: on the first shard, under the tenant it names or `unknown`.
 */
export const unmatchedPayments = sqliteTable(
  'unmatched_payments',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    /** the vendor's event id */
    id: text('id').notNull(),
    eventType: text('event_type').notNull(),
    paymentId: text('payment_id'),
    reason: text('reason').notNull(),
    amountCents: integer('amount_cents'),
    currency: text('currency'),
    /** the stored webhook, so that it can be applied again */
    webhookId: text('webhook_id'),
    createdAt: integer('created_at').notNull(),
    state: text('state', { enum: UNMATCHED_STATES }).notNull().default('open'),
    resolvedAt: integer('resolved_at'),
    /** `booked` by itself, `matched` to a top-up or `ignored` by a person */
    resolution: text('resolution', { enum: UNMATCHED_RESOLUTIONS }),
    /** as `causerOf` says */
    resolvedBy: text('resolved_by'),
    /** why, in the words of the person */
    note: text('note'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('unmatched_payments_payment').on(t.paymentId, t.resolvedAt),
    index('unmatched_payments_state').on(t.state, t.createdAt, t.tenantId, t.id),
  ],
);
