/** Why a message was sent, moved or stopped: the answer that was stored with it, never one that is worked out again. Called by message-routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { NotificationExplained } from '../../../shared/contract/notifications.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import { notificationWithin } from '../../storage/queries/notifications.ts';
import { notificationsReached } from '../../storage/queries/reach.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { PURPOSE_OF } from '../rules/may-send.ts';

/** Refusals: PERMISSION_DENIED, NOT_FOUND. */
export async function explainNotification(scope: TenantScope, id: string): Promise<Result<NotificationExplained>> {
  const refused = permissionRefusal(scope.actor, 'view_notifications');
  if (refused) return refused;
  const row = await notificationWithin(scope.db, id, notificationsReached(await scope.reached(), scope.now));
  if (row === null) return err({ code: 'NOT_FOUND', entity: 'notification' });
  return ok({
    id: row.id,
    legal_class: row.legalClass,
    purpose: row.legalClass === null ? null : PURPOSE_OF[row.legalClass],
    verdict: row.verdict,
    because: row.because,
    decided_at: isoOrNull(row.decidedAt),
    scheduled_at: toIso(row.scheduledAt),
    status: row.status,
    error_message: row.errorMessage,
  });
}
