/** Shapes between a module's declaration of its events' rows (`projects.ts`) and the one writer of projected D1 tables. */
import { getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { EventTable, EventType } from '../events/catalogue.ts';
import type { OutboxEvent } from '../object-runtime/events.ts';

export type CellValue = string | number | null;

/** Where in the object's history a row stands. */
export interface Position {
  epoch: number;
  seq: number;
}
export const positionOf = ({ epoch, seq }: Position): Position => ({ epoch, seq });

/** A full snapshot for one projected table, keyed by column name (snake_case, without tenant_id: the writer adds it). */
export type ProjectedRow = Record<string, CellValue> & Position;

/**
 * Full snapshots for one projected table. Rows are upserted by primary key in order; an older `(epoch, seq)` never overwrites a newer
 * one.
 */
export interface TableRows {
  table: SQLiteTable;
  rows: (ProjectedRow | AuditRow)[];
  /** ids whose rows are taken away, after the others were written */
  gone?: string[];
}

/** Columns of a projected table that rows are written to; what the database works out by itself is not among them. */
export const writtenColumns = (table: SQLiteTable): string[] =>
  Object.values(getTableColumns(table)).flatMap((column) => (column.generated === undefined ? [column.name] : []));

/** Rows as an object's dump hands them to a rebuild: tables travel by name. */
export const dumpedRows = (table: SQLiteTable, rows: ProjectedRow[]): { table: string; rows: ProjectedRow[] } => ({
  table: getTableName(table),
  rows,
});

/** One row that an event becomes. With `last`, only the newest of that key within a page is made and written. */
export type Projected =
  | { table: SQLiteTable; row: ProjectedRow }
  | { table: SQLiteTable; gone: string }
  | { table: SQLiteTable; last: string; make: () => ProjectedRow | null };

/** A row of its own. */
export const rowIn = (table: SQLiteTable, row: ProjectedRow): Projected => ({ table, row });

/** The row of an id is taken away: the object has none any more, and never makes one of that id again. */
export const goneFrom = (table: SQLiteTable, id: string): Projected => ({ table, gone: id });

/** A snapshot: of a page's events about `key` only the newest is made, when the page was read; null: there is nothing to write. */
export const newestIn = (table: SQLiteTable, key: string, make: () => ProjectedRow | null): Projected => ({
  table,
  last: key,
  make,
});

/** What a module's events mean for D1: pure, complete by the compiler. @param Lookups present rows that events must not carry */
export type Projects<K extends EventType, Lookups = undefined> = EventTable<
  K,
  [lookups: Lookups],
  readonly Projected[]
>;

/** Pure: what a page of events means for D1. Throws (poison) only for an event it can never understand. */
export type Projector = (events: readonly OutboxEvent[]) => TableRows[];

/** What the activity log says of an event: whose area, which record, what changed. Values are times, states, amounts and ids only. */
export interface AuditFact {
  /** area of the product: `appointments`, `services` … */
  log: string;
  subjectType: string;
  subjectId: string;
  /** names of fields that changed and whose values are texts or nested */
  fields?: readonly string[];
  /** field → value before and after; equal ones are left out */
  changes?: Readonly<Record<string, readonly [CellValue, CellValue]>>;
}

/** What a module's events mean for the activity log: complete by the compiler; null: nobody's change (machinery). */
export type Audits<K extends EventType> = EventTable<K, [], AuditFact | null>;

/** A row of the activity log, keyed by column name. */
export type AuditRow = Record<string, CellValue>;
/** Pure: the rows of the activity log for a page of events. */
export type Auditor = (events: readonly OutboxEvent[]) => AuditRow[];
