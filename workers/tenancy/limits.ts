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

/** Refuses the next one (LIMIT_REACHED, naming the limit) where so many are there already. @param present how many there are */
export async function withinLimit(
  platform: Platform,
  tenant: Pick<TenantRecord, 'limits'> | null,
  limit: TenantLimit,
  present: number,
): Promise<Result<null>> {
  const max = await limitOf(platform, tenant, limit);
  return max !== null && present >= max ? err({ code: 'LIMIT_REACHED', limit, max }) : ok(null);
}
