/**
 * Stand-in for Stripe: Checkout sessions, payment intents, customers, refunds, payment methods; events signed and sent to
 * `/webhooks/stripe`. Called by sandbox.ts. Money outcomes come from the hosted page, from test payment methods, or from the control calls
 * `POST /_sandbox/stripe/{pay|settle|expire|refund|refund_state|dispute|dispute_state|resend}`.
 */
import { signStripe } from '../../workers/integrations/signatures.ts';
import {
  type Answer,
  type Exchange,
  type FormObject,
  formList,
  formObject,
  formText,
  formTexts,
  html,
  json,
  looseBody,
  nestedForm,
  redirect,
} from './exchange.ts';
import { randomText, type SandboxParts, type Service, Shelf } from './settings.ts';
import { checkoutPage, type CheckoutView } from './stripe-checkout-page.ts';
import {
  declineError,
  newCharge,
  newCustomer,
  newDispute,
  newDisputeMovement,
  newIntent,
  newPaymentMethod,
  newRefund,
  newSession,
  newSetupIntent,
  STRIPE_API_VERSION,
  type StripeObject,
  stripeId,
} from './stripe-objects.ts';

/** Smallest charge in minor units (Stripe: 0.50 in EUR, USD, CHF). */
const MIN_CHARGE = 50;
const MAX_CHARGE = 99_999_999;
const DAY_SECONDS = 86_400;
const MIN_EXPIRY_SECONDS = 1_800;
const MAX_METADATA_KEYS = 50;
const MAX_LINES = 100;
const MAX_IDEMPOTENCY_KEY = 255;
/** Checkout waits this long for the webhook's answer before it sends the payer back. */
const REDIRECT_WAIT_MS = 10_000;

/** Test methods that fail when charged without the payer; everything else succeeds. */
const DECLINES: Readonly<Record<string, string>> = {
  pm_card_authenticationRequired: 'authentication_required',
  pm_card_chargeDeclined: 'card_declined',
  pm_card_visa_chargeDeclined: 'card_declined',
  pm_card_chargeDeclinedInsufficientFunds: 'insufficient_funds',
  pm_card_visa_chargeDeclinedInsufficientFunds: 'insufficient_funds',
  pm_card_chargeDeclinedExpiredCard: 'expired_card',
};

