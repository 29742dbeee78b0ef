/**
 * A verified Stripe event on its way into a ledger: stored once, applied, only then acknowledged. Called by the webhook route and by the
 * queue consumer for rows a crash left behind.
 */
import { clearAlarm, raiseAlarm } from '../alarms/raise.ts';
import { asTenantId } from '../tenancy/directory.ts';
import type { TenantId, TopupId } from '../../shared/ids.ts';
import { type Instant, processNow } from '../../shared/clock.ts';
import type { Config, Platform } from '../env.ts';
import { verifyStripe } from '../integrations/signatures.ts';
import { parseStripeEvent, type StripeEvent } from '../integrations/stripe-events.ts';
import { loadWebhook, storeWebhook, webhookProcessed } from '../operations/webhook-log.ts';
import { tenantById } from '../storage/platform-db.ts';
import { addUnmatched, linkPayment, paymentLink, resolveUnmatched, waitingFor } from '../storage/queries/payments.ts';
import { openTenant } from '../tenancy/scope.ts';
import { applyUpdate } from './apply.ts';
import { type About, type Meaning, meaningOf } from './meaning.ts';

/** What the alarm of an unmatched event is about. */
export const unmatchedSubject = (tenantId: TenantId, eventId: string): string => `${tenantId}/${eventId}`;

/** Where events are kept that name no tenant of ours. */
const NOBODY = asTenantId('unknown');

export type Received =
  | { kind: 'processed' | 'ignored' | 'duplicate' }
  /** durable on the unmatched list: acknowledged, because sending it again would change nothing */
  | { kind: 'unmatched'; reason: string }
  /** no event of Stripe's that we can read */
  | { kind: 'malformed' };

interface Owner {
  tenantId: TenantId;
  topupId: string;
}

/** Whether Stripe signed the body; without a secret nobody did. */
export async function isFromStripe(
  { STRIPE_WEBHOOK_SECRET: secret }: Config,
  request: { rawBody: string; header: string | undefined; now: Instant },
): Promise<boolean> {
  return secret !== undefined && (await verifyStripe({ ...request, secret }));
}

/**
 * Stores, applies, acknowledges. Throws when something durable can't be reached: the route then answers 503 and Stripe sends again.
 * @param company tenant that the path names, if any: an update of another tenant's payment is then unmatched
 */
export async function receiveStripeEvent(
  platform: Platform,
  rawBody: string,
  company: TenantId | null,
  now: Instant,
): Promise<Received> {
  const parsed = parseStripeEvent(rawBody);
  if (!parsed.ok) return { kind: 'malformed' };
  const event = parsed.value;
  const meaning = meaningOf(event);
  const owner = await ownerOf(platform, meaning);
  const tenantId = owner?.tenantId ?? company ?? NOBODY;
  const stored = await storeWebhook(platform, {
    tenantId,
    source: 'stripe',
    eventType: event.type,
    uniqueId: event.eventId,
    payload: rawBody,
    now,
  });
  if (stored.duplicate && stored.state !== 'received') return { kind: 'duplicate' };
  const foreign = company !== null && owner !== null && owner.tenantId !== company;
  return apply(platform, {
    event,
    meaning,
    owner: foreign ? null : owner,
    tenantId,
    webhookId: stored.id,
    now,
    foreign,
  });
}

/** Queue work: a stored event that no request finished. Throws for faults, so that the queue brings it again. */
export async function processStripeWebhook(platform: Platform, tenantId: TenantId, webhookId: string): Promise<void> {
  await applyStoredEvent(platform, tenantId, webhookId, processNow());
}

/** Applies a stored event again: a row that a crash left, or one that waited for its payment. */
async function applyStoredEvent(
  platform: Platform,
  tenantId: TenantId,
  webhookId: string,
  now: Instant,
): Promise<Received> {
  const row = await loadWebhook(platform, tenantId, webhookId);
  if (row?.source !== 'stripe') return { kind: 'ignored' };
  const parsed = parseStripeEvent(row.body);
  if (!parsed.ok) return { kind: 'malformed' };
  const meaning = meaningOf(parsed.value);
  const owner = await ownerOf(platform, meaning);
  return apply(platform, { event: parsed.value, meaning, owner, tenantId, webhookId, now, foreign: false });
}

