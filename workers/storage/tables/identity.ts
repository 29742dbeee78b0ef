/**
 * Tables of WHO, on the control plane's D1 (except the audit, which lies on the tenant's shard). Reached only through
 * `storage/identity/`; `users`, `sessions`, `accounts` and `verifications` have the shape better-auth expects plus the realm.
 */
import type { TenantId } from '../../../shared/ids.ts';
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { ACCOUNT_LINK_PURPOSES } from '../../../shared/account-links.ts';
import { API_KEY_MODES } from '../../../shared/tenant-status.ts';

const instantMs = (name: string) => integer(name, { mode: 'timestamp_ms' });

/** The realm is the tenant an account was created in: the same e-mail may exist once in each. */
export const users = sqliteTable(
  'users',
  {
    id: text('id').primaryKey(),
    realm: text('realm').notNull(),
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    emailVerified: integer('email_verified', { mode: 'boolean' }).notNull().default(false),
    image: text('image'),
    role: text('role').notNull(),
    language: text('language').notNull().default('de'),
    disabledAt: instantMs('disabled_at'),
    /** null: never */
    lastSignInAt: instantMs('last_sign_in_at'),
    createdAt: instantMs('created_at').notNull(),
    updatedAt: instantMs('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('users_realm_email').on(t.realm, t.email),
    index('users_email').on(t.email),
    index('users_tenant').on(t.tenantId, t.id),
    check('users_email_lower', sql`${t.email} = lower(${t.email})`),
  ],
);

export const sessions = sqliteTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    realm: text('realm').notNull(),
    userId: text('user_id').notNull(),
    token: text('token').notNull().unique(),
    /** ends when nobody has used it until then; moved on by use, never past `ends_at` */
    expiresAt: instantMs('expires_at').notNull(),
    /** ends whatever happens; null for the moment between the library's row and ours (sign-in.ts) */
    endsAt: instantMs('ends_at'),
    /** when the password was last typed: what reaches far asks for it again */
    confirmedAt: instantMs('confirmed_at'),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: instantMs('created_at').notNull(),
    updatedAt: instantMs('updated_at').notNull(),
  },
  (t) => [index('sessions_user').on(t.realm, t.userId), index('sessions_expiry').on(t.expiresAt)],
);

