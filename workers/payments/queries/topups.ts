/** Top-ups as the API shows them, from the ledger itself. Called by topups.resource.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { TopupView } from '../../../shared/contract/money.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import type { Topup } from '../../ledger/types.ts';
import { formatHead } from '../../object-runtime/events.ts';
import type { VersionedView, ViewPage } from '../../resources/backing.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

const viewOf = (t: Topup): TopupView => ({
  id: t.id,
  method: t.method,
  status: t.status,
  amount_cents: t.amountCents,
  vat_cents: t.vatCents,
  total_cents: t.grossCents,
  bonus_cents: t.bonusCents,
  refunded_cents: t.refundedCents,
  currency: t.currency,
  created_at: toIso(t.createdAt),
  completed_at: isoOrNull(t.paidAt),
  failure_code: t.failureReason,
});

/** A page of top-ups, newest first. Refusals: PERMISSION_DENIED, NOT_FOUND (ledger), VALIDATION_ERROR (`cursor`). */
export async function topupPage(
  scope: TenantScope,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Result<ViewPage<TopupView>>> {
  const refused = permissionRefusal(scope.actor, 'view_topups');
  if (refused) return refused;
  const { result, head } = await scope.ledger.topups({ limit, ...(cursor === undefined ? {} : { cursor }) });
  if (!result.ok) return result;
  const { items, nextCursor } = result.value;
  return ok({
    data: items.map(viewOf),
    meta: { next_cursor: nextCursor, has_more: nextCursor !== null },
    head: formatHead(head),
  });
}

/** One top-up as it really stands. Refusals: PERMISSION_DENIED, NOT_FOUND (ledger, top-up). */
export async function oneTopup(scope: TenantScope, id: string): Promise<Result<VersionedView<TopupView>>> {
  const refused = permissionRefusal(scope.actor, 'view_topups');
  if (refused) return refused;
  const { result, head } = await scope.ledger.topup({ topupId: id });
  return result.ok ? ok({ view: viewOf(result.value), head: formatHead(head) }) : result;
}
