/** Changes of appointments, newest last; the reason of one is an erasable text. */
import type { Modification } from '../../events/calendar.ts';
import { bodies, one, text } from './sql.ts';

export class ModificationsTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  save(m: Modification, reason: string | null): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO modifications (id, appointment_id, at, reason, body) VALUES (?, ?, ?, ?, ?)',
      m.id,
      m.appointmentId,
      m.at,
      reason,
      JSON.stringify(m),
    );
  }
  /** Newest first, in the order they were written: clocks of two requests may disagree. */
  of(appointmentId: string, limit: number): Modification[] {
    return bodies<Modification>(
      this.#sql,
      'SELECT body FROM modifications WHERE appointment_id = ? ORDER BY rowid DESC LIMIT ?',
      appointmentId,
      limit,
    );
  }
  find(id: string): Modification | null {
    const row = one(this.#sql, 'SELECT body FROM modifications WHERE id = ?', id);
    return row ? (JSON.parse(text(row['body'])) as Modification) : null;
  }
  pageAfter(id: string, limit: number): { modification: Modification; reason: string | null }[] {
    return this.#sql
      .exec('SELECT body, reason FROM modifications WHERE id > ? ORDER BY id LIMIT ?', id, limit)
      .toArray()
      .map((row) => ({
        modification: JSON.parse(text(row['body'])) as Modification,
        reason: row['reason'] === null ? null : text(row['reason']),
      }));
  }
  reason(modificationId: string): string | null {
    const row = one(this.#sql, 'SELECT reason FROM modifications WHERE id = ?', modificationId);
    return row?.['reason'] == null ? null : text(row['reason']);
  }
  /** Changes of an appointment that still have a reason. */
  withReason(appointmentId: string): Modification[] {
    return bodies<Modification>(
      this.#sql,
      'SELECT body FROM modifications WHERE appointment_id = ? AND reason IS NOT NULL',
      appointmentId,
    );
  }
  eraseReasons(appointmentId: string): void {
    this.#sql.exec('UPDATE modifications SET reason = NULL WHERE appointment_id = ?', appointmentId);
  }
}
