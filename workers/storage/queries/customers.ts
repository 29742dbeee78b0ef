/** D1 rows of customers and their phone lines. Called by crm/, telephony/ and whoever shows a customer beside something else. */
import { fullName } from '../../../shared/full-name.ts';
import { and, asc, desc, eq, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { customerPhones, customers } from '../tables/crm.ts';
import type { TenantDb } from '../tenant-db.ts';

export type CustomerRow = typeof customers.$inferSelect;
export type CustomerPhoneRow = typeof customerPhones.$inferSelect;
export type NewCustomer = Omit<typeof customers.$inferInsert, 'tenantId'>;

/** People on one line; a family is far below it. */
const MAX_ON_ONE_LINE = 20;
/** Ids of one statement; D1 binds at most 100 parameters. */
const MAX_IDS = 90;
/** People looked up for one answer; a day of 50 staff stays below it. */
const MAX_PEOPLE = 900;

const all = (...conditions: (SQL | undefined)[]): SQL => and(...conditions) ?? sql`1`;

/** Asks for the ids in statements that D1 can bind, all at once. */
async function inBatches<T>(ids: readonly string[], ask: (batch: string[]) => Promise<T[]>): Promise<T[]> {
  const unique = [...new Set(ids)].slice(0, MAX_PEOPLE);
  const batches: Promise<T[]>[] = [];
  for (let i = 0; i < unique.length; i += MAX_IDS) batches.push(ask(unique.slice(i, i + MAX_IDS)));
  return (await Promise.all(batches)).flat();
}

export const customerRow = (db: TenantDb, id: string): Promise<CustomerRow | null> =>
  db.row(customers, all(eq(customers.id, id), isNull(customers.deletedAt)));

/** A customer as messages and other systems need one: name in one piece and the primary line (E.164). */
export async function customerById(
  db: TenantDb,
  id: string,
): Promise<(CustomerRow & { name: string | null; phone: string | null; phoneConfirmed: boolean }) | null> {
  const [row, lines] = await Promise.all([customerRow(db, id), phonesOf(db, [id])]);
  const line = lines[0];
  if (row === null) return null;
  return {
    ...row,
    name: fullName(row),
    phone: line?.e164 ?? null,
    phoneConfirmed: (line?.confirmedAt ?? null) !== null,
  };
}

/** Up to 900 customers, in no order: names beside calls and appointments. */
export const customersByIds = (db: TenantDb, ids: readonly string[]): Promise<CustomerRow[]> =>
  inBatches(ids, (batch) =>
    db.rows(customers, { where: all(inArray(customers.id, batch), isNull(customers.deletedAt)), limit: MAX_IDS }),
  );

/** Everybody on a line, longest known first. @param extension digits dialled after the number; '' = none */
export const customersByPhone = (db: TenantDb, e164: string, extension = ''): Promise<CustomerRow[]> =>
  db.rows(customers, {
    where: all(
      sql`${customers.id} IN (SELECT ${customerPhones.customerId} FROM ${customerPhones} WHERE ${customerPhones.tenantId} = ${db.tenantId} AND ${customerPhones.e164} = ${e164} AND ${customerPhones.extension} = ${extension})`,
      isNull(customers.deletedAt),
    ),
    orderBy: [asc(customers.createdAt), asc(customers.id)],
    limit: MAX_ON_ONE_LINE,
  });

/** Somebody on a line, and since when it is known to be theirs (null: it was only said). */
export interface OnLine {
  customer: CustomerRow;
  confirmedAt: number | null;
}

/** Everybody on a line, longest known first, with what is known of each claim. */
export async function peopleOnLine(db: TenantDb, e164: string, extension = ''): Promise<OnLine[]> {
  const [people, claims] = await Promise.all([
    customersByPhone(db, e164, extension),
    db.rows(customerPhones, {
      where: all(eq(customerPhones.e164, e164), eq(customerPhones.extension, extension)),
      limit: MAX_ON_ONE_LINE * 2,
    }),
  ]);
  return people.map((customer) => ({
    customer,
    confirmedAt: claims.find((claim) => claim.customerId === customer.id)?.confirmedAt ?? null,
  }));
}

/** A network call, a code or a visit has shown whose line this is. */
export async function confirmLine(
  db: TenantDb,
  customerId: string,
  line: { e164: string; extension: string },
  now: number,
): Promise<void> {
  await db.update(
    customerPhones,
    { confirmedAt: now },
    all(
      eq(customerPhones.customerId, customerId),
      eq(customerPhones.e164, line.e164),
      eq(customerPhones.extension, line.extension),
      isNull(customerPhones.confirmedAt),
    ),
  );
}

/** @param email lower case */
export const customersByEmail = (db: TenantDb, email: string): Promise<CustomerRow[]> =>
  db.rows(customers, {
    where: all(eq(customers.email, email), isNull(customers.deletedAt)),
    orderBy: [asc(customers.createdAt), asc(customers.id)],
    limit: MAX_ON_ONE_LINE,
  });

/** The lines of up to 900 customers; each customer's primary one comes first. */
export const phonesOf = (db: TenantDb, customerIds: readonly string[]): Promise<CustomerPhoneRow[]> =>
  inBatches(customerIds, (batch) =>
    db.rows(customerPhones, {
      where: inArray(customerPhones.customerId, batch),
      orderBy: [desc(customerPhones.primary), asc(customerPhones.e164)],
      limit: MAX_IDS * 4,
    }),
  );

/** Inserts unless the id exists, with its line, in one transaction: concurrent calls with one derived id make one customer. */
export async function insertCustomerOnce(
  db: TenantDb,
  customer: NewCustomer,
  line: { e164: string; extension: string } | null,
  confirmed = true,
): Promise<void> {
  await db.batch([
    db.upsertOf(customers, customer, [customers.id], { id: customer.id }),
    ...(line === null ? [] : [linePut(db, customer.id, line, true, customer.createdAt, confirmed)]),
  ]);
}

const linePut = (
  db: TenantDb,
  customerId: string,
  line: { e164: string; extension: string },
  primary: boolean,
  now: number,
  confirmed: boolean,
) =>
  db.upsertOf(
    customerPhones,
    { ...line, customerId, primary, createdAt: now, confirmedAt: confirmed ? now : null },
    [customerPhones.e164, customerPhones.extension, customerPhones.customerId],
    // What was confirmed once stays so.
    { primary, ...(confirmed ? { confirmedAt: sql`coalesce(${customerPhones.confirmedAt}, ${now})` } : {}) },
  );

/** Compare-and-swap on the version; null when somebody else changed the row (or it is gone). */
export async function updateCustomer(
  db: TenantDb,
  id: string,
  expectedVersion: number | null,
  set: Partial<NewCustomer>,
  now: number,
): Promise<CustomerRow | null> {
  const changed = await db.update(
    customers,
    { ...set, updatedAt: now, version: sql`${customers.version} + 1` },
    all(
      eq(customers.id, id),
      isNull(customers.deletedAt),
      expectedVersion === null ? undefined : eq(customers.version, expectedVersion),
    ),
  );
  return changed[0] ?? null;
}

/** Replaces all lines of a customer; the first is the primary one. */
export async function replacePhones(
  db: TenantDb,
  customerId: string,
  lines: readonly { e164: string; extension: string }[],
  now: number,
): Promise<void> {
  await db.batch([
    db.removeOf(customerPhones, eq(customerPhones.customerId, customerId)),
    // Who may change a customer knows whose line it is.
    ...lines.map((line, index) => linePut(db, customerId, line, index === 0, now, true)),
  ]);
}

/** Newest first, keyset by (created_at, id). */
export const customersPage = (
  db: TenantDb,
  options: {
    after: { createdAt: number; id: string } | null;
    limit: number;
    email?: string;
    phone?: string;
    vip?: boolean;
  },
): Promise<CustomerRow[]> =>
  db.rows(customers, {
    where: all(
      isNull(customers.deletedAt),
      options.after === null
        ? undefined
        : or(
            lt(customers.createdAt, options.after.createdAt),
            and(eq(customers.createdAt, options.after.createdAt), lt(customers.id, options.after.id)),
          ),
      options.email === undefined ? undefined : eq(customers.email, options.email),
      options.vip === undefined ? undefined : eq(customers.vip, options.vip),
      options.phone === undefined
        ? undefined
        : sql`${customers.id} IN (SELECT ${customerPhones.customerId} FROM ${customerPhones} WHERE ${customerPhones.tenantId} = ${db.tenantId} AND ${customerPhones.e164} = ${options.phone})`,
    ),
    orderBy: [desc(customers.createdAt), desc(customers.id)],
    limit: options.limit,
  });

/** Last sign of life, for the journey; never moves backwards. */
export async function touchCustomer(db: TenantDb, id: string, at: number): Promise<void> {
  await db.update(
    customers,
    { lastActivityAt: at },
    all(eq(customers.id, id), or(isNull(customers.lastActivityAt), lt(customers.lastActivityAt, at))),
  );
}
