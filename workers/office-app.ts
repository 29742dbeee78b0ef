/**
 * Routes of people's daily work beside the calendar: customers, calls, call backs, messages, master data. An app of its own with the edge of
 * app.ts, loaded with its first request like control-app.ts, because the Worker's start carries what callers and calendars wait for.
 * Wiring only.
 */
import { OpenAPIHono } from '@hono/zod-openapi';
import { billingRoutes } from './billing/routes.ts';
import { bulkRoutes } from './calendar/bulk-routes.ts';
import { presenceRoutes } from './calendar/presence-routes.ts';
import { scheduleRoutes } from './calendar/schedule-routes.ts';
import { consentRoutes } from './crm/consents/consents.resource.ts';
import { customerRoutes } from './crm/customer-routes.ts';
import { customerNotesResource } from './crm/customer-notes.resource.ts';
import { customersResource } from './crm/customers.resource.ts';
import { tagsResource } from './crm/tags.resource.ts';
import { jobWorld } from './cron.ts';
import { figureRoutes } from './figures/figure-routes.ts';
import { apiRequest, everyRequest } from './http/middleware.ts';
import type { OpenEnv } from './http/module-routes.ts';
import { notFound, onError } from './http/problem.ts';
import { createImportRoutes } from './imports/routes.ts';
import { usageRoutes } from './metering/usage-routes.ts';
import { messageRoutes } from './notifications/message-routes.ts';
import { notificationsResource } from './notifications/notifications.resource.ts';
import { routes as notificationRoutes } from './notifications/routes.ts';
import { searchRoutes } from './search/search-routes.ts';
import { callbackRoutes } from './telephony/callback-routes.ts';
import { callbacksResource } from './telephony/callbacks.resource.ts';
import { receiptRoutes } from './telephony/receipt-routes.ts';
import { callsResource } from './telephony/calls.resource.ts';

export const officeApp = new OpenAPIHono<OpenEnv>();
officeApp.onError(onError);
officeApp.notFound(notFound);
officeApp.use('*', ...everyRequest, ...apiRequest);
for (const moduleRoutes of [
  billingRoutes,
  bulkRoutes,
  // Before the noun, whose pattern fits its path.
  callbackRoutes,
  callbacksResource.routes,
  receiptRoutes,
  callsResource.routes,
  consentRoutes,
  customerNotesResource.routes,
  customerRoutes,
  customersResource.routes,
  figureRoutes,
  createImportRoutes(async (platform) => jobWorld(platform)),
  messageRoutes,
  notificationRoutes,
  notificationsResource.routes,
  presenceRoutes,
  scheduleRoutes,
  searchRoutes,
  tagsResource.routes,
  usageRoutes,
]) {
  officeApp.route('/', moduleRoutes);
}
