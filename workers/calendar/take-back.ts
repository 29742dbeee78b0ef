/** Deleting appointments, and taking back what was done last: a deletion, a cancellation or a move. Called by appointments.resource.ts and bulk-routes.ts. */
import { permissionRefusal } from '../../shared/actor.ts';
import type { AppointmentDetailView } from '../../shared/contract/appointments.ts';
import { newId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Appointment } from '../events/calendar.ts';
import { formatHead } from '../object-runtime/events.ts';
import type { Asked, VersionedView } from '../resources/backing.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { actorRefOf, commandKeyOf } from './actor-ref.ts';
import type { CalendarAnswer } from './port.ts';
import { oneAppointment } from './queries/appointments.ts';
import { refuseStale, refuseTransition } from './rules/status.ts';

/** Which appointment, as its reader has seen it. */
interface Chosen {
  id: string;
  /** null: whatever is there */
  version: number | null;
  /** key the request came with */
  key: string | null;
}
type Changed = CalendarAnswer<{ appointment: Appointment }>;

const commandOf = (scope: TenantScope, { id, version, key }: Chosen, verb: string) => ({
  key: commandKeyOf(scope.actor, key, `${verb}.${id}`, scope.now),
  now: scope.now,
  actor: actorRefOf(scope.actor),
  appointmentId: id,
  expectedVersion: version,
});

/** Takes an appointment that is over or cancelled out of its lists. Refusals: PERMISSION_DENIED, NOT_FOUND, VERSION_CONFLICT, ILLEGAL_TRANSITION. */
export async function deleteOne(scope: TenantScope, chosen: Chosen): Promise<Changed> {
  const refused = permissionRefusal(scope.actor, 'delete_appointments');
  if (refused) return { result: refused, head: await scope.calendar.flush(0) };
  return scope.calendar.deleteAppointment(commandOf(scope, chosen, 'delete'));
}

/**
 * Takes back what was done last to an appointment: its deletion, else its cancellation or, with `moves`, its move.
 * Refusals: PERMISSION_DENIED (edit_appointments; of a deletion delete_appointments), NOT_FOUND, VERSION_CONFLICT, ILLEGAL_TRANSITION,
 * APPOINTMENT_CONFLICT (its place was taken meanwhile).
 */
export async function takeBack(scope: TenantScope, chosen: Chosen, moves: boolean): Promise<Changed> {
  const read = await scope.calendar.appointment(chosen.id, 'any');
  if (!read.result.ok) return { result: read.result, head: read.head };
  const { appointment, modifications } = read.result.value;
  const isDeleted = appointment.deletedAt !== undefined;
  const refused = permissionRefusal(scope.actor, isDeleted ? 'delete_appointments' : 'edit_appointments');
  if (refused) return { result: refused, head: read.head };
  if (isDeleted) return scope.calendar.undeleteAppointment(commandOf(scope, chosen, 'undelete'));
  const stale = refuseStale(appointment, chosen.version);
  if (stale) return { result: stale, head: read.head };
  const newest = modifications[0];
  if (newest === undefined || !(newest.type === 'cancel' || (moves && newest.type === 'reschedule')))
    return { result: refuseTransition(appointment, 'confirmed', scope.now), head: read.head };
  const { key, now, actor, appointmentId } = commandOf(scope, chosen, 'put-back');
  return scope.calendar.putBack({
    key,
    now,
    actor,
    appointmentId,
    modificationId: newId('modification', now),
    undoes: newest.id,
  });
}

const chosenOf = (id: string, { expectedVersion, key }: Asked): Chosen => ({ id, version: expectedVersion, key });

/** `DELETE /api/v1/appointments/{id}`: the appointment as it was. Refusals: as `deleteOne`. */
export async function removeAppointment(
  scope: TenantScope,
  id: string,
  asked: Asked,
): Promise<Result<VersionedView<AppointmentDetailView>>> {
  const before = await oneAppointment(scope, id, asked);
  if (!before.ok) return before;
  const { result, head } = await deleteOne(scope, chosenOf(id, asked));
  if (!result.ok) return result;
  const { version } = result.value.appointment;
  return ok({ view: { ...before.value.view, version, allowed_actions: [] }, version, head: formatHead(head) });
}

/** `POST /api/v1/appointments/{id}/restore`: what was deleted or cancelled stands again. Refusals: as `takeBack`. */
export async function restoreAppointment(
  scope: TenantScope,
  id: string,
  asked: Asked,
): Promise<Result<VersionedView<AppointmentDetailView>>> {
  const { result } = await takeBack(scope, chosenOf(id, asked), false);
  if (!result.ok) return result;
  const shown = await oneAppointment(scope, id, asked);
  return shown.ok ? shown : err({ code: 'NOT_FOUND', entity: 'appointment' });
}
