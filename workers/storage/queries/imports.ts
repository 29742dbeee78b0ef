/** D1 rows of imports: files, rows, remembered mappings, and whom a row may be. Called by imports/. */
import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm';
import {
  type ImportField,
  type ImportState,
  MAX_IMPORT_ROWS,
  MAX_IMPORT_TIMES,
  type RowChoice,
  type RowOutcome,
  type RowResult,
} from '../../../shared/import-sets.ts';
import { has, type ListSource } from '../resource-list.ts';
import { customerPhones, customers, tags } from '../tables/crm.ts';
import { importMappings, importRows, imports } from '../tables/imports.ts';
import type { TenantDb, Write } from '../tenant-db.ts';

export type ImportRow = typeof imports.$inferSelect;
export type NewImport = Omit<typeof imports.$inferInsert, 'tenantId'>;
export type ImportedRow = typeof importRows.$inferSelect;
export type NewImportedRow = Omit<typeof importRows.$inferInsert, 'tenantId'>;

/** Candidates of one look-up: two hundred rows with some numbers each, and whoever shares them. */
const MAX_CANDIDATES = 1_000;

/** Rows of a calendar that one statement reads. */
const TIMES_A_PAGE = 1_000;

/** Rows that one statement removes. */
const MAX_ERASED = 500;

/** Newest first. */
export const importList: ListSource<typeof imports> = {
  table: imports,
  sorts: { created_at: { by: imports.createdAt, of: (row) => row.createdAt, kind: 'number' } },
  order: '-created_at',
  filters: { kind: has(imports.kind, true) },
};

/** @param only which imports exist for the actor */
export const importById = (db: TenantDb, id: string, only?: SQL): Promise<ImportRow | null> =>
  db.row(imports, and(eq(imports.id, id), only) as SQL);

/** Imports whose files are there. */
export const countWithFile = (db: TenantDb): Promise<number> => db.count(imports, isNotNull(imports.fileKey));

export const insertImport = (db: TenantDb, row: NewImport, along: readonly Write[]): Promise<void> =>
  db.batch([db.insertOf(imports, row), ...along]);

/** A change of an import that is as it was seen, with what belongs to it in one transaction; null: it has changed meanwhile. */
export async function changeImport(
  db: TenantDb,
  seen: Pick<ImportRow, 'id' | 'version'>,
  set: Partial<NewImport>,
  along: readonly Write[] = [],
): Promise<ImportRow | null> {
  const asSeen = and(eq(imports.id, seen.id), eq(imports.version, seen.version)) as SQL;
  const rows = await db.change(imports, { ...set, version: seen.version + 1 }, asSeen, along);
  return rows?.[0] ?? null;
}

/** A job's change of its import: only from the state that it works in. Null: somebody ended it. */
export async function settleImport(
  db: TenantDb,
  id: string,
  from: ImportState,
  set: Partial<NewImport>,
  along: readonly Write[] = [],
): Promise<ImportRow | null> {
  const where = and(eq(imports.id, id), eq(imports.state, from)) as SQL;
  const rows = await db.change(imports, { ...set, version: sql`version + 1` }, where, along);
  return rows?.[0] ?? null;
}

/** Which job works on it, for the batch that begins the job: once it runs, the import knows it. */
export const jobOfImport = (db: TenantDb, id: string, set: Pick<NewImport, 'checkJob' | 'runJob'>): Write =>
  db.updateOf(imports, set, eq(imports.id, id));

// ---- rows ---------------------------------------------------------------------------------------------------------------

/** Rows of the check: those of the same numbers are written over, so that a page may be worked on again. */
export const rowsPut = (db: TenantDb, rows: readonly NewImportedRow[]): Write[] =>
  rows.map((row) => db.upsertOf(importRows, row, [importRows.importId, importRows.row]));

/** All rows of an import, some at a time. */
export async function removeRows(db: TenantDb, importId: string): Promise<void> {
  while ((await db.removeSome(importRows, eq(importRows.importId, importId), MAX_ERASED)) === MAX_ERASED);
}

