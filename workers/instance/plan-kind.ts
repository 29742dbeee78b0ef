/** What the plans' commands and resource share: the row's charges and the members of the API, which name the same things. */
import type { PricingPlan, PricingPlanChange, PricingPlanFields } from '../../shared/contract/pricing-plans.ts';
import type { PlanCharges } from '../../shared/pricing-plans.ts';
import { isoOrNull, toIso } from '../../shared/time.ts';
import type { PricingPlanRow } from '../storage/queries/pricing-plans.ts';
import { pricingPlans } from '../storage/tables/instance.ts';

/** Changes of prices are kept as long as the books: their area of the log is money. */
export const PLAN_KIND = { noun: 'pricing_plan', log: 'money', table: pricingPlans } as const;

type Charged = Omit<PricingPlanFields, 'name' | 'model' | 'currency'>;

/** Member of the API → member of the row. */
const MEMBERS = {
  base_fee_micros: 'baseFeeMicros',
  included_minutes: 'includedMinutes',
  price_per_minute_micros: 'pricePerMinuteMicros',
  included_appointments: 'includedAppointments',
  price_per_appointment_micros: 'pricePerAppointmentMicros',
  billing_increment_seconds: 'billingIncrementSeconds',
  minimum_seconds: 'minimumSeconds',
  free_below_seconds: 'freeBelowSeconds',
  unit_prices_micros: 'unitPricesMicros',
  included_units: 'includedUnits',
  billable_sources: 'billableSources',
  refund_on_cancel: 'refundOnCancel',
} as const satisfies Record<keyof Charged, keyof PlanCharges>;
const OUTSIDE = Object.keys(MEMBERS) as (keyof typeof MEMBERS)[];

/** The charges that a request names, by the row's names; what it leaves out is left out. */
export const chargesOf = (input: PricingPlanChange): Partial<PlanCharges> =>
  Object.fromEntries(OUTSIDE.filter((name) => input[name] !== undefined).map((name) => [MEMBERS[name], input[name]]));

/** A plan as the API shows it. */
export const viewOfPlan = (row: PricingPlanRow): PricingPlan => ({
  id: row.id,
  name: row.name,
  model: row.model,
  currency: row.currency,
  ...(Object.fromEntries(OUTSIDE.map((name) => [name, row.charges[MEMBERS[name]]])) as Charged),
  created_at: toIso(row.createdAt),
  updated_at: toIso(row.updatedAt),
  version: row.version,
  deleted_at: isoOrNull(row.deletedAt),
});
