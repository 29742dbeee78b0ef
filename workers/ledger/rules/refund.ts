/**
 * What of a top-up stands after refunds and disputes. Facts are cumulative, so repeated, late and disordered updates end in the same state.
 * Called by `topup.ts`; `refundableCents` by callers that offer a refund.
 */
import type { RefundState } from '../../../shared/money-status.ts';
import { asCents, type Cents } from '../../../shared/money.ts';

/** The facts of a payment; each only ever grows (false → true, small → large, one state outranks another, movements are added). */
export interface PaymentFacts {
  processing: boolean;
  paidAt: number | null;
  failed: string | null;
  /** refunded in all, as the charge says it: the largest that was ever reported, also of refunds that failed afterwards */
  refundedGrossCents: number;
  /** by refund id */
  refunds: Record<string, { grossCents: number; state: RefundState }>;
  /** by dispute id: gross that it has taken, by so many movements of money at Stripe */
  disputes: Record<string, { withdrawnCents: number; movements: number }>;
}

/** As rows were written when refunds had no ids and disputes a state instead of movements. */
type OlderDispute = { grossCents: number; state: 'open' | 'won' | 'lost' };

/** An older state as movements: a dispute took the money once, and a won one gave it back by a second movement. */
export const movementsOf = ({ grossCents, state }: OlderDispute): PaymentFacts['disputes'][string] =>
  state === 'won' ? { withdrawnCents: 0, movements: 2 } : { withdrawnCents: grossCents, movements: 1 };

/** Facts as they were stored, of whatever version. */
export function wholeFacts(
  stored: Omit<PaymentFacts, 'refunds' | 'disputes'> & {
    refunds?: PaymentFacts['refunds'];
    disputes: Record<string, OlderDispute | PaymentFacts['disputes'][string]>;
  },
): PaymentFacts {
  const disputes = Object.entries(stored.disputes).map(
    ([id, one]) => [id, 'state' in one ? movementsOf(one) : one] as const,
  );
  return { ...stored, refunds: stored.refunds ?? {}, disputes: Object.fromEntries(disputes) };
}

export const NO_FACTS: PaymentFacts = {
  processing: false,
  paidAt: null,
  failed: null,
  refundedGrossCents: 0,
  refunds: {},
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

interface TopupAmounts {
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
  const refunds = Math.min(gross, refundedGross(facts));
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

const isGone = (state: RefundState): boolean => state !== 'failed' && state !== 'canceled';

/**
 * Gross that refunds have taken. Refunds are known one by one, or only as the sum that the charge says (or both, and not yet all of them): what
 * the charge says counts less the refunds that came back. Whether Stripe lowers that sum after a failure is not documented; either way this
 * ends at the refunds that stand.
 */
export function refundedGross({ refundedGrossCents, refunds }: PaymentFacts): number {
  let gone = 0;
  let back = 0;
  for (const { grossCents, state } of Object.values(refunds)) {
    if (isGone(state)) gone += grossCents;
    else back += grossCents;
  }
  return Math.max(gone, refundedGrossCents - back);
}

/** Gross that disputes hold: withdrawn and not reinstated. */
export const disputedGross = (facts: PaymentFacts): number =>
  Object.values(facts.disputes).reduce((sum, { withdrawnCents }) => sum + withdrawnCents, 0);

/** Net of this top-up that may still be refunded: only paid money that is not spent, and not more than this payment left. */
export function refundableCents(topup: TopupAmounts, facts: PaymentFacts, paidBalanceCents: number): Cents {
  const left = standingOf(topup, facts).netCents;
  return asCents(Math.max(0, Math.min(left, paidBalanceCents)));
}
