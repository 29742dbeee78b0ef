/** Events that were committed and how far each sink has come with them: the rows of `_outbox` and `_sinks`. Called by the object runtime's parts. */
import type { SinkState } from './drain.ts';
import { cellsOf, type OutboxEvent } from './events.ts';
import type { JsonObject } from './hash.ts';

/** What an event costs in a page besides its JSON, bytes. */
const BYTES_AROUND = 200;
/** Rows deleted after a drain: an object that slept for weeks must not delete all of them while a caller waits. */
const FORGOTTEN_PER_DRAIN = 1_000;

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

  /** Reads ≤ maxRows and ≤ maxBytes after a cursor (at least one row). */
  readPage(afterSeq: number, maxRows: number, maxBytes: number): OutboxEvent[] {
    const page: OutboxEvent[] = [];
    let bytes = 0;
    // A literal LIMIT: SQLite prepares a statement with a bound one anew each time.
    const query = `SELECT * FROM _outbox WHERE seq > ? ORDER BY seq LIMIT ${Math.trunc(maxRows)}`;
    for (const row of this.#sql.exec(query, afterSeq)) {
      const body = String(row['body']);
      const command = row['command'] === null ? null : String(row['command']);
      bytes += body.length + (command?.length ?? 0) + BYTES_AROUND;
      if (page.length > 0 && bytes > maxBytes) break;
      page.push({
        seq: Number(row['seq']),
        epoch: Number(row['epoch']),
        id: String(row['id']),
        type: String(row['type']),
        v: Number(row['v']),
        entity: String(row['entity']),
        at: Number(row['at']),
        commandKey: String(row['command_key']),
        commandName: String(row['command_name']),
        command: command === null ? null : (JSON.parse(command) as JsonObject),
        inputHash: String(row['input_hash']),
        body: JSON.parse(body) as JsonObject,
        causer: row['causer'] === null ? null : String(row['causer']),
      });
    }
    return page;
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
