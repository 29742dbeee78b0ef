/**
 * All SQL of the calendar object: rows in, rows out, a table group a file. No rules here. Called by commands inside the object's
 * transactions and by queries.ts; property tests run it over `node:sqlite`.
 */
import { AppointmentsTable } from './appointments-table.ts';
import { BusySourcesTable } from './busy-sources-table.ts';
import { BusyTable } from './busy-table.ts';
import { CallersTable } from './callers-table.ts';
import { ConversationsTable } from './conversations-table.ts';
import { CustomersTable } from './customers-table.ts';
import { ExternalTable } from './external-table.ts';
import { HoldsTable } from './holds-table.ts';
import { ModificationsTable } from './modifications-table.ts';
import { NotesTable } from './notes-table.ts';
import type { AppointmentRecords } from './records.ts';
import { ScheduleTable } from './schedule-table.ts';

/** Records of one kind shown with an appointment. */
const MAX_RECORDS = 50;

export interface CalendarStore {
  readonly schedule: ScheduleTable;
  readonly busy: BusyTable;
  readonly busySources: BusySourcesTable;
  readonly appointments: AppointmentsTable;
  readonly modifications: ModificationsTable;
  readonly notes: NotesTable;
  readonly customers: CustomersTable;
  readonly holds: HoldsTable;
  readonly callers: CallersTable;
  readonly conversations: ConversationsTable;
  readonly external: ExternalTable;
  /** what is kept beside an appointment, the newest of each */
  recordsOf(appointmentId: string): AppointmentRecords;
  /** makes sure the object wakes at an instant (a hold expires) */
  wakeAt(due: number): void;
  /** after each transaction: whether what was written inside it stays. Caches follow. */
  settled(committed: boolean): void;
}

export function calendarStore(sql: SqlStorage, wakeAt: (due: number) => void): CalendarStore {
  const schedule = new ScheduleTable(sql);
  const busy = new BusyTable(sql);
  const modifications = new ModificationsTable(sql);
  const notes = new NotesTable(sql);
  const holds = new HoldsTable(sql, busy);
  return {
    schedule,
    busy,
    busySources: new BusySourcesTable(sql),
    appointments: new AppointmentsTable(sql),
    modifications,
    notes,
    customers: new CustomersTable(sql),
    holds,
    callers: new CallersTable(sql, holds),
    conversations: new ConversationsTable(sql),
    external: new ExternalTable(sql),
    recordsOf: (appointmentId) => ({
      modifications: modifications.of(appointmentId, MAX_RECORDS),
      notes: notes.of(appointmentId, MAX_RECORDS),
    }),
    wakeAt,
    settled(committed) {
      busy.settled(committed);
      if (committed) return;
      holds.forgetUncommitted();
      schedule.forgetUncommitted();
    },
  };
}
