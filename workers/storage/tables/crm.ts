/** Customers and their phone lines: mutable rows, because personal values live only where they can be erased. */
import type { TenantId } from '../../../shared/ids.ts';
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { CUSTOMER_SOURCES, JOURNEY_STATUSES } from '../../../shared/contract/customers.ts';
import { listIndexes } from '../list-indexes.ts';

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
    journeyStatus: text('journey_status', { enum: JOURNEY_STATUSES }).notNull().default('lead'),
    source: text('source', { enum: CUSTOMER_SOURCES }).notNull(),
    preferredBranchId: text('preferred_branch_id'),
    preferredStaffId: text('preferred_staff_id'),
    notes: text('notes'),
    marketingConsent: integer('marketing_consent', { mode: 'boolean' }).notNull().default(false),
    lastActivityAt: integer('last_activity_at'),
    /** the same for lists: who never called or came counts as longest ago (a row value stops at NULL, and at an expression of an index) */
    activityOrder: integer('activity_order').generatedAlwaysAs(sql`coalesce(last_activity_at, 0)`, { mode: 'virtual' }),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    version: integer('version').notNull().default(1),
    /** folded name, family name first: what lists are sorted by; empty until crm/jobs.ts has indexed the row */
    nameKey: text('name_key').notNull().default(''),
    deletedAt: integer('deleted_at'),
    /** when the deleted row was found to have a history that must stay: it is never removed */
    archivedAt: integer('archived_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    ...listIndexes('customers', t, {
      sorts: { created: t.createdAt, name: t.nameKey, activity: t.activityOrder },
      filters: { journey: { columns: [t.journeyStatus] }, vip: { columns: [], only: sql`vip = 1` } },
    }),
    index('customers_email').on(t.tenantId, t.email),
    index('customers_removal')
      .on(t.tenantId, t.deletedAt, t.id)
      .where(sql`deleted_at IS NOT NULL AND archived_at IS NULL`),
    index('customers_unindexed').on(t.tenantId, t.id).where(sql`name_key = ''`),
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
    /** when a network call, a code, a visit or a member of staff confirmed whose line this is; null: it was only said */
    confirmedAt: integer('confirmed_at'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.e164, t.extension, t.customerId] }),
    index('customer_phones_customer').on(t.tenantId, t.customerId),
  ],
);

/** What customers are found by: folded words of their names and pairs of words (shared/name-words.ts). WITHOUT ROWID: the key is the row. */
export const customerWords = sqliteTable(
  'customer_words',
  {
    tenantId: text('tenant_id').notNull(),
    word: text('word').notNull(),
    customerId: text('customer_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.word, t.customerId] }),
    index('customer_words_customer').on(t.tenantId, t.customerId),
  ],
);

/** What a business sorts its customers by. */
export const tags = sqliteTable(
  'tags',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    version: integer('version').notNull().default(1),
    deletedAt: integer('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    ...listIndexes('tags', t, { sorts: { name: t.name, created: t.createdAt } }),
    index('tags_removal').on(t.tenantId, t.deletedAt, t.id).where(sql`deleted_at IS NOT NULL`),
    check('tags_version', sql`${t.version} >= 1`),
  ],
);

/** Which customer has which tag. A deleted tag's rows stay for its restoring. */
export const customerTags = sqliteTable(
  'customer_tags',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    customerId: text('customer_id').notNull(),
    tagId: text('tag_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.customerId, t.tagId] }),
    index('customer_tags_tag').on(t.tenantId, t.tagId, t.customerId),
  ],
);
