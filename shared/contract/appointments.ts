/**
 * Appointments: how they are listed, shown, booked, moved, cancelled and stepped through their states, and the calendar's day.
 * Read by workers/calendar/{appointment,booking}-routes.ts, the admin's calendar (types) and tests.
 */
import { z } from 'zod';
import {
  APPOINTMENT_SOURCES,
  APPOINTMENT_STATUSES,
  BOOKING_TYPES,
  NOTE_VISIBILITIES,
  POLICY_CHECKS,
  SEGMENT_KINDS,
  STATUS_ACTION_PATHS,
  SYNC_STATUSES,
} from '../appointment-status.ts';
import {
  MAX_APPOINTMENT_MINUTES,
  MAX_NOTES,
  MAX_RANGE_DAYS,
  MAX_RANGE_ROWS,
  MAX_PARTY_SIZE,
  MAX_SERVICES_PER_BOOKING,
} from '../calendar-limits.ts';
import {
  commaList,
  externalId,
  freeText,
  idField,
  idParam,
  idOut,
  instantField,
  instantOut,
  itemOf,
  listOf,
  page,
  wallDate,
  wallTime,
} from './parts.ts';

/** Text of a person's reason for a change. */
const MAX_REASON = 500;
/** A quote is about 700 characters, that of a large party a few times as many; nothing longer is ours. */
export const MAX_QUOTE = 6_000;

const status = z.enum(APPOINTMENT_STATUSES);
const source = z.enum(APPOINTMENT_SOURCES);
const syncStatus = z.enum(SYNC_STATUSES);
const policyCheck = z.enum(POLICY_CHECKS);
const reason = freeText(MAX_REASON);
const expectedVersion = z.int().positive();
/** A signed quote, as availability gave it. */
export const quoteField = () => z.string().min(1).max(MAX_QUOTE);

export const appointmentParams = z.object({ id: idParam('appointment') });

// ---------------------------------------------------------------- one and many

const segmentView = z.object({
  starts_at: instantOut(),
  ends_at: instantOut(),
  kind: z.enum(SEGMENT_KINDS),
  staff_id: idOut('staff').nullable(),
  service_id: idOut('service').nullable(),
});
export type SegmentView = z.infer<typeof segmentView>;

export const appointmentView = z.object({
  id: idOut('appointment'),
  branch_id: idOut('branch'),
  branch_name: z.string(),
  customer_id: idOut('customer'),
  customer_name: z.string().nullable(),
  service_id: idOut('service'),
  service_name: z.string(),
  more_service_ids: z.array(idOut('service')),
  staff_id: idOut('staff'),
  staff_name: z.string(),
  starts_at: instantOut(),
  ends_at: instantOut(),
  time_zone: z.string(),
  status,
  source,
  booking_type: z.enum(BOOKING_TYPES),
  party_size: z.int(),
  price_cents: z.int(),
  currency: z.string(),
  notes: z.string().nullable(),
  internal_notes: z.string().nullable(),
  calcom_booking_id: externalId().nullable(),
  sync_status: syncStatus,
  call_id: externalId().nullable(),
  segments: z.array(segmentView),
  reschedule_count: z.int(),
  policy_violation: z.boolean(),
  version: z.int(),
  allowed_actions: z.array(z.string()),
  created_at: instantOut(),
  updated_at: instantOut(),
});
export type AppointmentView = z.infer<typeof appointmentView>;

export const appointmentListQuery = page().extend({
  from: wallDate().optional(),
  to: wallDate().optional().meta({ description: 'inclusive' }),
  status: commaList(APPOINTMENT_STATUSES, 100).optional().meta({ type: 'string', example: 'confirmed,pending' }),
  branch_id: idParam('branch').optional(),
  staff_id: idParam('staff').optional(),
  service_id: idParam('service').optional(),
  customer_id: idParam('customer').optional(),
  deleted: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: '`true`: what was deleted and can be restored, instead of what is there' }),
  sort: z.enum(['starts_at', '-starts_at']).default('-starts_at'),
});
export const appointmentListResponse = listOf(appointmentView);

export const appointmentNoteView = z.object({
  id: idOut('note'),
  visibility: z.enum(NOTE_VISIBILITIES),
  /** null: not a person of this business (a key, a reseller who helps) */
  author_name: z.string().nullable(),
  /** null: erased */
  text: z.string().nullable(),
  at: instantOut(),
});
export type AppointmentNoteView = z.infer<typeof appointmentNoteView>;

export const appointmentDetailView = appointmentView.extend({
  staff_notes: z.array(appointmentNoteView).optional().meta({
    description: 'newest first; only for who may view notes, those for management only for who may delete them',
  }),
});
export type AppointmentDetailView = z.infer<typeof appointmentDetailView>;
export const appointmentResponse = itemOf(appointmentDetailView);
export type AppointmentListResponse = z.infer<typeof appointmentListResponse>;
export type AppointmentResponse = z.infer<typeof appointmentResponse>;

// ---------------------------------------------------------------- states

