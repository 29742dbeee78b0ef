/** Names of a tenant's people beside what they wrote or changed. Called by tenancy/scope.ts. */
import { and, eq, inArray } from 'drizzle-orm';
import type { TenantId } from '../../../shared/ids.ts';
import type { Platform } from '../../env.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { Remembered } from '../remembered.ts';
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

const remembered = new Remembered<string>();

/** The same for lists that show who did something: a name may be ten seconds old there, and costs no statement of each page. */
export async function recentNamesOfUsers(
  platform: Platform,
  tenantId: TenantId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const keyOf = (id: string): string => `${tenantId} ${id}`;
  const unique = [...new Set(ids)];
  const mark = remembered.mark();
  const read = await namesOfUsers(
    platform,
    tenantId,
    unique.filter((id) => remembered.known(keyOf(id)) === undefined),
  );
  for (const [id, name] of read) remembered.put(keyOf(id), name, mark);
  return new Map(
    unique.flatMap((id) => {
      const name = read.get(id) ?? remembered.known(keyOf(id));
      return name === undefined ? [] : [[id, name] as const];
    }),
  );
}
