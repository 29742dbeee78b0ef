/**
 * Inbound webhooks are stored once before anything is done with them: a repeat answers `duplicate`, a crash leaves a `received` row that
 * the sweeper hands to the queue again. Called by the webhook routes of payments, telephony, calendar sync and notifications.
 */
import { newId, type TenantId } from '../../shared/ids.ts';
import { withoutPersonal } from '../../shared/loggable-fault.ts';
import { type QueueMessage, type Platform, bindingsOf } from '../env.ts';
import {
  emptyWebhook,
  insertWebhook,
  settleWebhook,
  webhookById,
  webhookByUniqueId,
  type WebhookRow,
  type WebhookSource,
} from '../storage/queries/webhooks.ts';
import { TenantDb } from '../storage/tenant-db.ts';
import { blankedBody } from './blank-body.ts';

export type { WebhookRow, WebhookSource };

/** Larger bodies go to R2; their row keeps the key. */
const INLINE_CHARS = 64 * 1024;
const MAX_UNIQUE_ID = 300;

/**
 * Stores one webhook whose signature was checked, without card numbers and IBANs in it; `duplicate` when its unique id is known (then `id`
 * and `state` are the stored one's).
 */
export async function storeWebhook(
  platform: Platform,
  input: {
    tenantId: TenantId;
    source: WebhookSource;
    eventType: string;
    uniqueId: string;
    payload: string;
    now: number;
  },
): Promise<{ id: string; duplicate: boolean; state: WebhookRow['state'] }> {
  const db = new TenantDb(platform, input.tenantId);
  const id = newId('webhook_log', input.now);
  const uniqueId = input.uniqueId.slice(0, MAX_UNIQUE_ID);
  const payload = blankedBody(input.payload);
  const large = payload.length > INLINE_CHARS;
  const payloadKey = large ? `webhooks/${input.tenantId}/${id}` : null;
  if (payloadKey) await bindingsOf(platform).ARCHIVE.put(payloadKey, payload);
  const isNew = await insertWebhook(db, {
    id,
    source: input.source,
    eventType: input.eventType.slice(0, 100),
    uniqueId,
    payload: large ? null : payload,
    payloadKey,
    state: 'received',
    receivedAt: input.now,
  });
  if (isNew) return { id, duplicate: false, state: 'received' };
  if (payloadKey) await bindingsOf(platform).ARCHIVE.delete(payloadKey);
  const known = await webhookByUniqueId(db, input.source, uniqueId);
  return { id: known?.id ?? id, duplicate: true, state: known?.state ?? 'received' };
}

/** The stored row with its body, wherever that lies; null when it is gone (retention). */
export async function loadWebhook(
  platform: Platform,
  tenantId: TenantId,
  id: string,
): Promise<(WebhookRow & { body: string }) | null> {
  const row = await webhookById(new TenantDb(platform, tenantId), id);
  if (!row) return null;
  const body =
    row.payload ??
    (row.payloadKey ? await (await bindingsOf(platform).ARCHIVE.get(row.payloadKey))?.text() : undefined);
  return body === undefined ? null : { ...row, body };
}

export const webhookProcessed = (
  platform: Platform,
  tenantId: TenantId,
  id: string,
  outcome: { state: 'processed' | 'failed' | 'ignored'; error?: string; now: number },
): Promise<void> =>
  settleWebhook(new TenantDb(platform, tenantId), id, {
    ...outcome,
    ...(outcome.error === undefined ? {} : { error: withoutPersonal(outcome.error) }),
  });

/** The row stays, its body does not: of a call whose caller was erased. */
export async function forgetWebhookBody(platform: Platform, tenantId: TenantId, id: string): Promise<void> {
  const db = new TenantDb(platform, tenantId);
  const row = await webhookById(db, id);
  if (row?.payloadKey) await bindingsOf(platform).ARCHIVE.delete(row.payloadKey);
  await emptyWebhook(db, id);
}

/**
 * Hands a stored webhook to the queue; the row stays `received` until a consumer is done, so a lost message is found again.
 * @param delaySeconds before its first try: something has just failed
 */
export async function enqueueWebhook(
  platform: Platform,
  tenantId: TenantId,
  id: string,
  delaySeconds = 0,
): Promise<void> {
  await bindingsOf(platform)
    .QUEUE_HIGH.send({ kind: 'webhook', id, tenantId } satisfies QueueMessage, { delaySeconds })
    .catch(() => undefined);
}
