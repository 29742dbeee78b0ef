/**
 * Recomputes the ledger from nothing: chain, sums, balances, accounts, holds, price lines, top-ups, terms and closed months, with the
 * functions that wrote them.
 * Pure over pages of rows; called by `ledger-object.ts` (cron, the verify button, restore).
 */
import { type Book, GENESIS_HASH, hashOf, NO_MONEY, type Cause } from './post.ts';
import { apply } from './spend.ts';
import type { CloseRow, TermsRow } from './attest.ts';
import type { TopupRow } from './topup.ts';
import {
  closeProblems,
  foldFacts,
  lineProblems,
  noEntryFacts,
  type StoredLine,
  termsProblems,
  topupProblems,
} from './verify-facts.ts';
import type { AmountHold, Entry, VerifyProblem, VerifyResult } from '../types.ts';

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
  topups: Iterable<{ row: TopupRow; entries: readonly Entry[] }>;
}

export function verifyLedger(stored: Stored, tools: Pick<Cause, 'hash' | 'canonical'>): VerifyResult {
  const problems: VerifyProblem[] = [];
  const complain = (kind: VerifyProblem['kind'], seq: number | null, detail: string): void => {
    if (problems.length < MAX_PROBLEMS) problems.push({ kind, seq, detail });
  };
  let accounts = { ...NO_MONEY };
  let hash = GENESIS_HASH;
  let count = 0;
  const facts = noEntryFacts();
  for (const entry of stored.entries) {
    count++;
    if (entry.seq !== count) complain('gap', entry.seq, `expected number ${count}`);
    if (entry.prevHash !== hash) complain('chain', entry.seq, 'does not name the entry before it');
    if (hashOf(entry, tools) !== entry.hash) complain('chain', entry.seq, 'content does not match its hash');
    hash = entry.hash;
    const sum = entry.postings.reduce((total, p) => total + p.amountMicros, 0);
    if (sum !== 0) complain('sum', entry.seq, `postings sum to ${sum}`);
    const before = accounts.prepaid + accounts.bonus;
    accounts = apply(accounts, entry.postings) as typeof accounts;
    const after = accounts.prepaid + accounts.bonus;
    if (entry.balanceBeforeMicros !== before || entry.balanceAfterMicros !== after) {
      complain(
        'balance',
        entry.seq,
        `says ${entry.balanceBeforeMicros} → ${entry.balanceAfterMicros}, postings say ${before} → ${after}`,
      );
    }
    foldFacts(facts, entry);
  }
  const { book } = stored;
  if (book) {
    if (book.seq !== count) complain('gap', null, `the book stands at ${book.seq}, there are ${count} entries`);
    if (book.headHash !== hash) complain('chain', null, 'the book names another head');
    for (const [account, amount] of Object.entries(accounts)) {
      const own = book.accounts[account as keyof typeof accounts];
      if (own !== amount) complain('account', null, `${account}: book ${own}, postings ${amount}`);
    }
  }
  const running = stored.holds.reduce((total, h) => total + (h.status === 'held' ? h.amountMicros : 0), 0);
  if (running !== accounts.held) complain('hold', null, `running holds ${running}, held ${accounts.held}`);
  const { lines, terms, closes } = stored;
  for (const { kind, seq, detail } of [
    ...lineProblems(facts, lines, terms),
    ...termsProblems(facts, terms, tools),
    ...closeProblems(facts, closes, lines, terms, tools),
  ])
    complain(kind, seq, detail);
  for (const { row, entries } of stored.topups)
    for (const { kind, seq, detail } of topupProblems(row, entries)) complain(kind, seq, detail);
  return { ok: problems.length === 0, entries: count, headHash: hash, accounts, problems };
}