export const accounts = sqliteTable(
  'accounts',
  {
    id: text('id').primaryKey(),
    realm: text('realm').notNull(),
    userId: text('user_id').notNull(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: instantMs('access_token_expires_at'),
    refreshTokenExpiresAt: instantMs('refresh_token_expires_at'),
    scope: text('scope'),
    /** scrypt, `salt:hash` (identity/password.ts) */
    password: text('password'),
    createdAt: instantMs('created_at').notNull(),
    updatedAt: instantMs('updated_at').notNull(),
  },
  (t) => [
    index('accounts_user').on(t.realm, t.userId),
    uniqueIndex('accounts_provider').on(t.realm, t.providerId, t.accountId),
  ],
);

export const verifications = sqliteTable(
  'verifications',
  {
    id: text('id').primaryKey(),
    realm: text('realm').notNull(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: instantMs('expires_at').notNull(),
    createdAt: instantMs('created_at').notNull(),
    updatedAt: instantMs('updated_at').notNull(),
  },
  (t) => [index('verifications_identifier').on(t.realm, t.identifier)],
);

/**
 * Links that mails about an account carry (docs/set-up.md 5): an invitation, a reset of the password, a change of the address. Only the hash
 * of a link's secret is kept, and it is made when its mail is composed: before that nobody holds one.
 */
export const accountLinks = sqliteTable(
  'account_links',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    realm: text('realm').notNull(),
    userId: text('user_id').notNull(),
    purpose: text('purpose', { enum: ACCOUNT_LINK_PURPOSES }).notNull(),
    tokenHash: text('token_hash').unique(),
    /** the new address that a change of it is proven with; null for other purposes */
    email: text('email'),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    usedAt: integer('used_at'),
    /** a newer link of its purpose, or one that was used, has ended it */
    endedAt: integer('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('account_links_user').on(t.tenantId, t.userId, t.purpose),
    index('account_links_expiry').on(t.expiresAt),
  ],
);

/** Only the SHA-256 of a key is kept. A revoked key ends at once where it was revoked, ten seconds later elsewhere (storage/remembered.ts). */
export const apiKeys = sqliteTable(
  'api_keys',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    /** first characters of the key, for people to recognise keys by */
    prefix: text('prefix').notNull(),
    keyHash: text('key_hash').notNull().unique(),
    mode: text('mode', { enum: API_KEY_MODES }).notNull(),
    scopes: text('scopes', { mode: 'json' }).$type<string[]>().notNull(),
    /** addresses and blocks it may be used from; null: from anywhere */
    ipAllow: text('ip_allow', { mode: 'json' }).$type<string[]>(),
    /** its end was announced by mail */
    warnedAt: integer('warned_at'),
    /** null = no expiry (demo keys only; keys made over HTTP always expire) */
    expiresAt: integer('expires_at'),
    lastUsedAt: integer('last_used_at'),
    createdBy: text('created_by').notNull(),
    createdAt: integer('created_at').notNull(),
    /** the key this one replaced; that one expires after its grace period */
    replacesId: text('replaces_id'),
    revokedAt: integer('revoked_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('api_keys_ending').on(t.expiresAt).where(sql`revoked_at IS NULL AND warned_at IS NULL`),
  ],
);

/** Failed sign-ins per account and per address; keys are HMACs, never e-mails or addresses. */
export const signInAttempts = sqliteTable(
  'sign_in_attempts',
  {
    key: text('key').primaryKey(),
    failures: integer('failures').notNull(),
    lockedUntil: integer('locked_until').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (t) => [index('sign_in_attempts_age').on(t.updatedAt)],
);

/** Answers kept for a repeated `Idempotency-Key`, 24 h. */
export const requestOutcomes = sqliteTable(
  'request_outcomes',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    /** who sent the key: two users of a tenant may choose the same one */
    causer: text('causer').notNull(),
    key: text('key').notNull(),
    inputHash: text('input_hash').notNull(),
    /** null while the first request is still being worked on */
    status: integer('status'),
    body: text('body'),
    head: text('head'),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.causer, t.key] }), index('request_outcomes_expiry').on(t.expiresAt)],
);

/** What was done by whom: ids and field names only, append-only. On the tenant's shard. */
export const auditLog = sqliteTable(
  'audit_log',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    /** area of the product: `identity`, `appointments` … */
    log: text('log').notNull(),
    /** what happened, past tense, code-like: `api_key.created` */
    description: text('description').notNull(),
    subjectType: text('subject_type').notNull(),
    subjectId: text('subject_id').notNull(),
    causerType: text('causer_type').notNull(),
    causerId: text('causer_id').notNull(),
    /** names of the changed fields; their values lie in `audit_values` */
    fields: text('fields', { mode: 'json' }).$type<string[]>().notNull(),
    /** old and new of times, states, prices and ids: of changes that an object decided, nothing personal */
    changes: text('changes', { mode: 'json' }).$type<Record<string, [unknown, unknown]>>(),
    requestId: text('request_id'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('audit_log_subject').on(t.tenantId, t.subjectType, t.subjectId, t.id),
    index('audit_log_created').on(t.tenantId, t.createdAt, t.id),
    index('audit_log_subject_id').on(t.tenantId, t.subjectId, t.createdAt, t.id),
    index('audit_log_causer').on(t.tenantId, t.causerId, t.createdAt, t.id),
    index('audit_log_event').on(t.tenantId, t.description, t.createdAt, t.id),
  ],
);

/** Old and new values and the address of an audit row: personal, emptied by erasure and retention. On the tenant's shard. */
export const auditValues = sqliteTable(
  'audit_values',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    auditId: text('audit_id').notNull(),
    before: text('before', { mode: 'json' }).$type<Record<string, unknown>>(),
    after: text('after', { mode: 'json' }).$type<Record<string, unknown>>(),
    ip: text('ip'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.auditId] }), index('audit_values_age').on(t.tenantId, t.createdAt)],
);
