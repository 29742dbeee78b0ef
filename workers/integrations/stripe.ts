/**
 * Stripe's API as we use it: Checkout sessions, payment intents, refunds, disputes. Called by payments/ action files and jobs.
 * The SDK (its types, its form encoding, its pinned API version) is loaded on first use, so that the Worker's entry stays small.
 * Webhooks: `verifyStripe` in signatures.ts, `parseStripeEvent` in stripe-events.ts.
 */
import type { Stripe } from 'stripe';
import { lazy } from '../../shared/lazy.ts';
import { type Cents, fromStripeAmount, toStripeAmount } from '../../shared/money.ts';
import { assert, err, ok } from '../../shared/result.ts';
import { DISPUTE, disputeOf, type StripeDispute } from './stripe-dispute.ts';
import {
  DEFAULT_VENDOR_TIMEOUT_MS,
  faultHeard,
  faultOfStatus,
  shorten,
  trimSlash,
  type VendorFault,
  type VendorOptions,
  type VendorResult,
} from './vendor-call.ts';

export interface StripeConfig extends VendorOptions {
  readonly secretKey: string;
}

/** Longest idempotency key Stripe takes. */
const MAX_IDEMPOTENCY_KEY_CHARS = 255;

export type CheckoutMethod = 'card' | 'sepa_debit';

interface CheckoutLine {
  /** Shown on Stripe's page, in the payer's language. */
  readonly name: string;
  /** Gross amount of one unit in minor units. */
  readonly unitAmountCents: Cents;
  readonly quantity: number;
}

interface CheckoutInput {
  /** Ours, per attempt: same key = same session, also after a time-out. */
  readonly idempotencyKey: string;
  readonly lines: readonly CheckoutLine[];
  /** ISO 4217, either case. */
  readonly currency: string;
  readonly methods: readonly CheckoutMethod[];
  /** May contain `{CHECKOUT_SESSION_ID}`. */
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly locale?: 'de' | 'en' | 'fr' | 'it' | 'tr' | 'auto';
  /** Copied onto the payment intent as well, so that payment and charge events carry it. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly clientReferenceId?: string;
  readonly customerId?: string;
  readonly customerEmail?: string;
  /** Keep the method for off-session charges (auto top-up). Creates a Stripe customer when none is given. */
  readonly saveForLater?: boolean;
  /** epoch milliseconds; Stripe allows 30 minutes to 24 hours ahead. */
  readonly expiresAt?: number;
}

interface CheckoutSession {
  readonly id: string;
  /** Where the payer goes; null once completed or expired. */
  readonly url: string | null;
  readonly status: 'open' | 'complete' | 'expired';
  readonly paymentStatus: 'paid' | 'unpaid' | 'no_payment_required';
  readonly paymentIntentId: string | null;
  readonly customerId: string | null;
  readonly amountTotalCents: Cents | null;
  /** ISO 4217, upper case. */
  readonly currency: string | null;
  readonly metadata: Readonly<Record<string, string>>;
}

interface StripePayment {
  readonly id: string;
  /** succeeded | processing | requires_payment_method | requires_action | requires_confirmation | canceled … */
  readonly status: string;
  readonly amountCents: Cents;
  readonly amountReceivedCents: Cents;
  readonly currency: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly latestChargeId: string | null;
  /** `authentication_required`, `card_declined` …; null while nothing failed. */
  readonly failureCode: string | null;
  /** For recovering on-session after `authentication_required`. */
  readonly clientSecret: string | null;
}

interface StripeRefund {
  readonly id: string;
  readonly status: string;
  readonly amountCents: Cents;
  readonly paymentIntentId: string | null;
}

/**
 * Opens a hosted Checkout page for one payment.
 * @returns the session with its `url`; faults: `ambiguous` may be retried with the same idempotency key.
 */
export function createCheckoutSession(
  config: StripeConfig,
  input: CheckoutInput,
): Promise<VendorResult<CheckoutSession>> {
  const params: Stripe.Checkout.SessionCreateParams = {
    mode: 'payment',
    line_items: input.lines.map((line) => ({
      quantity: line.quantity,
      price_data: {
        currency: input.currency.toLowerCase(),
        unit_amount: toStripeAmount(line.unitAmountCents, input.currency.toUpperCase()),
        product_data: { name: line.name },
      },
    })),
    // Since endive a filter on what the account offers; `payment_method_types` is refused there.
    allowed_payment_method_types: [...input.methods],
    success_url: input.successUrl,
    cancel_url: input.cancelUrl,
    metadata: { ...input.metadata },
    payment_intent_data: {
      metadata: { ...input.metadata },
      ...(input.saveForLater ? { setup_future_usage: 'off_session' as const } : {}),
    },
    ...(input.locale === undefined ? {} : { locale: input.locale }),
    ...(input.clientReferenceId === undefined ? {} : { client_reference_id: input.clientReferenceId }),
    ...(input.customerId === undefined ? {} : { customer: input.customerId }),
    ...(input.customerId === undefined && input.customerEmail !== undefined
      ? { customer_email: input.customerEmail }
      : {}),
    ...(input.customerId === undefined && input.saveForLater ? { customer_creation: 'always' as const } : {}),
    ...(input.expiresAt === undefined ? {} : { expires_at: Math.floor(input.expiresAt / 1000) }),
  };
  return call(config, true, async (stripe) =>
    sessionOf(await stripe.checkout.sessions.create(params, { idempotencyKey: keyOf(input.idempotencyKey) })),
  );
}

