/** Brings a deleted customer back with everything it had. Called by the resource. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { err, type Result } from '../../../shared/result.ts';
import { type ChangeInput, restoreItem } from '../../resources/items.ts';
import { customerRowAnyState, type CustomerRow } from '../../storage/queries/customers.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { CUSTOMER_KIND } from '../customer-kind.ts';

/**
 * Whoever asked to be erased comes back by withdrawing that, and by nothing else.
 * Refusals: PERMISSION_DENIED, NOT_FOUND (removed for good, or to be erased), VERSION_CONFLICT.
 */
export async function restoreCustomer(scope: TenantScope, input: ChangeInput): Promise<Result<CustomerRow>> {
  const refused = permissionRefusal(scope.actor, 'delete_customers');
  if (refused) return refused;
  const row = await customerRowAnyState(scope.db, input.id);
  if (row !== null && row.deletionRequestedAt !== null) return err({ code: 'NOT_FOUND', entity: CUSTOMER_KIND.noun });
  return restoreItem(scope, CUSTOMER_KIND, 'delete_customers', input);
}
