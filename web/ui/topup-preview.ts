/** What a top-up brings and costs, before it is made: bonus, next tier, VAT. Pure; called by the portal's top-up form. */
import type { BonusTier, TopupTerms } from '../../shared/contract/faces.ts';
import { asCents } from '../../shared/money.ts';
import { bonusOf as tierBonus, type PricedTier, priceTopup } from '../../shared/pricing.ts';

export interface TopupPreview {
  amountCents: number;
  bonusCents: number;
  /** the tier reached; null below the first */
  tier: BonusTier | null;
  /** the next better tier and what is missing to it; null when the best is reached */
  next: { tier: BonusTier; missingCents: number } | null;
  vatCents: number;
  /** what the card is charged */
  totalCents: number;
  /** what the balance grows by */
  creditedCents: number;
}

const priced = (tier: BonusTier): PricedTier =>
  tier.kind === 'fixed'
    ? { fromCents: tier.from_cents, fixedCents: tier.fixed_cents ?? 0 }
    : { fromCents: tier.from_cents, basisPoints: tier.basis_points ?? 0 };

/** Bonus of one tier on an amount (the ledger decides by the same rule). */
export const bonusOf = (tier: BonusTier, amountCents: number): number => tierBonus(priced(tier), asCents(amountCents));

/** Preview for an amount of whole minor units ≥ 0; the highest tier reached counts. */
export function previewTopup(terms: TopupTerms, amountCents: number): TopupPreview {
  const rateBasisPoints = terms.vat.category === 'standard' ? terms.vat.rate_basis_points : 0;
  const vat = { rateBasisPoints, basis: terms.vat.basis };
  const { tier, bonusCents, next, vatCents, totalCents } = priceTopup(terms.tiers, priced, vat, asCents(amountCents));
  return { amountCents, bonusCents, tier, next, vatCents, totalCents, creditedCents: amountCents + bonusCents };
}
