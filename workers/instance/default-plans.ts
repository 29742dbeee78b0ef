/** Plans that an instance begins with, as rows that the operator may change: the product's own prices. Called by commands/begin-instance.ts. */
import { FREE_CHARGES, type PlanCharges, type PricingModelName } from '../../shared/pricing-plans.ts';
import { ORACLE_PLAN, PER_MINUTE_PLAN } from '../ledger/rules/terms.ts';
import type { Plan } from '../ledger/types.ts';

const charged = (plan: Plan): PlanCharges => ({
  ...FREE_CHARGES,
  baseFeeMicros: plan.baseFeeMicros,
  includedMinutes: plan.includedMinutes,
  pricePerMinuteMicros: plan.pricePerMinuteMicros,
  pricePerAppointmentMicros: plan.pricePerAppointmentMicros,
});

/** Ids of their own, so that a beginning that is repeated finds them; the names are what tenants are shown. */
export const DEFAULT_PLANS: readonly { id: string; name: string; model: PricingModelName; charges: PlanCharges }[] = [
  {
    id: 'pln_basic',
    name: 'Basic',
    model: 'per_minute',
    // 60 minutes, 1,000 requests, 100 questions to a model and 1,000 MB included; beyond them by use.
    charges: {
      ...FREE_CHARGES,
      includedMinutes: 60,
      pricePerMinuteMicros: 20_000,
      includedUnits: { api_call: 1_000, ai_query: 100, storage_mb: 1_000 },
      unitPricesMicros: { api_call: 10_000, ai_query: 50_000, storage_mb: 1_000 },
    },
  },
  { id: 'pln_minutes', name: 'Minuten', model: 'per_minute', charges: charged(PER_MINUTE_PLAN) },
  { id: 'pln_combined', name: 'Kombi', model: 'combined', charges: charged(ORACLE_PLAN) },
];
