/**
 * How a call to a vendor ended becomes a row, so that the vendor's state is that of real calls. A success is written once a minute and
 * tenant, a failure always and at once. Called through `TenantScope.heard`, which the clients of vendors are given.
 */
import { BoundedMap } from '../../shared/bounded-map.ts';
import { processNow, realNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import type { Vendor } from '../../shared/vendors.ts';
import type { Platform } from '../env.ts';
import { log } from '../log.ts';
import { noteVendorOutcome } from '../storage/queries/checks.ts';

const SUCCESS_EVERY_MS = 60_000;
/** Tenants and vendors remembered in this isolate; beyond, all are forgotten and written once more. */
const MAX_REMEMBERED = 2_000;

/** real ms at which a success was written last; a failure forgets it */
const written = new BoundedMap<string, number>(MAX_REMEMBERED);

/** Our credential was not taken. */
const NOT_TAKEN = /^status 40[13]$/;

/**
 * Never throws: what can't be kept of a call must not spoil it. @param fault code-like; null: it was answered @param isOwn by a credential of
 * the tenant's own: that it is not taken says nothing of the vendor to others
 */
export async function hearVendor(
  platform: Platform,
  vendor: Vendor,
  tenantId: TenantId,
  fault: string | null,
  isOwn = false,
): Promise<void> {
  const key = `${vendor}/${tenantId}`;
  const now = realNow();
  if (fault === null && now - (written.get(key) ?? Number.NEGATIVE_INFINITY) < SUCCESS_EVERY_MS) return;
  if (fault === null) written.set(key, now);
  else written.delete(key);
  try {
    const alone = isOwn && fault !== null && NOT_TAKEN.test(fault) ? { alone: 'call' as const } : {};
    await noteVendorOutcome(platform, { vendor, tenantId, at: processNow(), fault, ...alone });
  } catch (unkept) {
    written.delete(key);
    log('warn', 'vendor_outcome_not_kept', { vendor, tenantId, fault: unkept });
  }
}
