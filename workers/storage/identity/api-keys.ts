/** API keys on the control plane: the look-up of every request, a tenant's own ones, their changes. Called by identity/. */
import { and, asc, eq, gt, isNull, lte, type SQL, sql } from 'drizzle-orm';
import type { Instant } from '../../../shared/clock.ts';
import type { TenantId } from '../../../shared/ids.ts';
import type { Platform } from '../../env.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { type Beside, changeOnControl, controlOf } from '../control-plane.ts';
import type { TenantType } from '../../../shared/tenant-status.ts';
import { tenantReader } from '../platform-db.ts';
import { Remembered } from '../remembered.ts';
import { apiKeys, roles, users } from '../tables/identity.ts';
import { tenants } from '../tables/platform.ts';
import type { TenantDb, Write } from '../tenant-db.ts';
import { ownRoleOfUser } from './roles.ts';

export type ApiKeyRow = typeof apiKeys.$inferSelect;
type NewApiKey = typeof apiKeys.$inferInsert;
/** A key of the tenant whose handle writes it. */
export type OwnApiKey = Omit<ApiKeyRow, 'tenantId'>;

/** A key is written back as used at most this often: one write per request would cost more than it tells. */
const LAST_USED_STEP_MS = 60_000;

/** Who made a key, with what they may and how far they reach now. */
interface KeyMaker {
  id: string;
  role: string;
  customRoleId: string | null;
  customPermissions: string[] | null;
  companyIds: string[] | null;
  branchIds: string[] | null;
  ownOnly: boolean;
}

/** A live key with what bounds it (`createdBy` is `user:usr_…` where a person made it): the type of its tenant and who made it (null: no person, or nobody any more). */
interface BoundKey {
  key: ApiKeyRow;
  tenantType: TenantType;
  maker: KeyMaker | null;
}

/** Live keys by hash. A key that ends here is forgotten here; one that ends elsewhere is served for ten more seconds at most. */
const remembered = new Remembered<BoundKey>();

/** A key of the tenant ended, or may have: the next request of each of them asks the source. */
export const forgetApiKeys = (tenantId: TenantId): void => remembered.forget(({ key }) => key.tenantId === tenantId);

/** Entry point of API keys: the live key of a hash, or null. Asked at every request; expiry is judged by each of them. */
export async function apiKeyByHash(platform: Platform, keyHash: string, now: Instant): Promise<BoundKey | null> {
  const bound = await remembered.get(keyHash, () => readKey(platform, keyHash));
  return bound !== null && bound.key.expiresAt !== null && bound.key.expiresAt <= now ? null : bound;
}

/** The key with its tenant, which nearly every request asks for next: one statement for both. */
async function readKey(platform: Platform, keyHash: string): Promise<BoundKey | null> {
  const keepTenant = tenantReader();
  const rows = await drizzleOn(platformD1(platform))
    .select({
      key: apiKeys,
      tenant: tenants,
      maker: {
        id: users.id,
        role: users.role,
        customRoleId: users.customRoleId,
        companyIds: users.companyIds,
        branchIds: users.branchIds,
        ownOnly: users.ownOnly,
      },
      customPermissions: roles.permissions,
    })
    .from(apiKeys)
    .innerJoin(tenants, eq(tenants.id, apiKeys.tenantId))
    .leftJoin(users, and(eq(users.id, sql`substr(${apiKeys.createdBy}, 6)`), eq(users.tenantId, apiKeys.tenantId)))
    .leftJoin(roles, ownRoleOfUser)
    .where(eq(apiKeys.keyHash, keyHash))
    .limit(1);
  const found = rows[0];
  if (found === undefined || found.key.revokedAt !== null || found.tenant.status === 'closed') return null;
  keepTenant(found.tenant);
  const { key, tenant, maker, customPermissions } = found;
  return { key, tenantType: tenant.type, maker: maker === null ? null : { ...maker, customPermissions } };
}

/** Remembers that a key was used; does nothing when that was noted within the last minute. */
export async function touchApiKey(platform: Platform, key: ApiKeyRow, now: Instant): Promise<void> {
  if (key.lastUsedAt !== null && now - key.lastUsedAt < LAST_USED_STEP_MS) return;
  // The row may be the remembered one: requests that follow within its time leave it at this note.
  key.lastUsedAt = now;
  await drizzleOn(platformD1(platform))
    .update(apiKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKeys.tenantId, key.tenantId), eq(apiKeys.id, key.id)));
}

/** Inserts a key unless its id or text is there: keys with a given text (demo data). */
export async function installKey(platform: Platform, key: NewApiKey): Promise<void> {
  await drizzleOn(platformD1(platform)).insert(apiKeys).values(key).onConflictDoNothing();
}

/** Keys of the tenant that were not revoked, by id (oldest first); `after` = id of the page before. */
export async function apiKeysOf(db: TenantDb, after: string | null, limit: number): Promise<ApiKeyRow[]> {
  return controlOf(db)
    .select()
    .from(apiKeys)
    .where(live(db, after === null ? undefined : gt(apiKeys.id, after)))
    .orderBy(asc(apiKeys.id))
    .limit(limit);
}

/** A key of the tenant that was not revoked. */
export async function apiKeyOf(db: TenantDb, id: string): Promise<ApiKeyRow | null> {
  const rows = await controlOf(db)
    .select()
    .from(apiKeys)
    .where(live(db, eq(apiKeys.id, id)))
    .limit(1);
  return rows[0] ?? null;
}

