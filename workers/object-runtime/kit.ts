/**
 * The kit a tenant's object is built from (by composition): one shape for every state change, one pipe out, alarms that cannot
 * die, epochs. Used by `calendar/calendar-object.ts` and `ledger/ledger-object.ts`; how and why: docs/architecture.md § The kit.
 */
import { asInstant, type Instant, processNow, realNow } from '../../shared/clock.ts';
import type { DomainError } from '../../shared/errors.ts';
import type { TenantId } from '../../shared/ids.ts';
import { loggable } from '../../shared/loggable-fault.ts';
import { assert, err, type Result } from '../../shared/result.ts';
import { type DrainDependencies, drainSink, type Sink, type SinkState } from './drain.ts';
import { cellsOf, compareHeads, type Head, type NewEvent, type ObjectKind, type OutboxEvent } from './events.ts';
import { canonicalJson, type JsonObject, sha256Hex } from './hash.ts';
import { migrate, type ObjectMigration, type SchemaState } from './migrate.ts';

/** What a rule decided: the value stored under the key and answered, and the events that go out. */
export interface Decision<T> {
  value: T;
  events: readonly NewEvent[];
}

/** One kind of state change. Methods are written in method syntax so that definitions of different inputs share one list. */
export interface CommandDefinition<I, T> {
  name: string;
  /** how long the outcome answers a repeat, in ms; null = for ever (money) */
  keepMs: number | null;
  /** Runs inside the transaction: load facts, call the pure rule, write rows. A refusal rolls back whatever was written. */
  decide(input: I, now: Instant): Result<Decision<T>>;
  /** The canonical command with ids only (no names, numbers, texts): what a restore replays. */
  record(input: I): JsonObject;
}

export interface Answer<T> {
  result: Result<T>;
  head: Head;
}

/** What D1 remembers of this object's history. */
export interface KnownHead {
  epoch: number;
  seq: number;
  /** id of the event at `seq`, so that two histories of equal length are told apart */
  eventId: string | null;
  hash: string | null;
}

export interface KitOptions {
  ctx: DurableObjectState;
  kind: ObjectKind;
  migrations: readonly ObjectMigration[];
  commands: readonly CommandDefinition<never, unknown>[];
  /** made once the tenant is known; the first must be the projection */
  sinks(tenantId: TenantId): Sink[];
  /** asks D1 for the head it knows; null = none; throws when D1 can't answer (the object then goes on, unverified) */
  knownHead(tenantId: TenantId): Promise<KnownHead | null>;
  /** hash of the newest chained row (ledger), stored with the projected head */
  headHash?(): string | null;
  /** Room work that is due (expired holds …), synchronous and bounded; answers the next due instant or null. */
  wake?(now: Instant): Instant | null;
  /** After a commit, outside the transaction: live streams. Must not throw. */
  committed?(events: readonly OutboxEvent[]): void;
}

/** Safety net of the drain after a commit; the drain itself starts at once. */
const SAFETY_NET_MS = 2_000;
/**
 * Rest between two drains: ten times what the last one took, in these bounds. Under load the pipe then takes about a tenth of the
 * object's time and its pages grow (a drain costs as much as ten bookings, each further event a tenth of one); after a pause the first
 * event leaves at once.
 */
const LEAST_REST_MS = 100;
const LONGEST_REST_MS = 400;
const REST_FACTOR = 10;
/** An alarm persists its next wake before it works, so that a crash inside can't lose the drain. */
const ALARM_REARM_MS = 60_000;
/** A head check at wake must not keep a caller waiting; without an answer the drain's own guard still finds a rewound file. */
const HEAD_CHECK_MS = 400;
/** Outbox rows kept behind the slowest cursor: lets a person see what just left. */
const KEEP_DRAINED = 200;
/** Rows deleted from logs per wake. */
const PRUNE_ROWS = 2_000;
const MAX_KEY_LENGTH = 200;

