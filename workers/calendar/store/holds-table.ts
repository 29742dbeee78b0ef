/** Slots that somebody keeps for minutes; what they take is in the busy table under their token. */
import type { CallerRef } from '../call-state.ts';
import type { Hold } from '../rows.ts';
import type { BusyTable } from './busy-table.ts';
import { bodies, maybeNumber, one, text } from './sql.ts';

/** Stands for withheld numbers. */
export const WITHHELD = 'withheld';

export class HoldsTable {
  readonly #sql: SqlStorage;
  readonly #busy: BusyTable;
  /** Whether any hold waits at all: what most questions about a call's holds need to know; null = to be looked up. */
  #someHold: boolean | null = null;

  constructor(sql: SqlStorage, busy: BusyTable) {
    this.#sql = sql;
    this.#busy = busy;
  }

  /** After a transaction that did not commit. */
  forgetUncommitted(): void {
    this.#someHold = null;
  }

  find(lockToken: string): Hold | null {
    const row = one(this.#sql, 'SELECT body FROM holds WHERE lock_token = ?', lockToken);
    return row ? (JSON.parse(text(row['body'])) as Hold) : null;
  }
  live(column: 'call_id' | 'owner', value: string, now: number): Hold[] {
    this.#someHold ??= one(this.#sql, 'SELECT 1 AS one FROM holds WHERE freed = 0 LIMIT 1') !== null;
    if (!this.#someHold) return [];
    const query =
      column === 'call_id'
        ? 'SELECT body FROM holds WHERE call_id = ? AND expires_at > ? ORDER BY expires_at'
        : 'SELECT body FROM holds WHERE owner = ? AND expires_at > ? ORDER BY expires_at';
    return bodies<Hold>(this.#sql, query, value, now);
  }
  /** Live holds of one number, or of all withheld ones. */
  ofCaller(line: string | null, now: number): Hold[] {
    return bodies<Hold>(
      this.#sql,
      'SELECT body FROM holds WHERE freed = 0 AND expires_at > ? AND caller = ? ORDER BY expires_at',
      now,
      line ?? WITHHELD,
    );
  }
  /** Live holds of an owner and of all counted under it (`owner:…`). By the clock's index: an owner's lapsed rows stay for a day. */
  count(owner: string, now: number): number {
    const row = one(
      this.#sql,
      `SELECT count(*) AS n FROM holds WHERE freed = 0 AND expires_at > ?1
       AND (+owner = ?2 OR (+owner > ?2 || ':' AND +owner < ?2 || ';'))`,
      now,
      owner,
    );
    return Number(row?.['n'] ?? 0);
  }
  allLive(now: number, limit: number): Hold[] {
    return bodies<Hold>(
      this.#sql,
      'SELECT body FROM holds WHERE freed = 0 AND expires_at > ? ORDER BY expires_at LIMIT ?',
      now,
      limit,
    );
  }
  save(hold: Hold, caller: CallerRef | null): void {
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
  remove(lockToken: string): void {
    this.#someHold = null;
    this.#busy.vacate(lockToken);
    this.#sql.exec('DELETE FROM holds WHERE lock_token = ?', lockToken);
  }
  /** Frees what expired holds took; their rows stay until `forgetBefore`. Answers how many were freed. */
  freeExpired(now: number, forgetBefore: number, limit: number): number {
    const expired = this.#expiredHolds(now, limit);
    this.#someHold = null;
    for (const token of expired) {
      this.#busy.vacate(token);
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
      one(
        this.#sql,
        'SELECT min(at) AS at FROM (SELECT min(expires_at) AS at FROM holds WHERE freed = 0 UNION ALL SELECT min(expires_at) FROM conversations)',
      )?.['at'],
    );
  }
}
