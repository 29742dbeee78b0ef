/** HTTP of appointments and the calendar's day: lists from the projection, the day and single rows from the object itself. Mounted through routes.ts. */
import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { actorMay } from '../../shared/actor.ts';
import { isOpen, type StatusAction, type StatusActionPath } from '../../shared/appointment-status.ts';
import {
  addAppointmentNoteRequest,
  addAppointmentNoteResponse,
  appointmentListQuery,
  appointmentListResponse,
  type AppointmentNoteView,
  appointmentParams,
  appointmentResponse,
  type AppointmentView,
  type CalendarDay,
  calendarDayQuery,
  calendarDayResponse,
  type SegmentView,
  statusActionParams,
  statusActionRequest,
  statusActionResponse,
} from '../../shared/contract/appointments.ts';
import { fullName } from '../../shared/full-name.ts';
import { inLanguage, type Language } from '../../shared/i18n/language.ts';
import { newId } from '../../shared/ids.ts';
import { ok } from '../../shared/result.ts';
import { addDays, dayStart, toIso } from '../../shared/time.ts';
import { formatHead } from '../object-runtime/events.ts';
import { answer, presentedVersion } from '../http/answer.ts';
import { cursorOf, pageOf } from '../http/list.ts';
import { refuse } from '../http/problem.ts';
import { type AppEnv, createRoom } from '../http/room.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer } from '../http/schema.ts';
import { type AppointmentRow, appointments, appointmentsOptions } from '../storage/queries/appointments.ts';
import { type CustomerRow, customersByIds, phonesOf } from '../storage/queries/customers.ts';
import { actorRefOf, callerOf, commandKey, outcome } from './edge-routes.ts';
import type { ScheduleSnapshot } from './master-data.ts';
import type { WrittenNote } from './store/records.ts';
import type { CalendarAnswer } from './port.ts';
import type { DayAnswer } from './reads.ts';
import type { AppointmentTexts } from './rows.ts';
import type { Appointment, SegmentRow } from '../events/calendar.ts';

export const appointmentRoutes = createRoom();

/** Names beside lists may be this old; ids are exact. */
const NAMES_MAX_AGE_MS = 30_000;
/** Of a service that is no longer there. */
const UNKNOWN_NAME = { de: '?' };

/** What of an appointment is shown; a projected row has it, and so has the object's. */
type ShownField =
  | 'id'
  | 'branchId'
  | 'customerId'
  | 'serviceId'
  | 'moreServiceIds'
  | 'staffId'
  | 'startsAt'
  | 'endsAt'
  | 'status'
  | 'source'
  | 'bookingType'
  | 'partySize'
  | 'priceCents'
  | 'currency'
  | 'calcomUid'
  | 'syncStatus'
  | 'callId'
  | 'segments'
  | 'rescheduleCount'
  | 'policyViolation'
  | 'version'
  | 'createdAt'
  | 'updatedAt';
/** Instants are plain epoch milliseconds in rows. */
type ShownAppointment = {
  [F in ShownField]: Appointment[F] extends number ? number : Appointment[F];
};

interface ShownNames {
  staffName: string;
  branchName: string;
  timeZone: string;
  serviceNames: { de: string; en?: string | undefined }[];
  allowed?: readonly string[];
}

/** An appointment as the API shows it, names in the reader's language. @param customerName null where it was not looked up */
export function viewOfAppointment(
  a: ShownAppointment,
  texts: AppointmentTexts,
  names: ShownNames,
  language: Language,
  customerName: string | null = null,
): AppointmentView {
  return {
    id: a.id,
    branch_id: a.branchId,
    branch_name: names.branchName,
    customer_id: a.customerId,
    customer_name: customerName,
    service_id: a.serviceId,
    service_name: names.serviceNames.map((name) => inLanguage(name, language)).join(' + '),
    more_service_ids: a.moreServiceIds,
    staff_id: a.staffId,
    staff_name: names.staffName,
    starts_at: toIso(a.startsAt),
    ends_at: toIso(a.endsAt),
    time_zone: names.timeZone,
    status: a.status,
    source: a.source,
    booking_type: a.bookingType,
    party_size: a.partySize,
    price_cents: a.priceCents,
    currency: a.currency,
    notes: texts.notes,
    internal_notes: texts.internalNotes,
    calcom_booking_id: a.calcomUid,
    sync_status: a.syncStatus,
    call_id: a.callId,
    segments: a.segments.map(segmentView),
    reschedule_count: a.rescheduleCount,
    policy_violation: a.policyViolation,
    version: a.version,
    allowed_actions: [...(names.allowed ?? []), ...(isOpen(a.status) ? ['reschedule', 'cancel'] : [])],
    created_at: toIso(a.createdAt),
    updated_at: toIso(a.updatedAt),
  };
}