const KIT_DDL = `
CREATE TABLE IF NOT EXISTS _identity (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  tenant_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  last_event_id TEXT,
  /* why commands are refused: the file is older than what D1 knows */
  behind TEXT,
  /* set while the runbook replays */
  restoring INTEGER NOT NULL DEFAULT 0,
  /* where this file ended when the restore began: the lost tail starts after it */
  restore_from_epoch INTEGER,
  restore_from_seq INTEGER,
  previous_head_hash TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS _commands (
  key TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  input_hash TEXT NOT NULL,
  outcome TEXT NOT NULL,
  expires_at INTEGER
) STRICT;
/* rows expire in the order they were written; the index of the first files is one page more for each commit */
DROP INDEX IF EXISTS _commands_expiry;
CREATE TABLE IF NOT EXISTS _outbox (
  seq INTEGER PRIMARY KEY,
  epoch INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  v INTEGER NOT NULL,
  entity TEXT NOT NULL,
  at INTEGER NOT NULL,
  command_key TEXT NOT NULL,
  command_name TEXT NOT NULL,
  command TEXT,
  input_hash TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS _sinks (
  name TEXT PRIMARY KEY,
  cursor INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  last_error TEXT,
  stopped INTEGER NOT NULL
) STRICT;
`;

/** Thrown inside the transaction to roll back; never leaves this file. */
class Refusal extends Error {
  readonly refusal: DomainError;
  constructor(refusal: DomainError) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

interface Identity {
  tenantId: TenantId;
  epoch: number;
  seq: number;
  lastEventId: string | null;
  behind: string | null;
  restoring: boolean;
  previousHeadHash: string | null;
}

export interface KitStatus {
  tenantId: TenantId | null;
  head: Head;
  behind: string | null;
  restoring: boolean;
  writable: boolean;
  waiting: Record<string, number>;
  sinks: SinkState[];
  alarmAt: number | null;
  previousHeadHash: string | null;
}

export class Kit {
  readonly #options: KitOptions;
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  readonly #definitions: Map<string, CommandDefinition<never, unknown>>;
  readonly #schema: SchemaState;
  #identity: Identity | null;
  #sinks: Sink[] | null = null;
  #draining: Promise<void> | null = null;
  #drainAgain = false;
  /** real ms at which the last drain ended, and the one that waits for its moment */
  #drainedAt = 0;
  #restMs = LEAST_REST_MS;
  #soon: Promise<void> | null = null;
  /** ends the rest inside a running drain: somebody waits for it */
  #hurry: (() => void) | null = null;
  /** real ms of the alarm we know to be armed */
  #armedAt: number | null = null;

  constructor(options: KitOptions) {
    this.#options = options;
    this.#storage = options.ctx.storage;
    this.#sql = options.ctx.storage.sql;
    this.#sql.exec(KIT_DDL);
    this.#schema = migrate(this.#storage, options.migrations);
    this.#definitions = new Map(options.commands.map((d) => [d.name, d]));
    this.#identity = this.#readIdentity();
    void options.ctx.blockConcurrencyWhile(() => this.#wakeUp());
  }

  // ---- identity -----------------------------------------------------------------------------------------------------

  get tenantId(): TenantId {
    return this.#identify().tenantId;
  }

  get epoch(): number {
    return this.#identify().epoch;
  }

  /** Hash of the head that D1 knew when this epoch began (ledger's first entry of an epoch names it); null in epoch 1. */
  get previousHeadHash(): string | null {
    return this.#identify().previousHeadHash;
  }

  head(): Head {
    return { kind: this.#options.kind, epoch: this.#identity?.epoch ?? 1, seq: this.#identity?.seq ?? 0 };
  }

  #readIdentity(): Identity | null {
    const row = this.#sql.exec('SELECT * FROM _identity').toArray()[0];
    if (!row) return null;
    return {
      tenantId: String(row['tenant_id']) as TenantId,
      epoch: Number(row['epoch']),
      seq: Number(row['seq']),
      lastEventId: row['last_event_id'] === null ? null : String(row['last_event_id']),
      behind: row['behind'] === null ? null : String(row['behind']),
      restoring: Number(row['restoring']) === 1,
      previousHeadHash: row['previous_head_hash'] === null ? null : String(row['previous_head_hash']),
    };
  }

  #identify(): Identity {
    if (this.#identity) return this.#identity;
    const name = this.#options.ctx.id.name;
    assert(name, 'a tenant object is only reachable by its tenant id');
    this.#sql.exec(
      'INSERT INTO _identity (one, tenant_id, kind, epoch, seq) VALUES (1, ?, ?, 1, 0)',
      name,
      this.#options.kind,
    );
    const identity = this.#readIdentity();
    assert(identity, 'identity was just written');
    this.#identity = identity;
    return identity;
  }

