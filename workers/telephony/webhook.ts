/** Retell's call webhook: verified, stored once, answered; the work is done from the queue. Called by routes.ts. */
import type { Instant } from '../../shared/clock.ts';
import type { DomainError } from '../../shared/errors.ts';
import { loggable } from '../../shared/loggable-fault.ts';
import { type Platform, bindingsOf } from '../env.ts';
import { parseRetellEvent } from '../integrations/retell-events.ts';
import { enqueueWebhook, storeWebhook } from '../operations/webhook-log.ts';
import { numbersOf } from './call-lifecycle.ts';
import { namedIn, type SignedRequest, verifyCall } from './verify.ts';

export type WebhookOutcome =
  | { kind: 'stored'; duplicate: boolean }
  /** growing snapshots and events nobody here needs: acknowledged, not kept */
  | { kind: 'ignored' }
  | { kind: 'bad_signature' }
  | { kind: 'refused'; error: DomainError };

const WORKED_ON = new Set(['call_started', 'call_ended', 'call_analyzed']);

export async function takeWebhook(platform: Platform, request: SignedRequest): Promise<WebhookOutcome> {
  const event = parseRetellEvent(request.rawBody);
  const call = event.ok ? event.value.call : null;
  const verified = await verifyCall(
    platform,
    namedIn(request, {
      route: call?.route ?? null,
      number: call === null ? null : numbersOf(call).ours,
      agentId: call?.agentId ?? null,
      callId: call?.callId ?? null,
    }),
  );
  if (verified.kind === 'invalid') return { kind: 'bad_signature' };
  if (!event.ok) return { kind: 'refused', error: event.error };
  if (verified.kind === 'unknown') return { kind: 'refused', error: { code: 'NOT_FOUND', entity: 'call' } };
  if (!WORKED_ON.has(event.value.kind)) return { kind: 'ignored' };
  const webhook = {
    tenantId: verified.tenantId,
    eventType: event.value.event,
    uniqueId: event.value.dedupeKey,
    payload: request.rawBody,
    now: request.processNow,
  };
  try {
    return { kind: 'stored', duplicate: await store(platform, webhook) };
  } catch (fault) {
    // D1 is down. Retell asks thrice and gives up; what a call cost must not depend on that.
    console.warn(JSON.stringify({ channel: 'app', level: 'warn', event: 'webhook_set_aside', ...loggable(fault) }));
    await setAside(platform, webhook);
    return { kind: 'stored', duplicate: false };
  }
}

interface Webhook {
  tenantId: string;
  eventType: string;
  uniqueId: string;
  payload: string;
  now: Instant;
}

/** Stores and enqueues; true for a repeat. */
async function store(platform: Platform, webhook: Webhook): Promise<boolean> {
  const { id, duplicate, state } = await storeWebhook(platform, { ...webhook, source: 'retell' });
  if (!duplicate || state === 'received') await enqueueWebhook(platform, webhook.tenantId, id);
  return duplicate;
}

const ASIDE = 'retell-inbox/';
/** Taken back in one run; a list of R2 answers at most 1,000. */
const MAX_TAKEN_BACK = 200;

const setAside = (platform: Platform, { tenantId, eventType, uniqueId, payload }: Webhook): Promise<unknown> =>
  bindingsOf(platform).ARCHIVE.put(`${ASIDE}${tenantId}/${encodeURIComponent(uniqueId)}`, payload, {
    customMetadata: { tenantId, eventType, uniqueId },
  });

/** Webhooks that were set aside while D1 was down become stored ones; a repeat of one is known by its unique id. Called by cron. */
export async function takeBackWebhooks(platform: Platform, now: Instant): Promise<number> {
  const { objects } = await bindingsOf(platform).ARCHIVE.list({ prefix: ASIDE, limit: MAX_TAKEN_BACK });
  for (const { key } of objects) {
    const object = await bindingsOf(platform).ARCHIVE.get(key);
    const { tenantId, eventType, uniqueId } = object?.customMetadata ?? {};
    if (!object || !tenantId || !eventType || !uniqueId) continue;
    await store(platform, { tenantId, eventType, uniqueId, payload: await object.text(), now });
    await bindingsOf(platform).ARCHIVE.delete(key);
  }
  return objects.length;
}
