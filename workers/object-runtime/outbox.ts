/** Events that were committed and how far each sink has come with them: the rows of `_outbox` and `_sinks`. Called by the object runtime's parts. */
import type { SinkState } from './drain.ts';
import { BrokenRow, cellsOf, type OutboxEvent, type SkippedEvent } from './events.ts';
import type { JsonObject } from './hash.ts';

/** What an event costs in a page besides its JSON, bytes. */
const BYTES_AROUND = 200;
/** Rows deleted after a drain: an object that slept for weeks must not delete all of them while a caller waits. */
const FORGOTTEN_PER_DRAIN = 1_000;

/** An event that a person let pass. */
export interface Skip {
  seq: number;
  type: string;
  sinks: readonly string[];
  at: number;
  /** as `causerOf` says */
  by: string;
  reason: string;
}

/** Skips shown of an object, youngest first. */
const SHOWN_SKIPS = 50;

const parsed = (text: string): JsonObject => JSON.parse(text) as JsonObject;
const commandOf = (row: Record<string, SqlStorageValue>): JsonObject | null =>
  row['command'] === null ? null : parsed(String(row['command']));
const eventOf = (row: Record<string, SqlStorageValue>, command: JsonObject | null): SkippedEvent => ({
  seq: Number(row['seq']),
  epoch: Number(row['epoch']),
  id: String(row['id']),
  type: String(row['type']),
  v: Number(row['v']),
  entity: String(row['entity']),
  at: Number(row['at']),
  commandKey: String(row['command_key']),
  commandName: String(row['command_name']),
  command,
  inputHash: String(row['input_hash']),
  causer: row['causer'] === null ? null : String(row['causer']),
});

