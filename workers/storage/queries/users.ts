/** Names of a tenant's people beside what they wrote or changed. Called by tenancy/scope.ts. */
import { and, eq, inArray } from 'drizzle-orm';
import type { TenantId } from '../../../shared/ids.ts';
import type { Platform } from '../../env.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { users } from '../tables/identity.ts';

/** Ids of one statement; D1 binds at most 100 parameters. */
const MAX_IDS = 90;

/** Names by user id, of the first 90 different ids; who is not of this tenant (a reseller who helps) has none. */
export async function namesOfUsers(
  platform: Platform,
  tenantId: TenantId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const unique = [...new Set(ids)].slice(0, MAX_IDS);
  if (unique.length === 0) return new Map();
  const rows = await drizzleOn(platformD1(platform))
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(eq(users.tenantId, tenantId), inArray(users.id, unique)));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
