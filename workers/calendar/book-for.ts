/** Booking for a customer who may be older than what the calendar object knows. Called by the bookings API. */
import { err } from '../../shared/result.ts';
import { isCallShown, mayBookFor } from '../storage/queries/reach.ts';
import { customerRow } from '../storage/queries/customers.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import type { Book, BookAnswer } from './commands/inputs.ts';
import type { CalendarAnswer } from './port.ts';

/**
 * Books for a known customer. An id the object has never seen is looked up in D1, registered and booked again under the same key; the
 * request is counted once.
 *
 * Refusals: as the verb `book`; NOT_FOUND (`customer`) when D1 knows nobody of that id either, (`call`) when the call it is to
 * come from is not there for this actor.
 */
export async function bookFor(scope: TenantScope, request: Book): Promise<CalendarAnswer<BookAnswer>> {
  const command: Book = { ...request, requireKnownCustomer: true };
  const { customerId, now } = command;
  if (!(await mayBookFor(scope.db, customerId, await scope.reached(), now)))
    return { head: await scope.calendar.flush(0), result: err({ code: 'NOT_FOUND', entity: 'customer' }) };
  const { callId } = command;
  if (callId && !(await isCallShown(scope.db, callId, await scope.reached())))
    return { head: await scope.calendar.flush(0), result: err({ code: 'NOT_FOUND', entity: 'call' }) };
  const booked = await scope.calendar.book(command);
  const isUnknown =
    !booked.result.ok && booked.result.error.code === 'NOT_FOUND' && booked.result.error.entity === 'customer';
  if (!isUnknown || (await customerRow(scope.db, customerId)) === null) return booked;
  await scope.calendar.registerCustomers({ customerIds: [customerId], now });
  const { rate: _counted, ...again } = command;
  const repeated = await scope.calendar.book(again);
  return booked.rate ? { ...repeated, rate: booked.rate } : repeated;
}
