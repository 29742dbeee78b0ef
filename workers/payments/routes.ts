/** HTTP of payments: top-ups, and Stripe's webhook. Thin: shapes in and out. Mounted by app.ts. */
import { createRoute } from '@hono/zod-openapi';
import { actorMay } from '../../shared/actor.ts';
import {
  topupListQuery,
  topupListResponse,
  type TopupOpenedResponse,
  topupOpenedResponse,
  topupParams,
  topupRequest,
  topupResponse,
  type TopupView,
} from '../../shared/contract/money.ts';
import { companyParams, stripeReceipt } from '../../shared/contract/webhooks.ts';
import { asCents } from '../../shared/money.ts';
import { toIso } from '../../shared/time.ts';
import { formatHead } from '../object-runtime/events.ts';
import { answer } from '../http/answer.ts';
import { readRawBody } from '../http/body.ts';
import { idempotent } from '../http/idempotency.ts';
import { requirePermission } from '../http/permission.ts';
import { refuse } from '../http/problem.ts';
import { refuseSignature } from '../http/rate-limit.ts';
import { createRoom } from '../http/room.ts';
import { errorResponses, guardErrors, guarded, jsonAnswer, jsonBody, signedRoute } from '../http/schema.ts';
import { verifyStripe } from '../integrations/signatures.ts';
import type { Topup } from '../ledger/types.ts';
import { tenantOfSlug } from '../tenancy/directory.ts';
import { newTopupId, openCheckout } from './checkout.ts';
import { receiveStripeEvent } from './webhook.ts';
import { log } from '../log.ts';

/** A company that was made a moment ago may be billed a moment later. */
const COMPANIES_AGE_MS = 30_000;

export const routes = createRoom();
/** Signed by Stripe: no session, no key, no count per address. */
export const webhookRoutes = createRoom();

// ---------------------------------------------------------------- top-ups

const viewOf = (t: Topup): TopupView => ({
  id: t.id,
  method: t.method,
  status: t.status,
  amount_cents: t.amountCents,
  vat_cents: t.vatCents,
  total_cents: t.grossCents,
  bonus_cents: t.bonusCents,
  refunded_cents: t.refundedCents,
  currency: t.currency,
  created_at: toIso(t.createdAt),
  completed_at: t.paidAt === null ? null : toIso(t.paidAt),
  failure_code: t.failureReason,
});

const topupOpened = (t: Topup, checkoutUrl: string | null): TopupOpenedResponse => ({
  success: true,
  topup_id: t.id,
  status: t.status,
  amount_cents: t.amountCents,
  vat_cents: t.vatCents,
  total_cents: t.grossCents,
  bonus_cents: t.bonusCents,
  checkout_url: checkoutUrl,
});

routes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v2/topups',
    tags: ['money'],
    summary: 'Opens a top-up: answers where to pay. The amount is net, VAT is added there',
    ...guarded('create_topups'),
    middleware: [requirePermission('create_topups'), idempotent] as const,
    request: { body: jsonBody(topupRequest) },
    responses: {
      201: jsonAnswer(topupOpenedResponse, 'opened'),
      ...guardErrors(),
      ...errorResponses('UPSTREAM_UNAVAILABLE', 'IDEMPOTENCY_MISMATCH', 'REQUEST_IN_PROGRESS'),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const scope = c.get('scope');
    const amountCents = asCents(body.amount_cents);
    if (body.company_id !== undefined) {
      const { result } = await scope.calendar.schedule({ maxAgeMs: COMPANIES_AGE_MS });
      const own = result.ok && result.value.branches.some((branch) => branch.body.companyId === body.company_id);
      if (!own) return refuse(c, { code: 'NOT_FOUND', entity: 'company' });
    }
    if (body.method === 'manual') {
      if (!actorMay(scope.actor, 'manage_topups')) {
        return refuse(c, { code: 'PERMISSION_DENIED', permission: 'manage_topups' });
      }
      const current = await scope.ledger.balance();
      if (!current.result.ok) return refuse(c, current.result.error);
      const topupId = newTopupId(c.get('now'));
      const booked = await scope.ledger.recordTopup({
        key: `manual:${topupId}`,
        topupId,
        amountCents,
        currency: current.result.value.currency,
        method: 'manual',
        now: c.get('now'),
        ...(scope.actor.kind === 'user' ? { userId: scope.actor.userId } : {}),
      });
      return answer(
        c,
        { result: booked.result, head: formatHead(booked.head) },
        (value) => topupOpened(value.topup, null),
        201,
      );
    }
    const outcome = await openCheckout(scope, {
      amountCents,
      language: c.get('language'),
      origin: new URL(c.req.url).origin,
      companyId: body.company_id,
    });
    return answer(c, outcome, (value) => topupOpened(value.topup, value.checkoutUrl), 201);
  },
);

