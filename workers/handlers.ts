/** What the queues run: effect kind → handler, webhook source → processor. Wiring only; modules load lazily. */
import { processNow } from '../shared/clock.ts';
import type { TenantId } from '../shared/ids.ts';
import { lazy } from '../shared/lazy.ts';
import { type Env, platformOf } from './env.ts';
import type { EffectHandlers } from './operations/effects.ts';
import { mayBeOff } from './operations/inbound-handlers.ts';
import { webhookProcessed } from './operations/webhook-log.ts';
import { isItsTurn } from './operations/webhook-turns.ts';
import { isSwitchedOff } from './storage/queries/inbound.ts';
import { webhookById } from './storage/queries/webhooks.ts';
import { TenantDb } from './storage/tenant-db.ts';

const notifications = lazy(() => import('./notifications/notify.ts'));
const calendarPush = lazy(() => import('./calendar-sync/push.ts'));
const calendarLeave = lazy(() => import('./calendar-sync/leave.ts'));
const calendarPull = lazy(() => import('./calendar-sync/pull.ts'));
const telephonyJobs = lazy(() => import('./telephony/jobs.ts'));
const recordings = lazy(() => import('./telephony/recording/copy-recording.ts'));
const stripeWebhook = lazy(() => import('./payments/webhook.ts'));
const stripeOwnAccount = lazy(() => import('./payments/own-account.ts'));
const metering = lazy(() => import('./metering/appointments.ts'));

/** The handler of each effect. A handler knows its tenant's scope and nothing else. */
export const effectHandlers = (): EffectHandlers => ({
  'usage.appointment': async (context) => (await metering()).meterAppointment(context),
  'calcom.push': async (context) => (await calendarPush()).pushAppointment(context),
  'calcom.cancel': async (context) => (await calendarPush()).cancelUnplaced(context),
  'calcom.leave': async (context) => (await calendarLeave()).leaveBookings(context),
  'calcom.routes': async (context) => (await calendarPush()).refreshCalcomRoutes(context),
  notify: async (context) => (await notifications()).notify(context),
  'notify.send': async (context) => (await notifications()).sendNotification(context),
  'retell.delete_call': async (context) => (await telephonyJobs()).deleteCallAtRetell(context),
  'recording.copy': async (context) => (await recordings()).copyRecording(context),
  'call.link': async (context) => (await telephonyJobs()).linkAppointment(context),
});

/** Works on a stored webhook whose turn it is; throws when the world fails, so that queue and sweeper bring it again. */
export async function processWebhook(
  env: Env,
  tenantId: TenantId,
  id: string,
  { swept }: { swept?: true } = {},
): Promise<void> {
  const row = await webhookById(new TenantDb(platformOf(env), tenantId), id);
  if (row?.state === 'received') {
    if (mayBeOff(row.source) && (await isSwitchedOff(platformOf(env), row.source, row.eventType))) {
      const outcome = { state: 'ignored' as const, error: 'switched off', now: processNow() };
      return webhookProcessed(platformOf(env), tenantId, id, outcome);
    }
    const webhook = { tenantId, source: row.source, id };
    if (!(await isItsTurn(platformOf(env), webhook, swept === true))) return;
  }
  switch (row?.source) {
    case 'calcom':
      return (await calendarPull()).processCalcomWebhook(platformOf(env), tenantId, id);
    case 'retell':
      return (await telephonyJobs()).processRetellWebhook(platformOf(env), tenantId, id);
    case 'stripe':
      // Stripe's own repeat may have come first.
      if (row.state !== 'received') return;
      return (await stripeWebhook()).processStripeWebhook(platformOf(env), tenantId, id);
    case 'stripe_account':
      return (await stripeOwnAccount()).processOwnEvent(platformOf(env), tenantId, id);
    case 'twilio':
    case 'telegram':
    case undefined:
      return;
  }
}
