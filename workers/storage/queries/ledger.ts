/** Reads of the projected ledger: the transactions list with its filters, entries in their order, fees of appointments. Called by workers/ledger/queries/ and telephony's. */
import { and, asc, desc, eq, getTableColumns, gt, gte, inArray, lt, lte, type SQL, sql } from 'drizzle-orm';
import type { TransactionType } from '../../../shared/money-status.ts';
import { allOf } from '../resource-list.ts';
import { ledgerEntries } from '../tables/ledger.ts';
import type { TenantDb } from '../tenant-db.ts';

export { ledgerEntries };
export type LedgerEntryRow = typeof ledgerEntries.$inferSelect;

export interface EntriesFilter {
  /** entries before this number (cursor) */
  before?: number | undefined;
  types?: readonly TransactionType[] | undefined;
  /** epoch ms, inclusive */
  from?: number | undefined;
  /** epoch ms, exclusive */
  until?: number | undefined;
  minCents?: number | undefined;
  maxCents?: number | undefined;
  companyId?: string | undefined;
  /** part of an id or a reference (matched as text, never as a pattern), or an entry of these description keys */
  text?: { words: string; keys: readonly string[] } | undefined;
}

/** A page of entries, newest first. */
interface EntryPage {
  rows: LedgerEntryRow[];
  /** number before which the next page begins; null: there is nothing behind this one */
  next: number | null;
  /** the bound was reached before the page was full */
  truncated: boolean;
}

const { id, sequence, type, createdAt, amountCents, companyId, referenceId } = ledgerEntries;

/** Which index a stretch begins at; said to SQLite, whose guess is another one as soon as numbers are bounded on both sides. */
type EntryIndex = 'type' | 'company' | 'reference' | 'id';

/**
 * One statement, however the list is filtered. Types, company and days begin at an index of theirs: entries are created in the order of their
 * numbers, so days are a stretch of numbers. Amounts, parts of texts, and what is asked beside another filter, are judged over `bound` entries.
 * A text that is a whole id or reference is found by it wherever it stands, and then nothing else is looked for.
 */
