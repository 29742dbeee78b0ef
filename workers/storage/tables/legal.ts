/**
 * Legal texts of the platform and of resellers, who agreed to which version, and sign-ups that wait for their proof; control plane. Reached
 * through storage/queries/legal.ts and signups.ts.
 */
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { TenantId } from '../../../shared/ids.ts';
import { LANGUAGES } from '../../../shared/i18n/language.ts';
import { LEGAL_KINDS } from '../../../shared/legal.ts';
import { TRADES } from '../../../shared/trades.ts';

/** Published versions; a row is never changed, a correction is the next version. */
export const legalTexts = sqliteTable(
  'legal_texts',
  {
    /** whose text it is: the platform's or a reseller's */
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    kind: text('kind', { enum: LEGAL_KINDS }).notNull(),
    language: text('language', { enum: LANGUAGES }).notNull(),
    /** counted by kind and language, from 1 */
    version: integer('version').notNull(),
    /** markdown */
    text: text('text').notNull(),
    publishedAt: integer('published_at').notNull(),
    /** as `causerOf` says */
    publishedBy: text('published_by').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex('legal_texts_version').on(t.tenantId, t.kind, t.language, t.version),
    uniqueIndex('legal_texts_id').on(t.id),
    index('legal_texts_kind').on(t.tenantId, t.kind, t.id),
    index('legal_texts_language').on(t.tenantId, t.language, t.id),
    check('legal_texts_numbers', sql`${t.version} >= 1`),
  ],
);

/** What whoever sells is writing: one a kind and language, read by nobody else. It goes when it is published. */
export const legalDrafts = sqliteTable(
  'legal_drafts',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    kind: text('kind', { enum: LEGAL_KINDS }).notNull(),
    language: text('language', { enum: LANGUAGES }).notNull(),
    /** markdown */
    text: text('text').notNull(),
    savedAt: integer('saved_at').notNull(),
    /** as `causerOf` says */
    savedBy: text('saved_by').notNull(),
    /** counts the savings: who saves over somebody else's words is told */
    version: integer('version').notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.kind, t.language] })],
);

/** One row a version that a tenant agreed to. */
export const legalAcceptances = sqliteTable(
  'legal_acceptances',
  {
    /** who agreed */
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    textId: text('text_id').notNull(),
    /** whose text it is */
    issuerId: text('issuer_id').$type<TenantId>().notNull(),
    kind: text('kind', { enum: LEGAL_KINDS }).notNull(),
    language: text('language', { enum: LANGUAGES }).notNull(),
    version: integer('version').notNull(),
    userId: text('user_id').notNull(),
    acceptedAt: integer('accepted_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.textId] })],
);

/** Somebody who asked for an account and has not proven the address yet, or just did. Removed after seven days, whatever became of it. */
export const signups = sqliteTable(
  'signups',
  {
    /** on whose host: the platform's or a reseller's, below whom the tenant will hang */
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    business: text('business').notNull(),
    trade: text('trade', { enum: TRADES }).notNull(),
    name: text('name').notNull(),
    email: text('email').notNull(),
    country: text('country').notNull(),
    language: text('language', { enum: LANGUAGES }).notNull(),
    /** ids of the versions that were agreed to */
    agreed: text('agreed', { mode: 'json' }).$type<string[]>().notNull(),
    /** SHA-256 of the link's secret; null: no mail was composed yet */
    tokenHash: text('token_hash').unique(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    usedAt: integer('used_at'),
    /** a newer one of the same address has ended it */
    endedAt: integer('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('signups_created').on(t.createdAt),
    index('signups_email').on(t.tenantId, t.email),
  ],
);
