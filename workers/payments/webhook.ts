/**
 * A verified Stripe event on its way into a ledger: stored once, applied, only then acknowledged. Called by the webhook route and by the
 * queue consumer for rows a crash left behind.
 */
import { clearAlarm, raiseAlarm } from '../alarms/raise.ts';
import { type InForce, openCredential, opened, platformCredential, webhookSecretsOf } from '../tenancy/credentials.ts';
import { asTenantId, tenantOfSlug } from '../tenancy/directory.ts';
import type { TenantId, TopupId } from '../../shared/ids.ts';
import type { ApiKeyMode } from '../../shared/tenant-status.ts';
import { type Instant, processNow } from '../../shared/clock.ts';
import type { Platform } from '../env.ts';
import { verifyStripe } from '../integrations/signatures.ts';
import { parseStripeEvent, type StripeEvent } from '../integrations/stripe-events.ts';
import { enqueueWebhook, loadWebhook, storeWebhook, webhookProcessed } from '../operations/webhook-log.ts';
import { isItsTurn } from '../operations/webhook-turns.ts';
import { integrationOf, tenantById } from '../storage/platform-db.ts';
import { integrationOfCompany } from '../storage/queries/integrations.ts';
import {
  addUnmatched,
  linkPayment,
  paymentLink,
  resolveUnmatched,
  topupOfPayment,
  waitingFor,
} from '../storage/queries/payments.ts';
import { openTenant } from '../tenancy/scope.ts';
import { followSubscription } from '../tenants/commands/follow-subscription.ts';
import { applyUpdate } from './apply.ts';
import {
  type About,
  type Alarms,
  disputeMeaning,
  type Meaning,
  meaningOf,
  unmatched as unmatchedMeaning,
} from './meaning.ts';
import { stripeApi, stripeConfig } from './stripe-config.ts';

/** What the alarm of an unmatched event is about. */
export const unmatchedSubject = (tenantId: TenantId, eventId: string): string => `${tenantId}/${eventId}`;

/** Reasons of events that only wait for their payment to be known. */
const WAITING: ReadonlySet<string> = new Set(['payment_unknown', 'no_kind']);

/** When the queue tries an event that failed; with its own repeats it gives up within half a minute. */
const TRIED_AGAIN_AFTER_S = 5;

/** Where events are kept that name no tenant of ours. */
const NOBODY = asTenantId('unknown');

export type Received =
  | { kind: 'processed' | 'ignored' | 'duplicate' }
  /** durable, and its turn comes: the queue brings it */
  | { kind: 'waiting' }
  /** durable on the unmatched list: acknowledged, because sending it again would change nothing */
  | { kind: 'unmatched'; reason: string }
  /** no event of Stripe's that we can read */
  | { kind: 'malformed' };

interface Owner {
  tenantId: TenantId;
  topupId: string;
}

/** Whose secret a body was signed with. */
type Signer =
  /** the platform's; `tenantId`: of the path, if it names one */
  | { kind: 'platform'; tenantId: TenantId | null }
  /** a business's own account: good for its own customers' payments alone */
  | { kind: 'own'; tenantId: TenantId }
  /** signed by the platform's, for a path that names nobody */
  | { kind: 'nobody' };

/**
 * Who signed the body; null: nobody that we know. A path's own secret is tried first. Nothing of the body is looked at.
 * @param company `{company}` of the path: a tenant's slug, or a company with an account of its own
 */
