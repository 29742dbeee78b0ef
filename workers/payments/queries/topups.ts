/** Top-ups as the API shows them, from the ledger itself. Called by routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { TopupView } from '../../../shared/contract/money.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { toIso } from '../../../shared/time.ts';
import type { Page } from '../../http/list.ts';
import type { Topup } from '../../ledger/types.ts';
import type { Head } from '../../object-runtime/events.ts';
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
  completed_at: t.paidAt === null ? null : toIso(t.paidAt),
  failure_code: t.failureReason,
});

/** `head`: of the ledger, where it was asked */
interface Read<T> {
  result: Result<T>;
  head?: Head;
}

/** A page of top-ups, newest first. Refusals: PERMISSION_DENIED, NOT_FOUND (ledger), VALIDATION_ERROR (`cursor`). */
export async function topupPage(
  scope: TenantScope,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Read<Page<TopupView>>> {
  const refused = permissionRefusal(scope.actor, 'view_topups');
  if (refused) return { result: refused };
  const { result, head } = await scope.ledger.topups({ limit, ...(cursor === undefined ? {} : { cursor }) });
  if (!result.ok) return { result, head };
  const { items, nextCursor } = result.value;
  return {
    result: ok({ shown: items.map(viewOf), meta: { next_cursor: nextCursor, has_more: nextCursor !== null } }),
    head,
  };
}

/** One top-up as it really stands. Refusals: PERMISSION_DENIED, NOT_FOUND (ledger, top-up). */
export async function oneTopup(scope: TenantScope, { id }: { id: Topup['id'] }): Promise<Read<TopupView>> {
  const refused = permissionRefusal(scope.actor, 'view_topups');
  if (refused) return { result: refused };
  const { result, head } = await scope.ledger.topup({ topupId: id });
  return { result: result.ok ? ok(viewOf(result.value)) : result, head };
}