export async function entryPage(
  db: TenantDb,
  filter: EntriesFilter,
  { limit, bound }: { limit: number; bound: number },
): Promise<EntryPage> {
  const mine = eq(ledgerEntries.tenantId, db.tenantId);
  /** Some entries, newest first. */
  const newest = (fields: SQL, which: SQL, end: SQL, by?: EntryIndex): SQL =>
    sql`SELECT ${fields} FROM ledger_entries${sql.raw(by === undefined ? '' : ` INDEXED BY ledger_entries_${by}`)} WHERE ${allOf(mine, which)} ORDER BY sequence DESC LIMIT ${end}`;
  /** The number of the first entry, or of the last one, whose time fits. */
  const numberAt = (fits: SQL, order: typeof asc): SQL =>
    sql`(SELECT sequence FROM ledger_entries WHERE ${allOf(mine, fits)} ORDER BY ${order(createdAt)}, ${order(sequence)} LIMIT 1)`;
  const { before, types = [], from, until, minCents, maxCents, text } = filter;
  const beyond = before === undefined ? undefined : lt(sequence, before);
  const range = allOf(
    beyond,
    from === undefined ? undefined : sql`${sequence} >= ${numberAt(gte(createdAt, from), asc)}`,
    until === undefined ? undefined : sql`${sequence} <= ${numberAt(lt(createdAt, until), desc)}`,
  );
  const [oneType, ...otherTypes] = types;
  const ofType = oneType === undefined || otherTypes.length > 0 ? undefined : eq(type, oneType);
  const ofTypes = otherTypes.length === 0 ? undefined : inArray(type, [...types]);
  const ofCompany = filter.companyId === undefined ? undefined : eq(companyId, filter.companyId);
  const judged = [
    ofType === undefined ? undefined : ofCompany,
    minCents === undefined ? undefined : gte(amountCents, minCents),
    maxCents === undefined ? undefined : lte(amountCents, maxCents),
    text === undefined ? undefined : holds(text),
  ].filter((one) => one !== undefined);
  // Beside what is judged anyway, or a company, several types are: each of them would be gathered as far as the bound.
  const isGathered = ofTypes !== undefined && ofCompany === undefined && judged.length === 0;
  if (ofTypes !== undefined && !isGathered) judged.push(ofTypes);
  const leading = ofType ?? ofCompany;
  const by = ofType !== undefined ? 'type' : ofCompany !== undefined ? 'company' : undefined;
  const where = allOf(leading, range);
  const page = sql`${limit + 1}`;

  if (judged.length === 0) {
    const numbers = isGathered
      ? newestOfTypes(types, (one) => newest(sql`sequence`, allOf(sql`type = ${one}`, range), page, 'type'))
      : by === undefined
        ? undefined
        : newest(sql`sequence`, where, page, by);
    const rows = await db.rows(ledgerEntries, {
      where: numbers === undefined ? where : sql`${sequence} IN (${numbers})`,
      orderBy: desc(sequence),
      limit: limit + 1,
    });
    return { rows: rows.slice(0, limit), next: lastOf(rows, limit), truncated: false };
  }

  /** the newest entry that is not looked at any more */
  const edge = newest(sql`id`, where, sql`1 OFFSET ${bound}`, by);
  const looked = newest(sql`id, sequence, ${allOf(...judged)} AS fits`, where, sql`${bound}`, by);
  const found = [
    sql`SELECT id FROM (${looked}) WHERE fits ORDER BY sequence DESC LIMIT ${page}`,
    edge,
    ...(text === undefined
      ? []
      : [
          newest(sql`id`, allOf(eq(id, text.words), beyond), page, 'id'),
          newest(sql`id`, allOf(eq(referenceId, text.words), beyond), page, 'reference'),
        ]),
  ].map((one) => sql`SELECT id FROM (${one})`);
  const rows = (await db.fields(
    ledgerEntries,
    { ...getTableColumns(ledgerEntries), isEdge: sql`${id} IS (${edge})`.as('is_edge') },
    {
      where: sql`${id} IN (${sql.join(found, sql` UNION ALL `)})`,
      // The plus keeps SQLite at those ids: by number it would walk all entries.
      orderBy: sql`+${sequence} DESC`,
      limit: 3 * (limit + 1) + 1,
    },
  )) as (LedgerEntryRow & { isEdge: number })[];

  const whole = rows.filter((row) => row.id === text?.words || row.referenceId === text?.words);
  if (whole.length > 0)
    return {
      rows: whole.slice(0, limit).filter((row) => fitsRest(row, filter)),
      next: lastOf(whole, limit),
      truncated: false,
    };
  const fitting = rows.filter((row) => row.isEdge === 0);
  const end = rows.find((row) => row.isEdge === 1);
  const isFull = fitting.length > limit;
  return {
    rows: fitting.slice(0, limit),
    next: isFull ? lastOf(fitting, limit) : end === undefined ? null : end.sequence + 1,
    truncated: !isFull && end !== undefined,
  };
}

/** Numbers of the newest entries of each type: of several there is no index that has them in one order. */
const newestOfTypes = (types: readonly TransactionType[], ofOne: (type: SQL) => SQL): SQL =>
  sql`SELECT json_each_newest.value FROM json_each(${JSON.stringify(types)}) AS json_each_type, json_each((SELECT json_group_array(sequence) FROM (${ofOne(sql`json_each_type.value`)}))) AS json_each_newest`;

/** Where the page behind this one begins: `rows` were read with one too many. */
const lastOf = (rows: readonly LedgerEntryRow[], limit: number): number | null =>
  rows.length > limit ? (rows[limit - 1]?.sequence ?? null) : null;

/** The text is a part of an id or of a reference, or one of the sentences that say so. */
const holds = ({ words, keys }: NonNullable<EntriesFilter['text']>): SQL =>
  sql`(instr(id, ${words}) > 0 OR instr(coalesce(reference_id, ''), ${words}) > 0 OR description_key IN (SELECT value FROM json_each(${JSON.stringify(keys)})))`;

