/** Master data: items by kind and id, one version over all, the parsed schedule kept while that version stays. */
import { holidayOn } from '../../../shared/holidays.ts';
import { parseSchedule, type Schedule } from '../engine/schedule.ts';
import type { ScheduleItem } from '../master-data.ts';
import type { ScheduleKind } from '../../events/calendar.ts';
import { maybeNumber, one, type Row, text } from './sql.ts';

export class ScheduleTable {
  readonly #sql: SqlStorage;
  #present: Schedule | null = null;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The master data as the engine reads it. */
  current(): Schedule {
    this.#present ??= parseSchedule(this.items(), this.version(), holidayOn);
    return this.#present;
  }
  /** The version, without asking the file when it is known. */
  knownVersion(): number {
    return this.#present?.version ?? this.version();
  }
  /** After a transaction that did not commit. */
  forgetUncommitted(): void {
    if (this.#present !== null && this.#present.version !== this.version()) this.#present = null;
  }

  version(): number {
    return Number(one(this.#sql, 'SELECT version FROM schedule_version')?.['version'] ?? 0);
  }
  items(): ScheduleItem[] {
    return this.#sql
      .exec('SELECT * FROM schedule_items WHERE removed_at IS NULL ORDER BY kind, id')
      .toArray()
      .map(itemOf);
  }
  /** Also a removed one: its version goes on counting. */
  item(kind: ScheduleKind, id: string): { item: ScheduleItem; removedAt: number | null } | null {
    const row = one(this.#sql, 'SELECT * FROM schedule_items WHERE kind = ? AND id = ?', kind, id);
    return row ? { item: itemOf(row), removedAt: maybeNumber(row['removed_at']) } : null;
  }
  save(item: ScheduleItem, removedAt: number | null): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO schedule_items (kind, id, version, updated_at, removed_at, body) VALUES (?, ?, ?, ?, ?, ?)',
      item.kind,
      item.id,
      item.version,
      item.updatedAt,
      removedAt,
      JSON.stringify(item.body),
    );
  }
  bump(): number {
    this.#present = null;
    this.#sql.exec('UPDATE schedule_version SET version = version + 1');
    return this.version();
  }
  /** Also removed items: a rebuild projects them to D1. */
  pageAfter(kind: string, id: string, limit: number): { item: ScheduleItem; removedAt: number | null }[] {
    return this.#sql
      .exec('SELECT * FROM schedule_items WHERE (kind, id) > (?, ?) ORDER BY kind, id LIMIT ?', kind, id, limit)
      .toArray()
      .map((row) => ({ item: itemOf(row), removedAt: maybeNumber(row['removed_at']) }));
  }
}

const itemOf = (row: Row): ScheduleItem =>
  ({
    kind: text(row['kind']),
    id: text(row['id']),
    version: Number(row['version']),
    updatedAt: Number(row['updated_at']),
    body: JSON.parse(text(row['body'])),
  }) as ScheduleItem;
