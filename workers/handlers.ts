/** What the queues run: effect kind → handler, webhook source → processor. Wiring only; each room loads with its first work. */
import type { Env } from './env.ts';
import type { EffectContext, EffectHandler } from './operations/effects.ts';
import { webhookById } from './storage/queries/webhooks.ts';
import { TenantDb } from './storage/tenant-db.ts';

/** Handlers that need bindings get them here; the others know only their scope. */
export function effectHandlers(env: Env): Readonly<Record<string, EffectHandler>> {
  const notifications = () => import('./notifications/notify.ts');
  const calendarSync = () => import('./calendar-sync/push.ts');
  const telephony =
    (kind: string): EffectHandler =>
    async (context) => {
      const handler = (await import('./telephony/jobs.ts')).telephonyEffects(env)[kind];
      return handler ? handler(context) : { kind: 'park', reason: `no handler for ${kind}` };
    };
  return {
    'usage.appointment': async (context) => (await import('./metering/appointments.ts')).meterAppointment(context),
    'calcom.push': async (context: EffectContext) => (await calendarSync()).pushAppointment(env, context),
    'calcom.routes': async (context: EffectContext) => (await calendarSync()).refreshCalcomRoutes(env, context),
    notify: async (context: EffectContext) => (await notifications()).notify(env, context),
    'notify.send': async (context: EffectContext) => (await notifications()).sendNotification(env, context),
    'call.link': telephony('call.link'),
  };
}

/** Works on a stored webhook; throws when the world fails, so that queue and sweeper bring it again. */
export async function processWebhook(env: Env, tenantId: string, id: string): Promise<void> {
  const row = await webhookById(new TenantDb(env, tenantId), id);
  switch (row?.source) {
    case 'calcom':
      return (await import('./calendar-sync/pull.ts')).processCalcomWebhook(env, tenantId, id);
    case 'retell':
      return (await import('./telephony/jobs.ts')).processRetellWebhook(env, tenantId, id);
    case 'stripe':
      return (await import('./payments/webhook.ts')).processStripeWebhook(env, tenantId, id);
    case 'twilio':
    case 'telegram':
    case undefined:
      return;
  }
}
