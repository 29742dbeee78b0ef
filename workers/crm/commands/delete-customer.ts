/** Deletes a customer so that it can be restored; appointments and calls keep the name. Called by the resource. */
import type { Result } from '../../../shared/result.ts';
import { type ChangeInput, deleteItem } from '../../resources/items.ts';
import type { CustomerRow } from '../../storage/queries/customers.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { CUSTOMER_KIND } from '../customer-kind.ts';

/** Refusals: PERMISSION_DENIED, NOT_FOUND, VERSION_CONFLICT. */
export const deleteCustomer = (scope: TenantScope, input: ChangeInput): Promise<Result<CustomerRow>> =>
  deleteItem(scope, CUSTOMER_KIND, 'delete_customers', input);
