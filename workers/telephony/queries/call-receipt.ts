/** The receipt of a call down to the ledger's entries. Called by receipt-routes.ts. */
import { actorMay, permissionRefusal } from '../../../shared/actor.ts';
import type { CallReceiptInLedger } from '../../../shared/contract/calls.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { toIso } from '../../../shared/time.ts';
import { callById } from '../../storage/queries/calls.ts';
import { callsReached } from '../../storage/queries/reach.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import type { CallMoney } from '../receipt.ts';
import { receiptOfCall } from './calls.ts';

/** Entries of one call: hold, release, charge, and the fee of its appointment with what came back of it. */
const MAX_ENTRIES = 20;

/** Entries only with `view_transactions`; the rest is the call's own receipt. Refusals: PERMISSION_DENIED (`view_calls`), NOT_FOUND (no such call, or out of reach). */
export async function callReceipt(scope: TenantScope, id: string): Promise<Result<CallReceiptInLedger>> {
  const refused = permissionRefusal(scope.actor, 'view_calls');
  if (refused) return refused;
  const row = await callById(scope.db, id, callsReached(await scope.reached()));
  if (row === null) return err({ code: 'NOT_FOUND', entity: 'call' });
  const receipt = await receiptOfCall(scope, row);
  const maySee = actorMay(scope.actor, 'view_transactions');
  const ids = maySee ? [...new Set(receipt.entry_ids)].slice(0, MAX_ENTRIES) : [];
  const entries: CallReceiptInLedger['entries'] = [];
  for (const { result } of await Promise.all(ids.map((entryId) => scope.ledger.entry({ entryId })))) {
    // A ledger that was restored to before it has not got it back yet.
    if (!result.ok) continue;
    const entry = result.value;
    entries.push({
      id: entry.id,
      sequence: entry.seq,
      type: entry.type,
      amount_cents: entry.amountCents,
      balance_after_cents: entry.balanceAfterCents,
      price_line: entry.priceLine,
      occurred_at: toIso(entry.occurredAt),
    });
  }
  entries.sort((a, b) => a.sequence - b.sequence);
  return ok({ call_id: row.id, period: (row.money as CallMoney | null)?.period ?? null, receipt, entries });
}
