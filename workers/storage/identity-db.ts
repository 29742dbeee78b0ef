/**
 * The one entry point to the auth tables and to the edge's own state (keys, lock-outs, stored answers). `realmDatabase` adds the
 * realm to every create and every where that better-auth makes. Called by `identity/` and `http/`.
 */
import type { TenantId } from '../../shared/ids.ts';
import type { DBAdapter, Where } from 'better-auth';
import { and, asc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Instant } from '../../shared/clock.ts';
import { assert } from '../../shared/result.ts';
import type { Platform } from '../env.ts';
import { drizzleOn, platformD1 } from './d1.ts';
import {
  accounts,
  apiKeys,
  requestOutcomes,
  sessions,
  signInAttempts,
  users,
  verifications,
} from './tables/identity.ts';

/** better-auth's model names → our tables. */
const AUTH_SCHEMA = { user: users, session: sessions, account: accounts, verification: verifications };

type DrizzleAdapter = (
  db: ReturnType<typeof drizzleOn>,
  config: { provider: 'sqlite'; schema: typeof AUTH_SCHEMA; transaction: false },
) => (options: never) => DBAdapter;

/**
 * better-auth's database for one realm: the library's own drizzle adapter, wrapped so that no row of another realm can be read,
 * changed or made. The adapter comes as an argument because the library is loaded lazily.
 */
export function realmDatabase(
  platform: Platform,
  realm: string,
  drizzleAdapter: DrizzleAdapter,
): (options: never) => DBAdapter {
  assert(realm !== '', 'a realm is required');
  const make = drizzleAdapter(drizzleOn(platformD1(platform)), {
    provider: 'sqlite',
    schema: AUTH_SCHEMA,
    transaction: false,
  });
  return (options) => confineToRealm(make(options), realm);
}

/** Adds `realm = …` to every where and create of an adapter. Exported for its test. */
export function confineToRealm(base: DBAdapter, realm: string): DBAdapter {
  const inRealm = (where: Where[] | undefined): Where[] => {
    // `a OR b AND realm` would be read as one group each by the adapter; nothing we use needs OR, so it is refused outright.
    assert(!where?.some((w) => w.connector === 'OR'), 'auth queries with OR are not confined to a realm');
    assert(!where?.some((w) => w.field === 'realm'), 'the realm is added here, never asked for');
    return [...(where ?? []), { field: 'realm', value: realm, operator: 'eq', connector: 'AND' }];
  };
  return {
    ...base,
    create: (q) => base.create({ ...q, data: { ...q.data, realm } as typeof q.data }),
    findOne: (q) => base.findOne({ ...q, where: inRealm(q.where) }),
    findMany: (q) => base.findMany({ ...q, where: inRealm(q.where) }),
    count: (q) => base.count({ ...q, where: inRealm(q.where) }),
    update: (q) => base.update({ ...q, where: inRealm(q.where), update: withoutRealm(q.update) }),
    updateMany: (q) => base.updateMany({ ...q, where: inRealm(q.where), update: withoutRealm(q.update) }),
    delete: (q) => base.delete({ ...q, where: inRealm(q.where) }),
    deleteMany: (q) => base.deleteMany({ ...q, where: inRealm(q.where) }),
    consumeOne: (q) => base.consumeOne({ ...q, where: inRealm(q.where) }),
    incrementOne: (q) => base.incrementOne({ ...q, where: inRealm(q.where) }),
    // D1 knows no interactive transactions; what runs inside stays confined.
    transaction: (run) => run(confineToRealm(base, realm)),
  };
}

function withoutRealm(update: Record<string, unknown>): Record<string, unknown> {
  const { realm: _realm, ...rest } = update;
  return rest;
}

// ---------------------------------------------------------------- users and sessions

export interface NewUser {
  id: string;
  accountId: string;
  realm: string;
  tenantId: TenantId;
  email: string;
  name: string;
  role: string;
  language: string;
  passwordHash: string;
}

