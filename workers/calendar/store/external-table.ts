/** What other calendars say: booking uids of Cal.com with what became of them, and bookings that found their slot taken. */
import type { Instant } from '../../../shared/clock.ts';
import type { ExternalLink } from '../rules/external.ts';
import type { ExternalConflict } from '../../events/calendar.ts';
import { bodies, one, text } from './sql.ts';

export class ExternalTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  link(uid: string): ExternalLink | null {
    const row = one(this.#sql, 'SELECT * FROM external_links WHERE uid = ?', uid);
    return row
      ? {
          uid,
          appointmentId: row['appointment_id'] === null ? null : text(row['appointment_id']),
          state: text(row['state']) as ExternalLink['state'],
          updatedAt: Number(row['updated_at']) as Instant,
        }
      : null;
  }
  saveLink(link: ExternalLink): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO external_links (uid, appointment_id, state, updated_at) VALUES (?, ?, ?, ?)',
      link.uid,
      link.appointmentId,
      link.state,
      link.updatedAt,
    );
  }
  openConflict(uids: readonly string[]): ExternalConflict | null {
    for (const uid of uids) {
      const row = one(this.#sql, "SELECT body FROM external_conflicts WHERE external_uid = ? AND status = 'open'", uid);
      if (row) return JSON.parse(text(row['body'])) as ExternalConflict;
    }
    return null;
  }
  conflict(id: string): ExternalConflict | null {
    const row = one(this.#sql, 'SELECT body FROM external_conflicts WHERE id = ?', id);
    return row ? (JSON.parse(text(row['body'])) as ExternalConflict) : null;
  }
  conflicts(status: string, limit: number): ExternalConflict[] {
    return bodies<ExternalConflict>(
      this.#sql,
      'SELECT body FROM external_conflicts WHERE status = ? ORDER BY created_at DESC LIMIT ?',
      status,
      limit,
    );
  }
  conflictsAfter(id: string, limit: number): ExternalConflict[] {
    return bodies<ExternalConflict>(
      this.#sql,
      'SELECT body FROM external_conflicts WHERE id > ? ORDER BY id LIMIT ?',
      id,
      limit,
    );
  }
  saveConflict(c: ExternalConflict): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO external_conflicts (id, external_uid, status, created_at, body) VALUES (?, ?, ?, ?, ?)',
      c.id,
      c.externalUid,
      c.status,
      c.createdAt,
      JSON.stringify(c),
    );
  }
}
