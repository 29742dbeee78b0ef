/**
 * A ledger without workerd, with the runtime's manners (keys, replay, rollback): the real commands over the real statements, constraints and
 * triggers in a SQLite file in memory, so that tests run thousands of histories. Called by tests of ledger and payments.
 */
import { asInstant, type Instant } from '../../shared/clock.ts';
import type { DomainError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { inputHashOf } from '../object-runtime/command.ts';
import type { NewEvent } from '../object-runtime/events.ts';
import { type MemoryStorage, memoryStorage } from '../object-runtime/sql.fixture.ts';
import { type LedgerCommand, TOOLS } from './commands/parts.ts';
import { LEDGER_COMMANDS } from './commands/registry.ts';
import { storedLedger } from './queries.ts';
import { balanceView, type Book } from './rules/post.ts';
import { monthInvoice } from './month.ts';
import { type TopupRow, topupRowOf, topupView } from './rules/topup.ts';
import { type Stored, verifyLedger } from './rules/verify.ts';
import { holdOf, LEDGER_MIGRATIONS, sqlStore } from './schema.ts';
import { reservationPage, transfersAfter } from './schema-transfers.ts';
import type { LedgerStore, StoredHold, StoredTransfer } from './store.ts';
import type * as Types from './types.ts';

/** Rolls the transaction back; never leaves this file. */
class Refused extends Error {
  readonly error: DomainError;
  constructor(error: DomainError) {
    super(error.code);
    this.error = error;
  }
}

/** An empty file with the ledger's tables. */
function emptyFile(versions = LEDGER_MIGRATIONS.length): MemoryStorage {
  const storage = memoryStorage();
  for (const { sql } of LEDGER_MIGRATIONS.slice(0, versions)) storage.sql.exec(sql);
  return storage;
}

/** A file as an earlier version left it, with what `fill` wrote then, brought to today's. */
export function migratedFile(versions: number, fill: (sql: MemoryStorage['sql']) => void): TestLedger {
  const storage = emptyFile(versions);
  fill(storage.sql);
  for (const { sql } of LEDGER_MIGRATIONS.slice(versions)) storage.sql.exec(sql);
  return new TestLedger(storage);
}

/**
 * One file for many histories, one after the other: what a history wrote is rolled back when the next one begins, so that tables are made
 * and statements prepared once.
 */
export class LedgerFile {
  readonly #storage = emptyFile();
  #used = false;

  /** An empty ledger; the one before must not be asked any more. */
  next(): TestLedger {
    const { sql } = this.#storage;
    if (this.#used) {
      sql.exec('ROLLBACK TO history');
      sql.exec('RELEASE history');
    }
    this.#used = true;
    sql.exec('SAVEPOINT history');
    return new TestLedger(this.#storage);
  }
}

export class TestLedger {
  /** what went out, in order */
  events: NewEvent[] = [];
  now: Instant = asInstant(Date.UTC(2026, 10, 20, 9));
  readonly #storage: MemoryStorage;
  readonly #outcomes = new Map<string, { name: string; inputHash: string; outcome: string; until: number | null }>();
  readonly store: LedgerStore;

  constructor(storage = emptyFile()) {
    this.#storage = storage;
    this.store = sqlStore(this.#storage.sql, {
      epoch: () => 1,
      previousHeadHash: () => null,
      wakeAt: () => undefined,
    });
  }

  /** Outcomes as they are stored, by key. */
  get outcomes(): ReadonlyMap<string, { name: string; outcome: string }> {
    return this.#outcomes;
  }
  /** An outcome that an earlier version stored. */
  remember(key: string, name: string, inputHash: string, outcome: unknown): void {
    this.#outcomes.set(key, { name, inputHash, outcome: JSON.stringify(outcome), until: null });
  }

  #run<I, T, K>(command: LedgerCommand<I, T, K>, input: I): Result<T, DomainError> {
    const key = command.key(input);
    const inputHash = inputHashOf(command, input);
    const known = this.#outcomes.get(key);
    if (known && (known.until === null || known.until > this.now)) {
      return known.inputHash === inputHash && known.name === command.name
        ? ok(command.answer(this.store, JSON.parse(known.outcome) as K, input))
        : err({ code: 'IDEMPOTENCY_MISMATCH', key });
    }
    try {
      const { value, events } = this.#storage.transactionSync(() => {
        const decided = command.decide(this.store, input, this.now);
        if (!decided.ok) throw new Refused(decided.error);
        return decided.value;
      });
      this.events.push(...events);
      const until = command.keepMs === null ? null : this.now + command.keepMs;
      this.#outcomes.set(key, { name: command.name, inputHash, outcome: JSON.stringify(value), until });
      return ok(command.answer(this.store, value, input));
    } catch (thrown) {
      if (thrown instanceof Refused) return err(thrown.error);
      throw thrown;
    }
  }

  putTerms = (c: Types.PutTerms) => this.#run(LEDGER_COMMANDS.putTerms, c);
  openTopup = (c: Types.OpenTopup) => this.#run(LEDGER_COMMANDS.openTopup, c);
  linkTopup = (c: Types.LinkTopup) => this.#run(LEDGER_COMMANDS.linkTopup, c);
  recordTopup = (c: Types.RecordTopup) => this.#run(LEDGER_COMMANDS.recordTopup, c);
  topupProcessing = (c: Types.TopupProgress) => this.#run(LEDGER_COMMANDS.topupProcessing, c);
  topupFailed = (c: Types.TopupFailed) => this.#run(LEDGER_COMMANDS.topupFailed, c);
  reverseTopup = (c: Types.ReverseTopup) => this.#run(LEDGER_COMMANDS.reverseTopup, c);
  holdForCall = (c: Types.HoldForCall) => this.#run(LEDGER_COMMANDS.holdForCall, c);
  settleCall = (c: Types.SettleCall) => this.#run(LEDGER_COMMANDS.settleCall, c);
  voidCallHold = (c: { key: string }) => this.#run(LEDGER_COMMANDS.releaseHold, { ...c, as: 'voided' });
  expireHold = (c: { key: string }) => this.#run(LEDGER_COMMANDS.releaseHold, { ...c, as: 'expired' });
  chargeUsage = (c: Types.ChargeUsage) => this.#run(LEDGER_COMMANDS.chargeUsage, c);
  chargeUsageBatch = (c: Types.ChargeUsageBatch) => this.#run(LEDGER_COMMANDS.chargeUsageBatch, c);
  settleAppointment = (c: Types.SettleAppointment) => this.#run(LEDGER_COMMANDS.settleAppointment, c);
  adjust = (c: Types.Adjust) => this.#run(LEDGER_COMMANDS.adjust, c);
  sendTransfer = (c: Types.SendTransfer) => this.#run(LEDGER_COMMANDS.sendTransfer, c);
  receiveTransfer = (c: Types.ReceiveTransfer) => this.#run(LEDGER_COMMANDS.receiveTransfer, c);
  settleTransfer = (c: Types.EndTransfer) => this.#run(LEDGER_COMMANDS.settleTransfer, c);
  returnTransfer = (c: Types.ReturnTransfer) => this.#run(LEDGER_COMMANDS.returnTransfer, c);
  reserveAmount = (c: Types.ReserveAmount) => this.#run(LEDGER_COMMANDS.reserveAmount, c);
  captureReservation = (c: Types.CaptureReservation) => this.#run(LEDGER_COMMANDS.captureReservation, c);
  releaseReservation = (c: Types.ReleaseReservation) => this.#run(LEDGER_COMMANDS.releaseReservation, c);
  closePeriod = (c: Types.ClosePeriod) => this.#run(LEDGER_COMMANDS.closePeriod, c);

  get book(): Book {
    const stored = this.store.book();
    if (!stored) throw new Error('no terms yet');
    return stored.book;
  }
  get balance(): Types.BalanceView {
    return balanceView(this.book);
  }
  get entries(): Types.Entry[] {
    return [...this.stored.entries];
  }
  get lines(): Stored['lines'] {
    return this.stored.lines;
  }
  /** Keys of metered events, sums by hour, level of storage: each table as it lies there. */
  get usageRows(): Record<'usage_keys' | 'usage_sums' | 'storage_level', unknown[]> {
    const rows = (query: string): unknown[] => this.#storage.sql.exec(query).toArray();
    return {
      usage_keys: rows('SELECT hex(key_hash) AS key, hex(body_hash) AS body, month FROM usage_keys ORDER BY key_hash'),
      usage_sums: rows('SELECT * FROM usage_sums ORDER BY starts_at, event_type'),
      storage_level: rows('SELECT * FROM storage_level ORDER BY period'),
    };
  }
  get topups(): TopupRow[] {
    return this.#storage.sql
      .exec('SELECT body FROM topups ORDER BY id')
      .toArray()
      .map((row) => topupRowOf(String(row['body'])));
  }
  get holds(): StoredHold[] {
    return this.#storage.sql.exec('SELECT * FROM holds ORDER BY key').toArray().map(holdOf);
  }
  get reservations(): Types.Reservation[] {
    return reservationPage(this.#storage.sql, undefined, 500).items;
  }
  get transfers(): StoredTransfer[] {
    return transfersAfter(this.#storage.sql, '', 1_000);
  }
  /** Everything that a command could have changed. */
  get state(): string {
    const { book, thresholds } = this.store.book() ?? { book: null, thresholds: null };
    const { entries, holds, lines, topups, transfers, reservations, usageRows } = this;
    return JSON.stringify({
      book,
      thresholds,
      entries,
      holds,
      lines,
      topups,
      transfers,
      reservations,
      usageRows,
      events: this.events.length,
    });
  }
  /** What a month comes to: as it was stored, or as it would be now. */
  month(period: string): Types.Invoice {
    const zone = this.store.terms(this.book.termsVersion).timeZone;
    return (
      this.store.invoice(period) ?? monthInvoice(this.store, { currency: this.book.currency, zone }, period, this.now)
    );
  }
  /** Runs a statement as a forger with the file at hand would. */
  forge(sql: string): void {
    this.#storage.sql.exec(sql);
  }
  topup(id: string): Types.Topup {
    const row = this.store.topup(id);
    if (!row) throw new Error(`no top-up ${id}`);
    return topupView(row);
  }
  /** What `verify` reads. */
  get stored(): Stored {
    return storedLedger(this.#storage.sql, this.book);
  }
  /** @param changed rows as a forger would have them: the triggers of the file itself let nobody change any */
  verify(changed: Partial<Stored> = {}): Types.VerifyResult {
    return verifyLedger({ ...this.stored, ...changed }, TOOLS);
  }
}