/** Makes user and password account in one batch. `same`: this very user is there already; `taken`: the e-mail is another's in the realm. */
export async function insertUser(platform: Platform, user: NewUser, now: Instant): Promise<'made' | 'same' | 'taken'> {
  const db = drizzleOn(platformD1(platform));
  const at = new Date(now);
  const email = user.email.toLowerCase();
  const [inserted] = await db.batch([
    db
      .insert(users)
      .values({ ...user, email, emailVerified: true, createdAt: at, updatedAt: at })
      .onConflictDoNothing()
      .returning({ id: users.id }),
    // Only for the user this batch made: a taken e-mail must not get a second password.
    db
      .insert(accounts)
      .select(
        db
          .select({
            id: sql<string>`${user.accountId}`.as('id'),
            realm: users.realm,
            userId: users.id,
            accountId: sql<string>`${user.id}`.as('account_id'),
            providerId: sql<string>`'credential'`.as('provider_id'),
            accessToken: sql<null>`NULL`.as('access_token'),
            refreshToken: sql<null>`NULL`.as('refresh_token'),
            idToken: sql<null>`NULL`.as('id_token'),
            accessTokenExpiresAt: sql<null>`NULL`.as('access_token_expires_at'),
            refreshTokenExpiresAt: sql<null>`NULL`.as('refresh_token_expires_at'),
            scope: sql<null>`NULL`.as('scope'),
            password: sql<string>`${user.passwordHash}`.as('password'),
            createdAt: users.createdAt,
            updatedAt: users.updatedAt,
          })
          .from(users)
          .where(and(eq(users.id, user.id), eq(users.realm, user.realm), eq(users.email, email))),
      )
      .onConflictDoNothing(),
  ]);
  if (inserted.length === 1) return 'made';
  const known = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.realm, user.realm), eq(users.email, email)))
    .limit(1);
  return known[0]?.id === user.id ? 'same' : 'taken';
}

export interface UserCandidate {
  realm: string;
  tenantId: TenantId;
  userId: string;
}

/** For sign-in: accounts with this e-mail, oldest first, in any realm; the caller drops those its host does not serve. */
export async function candidatesByEmail(platform: Platform, email: string, limit: number): Promise<UserCandidate[]> {
  return drizzleOn(platformD1(platform))
    .select({ realm: users.realm, tenantId: users.tenantId, userId: users.id })
    .from(users)
    .where(and(eq(users.email, email.toLowerCase()), isNull(users.disabledAt)))
    .orderBy(asc(users.createdAt), asc(users.id))
    .limit(limit);
}

export interface SessionRow {
  sessionId: string;
  realm: string;
  userId: string;
  tenantId: TenantId;
  role: string;
  language: string;
}

/**
 * For sessions: who a session token belongs to, or null when it is unknown, expired or the user is disabled. Asked at every request,
 * always of the source. The token is the proof, so it is looked up in any realm; user and session must agree on theirs.
 */
export async function sessionByToken(platform: Platform, token: string, realNow: Instant): Promise<SessionRow | null> {
  const rows = await drizzleOn(platformD1(platform))
    .select({
      sessionId: sessions.id,
      realm: sessions.realm,
      userId: users.id,
      tenantId: users.tenantId,
      role: users.role,
      language: users.language,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.userId), eq(users.realm, sessions.realm)))
    .where(and(eq(sessions.token, token), gt(sessions.expiresAt, new Date(realNow)), isNull(users.disabledAt)))
    .limit(1);
  return rows[0] ?? null;
}

export interface UserProfile {
  id: string;
  name: string;
  email: string;
  language: string;
}

export async function userProfile(platform: Platform, realm: string, userId: string): Promise<UserProfile | null> {
  const rows = await drizzleOn(platformD1(platform))
    .select({ id: users.id, name: users.name, email: users.email, language: users.language })
    .from(users)
    .where(and(eq(users.realm, realm), eq(users.id, userId)))
    .limit(1);
  return rows[0] ?? null;
}

export interface OwnSession {
  id: string;
  createdAt: Date;
  expiresAt: Date;
  userAgent: string | null;
}

/** A user's live sessions, newest first. */
export async function sessionsOf(
  platform: Platform,
  realm: string,
  userId: string,
  realNow: Instant,
  limit: number,
): Promise<OwnSession[]> {
  return drizzleOn(platformD1(platform))
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      expiresAt: sessions.expiresAt,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .where(and(eq(sessions.realm, realm), eq(sessions.userId, userId), gt(sessions.expiresAt, new Date(realNow))))
    .orderBy(sql`${sessions.createdAt} DESC`, sql`${sessions.id} DESC`)
    .limit(limit);
}

/** Ends one session of the user; false when it is not theirs. */
export async function deleteSession(
  platform: Platform,
  realm: string,
  userId: string,
  sessionId: string,
): Promise<boolean> {
  const gone = await drizzleOn(platformD1(platform))
    .delete(sessions)
    .where(and(eq(sessions.realm, realm), eq(sessions.userId, userId), eq(sessions.id, sessionId)))
    .returning({ id: sessions.id });
  return gone.length === 1;
}

// ---------------------------------------------------------------- API keys

export type ApiKeyRow = typeof apiKeys.$inferSelect;

/** A key is written back as used at most this often: one write per request would cost more than it is worth. */
const LAST_USED_STEP_MS = 60_000;

/** For API keys: the live key of a hash, or null. Asked at every request, always of the source. */
export async function apiKeyByHash(platform: Platform, keyHash: string, now: Instant): Promise<ApiKeyRow | null> {
  const rows = await drizzleOn(platformD1(platform))
    .select()
    .from(apiKeys)
    .where(eq(apiKeys.keyHash, keyHash))
    .limit(1);
  const key = rows[0];
  if (key === undefined || key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now)) return null;
  return key;
}

