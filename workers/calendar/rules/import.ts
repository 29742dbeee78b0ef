/**
 * The rule of taking over an appointment from another system: where it stood, if the place is free. Hours, notice and policies are not
 * asked, as they were asked there. Called by commands/import-appointments.ts inside the object's transaction.
 */
import type { Instant } from '../../../shared/clock.ts';
import { MINUTE } from '../../../shared/time.ts';
import { type Busy, type Occupation, occupationsOf } from '../engine/availability.ts';
import type { Schedule } from '../engine/schedule.ts';
import type { ImportAnswer, ImportAppointment } from '../commands/inputs.ts';
import type { ActorRef, Appointment } from '../../events/calendar.ts';
import { newAppointment } from './appointment.ts';
import { timed, unbuffered } from './external-place.ts';
import { forcedAssignment, obstacleOf } from './force.ts';
import { occupies } from './status.ts';

type Skipped = ImportAnswer['skipped'][number]['because'];
interface Imported {
  appointment: Appointment;
  /** empty: it is over, or takes no place */
  occupations: Occupation[];
}

/** Answers why it is skipped, or the appointment as it will stand. */
export function decideImport(
  facts: { schedule: Schedule; busy: Busy; exists: (id: string) => boolean },
  one: ImportAppointment,
  actor: ActorRef,
  now: Instant,
): Imported | Skipped {
  const { schedule, busy } = facts;
  const service = schedule.services.get(one.serviceId);
  if (!service) return 'unknown_service';
  if (!schedule.staff.has(one.staffId)) return 'unknown_staff';
  const branch = schedule.branches.get(one.branchId);
  if (!branch) return 'unknown_branch';
  if (facts.exists(one.id)) return 'exists';
  const assignment = forcedAssignment({
    schedule,
    busy,
    service,
    branchId: branch.id,
    staffId: one.staffId,
    start: Math.floor(one.startsAt / MINUTE),
    end: one.endsAt === undefined ? null : Math.ceil(one.endsAt / MINUTE),
    partySize: 1,
    resources: one.resources ?? null,
    nowMs: now,
    exclude: [],
  });
  const takesPlace = occupies(one.status) && assignment.end * MINUTE > now;
  if (takesPlace && obstacleOf(assignment, busy, now, [])) return 'taken';
  const createdAt = one.createdAt ?? now;
  const appointment = timed(
    newAppointment({
      id: one.id,
      companyId: one.companyId,
      branchId: branch.id,
      customerId: one.customerId,
      serviceId: service.id,
      staffId: one.staffId,
      startsAt: one.startsAt,
      endsAt: one.startsAt,
      status: one.status,
      source: one.source,
      priceCents: one.priceCents ?? assignment.priceCents,
      currency: one.currency ?? service.body.currency,
      scheduleVersion: schedule.version,
      callId: one.callId ?? null,
      calcomUid: one.calcomUid ?? null,
      createdAt,
      cancelledAt: one.status === 'cancelled' ? createdAt : null,
      createdBy: actor,
    }),
    assignment,
  );
  return { appointment, occupations: takesPlace ? occupationsOf(unbuffered(schedule, 1), assignment) : [] };
}
