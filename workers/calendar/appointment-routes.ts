/** HTTP of appointments and the calendar's day: lists from the projection, the day and single rows from the object itself. Mounted through routes.ts. */
import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { fullName } from '../../shared/full-name.ts';
import { newId } from '../../shared/ids.ts';
import { ok } from '../../shared/result.ts';
import { addDays, dayStart, toIso } from '../../shared/time.ts';
import { formatHead } from '../object-runtime/events.ts';
import { answer, presentedVersion } from '../http/answer.ts';
import { cursorOf, pageOf } from '../http/list.ts';
import { refuse } from '../http/problem.ts';
import { type AppEnv, createRoom } from '../http/room.ts';
import {
  errorResponses,
  guarded,
  guardErrors,
  idParam,
  idShown,
  instantShown,
  itemOf,
  jsonAnswer,
  listOf,
  page,
  wallDate,
  wallTime,
} from '../http/schema.ts';
import { type AppointmentRow, appointments, appointmentsOptions } from '../storage/queries/appointments.ts';
import { type CustomerRow, customersByIds, phonesOf } from '../storage/queries/customers.ts';
import { actorRefOf, callerOf, commandKey, outcome } from './edge-routes.ts';
import { isOpen } from './rules/status.ts';
import type {
  Appointment,
  AppointmentTexts,
  CalendarAnswer,
  DayAnswer,
  ScheduleSnapshot,
  StatusAction,
} from './types.ts';

export const appointmentRoutes = createRoom();

/** Names beside lists may be this old; ids are exact. */
const NAMES_MAX_AGE_MS = 30_000;

const status = z.enum(['pending', 'confirmed', 'in_progress', 'completed', 'cancelled', 'no_show']);
const source = z.enum(['phone_ai', 'admin', 'portal', 'public', 'api', 'calcom', 'import']);
const syncStatus = z.enum(['none', 'pending', 'synced', 'failed']);
const segment = z.object({
  starts_at: instantShown(),
  ends_at: instantShown(),
  kind: z.enum(['active', 'passive']),
  staff_id: idShown('staff').nullable(),
  service_id: idShown('service').nullable(),
});

export const appointmentShown = z.object({
  id: idShown('appointment'),
  branch_id: idShown('branch'),
  branch_name: z.string(),
  customer_id: idShown('customer'),
  customer_name: z.string().nullable(),
  service_id: idShown('service'),
  service_name: z.string(),
  more_service_ids: z.array(idShown('service')),
  staff_id: idShown('staff'),
  staff_name: z.string(),
  starts_at: instantShown(),
  ends_at: instantShown(),
  time_zone: z.string(),
  status,
  source,
  booking_type: z.string(),
  party_size: z.int(),
  price_cents: z.int(),
  currency: z.string(),
  notes: z.string().nullable(),
  internal_notes: z.string().nullable(),
  calcom_booking_id: z.string().nullable().openapi({ 'x-external-id': true }),
  sync_status: syncStatus,
  call_id: z.string().nullable().openapi({ 'x-external-id': true }),
  segments: z.array(segment),
  reschedule_count: z.int(),
  policy_violation: z.boolean(),
  version: z.int(),
  allowed_actions: z.array(z.string()),
  created_at: instantShown(),
  updated_at: instantShown(),
});
type AppointmentShown = z.infer<typeof appointmentShown>;

interface ShownNames {
  staffName: string;
  branchName: string;
  timeZone: string;
  serviceNames: { de: string; en?: string | undefined }[];
  allowed?: readonly string[];
}

