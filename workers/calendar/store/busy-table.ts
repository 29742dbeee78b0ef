/** Who and what is taken when: one row per person or resource and stretch of time. Timelines are cached per person and resource. */
import { BoundedMap } from '../../../shared/bounded-map.ts';
import type { EpochMinute } from '../../../shared/clock.ts';
import { assert } from '../../../shared/result.ts';
import { type Busy, type Occupation, overused, type Timeline } from '../engine/availability.ts';
import { MAX_APPOINTMENT_MINUTES } from '../../../shared/calendar-limits.ts';
import { text } from './sql.ts';

/** A timeline asked for at most this many minutes is read as it is; wider ones are cached whole. */
const NARROW_MINUTES = 6 * 1_440;
/** How far back a cached timeline begins, minutes: older days are not planned. */
const CACHE_BACK_MINUTES = 2 * 1_440;
/** Cached timelines; beyond it the cache starts anew. */
const MAX_CACHED = 500;
const NEVER = Number.POSITIVE_INFINITY;

const staffSubject = (id: string): string => `s:${id}`;
const resourceSubject = (id: string): string => `r:${id}`;
const subjectOf = (o: Occupation): string => (o.kind === 'staff' ? staffSubject(o.id) : resourceSubject(o.id));

const INSERT_BUSY =
  'INSERT OR FAIL INTO busy (subject, from_min, to_min, owner, part, units, share, exclusive, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)';
/** What the trigger of schema.ts says. */
const NEVER_TWICE = 'busy_never_twice';

/** The object's busy times as the engine reads them, and what writes them. */
export class BusyTable implements Busy {
  readonly #sql: SqlStorage;
  readonly #cache = new BoundedMap<string, { since: number; timeline: Timeline }>(MAX_CACHED);
  #changed = false;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** After a transaction: what was read inside one that did not commit may never have been true. */
  settled(committed: boolean): void {
    if (!committed && this.#changed) this.#cache.clear();
    this.#changed = false;
  }

  staff(id: string, from: EpochMinute, to: EpochMinute): Timeline {
    return this.#timeline(staffSubject(id), from, to);
  }
  resource(id: string, from: EpochMinute, to: EpochMinute): Timeline {
    return this.#timeline(resourceSubject(id), from, to);
  }

  #timeline(subject: string, from: EpochMinute, to: EpochMinute): Timeline {
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
    this.#cache.set(subject, { since, timeline });
    return timeline;
  }

  /** Rows that reach into a stretch, and those shortly before that don't. */
  #rowsAround(subject: string, from: EpochMinute, to: EpochMinute): Timeline {
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
        // The trigger refused this one statement; a lapsed hold that is not tidied yet is no reason to refuse.
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

  /** Frees what an owner has from a minute on; what lies before stays. */
  vacateFrom(owner: string, minute: EpochMinute): void {
    for (const row of this.#sql.exec('SELECT DISTINCT subject FROM busy WHERE owner = ?', owner).toArray())
      this.#touch(text(row['subject']));
    this.#sql.exec('DELETE FROM busy WHERE owner = ? AND from_min >= ?', owner, minute);
    this.#sql.exec('UPDATE busy SET to_min = ? WHERE owner = ? AND to_min > ?', minute, owner, minute);
  }

  /** Replaces all that an imported calendar says of a person; stretches neither overlap nor are longer than a day. */
  replaceExternal(
    staffId: string,
    owner: string,
    busy: readonly (readonly [from: EpochMinute, to: EpochMinute])[],
  ): void {
    const subject = staffSubject(staffId);
    this.#touch(subject);
    this.#sql.exec('DELETE FROM busy WHERE owner = ?', owner);
    this.#sql.exec(
      `INSERT INTO busy (subject, from_min, to_min, owner, part, units, share, exclusive, expires_at)
         SELECT ?, value ->> 0, value ->> 1, ?, key, 1, NULL, 0, NULL FROM json_each(?)`,
      subject,
      owner,
      JSON.stringify(busy),
    );
  }

  /** Replaces the busy times of one foreign calendar in a range; long ones are cut into days. */
  putExternal(
    staffId: string,
    owner: string,
    from: EpochMinute,
    until: EpochMinute,
    busy: readonly { from: EpochMinute; to: EpochMinute }[],
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
}

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
