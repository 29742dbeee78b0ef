/**
 * The catalogue of domain events: type → version, body, entity, upcasters. Nothing else lists event types. Objects write through
 * `makeEvent`; projections, live streams and reactions read through `readEvent` and are tables over it, complete by the compiler.
 */
import type { z } from 'zod';
import { CALENDAR_EVENTS } from './calendar.ts';
import { type EventDefinition, versionOf } from './define.ts';
import type { EffectSpec } from './effects.ts';
import { LEDGER_EVENTS } from './ledger.ts';

/** Every event by its type. A further module adds its table here. */
export const EVENTS = { ...CALENDAR_EVENTS, ...LEDGER_EVENTS } as const;

export type EventType = keyof typeof EVENTS;
export type CalendarEventType = keyof typeof CALENDAR_EVENTS;
export type LedgerEventType = keyof typeof LEDGER_EVENTS;
/** What an event of a type says today. */
export type EventBodies = { [K in EventType]: z.infer<(typeof EVENTS)[K]['body']> };

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** An event as the object's outbox takes it. */
export interface MadeEvent<K extends EventType = EventType> {
  type: K;
  v: number;
  entity: string;
  body: { readonly [key: string]: Json | undefined };
}

/** An event as it comes out of an outbox, of whatever version. */
interface StoredEvent {
  type: string;
  v: number;
  /** `{key of the command}#{index}`: stable across restores */
  id: string;
  epoch: number;
  seq: number;
  /** epoch ms at which it was decided */
  at: number;
  body: unknown;
}

/** An event as readers get it: its body has today's shape. */
export type ReadEvent<K extends EventType = EventType> = {
  [P in K]: Omit<StoredEvent, 'type' | 'v' | 'body'> & { type: P; body: EventBodies[P] };
}[K];

/** What a module says about each of its events. A type that is missing, or one too many, does not compile. */
export type EventTable<K extends EventType, Args extends unknown[], Result> = {
  readonly [P in K]: (event: ReadEvent<P>, ...args: Args) => Result;
};

/** What a module's events cause outside. */
export type Reactions<K extends EventType> = EventTable<K, [], readonly EffectSpec[]>;

/**
 * Makes the event that goes to the outbox. Bodies are checked by the compiler, not here: this runs inside the commit.
 * @param cause key of the command, for events that are about nothing else (`ledger.posted` without an entry)
 */
export function makeEvent<K extends EventType>(type: K, body: EventBodies[K], cause = ''): MadeEvent<K> {
  const definition = EVENTS[type] as unknown as EventDefinition<EventBodies[K]>;
  // A body holds what JSON holds, or its schema could not describe it.
  return { type, v: versionOf(definition), entity: definition.entity(body, cause), body: body as MadeEvent['body'] };
}

const isKnown = (type: string): type is EventType => Object.hasOwn(EVENTS, type);

/**
 * Reads an event of any version as today's. Null for a type or a version that a later deploy wrote: the deploy that knows it rebuilds.
 * A body of today's version was written by the types above and is taken as it is; an older one is upcast and checked.
 * Throws (the reader's sink then stops and raises an alarm) when an older body does not become a body of today.
 */
export function readEvent(stored: StoredEvent): ReadEvent | null {
  const { type, v, id, epoch, seq, at } = stored;
  if (!isKnown(type)) return null;
  const definition: Pick<EventDefinition, 'upcasters'> & { body: z.ZodType } = EVENTS[type];
  if (v > versionOf(definition)) return null;
  let { body } = stored;
  if (v < versionOf(definition)) {
    body = definition.upcasters.slice(v - 1).reduce((older, next) => next(older), body as Record<string, unknown>);
    const checked = definition.body.safeParse(body);
    if (!checked.success) {
      const where = checked.error.issues.map((issue) => issue.path.join('.')).join(', ');
      throw new Error(`${type} of version ${v} can't be read: ${where}`);
    }
  }
  return { type, id, epoch, seq, at, body } as ReadEvent;
}

/** Reads a stored event where a module knows its types; another module's, or a later one, is null. */
export function readOf<K extends EventType>(
  table: { readonly [P in K]: unknown },
  stored: StoredEvent,
): ReadEvent<K> | null {
  if (!Object.hasOwn(table, stored.type)) return null;
  return readEvent(stored) as ReadEvent<K> | null;
}

/** Calls what a module's table says of an event. */
export function tell<K extends EventType, Args extends unknown[], Result>(
  table: EventTable<K, Args, Result>,
  event: ReadEvent<K>,
  ...args: Args
): Result {
  // The compiler can't follow that the event's type and its entry of the table are the same K.
  const entry = table[event.type] as (event: ReadEvent<K>, ...args: Args) => Result;
  return entry(event, ...args);
}
