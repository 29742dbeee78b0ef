/** The whole URL space on one screen: middleware order and the mount table. Wiring only. */
import { OpenAPIHono } from '@hono/zod-openapi';
import { lazy } from '../shared/lazy.ts';
import { routes as calendarSyncRoutes } from './calendar-sync/routes.ts';
import { routes as calendarRoutes } from './calendar/routes.ts';
import { isDevelopment } from './env.ts';
import { devClockRoutes } from './http/dev-clock.ts';
import { apiRequest, developersOnly, everyRequest, signedRequest } from './http/middleware.ts';
import { mountDocument } from './http/openapi.ts';
import { notFound, onError } from './http/problem.ts';
import type { OpenEnv } from './http/module-routes.ts';
import { identityRoutes } from './identity/routes.ts';
import { liveRoutes, routes as ledgerRoutes } from './ledger/routes.ts';
import { webhookRoutes as notificationWebhooks } from './notifications/webhook-routes.ts';
import { healthRoutes } from './operations/health.ts';
import { routes as paymentRoutes, webhookRoutes as paymentWebhooks } from './payments/routes.ts';
import { createPages } from './tenancy/pages.ts';
import { fromRetell } from './telephony/from-retell.ts';
import { telephonyRoutes } from './telephony/routes.ts';

export const app = new OpenAPIHono<OpenEnv>();
app.onError(onError);
app.notFound(notFound);

// Set-up and operation (control-app.ts) and people's daily work beside the calendar (office-app.ts) are apps of their own, which have the same
// edge: before ours, so that nothing is counted twice.
const control = lazy(() => import('./control-app.ts'));
const office = lazy(() => import('./office-app.ts'));
const nounsOf = (names: readonly string[]): string[] => names.map((noun) => `/api/v1/${noun}/*`);
const OFFICE = nounsOf([
  'appointments/:id/modifications',
  'appointments/bulk',
  'branches',
  'callback-requests',
  'calls',
  'conflicts',
  'consents',
  'customers',
  'dead-letters',
  'exceptions',
  'figures',
  'imports',
  'notes',
  'notifications',
  'presence',
  'resources',
  'search',
  'services',
  'staff',
  'tags',
  'widgets',
  'working-hours',
]);
const CONTROL = nounsOf([
  'absence-requests',
  'activity',
  'alarms',
  'api-keys',
  'companies',
  'contracts',
  'crons',
  'defect-forwarding',
  'defects',
  'erasures',
  'inbound-events',
  'inbound-webhooks',
  'integrations',
  'jobs',
  'legal-drafts',
  'legal-texts',
  'live-checks',
  'logs',
  'me',
  'number-pool',
  'objects',
  'onboarding',
  'parked-work',
  'phone-numbers',
  'pricing-plans',
  'queues',
  'recordings',
  'retell-agents',
  'roles',
  'security',
  'sealed-values',
  'settings',
  'shards',
  'signup-settings',
  'tenant-jobs',
  'tenants',
  'test-calls',
  'trade-templates',
  'unmatched-payments',
  'uptime',
  'users',
  'webhook-logs',
]);
const ACCOUNT = [
  'challenge',
  'email',
  'invitation',
  'links',
  'magic-link',
  'passkey',
  'passkeys',
  'password',
  'profile',
  'second-factor',
  'support',
].map((name) => `/api/auth/${name}/*`);
for (const path of [
  '/api/setup/*',
  '/api/signup/*',
  '/api/v1/staff/:id/login',
  '/api/v1/customers/:id/erasure/*',
  '/api/v2/calcom/*',
  ...ACCOUNT,
  ...CONTROL,
])
  app.all(path, async (c) => (await control()).controlApp.fetch(c.req.raw, c.env, c.executionCtx));
for (const path of ['/api/v1/appointments/:id/reminder', '/api/v2/usage-events/*', '/api/billing/*', ...OFFICE])
  app.all(path, async (c) => (await office()).officeApp.fetch(c.req.raw, c.env, c.executionCtx));

app.use('*', ...everyRequest);

// Signed by vendors: verified over the raw body by their modules.
const SIGNED = ['/webhooks/*', '/api/retell/*', '/api/calcom/webhook', '/api/calcom/webhook/*'];
for (const path of SIGNED) app.use(path, ...signedRequest);
for (const path of ['/api/retell/*', '/webhooks/retell', '/webhooks/retell/*']) app.use(path, fromRetell);
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
for (const moduleRoutes of [healthRoutes, identityRoutes, calendarRoutes, ledgerRoutes, liveRoutes, paymentRoutes]) {
  app.route('/', moduleRoutes);
}
mountDocument(app, async () => [(await control()).controlApp, (await office()).officeApp]);

// Pages on the platform's and the tenants' hosts. A web app's page brings its first answers along: asked here, as its script would.
app.route(
  '/',
  createPages((request, c) => app.fetch(request, c.env, c.executionCtx)),
);
