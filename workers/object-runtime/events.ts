/** What leaves an object: events with ids only, in the order `(epoch, seq)`; the vocabulary of outbox, drain and projection. */
import type { JsonObject } from './hash.ts';

export type ObjectKind = 'calendar' | 'ledger';

/** Position in one object's history. Written `calendar:1.42` in headers and cursors. */
export interface Head {
  kind: ObjectKind;
  epoch: number;
  seq: number;
}

/** Where an object stands, and how far its projection had come when it was asked: the object moves that mark after D1 has committed. */
export interface Flushed extends Head {
  projected: number;
}

/** An event as a rule decides it: `body` holds ids, instants, amounts and states, never names, numbers or free text. */
export interface NewEvent {
  type: string;
  /** version of `body`'s shape; receivers upcast older ones */
  v: number;
  /** the row the event is about */
  entity: string;
  body: JsonObject;
}

/** An event as it lies in the outbox. `id` is the command key plus index, never seq, so effects dedupe across restores. */
export interface OutboxEvent extends NewEvent {
  epoch: number;
  seq: number;
  id: string;
  /** epoch ms at which it was decided */
  at: number;
  commandKey: string;
  commandName: string;
  /** canonical command, ids only: what a restore replays. Only on the first event of a command, else null */
  command: JsonObject | null;
  inputHash: string;
  /** who asked, `kind:id` without names: `user:usr_…`, `phone:call_…`, `system:stripe`; null: written by earlier code */
  causer: string | null;
}

/** An event as far as it can be said of a row whose JSON nobody can read. */
export type SkippedEvent = Omit<OutboxEvent, 'body'>;

/** A row that holds no event: its JSON is damaged. Thrown by the outbox when a page would begin with it; the drain takes it for poison. */
export class BrokenRow extends Error {
  readonly seq: number;
  constructor(seq: number, cause: unknown) {
    super(`event ${seq} cannot be read`, { cause });
    this.seq = seq;
  }
}

export const formatHead = (head: Head): string => `${head.kind}:${head.epoch}.${head.seq}`;

/** Reads `ledger:1.42,calendar:1.7`; unknown or malformed parts are ignored (a header is a hint, never an error). */
export function parseHeads(text: string | null | undefined): Partial<Record<ObjectKind, Head>> {
  const heads: Partial<Record<ObjectKind, Head>> = {};
  for (const part of (text ?? '').slice(0, 200).split(',')) {
    const match = /^\s*(calendar|ledger):(\d{1,9})\.(\d{1,15})\s*$/.exec(part);
    if (match) {
      const kind = match[1] as ObjectKind;
      heads[kind] = { kind, epoch: Number(match[2]), seq: Number(match[3]) };
    }
  }
  return heads;
}

/** Negative when a is before b. */
export const compareHeads = (a: { epoch: number; seq: number }, b: { epoch: number; seq: number }): number =>
  a.epoch - b.epoch || a.seq - b.seq;

/** What `_outbox` and D1's feed keep of an event, in this order: epoch, seq, id, type, v, entity, at, command key, name and JSON, input hash. */
export const cellsOf = (e: SkippedEvent): (string | number | null)[] => [
  e.epoch,
  e.seq,
  e.id,
  e.type,
  e.v,
  e.entity,
  e.at,
  e.commandKey,
  e.commandName,
  e.command === null ? null : JSON.stringify(e.command),
  e.inputHash,
];
