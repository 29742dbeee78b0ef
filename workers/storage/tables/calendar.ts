/** Projected copies of the calendar's facts: lists, reports, search. Written by projection/ only, from the object's events. */
import type { TenantId } from '../../../shared/ids.ts';
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import {
  APPOINTMENT_SOURCES,
  APPOINTMENT_STATUSES,
  BOOKING_TYPES,
  MODIFICATION_TYPES,
  NOTE_VISIBILITIES,
  POLICY_CHECKS,
  SYNC_STATUSES,
} from '../../../shared/appointment-status.ts';
import {
  CONFLICT_KINDS,
  CONFLICT_REASONS,
  CONFLICT_RESOLUTIONS,
  CONFLICT_STATUSES,
} from '../../../shared/conflict-sets.ts';

export const appointments = sqliteTable(
  'appointments',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    companyId: text('company_id').notNull(),
    branchId: text('branch_id').notNull(),
    customerId: text('customer_id').notNull(),
    serviceId: text('service_id').notNull(),
    /** JSON array of further services */
    moreServiceIds: text('more_service_ids').notNull(),
    staffId: text('staff_id').notNull(),
    startsAt: integer('starts_at').notNull(),
    endsAt: integer('ends_at').notNull(),
    status: text('status', { enum: APPOINTMENT_STATUSES }).notNull(),
    source: text('source', { enum: APPOINTMENT_SOURCES }).notNull(),
    bookingType: text('booking_type', { enum: BOOKING_TYPES }).notNull(),
    partySize: integer('party_size').notNull(),
    priceCents: integer('price_cents').notNull(),
    currency: text('currency').notNull(),
    /** JSON arrays */
    segments: text('segments').notNull(),
    resources: text('resources').notNull(),
    notes: text('notes'),
    internalNotes: text('internal_notes'),
    callId: text('call_id'),
    calcomUid: text('calcom_uid'),
    syncStatus: text('sync_status', { enum: SYNC_STATUSES }).notNull(),
    parentAppointmentId: text('parent_appointment_id'),
    rescheduleCount: integer('reschedule_count').notNull(),
    policyViolation: integer('policy_violation').notNull(),
    cancellationFeeCents: integer('cancellation_fee_cents').notNull(),
    version: integer('version').notNull(),
    createdByKind: text('created_by_kind').notNull(),
    createdById: text('created_by_id').notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    cancelledAt: integer('cancelled_at'),
    /** taken out of every list by a person, who can take that back for 30 days */
    deletedAt: integer('deleted_at'),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('appointments_starts').on(t.tenantId, t.startsAt, t.id),
    // With the id, as the list is ordered: without it SQLite walks appointments_starts instead.
    index('appointments_customer').on(t.tenantId, t.customerId, t.startsAt, t.id),
    index('appointments_staff').on(t.tenantId, t.staffId, t.startsAt, t.id),
    index('appointments_branch').on(t.tenantId, t.branchId, t.startsAt, t.id),
    index('appointments_service').on(t.tenantId, t.serviceId, t.startsAt, t.id),
    index('appointments_call').on(t.tenantId, t.callId),
    index('appointments_calcom').on(t.tenantId, t.calcomUid),
    index('appointments_pending').on(t.tenantId, t.startsAt, t.id).where(sql`status = 'pending'`),
    index('appointments_deleted').on(t.tenantId, t.startsAt, t.id).where(sql`deleted_at IS NOT NULL`),
  ],
);

export const appointmentModifications = sqliteTable(
  'appointment_modifications',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    appointmentId: text('appointment_id').notNull(),
    customerId: text('customer_id').notNull(),
    type: text('type', { enum: MODIFICATION_TYPES }).notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    oldStartsAt: integer('old_starts_at'),
    newStartsAt: integer('new_starts_at'),
    oldStaffId: text('old_staff_id'),
    newStaffId: text('new_staff_id'),
    oldStatus: text('old_status', { enum: APPOINTMENT_STATUSES }).notNull(),
    newStatus: text('new_status', { enum: APPOINTMENT_STATUSES }).notNull(),
    policyCheck: text('policy_check', { enum: POLICY_CHECKS }).notNull(),
    policyViolation: integer('policy_violation').notNull(),
    feeCents: integer('fee_cents').notNull(),
    reason: text('reason'),
    at: integer('at').notNull(),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('appointment_modifications_appointment').on(t.tenantId, t.appointmentId, t.at, t.id),
    index('appointment_modifications_at').on(t.tenantId, t.at),
  ],
);

