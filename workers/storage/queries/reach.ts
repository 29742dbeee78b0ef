/**
 * Which rows exist for somebody who does not reach the whole tenant: one condition a table, for the lists, look-ups and exports over it. The
 * same for what the calendar object answers is tenancy/within-reach.ts. Called by the resources' backings through `scope.reached()`.
 */
import { eq, gte, isNull, or, type SQL, sql } from 'drizzle-orm';
import { DAY } from '../../../shared/time.ts';
import { allOf } from '../resource-list.ts';
import { scheduleItems } from '../tables/calendar.ts';
import { calls } from '../tables/calls.ts';
import { customers } from '../tables/crm.ts';
import type { TenantDb } from '../tenant-db.ts';

/** How far somebody reaches, in ids of what is there now. */
export interface Reached {
  /** whose appointments are all there is; null: everybody's */
  staff: readonly string[] | null;
  /** the user who has only their own; null: no such bound */
  ownOf: string | null;
  /** null: not bound to places; then the lists below are empty and count for nothing */
  branches: readonly string[] | null;
  companies: readonly string[];
  /** companies that are reached with every branch they will ever have */
  wholeCompanies: readonly string[];
  /** who works in a reached branch */
  people: readonly string[];
  /** whose hours and absences are reached: people, branches, rooms, companies */
  owners: readonly string[];
}

/** Everything. */
export const REACHES_ALL: Reached = {
  staff: null,
  ownOf: null,
  branches: null,
  companies: [],
  wholeCompanies: [],
  people: [],
  owners: [],
};

/** Whether anything is out of reach. */
export const isNarrow = ({ staff, branches }: Reached): boolean => staff !== null || branches !== null;

const among = (column: SQL, ids: readonly string[]): SQL =>
  sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;

/** Whom somebody with only their own sees: who had an appointment with them so long ago at most, or has one ahead. */
const SEEN_BY_OWN_MS = 365 * DAY;

/** True of an appointment that one of these people serves in, first or later. @param table its name or alias in the statement */
const servedBy = (table: string, staffIds: readonly string[]): SQL => {
  const column = (name: string): SQL => sql.raw(`${table}.${name}`);
  return sql`(${among(column('staff_id'), staffIds)} OR EXISTS (SELECT 1 FROM json_each(${column('segments')}) AS part WHERE ${among(sql`part.value ->> '$.staffId'`, staffIds)}))`;
};

/** True of a row of `appointments` under this name. Undefined: all are reached. */
function appointmentIs(table: string, { staff, branches }: Reached): SQL | undefined {
  if (staff === null && branches === null) return undefined;
  return allOf(
    staff === null ? undefined : servedBy(table, staff),
    branches === null ? undefined : among(sql.raw(`${table}.branch_id`), branches),
  );
}

/** Appointments: served by one's own person, in a reached branch. */
export const appointmentsReached = (reached: Reached): SQL | undefined => appointmentIs('appointments', reached);

/** True where the appointment that a row names is reached. @param column of the row, with its table */
const namesReached = (tenant: string, column: string, reached: Reached): SQL =>
  sql`EXISTS (SELECT 1 FROM appointments AS visit WHERE visit.tenant_id = ${sql.raw(tenant)} AND visit.id = ${sql.raw(column)} AND ${appointmentIs('visit', reached) ?? sql`1`})`;

/** What was changed in appointments: in reached ones. */
export const modificationsReached = (reached: Reached): SQL | undefined =>
  isNarrow(reached)
    ? namesReached('appointment_modifications.tenant_id', 'appointment_modifications.appointment_id', reached)
    : undefined;

/** Nobody has booked for this customer yet. */
const unbooked = sql`NOT EXISTS (SELECT 1 FROM appointments AS visit WHERE visit.tenant_id = ${customers.tenantId} AND visit.customer_id = ${customers.id})`;

/**
 * Customers: with only one's own those who had an own appointment in the last twelve months or have one ahead; of places those with an
 * appointment there, and those whom nobody has booked for yet.
 * @param now of the request
 */
export function customersReached(reached: Reached, now: number): SQL | undefined {
  const visits = appointmentIs('visit', reached);
  if (visits === undefined) return undefined;
  const since = reached.staff === null ? sql`1` : gte(sql`visit.starts_at`, now - SEEN_BY_OWN_MS);
  const visited = sql`EXISTS (SELECT 1 FROM appointments AS visit WHERE visit.tenant_id = ${customers.tenantId} AND visit.customer_id = ${customers.id} AND ${since} AND ${visits})`;
  return reached.staff === null ? sql`(${visited} OR ${unbooked})` : visited;
}

/** Whether a customer may be booked for: who is reached, and who is nobody's yet (somebody just entered). */
export async function mayBookFor(db: TenantDb, id: string, reached: Reached, now: number): Promise<boolean> {
  const where = customersReached(reached, now);
  if (where === undefined) return true;
  return (
    (
      await db.fields(
        customers,
        { id: customers.id },
        { where: allOf(eq(customers.id, id), or(where, unbooked)), limit: 1 },
      )
    ).length === 1
  );
}

