/** Shapes between the rooms' pure projections (event → rows) and the one writer of projected D1 tables. */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { OutboxEvent } from '../object-runtime/events.ts';

export type CellValue = string | number | null;

/**
 * Full snapshots for one projected table, keyed by column name (snake_case, without tenant_id, epoch, seq: the writer adds them).
 * Rows are upserted by primary key in order; an older `(epoch, seq)` never overwrites a newer one.
 */
export interface TableRows {
  table: SQLiteTable;
  rows: (Record<string, CellValue> & { epoch: number; seq: number })[];
}

/** Pure: what a page of events means for D1. Throws (poison) only for an event it can never understand. */
export type Projector = (events: readonly OutboxEvent[]) => TableRows[];

/** Work that an event causes outside; `id` is stable across restores. Ids only in `ref`. */
export interface EffectSpec {
  /** `${event.id}:${name}` */
  id: string;
  queue: 'high' | 'medium' | 'low';
  kind: string;
  ref: Record<string, string | number | null>;
  /** epoch ms before which it must not run; default: the event's instant */
  notBefore?: number;
}

export type Reactor = (event: OutboxEvent) => EffectSpec[];