/** Notes of staff; `text` is null once it is erased. */
export const appointmentNotes = sqliteTable(
  'appointment_notes',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    appointmentId: text('appointment_id').notNull(),
    visibility: text('visibility', { enum: NOTE_VISIBILITIES }).notNull(),
    authorKind: text('author_kind').notNull(),
    authorId: text('author_id').notNull(),
    text: text('text'),
    at: integer('at').notNull(),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('appointment_notes_appointment').on(t.tenantId, t.appointmentId, t.at),
  ],
);

/** Master data: branches, staff, services, hours, exceptions, resources, account; the body as the object keeps it. */
export const scheduleItems = sqliteTable(
  'schedule_items',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    kind: text('kind').notNull(),
    id: text('id').notNull(),
    companyId: text('company_id'),
    branchId: text('branch_id'),
    name: text('name'),
    active: integer('active').notNull(),
    /** JSON */
    body: text('body').notNull(),
    /** first day of an exception; empty of every other kind */
    fromDate: text('from_date').generatedAlwaysAs(sql`coalesce(json_extract(body, '$.fromDate'), '')`, {
      mode: 'virtual',
    }),
    version: integer('version').notNull(),
    updatedAt: integer('updated_at').notNull(),
    deletedAt: integer('removed_at'),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.kind, t.id] }),
    index('schedule_items_company').on(t.tenantId, t.companyId),
    // Pages of a kind in each of its orders, of what is there and of what was removed.
    ...[sql`removed_at IS NULL`, sql`removed_at IS NOT NULL`].flatMap((state, removed) => {
      const name = (sort: string): string => `schedule_items_${removed === 1 ? 'removed_' : ''}${sort}`;
      return [
        index(name('id')).on(t.tenantId, t.kind, t.id).where(state),
        index(name('name')).on(t.tenantId, t.kind, t.name, t.id).where(state),
        index(name('updated_at')).on(t.tenantId, t.kind, t.updatedAt, t.id).where(state),
        index(name('from_date')).on(t.tenantId, t.kind, t.fromDate, t.id).where(state),
      ];
    }),
  ],
);

/** How often a customer booked, moved, cancelled, stayed away. */
export const customerStats = sqliteTable(
  'customer_stats',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    customerId: text('customer_id').notNull(),
    appointments: integer('appointments').notNull(),
    completed: integer('completed').notNull(),
    cancellations: integer('cancellations').notNull(),
    reschedules: integer('reschedules').notNull(),
    noShows: integer('no_shows').notNull(),
    modifications: integer('modifications').notNull(),
    lastStartsAt: integer('last_starts_at'),
    lastModifiedAt: integer('last_modified_at'),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.customerId] })],
);

/** Where Cal.com and our calendar disagree; a person decides. */
export const externalConflicts = sqliteTable(
  'external_conflicts',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    kind: text('kind', { enum: CONFLICT_KINDS }).notNull().default('booking'),
    reason: text('reason', { enum: CONFLICT_REASONS }).notNull().default('person_taken'),
    externalUid: text('external_uid').notNull(),
    conflictingAppointmentId: text('conflicting_appointment_id'),
    appointmentId: text('appointment_id'),
    startsAt: integer('starts_at').notNull(),
    endsAt: integer('ends_at').notNull(),
    staffId: text('staff_id'),
    serviceId: text('service_id'),
    customerId: text('customer_id'),
    status: text('status', { enum: CONFLICT_STATUSES }).notNull(),
    /** what Cal.com calls service and person */
    eventTypeId: text('event_type_id'),
    hostId: text('host_id'),
    resolution: text('resolution', { enum: CONFLICT_RESOLUTIONS }),
    createdAt: integer('created_at').notNull(),
    resolvedAt: integer('resolved_at'),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('external_conflicts_created_at').on(t.tenantId, t.createdAt, t.id),
    index('external_conflicts_by_status').on(t.tenantId, t.status, t.createdAt, t.id),
    index('external_conflicts_by_kind').on(t.tenantId, t.kind, t.createdAt, t.id),
  ],
);

/**
 * Rows with one text that may be erased: commands are recorded without it, so a restore takes it from here. By what the row is; `text` is
 * the column.
 */
export const ERASABLE_TEXTS = {
  modification: { table: appointmentModifications, text: appointmentModifications.reason },
  note: { table: appointmentNotes, text: appointmentNotes.text },
} as const;
export type ErasableText = keyof typeof ERASABLE_TEXTS;
