/** What the queues run: effect kind → handler, webhook source → processor. Wiring only. */
import { processCalcomWebhook } from './calendar-sync/pull.ts';
import { pushAppointment, refreshCalcomRoutes } from './calendar-sync/push.ts';
import type { Env } from './env.ts';
import { meterAppointment } from './metering/appointments.ts';
import { notify, sendNotification } from './notifications/notify.ts';
import type { EffectContext, EffectHandler } from './operations/effects.ts';
import { webhookById } from './storage/queries/webhooks.ts';
import { TenantDb } from './storage/tenant-db.ts';
import { processStripeWebhook } from './payments/webhook.ts';
import { processRetellWebhook, telephonyEffects } from './telephony/jobs.ts';

/** Handlers that need bindings get them here; the others know only their scope. */
export const effectHandlers = (env: Env): Readonly<Record<string, EffectHandler>> => ({
  'usage.appointment': meterAppointment,
  'calcom.push': (context: EffectContext) => pushAppointment(env, context),
  'calcom.routes': (context: EffectContext) => refreshCalcomRoutes(env, context),
  notify: (context: EffectContext) => notify(env, context),
  'notify.send': (context: EffectContext) => sendNotification(env, context),
  ...telephonyEffects(env),
});

/** Works on a stored webhook; throws when the world fails, so that queue and sweeper bring it again. */
export async function processWebhook(env: Env, tenantId: string, id: string): Promise<void> {
  const row = await webhookById(new TenantDb(env, tenantId), id);
  switch (row?.source) {
    case 'calcom':
      return processCalcomWebhook(env, tenantId, id);
    case 'retell':
      return processRetellWebhook(env, tenantId, id);
    case 'stripe':
      return processStripeWebhook(env, tenantId, id);
    case 'twilio':
    case 'telegram':
    case undefined:
      return;
  }
}
