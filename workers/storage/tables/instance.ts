/**
 * Tables of the instance itself: how it begins, what holds for all of it, and the plans that tenants are charged by. Settings and tokens lie
 * on the control plane; a plan lies with the tenant that sells by it. Reached through storage/queries/.
 */
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { TenantId } from '../../../shared/ids.ts';
import { PRICING_MODELS, type PlanCharges } from '../../../shared/pricing-plans.ts';
import { listIndexes } from '../list-indexes.ts';

/** Links that make the first operator. Only the SHA-256 of the token is kept. */
export const setupTokens = sqliteTable(
  'setup_tokens',
  {
    tokenHash: text('token_hash').primaryKey(),
    expiresAt: integer('expires_at').notNull(),
    usedAt: integer('used_at'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [index('setup_tokens_expiry').on(t.expiresAt)],
);

/** One row a setting that was ever changed or written at setup; the others have the default of their declaration. */
export const systemSettings = sqliteTable(
  'system_settings',
  {
    key: text('key').primaryKey(),
    value: text('value', { mode: 'json' }).$type<unknown>().notNull(),
    version: integer('version').notNull().default(1),
    updatedAt: integer('updated_at').notNull(),
    /** as `causerOf` says */
    updatedBy: text('updated_by').notNull(),
  },
  (t) => [check('system_settings_version', sql`${t.version} >= 1`)],
);

/** Prices of the platform, or of a reseller for its own customers. Deleted is archived: nobody is given it any more. */
export const pricingPlans = sqliteTable(
  'pricing_plans',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    model: text('model', { enum: PRICING_MODELS }).notNull(),
    currency: text('currency').notNull(),
    /** what is charged, as one value: prices of a plan change together */
    charges: text('charges', { mode: 'json' }).$type<PlanCharges>().notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    version: integer('version').notNull().default(1),
    deletedAt: integer('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    // A tenant names its plan by id alone, whoever it belongs to.
    uniqueIndex('pricing_plans_id').on(t.id),
    ...listIndexes('pricing_plans', t, { sorts: { name: t.name, created: t.createdAt } }),
    check('pricing_plans_version', sql`${t.version} >= 1`),
    check('pricing_plans_currency', sql`length(${t.currency}) = 3`),
  ],
);
