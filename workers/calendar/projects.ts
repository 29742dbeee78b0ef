/**
 * The calendar's events as D1 rows. Pure; handed to the projection by the object. What events must not carry (texts, names) comes from the
 * object's present rows through `Lookups`. The object's rebuild uses the same row functions, so that both ways give the same rows.
 */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { AppointmentNote } from '../events/calendar.ts';
import type { CalendarEventType, ReadEvent } from '../events/catalogue.ts';
import {
  type AuditFact,
  type Audits,
  goneFrom,
  newestIn,
  type Position,
  positionOf,
  type Projected,
  type ProjectedRow,
  type Projects,
  rowIn,
} from '../projection/rows.ts';
import {
  appointmentModifications,
  appointmentNotes,
  appointments,
  customerStats,
  externalConflicts,
  scheduleItems,
} from '../storage/tables/calendar.ts';
import type { ScheduleItem } from './master-data.ts';
import type { CalendarStore } from './store/store.ts';
import type { AppointmentTexts, CustomerStats } from './rows.ts';
import type { Appointment, ExternalConflict, Modification, ScheduleKind } from '../events/calendar.ts';

/** Present rows of the object that an event's row needs besides the event. */
export interface Lookups {
  texts(appointmentId: string): AppointmentTexts;
  reason(modificationId: string): string | null;
  noteText(noteId: string): string | null;
  item(kind: ScheduleKind, id: string): ScheduleItem | null;
  stats(customerId: string): CustomerStats | null;
}

/** The present rows of a store. */
export const lookupsOf = ({ appointments, modifications, notes, schedule, customers }: CalendarStore): Lookups => ({
  texts: (id) => appointments.texts(id),
  reason: (id) => modifications.reason(id),
  noteText: (id) => notes.text(id),
  item: (kind, id) => schedule.item(kind, id)?.item ?? null,
  stats: (id) => customers.stats(id),
});

const appointmentRow = (a: Appointment, texts: AppointmentTexts, at: Position): ProjectedRow => ({
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
  deleted_at: a.deletedAt ?? null,
  ...at,
});

