/**
 * What a reseller earns of a single company, where that differs from what it earns elsewhere: seen by the operator and the reseller, set by the
 * operator alone, told to nobody of the business. Called through tenant-commands.ts. Charges are not worked out with it here.
 */
import type { CompanyCommission } from '../../../shared/contract/tenants.ts';
import { versionConflict } from '../../../shared/errors.ts';
import type { TenantId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { isoOrNull } from '../../../shared/time.ts';
import { openCompanyIds, storedSettings } from '../../calendar/rules/company.ts';
import type { Platform } from '../../env.ts';
import { auditBeside } from '../../identity/audit.ts';
import { type CommissionRow, commissionsOf, saveCommission, tenantWithin } from '../../storage/queries/tenants.ts';
import { openTenant, type TenantScope } from '../../tenancy/scope.ts';
import { reached, reachOf } from '../reach.ts';

interface Company {
  id: string;
  name: string;
}

/** Its companies in use, by name. */
async function companiesOf(platform: Platform, scope: TenantScope, tenantId: TenantId): Promise<Result<Company[]>> {
  const its = openTenant(platform, tenantId, scope.actor, { now: scope.now, requestId: scope.requestId });
  const { result } = await its.calendar.schedule();
  if (!result.ok) return result;
  const schedule = result.value;
  return ok(
    openCompanyIds(schedule)
      .map((id) => ({ id, name: storedSettings(schedule, id).name }))
      .sort((a, b) => a.name.localeCompare(b.name, 'de')),
  );
}

const view = ({ id, name }: Company, row: CommissionRow | undefined): CompanyCommission => ({
  company_id: id,
  name,
  rate_basis_points: row?.rateBasisPoints ?? null,
  version: row?.version ?? 0,
  changed_at: isoOrNull(row?.updatedAt),
});

/** Companies of a customer with their rates. Refusals: PERMISSION_DENIED (`view_commissions`), NOT_FOUND. */
export async function companyCommissions(
  platform: Platform,
  scope: TenantScope,
  { id }: { id: string },
): Promise<Result<CompanyCommission[]>> {
  const reach = await reachOf(scope, 'view_commissions');
  if (!reach.ok) return reach;
  const tenant = await tenantWithin(scope.db, reach.value.within, id);
  if (tenant === null) return err({ code: 'NOT_FOUND', entity: 'tenant' });
  const companies = await companiesOf(platform, scope, tenant.id);
  if (!companies.ok) return companies;
  const rows = await commissionsOf(scope.db, tenant.id);
  return ok(
    companies.value.map((one) =>
      view(
        one,
        rows.find(({ companyId }) => companyId === one.id),
      ),
    ),
  );
}

/**
 * Sets the rate of a company; null: it has none of its own. What is so already is answered as it is.
 * Refusals: PERMISSION_DENIED (`edit_commissions`; a reseller), NOT_FOUND (tenant, company), VERSION_CONFLICT.
 */
export async function setCompanyCommission(
  platform: Platform,
  scope: TenantScope,
  {
    id,
    companyId,
    rate,
    expectedVersion,
  }: { id: string; companyId: string; rate: number | null; expectedVersion: number | null },
): Promise<Result<CompanyCommission>> {
  const found = await reached(scope, 'edit_commissions', id);
  if (!found.ok) return found;
  if (found.value.reach.within !== null) return err({ code: 'PERMISSION_DENIED', permission: 'edit_commissions' });
  const tenantId = found.value.tenant.id;
  const companies = await companiesOf(platform, scope, tenantId);
  if (!companies.ok) return companies;
  const company = companies.value.find((one) => one.id === companyId);
  if (company === undefined) return err({ code: 'NOT_FOUND', entity: 'company' });
  const rowNow = async (): Promise<CommissionRow | undefined> =>
    (await commissionsOf(scope.db, tenantId)).find((row) => row.companyId === companyId);
  const before = await rowNow();
  const version = before?.version ?? 0;
  if (expectedVersion !== null && expectedVersion !== version) return err(versionConflict(expectedVersion, version));
  if ((before?.rateBasisPoints ?? null) === rate) return ok(view(company, before));
  const saved = await saveCommission(
    scope.db,
    { tenantId, companyId, rateBasisPoints: rate, version, updatedAt: scope.now },
    auditBeside(scope, {
      log: 'tenants',
      description: 'commission.changed',
      subjectType: 'tenant',
      subjectId: tenantId,
      before: { company_id: companyId, rate_basis_points: before?.rateBasisPoints ?? null },
      after: { company_id: companyId, rate_basis_points: rate },
    }),
  );
  return saved === null ? err(versionConflict(version, (await rowNow())?.version ?? 0)) : ok(view(company, saved));
}
