/**
 * The ledger's own SQLite: tables, triggers that make entries and postings immutable, and the store over them. Called by
 * `ledger-object.ts`; everything here is synchronous and runs inside the object runtime's transaction.
 */
import type { Instant } from '../../shared/clock.ts';
import { asMicros, type Micros } from '../../shared/money.ts';
import { assert } from '../../shared/result.ts';
import type { ObjectMigration } from '../object-runtime/migrate.ts';
import { DAY } from '../../shared/time.ts';
import { canonicalJson, sha256Hex } from '../object-runtime/hash.ts';
import { entriesAbout, entryById, insertEntry } from './entries.ts';
import { attestedTerms, closeHash, type CloseRow, termsHash, type TermsRow } from './rules/attest.ts';
import { type Book, GENESIS_HASH, NO_MONEY } from './rules/post.ts';
import { transferStore, TRANSFERS_SQL } from './schema-transfers.ts';
import type { LedgerStore, StoredHold } from './store.ts';
import type { ThresholdState } from './rules/thresholds.ts';
import { topupRowOf } from './rules/topup.ts';
import { USAGE_TABLES, usageStore } from './usage-tables.ts';
import {
  ENTRY_TYPES,
  type Account,
  type Attests,
  type EventType,
  type HoldStatus,
  type EntryType,
  type Invoice,
  type Statement,
  type Terms,
  type UsageLine,
} from './types.ts';

const list = (words: readonly string[]): string => words.map((w) => `'${w}'`).join(', ');

/** As they were when the first tables were published: their statement never changes. */
const ACCOUNTS_OF_VERSION_1 = [
  'prepaid',
  'bonus',
  'held',
  'clearing',
  'cash',
  'vat_output',
  'usage_revenue',
  'subscription_revenue',
  'bonus_expense',
  'refunds',
  'adjustments',
  'rounding',
  'commission_payable',
];

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
  account TEXT NOT NULL CHECK (account IN (${list(ACCOUNTS_OF_VERSION_1)})),
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
  {
    version: 2,
    id: 'facts-beside-entries',
    minReader: 1,
    sql: `
/* what the entry vouches for beside itself, JSON */
ALTER TABLE entries ADD COLUMN attests TEXT;
/* hash of these terms and all before them; null: of the time before */
ALTER TABLE terms ADD COLUMN hash TEXT;
/* what the month came to, JSON, and the hash of it and all months before; null: closed in the time before */
ALTER TABLE closed_periods ADD COLUMN invoice TEXT;
ALTER TABLE closed_periods ADD COLUMN hash TEXT;
ALTER TABLE book ADD COLUMN last_at INTEGER NOT NULL DEFAULT 0;
/* what the next entry must vouch for, JSON; 'terms': of the time before, made when it is read */
ALTER TABLE book ADD COLUMN owes TEXT DEFAULT 'terms';
UPDATE book SET last_at = coalesce((SELECT created_at FROM entries ORDER BY seq DESC LIMIT 1), 0);

/* what was charged on each day (UTC, days since 1970), and when first */
CREATE TABLE spent_days (
  day INTEGER PRIMARY KEY,
  micros INTEGER NOT NULL,
  first_at INTEGER NOT NULL
) STRICT;
/* The last ten thousand entries say enough of thirty days. */
INSERT INTO spent_days (day, micros, first_at)
SELECT created_at / 86400000, -sum(amount_micros), min(created_at) FROM entries
WHERE seq > (SELECT coalesce(max(seq), 0) - 10000 FROM entries)
  AND type IN ('call_cost', 'usage', 'appointment_fee', 'subscription', 'rounding') AND amount_micros <> 0
GROUP BY 1;

/* whether an appointment's fee stands, and by which change of it */
CREATE TABLE appointment_fees (
  appointment_id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  charged INTEGER NOT NULL CHECK (charged IN (0, 1))
) STRICT, WITHOUT ROWID;
`,
  },
  { version: 3, id: 'metered-use', minReader: 1, sql: USAGE_TABLES },
  // Older code would fold the accounts that are new here to nothing.
  { version: 4, id: 'transfers', minReader: 4, sql: TRANSFERS_SQL },
  {
    version: 5,
    id: 'statements-and-base-fees',
    minReader: 1,
    sql: `
/* movements of the month by number, JSON; null: closed in the time before */
ALTER TABLE closed_periods ADD COLUMN statement TEXT;
/* first day of base fees, YYYY-MM-DD; no row: a ledger of the time before, which pays from the month on in which it is closed next */
CREATE TABLE billing (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  fees_from TEXT NOT NULL CHECK (fees_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT;
`,
  },
];

