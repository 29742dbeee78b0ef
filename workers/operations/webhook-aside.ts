/**
 * Webhooks that must not be lost while D1 is down: set aside in R2 and answered, stored when D1 is back. Called by the call webhook
 * (telephony/webhook.ts; Retell asks thrice and gives up) and by cron through telephony/heal.ts.
 */
import type { TenantId } from '../../shared/ids.ts';
import type { Instant } from '../../shared/clock.ts';
import { bindingsOf, type Platform } from '../env.ts';
import { asTenantId } from '../tenancy/directory.ts';
import { blankedBody } from './blank-body.ts';
import { enqueueWebhook, storeWebhook, type WebhookSource } from './webhook-log.ts';

export interface VerifiedWebhook {
  tenantId: TenantId;
  source: WebhookSource;
  eventType: string;
  uniqueId: string;
  payload: string;
  now: Instant;
}

/** Stores one webhook and hands it to the queue; true for a repeat. Throws when D1 can't answer. */
export async function storeAndEnqueue(platform: Platform, webhook: VerifiedWebhook): Promise<boolean> {
  const { id, duplicate, state } = await storeWebhook(platform, webhook);
  if (!duplicate || state === 'received') await enqueueWebhook(platform, webhook.tenantId, id);
  return duplicate;
}

const folderOf = (source: WebhookSource): string => `${source}-inbox/`;
/** Taken back in one run; a list of R2 answers at most 1,000. */
const MAX_TAKEN_BACK = 200;

/** Keeps a verified webhook in R2 until `takeBackWebhooks`; the same one twice is one object. */
export const setWebhookAside = (
  platform: Platform,
  { tenantId, source, eventType, uniqueId, payload }: VerifiedWebhook,
): Promise<unknown> =>
  bindingsOf(platform).ARCHIVE.put(
    `${folderOf(source)}${tenantId}/${encodeURIComponent(uniqueId)}`,
    blankedBody(payload),
    {
      customMetadata: { tenantId, eventType, uniqueId },
    },
  );

/** Webhooks of a vendor that were set aside become stored ones; a repeat is known by its unique id. Answers how many were looked at. */
export async function takeBackWebhooks(platform: Platform, source: WebhookSource, now: Instant): Promise<number> {
  const archive = bindingsOf(platform).ARCHIVE;
  const { objects } = await archive.list({ prefix: folderOf(source), limit: MAX_TAKEN_BACK });
  for (const { key } of objects) {
    const object = await archive.get(key);
    const { tenantId, eventType, uniqueId } = object?.customMetadata ?? {};
    if (!object || !tenantId || !eventType || !uniqueId) continue;
    await storeAndEnqueue(platform, {
      tenantId: asTenantId(tenantId),
      source,
      eventType,
      uniqueId,
      payload: await object.text(),
      now,
    });
    await archive.delete(key);
  }
  return objects.length;
}
