/**
 * All SQL of the calendar object: rows in, rows out, busy timelines cached per person and resource. No rules here; called by
 * calendar-object.ts inside its transactions and by queries.ts.
 */
import type { Instant } from '../../shared/clock.ts';
import { assert } from '../../shared/result.ts';
import { type Busy, type Occupation, overused, type Timeline } from './engine/availability.ts';
import type { ExternalLink } from './rules/external.ts';
import type { Penalty } from './rules/caller-limits.ts';
import {
  type Appointment,
  type AppointmentTexts,
  type CallerRef,
  type CustomerStats,
  type ExternalConflict,
  type Hold,
  MAX_APPOINTMENT_MINUTES,
  type Modification,
  type ScheduleItem,
  type ScheduleKind,
} from './types.ts';

/** A timeline asked for at most this many minutes is read as it is; wider ones are cached whole. */
const NARROW_MINUTES = 6 * 1_440;
/** How far back a cached timeline begins, minutes: nobody plans the day before yesterday. */
const CACHE_BACK_MINUTES = 2 * 1_440;
/** Cached timelines; beyond it the cache starts anew. */
const MAX_CACHED = 500;
const NEVER = Number.POSITIVE_INFINITY;
/** Open appointments looked at when a schedule changes. */
const MAX_FUTURE = 20_000;

const staffSubject = (id: string): string => `s:${id}`;
const resourceSubject = (id: string): string => `r:${id}`;
const subjectOf = (o: Occupation): string => (o.kind === 'staff' ? staffSubject(o.id) : resourceSubject(o.id));

export interface StatsChange {
  appointments?: number;
  completed?: number;
  cancellations?: number;
  reschedules?: number;
  noShows?: number;
  modifications?: number;
}

const INSERT_BUSY =
  'INSERT OR FAIL INTO busy (subject, from_min, to_min, owner, part, units, share, exclusive, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)';
/** What the trigger of schema.ts says. */
const NEVER_TWICE = 'busy_never_twice';

/** Stands for the numbers that nobody shows. */
const WITHHELD = 'withheld';

