/**
 * Changes of a tenant's rows on the control plane (API keys, sessions) together with their audit row on the tenant's shard. Called by
 * storage/identity/.
 */
import type { DrizzleD1Database } from 'drizzle-orm/d1';
import { changedOr, drizzleOn, platformD1, tenantD1 } from './d1.ts';
import { TenantDb, type Write } from './tenant-db.ts';

/** What is written with a change of the control plane. */
export interface Beside {
  /** rows of the tenant that belong to the change: its audit row */
  tenant: readonly Write[];
  /** rows of the tenant that say of the change that nobody knows of it; used where the tenant's shard is another database */
  unconfirmed: readonly Write[];
}

/** The control plane's D1 behind a tenant's handle. */
export const controlOf = (db: TenantDb): DrizzleD1Database => drizzleOn(platformD1(TenantDb.platformOf(db)));

const isOneDatabase = (db: TenantDb): boolean => {
  const platform = TenantDb.platformOf(db);
  return platformD1(platform) === tenantD1(platform, db.tenantId);
};

/**
 * A compare-and-swap on the control plane: its rows after the change, or null when it touched none. On the shard that is the control plane
 * itself everything is one transaction. On another one two databases can't commit together: the audit row goes first, because a change
 * that nobody can see afterwards is worse than a row of a change that was not made; when the change touched nothing or its outcome is not
 * known, a second row says so.
 * @param more further rows of the control plane, in the transaction of the change
 */
export async function changeOnControl(
  db: TenantDb,
  change: Write,
  beside: Beside,
  more: readonly Write[] = [],
): Promise<unknown[] | null> {
  const control = controlOf(db);
  if (isOneDatabase(db)) return changedOr(control, change, [...more, ...beside.tenant]);
  await db.batch(beside.tenant);
  try {
    const rows = await changedOr(control, change, more);
    if (rows === null) await db.batch(beside.unconfirmed);
    return rows;
  } catch (fault) {
    // What failed first is what the caller is told.
    await db.batch(beside.unconfirmed).catch(() => undefined);
    throw fault;
  }
}
