/**
 * Inbound webhooks are stored once before anything is done with them: a repeat answers `duplicate`, a crash leaves a `received` row that
 * the sweeper hands to the queue again. Called by the webhook routes of payments, telephony, calendar sync and notifications.
 */
import { and, eq, sql } from 'drizzle-orm';
import { newId } from '../../shared/ids.ts';
import type { Env, QueueMessage } from '../env.ts';
import { sha256Hex } from '../durable/hash.ts';
import { webhookLogs } from '../storage/tables/pipe.ts';
import { TenantDb } from '../storage/tenant-db.ts';

export type WebhookSource = (typeof webhookLogs.source.enumValues)[number];
export type WebhookRow = typeof webhookLogs.$inferSelect;

/** Larger bodies go to R2 (spec/01); their row keeps the key. */
const INLINE_BYTES = 64 * 1024;

/** Unique id of an event whose provider sends none. */
export const bodyUniqueId = (rawBody: string): string => `sha256:${sha256Hex(rawBody)}`;

export async function storeWebhook(
  env: Env,
  input: { tenantId: string; source: WebhookSource; eventType: string; uniqueId: string; payload: string; now: number },
): Promise<{ id: string; duplicate: boolean; state: WebhookRow['state'] }> {
  const db = new TenantDb(env, input.tenantId);
  const id = newId('webhook_log', input.now);
  const large = input.payload.length > INLINE_BYTES;
  const payloadKey = large ? `webhooks/${input.tenantId}/${id}` : null;
  if (payloadKey) await env.ARCHIVE.put(payloadKey, input.payload);
  const isNew = await db.insertIfNew(webhookLogs, {
    id,
    source: input.source,
    eventType: input.eventType.slice(0, 100),
    uniqueId: input.uniqueId.slice(0, 300),
    payload: large ? null : input.payload,
    payloadKey,
    state: 'received',
    receivedAt: input.now,
  });
  if (isNew) return { id, duplicate: false, state: 'received' };
  if (payloadKey) await env.ARCHIVE.delete(payloadKey);
  const known = await db.row(
    webhookLogs,
    and(eq(webhookLogs.source, input.source), eq(webhookLogs.uniqueId, input.uniqueId.slice(0, 300))) ?? sql`0`,
  );
  return { id: known?.id ?? id, duplicate: true, state: known?.state ?? 'received' };
}

/** The stored row with its body, wherever that lies; null when it is gone (retention). */
export async function loadWebhook(
  env: Env,
  tenantId: string,
  id: string,
): Promise<(WebhookRow & { body: string }) | null> {
  const row = await new TenantDb(env, tenantId).row(webhookLogs, eq(webhookLogs.id, id));
  if (!row) return null;
  const body = row.payload ?? (row.payloadKey ? await (await env.ARCHIVE.get(row.payloadKey))?.text() : undefined);
  return body === undefined ? null : { ...row, body };
}

export async function webhookProcessed(
  env: Env,
  tenantId: string,
  id: string,
  outcome: { state: 'processed' | 'failed' | 'ignored'; error?: string; now: number },
): Promise<void> {
  await new TenantDb(env, tenantId).update(
    webhookLogs,
    {
      state: outcome.state,
      processedAt: outcome.now,
      errorMessage: outcome.error?.slice(0, 500) ?? null,
      retryCount: sql`${webhookLogs.retryCount} + 1`,
    },
    eq(webhookLogs.id, id),
  );
}

/** Hands a stored webhook to the queue; the row stays `received` until a consumer is done, so a lost message is found again. */
export async function enqueueWebhook(env: Env, tenantId: string, id: string): Promise<void> {
  await env.QUEUE_HIGH.send({ kind: 'webhook', id, tenantId } satisfies QueueMessage).catch(() => undefined);
}
