/** What the calendar asks D1 about customers. Called by booking-routes.ts. */
import { customerRow } from '../../storage/queries/customers.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

/** Whether a customer is there of whom the calendar object has not heard: one that is older than it. Never refuses. */
export const isKnownCustomer = async (scope: TenantScope, customerId: string): Promise<boolean> =>
  (await customerRow(scope.db, customerId)) !== null;
