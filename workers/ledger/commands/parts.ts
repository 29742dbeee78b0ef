/**
 * What every command of the ledger shares: the book it starts from, the common end that stores entries and watches the balance, keys and
 * refusals. Called by the commands beside this file.
 */
import type { Instant } from '../../../shared/clock.ts';
import type { DomainError } from '../../../shared/errors.ts';
import { asMicros, type Micros } from '../../../shared/money.ts';
import { err, type Result } from '../../../shared/result.ts';
import { makeEvent } from '../../events/catalogue.ts';
import { type Command, type Decision, defineCommand } from '../../object-runtime/command.ts';
import type { NewEvent } from '../../object-runtime/events.ts';
import { canonicalJson, sha256Hex } from '../../object-runtime/hash.ts';
import { periodOf, type Used } from '../rules/charge.ts';
import { balanceView, type Book, type Cause, spendable } from '../rules/post.ts';
import { type ThresholdState, watch } from '../rules/thresholds.ts';
import type { LedgerStore } from '../store.ts';
import type * as Types from '../types.ts';

/** Tools that a pure rule may not fetch itself. */
export const TOOLS: Pick<Cause, 'hash' | 'canonical'> = { hash: sha256Hex, canonical: canonicalJson };

export type Decided<T> = Result<Decision<T>, DomainError>;

/**
 * A command of the ledger. Keys live for ever: money is never decided twice. A command holds ids and numbers only, so it is its own record;
 * the request's clock is no part of it.
 */
export const ledgerCommand = <I, T>(
  command: Pick<Command<LedgerStore, I, T>, 'name' | 'key' | 'decide'> & Partial<Command<LedgerStore, I, T>>,
): Command<LedgerStore, I, T> =>
  defineCommand({ keepMs: null, made: ['now', 'causer'], unrecorded: ['now'], ...command });

/**
 * Callers name the cause (`stripe:pi_…`, `call:…`). A command that is the only one of its cause is remembered under that; several commands
 * of one cause differ by what they say. Entry ids follow from these keys, so they must be as distinct.
 */
export const causeKey = ({ key }: { key: string }): string => key;

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

/**
 * The common end of every command: entries and book are stored, low balance is watched, and one `ledger.posted` says what moved.
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
  key: string,
): { balance: Types.BalanceView; events: NewEvent[] } {
  const settled = (book: Book): Micros => asMicros(spendable(book.accounts) + book.accounts.held);
  const base =
    after.lastTopup === undefined ? start.thresholds : { ...start.thresholds, lastTopupMicros: after.lastTopup };
  const watched = watch(base, start.terms.thresholdPercents, settled(start.book), settled(after.book));
  store.addEntries(after.entries);
  store.saveBook(after.book, watched.state);
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
