/**
 * What an object has to say to the platform's table of alarms: kept in its own file until D1 has taken it, because the fault that it tells
 * of is often D1 itself. The newest word on a subject replaces the one before. Called by the object runtime's parts.
 */
import type { AlarmKind } from '../../shared/alarm-kinds.ts';
import { realNow } from '../../shared/clock.ts';
import { backoffMs } from './backoff.ts';

/** A word that wakes somebody, or says that it is over (`detail` null). */
export interface ObjectAlarm {
  kind: AlarmKind;
  subject: string;
  detail: Readonly<Record<string, string | number | null>> | null;
}

/** Says one word; false: it could not be kept and is said again. Must not throw. */
export type Tell = (alarm: ObjectAlarm) => Promise<boolean>;

export class AlarmOutbox {
  readonly #sql: SqlStorage;
  readonly #tell: Tell;
  #waiting: number;
  #attempts = 0;
  /** real ms before which it isn't tried again */
  #nextAt = 0;
  #telling: Promise<void> | null = null;

  constructor(sql: SqlStorage, tell: Tell) {
    this.#sql = sql;
    this.#tell = tell;
    this.#waiting = this.#count();
  }

  #count(): number {
    return this.#sql.exec<{ n: number }>('SELECT count(*) AS n FROM _untold').one().n;
  }

  /** ms until the next try; null: nothing waits to be said. */
  get dueInMs(): number | null {
    return this.#waiting === 0 ? null : Math.max(0, this.#nextAt - realNow());
  }

  note({ kind, subject, detail }: ObjectAlarm): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO _untold (kind, subject, detail) VALUES (?, ?, ?)',
      kind,
      subject,
      detail === null ? null : JSON.stringify(detail),
    );
    this.#waiting = this.#count();
    this.#nextAt = 0;
  }

  /** Says what waits, one after the other; what could not be said waits with a growing rest. Never throws. */
  tellAll(): Promise<void> {
    if (this.#waiting === 0 || this.#nextAt > realNow()) return Promise.resolve();
    this.#telling ??= this.#sayAll().finally(() => {
      this.#telling = null;
    });
    return this.#telling;
  }

  async #sayAll(): Promise<void> {
    for (const row of this.#sql.exec('SELECT n, kind, subject, detail FROM _untold ORDER BY n').toArray()) {
      const said = await this.#tell({
        kind: String(row['kind']) as AlarmKind,
        subject: String(row['subject']),
        detail: row['detail'] === null ? null : (JSON.parse(String(row['detail'])) as ObjectAlarm['detail']),
      });
      if (!said) {
        this.#nextAt = realNow() + backoffMs(++this.#attempts, Math.random());
        return;
      }
      this.#attempts = 0;
      // A newer word on the same subject has another number and stays.
      this.#sql.exec('DELETE FROM _untold WHERE n = ?', Number(row['n']));
      this.#waiting = this.#count();
    }
  }
}