  /** Migrations ran; now look whether work waits and whether D1 knows a later history than this file. Never throws. */
  async #wakeUp(): Promise<void> {
    try {
      this.#armedAt = await this.#storage.getAlarm();
      if (this.#armedAt === null && this.#waiting() > 0) await this.#arm(realNow() + SAFETY_NET_MS);
      const name = this.#identity?.tenantId ?? (this.#options.ctx.id.name as TenantId | undefined);
      if (name) await withTimeout(this.verifyHead(name), HEAD_CHECK_MS);
    } catch {
      // D1 can't answer now: bookings go on; the projection sink's own guard still refuses a rewound history
    }
  }

  /**
   * Compares this file with the head D1 knows; a file that is behind refuses commands until the runbook restored it
   * (docs/runbooks/restored-object.md).
   */
  async verifyHead(tenantId = this.tenantId): Promise<void> {
    const known = await this.#options.knownHead(tenantId);
    if (!known) return;
    const own = this.head();
    const order = compareHeads(known, own);
    const sameEvent = (): boolean => {
      if (known.eventId === null || known.epoch !== own.epoch) return true;
      if (known.seq === own.seq) return this.#identity?.lastEventId === known.eventId;
      const row = this.#sql.exec('SELECT id FROM _outbox WHERE seq = ?', known.seq).toArray()[0];
      return !row || row['id'] === known.eventId;
    };
    if (order > 0) this.#markBehind(`D1 knows ${known.epoch}.${known.seq}, this file ends at ${own.epoch}.${own.seq}`);
    else if (known.seq > 0 && !sameEvent()) this.#markBehind(`D1 knows another event at ${known.epoch}.${known.seq}`);
  }

  #markBehind(reason: string): void {
    const identity = this.#identify();
    if (identity.restoring || identity.behind !== null) return;
    this.#sql.exec('UPDATE _identity SET behind = ?', reason);
    this.#identity = { ...identity, behind: reason };
    console.error(
      JSON.stringify({
        channel: 'app',
        level: 'alarm',
        event: 'object_behind',
        kind: this.#options.kind,
        tenant: identity.tenantId,
        reason,
      }),
    );
  }

  // ---- commands -----------------------------------------------------------------------------------------------------

  /**
   * The one shape of every state change, synchronous inside one transaction: replay → decide → rows → outbox → outcome → alarm.
   * Refusals change nothing and are not remembered; the same key with another input is IDEMPOTENCY_MISMATCH.
   * @param at the request's clock (development may set it); default the process clock
   */
  run<I, T>(definition: CommandDefinition<I, T>, key: string, input: I, at: number = processNow()): Answer<T> {
    return this.#execute(definition, key, input, sha256Hex(canonicalJson(input)), asInstant(at), false);
  }

