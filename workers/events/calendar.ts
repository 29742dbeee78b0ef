/**
 * Events of TIME and the rows they carry, declared once: the object's rules, its projection, live stream and effects take their types from
 * here (through `calendar/types.ts`).
 */
import { z } from 'zod';
import {
  APPOINTMENT_SOURCES,
  APPOINTMENT_STATUSES,
  BOOKING_TYPES,
  MODIFICATION_TYPES,
  POLICY_CHECKS,
  SEGMENT_KINDS,
  NOTE_VISIBILITIES,
  SYNC_STATUSES,
} from '../../shared/appointment-status.ts';
import {
  CONFLICT_KINDS,
  CONFLICT_REASONS,
  CONFLICT_RESOLUTIONS,
  CONFLICT_STATUSES,
} from '../../shared/conflict-sets.ts';
export type {
  AppointmentSource,
  AppointmentStatus,
  BookingType,
  PolicyCheck,
  SyncStatus,
} from '../../shared/appointment-status.ts';
import { defineEvent } from './define.ts';
import { instant } from './scalars.ts';

// ---------------------------------------------------------------- rows

/** Kinds in use. `policy` and `resource_group` are taken names for later. */
export const SCHEDULE_KINDS = [
  'account',
  'company',
  'branch',
  'staff',
  'service',
  'hours',
  'exception',
  'resource',
] as const;
export type ScheduleKind = (typeof SCHEDULE_KINDS)[number];

const status = z.enum(APPOINTMENT_STATUSES);
const source = z.enum(APPOINTMENT_SOURCES);
const bookingType = z.enum(BOOKING_TYPES);
const syncStatus = z.enum(SYNC_STATUSES);
const policyCheck = z.enum(POLICY_CHECKS);

const actorRef = z.object({
  kind: z.enum(['user', 'api_key', 'phone', 'customer', 'calcom', 'system']),
  id: z.string(),
  /** who of the operator acted in the user's name */
  impersonatorId: z.string().exactOptional(),
});
/** Who asks, ids only (`causerOf` of shared/actor.ts tells the edge what to put here). */
export type ActorRef = z.infer<typeof actorRef>;

const resourceUse = z.object({ resourceId: z.string(), units: z.number() });
export type ResourceUse = z.infer<typeof resourceUse>;

const segmentRow = z.object({
  segmentId: z.string().nullable(),
  serviceId: z.string().nullable(),
  kind: z.enum(SEGMENT_KINDS),
  startsAt: instant,
  endsAt: instant,
  /** null on passive segments */
  staffId: z.string().nullable(),
  resources: z.array(resourceUse),
});
export type SegmentRow = z.infer<typeof segmentRow>;

const appointment = z.object({
  id: z.string(),
  companyId: z.string(),
  branchId: z.string(),
  customerId: z.string(),
  serviceId: z.string(),
  /** further services of the same booking, in order; empty for one */
  moreServiceIds: z.array(z.string()),
  /** the person of the first active segment */
  staffId: z.string(),
  startsAt: instant,
  endsAt: instant,
  status,
  source,
  bookingType,
  partySize: z.number(),
  priceCents: z.number(),
  currency: z.string(),
  /** always at least one */
  segments: z.array(segmentRow),
  /** taken for the whole time */
  resources: z.array(resourceUse),
  version: z.number(),
  scheduleVersion: z.number(),
  callId: z.string().nullable(),
  calcomUid: z.string().nullable(),
  syncStatus,
  /** stamp of the newest change that Cal.com told us of */
  externalUpdatedAt: instant.nullable(),
  /** the first appointment of the party it is one of; null: of none, or the first itself */
  parentAppointmentId: z.string().nullable(),
  rescheduleCount: z.number(),
  /** a policy was overridden */
  policyViolation: z.boolean(),
  cancellationFeeCents: z.number(),
  /** confirmation was asked for when it was booked */
  notify: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
  cancelledAt: instant.nullable(),
  createdBy: actorRef,
  /** taken out of every list by a person; absent: it is not */
  deletedAt: instant.exactOptional(),
});
/** One appointment as the object keeps it, without texts: ids, instants, amounts and states only. Also the body of its events. */
export type Appointment = z.infer<typeof appointment>;

const modification = z.object({
  id: z.string(),
  appointmentId: z.string(),
  customerId: z.string(),
  type: z.enum(MODIFICATION_TYPES),
  actor: actorRef,
  oldStartsAt: instant.nullable(),
  newStartsAt: instant.nullable(),
  oldStaffId: z.string().nullable(),
  newStaffId: z.string().nullable(),
  oldStatus: status,
  newStatus: status,
  policyCheck,
  policyViolation: z.boolean(),
  feeCents: z.number(),
  at: instant,
  /** the change that this one took back */
  undoes: z.string().exactOptional(),
});
export type Modification = z.infer<typeof modification>;

const note = z.object({
  id: z.string(),
  appointmentId: z.string(),
  visibility: z.enum(NOTE_VISIBILITIES),
  author: actorRef,
  at: instant,
});
/** A note of staff on an appointment, without its text. */
export type AppointmentNote = z.infer<typeof note>;

