/** What the queues run: effect kind → handler, webhook source → processor. Wiring only; each module loads with its first work, but payments, whose routes need it at once. */
import { lazy } from '../shared/lazy.ts';
import type { Env } from './env.ts';
import type { EffectHandlers } from './operations/effects.ts';
import { processStripeWebhook } from './payments/webhook.ts';
import { webhookById } from './storage/queries/webhooks.ts';
import { TenantDb } from './storage/tenant-db.ts';

const notifications = lazy(() => import('./notifications/notify.ts'));
const calendarPush = lazy(() => import('./calendar-sync/push.ts'));
const calendarPull = lazy(() => import('./calendar-sync/pull.ts'));
const telephonyJobs = lazy(() => import('./telephony/jobs.ts'));
const metering = lazy(() => import('./metering/appointments.ts'));

/** The handler of each effect. Those that need bindings get them here; the others know only their scope. */
export const effectHandlers = (env: Env): EffectHandlers => ({
  'usage.appointment': async (context) => (await metering()).meterAppointment(context),
  'calcom.push': async (context) => (await calendarPush()).pushAppointment(env, context),
  'calcom.routes': async (context) => (await calendarPush()).refreshCalcomRoutes(env, context),
  notify: async (context) => (await notifications()).notify(env, context),
  'notify.send': async (context) => (await notifications()).sendNotification(env, context),
  'call.link': async (context) => (await telephonyJobs()).linkAppointment(env, context),
});

/** Works on a stored webhook; throws when the world fails, so that queue and sweeper bring it again. */
export async function processWebhook(env: Env, tenantId: string, id: string): Promise<void> {
  const row = await webhookById(new TenantDb(env, tenantId), id);
  switch (row?.source) {
    case 'calcom':
      return (await calendarPull()).processCalcomWebhook(env, tenantId, id);
    case 'retell':
      return (await telephonyJobs()).processRetellWebhook(env, tenantId, id);
    case 'stripe':
      return processStripeWebhook(env, tenantId, id);
    case 'twilio':
    case 'telegram':
    case undefined:
      return;
  }
}
