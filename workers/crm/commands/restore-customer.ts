/** Brings a deleted customer back with everything it had. Called by the resource. */
import type { Result } from '../../../shared/result.ts';
import { type ChangeInput, restoreItem } from '../../resources/items.ts';
import type { CustomerRow } from '../../storage/queries/customers.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { CUSTOMER_KIND } from '../customer-kind.ts';

/** Refusals: PERMISSION_DENIED, NOT_FOUND (removed for good), VERSION_CONFLICT. */
export const restoreCustomer = (scope: TenantScope, input: ChangeInput): Promise<Result<CustomerRow>> =>
  restoreItem(scope, CUSTOMER_KIND, 'delete_customers', input);
