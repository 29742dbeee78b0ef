/**
 * The ledger's own SQLite: tables, triggers that make entries and postings immutable, and the store over them. Called by
 * `ledger-object.ts`; everything here is synchronous and runs inside the object runtime's transaction.
 */
import type { Instant } from '../../shared/clock.ts';
import { asMicros, type Micros } from '../../shared/money.ts';
import { assert } from '../../shared/result.ts';
import type { ObjectMigration } from '../object-runtime/migrate.ts';
import type { Book } from './rules/post.ts';
import type { LedgerStore, StoredHold } from './store.ts';
import type { ThresholdState } from './rules/thresholds.ts';
import type { TopupRow } from './rules/topup.ts';
import {
  ACCOUNTS,
  ENTRY_TYPES,
  type Account,
  type EventType,
  type HoldStatus,
  type Terms,
  type UsageLine,
} from './types.ts';

const list = (words: readonly string[]): string => words.map((w) => `'${w}'`).join(', ');

export const LEDGER_MIGRATIONS: readonly ObjectMigration[] = [
  {
    version: 1,
    id: 'tables',
    minReader: 1,
    sql: `
CREATE TABLE terms (
  version INTEGER PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body)),
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE book (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  terms_version INTEGER NOT NULL,
  accounts TEXT NOT NULL CHECK (json_valid(accounts)),
  seq INTEGER NOT NULL CHECK (seq >= 0),
  head_hash TEXT NOT NULL,
  /* epoch in which the newest entry was written */
  epoch INTEGER NOT NULL,
  thresholds TEXT NOT NULL CHECK (json_valid(thresholds))
) STRICT;

CREATE TABLE entries (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL CHECK (type IN (${list(ENTRY_TYPES)})),
  amount_micros INTEGER NOT NULL,
  balance_before_micros INTEGER NOT NULL,
  balance_after_micros INTEGER NOT NULL,
  exact_micros INTEGER,
  currency TEXT NOT NULL,
  price_line TEXT,
  reference_type TEXT,
  reference_id TEXT,
  company_id TEXT,
  branch_id TEXT,
  customer_id TEXT,
  description_key TEXT NOT NULL,
  epoch_link TEXT,
  key TEXT NOT NULL,
  occurred_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  CHECK (balance_after_micros = balance_before_micros + amount_micros)
) STRICT;
CREATE INDEX entries_reference ON entries (reference_id, seq) WHERE reference_id IS NOT NULL;

CREATE TABLE postings (
  seq INTEGER NOT NULL,
  account TEXT NOT NULL CHECK (account IN (${list(ACCOUNTS)})),
  amount_micros INTEGER NOT NULL CHECK (amount_micros <> 0),
  PRIMARY KEY (seq, account)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER entries_gapless BEFORE INSERT ON entries
WHEN NEW.seq <> coalesce((SELECT max(seq) FROM entries), 0) + 1
BEGIN SELECT RAISE(ABORT, 'entries are numbered without gaps'); END;
CREATE TRIGGER entries_chained BEFORE INSERT ON entries
WHEN NEW.seq > 1 AND NEW.prev_hash <> (SELECT hash FROM entries WHERE seq = NEW.seq - 1)
BEGIN SELECT RAISE(ABORT, 'entry does not follow the one before'); END;
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are immutable'); END;
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are immutable'); END;
CREATE TRIGGER postings_no_update BEFORE UPDATE ON postings BEGIN SELECT RAISE(ABORT, 'postings are immutable'); END;
CREATE TRIGGER postings_no_delete BEFORE DELETE ON postings BEGIN SELECT RAISE(ABORT, 'postings are immutable'); END;

CREATE TABLE topups (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body)),
  asked INTEGER NOT NULL CHECK (asked IN (0, 1)),
  created_at INTEGER NOT NULL,
  /* number of the newest entry when the row last changed: what a resumed stream has missed */
  book_seq INTEGER NOT NULL
) STRICT;
CREATE INDEX topups_created ON topups (created_at, id) WHERE asked = 1;
CREATE INDEX topups_changed ON topups (book_seq) WHERE asked = 1;

CREATE TABLE holds (
  key TEXT PRIMARY KEY,
  amount_micros INTEGER NOT NULL CHECK (amount_micros >= 0),
  status TEXT NOT NULL CHECK (status IN ('held', 'captured', 'voided', 'expired')),
  expires_at INTEGER NOT NULL,
  refs TEXT NOT NULL CHECK (json_valid(refs))
) STRICT;
CREATE INDEX holds_expiry ON holds (expires_at) WHERE status = 'held';

CREATE TABLE usage_lines (
  period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  price_line TEXT NOT NULL,
  event_type TEXT NOT NULL,
  units_per_one INTEGER NOT NULL CHECK (units_per_one > 0),
  count INTEGER NOT NULL,
  quantity_units INTEGER NOT NULL CHECK (quantity_units >= 0),
  billable_units INTEGER NOT NULL CHECK (billable_units >= 0),
  unit_price_micros INTEGER NOT NULL,
  exact_micros INTEGER NOT NULL,
  posted_micros INTEGER NOT NULL,
  PRIMARY KEY (period, price_line)
) STRICT, WITHOUT ROWID;

CREATE TABLE closed_periods (
  period TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
  },
];

type Row = Record<string, SqlStorageValue>;
const num = (row: Row, name: string): number => Number(row[name]);
const micros = (row: Row, name: string): Micros => asMicros(Number(row[name]));

export function lineOf(row: Row): UsageLine {
  return {
    eventType: String(row['event_type']) as EventType,
    priceLine: String(row['price_line']),
    unitsPerOne: num(row, 'units_per_one'),
    count: num(row, 'count'),
    quantityUnits: num(row, 'quantity_units'),
    billableUnits: num(row, 'billable_units'),
    unitPriceMicros: micros(row, 'unit_price_micros'),
    exactMicros: micros(row, 'exact_micros'),
    postedMicros: micros(row, 'posted_micros'),
  };
}

/** What the store needs from the object around it. */
export interface StoreContext {
  epoch(): number;
  /** hash of the head D1 knew when a restore began this epoch */
  previousHeadHash(): string | null;
  wakeAt(at: number): void;
}

/** The store over SQLite. Terms are parsed once per version and kept. */
export function sqlStore(sql: SqlStorage, context: StoreContext): LedgerStore {
  const parsedTerms = new Map<number, Terms>();
  return {
    book() {
      const row = sql.exec('SELECT * FROM book').toArray()[0];
      if (!row) return null;
      const firstOfEpoch = num(row, 'epoch') < context.epoch();
      const book: Book = {
        currency: String(row['currency']),
        termsVersion: num(row, 'terms_version'),
        accounts: JSON.parse(String(row['accounts'])) as Record<Account, Micros>,
        seq: num(row, 'seq'),
        headHash: String(row['head_hash']),
        epochLink: firstOfEpoch ? context.previousHeadHash() : null,
      };
      return { book, thresholds: JSON.parse(String(row['thresholds'])) as ThresholdState };
    },
    saveBook(book, thresholds) {
      const before = sql.exec('SELECT seq, epoch FROM book').toArray()[0];
      // Without a new entry the epoch's link is still owed.
      const epoch = before && num(before, 'seq') === book.seq ? num(before, 'epoch') : context.epoch();
      sql.exec(
        'INSERT OR REPLACE INTO book (one, currency, terms_version, accounts, seq, head_hash, epoch, thresholds) VALUES (1, ?, ?, ?, ?, ?, ?, ?)',
        book.currency,
        book.termsVersion,
        JSON.stringify(book.accounts),
        book.seq,
        book.headHash,
        epoch,
        JSON.stringify(thresholds),
      );
    },
    terms(version) {
      const known = parsedTerms.get(version);
      if (known) return known;
      const row = sql.exec('SELECT body FROM terms WHERE version = ?', version).toArray()[0];
      assert(row, `terms ${version} are stored before the book names them`);
      const terms = JSON.parse(String(row['body'])) as Terms;
      parsedTerms.clear();
      parsedTerms.set(version, terms);
      return terms;
    },
    addTerms(version, terms, at) {
      // A rolled back transaction may have left its terms in memory under the same version.
      parsedTerms.clear();
      sql.exec('INSERT INTO terms (version, body, at) VALUES (?, ?, ?)', version, JSON.stringify(terms), at);
    },
    addEntries(entries) {
      for (const e of entries) {
        sql.exec(
          `INSERT INTO entries (seq, id, type, amount_micros, balance_before_micros, balance_after_micros, exact_micros, currency, price_line,
             reference_type, reference_id, company_id, branch_id, customer_id, description_key, epoch_link, key, occurred_at, created_at, prev_hash, hash)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          e.seq,
          e.id,
          e.type,
          e.amountMicros,
          e.balanceBeforeMicros,
          e.balanceAfterMicros,
          e.exactMicros,
          e.currency,
          e.priceLine,
          e.refs.referenceType ?? null,
          e.refs.referenceId ?? null,
          e.refs.companyId ?? null,
          e.refs.branchId ?? null,
          e.refs.customerId ?? null,
          e.descriptionKey,
          e.epochLink,
          e.key,
          e.occurredAt,
          e.createdAt,
          e.prevHash,
          e.hash,
        );
        for (const p of e.postings) {
          sql.exec(
            'INSERT INTO postings (seq, account, amount_micros) VALUES (?, ?, ?)',
            e.seq,
            p.account,
            p.amountMicros,
          );
        }
      }
    },
    topup(id) {
      const row = sql.exec('SELECT body FROM topups WHERE id = ?', id).toArray()[0];
      return row ? (JSON.parse(String(row['body'])) as TopupRow) : null;
    },
    saveTopup(row, bookSeq) {
      sql.exec(
        'INSERT OR REPLACE INTO topups (id, body, asked, created_at, book_seq) VALUES (?, ?, 1, ?, ?)',
        row.id,
        JSON.stringify(row),
        row.createdAt,
        bookSeq,
      );
    },
    hold(key) {
      const row = sql.exec('SELECT * FROM holds WHERE key = ?', key).toArray()[0];
      return row ? holdOf(row) : null;
    },
    saveHold(hold) {
      sql.exec(
        'INSERT OR REPLACE INTO holds (key, amount_micros, status, expires_at, refs) VALUES (?, ?, ?, ?, ?)',
        hold.key,
        hold.amountMicros,
        hold.status,
        hold.expiresAt,
        JSON.stringify(hold.refs),
      );
    },
    used(period, eventType, termsVersion) {
      const wanted = `${eventType}@${termsVersion}`;
      let units = 0;
      let line: UsageLine | null = null;
      for (const row of sql.exec('SELECT * FROM usage_lines WHERE period = ? AND event_type = ?', period, eventType)) {
        units += num(row, 'quantity_units');
        if (row['price_line'] === wanted) line = lineOf(row);
      }
      return { units, line };
    },
    lines(period) {
      return sql.exec('SELECT * FROM usage_lines WHERE period = ? ORDER BY price_line', period).toArray().map(lineOf);
    },
    saveLine(period, line) {
      sql.exec(
        `INSERT OR REPLACE INTO usage_lines (period, price_line, event_type, units_per_one, count, quantity_units, billable_units, unit_price_micros, exact_micros, posted_micros)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        period,
        line.priceLine,
        line.eventType,
        line.unitsPerOne,
        line.count,
        line.quantityUnits,
        line.billableUnits,
        line.unitPriceMicros,
        line.exactMicros,
        line.postedMicros,
      );
    },
    isClosed: (period) => sql.exec('SELECT 1 FROM closed_periods WHERE period = ?', period).toArray().length > 0,
    closePeriod(period, at) {
      sql.exec('INSERT INTO closed_periods (period, at) VALUES (?, ?)', period, at);
    },
    wakeAt: (at) => context.wakeAt(at),
  };
}

export function holdOf(row: Row): StoredHold {
  return {
    key: String(row['key']),
    amountMicros: micros(row, 'amount_micros'),
    status: String(row['status']) as HoldStatus,
    expiresAt: num(row, 'expires_at') as Instant,
    refs: JSON.parse(String(row['refs'])) as StoredHold['refs'],
  };
}

/** Keys of holds that have lapsed, oldest first. */
export function lapsedHolds(sql: SqlStorage, now: Instant, limit: number): string[] {
  return sql
    .exec("SELECT key FROM holds WHERE status = 'held' AND expires_at <= ? ORDER BY expires_at LIMIT ?", now, limit)
    .toArray()
    .map((row) => String(row['key']));
}

export function nextExpiry(sql: SqlStorage): Instant | null {
  const row = sql.exec("SELECT min(expires_at) AS at FROM holds WHERE status = 'held'").toArray()[0];
  return row && row['at'] !== null ? (Number(row['at']) as Instant) : null;
}
