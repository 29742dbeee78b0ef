/**
 * What every object of a tenant answers, whatever its module: alarm, cron's ping, delivery, the runbook's steps and the sockets of its live
 * streams. Base class of `calendar/calendar-object.ts` and `ledger/ledger-object.ts`, which add their verbs and reads.
 */
import { DurableObject } from 'cloudflare:workers';
import type { Result } from '../../shared/result.ts';
import type { Flushed, Head } from './events.ts';
import type { ObjectRuntime } from './object-runtime.ts';
import type { LostCommand, Replayed, RestoreBegun } from './restore.ts';
import type { RuntimeStatus } from './status.ts';
import { endStreams, STREAM_HANDLERS } from './streams.ts';

/** `E` is the Worker's environment, `S` the store's interface. */
export abstract class TenantObject<E, S> extends DurableObject<E> {
  /** made by the constructor of the object; a field, so that nobody reaches it by RPC */
  protected abstract readonly runtime: ObjectRuntime<S>;

  override alarm(): Promise<void> {
    return this.runtime.alarm();
  }
  /** Looks at what is due as if the alarm had fired. */
  ping(): Promise<RuntimeStatus> {
    return this.runtime.ping();
  }
  status(): RuntimeStatus {
    return this.runtime.status();
  }
  drain(): Promise<void> {
    return this.runtime.drain();
  }
  /** Waits for the drain at most `ms`; answers where object and projection stand. */
  flush(ms: number): Promise<Flushed> {
    return this.runtime.flush(ms);
  }
  /** Lets stopped or waiting sinks try again at once. */
  resume(): void {
    this.runtime.resume();
  }
  /** Lets pass the event at which delivery stands; a person decided it. Refusals: ILLEGAL_TRANSITION, OBJECT_FENCED. */
  skip(input: { seq: number; by: string; reason: string }): Promise<Result<{ sinks: string[] }>> {
    return this.runtime.skip(input);
  }
  /** In a rebuild: activity log and feed of a page of past events are written again. @returns where the next page begins, null: at the end */
  repeat(after: number): Promise<number | null> {
    return this.runtime.repeat(after);
  }
  /** What is wrong with the object's own rows. An object whose rows prove nothing of each other has no answer. */
  problems(): Promise<string[]> {
    return Promise.resolve([]);
  }
  projectionCursor(): { epoch: number; seq: number; eventId: string | null } {
    return this.runtime.projectionCursor();
  }

  beginRestore(input: { epoch: number; previousHeadHash: string | null }): RestoreBegun {
    return this.runtime.beginRestore(input);
  }
  replay(commands: readonly LostCommand[]): Replayed[] | Promise<Replayed[]> {
    return this.runtime.replay(commands);
  }
  finishRestore(): Head {
    return this.runtime.finishRestore();
  }
  /** A restore that failed is undone; nothing when none is under way. */
  abortRestore(): void {
    this.runtime.abortRestore();
  }

  override webSocketMessage(socket: WebSocket): void {
    STREAM_HANDLERS.message(socket);
  }
  override webSocketClose(socket: WebSocket, code: number): void {
    STREAM_HANDLERS.close(socket, code);
  }
  override webSocketError(socket: WebSocket): void {
    STREAM_HANDLERS.error(socket);
  }
  /** A session or key has ended: so do the streams that it opened. */
  endStreams(session: string): void {
    endStreams(this.ctx, session);
  }
  /** Sockets that are open: for tests and health. */
  streams(): number {
    return this.ctx.getWebSockets().length;
  }
}
