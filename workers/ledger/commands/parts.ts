/**
 * What every command of the ledger shares: the book it starts from, the common end that stores entries and watches the balance, keys and
 * refusals. Called by the commands of this folder.
 */
import type { Instant } from '../../../shared/clock.ts';
import type { DomainError } from '../../../shared/errors.ts';
import { asMicros, MAX_MICROS, type Micros, MoneyLimit } from '../../../shared/money.ts';
import { assert, err, ok, type Result } from '../../../shared/result.ts';
import { makeEvent } from '../../events/catalogue.ts';
import { type Command, type Decision, defineCommand } from '../../object-runtime/command.ts';
import type { NewEvent } from '../../object-runtime/events.ts';
import { canonicalJson, sha256Hex } from '../../object-runtime/hash.ts';
import { periodOf, type Priced, type Used } from '../rules/charge.ts';
import { type BalanceParts, balanceOfParts, balanceView, type Book, type Cause, spendable } from '../rules/post.ts';
import { type ThresholdState, watch } from '../rules/thresholds.ts';
import type { LedgerStore } from '../store.ts';
import type * as Types from '../types.ts';

/** Tools that a pure rule may not fetch itself. */
export const TOOLS: Pick<Cause, 'hash' | 'canonical'> = { hash: sha256Hex, canonical: canonicalJson };

export type Decided<T> = Result<Decision<T>, DomainError>;

/** `K` is what is stored under the key, `A` what the caller is answered. */
export interface LedgerCommand<I, A, K = A> extends Command<LedgerStore, I, K> {
  /** The answer from the stored outcome. */
  answer(store: LedgerStore, kept: K, input: I): A;
}

/** The entry of an outcome: entries are never removed. */
export function entryAgain(store: LedgerStore, id: string): Types.Entry {
  const entry = store.entry(id);
  assert(entry, `entry ${id} of an outcome is there`);
  return entry;
}

interface Verb<I, A, K> extends Partial<Omit<Command<LedgerStore, I, K>, 'decide'>> {
  name: string;
  key(input: I): string;
  /** Decides the answer; what of it is stored says `kept`. */
  decide(store: LedgerStore, input: I, now: Instant): Decided<A>;
  /** Ids and numbers from which `again` makes the answer of a repeat. Absent: the whole answer, which is small. */
  kept?(answer: A): K;
  again?(store: LedgerStore, kept: K, input: I): A;
}

/** Outcomes that were stored before only ids and numbers were: whole answers, each with its balance. */
const isWhole = (kept: unknown): boolean => typeof kept === 'object' && kept !== null && 'balance' in kept;

/**
 * A command of the ledger. Keys live for ever: money is never decided twice; therefore an outcome is kept as ids and numbers, and a repeat's
 * answer is made of them and the rows they name. A command holds ids and numbers only, so it is its own record; the request's clock is no
 * part of it. A sum beyond what is exact is refused (LIMIT_REACHED), and nothing of the command stays.
 */
export function ledgerCommand<I, A, K = A>(verb: Verb<I, A, K>): LedgerCommand<I, A, K> {
  const { decide, kept, again, ...rest } = verb;
  /** Answers of this moment by what is kept of them, so that the first caller's is not read back. */
  const fresh = new WeakMap<object, A>();
  const keep = (answer: A): K => {
    if (!kept) return answer as unknown as K;
    const small = kept(answer);
    fresh.set(small as object, answer);
    return small;
  };
  return {
    ...defineCommand<LedgerStore, I, K>({
      keepMs: null,
      made: ['now', 'causer'],
      unrecorded: ['now'],
      ...rest,
      decide(store, input, now) {
        try {
          const decided = decide(store, input, now);
          return decided.ok ? ok({ ...decided.value, value: keep(decided.value.value) }) : decided;
        } catch (thrown) {
          if (thrown instanceof MoneyLimit) return err({ code: 'LIMIT_REACHED', limit: 'ledger_sum', max: MAX_MICROS });
          throw thrown;
        }
      },
    }),
    answer(store, stored, input) {
      if (!again) return stored as unknown as A;
      return fresh.get(stored as object) ?? (isWhole(stored) ? (stored as unknown as A) : again(store, stored, input));
    },
  };
}

