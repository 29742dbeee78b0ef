/** What each widget counts: one bounded sub-select by an index of its table, grouped by a property or by quarters of an hour. Called by workers/figures/. */
import { inArray, ne, type SQL, sql } from 'drizzle-orm';
import { type CountedName, QUARTER_MS } from '../../../shared/widget-names.ts';
import { allOf } from '../resource-list.ts';
import { appointmentModifications, appointments } from '../tables/calendar.ts';
import { calls } from '../tables/calls.ts';
import { customers } from '../tables/crm.ts';
import { notifications } from '../tables/notifications.ts';
import type { Group, Grouped, TenantDb } from '../tenant-db.ts';
import { type FigureAsk, liveAppointments, liveCalls, liveCustomers, MAX_COUNTED, within } from './figures.ts';
import { modificationsReached, notificationsReached } from './reach.ts';

/** Different keys of one widget: quarters of an hour of the longest period with opening hours of half a day. */
const MAX_KEYS = 5_000;

type Counts = Pick<Grouped, 'table' | 'where' | 'newest' | 'key' | 'sums'>;
/** What is counted in D1; how busy people are is the calendar's own to say. */
type InD1 = Exclude<CountedName, 'staff_utilisation'>;

const quarterOf = (column: SQL): SQL => sql`${column} / ${sql.raw(String(QUARTER_MS))}`;
const ONE = sql`1`;

const appointmentsOf = (ask: FigureAsk, key: SQL, sums: readonly SQL[], ...conditions: SQL[]): Counts => ({
  ...liveAppointments(ask, within(sql`${appointments.startsAt}`, ask), ...conditions),
  newest: sql`${appointments.startsAt}`,
  key,
  sums,
});
const callsOf = (ask: FigureAsk, key: SQL, sums: readonly SQL[], ...conditions: SQL[]): Counts => ({
  ...liveCalls(ask, within(sql`${calls.startedAt}`, ask), ...conditions),
  newest: sql`${calls.startedAt}`,
  key,
  sums,
});

const isOver = ne(calls.status, 'ongoing');
const notCancelled = ne(appointments.status, 'cancelled');
const startQuarter = quarterOf(sql`${appointments.startsAt}`);
const callQuarter = quarterOf(sql`${calls.startedAt}`);
/** A call back was asked for in it. */
const askedForCallback = sql`EXISTS (SELECT 1 FROM callback_requests AS promise WHERE promise.tenant_id = ${calls.tenantId} AND promise.call_id = ${calls.id})`;

const QUERIES: Readonly<Record<InD1, (ask: FigureAsk) => Counts>> = {
  conversion: (ask) => callsOf(ask, callQuarter, [sql`${calls.appointmentId} IS NOT NULL`, ONE], isOver),
  call_outcomes: (ask) =>
    callsOf(
      ask,
      sql`CASE WHEN ${calls.appointmentId} IS NOT NULL THEN 'appointment' WHEN ${askedForCallback} THEN 'callback' ELSE 'other' END`,
      [ONE],
      isOver,
    ),
  peak_hours: (ask) => callsOf(ask, callQuarter, [ONE]),
  booking_sources: (ask) => appointmentsOf(ask, sql`${appointments.source}`, [ONE]),
  top_services: (ask) => appointmentsOf(ask, sql`${appointments.serviceId}`, [ONE], notCancelled),
  no_show_rate: (ask) =>
    appointmentsOf(
      ask,
      startQuarter,
      [sql`${appointments.status} = 'no_show'`, ONE],
      inArray(appointments.status, ['completed', 'no_show']),
    ),
  customers_new: (ask) => ({
    ...liveCustomers(ask, within(sql`${customers.createdAt}`, ask)),
    newest: sql`${customers.createdAt}`,
    key: quarterOf(sql`${customers.createdAt}`),
    sums: [ONE],
  }),
  company_overview: (ask) => appointmentsOf(ask, sql`${appointments.companyId}`, [ONE], notCancelled),
  company_growth: (ask) => appointmentsOf(ask, startQuarter, [ONE], notCancelled),
  sentiment: (ask) => callsOf(ask, sql`coalesce(${calls.sentiment}, 'unknown')`, [ONE], isOver),
  call_length: (ask) =>
    callsOf(ask, callQuarter, [sql`${calls.durationMs} / 1000`, ONE], sql`${calls.durationMs} IS NOT NULL`),
  changes: (ask) => ({
    table: appointmentModifications,
    where: allOf(within(sql`${appointmentModifications.at}`, ask), modificationsReached(ask.reached)),
    newest: sql`${appointmentModifications.at}`,
    key: sql`${appointmentModifications.type}`,
    sums: [ONE],
  }),
  messages: (ask) => ({
    table: notifications,
    where: allOf(within(sql`${notifications.createdAt}`, ask), notificationsReached(ask.reached, ask.now)),
    newest: sql`${notifications.createdAt}`,
    key: sql`${notifications.status}`,
    sums: [ONE],
  }),
  calcom_sync: (ask) => appointmentsOf(ask, sql`${appointments.syncStatus}`, [ONE], notCancelled),
};

/** Widgets in one statement, each over its newest `MAX_COUNTED` rows. */
export const countWidgets = <N extends InD1>(
  db: TenantDb,
  asks: ReadonlyMap<N, FigureAsk>,
): Promise<Record<string, Group[]>> =>
  db.groups(
    new Map(
      [...asks].map(([name, ask]) => [name, { ...QUERIES[name](ask), most: MAX_COUNTED, keys: MAX_KEYS }] as const),
    ),
  );
