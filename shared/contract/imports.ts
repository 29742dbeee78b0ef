/** Imports over REST: a file, what its columns are, what a dry run says of each row, and the run. Read by imports/, the web apps (types only) and tests. */
import { z } from 'zod';
import {
  DUPLICATE_BY,
  IMPORT_ENCODINGS,
  IMPORT_FAULTS,
  IMPORT_FIELDS,
  IMPORT_KINDS,
  IMPORT_STATES,
  MAX_IMPORT_COLUMNS,
  ROW_CHOICES,
  ROW_FAULTS,
  ROW_OUTCOMES,
  ROW_RESULTS,
} from '../import-sets.ts';
import { idField, idOut, idParam, instantOut, itemOf, lineText, listOf, page } from './parts.ts';
import { agreement, resourceQuery } from './resource-list.ts';

const MAX_FILE_NAME = 200;
const MAX_SOURCE = 120;
/** Rows that one request decides over: a page of the list. */
const MAX_CHOSEN = 100;

const shown = {
  id: idOut('import'),
  kind: z.enum(IMPORT_KINDS),
  state: z.enum(IMPORT_STATES),
  /** what is wrong with the file, and in which row */
  fault: z.enum(IMPORT_FAULTS).nullable(),
  fault_row: z.int().nullable(),
  /** the same in the reader's language */
  fault_text: z.string().nullable(),
  file_name: z.string(),
  branch_id: idOut('branch').nullable(),
  /** of a calendar: whose it is, what it is called, and whether titles of events are kept */
  staff_id: idOut('staff').nullable(),
  source: z.string().nullable(),
  titles: z.boolean(),
  bytes: z.int(),
  encoding: z.enum(IMPORT_ENCODINGS).nullable(),
  delimiter: z.string().nullable(),
  /** what becomes of duplicates by number or address, and of those by name alone */
  by_number: z.enum(ROW_CHOICES),
  by_name: z.enum(ROW_CHOICES),
  counts: z.record(z.string(), z.int()),
  created_at: instantOut(),
  ended_at: instantOut().nullable(),
};

export const importItem = z.object(shown);
export type ImportItem = z.infer<typeof importItem>;

/** One, with its columns and how far its job is. */
export const importView = z.object({
  ...shown,
  columns: z.array(
    z.object({ header: z.string(), samples: z.array(z.string()), field: z.enum(IMPORT_FIELDS).nullable() }),
  ),
  /** `stopped`: its job has ended without an end; the same request begins another, which goes on where it stood */
  progress: z.object({ done: z.int(), total: z.int().nullable(), stopped: z.boolean() }).nullable(),
});
export type ImportView = z.infer<typeof importView>;

/** Newest first. */
export const importQuery = resourceQuery(['created_at'])
  .omit({ deleted: true, sort: true })
  .extend({ kind: z.enum(IMPORT_KINDS).optional() });

export const createImportRequest = z.object({
  kind: z.enum(IMPORT_KINDS),
  file_name: lineText(MAX_FILE_NAME).min(1).meta({ example: 'Kunden.csv' }),
});
export type CreateImport = z.output<typeof createImportRequest>;

export const importParams = z.object({ id: idParam('import') });

export const checkImportRequest = z.object({
  fields: z
    .array(z.enum(IMPORT_FIELDS).nullable())
    .max(MAX_IMPORT_COLUMNS)
    .default([])
    .meta({ description: 'of each column what it becomes; null: nothing', example: ['last_name', 'phone', null] }),
  branch_id: idField('branch')
    .nullable()
    .default(null)
    .meta({ description: 'numbers without a prefix are of its country; null: the main branch' }),
  staff_id: idField('staff').nullable().default(null).meta({ description: 'of a calendar: whom it makes busy' }),
  source: lineText(MAX_SOURCE)
    .min(1)
    .nullable()
    .default(null)
    .meta({ description: 'of a calendar: imported again under this name, it replaces; null: the name in the file' }),
  titles: z.boolean().default(false).meta({ description: 'of a calendar: titles of events are kept and shown' }),
});
export type CheckImport = z.output<typeof checkImportRequest>;

export const runImportRequest = z.object({
  ...agreement(),
  by_number: z
    .enum(ROW_CHOICES)
    .default('skip')
    .meta({ description: 'duplicates by number, address or an earlier row' }),
  by_name: z.enum(ROW_CHOICES).default('skip').meta({ description: 'duplicates by name alone' }),
});
export type RunImport = z.output<typeof runImportRequest>;

export const importRowQuery = page().extend({ outcome: z.enum(ROW_OUTCOMES).optional() });

/** Somebody as a row or a customer says. */
const person = z.object({
  name: z.string().nullable(),
  phones: z.array(z.string()),
  email: z.string().nullable(),
});

export const importRowView = z.object({
  row: z.int(),
  outcome: z.enum(ROW_OUTCOMES),
  by: z.enum(DUPLICATE_BY).nullable(),
  /** of the file, that what is wrong stands in; null: the row itself */
  line: z.int().nullable(),
  /** what the row says; null: it was refused */
  read: person.nullable(),
  /** of a calendar: the time; its title where titles are kept, and appointments that lie in it */
  event: z
    .object({
      starts_at: instantOut(),
      ends_at: instantOut(),
      all_day: z.boolean(),
      title: z.string().nullable(),
      appointments: z.array(
        z.object({ appointment_id: idOut('appointment'), branch_id: idOut('branch'), starts_at: instantOut() }),
      ),
    })
    .nullable(),
  problems: z.array(
    z.object({
      column: z.string().nullable(),
      value: z.string().nullable(),
      fault: z.enum(ROW_FAULTS),
      text: z.string().meta({ description: 'what is wrong, in the reader’s language' }),
      /** the row is imported without it */
      left_out: z.boolean(),
    }),
  ),
  matches: z.array(person.extend({ id: idOut('customer') })),
  same_as: z.int().nullable(),
  choice: z.enum(ROW_CHOICES).nullable(),
  result: z.enum(ROW_RESULTS).nullable(),
  customer_id: idOut('customer').nullable(),
});
export type ImportRowView = z.infer<typeof importRowView>;
export const importRowsResponse = listOf(importRowView);

export const chooseRowsRequest = z.object({
  rows: z
    .array(z.int().min(1))
    .min(1)
    .max(MAX_CHOSEN)
    .meta({ example: [2] }),
  choice: z.enum(ROW_CHOICES),
});
export const chooseRowsResponse = z.object({ success: z.literal(true), chosen: z.int() });

export const importResponse = itemOf(importView);
