/** What callers and customers took, counted; what it costs them to be refused; what withheld callers have of a day. */
import type { Instant } from '../../../shared/clock.ts';
import type { Penalty } from '../rules/caller-limits.ts';
import { type HoldsTable, WITHHELD } from './holds-table.ts';
import { maybeNumber, one, text } from './sql.ts';

export class CallersTable {
  readonly #sql: SqlStorage;
  readonly #holds: HoldsTable;
  /** what a refusal of the present command earned */
  #earned: { name: string; penalty: Penalty } | null = null;

  constructor(sql: SqlStorage, holds: HoldsTable) {
    this.#sql = sql;
    this.#holds = holds;
  }

  /** Inside a command that is about to be refused: null clears what an earlier one left. Written by `writeEarned`. */
  earn(earned: { name: string; penalty: Penalty } | null): void {
    this.#earned = earned;
  }
  /** After the refusal rolled everything else back: what it costs to be refused again. */
  writeEarned(): void {
    if (this.#earned) this.savePenalty(this.#earned.name, this.#earned.penalty);
    this.#earned = null;
  }

  /** How often something was counted since an instant, up to `most`; with the oldest of those. */
  counted(name: string, since: number, most: number): { count: number; oldestAt: Instant | null } {
    // A literal: SQLite prepares a statement anew each time a bound LIMIT changes hands.
    const row = one(
      this.#sql,
      `SELECT count(*) AS n, min(at) AS oldest FROM (SELECT at FROM caller_counts WHERE name = ? AND at > ? ORDER BY at DESC LIMIT ${Math.ceil(most)})`,
      name,
      since,
    );
    return { count: Number(row?.['n'] ?? 0), oldestAt: maybeNumber(row?.['oldest']) as Instant | null };
  }
  isCounted(name: string, id: string): boolean {
    return one(this.#sql, 'SELECT 1 AS one FROM caller_counts WHERE name = ? AND id = ?', name, id) !== null;
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
  prune(now: number): void {
    this.#sql.exec('DELETE FROM caller_counts WHERE until <= ?', now);
    this.#sql.exec('DELETE FROM caller_penalties WHERE until <= ?', now);
  }
  penalty(name: string): Penalty | null {
    const row = one(this.#sql, 'SELECT until, step FROM caller_penalties WHERE name = ?', name);
    return row ? { until: Number(row['until']) as Instant, step: Number(row['step']) } : null;
  }
  savePenalty(name: string, { until, step }: Penalty): void {
    this.#sql.exec('INSERT OR REPLACE INTO caller_penalties (name, until, step) VALUES (?, ?, ?)', name, until, step);
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
        `SELECT a.id, c.name FROM caller_counts c JOIN appointments a ON a.id = c.id
         WHERE c.name IN ('book:${WITHHELD}', 'party:${WITHHELD}') AND a.branch_id = ? AND a.starts_at >= ? AND a.starts_at < ?
           AND a.status NOT IN ('cancelled', 'no_show')`,
        branchId,
        from,
        until,
      )
      .toArray()
      .map((row) => ({ id: text(row['id']), isFirst: row['name'] === `book:${WITHHELD}` }));
    const held = this.#holds
      .ofCaller(null, now)
      .filter(
        ({ lockToken, slot }) =>
          !released.includes(lockToken) && slot.branchId === branchId && slot.startsAt >= from && slot.startsAt < until,
      )
      .map((hold) => hold.lockToken);
    const owners = [...booked.map((one) => one.id), ...held];
    const row = one(
      this.#sql,
      `SELECT sum(to_min - from_min) AS minutes FROM (
         SELECT DISTINCT subject, from_min, to_min FROM busy
         WHERE owner IN (SELECT value FROM json_each(?)) AND subject >= 's:' AND subject < 's;')`,
      JSON.stringify(owners),
    );
    return {
      takenMinutes: Number(row?.['minutes'] ?? 0),
      appointments: booked.filter((one) => one.isFirst).length + held.length,
    };
  }
}
