/** The whole URL space on one screen: middleware order and the mount table. Wiring only. */
import { OpenAPIHono } from '@hono/zod-openapi';
import { lazy } from '../shared/lazy.ts';
import { routes as calendarSyncRoutes } from './calendar-sync/routes.ts';
import { routes as calendarRoutes } from './calendar/routes.ts';
import { tagsResource } from './crm/tags.resource.ts';
import { customersResource } from './crm/customers.resource.ts';
import { erasureRoutes } from './crm/erasure-routes.ts';
import { isDevelopment } from './env.ts';
import { devClockRoutes } from './http/dev-clock.ts';
import { apiRequest, developersOnly, everyRequest, signedRequest } from './http/middleware.ts';
import { mountDocument } from './http/openapi.ts';
import { notFound, onError } from './http/problem.ts';
import type { OpenEnv } from './http/module-routes.ts';
import { identityRoutes } from './identity/routes.ts';
import { liveRoutes, routes as ledgerRoutes } from './ledger/routes.ts';
import { notificationsResource } from './notifications/notifications.resource.ts';
import { routes as notificationRoutes, webhookRoutes as notificationWebhooks } from './notifications/routes.ts';
import { healthRoutes } from './operations/health.ts';
import { routes as paymentRoutes, webhookRoutes as paymentWebhooks } from './payments/routes.ts';
import { createPages } from './tenancy/pages.ts';
import { callbacksResource } from './telephony/callbacks.resource.ts';
import { callsResource } from './telephony/calls.resource.ts';
import { telephonyRoutes } from './telephony/routes.ts';

export const app = new OpenAPIHono<OpenEnv>();
app.onError(onError);
app.notFound(notFound);

// Set-up and operation are an app of their own (control-app.ts), which has the same edge: before ours, so that nothing is counted twice.
const control = lazy(() => import('./control-app.ts'));
const CONTROL = [
  'alarms',
  'crons',
  'jobs',
  'number-pool',
  'objects',
  'onboarding',
  'parked-work',
  'phone-numbers',
  'pricing-plans',
  'retell-agents',
  'settings',
  'tenants',
  'test-calls',
  'trade-templates',
  'unmatched-payments',
  'webhook-logs',
].map((noun) => `/api/v1/${noun}/*`);
for (const path of ['/api/setup/*', ...CONTROL])
  app.all(path, async (c) => (await control()).controlApp.fetch(c.req.raw, c.env, c.executionCtx));

app.use('*', ...everyRequest);

// Signed by vendors: verified over the raw body by their modules.
const SIGNED = ['/webhooks/*', '/api/retell/*', '/api/calcom/webhook', '/api/calcom/webhook/*'];
for (const path of SIGNED) app.use(path, ...signedRequest);
app.route('/', telephonyRoutes);
app.route('/', paymentWebhooks);
app.route('/', calendarSyncRoutes);
app.route('/', notificationWebhooks);

const development = lazy(() => import('./development/routes.ts'));
const developmentClock = lazy(() => import('./development/clock.ts'));

// Development entry points: absent (404) elsewhere, and never part of the entry's static imports.
app.use('/api/dev/*', developersOnly);
app.all('/api/dev/*', async (c, next) => {
  if (!isDevelopment(c.env)) return notFound(c);
  if (c.req.path === '/api/dev/clock') return next();
  const { developmentRoutes } = await development();
  return developmentRoutes.fetch(c.req.raw, c.env, c.executionCtx);
});
app.route(
  '/',
  devClockRoutes(async (platform, now) => (await developmentClock()).clockMoved(platform, now)),
);

// Sessions and API keys.
for (const path of ['/api/*', '/customer/*']) app.use(path, ...apiRequest);
for (const moduleRoutes of [
  healthRoutes,
  identityRoutes,
  calendarRoutes,
  customersResource.routes,
  erasureRoutes,
  tagsResource.routes,
  callsResource.routes,
  callbacksResource.routes,
  ledgerRoutes,
  liveRoutes,
  paymentRoutes,
  notificationsResource.routes,
  notificationRoutes,
]) {
  app.route('/', moduleRoutes);
}
mountDocument(app, async () => [(await control()).controlApp]);

// Pages on the platform's and the tenants' hosts. A web app's page brings its first answers along: asked here, as its script would.
app.route(
  '/',
  createPages((request, c) => app.fetch(request, c.env, c.executionCtx)),
);
