/** Appointments, their erasable texts, and what a booking is decided on. */
import type { Instant } from '../../../shared/clock.ts';
import { MAX_APPOINTMENT_MINUTES } from '../../../shared/calendar-limits.ts';
import type { AppointmentTexts, Hold } from '../rows.ts';
import type { Appointment } from '../../events/calendar.ts';
import { bodies, maybeNumber, one, text } from './sql.ts';

/** Open appointments looked at when a schedule changes. */
const MAX_FUTURE = 20_000;

/** Nobody deleted it. */
const IS_THERE = "json_extract(body, '$.deletedAt') IS NULL";

/** A party counts as one booking: by its first appointment. */
const FIRST_OF_PARTY = "json_extract(body, '$.parentAppointmentId') IS NULL";

export class AppointmentsTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** One that is there: a deleted one is not, for everybody who does anything with appointments. */
  find(id: string): Appointment | null {
    const found = this.findAny(id);
    return found?.deletedAt === undefined ? found : null;
  }
  /** The same, deleted or not: for who restores it, and for Cal.com, whose word still belongs to it. */
  findAny(id: string): Appointment | null {
    const row = one(this.#sql, 'SELECT body FROM appointments WHERE id = ?', id);
    return row ? (JSON.parse(text(row['body'])) as Appointment) : null;
  }
  /** A new one; an id in use throws. */
  add(a: Appointment): void {
    this.#write('INSERT', a);
  }
  save(a: Appointment): void {
    this.#write('INSERT OR REPLACE', a);
  }
  #write(verb: 'INSERT' | 'INSERT OR REPLACE', a: Appointment): void {
    this.#sql.exec(
      `${verb} INTO appointments (id, branch_id, staff_id, customer_id, starts_at, ends_at, status, created_at, version, call_id, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      a.id,
      a.branchId,
      a.staffId,
      a.customerId,
      a.startsAt,
      a.endsAt,
      a.status,
      a.createdAt,
      a.version,
      a.callId,
      JSON.stringify(a),
    );
  }
  /** With its texts. */
  remove(id: string): void {
    this.eraseTexts(id);
    this.#sql.exec('DELETE FROM appointments WHERE id = ?', id);
  }
  texts(appointmentId: string): AppointmentTexts {
    const row = one(
      this.#sql,
      'SELECT notes, internal_notes FROM appointment_texts WHERE appointment_id = ?',
      appointmentId,
    );
    return {
      notes: row?.['notes'] == null ? null : text(row['notes']),
      internalNotes: row?.['internal_notes'] == null ? null : text(row['internal_notes']),
    };
  }
  saveTexts(appointmentId: string, texts: AppointmentTexts): void {
    if (texts.notes === null && texts.internalNotes === null) return;
    this.#sql.exec(
      'INSERT OR REPLACE INTO appointment_texts (appointment_id, notes, internal_notes) VALUES (?, ?, ?)',
      appointmentId,
      texts.notes,
      texts.internalNotes,
    );
  }
  eraseTexts(appointmentId: string): void {
    this.#sql.exec('DELETE FROM appointment_texts WHERE appointment_id = ?', appointmentId);
  }
  /** Of one branch, starts in [from, until), those of the day before that reach in included by their length bound. */
  between(branchId: string, from: number, until: number): Appointment[] {
    return bodies<Appointment>(
      this.#sql,
      `SELECT body FROM appointments WHERE branch_id = ? AND starts_at > ? AND starts_at < ? AND ends_at > ? AND ${IS_THERE} ORDER BY starts_at`,
      branchId,
      from - MAX_APPOINTMENT_MINUTES * 60_000,
      until,
      from,
    );
  }
  /** Open ones that end after an instant, by start. Branches that were removed are looked through too: their rows stay. */
  futureOpen(after: number): Appointment[] {
    return bodies<Appointment>(
      this.#sql,
      `SELECT body FROM appointments WHERE branch_id IN (SELECT id FROM schedule_items WHERE kind = 'branch')
           AND starts_at > ? AND ends_at > ? AND status IN ('pending','confirmed','in_progress') ORDER BY starts_at LIMIT ?`,
      after - MAX_APPOINTMENT_MINUTES * 60_000,
      after,
      MAX_FUTURE,
    );
  }
  ofCustomer(customerId: string, now: number, past: boolean, limit: number): Appointment[] {
    const query = past
      ? `SELECT body FROM appointments WHERE customer_id = ? AND starts_at < ? AND ${IS_THERE} ORDER BY starts_at DESC LIMIT ?`
      : "SELECT body FROM appointments WHERE customer_id = ? AND starts_at >= ? AND status IN ('pending','confirmed') ORDER BY starts_at LIMIT ?";
    return bodies<Appointment>(this.#sql, query, customerId, now, limit);
  }
  /** All of a customer's, whatever their state, by start and id after a position. */
  pageOfCustomer(customerId: string, after: { startsAt: number; id: string }, limit: number): Appointment[] {
    return bodies<Appointment>(
      this.#sql,
      'SELECT body FROM appointments WHERE customer_id = ? AND (starts_at, id) > (?, ?) ORDER BY starts_at, id LIMIT ?',
      customerId,
      after.startsAt,
      after.id,
      limit,
    );
  }
  /** Further ones of a party come last: a party is named by its first. */
  ofCall(callId: string, limit: number): string[] {
    return this.#sql
      .exec(`SELECT id FROM appointments WHERE call_id = ? ORDER BY NOT (${FIRST_OF_PARTY}), id LIMIT ?`, callId, limit)
      .toArray()
      .map((row) => text(row['id']));
  }
  /** How many bookings a call made, counted up to `most`; a party is one. */
  countOfCall(callId: string, most: number): number {
    const row = one(
      this.#sql,
      `SELECT count(*) AS n FROM (SELECT 1 FROM appointments WHERE call_id = ? AND ${FIRST_OF_PARTY} LIMIT ${most})`,
      callId,
    );
    return Number(row?.['n'] ?? 0);
  }
  /**
   * What a booking is decided on, in one statement. Recent bookings are counted up to `limit`, and not at all for a customer who never
   * had so many; they lie ahead of `since`, as only staff may book the past, and staff have no limit.
   */
  bookingFacts(ask: {
    customerId: string;
    appointmentId: string;
    callId: string | null;
    now: number;
    since: number;
    limit: number | null;
  }): { knowsCustomer: boolean; exists: boolean; callHold: Hold | null; recentBookings: number } {
    // A literal: SQLite prepares a statement anew each time a bound LIMIT changes hands.
    const most = ask.limit === null ? 0 : Math.ceil(ask.limit);
    const row = one(
      this.#sql,
      `SELECT EXISTS (SELECT 1 FROM customers WHERE id = ?1) AS known, EXISTS (SELECT 1 FROM appointments WHERE id = ?2) AS used,
         (SELECT body FROM holds WHERE call_id = ?3 AND expires_at > ?4 ORDER BY expires_at LIMIT 1) AS hold,
         CASE WHEN (SELECT appointments FROM customer_stats WHERE customer_id = ?1) >= ${most} THEN
           (SELECT count(*) FROM (SELECT 1 FROM appointments WHERE customer_id = ?1 AND starts_at > ?5 AND created_at > ?5 AND ${FIRST_OF_PARTY} LIMIT ${most}))
           ELSE 0 END AS recent`,
      ask.customerId,
      ask.appointmentId,
      ask.callId,
      ask.now,
      ask.since,
    );
    const hold = row?.['hold'] ?? null;
    return {
      knowsCustomer: row?.['known'] === 1,
      exists: row?.['used'] === 1,
      callHold: hold === null ? null : (JSON.parse(text(hold)) as Hold),
      recentBookings: Number(row?.['recent'] ?? 0),
    };
  }
  pageAfter(id: string, limit: number): Appointment[] {
    return bodies<Appointment>(this.#sql, 'SELECT body FROM appointments WHERE id > ? ORDER BY id LIMIT ?', id, limit);
  }
  /** When the oldest of a customer's bookings since an instant was made, looked for among `limit` of them: sorting would read them all. */
  oldestRecent(customerId: string, since: number, limit: number): Instant | null {
    return maybeNumber(
      one(
        this.#sql,
        `SELECT min(created_at) AS oldest FROM (SELECT created_at FROM appointments WHERE customer_id = ? AND starts_at > ? AND created_at > ? AND ${FIRST_OF_PARTY} LIMIT ${Math.ceil(limit)})`,
        customerId,
        since,
        since,
      )?.['oldest'],
    ) as Instant | null;
  }
}
