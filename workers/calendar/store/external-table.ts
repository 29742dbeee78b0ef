/** What other calendars say: booking uids of Cal.com with what became of them, and bookings that found their slot taken. */
import type { Instant } from '../../../shared/clock.ts';
import type { ExternalLink } from '../rules/external.ts';
import { conflictOfToday, type ExternalConflict } from '../../events/calendar.ts';
import { one, text } from './sql.ts';

/** Far more conflicts than one person ever has. */
const MOST_OF_ONE = 1_000;

export class ExternalTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  link(uid: string): ExternalLink | null {
    const row = one(this.#sql, 'SELECT * FROM external_links WHERE uid = ?', uid);
    return row ? linkIn(row) : null;
  }
  /** All bookings that an appointment had at Cal.com, by uid. */
  linksOf(appointmentId: string): ExternalLink[] {
    return this.#sql
      .exec('SELECT * FROM external_links WHERE appointment_id = ? ORDER BY uid', appointmentId)
      .toArray()
      .map(linkIn);
  }
  saveLink(link: ExternalLink): void {
    const { state } = link;
    const kept = state === 'requested' ? 'current' : state === 'rejected' ? 'cancelled' : state;
    this.#sql.exec(
      'INSERT OR REPLACE INTO external_links (uid, appointment_id, state, updated_at, detail) VALUES (?, ?, ?, ?, ?)',
      link.uid,
      link.appointmentId,
      kept,
      link.updatedAt,
      kept === state ? null : state,
    );
  }
  openConflict(uids: readonly string[]): ExternalConflict | null {
    for (const uid of uids) {
      const row = one(this.#sql, "SELECT body FROM external_conflicts WHERE external_uid = ? AND status = 'open'", uid);
      if (row) return conflictOf(row['body']);
    }
    return null;
  }
  /** Open ones about an appointment of ours. */
  openOf(appointmentId: string): ExternalConflict[] {
    return this.#sql
      .exec(
        "SELECT body FROM external_conflicts WHERE json_extract(body, '$.appointmentId') = ? AND status = 'open'",
        appointmentId,
      )
      .toArray()
      .map((row) => conflictOf(row['body']));
  }
  conflict(id: string): ExternalConflict | null {
    const row = one(this.#sql, 'SELECT body FROM external_conflicts WHERE id = ?', id);
    return row ? conflictOf(row['body']) : null;
  }
  /** A customer's, open and settled, by id. */
  conflictsOfCustomer(customerId: string): ExternalConflict[] {
    return this.#sql
      .exec(
        "SELECT body FROM external_conflicts WHERE json_extract(body, '$.customerId') = ? ORDER BY id LIMIT ?",
        customerId,
        MOST_OF_ONE,
      )
      .toArray()
      .map((row) => conflictOf(row['body']));
  }
  conflictsAfter(id: string, limit: number): ExternalConflict[] {
    return this.#sql
      .exec('SELECT body FROM external_conflicts WHERE id > ? ORDER BY id LIMIT ?', id, limit)
      .toArray()
      .map((row) => conflictOf(row['body']));
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

const linkIn = (row: Record<string, SqlStorageValue>): ExternalLink => ({
  uid: text(row['uid']),
  appointmentId: row['appointment_id'] == null ? null : text(row['appointment_id']),
  state: text(row['detail'] ?? row['state']) as ExternalLink['state'],
  updatedAt: Number(row['updated_at']) as Instant,
});

/** A stored body, of whatever version. */
const conflictOf = (body: SqlStorageValue | undefined): ExternalConflict =>
  conflictOfToday(JSON.parse(text(body))) as unknown as ExternalConflict;