export async function signerOf(
  platform: Platform,
  { company, ...request }: { rawBody: string; header: string | undefined; now: Instant; company: string | undefined },
): Promise<Signer | null> {
  const signedWith = async (found: InForce): Promise<boolean> => {
    const secrets = webhookSecretsOf(opened(found));
    return (await Promise.all(secrets.map((secret) => verifyStripe({ ...request, secret })))).includes(true);
  };
  const byCompany =
    company === undefined ? null : await integrationOfCompany(platform, 'stripe', company.slice(0, 128));
  const tenantId =
    byCompany?.tenantId ??
    (company === undefined ? null : ((await tenantOfSlug(platform, company.slice(0, 63)))?.tenantId ?? null));
  const own = byCompany ?? (tenantId === null ? null : await integrationOf(platform, tenantId, 'stripe'));
  if (own !== null && (await signedWith(await openCredential(platform, own))))
    return { kind: 'own', tenantId: own.tenantId };
  if (!(await signedWith(await platformCredential(platform, 'stripe')))) return null;
  return company !== undefined && tenantId === null ? { kind: 'nobody' } : { kind: 'platform', tenantId };
}

/** The platform's account: of which mode its events are, and its id where it is named. */
interface OwnAccount {
  mode: ApiKeyMode;
  id: string | undefined;
}

async function ownAccount(platform: Platform): Promise<OwnAccount> {
  const { STRIPE_MODE: mode, STRIPE_ACCOUNT: id } = platform.config;
  const key = opened(await platformCredential(platform, 'stripe'))?.key ?? '';
  return { mode: mode ?? (/^(sk|rk)_live_/.test(key) ? 'live' : 'test'), id };
}

/**
 * Why an event is not of the Stripe account that this platform is run with: test events reach live endpoints and connected accounts share them.
 * Null: it is ours.
 */
function foreignEvent(ours: OwnAccount, { livemode, account }: StripeEvent): string | null {
  if (livemode !== (ours.mode === 'live')) return 'event_of_another_mode';
  // Events of our own account name none.
  return account === null || account === ours.id ? null : 'event_of_another_account';
}

/** What the event means; one that is not ours is for a person to see, and moves nothing. */
function ownMeaning(ours: OwnAccount, event: StripeEvent): Meaning {
  const meaning = meaningOf(event);
  const foreign = meaning.kind === 'ignored' ? null : foreignEvent(ours, event);
  if (foreign === null) return meaning;
  const { paymentId, amountCents, currency } = amountOf(meaning);
  return unmatchedMeaning(foreign, paymentId, amountCents, currency);
}

/**
 * A dispute as it stands now: an event may be old, and only Stripe knows all it has moved. Throws when Stripe can't be asked: the event is
 * then brought again.
 */
async function asItStands(platform: Platform, event: StripeEvent, meaning: Meaning): Promise<Meaning> {
  if (event.kind !== 'dispute' || meaning.kind === 'unmatched') return meaning;
  const stripe = await stripeConfig(platform);
  if (stripe === null) throw new Error('a dispute can only be booked with STRIPE_SECRET_KEY');
  const found = await (await stripeApi()).retrieveDispute(stripe, event.disputeId);
  if (found.ok && found.value !== null) return disputeMeaning(found.value);
  if (!found.ok && found.error.status !== 404) throw new Error(`Stripe did not show a dispute: ${found.error.kind}`);
  return unmatchedMeaning('dispute_not_shown', event.paymentIntentId, event.amountCents, event.currency);
}

/**
 * Stores, applies, acknowledges. Throws when something durable can't be reached: the route then answers 503 and Stripe sends again, and what
 * is stored by then is tried by the queue. In a flood of the tenant it is only stored and acknowledged, and the queue applies it when its turn
 * comes.
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
  const meaning = ownMeaning(await ownAccount(platform), event);
  const owner = await ownerOf(platform, aboutOf(event, meaning));
  const tenantId = owner?.tenantId ?? (await subscriberOf(platform, event)) ?? company ?? NOBODY;
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
  // What another path is refused for is known here only; it moves nothing, and is refused at once.
  if (!foreign && !(await isItsTurn(platform, { tenantId, source: 'stripe', id: stored.id })))
    return { kind: 'waiting' };
  try {
    return await apply(platform, {
      event,
      meaning,
      owner: foreign ? null : owner,
      tenantId,
      webhookId: stored.id,
      now,
      foreign,
      connected: false,
    });
  } catch (fault) {
    // Stripe comes again when it likes, in an hour or more. The queue tries at once, and what it gives up is parked work with an alarm.
    if (!foreign) await enqueueWebhook(platform, tenantId, stored.id, TRIED_AGAIN_AFTER_S);
    throw fault;
  }
}

/** Queue work: a stored event that no request finished. Throws for faults, so that the queue brings it again. */
export async function processStripeWebhook(platform: Platform, tenantId: TenantId, webhookId: string): Promise<void> {
  await applyStoredEvent(platform, tenantId, webhookId, processNow());
}

