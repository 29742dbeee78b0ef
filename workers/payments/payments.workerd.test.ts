import { platformOf } from '../env.ts';
import { OpenAPIHono } from '@hono/zod-openapi';
import { createExecutionContext, env } from 'cloudflare:test';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { tenantRecord } from '../../tests/contract/tenants.ts';
import { asInstant, processNow } from '../../shared/clock.ts';
import { newId, type TenantId } from '../../shared/ids.ts';
import { everyRequest, signedRequest } from '../http/middleware.ts';
import { onError } from '../http/problem.ts';
import type { AppEnv } from '../http/module-routes.ts';
import { signStripe } from '../integrations/signatures.ts';
import { ledgerPort } from '../ledger/client.ts';
import { routes as ledgerRoutes } from '../ledger/routes.ts';
import { defaultTerms, PER_MINUTE_PLAN } from '../ledger/rules/terms.ts';
import { storeWebhook } from '../operations/webhook-log.ts';
import { d1Meter } from '../storage/d1.ts';
import { saveTenant } from '../storage/platform-db.ts';
import { madeToFail } from '../storage/made-to-fail.fixture.ts';
import { auditLog, auditValues } from '../storage/tables/identity.ts';
import { openUnmatched } from '../storage/queries/payments.ts';
import { openTenant } from '../tenancy/scope.ts';
import { routes, webhookRoutes } from './routes.ts';
import { processStripeWebhook } from './webhook.ts';

const SECRET = 'whsec_demo_askproai';
let serial = 0;
const fresh = (prefix: string): string => `${prefix}_${Date.now().toString(36)}${(serial++).toString(36)}`;

async function tenant(): Promise<{ id: TenantId; slug: string }> {
  const record = tenantRecord({ locale: 'de' });
  const { id, slug } = record;
  await saveTenant(platformOf(env), record);
  const put = await ledgerPort(platformOf(env), id).putTerms({ key: 'terms:1', terms: defaultTerms(PER_MINUTE_PLAN) });
  if (!put.result.ok) throw new Error(JSON.stringify(put.result.error));
  return { id, slug };
}

const webhooks = new OpenAPIHono<AppEnv>();
webhooks.onError(onError);
webhooks.use('*', ...everyRequest, ...signedRequest);
webhooks.route('/', webhookRoutes);

/** The API as one tenant sees it; sign-in has its own tests. */
function apiOf(tenantId: TenantId) {
  const api = new OpenAPIHono<AppEnv>();
  api.onError(onError);
  api.use('*', ...everyRequest, async (c, next) => {
    const actor = { kind: 'system', cause: 'demo' } as const;
    c.set('actor', actor);
    c.set('scope', openTenant(platformOf(env), tenantId, actor, { now: c.get('now') }));
    await next();
  });
  api.route('/', routes);
  api.route('/', ledgerRoutes);
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await api.request(`http://localhost:8787${path}`, init, env, createExecutionContext());
    const { status, headers } = answer;
    return { status, headers, head: headers.get('X-Askpro-Head'), body: (await answer.json()) as never };
  };
  return {
    get: (path: string, headers: Record<string, string> = {}) => ask(path, { headers }),
    post: (path: string, body: object) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-language': 'de' },
        body: JSON.stringify(body),
      }),
  };
}

/** Stripe as far as Checkout goes: answers sessions, keeps what it was asked. */
function stripe(mode: 'works' | 'down' = 'works') {
  const asked: { idempotencyKey: string | null; form: URLSearchParams }[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    // queues go on in the background with what earlier tests left; their vendors are down
    if (!String(url instanceof Request ? url.url : url).endsWith('/v1/checkout/sessions'))
      throw new TypeError('connection refused');
    const form = new URLSearchParams(String(init?.body ?? ''));
    asked.push({ idempotencyKey: new Headers(init?.headers).get('idempotency-key'), form });
    if (mode === 'down') throw new TypeError('connection refused');
    const total =
      Number(form.get('line_items[0][price_data][unit_amount]')) +
      Number(form.get('line_items[1][price_data][unit_amount]') ?? 0);
    const id = fresh('cs_test');
    const session = {
      id,
      object: 'checkout.session',
      url: `https://pay.test/${id}`,
      status: 'open',
      payment_status: 'unpaid',
      payment_intent: null,
      customer: null,
      amount_total: total,
      currency: 'eur',
      metadata: {},
    };
    return Response.json(session);
  });
  return asked;
}
afterEach(() => {
  vi.restoreAllMocks();
  d1Meter.refuse = false;
});

