/** Which tenant an unverified Cal.com webhook refers to: path, our metadata, known uid, event type. Only chooses whose secret is tried. */
import type { TenantId } from '../../shared/ids.ts';
import type { Platform } from '../env.ts';
import type { CalcomEvent } from '../integrations/calcom-events.ts';
import { tenantOfCalcom } from '../storage/queries/calendar-sync.ts';
import { tenantIdentity, tenantOfSlug } from '../tenancy/directory.ts';

/** Null: no known tenant. `company` in the path is the tenant's slug or id. */
export async function candidateTenant(
  platform: Platform,
  company: string | null,
  event: CalcomEvent | null,
): Promise<TenantId | null> {
  if (company !== null) {
    const tenant =
      (await tenantOfSlug(platform, company.slice(0, 63))) ?? (await tenantIdentity(platform, company.slice(0, 128)));
    return tenant?.tenantId ?? null;
  }
  const booking = event?.booking;
  if (!booking) return null;
  const named = booking.metadata['askpro_tenant'];
  if (named) return (await tenantIdentity(platform, named.slice(0, 128)))?.tenantId ?? null;
  for (const uid of [booking.uid, booking.rescheduledFromUid]) {
    const known = uid ? await tenantOfCalcom(platform, 'uid', uid) : null;
    if (known) return known;
  }
  return booking.eventTypeId ? tenantOfCalcom(platform, 'event_type', booking.eventTypeId) : null;
}
