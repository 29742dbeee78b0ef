/** Pricing plans as a resource: the platform's, and a reseller's for its own customers. Mounted through routes.ts. */
import {
  pricingPlan,
  pricingPlanChange,
  pricingPlanFields,
  pricingPlanQuery,
} from '../../shared/contract/pricing-plans.ts';
import { defineResource } from '../resources/define.ts';
import { lazyBacking } from '../resources/lazy-backing.ts';

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
  backing: lazyBacking(async () => (await import('./plans-backing.ts')).plansBacking),
});
