/** D1 rows of customers and their phone lines. Called by crm/, telephony/ and every module that shows a customer next to something else. */
import { fullName } from '../../../shared/full-name.ts';
import { nameEntries, nameKey } from '../../../shared/name-words.ts';
import { asc, desc, eq, getTableColumns, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { processNow } from '../../../shared/clock.ts';
import type { TenantId } from '../../../shared/ids.ts';
import type { Platform } from '../../env.ts';
import { firstTenantWith } from '../d1.ts';
import { allOf, beginsWith, besideOf, has, type ListSource } from '../resource-list.ts';
import { appointments } from '../tables/calendar.ts';
import { consents, customerNotes, customerPhones, customers, customerTags, customerWords } from '../tables/crm.ts';
import { ledgerEntries } from '../tables/ledger.ts';
import type { TenantDb, Write } from '../tenant-db.ts';

export type CustomerRow = typeof customers.$inferSelect;
type CustomerPhoneRow = typeof customerPhones.$inferSelect;
type NewCustomer = Omit<typeof customers.$inferInsert, 'tenantId'>;

/** People on one line; a family is far below it. */
const MAX_ON_ONE_LINE = 20;
/** Ids of one statement; D1 binds at most 100 parameters. */
const MAX_IDS = 90;
/** People looked up for one answer; a look at several days (MAX_RANGE_ROWS and its last day) stays below it. */
const MAX_PEOPLE = 1_500;

/** Asks for the ids in statements that D1 can bind, all at once. */
async function inBatches<T>(ids: readonly string[], ask: (batch: string[]) => Promise<T[]>): Promise<T[]> {
  const unique = [...new Set(ids)].slice(0, MAX_PEOPLE);
  const batches: Promise<T[]>[] = [];
  for (let i = 0; i < unique.length; i += MAX_IDS) batches.push(ask(unique.slice(i, i + MAX_IDS)));
  return (await Promise.all(batches)).flat();
}

export const customerRow = (db: TenantDb, id: string): Promise<CustomerRow | null> =>
  db.row(customers, allOf(eq(customers.id, id), isNull(customers.deletedAt)));

/** Who came from there, deleted or not. @param origin keyed hash (tenancy/caller-keys.ts) */
export const customerOfOrigin = (db: TenantDb, origin: string): Promise<CustomerRow | null> =>
  db.row(customers, eq(customers.origin, origin));

/** Deleted ones and erased ones, too. */
export const customerRowAnyState = (db: TenantDb, id: string): Promise<CustomerRow | null> =>
  db.row(customers, eq(customers.id, id));

/** A customer as messages and other systems need one: name in one piece and the primary line (E.164). */
export type CustomerWithLine = CustomerRow & { name: string | null; phone: string | null; phoneConfirmed: boolean };

/** Customers that are not deleted, with their line, in no order; at most `MAX_PEOPLE`. */
export async function customersWithLine(db: TenantDb, ids: readonly string[]): Promise<CustomerWithLine[]> {
  // One statement: row and line are read for every message, and each statement is a way to D1 and back.
  // Written out: of one table Drizzle names columns without it, and `tenant_id = tenant_id` would read everybody's lines.
  const line = sql.raw(`(SELECT json_array(line.e164, line.confirmed_at) FROM customer_phones AS line
    WHERE line.tenant_id = customers.tenant_id AND line.customer_id = customers.id
    ORDER BY line.is_primary DESC, line.e164 LIMIT 1)`);
  const found = await db.fields(
    customers,
    { ...getTableColumns(customers), line },
    {
      ids,
      where: isNull(customers.deletedAt),
      limit: MAX_PEOPLE,
    },
  );
  return found.map(({ line: read, ...columns }) => {
    const row = columns as CustomerRow;
    const [e164, confirmedAt] = read === null ? [null, null] : (JSON.parse(String(read)) as [string, number | null]);
    return { ...row, name: fullName(row), phone: e164, phoneConfirmed: confirmedAt !== null };
  });
}

export const customerById = async (db: TenantDb, id: string): Promise<CustomerWithLine | null> =>
  (await customersWithLine(db, [id]))[0] ?? null;

/**
 * Up to `MAX_PEOPLE` customers, in no order: names beside calls and appointments, which keep them when the customer is deleted. Whoever asked to be
 * erased has none any more.
 */
export const customersByIds = async (db: TenantDb, ids: readonly string[]): Promise<CustomerRow[]> =>
  (await inBatches(ids, (batch) => db.rows(customers, { where: inArray(customers.id, batch), limit: MAX_IDS }))).map(
    withoutHidden,
  );

/** True of what is written about somebody who asked to be erased: no list shows it any more. */
export const ofHidden = (table: 'consents' | 'customer_notes'): SQL =>
  sql.raw(
    `EXISTS (SELECT 1 FROM customers AS person WHERE person.tenant_id = ${table}.tenant_id AND person.id = ${table}.customer_id AND person.deletion_requested_at IS NOT NULL)`,
  );

/** Names of the person of a row of another table, as its list reads them beside it; null: there is nobody. Of who asked to be erased without them. */
export type PersonBeside = [first: string | null, last: string | null] | null;
export const personBeside = (table: 'appointments' | 'calls' | 'callback_requests' | 'external_conflicts'): SQL =>
  sql.raw(`(SELECT json_array(CASE WHEN deletion_requested_at IS NULL THEN first_name END, CASE WHEN deletion_requested_at IS NULL THEN last_name END)
  FROM customers AS person WHERE person.tenant_id = ${table}.tenant_id AND person.id = ${table}.customer_id)`);

/** The row; of somebody who asked to be erased without what says who it was. */
export const withoutHidden = (row: CustomerRow): CustomerRow =>
  row.deletionRequestedAt === null
    ? row
    : { ...row, firstName: null, lastName: null, email: null, notes: null, language: null };

/** Everybody on a line, longest known first. @param extension digits dialled after the number; '' = none */
export const customersByPhone = (db: TenantDb, e164: string, extension = ''): Promise<CustomerRow[]> =>
  db.rows(customers, {
    where: allOf(
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
      where: allOf(eq(customerPhones.e164, e164), eq(customerPhones.extension, extension)),
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
    allOf(
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
    where: allOf(eq(customers.email, email), isNull(customers.deletedAt)),
    orderBy: [asc(customers.createdAt), asc(customers.id)],
    limit: MAX_ON_ONE_LINE,
  });

/** Customers whose lines one statement reads: five lines each are a full answer. */
const MAX_WITH_LINES = 200;

/** The lines of up to 900 customers; each customer's primary one comes first. */
export async function phonesOf(db: TenantDb, customerIds: readonly string[]): Promise<CustomerPhoneRow[]> {
  const ids = [...new Set(customerIds)].slice(0, MAX_PEOPLE);
  const reads: Promise<CustomerPhoneRow[]>[] = [];
  for (let i = 0; i < ids.length; i += MAX_WITH_LINES) {
    reads.push(
      db.rows(customerPhones, {
        where: sql`${customerPhones.customerId} IN (SELECT value FROM json_each(${JSON.stringify(ids.slice(i, i + MAX_WITH_LINES))}))`,
        orderBy: [desc(customerPhones.primary), asc(customerPhones.e164)],
        limit: MAX_WITH_LINES * 5,
      }),
    );
  }
  return (await Promise.all(reads)).flat();
}

/** Somebody beside an appointment of a day. */
export interface PersonWithLine {
  firstName: string | null;
  lastName: string | null;
  /** E.164 of the primary line, which is the first one by number where none is */
  phone: string | null;
}

/** Up to 900 customers by id with their primary line, in one statement. Of who asked to be erased nothing is said. */
export async function peopleWithLines(
  db: TenantDb,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, PersonWithLine>> {
  const ids = [...new Set(customerIds)].slice(0, MAX_PEOPLE);
  if (ids.length === 0) return new Map();
  const rows = (await db.fields(
    customers,
    {
      id: customers.id,
      firstName: customers.firstName,
      lastName: customers.lastName,
      isHidden: sql`deletion_requested_at IS NOT NULL`.as('is_hidden'),
      phone: PRIMARY_LINE.as('phone'),
    },
    { ids, limit: ids.length },
  )) as (PersonWithLine & { id: string; isHidden: 0 | 1 })[];
  return new Map(
    rows.map(({ id, isHidden, firstName, lastName, phone }) => [
      id,
      isHidden === 1 ? { firstName: null, lastName: null, phone: null } : { firstName, lastName, phone },
    ]),
  );
}

/** What is shown of a customer beside the row. */
export interface Belongings {
  phones: Pick<CustomerPhoneRow, 'e164' | 'extension' | 'primary'>[];
  tags: { id: string; name: string }[];
}

// Names of tables as text: in a selection from one table Drizzle drops them, and the inner rows' own columns would be meant.
export const PRIMARY_LINE = sql.raw(`(SELECT e164 FROM customer_phones p
  WHERE p.tenant_id = customers.tenant_id AND p.customer_id = customers.id ORDER BY is_primary DESC, +e164 LIMIT 1)`);
const BELONGINGS =
  sql.raw(`json_object('phones', (SELECT json_group_array(json_array(e164, extension, is_primary)) FROM customer_phones p
  WHERE p.tenant_id = customers.tenant_id AND p.customer_id = customers.id), 'tags', (SELECT json_group_array(json_array(t.id, t.name)) FROM customer_tags c
  JOIN tags t ON t.tenant_id = c.tenant_id AND t.id = c.tag_id AND t.deleted_at IS NULL
  WHERE c.tenant_id = customers.tenant_id AND c.customer_id = customers.id))`);

/** Lines (the primary one first) and tags (by name) of up to 900 customers: one statement, whatever they have. */
export async function belongingsOf(
  db: TenantDb,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, Belongings>> {
  const ids = [...new Set(customerIds)].slice(0, MAX_PEOPLE);
  if (ids.length === 0) return new Map();
  const rows = (await db.fields(
    customers,
    { id: customers.id, beside: BELONGINGS.as('beside') },
    { ids, limit: ids.length },
  )) as { id: string; beside: string }[];
  return new Map(
    rows.flatMap((row) => {
      const belongings = belongingsBeside(row);
      return belongings === undefined ? [] : [[row.id, belongings]];
    }),
  );
}

/** Of a customer that its list has read. */
export function belongingsBeside(row: { beside?: string | null }): Belongings | undefined {
  const read = besideOf<{ phones: [string, string, 0 | 1][]; tags: [string, string][] }>(row);
  return (
    read && {
      phones: read.phones
        .map(([e164, extension, primary]) => ({ e164, extension, primary: primary === 1 }))
        .sort((a, b) => Number(b.primary) - Number(a.primary) || before(a.e164, b.e164)),
      tags: read.tags.map(([id, name]) => ({ id, name })).sort((a, b) => before(a.name, b.name)),
    }
  );
}

const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

// ---- the resource: how customers are listed, searched and written (crm/) -----------------------------------------------

export const customerList: ListSource<typeof customers> = {
  table: customers,
  beside: BELONGINGS,
  // Whoever tried the agent is nobody's customer.
  hides: sql`source = 'test'`,
  judgedBy: { firstName: customers.firstName, lastName: customers.lastName },
  sorts: {
    created_at: { by: customers.createdAt, of: (row) => row.createdAt, kind: 'number' },
    name: { by: customers.nameKey, of: (row) => row.nameKey, kind: 'text' },
    last_activity_at: { by: customers.activityOrder, of: (row) => row.lastActivityAt ?? 0, kind: 'number' },
  },
  filters: {
    // Written out: the planner takes a partial index only for the very condition it was made with.
    is_vip: (value) => ({ where: value === 'true' ? sql`vip = 1` : sql`vip = 0`, indexed: value === 'true' }),
    journey_status: has(customers.journeyStatus, true),
    unused_months: (value) => ({ where: unusedSince(monthsBefore(processNow(), Number(value))), indexed: false }),
  },
};

const monthsBefore = (now: number, months: number): number => {
  const day = new Date(now);
  day.setUTCMonth(day.getUTCMonth() - months);
  return day.getTime();
};

/** Neither entered, nor called, nor came since, nothing is to come, and nobody agreed to be written to. Sorted by the last call they come first. */
const unusedSince = (since: number): SQL =>
  // The plus keeps the planner from reading a whole range of these where a look-up by id is asked for beside it.
  sql`+${customers.activityOrder} < ${since} AND +${customers.createdAt} < ${since} AND ${customers.marketingConsent} = 0 AND NOT EXISTS (SELECT 1 FROM appointments AS visit WHERE visit.tenant_id = ${customers.tenantId} AND visit.customer_id = ${customers.id} AND visit.starts_at >= ${since}) AND NOT EXISTS (SELECT 1 FROM calls AS rung WHERE rung.tenant_id = ${customers.tenantId} AND rung.customer_id = ${customers.id} AND rung.started_at >= ${since})`;

const idsOf = (rows: readonly Record<string, unknown>[]): string[] => [
  ...new Set(rows.map((row) => String(row['id']))),
];

/** Customers with an entry that begins so (shared/name-words.ts), whole words first; at most `limit` entries are read. */
export const customerIdsByWord = async (
  db: TenantDb,
  beginning: string,
  limit: number,
): Promise<{ ids: string[]; entries: number }> => {
  const rows = await db.fields(
    customerWords,
    { id: customerWords.customerId },
    {
      where: beginsWith(customerWords.word, beginning),
      orderBy: [customerWords.word, customerWords.customerId],
      limit,
    },
  );
  return { ids: idsOf(rows), entries: rows.length };
};

/** Customers on a number with any extension, or on numbers that begin so. @param e164 `+49…` */
export const customerIdsByPhone = async (
  db: TenantDb,
  e164: string,
  options: { beginning: boolean; limit: number },
): Promise<string[]> =>
  idsOf(
    await db.fields(
      customerPhones,
      { id: customerPhones.customerId },
      {
        where: options.beginning ? beginsWith(customerPhones.e164, e164) : eq(customerPhones.e164, e164),
        orderBy: [customerPhones.e164, customerPhones.extension, customerPhones.customerId],
        limit: options.limit,
      },
    ),
  );

/** @param email lower case; whole, or the beginning of one */
export const customerIdsByEmail = async (
  db: TenantDb,
  email: string,
  options: { beginning: boolean; limit: number },
): Promise<string[]> =>
  idsOf(
    await db.fields(
      customers,
      { id: customers.id },
      {
        where: options.beginning ? beginsWith(customers.email, email) : eq(customers.email, email),
        orderBy: [customers.email],
        limit: options.limit,
      },
    ),
  );

/** What a name changes beside its own columns: the sort key of the row, and the words that find it. */
export const nameColumns = (name: { firstName?: string | null | undefined; lastName?: string | null | undefined }) => ({
  nameKey: nameKey(name),
});

/** The words of a customer, instead of those that are there. For the batch of the change itself. */
export const wordsPut = (
  db: TenantDb,
  customerId: string,
  name: { firstName?: string | null | undefined; lastName?: string | null | undefined },
): Write[] => [
  db.removeOf(customerWords, eq(customerWords.customerId, customerId)),
  db.insertEachOf(customerWords, 'word', nameEntries(name), { customerId }),
];

/** A new customer with words and lines. Fails its batch when the id is taken. @param confirmed see `customer_phones.confirmed_at` */
export const customerInsert = (
  db: TenantDb,
  customer: NewCustomer,
  lines: readonly { e164: string; extension: string }[],
  confirmed: boolean,
): [Write, ...Write[]] => [
  db.insertOf(customers, { ...customer, ...nameColumns(customer) }),
  db.insertEachOf(customerWords, 'word', nameEntries(customer), { customerId: customer.id }),
  ...lines.map((line, index) => linePut(db, customer.id, line, index === 0, customer.createdAt, confirmed)),
];

/** Replaces all lines of a customer; the first is the primary one. Who may change a customer knows whose line it is. */
export const linesPut = (
  db: TenantDb,
  customerId: string,
  lines: readonly { e164: string; extension: string }[],
  now: number,
): Write[] => [
  db.removeOf(customerPhones, eq(customerPhones.customerId, customerId)),
  ...lines.map((line, index) => linePut(db, customerId, line, index === 0, now, true)),
];

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

/** What a customer that is removed for good takes along. */
export const belongingsRemove = (db: TenantDb, customerId: string): Write[] => [
  db.removeOf(customerWords, eq(customerWords.customerId, customerId)),
  db.removeOf(customerPhones, eq(customerPhones.customerId, customerId)),
  db.removeOf(customerTags, eq(customerTags.customerId, customerId)),
  db.removeOf(customerNotes, eq(customerNotes.customerId, customerId)),
  db.updateOf(consents, { proof: null, textVersion: null }, eq(consents.customerId, customerId)),
];

/** Which of up to 100 customers have appointments or movements of money: their rows stay, archived. */
export async function withHistory(db: TenantDb, ids: readonly string[]): Promise<Set<string>> {
  const kept = new Set<string>();
  for (const id of ids) {
    const [appointment] = await db.fields(
      appointments,
      { id: appointments.customerId },
      { where: eq(appointments.customerId, id), limit: 1 },
    );
    const [movement] = appointment
      ? [appointment]
      : await db.fields(
          ledgerEntries,
          { id: ledgerEntries.customerId },
          { where: allOf(eq(ledgerEntries.customerId, id), isNotNull(ledgerEntries.customerId)), limit: 1 },
        );
    if (movement) kept.add(id);
  }
  return kept;
}

/** The first tenant, `from` itself or behind it, with customers deleted before an instant that have not come to their end; null: nobody. */
export const tenantWithLongDeleted = (platform: Platform, from: string, before: number): Promise<TenantId | null> =>
  firstTenantWith(
    platform,
    customers,
    from,
    allOf(isNotNull(customers.deletedAt), isNull(customers.archivedAt), lt(customers.deletedAt, before)),
  );

/** The first tenant, `from` itself or behind it, with names that no search finds yet; null: nobody. */
export const tenantWithUnindexed = (platform: Platform, from: string): Promise<TenantId | null> =>
  firstTenantWith(platform, customers, from, sql`name_key = ''`);

/** Customers whose words were never written: rows from before the search, and from imports. Answers how many were indexed now. */
export async function indexNames(db: TenantDb, limit: number): Promise<number> {
  const rows = await db.rows(customers, { where: sql`name_key = ''`, orderBy: customers.id, limit });
  for (const row of rows) {
    // Guarded: a change in between has written the words of the new name itself.
    await db.commit(customers, eq(customers.id, row.id), [
      db.guardOf(customers, allOf(eq(customers.id, row.id), eq(customers.version, row.version))),
      db.updateOf(customers, nameColumns(row), eq(customers.id, row.id)),
      ...wordsPut(db, row.id, row),
    ]);
  }
  return rows.length;
}

/** Last sign of life, for the journey; never moves backwards. */
export const customerTouched = (db: TenantDb, id: string, at: number): Write =>
  db.updateOf(
    customers,
    { lastActivityAt: at },
    allOf(eq(customers.id, id), or(isNull(customers.lastActivityAt), lt(customers.lastActivityAt, at))),
  );

/** The same by itself. */
export const touchCustomer = (db: TenantDb, id: string, at: number): Promise<void> =>
  db.batch([customerTouched(db, id, at)]);
