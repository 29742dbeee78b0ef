/**
 * Which event type of Cal.com stands for a service and a person, both ways. A type of one person's own names them; the service's own leaves
 * the host to Cal.com, which push.ts then compares. Pure; called by booking, by calendar-sync/ and by the commands that read what it says.
 */
import type { ServiceBody, StaffBody } from '../master-data.ts';

type Mapped = Pick<ServiceBody, 'staff' | 'calcomEventTypeId'>;

/** Items stored before there were types of one person's own have no such member. */
const isType = (type: string | null | undefined): type is string => typeof type === 'string' && type !== '';

/** The types under which Cal.com may have a booking of this service by this person, the one to book first; empty: it has none. */
export const eventTypesFor = (service: Mapped, staffId: string): string[] =>
  [service.staff.find((one) => one.staffId === staffId)?.calcomEventTypeId, service.calcomEventTypeId].filter(isType);

/** All types of a service. */
export const eventTypesOf = (service: Mapped): string[] =>
  [service.calcomEventTypeId, ...service.staff.map((one) => one.calcomEventTypeId)].filter(isType);

/** Whether appointments of the service are shown at Cal.com. */
export const isMapped = (service: Mapped): boolean => eventTypesOf(service).length > 0;

/** Service and person of what Cal.com says: the host, else whose own type it is. Null: nobody has mapped it. */
export function mappedOf(
  schedule: {
    services: readonly { id: string; body: Mapped }[];
    staff: readonly { id: string; body: Pick<StaffBody, 'calcomUserId'> }[];
  },
  said: { eventTypeId: string | null; hostId: string | null },
): { serviceId: string | null; staffId: string | null } {
  const { eventTypeId, hostId } = said;
  const services = eventTypeId === null ? [] : schedule.services;
  const owning = services.flatMap(({ id, body }) =>
    body.staff
      .filter((one) => one.calcomEventTypeId === eventTypeId)
      .map(({ staffId }) => ({ serviceId: id, staffId })),
  )[0];
  const host = hostId === null ? undefined : schedule.staff.find((p) => p.body.calcomUserId === hostId);
  return {
    serviceId: owning?.serviceId ?? services.find((one) => one.body.calcomEventTypeId === eventTypeId)?.id ?? null,
    staffId: host?.id ?? owning?.staffId ?? null,
  };
}
