/**
 * What of a top-up stands after refunds and disputes. Facts are cumulative, so repeated, late and disordered updates end in the same state.
 * Called by `topup.ts`; `refundableCents` by callers that offer a refund.
 */
import { asCents, type Cents } from '../../../shared/money.ts';

/** The facts of a payment; each only ever grows (false → true, small → large, open → won | lost). */
export interface PaymentFacts {
  processing: boolean;
  paidAt: number | null;
  failed: string | null;
  refundedGrossCents: number;
  disputes: Record<string, { grossCents: number; state: 'open' | 'won' | 'lost' }>;
}

export const NO_FACTS: PaymentFacts = {
  processing: false,
  paidAt: null,
  failed: null,
  refundedGrossCents: 0,
  disputes: {},
};

/** How much of each account a top-up accounts for, in minor units: `refunds` and `clearing` are gross, the rest net. */
export interface Standing {
  netCents: number;
  vatCents: number;
  /** bonus given less what refunds took back */
  bonusCents: number;
  /** bonus share of disputed money, withheld from the paid account: given back as it was when the dispute is won */
  withheldCents: number;
  refundsCents: number;
  clearingCents: number;
}

export const NOTHING: Standing = {
  netCents: 0,
  vatCents: 0,
  bonusCents: 0,
  withheldCents: 0,
  refundsCents: 0,
  clearingCents: 0,
};

/** part of `amount` that belongs to `share` of `whole`, half up, exact for any safe integers. */
function proportion(amount: number, share: number, whole: number): number {
  if (whole === 0) return 0;
  return Number((BigInt(amount) * BigInt(share) * 2n + BigInt(whole)) / (BigInt(whole) * 2n));
}

export interface TopupAmounts {
  amountCents: number;
  vatCents: number;
  bonusCents: number;
}

/**
 * Where a top-up should stand by its facts. A reversal takes net and VAT in the proportion of the payment and the same share of the bonus;
 * refund and dispute together never take more than was paid.
 */
export function standingOf(topup: TopupAmounts, facts: PaymentFacts): Standing {
  if (facts.paidAt === null) return NOTHING;
  const gross = topup.amountCents + topup.vatCents;
  const refunds = Math.min(gross, facts.refundedGrossCents);
  const clearing = Math.min(gross - refunds, disputedGross(facts));
  const reversed = refunds + clearing;
  const vatBack = proportion(topup.vatCents, reversed, gross);
  const netBack = reversed - vatBack;
  const bonusRefunded = proportion(topup.bonusCents, refunds, gross);
  return {
    netCents: topup.amountCents - netBack,
    vatCents: topup.vatCents - vatBack,
    bonusCents: topup.bonusCents - bonusRefunded,
    withheldCents: proportion(topup.bonusCents, reversed, gross) - bonusRefunded,
    refundsCents: refunds,
    clearingCents: clearing,
  };
}

/** Gross in dispute: open or lost; a won dispute gives the money back. */
export const disputedGross = (facts: PaymentFacts): number =>
  Object.values(facts.disputes).reduce((sum, d) => sum + (d.state === 'won' ? 0 : d.grossCents), 0);

/** Net of this top-up that may still be refunded: only paid money that is not spent, and not more than this payment left. */
export function refundableCents(topup: TopupAmounts, facts: PaymentFacts, paidBalanceCents: number): Cents {
  const left = standingOf(topup, facts).netCents;
  return asCents(Math.max(0, Math.min(left, paidBalanceCents)));
}