/** The balance as it stood after a command, from what was kept of it. */
export function balanceAgain(store: LedgerStore, parts: BalanceParts): Types.BalanceView {
  const stored = store.book();
  assert(stored, 'what has an outcome has a book');
  return balanceOfParts(parts, stored.book.currency);
}

/**
 * Callers name the cause (`stripe:pi_…`, `call:…`). A command that is the only one of its cause is remembered under that; several commands
 * of one cause differ by what they say. Entry ids follow from these keys, so they must be as distinct.
 */
export const causeKey = ({ key }: { key: string }): string => key;

/** Part of a key: what one session says is judged, also when another has said the same before. */
export const ofSession = ({ sessionId }: { sessionId?: string }): string =>
  sessionId === undefined ? '' : `:${sessionId}`;

export const invalid = (field: string, text: string): { ok: false; error: DomainError } =>
  err({ code: 'VALIDATION_ERROR', errors: { [field]: [text] } });
export const noLedger = (): { ok: false; error: DomainError } => err({ code: 'NOT_FOUND', entity: 'ledger' });

/** Where a command starts. */
export interface Open {
  book: Book;
  thresholds: ThresholdState;
  terms: Types.Terms;
}

/** Null until the first terms are put. */
export function open(store: LedgerStore): Open | null {
  const stored = store.book();
  return stored ? { ...stored, terms: store.terms(stored.book.termsVersion) } : null;
}

export const causeOf = (key: string, now: Instant): Cause => ({ key, now, ...TOOLS });

/** What uses a balance up: the base of "days left". */
const IS_SPEND: ReadonlySet<Types.EntryType> = new Set([
  'call_cost',
  'usage',
  'appointment_fee',
  'subscription',
  'rounding',
]);

/**
 * The common end of every command: entries and book are stored, what was spent counts towards its day, low balance is watched, and one `ledger.posted` says what moved.
 * @param lastTopup net amount of a top-up credited by this command: the new base of the thresholds
 */
export function commit(
  store: LedgerStore,
  start: Open,
  after: {
    book: Book;
    entries: readonly Types.Entry[];
    lastTopup?: Micros;
    usage?: { period: string; line: Types.UsageLine }[];
  },
  { key, now }: Pick<Cause, 'key' | 'now'>,
): { balance: Types.BalanceView; events: NewEvent[] } {
  const settled = (book: Book): Micros => asMicros(spendable(book.accounts) + book.accounts.held);
  const base =
    after.lastTopup === undefined ? start.thresholds : { ...start.thresholds, lastTopupMicros: after.lastTopup };
  const watched = watch(base, start.terms.thresholdPercents, settled(start.book), settled(after.book));
  store.addEntries(after.entries);
  store.saveBook(after.book, watched.state);
  const spent = after.entries.reduce((sum, entry) => sum - (IS_SPEND.has(entry.type) ? entry.amountMicros : 0), 0);
  // Of the day of the clock, which may have been put back; entries themselves never go back in time.
  if (spent !== 0) store.addSpent(now, asMicros(spent));
  const balance = balanceView(after.book);
  const events: NewEvent[] = [];
  if (after.entries.length > 0 || after.usage) {
    events.push(makeEvent('ledger.posted', { entries: [...after.entries], balance, usage: after.usage ?? [] }, key));
  }
  if (watched.crossing) {
    const { percent, urgency, crossing } = watched.crossing;
    events.push(
      makeEvent('balance.low', {
        percent,
        urgency,
        crossing,
        balanceCents: balance.availableCents,
        currency: balance.currency,
      }),
    );
  }
  return { balance, events };
}

const callId = (key: string): string => (key.startsWith('call:') ? key.slice(5) : key);
/** What the entries of a call point at. @param key `call:<id>` */
export const callRefs = (key: string, refs: Types.Refs | undefined): Types.Refs => ({
  ...refs,
  referenceType: 'call',
  referenceId: callId(key),
});

/** Minutes used in the present period: what a hold's estimate has left of the included ones. */
export const usedMinutes = (store: LedgerStore, terms: Types.Terms, termsVersion: number, now: Instant): Used =>
  store.used(periodOf(now, terms.timeZone), 'voice_minute', termsVersion);

/** The plan that was in force at an instant. */
export function pricedAt(store: LedgerStore, { book }: Open, at: Instant): Priced {
  const version = store.termsAt(at, book.currency);
  return { version, plan: store.terms(version).plan };
}
