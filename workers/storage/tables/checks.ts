/** What was looked at and when: verified ledgers, vendors as they answered, requests as they ended. Control plane: on the first shard. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { TenantId } from '../../../shared/ids.ts';
import { VENDORS } from '../../../shared/vendors.ts';

/** When a tenant's ledger was verified last; 0: never. The longest not verified is next. */
export const ledgerChecks = sqliteTable(
  'ledger_checks',
  {
    tenantId: text('tenant_id').$type<TenantId>().primaryKey(),
    verifiedAt: integer('verified_at').notNull(),
    /** from the first entry */
    fullAt: integer('full_at').notNull(),
    ok: integer('ok', { mode: 'boolean' }).notNull(),
  },
  (t) => [index('ledger_checks_due').on(t.verifiedAt, t.tenantId)],
);

/** How calls to a vendor for a tenant ended lately: the newest of each outcome, and failures since the last success. */
export const vendorOutcomes = sqliteTable(
  'vendor_outcomes',
  {
    vendor: text('vendor', { enum: VENDORS }).notNull(),
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    succeededAt: integer('succeeded_at'),
    failedAt: integer('failed_at'),
    failuresInRow: integer('failures_in_row').notNull(),
    /** code-like: `timeout`, `status 503` */
    lastFault: text('last_fault'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.vendor] })],
);

/** Requests a minute and those of them that we failed (5xx), added up by the isolates. Kept a day. */
export const requestCounts = sqliteTable('request_counts', {
  /** epoch minutes */
  minute: integer('minute').primaryKey(),
  requests: integer('requests').notNull(),
  failed: integer('failed').notNull(),
});

/** Requests to a vendor's paths that came from none of its addresses, a minute, added up by the isolates. Kept a week. */
export const sourceRefusals = sqliteTable('source_refusals', {
  /** epoch minutes */
  minute: integer('minute').primaryKey(),
  refused: integer('refused').notNull(),
  /** of the last one */
  address: text('address').notNull(),
});
