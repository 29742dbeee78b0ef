/** What the queues run: effect kind → handler, webhook source → processor. Wiring only; each room loads with its first work, but payments, whose routes need it at once. */
import { lazy } from '../shared/lazy.ts';
import { type Env, platformOf } from './env.ts';
import type { EffectContext, EffectHandler } from './operations/effects.ts';
import { processStripeWebhook } from './payments/webhook.ts';
import { webhookById } from './storage/queries/webhooks.ts';
import { TenantDb } from './storage/tenant-db.ts';

const notifications = lazy(() => import('./notifications/notify.ts'));
const calendarPush = lazy(() => import('./calendar-sync/push.ts'));
const calendarPull = lazy(() => import('./calendar-sync/pull.ts'));
const telephonyJobs = lazy(() => import('./telephony/jobs.ts'));
const metering = lazy(() => import('./metering/appointments.ts'));

/** Handlers that need bindings get them here; the others know only their scope. */
export function effectHandlers(env: Env): Readonly<Record<string, EffectHandler>> {
  const telephony =
    (kind: string): EffectHandler =>
    async (context) => {
      const handler = (await telephonyJobs()).telephonyEffects(platformOf(env))[kind];
      return handler ? handler(context) : { kind: 'park', reason: `no handler for ${kind}` };
    };
  return {
    'usage.appointment': async (context) => (await metering()).meterAppointment(context),
    'calcom.push': async (context: EffectContext) => (await calendarPush()).pushAppointment(platformOf(env), context),
    'calcom.routes': async (context: EffectContext) =>
      (await calendarPush()).refreshCalcomRoutes(platformOf(env), context),
    notify: async (context: EffectContext) => (await notifications()).notify(platformOf(env), context),
    'notify.send': async (context: EffectContext) => (await notifications()).sendNotification(platformOf(env), context),
    'call.link': telephony('call.link'),
  };
}

/** Works on a stored webhook; throws when the world fails, so that queue and sweeper bring it again. */
export async function processWebhook(env: Env, tenantId: string, id: string): Promise<void> {
  const row = await webhookById(new TenantDb(platformOf(env), tenantId), id);
  switch (row?.source) {
    case 'calcom':
      return (await calendarPull()).processCalcomWebhook(platformOf(env), tenantId, id);
    case 'retell':
      return (await telephonyJobs()).processRetellWebhook(platformOf(env), tenantId, id);
    case 'stripe':
      return processStripeWebhook(platformOf(env), tenantId, id);
    case 'twilio':
    case 'telegram':
    case undefined:
      return;
  }
}
