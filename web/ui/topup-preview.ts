/** What a top-up brings and costs, before it is made: bonus, next tier, VAT. Pure; called by the portal's top-up form. */
import type { BonusTierView, TopupTerms } from '../../shared/contract/money.ts';
import { asCents, basisPointsOfCentsHalfUp } from '../../shared/money.ts';

export interface TopupPreview {
  amountCents: number;
  bonusCents: number;
  /** the tier reached; null below the first */
  tier: BonusTierView | null;
  /** the next better tier and what is missing to it; null when the best is reached */
  next: { tier: BonusTierView; missingCents: number } | null;
  vatCents: number;
  /** what the card is charged */
  totalCents: number;
  /** what the balance grows by */
  creditedCents: number;
}

/** Bonus of one tier on an amount, half up to a minor unit (the server decides; this is its preview). */
export function bonusOf(tier: BonusTierView, amountCents: number): number {
  if (tier.kind === 'fixed') return tier.fixed_cents ?? 0;
  return basisPointsOfCentsHalfUp(asCents(amountCents), tier.basis_points ?? 0);
}

/** Preview for an amount of whole minor units ≥ 0; the highest tier reached counts. */
export function previewTopup(terms: TopupTerms, amountCents: number): TopupPreview {
  const tiers = [...terms.tiers].sort((a, b) => a.from_cents - b.from_cents);
  const tier = tiers.findLast((t) => t.from_cents <= amountCents) ?? null;
  const nextTier = tiers.find((t) => t.from_cents > amountCents) ?? null;
  const bonusCents = tier ? bonusOf(tier, amountCents) : 0;
  const rate = terms.vat.category === 'standard' ? terms.vat.rate_basis_points : 0;
  const isNet = terms.vat.basis === 'net';
  const vatCents = isNet
    ? basisPointsOfCentsHalfUp(asCents(amountCents), rate)
    : amountCents - Math.round((amountCents * 10_000) / (10_000 + rate));
  return {
    amountCents,
    bonusCents,
    tier,
    next: nextTier ? { tier: nextTier, missingCents: nextTier.from_cents - amountCents } : null,
    vatCents,
    totalCents: isNet ? amountCents + vatCents : amountCents,
    creditedCents: amountCents + bonusCents,
  };
}