routes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v2/topups',
    tags: ['money'],
    summary: 'Top-ups, newest first, from the ledger itself',
    ...guarded('view_topups'),
    request: { query: topupListQuery },
    responses: { 200: jsonAnswer(topupListResponse, 'a page'), ...guardErrors() },
  }),
  async (c) => {
    const { cursor, limit } = c.req.valid('query');
    const outcome = await c.get('scope').ledger.topups({ limit, ...(cursor === undefined ? {} : { cursor }) });
    return answer(c, { result: outcome.result, head: formatHead(outcome.head) }, (found) => ({
      success: true,
      data: found.items.map(viewOf),
      meta: { next_cursor: found.nextCursor, has_more: found.nextCursor !== null },
    }));
  },
);

routes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v2/topups/{id}',
    tags: ['money'],
    summary: 'A top-up as it really stands: the webhook credits, not the redirect',
    ...guarded('view_topups'),
    request: { params: topupParams },
    responses: { 200: jsonAnswer(topupResponse, 'the top-up'), ...guardErrors() },
  }),
  async (c) => {
    const { id } = c.req.valid('param');
    const outcome = await c.get('scope').ledger.topup({ topupId: id });
    return answer(c, { result: outcome.result, head: formatHead(outcome.head) }, (found) => ({
      success: true,
      data: viewOf(found),
    }));
  },
);

// ---------------------------------------------------------------- Stripe

const webhook = (path: '/webhooks/stripe' | '/webhooks/stripe/{company}') =>
  createRoute({
    method: 'post',
    path,
    tags: ['webhooks'],
    summary: "Stripe's events: stored once, booked, only then acknowledged",
    ...signedRoute('stripe'),
    ...(path.endsWith('}') ? { request: { params: companyParams } } : {}),
    responses: {
      200: jsonAnswer(stripeReceipt, 'durable'),
      ...errorResponses(
        'SIGNATURE_INVALID',
        'MALFORMED_JSON',
        'RATE_LIMITED',
        'PAYLOAD_TOO_LARGE',
        'UPSTREAM_UNAVAILABLE',
        'NOT_FOUND',
      ),
    },
  });

for (const path of ['/webhooks/stripe', '/webhooks/stripe/{company}'] as const) {
  webhookRoutes.open(webhook(path), async (c) => {
    const rawBody = await readRawBody(c);
    const secret = c.get('platform').config.STRIPE_WEBHOOK_SECRET;
    const header = c.req.header('Stripe-Signature');
    // Nothing of the body is looked at before this line.
    if (secret === undefined || !(await verifyStripe({ rawBody, header, secret, now: c.get('now') }))) {
      return refuseSignature(c);
    }
    const slug = c.req.param('company');
    const company = slug === undefined ? null : ((await tenantOfSlug(c.get('platform'), slug))?.tenantId ?? null);
    if (slug !== undefined && company === null) return refuse(c, { code: 'NOT_FOUND', entity: 'tenant' });
    let received: Awaited<ReturnType<typeof receiveStripeEvent>>;
    try {
      received = await receiveStripeEvent(c.get('platform'), rawBody, company, c.get('now'));
    } catch (fault) {
      // Not durable: no 200. Stripe sends again for three days.
      log('error', 'stripe_webhook_failed', { channel: 'payments', fault });
      return refuse(c, { code: 'UPSTREAM_UNAVAILABLE', service: 'storage' });
    }
    switch (received.kind) {
      case 'malformed':
        return refuse(c, { code: 'MALFORMED_JSON' });
      case 'duplicate':
        return c.json({ received: true as const, duplicate: true }, 200);
      case 'unmatched':
        return c.json({ received: true as const, unmatched: received.reason }, 200);
      case 'processed':
      case 'ignored':
        return c.json({ received: true as const }, 200);
    }
  });
}
