/** Which future appointments a change of the schedule would leave without hours, people or rooms. Called by the object before it writes. */
import { MINUTE } from '../../../shared/time.ts';
import { dayAt, resourceMinutes, workingMinutes } from '../engine/hours.ts';
import { covers } from '../engine/intervals.ts';
import type { Schedule } from '../engine/schedule.ts';
import type { Appointment } from '../../events/calendar.ts';

/** True when the schedule still bears the appointment: everybody works, every resource is usable, service and branch exist. */
function fits(schedule: Schedule, appointment: Appointment): boolean {
  const branch = schedule.branches.get(appointment.branchId);
  if (!branch?.body.active || !schedule.services.has(appointment.serviceId)) return false;
  const zone = branch.body.timeZone;
  const fromDay = dayAt(appointment.startsAt / MINUTE, zone);
  const untilDay = dayAt(appointment.endsAt / MINUTE, zone);
  for (const segment of appointment.segments) {
    if (segment.staffId === null) continue;
    const person = schedule.staff.get(segment.staffId);
    if (!person) return false;
    if (
      !covers(
        workingMinutes(schedule, branch, person, fromDay, untilDay),
        segment.startsAt / MINUTE,
        segment.endsAt / MINUTE,
      )
    )
      return false;
  }
  for (const use of [...appointment.resources, ...appointment.segments.flatMap((s) => s.resources)]) {
    const resource = schedule.resources.get(use.resourceId);
    if (!resource || resource.body.capacity < use.units) return false;
    if (
      !covers(
        resourceMinutes(schedule, branch, resource, fromDay, untilDay),
        appointment.startsAt / MINUTE,
        appointment.startsAt / MINUTE + 1,
      )
    )
      return false;
  }
  return true;
}

/** Appointments that fit before and don't after. */
export const strandedBy = (before: Schedule, after: Schedule, appointments: readonly Appointment[]): Appointment[] =>
  appointments.filter((one) => fits(before, one) && !fits(after, one));