type Row = Record<string, SqlStorageValue>;
const TOOLS = { hash: sha256Hex, canonical: canonicalJson };
const num = (row: Row, name: string): number => Number(row[name]);
const micros = (row: Row, name: string): Micros => asMicros(Number(row[name]));

const termsRowOf = (row: Row): TermsRow => ({
  version: num(row, 'version'),
  terms: JSON.parse(String(row['body'])) as Terms,
  at: num(row, 'at') as Instant,
});
/** All versions of the terms, in order. */
export const termsRows = (sql: SqlStorage): TermsRow[] =>
  sql.exec('SELECT version, body, at FROM terms ORDER BY version').toArray().map(termsRowOf);

/** Closed months whose invoice lines were stored, in order. */
export const closeRows = (sql: SqlStorage): CloseRow[] =>
  sql
    .exec('SELECT period, at, invoice, statement FROM closed_periods WHERE hash IS NOT NULL ORDER BY period')
    .toArray()
    .map((row) => ({
      period: String(row['period']),
      at: num(row, 'at') as Instant,
      invoice: JSON.parse(String(row['invoice'])) as Invoice,
      ...(row['statement'] === null ? {} : { statement: JSON.parse(String(row['statement'])) as Statement }),
    }));

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
interface StoreContext {
  epoch(): number;
  /** hash of the head D1 knew when a restore began this epoch */
  previousHeadHash(): string | null;
  wakeAt(at: number): void;
}

