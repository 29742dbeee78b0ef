/**
 * Tables of WHO, on the control plane's D1 (except the audit, which lies on the tenant's shard). Reached only through
 * `storage/identity/`; `users`, `sessions`, `accounts` and `verifications` have the shape better-auth expects plus the realm.
 */
import type { TenantId } from '../../../shared/ids.ts';
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { ACCOUNT_LINK_PURPOSES } from '../../../shared/account-links.ts';
import type { Preferences } from '../../../shared/contract/preferences.ts';
import { SUPPORT_ENDS } from '../../../shared/support.ts';
import { FACTOR_RESET_ENDS, WAYS_IN } from '../../../shared/ways-in.ts';
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
    /** one of ours; where there is a role of the tenant's own, the one it is based on */
    role: text('role').notNull(),
    /** a row of `roles`; null: the role of ours as it is */
    customRoleId: text('custom_role_id'),
    /** companies and branches somebody is bound to; null: all */
    companyIds: text('company_ids', { mode: 'json' }).$type<string[]>(),
    branchIds: text('branch_ids', { mode: 'json' }).$type<string[]>(),
    /** sees only what the linked person serves, as the role `staff` always does */
    ownOnly: integer('own_only', { mode: 'boolean' }).notNull().default(false),
    language: text('language').notNull().default('de'),
    disabledAt: instantMs('disabled_at'),
    /** how its person likes to read and work */
    preferences: text('preferences', { mode: 'json' }).$type<Preferences>(),
    /** null: never */
    lastSignInAt: instantMs('last_sign_in_at'),
    createdAt: instantMs('created_at').notNull(),
    updatedAt: instantMs('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('users_realm_email').on(t.realm, t.email),
    index('users_email').on(t.email),
    index('users_tenant').on(t.tenantId, t.id),
    index('users_custom_role').on(t.tenantId, t.customRoleId, t.id).where(sql`custom_role_id IS NOT NULL`),
    check('users_email_lower', sql`${t.email} = lower(${t.email})`),
  ],
);

/** Roles that a tenant has made for itself: a role of ours it is based on, and what it holds instead of that one's bundle. */
export const roles = sqliteTable(
  'roles',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    description: text('description'),
    /** decides the app and the life of a session */
    baseRole: text('base_role').notNull(),
    permissions: text('permissions', { mode: 'json' }).$type<string[]>().notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    version: integer('version').notNull().default(1),
    deletedAt: integer('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('roles_removal').on(t.deletedAt).where(sql`deleted_at IS NOT NULL`),
    check('roles_version', sql`${t.version} >= 1`),
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
    /** user of the operator who looks at the account as the session's user; null: the user's own session */
    impersonatedBy: text('impersonated_by'),
    /** why and until when: row of `support_sessions` */
    supportId: text('support_id'),
    /** it was begun by two proofs, or a second factor was set up in it */
    provenTwice: integer('proven_twice', { mode: 'boolean' }).notNull().default(false),
  },
  (t) => [
    index('sessions_user').on(t.realm, t.userId),
    index('sessions_expiry').on(t.expiresAt),
    index('sessions_support').on(t.supportId).where(sql`support_id IS NOT NULL`),
  ],
);

/**
 * Each time somebody of the operator looked at an account as one of its people (docs/support.md): who, as whom, why, from when to when. Stays
 * when the session is gone, because the owner reads it.
 */
