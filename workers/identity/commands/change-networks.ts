/** The networks that an account's people work from. Called by security-routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { tenantsDe } from '../../../shared/i18n/tenants.de.ts';
import { tenantsEn } from '../../../shared/i18n/tenants.en.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { securityOf, setSecurity } from '../../storage/identity/support.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';
import { isFrom } from '../networks.ts';
import { mayReachFar } from '../sessions.ts';

const OUTSIDE: Readonly<Record<Language, string>> = { de: tenantsDe.address_outside, en: tenantsEn.address_outside };

/**
 * From now on people of the panels work from these networks only; none: from anywhere. Who sets them must be inside.
 * Refusals: PERMISSION_DENIED (`edit_security`), CONFIRMATION_REQUIRED, VALIDATION_ERROR (`networks`: the own address lies outside), NOT_FOUND.
 */
export async function changeNetworks(
  scope: TenantScope,
  { networks, address, answerIn }: { networks: readonly string[]; address: string; answerIn: Language },
): Promise<Result<{ networks: string[] }>> {
  const refused = permissionRefusal(scope.actor, 'edit_security');
  if (refused) return refused;
  if (!mayReachFar(scope.actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const kept = [...new Set(networks)];
  if (kept.length > 0 && !isFrom(address, kept))
    return err({ code: 'VALIDATION_ERROR', errors: { networks: [OUTSIDE[answerIn]] } });
  const before = await securityOf(scope.db);
  const beside = auditBeside(scope, {
    log: 'identity',
    description: 'networks.changed',
    subjectType: 'tenant',
    subjectId: scope.tenantId,
    before: { networks: before?.adminNetworks ?? [] },
    after: { networks: kept },
  });
  const set = { adminNetworks: kept.length === 0 ? null : kept };
  return (await setSecurity(scope.db, set, beside))
    ? ok({ networks: kept })
    : err({ code: 'NOT_FOUND', entity: 'tenant' });
}
