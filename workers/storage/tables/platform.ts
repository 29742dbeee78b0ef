/** Control plane tables: who exists and where requests belong. Read through platform-db.ts and directory.ts only. */
import type { TenantId } from '../../../shared/ids.ts';
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { TENANT_STATUSES, TENANT_TYPES } from '../../../shared/tenant-status.ts';

export const tenants = sqliteTable(
  'tenants',
  {
    id: text('id').$type<TenantId>().primaryKey(),
    type: text('type', { enum: TENANT_TYPES }).notNull(),
    parentId: text('parent_id'),
    slug: text('slug').notNull().unique(),
    name: text('name').notNull(),
    status: text('status', { enum: TENANT_STATUSES }).notNull(),
    currency: text('currency').notNull(),
    locale: text('locale').notNull(),
    timeZone: text('time_zone').notNull(),
    country: text('country').notNull(),
    vatId: text('vat_id'),
    /** product name, colours, logo: validated when saved */
    brand: text('brand', { mode: 'json' }).$type<{ productName?: string; colors?: Record<string, string> }>(),
    settings: text('settings', { mode: 'json' }).$type<Record<string, unknown>>(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [index('tenants_parent').on(t.parentId, t.id), check('tenants_currency', sql`length(${t.currency}) = 3`)],
);

/** Called numbers: E.164 → tenant and branch. */
export const phoneNumbers = sqliteTable(
  'phone_numbers',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    e164: text('e164').notNull().unique(),
    branchId: text('branch_id').notNull(),
    agentId: text('agent_id'),
    active: integer('active', { mode: 'boolean' }).notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.e164] })],
);

export const retellAgents = sqliteTable(
  'retell_agents',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    agentId: text('agent_id').notNull().unique(),
    branchId: text('branch_id'),
    language: text('language').notNull(),
    /** its own wording; null: the product's */
    firstSentence: text('first_sentence'),
    active: integer('active', { mode: 'boolean' }).notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.agentId] })],
);

/** Custom domains that may serve a tenant's pages. */
export const domains = sqliteTable(
  'domains',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    host: text('host').notNull().unique(),
    status: text('status', { enum: ['pending', 'active', 'failed'] }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.host] })],
);

/** A tenant's own vendor credentials, sealed (tenancy/seal.ts); write-only over the API. */
export const integrations = sqliteTable(
  'integrations',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    vendor: text('vendor', { enum: ['retell', 'calcom', 'twilio', 'smtp', 'telegram'] }).notNull(),
    companyId: text('company_id').notNull().default(''),
    baseUrl: text('base_url'),
    sealedApiKey: text('sealed_api_key'),
    sealedWebhookSecret: text('sealed_webhook_secret'),
    settings: text('settings', { mode: 'json' }).$type<Record<string, unknown>>(),
    lastSyncAt: integer('last_sync_at'),
    lastError: text('last_error'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.vendor, t.companyId] })],
);

/** Links in messages that do something once. Only the SHA-256 of the token is kept; it is looked up across tenants by that hash. */
export const actionLinks = sqliteTable(
  'action_links',
  {
    tokenHash: text('token_hash').primaryKey(),
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    purpose: text('purpose', { enum: ['undo', 'appointment'] }).notNull(),
    /** ids that the purpose needs */
    ref: text('ref', { mode: 'json' }).$type<Record<string, string>>().notNull(),
    expiresAt: integer('expires_at').notNull(),
    usedAt: integer('used_at'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [index('action_links_tenant').on(t.tenantId, t.expiresAt), index('action_links_expiry').on(t.expiresAt)],
);
