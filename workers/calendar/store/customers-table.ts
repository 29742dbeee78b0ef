/** Which customers the object knows, and what their appointments count. */
import type { Instant } from '../../../shared/clock.ts';
import type { CustomerStats } from '../rows.ts';
import { maybeNumber, one, type Row, text } from './sql.ts';

export interface StatsChange {
  appointments?: number;
  completed?: number;
  cancellations?: number;
  reschedules?: number;
  noShows?: number;
  modifications?: number;
}

export class CustomersTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  knows(id: string): boolean {
    return one(this.#sql, 'SELECT 1 AS one FROM customers WHERE id = ?', id) !== null;
  }
  registerAll(ids: readonly string[], now: number): void {
    this.#sql.exec(
      'INSERT OR IGNORE INTO customers (id, registered_at) SELECT value, ? FROM json_each(?)',
      now,
      JSON.stringify(ids),
    );
  }
  register(id: string, now: number): void {
    this.#sql.exec('INSERT OR IGNORE INTO customers (id, registered_at) VALUES (?, ?)', id, now);
  }
  stats(customerId: string): CustomerStats | null {
    const row = one(this.#sql, 'SELECT * FROM customer_stats WHERE customer_id = ?', customerId);
    return row ? statsOf(row) : null;
  }
  statsAfter(customerId: string, limit: number): CustomerStats[] {
    return this.#sql
      .exec('SELECT * FROM customer_stats WHERE customer_id > ? ORDER BY customer_id LIMIT ?', customerId, limit)
      .toArray()
      .map(statsOf);
  }
  countFor(customerId: string, change: StatsChange, startsAt: number | null, modifiedAt: number | null): void {
    const values = [
      customerId,
      change.appointments ?? 0,
      change.completed ?? 0,
      change.cancellations ?? 0,
      change.reschedules ?? 0,
      change.noShows ?? 0,
      change.modifications ?? 0,
      startsAt,
      modifiedAt,
    ] as const;
    const { rowsWritten } = this.#sql.exec(
      `UPDATE customer_stats SET appointments = appointments + ?2, completed = completed + ?3, cancellations = cancellations + ?4,
         reschedules = reschedules + ?5, no_shows = no_shows + ?6, modifications = modifications + ?7,
         last_starts_at = max(coalesce(last_starts_at, ?8), coalesce(?8, last_starts_at)), last_modified_at = coalesce(?9, last_modified_at)
       WHERE customer_id = ?1`,
      ...values,
    );
    if (rowsWritten > 0) return;
    this.#sql.exec(
      `INSERT INTO customer_stats (customer_id, appointments, completed, cancellations, reschedules, no_shows, modifications, last_starts_at, last_modified_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...values,
    );
  }
}

const statsOf = (row: Row): CustomerStats => ({
  customerId: text(row['customer_id']),
  appointments: Number(row['appointments']),
  completed: Number(row['completed']),
  cancellations: Number(row['cancellations']),
  reschedules: Number(row['reschedules']),
  noShows: Number(row['no_shows']),
  modifications: Number(row['modifications']),
  lastStartsAt: maybeNumber(row['last_starts_at']) as Instant | null,
  lastModifiedAt: maybeNumber(row['last_modified_at']) as Instant | null,
});