const live = (db: TenantDb, where: SQL | undefined): SQL | undefined =>
  and(eq(apiKeys.tenantId, db.tenantId), isNull(apiKeys.revokedAt), where);

/** Inserts a key of the tenant. */
export async function insertApiKey(db: TenantDb, key: OwnApiKey, beside: Beside): Promise<void> {
  await changeOnControl(db, insertOf(db, key), beside);
}

const insertOf = (db: TenantDb, key: OwnApiKey) =>
  controlOf(db)
    .insert(apiKeys)
    .values({ ...key, tenantId: db.tenantId });

/**
 * Revokes at once, with every key that it made (before keys could no longer make keys), and those of these; false when the tenant has no such
 * live key, and then nothing at all is written.
 */
export async function revokeApiKey(db: TenantDb, id: string, now: Instant, beside: Beside): Promise<boolean> {
  const control = controlOf(db);
  const revoked = control
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(live(db, eq(apiKeys.id, id)))
    .returning({ id: apiKeys.id });
  const made = sql`(WITH RECURSIVE made (id) AS (
    SELECT ${id} UNION SELECT k.id FROM api_keys k JOIN made ON k.created_by = 'api_key:' || made.id WHERE k.tenant_id = ${db.tenantId}
  ) SELECT id FROM made)`;
  const descendants = control
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(live(db, sql`${apiKeys.id} IN ${made}`));
  try {
    return (await changeOnControl(db, revoked, beside, [descendants])) !== null;
  } finally {
    // Also when it failed: what became of a change that D1 did not answer is not known.
    forgetApiKeys(db.tenantId);
  }
}

/** Name and allowed addresses of a live key of the tenant; null when there is none, and then nothing is written. */
export async function changeApiKeyRow(
  db: TenantDb,
  id: string,
  set: Partial<Pick<ApiKeyRow, 'name' | 'ipAllow'>>,
  beside: Beside,
): Promise<ApiKeyRow | null> {
  const changed = controlOf(db)
    .update(apiKeys)
    .set(set)
    .where(live(db, eq(apiKeys.id, id)))
    .returning();
  try {
    return ((await changeOnControl(db, changed, beside))?.[0] as ApiKeyRow | undefined) ?? null;
  } finally {
    forgetApiKeys(db.tenantId);
  }
}

/** Keys of all tenants that end within a time and whose end nobody has announced, the first to end first; those made for less time never. */
export const endingKeys = (platform: Platform, now: Instant, withinMs: number, limit: number): Promise<ApiKeyRow[]> =>
  drizzleOn(platformD1(platform))
    .select()
    .from(apiKeys)
    .where(
      and(
        isNull(apiKeys.revokedAt),
        isNull(apiKeys.warnedAt),
        gt(apiKeys.expiresAt, now),
        lte(apiKeys.expiresAt, now + withinMs),
        sql`${apiKeys.expiresAt} - ${apiKeys.createdAt} > ${withinMs}`,
        // The one in its place is in use already, or will be.
        sql`NOT EXISTS (SELECT 1 FROM api_keys n WHERE n.tenant_id = ${apiKeys.tenantId} AND n.replaces_id = ${apiKeys.id})`,
      ),
    )
    .orderBy(asc(apiKeys.expiresAt))
    .limit(limit);

/** The end of a key was announced. */
export const noteWarned = (db: TenantDb, id: string, now: Instant): Promise<unknown> =>
  controlOf(db)
    .update(apiKeys)
    .set({ warnedAt: now })
    .where(and(eq(apiKeys.tenantId, db.tenantId), eq(apiKeys.id, id)));

/** Shortens the life of a key and inserts the one that replaces it; false when the old one is not live, and then nothing is written. */
export async function replaceApiKey(
  db: TenantDb,
  old: { id: string; expiresAt: Instant },
  next: OwnApiKey,
  beside: Beside,
): Promise<boolean> {
  const shortened = controlOf(db)
    .update(apiKeys)
    .set({ expiresAt: sql`min(coalesce(${apiKeys.expiresAt}, ${old.expiresAt}), ${old.expiresAt})` })
    .where(live(db, eq(apiKeys.id, old.id)))
    .returning({ id: apiKeys.id });
  try {
    return (await changeOnControl(db, shortened, beside, [insertOf(db, next)])) !== null;
  } finally {
    forgetApiKeys(db.tenantId);
  }
}

/**
 * Leaves the keys that a person made no more than that person holds at the end: who made a key bounds it at every use, and a user who is
 * deleted would bound nothing any more. For a batch with the deletion; `forgetApiKeys` follows it.
 */
export const narrowKeysOf = (db: TenantDb, userId: string, held: readonly string[]): Write =>
  controlOf(db)
    .update(apiKeys)
    .set({
      scopes: sql`(SELECT json_group_array(value) FROM json_each(${apiKeys.scopes}) WHERE value IN (SELECT value FROM json_each(${JSON.stringify(held)})))`,
    })
    .where(live(db, eq(apiKeys.createdBy, `user:${userId}`)));

/** Ends the keys that a person made. For a batch with the deletion; `forgetApiKeys` follows it. */
export const endKeysOf = (db: TenantDb, userId: string, now: Instant): Write =>
  controlOf(db)
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(live(db, eq(apiKeys.createdBy, `user:${userId}`)));
