/**
 * The way out of an object: committed events go to each sink in order, each with its own back-off, one drain at a time. Called by the object runtime
 * after commits, in alarms and in restores; the pure core that moves pages is drain.ts.
 */
import { processNow, realNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type DrainDependencies, drainSink, PAGE_BYTES, PAGE_ROWS, type Sink, type SinkState } from './drain.ts';
import { BrokenRow, compareHeads, type Flushed, type Head, type ObjectKind, type OutboxEvent } from './events.ts';
import type { IdentityRow } from './identity.ts';
import type { ObjectAlarm } from './alarm-outbox.ts';
import { log } from '../log.ts';
import type { Outbox } from './outbox.ts';
import { pause, withTimeout } from './wait.ts';

/**
 * Rest between two drains: ten times what the last one took, in these bounds. Under load delivery then takes about a tenth of the
 * object's time and its pages grow (a drain costs as much as ten bookings, each further event a tenth of one); after a pause the first
 * event leaves at once.
 */
const LEAST_REST_MS = 100;
const LONGEST_REST_MS = 400;
const REST_FACTOR = 10;
/** Events kept behind the slowest cursor whatever their age: the id at the cursor is compared with D1's head at each wake. */
const KEEP_DRAINED = 200;
/**
 * How long an event stays after it left: a rebuild writes activity log and feed from it. D1's own history (Time Travel) reaches back 30 days;
 * five more are left for whoever restores.
 */
export const KEEP_DRAINED_MS = 35 * 86_400_000;
/** Events kept at most, about a gigabyte of the ten that a file may have. Reached by more than 14,000 events a day. */
const MOST_DRAINED = 500_000;

interface DeliveryOptions {
  kind: ObjectKind;
  identity: IdentityRow;
  outbox: Outbox;
  /** made once the tenant is known; the first must be the projection */
  sinks(tenantId: TenantId): Sink[];
  /** keeps the object awake until a drain has ended */
  waitUntil(work: Promise<void>): void;
  /** sets the next alarm when a drain has ended */
  drained(): Promise<void>;
  /** keeps a word for the platform's table of alarms */
  alarm(alarm: ObjectAlarm): void;
}

