/** Pricing plans as others use them: found by id, and turned into what a tenant's ledger is told. Called by tenants and the instance's beginning. */
import type { SystemSettings } from '../../shared/contract/settings.ts';
import { asCents, asMicros } from '../../shared/money.ts';
import { type PlanCharges, UNIT_TYPES } from '../../shared/pricing-plans.ts';
import type { Platform } from '../env.ts';
import { defaultTerms } from '../ledger/rules/terms.ts';
import { type BonusTier, type Plan, QUANTITY_SCALE, type Terms } from '../ledger/types.ts';
import type { TenantRecord } from '../storage/platform-db.ts';
import { livePlan, type PricingPlanRow } from '../storage/queries/pricing-plans.ts';

export type { PricingPlanRow } from '../storage/queries/pricing-plans.ts';

/** A plan that a tenant may be given, of the platform or of a reseller; null: there is none, or it is archived. */
export const planById = (platform: Platform, id: string): Promise<PricingPlanRow | null> => livePlan(platform, id);

/** A plan as the ledger prices by it. */
const pricedPlan = ({ id, model, charges }: Pick<PricingPlanRow, 'id' | 'model' | 'charges'>): Plan => ({
  id,
  model,
  baseFeeMicros: asMicros(charges.baseFeeMicros),
  includedMinutes: charges.includedMinutes,
  pricePerMinuteMicros: asMicros(charges.pricePerMinuteMicros),
  includedAppointments: charges.includedAppointments,
  pricePerAppointmentMicros: asMicros(charges.pricePerAppointmentMicros),
  billingIncrementSeconds: charges.billingIncrementSeconds,
  minimumSeconds: charges.minimumSeconds,
  freeBelowSeconds: charges.freeBelowSeconds,
  unitPrices: unitPricesOf(charges),
  billableSources: [...charges.billableSources],
  refundOnCancel: charges.refundOnCancel,
});

const unitPricesOf = ({ unitPricesMicros, includedUnits }: PlanCharges): Plan['unitPrices'] =>
  Object.fromEntries(
    UNIT_TYPES.filter((type) => unitPricesMicros[type] !== undefined || includedUnits[type] !== undefined).map(
      (type) => [
        type,
        {
          includedScaled: (includedUnits[type] ?? 0) * QUANTITY_SCALE,
          priceMicros: asMicros(unitPricesMicros[type] ?? 0),
        },
      ],
    ),
  );

const tierOf = ({ id, name, from_cents, kind, value }: SystemSettings['bonus_tiers'][number]): BonusTier => ({
  id,
  name,
  fromCents: asCents(from_cents),
  kind,
  value,
  activeFrom: null,
  activeUntil: null,
});

/** What is known of a tenant when its terms are written. */
type ChargedTenant = Pick<TenantRecord, 'currency' | 'timeZone' | 'country' | 'status'> & {
  /** its VAT id was checked and is valid: only then reverse charge is offered */
  vatIdValid?: boolean;
};

/**
 * What a tenant's ledger is told when it is given a plan: its own copy, so that changing the plan changes nobody's price by itself.
 * The plan must be in the tenant's currency: who assigns it compares, and refuses.
 */
export function termsOfPlan(
  plan: Pick<PricingPlanRow, 'id' | 'model' | 'charges'>,
  tenant: ChargedTenant,
  { issuer, bonus_tiers }: Pick<SystemSettings, 'issuer' | 'bonus_tiers'>,
): Terms {
  return defaultTerms(pricedPlan(plan), {
    currency: tenant.currency,
    timeZone: tenant.timeZone,
    suspended: tenant.status === 'suspended' || tenant.status === 'closed',
    bonusTiers: bonus_tiers.map(tierOf),
    vat: {
      issuerCountry: issuer.country,
      issuerSmallBusiness: issuer.small_business,
      recipientCountry: tenant.country,
      recipientIsBusiness: true,
      recipientVatIdValid: tenant.vatIdValid ?? false,
    },
  });
}