const segmentView = (segment: SegmentRow): SegmentView => ({
  starts_at: toIso(segment.startsAt),
  ends_at: toIso(segment.endsAt),
  kind: segment.kind,
  staff_id: segment.staffId,
  service_id: segment.serviceId,
});

const nameOf = (row: CustomerRow | undefined): string | null => (row ? fullName(row) : null);

async function customersOf(c: Context<AppEnv>, ids: readonly string[]): Promise<Map<string, CustomerRow>> {
  return new Map((await customersByIds(c.get('scope').db, ids)).map((row) => [row.id, row]));
}

function namesFrom(schedule: ScheduleSnapshot, row: AppointmentRow): ShownNames {
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
const appointmentOfRow = (row: AppointmentRow): ShownAppointment => ({
  ...row,
  moreServiceIds: JSON.parse(row.moreServiceIds) as string[],
  segments: JSON.parse(row.segments) as SegmentRow[],
  policyViolation: row.policyViolation === 1,
});

appointmentRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/appointments',
    tags: ['appointments'],
    summary: 'Appointments by start',
    ...guarded('view_appointments'),
    request: { query: appointmentListQuery },
    responses: { 200: jsonAnswer(appointmentListResponse, 'a page'), ...guardErrors() },
  }),
  async (c) => {
    const query = c.req.valid('query');
    const scope = c.get('scope');
    const { result } = await scope.calendar.schedule({ maxAgeMs: NAMES_MAX_AGE_MS });
    if (!result.ok) return answer(c, { result }, () => ({}) as never);
    const schedule = result.value;
    const zone =
      schedule.branches.find((b) => b.id === query.branch_id)?.body.timeZone ??
      schedule.branches.find((b) => b.body.main)?.body.timeZone ??
      schedule.branches[0]?.body.timeZone ??
      'UTC';
    const after = cursorOf(query.cursor, ['number', 'string']);
    if (!after.ok) return refuse(c, after.error);
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
    const { rows, stale, head } = await scope.fresh('calendar', c.req.header('X-Askpro-Min'), appointments, options);
    const { shown, meta } = pageOf(rows, query.limit, (row) => [row.startsAt, row.id]);
    const customers = await customersOf(
      c,
      shown.map((row) => row.customerId),
    );
    return answer(c, { result: ok(shown), head }, (list) => ({
      success: true,
      data: list.map((row) =>
        viewOfAppointment(
          appointmentOfRow(row),
          { notes: row.notes, internalNotes: row.internalNotes },
          namesFrom(schedule, row),
          c.get('language'),
          nameOf(customers.get(row.customerId)),
        ),
      ),
      meta,
      ...(stale ? { stale } : {}),
    }));
  },
);

appointmentRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/appointments/{id}',
    tags: ['appointments'],
    summary: 'One appointment, from the calendar itself',
    ...guarded('view_appointments'),
    request: { params: appointmentParams },
    responses: { 200: jsonAnswer(appointmentResponse, 'the appointment'), ...guardErrors() },
  }),
  async (c) => {
    const found = await c.get('scope').calendar.appointment(c.req.valid('param').id);
    if (!found.result.ok) return answer(c, { ...outcome(found), result: found.result }, () => ({}) as never);
    const detail = found.result.value;
    const customers = await customersOf(c, [detail.appointment.customerId]);
    const staffNotes = await notesFor(c, detail.notes);
    return answer(c, { ...outcome(found), version: detail.appointment.version }, ({ appointment, texts }) => ({
      success: true,
      data: {
        ...viewOfAppointment(
          appointment,
          texts,
          detail,
          c.get('language'),
          nameOf(customers.get(appointment.customerId)),
        ),
        ...(staffNotes ? { staff_notes: staffNotes } : {}),
      },
    }));
  },
);

