/** "Wie letztes Mal": the caller's last visit as context for spoken time. Called by check-availability and collect-appointment. */
import type { SpokenContext } from '../spoken-time/reading.ts';
import { offeredServices, type Service } from '../wishes.ts';
import type { Desk, FunctionCall } from './function-call.ts';

export interface LastVisitFound {
  context: SpokenContext;
  staffId: string | null;
  services: Service[];
}

/** The last visit of the customer this call has identified; null when nobody is identified yet. */
export async function withLastVisit(call: FunctionCall, desk: Desk): Promise<LastVisitFound | null> {
  const conversation = await call.scope.calendar.conversation({ now: call.now, callId: call.callId });
  const customerId = conversation.result.ok ? conversation.result.value.customerId : null;
  if (customerId === null) return null;
  const { result } = await call.scope.calendar.appointmentsOf({ customerId, now: call.now });
  const last = result.ok ? result.value.past[0]?.appointment : undefined;
  if (!last) return { context: { ...desk.context, lastVisit: null }, staffId: null, services: [] };
  return {
    context: {
      ...desk.context,
      lastVisit: { startsAt: last.startsAt, staffId: last.staffId, serviceId: last.serviceId },
    },
    staffId: last.staffId,
    services: offeredServices(desk.hours.snapshot).filter((service) => service.id === last.serviceId),
  };
}
