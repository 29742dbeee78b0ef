/** How projected conflicts with Cal.com are listed. Called by calendar/queries/conflicts.ts. */
import { sql, type SQL } from 'drizzle-orm';
import { has, type ListSource } from '../resource-list.ts';
import { type appointments, externalConflicts } from '../tables/calendar.ts';
import { type PersonBeside, personBeside } from './customers.ts';

export type ConflictRow = typeof externalConflicts.$inferSelect;

/** What of an appointment is shown in a conflict. */
export type ConflictingAppointment = Pick<
  typeof appointments.$inferSelect,
  'id' | 'branchId' | 'status' | 'startsAt' | 'endsAt' | 'staffId' | 'serviceId'
>;

/** What the list reads beside a conflict: its person, and the appointments of both sides that are ours. */
export interface ConflictBeside {
  person: PersonBeside;
  appointments: (ConflictingAppointment | null)[];
}

const appointmentBeside = (column: 'appointment_id' | 'conflicting_appointment_id'): SQL =>
  sql.raw(`json((SELECT json_object('id', id, 'branchId', branch_id, 'status', status, 'startsAt', starts_at, 'endsAt', ends_at, 'staffId', staff_id,
  'serviceId', service_id) FROM appointments AS visit WHERE visit.tenant_id = external_conflicts.tenant_id AND visit.id = external_conflicts.${column}))`);

/** Newest first. */
export const conflictList: ListSource<typeof externalConflicts> = {
  table: externalConflicts,
  beside: sql`json_object('person', ${personBeside('external_conflicts')}, 'appointments', json_array(${appointmentBeside('appointment_id')}, ${appointmentBeside('conflicting_appointment_id')}))`,
  sorts: { created_at: { by: externalConflicts.createdAt, of: (row) => row.createdAt, kind: 'number' } },
  filters: { status: has(externalConflicts.status, true), kind: has(externalConflicts.kind, true) },
};
