/**
 * What somebody of the role `staff` has of the calendar: their own appointments whole, of colleagues only when they are busy. Wraps the
 * calendar's port, so that every route, list and later verb is behind it by using the scope. Called by scope.ts.
 */
import type { Actor } from '../../shared/actor.ts';
import { err } from '../../shared/result.ts';
import type { CalendarAnswer, CalendarPort } from '../calendar/port.ts';
import type { Appointment } from '../events/calendar.ts';

/** The people an actor is linked to; null: the actor sees everybody's. Nobody linked, or nobody to ask: nothing of anybody. */
export async function ownStaffOf(actor: Actor, calendar: CalendarPort): Promise<readonly string[] | null> {
  if (actor.kind !== 'user' || actor.role !== 'staff') return null;
  // Asked of the object each time: who was unlinked sees nothing from that moment.
  const { result } = await calendar.schedule();
  if (!result.ok) return [];
  return result.value.staff.filter(({ body }) => body.userId === actor.userId).map(({ id }) => id);
}

/** One of them serves in it. */
const isServedBy = (appointment: Appointment, own: readonly string[]): boolean =>
  own.includes(appointment.staffId) ||
  appointment.segments.some(({ staffId }) => staffId !== null && own.includes(staffId));

/** The port as an actor may use it: whose calendar is everybody's gets it as it is. @param own who the actor is linked to */
export function ownOnly(port: CalendarPort, actor: Actor, own: () => Promise<readonly string[] | null>): CalendarPort {
  if (actor.kind !== 'user' || actor.role !== 'staff') return port;
  const mine = async (): Promise<readonly string[]> => (await own()) ?? [];

  /** The refusal of an appointment that is not theirs: it does not exist for them. Null: go on. */
  async function refusal(appointmentId: string): Promise<CalendarAnswer<never> | null> {
    const [{ result, ...rest }, ids] = await Promise.all([port.appointment(appointmentId), mine()]);
    if (!result.ok) return { ...rest, result };
    if (isServedBy(result.value.appointment, ids)) return null;
    return { ...rest, result: err({ code: 'NOT_FOUND', entity: 'appointment' }) };
  }
  /** For whom they may book and to whom they may move: themselves. */
  async function elsewhere(
    staffId: string | null | undefined,
    permission: string,
  ): Promise<CalendarAnswer<never> | null> {
    if (staffId == null || (await mine()).includes(staffId)) return null;
    return { head: await port.flush(0), result: err({ code: 'PERMISSION_DENIED', permission }) };
  }

  return {
    ...port,
    async appointment(id) {
      return (await refusal(id)) ?? port.appointment(id);
    },
    async day(query) {
      const [{ result, ...rest }, ids] = await Promise.all([port.day(query), mine()]);
      if (!result.ok) return { ...rest, result };
      const day = result.value;
      const others = day.appointments.filter((one) => !isServedBy(one, ids) && one.status !== 'cancelled');
      const kept = day.appointments.filter((one) => isServedBy(one, ids));
      const used = new Set(kept.flatMap((one) => [one.serviceId, ...one.moreServiceIds]));
      return {
        ...rest,
        result: {
          ok: true,
          value: {
            ...day,
            appointments: kept,
            services: day.services.filter(({ id }) => used.has(id)),
            busy: others.flatMap(({ staffId: first, segments }) =>
              segments.flatMap((segment) => {
                const staffId = segment.staffId ?? null;
                if (staffId === null) return [];
                return [{ staffId: staffId || first, startsAt: segment.startsAt, endsAt: segment.endsAt }];
              }),
            ),
            // Why a colleague is away is not theirs to know.
            staff: day.staff.map((person) =>
              ids.includes(person.id)
                ? person
                : {
                    ...person,
                    absences: person.absences.map((absence) => ({ ...absence, reason: 'absence' as const })),
                  },
            ),
          },
        },
      };
    },
    async appointmentsOf(query) {
      const [{ result, ...rest }, ids] = await Promise.all([port.appointmentsOf(query), mine()]);
      if (!result.ok) return { ...rest, result };
      const kept = (list: typeof result.value.past) => list.filter(({ appointment }) => isServedBy(appointment, ids));
      const { upcoming, past, stats } = result.value;
      return { ...rest, result: { ok: true, value: { stats, upcoming: kept(upcoming), past: kept(past) } } };
    },
    async book(command) {
      const ids = await mine();
      const staffId = command.staffId ?? ids[0] ?? null;
      const refused =
        ids.length === 0
          ? await elsewhere('nobody', 'create_appointments')
          : ((await elsewhere(staffId, 'create_appointments')) ??
            (await elsewhere(command.quote?.staffId, 'create_appointments')));
      return refused ?? port.book({ ...command, staffId });
    },
    async reschedule(command) {
      return (
        (await refusal(command.appointmentId)) ??
        (await elsewhere(command.staffId, 'edit_appointments')) ??
        port.reschedule(command)
      );
    },
    async previewReschedule(command) {
      return (await refusal(command.appointmentId)) ?? port.previewReschedule(command);
    },
    async cancel(command) {
      return (await refusal(command.appointmentId)) ?? port.cancel(command);
    },
    async setStatus(command) {
      return (await refusal(command.appointmentId)) ?? port.setStatus(command);
    },
    async addAppointmentNote(command) {
      return (await refusal(command.appointmentId)) ?? port.addAppointmentNote(command);
    },
  };
}
