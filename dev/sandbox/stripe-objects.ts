/** Stripe objects in the shape of API 2026-10-28.endive, cut from the wire fixtures. Called by stripe.ts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomText } from './settings.ts';

export const STRIPE_API_VERSION = '2026-10-28.endive';

export type StripeObject = { id: string; object: string; [field: string]: unknown };

const fixture = (name: string): Record<string, unknown> =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../../tests/fixtures/wire/stripe', `${name}.json`), 'utf8'),
  ) as Record<string, unknown>;
const objectOf = (name: string): StripeObject => (fixture(name)['data'] as { object: StripeObject }).object;

const SESSION = objectOf('checkout.session.completed');
const INTENT = objectOf('payment_intent.succeeded');
const CHARGE = objectOf('charge.refunded');
const DISPUTE = objectOf('charge.dispute.created');
const CARD = objectOf('payment_method.attached');
const SEPA = (objectOf('payment_intent.payment_failed.sepa')['last_payment_error'] as { payment_method: StripeObject })
  .payment_method;
const SETUP = objectOf('setup_intent.succeeded');

export const stripeId = (prefix: string): string =>
  `${prefix}_${prefix === 'cs_test' ? `a1${randomText(56)}` : `1S${randomText(22)}`}`;

const make = (template: StripeObject, fields: Record<string, unknown>): StripeObject =>
  ({ ...structuredClone(template), ...fields }) as StripeObject;

export function newSession(fields: {
  mode: string;
  amount: number | null;
  currency: string | null;
  customer: string | null;
  customer_email: string | null;
  client_reference_id: string | null;
  metadata: Record<string, string>;
  methods: string[];
  locale: string | null;
  success_url: string;
  cancel_url: string | null;
  created: number;
  expires_at: number;
  origin: string;
}): StripeObject {
  const id = stripeId('cs_test');
  return make(SESSION, {
    id,
    mode: fields.mode,
    amount_subtotal: fields.amount,
    amount_total: fields.amount,
    currency: fields.currency,
    customer: fields.customer,
    customer_email: fields.customer_email,
    customer_details: null,
    client_reference_id: fields.client_reference_id,
    metadata: fields.metadata,
    allowed_payment_method_types: fields.methods,
    payment_method_types: fields.methods,
    locale: fields.locale,
    success_url: fields.success_url,
    cancel_url: fields.cancel_url,
    created: fields.created,
    expires_at: fields.expires_at,
    // Created when the payer submits, as at Stripe.
    payment_intent: null,
    setup_intent: null,
    payment_status: fields.mode === 'setup' ? 'no_payment_required' : 'unpaid',
    status: 'open',
    url: `${fields.origin}/stripe/checkout/${id}`,
  });
}

export function newIntent(fields: {
  amount: number;
  currency: string;
  customer: string | null;
  metadata: Record<string, string>;
  description: string | null;
  payment_method: string | null;
  methods: string[];
  setup_future_usage: string | null;
  created: number;
}): StripeObject {
  const id = stripeId('pi');
  return make(INTENT, {
    ...fields,
    id,
    methods: undefined,
    payment_method_types: fields.methods,
    payment_method_options: Object.fromEntries(fields.methods.map((method) => [method, {}])),
    client_secret: `${id}_secret_${randomText(24)}`,
    status: 'requires_confirmation',
    amount_received: 0,
    latest_charge: null,
    last_payment_error: null,
  });
}

export function newCharge(intent: StripeObject, method: StripeObject, created: number): StripeObject {
  const type = String(method['type']);
  return make(CHARGE, {
    id: stripeId('ch'),
    amount: intent['amount'],
    amount_captured: 0,
    amount_refunded: 0,
    refunded: false,
    captured: true,
    paid: false,
    status: 'pending',
    created,
    currency: intent['currency'],
    customer: intent['customer'],
    description: intent['description'],
    metadata: intent['metadata'],
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details:
      type === 'card'
        ? CHARGE['payment_method_details']
        : { type, [type]: { ...(method[type] as object), mandate: stripeId('mandate') } },
    billing_details: method['billing_details'],
  });
}

export function newPaymentMethod(
  type: 'card' | 'sepa_debit',
  customer: string | null,
  created: number,
  id = stripeId('pm'),
): StripeObject {
  return make(type === 'card' ? CARD : SEPA, { id, object: 'payment_method', customer, created, metadata: {} });
}

export function newCustomer(fields: {
  email: string | null;
  name: string | null;
  metadata: Record<string, string>;
  created: number;
}): StripeObject {
  return {
    id: stripeId('cus'),
    object: 'customer',
    address: null,
    balance: 0,
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
    ...fields,
  };
}

export function newRefund(fields: {
  amount: number;
  currency: unknown;
  charge: string;
  payment_intent: unknown;
  reason: string | null;
  metadata: Record<string, string>;
  created: number;
  status: string;
}): StripeObject {
  return {
    id: stripeId('re'),
    object: 'refund',
    balance_transaction: stripeId('txn'),
    destination_details: { card: { type: 'refund' }, type: 'card' },
    receipt_number: null,
    source_transfer_reversal: null,
    transfer_reversal: null,
    ...fields,
  };
}

/** Stripe's fee of a dispute, minor units. */
const DISPUTE_FEE = 1_500;

/** A movement of money that a dispute causes. @param amount negative: taken from us */
export const newDisputeMovement = (dispute: StripeObject, amount: number, created: number): StripeObject => {
  const fee = amount < 0 ? DISPUTE_FEE : 0;
  return {
    id: stripeId('txn'),
    object: 'balance_transaction',
    amount,
    fee,
    net: amount - fee,
    currency: dispute['currency'],
    created,
    available_on: created,
    exchange_rate: null,
    source: dispute.id,
    status: 'available',
    type: 'adjustment',
    reporting_category: amount < 0 ? 'dispute' : 'dispute_reversal',
  };
};

export const newDispute = (
  charge: StripeObject,
  { reason, status, amount }: { reason: string; status: string; amount: number },
  created: number,
): StripeObject =>
  make(DISPUTE, {
    id: stripeId('du'),
    amount,
    status,
    balance_transactions: [],
    currency: charge['currency'],
    charge: charge.id,
    payment_intent: charge['payment_intent'],
    reason,
    created,
  });

export const newSetupIntent = (fields: {
  customer: string | null;
  payment_method: string;
  metadata: Record<string, string>;
  created: number;
}): StripeObject => {
  const id = stripeId('seti');
  return make(SETUP, { ...fields, id, client_secret: `${id}_secret_${randomText(24)}` });
};

/** The error object of a declined charge, as in `last_payment_error` and in the 402 body. */
export function declineError(code: string, method: StripeObject, charge: string): Record<string, unknown> {
  const authentication = code === 'authentication_required';
  return {
    charge,
    code: authentication ? code : 'card_declined',
    decline_code: authentication ? code : code === 'card_declined' ? 'generic_decline' : code,
    doc_url: `https://stripe.com/docs/error-codes/${(authentication ? code : 'card_declined').replaceAll('_', '-')}`,
    message: authentication
      ? 'Your card was declined. This transaction requires authentication.'
      : 'Your card was declined.',
    payment_method: method,
    type: 'card_error',
  };
}
