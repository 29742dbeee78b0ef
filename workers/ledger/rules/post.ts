/**
 * Double entry: turns a draft into an immutable entry (postings that sum to zero, balance before and after, gapless number, hash of
 * the one before). Called by every money rule; `verify.ts` recomputes with the same functions.
 */
import { asInstant, type Instant } from '../../../shared/clock.ts';
import type { EntryId } from '../../../shared/ids.ts';
import { asMicros, type Micros, microsToCentsExact } from '../../../shared/money.ts';
import { assert } from '../../../shared/result.ts';
import { type Accounts, apply } from './spend.ts';
import {
  ACCOUNTS,
  type Account,
  type BalanceView,
  type Entry,
  type EntryType,
  type Posting,
  type Refs,
} from '../types.ts';

/** Where the ledger stands: the one row every posting reads and writes. */
export interface Book {
  currency: string;
  termsVersion: number;
  accounts: Accounts;
  /** number of the newest entry */
  seq: number;
  headHash: string;
  /** set when the next entry is the first of a restored epoch: hash of the head that was known before */
  epochLink: string | null;
  /** when the newest entry was created: a clock that was put back does not bring later entries before it */
  lastAt: Instant;
  /** what the next entry must vouch for, because it changed after the last one; null: nothing */
  owes: Entry['attests'] | null;
}

export interface Draft {
  type: EntryType;
  postings: Posting[];
  descriptionKey: string;
  occurredAt: Instant;
  exactMicros?: Micros;
  priceLine?: string;
  refs?: Refs;
}

/** What caused entries, and the tools a pure rule may not fetch itself. */
export interface Cause {
  key: string;
  now: Instant;
  hash: (text: string) => string;
  canonical: (value: unknown) => string;
}

/** Hash that stands before the first entry. */
export const GENESIS_HASH = '0'.repeat(64);

export const NO_MONEY = Object.freeze(
  Object.fromEntries(ACCOUNTS.map((account) => [account, 0])) as Record<Account, Micros>,
);

/** What the customer can spend: prepaid + bonus. */
export const spendable = (accounts: Accounts): Micros => asMicros(accounts.prepaid + accounts.bonus);

/**
 * Writes drafts into the book in order. Entry ids follow from command key and index, so that a command replayed after a restore
 * makes the same entries.
 */
export function post(book: Book, drafts: readonly Draft[], cause: Cause): { book: Book; entries: Entry[] } {
  const entries: Entry[] = [];
  let current = book;
  for (const [index, draft] of drafts.entries()) {
    const { currency } = current;
    let sum = 0;
    const seen = new Set<Account>();
    for (const { account, amountMicros } of draft.postings) {
      assert(!seen.has(account), `two postings on ${account} in one entry`);
      seen.add(account);
      microsToCentsExact(amountMicros, currency); // every posting is a multiple of the minor unit
      sum += amountMicros;
    }
    assert(sum === 0, `postings must sum to zero, not ${sum}`);
    const accounts = apply(current.accounts, draft.postings);
    const before = spendable(current.accounts);
    const after = spendable(accounts);
    const amount = asMicros(after - before);
    const entry: Entry = {
      id: entryId(cause, index),
      seq: current.seq + 1,
      type: draft.type,
      amountMicros: amount,
      amountCents: microsToCentsExact(amount, currency),
      balanceBeforeMicros: before,
      balanceAfterMicros: after,
      balanceAfterCents: microsToCentsExact(after, currency),
      exactMicros: draft.exactMicros ?? null,
      currency,
      priceLine: draft.priceLine ?? null,
      refs: draft.refs ?? {},
      descriptionKey: draft.descriptionKey,
      epochLink: current.epochLink,
      key: cause.key,
      occurredAt: draft.occurredAt,
      createdAt: asInstant(Math.max(cause.now, current.lastAt)),
      // In the order the table keeps them, so that an entry read back hashes the same.
      postings: [...draft.postings].sort((a, b) => (a.account < b.account ? -1 : 1)),
      ...(current.owes ? { attests: current.owes } : {}),
      prevHash: current.headHash,
      hash: '',
    };
    entry.hash = hashOf(entry, cause);
    entries.push(entry);
    current = {
      ...current,
      accounts,
      seq: entry.seq,
      headHash: entry.hash,
      epochLink: null,
      lastAt: entry.createdAt,
      owes: null,
    };
  }
  return { book: current, entries };
}

/** 80 bits of the hash of cause and index: the same on every replay of the command. */
const entryId = (cause: Cause, index: number): EntryId =>
  `ent_${cause.hash(`${cause.key}#${index}`).slice(0, 20)}` as EntryId;

/** The chain hash: SHA-256 of the canonical entry with the hash before it and without its own. */
export function hashOf(entry: Entry, tools: Pick<Cause, 'hash' | 'canonical'>): string {
  const { hash: _own, ...content } = entry;
  return tools.hash(tools.canonical(content));
}

/** The customer's view of the book. Paid money lent to a running hold may dip below zero while bonus is left: shown as one. */
export function balanceView(book: Book): BalanceView {
  const { prepaid, bonus, held } = book.accounts;
  const lent = Math.max(0, Math.min(-prepaid, bonus));
  return balanceOfParts([prepaid + lent, bonus - lent, held, book.seq, book.termsVersion], book.currency);
}

/** Paid, given and held micros as shown, number of the newest entry, version of the terms: what a balance can be rebuilt from. */
export type BalanceParts = readonly [prepaid: number, bonus: number, held: number, sequence: number, terms: number];

export const partsOf = (view: BalanceView): BalanceParts => [
  view.prepaidMicros,
  view.bonusMicros,
  view.heldMicros,
  view.sequence,
  view.termsVersion,
];

export function balanceOfParts(
  [paid, given, held, sequence, termsVersion]: BalanceParts,
  currency: string,
): BalanceView {
  const [available, prepaidMicros, bonusMicros, heldMicros] = [
    asMicros(paid + given),
    asMicros(paid),
    asMicros(given),
    asMicros(held),
  ] as const;
  return {
    availableMicros: available,
    availableCents: microsToCentsExact(available, currency),
    prepaidMicros,
    prepaidCents: microsToCentsExact(prepaidMicros, currency),
    bonusMicros,
    bonusCents: microsToCentsExact(bonusMicros, currency),
    heldMicros,
    heldCents: microsToCentsExact(heldMicros, currency),
    currency,
    sequence,
    termsVersion,
  };
}
