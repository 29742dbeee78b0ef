/** A credential is taken out; what is above it is in force from then on. Called through commands.ts. */
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Vendor } from '../../../shared/vendors.ts';
import { auditBeside } from '../../identity/audit.ts';
import { mayReachFar } from '../../identity/sessions.ts';
import { removeCredential } from '../../storage/queries/integrations.ts';
import { forgetCredentials } from '../../tenancy/credentials.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { placeOf, subjectOf } from '../place.ts';

/** Refusals: PERMISSION_DENIED (`manage_integrations`), CONFIRMATION_REQUIRED, NOT_FOUND (company, credential), VALIDATION_ERROR (company). */
export async function disconnect(
  scope: TenantScope,
  vendor: Vendor,
  companyId: string | undefined,
): Promise<Result<{ vendor: Vendor; deleted: true }>> {
  const found = await placeOf(scope, 'manage_integrations', vendor, companyId);
  if (!found.ok) return found;
  if (!mayReachFar(scope.actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const place = found.value;
  const gone = await removeCredential(
    scope.db,
    place,
    auditBeside(scope, {
      log: 'integrations',
      description: 'integration.disconnected',
      subjectType: 'integration',
      subjectId: subjectOf(place),
    }),
  );
  forgetCredentials(place.tenantId);
  return gone ? ok({ vendor, deleted: true }) : err({ code: 'NOT_FOUND', entity: 'integration' });
}
