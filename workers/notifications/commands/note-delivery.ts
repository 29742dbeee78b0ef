/** What the provider says became of a message. Called by webhook-routes.ts. */
import { ok, type Result } from '../../../shared/result.ts';
import { advanceNotification } from '../../storage/queries/notifications.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { twilioUpdate } from '../delivery-status.ts';

interface Delivery {
  /** the provider's id of the message */
  messageId: string;
  /** as the provider calls it */
  status: string;
  errorCode: string;
}

/**
 * Moves a message forward by verified delivery reports; a status we don't know is ignored, an older one is a duplicate. No permission: the signature
 * was it. No audit row: nobody decided anything, and the message itself keeps status, reason and instants.
 * Refusals: none.
 */
export async function noteDelivery(
  scope: TenantScope,
  { messageId, status, errorCode }: Delivery,
): Promise<Result<'advanced' | 'duplicate' | 'ignored'>> {
  const update = twilioUpdate(status);
  if (!update) return ok('ignored');
  if (update === 'nothing_new') return ok('duplicate');
  const advanced = await advanceNotification(scope.db, messageId, {
    ...update,
    error: errorCode ? `Twilio ${errorCode}`.slice(0, 100) : null,
    now: scope.now,
  });
  return ok(advanced ? 'advanced' : 'duplicate');
}