/** Tenant and top-up: by metadata when the tenant exists, else by a payment we know. */
async function ownerOf(platform: Platform, meaning: Meaning): Promise<Owner | null> {
  if (meaning.kind !== 'update') return null;
  const { named, paymentId } = meaning.about;
  const tenant = named && (await tenantById(platform, named.tenantId));
  if (named) return tenant ? { tenantId: tenant.id, topupId: named.topupId } : null;
  const link = paymentId === null ? null : await paymentLink(platform, paymentId);
  return link ? { tenantId: link.tenantId, topupId: link.topupId } : null;
}

interface Application {
  event: StripeEvent;
  meaning: Meaning;
  owner: Owner | null;
  /** under which the webhook is stored */
  tenantId: TenantId;
  webhookId: string;
  now: Instant;
  foreign: boolean;
}

async function apply(platform: Platform, what: Application): Promise<Received> {
  const { event, meaning, tenantId, webhookId, now } = what;
  const settle = (state: 'processed' | 'ignored' | 'failed', error?: string): Promise<void> =>
    webhookProcessed(platform, tenantId, webhookId, { state, now, ...(error === undefined ? {} : { error }) });
  const { kind } = meaning;
  if (kind === 'ignored') {
    await settle('ignored');
    return { kind: 'ignored' };
  }
  const giveUp = async (reason: string): Promise<Received> => {
    await unmatched(platform, what, reason);
    await settle('failed', `unmatched: ${reason}`);
    return { kind: 'unmatched', reason };
  };
  if (kind === 'unmatched') return giveUp(meaning.reason);
  let { owner } = what;
  if (what.foreign) return giveUp('tenant_of_another_path');
  if (owner === null && meaning.about.named === null) {
    // The payment may become known at this very moment: write that we wait, then look again (the credit links, then looks who waits).
    await unmatched(platform, what, 'payment_unknown');
    owner = await ownerOf(platform, meaning);
  }
  if (owner === null) return giveUp(meaning.about.named ? 'tenant_unknown' : 'payment_unknown');
  const scope = openTenant(platform, owner.tenantId, { kind: 'system', cause: 'webhook' }, { now });
  const applied = await applyUpdate(
    scope.ledger,
    owner.topupId as TopupId,
    meaning.about.paymentId,
    meaning.update,
    now,
  );
  if (applied.kind === 'unmatched') return giveUp(applied.reason);
  if (await resolveUnmatched(platform, tenantId, event.eventId, now))
    await clearAlarm(
      platform,
      { kind: 'payment_unmatched', subject: unmatchedSubject(tenantId, event.eventId) },
      'system:webhook',
    );
  await settle('processed');
  if (meaning.about.named) await connect(platform, owner, meaning.about, now);
  return { kind: 'processed' };
}

/** From now on the payment's own id leads to the top-up; updates that waited for it are applied. */
async function connect(platform: Platform, owner: Owner, { paymentId }: About, now: Instant): Promise<void> {
  if (paymentId === null) return;
  await linkPayment(platform, { tenantId: owner.tenantId, paymentId, topupId: owner.topupId, createdAt: now });
  for (const waiting of await waitingFor(platform, paymentId)) {
    if (waiting.reason === 'payment_unknown' && waiting.webhookId !== null) {
      await applyStoredEvent(platform, waiting.tenantId, waiting.webhookId, now);
    }
  }
}

async function unmatched(platform: Platform, what: Application, reason: string): Promise<void> {
  const { event, meaning, tenantId, webhookId, now } = what;
  const money = amountOf(meaning);
  await addUnmatched(platform, {
    tenantId,
    id: event.eventId,
    eventType: event.type,
    reason,
    webhookId,
    createdAt: now,
    resolvedAt: null,
    ...money,
  });
  await raiseAlarm(platform, {
    kind: 'payment_unmatched',
    subject: unmatchedSubject(tenantId, event.eventId),
    tenantId: tenantId === NOBODY ? null : tenantId,
    detail: { reason, event_type: event.type, ...money },
  });
}

function amountOf(meaning: Meaning): { paymentId: string | null; amountCents: number | null; currency: string | null } {
  if (meaning.kind === 'unmatched') {
    return { paymentId: meaning.paymentId, amountCents: meaning.amountCents, currency: meaning.currency };
  }
  if (meaning.kind === 'ignored') return { paymentId: null, amountCents: null, currency: null };
  const { about, update } = meaning;
  const { paymentId } = about;
  switch (update.kind) {
    case 'credited':
    case 'disputed':
      return { paymentId, amountCents: update.grossCents, currency: update.currency };
    case 'refunded':
      return { paymentId, amountCents: update.refundedGrossCents, currency: update.currency };
    case 'processing':
    case 'failed':
      return { paymentId, amountCents: null, currency: null };
  }
}
