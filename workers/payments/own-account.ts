/**
 * Events of a business's own Stripe account, signed with its own secret. They may be about deposits and payments of its own customers and
 * nothing else: what such a secret signs about a top-up, an invoice of ours, a subscription or a balance is refused, told to a person, and
 * never reaches a ledger. Kept under a source of its own, so that neither a replay nor a crash can make it an event of the platform's.
 * Called by the webhook route and the queue.
 */
import { raiseAlarm } from '../alarms/raise.ts';
import type { Instant } from '../../shared/clock.ts';
import { processNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import type { Platform } from '../env.ts';
import { auditWrites } from '../identity/audit.ts';
import { parseStripeEvent, type StripeEvent } from '../integrations/stripe-events.ts';
import { loadWebhook, storeWebhook, webhookProcessed } from '../operations/webhook-log.ts';
import { paymentLink, topupOfPayment } from '../storage/queries/payments.ts';
import { openTenant } from '../tenancy/scope.ts';
import type { Received } from './webhook.ts';

/** What the metadata of our own payments carries; a business's account has no reason to know any of them. */
const OF_THE_PLATFORM: ReadonlySet<string> = new Set(['topup', 'invoice', 'subscription', 'balance']);
/** Why it moves nothing. */
const REFUSED = 'own_account';

/** Stores the event, and says what it is: nothing of it is booked. Throws when it can't be kept; Stripe then sends it again. */
export async function receiveOwnEvent(
  platform: Platform,
  rawBody: string,
  tenantId: TenantId,
  now: Instant,
): Promise<Received> {
  const parsed = parseStripeEvent(rawBody);
  if (!parsed.ok) return { kind: 'malformed' };
  const event = parsed.value;
  const stored = await storeWebhook(platform, {
    tenantId,
    source: 'stripe_account',
    eventType: event.type,
    uniqueId: event.eventId,
    payload: rawBody,
    now,
  });
  if (stored.duplicate && stored.state !== 'received') return { kind: 'duplicate' };
  return judge(platform, event, { tenantId, webhookId: stored.id, now });
}

/** Queue work: a stored event that no request finished. */
export async function processOwnEvent(platform: Platform, tenantId: TenantId, webhookId: string): Promise<void> {
  const row = await loadWebhook(platform, tenantId, webhookId);
  if (row?.source !== 'stripe_account' || row.state !== 'received') return;
  const parsed = parseStripeEvent(row.body);
  if (parsed.ok) await judge(platform, parsed.value, { tenantId, webhookId, now: processNow() });
}

async function judge(
  platform: Platform,
  event: StripeEvent,
  { tenantId, webhookId, now }: { tenantId: TenantId; webhookId: string; now: Instant },
): Promise<Received> {
  const claim = await claimOf(platform, event);
  if (claim === null) {
    // Deposits are not taken yet, and whatever else a business sells is its own.
    await webhookProcessed(platform, tenantId, webhookId, { state: 'ignored', now });
    return { kind: 'ignored' };
  }
  const scope = openTenant(platform, tenantId, { kind: 'system', cause: 'webhook' }, { now });
  const detail = { claim, event: event.eventId, event_type: event.type };
  const kept = await raiseAlarm(platform, { kind: 'payment_forged', subject: tenantId, tenantId, detail });
  // Nobody would be told: not acknowledged, so that it is told when it comes again.
  if (!kept) throw new Error('the alarm payment_forged could not be kept');
  await scope.db.batch(
    auditWrites(scope, {
      log: 'security',
      description: 'payment_event.refused',
      subjectType: 'webhook_log',
      subjectId: webhookId,
      after: detail,
    }),
  );
  await webhookProcessed(platform, tenantId, webhookId, { state: 'failed', error: `refused: ${REFUSED}`, now });
  return { kind: 'unmatched', reason: REFUSED };
}

/** What of the platform's the event says it is about; null: nothing. */
async function claimOf(platform: Platform, event: StripeEvent): Promise<string | null> {
  const metadata = 'metadata' in event ? event.metadata : {};
  const { kind } = metadata;
  if (kind !== undefined && OF_THE_PLATFORM.has(kind)) return kind;
  if (metadata['topup_id'] !== undefined) return 'topup';
  const paymentId = 'paymentIntentId' in event ? event.paymentIntentId : null;
  if (paymentId === null) return null;
  const ours = (await paymentLink(platform, paymentId)) ?? (await topupOfPayment(platform, paymentId));
  return ours === null ? null : 'payment';
}
