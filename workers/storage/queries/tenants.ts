/**
 * Rows of tenants as those above them read and change them; control plane. Whoever asks says below which parent (`within`): null is the
 * operator's, everybody. Called by tenants/.
 */
import { and, asc, count, desc, eq, gt, lte, ne, type SQL, sql } from 'drizzle-orm';
import type { TenantId } from '../../../shared/ids.ts';
import type { TenantStatus, TenantType } from '../../../shared/tenant-status.ts';
import type { Platform } from '../../env.ts';
import { type Beside, changeOnControl, controlOf } from '../control-plane.ts';
import { orm, valuesOf } from '../d1.ts';
import { forgetApiKeys } from '../identity/api-keys.ts';
import { forgetHosts, forgetTenant, type NewTenant, rememberedTenant, type TenantRecord } from '../platform-db.ts';
import { companyCommissions, domains, tenants } from '../tables/platform.ts';
import { TenantDb } from '../tenant-db.ts';

export type DomainRow = typeof domains.$inferSelect;

/** The control plane behind the handle of whoever asks. */
const control = controlOf;

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
    // The first page begins at the end of time, so that each is a search of its index.
    sql`(${tenants.createdAt}, ${tenants.id}) < (${after?.createdAt ?? Number.MAX_SAFE_INTEGER}, ${after?.id ?? ''})`,
  );
