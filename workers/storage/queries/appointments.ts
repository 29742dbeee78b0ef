/** Conditions over projected appointments: the list of /api/v1/appointments. Called by calendar/queries/appointments.ts. */
import { and, asc, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { AppointmentStatus } from '../../../shared/appointment-status.ts';
import { appointments } from '../tables/calendar.ts';
import type { RowsOptions } from '../tenant-db.ts';

export { appointments };
export type AppointmentRow = typeof appointments.$inferSelect;

export interface AppointmentsFilter {
  /** position of the last row of the page before */
  after?: { startsAt: number; id: string } | undefined;
  newestFirst: boolean;
  /** epoch ms, inclusive */
  from?: number | undefined;
  /** epoch ms, exclusive */
  until?: number | undefined;
  statuses?: readonly AppointmentStatus[] | undefined;
  branchId?: string | undefined;
  staffId?: string | undefined;
  serviceId?: string | undefined;
  customerId?: string | undefined;
}

/** By start, one row more than asked so that the page knows whether there is another. */
export function appointmentsOptions(filter: AppointmentsFilter, limit: number): RowsOptions {
  const { startsAt, id } = appointments;
  const { after, newestFirst } = filter;
  const conditions: (SQL | undefined)[] = [
    after === undefined
      ? undefined
      : newestFirst
        ? sql`(${startsAt}, ${id}) < (${after.startsAt}, ${after.id})`
        : sql`(${startsAt}, ${id}) > (${after.startsAt}, ${after.id})`,
    filter.from === undefined ? undefined : gte(startsAt, filter.from),
    filter.until === undefined ? undefined : lt(startsAt, filter.until),
    filter.statuses === undefined ? undefined : inArray(appointments.status, [...filter.statuses]),
    filter.branchId === undefined ? undefined : eq(appointments.branchId, filter.branchId),
    filter.staffId === undefined ? undefined : eq(appointments.staffId, filter.staffId),
    filter.serviceId === undefined ? undefined : eq(appointments.serviceId, filter.serviceId),
    filter.customerId === undefined ? undefined : eq(appointments.customerId, filter.customerId),
  ];
  return {
    where: and(...conditions),
    orderBy: newestFirst ? [desc(startsAt), desc(id)] : [asc(startsAt), asc(id)],
    limit: limit + 1,
  };
}
