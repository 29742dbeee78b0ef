/** Webhooks of vendors as they were stored and worked on; never their bodies. Read by workers/operations/ and tests. */
import { z } from 'zod';
import { WEBHOOK_SOURCES, WEBHOOK_STATES } from '../webhook-status.ts';
import { externalId, idOut, instantOut, page } from './parts.ts';

export const webhookLogView = z.object({
  id: idOut('webhook_log'),
  source: z.enum(WEBHOOK_SOURCES),
  event_type: z.string(),
  /** the vendor's id of the event, else a hash of its body */
  unique_id: externalId(),
  state: z.enum(WEBHOOK_STATES),
  received_at: instantOut(),
  processed_at: instantOut().nullable(),
  retry_count: z.int(),
  error_message: z.string().nullable(),
});
export type WebhookLogView = z.infer<typeof webhookLogView>;
/** Newest first. */
export const webhookLogListQuery = page().extend({
  source: z.enum(WEBHOOK_SOURCES).optional(),
  state: z.enum(WEBHOOK_STATES).optional(),
});
