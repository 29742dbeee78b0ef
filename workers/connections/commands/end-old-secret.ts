/** The secret of a webhook that was replaced ends before its day is over: it may be known to somebody. Called through commands.ts. */
import { causerOf } from '../../../shared/actor.ts';
import { versionConflict } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Vendor } from '../../../shared/vendors.ts';
import type { Platform } from '../../env.ts';
import { auditBeside } from '../../identity/audit.ts';
import { mayReachFar } from '../../identity/sessions.ts';
import { putCredential } from '../../storage/queries/integrations.ts';
import { forgetCredentials } from '../../tenancy/credentials.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { placeOf, subjectOf } from '../place.ts';
import { NO_OLD, storedAt } from './put-credential.ts';

/**
 * From then on only the present secret counts. Ending what has ended is no fault.
 * Refusals: PERMISSION_DENIED (`manage_integrations`), CONFIRMATION_REQUIRED, NOT_FOUND (company, credential), VALIDATION_ERROR (company),
 * VERSION_CONFLICT.
 */
export async function endOldSecret(
  platform: Platform,
  scope: TenantScope,
  vendor: Vendor,
  companyId: string | undefined,
): Promise<Result<{ vendor: Vendor; ended: true }>> {
  const found = await placeOf(scope, 'manage_integrations', vendor, companyId);
  if (!found.ok) return found;
  if (!mayReachFar(scope.actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const place = found.value;
  const stored = await storedAt(platform, place);
  if (stored === null) return err({ code: 'NOT_FOUND', entity: 'integration' });
  if (stored.sealedOldWebhookSecret === null) return ok({ vendor, ended: true });
  const written = await putCredential(
    scope.db,
    place,
    stored.version,
    { ...NO_OLD, updatedAt: scope.now, updatedBy: causerOf(scope.actor) },
    auditBeside(scope, {
      log: 'integrations',
      description: 'integration.old_webhook_secret_ended',
      subjectType: 'integration',
      subjectId: subjectOf(place),
    }),
  );
  forgetCredentials(place.tenantId);
  return written === null ? err(versionConflict(stored.version, stored.version + 1)) : ok({ vendor, ended: true });
}