/**
 * Applies a stored event again: a row that a crash left, or one that waited for its payment.
 * @param connected its payment is just being connected: those that wait with it are seen to
 */
async function applyStoredEvent(
  platform: Platform,
  tenantId: TenantId,
  webhookId: string,
  now: Instant,
  connected = false,
): Promise<Received> {
  const row = await loadWebhook(platform, tenantId, webhookId);
  if (row?.source !== 'stripe') return { kind: 'ignored' };
  const parsed = parseStripeEvent(row.body);
  if (!parsed.ok) return { kind: 'malformed' };
  const meaning = ownMeaning(await ownAccount(platform), parsed.value);
  const owner = await ownerOf(platform, aboutOf(parsed.value, meaning));
  return apply(platform, { event: parsed.value, meaning, owner, tenantId, webhookId, now, foreign: false, connected });
}

/** Whose it may be; a dispute is somebody's whatever its event says of money, which is asked for later. */
function aboutOf(event: StripeEvent, meaning: Meaning): About | null {
  if (meaning.kind === 'update') return meaning.about;
  if (meaning.kind === 'unmatched' && meaning.ifLinked) return { paymentId: meaning.paymentId, named: null };
  const isDispute = event.kind === 'dispute' && meaning.kind === 'ignored';
  return isDispute ? { paymentId: event.paymentIntentId, named: null } : null;
}

/** Tenant and top-up: by metadata when the tenant exists, else by a payment we know: its link, or the top-up that names it. */
async function ownerOf(platform: Platform, about: About | null): Promise<Owner | null> {
  if (about === null) return null;
  const { named, paymentId } = about;
  const tenant = named && (await tenantById(platform, named.tenantId));
  if (named) return tenant ? { tenantId: tenant.id, topupId: named.topupId } : null;
  if (paymentId === null) return null;
  const link = (await paymentLink(platform, paymentId)) ?? (await topupOfPayment(platform, paymentId));
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
  connected: boolean;
}

/** The tenant whose subscription an event tells of; null: nobody of ours. */
async function subscriberOf(platform: Platform, event: StripeEvent): Promise<TenantId | null> {
  if (event.kind !== 'subscription' || event.metadata['kind'] !== 'subscription') return null;
  return (await tenantById(platform, event.metadata['tenant_id'] ?? ''))?.id ?? null;
}

/** What a subscription's state makes of its tenant. It moves no money, so what is not ours is left alone. */
async function applySubscription(
  platform: Platform,
  event: Extract<StripeEvent, { kind: 'subscription' }>,
  { tenantId, webhookId, now, foreign }: Pick<Application, 'tenantId' | 'webhookId' | 'now' | 'foreign'>,
): Promise<Received> {
  const subscriber = await subscriberOf(platform, event);
  const isOurs = subscriber === tenantId && !foreign && foreignEvent(await ownAccount(platform), event) === null;
  const its = openTenant(platform, tenantId, { kind: 'system', cause: 'webhook' }, { now });
  const followed =
    isOurs &&
    (await followSubscription(platform, its, { id: event.subscriptionId, status: event.status, at: event.createdAt }));
  const state = followed ? 'processed' : 'ignored';
  await webhookProcessed(platform, tenantId, webhookId, { state, now });
  return { kind: state };
}