const countsOf = async <N extends string>(
  db: TenantDb,
  importId: string,
  wanted: Record<N, SQL | undefined>,
): Promise<Record<N, number>> => {
  const most = MAX_IMPORT_ROWS;
  const of = (where: SQL | undefined) => ({
    table: importRows,
    where: and(eq(importRows.importId, importId), where) as SQL,
    most,
  });
  const found = await db.numbers(
    new Map(Object.entries<SQL | undefined>(wanted).map(([name, where]) => [name, of(where)])),
  );
  return Object.fromEntries(Object.keys(wanted).map((name) => [name, found[name] ?? 0])) as Record<N, number>;
};

/** What the dry run came to. */
export const checkCounts = (db: TenantDb, importId: string) =>
  countsOf(db, importId, {
    rows: undefined,
    new: eq(importRows.outcome, 'new'),
    duplicates_by_number: and(eq(importRows.outcome, 'duplicate'), ne(importRows.by, 'name')),
    duplicates_by_name: and(eq(importRows.outcome, 'duplicate'), eq(importRows.by, 'name')),
    refused: eq(importRows.outcome, 'refused'),
    consents_left_out: sql`${importRows.problems} LIKE '%"left":true%'`,
  });

/** What the dry run of a calendar came to. */
export const timeCounts = (db: TenantDb, importId: string) =>
  countsOf(db, importId, {
    rows: undefined,
    new: eq(importRows.outcome, 'new'),
    present: eq(importRows.outcome, 'duplicate'),
    refused: eq(importRows.outcome, 'refused'),
    met: and(ne(importRows.outcome, 'refused'), ne(importRows.matches, sql`'[]'`)),
  });

/** What the run came to. */
export const resultCounts = (db: TenantDb, importId: string) =>
  countsOf(db, importId, {
    made: eq(importRows.result, 'made'),
    updated: eq(importRows.result, 'updated'),
    skipped: eq(importRows.result, 'skipped'),
    failed: eq(importRows.result, 'failed'),
  });

/** A page of rows of an import by their numbers. */
export const rowsPage = (
  db: TenantDb,
  importId: string,
  { after, outcome, limit }: { after: number | null; outcome: RowOutcome | null; limit: number },
): Promise<ImportedRow[]> =>
  db.rows(importRows, {
    where: and(
      eq(importRows.importId, importId),
      outcome === null ? undefined : eq(importRows.outcome, outcome),
      after === null ? undefined : gt(importRows.row, after),
    ) as SQL,
    orderBy: asc(importRows.row),
    limit,
  });

/** All rows of a calendar that are times, some at a time; there are at most some thousand. */
export async function timeRows(db: TenantDb, importId: string): Promise<ImportedRow[]> {
  const found: ImportedRow[] = [];
  while (found.length < MAX_IMPORT_TIMES) {
    const rows = await db.rows(importRows, {
      where: and(
        eq(importRows.importId, importId),
        gt(importRows.row, found.at(-1)?.row ?? 0),
        ne(importRows.outcome, 'refused'),
      ) as SQL,
      orderBy: asc(importRows.row),
      limit: TIMES_A_PAGE,
    });
    found.push(...rows);
    if (rows.length < TIMES_A_PAGE) break;
  }
  return found;
}

/** Those of these row numbers. */
export const rowsByNumber = (db: TenantDb, importId: string, numbers: readonly number[]): Promise<ImportedRow[]> =>
  db.rows(importRows, {
    where: and(
      eq(importRows.importId, importId),
      sql`${importRows.row} IN (SELECT value FROM json_each(${JSON.stringify(numbers)}))`,
    ) as SQL,
    limit: numbers.length,
  });

