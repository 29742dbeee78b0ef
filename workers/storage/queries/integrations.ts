/** D1 rows of vendor credentials, on the control plane, and of whatever else is sealed with the master key. Called by connections/, payments/, calendar-sync/ and notifications/. */
import { and, asc, eq, gt, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { TenantId } from '../../../shared/ids.ts';
import { VENDORS, type Vendor } from '../../../shared/vendors.ts';
import type { Platform } from '../../env.ts';
import { type Beside, changeOnControl, controlOf } from '../control-plane.ts';
import { orm } from '../d1.ts';
import { forgetIntegrations, type IntegrationRecord } from '../platform-db.ts';
import { accounts, secondFactors } from '../tables/identity.ts';
import { integrations } from '../tables/platform.ts';
import { poolNumbers } from '../tables/provisioning.ts';
import { vendorOutcomes } from '../tables/checks.ts';
import type { TenantDb } from '../tenant-db.ts';

/** Which credential: of a tenant, or of one of its companies (empty: of the tenant itself). */
export interface CredentialPlace {
  tenantId: TenantId;
  vendor: Vendor;
  companyId: string;
}
/** The same of a row that is no vendor of tenants: the operator's own. */
export type StoredPlace = Omit<CredentialPlace, 'vendor'> & { vendor: IntegrationRecord['vendor'] };

const at = ({ tenantId, vendor, companyId }: StoredPlace): SQL =>
  and(
    eq(integrations.tenantId, tenantId),
    eq(integrations.vendor, vendor),
    eq(integrations.companyId, companyId),
  ) as SQL;

/** Most companies that a tenant can have a credential of one vendor for. */
const MAX_COMPANIES = 100;

/** Credentials of a vendor that a tenant has, its own and its companies'. */
export const integrationsOf = (platform: Platform, tenantId: TenantId, vendor: Vendor): Promise<IntegrationRecord[]> =>
  orm(platform)
    .select()
    .from(integrations)
    .where(and(eq(integrations.tenantId, tenantId), eq(integrations.vendor, vendor)))
    .limit(MAX_COMPANIES);

/** The credential of a company by its id alone: webhooks name it in their path. */
export async function integrationOfCompany(
  platform: Platform,
  vendor: Vendor,
  companyId: string,
): Promise<IntegrationRecord | null> {
  if (companyId === '') return null;
  const rows = await orm(platform)
    .select()
    .from(integrations)
    .where(and(eq(integrations.companyId, companyId), eq(integrations.vendor, vendor)))
    .limit(1);
  return rows[0] ?? null;
}

/** What a page of credentials shows: the rows of the tenant, of the company and of the platform, and how calls ended; one transaction. */
export async function credentialsShown(
  platform: Platform,
  { tenantId, companyId, platformId }: { tenantId: TenantId; companyId: string; platformId: TenantId },
): Promise<{ rows: IntegrationRecord[]; outcomes: (typeof vendorOutcomes.$inferSelect)[] }> {
  const [rows, outcomes] = await orm(platform).batch([
    orm(platform)
      .select()
      .from(integrations)
      .where(
        and(
          inArray(integrations.tenantId, [tenantId, platformId]),
          inArray(integrations.vendor, [...VENDORS]),
          inArray(integrations.companyId, [...new Set([companyId, ''])]),
        ),
      )
      .limit(3 * VENDORS.length),
    orm(platform)
      .select()
      .from(vendorOutcomes)
      .where(and(eq(vendorOutcomes.tenantId, tenantId), inArray(vendorOutcomes.vendor, [...VENDORS])))
      .limit(VENDORS.length),
  ]);
  return { rows, outcomes };
}

export type CredentialSet = Partial<Omit<IntegrationRecord, 'tenantId' | 'vendor' | 'companyId' | 'version'>>;

/**
 * Writes a credential as long as nobody has changed it since `version` (0: there was none); null, with nothing written, when somebody has.
 * @param db of the actor, for its audit row
 */
export async function putCredential(
  db: TenantDb,
  place: StoredPlace,
  version: number,
  set: CredentialSet,
  beside: Beside,
): Promise<IntegrationRecord | null> {
  const control = controlOf(db);
  const change =
    version === 0
      ? control
          .insert(integrations)
          .values({ ...place, ...set })
          .onConflictDoNothing()
          .returning()
      : control
          .update(integrations)
          .set({ ...set, version: sql`${integrations.version} + 1` })
          .where(and(at(place), eq(integrations.version, version)))
          .returning();
  return ((await changeOnControl(db, change, beside))?.[0] as IntegrationRecord | undefined) ?? null;
}

/** False, with nothing written, when there is none. */
export async function removeCredential(db: TenantDb, place: StoredPlace, beside: Beside): Promise<boolean> {
  const removed = controlOf(db).delete(integrations).where(at(place)).returning({ vendor: integrations.vendor });
  return (await changeOnControl(db, removed, beside)) !== null;
}

/** What a connection test of the stored credential came to, with its audit row; false when the credential was changed meanwhile. */
export async function noteTest(
  db: TenantDb,
  place: StoredPlace,
  version: number,
  test: Pick<IntegrationRecord, 'testedAt' | 'testMs' | 'testFault' | 'testSaid'>,
  beside: Beside,
): Promise<boolean> {
  const noted = controlOf(db)
    .update(integrations)
    .set(test)
    .where(and(at(place), eq(integrations.version, version)))
    .returning({ vendor: integrations.vendor });
  return (await changeOnControl(db, noted, beside)) !== null;
}

/** How a call with it ended, by itself; nothing when it was changed meanwhile. */
export async function noteOutcome(
  platform: Platform,
  place: StoredPlace,
  version: number,
  test: Pick<IntegrationRecord, 'testedAt' | 'testMs' | 'testFault' | 'testSaid'>,
): Promise<void> {
  await orm(platform)
    .update(integrations)
    .set(test)
    .where(and(at(place), eq(integrations.version, version)));
}

// ---------------------------------------------------------------- the master key

/**
 * Every column that holds something sealed (tenancy/seal.ts), with what it was sealed for: what is missing here is lost when an old master
 * key goes. A sealed text begins with the version of its key, so that an index of the column tells the versions apart.
 */
const SEALED_COLUMNS: readonly { table: SQLiteTable; column: SQLiteColumn; tenantId: SQLiteColumn | null }[] = [
  { table: integrations, column: integrations.sealedApiKey, tenantId: integrations.tenantId },
  { table: integrations, column: integrations.sealedWebhookSecret, tenantId: integrations.tenantId },
  { table: integrations, column: integrations.sealedOldWebhookSecret, tenantId: integrations.tenantId },
  // Of the platform's own tenant.
  { table: poolNumbers, column: poolNumbers.sealedSipPassword, tenantId: null },
  { table: accounts, column: accounts.password, tenantId: accounts.realm },
  { table: secondFactors, column: secondFactors.sealedSecret, tenantId: secondFactors.tenantId },
];
/** Number of columns that hold something sealed. */
export const SEALED_PLACES = SEALED_COLUMNS.length;

/** Sealed with another key than this version's: before `v2.` or behind it, and sealed at all (hashes of passwords once were not). */
const isOfAnother = (column: SQLiteColumn, version: number): SQL =>
  or(and(gte(column, 'v'), lt(column, `v${version}.`)), gt(column, `v${version}/`)) as SQL;

/** How many values are sealed with another version of the master key. */
export async function countSealedOtherwise(platform: Platform, version: number): Promise<number> {
  const counts = await Promise.all(
    SEALED_COLUMNS.map(({ table, column }) => orm(platform).$count(table, isOfAnother(column, version))),
  );
  return counts.reduce((sum, one) => sum + one, 0);
}

interface SealedValue {
  /** whose key opens it; null: the platform's */
  tenantId: TenantId | null;
  sealed: string;
}

/** Values of one column that are sealed with another version, in their own order. @param place 0 … SEALED_PLACES - 1 */
export async function sealedOtherwise(
  platform: Platform,
  place: number,
  { version, after, limit }: { version: number; after: string; limit: number },
): Promise<SealedValue[]> {
  const found = SEALED_COLUMNS[place];
  if (found === undefined) return [];
  const { table, column, tenantId } = found;
  const rows = await orm(platform)
    .select({ tenantId: tenantId ?? sql<null>`NULL`, sealed: column })
    .from(table)
    .where(and(isOfAnother(column, version), gt(column, after)))
    .orderBy(asc(column))
    .limit(limit);
  return rows as SealedValue[];
}

/** Puts newly sealed values in place of the old ones, each only where the old one still stands; answers how many. */
export async function sealAgain(
  platform: Platform,
  place: number,
  values: readonly { from: string; to: string }[],
): Promise<number> {
  const found = SEALED_COLUMNS[place];
  const [first, ...rest] = values;
  if (found === undefined || first === undefined) return 0;
  const { table, column } = found;
  const key = Object.entries(table).find(([, member]) => member === column)?.[0] ?? '';
  const change = ({ from, to }: { from: string; to: string }) =>
    orm(platform)
      .update(table)
      .set({ [key]: to })
      .where(eq(column, from));
  try {
    const done = await orm(platform).batch([change(first), ...rest.map(change)]);
    return done.reduce((sum, one) => sum + one.meta.changes, 0);
  } finally {
    forgetIntegrations(null);
  }
}
