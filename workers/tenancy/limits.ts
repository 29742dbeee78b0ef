/** How much a tenant may have: its own limit, else the instance's. Called where the thing is made. */
import { err, ok, type Result } from '../../shared/result.ts';
import type { TenantLimit } from '../../shared/tenant-status.ts';
import type { Platform } from '../env.ts';
import { systemSettings } from '../instance/settings.ts';
import type { TenantRecord } from '../storage/platform-db.ts';

/** The limit that holds; null: there is none. The instance has no default for a reseller's customers. */
export async function limitOf(
  platform: Platform,
  tenant: Pick<TenantRecord, 'limits'> | null,
  limit: TenantLimit,
): Promise<number | null> {
  const own = tenant?.limits?.[limit];
  if (own !== undefined) return own;
  if (limit === 'customers') return null;
  return (await systemSettings(platform)).default_limits[limit];
}

/**
 * Refuses more than a tenant may have (LIMIT_REACHED, naming the limit). Two requests at once count the same: what must not exceed by one is counted
 * once more by whoever writes (`most` of the calendar's commands, the statements of a new customer, user and number).
 * @param of the scope, or whoever knows the limit of another tenant
 * @param present how many there are
 * @param more how many come; none is no question
 */
export async function roomFor(
  of: { limit(name: TenantLimit): Promise<number | null> },
  limit: TenantLimit,
  present: number,
  more = 1,
): Promise<Result<null>> {
  const max = more === 0 ? null : await of.limit(limit);
  return max !== null && present + more > max ? err({ code: 'LIMIT_REACHED', limit, max }) : ok(null);
}
