/** What the commands of the set-up share: the branch they are about, its week, and one write of many items. */
import { err, ok, type Result } from '../../../shared/result.ts';
import type { HoursBody, ScheduleInput, ScheduleSnapshot } from '../../calendar/types.ts';
import { actorRefOf, commandKeyOf } from '../../calendar/actor-ref.ts';
import type { Head } from '../../object-runtime/events.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import type { Place } from '../rules/template-items.ts';

interface PlaceFound {
  place: Place & { companyName: string };
  snapshot: ScheduleSnapshot;
}

/** The branch with its company. Refusals: NOT_FOUND (branch, tenant). */
export async function placeOf(scope: TenantScope, branchId: string): Promise<Result<PlaceFound>> {
  const [{ result }, tenant] = await Promise.all([scope.calendar.schedule(), scope.tenant()]);
  if (!result.ok) return result;
  const branch = result.value.branches.find((one) => one.id === branchId);
  if (branch === undefined) return err({ code: 'NOT_FOUND', entity: 'branch' });
  if (tenant === null) return err({ code: 'NOT_FOUND', entity: 'tenant' });
  const place = {
    tenantId: scope.tenantId,
    companyId: branch.body.companyId,
    companyName: tenant.name,
    branchId,
    currency: tenant.currency,
  };
  return ok({ place, snapshot: result.value });
}

/** When a branch is open every week, as somebody who works there all day works; what is limited to some weeks is left out. */
export const storedWeek = (
  snapshot: ScheduleSnapshot,
  branchId: string,
): { weekday: number; periods: HoursBody['periods'] }[] =>
  snapshot.hours
    .filter(
      ({ body }) =>
        body.ownerKind === 'branch' && body.ownerId === branchId && body.validFrom === null && body.validUntil === null,
    )
    .map(({ body: { weekday, periods } }) => ({ weekday, periods }));

/** All items or none; none to write is nothing to do. The key is a new one: ids follow from what is made, so a repeat makes nothing twice. Refusals: VALIDATION_ERROR, TENANT_SUSPENDED, LIMIT_REACHED. */
export async function writeItems(
  scope: TenantScope,
  items: ScheduleInput[],
): Promise<{ result: Result<unknown>; head: Head | null }> {
  if (items.length === 0) return { result: ok(null), head: null };
  const [branch, staff] = await Promise.all([scope.limit('branches'), scope.limit('staff')]);
  return scope.calendar.putScheduleMany({
    key: commandKeyOf(scope.actor, null, 'onboarding', scope.now),
    now: scope.now,
    actor: actorRefOf(scope.actor),
    items,
    most: { branch, staff },
  });
}