interface Opened {
  topupId: string;
  gross: number;
  /** Checkout session it was sent to */
  sessionId: string;
}
async function opened(tenantId: TenantId, amountCents = 10_000): Promise<Opened> {
  stripe();
  const { status, body } = await apiOf(tenantId).post('/api/v2/topups', {
    amount_cents: amountCents,
    method: 'stripe',
  });
  expect(status, JSON.stringify(body)).toBe(201);
  vi.restoreAllMocks();
  const answer = body as { topup_id: string; total_cents: number; checkout_url: string };
  return {
    topupId: answer.topup_id,
    gross: answer.total_cents,
    sessionId: answer.checkout_url.split('/').at(-1) ?? '',
  };
}

const eventOf = (type: string, object: object, changes: object = {}) =>
  JSON.stringify({
    id: fresh('evt'),
    object: 'event',
    api_version: '2026-10-28.endive',
    created: Math.floor(Date.now() / 1000),
    livemode: false,
    type,
    data: { object },
    ...changes,
  });
const metadataOf = (tenantId: TenantId, topupId: string) => ({ kind: 'topup', tenant_id: tenantId, topup_id: topupId });
const succeeded = (tenantId: TenantId, t: Opened, pi: string, changes: object = {}) =>
  eventOf('payment_intent.succeeded', {
    id: pi,
    object: 'payment_intent',
    amount: t.gross,
    amount_received: t.gross,
    currency: 'eur',
    customer: null,
    metadata: metadataOf(tenantId, t.topupId),
    ...changes,
  });
const completed = (tenantId: TenantId, t: Opened, pi: string, paid = true, sessionId = t.sessionId) =>
  eventOf('checkout.session.completed', {
    id: sessionId,
    object: 'checkout.session',
    payment_intent: pi,
    customer: null,
    amount_total: t.gross,
    currency: 'eur',
    payment_status: paid ? 'paid' : 'unpaid',
    metadata: metadataOf(tenantId, t.topupId),
  });
/** Disputes as Stripe shows them when it is asked, by id. */
const atStripe = new Map<string, object>();
/** A dispute of the payment as it stands at Stripe now, and an event about it: that says nothing of what it moved. */
function disputed(pi: string, amount: number, moved: readonly number[], status = 'needs_response'): string {
  const dispute = {
    id: `du_${pi}`,
    object: 'dispute',
    charge: 'ch_1',
    payment_intent: pi,
    amount,
    currency: 'eur',
    reason: 'fraudulent',
    status,
    metadata: {},
    balance_transactions: [],
  };
  const movements = moved.map((one, i) => ({ id: `txn_${i}`, amount: one, fee: 1_500, currency: 'eur' }));
  atStripe.set(dispute.id, { ...dispute, balance_transactions: movements });
  return eventOf('charge.dispute.updated', dispute);
}
const refund = (pi: string, id: string, amount: number, status: string) =>
  eventOf(status === 'failed' ? 'refund.failed' : 'refund.updated', {
    id,
    object: 'refund',
    amount,
    currency: 'eur',
    charge: 'ch_1',
    payment_intent: pi,
    status,
    metadata: {},
  });

/** What was told aloud while something ran: names of alarms. */
async function alarmsOf(run: () => Promise<unknown>): Promise<string[]> {
  const told: string[] = [];
  const spy = vi.spyOn(console, 'error').mockImplementation((line: string) => {
    const { level, event } = JSON.parse(line) as { level: string; event: string };
    if (level === 'alarm') told.push(event);
  });
  try {
    await run();
  } finally {
    spy.mockRestore();
  }
  return told;
}

/** Alarms of a tenant that are kept: kind, subject and state. */
async function keptAlarms(tenantId: TenantId): Promise<string[][]> {
  const { results } = await env.DB.prepare(
    'SELECT kind, subject, state FROM alarms WHERE tenant_id = ?1 ORDER BY kind, subject',
  )
    .bind(tenantId)
    .all<{ kind: string; subject: string; state: string }>();
  return results.map(({ kind, subject, state }) => [kind, subject, state]);
}