/** Whether a customer, deleted or not, is reached. */
export async function isCustomerReached(db: TenantDb, id: string, reached: Reached, now: number): Promise<boolean> {
  const where = customersReached(reached, now);
  if (where === undefined) return true;
  return (
    (await db.fields(customers, { id: customers.id }, { where: allOf(eq(customers.id, id), where), limit: 1 }))
      .length === 1
  );
}

/** Calls: with only one's own those that made an own appointment; of places those to a number there. */
export function callsReached(reached: Reached): SQL | undefined {
  const { staff, branches } = reached;
  if (!isNarrow(reached)) return undefined;
  return allOf(
    staff === null
      ? undefined
      : namesReached('calls.tenant_id', 'calls.appointment_id', { ...reached, branches: null }),
    branches === null ? undefined : among(sql.raw('calls.branch_id'), branches),
  );
}

/** Whether a call is there for somebody who reaches so far. */
export async function isCallShown(db: TenantDb, id: string, reached: Reached): Promise<boolean> {
  const where = allOf(eq(calls.id, id), isNull(calls.deletedAt), callsReached(reached));
  return (await db.fields(calls, { id: calls.id }, { where, limit: 1 })).length === 1;
}

/** Call backs: with only one's own those one has taken; of places those of a reached branch. */
export function callbacksReached({ staff, ownOf, branches }: Reached): SQL | undefined {
  if (staff === null && branches === null) return undefined;
  return allOf(
    staff === null ? undefined : sql`callback_requests.assigned_to = ${ownOf}`,
    branches === null ? undefined : among(sql.raw('callback_requests.branch_id'), branches),
  );
}

/** Conflicts: of one's own person; of places those of somebody there, or about an appointment there. */
export function conflictsReached(reached: Reached): SQL | undefined {
  const { staff, branches, people } = reached;
  if (!isNarrow(reached)) return undefined;
  const person = sql.raw('external_conflicts.staff_id');
  const about = namesReached('external_conflicts.tenant_id', 'external_conflicts.appointment_id', reached);
  return allOf(
    staff === null ? undefined : sql`(${among(person, staff)} OR ${about})`,
    branches === null ? undefined : sql`(${among(person, people)} OR ${about})`,
  );
}

/** Messages: about a reached appointment, or to a reached customer about none. */
export function notificationsReached(reached: Reached, now: number): SQL | undefined {
  const visits = customersReached(reached, now);
  if (visits === undefined) return undefined;
  const toThem = sql`EXISTS (SELECT 1 FROM ${customers} WHERE ${customers.tenantId} = notifications.tenant_id AND ${customers.id} = notifications.customer_id AND ${visits})`;
  return sql`(${namesReached('notifications.tenant_id', 'notifications.appointment_id', reached)} OR (notifications.appointment_id IS NULL AND ${toThem}))`;
}

/** Erasures: of who has a reached appointment. */
export function erasuresReached(reached: Reached): SQL | undefined {
  const visits = appointmentIs('visit', reached);
  return visits === undefined
    ? undefined
    : sql`EXISTS (SELECT 1 FROM appointments AS visit WHERE visit.tenant_id = erasures.tenant_id AND visit.customer_id = erasures.customer_id AND ${visits})`;
}

/** What names neither branch nor person (stored webhooks): nothing of it. */
export const nothingReached = (reached: Reached): SQL | undefined => (isNarrow(reached) ? sql`0` : undefined);

const { body, branchId, companyId, id } = scheduleItems;
const member = (name: string): SQL => sql`json_extract(${body}, ${`$.${name}`})`;

/** Master data of a kind, as `isItemReached` of tenancy/within-reach.ts judges single items. */
export function scheduleReached(kind: string, reached: Reached): SQL | undefined {
  const { staff, branches, companies, people, owners } = reached;
  const isOwned = kind === 'hours' || kind === 'exception';
  // Why and when a colleague is away is not theirs to know; what is nobody's in person is.
  const ofColleague =
    staff === null || !isOwned
      ? undefined
      : sql`(${member('ownerKind')} <> 'staff' OR ${among(member('ownerId'), staff)})`;
  if (branches === null) return ofColleague;
  switch (kind) {
    case 'company':
      return among(sql`${id}`, companies);
    case 'branch':
      return among(sql`${id}`, branches);
    case 'staff':
      return among(sql`${id}`, people);
    case 'service':
      return among(sql`${companyId}`, companies);
    case 'resource':
      return among(sql`${branchId}`, branches);
    default:
      return allOf(
        ofColleague,
        among(member('ownerId'), owners),
        or(sql`${member('branchId')} IS NULL`, among(member('branchId'), branches)),
      );
  }
}

/** What is written about customers (consents, notes): of those who are reached. @param table whose rows they are */
export function ofCustomersReached(
  table: 'consents' | 'customer_notes',
  reached: Reached,
  now: number,
): SQL | undefined {
  const where = customersReached(reached, now);
  return where === undefined
    ? undefined
    : sql`EXISTS (SELECT 1 FROM ${customers} WHERE ${customers.tenantId} = ${sql.raw(`${table}.tenant_id`)} AND ${customers.id} = ${sql.raw(`${table}.customer_id`)} AND ${where})`;
}
