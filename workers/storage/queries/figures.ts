/** What each figure counts: one bounded sub-select, by an index of its table. Called by workers/figures/. */
import { and, eq, gte, inArray, isNull, lt, lte, ne, type SQL, sql } from 'drizzle-orm';
import type { FigureName } from '../../../shared/figure-names.ts';
import { allOf } from '../resource-list.ts';
import { appointments, externalConflicts, scheduleItems } from '../tables/calendar.ts';
import { callbackRequests, calls } from '../tables/calls.ts';
import { customers } from '../tables/crm.ts';
import { notifications } from '../tables/notifications.ts';
import type { TenantDb, TenantTable } from '../tenant-db.ts';
import {
  appointmentsReached,
  callbacksReached,
  callsReached,
  conflictsReached,
  customersReached,
  notificationsReached,
  type Reached,
  scheduleReached,
} from './reach.ts';

/** What a figure is counted over. */
export interface FigureAsk {
  reached: Reached;
  now: number;
  /** the period's beginning, and its end behind which nothing counts */
  from: number;
  until: number;
}

/** Rows of one figure are counted so far and no further. */
export const MAX_COUNTED = 10_000;

/** Rows to count, or the average of an expression over them. */
interface Counted {
  table: TenantTable;
  where: SQL | undefined;
  average?: SQL;
}

/** Of the asked period. */
export const within = (column: SQL, { from, until }: FigureAsk): SQL =>
  and(sql`${column} >= ${from}`, sql`${column} < ${until}`) as SQL;
/** What is left of each table once what is deleted or out of reach is taken away; widgets count it too. */
export const liveAppointments = (ask: FigureAsk, ...conditions: (SQL | undefined)[]): Counted => ({
  table: appointments,
  where: allOf(isNull(appointments.deletedAt), ...conditions, appointmentsReached(ask.reached)),
});
/** As `liveAppointments`. */
export const liveCalls = (ask: FigureAsk, ...conditions: (SQL | undefined)[]): Counted => ({
  table: calls,
  where: allOf(isNull(calls.deletedAt), ...conditions, callsReached(ask.reached)),
});
/** As `liveAppointments`. */
export const liveCustomers = (ask: FigureAsk, ...conditions: (SQL | undefined)[]): Counted => ({
  table: customers,
  where: allOf(isNull(customers.deletedAt), ...conditions, customersReached(ask.reached, ask.now)),
});
const activeItems = (kind: 'staff' | 'service', ask: FigureAsk): Counted => ({
  table: scheduleItems,
  where: allOf(
    eq(scheduleItems.kind, kind),
    isNull(scheduleItems.deletedAt),
    eq(scheduleItems.active, 1),
    scheduleReached(kind, ask.reached),
  ),
});

const QUERIES: Readonly<Record<FigureName, (ask: FigureAsk) => Counted>> = {
  customers_total: (ask) => liveCustomers(ask),
  customers_new: (ask) => liveCustomers(ask, within(sql`${customers.createdAt}`, ask)),
  // As the index says it: a bound value would keep SQLite from it.
  customers_vip: (ask) => liveCustomers(ask, sql`vip = 1`),
  appointments_today: (ask) =>
    liveAppointments(ask, within(sql`${appointments.startsAt}`, ask), ne(appointments.status, 'cancelled')),
  appointments_over: (ask) =>
    liveAppointments(
      ask,
      within(sql`${appointments.startsAt}`, ask),
      lte(appointments.endsAt, ask.now),
      ne(appointments.status, 'cancelled'),
    ),
  appointments_pending: (ask) => liveAppointments(ask, gte(appointments.startsAt, ask.now), sql`status = 'pending'`),
  appointments_no_show: (ask) =>
    liveAppointments(ask, within(sql`${appointments.startsAt}`, ask), eq(appointments.status, 'no_show')),
  calls_today: (ask) => liveCalls(ask, within(sql`${calls.startedAt}`, ask)),
  calls_ongoing: (ask) => liveCalls(ask, eq(calls.status, 'ongoing')),
  calls_booked: (ask) => ({
    ...liveCalls(ask, within(sql`${calls.startedAt}`, ask), ne(calls.status, 'ongoing')),
    average: sql`100.0 * (${calls.appointmentId} IS NOT NULL)`,
  }),
  calls_length: (ask) => ({
    ...liveCalls(ask, within(sql`${calls.startedAt}`, ask)),
    average: sql`${calls.durationMs} / 1000.0`,
  }),
  calls_negative: (ask) => liveCalls(ask, eq(calls.sentiment, 'negative'), within(sql`${calls.startedAt}`, ask)),
  calls_unreviewed: (ask) =>
    liveCalls(ask, within(sql`${calls.startedAt}`, ask), isNull(calls.reviewedAt), ne(calls.status, 'ongoing')),
  callbacks_open: (ask) => ({
    table: callbackRequests,
    where: allOf(inArray(callbackRequests.status, ['open', 'assigned']), callbacksReached(ask.reached)),
  }),
  callbacks_due: (ask) => ({
    table: callbackRequests,
    where: allOf(
      inArray(callbackRequests.status, ['open', 'assigned']),
      sql`${callbackRequests.dueOrder} <= ${ask.now}`,
      callbacksReached(ask.reached),
    ),
  }),
  notifications_failed: (ask) => ({
    table: notifications,
    where: allOf(
      eq(notifications.status, 'failed'),
      gte(notifications.createdAt, ask.from),
      lt(notifications.createdAt, ask.until),
      notificationsReached(ask.reached, ask.now),
    ),
  }),
  conflicts_open: (ask) => ({
    table: externalConflicts,
    where: allOf(eq(externalConflicts.status, 'open'), conflictsReached(ask.reached)),
  }),
  staff_active: (ask) => activeItems('staff', ask),
  services_active: (ask) => activeItems('service', ask),
};

/** Figures in one statement, each counted up to `MAX_COUNTED` rows; null: the average of nothing. */
export const countFigures = <N extends FigureName>(
  db: TenantDb,
  asks: ReadonlyMap<N, FigureAsk>,
): Promise<Record<string, number | null>> =>
  db.numbers(
    new Map(
      [...asks].map(([name, ask]) => {
        const { table, where, average } = QUERIES[name](ask);
        return [name, { table, where, average, most: MAX_COUNTED + 1 }] as const;
      }),
    ),
  );
