/** Messages to customers and owners as a resource: effects send them, people see what became of them. Mounted by app.ts. */
import {
  type NotificationDetail,
  notificationDetail,
  notificationListQuery,
  type NotificationView,
  notificationView,
} from '../../shared/contract/notifications.ts';
import { isoOrNull, toIso } from '../../shared/time.ts';
import { lazyReading } from '../resources/lazy-backing.ts';
import { defineResource } from '../resources/define.ts';
import { notificationList, type NotificationRow } from '../storage/queries/notifications.ts';
import type { notifications } from '../storage/tables/notifications.ts';
import { notificationsReached } from '../storage/queries/reach.ts';

/** A message as lists and answers show it. */
export const viewOfNotification = (row: NotificationRow): NotificationView => ({
  id: row.id,
  event_type: row.eventType,
  channel: row.channel,
  status: row.status,
  appointment_id: row.appointmentId,
  customer_id: row.customerId,
  retry_count: row.retryCount,
  error_message: row.errorMessage,
  created_at: toIso(row.createdAt),
  sent_at: isoOrNull(row.sentAt),
  scheduled_at: toIso(row.scheduledAt),
  legal_class: row.legalClass,
  subject: row.subject,
});

export const notificationsResource = defineResource({
  noun: 'notification',
  path: '/api/v1/notifications',
  collection: 'notifications',
  words: { one: 'a message', many: 'messages to customers and owners', listed: 'newest first' },
  permissions: { view: 'view_notifications' },
  contract: { item: notificationView, query: notificationListQuery, detail: notificationDetail },
  backing: lazyReading<typeof notifications, NotificationView, NotificationDetail>({
    noun: 'notification',
    source: notificationList,
    only: async (scope) => notificationsReached(await scope.reached(), scope.now),
    views: async (_scope, rows) => rows.map(viewOfNotification),
    detail: async (_scope, row) => ({ ...viewOfNotification(row), text: row.body }),
  }),
});