/** As one parameter: D1 binds at most 100. */
const isOneOf = (ids: readonly string[]): SQL =>
  sql`${tenants.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
const NEWEST = [desc(tenants.createdAt), desc(tenants.id)] as const;

/** A page of tenants, newest first. */
export const tenantPage = (
  db: TenantDb,
  within: Within,
  filter: TenantFilter & { after: Place | null; limit: number },
): Promise<TenantRecord[]> =>
  control(db)
    .select()
    .from(tenants)
    .where(matching(within, filter, filter.after))
    .orderBy(...NEWEST)
    .limit(filter.limit);

/** A stretch of names in the order of the list: what is searched is judged by the caller, who knows how a name is folded. */
export const tenantNames = (
  db: TenantDb,
  within: Within,
  filter: TenantFilter & { after: Place | null; limit: number },
): Promise<{ id: TenantId; name: string; createdAt: number }[]> =>
  control(db)
    .select({ id: tenants.id, name: tenants.name, createdAt: tenants.createdAt })
    .from(tenants)
    .where(matching(within, filter, filter.after))
    .orderBy(...NEWEST)
    .limit(filter.limit);

/** Tenants by id: a page of them. */
export const tenantsByIds = (db: TenantDb, ids: readonly string[]): Promise<TenantRecord[]> =>
  control(db).select().from(tenants).where(isOneOf(ids));

/** Names of tenants by id: parents' beside their children. */
export async function namesOfTenants(db: TenantDb, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return new Map();
  const rows = await control(db).select({ id: tenants.id, name: tenants.name }).from(tenants).where(isOneOf(unique));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** One tenant, if it is one of these. */
export async function tenantWithin(db: TenantDb, within: Within, id: string): Promise<TenantRecord | null> {
  const rows = await control(db)
    .select()
    .from(tenants)
    .where(and(eq(tenants.id, id as TenantId), below(within)))
    .limit(1);
  return rows[0] ?? null;
}

const openChildren = (parentId: string): SQL =>
  sql`(SELECT count(*) FROM ${tenants} AS child WHERE child.parent_id = ${parentId} AND child.status <> 'closed')`;

/** Tenants below one that are not closed: what a reseller's limit counts. */
export async function childrenOf(db: TenantDb, parentId: string): Promise<number> {
  const [row] = await control(db)
    .select({ open: count() })
    .from(tenants)
    .where(and(eq(tenants.parentId, parentId), ne(tenants.status, 'closed')));
  return row?.open ?? 0;
}

/** Open tenants below one: how many, and the names of the youngest. */
export async function openChildrenOf(
  db: TenantDb,
  parentId: string,
  named: number,
): Promise<{ count: number; names: string[] }> {
  const [total, rows] = await Promise.all([
    childrenOf(db, parentId),
    control(db)
      .select({ name: tenants.name })
      .from(tenants)
      .where(and(eq(tenants.parentId, parentId), ne(tenants.status, 'closed')))
      .orderBy(desc(tenants.createdAt), desc(tenants.id))
      .limit(named),
  ]);
  return { count: total, names: rows.map(({ name }) => name) };
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
  // Counted by the statement that inserts: two requests at once make no more than one may.
  const hasRoom =
    maxChildren === null || row.parentId == null ? sql`1` : sql`${openChildren(row.parentId)} < ${maxChildren}`;
  // Nor does one come below a reseller that was closed a moment ago.
  const isParentOpen =
    row.parentId == null
      ? sql`1`
      : sql`NOT EXISTS (SELECT 1 FROM ${tenants} AS parent WHERE parent.id = ${row.parentId} AND parent.status = 'closed')`;
  const insert = control(db)
    .insert(tenants)
    .select(sql`SELECT ${valuesOf(tenants, row)} WHERE ${hasRoom} AND ${isParentOpen}`)
    .onConflictDoNothing({ target: tenants.id })
    .returning({ id: tenants.id });
  try {
    if ((await changeOnControl(db, insert, beside)) !== null) return 'made';
  } catch (fault) {
    if (TAKEN_SLUG.test(textOf(fault))) return 'slug';
    throw fault;
  } finally {
    forgetTenant(row.id);
  }
  return (await tenantWithin(db, null, row.id)) === null ? 'full' : 'there';
}

/**
 * Changes a tenant that still is at a version; false: somebody was faster, and nothing is written. The version goes up by one.
 * @param isChildless only while no tenant below it is open
 */
export async function updateTenant(
  db: TenantDb,
  before: Pick<TenantRecord, 'id' | 'version'>,
  set: Partial<NewTenant>,
  beside: Beside,
  isChildless = false,
): Promise<boolean> {
  const change = control(db)
    .update(tenants)
    .set({
      ...set,
      // What its owners know of it: the state it had before they are told.
      ...(set.status === undefined ? {} : { toldStatus: sql`coalesce(${tenants.toldStatus}, ${tenants.status})` }),
      version: before.version + 1,
    })
    .where(
      and(
        eq(tenants.id, before.id),
        eq(tenants.version, before.version),
        isChildless ? sql`${openChildren(before.id)} = 0` : undefined,
      ),
    )
    .returning({ id: tenants.id });
  try {
    return (await changeOnControl(db, change, beside)) !== null;
  } finally {
    // Keys of a closed tenant end here at once, elsewhere within ten seconds.
    forgetApiKeys(before.id);
    forgetTenant(before.id);
  }
}

/** Ledger, calendar and owners know this version of a tenant now. */
export async function noteTold(
  platform: Platform,
  { id, version, status, toldStatus }: Pick<TenantRecord, 'id' | 'version' | 'status' | 'toldStatus'>,
): Promise<void> {
  await orm(platform)
    .update(tenants)
    .set({ toldVersion: version, ...(toldStatus === null ? {} : { toldStatus: status }) })
    .where(and(eq(tenants.id, id), lte(tenants.toldVersion, version), lte(sql`${version}`, tenants.version)));
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

/** Trials that end before an instant and whose owners were not told so, nearest first. @param days of the notice */
export const trialsEnding = (
  platform: Platform,
  { now, before, days, limit }: { now: number; before: number; days: number; limit: number },
): Promise<TenantRecord[]> =>
  orm(platform)
    .select()
    .from(tenants)
    .where(
      and(
        sql`status = 'trial'`,
        gt(tenants.trialEndsAt, now),
        lte(tenants.trialEndsAt, before),
        sql`coalesce(trial_told_days, ${days} + 1) > ${days}`,
      ),
    )
    .orderBy(asc(tenants.trialEndsAt))
    .limit(limit);

/** Its owners know that the trial ends in so many days. No version: nothing of the tenant changed. */
export async function noteTrialTold(platform: Platform, id: TenantId, days: number): Promise<void> {
  await orm(platform).update(tenants).set({ trialToldDays: days }).where(eq(tenants.id, id));
}

/** Tenants whose ledger or calendar has not been told of their present state. */
export const tenantsUntold = (platform: Platform, limit: number): Promise<TenantRecord[]> =>
  orm(platform).select().from(tenants).where(sql`told_version <> version`).orderBy(asc(tenants.id)).limit(limit);

/** The present record of a scope's own tenant: ten seconds old at most. */
export const recentTenant = (db: TenantDb, id: string): Promise<TenantRecord | null> =>
  rememberedTenant(TenantDb.platformOf(db), id);

// ---------------------------------------------------------------- host names

/** Names of a tenant, by name. */
export const domainsOf = (db: TenantDb, tenantId: TenantId): Promise<DomainRow[]> =>
  control(db)
    .select()
    .from(domains)
    .where(eq(domains.tenantId, tenantId))
    .orderBy(asc(domains.host))
    .limit(MAX_DOMAINS_READ);
const MAX_DOMAINS_READ = 50;

/** Whose a name is, or is to be; null: nobody's. */
export async function domainByHost(db: TenantDb, host: string): Promise<DomainRow | null> {
  const [row] = await control(db).select().from(domains).where(eq(domains.host, host)).limit(1);
  return row ?? null;
}

/**
 * Writes a name that waits for its proof; a claim of somebody else's that was made before `staleBefore` and never proven gives way.
 * False: the name is taken, and nothing is written.
 */
export async function claimDomain(
  db: TenantDb,
  row: typeof domains.$inferInsert,
  staleBefore: number,
  beside: Beside,
): Promise<boolean> {
  const claim = control(db)
    .insert(domains)
    .values(row)
    .onConflictDoUpdate({
      target: domains.host,
      set: {
        tenantId: row.tenantId,
        proof: row.proof ?? null,
        status: 'pending',
        fault: null,
        checkedAt: null,
        createdAt: row.createdAt ?? null,
      },
      setWhere: sql`${domains.status} <> 'active' AND coalesce(${domains.createdAt}, 0) < ${staleBefore}`,
    })
    .returning({ host: domains.host });
  return (await changeOnControl(db, claim, beside)) !== null;
}

/** What a look at its proof said of a name. False: it is not the tenant's any more, and nothing is written. */
export async function judgeDomain(
  db: TenantDb,
  key: { tenantId: TenantId; host: string; proof: string },
  set: Pick<typeof domains.$inferInsert, 'status' | 'fault' | 'checkedAt' | 'activeSince'>,
  beside: Beside,
): Promise<boolean> {
  const judged = control(db)
    .update(domains)
    .set(set)
    .where(and(eq(domains.tenantId, key.tenantId), eq(domains.host, key.host), eq(domains.proof, key.proof)))
    .returning({ host: domains.host });
  try {
    return (await changeOnControl(db, judged, beside)) !== null;
  } finally {
    forgetHosts(key.tenantId);
  }
}

/** Removes a name of a tenant; false: it has none like it, and nothing is written. */
export async function removeDomain(db: TenantDb, tenantId: TenantId, host: string, beside: Beside): Promise<boolean> {
  const gone = control(db)
    .delete(domains)
    .where(and(eq(domains.tenantId, tenantId), eq(domains.host, host)))
    .returning({ host: domains.host });
  try {
    return (await changeOnControl(db, gone, beside)) !== null;
  } finally {
    forgetHosts(tenantId);
  }
}

export type CommissionRow = typeof companyCommissions.$inferSelect;
/** More companies than any account may have. */
const MAX_COMMISSIONS = 1_000;

/** Rates of commission that companies of a tenant have of their own. */
export const commissionsOf = (db: TenantDb, tenantId: TenantId): Promise<CommissionRow[]> =>
  control(db)
    .select()
    .from(companyCommissions)
    .where(eq(companyCommissions.tenantId, tenantId))
    .orderBy(asc(companyCommissions.companyId))
    .limit(MAX_COMMISSIONS);

/** Writes a rate over the version that was seen (0: there is none); null: somebody came before, and nothing is written. */
export async function saveCommission(
  db: TenantDb,
  { version: seen, ...row }: CommissionRow,
  beside: Beside,
): Promise<CommissionRow | null> {
  const saved = control(db)
    .insert(companyCommissions)
    .values({ ...row, version: 1 })
    .onConflictDoUpdate({
      target: [companyCommissions.tenantId, companyCommissions.companyId],
      set: { rateBasisPoints: row.rateBasisPoints, updatedAt: row.updatedAt, version: seen + 1 },
      setWhere: eq(companyCommissions.version, seen),
    })
    .returning();
  const rows = await changeOnControl(db, saved, beside);
  return (rows?.[0] as CommissionRow | undefined) ?? null;
}