/** The session as it is now: fulfilment reads this, never the redirect. */
export const retrieveCheckoutSession = (
  config: StripeConfig,
  sessionId: string,
): Promise<VendorResult<CheckoutSession>> =>
  call(config, false, async (stripe) => sessionOf(await stripe.checkout.sessions.retrieve(sessionId)));

export const retrievePayment = (config: StripeConfig, paymentIntentId: string): Promise<VendorResult<StripePayment>> =>
  call(config, false, async (stripe) => paymentOf(await stripe.paymentIntents.retrieve(paymentIntentId)));

/**
 * Charges a saved method without the payer present (auto top-up). A decline is an answer, not a fault:
 * status `requires_payment_method` with `failureCode`. After a decline use a new idempotency key.
 */
export async function chargeOffSession(
  config: StripeConfig,
  input: {
    readonly idempotencyKey: string;
    readonly amountCents: Cents;
    readonly currency: string;
    readonly customerId: string;
    readonly paymentMethodId: string;
    readonly metadata: Readonly<Record<string, string>>;
  },
): Promise<VendorResult<StripePayment>> {
  return call(config, true, async (stripe) => {
    try {
      return paymentOf(
        await stripe.paymentIntents.create(
          {
            amount: toStripeAmount(input.amountCents, input.currency.toUpperCase()),
            currency: input.currency.toLowerCase(),
            customer: input.customerId,
            payment_method: input.paymentMethodId,
            off_session: true,
            confirm: true,
            metadata: { ...input.metadata },
          },
          { idempotencyKey: keyOf(input.idempotencyKey) },
        ),
      );
    } catch (error) {
      const declined = declinedPayment(error);
      if (declined) return declined;
      throw error;
    }
  });
}

/** Pays back all or part of a payment; `refund.created` and `charge.refunded` follow, and `refund.failed` up to 30 days later. */
export const createRefund = (
  config: StripeConfig,
  input: {
    readonly idempotencyKey: string;
    readonly paymentIntentId: string;
    /** default: all that is left; ISO 4217, upper case */
    readonly amount?: { cents: Cents; currency: string };
    readonly metadata?: Readonly<Record<string, string>>;
  },
): Promise<VendorResult<StripeRefund>> =>
  call(config, true, async (stripe) => {
    const refund = await stripe.refunds.create(
      {
        payment_intent: input.paymentIntentId,
        ...(input.amount === undefined ? {} : { amount: toStripeAmount(input.amount.cents, input.amount.currency) }),
        ...(input.metadata === undefined ? {} : { metadata: { ...input.metadata } }),
      },
      { idempotencyKey: keyOf(input.idempotencyKey) },
    );
    return {
      id: refund.id,
      status: refund.status ?? 'pending',
      amountCents: centsOf(refund.amount, refund.currency),
      paymentIntentId: idOf(refund.payment_intent),
    };
  });

/** The dispute as it stands, with everything it has moved: its events come in any order and may be old. Null: not readable. */
export const retrieveDispute = (config: StripeConfig, disputeId: string): Promise<VendorResult<StripeDispute | null>> =>
  call(config, false, async (stripe) => {
    const parsed = DISPUTE.safeParse(await stripe.disputes.retrieve(disputeId));
    return parsed.success ? disputeOf(parsed.data) : null;
  });

// ---------------------------------------------------------------- inside

const stripeSdk = lazy(() => import('stripe'));

async function call<T>(
  config: StripeConfig,
  acts: boolean,
  action: (stripe: Stripe) => Promise<T>,
): Promise<VendorResult<T>> {
  const result = await exchange(config, acts, action);
  await config.heard?.(faultHeard(result));
  return result;
}

async function exchange<T>(
  config: StripeConfig,
  acts: boolean,
  action: (stripe: Stripe) => Promise<T>,
): Promise<VendorResult<T>> {
  const { default: StripeSdk } = await stripeSdk();
  const base = trimSlash(config.baseUrl);
  const send = config.fetch ?? ((url: string, init: RequestInit) => globalThis.fetch(url, init));
  const stripe = new StripeSdk(config.secretKey, {
    // Own retries belong to the queue, with our key; the SDK's would multiply its time-out.
    maxNetworkRetries: 0,
    telemetry: false,
    timeout: config.timeoutMs ?? DEFAULT_VENDOR_TIMEOUT_MS,
    // The SDK knows host and port only; the sandbox lives under a path, so the client moves each URL onto our base.
    httpClient: StripeSdk.createFetchHttpClient(((url: string, init: RequestInit) => {
      const target = new URL(url);
      return send(base + target.pathname + target.search, init);
    }) as typeof globalThis.fetch),
  });
  try {
    return ok(await action(stripe));
  } catch (error) {
    const fault = faultOf(error, acts);
    if (fault) return err(fault);
    throw error;
  }
}

