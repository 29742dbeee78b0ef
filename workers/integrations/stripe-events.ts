/** Reads Stripe's event bodies into the small closed union that payments/ decides over. Pure wire parsing; called after `verifyStripe`. */
import { z } from 'zod';
import { asInstant, type Instant } from '../../shared/clock.ts';
import type { DomainError } from '../../shared/errors.ts';
import { type Cents, fromStripeAmount } from '../../shared/money.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { visibleLine } from '../../shared/visible-text.ts';
import { parseJsonBody } from './json-body.ts';
import { DISPUTE, disputeOf, idOf, LABEL, REFERENCE, type StripeDispute } from './stripe-dispute.ts';

/** Stripe's events stay under 100 kB; anything larger is not one. */
const MAX_STRIPE_EVENT_CHARS = 512_000;

type Metadata = Readonly<Record<string, string>>;

interface EventBase {
  /** `evt_…`; two Event objects may describe one thing, so payments are keyed by `paymentIntentId`, never by this. */
  readonly eventId: string;
  readonly type: string;
  readonly createdAt: Instant;
  readonly livemode: boolean;
  /** connected account (`acct_…`) that it happened on; null: our own */
  readonly account: string | null;
}

interface SessionFacts extends EventBase {
  readonly sessionId: string;
  /** null in setup mode. */
  readonly paymentIntentId: string | null;
  readonly customerId: string | null;
  readonly amountTotalCents: Cents | null;
  /** ISO 4217, upper case. */
  readonly currency: string | null;
  readonly metadata: Metadata;
}

interface PaymentFacts extends EventBase {
  readonly paymentIntentId: string;
  readonly customerId: string | null;
  /** null where Stripe's amount is no whole number of our units (a part of a króna) */
  readonly amountCents: Cents | null;
  readonly amountReceivedCents: Cents | null;
  readonly currency: string;
  readonly metadata: Metadata;
}

export type StripeEvent =
  | (SessionFacts & {
      /** `unpaid` = a delayed method (SEPA): not money yet. */
      readonly kind: 'checkout_completed';
      readonly paymentStatus: 'paid' | 'unpaid' | 'no_payment_required';
    })
  | (SessionFacts & { readonly kind: 'checkout_async_succeeded' | 'checkout_async_failed' | 'checkout_expired' })
  | (PaymentFacts & { readonly kind: 'payment_succeeded' | 'payment_processing' })
  | (PaymentFacts & {
      readonly kind: 'payment_failed';
      readonly failureCode: string | null;
      readonly failureMessage: string | null;
    })
  | (EventBase & {
      readonly kind: 'refunded';
      readonly chargeId: string;
      readonly paymentIntentId: string | null;
      readonly amountCents: Cents | null;
      /** Cumulative over all refunds of this charge, also of those that failed afterwards. */
      readonly amountRefundedCents: Cents | null;
      readonly full: boolean;
      readonly currency: string;
      readonly metadata: Metadata;
    })
  | (EventBase & {
      /** what became of one refund: one that succeeded can still fail, up to 30 days later */
      readonly kind: 'refund';
      readonly refundId: string;
      readonly paymentIntentId: string | null;
      readonly amountCents: Cents | null;
      readonly currency: string;
      readonly status: string;
      readonly metadata: Metadata;
    })
  | (EventBase &
      StripeDispute & {
        readonly kind: 'dispute';
        readonly phase: 'created' | 'updated' | 'closed' | 'funds_withdrawn' | 'funds_reinstated';
      })
  | (EventBase & {
      readonly kind: 'subscription';
      readonly subscriptionId: string;
      readonly status: string;
      readonly metadata: Metadata;
    })
  | (EventBase & { readonly kind: 'other'; readonly objectId: string | null });

const METADATA = z.record(z.string(), LABEL).nullish();
const CENTS = z.int();

const ENVELOPE = z.looseObject({
  id: z.string().min(1).max(255),
  object: z.literal('event'),
  type: z.string().min(1).max(255).transform(visibleLine),
  created: z.number(),
  livemode: z.boolean().catch(false),
  account: z.string().max(255).nullish(),
  data: z.looseObject({ object: z.looseObject({}) }),
});

const SESSION = z.looseObject({
  id: z.string().min(1),
  payment_intent: REFERENCE,
  customer: REFERENCE,
  amount_total: CENTS.nullish(),
  currency: z.string().nullish(),
  payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']),
  metadata: METADATA,
});

const PAYMENT = z.looseObject({
  id: z.string().min(1),
  customer: REFERENCE,
  amount: CENTS,
  amount_received: CENTS.catch(0),
  currency: z.string(),
  metadata: METADATA,
  last_payment_error: z.looseObject({ code: LABEL.nullish(), message: LABEL.nullish() }).nullish(),
});

const CHARGE = z.looseObject({
  id: z.string().min(1),
  payment_intent: REFERENCE,
  amount: CENTS,
  amount_refunded: CENTS,
  refunded: z.boolean(),
  currency: z.string(),
  metadata: METADATA,
});

const SUBSCRIPTION = z.looseObject({ id: z.string().min(1).max(80), status: LABEL, metadata: METADATA });

const REFUND = z.looseObject({
  id: z.string().min(1).max(80),
  payment_intent: REFERENCE,
  amount: CENTS,
  currency: z.string(),
  status: LABEL.nullish(),
  metadata: METADATA,
});

/**
 * Reads a verified event body.
 * Refusals: MALFORMED_JSON, PAYLOAD_TOO_LARGE, VALIDATION_ERROR (not an event, or a known type in a shape we cannot read).
 */
