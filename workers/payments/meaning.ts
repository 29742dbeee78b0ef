/** Pure: what a verified Stripe event means for a top-up, if it means anything. Called by `webhook.ts`. */
import { REFUND_STATES, type RefundState } from '../../shared/money-status.ts';
import type { StripeDispute } from '../integrations/stripe-dispute.ts';
import type { StripeEvent } from '../integrations/stripe-events.ts';

/** A payment update in the ledger's terms. Amounts are gross minor units. `sessionId`: the Checkout session that says so. */
export type PaymentUpdate =
  | { kind: 'credited'; grossCents: number; currency: string; sessionId?: string }
  | { kind: 'processing'; sessionId?: string }
  | { kind: 'failed'; reason: string; sessionId?: string }
  /** cumulative, as the charge says it */
  | { kind: 'refunded'; refundedGrossCents: number; currency: string }
  | { kind: 'refund_state'; refundId: string; grossCents: number; currency: string; state: RefundState }
  /** what the dispute holds by so many movements of money */
  | { kind: 'disputed'; disputeId: string; withdrawnCents: number; movements: number; currency: string };

export interface About {
  /** payment intent; null only for sessions that never had one */
  paymentId: string | null;
  /** tenant and top-up as the metadata names them; null when it says nothing (refunds, disputes) */
  named: { tenantId: string; topupId: string } | null;
}

/** What a person must hear although it is booked: an alarm of the refund or dispute with this id. */
interface PaymentAlarm {
  kind: 'refund_failed' | 'refund_status_unknown' | 'payment_disputed' | 'dispute_status_unknown';
  id: string;
}

/** Of the refund or dispute as it is now: what a person must hear, and what is over if a person had to hear it. */
export interface Alarms {
  raised: readonly PaymentAlarm[];
  over: readonly PaymentAlarm[];
}

export type Meaning =
  | { kind: 'update'; about: About; update: PaymentUpdate; alarms?: Alarms }
  /** nothing of ours to book: setup mode, inquiries, other event types */
  | { kind: 'ignored'; alarms?: Alarms }
  /** money that is not a top-up of ours: the unmatched list, never a balance */
  | {
      kind: 'unmatched';
      reason: string;
      paymentId: string | null;
      amountCents: number | null;
      currency: string | null;
      /** money without metadata: what it means once somebody has said whose payment it is */
      ifLinked?: PaymentUpdate;
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

/** An amount that Stripe's own rules exclude: it equals nothing that was ever asked for. */
const NO_AMOUNT = -1;

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
        grossCents: event.amountReceivedCents ?? NO_AMOUNT,
        currency: event.currency,
      });
    case 'payment_processing':
      return about(event.metadata, event.paymentIntentId, event.amountCents, event.currency, { kind: 'processing' });
    case 'payment_failed':
      return about(event.metadata, event.paymentIntentId, event.amountCents, event.currency, {
        kind: 'failed',
        reason: reasonOf(event.failureCode, 'payment_failed'),
      });
    case 'refunded': {
      const { amountRefundedCents } = event;
      if (amountRefundedCents === null) return unreadable(event);
      return about(event.metadata, event.paymentIntentId, event.amountCents, event.currency, {
        kind: 'refunded',
        refundedGrossCents: amountRefundedCents,
        currency: event.currency,
      });
    }
    case 'refund':
      return refundMeaning(event);
    case 'dispute':
      return disputeMeaning(event);
    // Moves no money: subscription.ts has what follows from it.
    case 'subscription':
    case 'other':
      return { kind: 'ignored' };
  }
}

const isRefundState = (status: string): status is RefundState => (REFUND_STATES as readonly string[]).includes(status);

