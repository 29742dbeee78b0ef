/** D1 rows of what was looked at: verified ledgers, outcomes of vendors' calls, counted requests. Control plane. Called by operations/, alarms/ and http/. */
import { and, asc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import type { TenantId } from '../../../shared/ids.ts';
import { VENDORS, type Vendor } from '../../../shared/vendors.ts';
import type { Platform } from '../../env.ts';
import { drizzleOn, platformD1, unmeteredD1 } from '../d1.ts';
import { ledgerChecks, requestCounts, vendorOutcomes } from '../tables/checks.ts';

const orm = (platform: Platform) => drizzleOn(platformD1(platform));

// ---------------------------------------------------------------- ledgers

export type LedgerCheck = typeof ledgerChecks.$inferSelect;

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

/** A call ended: for the tenant and for all together, in one transaction. @param fault code-like; null: it was answered */
export async function noteVendorOutcome(
  platform: Platform,
  { vendor, tenantId, at, fault }: { vendor: Vendor; tenantId: TenantId; at: number; fault: string | null },
): Promise<void> {
  const control = orm(platform);
  const noted = (whose: TenantId) =>
    control
      .insert(vendorOutcomes)
      .values({
        vendor,
        tenantId: whose,
        succeededAt: fault === null ? at : null,
        failedAt: fault === null ? null : at,
        failuresInRow: fault === null ? 0 : 1,
        lastFault: fault,
      })
      .onConflictDoUpdate({
        target: [vendorOutcomes.tenantId, vendorOutcomes.vendor],
        set:
          fault === null
            ? { succeededAt: at, failuresInRow: 0, lastFault: null }
            : { failedAt: at, failuresInRow: sql`${vendorOutcomes.failuresInRow} + 1`, lastFault: fault },
      });
  await control.batch([noted(tenantId), noted(ALL)]);
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
