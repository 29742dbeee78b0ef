/** Whose credential an actor means, and whether they may: the operator's are the platform's, everybody else's their tenant's or a company's. Called by commands and queries. */
import { permissionRefusal } from '../../shared/actor.ts';
import type { CredentialLevel } from '../../shared/integration-sets.ts';
import { CREDENTIALS } from '../../shared/integration-sets.ts';
import type { Permission } from '../../shared/permissions.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Vendor } from '../../shared/vendors.ts';
import type { CredentialPlace } from '../storage/queries/integrations.ts';
import { PLATFORM_CREDENTIALS } from '../tenancy/credentials.ts';
import type { TenantScope } from '../tenancy/scope.ts';

export interface Holder extends Omit<CredentialPlace, 'vendor'> {
  level: CredentialLevel;
}

/** How old the list of companies may be: one made a moment ago by another isolate is not found for so long. */
const COMPANIES_AGE_MS = 0;

/** Refusals: PERMISSION_DENIED, NOT_FOUND (no company of the tenant). */
export async function holderOf(
  scope: TenantScope,
  permission: Permission,
  companyId: string | undefined,
): Promise<Result<Holder>> {
  const refused = permissionRefusal(scope.actor, permission);
  if (refused) return refused;
  const isPlatform = (await scope.tenant())?.type === 'platform';
  if (companyId === undefined)
    return ok(
      isPlatform
        ? { tenantId: PLATFORM_CREDENTIALS, companyId: '', level: 'platform' }
        : { tenantId: scope.tenantId, companyId: '', level: 'tenant' },
    );
  if (isPlatform || !(await isOwnCompany(scope, companyId))) return err({ code: 'NOT_FOUND', entity: 'company' });
  return ok({ tenantId: scope.tenantId, companyId, level: 'company' });
}

/** The same with the vendor. Refusals: as above, VALIDATION_ERROR (`company_id`: companies have no credential of this vendor). */
export async function placeOf(
  scope: TenantScope,
  permission: Permission,
  vendor: Vendor,
  companyId: string | undefined,
): Promise<Result<Holder & CredentialPlace>> {
  const holder = await holderOf(scope, permission, companyId);
  if (!holder.ok) return holder;
  if (holder.value.level === 'company' && !CREDENTIALS[vendor].ofCompany)
    return err({
      code: 'VALIDATION_ERROR',
      errors: { company_id: ['calls belong to the whole business: leave it out'] },
    });
  return ok({ ...holder.value, vendor });
}

/** One that was saved as a company, or that a branch belongs to. */
async function isOwnCompany(scope: TenantScope, companyId: string): Promise<boolean> {
  const { result } = await scope.calendar.schedule({ maxAgeMs: COMPANIES_AGE_MS });
  if (!result.ok) return false;
  const { companies, branches } = result.value;
  return companies.some(({ id }) => id === companyId) || branches.some(({ body }) => body.companyId === companyId);
}

/** What the activity log calls a credential. */
export const subjectOf = ({ vendor, companyId }: CredentialPlace): string =>
  companyId === '' ? vendor : `${vendor}/${companyId}`;
