/** What terms the ledger accepts, and the demo plans' building blocks. Called by `commands/` and everything that writes terms. */
import { APPOINTMENT_SOURCES, type AppointmentSource } from '../../../shared/appointment-status.ts';
import { asCents, asMicros, isCurrency } from '../../../shared/money.ts';
import { isZone } from '../../../shared/time.ts';
import { type BonusTier, type Plan, REFUND_ON_CANCEL, type Terms, type VatInputs } from '../types.ts';

const MAX_TIERS = 20;
const MAX_THRESHOLDS = 10;
const MAX_INCLUDED_MINUTES = 10_000_000;
/** 1,000 € a unit: beyond it somebody has mixed up units. */
const MAX_PRICE_MICROS = 1_000_000_000;

/** Whose appointments a plan may charge, and charges unless it says otherwise. What was imported had its price elsewhere. */
const BILLABLE: readonly AppointmentSource[] = APPOINTMENT_SOURCES.filter((source) => source !== 'import');

/** Whether the plan charges an appointment that was made this way. */
export const isBillable = (plan: Plan, source: AppointmentSource): boolean =>
  (plan.billableSources ?? BILLABLE).includes(source);

/** Whether the fee of an appointment that was cancelled in time comes back. */
export const isRefundedOnCancel = (plan: Plan): boolean => (plan.refundOnCancel ?? 'before_notice') === 'before_notice';

const within = (value: number, min: number, max: number): boolean =>
  Number.isSafeInteger(value) && value >= min && value <= max;

/** Field → texts; empty when the terms can be priced by. */
export function termsProblems(terms: Terms): Record<string, string[]> {
  const problems: Record<string, string[]> = {};
  const need = (good: boolean, field: string, text: string): void => {
    if (!good) problems[field] = [...(problems[field] ?? []), text];
  };
  const { plan } = terms;
  need(isCurrency(terms.currency), 'currency', 'a currency that payments are taken in, as its ISO 4217 code');
  need(isZone(terms.timeZone), 'time_zone', 'an IANA time zone');
  need(within(terms.allowOverdraftCents, 0, 100_000_000), 'allow_overdraft_cents', 'a whole number from 0');
  need(terms.vatTiming === 'on_topup', 'vat_timing', 'only on_topup is offered; on_consumption needs gross balances');
  need(within(plan.includedMinutes, 0, MAX_INCLUDED_MINUTES), 'plan.included_minutes', 'a whole number from 0');
  need(within(plan.includedAppointments, 0, 1_000_000), 'plan.included_appointments', 'a whole number from 0');
  for (const [field, price] of [
    ['plan.base_fee', plan.baseFeeMicros],
    ['plan.price_per_minute', plan.pricePerMinuteMicros],
    ['plan.price_per_appointment', plan.pricePerAppointmentMicros],
    ...Object.entries(plan.unitPrices).map(([type, unit]) => [`plan.unit_prices.${type}`, unit.priceMicros] as const),
  ] as const) {
    need(within(price, 0, MAX_PRICE_MICROS), field, 'micros from 0 to 1,000,000,000');
  }
  need([1, 6, 30, 60].includes(plan.billingIncrementSeconds), 'plan.billing_increment_seconds', '1, 6, 30 or 60');
  need(within(plan.minimumSeconds, 0, 3_600), 'plan.minimum_seconds', '0 to 3,600');
  need(within(plan.freeBelowSeconds, 0, 3_600), 'plan.free_below_seconds', '0 to 3,600');
  need(
    plan.billableSources === undefined || plan.billableSources.every((source) => BILLABLE.includes(source)),
    'plan.billable_sources',
    `of ${BILLABLE.join(', ')}`,
  );
  need(
    plan.refundOnCancel === undefined || REFUND_ON_CANCEL.includes(plan.refundOnCancel),
    'plan.refund_on_cancel',
    'none or before_notice',
  );
  need(terms.bonusTiers.length <= MAX_TIERS, 'bonus_tiers', `at most ${MAX_TIERS}`);
  for (const tier of terms.bonusTiers) {
    const max = tier.kind === 'percentage' ? 10_000 : 100_000_000;
    need(
      within(tier.value, 0, max) && within(tier.fromCents, 0, 100_000_000),
      `bonus_tiers.${tier.id}`,
      'out of range',
    );
  }
  need(
    terms.thresholdPercents.length <= MAX_THRESHOLDS && terms.thresholdPercents.every((p) => within(p, 1, 100)),
    'threshold_percents',
    'percents from 1 to 100',
  );
  return problems;
}

/** Starter from 100 € 5 %, Pro from 500 € 10 %, Business from 1,000 € 15 %. */
export const DEFAULT_TIERS: BonusTier[] = (
  [
    ['starter', 'Starter', 10_000, 500],
    ['pro', 'Pro', 50_000, 1_000],
    ['business', 'Business', 100_000, 1_500],
  ] as const
).map(([id, name, fromCents, value]) => ({
  id,
  name,
  fromCents: asCents(fromCents),
  kind: 'percentage',
  value,
  activeFrom: null,
  activeUntil: null,
}));

const DEFAULT_THRESHOLD_PERCENTS = [50, 20, 10];

/** A plan with nothing in it; spread over it what a real one has. */
export const EMPTY_PLAN: Plan = {
  id: 'empty',
  model: 'per_minute',
  baseFeeMicros: asMicros(0),
  includedMinutes: 0,
  pricePerMinuteMicros: asMicros(0),
  includedAppointments: 0,
  pricePerAppointmentMicros: asMicros(0),
  billingIncrementSeconds: 1,
  minimumSeconds: 0,
  freeBelowSeconds: 0,
  unitPrices: {},
};

/** The plan of the pricing oracle (salon-schoen): base 49.00, 500 minutes included, 0.15 a minute, 2.00 an appointment. */
export const ORACLE_PLAN: Plan = {
  ...EMPTY_PLAN,
  id: 'combined',
  model: 'combined',
  baseFeeMicros: asMicros(49_000_000),
  includedMinutes: 500,
  pricePerMinuteMicros: asMicros(150_000),
  pricePerAppointmentMicros: asMicros(2_000_000),
};

/** physio-plus: 0.20 a minute, nothing included. */
export const PER_MINUTE_PLAN: Plan = {
  ...EMPTY_PLAN,
  id: 'per_minute',
  model: 'per_minute',
  pricePerMinuteMicros: asMicros(200_000),
};

const GERMAN_BUSINESS: VatInputs = {
  issuerCountry: 'DE',
  issuerSmallBusiness: false,
  recipientCountry: 'DE',
  recipientIsBusiness: true,
  recipientVatIdValid: false,
};

/** Terms with the defaults of a German business around a plan. */
export const defaultTerms = (plan: Plan, changes: Partial<Terms> = {}): Terms => ({
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  plan,
  suspended: false,
  allowOverdraftCents: asCents(0),
  bonusTiers: DEFAULT_TIERS,
  thresholdPercents: DEFAULT_THRESHOLD_PERCENTS,
  spendOrder: 'bonus_first',
  vatTiming: 'on_topup',
  vat: GERMAN_BUSINESS,
  ...changes,
});
