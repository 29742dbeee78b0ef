/** What is stored at a level is tried at its vendor; for the operator also what the Worker was deployed with. Called through commands.ts. */
import type { Tested } from '../../../shared/contract/integrations.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Vendor } from '../../../shared/vendors.ts';
import type { Platform } from '../../env.ts';
import { auditBeside, writeAudit } from '../../identity/audit.ts';
import { noteTest } from '../../storage/queries/integrations.ts';
import { openCredential, platformCredential } from '../../tenancy/credentials.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { placeOf, subjectOf } from '../place.ts';
import { noteTried, testColumns, testView, type Tried, tryCredential } from '../probe.ts';
import { storedAt } from './put-credential.ts';

const UNREADABLE: Tried = { fault: 'unreadable', said: null, account: null, eventTypes: [], ms: 0 };

/**
 * A real call. What came of it is kept with the credential.
 * Refusals: PERMISSION_DENIED (`manage_integrations`), NOT_FOUND (company, or nothing is stored at this level), VALIDATION_ERROR (company).
 */
export async function testConnection(
  platform: Platform,
  scope: TenantScope,
  vendor: Vendor,
  companyId: string | undefined,
): Promise<Result<Tested>> {
  const found = await placeOf(scope, 'manage_integrations', vendor, companyId);
  if (!found.ok) return found;
  const place = found.value;
  const stored = await storedAt(platform, place);
  // What is entered above is tested there: whoever may look at it may also test it.
  if (stored === null && place.level !== 'platform') return err({ code: 'NOT_FOUND', entity: 'integration' });
  const inForce = stored === null ? await platformCredential(platform, vendor) : await openCredential(platform, stored);
  if (inForce.kind === 'none') return err({ code: 'NOT_FOUND', entity: 'integration' });
  const tried =
    inForce.kind === 'unreadable' ? UNREADABLE : await tryCredential(platform.config, vendor, inForce.credential);
  const entry = {
    log: 'integrations',
    description: 'integration.tested',
    subjectType: 'integration',
    subjectId: subjectOf(place),
    after: { ok: tried.fault === null, fault: tried.fault, duration_ms: tried.ms },
  };
  if (stored === null) await writeAudit(scope, entry);
  else {
    await noteTest(scope.db, place, stored.version, testColumns(tried, scope.now), auditBeside(scope, entry));
    await noteTried(platform, place, tried, scope.now);
  }
  return ok({
    ...testView(tried, scope.now),
    account: tried.account,
    event_types: tried.eventTypes.slice(0, MAX_TYPES).map(({ id, title, lengthInMinutes }) => ({
      id,
      title,
      duration_minutes: lengthInMinutes,
    })),
  });
}

/** More kinds of bookings than anybody chooses from a list. */
const MAX_TYPES = 200;