async function send(
  body: string,
  options: { secret?: string; path?: string; stripe?: 'down' } = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const header = await signStripe(body, options.secret ?? SECRET, processNow());
  const fetching = vi.spyOn(globalThis, 'fetch').mockImplementation(async (url) => {
    const id = /\/v1\/disputes\/(.+)$/.exec(String(url instanceof Request ? url.url : url))?.[1];
    if (id === undefined || options.stripe === 'down') throw new TypeError('connection refused');
    const dispute = atStripe.get(id);
    return dispute
      ? Response.json(dispute)
      : Response.json({ error: { type: 'invalid_request_error', message: 'No such dispute' } }, { status: 404 });
  });
  const answer = await webhooks.request(
    `http://localhost:8787${options.path ?? '/webhooks/stripe'}`,
    { method: 'POST', headers: { 'stripe-signature': header }, body },
    env,
    createExecutionContext(),
  );
  fetching.mockRestore();
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
async function balance(tenantId: TenantId): Promise<number> {
  const { result } = await ledgerPort(platformOf(env), tenantId).balance();
  if (!result.ok) throw new Error(result.error.code);
  return result.value.availableCents;
}
const unmatchedOf = async (tenantId: TenantId) =>
  (await openUnmatched(platformOf(env), 200)).filter((r) => r.tenantId === tenantId);

describe('opening a top-up', () => {
  it('asks Stripe for net and VAT, with metadata, one key per top-up and the way back', async () => {
    const { id } = await tenant();
    const asked = stripe();
    const { status, body } = await apiOf(id).post('/api/v2/topups', { amount_cents: 25_000, method: 'stripe' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      success: true,
      status: 'pending',
      amount_cents: 25_000,
      vat_cents: 4_750,
      total_cents: 29_750,
      bonus_cents: 1_250,
    });
    const { topup_id: topupId, checkout_url: url } = body as { topup_id: string; checkout_url: string };
    expect(url).toMatch(/^https:\/\/pay\.test\/cs_test_/);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.idempotencyKey).toBe(`${id}:${topupId}:1`);
    expect(Object.fromEntries(asked[0]?.form ?? [])).toMatchObject({
      mode: 'payment',
      'line_items[0][price_data][unit_amount]': '25000',
      'line_items[1][price_data][unit_amount]': '4750',
      'line_items[1][price_data][product_data][name]': 'Umsatzsteuer 19 %',
      'metadata[kind]': 'topup',
      'payment_intent_data[metadata][topup_id]': topupId,
      'metadata[tenant_id]': id,
      'allowed_payment_method_types[1]': 'sepa_debit',
      success_url: `http://localhost:8787/portal/billing/topup?topup=${topupId}`,
      cancel_url: `http://localhost:8787/portal/billing/topup?topup=${topupId}&canceled=1`,
      locale: 'de',
    });
    const shown = await apiOf(id).get(`/api/v2/topups/${topupId}`);
    expect(shown.body).toMatchObject({
      data: { id: topupId, status: 'pending', completed_at: null, failure_code: null },
    });
  });
  it.each([[999], [1_000_001], [0], [-5]])('refuses %i cents with the field named', async (amount) => {
    const { id } = await tenant();
    const asked = stripe();
    const { status, body } = await apiOf(id).post('/api/v2/topups', { amount_cents: amount, method: 'stripe' });
    expect([status, Object.keys((body as { error: { errors: object } }).error.errors)]).toEqual([
      422,
      ['amount_cents'],
    ]);
    expect(asked).toHaveLength(0);
  });
  it('Stripe being down is said, the same key is asked twice, and money that arrives after all is credited', async () => {
    const { id } = await tenant();
    const asked = stripe('down');
    const { status, body } = await apiOf(id).post('/api/v2/topups', { amount_cents: 10_000, method: 'stripe' });
    expect([status, (body as { error: { code: string } }).error.code]).toEqual([503, 'UPSTREAM_UNAVAILABLE']);
    expect(new Set(asked.map((a) => a.idempotencyKey)).size).toBe(1);
    expect(asked).toHaveLength(2);
    vi.restoreAllMocks();
    const list = (await apiOf(id).get('/api/v2/topups')).body as {
      data: { id: string; status: string; total_cents: number }[];
    };
    expect(list.data[0]).toMatchObject({ status: 'failed', failure_code: 'checkout_unavailable' });
    const late = { topupId: list.data[0]!.id, gross: list.data[0]!.total_cents, sessionId: '' };
    expect((await send(succeeded(id, late, fresh('pi')))).status).toBe(200);
    expect(await balance(id)).toBe(10_500);
  });
});

