/** Messages to people, and work that was given up. Read by workers/notifications/ and tests. */
import { z } from 'zod';
import { NOTIFICATION_CHANNELS, NOTIFICATION_STATUSES } from '../notification-status.ts';
import { idParam, idOut, instantOut, itemOf, listOf, page } from './parts.ts';

// ---------------------------------------------------------------- messages

export const notificationView = z.object({
  id: idOut('notification'),
  event_type: z.string(),
  channel: z.enum(NOTIFICATION_CHANNELS),
  status: z.enum(NOTIFICATION_STATUSES),
  appointment_id: z.string().nullable(),
  customer_id: z.string().nullable(),
  retry_count: z.number(),
  error_message: z.string().nullable(),
  created_at: instantOut(),
  sent_at: instantOut().nullable(),
});
export type NotificationView = z.infer<typeof notificationView>;
/** Newest first. */
export const notificationListQuery = page().extend({ status: z.enum(NOTIFICATION_STATUSES).optional() });

// ---------------------------------------------------------------- dead letters

export const deadLetterView = z.object({
  id: z.string(),
  queue: z.string(),
  reason: z.string(),
  message: z.string(),
  at: instantOut(),
});
export const deadLetterListResponse = listOf(deadLetterView);
export const deadLetterParams = z.object({ id: idParam('dead_letter') });
export const replayedResponse = itemOf(z.object({ id: idOut('dead_letter') }));
