/**
 * The drain: a pure core with injected dependencies that moves outbox pages to one sink. It never throws for a world fault;
 * what it could not deliver it answers as the sink's next state, which the object runtime stores as a row.
 */
import { withoutPersonal } from '../../shared/loggable-fault.ts';
import { backoffMs, CAP_MS, isDue } from './backoff.ts';
import { BrokenRow, type OutboxEvent, type SkippedEvent } from './events.ts';

/** A page is one D1 batch: more rows gain nothing (0.7 s for 50,000 events), and the limits of a statement come near. */
export const PAGE_ROWS = 500;
export const PAGE_BYTES = 1_000_000;
/** Work per wake; the rest continues on the next alarm, so that a long backlog never starves requests. */
export const PAGES_PER_WAKE = 200;

export type Delivery =
  | { kind: 'done' }
  /** the world failed: same page again after back-off */
  | { kind: 'retry'; error: string }
  /** one event can't be delivered ever (defect): the sink stops and an alarm is raised; a person must act */
  | { kind: 'poison'; seq: number; error: string }
  /** the other side knows a later history than this object: it was rewound and must be restored by the runbook */
  | { kind: 'behind'; error: string };

export interface Sink {
  name: string;
  deliver(page: readonly OutboxEvent[]): Promise<Delivery>;
  /** Writes again what delivered events left and no present row tells (log, feed); what is there stays. Throws when it can't. */
  repeat?(page: readonly OutboxEvent[]): Promise<void>;
  /** Takes note that an event will never come, so that the next one follows without a gap. Throws when it can't. */
  skip?(event: SkippedEvent): Promise<void>;
}

export interface SinkState {
  name: string;
  cursor: number;
  attempts: number;
  nextAt: number;
  lastError: string | null;
  stopped: boolean;
}

export interface DrainDependencies {
  now(): number;
  jitter(): number;
  readPage(afterSeq: number, maxRows: number, maxBytes: number): OutboxEvent[];
  save(state: SinkState): void;
  onBehind(error: string): void;
}

/** Moves as many pages as the bounds allow; answers the sink's state and whether rows remain. */
export async function drainSink(
  sink: Sink,
  start: SinkState,
  deps: DrainDependencies,
): Promise<{ state: SinkState; more: boolean }> {
  let state = start;
  if (state.stopped || !isDue(state.nextAt, deps.now())) return { state, more: true };
  let rows = PAGE_ROWS;
  for (let pages = 0; pages < PAGES_PER_WAKE; pages++) {
    let page: readonly OutboxEvent[] = [];
    let delivery: Delivery;
    try {
      page = deps.readPage(state.cursor, rows, PAGE_BYTES);
      if (page.length === 0) return { state, more: false };
      delivery = await sink.deliver(page);
    } catch (fault) {
      const error = fault instanceof Error ? fault.message : String(fault);
      delivery = fault instanceof BrokenRow ? { kind: 'poison', seq: fault.seq, error } : { kind: 'retry', error };
    }
    if (delivery.kind === 'poison' && page.length > 1) {
      // Which one it is: what lies before it is delivered, and a person who lets it pass lets only it pass.
      rows = Math.ceil(page.length / 2);
      continue;
    }
    switch (delivery.kind) {
      case 'done':
        state = { ...state, cursor: page.at(-1)?.seq ?? state.cursor, attempts: 0, nextAt: 0, lastError: null };
        deps.save(state);
        break;
      case 'retry': {
        const attempts = state.attempts + 1;
        state = {
          ...state,
          attempts,
          nextAt: deps.now() + backoffMs(attempts, deps.jitter()),
          lastError: withoutPersonal(delivery.error),
        };
        deps.save(state);
        return { state, more: true };
      }
      case 'poison':
        state = { ...state, stopped: true, lastError: `event ${delivery.seq}: ${withoutPersonal(delivery.error)}` };
        deps.save(state);
        return { state, more: true };
      case 'behind':
        state = { ...state, lastError: withoutPersonal(delivery.error), nextAt: deps.now() + CAP_MS };
        deps.save(state);
        deps.onBehind(delivery.error);
        return { state, more: true };
    }
  }
  return { state, more: true };
}
