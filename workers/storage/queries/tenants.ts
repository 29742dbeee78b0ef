/**
 * Rows of tenants as those above them read and change them; control plane. Whoever asks says below which parent (`within`): null is the
 * operator's, everybody. Called by tenants/.
 */
import { and, asc, count, desc, eq, inArray, lte, ne, type SQL, sql } from 'drizzle-orm';
import type { TenantId } from '../../../shared/ids.ts';
import type { TenantStatus, TenantType } from '../../../shared/tenant-status.ts';
import type { Platform } from '../../env.ts';
import { type Beside, changeOnControl } from '../control-plane.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { forgetTenant, type NewTenant, type TenantRecord } from '../platform-db.ts';
import { domains, tenants } from '../tables/platform.ts';
import { TenantDb } from '../tenant-db.ts';

export type DomainRow = typeof domains.$inferSelect;

const orm = (platform: Platform) => drizzleOn(platformD1(platform));

/** Whose tenants are meant: those of one parent; null: all. */
export type Within = TenantId | null;

/** The platform's own row is nobody's customer. */
const below = (within: Within): SQL | undefined =>
  within === null ? ne(tenants.type, 'platform') : eq(tenants.parentId, within);

export interface TenantFilter {
  status?: TenantStatus | undefined;
  type?: TenantType | undefined;
  parentId?: string | undefined;
}
interface Place {
  createdAt: number;
  id: string;
}

const matching = (within: Within, { status, type, parentId }: TenantFilter, after: Place | null): SQL | undefined =>
  and(
    below(within),
    status === undefined ? undefined : eq(tenants.status, status),
    type === undefined ? undefined : eq(tenants.type, type),
    parentId === undefined ? undefined : eq(tenants.parentId, parentId),
    after === null ? undefined : sql`(${tenants.createdAt}, ${tenants.id}) < (${after.createdAt}, ${after.id})`,
  );
const NEWEST = [desc(tenants.createdAt), desc(tenants.id)] as const;

/** A page of tenants, newest first. */
export const tenantPage = (
  platform: Platform,
  within: Within,
  filter: TenantFilter & { after: Place | null; limit: number },
): Promise<TenantRecord[]> =>
  orm(platform)
    .select()
    .from(tenants)
    .where(matching(within, filter, filter.after))
    .orderBy(...NEWEST)
    .limit(filter.limit);

/** A stretch of names in the order of the list: what is searched is judged by the caller, who knows how a name is folded. */
export const tenantNames = (
  platform: Platform,
  within: Within,
  filter: TenantFilter & { after: Place | null; limit: number },
): Promise<{ id: TenantId; name: string; createdAt: number }[]> =>
  orm(platform)
    .select({ id: tenants.id, name: tenants.name, createdAt: tenants.createdAt })
    .from(tenants)
    .where(matching(within, filter, filter.after))
    .orderBy(...NEWEST)
    .limit(filter.limit);

/** Tenants by id, at most 90 of them. */
export const tenantsByIds = (platform: Platform, ids: readonly string[]): Promise<TenantRecord[]> =>
  orm(platform)
    .select()
    .from(tenants)
    .where(inArray(tenants.id, ids.slice(0, 90) as TenantId[]));

