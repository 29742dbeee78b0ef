/** Takes the request to erase a customer back while nothing has begun: the person is there again as before. Called by erasure-routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { auditWrites } from '../../identity/audit.ts';
import { itemIs } from '../../storage/resource-rows.ts';
import { erasureOf, erasureWithdrawal } from '../../storage/queries/erasures.ts';
import { customers } from '../../storage/tables/crm.ts';
import { isCustomerReached } from '../../storage/queries/reach.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { CUSTOMER_KIND } from '../customer-kind.ts';

/** Refusals: PERMISSION_DENIED, NOT_FOUND (nobody asked), ILLEGAL_TRANSITION (it runs or has run). */
export async function withdrawErasure(scope: TenantScope, { id }: { id: string }): Promise<Result<null>> {
  const refused = permissionRefusal(scope.actor, 'erase_customers');
  if (refused) return refused;
  if (!(await isCustomerReached(scope.db, id, await scope.reached(), scope.now)))
    return err({ code: 'NOT_FOUND', entity: 'customer' });
  const known = await erasureOf(scope.db, id);
  if (known === null) return err({ code: 'NOT_FOUND', entity: 'erasure' });
  const done = await scope.db.commit(customers, itemIs(customers, id), [
    ...erasureWithdrawal(scope.db, id, scope.now),
    ...auditWrites(scope, {
      log: CUSTOMER_KIND.log,
      description: 'customer.erasure_withdrawn',
      subjectType: 'customer',
      subjectId: id,
    }),
  ]);
  if (done.kind === 'done') return ok(null);
  return err({ code: 'ILLEGAL_TRANSITION', details: { from: known.state, to: 'withdrawn', allowed: [] } });
}
