/**
 * What a top-up brings and costs: bonus of the tier reached, what is missing to the next one, VAT. Pure; called by the ledger, which decides
 * by it (`workers/ledger/rules/topup.ts`), and by the top-up form, which shows it beforehand (`web/ui/topup-preview.ts`).
 */
import type { VatBasis } from './money-status.ts';
import { asCents, basisPointsOfCentsHalfUp, type Cents } from './money.ts';

/** A bonus from `fromCents` on: basis points of the amount (500 = 5 %), or a fixed amount in minor units. */
export type PricedTier = { fromCents: number } & ({ basisPoints: number } | { fixedCents: number });

interface VatTerms {
  /** 1900 = 19 %; 0 where none is due */
  rateBasisPoints: number;
  /** whether the amount that is asked for is without VAT (it comes on top) or holds it already */
  basis: VatBasis;
  /** what is paid is a whole number of so many minor units; default 1, more where no card is charged less (dinars) */
  step?: number;
}

interface TopupPrice<Tier> {
  bonusCents: Cents;
  /** the tier reached; null below the first */
  tier: Tier | null;
  /** the next better tier, what is missing to it and what it would give at its threshold; null when the best is reached */
  next: { tier: Tier; missingCents: Cents; bonusCents: Cents } | null;
  vatCents: Cents;
  /** what is paid */
  totalCents: Cents;
}

/** Bonus of one tier on an amount of minor units, half up to a minor unit. */
export const bonusOf = (tier: PricedTier, amountCents: Cents): Cents =>
  'fixedCents' in tier ? asCents(tier.fixedCents) : basisPointsOfCentsHalfUp(amountCents, tier.basisPoints);

/** VAT of an amount, rounded once per top-up and rate, half up. */
function vatOf(amountCents: Cents, { rateBasisPoints, basis, step = 1 }: VatTerms): Cents {
  if (basis === 'net') {
    if (step === 1) return basisPointsOfCentsHalfUp(amountCents, rateBasisPoints);
    return asCents(Math.round((amountCents * rateBasisPoints) / (10_000 * step)) * step);
  }
  return asCents(amountCents - Math.round((amountCents * 10_000) / (10_000 + rateBasisPoints)));
}

/**
 * Prices an amount of whole minor units from 0: the highest tier reached counts; of two tiers from the same amount the one of higher value.
 * No refusals: who asks has checked the amount.
 * @param tiers that are active now, in any order; @param priced how a tier of the caller's says its bonus
 */
export function priceTopup<Tier>(
  tiers: readonly Tier[],
  priced: (tier: Tier) => PricedTier,
  vat: VatTerms,
  amountCents: Cents,
): TopupPrice<Tier> {
  const worth = (tier: PricedTier): number => ('fixedCents' in tier ? tier.fixedCents : tier.basisPoints);
  const ladder = tiers
    .map((tier) => ({ tier, terms: priced(tier) }))
    .sort((a, b) => a.terms.fromCents - b.terms.fromCents || worth(a.terms) - worth(b.terms));
  const reached = ladder.findLast(({ terms }) => terms.fromCents <= amountCents) ?? null;
  const next = ladder.find(({ terms }) => terms.fromCents > amountCents) ?? null;
  const vatCents = vatOf(amountCents, vat);
  return {
    tier: reached?.tier ?? null,
    bonusCents: reached ? bonusOf(reached.terms, amountCents) : asCents(0),
    next: next && {
      tier: next.tier,
      missingCents: asCents(next.terms.fromCents - amountCents),
      bonusCents: bonusOf(next.terms, asCents(next.terms.fromCents)),
    },
    vatCents,
    totalCents: vat.basis === 'net' ? asCents(amountCents + vatCents) : amountCents,
  };
}
