/** A calendar without its object: the real commands over the real store in SQLite, for tests that play thousands of histories. */
import type { DomainError } from '../../../shared/errors.ts';
import { err, type Result } from '../../../shared/result.ts';
import { migrate } from '../../object-runtime/migrate.ts';
import { type MemoryStorage, memoryStorage } from '../../object-runtime/sql.fixture.ts';
import type { NewEvent } from '../../object-runtime/events.ts';
import type { CalendarCommand, Keyed } from '../commands/command.ts';
import { CALENDAR_MIGRATIONS } from '../schema.ts';
import { type CalendarStore, calendarStore } from './store.ts';

class Refused extends Error {
  readonly error: DomainError;
  constructor(error: DomainError) {
    super(error.code);
    this.error = error;
  }
}

interface MemoryCalendar {
  store: CalendarStore;
  storage: MemoryStorage;
  /** events of all commands, in order */
  events: NewEvent[];
  /** Runs a verb as the object does, without its log: each call decides anew. */
  run<I extends Keyed, T, A>(command: CalendarCommand<I, T, A>, input: I): Result<A>;
}

export function memoryCalendar(): MemoryCalendar {
  const storage = memoryStorage();
  migrate(storage, CALENDAR_MIGRATIONS);
  const store = calendarStore(storage.sql, () => undefined);
  const events: NewEvent[] = [];
  const decide = <I extends Keyed, T, A>(command: CalendarCommand<I, T, A>, input: I): Result<T> => {
    try {
      const value = storage.transactionSync((): T => {
        const decided = command.decide(store, input, input.now);
        if (!decided.ok) throw new Refused(decided.error);
        events.push(...decided.value.events);
        return decided.value.value;
      });
      store.settled(true);
      return { ok: true, value };
    } catch (thrown) {
      store.settled(false);
      if (thrown instanceof Refused) return err(thrown.error);
      throw thrown;
    }
  };
  return {
    store,
    storage,
    events,
    run(command, input) {
      const result = decide(command, input);
      command.after?.(store, input, result, input.now);
      return result.ok ? command.answer(store, result.value, input) : result;
    },
  };
}
