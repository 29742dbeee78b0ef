/** D1 rows of what was looked at: verified ledgers, outcomes of vendors' calls, counted requests. Control plane. Called by operations/, alarms/ and http/. */
import { and, asc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import type { TenantId } from '../../../shared/ids.ts';
import { VENDORS, type Vendor } from '../../../shared/vendors.ts';
import type { Platform } from '../../env.ts';
import { drizzleOn, orm, platformD1, unmeteredD1 } from '../d1.ts';
import { ledgerChecks, requestCounts, sourceRefusals, vendorOutcomes } from '../tables/checks.ts';

// ---------------------------------------------------------------- ledgers

type LedgerCheck = typeof ledgerChecks.$inferSelect;

/** A row for each tenant that has none: never verified. */
export async function noteTenants(platform: Platform): Promise<void> {
  await platformD1(platform)
    .prepare(
      'INSERT OR IGNORE INTO ledger_checks (tenant_id, verified_at, full_at, ok) SELECT id, 0, 0, 1 FROM tenants',
    )
    .run();
}

/** Tenants whose ledgers were verified before an instant, the longest not verified first. @param after the last of the page before */
export async function ledgersDue(
  platform: Platform,
  before: number,
  after: { verifiedAt: number; tenantId: string } | null,
  limit: number,
): Promise<LedgerCheck[]> {
  return orm(platform)
    .select()
    .from(ledgerChecks)
    .where(
      and(
        lt(ledgerChecks.verifiedAt, before),
        after === null
          ? undefined
          : sql`(${ledgerChecks.verifiedAt}, ${ledgerChecks.tenantId}) > (${after.verifiedAt}, ${after.tenantId})`,
      ),
    )
    .orderBy(asc(ledgerChecks.verifiedAt), asc(ledgerChecks.tenantId))
    .limit(limit);
}

export async function ledgerCheckOf(platform: Platform, tenantId: TenantId): Promise<LedgerCheck | null> {
  const rows = await orm(platform).select().from(ledgerChecks).where(eq(ledgerChecks.tenantId, tenantId)).limit(1);
  return rows[0] ?? null;
}

/** A ledger was verified. @param full from its first entry */
export async function noteVerified(
  platform: Platform,
  { tenantId, at, full, ok }: { tenantId: TenantId; at: number; full: boolean; ok: boolean },
): Promise<void> {
  const set = { verifiedAt: at, ok, ...(full ? { fullAt: at } : {}) };
  await orm(platform)
    .insert(ledgerChecks)
    .values({ tenantId, fullAt: 0, ...set })
    .onConflictDoUpdate({ target: ledgerChecks.tenantId, set });
}

// ---------------------------------------------------------------- vendors

export type VendorOutcome = typeof vendorOutcomes.$inferSelect;
/** The row of all tenants together. */
const ALL = '' as TenantId;

/** So many failures at once as judge a vendor down (alarms/vendor-state.ts). */
const DOWN_AT_ONCE = 3;

/**
 * A call ended: for the tenant and for all together, in one transaction. @param fault code-like; null: it was answered @param alone it says
 * something of this tenant's credential and nothing of the vendor; `down`: no further call has to say it again
 */
export async function noteVendorOutcome(
  platform: Platform,
  {
    vendor,
    tenantId,
    at,
    fault,
    alone,
  }: { vendor: Vendor; tenantId: TenantId; at: number; fault: string | null; alone?: 'call' | 'down' },
): Promise<void> {
  const control = orm(platform);
  const failures = alone === 'down' ? DOWN_AT_ONCE : 1;
  const noted = (whose: TenantId) =>
    control
      .insert(vendorOutcomes)
      .values({
        vendor,
        tenantId: whose,
        succeededAt: fault === null ? at : null,
        failedAt: fault === null ? null : at,
        failuresInRow: fault === null ? 0 : failures,
        lastFault: fault,
      })
      .onConflictDoUpdate({
        target: [vendorOutcomes.tenantId, vendorOutcomes.vendor],
        set:
          fault === null
            ? { succeededAt: at, failuresInRow: 0, lastFault: null }
            : { failedAt: at, failuresInRow: sql`${vendorOutcomes.failuresInRow} + ${failures}`, lastFault: fault },
      });
  await (alone === undefined ? control.batch([noted(tenantId), noted(ALL)]) : noted(tenantId));
}

/** How calls ended lately, by vendor: those of a tenant, or of all. */
export async function vendorOutcomesOf(platform: Platform, tenantId: TenantId | null): Promise<VendorOutcome[]> {
  return orm(platform)
    .select()
    .from(vendorOutcomes)
    .where(and(eq(vendorOutcomes.tenantId, tenantId ?? ALL), inArray(vendorOutcomes.vendor, [...VENDORS])));
}

// ---------------------------------------------------------------- requests

const MINUTE_MS = 60_000;

/** Adds what an isolate has counted. */
export async function addRequests(
  platform: Platform,
  at: number,
  { requests, failed }: { requests: number; failed: number },
): Promise<void> {
  await drizzleOn(unmeteredD1(platform))
    .insert(requestCounts)
    .values({ minute: Math.floor(at / MINUTE_MS), requests, failed })
    .onConflictDoUpdate({
      target: requestCounts.minute,
      set: {
        requests: sql`${requestCounts.requests} + ${requests}`,
        failed: sql`${requestCounts.failed} + ${failed}`,
      },
    });
}

/** Requests since an instant, and those of them that we failed. */
export async function requestsSince(platform: Platform, since: number): Promise<{ requests: number; failed: number }> {
  const [row] = await orm(platform)
    .select({
      requests: sql<number>`coalesce(sum(${requestCounts.requests}), 0)`,
      failed: sql<number>`coalesce(sum(${requestCounts.failed}), 0)`,
    })
    .from(requestCounts)
    .where(gte(requestCounts.minute, Math.floor(since / MINUTE_MS)));
  return row ?? { requests: 0, failed: 0 };
}

export async function purgeRequests(platform: Platform, before: number): Promise<void> {
  await orm(platform)
    .delete(requestCounts)
    .where(lt(requestCounts.minute, Math.floor(before / MINUTE_MS)));
}

// ---------------------------------------------------------------- addresses

/** Adds what an isolate has refused. */
export async function addRefusals(
  platform: Platform,
  at: number,
  { refused, address }: { refused: number; address: string },
): Promise<void> {
  await drizzleOn(unmeteredD1(platform))
    .insert(sourceRefusals)
    .values({ minute: Math.floor(at / MINUTE_MS), refused, address })
    .onConflictDoUpdate({
      target: sourceRefusals.minute,
      set: { refused: sql`${sourceRefusals.refused} + ${refused}`, address },
    });
}

/** Requests refused since an instant, and where the last of them came from. */
export async function refusalsSince(
  platform: Platform,
  since: number,
): Promise<{ refused: number; address: string | null }> {
  const from = Math.floor(since / MINUTE_MS);
  const [row] = await orm(platform)
    .select({
      refused: sql<number>`coalesce(sum(${sourceRefusals.refused}), 0)`,
      // Of the row with the highest minute: SQLite answers a bare column from there.
      last: sql<number | null>`max(${sourceRefusals.minute})`,
      address: sql<string | null>`${sourceRefusals.address}`,
    })
    .from(sourceRefusals)
    .where(gte(sourceRefusals.minute, from));
  return { refused: row?.refused ?? 0, address: row?.address ?? null };
}

export async function purgeRefusals(platform: Platform, before: number): Promise<void> {
  await orm(platform)
    .delete(sourceRefusals)
    .where(lt(sourceRefusals.minute, Math.floor(before / MINUTE_MS)));
}