type Row = Record<string, SqlStorageValue>;
const text = (value: SqlStorageValue | undefined): string => String(value);
const maybeNumber = (value: SqlStorageValue | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

export class CalendarStore {
  readonly #sql: SqlStorage;
  readonly #cache = new Map<string, { since: number; timeline: Timeline }>();
  /** Whether any hold waits at all: what most questions about a call's holds need to know; null = to be looked up. */
  #someHold: boolean | null = null;
  #changed = false;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** After a transaction that did not commit: what was read inside it may never have been true. */
  forgetUncommitted(): void {
    if (this.#changed) this.#cache.clear();
    this.#changed = false;
    this.#someHold = null;
  }
  committed(): void {
    this.#changed = false;
  }

  #one(query: string, ...bindings: SqlStorageValue[]): Row | null {
    return this.#sql.exec(query, ...bindings).toArray()[0] ?? null;
  }

  // ---- schedule -----------------------------------------------------------------------------------------------------

  scheduleVersion(): number {
    return Number(this.#one('SELECT version FROM schedule_version')?.['version'] ?? 0);
  }
  items(): ScheduleItem[] {
    return this.#sql
      .exec('SELECT * FROM schedule_items WHERE removed_at IS NULL ORDER BY kind, id')
      .toArray()
      .map(itemOf);
  }
  /** Also a removed one: its version goes on counting. */
  item(kind: ScheduleKind, id: string): { item: ScheduleItem; removedAt: number | null } | null {
    const row = this.#one('SELECT * FROM schedule_items WHERE kind = ? AND id = ?', kind, id);
    return row ? { item: itemOf(row), removedAt: maybeNumber(row['removed_at']) } : null;
  }
  saveItem(item: ScheduleItem, removedAt: number | null): void {
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
  bumpScheduleVersion(): number {
    this.#sql.exec('UPDATE schedule_version SET version = version + 1');
    return this.scheduleVersion();
  }

  // ---- busy ---------------------------------------------------------------------------------------------------------

  /** The object's busy times as the engine reads them. */
  readonly busy: Busy = {
    staff: (id, from, to) => this.#timeline(staffSubject(id), from, to),
    resource: (id, from, to) => this.#timeline(resourceSubject(id), from, to),
  };

  #timeline(subject: string, from: number, to: number): Timeline {
    const cached = this.#cache.get(subject);
    if (cached && cached.since <= from) return cached.timeline;
    if (to - from <= NARROW_MINUTES) return this.#rowsAround(subject, from, to);
    const since = from - CACHE_BACK_MINUTES;
    const timeline = timelineOf(
      this.#sql.exec(
        'SELECT from_min, to_min, units, share, owner, expires_at FROM busy WHERE subject = ? AND from_min >= ?',
        subject,
        since,
      ),
    );
    if (this.#cache.size >= MAX_CACHED) this.#cache.clear();
    this.#cache.set(subject, { since, timeline });
    return timeline;
  }

  /** Rows that reach into a stretch, and those shortly before that don't. */
  #rowsAround(subject: string, from: number, to: number): Timeline {
    return timelineOf(
      this.#sql.exec(
        'SELECT from_min, to_min, units, share, owner, expires_at FROM busy WHERE subject = ? AND from_min > ? AND from_min < ?',
        subject,
        from - MAX_APPOINTMENT_MINUTES,
        to,
      ),
    );
  }

  #touch(subject: string): void {
    this.#cache.delete(subject);
    this.#changed = true;
  }

  /** Writes the rows of a booking or hold. Expired holds in the way are removed; what still overlaps is a defect of ours and throws. */
  occupy(owner: string, occupations: readonly Occupation[], expiresAt: number | null, now: number): void {
    occupations.forEach((o, part) => {
      const subject = subjectOf(o);
      this.#touch(subject);
      const exclusive = o.kind === 'staff' || o.capacity === 1;
      const row = [subject, o.from, o.to, owner, part, o.units, o.share, exclusive ? 1 : 0, expiresAt] as const;
      if (!exclusive) {
        this.#removeExpired(subject, o, now);
        this.#sql.exec(INSERT_BUSY, ...row);
        this.#assertCapacity(subject, o);
        return;
      }
      try {
        this.#sql.exec(INSERT_BUSY, ...row);
      } catch (fault) {
        // The trigger refused this one statement; a lapsed hold that nobody tidied yet is no reason to.
        if (!String(fault).includes(NEVER_TWICE)) throw fault;
        this.#removeExpired(subject, o, now);
        this.#sql.exec(INSERT_BUSY, ...row);
      }
    });
  }

  #removeExpired(subject: string, o: Occupation, now: number): void {
    this.#sql.exec(
      'DELETE FROM busy WHERE subject = ? AND from_min > ? AND from_min < ? AND to_min > ? AND expires_at <= ?',
      subject,
      o.from - MAX_APPOINTMENT_MINUTES,
      o.to,
      o.from,
      now,
    );
  }

  #assertCapacity(subject: string, o: Occupation): void {
    const rows = this.#rowsAround(subject, o.from, o.to);
    const full = overused(rows, 0, rows.from.length, o.capacity, () => true);
    for (let i = 0; i < full.length; i += 2) {
      assert((full[i] as number) >= o.to || (full[i + 1] as number) <= o.from, `capacity of ${subject} exceeded`);
    }
  }

  vacate(owner: string): void {
    for (const row of this.#sql.exec('SELECT DISTINCT subject FROM busy WHERE owner = ?', owner).toArray())
      this.#touch(text(row['subject']));
    this.#sql.exec('DELETE FROM busy WHERE owner = ?', owner);
  }

  /** Replaces the busy times of one foreign calendar in a range; long ones are cut into days. */
  putExternalBusy(
    staffId: string,
    owner: string,
    from: number,
    until: number,
    busy: readonly { from: number; to: number }[],
  ): number {
    const subject = staffSubject(staffId);
    this.#touch(subject);
    this.#sql.exec(
      'DELETE FROM busy WHERE subject = ? AND owner = ? AND from_min < ? AND to_min > ?',
      subject,
      owner,
      until,
      from,
    );
    let part = 0;
    for (const one of busy) {
      for (let at = one.from; at < one.to; at += MAX_APPOINTMENT_MINUTES) {
        this.#sql.exec(
          'INSERT OR REPLACE INTO busy (subject, from_min, to_min, owner, part, units, share, exclusive, expires_at) VALUES (?, ?, ?, ?, ?, 1, NULL, 0, NULL)',
          subject,
          at,
          Math.min(one.to, at + MAX_APPOINTMENT_MINUTES),
          owner,
          part++,
        );
      }
    }
    return part;
  }

  // ---- appointments -------------------------------------------------------------------------------------------------

  appointment(id: string): Appointment | null {
    const row = this.#one('SELECT body FROM appointments WHERE id = ?', id);
    return row ? (JSON.parse(text(row['body'])) as Appointment) : null;
  }
  /** A new one; an id in use throws. */
  addAppointment(a: Appointment): void {
    this.#writeAppointment('INSERT', a);
  }
  saveAppointment(a: Appointment): void {
    this.#writeAppointment('INSERT OR REPLACE', a);
  }
  #writeAppointment(verb: 'INSERT' | 'INSERT OR REPLACE', a: Appointment): void {
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
  texts(appointmentId: string): AppointmentTexts {
    const row = this.#one(
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
    this.#sql.exec('UPDATE modifications SET reason = NULL WHERE appointment_id = ?', appointmentId);
  }
  /** Of one branch, starts in [from, until), those of the day before that reach in included by their length bound. */
  appointmentsBetween(branchId: string, from: number, until: number): Appointment[] {
    return this.#sql
      .exec(
        'SELECT body FROM appointments WHERE branch_id = ? AND starts_at > ? AND starts_at < ? AND ends_at > ? ORDER BY starts_at',
        branchId,
        from - MAX_APPOINTMENT_MINUTES * 60_000,
        until,
        from,
      )
      .toArray()
      .map((row) => JSON.parse(text(row['body'])) as Appointment);
  }
  /** Open ones that end after an instant, by start. Branches that were removed are looked through too: their rows stay. */
  futureOpen(after: number): Appointment[] {
    return this.#sql
      .exec(
        `SELECT body FROM appointments WHERE branch_id IN (SELECT id FROM schedule_items WHERE kind = 'branch')
           AND starts_at > ? AND ends_at > ? AND status IN ('pending','confirmed','in_progress') ORDER BY starts_at LIMIT ?`,
        after - MAX_APPOINTMENT_MINUTES * 60_000,
        after,
        MAX_FUTURE,
      )
      .toArray()
      .map((row) => JSON.parse(text(row['body'])) as Appointment);
  }
  ofCustomer(customerId: string, now: number, past: boolean, limit: number): Appointment[] {
    const query = past
      ? 'SELECT body FROM appointments WHERE customer_id = ? AND starts_at < ? ORDER BY starts_at DESC LIMIT ?'
      : "SELECT body FROM appointments WHERE customer_id = ? AND starts_at >= ? AND status IN ('pending','confirmed') ORDER BY starts_at LIMIT ?";
    return this.#sql
      .exec(query, customerId, now, limit)
      .toArray()
      .map((row) => JSON.parse(text(row['body'])) as Appointment);
  }
  ofCall(callId: string, limit: number): string[] {
    return this.#sql
      .exec('SELECT id FROM appointments WHERE call_id = ? ORDER BY id LIMIT ?', callId, limit)
      .toArray()
      .map((row) => text(row['id']));
  }
  /** How many appointments a call made, counted up to `most`. */
  countOfCall(callId: string, most: number): number {
    const row = this.#one(
      `SELECT count(*) AS n FROM (SELECT 1 FROM appointments WHERE call_id = ? LIMIT ${most})`,
      callId,
    );
    return Number(row?.['n'] ?? 0);
  }
  /**
   * What a booking is decided on, in one statement. Recent bookings are counted up to `limit`, and not at all for a customer who never
   * had so many; they lie ahead of `since`, as nobody books the past (the house may, and has no limit).
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
    const row = this.#one(
      `SELECT EXISTS (SELECT 1 FROM customers WHERE id = ?1) AS known, EXISTS (SELECT 1 FROM appointments WHERE id = ?2) AS used,
         (SELECT body FROM holds WHERE call_id = ?3 AND expires_at > ?4 ORDER BY expires_at LIMIT 1) AS hold,
         CASE WHEN (SELECT appointments FROM customer_stats WHERE customer_id = ?1) >= ${most} THEN
           (SELECT count(*) FROM (SELECT 1 FROM appointments WHERE customer_id = ?1 AND starts_at > ?5 AND created_at > ?5 LIMIT ${most}))
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
  appointmentsAfter(id: string, limit: number): Appointment[] {
    return this.#sql
      .exec('SELECT body FROM appointments WHERE id > ? ORDER BY id LIMIT ?', id, limit)
      .toArray()
      .map((row) => JSON.parse(text(row['body'])) as Appointment);
  }

  saveModification(m: Modification, reason: string | null): void {
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
  modificationsOf(appointmentId: string, limit: number): Modification[] {
    return this.#sql
      .exec('SELECT body FROM modifications WHERE appointment_id = ? ORDER BY rowid DESC LIMIT ?', appointmentId, limit)
      .toArray()
      .map((row) => JSON.parse(text(row['body'])) as Modification);
  }
  modification(id: string): Modification | null {
    const row = this.#one('SELECT body FROM modifications WHERE id = ?', id);
    return row ? (JSON.parse(text(row['body'])) as Modification) : null;
  }
  modificationsAfter(id: string, limit: number): { modification: Modification; reason: string | null }[] {
    return this.#sql
      .exec('SELECT body, reason FROM modifications WHERE id > ? ORDER BY id LIMIT ?', id, limit)
      .toArray()
      .map((row) => ({
        modification: JSON.parse(text(row['body'])) as Modification,
        reason: row['reason'] === null ? null : text(row['reason']),
      }));
  }
  reason(modificationId: string): string | null {
    const row = this.#one('SELECT reason FROM modifications WHERE id = ?', modificationId);
    return row?.['reason'] == null ? null : text(row['reason']);
  }

  // ---- customers ----------------------------------------------------------------------------------------------------

  knowsCustomer(id: string): boolean {
    return this.#one('SELECT 1 AS one FROM customers WHERE id = ?', id) !== null;
  }
  registerCustomers(ids: readonly string[], now: number): void {
    this.#sql.exec(
      'INSERT OR IGNORE INTO customers (id, registered_at) SELECT value, ? FROM json_each(?)',
      now,
      JSON.stringify(ids),
    );
  }
  registerCustomer(id: string, now: number): void {
    this.#sql.exec('INSERT OR IGNORE INTO customers (id, registered_at) VALUES (?, ?)', id, now);
  }
  stats(customerId: string): CustomerStats | null {
    const row = this.#one('SELECT * FROM customer_stats WHERE customer_id = ?', customerId);
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

  // ---- holds --------------------------------------------------------------------------------------------------------

  hold(lockToken: string): Hold | null {
    const row = this.#one('SELECT body FROM holds WHERE lock_token = ?', lockToken);
    return row ? (JSON.parse(text(row['body'])) as Hold) : null;
  }
  liveHolds(column: 'call_id' | 'owner', value: string, now: number): Hold[] {
    this.#someHold ??= this.#one('SELECT 1 AS one FROM holds WHERE freed = 0 LIMIT 1') !== null;
    if (!this.#someHold) return [];
    const query =
      column === 'call_id'
        ? 'SELECT body FROM holds WHERE call_id = ? AND expires_at > ? ORDER BY expires_at'
        : 'SELECT body FROM holds WHERE owner = ? AND expires_at > ? ORDER BY expires_at';
    return this.#sql
      .exec(query, value, now)
      .toArray()
      .map((row) => JSON.parse(text(row['body'])) as Hold);
  }
  /** Live holds of one number, or of all withheld ones. */
  holdsOfCaller(line: string | null, now: number): Hold[] {
    return this.#sql
      .exec(
        'SELECT body FROM holds WHERE freed = 0 AND expires_at > ? AND caller = ? ORDER BY expires_at',
        now,
        line ?? WITHHELD,
      )
      .toArray()
      .map((row) => JSON.parse(text(row['body'])) as Hold);
  }
  /** Live holds of an owner and of all counted under it (`owner:…`). By the clock's index: an owner's lapsed rows stay for a day. */
  countHolds(owner: string, now: number): number {
    const row = this.#one(
      `SELECT count(*) AS n FROM holds WHERE freed = 0 AND expires_at > ?1
       AND (+owner = ?2 OR (+owner > ?2 || ':' AND +owner < ?2 || ';'))`,
      now,
      owner,
    );
    return Number(row?.['n'] ?? 0);
  }
  allLiveHolds(now: number, limit: number): Hold[] {
    return this.#sql
      .exec('SELECT body FROM holds WHERE freed = 0 AND expires_at > ? ORDER BY expires_at LIMIT ?', now, limit)
      .toArray()
      .map((row) => JSON.parse(text(row['body'])) as Hold);
  }
  saveHold(hold: Hold, caller: CallerRef | null): void {
    this.#someHold = true;
    this.#sql.exec(
      'INSERT INTO holds (lock_token, owner, caller, call_id, expires_at, body) VALUES (?, ?, ?, ?, ?, ?)',
      hold.lockToken,
      hold.owner,
      caller === null ? null : (caller.line ?? WITHHELD),
      hold.callId,
      hold.expiresAt,
      JSON.stringify(hold),
    );
  }
  removeHold(lockToken: string): void {
    this.#someHold = null;
    this.vacate(lockToken);
    this.#sql.exec('DELETE FROM holds WHERE lock_token = ?', lockToken);
  }
  /** Frees what expired holds took; their rows stay until `forgetBefore`. Answers how many were freed. */
  freeExpiredHolds(now: number, forgetBefore: number, limit: number): number {
    const expired = this.#expiredHolds(now, limit);
    this.#someHold = null;
    for (const token of expired) {
      this.vacate(token);
      this.#sql.exec('UPDATE holds SET freed = 1 WHERE lock_token = ?', token);
    }
    this.#sql.exec('DELETE FROM holds WHERE freed = 1 AND expires_at <= ?', forgetBefore);
    return expired.length;
  }
  #expiredHolds(now: number, limit: number): string[] {
    return this.#sql
      .exec('SELECT lock_token FROM holds WHERE freed = 0 AND expires_at <= ? ORDER BY expires_at LIMIT ?', now, limit)
      .toArray()
      .map((row) => text(row['lock_token']));
  }
  nextExpiry(): number | null {
    return maybeNumber(
      this.#one(
        'SELECT min(at) AS at FROM (SELECT min(expires_at) AS at FROM holds WHERE freed = 0 UNION ALL SELECT min(expires_at) FROM conversations)',
      )?.['at'],
    );
  }

  // ---- callers ------------------------------------------------------------------------------------------------------

  /** How often something was counted since an instant, up to `most`; with the oldest of those. */
  counted(name: string, since: number, most: number): { count: number; oldestAt: Instant | null } {
    // A literal: SQLite prepares a statement anew each time a bound LIMIT changes hands.
    const row = this.#one(
      `SELECT count(*) AS n, min(at) AS oldest FROM (SELECT at FROM caller_counts WHERE name = ? AND at > ? ORDER BY at DESC LIMIT ${Math.ceil(most)})`,
      name,
      since,
    );
    return { count: Number(row?.['n'] ?? 0), oldestAt: maybeNumber(row?.['oldest']) as Instant | null };
  }
  isCounted(name: string, id: string): boolean {
    return this.#one('SELECT 1 AS one FROM caller_counts WHERE name = ? AND id = ?', name, id) !== null;
  }
  count(name: string, at: number, id: string, until: number): void {
    this.#sql.exec(
      'INSERT OR IGNORE INTO caller_counts (name, at, id, until) VALUES (?, ?, ?, ?)',
      name,
      at,
      id,
      until,
    );
  }
  pruneCounts(now: number): void {
    this.#sql.exec('DELETE FROM caller_counts WHERE until <= ?', now);
    this.#sql.exec('DELETE FROM caller_penalties WHERE until <= ?', now);
  }
  penalty(name: string): Penalty | null {
    const row = this.#one('SELECT until, step FROM caller_penalties WHERE name = ?', name);
    return row ? { until: Number(row['until']) as Instant, step: Number(row['step']) } : null;
  }
  savePenalty(name: string, { until, step }: Penalty): void {
    this.#sql.exec('INSERT OR REPLACE INTO caller_penalties (name, until, step) VALUES (?, ?, ?)', name, until, step);
  }
  /** When the oldest of a customer's bookings since an instant was made, looked for among `limit` of them: sorting would read them all. */
  oldestRecent(customerId: string, since: number, limit: number): Instant | null {
    return maybeNumber(
      this.#one(
        `SELECT min(created_at) AS oldest FROM (SELECT created_at FROM appointments WHERE customer_id = ? AND starts_at > ? AND created_at > ? LIMIT ${Math.ceil(limit)})`,
        customerId,
        since,
        since,
      )?.['oldest'],
    ) as Instant | null;
  }
  /** What withheld callers have of a branch's day, instants half open: minutes of staff by appointments and live holds, without `released` ones. */
  withheldOn(
    branchId: string,
    from: number,
    until: number,
    released: readonly string[],
    now: number,
  ): { takenMinutes: number; appointments: number } {
    const booked = this.#sql
      .exec(
        `SELECT a.id FROM caller_counts c JOIN appointments a ON a.id = c.id
         WHERE c.name = 'book:${WITHHELD}' AND a.branch_id = ? AND a.starts_at >= ? AND a.starts_at < ?
           AND a.status NOT IN ('cancelled', 'no_show')`,
        branchId,
        from,
        until,
      )
      .toArray()
      .map((row) => text(row['id']));
    const held = this.holdsOfCaller(null, now)
      .filter(
        ({ lockToken, slot }) =>
          !released.includes(lockToken) && slot.branchId === branchId && slot.startsAt >= from && slot.startsAt < until,
      )
      .map((hold) => hold.lockToken);
    const owners = [...booked, ...held];
    const row = this.#one(
      `SELECT sum(to_min - from_min) AS minutes FROM (
         SELECT DISTINCT subject, from_min, to_min FROM busy
         WHERE owner IN (SELECT value FROM json_each(?)) AND subject >= 's:' AND subject < 's;')`,
      JSON.stringify(owners),
    );
    return { takenMinutes: Number(row?.['minutes'] ?? 0), appointments: owners.length };
  }

  // ---- conversations ------------------------------------------------------------------------------------------------

  conversation(callId: string, now: number): string | null {
    const row = this.#one('SELECT body FROM conversations WHERE call_id = ? AND expires_at > ?', callId, now);
    return row ? text(row['body']) : null;
  }
  saveConversation(callId: string, body: string, expiresAt: number): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO conversations (call_id, expires_at, body) VALUES (?, ?, ?)',
      callId,
      expiresAt,
      body,
    );
  }
  pruneConversations(now: number, limit: number): void {
    this.#sql.exec(
      'DELETE FROM conversations WHERE call_id IN (SELECT call_id FROM conversations WHERE expires_at <= ? LIMIT ?)',
      now,
      limit,
    );
  }

  // ---- outside ------------------------------------------------------------------------------------------------------

  link(uid: string): ExternalLink | null {
    const row = this.#one('SELECT * FROM external_links WHERE uid = ?', uid);
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
      const row = this.#one("SELECT body FROM external_conflicts WHERE external_uid = ? AND status = 'open'", uid);
      if (row) return JSON.parse(text(row['body'])) as ExternalConflict;
    }
    return null;
  }
  conflict(id: string): ExternalConflict | null {
    const row = this.#one('SELECT body FROM external_conflicts WHERE id = ?', id);
    return row ? (JSON.parse(text(row['body'])) as ExternalConflict) : null;
  }
  conflicts(status: string, limit: number): ExternalConflict[] {
    return this.#sql
      .exec('SELECT body FROM external_conflicts WHERE status = ? ORDER BY created_at DESC LIMIT ?', status, limit)
      .toArray()
      .map((row) => JSON.parse(text(row['body'])) as ExternalConflict);
  }
  conflictsAfter(id: string, limit: number): ExternalConflict[] {
    return this.#sql
      .exec('SELECT body FROM external_conflicts WHERE id > ? ORDER BY id LIMIT ?', id, limit)
      .toArray()
      .map((row) => JSON.parse(text(row['body'])) as ExternalConflict);
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
  /** Also removed items: a rebuild tells D1 of them. */
  itemsAfter(kind: string, id: string, limit: number): { item: ScheduleItem; removedAt: number | null }[] {
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

/** Rows come in primary key order, which is by `from_min` inside one subject. */
function timelineOf(cursor: SqlStorageCursor<Record<string, SqlStorageValue>>): Timeline {
  const made: Timeline = { from: [], to: [], units: [], share: [], owner: [], expires: [] };
  for (const row of cursor.toArray()) {
    made.from.push(row['from_min'] as number);
    made.to.push(row['to_min'] as number);
    made.units.push(row['units'] as number);
    made.share.push(row['share'] as string | null);
    made.owner.push(row['owner'] as string);
    made.expires.push(row['expires_at'] === null ? NEVER : (row['expires_at'] as number));
  }
  return made;
}
