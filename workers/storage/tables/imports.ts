/** Imports of customers and calendars: what was uploaded, what the dry run says of each row and what became of it. Short-lived (storage/retention.ts). */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import {
  DUPLICATE_BY,
  IMPORT_ENCODINGS,
  IMPORT_FAULTS,
  IMPORT_KINDS,
  IMPORT_STATES,
  type ImportField,
  ROW_CHOICES,
  ROW_OUTCOMES,
  ROW_RESULTS,
  type RowFault,
} from '../../../shared/import-sets.ts';
import type { TenantId } from '../../../shared/ids.ts';

/** The beginning of a table: its headers, and some cells of each column so that a person sees what it is. */
interface Head {
  headers: string[];
  samples: string[][];
}

export const imports = sqliteTable(
  'imports',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    kind: text('kind', { enum: IMPORT_KINDS }).notNull(),
    state: text('state', { enum: IMPORT_STATES }).notNull(),
    fault: text('fault', { enum: IMPORT_FAULTS }),
    /** row of the file that the fault is in */
    faultRow: integer('fault_row'),
    fileName: text('file_name').notNull(),
    /** whose numbers are read by its country; null: the main one's */
    branchId: text('branch_id'),
    /** of a calendar: whose it is, what it is called and which busy source it becomes; whether titles of events are kept */
    staffId: text('staff_id'),
    source: text('source'),
    sourceId: text('source_id'),
    keepsTitles: integer('keeps_titles', { mode: 'boolean' }).notNull().default(false),
    /** appointments that somebody agreed to leave in its times (docs/companies.md) */
    confirmedSet: text('confirmed_set'),
    bytes: integer('bytes').notNull().default(0),
    encoding: text('encoding', { enum: IMPORT_ENCODINGS }),
    delimiter: text('delimiter'),
    head: text('head', { mode: 'json' }).$type<Head>(),
    /** of each column what it becomes; null: nothing */
    fields: text('fields', { mode: 'json' }).$type<(ImportField | null)[]>(),
    /** what becomes of duplicates by number or address, and of those by name alone, unless a row says otherwise */
    byNumber: text('by_number', { enum: ROW_CHOICES }).notNull().default('skip'),
    byName: text('by_name', { enum: ROW_CHOICES }).notNull().default('skip'),
    /** of the jobs that checked and wrote, once they have ended */
    counts: text('counts', { mode: 'json' }).$type<Record<string, number>>(),
    /** how many parts the file was cut into for the check */
    parts: integer('parts').notNull().default(0),
    checkJob: text('check_job'),
    runJob: text('run_job'),
    /** folder in the archive; null: gone */
    fileKey: text('file_key'),
    createdBy: text('created_by').notNull(),
    createdAt: integer('created_at').notNull(),
    endedAt: integer('ended_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('imports_created').on(t.tenantId, t.createdAt, t.id),
    index('imports_kind').on(t.tenantId, t.kind, t.createdAt, t.id),
  ],
);

/** What is wrong with a row, and in which column. */
interface StoredProblem {
  column: number | null;
  fault: RowFault;
  left?: true;
}

export const importRows = sqliteTable(
  'import_rows',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    importId: text('import_id').notNull(),
    /** as a spreadsheet counts */
    row: integer('row').notNull(),
    outcome: text('outcome', { enum: ROW_OUTCOMES }).notNull(),
    by: text('by', { enum: DUPLICATE_BY }),
    /** first line, address and folded name: what later rows of the file are compared with */
    e164: text('e164'),
    email: text('email'),
    nameKey: text('name_key'),
    /** as they stood in the file */
    cells: text('cells', { mode: 'json' }).$type<string[]>().notNull(),
    /** what they say (workers/imports/rules/); null: refused */
    read: text('read', { mode: 'json' }).$type<unknown>(),
    problems: text('problems', { mode: 'json' }).$type<StoredProblem[]>().notNull(),
    /** customers that it may be; of a calendar: appointments that lie in that time */
    matches: text('matches', { mode: 'json' }).$type<string[]>().notNull(),
    /** row of the file that it repeats */
    sameAs: integer('same_as'),
    choice: text('choice', { enum: ROW_CHOICES }),
    result: text('result', { enum: ROW_RESULTS }),
    customerId: text('customer_id'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.importId, t.row] }),
    index('import_rows_outcome').on(t.tenantId, t.importId, t.outcome, t.row),
    index('import_rows_e164').on(t.tenantId, t.importId, t.e164),
    index('import_rows_email').on(t.tenantId, t.importId, t.email),
    index('import_rows_name').on(t.tenantId, t.importId, t.nameKey),
    index('import_rows_customer').on(t.tenantId, t.customerId),
    index('import_rows_created').on(t.tenantId, t.createdAt),
  ],
);

/** How the columns of a set of headers were mapped last. */
export const importMappings = sqliteTable(
  'import_mappings',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    /** hash of the folded headers, whatever their order */
    headersHash: text('headers_hash').notNull(),
    /** hash of a folded header → field: a file without headers has somebody's name there */
    fields: text('fields', { mode: 'json' }).$type<Record<string, ImportField>>().notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.headersHash] })],
);