const externalConflict = z.object({
  id: z.string(),
  kind: z.enum(CONFLICT_KINDS),
  reason: z.enum(CONFLICT_REASONS),
  /** empty: Cal.com has no booking of it */
  externalUid: z.string(),
  /** the appointment that is in the way */
  conflictingAppointmentId: z.string().nullable(),
  /** ours, when the conflict is about an appointment we have */
  appointmentId: z.string().nullable(),
  /** as it stands at Cal.com; of a push that never got there as it stands here */
  startsAt: instant,
  endsAt: instant,
  staffId: z.string().nullable(),
  serviceId: z.string().nullable(),
  customerId: z.string().nullable(),
  /** what Cal.com called service and person: a mapping that was missing may be there when somebody decides */
  eventTypeId: z.string().nullable(),
  hostId: z.string().nullable(),
  /** the id that the booking's appointment gets once there is a place for it; null: it has one, or none is made */
  madeId: z.string().nullable(),
  /** not confirmed by its host yet */
  pending: z.boolean(),
  externalUpdatedAt: instant.nullable(),
  status: z.enum(CONFLICT_STATUSES),
  /** null: open, or settled by what happened afterwards */
  resolution: z.enum(CONFLICT_RESOLUTIONS).nullable(),
  createdAt: instant,
  resolvedAt: instant.nullable(),
});
/** Where Cal.com and our calendar disagree: outside the exclusive calendar, for a person to resolve. Ids and instants only. */
export type ExternalConflict = z.infer<typeof externalConflict>;

/** Conflicts of the first version were bookings without a place, or moves of ours into a taken one. */
export function conflictOfToday(stored: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    kind: stored['appointmentId'] == null ? 'booking' : 'move',
    reason: 'person_taken',
    eventTypeId: null,
    hostId: null,
    madeId: null,
    pending: false,
    externalUpdatedAt: null,
    resolution: null,
    resolvedAt: stored['status'] === 'resolved' ? (stored['createdAt'] ?? null) : null,
    ...stored,
  };
}

// ---------------------------------------------------------------- events

const itemChanged = z.object({
  /** names of the body's fields that changed; absent: taken away, or written by earlier code */
  changed: z.array(z.string()).exactOptional(),
  kind: z.enum(SCHEDULE_KINDS),
  itemId: z.string(),
  version: z.number(),
  scheduleVersion: z.number(),
});

/** Holds of the first version did not always say when they start. */
const startUnknown = (body: Readonly<Record<string, unknown>>) => ({ startsAt: null, ...body });

const ofAppointment = (body: { appointment: Appointment }): string => body.appointment.id;
const ofHold = (body: { lockTokenHash: string }): string => body.lockTokenHash;
const ofItem = (body: { itemId: string }): string => body.itemId;
const ofConflict = (body: { conflict: ExternalConflict }): string => body.conflict.id;
const firstConflict = (body: Readonly<Record<string, unknown>>) => ({
  ...body,
  conflict: conflictOfToday(body['conflict'] as Readonly<Record<string, unknown>>),
});

const busySource = z.object({
  sourceId: z.string(),
  staffId: z.string(),
  importId: z.string(),
  times: z.number(),
  before: z.number(),
});
const ofBusySource = ({ sourceId }: { sourceId: string }): string => sourceId;

/** Appointment events carry the whole row (no texts): a projection needs no order among older ones. */
export const CALENDAR_EVENTS = {
  'appointment.booked': defineEvent(z.object({ appointment }), ofAppointment),
  /** `notify`: people are to be told */
  'appointment.rescheduled': defineEvent(z.object({ appointment, modification, notify: z.boolean() }), ofAppointment),
  'appointment.cancelled': defineEvent(z.object({ appointment, modification, notify: z.boolean() }), ofAppointment),
  'appointment.restored': defineEvent(z.object({ appointment, modification }), ofAppointment),
  'appointment.status_changed': defineEvent(z.object({ appointment, modification }), ofAppointment),
  'appointment.linked': defineEvent(z.object({ appointment }), ofAppointment),
  'appointment.imported': defineEvent(z.object({ appointment }), ofAppointment),
  /** a request that its host declined: nothing of it is left */
  'appointment.removed': defineEvent(z.object({ appointment }), ofAppointment),
  /** ended or cancelled, and taken out of lists by a person */
  'appointment.deleted': defineEvent(z.object({ appointment }), ofAppointment),
  'appointment.undeleted': defineEvent(z.object({ appointment }), ofAppointment),
  'appointment.note_added': defineEvent(z.object({ appointment, note }), ofAppointment),
  /**
   * `modification`: a change whose reason was erased with it; `notes`: those whose texts were; `leaves`: bookings at Cal.com that it was let
   * go of, to be cancelled there
   */
  'appointment.texts_erased': defineEvent(
    z.object({
      appointment,
      modification: modification.exactOptional(),
      notes: z.array(note).exactOptional(),
      leaves: z.array(z.string()).exactOptional(),
    }),
    ofAppointment,
  ),
  'schedule.item_put': defineEvent(itemChanged, ofItem),
  'schedule.item_removed': defineEvent(itemChanged, ofItem),
  'hold.placed': defineEvent(
    z.object({
      lockTokenHash: z.string(),
      staffId: z.string(),
      /** null: written by the first version */
      startsAt: instant.nullable(),
      endsAt: instant,
      expiresAt: instant,
    }),
    ofHold,
    [startUnknown],
  ),
  'hold.released': defineEvent(
    z.object({
      lockTokenHash: z.string(),
      staffId: z.string(),
      /** null: written by the first version */
      startsAt: instant.nullable(),
    }),
    ofHold,
    [startUnknown],
  ),
  'external.conflict_found': defineEvent(z.object({ conflict: externalConflict }), ofConflict, [firstConflict]),
  /** `repeats`: the version of our appointment that Cal.com is to be made to follow */
  'external.conflict_resolved': defineEvent(
    z.object({ conflict: externalConflict, repeats: z.number().exactOptional() }),
    ofConflict,
    [firstConflict],
  ),
  'external.busy_changed': defineEvent(z.object({ staffId: z.string() }), ({ staffId }) => staffId),
  /** an imported calendar of a person: how many times it has, and had */
  'busy_source.replaced': defineEvent(busySource, ofBusySource),
  'busy_source.removed': defineEvent(busySource, ofBusySource),
} as const;