/** The store over SQLite. Terms are parsed once per version and kept. */
export function sqlStore(sql: SqlStorage, context: StoreContext): LedgerStore {
  const parsedTerms = new Map<number, Terms>();
  /** `{version}:{hash}` of the terms up to a version. */
  const attestTerms = (version: number): string => {
    const row = sql.exec('SELECT hash FROM terms WHERE version = ?', version).toArray()[0];
    if (row && row['hash'] !== null) return `${version}:${String(row['hash'])}`;
    const made = attestedTerms(termsRows(sql), version, TOOLS);
    assert(made, `terms ${version} are stored before the book names them`);
    return made;
  };
  const owesOf = (stored: SqlStorageValue | undefined, version: number): Attests | null => {
    if (stored === null || stored === undefined) return null;
    return stored === 'terms' ? { terms: attestTerms(version) } : (JSON.parse(String(stored)) as Attests);
  };
  return {
    usage: usageStore(sql),
    book() {
      const row = sql.exec('SELECT * FROM book').toArray()[0];
      if (!row) return null;
      const firstOfEpoch = num(row, 'epoch') < context.epoch();
      const book: Book = {
        currency: String(row['currency']),
        termsVersion: num(row, 'terms_version'),
        // Of a book that was last written before an account was there, it holds nothing.
        accounts: { ...NO_MONEY, ...(JSON.parse(String(row['accounts'])) as Partial<Record<Account, Micros>>) },
        seq: num(row, 'seq'),
        headHash: String(row['head_hash']),
        epochLink: firstOfEpoch ? context.previousHeadHash() : null,
        lastAt: num(row, 'last_at') as Instant,
        owes: owesOf(row['owes'], num(row, 'terms_version')),
      };
      return { book, thresholds: JSON.parse(String(row['thresholds'])) as ThresholdState };
    },
    saveBook(book, thresholds) {
      const before = sql.exec('SELECT seq, epoch FROM book').toArray()[0];
      // Without a new entry the epoch's link is still owed.
      const epoch = before && num(before, 'seq') === book.seq ? num(before, 'epoch') : context.epoch();
      sql.exec(
        'INSERT OR REPLACE INTO book (one, currency, terms_version, accounts, seq, head_hash, epoch, thresholds, last_at, owes) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        book.currency,
        book.termsVersion,
        JSON.stringify(book.accounts),
        book.seq,
        book.headHash,
        epoch,
        JSON.stringify(thresholds),
        book.lastAt,
        book.owes ? JSON.stringify(book.owes) : null,
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
      const previous = version === 1 ? GENESIS_HASH : attestTerms(version - 1).slice(`${version - 1}:`.length);
      const hash = termsHash(previous, { version, terms, at }, TOOLS);
      sql.exec(
        'INSERT INTO terms (version, body, at, hash) VALUES (?, ?, ?, ?)',
        version,
        JSON.stringify(terms),
        at,
        hash,
      );
      return `${version}:${hash}`;
    },
    termsAt(at, currency) {
      const row = sql
        .exec(
          "SELECT version FROM terms WHERE at <= ? AND json_extract(body, '$.currency') = ? ORDER BY version DESC LIMIT 1",
          at,
          currency,
        )
        .toArray()[0];
      if (row) return num(row, 'version');
      const first = sql
        .exec("SELECT min(version) AS version FROM terms WHERE json_extract(body, '$.currency') = ?", currency)
        .one();
      return num(first, 'version');
    },
    addEntries(entries) {
      for (const entry of entries) insertEntry(sql, entry);
    },
    entry: (id) => entryById(sql, id),
    entriesAbout: (type, id) => entriesAbout(sql, type, id),
    topup(id) {
      const row = sql.exec('SELECT body FROM topups WHERE id = ?', id).toArray()[0];
      return row ? topupRowOf(String(row['body'])) : null;
    },
    hasOpenTopup: () =>
      sql
        .exec(
          "SELECT 1 FROM topups WHERE asked = 1 AND json_extract(body, '$.facts.paidAt') IS NULL AND json_extract(body, '$.facts.failed') IS NULL LIMIT 1",
        )
        .toArray().length > 0,
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
    lastClosed() {
      const row = sql.exec('SELECT max(period) AS period FROM closed_periods').one();
      return row['period'] === null ? null : String(row['period']);
    },
    closedAt(period) {
      const row = sql.exec('SELECT min(at) AS at FROM closed_periods WHERE period >= ?', period).one();
      return row['at'] === null ? null : (num(row, 'at') as Instant);
    },
    usedPeriods: (after, until) =>
      sql
        .exec(
          'SELECT DISTINCT period FROM usage_lines WHERE period > ? AND period <= ? ORDER BY period',
          after ?? '',
          until,
        )
        .toArray()
        .map((row) => String(row['period'])),
    closePeriod(period, at, invoice, statement) {
      const before = sql
        .exec('SELECT hash FROM closed_periods WHERE hash IS NOT NULL ORDER BY period DESC LIMIT 1')
        .toArray()[0];
      const previous = before ? String(before['hash']) : GENESIS_HASH;
      const hash = closeHash(previous, { period, at, invoice, statement }, TOOLS);
      sql.exec(
        'INSERT INTO closed_periods (period, at, invoice, hash, statement) VALUES (?, ?, ?, ?, ?)',
        period,
        at,
        JSON.stringify(invoice),
        hash,
        JSON.stringify(statement),
      );
      return `${period}:${hash}`;
    },
    invoice(period) {
      const row = sql.exec('SELECT invoice FROM closed_periods WHERE period = ?', period).toArray()[0];
      return row && row['invoice'] !== null ? (JSON.parse(String(row['invoice'])) as Invoice) : null;
    },
    feeTerms: (until, currency) =>
      sql
        .exec(
          `SELECT version, at, json_extract(body, '$.plan.id') AS plan,
             CASE WHEN json_extract(body, '$.feeBy') IS NULL THEN json_extract(body, '$.plan.baseFeeMicros') ELSE 0 END AS fee
           FROM terms WHERE at <= ? AND json_extract(body, '$.currency') = ? ORDER BY version`,
          until,
          currency,
        )
        .toArray()
        .map((row) => ({
          version: num(row, 'version'),
          at: num(row, 'at') as Instant,
          planId: String(row['plan']),
          feeMicros: micros(row, 'fee'),
        })),
    billingFrom() {
      const row = sql.exec('SELECT fees_from FROM billing').toArray()[0];
      return row ? String(row['fees_from']) : null;
    },
    setBillingFrom(day) {
      sql.exec('INSERT OR REPLACE INTO billing (one, fees_from) VALUES (1, ?)', day);
    },
    lastStatement() {
      const row = sql
        .exec('SELECT statement FROM closed_periods WHERE statement IS NOT NULL ORDER BY period DESC LIMIT 1')
        .toArray()[0];
      return row ? (JSON.parse(String(row['statement'])) as Statement) : null;
    },
    lastBefore(at) {
      // Entries are created in the order of their numbers, so the number is found by halving: no index on the time is needed.
      let low = 0;
      let high = num(sql.exec('SELECT coalesce(max(seq), 0) AS seq FROM entries').one(), 'seq');
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        const row = sql.exec('SELECT created_at FROM entries WHERE seq = ?', middle).one();
        if (num(row, 'created_at') < at) low = middle;
        else high = middle - 1;
      }
      return low;
    },
    balanceAfter(seq) {
      const row = sql.exec('SELECT balance_after_micros FROM entries WHERE seq = ?', seq).toArray()[0];
      return row ? micros(row, 'balance_after_micros') : asMicros(0);
    },
    sumsOf: (firstSeq, lastSeq) =>
      sql
        .exec(
          'SELECT type, count(*) AS count, sum(amount_micros) AS amount FROM entries WHERE seq BETWEEN ? AND ? GROUP BY type ORDER BY type',
          firstSeq,
          lastSeq,
        )
        .toArray()
        .map((row) => ({
          type: String(row['type']) as EntryType,
          count: num(row, 'count'),
          amountMicros: micros(row, 'amount'),
        })),
    closed(period) {
      const row = sql.exec('SELECT at, statement FROM closed_periods WHERE period = ?', period).toArray()[0];
      if (!row) return null;
      const { statement } = row;
      const at = num(row, 'at') as Instant;
      return { at, statement: typeof statement === 'string' ? (JSON.parse(statement) as Statement) : null };
    },
    addSpent(at, amount) {
      sql.exec(
        `INSERT INTO spent_days (day, micros, first_at) VALUES (?, ?, ?)
         ON CONFLICT (day) DO UPDATE SET micros = micros + excluded.micros, first_at = min(first_at, excluded.first_at)`,
        Math.floor(at / DAY),
        amount,
        at,
      );
    },
    spent(since, until) {
      const row = sql
        .exec(
          'SELECT coalesce(sum(micros), 0) AS micros, min(first_at) AS first FROM spent_days WHERE day >= ? AND day <= ?',
          Math.ceil(since / DAY),
          Math.floor(until / DAY),
        )
        .one();
      return { micros: micros(row, 'micros'), since: row['first'] === null ? null : (num(row, 'first') as Instant) };
    },
    fee(appointmentId) {
      const row = sql
        .exec('SELECT version, charged FROM appointment_fees WHERE appointment_id = ?', appointmentId)
        .toArray()[0];
      return row ? { version: num(row, 'version'), charged: num(row, 'charged') === 1 } : null;
    },
    saveFee(appointmentId, { version, charged }) {
      sql.exec(
        'INSERT OR REPLACE INTO appointment_fees (appointment_id, version, charged) VALUES (?, ?, ?)',
        appointmentId,
        version,
        charged ? 1 : 0,
      );
    },
    ...transferStore(sql),
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
