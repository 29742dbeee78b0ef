/** Appointments as they are shown: the list from the projection, one from the object itself. Called by appointments.resource.ts. */
import { readableNotes } from './notes.ts';
import type { z } from 'zod';
import { actorMay, permissionRefusal } from '../../../shared/actor.ts';
import type {
  AppointmentDetailView,
  appointmentListQuery,
  AppointmentView,
} from '../../../shared/contract/appointments.ts';
import { fullName } from '../../../shared/full-name.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { formatHead } from '../../object-runtime/events.ts';
import type { Asked, VersionedView, ViewPage } from '../../resources/backing.ts';
import { lazyListPage } from '../../resources/lazy-backing.ts';
import { appointmentList, type AppointmentRow } from '../../storage/queries/appointments.ts';
import { type CustomerRow, customersByIds, type PersonBeside } from '../../storage/queries/customers.ts';
import { appointmentsReached } from '../../storage/queries/reach.ts';
import { besideOf, type ShownRow } from '../../storage/resource-list.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import type { ScheduleSnapshot, SegmentRow } from '../types.ts';
import {
  nameOf,
  type ViewedAppointment,
  type AppointmentNames,
  UNKNOWN_NAME,
  viewOfAppointment,
} from './appointment-view.ts';

/** Names beside lists may be this old; ids are exact. */
const NAMES_MAX_AGE_MS = 30_000;

/** The customers that are still there, by id. */
export const customersOf = async (
  scope: TenantScope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CustomerRow>> =>
  new Map((await customersByIds(scope.db, ids)).map((row) => [row.id, row]));

function namesFrom(schedule: ScheduleSnapshot, row: AppointmentRow): Omit<AppointmentNames, 'seesCalcom'> {
  const branch = schedule.branches.find((b) => b.id === row.branchId);
  const person = schedule.staff.find((s) => s.id === row.staffId);
  const ids = [row.serviceId, ...(JSON.parse(row.moreServiceIds) as string[])];
  return {
    staffName: person ? `${person.body.firstName} ${person.body.lastName}`.trim() : '',
    branchName: branch?.body.name ?? '',
    timeZone: branch?.body.timeZone ?? 'UTC',
    serviceNames: ids.map((id) => schedule.services.find((s) => s.id === id)?.body.name ?? UNKNOWN_NAME),
  };
}

/** The customer's name, which the list has read beside the row; null: they are gone, or have none. */
function nameBeside(row: ShownRow<AppointmentRow>): string | null {
  const [firstName, lastName] = besideOf<NonNullable<PersonBeside>>(row) ?? [null, null];
  return fullName({ firstName, lastName });
}

/** A projected row as far as it is shown. */
const appointmentOfRow = (row: AppointmentRow): ViewedAppointment => ({
  ...row,
  moreServiceIds: JSON.parse(row.moreServiceIds) as string[],
  segments: JSON.parse(row.segments) as SegmentRow[],
  policyViolation: row.policyViolation === 1,
});

/**
 * A page of appointments by start; `stale`: what the client has written is not in it yet.
 * Refusals: PERMISSION_DENIED, VALIDATION_ERROR (`cursor`), what the schedule refuses.
 */
export async function appointmentPage(
  scope: TenantScope,
  query: z.output<typeof appointmentListQuery>,
  asked: Asked,
): Promise<Result<ViewPage<AppointmentView>>> {
  const refused = permissionRefusal(scope.actor, 'view_appointments');
  if (refused) return refused;
  const [{ result }, { stale, head }] = await Promise.all([
    scope.calendar.schedule({ maxAgeMs: NAMES_MAX_AGE_MS }),
    scope.caughtUp('calendar', asked.minimum),
  ]);
  if (!result.ok) return result;
  const schedule = result.value;
  const zone =
    schedule.branches.find((b) => b.id === query.branch_id)?.body.timeZone ??
    schedule.branches.find((b) => b.body.main)?.body.timeZone ??
    schedule.branches[0]?.body.timeZone ??
    'UTC';
  const { sort, status, ...wanted } = query;
  const seesCalcom = actorMay(scope.actor, 'view_calcom');
  const page = await lazyListPage<ReturnType<typeof appointmentList>['table'], AppointmentView>(
    scope,
    {
      source: appointmentList(zone, sort),
      only: async () => appointmentsReached(await scope.reached()),
      views: async (_scope, rows) =>
        rows.map((row) =>
          viewOfAppointment(
            appointmentOfRow(row),
            { notes: row.notes, internalNotes: row.internalNotes },
            { ...namesFrom(schedule, row), seesCalcom },
            { language: asked.language, now: scope.now },
            nameBeside(row),
          ),
        ),
    },
    { ...wanted, status: status?.join(',') },
    asked,
  );
  return page.ok ? ok({ ...page.value, head, ...(stale ? { stale } : {}) }) : page;
}

/** One appointment as the calendar has it now. Refusals: PERMISSION_DENIED, what the calendar refuses (NOT_FOUND). */
export async function oneAppointment(
  scope: TenantScope,
  id: string,
  { language }: Asked,
): Promise<Result<VersionedView<AppointmentDetailView>>> {
  const refused = permissionRefusal(scope.actor, 'view_appointments');
  if (refused) return refused;
  const { result, head } = await scope.calendar.appointment(id);
  if (!result.ok) return result;
  const { appointment, texts } = result.value;
  const customers = await customersOf(scope, [appointment.customerId]);
  const view = viewOfAppointment(
    appointment,
    texts,
    { ...result.value, seesCalcom: actorMay(scope.actor, 'view_calcom') },
    { language, now: scope.now },
    nameOf(customers.get(appointment.customerId)),
  );
  const notes = await readableNotes(scope, result.value.notes);
  return ok({
    view: notes ? { ...view, staff_notes: notes } : view,
    version: appointment.version,
    head: formatHead(head),
  });
}