export function parseStripeEvent(rawBody: string): Result<StripeEvent, DomainError> {
  const body = parseJsonBody(rawBody, MAX_STRIPE_EVENT_CHARS);
  if (!body.ok) return body;
  const envelope = ENVELOPE.safeParse(body.value);
  if (!envelope.success) return err(refusal(envelope.error));
  const { id, type, created, livemode, account, data } = envelope.data;
  const base: EventBase = {
    eventId: id,
    type,
    createdAt: asInstant(created * 1000),
    livemode,
    account: account ?? null,
  };
  switch (type) {
    case 'checkout.session.completed':
      return read(SESSION, data.object, (session) => ({
        ...sessionFacts(base, session),
        kind: 'checkout_completed',
        paymentStatus: session.payment_status,
      }));
    case 'checkout.session.async_payment_succeeded':
      return read(SESSION, data.object, (session) => ({
        ...sessionFacts(base, session),
        kind: 'checkout_async_succeeded',
      }));
    case 'checkout.session.async_payment_failed':
      return read(SESSION, data.object, (session) => ({
        ...sessionFacts(base, session),
        kind: 'checkout_async_failed',
      }));
    case 'checkout.session.expired':
      return read(SESSION, data.object, (session) => ({ ...sessionFacts(base, session), kind: 'checkout_expired' }));
    case 'payment_intent.succeeded':
      return read(PAYMENT, data.object, (payment) => ({ ...paymentFacts(base, payment), kind: 'payment_succeeded' }));
    case 'payment_intent.processing':
      return read(PAYMENT, data.object, (payment) => ({ ...paymentFacts(base, payment), kind: 'payment_processing' }));
    case 'payment_intent.payment_failed':
      return read(PAYMENT, data.object, (payment) => ({
        ...paymentFacts(base, payment),
        kind: 'payment_failed',
        failureCode: payment.last_payment_error?.code ?? null,
        failureMessage: payment.last_payment_error?.message ?? null,
      }));
    case 'charge.refunded':
      return read(CHARGE, data.object, (charge) => ({
        ...base,
        kind: 'refunded',
        chargeId: charge.id,
        paymentIntentId: idOf(charge.payment_intent),
        amountCents: centsOf(charge.amount, charge.currency),
        amountRefundedCents: centsOf(charge.amount_refunded, charge.currency),
        full: charge.refunded,
        currency: charge.currency.toUpperCase(),
        metadata: charge.metadata ?? {},
      }));
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
    case 'charge.refund.updated':
      return read(REFUND, data.object, (refund) => ({
        ...base,
        kind: 'refund',
        refundId: refund.id,
        paymentIntentId: idOf(refund.payment_intent),
        amountCents: centsOf(refund.amount, refund.currency),
        currency: refund.currency.toUpperCase(),
        status: refund.status ?? 'pending',
        metadata: refund.metadata ?? {},
      }));
    case 'customer.subscription.created':
    case 'customer.subscription.updated':
    case 'customer.subscription.deleted':
      return read(SUBSCRIPTION, data.object, ({ id: subscriptionId, status, metadata }) => ({
        ...base,
        kind: 'subscription',
        subscriptionId,
        // A deleted one is over, whatever its object says.
        status: type.endsWith('.deleted') ? 'canceled' : status,
        metadata: metadata ?? {},
      }));
    default: {
      const phase = /^charge\.dispute\.(created|updated|closed|funds_withdrawn|funds_reinstated)$/.exec(type)?.[1];
      if (phase === undefined) {
        const objectId = data.object['id'];
        return ok({ ...base, kind: 'other', objectId: typeof objectId === 'string' ? objectId : null });
      }
      return read(DISPUTE, data.object, (dispute) => ({
        ...base,
        ...disputeOf(dispute),
        kind: 'dispute',
        phase: phase as 'created' | 'updated' | 'closed' | 'funds_withdrawn' | 'funds_reinstated',
      }));
    }
  }
}

function read<S extends z.ZodType>(
  schema: S,
  object: unknown,
  make: (value: z.infer<S>) => StripeEvent,
): Result<StripeEvent, DomainError> {
  const parsed = schema.safeParse(object);
  return parsed.success ? ok(make(parsed.data)) : err(refusal(parsed.error));
}

const sessionFacts = (base: EventBase, session: z.infer<typeof SESSION>): SessionFacts => ({
  ...base,
  sessionId: session.id,
  paymentIntentId: idOf(session.payment_intent),
  customerId: idOf(session.customer),
  amountTotalCents: session.amount_total == null ? null : centsOf(session.amount_total, session.currency ?? ''),
  currency: session.currency?.toUpperCase() ?? null,
  metadata: session.metadata ?? {},
});

const paymentFacts = (base: EventBase, payment: z.infer<typeof PAYMENT>): PaymentFacts => ({
  ...base,
  paymentIntentId: payment.id,
  customerId: idOf(payment.customer),
  amountCents: centsOf(payment.amount, payment.currency),
  amountReceivedCents: centsOf(payment.amount_received, payment.currency),
  currency: payment.currency.toUpperCase(),
  metadata: payment.metadata ?? {},
});

/** Stripe's amount in our units: it counts some currencies otherwise. @param currency in either case */
const centsOf = (amount: number, currency: string): Cents | null => fromStripeAmount(amount, currency.toUpperCase());

function refusal(error: z.ZodError): DomainError {
  const errors: Record<string, string[]> = {};
  for (const issue of error.issues) {
    const field = issue.path.join('.') || 'body';
    errors[field] = [...(errors[field] ?? []), issue.message];
  }
  return { code: 'VALIDATION_ERROR', errors };
}
