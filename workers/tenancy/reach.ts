/**
 * How a message about an appointment reaches a customer: by SMS to a mobile number, where the company sends them, and by e-mail. Called by
 * the bookings API (is a confirmation on its way?) and by notifications.
 */
import { lazy } from '../../shared/lazy.ts';
import { customerById } from '../storage/queries/customers.ts';
import { companySettings } from '../calendar/rules/company.ts';
import type { TenantScope } from './scope.ts';

const phone = lazy(() => import('../../shared/phone.ts'));

interface Recipient {
  id: string;
  phoneConfirmed: boolean;
}

/** A line is known to be somebody's when it was confirmed, or when they have been here. */
export async function isKnown(scope: TenantScope, customer: Recipient): Promise<boolean> {
  if (customer.phoneConfirmed) return true;
  const { result } = await scope.calendar.appointmentsOf({ customerId: customer.id, now: scope.now });
  return result.ok && result.value.stats.completed > 0;
}

/** Whether a company sends SMS to the country of an unconfirmed number. */
export async function isAllowedCountry(scope: TenantScope, companyId: string, e164: string): Promise<boolean> {
  const { isOfCountry } = await phone();
  const { result } = await scope.calendar.schedule({ maxAgeMs: 60_000 });
  if (!result.ok) return false;
  return isOfCountry(e164, companySettings(result.value, companyId).smsCountries);
}

/** Whether a message about an appointment has a way to the customer: what notifications would send, not what they would skip. */
export async function isReachable(scope: TenantScope, customerId: string, companyId: string): Promise<boolean> {
  const customer = await customerById(scope.db, customerId);
  if (customer === null) return false;
  if (customer.email) return true;
  if (!customer.phone || !(await phone()).isMobile(customer.phone)) return false;
  return (await isKnown(scope, customer)) || isAllowedCountry(scope, companyId, customer.phone);
}