export const statusActionParams = appointmentParams.extend({ action: z.enum(STATUS_ACTION_PATHS) });
export const statusActionRequest = z.object({ expected_version: expectedVersion.optional() });
export const statusActionResponse = itemOf(z.object({ id: idOut('appointment'), status, version: z.int() }));
export type StatusActionRequest = z.input<typeof statusActionRequest>;
export type StatusActionResponse = z.infer<typeof statusActionResponse>;

// ---------------------------------------------------------------- notes of staff

export const addAppointmentNoteRequest = z.object({
  text: freeText(MAX_NOTES, 1),
  visibility: z.enum(NOTE_VISIBILITIES).default('staff'),
});
export const addAppointmentNoteResponse = itemOf(appointmentNoteView);
export type AddAppointmentNoteRequest = z.input<typeof addAppointmentNoteRequest>;
export type AddAppointmentNoteResponse = z.infer<typeof addAppointmentNoteResponse>;

// ---------------------------------------------------------------- booking, moving, cancelling

export const bookRequest = z.object({
  customer_id: idField('customer'),
  service_id: idField('service'),
  more_service_ids: z
    .array(idField('service'))
    .max(MAX_SERVICES_PER_BOOKING - 1)
    .optional(),
  staff_id: idField('staff').optional(),
  branch_id: idField('branch').optional(),
  starts_at: instantField(),
  duration_minutes: z.int().min(1).max(MAX_APPOINTMENT_MINUTES).optional(),
  party_size: z.int().min(1).max(MAX_PARTY_SIZE).optional(),
  source: z.string().max(40).optional().meta({ description: 'ignored: the entry point knows how it was booked' }),
  notes: freeText(MAX_NOTES).optional(),
  internal_notes: freeText(MAX_NOTES).optional(),
  quote: quoteField().optional(),
  lock_token: idField('hold').optional(),
  notify_customer: z.boolean().optional(),
  call_id: idField('call').optional().meta({ description: 'the call it comes from, which then leads to it' }),
});
export type BookRequest = z.input<typeof bookRequest>;

export const bookResponse = z.object({
  success: z.literal(true),
  appointment_id: idOut('appointment'),
  calcom_booking_id: externalId().nullable(),
  sync_status: syncStatus,
  confirmation_sent: z.boolean(),
  status,
  starts_at: instantOut(),
  ends_at: instantOut(),
  staff_id: idOut('staff'),
  staff_name: z.string(),
  price_cents: z.int(),
  currency: z.string(),
  version: z.int(),
  party: z
    .array(
      z.object({
        appointment_id: idOut('appointment'),
        starts_at: instantOut(),
        ends_at: instantOut(),
        staff_id: idOut('staff'),
        staff_name: z.string(),
        price_cents: z.int(),
      }),
    )
    .optional()
    .meta({ description: 'the appointments of a party’s other people, booked with the first or not at all' }),
});
export type BookResponse = z.infer<typeof bookResponse>;

export const rescheduleRequest = z.object({
  new_starts_at: instantField(),
  staff_id: idField('staff').optional(),
  branch_id: idField('branch').optional(),
  duration_minutes: z
    .int()
    .min(1)
    .max(MAX_APPOINTMENT_MINUTES)
    .optional()
    .meta({ description: 'another length; of a composite service or of several services it is fixed' }),
  reason: reason.optional(),
  expected_version: expectedVersion.optional(),
  confirm: z.boolean().optional(),
  notify_customer: z.boolean().optional(),
  quote: quoteField().optional(),
  lock_token: idField('hold').optional(),
});
/** What a client sends: ids as text or number, the instant as ISO text. */
export type RescheduleRequest = z.input<typeof rescheduleRequest>;

export const rescheduleResponse = z.object({
  success: z.literal(true),
  appointment_id: idOut('appointment'),
  old_time: instantOut(),
  new_time: instantOut(),
  policy_check: policyCheck,
  policy_violation: z.boolean(),
  staff_id: idOut('staff'),
  staff_name: z.string(),
  version: z.int(),
});
export type RescheduleResponse = z.infer<typeof rescheduleResponse>;

const yes = z
  .enum(['true', 'false', '1', '0'])
  .optional()
  .transform((text) => (text === undefined ? undefined : text === 'true' || text === '1'));

/** Proxies drop bodies of DELETE: everything may also stand in the query. The body wins. */
export const cancelQuery = z.object({
  reason: reason.optional(),
  notify_customer: yes,
  confirm: yes,
  expected_version: z.coerce.number().int().positive().optional(),
});
export const cancelRequest = z
  .object({ reason, notify_customer: z.boolean(), confirm: z.boolean(), expected_version: expectedVersion })
  .partial();
export type CancelRequest = z.input<typeof cancelRequest>;

export const cancelResponse = z.object({
  success: z.literal(true),
  appointment_id: idOut('appointment'),
  refund_eligible: z.boolean(),
  policy_check: policyCheck,
  policy_violation: z.boolean(),
  cancellation_fee: z.number(),
  cancellation_fee_cents: z.int(),
  version: z.int(),
});
export type CancelResponse = z.infer<typeof cancelResponse>;

