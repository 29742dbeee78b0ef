/**
 * A dispute as Stripe shows it, from an event or from the API: what it says, and what it has moved. Pure wire parsing; called by stripe-events.ts
 * and stripe.ts.
 */
import { z } from 'zod';
import { asCents, type Cents, fromStripeAmount } from '../../shared/money.ts';
import { visibleLine } from '../../shared/visible-text.ts';

export const REFERENCE = z.union([z.string(), z.looseObject({ id: z.string() })]).nullish();
/** A text that is stored or logged: invisible characters are dropped. */
export const LABEL = z.string().transform(visibleLine);

/** Stripe answers an id, or the object where it was expanded. */
export const idOf = (reference: z.infer<typeof REFERENCE>): string | null =>
  reference == null ? null : typeof reference === 'string' ? reference : reference.id;

export interface StripeDispute {
  readonly disputeId: string;
  readonly chargeId: string;
  readonly paymentIntentId: string | null;
  /** in dispute: may differ from the charge; null where Stripe's amount is no whole number of our units */
  readonly amountCents: Cents | null;
  /** ISO 4217, upper case: of the charge */
  readonly currency: string;
  readonly reason: string;
  readonly status: string;
  /** gross that it holds now: withdrawn and not reinstated, without Stripe's fee; null as with the amount */
  readonly withdrawnCents: Cents | null;
  /** how many movements of money that is made of; they are only ever added to */
  readonly movements: number;
}

export const DISPUTE = z.looseObject({
  id: z.string().min(1),
  charge: REFERENCE,
  payment_intent: REFERENCE,
  amount: z.int(),
  currency: z.string(),
  reason: LABEL.catch('general'),
  status: LABEL,
  balance_transactions: z
    .array(z.looseObject({ amount: z.int(), currency: z.string() }))
    .max(100)
    .catch([]),
});

/** Amounts of the movements are in the currency we are settled in: where that is another one, their share of the dispute counts. */
function withdrawnOf({ amount, currency, balance_transactions: moved }: z.infer<typeof DISPUTE>): number {
  const sum = moved.reduce((total, one) => total - one.amount, 0);
  if (moved.every((one) => one.currency === currency)) return Math.max(0, sum);
  const taken = moved.reduce((total, one) => total + Math.max(0, -one.amount), 0);
  return taken === 0 ? 0 : Math.max(0, Math.round((amount * sum) / taken));
}

export function disputeOf(dispute: z.infer<typeof DISPUTE>): StripeDispute {
  const currency = dispute.currency.toUpperCase();
  const withdrawn = withdrawnOf(dispute);
  return {
    disputeId: dispute.id,
    chargeId: idOf(dispute.charge) ?? '',
    paymentIntentId: idOf(dispute.payment_intent),
    amountCents: fromStripeAmount(dispute.amount, currency),
    currency,
    reason: dispute.reason,
    status: dispute.status,
    withdrawnCents: withdrawn === 0 ? asCents(0) : fromStripeAmount(withdrawn, currency),
    movements: dispute.balance_transactions.length,
  };
}
