/** Transfers between the own ledger and a customer's, from the ledger itself. Called through tenant-commands.ts. */
import type { TransferView } from '../../../shared/contract/transfers.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import type { Transfer } from '../../ledger/types.ts';
import { tenantWithin } from '../../storage/queries/tenants.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { reachOf } from '../reach.ts';

export const viewOfTransfer = (t: Transfer): TransferView => ({
  id: t.id,
  direction: t.direction,
  tenant_id: t.peerId,
  amount_cents: t.amountCents,
  currency: t.currency,
  state: t.state,
  reason: t.reason,
  sent_at: toIso(t.sentAt),
  ended_at: isoOrNull(t.endedAt),
});

interface Page {
  data: TransferView[];
  meta: { next_cursor: string | null; has_more: boolean };
}

/** Newest first. Refusals: PERMISSION_DENIED (`view_transfers`), NOT_FOUND (tenant). A seller without a ledger has none. */
export async function transfersWith(
  scope: TenantScope,
  { id, cursor, limit }: { id: string; cursor?: string | undefined; limit: number },
): Promise<Result<Page>> {
  const reach = await reachOf(scope, 'view_transfers');
  if (!reach.ok) return reach;
  const tenant = await tenantWithin(scope.db, reach.value.within, id);
  if (tenant === null) return err({ code: 'NOT_FOUND', entity: 'tenant' });
  const asked = { peerId: tenant.id, limit, ...(cursor === undefined ? {} : { cursor }) };
  const { result } = await scope.ledger.transfers(asked);
  if (!result.ok) {
    const isNone = result.error.code === 'NOT_FOUND';
    return isNone ? ok({ data: [], meta: { next_cursor: null, has_more: false } }) : result;
  }
  const { items, nextCursor } = result.value;
  return ok({
    data: items.map(viewOfTransfer),
    meta: { next_cursor: nextCursor, has_more: nextCursor !== null },
  });
}