export class Outbox {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  append(events: readonly OutboxEvent[]): void {
    for (const e of events) {
      this.#sql.exec(
        'INSERT INTO _outbox (epoch, seq, id, type, v, entity, at, command_key, command_name, command, input_hash, body, causer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        ...cellsOf(e),
        JSON.stringify(e.body),
        e.causer,
      );
    }
  }

  /**
   * Reads ≤ maxRows and ≤ maxBytes after a cursor (at least one row). A page ends before a row that can't be read; one that would begin
   * with it throws `BrokenRow`.
   */
  readPage(afterSeq: number, maxRows: number, maxBytes: number): OutboxEvent[] {
    const page: OutboxEvent[] = [];
    let bytes = 0;
    // A literal LIMIT: SQLite prepares a statement with a bound one anew each time.
    const query = `SELECT * FROM _outbox WHERE seq > ? ORDER BY seq LIMIT ${Math.trunc(maxRows)}`;
    for (const row of this.#sql.exec(query, afterSeq)) {
      const body = String(row['body']);
      bytes += body.length + (row['command'] === null ? 0 : String(row['command']).length) + BYTES_AROUND;
      if (page.length > 0 && bytes > maxBytes) break;
      try {
        page.push({ ...eventOf(row, commandOf(row)), body: parsed(body) });
      } catch (fault) {
        if (page.length > 0) break;
        throw new BrokenRow(Number(row['seq']), fault);
      }
    }
    return page;
  }

  /** The event at a seq without its body, and without its command where nobody can read that; null: it is not kept any more. */
  stubAt(seq: number): SkippedEvent | null {
    const row = this.#sql.exec('SELECT * FROM _outbox WHERE seq = ?', seq).toArray()[0];
    if (!row) return null;
    try {
      return eventOf(row, commandOf(row));
    } catch {
      return eventOf(row, null);
    }
  }
  /** The first event after a cursor; null: there is none. */
  nextAfter(cursor: number): number | null {
    const row = this.#sql.exec('SELECT seq FROM _outbox WHERE seq > ? ORDER BY seq LIMIT 1', cursor).toArray()[0];
    return row ? Number(row['seq']) : null;
  }

  noteSkip(epoch: number, { seq, type, sinks, at, by, reason }: Skip): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO _skipped (seq, epoch, type, sinks, at, by, reason) VALUES (?, ?, ?, ?, ?, ?, ?)',
      seq,
      epoch,
      type,
      sinks.join(' '),
      at,
      by,
      reason,
    );
  }
  /** Events that a person let pass, youngest first. */
  skips(): Skip[] {
    return this.#sql
      .exec(`SELECT * FROM _skipped ORDER BY seq DESC LIMIT ${SHOWN_SKIPS}`)
      .toArray()
      .map((row) => ({
        seq: Number(row['seq']),
        type: String(row['type']),
        sinks: String(row['sinks']).split(' '),
        at: Number(row['at']),
        by: String(row['by']),
        reason: String(row['reason']),
      }));
  }
  isSkipped(seq: number): boolean {
    return this.#sql.exec('SELECT 1 FROM _skipped WHERE seq = ?', seq).toArray().length > 0;
  }

  /** Id of the event at a seq; null when it is not kept any more. */
  idAt(seq: number): string | null {
    const row = this.#sql.exec('SELECT id FROM _outbox WHERE seq = ?', seq).toArray()[0];
    return row ? String(row['id']) : null;
  }
  isWaitingAfter(cursor: number): boolean {
    return this.#sql.exec('SELECT 1 FROM _outbox WHERE seq > ? LIMIT 1', cursor).toArray().length > 0;
  }
  countAfter(cursor: number): number {
    return this.#sql.exec<{ n: number }>('SELECT count(*) AS n FROM _outbox WHERE seq > ?', cursor).one().n;
  }
  /** Whether anything waits for the slowest sink that is known. */
  isWaiting(): boolean {
    return (
      this.#sql
        .exec<{ behind: number }>(
          'SELECT count(*) AS behind FROM (SELECT 1 FROM _outbox WHERE seq > coalesce((SELECT min(cursor) FROM _sinks), 0) LIMIT 1)',
        )
        .one().behind > 0
    );
  }
  /**
   * Forgets events of before an instant, oldest first, and beyond a number whatever their age; a bounded part of them at a time.
   * Rows lie in the order they were written: nothing is looked through while the oldest still counts.
   * @param upTo the last event that every sink has
   */
  forgetLeft(upTo: number, { before, mostKept }: { before: number; mostKept: number }): void {
    const oldest = this.#sql.exec('SELECT seq, at FROM _outbox ORDER BY seq LIMIT 1').toArray()[0];
    if (!oldest) return;
    const seq = Number(oldest['seq']);
    if (seq > upTo || (Number(oldest['at']) >= before && seq > upTo - mostKept)) return;
    this.#sql.exec(
      'DELETE FROM _outbox WHERE seq < ? AND (at < ? OR seq <= ?)',
      Math.min(seq + FORGOTTEN_PER_DRAIN, upTo + 1),
      before,
      upTo - mostKept,
    );
  }
  /** In a restore: what had not left belongs to the new epoch. */
  moveToEpoch(epoch: number): void {
    this.#sql.exec('UPDATE _outbox SET epoch = ? WHERE seq > coalesce((SELECT min(cursor) FROM _sinks), 0)', epoch);
  }

  sink(name: string): SinkState {
    const row = this.#sql.exec('SELECT * FROM _sinks WHERE name = ?', name).toArray()[0];
    if (!row) return { name, cursor: 0, attempts: 0, nextAt: 0, lastError: null, stopped: false };
    return {
      name,
      cursor: Number(row['cursor']),
      attempts: Number(row['attempts']),
      nextAt: Number(row['next_at']),
      lastError: row['last_error'] === null ? null : String(row['last_error']),
      stopped: Number(row['stopped']) === 1,
    };
  }
  saveSink(state: SinkState): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO _sinks (name, cursor, attempts, next_at, last_error, stopped) VALUES (?, ?, ?, ?, ?, ?)',
      state.name,
      state.cursor,
      state.attempts,
      state.nextAt,
      state.lastError,
      state.stopped ? 1 : 0,
    );
  }
  /** Lets stopped or waiting sinks try again at once (after a repair, and in the runbook). */
  resumeSinks(): void {
    this.#sql.exec('UPDATE _sinks SET attempts = 0, next_at = 0, stopped = 0, last_error = NULL');
  }
}
