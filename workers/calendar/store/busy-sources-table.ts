/** Imported calendars of people: what each says, and what an import has put beside it that does not count yet. */
import { asInstant } from '../../../shared/clock.ts';
import { MINUTE } from '../../../shared/time.ts';
import type { BusySource } from '../commands/inputs.ts';
import { maybeNumber, maybeText, one, type Row, text } from './sql.ts';

/** Longest time of an import, minutes (workers/imports/rules/read-calendar.ts cuts what is longer): so far back a day looks. */
export const MAX_BUSY_MINUTES = 31 * 1_440;

export class BusySourcesTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  find(id: string): BusySource | null {
    const row = one(this.#sql, 'SELECT * FROM busy_sources WHERE id = ?', id);
    return row ? sourceOf(row) : null;
  }
  /** Of a person, the newest first. */
  of(staffId: string): BusySource[] {
    return this.#sql
      .exec('SELECT * FROM busy_sources WHERE staff_id = ? ORDER BY imported_at DESC, id', staffId)
      .toArray()
      .map(sourceOf);
  }

  /** Puts a part beside what counts; the same part again replaces itself. */
  put(
    { importId, staffId, part, now }: { importId: string; staffId: string; part: number; now: number },
    times: readonly (readonly [from: number, to: number, title: string | null])[],
  ): void {
    this.#sql.exec('DELETE FROM busy_times WHERE import_id = ? AND part = ?', importId, part);
    this.#sql.exec(
      `INSERT INTO busy_times (import_id, part, nr, staff_id, from_min, to_min, title, active, put_at)
         SELECT ?, ?, key, ?, value ->> 0, value ->> 1, value ->> 2, 0, ? FROM json_each(?)`,
      importId,
      part,
      staffId,
      now,
      JSON.stringify(times),
    );
  }

  /** Times of an import in the order of their start. */
  times(importId: string): [from: number, to: number][] {
    return this.#sql
      .exec('SELECT from_min, to_min FROM busy_times WHERE import_id = ? ORDER BY from_min, to_min', importId)
      .toArray()
      .map((row) => [Number(row['from_min']), Number(row['to_min'])]);
  }

  /** What counts of a person in a stretch, with titles where they were kept. */
  within(staffId: string, from: number, to: number): { from: number; to: number; title: string | null }[] {
    return this.#sql
      .exec(
        'SELECT from_min, to_min, title FROM busy_times WHERE staff_id = ? AND active = 1 AND from_min > ? AND from_min < ? AND to_min > ? ORDER BY from_min',
        staffId,
        from - MAX_BUSY_MINUTES - 1,
        to,
        from,
      )
      .toArray()
      .map((row) => ({ from: Number(row['from_min']), to: Number(row['to_min']), title: maybeText(row['title']) }));
  }

  /** An import's times count from now on, those before it of the same source are gone. */
  save(source: BusySource): void {
    const before = this.find(source.id);
    if (before !== null && before.importId !== source.importId)
      this.#sql.exec('DELETE FROM busy_times WHERE import_id = ?', before.importId);
    this.#sql.exec('UPDATE busy_times SET active = 1 WHERE import_id = ?', source.importId);
    this.#sql.exec(
      'INSERT OR REPLACE INTO busy_sources (id, staff_id, import_id, name, times, until_min, imported_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      source.id,
      source.staffId,
      source.importId,
      source.name,
      source.times,
      source.untilAt === null ? null : source.untilAt / MINUTE,
      source.importedAt,
    );
  }

  remove({ id, importId }: BusySource): void {
    this.#sql.exec('DELETE FROM busy_times WHERE import_id = ?', importId);
    this.#sql.exec('DELETE FROM busy_sources WHERE id = ?', id);
  }

  /** Imports that came to no end leave nothing. */
  prune(before: number): void {
    this.#sql.exec('DELETE FROM busy_times WHERE active = 0 AND put_at < ?', before);
  }
}

const sourceOf = (row: Row): BusySource => {
  const until = maybeNumber(row['until_min']);
  return {
    id: text(row['id']),
    staffId: text(row['staff_id']),
    importId: text(row['import_id']),
    name: maybeText(row['name']),
    times: Number(row['times']),
    untilAt: until === null ? null : asInstant(until * MINUTE),
    importedAt: asInstant(Number(row['imported_at'])),
  };
};