/** An appointment as the API shows it. @param customerName absent where nobody looked it up */
export function showAppointment(
  a: Appointment,
  texts: AppointmentTexts,
  names: ShownNames,
  customerName: string | null = null,
): AppointmentShown {
  return {
    id: a.id,
    branch_id: a.branchId,
    branch_name: names.branchName,
    customer_id: a.customerId,
    customer_name: customerName,
    service_id: a.serviceId,
    service_name: names.serviceNames.map((n) => n.de).join(' + '),
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
    segments: a.segments.map((s) => ({
      starts_at: toIso(s.startsAt),
      ends_at: toIso(s.endsAt),
      kind: s.kind,
      staff_id: s.staffId,
      service_id: s.serviceId,
    })),
    reschedule_count: a.rescheduleCount,
    policy_violation: a.policyViolation,
    version: a.version,
    allowed_actions: [...(names.allowed ?? []), ...(isOpen(a.status) ? ['reschedule', 'cancel'] : [])],
    created_at: toIso(a.createdAt),
    updated_at: toIso(a.updatedAt),
  };
}

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
    serviceNames: ids.map((id) => schedule.services.find((s) => s.id === id)?.body.name ?? { de: '?' }),
  };
}

/** A projected row in the object's shape. */
const appointmentOfRow = (row: AppointmentRow): Appointment =>
  ({
    ...row,
    moreServiceIds: JSON.parse(row.moreServiceIds),
    segments: JSON.parse(row.segments),
    resources: JSON.parse(row.resources),
    policyViolation: row.policyViolation === 1,
  }) as unknown as Appointment;

const statusList = z
  .string()
  .max(100)
  .transform((text) => text.split(','))
  .pipe(z.array(status).max(6));

appointmentRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/appointments',
    tags: ['appointments'],
    summary: 'Appointments by start',
    ...guarded('view_appointments'),
    request: {
      query: page().extend({
        from: wallDate().optional(),
        to: wallDate().optional().openapi({ description: 'inclusive' }),
        status: statusList.optional().openapi({ type: 'string', example: 'confirmed,pending' }),
        branch_id: idParam('branch').optional(),
        staff_id: idParam('staff').optional(),
        service_id: idParam('service').optional(),
        customer_id: idParam('customer').optional(),
        sort: z.enum(['starts_at', '-starts_at']).default('-starts_at'),
      }),
    },
    responses: { 200: jsonAnswer(listOf(appointmentShown), 'a page'), ...guardErrors() },
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
        showAppointment(
          appointmentOfRow(row),
          { notes: row.notes, internalNotes: row.internalNotes },
          namesFrom(schedule, row),
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
    request: { params: z.object({ id: idParam('appointment') }) },
    responses: { 200: jsonAnswer(itemOf(appointmentShown), 'the appointment'), ...guardErrors() },
  }),
  async (c) => {
    const found = await c.get('scope').calendar.appointment(c.req.valid('param').id);
    if (!found.result.ok) return answer(c, { ...outcome(found), result: found.result }, () => ({}) as never);
    const detail = found.result.value;
    const customers = await customersOf(c, [detail.appointment.customerId]);
    return answer(c, { ...outcome(found), version: detail.appointment.version }, ({ appointment, texts }) => ({
      success: true,
      data: showAppointment(appointment, texts, detail, nameOf(customers.get(appointment.customerId))),
    }));
  },
);

const ACTIONS = {
  confirm: 'confirm',
  start: 'start',
  complete: 'complete',
  'no-show': 'no_show',
} as const satisfies Record<string, StatusAction>;

appointmentRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/appointments/{id}/{action}',
    tags: ['appointments'],
    summary: 'Confirms, starts, completes an appointment, or notes that nobody came',
    ...guarded('edit_appointments'),
    request: {
      params: z.object({ id: idParam('appointment'), action: z.enum(['confirm', 'start', 'complete', 'no-show']) }),
      body: {
        required: false,
        content: { 'application/json': { schema: z.object({ expected_version: z.int().positive().optional() }) } },
      },
    },
    responses: {
      200: jsonAnswer(itemOf(z.object({ id: idShown('appointment'), status, version: z.int() })), 'the new state'),
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
      modificationId: newId('audit', now).replace(/^aud_/, 'mod_'),
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

const period = z.object({ from: wallTime(), to: wallTime() });
const dayShown = z.object({
  branch: z.object({ id: idShown('branch'), name: z.string(), time_zone: z.string() }),
  date: z.string().openapi({ format: 'date' }),
  time_zone: z.string(),
  opens: wallTime().nullable(),
  closes: wallTime().nullable(),
  holiday: z.string().nullable(),
  staff: z.array(
    z.object({
      id: idShown('staff'),
      name: z.string(),
      colour: z.string().nullable(),
      working: z.array(period),
      absences: z.array(period.extend({ reason: z.string().nullable() })),
    }),
  ),
  appointments: z.array(
    z.object({
      id: idShown('appointment'),
      staff_id: idShown('staff'),
      customer: z
        .object({ id: idShown('customer'), name: z.string().nullable(), phone_masked: z.string().nullable() })
        .nullable(),
      service: z.object({ id: idShown('service'), name: z.string(), colour: z.string().nullable() }),
      starts_at: instantShown(),
      ends_at: instantShown(),
      status,
      source,
      version: z.int(),
      segments: z.array(segment),
      sync_status: syncStatus,
      price_cents: z.int(),
      currency: z.string(),
      notes: z.string().nullable(),
      call_id: z.string().nullable().openapi({ 'x-external-id': true }),
    }),
  ),
  holds: z.array(
    z.object({
      id: z.string(),
      staff_id: idShown('staff'),
      starts_at: instantShown(),
      ends_at: instantShown(),
      expires_at: instantShown(),
    }),
  ),
  head: z.string(),
});

appointmentRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/calendar/day',
    tags: ['appointments'],
    summary: 'A day of all staff columns, from the calendar itself',
    ...guarded('view_appointments'),
    request: {
      query: z.object({
        branch_id: idParam('branch').optional(),
        date: wallDate(),
        staff_id: idParam('staff').optional(),
      }),
    },
    responses: { 200: jsonAnswer(itemOf(dayShown), 'the day'), ...guardErrors() },
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
    return answer(c, outcome(read), () => ({ success: true, data: showDay(day, read, customers, phones) }));
  },
);

async function phonesFor(c: Context<AppEnv>, ids: readonly string[]): Promise<Map<string, string>> {
  const primary = new Map<string, string>();
  for (const line of await phonesOf(c.get('scope').db, ids))
    if (!primary.has(line.customerId)) primary.set(line.customerId, line.e164);
  return primary;
}

/** `+49301234567` → `+4930…567`: enough to tell two people apart, not to call them. */
const masked = (e164: string | undefined): string | null =>
  e164 === undefined ? null : `${e164.slice(0, 5)}…${e164.slice(-3)}`;

function showDay(
  day: DayAnswer,
  read: CalendarAnswer<DayAnswer>,
  customers: ReadonlyMap<string, CustomerRow>,
  phones: ReadonlyMap<string, string>,
): z.infer<typeof dayShown> {
  const services = new Map(day.services.map((s) => [s.id, s]));
  return {
    branch: { id: day.branch.id, name: day.branch.name, time_zone: day.branch.timeZone },
    date: day.date,
    time_zone: day.branch.timeZone,
    opens: day.opens,
    closes: day.closes,
    holiday: day.holiday?.de ?? null,
    staff: day.staff,
    appointments: day.appointments.map((a) => {
      const row = customers.get(a.customerId);
      return {
        id: a.id,
        staff_id: a.staffId,
        customer: row ? { id: a.customerId, name: nameOf(row), phone_masked: masked(phones.get(a.customerId)) } : null,
        service: {
          id: a.serviceId,
          name: [a.serviceId, ...a.moreServiceIds].map((id) => services.get(id)?.name.de ?? '?').join(' + '),
          colour: services.get(a.serviceId)?.colour ?? null,
        },
        starts_at: toIso(a.startsAt),
        ends_at: toIso(a.endsAt),
        status: a.status,
        source: a.source,
        version: a.version,
        segments: a.segments.map((s) => ({
          starts_at: toIso(s.startsAt),
          ends_at: toIso(s.endsAt),
          kind: s.kind,
          staff_id: s.staffId,
          service_id: s.serviceId,
        })),
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
