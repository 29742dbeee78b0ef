/** Pure: what a verified Stripe event means for a top-up, if it means anything. Called by `webhook.ts`. */
import type { StripeEvent } from '../integrations/stripe-events.ts';

/** A payment update in the ledger's terms. Amounts are gross minor units. */
export type PaymentUpdate =
  | { kind: 'credited'; grossCents: number; currency: string }
  | { kind: 'processing' }
  | { kind: 'failed'; reason: string }
  | { kind: 'refunded'; refundedGrossCents: number; currency: string }
  | { kind: 'disputed'; disputeId: string; grossCents: number; currency: string; state: 'open' | 'won' | 'lost' };

export interface About {
  /** payment intent; null only for sessions that never had one */
  paymentId: string | null;
  /** tenant and top-up as the metadata names them; null when it says nothing (disputes) */
  named: { tenantId: string; topupId: string } | null;
}

export type Meaning =
  | { kind: 'update'; about: About; update: PaymentUpdate }
  /** nothing of ours to book: setup mode, inquiries, other event types */
  | { kind: 'ignored' }
  /** money that is not a top-up of ours: the unmatched list, never a balance */
  | {
      kind: 'unmatched';
      reason: string;
      paymentId: string | null;
      amountCents: number | null;
      currency: string | null;
    };

/** Reasons are codes of ours or Stripe's (`card_declined`); bounded, because they become part of a ledger key. */
const REASON = /^[a-z0-9_]{1,60}$/;
const reasonOf = (code: string | null, fallback: string): string =>
  code !== null && REASON.test(code) ? code : fallback;

/** Stripe metadata of a top-up, as `checkout.ts` writes it. */
export interface TopupMetadata {
  kind: 'topup';
  tenant_id: string;
  topup_id: string;
}

type Metadata = Readonly<Record<string, string>>;

export function meaningOf(event: StripeEvent): Meaning {
  switch (event.kind) {
    case 'checkout_completed':
      if (event.paymentStatus === 'no_payment_required') return { kind: 'ignored' };
      if (event.paymentStatus === 'unpaid') return session(event, { kind: 'processing' });
      return session(event, creditOf(event));
    case 'checkout_async_succeeded':
      return session(event, creditOf(event));
    case 'checkout_async_failed':
      return session(event, { kind: 'failed', reason: 'async_payment_failed' });
    case 'checkout_expired':
      return session(event, { kind: 'failed', reason: 'expired' });
    case 'payment_succeeded':
      return about(event.metadata, event.paymentIntentId, event.amountCents, event.currency, {
        kind: 'credited',
        grossCents: event.amountReceivedCents,
        currency: event.currency,
      });
    case 'payment_processing':
      return about(event.metadata, event.paymentIntentId, event.amountCents, event.currency, { kind: 'processing' });
    case 'payment_failed':
      return about(event.metadata, event.paymentIntentId, event.amountCents, event.currency, {
        kind: 'failed',
        reason: reasonOf(event.failureCode, 'payment_failed'),
      });
    case 'refunded':
      return about(event.metadata, event.paymentIntentId, event.amountCents, event.currency, {
        kind: 'refunded',
        refundedGrossCents: event.amountRefundedCents,
        currency: event.currency,
      });
    case 'dispute': {
      // An inquiry takes no money; `warning_closed` neither.
      if (event.status.startsWith('warning_')) return { kind: 'ignored' };
      if (event.paymentIntentId === null) {
        return unmatched('dispute_without_payment', null, event.amountCents, event.currency);
      }
      return {
        kind: 'update',
        about: { paymentId: event.paymentIntentId, named: null },
        update: {
          kind: 'disputed',
          disputeId: event.disputeId,
          grossCents: event.amountCents,
          currency: event.currency,
          state: event.status === 'won' || event.status === 'lost' ? event.status : 'open',
        },
      };
    }
    case 'other':
      return { kind: 'ignored' };
  }
}

type SessionEvent = Extract<StripeEvent, { sessionId: string }>;

const creditOf = (event: SessionEvent): PaymentUpdate => ({
  kind: 'credited',
  grossCents: event.amountTotalCents ?? -1,
  currency: event.currency ?? '',
});

const session = (event: SessionEvent, update: PaymentUpdate): Meaning =>
  about(event.metadata, event.paymentIntentId, event.amountTotalCents, event.currency, update);

const unmatched = (
  reason: string,
  paymentId: string | null,
  amountCents: number | null,
  currency: string | null,
): Meaning => ({ kind: 'unmatched', reason, paymentId, amountCents, currency });

/** Only `kind = topup` with tenant and top-up is a top-up; refunds and failures may come without metadata and go by their payment. */
function about(
  metadata: Metadata,
  paymentId: string | null,
  amountCents: number | null,
  currency: string | null,
  update: PaymentUpdate,
): Meaning {
  const { kind, tenant_id: tenantId, topup_id: topupId } = metadata;
  if (kind === 'topup' && tenantId && topupId) {
    return { kind: 'update', about: { paymentId, named: { tenantId, topupId } }, update };
  }
  if (kind === undefined && paymentId !== null && update.kind === 'refunded') {
    return { kind: 'update', about: { paymentId, named: null }, update };
  }
  // A failed try or a processing notice of something else moves no money: nothing for a person to do.
  if (update.kind === 'failed' || update.kind === 'processing') return { kind: 'ignored' };
  return unmatched(kind === undefined ? 'no_kind' : `kind_${kind}`.slice(0, 60), paymentId, amountCents, currency);
}