export class Delivery {
  readonly #options: DeliveryOptions;
  #sinks: Sink[] | null = null;
  #draining: Promise<void> | null = null;
  #drainAgain = false;
  /** real ms at which the last drain ended */
  #drainedAt = 0;
  #restMs = LEAST_REST_MS;
  /** the drain that waits for its moment */
  #soon: Promise<void> | null = null;
  /** ends the rest inside a running drain: somebody waits for it */
  #hurry: (() => void) | null = null;

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  #sinkList(): Sink[] {
    this.#sinks ??= this.#options.sinks(this.#options.identity.get().tenantId);
    return this.#sinks;
  }

  /** Where each sink stands; the first is the projection. */
  states(): SinkState[] {
    return this.#sinkList().map((sink) => this.#options.outbox.sink(sink.name));
  }

  /** False in an object that was never asked for anything. */
  isWaiting(): boolean {
    return this.#options.identity.present !== null && this.#options.outbox.isWaiting();
  }

  /**
   * After a commit: at once when the object was idle, else together with what else is committed within a moment. Under load a drain per
   * commit would compete with the next booking for disk and D1; the alarm stays the safety net.
   */
  drainSoon(): void {
    if (this.#soon) return;
    const rest = this.#draining ? 0 : this.#drainedAt + this.#restMs - realNow();
    if (rest <= 0) {
      const running = this.#draining !== null;
      const drained = this.drain();
      if (!running) this.#options.waitUntil(drained);
      return;
    }
    this.#soon = pause(rest).then(() => {
      this.#soon = null;
      return this.drain();
    });
    this.#options.waitUntil(this.#soon);
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
      this.#forgetDelivered();
      await this.#options.drained();
    } catch (fault) {
      log('error', 'drain_failed', { kind: this.#options.kind, fault });
    }
  }

  /** `readPage` for the sinks of one drain: those that stand at the same place read a page once. */
  #sharedPages(): DrainDependencies['readPage'] {
    let last: { after: number; rows: number; head: Head; page: OutboxEvent[] } | null = null;
    return (after, rows, bytes) => {
      const head = this.#options.identity.head();
      // What was committed meanwhile makes another page, and so does a sink that looks for the bad event in half of one.
      if (last?.after === after && last.rows === rows && compareHeads(last.head, head) === 0) return last.page;
      const page = this.#options.outbox.readPage(after, rows, bytes);
      last = { after, rows, head, page };
      return page;
    };
  }

  async #drainOne(sink: Sink, readPage: DrainDependencies['readPage']): Promise<void> {
    const { identity, outbox } = this.#options;
    if (identity.present?.behind && !identity.present.restoring) return;
    const before = outbox.sink(sink.name);
    const { state } = await drainSink(sink, before, {
      now: processNow,
      jitter: Math.random,
      readPage,
      save: (next) => outbox.saveSink(next),
      onBehind: (error) => identity.markBehind(error),
    });
    if (state.stopped && !before.stopped) this.#tell(state);
  }

  /** Says that a sink stands, or that it does no more. */
  #tell({ name, stopped, lastError, cursor }: SinkState): void {
    const { identity, outbox, kind } = this.#options;
    const subject = `${identity.get().tenantId}/${kind}/${name}`;
    const detail = stopped ? { object: kind, sink: name, seq: outbox.nextAfter(cursor), error: lastError } : null;
    this.#options.alarm({ kind: 'sink_stopped', subject, detail });
  }

  /** Says once more of each sink that stands that it does: its alarm may have been cleared over it. */
  tellStanding(): void {
    if (this.#options.identity.present === null) return;
    for (const state of this.states()) if (state.stopped) this.#tell(state);
  }

  /** Lets stopped or waiting sinks try again at once. */
  resume(): void {
    if (this.#options.identity.present === null) return;
    const stood = this.states().filter(({ stopped }) => stopped);
    this.#options.outbox.resumeSinks();
    // Should the event be as broken as before, the sink stops again and says so again.
    for (const state of stood) this.#tell({ ...state, stopped: false });
  }

  /**
   * Lets the event pass at which sinks stand: they go on behind it, and a row keeps who decided it and why. What the event would have
   * written is missing from there on; rebuild writes it from the present rows. Refuses (ILLEGAL_TRANSITION) where no sink stands at it.
   */
  async skip({ seq, by, reason }: { seq: number; by: string; reason: string }): Promise<Result<{ sinks: string[] }>> {
    const { identity, outbox } = this.#options;
    const event = outbox.stubAt(seq);
    const standing = identity.present === null ? [] : this.states().filter(({ stopped }) => stopped);
    const here = standing.filter(({ cursor }) => outbox.nextAfter(cursor) === seq);
    if (event === null || here.length === 0) {
      const allowed = standing.map(({ cursor }) => `skip ${outbox.nextAfter(cursor)}`);
      return err({ code: 'ILLEGAL_TRANSITION', details: { from: 'going', to: `skip ${seq}`, allowed } });
    }
    const sinks = here.map(({ name }) => name);
    outbox.noteSkip(event.epoch, { seq, type: event.type, sinks, at: processNow(), by, reason });
    for (const state of here) {
      await this.#sinkList()
        .find(({ name }) => name === state.name)
        ?.skip?.(event);
      const going = { ...state, cursor: seq, attempts: 0, nextAt: 0, lastError: null, stopped: false };
      outbox.saveSink(going);
      this.#tell(going);
    }
    await this.drain();
    return ok({ sinks });
  }

  #forgetDelivered(): void {
    const slowest = Math.min(...this.states().map((state) => state.cursor));
    const before = processNow() - KEEP_DRAINED_MS;
    this.#options.outbox.forgetLeft(slowest - KEEP_DRAINED, { before, mostKept: MOST_DRAINED });
  }

  /**
   * Hands a page of what has left to the projection once more, as far as it is kept. @returns the last event of the page, null: there are no
   * more
   */
  async repeat(after: number): Promise<number | null> {
    if (this.#options.identity.present === null) return null;
    const [projection] = this.#sinkList();
    if (!projection?.repeat) return null;
    const until = this.#options.outbox.sink(projection.name).cursor;
    let page: OutboxEvent[];
    try {
      page = this.#options.outbox.readPage(after, PAGE_ROWS, PAGE_BYTES).filter(({ seq }) => seq <= until);
    } catch (fault) {
      // One that nobody can read was let pass before.
      if (fault instanceof BrokenRow) return fault.seq <= until ? fault.seq : null;
      throw fault;
    }
    const last = page.at(-1);
    if (!last) return null;
    await projection.repeat(page.filter(({ seq }) => !this.#options.outbox.isSkipped(seq)));
    return last.seq;
  }

  /** Waits for the drain at most `ms`; answers where object and projection stand (a list whose projection is before the object is stale). */
  async flush(ms: number): Promise<Flushed> {
    if (this.isWaiting()) {
      const drained = this.drain();
      this.#hurry?.();
      await withTimeout(drained, ms).catch(() => undefined);
    }
    return { ...this.#options.identity.head(), projected: this.projectedHead().seq };
  }

  /** How far the first sink (the projection) has come. */
  projectedHead(): Head {
    // An object that was never asked for anything stays without a row.
    if (this.#options.identity.present === null) return this.#options.identity.head();
    const [first] = this.#sinkList();
    return { ...this.#options.identity.head(), seq: first ? this.#options.outbox.sink(first.name).cursor : 0 };
  }

  /** The projection's cursor with the id of the event at it (null when it is not kept): what rebuild writes as D1's head. */
  projectionCursor(): { epoch: number; seq: number; eventId: string | null } {
    const { epoch, seq } = this.projectedHead();
    return { epoch, seq, eventId: this.#options.outbox.idAt(seq) };
  }
}