/** Stores that a key was used; does nothing when that was noted within the last minute. */
export async function touchApiKey(platform: Platform, key: ApiKeyRow, now: Instant): Promise<void> {
  if (key.lastUsedAt !== null && now - key.lastUsedAt < LAST_USED_STEP_MS) return;
  await drizzleOn(platformD1(platform))
    .update(apiKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKeys.tenantId, key.tenantId), eq(apiKeys.id, key.id)));
}

export async function insertApiKey(platform: Platform, key: typeof apiKeys.$inferInsert): Promise<boolean> {
  const made = await drizzleOn(platformD1(platform))
    .insert(apiKeys)
    .values(key)
    .onConflictDoNothing()
    .returning({ id: apiKeys.id });
  return made.length === 1;
}

/** Keys of a tenant that were not revoked, by id (oldest first); `after` = id of the page before. */
export async function apiKeysOf(
  platform: Platform,
  tenantId: TenantId,
  after: string | null,
  limit: number,
): Promise<ApiKeyRow[]> {
  return drizzleOn(platformD1(platform))
    .select()
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.tenantId, tenantId),
        isNull(apiKeys.revokedAt),
        after === null ? undefined : gt(apiKeys.id, after),
      ),
    )
    .orderBy(asc(apiKeys.id))
    .limit(limit);
}

export async function apiKeyOf(platform: Platform, tenantId: TenantId, id: string): Promise<ApiKeyRow | null> {
  const rows = await drizzleOn(platformD1(platform))
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
    .limit(1);
  return rows[0] ?? null;
}

/** Revokes at once; false when the tenant has no such live key. */
export async function revokeApiKey(platform: Platform, tenantId: TenantId, id: string, now: Instant): Promise<boolean> {
  const gone = await drizzleOn(platformD1(platform))
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id });
  return gone.length === 1;
}

/** Inserts the new key and shortens the lifetime of the one it replaces, in one batch. */
export async function replaceApiKey(
  platform: Platform,
  next: typeof apiKeys.$inferInsert,
  oldId: string,
  oldExpiresAt: Instant,
): Promise<void> {
  const db = drizzleOn(platformD1(platform));
  await db.batch([
    db.insert(apiKeys).values(next),
    db
      .update(apiKeys)
      .set({ expiresAt: sql`min(coalesce(${apiKeys.expiresAt}, ${oldExpiresAt}), ${oldExpiresAt})` })
      .where(and(eq(apiKeys.tenantId, next.tenantId), eq(apiKeys.id, oldId))),
  ]);
}

// ---------------------------------------------------------------- lock-out

export interface LockOutRule {
  /** failures that cost nothing */
  free: number;
  /** delay after the first failure that costs, doubled with each further one */
  baseMs: number;
  maxMs: number;
  /** after this long without an attempt the count starts anew */
  forgetMs: number;
}

/**
 * Counts an attempt as failed before it is made (so that a burst of parallel attempts can't slip through) and answers null, or the
 * instant until which attempts are refused. One atomic statement; a refused attempt does not lengthen the lock.
 */
export async function takeAttempt(
  platform: Platform,
  key: string,
  rule: LockOutRule,
  now: Instant,
): Promise<Instant | null> {
  // Doubling by shift; 20 doublings are beyond any maximum.
  const failures = sql`(CASE WHEN ${signInAttempts.updatedAt} < ${now - rule.forgetMs} THEN 1 ELSE ${signInAttempts.failures} + 1 END)`;
  const delay = sql`(CASE WHEN ${failures} <= ${rule.free} THEN 0
    ELSE min(${rule.maxMs}, ${rule.baseMs} * (1 << min(20, ${failures} - ${rule.free} - 1))) END)`;
  const db = drizzleOn(platformD1(platform));
  const taken = await db
    .insert(signInAttempts)
    .values({ key, failures: 1, lockedUntil: 0, updatedAt: now })
    .onConflictDoUpdate({
      target: signInAttempts.key,
      set: {
        failures: sql`${failures}`,
        lockedUntil: sql`CAST(${now} + ${delay} AS INTEGER)`,
        updatedAt: now,
      },
      // A lock further ahead than any rule sets was made by a clock that has been moved back.
      setWhere: sql`${signInAttempts.lockedUntil} <= ${now} OR ${signInAttempts.lockedUntil} > ${now + rule.maxMs}`,
    })
    .returning({ key: signInAttempts.key });
  if (taken.length === 1) return null;
  const rows = await db
    .select({ until: signInAttempts.lockedUntil })
    .from(signInAttempts)
    .where(eq(signInAttempts.key, key))
    .limit(1);
  return (rows[0]?.until ?? now + 1000) as Instant;
}

