/**
 * The calendar's events as D1 rows. Pure mapping; what events must not carry (texts, names) comes from the object's present rows
 * through `Lookups`. The object's rebuild uses the same row functions, so that both ways give the same rows.
 */
import type { TenantId } from '../../shared/ids.ts';
import { inArray, eq, and } from 'drizzle-orm';
import { calendarEventOf } from '../calendar/events.ts';
import type {
  Appointment,
  AppointmentTexts,
  CustomerStats,
  ExternalConflict,
  Modification,
  ScheduleItem,
  ScheduleKind,
} from '../calendar/types.ts';
import type { OutboxEvent } from '../object-runtime/events.ts';
import type { Platform } from '../env.ts';
import { drizzleOn, tenantD1 } from '../storage/d1.ts';
import {
  appointmentModifications,
  appointments,
  customerStats,
  externalConflicts,
  scheduleItems,
} from '../storage/tables/calendar.ts';
import type { CellValue, TableRows } from './rows.ts';

export type ProjectedRow = Record<string, CellValue> & { epoch: number; seq: number };
export interface Position {
  epoch: number;
  seq: number;
}

/** Present rows of the object that an event's row needs besides the event. */
export interface Lookups {
  texts(appointmentId: string): AppointmentTexts;
  reason(modificationId: string): string | null;
  item(kind: ScheduleKind, id: string): ScheduleItem | null;
  stats(customerId: string): CustomerStats | null;
}

export const appointmentRow = (a: Appointment, texts: AppointmentTexts, at: Position): ProjectedRow => ({
  id: a.id,
  company_id: a.companyId,
  branch_id: a.branchId,
  customer_id: a.customerId,
  service_id: a.serviceId,
  more_service_ids: JSON.stringify(a.moreServiceIds),
  staff_id: a.staffId,
  starts_at: a.startsAt,
  ends_at: a.endsAt,
  status: a.status,
  source: a.source,
  booking_type: a.bookingType,
  party_size: a.partySize,
  price_cents: a.priceCents,
  currency: a.currency,
  segments: JSON.stringify(a.segments),
  resources: JSON.stringify(a.resources),
  notes: texts.notes,
  internal_notes: texts.internalNotes,
  call_id: a.callId,
  calcom_uid: a.calcomUid,
  sync_status: a.syncStatus,
  parent_appointment_id: a.parentAppointmentId,
  reschedule_count: a.rescheduleCount,
  policy_violation: a.policyViolation ? 1 : 0,
  cancellation_fee_cents: a.cancellationFeeCents,
  version: a.version,
  created_by_kind: a.createdBy.kind,
  created_by_id: a.createdBy.id,
  created_at: a.createdAt,
  updated_at: a.updatedAt,
  cancelled_at: a.cancelledAt,
  ...at,
});

export const modificationRow = (m: Modification, reason: string | null, at: Position): ProjectedRow => ({
  id: m.id,
  appointment_id: m.appointmentId,
  customer_id: m.customerId,
  type: m.type,
  actor_kind: m.actor.kind,
  actor_id: m.actor.id,
  old_starts_at: m.oldStartsAt,
  new_starts_at: m.newStartsAt,
  old_staff_id: m.oldStaffId,
  new_staff_id: m.newStaffId,
  old_status: m.oldStatus,
  new_status: m.newStatus,
  policy_check: m.policyCheck,
  policy_violation: m.policyViolation ? 1 : 0,
  fee_cents: m.feeCents,
  reason,
  at: m.at,
  ...at,
});

export const itemRow = (item: ScheduleItem, removedAt: number | null, at: Position): ProjectedRow => ({
  kind: item.kind,
  id: item.id,
  company_id: item.kind === 'company' ? item.id : 'companyId' in item.body ? item.body.companyId : null,
  branch_id: 'branchId' in item.body ? item.body.branchId : null,
  name: nameOf(item),
  active: 'active' in item.body ? (item.body.active ? 1 : 0) : 1,
  body: JSON.stringify(item.body),
  version: item.version,
  updated_at: item.updatedAt,
  removed_at: removedAt,
  ...at,
});

function nameOf(item: ScheduleItem): string | null {
  switch (item.kind) {
    case 'company':
    case 'branch':
    case 'resource':
      return item.body.name;
    case 'service':
      return item.body.name.de;
    case 'staff':
      return `${item.body.firstName} ${item.body.lastName}`.trim();
    case 'account':
    case 'hours':
    case 'exception':
      return null;
  }
}

export const statsRow = (s: CustomerStats, at: Position): ProjectedRow => ({
  customer_id: s.customerId,
  appointments: s.appointments,
  completed: s.completed,
  cancellations: s.cancellations,
  reschedules: s.reschedules,
  no_shows: s.noShows,
  modifications: s.modifications,
  last_starts_at: s.lastStartsAt,
  last_modified_at: s.lastModifiedAt,
  ...at,
});

