/** Customers and their phone lines: mutable rows, because personal values live only where they can be erased. */
import type { TenantId } from '../../../shared/ids.ts';
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const customers = sqliteTable(
  'customers',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    companyId: text('company_id'),
    firstName: text('first_name'),
    lastName: text('last_name'),
    email: text('email'),
    language: text('language'),
    vip: integer('vip', { mode: 'boolean' }).notNull().default(false),
    journeyStatus: text('journey_status', {
      enum: ['lead', 'prospect', 'customer', 'regular', 'vip', 'at_risk', 'churned'],
    })
      .notNull()
      .default('lead'),
    source: text('source', { enum: ['phone_ai', 'admin', 'portal', 'public', 'api', 'calcom', 'import'] }).notNull(),
    preferredBranchId: text('preferred_branch_id'),
    preferredStaffId: text('preferred_staff_id'),
    notes: text('notes'),
    marketingConsent: integer('marketing_consent', { mode: 'boolean' }).notNull().default(false),
    lastActivityAt: integer('last_activity_at'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    version: integer('version').notNull().default(1),
    deletedAt: integer('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('customers_list').on(t.tenantId, t.createdAt, t.id),
    index('customers_email').on(t.tenantId, t.email),
    check('customers_version', sql`${t.version} >= 1`),
  ],
);

/** A line is a number and, on a switchboard, its extension; families share one. */
export const customerPhones = sqliteTable(
  'customer_phones',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    /** E.164 */
    e164: text('e164').notNull(),
    /** digits dialled after it; '' = none */
    extension: text('extension').notNull().default(''),
    customerId: text('customer_id').notNull(),
    primary: integer('is_primary', { mode: 'boolean' }).notNull().default(true),
    /** when a network call, a code, a visit or a person of the house showed whose line this is; null: it was only said */
    confirmedAt: integer('confirmed_at'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.e164, t.extension, t.customerId] }),
    index('customer_phones_customer').on(t.tenantId, t.customerId),
  ],
);
