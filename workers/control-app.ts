/**
 * Routes of set-up and operation: who runs the instance, its tenants and its work in the background. An app of its own with the edge of app.ts,
 * loaded with its first request, because the Worker's start carries what callers and calendars wait for. Wiring only.
 */
import { OpenAPIHono } from '@hono/zod-openapi';
import { alarmRoutes } from './alarms/routes.ts';
import { jobWorld } from './cron.ts';
import { apiRequest, everyRequest } from './http/middleware.ts';
import type { OpenEnv } from './http/module-routes.ts';
import { notFound, onError } from './http/problem.ts';
import { instanceRoutes } from './instance/routes.ts';
import { createJobRoutes } from './jobs/routes.ts';
import { onboardingRoutes } from './onboarding/routes.ts';
import { operatorRoutes } from './operations/operator-routes.ts';
import { webhookLogsResource } from './operations/webhook-logs.resource.ts';
import { unmatchedRoutes } from './payments/unmatched-routes.ts';
import { tenantRoutes } from './tenants/routes.ts';
import { createProvisioningRoutes } from './provisioning/routes.ts';

export const controlApp = new OpenAPIHono<OpenEnv>();
controlApp.onError(onError);
controlApp.notFound(notFound);
controlApp.use('*', ...everyRequest, ...apiRequest);
for (const moduleRoutes of [
  alarmRoutes,
  createProvisioningRoutes(async (platform) => jobWorld(platform)),
  createJobRoutes(async (platform) => jobWorld(platform)),
  instanceRoutes,
  onboardingRoutes,
  operatorRoutes,
  tenantRoutes,
  unmatchedRoutes,
  webhookLogsResource.routes,
]) {
  controlApp.route('/', moduleRoutes);
}