export const conflictRow = (c: ExternalConflict, at: Position): ProjectedRow => ({
  id: c.id,
  external_uid: c.externalUid,
  conflicting_appointment_id: c.conflictingAppointmentId,
  appointment_id: c.appointmentId,
  starts_at: c.startsAt,
  ends_at: c.endsAt,
  staff_id: c.staffId,
  service_id: c.serviceId,
  customer_id: c.customerId,
  status: c.status,
  created_at: c.createdAt,
  ...at,
});

/** A page of events → full rows. Events of a later version that we don't know are skipped: the deploy that knows them rebuilds. */
export function projectCalendar(events: readonly OutboxEvent[], lookups: Lookups): TableRows[] {
  const rows = {
    appointments: [] as ProjectedRow[],
    modifications: [] as ProjectedRow[],
    items: [] as ProjectedRow[],
    conflicts: [] as ProjectedRow[],
  };
  const customers = new Map<string, Position>();
  for (const outgoing of events) {
    const event = calendarEventOf(outgoing);
    if (!event) continue;
    const at: Position = { epoch: outgoing.epoch, seq: outgoing.seq };
    switch (event.type) {
      case 'appointment.booked':
      case 'appointment.rescheduled':
      case 'appointment.cancelled':
      case 'appointment.restored':
      case 'appointment.status_changed':
      case 'appointment.linked':
      case 'appointment.imported':
      case 'appointment.texts_erased':
        rows.appointments.push(appointmentRow(event.appointment, lookups.texts(event.appointment.id), at));
        if ('modification' in event)
          rows.modifications.push(modificationRow(event.modification, lookups.reason(event.modification.id), at));
        customers.set(event.appointment.customerId, at);
        break;
      case 'schedule.item_put':
      case 'schedule.item_removed': {
        const item = lookups.item(event.kind, event.itemId);
        if (item) rows.items.push(itemRow(item, event.type === 'schedule.item_removed' ? outgoing.at : null, at));
        break;
      }
      case 'external.conflict_found':
      case 'external.conflict_resolved':
        rows.conflicts.push(conflictRow(event.conflict, at));
        break;
      case 'hold.placed':
      case 'hold.released':
      case 'external.busy_changed':
        break;
    }
  }
  const stats: ProjectedRow[] = [];
  for (const [customerId, at] of customers) {
    const known = lookups.stats(customerId);
    if (known) stats.push(statsRow(known, at));
  }
  return [
    { table: appointments, rows: rows.appointments },
    { table: appointmentModifications, rows: rows.modifications },
    { table: scheduleItems, rows: rows.items },
    { table: customerStats, rows: stats },
    { table: externalConflicts, rows: rows.conflicts },
  ];
}

/** What a restore needs back that commands don't carry: bodies of schedule items and texts, as they had drained. ≤ 200 ids each. */
export async function drainedTexts(
  platform: Platform,
  tenantId: TenantId,
  wanted: {
    items: readonly { kind: string; id: string }[];
    appointmentIds: readonly string[];
    modificationIds: readonly string[];
  },
): Promise<{ bodies: Map<string, unknown>; texts: Map<string, AppointmentTexts>; reasons: Map<string, string> }> {
  const database = drizzleOn(tenantD1(platform, tenantId));
  const bodies = new Map<string, unknown>();
  const texts = new Map<string, AppointmentTexts>();
  const reasons = new Map<string, string>();
  for (const ids of pagesOf(wanted.items.map((i) => i.id))) {
    const found = await database
      .select()
      .from(scheduleItems)
      .where(and(eq(scheduleItems.tenantId, tenantId), inArray(scheduleItems.id, ids)));
    for (const row of found) bodies.set(`${row.kind}/${row.id}`, JSON.parse(row.body));
  }
  for (const ids of pagesOf(wanted.appointmentIds)) {
    const found = await database
      .select({ id: appointments.id, notes: appointments.notes, internalNotes: appointments.internalNotes })
      .from(appointments)
      .where(and(eq(appointments.tenantId, tenantId), inArray(appointments.id, ids)));
    for (const { id, ...one } of found) texts.set(id, one);
  }
  for (const ids of pagesOf(wanted.modificationIds)) {
    const found = await database
      .select({ id: appointmentModifications.id, reason: appointmentModifications.reason })
      .from(appointmentModifications)
      .where(and(eq(appointmentModifications.tenantId, tenantId), inArray(appointmentModifications.id, ids)));
    for (const { id, reason } of found) if (reason !== null) reasons.set(id, reason);
  }
  return { bodies, texts, reasons };
}

/** D1 binds at most 100 parameters. */
const IDS_PER_QUERY = 90;
function* pagesOf(ids: readonly string[]): Generator<string[]> {
  const unique = [...new Set(ids)];
  for (let i = 0; i < unique.length; i += IDS_PER_QUERY) yield unique.slice(i, i + IDS_PER_QUERY);
}
