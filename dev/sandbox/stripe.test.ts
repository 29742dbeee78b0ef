/** The Stripe stand-in, driven by our client and by Stripe's own SDK. */
import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asCents } from '../../shared/money.ts';
import {
  chargeOffSession,
  createCheckoutSession,
  createRefund,
  retrieveCheckoutSession,
  retrieveDispute,
  retrievePayment,
  type StripeConfig,
} from '../../workers/integrations/stripe.ts';
import { parseStripeEvent } from '../../workers/integrations/stripe-events.ts';
import { verifyStripe } from '../../workers/integrations/signatures.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { DEMO_SECRETS } from './settings.ts';
import { control, inspect, type Received, type Receiver, startReceiver } from './webhook-receiver.ts';

let receiver: Receiver;
let sandbox: Sandbox;
let config: StripeConfig;
beforeEach(async () => {
  receiver = await startReceiver();
  sandbox = await startSandbox({ port: 0, askproBaseUrl: receiver.url, retryScale: 0.05 });
  config = { baseUrl: `${sandbox.url}/stripe`, secretKey: DEMO_SECRETS.stripeSecretKey, timeoutMs: 1_000 };
});
afterEach(async () => {
  await sandbox.close();
  await receiver.close();
});

const checkout = (key = 'k1', over: Partial<Parameters<typeof createCheckoutSession>[1]> = {}) =>
  createCheckoutSession(config, {
    idempotencyKey: key,
    lines: [{ name: 'Guthaben 100,00 €', unitAmountCents: asCents(11_900), quantity: 1 }],
    currency: 'EUR',
    methods: ['card', 'sepa_debit'],
    successUrl: 'http://localhost:8787/portal/billing/topup?topup=top_1&session={CHECKOUT_SESSION_ID}',
    cancelUrl: 'http://localhost:8787/portal/billing/topup?topup=top_1&canceled=1',
    locale: 'de',
    metadata: { kind: 'topup', topup_id: 'top_1', tenant_id: 'ten_1' },
    ...over,
  });
async function opened(key?: string): Promise<{ id: string; url: string }> {
  const made = await checkout(key);
  if (!made.ok || made.value.url === null) throw new Error(JSON.stringify(made));
  return { id: made.value.id, url: made.value.url };
}
const typeOf = (one: Received): string => (JSON.parse(one.body) as { type: string }).type;

it('a card payment on the hosted page ends paid, with verified events that carry our metadata', async () => {
  const { id, url } = await opened();
  const page = await (await fetch(url)).text();
  expect(page).toContain('Mit Karte zahlen');
  expect(page).toMatch(/119,00\s€/);
  expect(page).not.toMatch(/https?:\/\/(?!127\.0\.0\.1)/);
  const paid = await fetch(`${url}/pay`, {
    method: 'POST',
    body: new URLSearchParams({ method: 'card' }),
    redirect: 'manual',
  });
  expect(paid.status).toBe(303);
  expect(paid.headers.get('location')).toBe(`http://localhost:8787/portal/billing/topup?topup=top_1&session=${id}`);
  const events = await receiver.waitFor(3);
  expect(events.map(typeOf).sort()).toEqual([
    'charge.succeeded',
    'checkout.session.completed',
    'payment_intent.succeeded',
  ]);
  for (const event of events) {
    expect(event.path).toBe('/webhooks/stripe');
    expect(
      await verifyStripe({
        rawBody: event.body,
        header: event.headers['stripe-signature'],
        secret: 'whsec_demo_askproai',
        now: Date.now(),
      }),
    ).toBe(true);
    expect(parseStripeEvent(event.body).ok).toBe(true);
  }
  const completed = parseStripeEvent(events.find((one) => typeOf(one) === 'checkout.session.completed')!.body);
  expect(completed).toMatchObject({
    value: {
      kind: 'checkout_completed',
      paymentStatus: 'paid',
      amountTotalCents: 11_900,
      currency: 'EUR',
      metadata: { topup_id: 'top_1' },
    },
  });
  const succeeded = parseStripeEvent(events.find((one) => typeOf(one) === 'payment_intent.succeeded')!.body);
  expect(succeeded).toMatchObject({ value: { amountReceivedCents: 11_900, metadata: { topup_id: 'top_1' } } });
  const session = await retrieveCheckoutSession(config, id);
  expect(session).toMatchObject({ value: { status: 'complete', paymentStatus: 'paid' } });
  if (session.ok)
    expect(await retrievePayment(config, session.value.paymentIntentId ?? '')).toMatchObject({
      value: { status: 'succeeded', amountReceivedCents: 11_900 },
    });
  expect(new Set(events.map((one) => (JSON.parse(one.body) as { id: string }).id)).size).toBe(3);
});

