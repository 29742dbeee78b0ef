/** How projected appointments are listed. Called by calendar/queries/appointments.ts. */
import { eq, gte, inArray, lt } from 'drizzle-orm';
import { addDays, dayStart, type WallDate } from '../../../shared/time.ts';
import { has, type ListSource } from '../resource-list.ts';
import { personBeside } from './customers.ts';
import { appointmentModifications, appointments } from '../tables/calendar.ts';

export type AppointmentRow = typeof appointments.$inferSelect;

const { startsAt, status } = appointments;

/**
 * By start. States are judged over a bounded stretch: several are asked for at once, and nearly every appointment has one of two.
 * @param zone days of `from` and `to` (inclusive) are of its calendar
 */
export const appointmentList = (zone: string, order: 'starts_at' | '-starts_at'): ListSource<typeof appointments> => ({
  table: appointments,
  beside: personBeside('appointments'),
  sorts: { starts_at: { by: startsAt, of: (row) => row.startsAt, kind: 'number' } },
  order,
  filters: {
    branch_id: has(appointments.branchId, true),
    staff_id: has(appointments.staffId, true),
    service_id: has(appointments.serviceId, true),
    customer_id: has(appointments.customerId, true),
    from: (day) => ({ where: gte(startsAt, dayStart(day as WallDate, zone)), indexed: 'range' }),
    to: (day) => ({ where: lt(startsAt, dayStart(addDays(day as WallDate, 1), zone)), indexed: 'range' }),
    status: (states) => ({ where: inArray(status, states.split(',') as AppointmentRow['status'][]), indexed: false }),
  },
});

export type ModificationRow = typeof appointmentModifications.$inferSelect;

/** What was changed in one appointment, newest first. */
export const modificationList = (appointmentId: string): ListSource<typeof appointmentModifications> => ({
  table: appointmentModifications,
  within: eq(appointmentModifications.appointmentId, appointmentId),
  sorts: { at: { by: appointmentModifications.at, of: (row) => row.at, kind: 'number' } },
  order: '-at',
  filters: {},
});
