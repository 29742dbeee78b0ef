/** Notes of staff on appointments; the text of one is erasable. */
import type { AppointmentNote } from '../../events/calendar.ts';
import { bodies, one, text } from './sql.ts';
import type { WrittenNote } from './records.ts';

const written = (row: Record<string, SqlStorageValue>): WrittenNote => ({
  ...(JSON.parse(text(row['body'])) as AppointmentNote),
  text: row['text'] === null ? null : text(row['text']),
});

export class NotesTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** A new one; an id in use throws. */
  add(note: AppointmentNote, text: string | null): void {
    this.#sql.exec(
      'INSERT INTO appointment_notes (id, appointment_id, text, body) VALUES (?, ?, ?, ?)',
      note.id,
      note.appointmentId,
      text,
      JSON.stringify(note),
    );
  }
  /** Newest first, in the order they were written. */
  of(appointmentId: string, limit: number): WrittenNote[] {
    return this.#sql
      .exec(
        'SELECT body, text FROM appointment_notes WHERE appointment_id = ? ORDER BY rowid DESC LIMIT ?',
        appointmentId,
        limit,
      )
      .toArray()
      .map(written);
  }
  text(id: string): string | null {
    const row = one(this.#sql, 'SELECT text FROM appointment_notes WHERE id = ?', id);
    return row?.['text'] == null ? null : text(row['text']);
  }
  pageAfter(id: string, limit: number): WrittenNote[] {
    return this.#sql
      .exec('SELECT body, text FROM appointment_notes WHERE id > ? ORDER BY id LIMIT ?', id, limit)
      .toArray()
      .map(written);
  }
  /** Those that had a text, without it. */
  eraseTexts(appointmentId: string): AppointmentNote[] {
    const erased = bodies<AppointmentNote>(
      this.#sql,
      'SELECT body FROM appointment_notes WHERE appointment_id = ? AND text IS NOT NULL',
      appointmentId,
    );
    this.#sql.exec('UPDATE appointment_notes SET text = NULL WHERE appointment_id = ?', appointmentId);
    return erased;
  }
}