it("Stripe's own SDK by host, port and protocol opens a session and accepts our webhook", async () => {
  const stripe = new Stripe(DEMO_SECRETS.stripeSecretKey, {
    host: '127.0.0.1',
    port: sandbox.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  });
  const session = await stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [
      { quantity: 2, price_data: { currency: 'eur', unit_amount: 2_500, product_data: { name: 'Guthaben' } } },
    ],
    success_url: 'https://example.test/ok',
    payment_intent_data: { metadata: { kind: 'topup' } },
  });
  expect(session.amount_total).toBe(5_000);
  expect(session.payment_intent).toBeNull();
  await control(sandbox.url, '/stripe/pay', { session: session.id, method: 'card' });
  // Stripe promises no order: all three are there, each is read by its own type.
  const events = await Promise.all(
    (await receiver.waitFor(3)).map((one) =>
      stripe.webhooks.constructEventAsync(one.body, one.headers['stripe-signature']!, DEMO_SECRETS.stripeWebhookSecret),
    ),
  );
  const event = events.find(({ type }) => type === 'checkout.session.completed');
  expect(event?.api_version).toBe('2026-10-28.endive');
  const again = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['payment_intent.latest_charge', 'line_items'],
  });
  expect((again.payment_intent as Stripe.PaymentIntent).status).toBe('succeeded');
  expect(((again.payment_intent as Stripe.PaymentIntent).latest_charge as Stripe.Charge).amount_captured).toBe(5_000);
  expect(again.line_items?.data[0]?.quantity).toBe(2);
  await expect(stripe.checkout.sessions.retrieve('cs_test_none')).rejects.toMatchObject({
    type: 'StripeInvalidRequestError',
    code: 'resource_missing',
  });
});

describe('SEPA', () => {
  it('is unpaid at first and paid after the bank has answered', async () => {
    const { id } = await opened();
    await control(sandbox.url, '/stripe/pay', { session: id, method: 'sepa_debit' });
    const first = (await receiver.waitFor(3)).map((one) => parseStripeEvent(one.body));
    expect(first).toContainEqual(
      expect.objectContaining({
        value: expect.objectContaining({ kind: 'checkout_completed', paymentStatus: 'unpaid' }),
      }),
    );
    expect(first).toContainEqual(
      expect.objectContaining({ value: expect.objectContaining({ kind: 'payment_processing' }) }),
    );
    await control(sandbox.url, '/stripe/settle', { session: id, outcome: 'succeeded' });
    const kinds = (await receiver.waitFor(6)).map(typeOf);
    expect(kinds).toContain('checkout.session.async_payment_succeeded');
    expect(kinds).toContain('payment_intent.succeeded');
    expect(await retrieveCheckoutSession(config, id)).toMatchObject({ value: { paymentStatus: 'paid' } });
    expect((await control(sandbox.url, '/stripe/settle', { session: id, outcome: 'failed' })).status).toBe(400);
  });
  it('may fail days later', async () => {
    const { id } = await opened();
    await control(sandbox.url, '/stripe/pay', { session: id, method: 'sepa_debit' });
    await control(sandbox.url, '/stripe/settle', { session: id, outcome: 'failed' });
    const kinds = (await receiver.waitFor(6)).map(typeOf);
    expect(kinds).toContain('checkout.session.async_payment_failed');
    expect(kinds).toContain('payment_intent.payment_failed');
    expect(await retrieveCheckoutSession(config, id)).toMatchObject({ value: { paymentStatus: 'unpaid' } });
  });
});