describe('the webhook', () => {
  it('what was asked of Stripe has its audit row before anybody is sent there; without it nobody is', async () => {
    const { id } = await tenant();
    const { db } = openTenant(platformOf(env), id, { kind: 'system', cause: 'demo' });
    const rows = async () =>
      (await db.rows(auditLog)).filter((row) => row.log === 'payments').map((row) => [row.description, row.subjectId]);
    const request = { amount_cents: 10_000, method: 'stripe' };
    stripe();
    const refused = await madeToFail({ table: 'audit_log', tenantId: id }, () =>
      apiOf(id).post('/api/v2/topups', request),
    );
    expect(refused.status).toBe(500);
    expect(JSON.stringify(refused.body)).not.toContain('pay.test');
    expect(await rows()).toEqual([]);
    const { body } = await apiOf(id).post('/api/v2/topups', request);
    expect(await rows()).toEqual([['topup.checkout_opened', (body as { topup_id: string }).topup_id]]);
  });

  it('credits when paid; a repeat says duplicate and changes nothing', async () => {
    const { id } = await tenant();
    const t = await opened(id);
    const event = succeeded(id, t, fresh('pi'));
    expect(await send(event)).toEqual({ status: 200, body: { received: true } });
    expect(await balance(id)).toBe(10_500);
    for (let i = 0; i < 5; i++)
      expect(await send(event)).toEqual({ status: 200, body: { received: true, duplicate: true } });
    expect(await balance(id)).toBe(10_500);
  });
  it('one payment named by many events at once is one credit', async () => {
    const { id } = await tenant();
    const t = await opened(id, 50_000);
    const pi = fresh('pi');
    const bodies = Array.from(
      { length: 30 },
      (_, i) => [succeeded(id, t, pi), completed(id, t, pi), completed(id, t, pi, false)][i % 3] as string,
    );
    const answers = await Promise.all(bodies.map((b) => send(b)));
    expect(answers.map((a) => a.status)).toEqual(bodies.map(() => 200));
    expect(await balance(id)).toBe(55_000);
  });
  it('SEPA: processing until it succeeds', async () => {
    const { id } = await tenant();
    const t = await opened(id);
    const pi = fresh('pi');
    await send(completed(id, t, pi, false));
    expect((await apiOf(id).get(`/api/v2/topups/${t.topupId}`)).body).toMatchObject({ data: { status: 'processing' } });
    expect(await balance(id)).toBe(0);
    await send(
      eventOf('checkout.session.async_payment_succeeded', { ...JSON.parse(completed(id, t, pi)).data.object }),
    );
    expect((await apiOf(id).get(`/api/v2/topups/${t.topupId}`)).body).toMatchObject({ data: { status: 'completed' } });
    expect(await balance(id)).toBe(10_500);
  });
  it('refuses what is not signed by Stripe, and looks at nothing of it', async () => {
    const { id } = await tenant();
    const t = await opened(id);
    const event = succeeded(id, t, fresh('pi'));
    expect((await send(event, { secret: 'whsec_wrong' })).status).toBe(401);
    const unsigned = await webhooks.request(
      'http://localhost:8787/webhooks/stripe',
      { method: 'POST', body: event },
      env,
      createExecutionContext(),
    );
    expect(unsigned.status).toBe(401);
    expect(await balance(id)).toBe(0);
  });
  it('answers 400 to a signed body that is no event', async () => {
    expect((await send('{"hello":')).status).toBe(400);
  });
  it.each([
    [
      'another amount',
      (id: TenantId, t: Opened) => succeeded(id, t, fresh('pi'), { amount_received: t.gross - 1 }),
      'amount_differs',
    ],
    [
      'another currency',
      (id: TenantId, t: Opened) => succeeded(id, t, fresh('pi'), { currency: 'chf' }),
      'currency_differs',
    ],
    [
      'an unknown top-up',
      (id: TenantId, t: Opened) => succeeded(id, { ...t, topupId: 'top_nobody' }, fresh('pi')),
      'topup_unknown',
    ],
  ])('%s: acknowledged, on the unmatched list, on no balance', async (_what, make, reason) => {
    const { id } = await tenant();
    const t = await opened(id);
    expect(await send(make(id, t))).toEqual({ status: 200, body: { received: true, unmatched: reason } });
    expect(await balance(id)).toBe(0);
    expect(await unmatchedOf(id)).toMatchObject([{ reason, resolvedAt: null }]);
  });
  it("another tenant's top-up id in the metadata credits neither", async () => {
    const [a, b] = [await tenant(), await tenant()];
    const t = await opened(a.id);
    expect((await send(succeeded(b.id, t, fresh('pi')))).body).toEqual({ received: true, unmatched: 'topup_unknown' });
    expect([await balance(a.id), await balance(b.id)]).toEqual([0, 0]);
  });
  it("on a tenant's own path only that tenant's payments are booked", async () => {
    const [a, b] = [await tenant(), await tenant()];
    const t = await opened(a.id);
    expect((await send(succeeded(a.id, t, fresh('pi')), { path: `/webhooks/stripe/${b.slug}` })).body).toMatchObject({
      unmatched: 'tenant_of_another_path',
    });
    expect((await send(succeeded(a.id, t, fresh('pi')), { path: `/webhooks/stripe/${a.slug}` })).body).toEqual({
      received: true,
    });
    expect((await send(succeeded(a.id, t, fresh('pi')), { path: '/webhooks/stripe/nobody' })).status).toBe(404);
    expect([await balance(a.id), await balance(b.id)]).toEqual([10_500, 0]);
  });
  it('a tenant that does not exist gets no ledger', async () => {
    const ghost = newId('tenant', processNow());
    const t = { topupId: 'top_x', gross: 11_900, sessionId: 'cs_x' };
    expect((await send(succeeded(ghost, t, fresh('pi')))).body).toEqual({
      received: true,
      unmatched: 'tenant_unknown',
    });
  });
  it('a dispute that knows only its payment waits for it, and is applied when the payment is known', async () => {
    const { id } = await tenant();
    const t = await opened(id);
    const pi = fresh('pi');
    expect((await send(disputed(pi, t.gross, [-t.gross]))).body).toEqual({
      received: true,
      unmatched: 'payment_unknown',
    });
    await send(succeeded(id, t, pi));
    expect(await balance(id)).toBe(0);
    expect((await apiOf(id).get(`/api/v2/topups/${t.topupId}`)).body).toMatchObject({ data: { status: 'disputed' } });
    expect((await openUnmatched(platformOf(env), 200)).filter((r) => r.paymentId === pi)).toEqual([]);
    await send(disputed(pi, t.gross, [-t.gross, t.gross], 'won'));
    expect(await balance(id)).toBe(10_500);
  });
  it('a refund before its payment is found by the credit', async () => {
    const { id } = await tenant();
    const t = await opened(id);
    const pi = fresh('pi');
    await send(
      eventOf('charge.refunded', {
        id: 'ch_1',
        object: 'charge',
        payment_intent: pi,
        amount: t.gross,
        amount_refunded: t.gross,
        refunded: true,
        currency: 'eur',
        metadata: metadataOf(id, t.topupId),
      }),
    );
    await send(succeeded(id, t, pi));
    expect(await balance(id)).toBe(0);
    expect((await apiOf(id).get(`/api/v2/topups/${t.topupId}`)).body).toMatchObject({ data: { status: 'refunded' } });
  });
  it('what could not be made durable is not acknowledged; the next delivery credits', async () => {
    const { id } = await tenant();
    const t = await opened(id);
    const event = succeeded(id, t, fresh('pi'));
    d1Meter.refuse = true;
    expect((await send(event)).status).toBe(503);
    d1Meter.refuse = false;
    expect((await send(event)).body).toEqual({ received: true });
    expect(await balance(id)).toBe(10_500);
  });
  it('a payment whose link could not be written is acknowledged only when it could; its dispute is then found', async () => {
    const { id } = await tenant();
    const t = await opened(id);
    const [pi, event] = [fresh('pi'), { body: '' }];
    event.body = succeeded(id, t, pi);
    const refused = await madeToFail({ table: 'payment_links', tenantId: id }, () => send(event.body));
    expect(refused.status).toBe(503);
    expect(await balance(id)).toBe(10_500);
    expect((await send(event.body)).body).toEqual({ received: true });
    expect((await send(event.body)).body).toEqual({ received: true, duplicate: true });
    expect(await balance(id)).toBe(10_500);
    expect((await send(disputed(pi, t.gross, [-t.gross]))).body).toEqual({ received: true });
    expect(await balance(id)).toBe(0);
    expect(await unmatchedOf(id)).toEqual([]);
  });
  it('a payment without a link is found by the top-up that names it', async () => {
    const { id } = await tenant();
    const t = await opened(id);
    const pi = fresh('pi');
    await send(succeeded(id, t, pi));
    await ledgerPort(platformOf(env), id).flush(5_000);
    await env.DB.prepare('DELETE FROM payment_links WHERE payment_id = ?1').bind(pi).run();
    expect((await send(refund(pi, 're_1', t.gross, 'succeeded'))).body).toEqual({ received: true });
    expect(await balance(id)).toBe(0);
  });
  it('a dispute that was lost and is won after all ends with the balance as it was, told by alarm, nothing unmatched', async () => {
    const { id } = await tenant();
    const t = await opened(id);
    const pi = fresh('pi');
    await send(succeeded(id, t, pi));
    const told = await alarmsOf(async () => {
      expect((await send(disputed(pi, t.gross, [-t.gross], 'lost'))).body).toEqual({ received: true });
      expect(await balance(id)).toBe(0);
      expect((await send(disputed(pi, t.gross, [-t.gross, t.gross], 'won'))).body).toEqual({ received: true });
    });
    expect(told).toEqual(['payment_disputed']);
    expect(await keptAlarms(id)).toEqual([['payment_disputed', `${id}/${t.topupId}/du_${pi}`, 'cleared']]);
    expect(await balance(id)).toBe(10_500);
    expect((await apiOf(id).get(`/api/v2/topups/${t.topupId}`)).body).toMatchObject({ data: { status: 'completed' } });
    expect(await unmatchedOf(id)).toEqual([]);
    expect((await ledgerPort(platformOf(env), id).verify()).result).toMatchObject({ value: { problems: [] } });
  });
  it('a dispute is booked by what Stripe shows: not acknowledged while it shows nothing, unmatched when there is none', async () => {
    const { id } = await tenant();
    const t = await opened(id);
    const pi = fresh('pi');
    await send(succeeded(id, t, pi));
    const event = disputed(pi, t.gross, [-t.gross]);
    expect((await send(event, { stripe: 'down' })).status).toBe(503);
    expect((await send(event)).body).toEqual({ received: true });
    expect(await balance(id)).toBe(0);
    const unknown = disputed(pi, t.gross, [-t.gross]);
    atStripe.clear();
    expect((await send(unknown)).body).toEqual({ received: true, unmatched: 'dispute_not_shown' });
  });
  it('a refund that fails after it succeeded gives the money back and is told by alarm', async () => {
    const { id } = await tenant();
    const t = await opened(id);
    const pi = fresh('pi');
    await send(succeeded(id, t, pi));
    await send(refund(pi, 're_1', 5_950, 'succeeded'));
    expect(await balance(id)).toBe(5_250);
    const told = await alarmsOf(async () => {
      expect((await send(refund(pi, 're_1', 5_950, 'failed'))).body).toEqual({ received: true });
    });
    expect(told).toEqual(['refund_failed']);
    expect(await keptAlarms(id)).toEqual([['refund_failed', `${id}/${t.topupId}/re_1`, 'open']]);
    expect(await balance(id)).toBe(10_500);
    expect((await apiOf(id).get(`/api/v2/topups/${t.topupId}`)).body).toMatchObject({ data: { refunded_cents: 0 } });
    expect(await unmatchedOf(id)).toEqual([]);
  });
  it('a dispute that is lost stays an alarm; a state that is new to us is one as long as it lasts', async () => {
    const { id } = await tenant();
    const t = await opened(id);
    const pi = fresh('pi');
    await send(succeeded(id, t, pi));
    const [disputeAlarm, unknownAlarm] = [`${id}/${t.topupId}/du_${pi}`, `${id}/${t.topupId}/re_1`];
    await send(disputed(pi, t.gross, [], 'under_arbitration'));
    await send(refund(pi, 're_1', 100, 'on_its_way'));
    expect(await keptAlarms(id)).toEqual([
      ['dispute_status_unknown', disputeAlarm, 'open'],
      ['refund_status_unknown', unknownAlarm, 'open'],
    ]);
    // Not a cent moved: still its alarm is over when the state is known.
    await send(disputed(pi, t.gross, [], 'under_review'));
    await send(refund(pi, 're_1', 100, 'succeeded'));
    await send(refund(pi, 're_2', 100, 'on_its_way'));
    await send(disputed(pi, t.gross, [-t.gross], 'lost'));
    expect(await keptAlarms(id)).toEqual([
      ['dispute_status_unknown', disputeAlarm, 'cleared'],
      ['payment_disputed', disputeAlarm, 'open'],
      ['refund_status_unknown', unknownAlarm, 'cleared'],
      ['refund_status_unknown', `${id}/${t.topupId}/re_2`, 'open'],
    ]);
  });
  it('an event whose alarm cannot be kept is not acknowledged, and is told when it comes again', async () => {
    const { id } = await tenant();
    const t = await opened(id);
    const pi = fresh('pi');
    await send(succeeded(id, t, pi));
    const event = disputed(pi, t.gross, [-t.gross]);
    const refused = await madeToFail({ table: 'alarms', tenantId: id }, () => send(event));
    expect(refused.status).toBe(503);
    expect(await keptAlarms(id)).toEqual([]);
    expect((await send(event)).body).toEqual({ received: true });
    expect((await keptAlarms(id)).map(([kind]) => kind)).toEqual(['payment_disputed']);
    expect(await balance(id)).toBe(0);
  });
  it('an event that fits nothing is not acknowledged while nobody can be told, and is told when it comes again', async () => {
    const { id } = await tenant();
    const t = await opened(id);
    const event = succeeded(id, t, fresh('pi'), { amount_received: t.gross - 1 });
    expect((await madeToFail({ table: 'alarms', tenantId: id }, () => send(event))).status).toBe(503);
    expect(await keptAlarms(id)).toEqual([]);
    expect((await send(event)).body).toEqual({ received: true, unmatched: 'amount_differs' });
    expect((await keptAlarms(id)).map(([kind, , state]) => [kind, state])).toEqual([['payment_unmatched', 'open']]);
    expect(await unmatchedOf(id)).toHaveLength(1);
  });
  it.each([
    ['live money on a test endpoint', { livemode: true }, 'event_of_another_mode'],
    ['a connected account', { account: 'acct_foreign' }, 'event_of_another_account'],
  ])('an event of %s moves nothing and is seen by a person', async (_what, changes, reason) => {
    const { id } = await tenant();
    const t = await opened(id);
    const foreign = JSON.stringify({ ...JSON.parse(succeeded(id, t, fresh('pi'))), ...changes });
    const told = await alarmsOf(async () => {
      expect((await send(foreign)).body).toEqual({ received: true, unmatched: reason });
    });
    expect(told).toEqual(['payment_unmatched']);
    expect(await balance(id)).toBe(0);
    const shown = (await openUnmatched(platformOf(env), 200)).find((row) => row.id === JSON.parse(foreign).id);
    expect(shown).toMatchObject({ reason, amountCents: t.gross, currency: 'EUR', resolvedAt: null });
    const ignored = eventOf('customer.updated', { id: 'cus_1', object: 'customer' }, changes);
    expect((await send(ignored)).body).toEqual({ received: true });
  });
  it('a session that is not the one the customer was sent to credits nothing', async () => {
    const { id } = await tenant();
    const t = await opened(id);
    expect((await send(completed(id, t, fresh('pi'), true, 'cs_other'))).body).toEqual({
      received: true,
      unmatched: 'topup_has_another_session',
    });
    expect(await balance(id)).toBe(0);
    expect((await send(completed(id, t, fresh('pi')))).body).toEqual({ received: true });
    expect(await balance(id)).toBe(10_500);
  });
  it('an event stored by a request that died is credited by the queue, once', async () => {
    const { id } = await tenant();
    const t = await opened(id);
    const payload = succeeded(id, t, fresh('pi'));
    const { id: eventId } = JSON.parse(payload) as { id: string };
    const stored = await storeWebhook(platformOf(env), {
      tenantId: id,
      source: 'stripe',
      eventType: 'payment_intent.succeeded',
      uniqueId: eventId,
      payload,
      now: processNow(),
    });
    await processStripeWebhook(platformOf(env), id, stored.id);
    await processStripeWebhook(platformOf(env), id, stored.id);
    expect(await balance(id)).toBe(10_500);
    expect((await send(payload)).body).toEqual({ received: true, duplicate: true });
  });
});