/** What the filter asks beside the text, of an entry that was found by its id or reference. */
const fitsRest = (
  row: LedgerEntryRow,
  { types, from, until, minCents, maxCents, companyId: company }: EntriesFilter,
): boolean =>
  types?.includes(row.type) !== false &&
  row.createdAt >= (from ?? row.createdAt) &&
  row.createdAt < (until ?? Number.POSITIVE_INFINITY) &&
  row.amountCents >= (minCents ?? row.amountCents) &&
  row.amountCents <= (maxCents ?? row.amountCents) &&
  row.companyId === (company ?? row.companyId);

/** Entries behind a number, in their order. */
export const entriesInOrder = (db: TenantDb, after: number, limit: number): Promise<LedgerEntryRow[]> =>
  db.rows(ledgerEntries, {
    where: gt(ledgerEntries.sequence, after),
    orderBy: asc(ledgerEntries.sequence),
    limit,
  });

/** What stands of an appointment's fee. */
export interface AppointmentFee {
  /** charged and not given back, positive */
  exactMicros: number;
  cents: number;
  currency: string;
  /** of all its movements, in order */
  entryIds: string[];
}

/** Entries of one appointment's fee: charged, given back, charged again, and some to spare. */
const MAX_FEE_ENTRIES = 8;

/** Fees of appointments by their id; those that cost nothing have none. @param appointmentIds of one page */
export async function appointmentFees(
  db: TenantDb,
  appointmentIds: readonly string[],
): Promise<Map<string, AppointmentFee>> {
  const fees = new Map<string, AppointmentFee>();
  if (appointmentIds.length === 0) return fees;
  const rows = await db.rows(ledgerEntries, {
    // The pluses keep SQLite on the index of references: to give the order, it would walk all entries of the tenant.
    where: and(
      inArray(ledgerEntries.referenceId, [...appointmentIds]),
      sql`+${ledgerEntries.type} = 'appointment_fee'`,
    ),
    orderBy: sql`+${sequence}`,
    limit: appointmentIds.length * MAX_FEE_ENTRIES,
  });
  for (const row of rows) {
    const appointmentId = row.referenceId ?? '';
    fees.set(appointmentId, withMovement(fees.get(appointmentId), row));
  }
  return fees;
}

type FeeMovement = Pick<LedgerEntryRow, 'id' | 'exactMicros' | 'amountCents' | 'currency'>;
const withMovement = (fee: AppointmentFee | undefined, row: FeeMovement): AppointmentFee => ({
  exactMicros: (fee?.exactMicros ?? 0) + (row.exactMicros ?? 0),
  cents: (fee?.cents ?? 0) - row.amountCents,
  currency: fee?.currency ?? row.currency,
  entryIds: [...(fee?.entryIds ?? []), row.id],
});

/** Movements of the fee of the appointment that a call booked, as the list of calls reads them beside it. */
export type FeesBeside = [id: string, exactMicros: number | null, amountCents: number, currency: string][];
export const FEES_OF_CALL = sql.raw(`(SELECT json_group_array(json_array(id, exact_micros, amount_cents, currency))
  FROM (SELECT id, exact_micros, amount_cents, currency FROM ledger_entries AS fee INDEXED BY ledger_entries_reference
  WHERE fee.tenant_id = calls.tenant_id AND fee.reference_id = calls.appointment_id AND fee.type = 'appointment_fee' ORDER BY fee.sequence LIMIT ${MAX_FEE_ENTRIES}))`);

/** The fee that the movements come to; null: it cost nothing. */
export const feeBeside = (movements: FeesBeside): AppointmentFee | null =>
  movements.reduce<AppointmentFee | undefined>(
    (fee, [id, exactMicros, amountCents, currency]) => withMovement(fee, { id, exactMicros, amountCents, currency }),
    undefined,
  ) ?? null;
