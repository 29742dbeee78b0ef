/** Control plane tables: who exists and where requests belong. Read through platform-db.ts and directory.ts only. */
import { FACTOR_DEMANDS } from '../../../shared/ways-in.ts';
import type { TenantId } from '../../../shared/ids.ts';
import { CONNECTION_FAULTS } from '../../../shared/integration-sets.ts';
import { VENDORS } from '../../../shared/vendors.ts';
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
  type TenantSubscription,
  type VatCheck,
} from '../../../shared/tenant-status.ts';
import type { TenantFeatures } from '../../../shared/tenant-features.ts';
import { TRADES } from '../../../shared/trades.ts';

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
    /** what was switched on or off for it; a member that is left out: its default */
    features: text('features', { mode: 'json' }).$type<TenantFeatures>(),
    /** plan that was chosen for it; null: none yet, which ends a trial as `past_due` */
    planId: text('plan_id'),
    /** by which the base fee is paid; null: by the balance */
    subscription: text('subscription', { mode: 'json' }).$type<TenantSubscription>(),
    trialEndsAt: integer('trial_ends_at'),
    pastDueSince: integer('past_due_since'),
    suspendedAt: integer('suspended_at'),
    /** why it is suspended or closed, as its owner reads it */
    statusReason: text('status_reason'),
    /** what was found out about `vat_id` the last time */
    vatCheck: text('vat_check', { mode: 'json' }).$type<VatCheck>(),
    updatedAt: integer('updated_at'),
    /** as it was named at sign-up; null: nobody has said */
    trade: text('trade', { enum: TRADES }),
    /** the state that its owners know of; null: the one it began with */
    toldStatus: text('told_status', { enum: TENANT_STATUSES }),
    /** days before the trial's end of which its owners were told last */
    trialToldDays: integer('trial_told_days'),
    version: integer('version').notNull().default(1),
    /** until when the operator may look in as one of the account's people; null or past: not at all */
    supportAccessUntil: integer('support_access_until'),
    supportAccessBy: text('support_access_by'),
    supportAccessAt: integer('support_access_at'),
    /** addresses and blocks that people of panel and reseller panel work from; null: any */
    adminNetworks: text('admin_networks', { mode: 'json' }).$type<string[]>(),
    /** of which of its people a second factor is demanded, and from when on; null: of nobody */
    factorDemand: text('factor_demand', { enum: FACTOR_DEMANDS }),
    factorDemandedFrom: integer('factor_demanded_from'),
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
    /** its calls are recorded: whoever calls is told so first */
    recording: integer('recording', { mode: 'boolean' }).notNull().default(false),
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

/** What a reseller earns of a company's charges, where it differs from what the reseller has; control plane. Nobody of the business sees it. */
export const companyCommissions = sqliteTable(
  'company_commissions',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    companyId: text('company_id').notNull(),
    /** hundredths of a percent; null: none of its own any more */
    rateBasisPoints: integer('rate_basis_points'),
    version: integer('version').notNull().default(1),
    updatedAt: integer('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.companyId] })],
);

/** Vendor credentials of a company, a tenant or the platform, sealed (tenancy/seal.ts); write-only over the API. */
export const integrations = sqliteTable(
  'integrations',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    vendor: text('vendor', { enum: [...VENDORS, 'telegram', 'sentry'] }).notNull(),
    /** empty: of the whole tenant */
    companyId: text('company_id').notNull().default(''),
    baseUrl: text('base_url'),
    sealedApiKey: text('sealed_api_key'),
    sealedWebhookSecret: text('sealed_webhook_secret'),
    /** the one before, and until when (ms) what is signed with it counts as well */
    sealedOldWebhookSecret: text('sealed_old_webhook_secret'),
    oldWebhookSecretUntil: integer('old_webhook_secret_until'),
    /** last four characters, of secrets that are long enough for it */
    apiKeyHint: text('api_key_hint'),
    webhookSecretHint: text('webhook_secret_hint'),
    /** what belongs to the credential and is no secret: account, host, sender */
    settings: text('settings', { mode: 'json' }).$type<Record<string, unknown>>(),
    version: integer('version').notNull().default(1),
    updatedAt: integer('updated_at'),
    /** as `causerOf` says */
    updatedBy: text('updated_by'),
    /** the last connection test of what is stored: when, how long, and why it failed (null: it did not) */
    testedAt: integer('tested_at'),
    testMs: integer('test_ms'),
    testFault: text('test_fault', { enum: CONNECTION_FAULTS }),
    /** the vendor's words, without our secrets in them */
    testSaid: text('test_said'),
    lastSyncAt: integer('last_sync_at'),
    lastError: text('last_error'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.vendor, t.companyId] }),
    index('integrations_company').on(t.companyId, t.vendor),
    // By the version of the master key, with which the text begins: what is sealed with an older one is sealed again.
    index('integrations_api_key').on(t.sealedApiKey).where(sql`sealed_api_key IS NOT NULL`),
    index('integrations_webhook_secret').on(t.sealedWebhookSecret).where(sql`sealed_webhook_secret IS NOT NULL`),
    index('integrations_old_secret').on(t.sealedOldWebhookSecret).where(sql`sealed_old_webhook_secret IS NOT NULL`),
  ],
);

/** Links in messages that do something once. Only the SHA-256 of the token is kept; it is looked up across tenants by that hash. */
export const actionLinks = sqliteTable(
  'action_links',
  {
    tokenHash: text('token_hash').primaryKey(),
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    purpose: text('purpose', { enum: ['undo', 'appointment', 'stop'] }).notNull(),
    /** ids that the purpose needs */
    ref: text('ref', { mode: 'json' }).$type<Record<string, string>>().notNull(),
    expiresAt: integer('expires_at').notNull(),
    usedAt: integer('used_at'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [index('action_links_tenant').on(t.tenantId, t.expiresAt), index('action_links_expiry').on(t.expiresAt)],
);