function refundMeaning(event: Extract<StripeEvent, { kind: 'refund' }>): Meaning {
  const { refundId, amountCents, currency, status } = event;
  if (amountCents === null) return unreadable(event);
  // The money of a refund in a state that we don't know yet has left us until Stripe says that it failed.
  const state = isRefundState(status) ? status : 'pending';
  const meaning = about(event.metadata, event.paymentIntentId, amountCents, currency, {
    kind: 'refund_state',
    refundId,
    grossCents: amountCents,
    currency,
    state,
  });
  if (meaning.kind !== 'update') return meaning;
  const unknown: PaymentAlarm = { kind: 'refund_status_unknown', id: refundId };
  if (!isRefundState(status)) return { ...meaning, alarms: { raised: [unknown], over: [] } };
  const failed: PaymentAlarm = { kind: 'refund_failed', id: refundId };
  // Once failed it stays so, and the money has to go back another way: only a person knows that it did.
  return { ...meaning, alarms: { raised: state === 'failed' ? [failed] : [], over: [unknown] } };
}

/** Statuses of a dispute that we know; the money goes by its movements, whatever its status. */
const DISPUTE_STATUSES: ReadonlySet<string> = new Set([
  'warning_needs_response',
  'warning_under_review',
  'warning_closed',
  'needs_response',
  'under_review',
  'appeal_needs_response',
  'appeal_under_review',
  'won',
  'lost',
  'prevented',
  'charge_refunded',
]);

/** What a dispute means, as it stands: never what an event said of it, because events come in any order. */
export function disputeMeaning(dispute: StripeDispute): Meaning {
  const { disputeId, paymentIntentId: paymentId, amountCents, currency, status, withdrawnCents, movements } = dispute;
  const known = DISPUTE_STATUSES.has(status);
  const alarms = disputeAlarms(disputeId, known, withdrawnCents ?? 0);
  // An inquiry takes no money; a dispute whose movement is still to come is told of again when it comes.
  if (movements === 0 && known) return { kind: 'ignored', alarms };
  if (paymentId === null) return unmatched('dispute_without_payment', null, amountCents, currency);
  if (withdrawnCents === null) return unreadable(dispute);
  return {
    kind: 'update',
    about: { paymentId, named: null },
    update: { kind: 'disputed', disputeId, withdrawnCents, movements, currency },
    alarms,
  };
}

/** A dispute is told of as long as it holds money, and as long as its state is new to us. */
function disputeAlarms(id: string, known: boolean, withdrawnCents: number): Alarms {
  const holds = withdrawnCents > 0;
  const of = (wanted: { disputed: boolean; unknown: boolean }): PaymentAlarm[] => [
    ...(wanted.disputed ? [{ kind: 'payment_disputed', id } as const] : []),
    ...(wanted.unknown ? [{ kind: 'dispute_status_unknown', id } as const] : []),
  ];
  return { raised: of({ disputed: known && holds, unknown: !known }), over: of({ disputed: !holds, unknown: known }) };
}

type SessionEvent = Extract<StripeEvent, { sessionId: string }>;

const creditOf = (event: SessionEvent): PaymentUpdate => ({
  kind: 'credited',
  grossCents: event.amountTotalCents ?? NO_AMOUNT,
  currency: event.currency ?? '',
});

const session = (
  { metadata, paymentIntentId, amountTotalCents, currency, sessionId }: SessionEvent,
  update: PaymentUpdate,
): Meaning => about(metadata, paymentIntentId, amountTotalCents, currency, { ...update, sessionId } as PaymentUpdate);

export const unmatched = (
  reason: string,
  paymentId: string | null,
  amountCents: number | null,
  currency: string | null,
): Extract<Meaning, { kind: 'unmatched' }> => ({ kind: 'unmatched', reason, paymentId, amountCents, currency });

const unreadable = ({ paymentIntentId, currency }: { paymentIntentId: string | null; currency: string }): Meaning =>
  unmatched('amount_unreadable', paymentIntentId, null, currency);

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
  const isRefund = update.kind === 'refunded' || update.kind === 'refund_state';
  if (kind === undefined && paymentId !== null && isRefund) {
    return { kind: 'update', about: { paymentId, named: null }, update };
  }
  // A failed try or a processing notice of something else moves no money: nothing for a person to do.
  if (update.kind === 'failed' || update.kind === 'processing') return { kind: 'ignored' };
  if (kind !== undefined) return unmatched(`kind_${kind}`.slice(0, 60), paymentId, amountCents, currency);
  const nobodys = unmatched('no_kind', paymentId, amountCents, currency);
  return paymentId === null ? nobodys : { ...nobodys, ifLinked: update };
}
