/** Pricing plans as a resource: the platform's, and a reseller's for its own customers. Mounted through routes.ts. */
import {
  type PricingPlanChange,
  type PricingPlanFields,
  pricingPlan,
  pricingPlanChange,
  pricingPlanFields,
  pricingPlanQuery,
} from '../../shared/contract/pricing-plans.ts';
import { newId } from '../../shared/ids.ts';
import { lazy } from '../../shared/lazy.ts';
import { d1Backing } from '../resources/d1-backing.ts';
import { defineResource } from '../resources/define.ts';
import { type ChangeInput, deleteItem, restoreItem } from '../resources/items.ts';
import { planList } from '../storage/queries/pricing-plans.ts';
import { PLAN_KIND, viewOfPlan } from './plan-kind.ts';

const commands = lazy(() => import('./plan-commands.ts'));

export const plansResource = defineResource({
  noun: 'pricing_plan',
  path: '/api/v1/pricing-plans',
  collection: 'instance',
  words: {
    one: 'a pricing plan',
    many: 'pricing plans',
    listed: 'of the platform or of the reseller who asks',
    removal: 'Archive a pricing plan: nobody is given it any more, whoever has it keeps its prices; it can be restored',
  },
  permissions: {
    view: 'view_pricing_plans',
    create: 'create_pricing_plans',
    edit: 'edit_pricing_plans',
    remove: 'delete_pricing_plans',
  },
  contract: { item: pricingPlan, query: pricingPlanQuery, create: pricingPlanFields, change: pricingPlanChange },
  backing: d1Backing({
    noun: 'pricing_plan',
    source: planList,
    views: async (_scope, rows) => rows.map(viewOfPlan),
    commands: {
      create: async (scope, input: PricingPlanFields) =>
        (await commands()).createPlan(scope, { id: newId('pricing_plan', scope.now), ...input }),
      update: async (scope, { input, ...which }: ChangeInput & { input: PricingPlanChange }) =>
        (await commands()).updatePlan(scope, { ...which, change: input }),
      remove: (scope, input) => deleteItem(scope, PLAN_KIND, 'delete_pricing_plans', input),
      restore: (scope, input) => restoreItem(scope, PLAN_KIND, 'delete_pricing_plans', input),
    },
  }),
});