/** Money that names nobody, of a payment that is known by now, is that top-up's. */
const knownByNow = (meaning: Meaning, owner: Owner | null): Meaning =>
  meaning.kind === 'unmatched' && meaning.ifLinked && owner
    ? { kind: 'update', about: { paymentId: meaning.paymentId, named: null }, update: meaning.ifLinked }
    : meaning;

async function apply(platform: Platform, told: Application): Promise<Received> {
  if (told.event.kind === 'subscription') return applySubscription(platform, told.event, told);
  const current = await asItStands(platform, told.event, told.meaning);
  const what = { ...told, meaning: knownByNow(current, told.owner) };
  const { event, meaning, tenantId, webhookId, now } = what;
  const settle = (state: 'processed' | 'ignored' | 'failed', error?: string): Promise<void> =>
    webhookProcessed(platform, tenantId, webhookId, { state, now, ...(error === undefined ? {} : { error }) });
  const { kind } = meaning;
  if (kind === 'ignored') {
    if (what.owner) await tellAlarms(platform, what.owner, event, meaning.alarms);
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
    owner = await ownerOf(platform, meaning.about);
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
  // Before the event counts as processed: a link that can't be written now is written when Stripe sends the event again.
  const pays = meaning.about.named !== null || meaning.update.kind === 'credited';
  if (pays && !what.connected) await connect(platform, owner, meaning.about, now);
  await tellAlarms(platform, owner, event, meaning.alarms);
  if (await resolveUnmatched(platform, tenantId, event.eventId, now))
    await clearAlarm(
      platform,
      { kind: 'payment_unmatched', subject: unmatchedSubject(tenantId, event.eventId) },
      'system:webhook',
    );
  await settle('processed');
  return { kind: 'processed' };
}

/** What a person must be told of this refund or dispute, and what is over. Throws when it can't be kept: the event is then brought again. */
async function tellAlarms(
  platform: Platform,
  { tenantId, topupId }: Owner,
  event: StripeEvent,
  { raised, over }: Alarms = { raised: [], over: [] },
): Promise<void> {
  const subjectOf = (id: string): string => `${tenantId}/${topupId}/${id}`;
  for (const { kind, id } of raised) {
    const detail = { topup: topupId, event: event.eventId };
    if (!(await raiseAlarm(platform, { kind, subject: subjectOf(id), tenantId, detail })))
      throw new Error(`the alarm ${kind} could not be kept`);
  }
  for (const { kind, id } of over) {
    if (!(await clearAlarm(platform, { kind, subject: subjectOf(id) }, 'system:webhook')))
      throw new Error(`the alarm ${kind} could not be ended`);
  }
}

/** From now on the payment's own id leads to the top-up; updates that waited for it are applied. */
async function connect(platform: Platform, owner: Owner, { paymentId }: About, now: Instant): Promise<void> {
  if (paymentId === null) return;
  await linkPayment(platform, { tenantId: owner.tenantId, paymentId, topupId: owner.topupId, createdAt: now });
  for (const waiting of await waitingFor(platform, paymentId)) {
    if (WAITING.has(waiting.reason) && waiting.webhookId !== null) {
      await applyStoredEvent(platform, waiting.tenantId, waiting.webhookId, now, true);
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
  const kept = await raiseAlarm(platform, {
    kind: 'payment_unmatched',
    subject: unmatchedSubject(tenantId, event.eventId),
    tenantId: tenantId === NOBODY ? null : tenantId,
    detail: { reason, event_type: event.type, ...money },
  });
  // A list that nobody is told to look at: not acknowledged, so that it is told when the event comes again.
  if (!kept) throw new Error('the alarm payment_unmatched could not be kept');
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
    case 'refund_state':
      return { paymentId, amountCents: update.grossCents, currency: update.currency };
    case 'disputed':
      return { paymentId, amountCents: update.withdrawnCents, currency: update.currency };
    case 'refunded':
      return { paymentId, amountCents: update.refundedGrossCents, currency: update.currency };
    case 'processing':
    case 'failed':
      return { paymentId, amountCents: null, currency: null };
  }
}
