/**
 * What a tenant's object is built from (by composition): one shape for every state change, one way out, alarms that cannot die, epochs.
 * Each part is a file of its own; this class wires them. Used through object-base.ts by `calendar/calendar-object.ts` and
 * `ledger/ledger-object.ts`; how and why: docs/architecture.md § The object runtime.
 */
import { type Instant, processNow, realNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { Alarms } from './alarms.ts';
import type { Command, Registry } from './command.ts';
import { CommandLog } from './command-log.ts';
import { type Answer, CommandRunner, SAFETY_NET_MS } from './command-runner.ts';
import { Delivery } from './delivery.ts';
import type { Sink } from './drain.ts';
import type { Head, ObjectKind, OutboxEvent } from './events.ts';
import { IdentityRow, type KnownHead, whyBehind } from './identity.ts';
import { log } from '../log.ts';
import { migrate, type ObjectMigration } from './migrate.ts';
import { Outbox } from './outbox.ts';
import { type LostCommand, type Replayed, Restore, type RestoreBegun } from './restore.ts';
import { RUNTIME_MIGRATIONS } from './schema.ts';
import { type RuntimeStatus, statusOf } from './status.ts';
import { withTimeout } from './wait.ts';

export type { Answer, RuntimeStatus, KnownHead };

export interface ObjectRuntimeOptions<S> {
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
    this.#identity = new IdentityRow(storage.sql, kind, () => ctx.id.name);
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
      if (this.#alarms.armedAt === null && this.#delivery.isWaiting())
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

  /** Reads ≤ maxRows and ≤ maxBytes of the outbox after a cursor (at least one row): what a listener missed. */
  readPage(afterSeq: number, maxRows: number, maxBytes: number): OutboxEvent[] {
    return this.#outbox.readPage(afterSeq, maxRows, maxBytes);
  }

  // ---- delivery -----------------------------------------------------------------------------------------------------

  /** Moves what can be moved now; never throws. */
  drain(): Promise<void> {
    return this.#delivery.drain();
  }
  /** Waits for the drain at most `ms`; answers the projection's position (lists then know whether they show your write). */
  flush(ms: number): Promise<Head> {
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
    this.#outbox.resumeSinks();
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
      await this.drain();
      await this.#armNext(due, true);
    } catch (fault) {
      log('error', 'alarm_failed', { kind: this.#options.kind, fault });
    }
  }

  /** Called by cron and by the development clock: looks at what is due as if the alarm had fired. */
  async ping(): Promise<RuntimeStatus> {
    await this.alarm();
    return this.status();
  }

  /** Makes sure the object wakes at the instant (process clock); called by stores inside a command for expiring holds. */
  wakeAt(due: number): void {
    this.#alarms.wakeAt(due);
  }

  async #armNext(due: Instant | null, fromAlarm: boolean): Promise<void> {
    const moduleDue = due ?? this.#options.wake?.(processNow()) ?? null;
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

  status(): RuntimeStatus {
    return statusOf({
      identity: this.#identity,
      outbox: this.#outbox,
      delivery: this.#delivery,
      alarms: this.#alarms,
      writable: this.#writable,
    });
  }
}
