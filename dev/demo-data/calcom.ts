/** What the demo's businesses have set up at Cal.com: per service one type with all of its people as hosts, and one of each person's own. */
import type { ScheduleInput } from '../../workers/calendar/master-data.ts';
import { PHYSIO_SCHEDULE, SALON_SCHEDULE } from './tenants.ts';

interface Person {
  calcomUserId?: string;
  firstName: string;
  lastName: string;
}
interface Service {
  name: { de: string };
  durationMinutes: number;
  calcomEventTypeId: string | null;
  staff: { staffId: string; calcomEventTypeId?: string }[];
}

/** As the sandbox registers them (`POST /_sandbox/calcom/event-types`). Lengths are free: composite services wait for what is free. */
export function demoEventTypes(): Record<string, unknown>[] {
  return [SALON_SCHEDULE, PHYSIO_SCHEDULE].flatMap((schedule: readonly ScheduleInput[]) => {
    const people = new Map(
      schedule.flatMap(({ kind, id, body }) => (kind === 'staff' ? [[id, body as Person] as const] : [])),
    );
    const hostOf = (staffId: string): object[] => {
      const person = people.get(staffId);
      return person?.calcomUserId === undefined
        ? []
        : [{ id: Number(person.calcomUserId), name: `${person.firstName} ${person.lastName}`.trim() }];
    };
    return schedule.flatMap(({ kind, body }) => {
      if (kind !== 'service') return [];
      const { name, durationMinutes, calcomEventTypeId, staff } = body as Service;
      const type = (id: string | null | undefined, hosts: object[]) =>
        id ? [{ id: Number(id), title: name.de, lengthInMinutes: durationMinutes, hosts }] : [];
      return [
        ...type(
          calcomEventTypeId,
          staff.flatMap(({ staffId }) => hostOf(staffId)),
        ),
        ...staff.flatMap((one) => type(one.calcomEventTypeId, hostOf(one.staffId))),
      ];
    });
  });
}
