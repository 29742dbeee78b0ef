/** HTTP of payments: top-ups, and Stripe's webhook. Thin: shapes in and out. Mounted by app.ts. */
import { createRoute } from '@hono/zod-openapi';
import { type TopupOpenedResponse, topupOpenedResponse, topupRequest } from '../../shared/contract/money.ts';
import { companyParams, stripeReceipt } from '../../shared/contract/webhooks.ts';
import { log } from '../log.ts';
import { lazy } from '../../shared/lazy.ts';
import { asCents } from '../../shared/money.ts';
import { answer } from '../http/answer.ts';
import { readRawBody } from '../http/body.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { refuse } from '../http/problem.ts';
import { refuseSignature } from '../http/rate-limit.ts';
import { createRoutes } from '../http/module-routes.ts';
import { errorResponses, guardErrors, jsonAnswer, jsonBody, signedRoute } from '../http/schema.ts';
import type { Topup } from '../ledger/types.ts';
import { topupsResource } from './topups.resource.ts';
import type { Received } from './webhook.ts';

const topups = lazy(() => import('./commands/open-topup.ts'));
/** Loads with the first event. */
const stripeWebhook = lazy(() => import('./webhook.ts'));
const ownAccount = lazy(() => import('./own-account.ts'));

export const routes = createRoutes();
routes.route('/', topupsResource.routes);
/** Signed by Stripe: no session, no key, no count per address. */
export const webhookRoutes = createRoutes();

// ---------------------------------------------------------------- top-ups

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
    ...guardedOnce('create_topups'),
    request: { body: jsonBody(topupRequest) },
    responses: {
      201: jsonAnswer(topupOpenedResponse, 'opened'),
      ...guardErrors(),
      ...onceErrors('UPSTREAM_UNAVAILABLE', 'ISSUER_INCOMPLETE'),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const { openTopup } = await topups();
    const opened = await openTopup(c.get('platform'), c.get('scope'), {
      method: body.method,
      amountCents: asCents(body.amount_cents),
      companyId: body.company_id,
      reason: body.reason,
      bonus: body.bonus,
      language: c.get('language'),
      origin: new URL(c.req.url).origin,
    });
    return answer(c, opened, ({ topup, checkoutUrl }) => topupOpened(topup, checkoutUrl), 201);
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
    const { receiveStripeEvent, signerOf } = await stripeWebhook();
    const platform = c.get('platform');
    const now = c.get('now');
    const rawBody = await readRawBody(c);
    const header = c.req.header('Stripe-Signature');
    // Nothing of the body is looked at before this line.
    const signer = await signerOf(platform, { rawBody, header, now, company: c.req.param('company') });
    if (signer === null) return refuseSignature(c);
    if (signer.kind === 'nobody') return refuse(c, { code: 'NOT_FOUND', entity: 'tenant' });
    let received: Received;
    try {
      received =
        signer.kind === 'own'
          ? await (await ownAccount()).receiveOwnEvent(platform, rawBody, signer.tenantId, now)
          : await receiveStripeEvent(platform, rawBody, signer.tenantId, now);
    } catch (fault) {
      // Not durable: no 200. Stripe sends again for three days.
      log('error', 'stripe_webhook_failed', { channel: 'webhook', fault });
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
      case 'waiting':
        return c.json({ received: true as const }, 200);
    }
  });
}
