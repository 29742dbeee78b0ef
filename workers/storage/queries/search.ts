/**
 * What the search over everything reads: one statement a kind, all of them by one way to D1. Each begins at a stretch of an index and is
 * bounded, so that it costs the same in a tenant of a hundred and of a hundred thousand customers. Called by workers/search/.
 */
import { asc, desc, eq, gte, isNull, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { nameContains } from '../name-contains.ts';
import { allOf, beginsWith } from '../resource-list.ts';
import { appointments, scheduleItems } from '../tables/calendar.ts';
import { calls } from '../tables/calls.ts';
import { customerPhones, customers, customerWords } from '../tables/crm.ts';
import type { Read, TenantDb } from '../tenant-db.ts';
import { PRIMARY_LINE, type PersonBeside, personBeside } from './customers.ts';
import { appointmentsReached, callsReached, customersReached, type Reached, scheduleReached } from './reach.ts';

/** Entries of one stretch; whoever types on narrows it. */
const MAX_STRETCH = 60;
/** Customers whose appointments and calls are looked at. */
const MAX_PEOPLE = 20;
/** Rows of these that are read before the best are chosen. */
const MAX_ROWS = 120;

/** By what customers are looked up; stretches of an index. */
export interface Stretches {
  of: 'word' | 'phone' | 'email';
  /** beginnings, the most telling first */
  beginnings: readonly string[];
  /** looked through too, after those: single words where `beginnings` are pairs */
  wider: readonly string[];
}

const COLUMNS = {
  word: { table: customerWords, by: customerWords.word, id: customerWords.customerId },
  phone: { table: customerPhones, by: customerPhones.e164, id: customerPhones.customerId },
  email: { table: customers, by: customers.email, id: customers.id },
} as const;

/** Ids of customers in stretches, as a sub-select. */
function idsIn(db: TenantDb, of: Stretches['of'], beginnings: readonly string[], most: number): SQL {
  const { table, by, id } = COLUMNS[of];
  const parts = beginnings.map(
    (text) =>
      sql`SELECT * FROM (SELECT ${id} FROM ${table} WHERE ${allOf(eq(table.tenantId, db.tenantId), beginsWith(by, text))} ORDER BY ${by}, ${id} LIMIT ${most})`,
  );
  return parts.length === 0 ? sql`SELECT NULL LIMIT 0` : sql.join(parts, sql` UNION ALL `);
}

/** Customers that are found, in no order, with what they are judged by. */
export interface FoundCustomer {
  id: string;
  firstName: string | null;
  lastName: string | null;
  nameKey: string;
  phone: string | null;
}

export const customersFound = (
  db: TenantDb,
  { of, beginnings, wider }: Stretches,
  reached: Reached,
  now: number,
): Read =>
  db.fieldsOf(
    customers,
    {
      id: customers.id,
      firstName: customers.firstName,
      lastName: customers.lastName,
      nameKey: customers.nameKey,
      phone: PRIMARY_LINE.as('phone'),
    },
    {
      ids: idsIn(db, of, [...beginnings, ...wider], MAX_STRETCH),
      // Whoever tried the agent is nobody's customer; who asked to be erased is found no more.
      where: allOf(
        sql`source <> 'test'`,
        isNull(customers.deletedAt),
        isNull(customers.deletionRequestedAt),
        customersReached(reached, now),
      ),
      limit: MAX_STRETCH * (beginnings.length + wider.length),
    },
  );

/** Rows of a table by their customer, each found by the table's index of customers. */
const ofPeople = (db: TenantDb, column: SQLiteColumn, { of, beginnings }: Stretches): SQL =>
  sql`${column} IN (${idsIn(db, of, beginnings, MAX_PEOPLE)})`;

export interface FoundAppointment {
  id: string;
  startsAt: number;
  branchId: string;
  serviceId: string;
  staffId: string;
  customerId: string;
  status: (typeof appointments.$inferSelect)['status'];
  /** JSON of `PersonBeside` */
  person: string | null;
}

/** Appointments from an instant on, of the first customers that are found. */
export const appointmentsFound = (db: TenantDb, stretches: Stretches, reached: Reached, since: number): Read =>
  db.fieldsOf(
    appointments,
    {
      id: appointments.id,
      startsAt: appointments.startsAt,
      branchId: appointments.branchId,
      serviceId: appointments.serviceId,
      staffId: appointments.staffId,
      customerId: appointments.customerId,
      status: appointments.status,
      person: personBeside('appointments').as('person'),
    },
    {
      where: allOf(
        ofPeople(db, appointments.customerId, stretches),
        gte(appointments.startsAt, since),
        isNull(appointments.deletedAt),
        appointmentsReached(reached),
      ),
      limit: MAX_ROWS,
    },
  );

export interface FoundCall {
  id: string;
  startedAt: number;
  fromNumber: string | null;
  customerId: string | null;
  /** JSON of `PersonBeside` */
  person: string | null;
}

/** Calls of the first customers that are found, or from numbers that begin so, also of nobody's. */
export const callsFound = (db: TenantDb, stretches: Stretches, reached: Reached, since: number): Read => {
  const [number = ''] = stretches.beginnings;
  return db.fieldsOf(
    calls,
    {
      id: calls.id,
      startedAt: calls.startedAt,
      fromNumber: calls.fromNumber,
      customerId: calls.customerId,
      person: personBeside('calls').as('person'),
    },
    {
      where: allOf(
        stretches.of === 'phone' ? beginsWith(calls.fromNumber, number) : ofPeople(db, calls.customerId, stretches),
        gte(calls.startedAt, since),
        isNull(calls.deletedAt),
        callsReached(reached),
      ),
      ...(stretches.of === 'phone' && { orderBy: [desc(calls.fromNumber), desc(calls.startedAt)] }),
      limit: MAX_ROWS,
    },
  );
};

/** Names of somebody beside a row that `appointmentsFound` or `callsFound` read; null: there is nobody. */
export const personOf = ({ person }: { person: string | null }): PersonBeside =>
  person === null ? null : (JSON.parse(person) as PersonBeside);

export interface FoundItem {
  id: string;
  name: string;
}

/** Master data of a kind whose name holds the text, by name. */
export const itemsFound = (
  db: TenantDb,
  kind: 'staff' | 'service' | 'branch' | 'company',
  text: string,
  reached: Reached,
  limit: number,
): Read =>
  db.fieldsOf(
    scheduleItems,
    { id: scheduleItems.id, name: scheduleItems.name },
    {
      where: allOf(
        eq(scheduleItems.kind, kind),
        isNull(scheduleItems.deletedAt),
        nameContains(scheduleItems.name, text),
        scheduleReached(kind, reached),
      ),
      orderBy: [asc(scheduleItems.name), asc(scheduleItems.id)],
      limit,
    },
  );
