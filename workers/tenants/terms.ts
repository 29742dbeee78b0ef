/** What a tenant's ledger is told of it: prices, currency, zone, VAT, whether new spend may begin. Called where a tenant is made and told. */
import type { SystemSettings } from '../../shared/contract/settings.ts';
import { FREE_CHARGES, MICROS_PER_UNIT, type PlanCharges } from '../../shared/pricing-plans.ts';
import { type PricingPlanRow, termsOfPlan } from '../instance/plans.ts';
import type { Terms } from '../ledger/types.ts';
import type { TenantRecord } from '../storage/platform-db.ts';
import { isStopped } from './rules/status.ts';
import { isPaidBySubscription } from './rules/subscription.ts';

/** What is charged before a plan was chosen: 0.20 a minute, as in the plan `minutes`. It comes out of the trial's bonus. */
const TRIAL_CHARGES: PlanCharges = { ...FREE_CHARGES, pricePerMinuteMicros: MICROS_PER_UNIT / 5 };
const TRIAL = { id: 'trial', model: 'per_minute', charges: TRIAL_CHARGES } as const;

/** Only what the register confirmed, and only of the id that the tenant has now. */
const isVatIdValid = ({ vatId, vatCheck }: TenantRecord): boolean =>
  vatId !== null && vatCheck?.vat_id === vatId && vatCheck.state === 'valid';

/**
 * The terms that follow from a tenant's row. Prices are a copy: those it has stay until another plan is chosen for it, whatever becomes of
 * the plan. Tiers, overdraft and order of spending stay as they are.
 * @param plan the chosen one; null: none, or it is archived; @param present null: there are none yet
 */
export function termsFor(
  tenant: TenantRecord,
  plan: PricingPlanRow | null,
  settings: SystemSettings,
  present: Terms | null,
): Terms {
  const fresh = termsOfPlan(plan ?? TRIAL, { ...tenant, vatIdValid: isVatIdValid(tenant) }, settings);
  const suspended = isStopped(tenant.status);
  const byStripe = isPaidBySubscription(tenant.subscription) ? { feeBy: 'stripe' as const } : {};
  if (present === null) return { ...fresh, suspended, ...byStripe };
  const isChosenAnew = plan !== null && present.plan.id !== plan.id;
  const { timeZone, vat } = fresh;
  const { feeBy: _before, ...rest } = present;
  return { ...rest, plan: isChosenAnew ? fresh.plan : present.plan, timeZone, vat, suspended, ...byStripe };
}
