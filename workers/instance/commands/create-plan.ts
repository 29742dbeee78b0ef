/** A new pricing plan. Called by the resource. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { PricingPlanFields } from '../../../shared/contract/pricing-plans.ts';
import { isCurrency } from '../../../shared/money.ts';
import type { PlanCharges } from '../../../shared/pricing-plans.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { insertItem } from '../../resources/items.ts';
import type { PricingPlanRow } from '../../storage/queries/pricing-plans.ts';
import { pricingPlans } from '../../storage/tables/instance.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { chargesOf, PLAN_KIND } from '../plan-kind.ts';

/** Refusals: PERMISSION_DENIED, VALIDATION_ERROR (a currency no ledger is kept in), NOT_FOUND (the id is an archived plan's). */
export async function createPlan(
  scope: TenantScope,
  { id, ...input }: PricingPlanFields & { id: string },
): Promise<Result<PricingPlanRow>> {
  const refused = permissionRefusal(scope.actor, 'create_pricing_plans');
  if (refused) return refused;
  if (!isCurrency(input.currency))
    return err({ code: 'VALIDATION_ERROR', errors: { currency: ['a currency that payments are taken in'] } });
  const { name, model, currency } = input;
  const { row } = await insertItem(scope, PLAN_KIND, {
    id,
    writes: [
      scope.db.insertOf(pricingPlans, {
        id,
        name,
        model,
        currency,
        // Every member has a default in the contract, so none is missing.
        charges: chargesOf(input) as PlanCharges,
        createdAt: scope.now,
        updatedAt: scope.now,
      }),
    ],
    after: { ...input },
  });
  return row === null ? err({ code: 'NOT_FOUND', entity: 'pricing_plan' }) : ok(row);
}
