/** A person says that the bookings left at Cal.com are deleted there, too. Called by erasure-routes.ts. */
import { causerOf, permissionRefusal } from '../../../shared/actor.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { auditWrites } from '../../identity/audit.ts';
import { closeErasure, erasureOf, type ErasureRow } from '../../storage/queries/erasures.ts';
import { isCustomerReached } from '../../storage/queries/reach.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { CUSTOMER_KIND } from '../customer-kind.ts';

/** What is closed stays closed. Refusals: PERMISSION_DENIED, NOT_FOUND, ILLEGAL_TRANSITION (not erased yet). */
export async function closeErasureTask(scope: TenantScope, { id }: { id: string }): Promise<Result<ErasureRow>> {
  const refused = permissionRefusal(scope.actor, 'erase_customers');
  if (refused) return refused;
  if (!(await isCustomerReached(scope.db, id, await scope.reached(), scope.now)))
    return err({ code: 'NOT_FOUND', entity: 'customer' });
  const known = await erasureOf(scope.db, id);
  if (known === null) return err({ code: 'NOT_FOUND', entity: 'erasure' });
  if (known.closedAt !== null) return ok(known);
  const rows = await closeErasure(
    scope.db,
    id,
    { closedAt: scope.now, closedBy: causerOf(scope.actor) },
    auditWrites(scope, {
      log: CUSTOMER_KIND.log,
      description: 'customer.erasure_closed',
      subjectType: 'customer',
      subjectId: id,
    }),
  );
  const row = rows?.[0];
  return row
    ? ok(row)
    : err({ code: 'ILLEGAL_TRANSITION', details: { from: known.state, to: 'closed', allowed: ['erased'] } });
}
