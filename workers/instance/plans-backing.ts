/** Where plans are listed and changed: rows of whoever sells by them. Loaded with the first request by plans.resource.ts. */
import type { PricingPlanChange, PricingPlanFields } from '../../shared/contract/pricing-plans.ts';
import { newId } from '../../shared/ids.ts';
import { d1Backing } from '../resources/d1-backing.ts';
import { type ChangeInput, deleteItem, restoreItem } from '../resources/items.ts';
import { planList } from '../storage/queries/pricing-plans.ts';
import { createPlan } from './commands/create-plan.ts';
import { updatePlan } from './commands/update-plan.ts';
import { PLAN_KIND, viewOfPlan } from './plan-kind.ts';

export const plansBacking = d1Backing({
  noun: 'pricing_plan',
  source: planList,
  views: async (_scope, rows) => rows.map(viewOfPlan),
  commands: {
    create: (scope, input: PricingPlanFields) => createPlan(scope, { id: newId('pricing_plan', scope.now), ...input }),
    update: (scope, { input, ...which }: ChangeInput & { input: PricingPlanChange }) =>
      updatePlan(scope, { ...which, change: input }),
    remove: (scope, input) => deleteItem(scope, PLAN_KIND, 'delete_pricing_plans', input),
    restore: (scope, input) => restoreItem(scope, PLAN_KIND, 'delete_pricing_plans', input),
  },
});
