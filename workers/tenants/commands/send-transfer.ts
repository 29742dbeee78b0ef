/** A reseller tops a customer up from its own balance. Called through tenant-commands.ts. */
import { causerOf } from '../../../shared/actor.ts';
import { bytesOfHash, newId } from '../../../shared/ids.ts';
import type { Cents } from '../../../shared/money.ts';
import { err, type Result } from '../../../shared/result.ts';
import type { Transfer } from '../../ledger/types.ts';
import { sha256Hex } from '../../object-runtime/hash.ts';
import type { Head } from '../../object-runtime/events.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { reached } from '../reach.ts';

interface SendTransfer {
  /** the customer */
  id: string;
  amountCents: Cents;
  /** of the request: the same key is the same transfer, also when its answer was lost */
  key: string | null | undefined;
}

/**
 * Sends money of the own ledger to the customer's. What became of it, the ledger's movements tell: it arrives within moments or comes back.
 * Refusals: PERMISSION_DENIED (`create_transfers`), TENANT_SUSPENDED, NOT_FOUND (tenant, ledger), VALIDATION_ERROR (`id`: to oneself;
 * `amount_cents`), INSUFFICIENT_BALANCE, IDEMPOTENCY_MISMATCH.
 */
export async function sendTransfer(
  scope: TenantScope,
  { id, amountCents, key }: SendTransfer,
): Promise<{ result: Result<Transfer>; head?: Head }> {
  const found = await reached(scope, 'create_transfers', id);
  if (!found.ok) return { result: found };
  const { tenant } = found.value;
  if (tenant.id === scope.tenantId)
    return { result: err({ code: 'VALIDATION_ERROR', errors: { id: ['money is sent to somebody else'] } }) };
  if (tenant.status === 'closed') return { result: err({ code: 'NOT_FOUND', entity: 'tenant' }) };
  const current = await scope.ledger.balance();
  if (!current.result.ok) return { result: current.result };
  const { currency } = current.result.value;
  if (tenant.currency !== currency)
    return { result: err({ code: 'VALIDATION_ERROR', errors: { id: [`its account is kept in ${tenant.currency}`] } }) };
  const transferId = key
    ? newId('transfer', 0, bytesOfHash(sha256Hex(`${scope.tenantId}\n${key}`)))
    : newId('transfer', scope.now);
  const { result, head } = await scope.ledger.sendTransfer({
    transferId,
    to: tenant.id,
    account: 'prepaid',
    amountCents,
    currency,
    cause: 'topup',
    now: scope.now,
    causer: causerOf(scope.actor),
  });
  return { result: result.ok ? { ok: true, value: result.value.transfer } : result, head };
}
