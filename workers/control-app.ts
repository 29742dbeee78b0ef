/**
 * Routes of set-up and operation: who runs the instance, its tenants and its work in the background. An app of its own with the edge of app.ts,
 * loaded with its first request, because the Worker's start carries what callers and calendars wait for. Wiring only.
 */
import { OpenAPIHono } from '@hono/zod-openapi';
import { absenceRoutes } from './calendar/absences/absence-requests.resource.ts';
import { alarmRoutes } from './alarms/routes.ts';
import { eventTypeRoutes } from './calendar-sync/event-type-routes.ts';
import { companiesResource } from './calendar/companies.resource.ts';
import { staffLoginRoutes } from './calendar/staff-login-routes.ts';
import { connectionRoutes } from './connections/routes.ts';
import { jobWorld } from './cron.ts';
import { erasureRoutes } from './crm/erasure-routes.ts';
import { teamRoutes } from './identity/team-routes.ts';
import { waysInRoutes } from './identity/ways-in-routes.ts';
import { apiRequest, everyRequest } from './http/middleware.ts';
import type { OpenEnv } from './http/module-routes.ts';
import { preferenceRoutes } from './identity/preference-routes.ts';
import { securityRoutes } from './identity/security-routes.ts';
import { notFound, onError } from './http/problem.ts';
import { instanceRoutes } from './instance/routes.ts';
import { createJobRoutes } from './jobs/routes.ts';
import { legalRoutes } from './legal/routes.ts';
import { onboardingRoutes } from './onboarding/routes.ts';
import { createTenantJobRoutes } from './operations/tenant-job-routes.ts';
import { operatorRoutes } from './operations/operator-routes.ts';
import { watchRoutes } from './operations/watch-routes.ts';
import { webhookLogsResource } from './operations/webhook-logs.resource.ts';
import { unmatchedRoutes } from './payments/unmatched-routes.ts';
import { signupRoutes } from './signup/routes.ts';
import { tenantRoutes } from './tenants/routes.ts';
import { recordingRoutes } from './telephony/recording/routes.ts';
import { createProvisioningRoutes } from './provisioning/routes.ts';

export const controlApp = new OpenAPIHono<OpenEnv>();
controlApp.onError(onError);
controlApp.notFound(notFound);
controlApp.use('*', ...everyRequest, ...apiRequest);
for (const moduleRoutes of [
  absenceRoutes,
  alarmRoutes,
  companiesResource.routes,
  connectionRoutes,
  createProvisioningRoutes(async (platform) => jobWorld(platform)),
  createJobRoutes(async (platform) => jobWorld(platform)),
  createTenantJobRoutes(async (platform) => jobWorld(platform)),
  erasureRoutes,
  eventTypeRoutes,
  instanceRoutes,
  legalRoutes,
  onboardingRoutes,
  operatorRoutes,
  preferenceRoutes,
  securityRoutes,
  signupRoutes,
  recordingRoutes,
  staffLoginRoutes,
  teamRoutes,
  tenantRoutes,
  unmatchedRoutes,
  waysInRoutes,
  watchRoutes,
  webhookLogsResource.routes,
]) {
  controlApp.route('/', moduleRoutes);
}