/** What a person decided for single duplicates. Answers how many there were. */
export const chooseRows = async (
  db: TenantDb,
  importId: string,
  numbers: readonly number[],
  choice: RowChoice,
  along: readonly Write[],
): Promise<number> => {
  const where = and(
    eq(importRows.importId, importId),
    eq(importRows.outcome, 'duplicate'),
    isNull(importRows.result),
    sql`${importRows.row} IN (SELECT value FROM json_each(${JSON.stringify(numbers)}))`,
  ) as SQL;
  return (await db.change(importRows, { choice }, where, along))?.length ?? 0;
};

/** What became of a row, for the batch that does it. */
export const rowDone = (
  db: TenantDb,
  importId: string,
  row: number,
  result: RowResult,
  customerId: string | null,
): Write =>
  db.updateOf(
    importRows,
    { result, customerId },
    and(eq(importRows.importId, importId), eq(importRows.row, row)) as SQL,
  );

const anyOf = (values: readonly string[]): SQL => sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`;

/** Earlier rows of the file that say the same number, address or name. */
export const earlierRows = async (
  db: TenantDb,
  importId: string,
  before: number,
  { e164, emails, names }: { e164: readonly string[]; emails: readonly string[]; names: readonly string[] },
): Promise<Pick<ImportedRow, 'row' | 'e164' | 'email' | 'nameKey'>[]> => {
  const of = async (
    column: typeof importRows.e164 | typeof importRows.email | typeof importRows.nameKey,
    values: readonly string[],
  ) =>
    values.length === 0
      ? []
      : ((await db.fields(
          importRows,
          { row: importRows.row, e164: importRows.e164, email: importRows.email, nameKey: importRows.nameKey },
          {
            where: and(
              eq(importRows.importId, importId),
              sql`${column} IN ${anyOf(values)}`,
              lt(importRows.row, before),
            ) as SQL,
            orderBy: asc(importRows.row),
            limit: MAX_CANDIDATES,
          },
        )) as Pick<ImportedRow, 'row' | 'e164' | 'email' | 'nameKey'>[]);
  return (
    await Promise.all([of(importRows.e164, e164), of(importRows.email, emails), of(importRows.nameKey, names)])
  ).flat();
};

/** Customers that rows of this import are, of these. */
export const ownRows = async (db: TenantDb, importId: string, customerIds: readonly string[]): Promise<Set<string>> =>
  customerIds.length === 0
    ? new Set()
    : new Set(
        (
          await db.fields(
            importRows,
            { id: importRows.customerId },
            {
              where: and(
                sql`${importRows.customerId} IN ${anyOf(customerIds)}`,
                eq(importRows.importId, importId),
                eq(importRows.result, 'made'),
              ) as SQL,
              limit: MAX_CANDIDATES,
            },
          )
        ).map(({ id }) => String(id)),
      );

// ---- whom a row may be --------------------------------------------------------------------------------------------------

/** Somebody who is there, found by a number, an address or a name. */
export interface Candidate {
  id: string;
  key: string;
}

const LIVE = and(isNull(customers.deletedAt), isNull(customers.deletionRequestedAt)) as SQL;

/** The key of a candidate found by a line. */
export const lineKey = ({ e164, extension }: { e164: string; extension: string }): string => `${e164};${extension}`;

/** Customers on these numbers, by `lineKey`. */
export const customersOnLines = async (db: TenantDb, numbers: readonly string[]): Promise<Candidate[]> => {
  if (numbers.length === 0) return [];
  const found = (await db.fields(
    customerPhones,
    { id: customerPhones.customerId, e164: customerPhones.e164, extension: customerPhones.extension },
    {
      where: and(
        sql`${customerPhones.e164} IN ${anyOf(numbers)}`,
        sql`EXISTS (SELECT 1 FROM customers AS person WHERE person.tenant_id = ${customerPhones.tenantId} AND person.id = ${customerPhones.customerId} AND person.deleted_at IS NULL AND person.deletion_requested_at IS NULL)`,
      ) as SQL,
      limit: MAX_CANDIDATES,
    },
  )) as { id: string; e164: string; extension: string }[];
  return found.map((line) => ({ id: line.id, key: lineKey(line) }));
};

const byColumn = async (
  db: TenantDb,
  column: typeof customers.email | typeof customers.nameKey,
  values: readonly string[],
): Promise<Candidate[]> =>
  values.length === 0
    ? []
    : ((await db.fields(
        customers,
        { id: customers.id, key: column },
        { where: and(sql`${column} IN ${anyOf(values)}`, LIVE) as SQL, limit: MAX_CANDIDATES },
      )) as unknown as Candidate[]);

export const customersByEmails = (db: TenantDb, emails: readonly string[]): Promise<Candidate[]> =>
  byColumn(db, customers.email, emails);
/** @param keys folded names (shared/name-words.ts) */
export const customersByNames = (db: TenantDb, keys: readonly string[]): Promise<Candidate[]> =>
  byColumn(db, customers.nameKey, keys);

/** Tags with one of these names, letter by letter in any case. */
export const tagsByNames = async (db: TenantDb, names: readonly string[]): Promise<{ id: string; name: string }[]> =>
  names.length === 0
    ? []
    : ((await db.fields(
        tags,
        { id: tags.id, name: tags.name },
        {
          where: and(
            sql`lower(${tags.name}) IN ${anyOf(names.map((name) => name.toLowerCase()))}`,
            isNull(tags.deletedAt),
          ) as SQL,
          orderBy: asc(tags.id),
          limit: MAX_CANDIDATES,
        },
      )) as { id: string; name: string }[]);

// ---- mappings -----------------------------------------------------------------------------------------------------------

/** hash of a header → what it was */
export const recalledMapping = async (
  db: TenantDb,
  headersHash: string,
): Promise<Readonly<Record<string, ImportField>> | null> =>
  (await db.row(importMappings, eq(importMappings.headersHash, headersHash)))?.fields ?? null;

export const mappingPut = (
  db: TenantDb,
  headersHash: string,
  fields: Record<string, ImportField>,
  now: number,
): Write =>
  db.upsertOf(importMappings, { headersHash, fields, updatedAt: now }, [importMappings.headersHash], {
    fields,
    updatedAt: now,
  });

// ---- erasure ------------------------------------------------------------------------------------------------------------

/** States in which rows are still to be written. */
const WRITING: ImportState[] = ['writing'];

/**
 * Whoever is erased leaves every import: files, heads and rows of all that are not being written, and of those the rows that are or may be this
 * person. What was not ended has expired then. Answers how many rows went.
 */
export async function eraseImports(
  db: TenantDb,
  customerId: string,
  { phones, texts }: { phones: readonly string[]; texts: readonly string[] },
  now: number,
): Promise<number> {
  await db.update(
    imports,
    {
      fileKey: null,
      head: null,
      fileName: '',
      source: null,
      state: sql`CASE WHEN state IN ('read', 'checking', 'checked') THEN 'expired' ELSE state END`,
    },
    or(
      isNotNull(imports.fileKey),
      isNotNull(imports.head),
      sql`${imports.fileName} <> ''`,
      isNotNull(imports.source),
    ) as SQL,
  );
  const isTheirs = or(
    eq(importRows.customerId, customerId),
    phones.length === 0 ? undefined : inArray(importRows.e164, [...phones].slice(0, 40)),
    texts.length === 0 ? undefined : inArray(importRows.email, [...texts].slice(0, 40)),
    sql`${importRows.matches} LIKE ${`%"${customerId}"%`}`,
    sql`NOT EXISTS (SELECT 1 FROM imports AS one WHERE one.tenant_id = ${importRows.tenantId} AND one.id = ${importRows.importId} AND one.state IN (${sql.join(WRITING, sql`, `)}))`,
  ) as SQL;
  let gone = 0;
  for (;;) {
    const some = await db.removeSome(importRows, and(lt(importRows.createdAt, now + 1), isTheirs) as SQL, MAX_ERASED);
    gone += some;
    if (some < MAX_ERASED) return gone;
  }
}