describe('idempotency', () => {
  it('the same key gives the same session, other parameters under it are refused for good', async () => {
    const [a, b] = [await checkout('k'), await checkout('k')];
    expect(a).toMatchObject({ ok: true });
    expect(b).toEqual(a);
    const other = await checkout('k', { currency: 'CHF' });
    expect(other).toMatchObject({
      ok: false,
      error: { kind: 'status', status: 400, retryable: false, ambiguous: false },
    });
    expect((await inspect<{ sessions: unknown[] }>(sandbox.url, '/stripe/sessions')).sessions).toHaveLength(1);
  });
  it('a time-out acts once: the retry under the key gets the session that was made', async () => {
    await control(sandbox.url, '/stripe/faults', { mode: 'timeout', path: '/v1/checkout/sessions' });
    const quick = { ...config, timeoutMs: 200 };
    const silent = await createCheckoutSession(quick, {
      idempotencyKey: 'k',
      lines: [{ name: 'x', unitAmountCents: asCents(500), quantity: 1 }],
      currency: 'EUR',
      methods: ['card'],
      successUrl: 'https://a.test',
      cancelUrl: 'https://a.test',
      metadata: {},
    });
    expect(silent).toMatchObject({ ok: false, error: { kind: 'timeout', retryable: true, ambiguous: true } });
    const retry = await createCheckoutSession(config, {
      idempotencyKey: 'k',
      lines: [{ name: 'x', unitAmountCents: asCents(500), quantity: 1 }],
      currency: 'EUR',
      methods: ['card'],
      successUrl: 'https://a.test',
      cancelUrl: 'https://a.test',
      metadata: {},
    });
    expect(retry.ok).toBe(true);
    expect((await inspect<{ sessions: unknown[] }>(sandbox.url, '/stripe/sessions')).sessions).toHaveLength(1);
    expect((await inspect<{ faults: { hits: number }[] }>(sandbox.url, '/stripe/faults')).faults[0]?.hits).toBe(1);
  });
});

it('off-session charges: success, decline as an answer saved under its key, refund in parts', async () => {
  const sdk = new Stripe(DEMO_SECRETS.stripeSecretKey, {
    host: '127.0.0.1',
    port: sandbox.port,
    protocol: 'http',
    telemetry: false,
  });
  const customer = await sdk.customers.create({ email: 'owner@example.test' });
  const charge = (key: string, method: string) =>
    chargeOffSession(config, {
      idempotencyKey: key,
      amountCents: asCents(5_000),
      currency: 'EUR',
      customerId: customer.id,
      paymentMethodId: method,
      metadata: { kind: 'topup' },
    });
  const good = await charge('a1', 'pm_card_visa');
  expect(good).toMatchObject({ value: { status: 'succeeded', amountReceivedCents: 5_000 } });
  const declined = await charge('a2', 'pm_card_authenticationRequired');
  expect(declined).toMatchObject({
    value: { status: 'requires_payment_method', failureCode: 'authentication_required', metadata: { kind: 'topup' } },
  });
  expect(await charge('a2', 'pm_card_authenticationRequired')).toEqual(declined);
  const saved = await sdk.paymentMethods.attach('pm_card_chargeDeclined', { customer: customer.id });
  expect(await charge('a3', saved.id)).toMatchObject({ value: { failureCode: 'card_declined' } });
  if (!good.ok) throw new Error('unreachable');
  const part = await createRefund(config, {
    idempotencyKey: 'r1',
    paymentIntentId: good.value.id,
    amount: { cents: asCents(2_000), currency: 'EUR' },
  });
  expect(part).toMatchObject({ value: { amountCents: 2_000, status: 'succeeded' } });
  expect(
    await createRefund(config, {
      idempotencyKey: 'r2',
      paymentIntentId: good.value.id,
      amount: { cents: asCents(4_000), currency: 'EUR' },
    }),
  ).toMatchObject({ error: { status: 400 } });
  await createRefund(config, { idempotencyKey: 'r3', paymentIntentId: good.value.id });
  const refunds = (await receiver.waitFor(2, (one) => typeOf(one) === 'charge.refunded')).map((one) =>
    parseStripeEvent(one.body),
  );
  expect(refunds).toContainEqual(
    expect.objectContaining({ value: expect.objectContaining({ amountRefundedCents: 2_000, full: false }) }),
  );
  expect(refunds).toContainEqual(
    expect.objectContaining({ value: expect.objectContaining({ amountRefundedCents: 5_000, full: true }) }),
  );
});