export const policyQuery = z.object({ action: z.enum(['cancel', 'reschedule']).default('cancel') });
export const policyResponse = itemOf(
  z.object({
    policy_check: policyCheck,
    cancellation_fee: z.number(),
    cancellation_fee_cents: z.int(),
    reasons: z.array(z.string()),
    may_change: z.boolean(),
  }),
);

/** One free slot offered instead of a refused one: `details.alternatives` of APPOINTMENT_CONFLICT and QUOTE_STALE. */
export const alternativeView = z.object({
  date: wallDate(),
  time: wallTime(),
  starts_at: instantOut(),
  ends_at: instantOut(),
  staff_id: idOut('staff'),
  staff_name: z.string(),
  branch_id: idOut('branch'),
  /** signed, expiring; absent inside the objects, added at the edge */
  quote: z.string().optional(),
});
export type OfferedSlot = z.infer<typeof alternativeView>;

// ---------------------------------------------------------------- the calendar's day

const wallPeriod = z.object({ from: wallTime(), to: wallTime() });
export type WallPeriod = z.infer<typeof wallPeriod>;

export const calendarAppointmentView = z.object({
  id: idOut('appointment'),
  staff_id: idOut('staff'),
  /** null for a person who has been erased */
  customer: z
    .object({ id: idOut('customer'), name: z.string().nullable(), phone_masked: z.string().nullable() })
    .nullable(),
  service: z.object({ id: idOut('service'), name: z.string(), colour: z.string().nullable() }),
  starts_at: instantOut(),
  ends_at: instantOut(),
  status,
  source,
  version: z.int(),
  /** `name`: what the service calls this stretch */
  segments: z.array(segmentView.extend({ name: z.string().nullable() })),
  sync_status: syncStatus,
  price_cents: z.int(),
  currency: z.string(),
  notes: z.string().nullable(),
  call_id: externalId().nullable(),
  /** what it takes beside people */
  resource_ids: z.array(idOut('resource')),
});
export type CalendarAppointment = z.infer<typeof calendarAppointmentView>;

export const calendarDayQuery = z.object({
  branch_id: idParam('branch').optional(),
  date: wallDate(),
  staff_id: idParam('staff').optional(),
});

export const calendarDayView = z.object({
  branch: z.object({ id: idOut('branch'), name: z.string(), time_zone: z.string() }),
  date: z.string().meta({ format: 'date' }),
  time_zone: z.string(),
  /** first opening and last closing of the branch that day; both null when closed */
  opens: wallTime().nullable(),
  closes: wallTime().nullable(),
  /** when the branch is open in between, as hours, exceptions and holidays make it */
  open: z.array(wallPeriod),
  /** name of the public holiday on which the branch is closed */
  holiday: z.string().nullable(),
  staff: z.array(
    z.object({
      id: idOut('staff'),
      name: z.string(),
      colour: z.string().nullable(),
      working: z.array(wallPeriod),
      absences: z.array(
        wallPeriod.extend({
          reason: z.string().nullable(),
          /** what an imported calendar says of it, where that was kept */
          title: z.string().nullable(),
        }),
      ),
      /** what the person does */
      service_ids: z.array(idOut('service')),
    }),
  ),
  /** what can be taken beside people: rooms, machines, chairs */
  resources: z.array(z.object({ id: idOut('resource'), name: z.string() })),
  appointments: z.array(calendarAppointmentView),
  /** when colleagues are busy, for readers who see their own appointments only */
  busy: z.array(z.object({ staff_id: idOut('staff'), starts_at: instantOut(), ends_at: instantOut() })),
  holds: z.array(
    z.object({
      /** no token: it would let a reader of the calendar take the slot */
      id: z.string(),
      staff_id: idOut('staff'),
      starts_at: instantOut(),
      ends_at: instantOut(),
      expires_at: instantOut(),
    }),
  ),
  /** `calendar:1.7` as of this answer; also sent as header X-Askpro-Head */
  head: z.string(),
});
export type CalendarDay = z.infer<typeof calendarDayView>;
/** Read from the calendar object itself; cancelled appointments are included. */
export const calendarDayResponse = itemOf(calendarDayView);
export type CalendarDayResponse = z.infer<typeof calendarDayResponse>;

export const calendarRangeQuery = calendarDayQuery
  .omit({ date: true })
  .extend({ from: wallDate(), days: z.coerce.number().int().min(1).max(MAX_RANGE_DAYS).default(7) });
/** Days one after the other, each as it is read alone. */
export const calendarRangeResponse = itemOf(
  z.object({
    days: z.array(calendarDayView),
    next_from: wallDate()
      .nullable()
      .meta({ description: `the first day left out, where the days before it hold ${MAX_RANGE_ROWS} appointments` }),
  }),
);
export type CalendarRangeResponse = z.infer<typeof calendarRangeResponse>;