/** Names of tenants by id, at most 90 of them: a parent's beside its children. */
export async function namesOfTenants(platform: Platform, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const unique = [...new Set(ids)].slice(0, 90);
  if (unique.length === 0) return new Map();
  const rows = await orm(platform)
    .select({ id: tenants.id, name: tenants.name })
    .from(tenants)
    .where(inArray(tenants.id, unique as TenantId[]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** One tenant, if it is one of these. */
export async function tenantWithin(platform: Platform, within: Within, id: string): Promise<TenantRecord | null> {
  const rows = await orm(platform)
    .select()
    .from(tenants)
    .where(and(eq(tenants.id, id as TenantId), below(within)))
    .limit(1);
  return rows[0] ?? null;
}

const openChildren = (parentId: string): SQL =>
  sql`(SELECT count(*) FROM ${tenants} AS child WHERE child.parent_id = ${parentId} AND child.status <> 'closed')`;

/** Tenants below one that are not closed: what a reseller's limit counts. */
export async function childrenOf(platform: Platform, parentId: string): Promise<number> {
  const [row] = await orm(platform)
    .select({ open: count() })
    .from(tenants)
    .where(and(eq(tenants.parentId, parentId), ne(tenants.status, 'closed')));
  return row?.open ?? 0;
}

const TAKEN_SLUG = /UNIQUE constraint failed: tenants\.slug/;
const textOf = (fault: unknown): string => `${String(fault)} ${String((fault as Error).cause)}`;

/**
 * Inserts a tenant with the audit row of whoever makes it. `there`: a row with this id is there already; `full`: its parent has as many as it
 * may; `slug`: the name of its host is another's.
 * @param maxChildren of the parent; null: no limit
 */
export async function insertTenant(
  db: TenantDb,
  row: NewTenant,
  maxChildren: number | null,
  beside: Beside,
): Promise<'made' | 'there' | 'full' | 'slug'> {

  const platform = TenantDb.platformOf(db);
  const columns = Object.entries({ ...row });
  const column = tenants as unknown as Record<string, { name: string; mapToDriverValue: (value: unknown) => unknown }>;
  const named = columns.flatMap(([key, value]) => {
    const one = column[key];
    return one === undefined || value === undefined ? [] : [{ one, value }];
  });
  const names = sql.join(
    named.map(({ one }) => sql.identifier(one.name)),
    sql`, `,
  );
  const values = sql.join(
    named.map(({ one, value }) => sql`${value === null ? null : one.mapToDriverValue(value)}`),
    sql`, `,
  );
  // Counted by the statement that inserts: two requests at once make no more than one may.
  const hasRoom =
    maxChildren === null || row.parentId == null ? sql`1` : sql`${openChildren(row.parentId)} < ${maxChildren}`;
  const insert = orm(platform).all(
    sql`INSERT INTO ${tenants} (${names}) SELECT ${values} WHERE ${hasRoom} ON CONFLICT (id) DO NOTHING RETURNING id`,
  );
  try {
    if ((await changeOnControl(db, insert as never, beside)) !== null) return 'made';
  } catch (fault) {
    if (TAKEN_SLUG.test(textOf(fault))) return 'slug';
    throw fault;
  } finally {
    forgetTenant(row.id);
  }
  return (await tenantWithin(platform, null, row.id)) === null ? 'full' : 'there';
}

/** Changes a tenant that still is at a version; false: somebody was faster, and nothing is written. The version goes up by one. */
export async function updateTenant(
  db: TenantDb,
  platform: Platform,
  before: Pick<TenantRecord, 'id' | 'version'>,
  set: Partial<NewTenant>,
  beside: Beside,
): Promise<boolean> {
  const change = orm(platform)
    .update(tenants)
    .set({ ...set, version: before.version + 1 })
    .where(and(eq(tenants.id, before.id), eq(tenants.version, before.version)))
    .returning({ id: tenants.id });
  try {
    return (await changeOnControl(db, change, beside)) !== null;
  } finally {
    forgetTenant(before.id);
  }
}

/** Ledger and calendar know this version of a tenant now. */
export async function noteTold(platform: Platform, id: TenantId, version: number): Promise<void> {
  await orm(platform)
    .update(tenants)
    .set({ toldVersion: version })
    .where(and(eq(tenants.id, id), lte(tenants.toldVersion, version), lte(sql`${version}`, tenants.version)));
}

/** What the register said of a tenant's VAT id; kept where that is still its id. */
export async function noteVatCheck(
  platform: Platform,
  id: TenantId,
  check: NonNullable<TenantRecord['vatCheck']>,
): Promise<void> {
  await orm(platform)
    .update(tenants)
    .set({ vatCheck: check })
    .where(and(eq(tenants.id, id), eq(tenants.vatId, check.vat_id)));
  forgetTenant(id);
}

/** Tenants whose state a date changes: trials at their end, and what has been past due since an instant. */
export async function tenantsDue(
  platform: Platform,
  { now, pastDueBefore, limit }: { now: number; pastDueBefore: number; limit: number },
): Promise<TenantRecord[]> {
  const trials = await orm(platform)
    .select()
    .from(tenants)
    .where(and(sql`status = 'trial'`, lte(tenants.trialEndsAt, now)))
    .orderBy(asc(tenants.trialEndsAt))
    .limit(limit);
  const late = await orm(platform)
    .select()
    .from(tenants)
    .where(and(sql`status = 'past_due'`, lte(tenants.pastDueSince, pastDueBefore)))
    .orderBy(asc(tenants.pastDueSince))
    .limit(limit);
  return [...trials, ...late];
}

/** Tenants whose ledger or calendar has not been told of their present state. */
export const tenantsUntold = (platform: Platform, limit: number): Promise<TenantRecord[]> =>
  orm(platform)
    .select()
    .from(tenants)
    .where(sql`told_version <> version`)
    .orderBy(asc(tenants.id))
    .limit(limit);