it('a wrong key is 401, a missing parameter names itself, a status fault acts not at all', async () => {
  expect(
    await createCheckoutSession(
      { ...config, secretKey: 'sk_test_wrong' },
      {
        idempotencyKey: 'k',
        lines: [],
        currency: 'EUR',
        methods: ['card'],
        successUrl: 'https://a.test',
        cancelUrl: 'https://a.test',
        metadata: {},
      },
    ),
  ).toMatchObject({ error: { status: 401, retryable: false } });
  const none = await fetch(`${sandbox.url}/stripe/v1/checkout/sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${config.secretKey}` },
    body: 'mode=payment',
  });
  expect(await none.json()).toMatchObject({
    error: { code: 'parameter_missing', param: 'success_url', type: 'invalid_request_error' },
  });
  const old = await fetch(`${sandbox.url}/stripe/v1/checkout/sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${config.secretKey}` },
    body: 'mode=payment&success_url=https://a.test&payment_method_types[]=card',
  });
  expect(await old.json()).toMatchObject({ error: { code: 'parameter_unknown' } });
  await control(sandbox.url, '/stripe/faults', { mode: 'status', status: 500 });
  expect(await checkout()).toMatchObject({ error: { kind: 'status', status: 500, ambiguous: true, retryable: true } });
  await control(sandbox.url, '/stripe/faults', { mode: 'status', status: 429 });
  expect(await checkout()).toMatchObject({ error: { kind: 'rate_limited', retryAfterSeconds: 1 } });
  await control(sandbox.url, '/stripe/faults', { mode: 'drop' });
  expect(await checkout()).toMatchObject({ error: { kind: 'network', retryable: true } });
  expect((await inspect<{ sessions: unknown[] }>(sandbox.url, '/stripe/sessions')).sessions).toHaveLength(0);
  const { requests } = await inspect<{
    requests: { headers: Record<string, string>; answered: unknown; fault: string | null }[];
  }>(sandbox.url, '/stripe/requests');
  expect(requests.map((one) => one.answered)).toEqual([401, 400, 400, 500, 429, 'dropped']);
  expect(requests.every((one) => one.headers['authorization'] === '[redacted]')).toBe(true);
});

it('duplicate: the payment happens once, one event arrives twice with the same id', async () => {
  const { id } = await opened();
  await control(sandbox.url, '/stripe/faults', { mode: 'duplicate' });
  await control(sandbox.url, '/stripe/pay', { session: id });
  const events = (await receiver.waitFor(4)).map((one) => JSON.parse(one.body) as { id: string; type: string });
  const completed = events.filter((one) => one.type === 'checkout.session.completed');
  expect(completed).toHaveLength(2);
  expect(completed[0]?.id).toBe(completed[1]?.id);
  expect((await inspect<{ faults: { hits: number }[] }>(sandbox.url, '/stripe/faults')).faults[0]?.hits).toBe(1);
  expect((await control(sandbox.url, '/stripe/pay', { session: id })).status).toBe(400);
});

it('a webhook that is refused is sent again, signed afresh', async () => {
  const picky = await startReceiver((one) => ({
    status: picky.received.filter((other) => other.body === one.body).length < 3 ? 500 : 200,
  }));
  const second = await startSandbox({ port: 0, askproBaseUrl: picky.url, retryScale: 0.02 });
  try {
    const made = await createCheckoutSession(
      { ...config, baseUrl: `${second.url}/stripe` },
      {
        idempotencyKey: 'k',
        lines: [{ name: 'x', unitAmountCents: asCents(500), quantity: 1 }],
        currency: 'EUR',
        methods: ['card'],
        successUrl: 'https://a.test',
        cancelUrl: 'https://a.test',
        metadata: {},
      },
    );
    if (!made.ok) throw new Error('no session');
    await control(second.url, '/stripe/expire', { session: made.value.id });
    expect(await picky.waitFor(3)).toHaveLength(3);
  } finally {
    await second.close();
    await picky.close();
  }
});

