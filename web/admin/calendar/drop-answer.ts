/**
 * What a place in the grid answers while a block is dragged over it, from the day that is shown. The server decides in the end; this is what
 * it will most likely say. Pure; called by the calendar page.
 */
import type { CalendarAppointment, CalendarDay } from '../../../shared/contract/appointments.ts';
import { instantsOf } from '../../../shared/time.ts';
import { isDropped, wallTimeOn } from './day-view.ts';

/** A stretch of somebody's column, on the day's clock. */
export interface Place {
  staffId: string;
  from: string;
  to: string;
}

/** Why not, in the order in which one would say it. */
export type DropRefusal = 'cannot' | 'no_such_time' | 'past' | 'absent' | 'outside' | 'taken';

/** Who of the day may not serve the appointment at all: their columns are hatched. */
export const cannotServe = (day: CalendarDay, appointment: CalendarAppointment): string[] =>
  day.staff
    .filter(({ id, service_ids }) => id !== appointment.staff_id && !service_ids.includes(appointment.service.id))
    .map(({ id }) => id);

const meets = (a: { from: string; to: string }, b: { from: string; to: string }): boolean =>
  a.from < b.to && b.from < a.to;

/** Null: nothing that the day knows speaks against it. @param now epoch milliseconds */
export function dropRefusal(
  day: CalendarDay,
  appointments: readonly CalendarAppointment[],
  appointment: CalendarAppointment,
  place: Place,
  now: number,
): DropRefusal | null {
  const person = day.staff.find(({ id }) => id === place.staffId);
  if (!person || cannotServe(day, appointment).includes(place.staffId)) return 'cannot';
  const start = instantsOf(day.date, place.from, day.time_zone)[0];
  if (start === undefined) return 'no_such_time';
  if (start < now && start !== Date.parse(appointment.starts_at)) return 'past';
  if (person.absences.some((absence) => meets(absence, place))) return 'absent';
  if (!person.working.some(({ from, to }) => from <= place.from && place.to <= to)) return 'outside';
  // Only while the person works on it: in a passive stretch somebody else may come.
  const shift = start - Date.parse(appointment.starts_at);
  const own = appointment.segments.filter(({ kind }) => kind === 'active');
  const onClock = (instant: string, by: number): string =>
    wallTimeOn(new Date(Date.parse(instant) + by).toISOString(), day.date, day.time_zone);
  const wanted =
    own.length > 1
      ? own.map((part) => ({ from: onClock(part.starts_at, shift), to: onClock(part.ends_at, shift) }))
      : [place];
  const taken = [
    ...appointments
      .filter((one) => one.id !== appointment.id && !isDropped(one) && one.status !== 'completed')
      .flatMap((one) =>
        (one.segments.length > 0 ? one.segments : [{ ...one, kind: 'active' as const, staff_id: one.staff_id }]).filter(
          (part) => part.kind === 'active' && (part.staff_id ?? one.staff_id) === place.staffId,
        ),
      ),
    ...day.busy.filter(({ staff_id }) => staff_id === place.staffId),
  ].map((part) => ({ from: onClock(part.starts_at, 0), to: onClock(part.ends_at, 0) }));
  return wanted.some((part) => taken.some((other) => meets(part, other))) ? 'taken' : null;
}
