/** Outcomes of commands by their key, so that a repeat is answered with the first. Called by command-runner.ts and the object runtime's alarm. */

/** Rows deleted per wake. */
const FORGOTTEN_PER_WAKE = 2_000;
/** How often a page is looked through. */
const LOOK_EVERY_MS = 60_000;

interface LoggedCommand {
  name: string;
  inputHash: string;
  /** JSON of the value */
  outcome: string;
  /** false: its time is over, the key counts as new */
  counts: boolean;
}

export class CommandLog {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  #passed = 0;
  #lookAgainAt = 0;

  #lookThrough(now: number): void {
    if (now < this.#lookAgainAt) return;
    this.#lookAgainAt = now + LOOK_EVERY_MS;
    const page = this.#sql
      .exec('SELECT rowid FROM _commands WHERE rowid > ? ORDER BY rowid LIMIT ?', this.#passed, FORGOTTEN_PER_WAKE)
      .toArray();
    const last = page.length < FORGOTTEN_PER_WAKE ? null : Number(page.at(-1)?.['rowid']);
    this.#sql.exec(
      'DELETE FROM _commands WHERE rowid > ? AND rowid <= ? AND expires_at <= ?',
      this.#passed,
      last ?? Number.MAX_SAFE_INTEGER,
      now,
    );
    this.#passed = last ?? 0;
  }

  find(key: string, now: number): LoggedCommand | null {
    const row = this.#sql
      .exec('SELECT name, input_hash, outcome, expires_at FROM _commands WHERE key = ?', key)
      .toArray()[0];
    if (!row) return null;
    return {
      name: String(row['name']),
      inputHash: String(row['input_hash']),
      outcome: String(row['outcome']),
      counts: row['expires_at'] === null || Number(row['expires_at']) > now,
    };
  }

  /**
   * @param replaces there is a row under the key, whose time is over: a plain INSERT needs no journal of its own
   * @param expiresAt null: kept for ever
   */
  remember(
    key: string,
    { name, inputHash, outcome }: Omit<LoggedCommand, 'counts'>,
    expiresAt: number | null,
    replaces: boolean,
  ): void {
    this.#sql.exec(
      `INSERT ${replaces ? 'OR REPLACE ' : ''}INTO _commands (key, name, input_hash, outcome, expires_at) VALUES (?, ?, ?, ?, ?)`,
      key,
      name,
      inputHash,
      outcome,
      expiresAt,
    );
  }

  /**
   * Outcomes that need not be repeated any more; nothing is looked through while the oldest still counts. Where the oldest is kept for ever
   * (money), others that are not lie between: they are looked for a page a minute, round and round.
   */
  forgetExpired(now: number): void {
    const oldest = this.#sql.exec('SELECT expires_at FROM _commands ORDER BY rowid LIMIT 1').toArray()[0];
    if (oldest?.['expires_at'] === null) this.#lookThrough(now);
    if (!oldest || oldest['expires_at'] === null || Number(oldest['expires_at']) > now) return;
    this.#sql.exec(
      'DELETE FROM _commands WHERE rowid IN (SELECT rowid FROM _commands ORDER BY rowid LIMIT ?) AND expires_at <= ?',
      FORGOTTEN_PER_WAKE,
      now,
    );
  }
}