it('a declined card leaves the page open for another try', async () => {
  const { id, url } = await opened();
  const page = await (
    await fetch(`${url}/pay`, { method: 'POST', body: new URLSearchParams({ method: 'card_declined' }) })
  ).text();
  expect(page).toContain('Die Karte wurde abgelehnt');
  expect((await receiver.waitFor(2)).map(typeOf)).toContain('payment_intent.payment_failed');
  await control(sandbox.url, '/stripe/pay', { session: id, method: 'card' });
  expect(await retrieveCheckoutSession(config, id)).toMatchObject({ value: { paymentStatus: 'paid' } });
});

it('a dispute moves money as its states say: lost, won after all, in part; an inquiry moves none', async () => {
  const { id } = await opened();
  await control(sandbox.url, '/stripe/pay', { session: id });
  const made = await control(sandbox.url, '/stripe/dispute', {
    session: id,
    status: 'lost',
  });
  const dispute = (made.body['dispute'] as { id: string }).id;
  const shown = async () => {
    const found = await retrieveDispute(config, dispute);
    if (!found.ok || found.value === null) throw new Error(JSON.stringify(found));
    const { status, withdrawnCents, movements } = found.value;
    return [status, withdrawnCents, movements];
  };
  expect(await shown()).toEqual(['lost', 11_900, 1]);
  const become = (status: string, amount?: number) =>
    control(sandbox.url, '/stripe/dispute_state', { dispute, status, ...(amount === undefined ? {} : { amount }) });
  await become('won', 5_000);
  expect(await shown()).toEqual(['won', 6_900, 2]);
  await become('appeal_under_review', 9_000);
  expect(await shown()).toEqual(['appeal_under_review', 9_000, 3]);
  await become('won');
  expect(await shown()).toEqual(['won', 0, 4]);
  const told = (await receiver.waitFor(8, (one) => typeOf(one).startsWith('charge.dispute.'))).map(typeOf);
  expect(told.sort()).toEqual([
    'charge.dispute.closed',
    'charge.dispute.closed',
    'charge.dispute.created',
    'charge.dispute.funds_reinstated',
    'charge.dispute.funds_reinstated',
    'charge.dispute.funds_withdrawn',
    'charge.dispute.funds_withdrawn',
    'charge.dispute.updated',
  ]);
  const inquiry = await control(sandbox.url, '/stripe/dispute', {
    session: id,
    status: 'warning_needs_response',
  });
  expect(inquiry.body['dispute']).toMatchObject({ balance_transactions: [] });
  expect(await retrieveDispute(config, 'du_nobody')).toMatchObject({ error: { status: 404 } });
});

it('a refund that succeeded can fail later', async () => {
  const { id } = await opened();
  await control(sandbox.url, '/stripe/pay', { session: id });
  const made = await control(sandbox.url, '/stripe/refund', { session: id, amount: 5_000 });
  await control(sandbox.url, '/stripe/refund_state', {
    refund: (made.body['refund'] as { id: string }).id,
    status: 'failed',
  });
  const failed = (await receiver.waitFor(1, (one) => typeOf(one) === 'refund.failed')).map((one) =>
    parseStripeEvent(one.body),
  );
  expect(failed[0]).toMatchObject({ value: { kind: 'refund', amountCents: 5_000, status: 'failed', currency: 'EUR' } });
});

it('counts krónur in hundredths and charges no part of one', async () => {
  const lines = [{ name: 'x', unitAmountCents: asCents(1_500), quantity: 1 }];
  const made = await checkout('isk', { currency: 'ISK', lines });
  if (!made.ok || made.value.url === null) throw new Error(JSON.stringify(made));
  expect(made.value.amountTotalCents).toBe(1_500);
  expect(await (await fetch(made.value.url)).text()).toMatch(/1\.500\sISK/);
  await control(sandbox.url, '/stripe/pay', { session: made.value.id });
  const [paid] = await receiver.waitFor(1, (one) => typeOf(one) === 'payment_intent.succeeded');
  expect(JSON.parse(paid?.body ?? '{}')).toMatchObject({ data: { object: { amount_received: 150_000 } } });
  expect(parseStripeEvent(paid?.body ?? '')).toMatchObject({ value: { amountReceivedCents: 1_500, currency: 'ISK' } });
});
