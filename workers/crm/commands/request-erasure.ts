/** Asks that a customer be erased: hidden at once, erased in 30 days or, with a reason, now. Called by erasure-routes.ts. */
import { causerOf, permissionRefusal } from '../../../shared/actor.ts';
import { asInstant } from '../../../shared/clock.ts';
import type { ErasureReason } from '../../../shared/erasure-status.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { DAY } from '../../../shared/time.ts';
import { auditWrites } from '../../identity/audit.ts';
import { itemIs } from '../../storage/resource-rows.ts';
import { customerRowAnyState } from '../../storage/queries/customers.ts';
import { erasureOf, erasureRequest, type ErasureRow } from '../../storage/queries/erasures.ts';
import { customers } from '../../storage/tables/crm.ts';
import { isCustomerReached } from '../../storage/queries/reach.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { CUSTOMER_KIND } from '../customer-kind.ts';

/** As long a request can be withdrawn. */
export const WITHDRAWABLE_MS = 30 * DAY;

/**
 * The same request again changes nothing; one that gives a reason later no longer waits. What runs or has run stays as it is.
 * Refusals: PERMISSION_DENIED, NOT_FOUND.
 */
export async function requestErasure(
  scope: TenantScope,
  { id, reason }: { id: string; reason?: ErasureReason | undefined },
): Promise<Result<ErasureRow>> {
  const refused = permissionRefusal(scope.actor, 'erase_customers');
  if (refused) return refused;
  if (!(await isCustomerReached(scope.db, id, await scope.reached(), scope.now)))
    return err({ code: 'NOT_FOUND', entity: 'customer' });
  const [person, known] = await Promise.all([customerRowAnyState(scope.db, id), erasureOf(scope.db, id)]);
  if (person === null) return err({ code: 'NOT_FOUND', entity: 'customer' });
  const isWaiting = known === null || (known.state === 'requested' && known.runs === 0);
  if (known !== null && (!isWaiting || reason === undefined || known.reason !== null)) return ok(known);
  const dueAt = reason === undefined ? asInstant(scope.now + WITHDRAWABLE_MS) : scope.now;
  await scope.db.commit(customers, itemIs(customers, id), [
    ...erasureRequest(scope.db, {
      id,
      state: 'requested',
      reason: reason ?? null,
      requestedAt: known?.requestedAt ?? scope.now,
      requestedBy: known?.requestedBy ?? causerOf(scope.actor),
      dueAt,
      counts: {},
      leftAtCalcom: [],
    }),
    ...auditWrites(scope, {
      log: CUSTOMER_KIND.log,
      description: 'customer.erasure_requested',
      subjectType: 'customer',
      subjectId: id,
      after: { due_at: dueAt, reason: reason ?? null },
    }),
  ] as never);
  const row = await erasureOf(scope.db, id);
  return row === null ? err({ code: 'NOT_FOUND', entity: 'customer' }) : ok(row);
}