/** The SDK's error as our fault; null when it is not Stripe's but a defect of ours. Read by `type`: classes differ per SDK build. */
function faultOf(error: unknown, acts: boolean): VendorFault | null {
  const fields = errorFields(error);
  if (fields === null) return null;
  const body = shorten(`${fields.code ? `${fields.code}: ` : ''}${fields.message}`);
  if (fields.type === 'StripeConnectionError') {
    const timeout = /timeout/i.test(fields.message);
    return { kind: timeout ? 'timeout' : 'network', retryable: true, ambiguous: acts, body };
  }
  if (fields.status === undefined || fields.status < 400) {
    return { kind: 'invalid_response', retryable: true, ambiguous: acts, body };
  }
  const headers = new Headers();
  if (fields.retryAfter) headers.set('retry-after', fields.retryAfter);
  const fault = faultOfStatus(fields.status, headers, body, acts);
  // "Other parameters under the same key" comes as 400 or 409 and never heals by waiting.
  return fields.type === 'StripeIdempotencyError' ? { ...fault, retryable: false } : fault;
}

interface StripeErrorFields {
  type: string;
  message: string;
  code: string | undefined;
  status: number | undefined;
  retryAfter: string | undefined;
}

function errorFields(error: unknown): StripeErrorFields | null {
  if (!(error instanceof Error)) return null;
  const raw = error as Error & {
    type?: unknown;
    code?: unknown;
    statusCode?: unknown;
    headers?: Record<string, string>;
  };
  if (typeof raw.type !== 'string' || !raw.type.startsWith('Stripe')) return null;
  return {
    type: raw.type,
    message: raw.message,
    code: typeof raw.code === 'string' ? raw.code : undefined,
    status: typeof raw.statusCode === 'number' ? raw.statusCode : undefined,
    retryAfter: raw.headers?.['retry-after'],
  };
}

function declinedPayment(error: unknown): StripePayment | null {
  const fields = errorFields(error);
  if (fields?.type !== 'StripeCardError') return null;
  const intent = (error as { payment_intent?: Stripe.PaymentIntent }).payment_intent;
  if (!intent) return null;
  return { ...paymentOf(intent), failureCode: fields.code ?? 'card_declined' };
}

function sessionOf(session: Stripe.Checkout.Session): CheckoutSession {
  return {
    id: session.id,
    url: session.url,
    status: oneOf(session.status, ['open', 'complete', 'expired'] as const, 'open'),
    // A status we do not know is not money.
    paymentStatus: oneOf(session.payment_status, ['paid', 'unpaid', 'no_payment_required'] as const, 'unpaid'),
    paymentIntentId: idOf(session.payment_intent),
    customerId: idOf(session.customer),
    amountTotalCents:
      typeof session.amount_total === 'number'
        ? fromStripeAmount(session.amount_total, session.currency?.toUpperCase() ?? '')
        : null,
    currency: session.currency?.toUpperCase() ?? null,
    metadata: session.metadata ?? {},
  };
}

function paymentOf(intent: Stripe.PaymentIntent): StripePayment {
  return {
    id: intent.id,
    status: intent.status,
    amountCents: centsOf(intent.amount, intent.currency),
    amountReceivedCents: centsOf(intent.amount_received, intent.currency),
    currency: intent.currency.toUpperCase(),
    metadata: intent.metadata,
    latestChargeId: idOf(intent.latest_charge),
    failureCode: intent.last_payment_error?.code ?? null,
    clientSecret: intent.client_secret,
  };
}

/** The SDK's unions are open; a value we do not know becomes the harmless one. */
const oneOf = <T extends string>(value: string | null, known: readonly T[], fallback: T): T =>
  known.find((one) => one === value) ?? fallback;

/** Stripe answers an id, or the object where it was expanded. */
const idOf = (reference: string | { id: string } | null | undefined): string | null =>
  reference == null ? null : typeof reference === 'string' ? reference : reference.id;

/** What we asked Stripe for, in our units: it charges no part of one. @param currency in either case */
function centsOf(amount: number, currency: string): Cents {
  const cents = fromStripeAmount(amount, currency.toUpperCase());
  assert(cents !== null, `Stripe charged a part of a minor unit of ${currency}`);
  return cents;
}

function keyOf(key: string): string {
  if (key === '' || key.length > MAX_IDEMPOTENCY_KEY_CHARS)
    throw new Error('assertion failed: Stripe idempotency key must have 1..255 characters');
  return key;
}
