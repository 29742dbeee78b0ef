/** Prices and name of a plan. Tenants that have it keep their copy until they are given it again. Called by the resource. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { PricingPlanChange } from '../../../shared/contract/pricing-plans.ts';
import type { Result } from '../../../shared/result.ts';
import { changedOf, changeItem, type ChangeInput, valuesBefore } from '../../resources/items.ts';
import type { PricingPlanRow } from '../../storage/queries/pricing-plans.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { chargesOf, PLAN_KIND } from '../plan-kind.ts';

/** What is left out stays. Refusals: PERMISSION_DENIED, NOT_FOUND, VERSION_CONFLICT. */
export async function updatePlan(
  scope: TenantScope,
  { change, ...which }: ChangeInput & { change: PricingPlanChange },
): Promise<Result<PricingPlanRow>> {
  const refused = permissionRefusal(scope.actor, 'edit_pricing_plans');
  if (refused) return refused;
  const asked = chargesOf(change);
  return changeItem(scope, PLAN_KIND, {
    ...which,
    from: 'live',
    verb: 'updated',
    plan: (row) => {
      const { charges } = row;
      const said = changedOf(row, { name: change.name, model: change.model });
      const priced = Object.fromEntries(
        Object.entries(asked).filter(([name, value]) => !isSame(value, charges[name as keyof typeof charges])),
      );
      const changed = { ...said, ...priced };
      if (Object.keys(changed).length === 0) return null;
      return {
        set: { ...said, charges: { ...charges, ...priced } },
        before: { ...valuesBefore(row, said), ...valuesBefore({ ...charges }, priced) },
        after: changed,
      };
    },
  });
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
