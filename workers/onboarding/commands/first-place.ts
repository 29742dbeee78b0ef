/** The company and its main branch: what everything else of a business hangs on. Called by the routes. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { FirstPlace } from '../../../shared/contract/onboarding.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { ScheduleInput } from '../../calendar/types.ts';
import type { Head } from '../../object-runtime/events.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { madeId } from '../made-ids.ts';
import { writeItems } from './schedule-parts.ts';

interface PlaceMade {
  company_id: string;
  branch_id: string;
}

const asked = ['create_branches', 'edit_branches', 'edit_companies'] as const;

/**
 * Makes the company with its main branch, and what the calendar has to know of the account where nobody has told it yet. Where there is a
 * main branch it gets names, address and numbers; its clock, country and holidays move appointments and are changed on its own page.
 *
 * Refusals: PERMISSION_DENIED, NOT_FOUND (tenant), VALIDATION_ERROR.
 */
export async function makeFirstPlace(
  scope: TenantScope,
  input: FirstPlace,
): Promise<{ result: Result<PlaceMade>; head: Head | null }> {
  const refuse = (result: Result<never>) => ({ result, head: null });
  for (const permission of asked) {
    const refused = permissionRefusal(scope.actor, permission);
    if (refused) return refuse(refused);
  }
  const [{ result }, tenant] = await Promise.all([scope.calendar.schedule(), scope.tenant()]);
  if (!result.ok) return refuse(result);
  if (tenant === null) return refuse(err({ code: 'NOT_FOUND', entity: 'tenant' }));
  const snapshot = result.value;
  const known = snapshot.branches.find((branch) => branch.body.main) ?? snapshot.branches[0];
  const companyId = known?.body.companyId ?? snapshot.companies[0]?.id ?? madeId('company', scope.tenantId);
  const company = snapshot.companies.find((one) => one.id === companyId)?.body;
  const branchId = known?.id ?? madeId('branch', scope.tenantId);
  const { company_name: name, branch_name: branchName, address } = input;
  const items: ScheduleInput[] = [
    ...(snapshot.account === null
      ? [
          {
            kind: 'account' as const,
            id: scope.tenantId,
            body: { status: tenant.status, currency: tenant.currency, languages: [tenant.locale] },
          },
        ]
      : []),
    { kind: 'company', id: companyId, body: { ...company, name } },
    {
      kind: 'branch',
      id: branchId,
      body: {
        companyId,
        main: true,
        timeZone: input.time_zone,
        country: input.country,
        holidayRegion: input.holiday_region,
        ...known?.body,
        name: branchName ?? known?.body.name ?? name,
        phone: input.phone,
        areaCode: input.area_code,
        address:
          address === null ? null : { street: address.street, postalCode: address.postal_code, city: address.city },
      },
    },
  ];
  const written = await writeItems(scope, items);
  if (!written.result.ok) return { result: written.result, head: written.head };
  return { result: ok({ company_id: companyId, branch_id: branchId }), head: written.head };
}