const viewOfNote = (note: WrittenNote, names: ReadonlyMap<string, string>): AppointmentNoteView => ({
  id: note.id,
  visibility: note.visibility,
  author_name: note.author.kind === 'user' ? (names.get(note.author.id) ?? null) : null,
  text: note.text,
  at: toIso(note.at),
});
const authorNames = (c: Context<AppEnv>, notes: readonly WrittenNote[]): Promise<ReadonlyMap<string, string>> =>
  c.get('scope').namesOfUsers(notes.flatMap(({ author }) => (author.kind === 'user' ? [author.id] : [])));

/** The notes that the caller may read; null: none at all. Management is who may also delete notes; authors read their own. */
async function notesFor(c: Context<AppEnv>, notes: readonly WrittenNote[]): Promise<AppointmentNoteView[] | null> {
  const caller = callerOf(c);
  if (!actorMay(caller, 'view_notes')) return null;
  const { kind, id } = actorRefOf(caller);
  const shown = notes.filter(
    ({ visibility, author }) =>
      visibility === 'staff' || actorMay(caller, 'delete_notes') || (author.kind === kind && author.id === id),
  );
  const names = await authorNames(c, shown);
  return shown.map((note) => viewOfNote(note, names));
}

// Before the route of all actions, whose pattern fits this path too.
appointmentRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/appointments/{id}/notes',
    tags: ['appointments'],
    summary: 'Adds a note for the team or for its management; customers never see it',
    ...guarded('create_notes'),
    request: {
      params: appointmentParams,
      body: { required: true, content: { 'application/json': { schema: addAppointmentNoteRequest } } },
    },
    responses: {
      201: jsonAnswer(addAppointmentNoteResponse, 'the note'),
      ...guardErrors(),
      ...errorResponses('LIMIT_REACHED', 'IDEMPOTENCY_MISMATCH'),
    },
  }),
  async (c) => {
    const now = c.get('now');
    const { text, visibility } = c.req.valid('json');
    const added = await c.get('scope').calendar.addAppointmentNote({
      key: commandKey(c, 'note'),
      now,
      actor: actorRefOf(callerOf(c)),
      appointmentId: c.req.valid('param').id,
      noteId: newId('note', now),
      visibility,
      text,
    });
    const names = added.result.ok ? await authorNames(c, [{ ...added.result.value.note, text }]) : new Map();
    return answer(
      c,
      outcome(added),
      ({ note }) => ({ success: true, data: viewOfNote({ ...note, text }, names) }),
      201,
    );
  },
);

const ACTIONS = {
  confirm: 'confirm',
  start: 'start',
  complete: 'complete',
  'no-show': 'no_show',
} as const satisfies Record<StatusActionPath, StatusAction>;

appointmentRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/appointments/{id}/{action}',
    tags: ['appointments'],
    summary: 'Confirms, starts, completes an appointment, or notes that nobody came',
    ...guarded('edit_appointments'),
    request: {
      params: statusActionParams,
      body: { required: false, content: { 'application/json': { schema: statusActionRequest } } },
    },
    responses: {
      200: jsonAnswer(statusActionResponse, 'the new state'),
      ...guardErrors(),
      ...errorResponses('VERSION_CONFLICT', 'ILLEGAL_TRANSITION', 'IDEMPOTENCY_MISMATCH'),
    },
  }),
  async (c) => {
    const now = c.get('now');
    const { id, action } = c.req.valid('param');
    const body = c.req.header('Content-Type')?.includes('json') ? c.req.valid('json') : {};
    const changed = await c.get('scope').calendar.setStatus({
      key: commandKey(c, `status.${action}`),
      now,
      actor: actorRefOf(callerOf(c)),
      appointmentId: id,
      modificationId: newId('modification', now),
      action: ACTIONS[action],
      expectedVersion: body.expected_version ?? presentedVersion(c),
    });
    return answer(c, outcome(changed), ({ appointment }) => ({
      success: true,
      data: { id: appointment.id, status: appointment.status, version: appointment.version },
    }));
  },
);