/** A success clears the account's failures and takes back the one counted for the address. */
export async function forgiveAttempts(platform: Platform, accountKey: string, addressKey: string): Promise<void> {
  const db = drizzleOn(platformD1(platform));
  await db.batch([
    db.delete(signInAttempts).where(eq(signInAttempts.key, accountKey)),
    db
      .update(signInAttempts)
      .set({ failures: sql`max(0, ${signInAttempts.failures} - 1)`, lockedUntil: 0 })
      .where(eq(signInAttempts.key, addressKey)),
  ]);
}

// ---------------------------------------------------------------- stored answers of Idempotency-Key

export interface OutcomeKey {
  tenantId: TenantId;
  causer: string;
  key: string;
}
export interface StoredAnswer {
  status: number;
  body: string;
  head: string | null;
}
export type OutcomeClaim =
  | { kind: 'claimed' }
  | { kind: 'stored'; answer: StoredAnswer }
  | { kind: 'mismatch' }
  | { kind: 'in_progress' };

const outcomeIs = (k: OutcomeKey) =>
  and(eq(requestOutcomes.tenantId, k.tenantId), eq(requestOutcomes.causer, k.causer), eq(requestOutcomes.key, k.key));

/**
 * Claims a key for a request, or answers what the first request with it came to. A claim whose request died (no answer after
 * `abandonedMs`) and an answer past its life can be claimed anew.
 */
export async function claimOutcome(
  platform: Platform,
  k: OutcomeKey,
  inputHash: string,
  now: Instant,
  life: { keepMs: number; abandonedMs: number },
): Promise<OutcomeClaim> {
  const db = drizzleOn(platformD1(platform));
  const fresh = { inputHash, status: null, body: null, head: null, createdAt: now, expiresAt: now + life.keepMs };
  const claimed = await db
    .insert(requestOutcomes)
    .values({ ...k, ...fresh })
    .onConflictDoUpdate({
      target: [requestOutcomes.tenantId, requestOutcomes.causer, requestOutcomes.key],
      set: fresh,
      setWhere: sql`${requestOutcomes.expiresAt} <= ${now} OR (${requestOutcomes.status} IS NULL AND ${requestOutcomes.inputHash} = ${inputHash} AND ${requestOutcomes.createdAt} <= ${now - life.abandonedMs})`,
    })
    .returning({ key: requestOutcomes.key });
  if (claimed.length === 1) return { kind: 'claimed' };
  const rows = await db.select().from(requestOutcomes).where(outcomeIs(k)).limit(1);
  const row = rows[0];
  if (row === undefined) return { kind: 'in_progress' };
  if (row.inputHash !== inputHash) return { kind: 'mismatch' };
  if (row.status === null) return { kind: 'in_progress' };
  return { kind: 'stored', answer: { status: row.status, body: row.body ?? '', head: row.head } };
}

export async function storeOutcome(platform: Platform, k: OutcomeKey, answer: StoredAnswer): Promise<void> {
  await drizzleOn(platformD1(platform)).update(requestOutcomes).set(answer).where(outcomeIs(k));
}

/** Gives the key back: the request came to nothing that a repeat should see (5xx, 429). */
export async function releaseOutcome(platform: Platform, k: OutcomeKey): Promise<void> {
  await drizzleOn(platformD1(platform))
    .delete(requestOutcomes)
    .where(and(outcomeIs(k), isNull(requestOutcomes.status)));
}

// ---------------------------------------------------------------- retention

/** Rows deleted per table and call: cron comes again. */
const PURGE_ROWS = 1_000;

/** Removes what has lapsed: sessions, verifications, stored answers, forgotten attempts. Called by cron. */
export async function purgeIdentity(platform: Platform, now: Instant, forgetAttemptsMs: number): Promise<void> {
  const db = drizzleOn(platformD1(platform));
  const at = new Date(now);
  await db.batch([
    db
      .delete(sessions)
      .where(
        inArray(
          sessions.id,
          db.select({ id: sessions.id }).from(sessions).where(lt(sessions.expiresAt, at)).limit(PURGE_ROWS),
        ),
      ),
    db
      .delete(verifications)
      .where(
        inArray(
          verifications.id,
          db
            .select({ id: verifications.id })
            .from(verifications)
            .where(lt(verifications.expiresAt, at))
            .limit(PURGE_ROWS),
        ),
      ),
    db
      .delete(requestOutcomes)
      .where(sql`rowid IN (SELECT rowid FROM request_outcomes WHERE expires_at <= ${now} LIMIT ${PURGE_ROWS})`),
    db
      .delete(signInAttempts)
      .where(
        sql`rowid IN (SELECT rowid FROM sign_in_attempts WHERE updated_at < ${now - forgetAttemptsMs} AND locked_until <= ${now} LIMIT ${PURGE_ROWS})`,
      ),
  ]);
}
