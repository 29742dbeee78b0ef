/** What a pricing plan is made of, without zod: table, rules, contract and web apps read it here. */
import type { AppointmentSource } from './appointment-status.ts';
import { NOTIFICATION_CHANNELS } from './notification-status.ts';

export const PRICING_MODELS = ['per_minute', 'per_appointment', 'package', 'combined'] as const;
export type PricingModelName = (typeof PRICING_MODELS)[number];

/** A call is billed in steps of so many seconds; 60 is the started minute. */
export const BILLING_INCREMENTS = [1, 6, 30, 60] as const;

/** Metered things that have a price of their own in every model. */
export const UNIT_TYPES = [
  'api_call',
  'ai_query',
  'storage_mb',
  ...NOTIFICATION_CHANNELS,
  'whatsapp',
  'translation',
] as const;
export type UnitType = (typeof UNIT_TYPES)[number];

/** Whose appointments a plan may charge: what was imported had its price elsewhere. */
export const BILLABLE_SOURCES = [
  'phone_ai',
  'admin',
  'api',
  'portal',
  'public',
  'calcom',
] as const satisfies readonly AppointmentSource[];

/** `before_notice`: the fee comes back when it is cancelled in time, by the policy; `none`: it stays. */
export const REFUND_ON_CANCEL = ['none', 'before_notice'] as const;

/** 1 of a currency in the unit of prices: 0.001 of it must be sayable, and minor units are too coarse for that. */
export const MICROS_PER_UNIT = 1_000_000;

/** What a plan charges, as its row keeps it. Amounts are 1e-6 of the currency, net. */
export interface PlanCharges {
  baseFeeMicros: number;
  includedMinutes: number;
  pricePerMinuteMicros: number;
  includedAppointments: number;
  pricePerAppointmentMicros: number;
  billingIncrementSeconds: (typeof BILLING_INCREMENTS)[number];
  minimumSeconds: number;
  freeBelowSeconds: number;
  /** beyond `includedUnits`; a type that is missing costs nothing */
  unitPricesMicros: Partial<Record<UnitType, number>>;
  includedUnits: Partial<Record<UnitType, number>>;
  billableSources: (typeof BILLABLE_SOURCES)[number][];
  refundOnCancel: (typeof REFUND_ON_CANCEL)[number];
}

/** Charges nothing, exact to the second; a plan names what it charges beside it. */
export const FREE_CHARGES: PlanCharges = {
  baseFeeMicros: 0,
  includedMinutes: 0,
  pricePerMinuteMicros: 0,
  includedAppointments: 0,
  pricePerAppointmentMicros: 0,
  billingIncrementSeconds: 1,
  minimumSeconds: 0,
  freeBelowSeconds: 0,
  unitPricesMicros: {},
  includedUnits: {},
  billableSources: [...BILLABLE_SOURCES],
  refundOnCancel: 'before_notice',
};
