/** Credentials of one level, vendor by vendor. Called through commands.ts. */
import type { IntegrationView } from '../../../shared/contract/integrations.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type Vendor, VENDORS } from '../../../shared/vendors.ts';
import type { Platform } from '../../env.ts';
import { credentialsShown } from '../../storage/queries/integrations.ts';
import {
  type InForce,
  openCredential,
  OWN_ONLY,
  PLATFORM_CREDENTIALS,
  variablesCredential,
} from '../../tenancy/credentials.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { holderOf } from '../place.ts';
import { integrationView } from '../view.ts';

/**
 * All vendors, connected or not: what is stored here, what is in force and from where, how calls went.
 * Refusals: PERMISSION_DENIED (`view_integrations`), NOT_FOUND (company).
 */
export async function listIntegrations(
  platform: Platform,
  scope: TenantScope,
  companyId: string | undefined,
): Promise<Result<IntegrationView[]>> {
  const holder = await holderOf(scope, 'view_integrations', companyId);
  if (!holder.ok) return holder;
  const { tenantId, companyId: company, level } = holder.value;
  const shown = { tenantId, companyId: company, platformId: PLATFORM_CREDENTIALS };
  const [{ rows, outcomes }, tenant] = await Promise.all([credentialsShown(platform, shown), scope.tenant()]);
  const userIds = rows.flatMap(({ updatedBy }) => (updatedBy?.startsWith('user:') ? [updatedBy.slice(5)] : []));
  const names = userIds.length === 0 ? new Map<string, string>() : await scope.recentNamesOfUsers(userIds);
  const views: IntegrationView[] = [];
  for (const vendor of VENDORS) {
    const of = (whose: string, one: string) =>
      rows.find((row) => row.vendor === vendor && row.tenantId === whose && row.companyId === one) ?? null;
    const own = of(tenantId, company);
    const mayFall = level === 'platform' || !OWN_ONLY.has(vendor);
    const nearest = own ?? of(tenantId, '') ?? (mayFall ? of(PLATFORM_CREDENTIALS, '') : null);
    const inForce: InForce =
      nearest !== null
        ? await openCredential(platform, nearest)
        : mayFall
          ? variablesCredential(platform, vendor)
          : { kind: 'none' };
    views.push(
      integrationView(
        platform.config,
        { tenantId, companyId: company, level, vendor },
        {
          own,
          inForce,
          outcome: outcomes.find((one) => one.vendor === vendor),
          slug: tenant?.slug ?? '',
          nameOf: (causer) => (causer?.startsWith('user:') ? (names.get(causer.slice(5)) ?? null) : null),
          now: scope.now,
        },
      ),
    );
  }
  return ok(views);
}

/** One of them. Refusals: as above. */
export async function oneIntegration(
  platform: Platform,
  scope: TenantScope,
  vendor: Vendor,
  companyId: string | undefined,
): Promise<Result<IntegrationView>> {
  const all = await listIntegrations(platform, scope, companyId);
  if (!all.ok) return all;
  const found = all.value.find((one) => one.vendor === vendor);
  return found === undefined ? err({ code: 'NOT_FOUND', entity: 'integration' }) : ok(found);
}