// ---------------------------------------------------------------- the day

appointmentRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/calendar/day',
    tags: ['appointments'],
    summary: 'A day of all staff columns, from the calendar itself',
    ...guarded('view_appointments'),
    request: { query: calendarDayQuery },
    responses: { 200: jsonAnswer(calendarDayResponse, 'the day'), ...guardErrors() },
  }),
  async (c) => {
    const { branch_id, date, staff_id } = c.req.valid('query');
    const read = await c
      .get('scope')
      .calendar.day({ now: c.get('now'), branchId: branch_id ?? null, date, staffId: staff_id ?? null });
    if (!read.result.ok) return answer(c, { ...outcome(read), result: read.result }, () => ({}) as never);
    const day = read.result.value;
    const ids = day.appointments.map((a) => a.customerId);
    const customers = await customersOf(c, ids);
    const phones = await phonesFor(c, [...customers.keys()]);
    return answer(c, outcome(read), () => ({
      success: true,
      data: viewOfDay(day, read, customers, phones, c.get('language')),
    }));
  },
);

async function phonesFor(c: Context<AppEnv>, ids: readonly string[]): Promise<Map<string, string>> {
  const primary = new Map<string, string>();
  for (const line of await phonesOf(c.get('scope').db, ids))
    if (!primary.has(line.customerId)) primary.set(line.customerId, line.e164);
  return primary;
}

/** `+49301234567` → `+4930…567`: enough to distinguish two people, not to call them. */
const masked = (e164: string | undefined): string | null =>
  e164 === undefined ? null : `${e164.slice(0, 5)}…${e164.slice(-3)}`;

function viewOfDay(
  day: DayAnswer,
  read: CalendarAnswer<DayAnswer>,
  customers: ReadonlyMap<string, CustomerRow>,
  phones: ReadonlyMap<string, string>,
  language: Language,
): CalendarDay {
  const services = new Map(day.services.map((s) => [s.id, s]));
  return {
    branch: { id: day.branch.id, name: day.branch.name, time_zone: day.branch.timeZone },
    date: day.date,
    time_zone: day.branch.timeZone,
    opens: day.opens,
    closes: day.closes,
    holiday: day.holiday === null ? null : inLanguage(day.holiday, language),
    staff: day.staff,
    appointments: day.appointments.map((a) => {
      const row = customers.get(a.customerId);
      return {
        id: a.id,
        staff_id: a.staffId,
        customer: row ? { id: a.customerId, name: nameOf(row), phone_masked: masked(phones.get(a.customerId)) } : null,
        service: {
          id: a.serviceId,
          name: [a.serviceId, ...a.moreServiceIds]
            .map((id) => inLanguage(services.get(id)?.name ?? UNKNOWN_NAME, language))
            .join(' + '),
          colour: services.get(a.serviceId)?.colour ?? null,
        },
        starts_at: toIso(a.startsAt),
        ends_at: toIso(a.endsAt),
        status: a.status,
        source: a.source,
        version: a.version,
        segments: a.segments.map(segmentView),
        sync_status: a.syncStatus,
        price_cents: a.priceCents,
        currency: a.currency,
        notes: a.notes,
        call_id: a.callId,
      };
    }),
    // The token itself would let a reader of the calendar take the slot.
    holds: day.holds.map((h, i) => ({
      id: `hold-${h.staffId}-${h.startsAt}-${i}`,
      staff_id: h.staffId,
      starts_at: toIso(h.startsAt),
      ends_at: toIso(h.endsAt),
      expires_at: toIso(h.expiresAt),
    })),
    head: formatHead(read.head),
  };
}
