/**
 * One definition per verb of an object: under which name and key it is logged, what counts as the same input, what a restore may carry,
 * how it is decided, how it becomes whole again. `commands/<verb>.ts` of calendar and ledger make them; the object runtime runs them.
 */
import { withImpersonator } from '../../shared/actor.ts';
import type { Instant } from '../../shared/clock.ts';
import type { Result } from '../../shared/result.ts';
import type { NewEvent } from './events.ts';
import { canonicalJson, type JsonObject, sha256Hex } from './hash.ts';

/** What a rule decided: the value stored under the key and answered, and the events that go out. */
export interface Decision<T> {
  value: T;
  events: readonly NewEvent[];
}

/**
 * One kind of state change of an object. `S` is the interface of the object's store, the only thing of the world that `decide` knows;
 * `D` is what a restore brings back for it. Methods are written in method syntax so that definitions of different inputs share one registry.
 */
export interface Command<S, I, T, D = unknown> {
  /** what the command log and a restore know it by: never changed once published */
  readonly name: string;
  /** how long the outcome answers a repeat, in ms; null = for ever (money) */
  readonly keepMs: number | null;
  /** the idempotency key under which the outcome is stored: 1 to 200 characters */
  key(input: I): string;
  /** members that a retry may change (the clock, ids the caller makes, who asks …): they don't count as the same input */
  readonly made: readonly string[] | ((input: I) => readonly string[]);
  /** members that the recorded command must not carry (clock, names, texts); `items.body` is a member of each element of a list */
  readonly unrecorded: readonly string[];
  /** Runs inside the transaction: load facts, call the pure rule, write rows. A refusal rolls back whatever was written. */
  decide(store: S, input: I, now: Instant): Result<Decision<T>>;
  /** How a recorded command becomes whole again. Absent: it is whole as it was recorded. */
  restore?(command: JsonObject, drained: D): JsonObject;
  /** Runs after the transaction, whether it committed or was refused: what must not be rolled back with it (a lost slot is counted). */
  after?(store: S, input: I, result: Result<T>, now: Instant): void;
}

/** All verbs of an object by the name of their RPC method. */
export type Registry<S> = Readonly<Record<string, Command<S, never, unknown, never>>>;

export type InputOf<C> = C extends Command<never, infer I, unknown, never> ? I : never;

/** Checks a definition's type; answers it as it is. */
export const defineCommand = <S, I, T, D = unknown>(command: Command<S, I, T, D>): Command<S, I, T, D> => command;

/** A copy without these members and without those that are undefined; `list.member` reaches into the elements of a list. */
function without(input: object, names: readonly string[]): JsonObject {
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input))
    if (value !== undefined && !names.includes(name)) copy[name] = value;
  for (const name of names) {
    const dot = name.indexOf('.');
    if (dot < 0) continue;
    const list = copy[name.slice(0, dot)];
    if (Array.isArray(list)) copy[name.slice(0, dot)] = list.map((one: object) => without(one, [name.slice(dot + 1)]));
  }
  return copy as JsonObject;
}

/** Hash of what counts as the same input: a repeat under the key must have it, else IDEMPOTENCY_MISMATCH. */
export function inputHashOf<S, I, T>(command: Command<S, I, T, never>, input: I): string {
  const made = typeof command.made === 'function' ? command.made(input) : command.made;
  return sha256Hex(canonicalJson(without(input as object, made)));
}

/**
 * Who asked for a command, as the activity log names them: `causer` of the input, else its `actor`, else the machinery behind the key
 * (`stripe:pi_…` → `system:stripe`).
 */
export function causerOfInput(input: object, key: string): string {
  const { causer, actor } = input as {
    causer?: unknown;
    actor?: { kind?: unknown; id?: unknown; impersonatorId?: string };
  };
  if (typeof causer === 'string') return causer;
  if (typeof actor?.kind === 'string')
    return withImpersonator(`${actor.kind}:${String(actor.id ?? '')}`, actor.impersonatorId);
  return `system:${key.split(':', 1)[0] ?? ''}`;
}

/** The canonical command with ids only: what a restore repeats. */
export const recordOf = <S, I, T>(command: Command<S, I, T, never>, input: I): JsonObject =>
  without(input as object, command.unrecorded);
