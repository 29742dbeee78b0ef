/** Payment events that fitted nothing of ours, as the operator sees them. Called by unmatched-routes.ts and the commands on them. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { UnmatchedView } from '../../../shared/contract/operations.ts';
import type { UnmatchedState } from '../../../shared/money-status.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import { cursorOf, type Page, pageOf } from '../../http/list.ts';
import { type UnmatchedPayment, unmatchedPage } from '../../storage/queries/payments.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

export const viewOfUnmatched = (row: UnmatchedPayment): UnmatchedView => ({
  id: row.id,
  tenant_id: row.tenantId,
  event_type: row.eventType,
  payment_id: row.paymentId,
  reason: row.reason,
  amount_cents: row.amountCents,
  currency: row.currency,
  created_at: toIso(row.createdAt),
  resolved_at: isoOrNull(row.resolvedAt),
  resolution: row.resolution,
  resolved_by: row.resolvedBy,
  note: row.note,
});

/** A page of all tenants' events, youngest first. Refusals: PERMISSION_DENIED (`view_alarms`), VALIDATION_ERROR (`cursor`). */
export async function unmatchedList(
  scope: TenantScope,
  { state, cursor, limit }: { state: UnmatchedState; cursor?: string | undefined; limit: number },
): Promise<Result<Page<UnmatchedView>>> {
  const refused = permissionRefusal(scope.actor, 'view_alarms');
  if (refused) return refused;
  const after = cursorOf(cursor, ['number', 'string', 'string']);
  if (!after.ok) return after;
  const rows = await unmatchedPage(scope.db, {
    state,
    after: after.value && { createdAt: after.value[0], tenantId: after.value[1], id: after.value[2] },
    limit: limit + 1,
  });
  const { shown, meta } = pageOf(rows, limit, (row) => [row.createdAt, row.tenantId, row.id]);
  return ok({ shown: shown.map(viewOfUnmatched), meta });
}
