/** Pricing plans: what a tenant is charged by. Read by workers/instance/, the admin (types only) and tests. */
import { z } from 'zod';
import {
  BILLABLE_SOURCES,
  BILLING_INCREMENTS,
  MICROS_PER_UNIT,
  PRICING_MODELS,
  REFUND_ON_CANCEL,
  UNIT_TYPES,
  type UnitType,
} from '../pricing-plans.ts';
import { nameSearch } from './master-data.ts';
import { currency, idOut, instantOut, lineText } from './parts.ts';
import { NAMED_SORTS, resourceQuery } from './resource-list.ts';

const MAX_NAME = 60;
/** 1,000 of the currency a unit: beyond it somebody has mixed up units. The ledger refuses more, too. */
const MAX_PRICE_MICROS = 1_000 * MICROS_PER_UNIT;
const MAX_INCLUDED_MINUTES = 10_000_000;
const MAX_INCLUDED_UNITS = 100_000_000;

const price = () =>
  z.int().min(0).max(MAX_PRICE_MICROS).meta({ description: '1e-6 of the currency, net', example: 200_000 });
const byUnit = (member: () => z.ZodInt) =>
  z.object(
    Object.fromEntries(UNIT_TYPES.map((type) => [type, member().optional()])) as Record<
      UnitType,
      z.ZodOptional<z.ZodInt>
    >,
  );

const charges = {
  base_fee_micros: price(),
  included_minutes: z.int().min(0).max(MAX_INCLUDED_MINUTES),
  price_per_minute_micros: price(),
  included_appointments: z.int().min(0).max(1_000_000),
  price_per_appointment_micros: price(),
  billing_increment_seconds: z.union(
    BILLING_INCREMENTS.map((seconds) => z.literal(seconds)) as [
      z.ZodLiteral<1>,
      z.ZodLiteral<6>,
      z.ZodLiteral<30>,
      z.ZodLiteral<60>,
    ],
  ),
  minimum_seconds: z.int().min(0).max(3_600),
  free_below_seconds: z.int().min(0).max(3_600),
  unit_prices_micros: byUnit(price),
  included_units: byUnit(() => z.int().min(0).max(MAX_INCLUDED_UNITS)),
  billable_sources: z.array(z.enum(BILLABLE_SOURCES)).max(BILLABLE_SOURCES.length),
  refund_on_cancel: z.enum(REFUND_ON_CANCEL),
};
const said = { name: lineText(MAX_NAME).min(1).meta({ example: 'Minuten' }), model: z.enum(PRICING_MODELS) };

/** A plan as every answer shows one. */
export const pricingPlan = z.object({
  id: idOut('pricing_plan'),
  name: z.string(),
  model: z.enum(PRICING_MODELS),
  currency: currency(),
  ...charges,
  created_at: instantOut(),
  updated_at: instantOut(),
  version: z.int(),
  /** archived: nobody is given it any more, whoever has it keeps its prices */
  deleted_at: instantOut().nullable(),
});
export type PricingPlan = z.infer<typeof pricingPlan>;

/** A new plan; what is left out costs nothing. */
export const pricingPlanFields = z.object({
  ...said,
  currency: currency().default('EUR'),
  base_fee_micros: charges.base_fee_micros.default(0),
  included_minutes: charges.included_minutes.default(0),
  price_per_minute_micros: charges.price_per_minute_micros.default(0),
  included_appointments: charges.included_appointments.default(0),
  price_per_appointment_micros: charges.price_per_appointment_micros.default(0),
  billing_increment_seconds: charges.billing_increment_seconds.default(1),
  minimum_seconds: charges.minimum_seconds.default(0),
  free_below_seconds: charges.free_below_seconds.default(0),
  unit_prices_micros: charges.unit_prices_micros.default({}),
  included_units: charges.included_units.default({}),
  billable_sources: charges.billable_sources.default([...BILLABLE_SOURCES]),
  refund_on_cancel: charges.refund_on_cancel.default('before_notice'),
});
export type PricingPlanFields = z.infer<typeof pricingPlanFields>;

/** Its currency stays: an amount in another one is another plan. */
export const pricingPlanChange = z.object({ ...said, ...charges }).partial();
export type PricingPlanChange = z.infer<typeof pricingPlanChange>;

export const pricingPlanQuery = resourceQuery(NAMED_SORTS, 'ascending').extend({ q: nameSearch() });
