/** An owner agrees to versions that hold for the account. Called through legal-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { ContractsView } from '../../../shared/contract/legal.ts';
import { asLanguage } from '../../../shared/i18n/language.ts';
import { AGREED_KINDS, type LegalKind } from '../../../shared/legal.ts';
import { err, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { auditBeside } from '../../identity/audit.ts';
import { keepAgreements } from '../../storage/queries/legal.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { showContracts } from '../queries/contracts.ts';
import { issuersFor, textsOf } from '../texts-of.ts';

/**
 * Keeps who agreed to which version, and when; a version that was agreed to before stays as it was. Only present versions of whoever the
 * account hangs below count: of an older one nobody can say that it holds.
 * Refusals: PERMISSION_DENIED (`accept_contracts`; only a person may), NOT_FOUND (a version that does not hold here).
 */
export async function acceptContracts(
  platform: Platform,
  scope: TenantScope,
  { textIds, address }: { textIds: readonly string[]; address: string },
): Promise<Result<ContractsView>> {
  const refused = permissionRefusal(scope.actor, 'accept_contracts');
  if (refused) return refused;
  if (scope.actor.kind !== 'user') return err({ code: 'PERMISSION_DENIED', permission: 'accept_contracts' });
  const tenant = await scope.tenant();
  if (tenant === null) return err({ code: 'NOT_FOUND', entity: 'tenant' });
  const texts = await textsOf(platform, issuersFor(tenant), asLanguage(tenant.locale.slice(0, 2)));
  const versions = [...texts.values()].filter(
    ({ id, kind }) => textIds.includes(id) && (AGREED_KINDS as readonly LegalKind[]).includes(kind),
  );
  if (versions.length !== new Set(textIds).size) return err({ code: 'NOT_FOUND', entity: 'legal_text' });
  await keepAgreements(
    scope.db,
    versions,
    { userId: scope.actor.userId, at: scope.now },
    auditBeside(scope, {
      log: 'tenants',
      description: 'contracts.accepted',
      subjectType: 'tenant',
      subjectId: scope.tenantId,
      after: { texts: versions.map(({ kind, language, version, id }) => `${kind} ${language} ${version} (${id})`) },
      ip: address,
    }),
  );
  return showContracts(platform, scope);
}
