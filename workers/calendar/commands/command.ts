/** What every verb of the calendar shares: how long an outcome answers a repeat, what a retry may change, what a restore needs of D1. */
import type { Instant } from '../../../shared/clock.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type Command, defineCommand } from '../../object-runtime/command.ts';
import type { JsonObject } from '../../object-runtime/hash.ts';
import type { ErasableText } from '../../storage/tables/calendar.ts';
import type { CalendarStore } from '../store/store.ts';
import type { RateAsk } from '../bounds.ts';
import type { AppointmentTexts } from '../rows.ts';

/** A repeat within this time is answered with the first outcome. */
const KEEP_MS = 30 * 86_400_000;
/** The same input, whenever, by whomever and under whatever limit it is asked. */
const RETRY_MAY_CHANGE = ['key', 'now', 'rate', 'actor'] as const;
/** A restore has key and time beside the command; limits are not counted in it. */
const NEVER_RECORDED = ['key', 'now', 'rate'] as const;

/** What each command carries. Ids of what it makes come with it, so that the rules make none. */
export interface Keyed {
  key: string;
  now: Instant;
  rate?: RateAsk[];
}

/** Rows of D1 that a restore needs beside the recorded command: it carries ids only. */
export interface Needed {
  items?: readonly { kind: string; id: string }[];
  appointmentIds?: readonly string[];
  /** by the table of their one text (`ERASABLE_TEXTS` of workers/storage/tables/calendar.ts) */
  textsOf?: Partial<Record<ErasableText, readonly string[]>>;
}
/** The same as they had drained: bodies by `kind/id`, texts by appointment, single texts by the id of their row. */
export interface Drained {
  bodies: ReadonlyMap<string, unknown>;
  texts: ReadonlyMap<string, AppointmentTexts>;
  textsOf: Readonly<Record<ErasableText, ReadonlyMap<string, string>>>;
}

/** What several recorded commands need, in one. */
export function allNeeded(needed: readonly Needed[]): Required<Needed> {
  const textsOf: Partial<Record<ErasableText, string[]>> = {};
  for (const one of needed)
    for (const [of, ids] of Object.entries(one.textsOf ?? {}) as [ErasableText, readonly string[]][])
      textsOf[of] = [...(textsOf[of] ?? []), ...ids];
  return {
    items: needed.flatMap(({ items }) => items ?? []),
    appointmentIds: needed.flatMap(({ appointmentIds }) => appointmentIds ?? []),
    textsOf,
  };
}

/** `T` is what is stored under the key, `A` what the caller is answered. */
export interface CalendarCommand<I, T, A = T> extends Command<CalendarStore, I, T, Drained> {
  /** The answer from the stored outcome and present names: ids are stored, names are not. */
  answer(store: CalendarStore, value: T, input: I): Result<A>;
  /** A repeated outcome that no longer stands: the key under which the command is decided anew; null: it stands. */
  renewed?(store: CalendarStore, value: T, input: I): string | null;
  /** What `restore` needs. */
  needs?(command: JsonObject): Needed;
}

interface Verb<I, T, A> {
  name: string;
  /** members beside clock, limits and actor that don't count as the same input */
  made?: readonly string[] | ((input: I) => readonly string[]);
  /** members beside clock and limits that a recorded command must not carry */
  unrecorded?: readonly string[];
  decide: Command<CalendarStore, I, T, Drained>['decide'];
  answer?: CalendarCommand<I, T, A>['answer'];
  renewed?: CalendarCommand<I, T, A>['renewed'];
  after?: Command<CalendarStore, I, T, Drained>['after'];
  needs?: CalendarCommand<I, T, A>['needs'];
  restore?: Command<CalendarStore, I, T, Drained>['restore'];
}

/** A verb of the calendar. */
export function calendarCommand<I extends Keyed, T, A = T>(verb: Verb<I, T, A>): CalendarCommand<I, T, A> {
  const { name, made = [], unrecorded = [], decide, answer, renewed, after, needs, restore } = verb;
  return {
    ...defineCommand<CalendarStore, I, T, Drained>({
      name,
      keepMs: KEEP_MS,
      key: (input) => input.key,
      made:
        typeof made === 'function' ? (input) => [...RETRY_MAY_CHANGE, ...made(input)] : [...RETRY_MAY_CHANGE, ...made],
      unrecorded: [...NEVER_RECORDED, ...unrecorded],
      decide,
      ...(after ? { after } : {}),
      ...(restore ? { restore } : {}),
    }),
    // Without an `answer` of its own a verb answers what it stores: A is T.
    answer: answer ?? ((_store, value) => ok(value as unknown as A)),
    ...(renewed ? { renewed } : {}),
    ...(needs ? { needs } : {}),
  };
}

/** Reads a list of a recorded command. */
export const listOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? (value as JsonObject[]) : []);

/** The reason of a move or cancellation comes back with its modification, unless it was erased. */
export const withReason = {
  needs: (command: JsonObject): Needed => ({ textsOf: { modification: [String(command['modificationId'])] } }),
  restore(command: JsonObject, drained: Drained): JsonObject {
    const reason = drained.textsOf.modification.get(String(command['modificationId']));
    return reason === undefined ? command : { ...command, reason };
  },
};
