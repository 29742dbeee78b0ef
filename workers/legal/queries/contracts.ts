/** What a tenant agreed to, what it is still asked for, and what it is informed of. Called through legal-commands.ts and tenants/. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { ContractsView } from '../../../shared/contract/legal.ts';
import { asLanguage } from '../../../shared/i18n/language.ts';
import { AGREED_KINDS, isBoundToSecrecy, type LegalKind } from '../../../shared/legal.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { toIso } from '../../../shared/time.ts';
import type { Platform } from '../../env.ts';
import type { TenantRecord } from '../../storage/platform-db.ts';
import { agreementsOf, type LegalVersion } from '../../storage/queries/legal.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { issuersFor, linkOf, textsOf } from '../texts-of.ts';

/** Versions that hold for a tenant and that it has not agreed to. The secrecy clause only where the trade asks for it or an older version was agreed to. */
export async function contractsOf(
  platform: Platform,
  tenant: TenantRecord,
): Promise<ContractsView & { openVersions: LegalVersion[] }> {
  const language = asLanguage(tenant.locale.slice(0, 2));
  const [agreed, texts] = await Promise.all([
    agreementsOf(platform, tenant.id),
    textsOf(platform, issuersFor(tenant), language),
  ]);
  const known = new Set(agreed.map(({ version }) => version.id));
  const ever = new Set<LegalKind>(agreed.map(({ version }) => version.kind));
  const isBound = tenant.trade !== null && isBoundToSecrecy(tenant.trade);
  const isAgreed = (kind: LegalKind): boolean => (AGREED_KINDS as readonly LegalKind[]).includes(kind);
  const openVersions = [...texts.values()].filter(
    ({ kind, id }) => isAgreed(kind) && !known.has(id) && (kind !== 'secrecy' || ever.has('secrecy') || isBound),
  );
  return {
    accepted: agreed.map(({ version, acceptedAt, acceptedBy }) => ({
      text: linkOf(version),
      accepted_at: toIso(acceptedAt),
      accepted_by: acceptedBy,
    })),
    open: openVersions.map(linkOf),
    // What informs, and the clause on secrecy where nobody was asked for it.
    notices: [...texts.values()]
      .filter(({ id }) => !known.has(id) && !openVersions.some((one) => one.id === id))
      .map(linkOf),
    openVersions,
  };
}

/** The contracts of the account that asks. Refusals: PERMISSION_DENIED (`view_contracts`), NOT_FOUND. */
export async function showContracts(platform: Platform, scope: TenantScope): Promise<Result<ContractsView>> {
  const refused = permissionRefusal(scope.actor, 'view_contracts');
  if (refused) return refused;
  const tenant = await scope.tenant();
  if (tenant === null) return err({ code: 'NOT_FOUND', entity: 'tenant' });
  const { accepted, open, notices } = await contractsOf(platform, tenant);
  return ok({ accepted, open, notices });
}