  #execute<I, T>(
    definition: CommandDefinition<I, T>,
    key: string,
    input: I,
    inputHash: string,
    now: Instant,
    replay: boolean,
  ): Answer<T> {
    const refuse = (error: DomainError): Answer<T> => ({ result: err(error), head: this.head() });
    if (key.length === 0 || key.length > MAX_KEY_LENGTH)
      return refuse({ code: 'VALIDATION_ERROR', errors: { key: ['1..200 characters'] } });
    const identity = this.#identify();
    if (!replay && (identity.behind !== null || identity.restoring || !this.#schema.writable)) {
      return refuse({ code: 'OBJECT_FENCED', details: { kind: this.#options.kind } });
    }
    let written: OutboxEvent[] = [];
    try {
      const value = this.#storage.transactionSync((): T => {
        const known = this.#sql
          .exec('SELECT name, input_hash, outcome, expires_at FROM _commands WHERE key = ?', key)
          .toArray()[0];
        if (known && (known['expires_at'] === null || Number(known['expires_at']) > now)) {
          if (known['input_hash'] !== inputHash || known['name'] !== definition.name)
            throw new Refusal({ code: 'IDEMPOTENCY_MISMATCH', key });
          return JSON.parse(String(known['outcome'])) as T;
        }
        const decided = definition.decide(input, now);
        if (!decided.ok) throw new Refusal(decided.error);
        const { value, events } = decided.value;
        written = this.#append(definition, key, input, inputHash, now, events, identity);
        this.#sql.exec(
          // Only an expired row is replaced: a plain INSERT needs no journal of its own.
          `INSERT ${known ? 'OR REPLACE ' : ''}INTO _commands (key, name, input_hash, outcome, expires_at) VALUES (?, ?, ?, ?, ?)`,
          key,
          definition.name,
          inputHash,
          JSON.stringify(value ?? null),
          definition.keepMs === null ? null : now + definition.keepMs,
        );
        if (written.length > 0) this.#armInTransaction(realNow() + SAFETY_NET_MS);
        return value;
      });
      const last = written.at(-1);
      if (last) {
        this.#identity = { ...identity, seq: last.seq, lastEventId: last.id };
        this.#afterCommit(written);
      }
      return { result: { ok: true, value }, head: this.head() };
    } catch (thrown) {
      // The transaction rolled the alarm back too: forget what we believed about it.
      if (written.length > 0) this.#armedAt = null;
      if (thrown instanceof Refusal) return refuse(thrown.refusal);
      throw thrown;
    }
  }

  #append<I, T>(
    definition: CommandDefinition<I, T>,
    key: string,
    input: I,
    inputHash: string,
    now: Instant,
    events: readonly NewEvent[],
    identity: Identity,
  ): OutboxEvent[] {
    if (events.length === 0) return [];
    const command = definition.record(input);
    const written = events.map(
      (event, index): OutboxEvent => ({
        ...event,
        epoch: identity.epoch,
        seq: identity.seq + 1 + index,
        id: `${key}#${index}`,
        at: now,
        commandKey: key,
        commandName: definition.name,
        command: index === 0 ? command : null,
        inputHash,
      }),
    );
    for (const e of written) {
      this.#sql.exec(
        'INSERT INTO _outbox (epoch, seq, id, type, v, entity, at, command_key, command_name, command, input_hash, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        ...cellsOf(e),
        JSON.stringify(e.body),
      );
    }
    const last = written[written.length - 1];
    assert(last, 'events were just made');
    this.#sql.exec('UPDATE _identity SET seq = ?, last_event_id = ?', last.seq, last.id);
    return written;
  }

  #afterCommit(events: readonly OutboxEvent[]): void {
    try {
      this.#options.committed?.(events);
    } catch (fault) {
      console.error(JSON.stringify({ channel: 'app', level: 'error', event: 'stream_failed', ...loggable(fault) }));
    }
    this.#drainSoon();
  }

  // ---- the pipe out -------------------------------------------------------------------------------------------------

  #sinkList(): Sink[] {
    this.#sinks ??= this.#options.sinks(this.tenantId);
    return this.#sinks;
  }

  #sinkState(name: string): SinkState {
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

  #saveSink(state: SinkState): void {
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

  /** Reads ≤ maxRows and ≤ maxBytes of the outbox after a cursor (at least one row). */
  readPage(afterSeq: number, maxRows: number, maxBytes: number): OutboxEvent[] {
    const page: OutboxEvent[] = [];
    let bytes = 0;
    // A literal LIMIT: SQLite prepares a statement with a bound one anew each time.
    const query = `SELECT * FROM _outbox WHERE seq > ? ORDER BY seq LIMIT ${Math.trunc(maxRows)}`;
    for (const row of this.#sql.exec(query, afterSeq)) {
      const body = String(row['body']);
      const command = row['command'] === null ? null : String(row['command']);
      bytes += body.length + (command?.length ?? 0) + 200;
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
      });
    }
    return page;
  }

  #waiting(): number {
    if (!this.#identity) return 0;
    const row = this.#sql
      .exec<{ behind: number }>(
        'SELECT count(*) AS behind FROM (SELECT 1 FROM _outbox WHERE seq > coalesce((SELECT min(cursor) FROM _sinks), 0) LIMIT 1)',
      )
      .one();
    return row.behind;
  }

  /**
   * After a commit: at once when the object was idle, else together with what else is committed within a moment. Under load a drain per
   * commit would compete with the next booking for disk and D1; the alarm stays the safety net.
   */
  #drainSoon(): void {
    if (this.#soon) return;
    const rest = this.#draining ? 0 : this.#drainedAt + this.#restMs - realNow();
    if (rest <= 0) {
      const running = this.#draining !== null;
      const drained = this.drain();
      if (!running) this.#options.ctx.waitUntil(drained);
      return;
    }
    this.#soon = pause(rest).then(() => {
      this.#soon = null;
      return this.drain();
    });
    this.#options.ctx.waitUntil(this.#soon);
  }

  /** Drains every sink, each with its own back-off, single flight; resolves when nothing more can be moved now. Never throws. */
  drain(): Promise<void> {
    if (this.#draining) {
      this.#drainAgain = true;
      return this.#draining;
    }
    this.#draining = this.#drainAll().finally(() => {
      this.#draining = null;
      this.#drainedAt = realNow();
    });
    return this.#draining;
  }

  async #drainAll(): Promise<void> {
    try {
      for (;;) {
        const began = realNow();
        this.#drainAgain = false;
        const readPage = this.#sharedPages();
        await Promise.all(this.#sinkList().map((sink) => this.#drainOne(sink, readPage)));
        this.#restMs = Math.min(LONGEST_REST_MS, Math.max(LEAST_REST_MS, REST_FACTOR * (realNow() - began)));
        if (!this.#drainAgain) break;
        await new Promise<void>((resolve) => {
          this.#hurry = resolve;
          setTimeout(resolve, this.#restMs);
        });
      }
      this.#prune();
      await this.#armNext(null, false);
    } catch (fault) {
      console.error(
        JSON.stringify({
          channel: 'app',
          level: 'error',
          event: 'drain_failed',
          kind: this.#options.kind,
          ...loggable(fault),
        }),
      );
    }
  }

  /** `readPage` for the sinks of one drain: those that stand at the same place read a page once. */
  #sharedPages(): DrainDependencies['readPage'] {
    let last: { after: number; head: Head; page: OutboxEvent[] } | null = null;
    return (after, rows, bytes) => {
      const head = this.head();
      // What was committed meanwhile makes another page.
      if (last?.after === after && compareHeads(last.head, head) === 0) return last.page;
      const page = this.readPage(after, rows, bytes);
      last = { after, head, page };
      return page;
    };
  }

  async #drainOne(sink: Sink, readPage: DrainDependencies['readPage']): Promise<void> {
    if (this.#identity?.behind && !this.#identity.restoring) return;
    const before = this.#sinkState(sink.name);
    const { state } = await drainSink(sink, before, {
      now: processNow,
      jitter: Math.random,
      readPage,
      save: (next) => this.#saveSink(next),
      onBehind: (error) => this.#markBehind(error),
    });
    if (state.stopped && !before.stopped) {
      console.error(
        JSON.stringify({
          channel: 'app',
          level: 'alarm',
          event: 'sink_stopped',
          kind: this.#options.kind,
          tenant: this.#identity?.tenantId,
          sink: sink.name,
          error: state.lastError,
        }),
      );
    }
  }

  /** Waits for the drain at most `ms`; answers the projection's position (lists then know whether they show your write). */
  async flush(ms: number): Promise<Head> {
    if (this.#waiting() > 0) {
      const drained = this.drain();
      this.#hurry?.();
      await withTimeout(drained, ms).catch(() => undefined);
    }
    return this.projectedHead();
  }

  /** How far the first sink (the projection) has come. */
  projectedHead(): Head {
    const first = this.#sinkList()[0];
    return { ...this.head(), seq: first ? this.#sinkState(first.name).cursor : 0 };
  }

  #prune(): void {
    const names = this.#sinkList().map((s) => s.name);
    const slowest = Math.min(...names.map((name) => this.#sinkState(name).cursor));
    this.#sql.exec('DELETE FROM _outbox WHERE seq <= ?', slowest - KEEP_DRAINED);
  }

  // ---- alarms -------------------------------------------------------------------------------------------------------

  /** The object's `alarm()`: persists the next wake first, then works; never throws (a throwing alarm is given up and dies). */
  async alarm(): Promise<void> {
    try {
      this.#armedAt = null;
      await this.#arm(realNow() + ALARM_REARM_MS);
      await this.#storage.sync();
      const due = this.#options.wake?.(processNow()) ?? null;
      this.#forgetCommands(processNow());
      await this.drain();
      await this.#armNext(due, true);
    } catch (fault) {
      console.error(
        JSON.stringify({
          channel: 'app',
          level: 'error',
          event: 'alarm_failed',
          kind: this.#options.kind,
          ...loggable(fault),
        }),
      );
    }
  }

  /** Outcomes that need not be repeated any more; nothing is looked through while the oldest still counts. */
  #forgetCommands(now: number): void {
    const oldest = this.#sql.exec('SELECT expires_at FROM _commands ORDER BY rowid LIMIT 1').toArray()[0];
    if (!oldest || oldest['expires_at'] === null || Number(oldest['expires_at']) > now) return;
    this.#sql.exec(
      'DELETE FROM _commands WHERE rowid IN (SELECT rowid FROM _commands ORDER BY rowid LIMIT ?) AND expires_at <= ?',
      PRUNE_ROWS,
      now,
    );
  }

  /** Called by cron and by the development clock: looks at what is due as if the alarm had fired. */
  async ping(): Promise<KitStatus> {
    await this.alarm();
    return this.status();
  }

  /** Makes sure the object wakes at the instant (process clock); called by rooms inside their decide for expiring holds. */
  wakeAt(due: number): void {
    this.#armInTransaction(realNow() + Math.max(0, due - processNow()));
  }

  #armInTransaction(realAt: number): void {
    if (this.#armedAt !== null && this.#armedAt <= realAt) return;
    this.#armedAt = realAt;
    void this.#storage.setAlarm(realAt);
  }

  async #arm(realAt: number): Promise<void> {
    this.#armedAt = realAt;
    await this.#storage.setAlarm(realAt);
  }

  /**
   * Sets the next wake. After a commit an alarm that comes earlier than needed is left alone: setting and deleting alarms for each
   * commit costs more than the commit (10 ms against 1 ms, measured); one needless wake in two seconds costs nothing.
   */
  async #armNext(roomDue: Instant | null, fromAlarm: boolean): Promise<void> {
    const now = processNow();
    const dues: number[] = [];
    const due = roomDue ?? this.#options.wake?.(now) ?? null;
    if (due !== null) dues.push(Math.max(due, now));
    const fenced = this.#identity?.behind != null;
    for (const sink of this.#sinkList()) {
      const state = this.#sinkState(sink.name);
      const waits = this.#sql.exec('SELECT 1 FROM _outbox WHERE seq > ? LIMIT 1', state.cursor).toArray().length > 0;
      if (waits && !state.stopped && !fenced) dues.push(Math.max(state.nextAt, now + 50));
    }
    const next = dues.length > 0 ? Math.min(...dues) : null;
    if (next === null) {
      if (!fromAlarm) return;
      this.#armedAt = null;
      await this.#storage.deleteAlarm();
      return;
    }
    const realNext = realNow() + (next - now);
    if (!fromAlarm && this.#armedAt !== null && this.#armedAt <= realNext) return;
    await this.#arm(realNext);
  }

  // ---- restore (runbook) --------------------------------------------------------------------------------------------

  /**
   * First step of the runbook: adopt the next epoch; undrained rows move into it. Answers where the file ended. Called again after a
   * crash in the middle, it answers the same.
   */
  beginRestore(input: { epoch: number; previousHeadHash: string | null }): {
    epoch: number;
    from: { epoch: number; seq: number };
  } {
    const identity = this.#identify();
    if (!identity.restoring) {
      assert(input.epoch > identity.epoch, 'a restore adopts a later epoch');
      this.#storage.transactionSync(() => {
        this.#sql.exec(
          'UPDATE _identity SET epoch = ?, restoring = 1, previous_head_hash = ?, restore_from_epoch = ?, restore_from_seq = ?',
          input.epoch,
          input.previousHeadHash,
          identity.epoch,
          identity.seq,
        );
        this.#sql.exec('UPDATE _outbox SET epoch = ?', input.epoch);
      });
      this.resume();
      this.#identity = this.#readIdentity();
    }
    const row = this.#sql.exec('SELECT epoch, restore_from_epoch, restore_from_seq FROM _identity').one();
    return {
      epoch: Number(row['epoch']),
      from: { epoch: Number(row['restore_from_epoch']), seq: Number(row['restore_from_seq']) },
    };
  }

  /** Lets stopped or waiting sinks try again at once (after a repair, and in the runbook). */
  resume(): void {
    this.#sql.exec('UPDATE _sinks SET attempts = 0, next_at = 0, stopped = 0, last_error = NULL');
  }

  /** The projection's cursor with the id of the event at it (null when pruned): what rebuild writes as D1's head. */
  projectionCursor(): { epoch: number; seq: number; eventId: string | null } {
    const head = this.projectedHead();
    const row = this.#sql.exec('SELECT id FROM _outbox WHERE seq = ?', head.seq).toArray()[0];
    return { epoch: head.epoch, seq: head.seq, eventId: row ? String(row['id']) : null };
  }

  /** Replays commands of the lost tail under their keys at their times; a refusal is answered, never thrown. */
  replay(
    commands: readonly { name: string; key: string; command: JsonObject; inputHash: string; at: number }[],
  ): { key: string; refused: DomainError | null }[] {
    assert(this.#identify().restoring, 'replay belongs to a restore');
    return commands.map(({ name, key, command, inputHash, at }) => {
      const definition = this.#definitions.get(name);
      assert(definition, `unknown command ${name}`);
      const { result } = this.#execute(
        definition as CommandDefinition<JsonObject, unknown>,
        key,
        command,
        inputHash,
        asInstant(at),
        true,
      );
      return { key, refused: result.ok ? null : result.error };
    });
  }

  /** Last step: commands are taken again. */
  finishRestore(): Head {
    this.#sql.exec('UPDATE _identity SET restoring = 0, behind = NULL');
    this.#identity = this.#readIdentity();
    return this.head();
  }

  status(): KitStatus {
    const sinks = this.#identity ? this.#sinkList().map((s) => this.#sinkState(s.name)) : [];
    const waiting: Record<string, number> = {};
    for (const sink of sinks) {
      waiting[sink.name] = this.#sql
        .exec<{ n: number }>('SELECT count(*) AS n FROM _outbox WHERE seq > ?', sink.cursor)
        .one().n;
    }
    return {
      tenantId: this.#identity?.tenantId ?? null,
      head: this.head(),
      behind: this.#identity?.behind ?? null,
      restoring: this.#identity?.restoring ?? false,
      writable: this.#schema.writable,
      waiting,
      sinks,
      alarmAt: this.#armedAt,
      previousHeadHash: this.#identity?.previousHeadHash ?? null,
    };
  }
}

async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