describe('reading money', () => {
  it('lists what was just written, filters, pages, and shows one by id', async () => {
    const { id } = await tenant();
    const api = apiOf(id);
    const t = await opened(id);
    await send(succeeded(id, t, fresh('pi')));
    const ledger = ledgerPort(platformOf(env), id);
    let head = '';
    for (let i = 0; i < 5; i++) {
      const charged = await ledger.settleCall({
        key: `call:${i}`,
        seconds: 60,
        occurredAt: processNow(),
        refs: { companyId: 'com_1' },
      });
      head = `ledger:${charged.head.epoch}.${charged.head.seq}`;
    }
    const first = await api.get('/api/v2/transactions?limit=3', { 'X-Askpro-Min': head, 'accept-language': 'de' });
    expect(first.status).toBe(200);
    const page = first.body as {
      data: { id: string; sequence: number; type: string; description: string }[];
      meta: { next_cursor: string };
      stale?: boolean;
    };
    expect(page.stale).toBeUndefined();
    expect(page.data.map((r) => [r.sequence, r.type, r.description])).toEqual([
      [7, 'call_cost', 'Anruf'],
      [6, 'call_cost', 'Anruf'],
      [5, 'call_cost', 'Anruf'],
    ]);
    const second = (await api.get(`/api/v2/transactions?limit=10&cursor=${page.meta.next_cursor}`)).body as {
      data: { sequence: number }[];
      meta: object;
    };
    expect(second.data.map((r) => r.sequence)).toEqual([4, 3, 2, 1]);
    expect(second.meta).toEqual({ next_cursor: null, has_more: false });
    const count = async (query: string) =>
      ((await api.get(`/api/v2/transactions?${query}`)).body as { data: unknown[] }).data.length;
    expect(await count('type=topup,bonus')).toBe(2);
    expect(await count('min_cents=1')).toBe(2);
    expect(await count('company_id=com_1')).toBe(5);
    expect(await count('q=Aufladung')).toBe(1);
    expect(await count('q=%25')).toBe(0);
    expect(await count('from=2020-01-01&to=2020-01-02')).toBe(0);
    expect((await api.get('/api/v2/transactions?type=nonsense')).status).toBe(422);
    expect((await api.get('/api/v2/transactions?cursor=nonsense')).status).toBe(422);
    const entryId = page.data[0]!.id;
    expect((await api.get(`/api/v2/transactions/${entryId}`)).body).toMatchObject({
      data: { id: entryId, amount_cents: -20, balance_after_cents: 10_400 },
    });
    const stranger = await tenant();
    expect((await apiOf(stranger.id).get(`/api/v2/transactions/${entryId}`)).status).toBe(404);
    expect((await apiOf(stranger.id).get(`/api/v2/topups/${t.topupId}`)).status).toBe(404);
  });
  it('balance, tiers and the preview of an amount', async () => {
    const { id } = await tenant();
    const api = apiOf(id);
    await send(succeeded(id, await opened(id), fresh('pi')));
    expect((await api.get('/customer/balance')).body).toMatchObject({
      success: true,
      data: {
        balance_cents: 10_500,
        prepaid_cents: 10_000,
        bonus_cents: 500,
        held_cents: 0,
        currency: 'EUR',
        sequence: 2,
        days_left: null,
      },
    });
    const tiers = await api.get('/api/v1/bonus-tiers?amount_cents=46000');
    expect(tiers.body).toMatchObject({
      data: {
        currency: 'EUR',
        vat: { rate_basis_points: 1_900, basis: 'net', category: 'standard' },
        min_cents: 1_000,
        max_cents: 1_000_000,
        tiers: [
          { name: 'Starter', from_cents: 10_000, kind: 'percentage', basis_points: 500 },
          { name: 'Pro' },
          { name: 'Business' },
        ],
        preview: {
          bonus_cents: 2_300,
          vat_cents: 8_740,
          total_cents: 54_740,
          next: { missing_cents: 4_000, bonus_cents: 5_000, tier: { name: 'Pro' } },
        },
      },
    });
  });
  it('tiers under their old path are the same, with its end and where they are now', async () => {
    const { id } = await tenant();
    const [now, old] = await Promise.all(['v1', 'v2'].map((v) => apiOf(id).get(`/api/${v}/bonus-tiers`)));
    expect([now?.status, now?.headers.get('Sunset')]).toEqual([200, null]);
    expect(old?.body).toEqual(now?.body);
    expect(Date.parse(old?.headers.get('Sunset') ?? '')).toBe(Date.parse('2027-11-22'));
    expect(old?.headers.get('Deprecation')).toMatch(/^@\d{10}$/);
    expect(old?.headers.get('Link')).toBe('</api/v1/bonus-tiers>; rel="successor-version"');
  });
  it('a manual top-up is booked at once', async () => {
    const { id } = await tenant();
    const request = { amount_cents: 5_000, method: 'manual', reason: 'paid in cash at the desk' };
    const { status, body } = await apiOf(id).post('/api/v2/topups', request);
    expect([status, body]).toMatchObject([201, { status: 'completed', checkout_url: null }]);
    expect(await balance(id)).toBe(5_000);
  });
  it('a manual top-up needs a reason, which the activity log keeps, and earns a bonus only where that is said', async () => {
    const { id } = await tenant();
    const api = apiOf(id);
    for (const reason of [undefined, '', 'too short', '   spaces   ']) {
      const { status, body } = await api.post('/api/v2/topups', { amount_cents: 10_000, method: 'manual', reason });
      expect([status, Object.keys((body as { error: { errors: object } }).error.errors)]).toEqual([422, ['reason']]);
    }
    expect(await balance(id)).toBe(0);
    const reason = 'goodwill for the outage of 12 November';
    expect((await api.post('/api/v2/topups', { amount_cents: 10_000, method: 'manual', reason })).body).toMatchObject({
      bonus_cents: 0,
    });
    expect(
      (await api.post('/api/v2/topups', { amount_cents: 10_000, method: 'manual', reason, bonus: true })).body,
    ).toMatchObject({ bonus_cents: 500 });
    expect(await balance(id)).toBe(20_500);
    const { db } = openTenant(platformOf(env), id, { kind: 'system', cause: 'demo' });
    const rows = (await db.rows(auditLog)).filter((row) => row.description === 'topup.booked_by_hand');
    expect(rows.map((row) => row.fields)).toEqual([
      ['amount_cents', 'currency', 'bonus', 'reason'],
      ['amount_cents', 'currency', 'bonus', 'reason'],
    ]);
    const values = await db.rows(auditValues);
    expect(values.map(({ after }) => after)).toContainEqual({
      amount_cents: 10_000,
      currency: 'EUR',
      bonus: true,
      reason,
    });
  });
  it('the balance says how long it lasts, by what was spent each day', async () => {
    const { id } = await tenant();
    await send(succeeded(id, await opened(id), fresh('pi')));
    const ledger = ledgerPort(platformOf(env), id);
    const now = processNow();
    for (const days of [10, 5, 1])
      await ledger.settleCall({
        key: `call:${days}`,
        seconds: 300,
        occurredAt: asInstant(now - days * 86_400_000),
        now: asInstant(now - days * 86_400_000),
      });
    d1Meter.statements = 0;
    const { body } = await apiOf(id).get('/customer/balance');
    // 3.00 in ten days: 102.00 last 340 more.
    expect(body).toMatchObject({ data: { balance_cents: 10_200, days_left: 340 } });
    expect(d1Meter.statements).toBe(0);
  });
  it('a tenant without terms has no ledger to show', async () => {
    expect((await apiOf(newId('tenant', asInstant(processNow()))).get('/customer/balance')).status).toBe(404);
  });
});