export const supportSessions = sqliteTable(
  'support_sessions',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    userId: text('user_id').notNull(),
    /** as they were called then: both are shown to the owner, who can't look the second one up */
    userName: text('user_name').notNull(),
    operatorId: text('operator_id').notNull(),
    operatorName: text('operator_name').notNull(),
    /** the operator's own session: it ends with that one */
    operatorSessionId: text('operator_session_id').notNull(),
    reason: text('reason').notNull(),
    /** of the link that carries it over to another host; null: none, or used */
    tokenHash: text('token_hash').unique(),
    tokenUntil: integer('token_until'),
    startedAt: integer('started_at').notNull(),
    endsAt: integer('ends_at').notNull(),
    /** ended before its time; null: at its time, or not yet */
    endedAt: integer('ended_at'),
    endedBy: text('ended_by', { enum: SUPPORT_ENDS }),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), index('support_sessions_age').on(t.tenantId, t.startedAt, t.id)],
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
    /** sealed hash (identity/password.ts) */
    password: text('password'),
    createdAt: instantMs('created_at').notNull(),
    updatedAt: instantMs('updated_at').notNull(),
  },
  (t) => [
    index('accounts_sealed').on(t.password),
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

/**
 * The way back of the only owner who has lost phone and recovery codes: whoever is above the account has asked for it, the owner confirms by mail
 * and password, then it waits. At most one a person is open.
 */
export const factorResets = sqliteTable(
  'factor_resets',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    realm: text('realm').notNull(),
    userId: text('user_id').notNull(),
    /** who asked for it, of which tenant above */
    askedBy: text('asked_by').notNull(),
    askedByName: text('asked_by_name').notNull(),
    askedByTenant: text('asked_by_tenant').$type<TenantId>().notNull(),
    reason: text('reason').notNull(),
    askedAt: integer('asked_at').notNull(),
    /** the owner confirmed it; null: not yet */
    confirmedAt: integer('confirmed_at'),
    /** when it is done, or (not confirmed) when it lapses */
    dueAt: integer('due_at').notNull(),
    endedAt: integer('ended_at'),
    endedBy: text('ended_by', { enum: FACTOR_RESET_ENDS }),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex('factor_resets_open').on(t.tenantId, t.userId).where(sql`ended_at IS NULL`),
    index('factor_resets_due').on(t.dueAt).where(sql`ended_at IS NULL`),
    index('factor_resets_asked').on(t.askedAt),
  ],
);

/** A person's second factor by an authenticator app (RFC 6238). Its secret is sealed; while `confirmed_at` is null it guards nothing. */
export const secondFactors = sqliteTable(
  'second_factors',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    userId: text('user_id').notNull(),
    realm: text('realm').notNull(),
    sealedSecret: text('sealed_secret').notNull(),
    /** of the hashes of its recovery codes, random, made anew with each set of them */
    salt: text('salt').notNull(),
    confirmedAt: integer('confirmed_at'),
    /** the latest step of 30 seconds whose code was accepted: none is accepted twice, and none before it */
    lastStep: integer('last_step').notNull().default(0),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.userId] }),
    // As of integrations: what an older master key sealed is found by how the text begins.
    index('second_factors_sealed').on(t.sealedSecret),
  ],
);

/** What opens an account once when the app is lost: only salted hashes. A new set replaces the rows of the old one. */
export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    userId: text('user_id').notNull(),
    codeHash: text('code_hash').notNull(),
    usedAt: integer('used_at'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.userId, t.codeHash] })],
);

/** A way in that was gone half (docs/ways-in.md): the first proof was right, the second is asked. Its secret is a cookie of the browser. */
export const signInChallenges = sqliteTable(
  'sign_in_challenges',
  {
    tokenHash: text('token_hash').primaryKey(),
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    userId: text('user_id').notNull(),
    realm: text('realm').notNull(),
    way: text('way', { enum: WAYS_IN }).notNull(),
    rememberMe: integer('remember_me', { mode: 'boolean' }).notNull(),
    /** a device that the account did not know: told once the session begins */
    isNew: integer('is_new', { mode: 'boolean' }).notNull(),
    tries: integer('tries').notNull().default(0),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    usedAt: integer('used_at'),
  },
  (t) => [
    index('sign_in_challenges_user').on(t.tenantId, t.userId),
    index('sign_in_challenges_expiry').on(t.expiresAt),
  ],
);

/** Public keys of people's devices (WebAuthn), each good on the one host it was made on. */
export const passkeys = sqliteTable(
  'passkeys',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    realm: text('realm').notNull(),
    userId: text('user_id').notNull(),
    /** host name without port: the relying party's id */
    host: text('host').notNull(),
    name: text('name').notNull(),
    /** base64url, as the browser names it */
    credentialId: text('credential_id').notNull().unique(),
    /** COSE key, base64url */
    publicKey: text('public_key').notNull(),
    /** of signatures, where the device counts; one that goes back is a copy */
    counter: integer('counter').notNull(),
    transports: text('transports', { mode: 'json' }).$type<string[]>().notNull(),
    /** kept by a password manager on several devices */
    isSynced: integer('is_synced', { mode: 'boolean' }).notNull(),
    createdAt: integer('created_at').notNull(),
    lastUsedAt: integer('last_used_at'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), index('passkeys_user').on(t.tenantId, t.userId, t.id)],
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
    /** who of the operator did it in the causer's name, in a session of the support */
    impersonatorId: text('impersonator_id'),
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
