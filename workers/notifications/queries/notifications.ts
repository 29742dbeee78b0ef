/** Messages to customers and owners as they are shown. Called by routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { NotificationView } from '../../../shared/contract/notifications.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { toIso } from '../../../shared/time.ts';
import { cursorOf, type Page, pageOf } from '../../http/list.ts';
import { listNotifications, notificationById, type NotificationRow } from '../../storage/queries/notifications.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

const viewOf = (row: NotificationRow): NotificationView => ({
  id: row.id,
  event_type: row.eventType,
  channel: row.channel,
  status: row.status,
  appointment_id: row.appointmentId,
  customer_id: row.customerId,
  retry_count: row.retryCount,
  error_message: row.errorMessage,
  created_at: toIso(row.createdAt),
  sent_at: row.sentAt === null ? null : toIso(row.sentAt),
});

/** A page of messages, newest first. Refusals: PERMISSION_DENIED, VALIDATION_ERROR (`cursor`). */
export async function notificationPage(
  scope: TenantScope,
  query: { cursor?: string | undefined; limit: number; status?: NotificationRow['status'] | undefined },
): Promise<Result<Page<NotificationView>>> {
  const refused = permissionRefusal(scope.actor, 'view_notifications');
  if (refused) return refused;
  const before = cursorOf(query.cursor, ['number', 'string']);
  if (!before.ok) return before;
  const rows = await listNotifications(scope.db, {
    before: before.value && { createdAt: before.value[0], id: before.value[1] },
    status: query.status ?? null,
    limit: query.limit + 1,
  });
  const { shown, meta } = pageOf(rows, query.limit, (row) => [row.createdAt, row.id]);
  return ok({ shown: shown.map(viewOf), meta });
}

/** One message. Refusals: PERMISSION_DENIED, NOT_FOUND. */
export async function oneNotification(scope: TenantScope, { id }: { id: string }): Promise<Result<NotificationView>> {
  const refused = permissionRefusal(scope.actor, 'view_notifications');
  if (refused) return refused;
  const row = await notificationById(scope.db, id);
  return row ? ok(viewOf(row)) : err({ code: 'NOT_FOUND', entity: 'notification' });
}
