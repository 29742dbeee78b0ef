/** Customers and their phone lines: mutable rows, because personal values live only where they can be erased. */
import type { TenantId } from '../../../shared/ids.ts';
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { CUSTOMER_SOURCES, JOURNEY_STATUSES } from '../../../shared/contract/customers.ts';
import { CONSENT_PURPOSES, CONSENT_STATES, CONSENT_WAYS, CUSTOMER_NOTE_TYPES } from '../../../shared/message-sets.ts';
import { NOTIFICATION_CHANNELS } from '../../../shared/notification-status.ts';
import { NOTE_VISIBILITIES } from '../../../shared/appointment-status.ts';
import { ERASURE_REASONS, ERASURE_STATES } from '../../../shared/erasure-status.ts';
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
    /** keyed hash of where the person came from, so that two calls at once make one row; null: entered by hand, or erased */
    origin: text('origin'),
    /** somebody asked that the person be erased: hidden from then on (crm/erasure/) */
    deletionRequestedAt: integer('deletion_requested_at'),
    /** nothing personal is left in the row */
    erasedAt: integer('erased_at'),
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
    uniqueIndex('customers_origin').on(t.tenantId, t.origin).where(sql`origin IS NOT NULL`),
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

/**
 * What customers agreed to and no longer do: rows that are only added to. What counts is the newest of a purpose and channel. A proof is what
 * somebody wrote about it; it goes with an erasure, the fact stays as long as the law asks for it.
 */
export const consents = sqliteTable(
  'consents',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    customerId: text('customer_id').notNull(),
    purpose: text('purpose', { enum: CONSENT_PURPOSES }).notNull(),
    channel: text('channel', { enum: NOTIFICATION_CHANNELS }).notNull(),
    state: text('state', { enum: CONSENT_STATES }).notNull(),
    /** which wording it was; null: nobody said */
    textVersion: text('text_version'),
    /** when it was given or withdrawn, which may be before it was written down */
    at: integer('at').notNull(),
    way: text('way', { enum: CONSENT_WAYS }).notNull(),
    proof: text('proof'),
    recordedBy: text('recorded_by').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('consents_at').on(t.tenantId, t.at, t.id),
    index('consents_customer').on(t.tenantId, t.customerId, t.at, t.id),
  ],
);

/** Numbers and addresses that said stop, as keyed hashes: they outlive the customer's erasure, so that nobody writes there again. */
export const stoppedAddresses = sqliteTable(
  'stopped_addresses',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    channel: text('channel', { enum: NOTIFICATION_CHANNELS }).notNull(),
    addressHash: text('address_hash').notNull(),
    purpose: text('purpose', { enum: CONSENT_PURPOSES }).notNull(),
    stoppedAt: integer('stopped_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.channel, t.addressHash, t.purpose] })],
);

/** What the team writes down about a customer. */
export const customerNotes = sqliteTable(
  'customer_notes',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    customerId: text('customer_id').notNull(),
    subject: text('subject').notNull(),
    text: text('text').notNull(),
    type: text('type', { enum: CUSTOMER_NOTE_TYPES }).notNull(),
    visibility: text('visibility', { enum: NOTE_VISIBILITIES }).notNull(),
    pinned: integer('pinned', { mode: 'boolean' }).notNull().default(false),
    authorKind: text('author_kind').notNull(),
    authorId: text('author_id').notNull(),
    createdAt: integer('created_at').notNull(),
    /** pinned ones before the others, the newest first: one column, because a row value of a list goes by one */
    pinOrder: integer('pin_order').generatedAlwaysAs(sql`created_at + pinned * 100000000000000`, { mode: 'virtual' }),
    updatedAt: integer('updated_at').notNull(),
    version: integer('version').notNull().default(1),
    deletedAt: integer('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    ...listIndexes('customer_notes', t, {
      sorts: { created: t.createdAt, pinned: t.pinOrder },
      filters: { customer: { columns: [t.customerId] } },
    }),
    index('customer_notes_removal').on(t.tenantId, t.deletedAt, t.id).where(sql`deleted_at IS NOT NULL`),
    check('customer_notes_version', sql`${t.version} >= 1`),
  ],
);

/**
 * Who is to be erased or was: the tombstone of a customer. Ids, instants and counts only. A copy of each begun one lies in R2, so that a
 * restored database learns of it (crm/erasure/tombstones.ts).
 */
export const erasures = sqliteTable(
  'erasures',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    /** the customer's id: one erasure each */
    id: text('customer_id').notNull(),
    state: text('state', { enum: ERASURE_STATES }).notNull(),
    /** why it did not wait for 30 days; null: it does */
    reason: text('reason', { enum: ERASURE_REASONS }),
    requestedAt: integer('requested_at').notNull(),
    requestedBy: text('requested_by').notNull(),
    /** from when on it runs */
    dueAt: integer('due_at').notNull(),
    /** how often it was begun (again after a restore) */
    runs: integer('runs').notNull().default(0),
    erasedAt: integer('erased_at'),
    /** epoch of the calendar object when its texts went: another one means that an older file came back */
    calendarEpoch: integer('calendar_epoch'),
    /** what was erased, by kind */
    counts: text('counts', { mode: 'json' }).$type<Record<string, number>>().notNull(),
    /** bookings at Cal.com that only a person can delete there: their uids */
    leftAtCalcom: text('left_at_calcom', { mode: 'json' }).$type<string[]>().notNull(),
    /** when somebody said that those are gone, too */
    closedAt: integer('closed_at'),
    closedBy: text('closed_by'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('erasures_due').on(t.state, t.dueAt),
    index('erasures_list').on(t.tenantId, t.requestedAt, t.id),
    index('erasures_state').on(t.tenantId, t.state, t.requestedAt, t.id),
  ],
);
