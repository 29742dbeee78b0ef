/**
 * Recomputes the ledger from nothing: chain, sums, balances, accounts, holds, price lines, top-ups, terms and closed months, with the
 * functions that wrote them. Pure over pages of rows; called page by page by `verify-pages.ts` (cron, the verify button, rebuild) and at
 * once by tests.
 */
import type { Micros } from '../../../shared/money.ts';
import type { CloseRow, TermsRow } from './attest.ts';
import { type Book, GENESIS_HASH, hashOf, NO_MONEY, type Cause } from './post.ts';
import { apply } from './spend.ts';
import type { TopupRow } from './topup.ts';
import {
  closeProblems,
  type EntryFacts,
  foldFacts,
  lineProblems,
  noEntryFacts,
  type StoredLine,
  termsProblems,
  topupProblems,
} from './verify-facts.ts';
import type { Account, AmountHold, Entry, VerifyProblem, VerifyResult } from '../types.ts';

/** Problems listed; a broken ledger breaks in one place and everything after it follows. */
const MAX_PROBLEMS = 50;

export interface Stored {
  /** null: nothing was ever put */
  book: Book | null;
  /** all entries in order, page by page */
  entries: Iterable<Entry>;
  holds: readonly AmountHold[];
  lines: readonly StoredLine[];
  /** in order of their versions */
  terms: readonly TermsRow[];
  /** closed months whose invoice lines were stored, in order */
  closes: readonly CloseRow[];
  /** with the entries that point at each, page by page */
  topups: Iterable<TopupWithEntries>;
  /** what the rows of transfers and reservations say should lie on their accounts */
  setAside: { transitMicros: number; reservedMicros: number };
}

/** A top-up and the entries that point at it, in order: read in the same turn. */
export interface TopupWithEntries {
  row: TopupRow;
  entries: readonly Entry[];
}

/** How far the entries were recomputed, and what they came to: another run goes on from here. */
export interface Verified {
  /** number of the last entry that was looked at */
  seq: number;
  /** its hash */
  hash: string;
  accounts: Record<Account, Micros>;
  /** what they say of price lines, terms and closed months */
  facts: EntryFacts;
}

/** Before the first entry. */
export const NOTHING_VERIFIED: Verified = { seq: 0, hash: GENESIS_HASH, accounts: NO_MONEY, facts: noEntryFacts() };

/** A verification that is fed the entries in order, a page at a time, and asked at the end. */
export class LedgerCheck {
  readonly #tools: Pick<Cause, 'hash' | 'canonical'>;
  readonly #problems: VerifyProblem[] = [];
  #at: Verified;

  constructor(tools: Pick<Cause, 'hash' | 'canonical'>, from: Verified = NOTHING_VERIFIED) {
    this.#tools = tools;
    // The fold changes its facts as it goes.
    this.#at = { ...from, accounts: { ...from.accounts }, facts: structuredClone(from.facts) };
  }

  get at(): Verified {
    return this.#at;
  }

  #complain(kind: VerifyProblem['kind'], seq: number | null, detail: string): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push({ kind, seq, detail });
  }

  add(entry: Entry): void {
    const { seq, hash, accounts, facts } = this.#at;
    const number = seq + 1;
    if (entry.seq !== number) this.#complain('gap', entry.seq, `expected number ${number}`);
    if (entry.prevHash !== hash) this.#complain('chain', entry.seq, 'does not name the entry before it');
    if (hashOf(entry, this.#tools) !== entry.hash)
      this.#complain('chain', entry.seq, 'content does not match its hash');
    const sum = entry.postings.reduce((total, p) => total + p.amountMicros, 0);
    if (sum !== 0) this.#complain('sum', entry.seq, `postings sum to ${sum}`);
    const before = accounts.prepaid + accounts.bonus;
    const moved = apply(accounts, entry.postings) as typeof accounts;
    const after = moved.prepaid + moved.bonus;
    if (entry.balanceBeforeMicros !== before || entry.balanceAfterMicros !== after) {
      this.#complain(
        'balance',
        entry.seq,
        `says ${entry.balanceBeforeMicros} → ${entry.balanceAfterMicros}, postings say ${before} → ${after}`,
      );
    }
    this.#at = { seq: number, hash: entry.hash, accounts: moved, facts: foldFacts(facts, entry) };
  }

  /** A top-up against its entries, at any time and in any order. */
  topup({ row, entries }: TopupWithEntries): void {
    for (const { kind, seq, detail } of topupProblems(row, entries)) this.#complain(kind, seq, detail);
  }

  /** What the entries came to against what is stored beside them. @param stored as it is at the moment of the last entry */
  end({ book, holds, lines, terms, closes, setAside }: Omit<Stored, 'entries' | 'topups'>): VerifyResult {
    const { seq: count, hash, accounts, facts } = this.#at;
    if (book) {
      if (book.seq !== count) this.#complain('gap', null, `the book stands at ${book.seq}, there are ${count} entries`);
      if (book.headHash !== hash) this.#complain('chain', null, 'the book names another head');
      for (const [account, amount] of Object.entries(accounts)) {
        const own = book.accounts[account as keyof typeof accounts];
        if (own !== amount) this.#complain('account', null, `${account}: book ${own}, postings ${amount}`);
      }
    }
    const running = holds.reduce((total, h) => total + (h.status === 'held' ? h.amountMicros : 0), 0);
    if (running !== accounts.held) this.#complain('hold', null, `running holds ${running}, held ${accounts.held}`);
    const { transitMicros, reservedMicros } = setAside;
    if (transitMicros !== accounts.transit)
      this.#complain('transfer', null, `transfers ${transitMicros}, transit ${accounts.transit}`);
    if (reservedMicros !== accounts.reserved)
      this.#complain('hold', null, `open reservations ${reservedMicros}, reserved ${accounts.reserved}`);
    for (const { kind, seq, detail } of [
      ...lineProblems(facts, lines, terms),
      ...termsProblems(facts, terms, this.#tools),
      ...closeProblems(facts, closes, lines, terms, this.#tools),
    ])
      this.#complain(kind, seq, detail);
    const problems = this.#problems;
    return { ok: problems.length === 0, entries: count, headHash: hash, accounts, problems };
  }
}

/** The whole ledger at once. */
export function verifyLedger(stored: Stored, tools: Pick<Cause, 'hash' | 'canonical'>): VerifyResult {
  const check = new LedgerCheck(tools);
  for (const entry of stored.entries) check.add(entry);
  for (const topup of stored.topups) check.topup(topup);
  return check.end(stored);
}
