/**
 * The one shape of every state change, synchronous inside one transaction: replay → decide → rows → outbox → outcome → alarm. Refusals
 * change nothing and are not remembered; the same key with another input is IDEMPOTENCY_MISMATCH. Called by the object runtime and by restores.
 */
import { asInstant, type Instant, realNow } from '../../shared/clock.ts';
import type { DomainError } from '../../shared/errors.ts';
import { assert, err, type Result } from '../../shared/result.ts';
import type { Alarms } from './alarms.ts';
import { causerOfInput, type Command, inputHashOf, type Registry, recordOf } from './command.ts';
import type { CommandLog } from './command-log.ts';
import type { Head, NewEvent, ObjectKind, OutboxEvent } from './events.ts';
import type { Identity, IdentityRow } from './identity.ts';
import type { Outbox } from './outbox.ts';

/** Safety net of the drain after a commit; the drain itself starts at once. */
export const SAFETY_NET_MS = 2_000;
const MAX_KEY_LENGTH = 200;

export interface Answer<T> {
  result: Result<T>;
  head: Head;
}

/** Thrown inside the transaction to roll back; never leaves this file. */
class Refusal extends Error {
  readonly refusal: DomainError;
  constructor(refusal: DomainError) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

interface RunnerOptions<S> {
  kind: ObjectKind;
  storage: DurableObjectStorage;
  store: S;
  commands: Registry<S>;
  identity: IdentityRow;
  outbox: Outbox;
  log: CommandLog;
  alarms: Alarms;
  /** false: the file is of newer code that this one must not write beside */
  writable: boolean;
  settled(committed: boolean): void;
  committed(events: readonly OutboxEvent[]): void;
}

export class CommandRunner<S> {
  readonly #options: RunnerOptions<S>;
  readonly #byName: ReadonlyMap<string, Command<S, never, unknown, never>>;

  constructor(options: RunnerOptions<S>) {
    this.#options = options;
    this.#byName = new Map(Object.values(options.commands).map((one) => [one.name, one]));
  }

  /** The definition that a log or D1 names; throws for an unknown one. */
  definition(name: string): Command<S, never, unknown, never> {
    const found = this.#byName.get(name);
    assert(found, `unknown command ${name}`);
    return found;
  }

  /** @param at the request's clock, ms (development may set it) */
  run<I, T>(definition: Command<S, I, T, never>, input: I, at: number): Answer<T> {
    const now = asInstant(at);
    const answer = this.execute(definition, definition.key(input), input, inputHashOf(definition, input), now, false);
    definition.after?.(this.#options.store, input, answer.result, now);
    return answer;
  }

  /** @param replay in a restore: commands are otherwise refused while a file is behind */
  execute<I, T>(
    definition: Command<S, I, T, never>,
    key: string,
    input: I,
    inputHash: string,
    now: Instant,
    replay: boolean,
  ): Answer<T> {
    const { kind, storage, store, identity, log, alarms, writable } = this.#options;
    const refuse = (error: DomainError): Answer<T> => ({ result: err(error), head: identity.head() });
    if (key.length === 0 || key.length > MAX_KEY_LENGTH)
      return refuse({ code: 'VALIDATION_ERROR', errors: { key: [`1..${MAX_KEY_LENGTH} characters`] } });
    const own = identity.get();
    if (!replay && (own.behind !== null || own.restoring || !writable))
      return refuse({ code: 'OBJECT_FENCED', details: { kind } });
    let written: OutboxEvent[] = [];
    let committed = false;
    try {
      const value = storage.transactionSync((): T => {
        const known = log.find(key, now);
        if (known?.counts) {
          if (known.inputHash !== inputHash || known.name !== definition.name)
            throw new Refusal({ code: 'IDEMPOTENCY_MISMATCH', key });
          return JSON.parse(known.outcome) as T;
        }
        const decided = definition.decide(store, input, now);
        if (!decided.ok) throw new Refusal(decided.error);
        const { value, events } = decided.value;
        written = this.#append(definition, key, input, inputHash, now, events, own);
        log.remember(
          key,
          { name: definition.name, inputHash, outcome: JSON.stringify(value ?? null) },
          definition.keepMs === null ? null : now + definition.keepMs,
          known !== null,
        );
        if (written.length > 0) alarms.armInTransaction(realNow() + SAFETY_NET_MS);
        return value;
      });
      committed = true;
      const last = written.at(-1);
      if (last) {
        identity.advanced(last.seq, last.id);
        this.#options.committed(written);
      }
      return { result: { ok: true, value }, head: identity.head() };
    } catch (thrown) {
      // The transaction rolled the alarm back too.
      if (written.length > 0) alarms.forget();
      if (thrown instanceof Refusal) return refuse(thrown.refusal);
      throw thrown;
    } finally {
      this.#options.settled(committed);
    }
  }

  #append<I, T>(
    definition: Command<S, I, T, never>,
    key: string,
    input: I,
    inputHash: string,
    now: Instant,
    events: readonly NewEvent[],
    own: Identity,
  ): OutboxEvent[] {
    if (events.length === 0) return [];
    const command = recordOf(definition, input);
    const causer = causerOfInput(input as object, key);
    const written = events.map(
      (event, index): OutboxEvent => ({
        ...event,
        epoch: own.epoch,
        seq: own.seq + 1 + index,
        id: `${key}#${index}`,
        at: now,
        commandKey: key,
        commandName: definition.name,
        command: index === 0 ? command : null,
        inputHash,
        causer,
      }),
    );
    this.#options.outbox.append(written);
    const last = written.at(-1);
    assert(last, 'events were just made');
    this.#options.identity.writeHead(last.seq, last.id);
    return written;
  }
}