const modificationRow = (m: Modification, reason: string | null, at: Position): ProjectedRow => ({
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

const noteRow = (n: AppointmentNote, text: string | null, at: Position): ProjectedRow => ({
  id: n.id,
  appointment_id: n.appointmentId,
  visibility: n.visibility,
  author_kind: n.author.kind,
  author_id: n.author.id,
  text,
  at: n.at,
  ...at,
});

const itemRow = (item: ScheduleItem, removedAt: number | null, at: Position): ProjectedRow => ({
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

const statsRow = (s: CustomerStats, at: Position): ProjectedRow => ({
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

const conflictRow = (c: ExternalConflict, at: Position): ProjectedRow => ({
  id: c.id,
  kind: c.kind,
  reason: c.reason,
  external_uid: c.externalUid,
  conflicting_appointment_id: c.conflictingAppointmentId,
  appointment_id: c.appointmentId,
  starts_at: c.startsAt,
  ends_at: c.endsAt,
  staff_id: c.staffId,
  service_id: c.serviceId,
  customer_id: c.customerId,
  status: c.status,
  event_type_id: c.eventTypeId,
  host_id: c.hostId,
  resolution: c.resolution,
  created_at: c.createdAt,
  resolved_at: c.resolvedAt,
  ...at,
});

/** An appointment changed: its whole row, the change and the notes where there are any, and the statistics of its customer. */
const changed = (
  event: Position & {
    body: { appointment: Appointment; modification?: Modification; note?: AppointmentNote; notes?: AppointmentNote[] };
  },
  lookups: Lookups,
): Projected[] => {
  const { appointment, modification, note, notes = note ? [note] : [] } = event.body;
  const at = positionOf(event);
  const { customerId } = appointment;
  return [
    rowIn(appointments, appointmentRow(appointment, lookups.texts(appointment.id), at)),
    ...(modification
      ? [rowIn(appointmentModifications, modificationRow(modification, lookups.reason(modification.id), at))]
      : []),
    ...notes.map((one) => rowIn(appointmentNotes, noteRow(one, lookups.noteText(one.id), at))),
    newestIn(customerStats, customerId, () => {
      const stats = lookups.stats(customerId);
      return stats && statsRow(stats, at);
    }),
  ];
};

const item = (
  event: ReadEvent<'schedule.item_put' | 'schedule.item_removed'>,
  lookups: Lookups,
  removedAt: number | null,
): Projected[] => {
  const found = lookups.item(event.body.kind, event.body.itemId);
  return found ? [rowIn(scheduleItems, itemRow(found, removedAt, positionOf(event)))] : [];
};

const conflict = (event: Position & { body: { conflict: ExternalConflict } }): Projected[] => [
  rowIn(externalConflicts, conflictRow(event.body.conflict, positionOf(event))),
];

/** An appointment of which nothing is left: its row goes, and its customer counts one less. */
const removed = (event: ReadEvent<'appointment.removed'>, lookups: Lookups): Projected[] => {
  const { id, customerId } = event.body.appointment;
  return [
    goneFrom(appointments, id),
    newestIn(customerStats, customerId, () => {
      const stats = lookups.stats(customerId);
      return stats && statsRow(stats, positionOf(event));
    }),
  ];
};

const nothing = (): Projected[] => [];

/** Which rows each event of the calendar becomes. */
export const CALENDAR_PROJECTS: Projects<CalendarEventType, Lookups> = {
  'appointment.booked': changed,
  'appointment.rescheduled': changed,
  'appointment.cancelled': changed,
  'appointment.restored': changed,
  'appointment.status_changed': changed,
  'appointment.linked': changed,
  'appointment.imported': changed,
  'appointment.removed': removed,
  'appointment.deleted': changed,
  'appointment.undeleted': changed,
  'appointment.note_added': changed,
  'appointment.texts_erased': changed,
  'schedule.item_put': (event, lookups) => item(event, lookups, null),
  'schedule.item_removed': (event, lookups) => item(event, lookups, event.at),
  'external.conflict_found': conflict,
  'external.conflict_resolved': conflict,
  // Who holds a slot and when staff are busy elsewhere is asked of the object.
  'hold.placed': nothing,
  'hold.released': nothing,
  'external.busy_changed': nothing,
  'busy_source.replaced': nothing,
  'busy_source.removed': nothing,
};

/** One table of a dump: its rows after a key, at most `limit`. */
interface Dumped {
  table: SQLiteTable;
  page(store: CalendarStore, after: string, limit: number): { key: string; row: (at: Position) => ProjectedRow }[];
}

/** The object's tables as D1 has them, in the order of a rebuild. */
export const CALENDAR_DUMP: Readonly<Record<string, Dumped>> = {
  items: {
    table: scheduleItems,
    page({ schedule }, after, limit) {
      const [kind = '', ...id] = after.split('/');
      return schedule.pageAfter(kind, id.join('/'), limit).map(({ item, removedAt }) => ({
        key: `${item.kind}/${item.id}`,
        row: (at) => itemRow(item, removedAt, at),
      }));
    },
  },
  appointments: {
    table: appointments,
    page: (store, after, limit) =>
      store.appointments
        .pageAfter(after, limit)
        .map((a) => ({ key: a.id, row: (at) => appointmentRow(a, store.appointments.texts(a.id), at) })),
  },
  modifications: {
    table: appointmentModifications,
    page: (store, after, limit) =>
      store.modifications
        .pageAfter(after, limit)
        .map(({ modification: m, reason }) => ({ key: m.id, row: (at) => modificationRow(m, reason, at) })),
  },
  notes: {
    table: appointmentNotes,
    page: ({ notes }, after, limit) =>
      notes.pageAfter(after, limit).map((n) => ({ key: n.id, row: (at) => noteRow(n, n.text, at) })),
  },
  stats: {
    table: customerStats,
    page: ({ customers }, after, limit) =>
      customers.statsAfter(after, limit).map((s) => ({ key: s.customerId, row: (at) => statsRow(s, at) })),
  },
  conflicts: {
    table: externalConflicts,
    page: ({ external }, after, limit) =>
      external.conflictsAfter(after, limit).map((c) => ({ key: c.id, row: (at) => conflictRow(c, at) })),
  },
};

// ---------------------------------------------------------------- activity log

const ofAppointment = (appointment: Appointment, changes: NonNullable<AuditFact['changes']>): AuditFact => ({
  log: 'appointments',
  subjectType: 'appointment',
  subjectId: appointment.id,
  changes,
});

/** An appointment that was made: what it is. */
const made = ({ body: { appointment } }: { body: { appointment: Appointment } }): AuditFact =>
  ofAppointment(appointment, {
    status: [null, appointment.status],
    starts_at: [null, appointment.startsAt],
    ends_at: [null, appointment.endsAt],
    staff_id: [null, appointment.staffId],
    customer_id: [null, appointment.customerId],
    service_id: [null, appointment.serviceId],
    price_cents: [null, appointment.priceCents],
  });

/** An appointment that was changed: what was and what is. */
const modified = ({ body }: { body: { appointment: Appointment; modification: Modification } }): AuditFact => {
  const { appointment, modification: m } = body;
  return ofAppointment(appointment, {
    status: [m.oldStatus, m.newStatus],
    starts_at: [m.oldStartsAt, m.newStartsAt],
    staff_id: [m.oldStaffId, m.newStaffId],
    cancellation_fee_cents: [0, m.feeCents],
    undoes: [null, m.undoes ?? null],
  });
};

const ofItem = ({
  body,
}: {
  body: { kind: ScheduleKind; itemId: string; version: number; changed?: string[] };
}): AuditFact => ({
  log: 'master_data',
  subjectType: body.kind,
  subjectId: body.itemId,
  fields: body.changed ?? [],
  changes: { version: [body.version - 1, body.version] },
});

const ofHold = ({ body }: { body: { lockTokenHash: string } }): AuditFact => ({
  log: 'holds',
  subjectType: 'hold',
  subjectId: body.lockTokenHash,
});

const ofConflict = ({ body: { conflict } }: { body: { conflict: ExternalConflict } }): AuditFact => ({
  log: 'conflicts',
  subjectType: 'conflict',
  subjectId: conflict.id,
  changes: {
    status: [conflict.status === 'open' ? null : 'open', conflict.status],
    resolution: [null, conflict.resolution],
    kind: [conflict.status === 'open' ? null : conflict.kind, conflict.kind],
    reason: [conflict.status === 'open' ? null : conflict.reason, conflict.reason],
  },
});

const ofBusySource = ({
  body: { sourceId, staffId, importId, times, before },
}: {
  body: { sourceId: string; staffId: string; importId: string; times: number; before: number };
}): AuditFact => ({
  log: 'master_data',
  subjectType: 'busy_source',
  subjectId: sourceId,
  changes: { times: [before, times], staff_id: [null, staffId], import_id: [null, importId] },
});

/** The first event of a command speaks for all of its kind: an import is one act, however many it brought. */
const isFirst = ({ id }: { id: string }): boolean => id.endsWith('#0');

/** What the activity log says of each event of the calendar. */
export const CALENDAR_AUDITS: Audits<CalendarEventType> = {
  'appointment.booked': made,
  'appointment.rescheduled': modified,
  'appointment.cancelled': modified,
  'appointment.restored': modified,
  'appointment.status_changed': modified,
  'appointment.removed': ({ body: { appointment } }) =>
    ofAppointment(appointment, { status: [appointment.status, null], starts_at: [appointment.startsAt, null] }),
  'appointment.imported': (event) => (isFirst(event) ? made(event) : null),
  'appointment.deleted': ({ at, body: { appointment } }) => ofAppointment(appointment, { deleted_at: [null, at] }),
  'appointment.undeleted': ({ body: { appointment } }) => ({
    ...ofAppointment(appointment, {}),
    fields: ['deleted_at'],
  }),
  'appointment.note_added': ({ body }) => ({ ...ofAppointment(body.appointment, {}), fields: ['staff_notes'] }),
  'appointment.texts_erased': ({ body }) => ({
    ...ofAppointment(body.appointment, {}),
    fields: ['notes', 'staff_notes', 'reason'],
  }),
  'schedule.item_put': ofItem,
  'schedule.item_removed': ofItem,
  'hold.placed': ofHold,
  'hold.released': ofHold,
  'external.conflict_found': ofConflict,
  'external.conflict_resolved': ofConflict,
  // What a vendor answered to our own push, and its calendar: nobody's act.
  'appointment.linked': () => null,
  'external.busy_changed': () => null,
  'busy_source.replaced': ofBusySource,
  'busy_source.removed': ofBusySource,
};
