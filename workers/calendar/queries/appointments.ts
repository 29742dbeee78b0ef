/** Appointments as they are shown: the list from the projection, one from the object itself. Called by appointment-routes.ts. */
import { readableNotes } from './notes.ts';
import type { z } from 'zod';
import { permissionRefusal } from '../../../shared/actor.ts';
import type { appointmentListQuery, AppointmentView } from '../../../shared/contract/appointments.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { addDays, dayStart } from '../../../shared/time.ts';
import { cursorOf, type Page, pageOf } from '../../http/list.ts';
import type { Head } from '../../object-runtime/events.ts';
import { type AppointmentRow, appointments, appointmentsOptions } from '../../storage/queries/appointments.ts';
import { type CustomerRow, customersByIds } from '../../storage/queries/customers.ts';
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

function namesFrom(schedule: ScheduleSnapshot, row: AppointmentRow): AppointmentNames {
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

/** A projected row as far as it is shown. */
const appointmentOfRow = (row: AppointmentRow): ViewedAppointment => ({
  ...row,
  moreServiceIds: JSON.parse(row.moreServiceIds) as string[],
  segments: JSON.parse(row.segments) as SegmentRow[],
  policyViolation: row.policyViolation === 1,
});

export interface AppointmentList {
  language: Language;
  /** what the client has written and wants to see (`X-Askpro-Min`) */
  minimum: string | undefined;
}

/**
 * A page of appointments by start; `stale`: what the client has written is not in it yet.
 * Refusals: PERMISSION_DENIED, VALIDATION_ERROR (`cursor`), what the schedule refuses.
 */
export async function appointmentPage(
  scope: TenantScope,
  query: z.output<typeof appointmentListQuery>,
  { language, minimum }: AppointmentList,
): Promise<{ result: Result<Page<AppointmentView> & { stale: boolean }>; head?: string | null }> {
  const refused = permissionRefusal(scope.actor, 'view_appointments');
  if (refused) return { result: refused };
  const { result } = await scope.calendar.schedule({ maxAgeMs: NAMES_MAX_AGE_MS });
  if (!result.ok) return { result };
  const schedule = result.value;
  const zone =
    schedule.branches.find((b) => b.id === query.branch_id)?.body.timeZone ??
    schedule.branches.find((b) => b.body.main)?.body.timeZone ??
    schedule.branches[0]?.body.timeZone ??
    'UTC';
  const after = cursorOf(query.cursor, ['number', 'string']);
  if (!after.ok) return { result: after };
  const options = appointmentsOptions(
    {
      after: after.value ? { startsAt: after.value[0], id: after.value[1] } : undefined,
      newestFirst: query.sort === '-starts_at',
      from: query.from === undefined ? undefined : dayStart(query.from, zone),
      until: query.to === undefined ? undefined : dayStart(addDays(query.to, 1), zone),
      statuses: query.status,
      branchId: query.branch_id,
      staffId: query.staff_id,
      serviceId: query.service_id,
      customerId: query.customer_id,
    },
    query.limit,
  );
  const { rows, stale, head } = await scope.fresh('calendar', minimum, appointments, options);
  const { shown, meta } = pageOf(rows, query.limit, (row) => [row.startsAt, row.id]);
  const customers = await customersOf(
    scope,
    shown.map((row) => row.customerId),
  );
  const views = shown.map((row) =>
    viewOfAppointment(
      appointmentOfRow(row),
      { notes: row.notes, internalNotes: row.internalNotes },
      namesFrom(schedule, row),
      language,
      nameOf(customers.get(row.customerId)),
    ),
  );
  return { result: ok({ shown: views, meta, stale }), head };
}

/** One appointment as the calendar has it now. Refusals: PERMISSION_DENIED, what the calendar refuses (NOT_FOUND). */
export async function oneAppointment(
  scope: TenantScope,
  { id, language }: { id: string; language: Language },
): Promise<{ result: Result<AppointmentView>; head?: Head; version?: number }> {
  const refused = permissionRefusal(scope.actor, 'view_appointments');
  if (refused) return { result: refused };
  const { result, head } = await scope.calendar.appointment(id);
  if (!result.ok) return { result, head };
  const { appointment, texts } = result.value;
  const customers = await customersOf(scope, [appointment.customerId]);
  const view = viewOfAppointment(
    appointment,
    texts,
    result.value,
    language,
    nameOf(customers.get(appointment.customerId)),
  );
  const notes = await readableNotes(scope, result.value.notes);
  return { result: ok(notes ? { ...view, staff_notes: notes } : view), head, version: appointment.version };
}
