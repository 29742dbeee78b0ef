/**
 * What a tenant's object is built from (by composition): one shape for every state change, one way out, alarms that cannot die, epochs.
 * Each part is a file of its own; this class wires them. Used through object-base.ts by `calendar/calendar-object.ts` and
 * `ledger/ledger-object.ts`; how and why: docs/architecture.md § The object runtime.
 */
import { type Instant, processNow, realNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { err, type Result } from '../../shared/result.ts';
import { AlarmOutbox, type ObjectAlarm, type Tell } from './alarm-outbox.ts';
import { Alarms } from './alarms.ts';
import { CAP_MS } from './backoff.ts';
import type { Command, Registry } from './command.ts';
import { CommandLog } from './command-log.ts';
import { type Answer, CommandRunner, SAFETY_NET_MS } from './command-runner.ts';
import { Delivery } from './delivery.ts';
import type { Sink } from './drain.ts';
import { BrokenRow, type Flushed, type Head, type ObjectKind, type OutboxEvent } from './events.ts';
import { IdentityRow, type KnownHead, whyBehind } from './identity.ts';
import { log } from '../log.ts';
import { migrate, type ObjectMigration } from './migrate.ts';
import { Outbox } from './outbox.ts';
import { type LostCommand, type Replayed, Restore, type RestoreBegun } from './restore.ts';
import { RUNTIME_MIGRATIONS } from './schema.ts';
import { type RuntimeStatus, statusOf } from './status.ts';
import { withTimeout } from './wait.ts';

export type { Answer, RuntimeStatus, KnownHead };

interface ObjectRuntimeOptions<S> {
  ctx: DurableObjectState;
  kind: ObjectKind;
  migrations: readonly ObjectMigration[];
  /** what the commands read and write; synchronous, over this object's own file */
  store: S;
  /** all verbs of the object */
  commands: Registry<S>;
  /** made once the tenant is known; the first must be the projection */
  sinks(tenantId: TenantId): Sink[];
  /** asks D1 for the head it knows; null = none; throws when D1 can't answer (the object then goes on, unverified) */
  knownHead(tenantId: TenantId): Promise<KnownHead | null>;
  /** Says something to the platform's table of alarms; false: it is said again. Must not throw. */
  tell: Tell;
  /** Work of the module that is due (expired holds …), synchronous and bounded; answers the next due instant or null. */
  wake?(now: Instant): Instant | null;
  /** After each command, in a restore too: whether what was written inside its transaction stays. For caches of the store. */
  settled?(committed: boolean): void;
  /** After a commit, outside the transaction: live streams. Must not throw. */
  committed?(events: readonly OutboxEvent[]): void;
}

/** An alarm persists its next wake before it works, so that a crash inside can't lose the drain. */
const ALARM_REARM_MS = 60_000;
/** A head check at wake must not keep a caller waiting; without an answer the drain's own guard still finds a rewound file. */
const HEAD_CHECK_MS = 400;

export class ObjectRuntime<S> {
  readonly #options: ObjectRuntimeOptions<S>;
  readonly #storage: DurableObjectStorage;
  readonly #writable: boolean;
  readonly #identity: IdentityRow;
  readonly #outbox: Outbox;
  readonly #log: CommandLog;
  readonly #alarms: Alarms;
  readonly #untold: AlarmOutbox;
  readonly #delivery: Delivery;
  readonly #runner: CommandRunner<S>;
  readonly #restore: Restore<S>;

  constructor(options: ObjectRuntimeOptions<S>) {
    this.#options = options;
    const { ctx, kind } = options;
    const { storage } = ctx;
    this.#storage = storage;
    const runtime = migrate(storage, RUNTIME_MIGRATIONS, '_runtime_migrations');
    const module = migrate(storage, options.migrations);
    this.#writable = runtime.writable && module.writable;
    this.#untold = new AlarmOutbox(storage.sql, options.tell);
    this.#identity = new IdentityRow(
      storage.sql,
      kind,
      () => ctx.id.name,
      (alarm) => this.#say(alarm),
    );
    this.#outbox = new Outbox(storage.sql);
    this.#log = new CommandLog(storage.sql);
    this.#alarms = new Alarms(storage);
    this.#delivery = new Delivery({
      kind,
      identity: this.#identity,
      outbox: this.#outbox,
      sinks: (tenantId) => options.sinks(tenantId),
      waitUntil: (work) => ctx.waitUntil(work),
      drained: () => this.#armNext(null, false),
      alarm: (alarm) => this.#say(alarm),
    });
    this.#runner = new CommandRunner<S>({
      kind,
      storage,
      store: options.store,
      commands: options.commands,
      identity: this.#identity,
      outbox: this.#outbox,
      log: this.#log,
      alarms: this.#alarms,
      writable: this.#writable,
      settled: (committed) => options.settled?.(committed),
      committed: (events) => this.#afterCommit(events),
    });
    this.#restore = new Restore(storage, this.#identity, this.#outbox, this.#runner);
    void ctx.blockConcurrencyWhile(() => this.#wakeUp());
  }

  // ---- identity -----------------------------------------------------------------------------------------------------

  get tenantId(): TenantId {
    return this.#identity.get().tenantId;
  }
  get epoch(): number {
    return this.#identity.get().epoch;
  }
  /** Hash of the head that D1 knew when this epoch began (ledger's first entry of an epoch names it); null in epoch 1. */
  get previousHeadHash(): string | null {
    return this.#identity.get().previousHeadHash;
  }
  head(): Head {
    return this.#identity.head();
  }

  /** Migrations ran; now look whether work waits and whether D1 knows a later history than this file. Never throws. */
  async #wakeUp(): Promise<void> {
    try {
      await this.#alarms.learn();
      const { armedAt } = this.#alarms;
      // One that lies far ahead was set while the machine's clock stood ahead; whatever waits would wait for it.
      const isFar = armedAt !== null && armedAt > realNow() + CAP_MS;
      if ((armedAt === null || isFar) && (this.#delivery.isWaiting() || this.#untold.dueInMs !== null))
        await this.#alarms.arm(realNow() + SAFETY_NET_MS);
      const name = this.#identity.present?.tenantId ?? (this.#options.ctx.id.name as TenantId | undefined);
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
    const { epoch, seq } = this.head();
    const own = { epoch, seq, lastEventId: this.#identity.present?.lastEventId ?? null };
    const reason = whyBehind(known, own, (at) => this.#outbox.idAt(at));
    if (reason !== null) this.#identity.markBehind(reason);
  }

  // ---- commands -----------------------------------------------------------------------------------------------------

  /**
   * Runs one verb: command-runner.ts.
   * @param at the request's clock (development may set it); default the process clock
   */
  run<I, T>(definition: Command<S, I, T, never>, input: I, at: number = processNow()): Answer<T> {
    return this.#runner.run(definition, input, at);
  }

  #afterCommit(events: readonly OutboxEvent[]): void {
    try {
      this.#options.committed?.(events);
    } catch (fault) {
      log('error', 'stream_failed', { kind: this.#options.kind, fault });
    }
    this.#delivery.drainSoon();
  }

  /** Up to `maxRows` events after a cursor: what a listener missed. Empty where one of them cannot be read: nobody is told half of it. */
  missedAfter(afterSeq: number, maxRows: number): OutboxEvent[] {
    try {
      const page = this.#outbox.readPage(afterSeq, maxRows, Number.MAX_SAFE_INTEGER);
      const last = page.at(-1);
      const isCut = last !== undefined && page.length < maxRows && last.seq < this.head().seq;
      return isCut ? [] : page;
    } catch (fault) {
      if (fault instanceof BrokenRow) return [];
      throw fault;
    }
  }

  // ---- delivery -----------------------------------------------------------------------------------------------------

  /** Moves what can be moved now; never throws. */
  drain(): Promise<void> {
    return this.#delivery.drain();
  }
  /** Waits for the drain at most `ms`; answers where object and projection stand (a list whose projection is before the object is stale). */
  flush(ms: number): Promise<Flushed> {
    return this.#delivery.flush(ms);
  }
  /** Hands the projection a page of what has left once more: `Delivery.repeat`. */
  repeat(after: number): Promise<number | null> {
    return this.#delivery.repeat(after);
  }
  /** How far the projection has come. */
  projectedHead(): Head {
    return this.#delivery.projectedHead();
  }
  projectionCursor(): { epoch: number; seq: number; eventId: string | null } {
    return this.#delivery.projectionCursor();
  }
  /** Lets stopped or waiting sinks try again at once (after a repair, and in the runbook). */
  resume(): void {
    this.#delivery.resume();
  }
  /** Lets pass the event at which sinks stand: `Delivery.skip`. Refuses (OBJECT_FENCED) a file that is behind or being restored. */
  async skip(input: { seq: number; by: string; reason: string }): Promise<Result<{ sinks: string[] }>> {
    const own = this.#identity.present;
    if (own?.restoring || own?.behind != null || !this.#writable)
      return err({ code: 'OBJECT_FENCED', details: { kind: this.#options.kind } });
    return this.#delivery.skip(input);
  }

  /** Keeps a word for the platform's table of alarms and says it at once; what D1 can't take now, the object's alarm says again. */
  #say(alarm: ObjectAlarm): void {
    this.#untold.note(alarm);
    this.#options.ctx.waitUntil(
      this.#untold.tellAll().then(() => (this.#untold.dueInMs === null ? undefined : this.#armNext(null, false))),
    );
  }

  // ---- alarms -------------------------------------------------------------------------------------------------------

  /** The object's `alarm()`: persists the next wake first, then works; never throws (a throwing alarm is given up and dies). */
  async alarm(): Promise<void> {
    try {
      this.#alarms.forget();
      await this.#alarms.arm(realNow() + ALARM_REARM_MS);
      await this.#storage.sync();
      const due = this.#options.wake?.(processNow()) ?? null;
      this.#log.forgetExpired(processNow());
      if (this.#restore.abortAbandoned()) this.#identity.tellBehind();
      await this.drain();
      await this.#untold.tellAll();
      await this.#armNext(due, true);
    } catch (fault) {
      log('error', 'alarm_failed', { kind: this.#options.kind, fault });
    }
  }

  /** Called by cron and by the development clock: looks at what is due as if the alarm had fired. */
  async ping(): Promise<RuntimeStatus> {
    // What stands is said again: somebody may have cleared its alarm over it.
    this.#delivery.tellStanding();
    if (this.#identity.present?.behind != null) this.#identity.tellBehind();
    await this.alarm();
    return this.status();
  }

  /** Makes sure the object wakes at the instant (process clock); called by stores inside a command for expiring holds. */
  wakeAt(due: number): void {
    this.#alarms.wakeAt(due);
  }

  async #armNext(due: Instant | null, fromAlarm: boolean): Promise<void> {
    const ownDue = due ?? this.#options.wake?.(processNow()) ?? null;
    const untoldInMs = this.#untold.dueInMs;
    const moduleDue =
      untoldInMs === null ? ownDue : Math.min(ownDue ?? Number.POSITIVE_INFINITY, processNow() + untoldInMs);
    const sinks = this.#delivery.states().map(({ cursor, stopped, nextAt }) => ({
      waits: this.#outbox.isWaitingAfter(cursor),
      stopped,
      nextAt,
    }));
    const fenced = this.#identity.present?.behind != null;
    await this.#alarms.armNext({ moduleDue, fenced, sinks, fromAlarm });
  }

  // ---- restore (runbook) --------------------------------------------------------------------------------------------

  beginRestore(input: { epoch: number; previousHeadHash: string | null }): RestoreBegun {
    return this.#restore.begin(input);
  }
  /** @param drained what the definitions' `restore` needs besides the command */
  replay(commands: readonly LostCommand[], drained?: unknown): Replayed[] {
    return this.#restore.replay(commands, drained);
  }
  finishRestore(): Head {
    this.#restore.finish();
    return this.head();
  }
  /** A failed restore is undone: `Restore.abort`. */
  abortRestore(): void {
    this.#restore.abort();
    this.#delivery.drainSoon();
  }

  status(): RuntimeStatus {
    return statusOf({
      identity: this.#identity,
      outbox: this.#outbox,
      delivery: this.#delivery,
      alarms: this.#alarms,
      writable: this.#writable,
      bytes: this.#options.ctx.storage.sql.databaseSize,
    });
  }
}