class StripeError extends Error {
  readonly status: number;
  readonly error: Record<string, unknown>;
  constructor(status: number, error: Record<string, unknown>) {
    super(String(error['message'] ?? status));
    this.status = status;
    this.error = error;
  }
}
const invalid = (message: string, param?: string, code?: string): StripeError =>
  new StripeError(400, {
    ...(code ? { code, doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` } : {}),
    message,
    ...(param ? { param } : {}),
    type: 'invalid_request_error',
  });
const missing = (kind: string, id: string, param = 'id'): StripeError =>
  new StripeError(404, {
    code: 'resource_missing',
    doc_url: 'https://stripe.com/docs/error-codes/resource-missing',
    message: `No such ${kind}: '${id}'`,
    param,
    type: 'invalid_request_error',
  });

interface Saved {
  fingerprint: string;
  answer: Answer;
}

export interface StripeOptions {
  /** A SEPA debit settles automatically after this long; otherwise only by `POST /_sandbox/stripe/settle`. */
  readonly sepaSettleAfterMs?: number;
}

export function stripeService(parts: SandboxParts, options: StripeOptions = {}): Service & { view: () => StripeView } {
  const { webhooks } = parts.vendors.stripe;
  const sessions = new Shelf<StripeObject>();
  const lines = new Shelf<StripeObject[]>();
  const intents = new Shelf<StripeObject>();
  const charges = new Shelf<StripeObject>();
  const customers = new Shelf<StripeObject>();
  const methods = new Shelf<StripeObject>();
  const refunds = new Shelf<StripeObject>();
  const disputes = new Shelf<StripeObject>();
  const setups = new Shelf<StripeObject>();
  const events = new Shelf<StripeObject>();
  const saved = new Shelf<Saved>();
  const intentDefaults = new Shelf<{
    metadata: Record<string, string>;
    setup_future_usage: string | null;
    description: string | null;
  }>();
  const shelves: [string, string, Shelf<StripeObject>][] = [
    ['cs_', 'checkout.session', sessions],
    ['pi_', 'payment_intent', intents],
    ['ch_', 'charge', charges],
    ['cus_', 'customer', customers],
    ['pm_', 'payment_method', methods],
    ['re_', 'refund', refunds],
    ['du_', 'dispute', disputes],
    ['seti_', 'setup_intent', setups],
    ['evt_', 'event', events],
  ];
  const seconds = (): number => Math.floor(parts.now() / 1000);

  // ------------------------------------------------------------ events

  /** Emits an event about a snapshot of the object. Resolves with the first attempt of its delivery. */
  function emit(type: string, object: StripeObject, cause: string, key: string | null = null): Promise<unknown> {
    const event: StripeObject = {
      id: stripeId('evt'),
      object: 'event',
      api_version: STRIPE_API_VERSION,
      created: seconds(),
      data: { object: structuredClone(object) },
      livemode: false,
      pending_webhooks: 1,
      request: { id: key === null ? null : stripeId('req'), idempotency_key: key },
      type,
    };
    events.put(event.id, event);
    return deliver(event, cause);
  }

  function deliver(event: StripeObject, cause: string): Promise<unknown> {
    const body = JSON.stringify(event, null, 2);
    return webhooks.send({
      event: String(event['type']),
      url: `${parts.askproBaseUrl}/webhooks/stripe`,
      body,
      cause,
      headers: async () => ({
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        'stripe-signature': await signStripe(body, parts.secrets.stripeWebhookSecret, parts.now()),
      }),
    });
  }

  // ------------------------------------------------------------ money

  function settleIntent(intent: StripeObject, charge: StripeObject): void {
    Object.assign(charge, {
      paid: true,
      status: 'succeeded',
      amount_captured: charge['amount'],
      balance_transaction: stripeId('txn'),
    });
    Object.assign(intent, {
      status: 'succeeded',
      amount_received: intent['amount'],
      latest_charge: charge.id,
      last_payment_error: null,
    });
  }

  function failIntent(intent: StripeObject, charge: StripeObject, method: StripeObject, code: string): void {
    Object.assign(charge, {
      status: 'failed',
      paid: false,
      captured: false,
      failure_code: code,
      failure_message: 'The payment failed.',
    });
    Object.assign(intent, {
      status: 'requires_payment_method',
      payment_method: null,
      latest_charge: charge.id,
      last_payment_error:
        method['type'] === 'card'
          ? declineError(code, method, charge.id)
          : {
              code: 'payment_intent_payment_attempt_failed',
              message: 'The payment failed.',
              payment_method: method,
              type: 'card_error',
            },
    });
  }

  function charged(intent: StripeObject, method: StripeObject): StripeObject {
    const charge = newCharge(intent, method, seconds());
    charges.put(charge.id, charge);
    intent['payment_method'] = method.id;
    intent['latest_charge'] = charge.id;
    return charge;
  }

  type PayOutcome = 'paid' | 'processing' | 'declined';

  /** The payer submits the hosted page. Waits for the webhook as Checkout does. */
  async function pay(session: StripeObject, way: string, cause: string): Promise<PayOutcome> {
    if (session['status'] !== 'open') throw invalid('This Checkout Session is no longer open.', 'session');
    const type = way === 'sepa_debit' ? 'sepa_debit' : 'card';
    const now = seconds();
    const defaults = intentDefaults.get(session.id);
    if (session['customer'] === null && session['customer_creation'] === 'always') {
      const customer = newCustomer({
        email: (session['customer_email'] as string | null) ?? 'payer@example.test',
        name: 'Sandbox Payer',
        metadata: {},
        created: now,
      });
      customers.put(customer.id, customer);
      session['customer'] = customer.id;
    }
    const customer = session['customer'] as string | null;
    const method = newPaymentMethod(type, customer, now);
    methods.put(method.id, method);
    const details = {
      address: { city: null, country: 'DE', line1: null, line2: null, postal_code: null, state: null },
      business_name: null,
      email: session['customer_email'] ?? 'payer@example.test',
      individual_name: null,
      name: 'Sandbox Payer',
      phone: null,
      tax_exempt: 'none',
      tax_ids: [],
    };
    if (session['mode'] === 'setup') {
      const setup = newSetupIntent({
        customer,
        payment_method: method.id,
        metadata: defaults?.metadata ?? {},
        created: now,
      });
      setups.put(setup.id, setup);
      Object.assign(session, { status: 'complete', setup_intent: setup.id, url: null, customer_details: details });
      const first = emit('checkout.session.completed', session, cause);
      void emit('setup_intent.succeeded', setup, cause);
      void emit('payment_method.attached', method, cause);
      await atMost(first, REDIRECT_WAIT_MS);
      return 'paid';
    }
    const known = typeof session['payment_intent'] === 'string' ? intents.get(session['payment_intent']) : undefined;
    const intent =
      known ??
      newIntent({
        amount: session['amount_total'] as number,
        currency: session['currency'] as string,
        customer,
        metadata: defaults?.metadata ?? {},
        description: defaults?.description ?? null,
        payment_method: null,
        methods: [type],
        setup_future_usage: defaults?.setup_future_usage ?? null,
        created: now,
      });
    intents.put(intent.id, intent);
    session['payment_intent'] = intent.id;
    const charge = charged(intent, method);
    if (way === 'card_declined') {
      failIntent(intent, charge, method, 'card_declined');
      void emit('charge.failed', charge, cause);
      await atMost(emit('payment_intent.payment_failed', intent, cause), REDIRECT_WAIT_MS);
      return 'declined';
    }
    Object.assign(session, { status: 'complete', url: null, customer_details: details });
    if (type === 'card') {
      settleIntent(intent, charge);
      session['payment_status'] = 'paid';
      const first = emit('checkout.session.completed', session, cause);
      void emit('payment_intent.succeeded', intent, cause);
      void emit('charge.succeeded', charge, cause);
      await atMost(first, REDIRECT_WAIT_MS);
      return 'paid';
    }
    intent['status'] = 'processing';
    const first = emit('checkout.session.completed', session, cause);
    void emit('payment_intent.processing', intent, cause);
    void emit('charge.pending', charge, cause);
    if (options.sepaSettleAfterMs !== undefined) {
      setTimeout(() => {
        if (intent['status'] === 'processing') settle(session, 'succeeded', cause);
      }, options.sepaSettleAfterMs).unref();
    }
    await atMost(first, REDIRECT_WAIT_MS);
    return 'processing';
  }

  /** The bank's answer to a SEPA debit, days later in reality. */
  function settle(session: StripeObject, outcome: 'succeeded' | 'failed', cause: string): void {
    const intent = intents.get(String(session['payment_intent']));
    const charge = intent ? charges.get(String(intent['latest_charge'])) : undefined;
    if (!intent || !charge || intent['status'] !== 'processing')
      throw invalid('This session has no payment in processing.', 'session');
    if (outcome === 'succeeded') {
      settleIntent(intent, charge);
      session['payment_status'] = 'paid';
      void emit('checkout.session.async_payment_succeeded', session, cause);
      void emit('payment_intent.succeeded', intent, cause);
      void emit('charge.succeeded', charge, cause);
      return;
    }
    const method = methods.get(String(intent['payment_method']));
    if (!method) throw missing('payment_method', String(intent['payment_method']));
    failIntent(intent, charge, method, 'insufficient_funds');
    void emit('checkout.session.async_payment_failed', session, cause);
    void emit('payment_intent.payment_failed', intent, cause);
    void emit('charge.failed', charge, cause);
  }

  function expire(session: StripeObject, cause: string): void {
    if (session['status'] !== 'open')
      throw invalid(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${String(session['status'])}.`,
      );
    Object.assign(session, { status: 'expired', url: null });
    void emit('checkout.session.expired', session, cause);
  }

  function refund(form: FormObject, cause: string, key: string | null): StripeObject {
    const intentId = formText(form['payment_intent']);
    const chargeId =
      formText(form['charge']) ??
      (intentId === undefined ? undefined : String(intents.get(intentId)?.['latest_charge'] ?? ''));
    if (chargeId === undefined)
      throw invalid('One of the following params should be provided for this request: payment_intent or charge.');
    const charge = charges.get(chargeId);
    if (!charge)
      throw intentId === undefined
        ? missing('charge', chargeId, 'charge')
        : missing('payment_intent', intentId, 'payment_intent');
    if (charge['status'] !== 'succeeded')
      throw invalid('This PaymentIntent does not have a successful charge to refund.', 'payment_intent');
    const left = (charge['amount'] as number) - (charge['amount_refunded'] as number);
    if (left <= 0)
      throw invalid(`Charge ${charge.id} has already been refunded.`, undefined, 'charge_already_refunded');
    const amount = form['amount'] === undefined ? left : integer(form['amount'], 'amount');
    if (amount < 1 || amount > left)
      throw invalid(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, 'amount');
    const made = newRefund({
      amount,
      currency: charge['currency'],
      charge: charge.id,
      payment_intent: charge['payment_intent'],
      reason: formText(form['reason']) ?? null,
      metadata: formTexts(form['metadata']),
      created: seconds(),
      status: formText(form['status']) ?? 'succeeded',
    });
    refunds.put(made.id, made);
    charge['amount_refunded'] = (charge['amount_refunded'] as number) + amount;
    charge['refunded'] = charge['amount_refunded'] === charge['amount'];
    void emit('refund.created', made, cause, key);
    void emit('charge.refunded', charge, cause, key);
    return made;
  }

  /** What becomes of a refund later: one that succeeded can still fail. The sum that the charge says stays as it was. */
  function refundState(made: StripeObject, status: string, cause: string): void {
    made['status'] = status;
    if (status === 'failed')
      Object.assign(made, {
        failure_reason: 'lost_or_stolen_card',
        failure_balance_transaction: stripeId('txn'),
      });
    void emit(status === 'failed' ? 'refund.failed' : 'refund.updated', made, cause);
  }

  /** What a dispute holds now, minor units. */
  const heldBy = (dispute: StripeObject): number =>
    (dispute['balance_transactions'] as StripeObject[]).reduce((sum, one) => sum - (one['amount'] as number), 0);

  /** Moves money so that the dispute holds this much; says so in an event of its own. */
  function holds(dispute: StripeObject, amount: number, cause: string): void {
    const difference = heldBy(dispute) - amount;
    if (difference === 0) return;
    (dispute['balance_transactions'] as StripeObject[]).push(newDisputeMovement(dispute, difference, seconds()));
    void emit(`charge.dispute.funds_${difference < 0 ? 'withdrawn' : 'reinstated'}`, dispute, cause);
  }

  /** Inquiries and prevented disputes take no money, won ones give it back (perhaps a part: `amount`), all others hold the amount in dispute. */
  function disputeState(dispute: StripeObject, status: string, amount: number | undefined, cause: string): void {
    dispute['status'] = status;
    if (status === 'won') holds(dispute, amount === undefined ? 0 : Math.max(0, heldBy(dispute) - amount), cause);
    else if (!status.startsWith('warning_') && status !== 'prevented') {
      if (amount !== undefined) dispute['amount'] = amount;
      holds(dispute, dispute['amount'] as number, cause);
    }
    void emit(
      status === 'won' || status === 'lost' ? 'charge.dispute.closed' : 'charge.dispute.updated',
      dispute,
      cause,
    );
  }

  // ------------------------------------------------------------ API

  function createSession(exchange: Exchange, form: FormObject): StripeObject {
    if (form['payment_method_types'] !== undefined) {
      throw invalid(
        'Received unknown parameter: payment_method_types. Did you mean allowed_payment_method_types?',
        'payment_method_types',
        'parameter_unknown',
      );
    }
    const mode = formText(form['mode']) ?? 'payment';
    if (mode !== 'payment' && mode !== 'setup')
      throw invalid('The sandbox serves the modes payment and setup.', 'mode');
    const successUrl = formText(form['success_url']);
    if (!successUrl) throw invalid('Missing required param: success_url.', 'success_url', 'parameter_missing');
    for (const param of ['success_url', 'cancel_url']) {
      const url = formText(form[param]);
      if (url !== undefined && !/^https?:\/\/[^\s]+$/.test(url)) throw invalid(`Not a valid URL`, param, 'url_invalid');
    }
    let amount: number | null = null;
    let currency: string | null = mode === 'setup' ? (formText(form['currency']) ?? null) : null;
    const items: StripeObject[] = [];
    if (mode === 'payment') {
      const given = formList(form['line_items']);
      if (given.length === 0) throw invalid('Missing required param: line_items.', 'line_items', 'parameter_missing');
      if (given.length > MAX_LINES) throw invalid(`At most ${MAX_LINES} line items are allowed.`, 'line_items');
      amount = 0;
      for (const [index, raw] of given.entries()) {
        const line = formObject(raw);
        const price = formObject(line['price_data']);
        const at = `line_items[${index}]`;
        const lineCurrency = formText(price['currency']);
        if (!lineCurrency || !/^[a-z]{3}$/.test(lineCurrency))
          throw invalid('Invalid currency', `${at}[price_data][currency]`);
        if (currency !== null && currency !== lineCurrency)
          throw invalid('All line items must have the same currency.', at);
        currency = lineCurrency;
        const name = formText(formObject(price['product_data'])['name']);
        if (!name)
          throw invalid(
            `Missing required param: ${at}[price_data][product_data][name].`,
            `${at}[price_data][product_data][name]`,
            'parameter_missing',
          );
        const unit = integer(price['unit_amount'], `${at}[price_data][unit_amount]`);
        const quantity = line['quantity'] === undefined ? 1 : integer(line['quantity'], `${at}[quantity]`);
        amount += unit * quantity;
        items.push({
          id: stripeId('li'),
          object: 'item',
          amount_total: unit * quantity,
          amount_subtotal: unit * quantity,
          currency,
          description: name,
          quantity,
        });
      }
      checkAmount(amount, currency ?? '');
    }
    const customer = formText(form['customer']) ?? null;
    if (customer !== null && !customers.get(customer)) throw missing('customer', customer, 'customer');
    const created = seconds();
    const expiresAt =
      form['expires_at'] === undefined ? created + DAY_SECONDS : integer(form['expires_at'], 'expires_at');
    if (expiresAt < created + MIN_EXPIRY_SECONDS || expiresAt > created + DAY_SECONDS) {
      throw invalid(
        'The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from Checkout Session creation.',
        'expires_at',
      );
    }
    const allowed = formList(form['allowed_payment_method_types']).filter(
      (one): one is string => typeof one === 'string',
    );
    const session = newSession({
      mode,
      amount,
      currency,
      customer,
      customer_email: formText(form['customer_email']) ?? null,
      client_reference_id: formText(form['client_reference_id']) ?? null,
      metadata: metadataOf(form),
      methods: allowed.length > 0 ? allowed : ['card', 'sepa_debit'],
      locale: formText(form['locale']) ?? null,
      success_url: successUrl,
      cancel_url: formText(form['cancel_url']) ?? null,
      created,
      expires_at: expiresAt,
      origin: exchange.origin,
    });
    session['customer_creation'] =
      mode === 'payment' && customer === null ? (formText(form['customer_creation']) ?? 'if_required') : null;
    const inner = formObject(form[mode === 'payment' ? 'payment_intent_data' : 'setup_intent_data']);
    intentDefaults.put(session.id, {
      metadata: metadataOf(inner),
      setup_future_usage: formText(inner['setup_future_usage']) ?? null,
      description: formText(inner['description']) ?? null,
    });
    sessions.put(session.id, session);
    lines.put(session.id, items);
    return session;
  }

  function createIntent(form: FormObject, cause: string, key: string | null): StripeObject {
    const amount = integer(form['amount'], 'amount');
    const currency = formText(form['currency']);
    checkAmount(amount, currency ?? '');
    if (!currency) throw invalid('Missing required param: currency.', 'currency', 'parameter_missing');
    const customer = formText(form['customer']) ?? null;
    if (customer !== null && !customers.get(customer)) throw missing('customer', customer, 'customer');
    const given = formText(form['payment_method']) ?? null;
    // Test tokens such as pm_card_visa exist without having been made.
    const isToken = given !== null && /^pm_(card|sepa)_|^pm_sepaDebit/.test(given);
    const type =
      given !== null && /sepa/i.test(given)
        ? 'sepa_debit'
        : ((methods.get(given ?? '')?.['type'] as 'card' | 'sepa_debit' | undefined) ?? 'card');
    const method =
      given === null ? null : isToken ? newPaymentMethod(type, customer, seconds()) : (methods.get(given) ?? null);
    if (given !== null && method === null) throw missing('PaymentMethod', given, 'payment_method');
    if (method) methods.put(method.id, method);
    const intent = newIntent({
      amount,
      currency: currency.toLowerCase(),
      customer,
      metadata: metadataOf(form),
      description: formText(form['description']) ?? null,
      payment_method: method?.id ?? null,
      methods: [type],
      setup_future_usage: formText(form['setup_future_usage']) ?? null,
      created: seconds(),
    });
    intents.put(intent.id, intent);
    if (formText(form['confirm']) !== 'true') {
      intent['status'] = method ? 'requires_confirmation' : 'requires_payment_method';
      return intent;
    }
    if (!method)
      throw invalid(
        "You cannot confirm this PaymentIntent because it's missing a payment method.",
        'payment_method',
        'payment_intent_unexpected_state',
      );
    const charge = charged(intent, method);
    const decline = DECLINES[given ?? ''] ?? (method['declines'] as string | undefined);
    if (decline !== undefined && (decline !== 'authentication_required' || formText(form['off_session']) === 'true')) {
      failIntent(intent, charge, method, decline);
      void emit('charge.failed', charge, cause, key);
      void emit('payment_intent.payment_failed', intent, cause, key);
      throw new StripeError(402, {
        ...declineError(decline, method, charge.id),
        payment_intent: structuredClone(intent),
      });
    }
    if (type === 'sepa_debit') {
      intent['status'] = 'processing';
      void emit('payment_intent.processing', intent, cause, key);
    } else {
      settleIntent(intent, charge);
      void emit('payment_intent.succeeded', intent, cause, key);
      void emit('charge.succeeded', charge, cause, key);
    }
    return intent;
  }

  function route(exchange: Exchange, form: FormObject, key: string | null): object {
    const { method, path, query } = exchange;
    const [, , kind = '', ...rest] = path.split('/');
    const post = method === 'POST';
    switch (
      `${post ? 'POST' : method} ${kind}${rest.length > 0 ? `/${rest.map((part) => (/^(cs|pi|ch|cus|pm|re|du|seti|evt)_/.test(part) ? ':id' : part)).join('/')}` : ''}`
    ) {
      case 'GET balance':
        return { object: 'balance', livemode: false, available: [], pending: [] };
      case 'POST checkout/sessions':
        return createSession(exchange, form);
      case 'GET checkout/sessions': {
        const wanted = query.get('payment_intent');
        return list(
          path,
          sessions.all().filter((one) => wanted === null || one['payment_intent'] === wanted),
          query,
        );
      }
      case 'GET checkout/sessions/:id':
        return found('checkout.session', sessions, rest[1]);
      case 'GET checkout/sessions/:id/line_items':
        return list(path, lines.get(found('checkout.session', sessions, rest[1]).id) ?? [], query);
      case 'POST checkout/sessions/:id/expire': {
        const session = found('checkout.session', sessions, rest[1]);
        expire(session, path);
        return session;
      }
      case 'POST payment_intents':
        return createIntent(form, path, key);
      case 'GET payment_intents/:id':
        return found('payment_intent', intents, rest[0]);
      case 'GET charges/:id':
        return found('charge', charges, rest[0]);
      case 'POST customers': {
        const customer = newCustomer({
          email: formText(form['email']) ?? null,
          name: formText(form['name']) ?? null,
          metadata: metadataOf(form),
          created: seconds(),
        });
        customers.put(customer.id, customer);
        return customer;
      }
      case 'GET customers/:id':
        return found('customer', customers, rest[0]);
      case 'GET customers/:id/payment_methods':
        return list(
          path,
          methods.all().filter((one) => one['customer'] === rest[0]),
          query,
        );
      case 'POST refunds':
        return refund(form, path, key);
      case 'GET refunds/:id':
        return found('refund', refunds, rest[0]);
      case 'GET disputes/:id':
        return found('dispute', disputes, rest[0]);
      case 'GET payment_methods': {
        const customer = query.get('customer');
        return list(
          path,
          methods
            .all()
            .filter((one) => one['customer'] === customer && (query.get('type') ?? one['type']) === one['type']),
          query,
        );
      }
      case 'GET payment_methods/:id':
        return found('payment_method', methods, rest[0]);
      case 'POST payment_methods/:id/attach': {
        const id = rest[0] ?? '';
        const customer = formText(form['customer']) ?? '';
        if (!customers.get(customer)) throw missing('customer', customer, 'customer');
        // A test token becomes a method of its own that keeps its failure.
        const token = /^pm_(card|sepa)/.test(id);
        const one = token
          ? newPaymentMethod(/sepa/i.test(id) ? 'sepa_debit' : 'card', customer, seconds())
          : found('payment_method', methods, id);
        one['customer'] = customer;
        if (DECLINES[id]) Object.defineProperty(one, 'declines', { value: DECLINES[id], enumerable: false });
        methods.put(one.id, one);
        void emit('payment_method.attached', one, path, key);
        return one;
      }
      case 'POST payment_methods/:id/detach': {
        const one = found('payment_method', methods, rest[0]);
        one['customer'] = null;
        void emit('payment_method.detached', one, path, key);
        return one;
      }
      case 'GET setup_intents/:id':
        return found('setup_intent', setups, rest[0]);
      case 'GET events/:id':
        return found('event', events, rest[0]);
      case 'GET events':
        return list(
          path,
          events.all().filter((one) => (query.get('type') ?? one['type']) === one['type']),
          query,
        );
      default:
        throw new StripeError(404, {
          message: `Unrecognized request URL (${method}: ${path}). The sandbox does not serve it.`,
          type: 'invalid_request_error',
        });
    }
  }

  function found(kind: string, shelf: Shelf<StripeObject>, id: string | undefined): StripeObject {
    const one = shelf.get(id ?? '');
    if (!one) throw missing(kind, id ?? '', kind === 'checkout.session' ? 'session' : 'intent');
    return one;
  }

  /** Replaces ids by their objects along `a.b` paths, at most four deep as at Stripe. */
  function expanded(object: object, wanted: readonly string[]): object {
    if (wanted.length === 0) return object;
    const copy = structuredClone(object) as Record<string, unknown>;
    for (const way of wanted) {
      let at: Record<string, unknown> | null = copy;
      for (const name of way
        .replace(/^data\./, '')
        .split('.')
        .slice(0, 4)) {
        if (at === null) break;
        if (name === 'line_items' && at['object'] === 'checkout.session')
          at[name] = list('line_items', lines.get(String(at['id'])) ?? [], new URLSearchParams());
        const value: unknown = at[name];
        if (typeof value === 'string') {
          const shelf: Shelf<StripeObject> | undefined = shelves.find(([prefix]) => value.startsWith(prefix))?.[2];
          const object: StripeObject | undefined = shelf?.get(value);
          if (object) at[name] = structuredClone(object);
        }
        const next: unknown = at[name];
        at = typeof next === 'object' && next !== null ? (next as Record<string, unknown>) : null;
      }
    }
    return copy;
  }

  async function handle(exchange: Exchange): Promise<Answer> {
    if (exchange.path.startsWith('/checkout/')) return page(exchange);
    const requestId = `req_${randomText(14)}`;
    const base: Record<string, string> = {
      'request-id': requestId,
      'stripe-version': exchange.headers['stripe-version'] ?? STRIPE_API_VERSION,
    };
    const key = exchange.headers['idempotency-key'] ?? null;
    try {
      authenticate(exchange);
      const form = nestedForm(exchange.rawBody);
      if (exchange.method !== 'POST' || key === null)
        return json(200, expanded(route(exchange, form, key), expandOf(exchange, form)), base);
      if (key.length > MAX_IDEMPOTENCY_KEY)
        throw invalid(`Idempotency keys must be at most ${MAX_IDEMPOTENCY_KEY} characters.`);
      const fingerprint = `${exchange.path}?${exchange.rawBody}`;
      const before = saved.get(key);
      if (before) {
        if (before.fingerprint !== fingerprint) {
          throw new StripeError(400, {
            message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
            type: 'idempotency_error',
          });
        }
        return {
          ...before.answer,
          headers: { ...before.answer.headers, ...base, 'idempotent-replayed': 'true', 'idempotency-key': key },
        };
      }
      let answer: Answer;
      try {
        answer = json(200, expanded(structuredClone(route(exchange, form, key)), expandOf(exchange, form)), base);
      } catch (error) {
        // A decline is saved under the key like a success, a validation error is not.
        if (!(error instanceof StripeError) || error.status !== 402) throw error;
        answer = json(error.status, { error: error.error }, base);
      }
      saved.put(key, { fingerprint, answer });
      return { ...answer, headers: { ...answer.headers, 'idempotency-key': key } };
    } catch (error) {
      if (error instanceof StripeError)
        return json(
          error.status,
          { error: { ...error.error, request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}` } },
          base,
        );
      throw error;
    }
  }

  function authenticate(exchange: Exchange): void {
    const header = exchange.headers['authorization'] ?? '';
    const given = header.startsWith('Bearer ')
      ? header.slice(7)
      : header.startsWith('Basic ')
        ? (atobSafe(header.slice(6)).split(':')[0] ?? '')
        : '';
    if (given === parts.secrets.stripeSecretKey) return;
    throw new StripeError(401, {
      message: given === '' ? 'You did not provide an API key.' : `Invalid API Key provided: ${given.slice(0, 8)}****`,
      type: 'invalid_request_error',
    });
  }

  // ------------------------------------------------------------ hosted page

  async function page(exchange: Exchange): Promise<Answer> {
    const [, , id = '', action] = exchange.path.split('/');
    const session = sessions.get(id);
    const german = isGerman(session?.['locale'], exchange.headers['accept-language']);
    if (!session) return html(checkoutPage({ kind: 'unknown', german }), 404);
    if (action === 'pay' && exchange.method === 'POST') {
      const way = new URLSearchParams(exchange.rawBody).get('method') ?? 'card';
      if (session['status'] === 'open') {
        const outcome = await pay(session, way, exchange.path);
        if (outcome === 'declined') return html(checkoutPage({ ...viewOf(session, german), declined: true }));
      }
      if (session['status'] === 'complete')
        return redirect(String(session['success_url']).replaceAll('{CHECKOUT_SESSION_ID}', session.id));
    }
    if (action === 'cancel' && session['cancel_url'] !== null) return redirect(String(session['cancel_url']));
    return html(checkoutPage(viewOf(session, german)));
  }

  function viewOf(session: StripeObject, german: boolean): CheckoutView {
    return {
      kind: 'session',
      german,
      id: session.id,
      status: String(session['status']),
      amount: (session['amount_total'] as number | null) ?? 0,
      currency: String(session['currency'] ?? 'eur').toUpperCase(),
      methods: session['allowed_payment_method_types'] as string[],
      lines: (lines.get(session.id) ?? []).map((line) => ({
        name: String(line['description']),
        quantity: Number(line['quantity']),
        amount: Number(line['amount_total']),
      })),
      cancellable: session['cancel_url'] !== null,
      setup: session['mode'] === 'setup',
      declined: false,
    };
  }

  // ------------------------------------------------------------ control

  async function control(exchange: Exchange): Promise<Answer | null> {
    const action = exchange.path;
    if (exchange.method === 'GET') {
      if (action === '/sessions') return json(200, { sessions: sessions.all() });
      if (action === '/events') return json(200, { events: events.all() });
      return null;
    }
    const body = looseBody(exchange);
    if (!body) return json(400, { error: 'body must be JSON' });
    const cause = `/_sandbox/stripe${action}`;
    const session = sessions.get(String(body['session'] ?? ''));
    try {
      switch (action) {
        case '/pay':
          if (!session) return json(404, { error: 'unknown session' });
          return json(200, { outcome: await pay(session, String(body['method'] ?? 'card'), cause), session });
        case '/settle':
          if (!session) return json(404, { error: 'unknown session' });
          if (body['outcome'] !== 'succeeded' && body['outcome'] !== 'failed')
            return json(400, { error: 'outcome must be succeeded or failed' });
          settle(session, body['outcome'], cause);
          return json(200, { session });
        case '/expire':
          if (!session) return json(404, { error: 'unknown session' });
          expire(session, cause);
          return json(200, { session });
        case '/refund': {
          const form: FormObject = {};
          for (const field of ['payment_intent', 'charge', 'amount', 'reason', 'status'])
            if (body[field] !== undefined) form[field] = String(body[field]);
          if (session) form['payment_intent'] = String(session['payment_intent']);
          return json(200, { refund: refund(form, cause, null) });
        }
        case '/dispute': {
          const intent = intents.get(String(session?.['payment_intent'] ?? body['payment_intent'] ?? ''));
          const charge = intent ? charges.get(String(intent['latest_charge'])) : undefined;
          if (!charge) return json(404, { error: 'unknown payment' });
          charge['disputed'] = true;
          const status = String(body['status'] ?? 'needs_response');
          const amount = body['amount'] === undefined ? (charge['amount'] as number) : Number(body['amount']);
          const dispute = newDispute(
            charge,
            { reason: String(body['reason'] ?? 'fraudulent'), status, amount },
            seconds(),
          );
          disputes.put(dispute.id, dispute);
          void emit('charge.dispute.created', dispute, cause);
          if (!status.startsWith('warning_') && status !== 'prevented') holds(dispute, amount, cause);
          return json(200, { dispute });
        }
        case '/dispute_state': {
          const dispute = disputes.get(String(body['dispute'] ?? ''));
          if (!dispute) return json(404, { error: 'unknown dispute' });
          if (typeof body['status'] !== 'string') return json(400, { error: 'status is needed' });
          const amount = body['amount'] === undefined ? undefined : Number(body['amount']);
          disputeState(dispute, body['status'], amount, cause);
          return json(200, { dispute });
        }
        case '/refund_state': {
          const made = refunds.get(String(body['refund'] ?? ''));
          if (!made) return json(404, { error: 'unknown refund' });
          if (typeof body['status'] !== 'string') return json(400, { error: 'status is needed' });
          refundState(made, body['status'], cause);
          return json(200, { refund: made });
        }
        case '/resend': {
          // The same Event once more, or every event of a session: what Stripe does when it doubts.
          const event = events.get(String(body['event'] ?? ''));
          const about = session ? [session.id, String(session['payment_intent'])] : [];
          const again = event
            ? [event]
            : events.all().filter((one) => about.includes((one['data'] as { object: StripeObject }).object.id));
          if (again.length === 0) return json(404, { error: 'nothing to resend' });
          const attempts = await Promise.all(again.reverse().map((one) => deliver(one, cause)));
          return json(200, { resent: again.map((one) => one.id), attempts });
        }
        default:
          return null;
      }
    } catch (error) {
      if (error instanceof StripeError) return json(error.status, { error: error.error });
      throw error;
    }
  }

  return {
    handle,
    control,
    reset: () => {
      for (const [, , shelf] of shelves) shelf.clear();
      lines.clear();
      saved.clear();
      intentDefaults.clear();
    },
    view: () => ({ sessions: sessions.all(), events: events.all(), refunds: refunds.all() }),
  };
}

export interface StripeView {
  sessions: StripeObject[];
  events: StripeObject[];
  refunds: StripeObject[];
}

function integer(value: unknown, param: string): number {
  if (value === undefined) throw invalid(`Missing required param: ${param}.`, param, 'parameter_missing');
  const number = Number(value);
  if (typeof value !== 'string' || !/^-?\d{1,12}$/.test(value) || number < 0)
    throw invalid(`Invalid integer: ${String(value)}`, param, 'parameter_invalid_integer');
  return number;
}

/** Amounts of these end in 00 (no minor unit, counted in hundredths) or 0 (three decimals). */
const ENDS_IN: Readonly<Record<string, number>> = { isk: 100, ugx: 100, bhd: 10, jod: 10, kwd: 10, omr: 10, tnd: 10 };

function checkAmount(amount: number, currency: string): void {
  if (amount % (ENDS_IN[currency.toLowerCase()] ?? 1) !== 0)
    throw invalid(`Invalid amount: ${currency} is not charged in parts.`, 'amount', 'invalid_charge_amount');
  if (amount < MIN_CHARGE) throw invalid('The amount must be at least 0.50.', 'amount', 'amount_too_small');
  if (amount > MAX_CHARGE) throw invalid('Amount must be no more than 999,999.99', 'amount', 'amount_too_large');
}

function metadataOf(form: FormObject): Record<string, string> {
  const metadata = formTexts(form['metadata']);
  const entries = Object.entries(metadata);
  if (entries.length > MAX_METADATA_KEYS)
    throw invalid(`You can only have up to ${MAX_METADATA_KEYS} metadata keys.`, 'metadata');
  for (const [key, value] of entries) {
    if (key.length > 40) throw invalid('Metadata keys can have up to 40 characters.', 'metadata');
    if (value.length > 500)
      throw invalid(
        `Metadata values can have up to 500 characters, but you passed in a value that is ${value.length} characters.`,
        `metadata[${key}]`,
      );
  }
  return metadata;
}

const expandOf = (exchange: Exchange, form: FormObject): string[] =>
  [...formList(form['expand']), ...formList(nestedForm(exchange.query.toString())['expand'])]
    .filter((one): one is string => typeof one === 'string')
    .slice(0, 10);

function list(url: string, data: readonly object[], query: URLSearchParams): object {
  const limit = Math.min(Math.max(1, Number(query.get('limit') ?? 10) || 10), 100);
  return { object: 'list', data: data.slice(0, limit), has_more: data.length > limit, url };
}

const isGerman = (locale: unknown, accept: string | undefined): boolean =>
  typeof locale === 'string' && locale !== 'auto'
    ? locale.startsWith('de')
    : (accept ?? 'de').toLowerCase().startsWith('de');

function atobSafe(text: string): string {
  try {
    return atob(text);
  } catch {
    return '';
  }
}

/** Waits for the work, but no longer than the bound; a rejection counts as done. */
async function atMost(work: Promise<unknown>, ms: number): Promise<void> {
  await Promise.race([
    work.catch(() => undefined),
    new Promise<void>((resolve) => {
      setTimeout(resolve, ms).unref();
    }),
  ]);
}
