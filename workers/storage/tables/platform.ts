/** Control plane tables: who exists and where requests belong. Read through platform-db.ts and directory.ts only. */
import type { TenantId } from '../../../shared/ids.ts';
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import {
  DOMAIN_FAULTS,
  DOMAIN_STATUSES,
  TENANT_STATUSES,
  TENANT_TYPES,
  type TenantBrand,
  type TenantLegal,
  type TenantLimits,
  type VatCheck,
} from '../../../shared/tenant-status.ts';

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
    brand: text('brand', { mode: 'json' }).$type<TenantBrand>(),
    settings: text('settings', { mode: 'json' }).$type<Record<string, unknown>>(),
    createdAt: integer('created_at').notNull(),
    /** who it is by law: what invoices name */
    legal: text('legal', { mode: 'json' }).$type<TenantLegal>(),
    /** how many of what it may have; a member that is left out: the instance's default */
    limits: text('limits', { mode: 'json' }).$type<TenantLimits>(),
    /** names of what is switched on for it before it is for everybody */
    features: text('features', { mode: 'json' }).$type<string[]>(),
    /** plan that was chosen for it; null: none yet, which ends a trial as `past_due` */
    planId: text('plan_id'),
    trialEndsAt: integer('trial_ends_at'),
    pastDueSince: integer('past_due_since'),
    suspendedAt: integer('suspended_at'),
    /** why it is suspended or closed, as its owner reads it */
    statusReason: text('status_reason'),
    /** what was found out about `vat_id` the last time */
    vatCheck: text('vat_check', { mode: 'json' }).$type<VatCheck>(),
    updatedAt: integer('updated_at'),
    version: integer('version').notNull().default(1),
    /** the version that ledger and calendar know: behind `version` until they were told */
    toldVersion: integer('told_version').notNull().default(1),
  },
  (t) => [
    check('tenants_currency', sql`length(${t.currency}) = 3`),
    index('tenants_created').on(t.createdAt, t.id),
    index('tenants_type').on(t.type, t.createdAt, t.id),
    index('tenants_status').on(t.status, t.createdAt, t.id),
    index('tenants_children').on(t.parentId, t.createdAt, t.id),
    index('tenants_children_status').on(t.parentId, t.status, t.createdAt, t.id),
    index('tenants_trials').on(t.trialEndsAt).where(sql`status = 'trial'`),
    index('tenants_past_due').on(t.pastDueSince).where(sql`status = 'past_due'`),
    index('tenants_untold').on(t.id).where(sql`told_version <> version`),
  ],
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
    status: text('status', { enum: DOMAIN_STATUSES }).notNull(),
    /** what its owner writes into a TXT record, so that we know whose the name is; null: set up by hand */
    proof: text('proof'),
    /** code of why the last look found no proof */
    fault: text('fault', { enum: DOMAIN_FAULTS }),
    checkedAt: integer('checked_at'),
    activeSince: integer('active_since'),
    createdAt: integer('created_at'),
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
