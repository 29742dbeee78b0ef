/** Transfers and reservations in the ledger's own SQLite: their tables and the store over them. Called by `schema.ts` and `ledger-object.ts`. */
import type { Instant } from '../../shared/clock.ts';
import { asCents, asMicros } from '../../shared/money.ts';
import type {
  ReservationState,
  TransferAccount,
  TransferCause,
  TransferDirection,
  TransferReason,
  TransferState,
} from '../../shared/money-status.ts';
import type { StoredTransfer, TransferStore } from './store.ts';
import type { Page, Reservation } from './types.ts';

/**
 * Names of accounts are a closed set of the code, judged where a posting is made: a list in the table would have to be written anew, with every
 * posting, for each new account.
 */
export const TRANSFERS_SQL = `
CREATE TABLE postings_new (
  seq INTEGER NOT NULL,
  account TEXT NOT NULL CHECK (length(account) BETWEEN 1 AND 40),
  amount_micros INTEGER NOT NULL CHECK (amount_micros <> 0),
  PRIMARY KEY (seq, account)
) STRICT, WITHOUT ROWID;
INSERT INTO postings_new (seq, account, amount_micros) SELECT seq, account, amount_micros FROM postings ORDER BY seq, account;
DROP TRIGGER postings_no_update;
DROP TRIGGER postings_no_delete;
DROP TABLE postings;
ALTER TABLE postings_new RENAME TO postings;
CREATE TRIGGER postings_no_update BEFORE UPDATE ON postings BEGIN SELECT RAISE(ABORT, 'postings are immutable'); END;
CREATE TRIGGER postings_no_delete BEFORE DELETE ON postings BEGIN SELECT RAISE(ABORT, 'postings are immutable'); END;

CREATE TABLE transfers (
  /* 'out:{id}', 'in:{sender}:{id}' */
  key TEXT PRIMARY KEY,
  id TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('out', 'in')),
  peer_id TEXT NOT NULL,
  account TEXT NOT NULL,
  amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
  currency TEXT NOT NULL,
  cause TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('sent', 'received', 'settled', 'returned', 'refused')),
  reason TEXT,
  sent_at INTEGER NOT NULL,
  ended_at INTEGER,
  attempts INTEGER NOT NULL,
  /* when the receiver is asked next; null: it has ended */
  next_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX transfers_due ON transfers (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX transfers_peer ON transfers (peer_id, sent_at, key);

CREATE TABLE reservations (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  amount_micros INTEGER NOT NULL CHECK (amount_micros > 0),
  captured_micros INTEGER NOT NULL CHECK (captured_micros BETWEEN 0 AND amount_micros),
  state TEXT NOT NULL CHECK (state IN ('open', 'captured', 'released', 'expired')),
  expires_at INTEGER,
  reference TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX reservations_expiry ON reservations (expires_at) WHERE state = 'open' AND expires_at IS NOT NULL;
CREATE INDEX reservations_open ON reservations (id) WHERE state = 'open';
CREATE INDEX reservations_created ON reservations (created_at, id);
`;

type Row = Record<string, SqlStorageValue>;
const num = (row: Row, name: string): number => Number(row[name]);
const instantOrNull = (row: Row, name: string): Instant | null =>
  row[name] === null ? null : (num(row, name) as Instant);

function transferOf(row: Row): StoredTransfer {
  return {
    key: String(row['key']),
    id: String(row['id']),
    direction: String(row['direction']) as TransferDirection,
    peerId: String(row['peer_id']),
    account: String(row['account']) as TransferAccount,
    amountCents: asCents(num(row, 'amount_cents')),
    currency: String(row['currency']),
    cause: String(row['cause']) as TransferCause,
    state: String(row['state']) as TransferState,
    reason: row['reason'] === null ? null : (String(row['reason']) as TransferReason),
    sentAt: num(row, 'sent_at') as Instant,
    endedAt: instantOrNull(row, 'ended_at'),
    attempts: num(row, 'attempts'),
    nextAt: instantOrNull(row, 'next_at'),
  };
}

const reservationOf = (row: Row): Reservation => ({
  id: String(row['id']),
  account: String(row['account']) as TransferAccount,
  amountMicros: asMicros(num(row, 'amount_micros')),
  capturedMicros: asMicros(num(row, 'captured_micros')),
  state: String(row['state']) as ReservationState,
  expiresAt: instantOrNull(row, 'expires_at'),
  reference: String(row['reference']),
  createdAt: num(row, 'created_at') as Instant,
});

export function transferStore(sql: SqlStorage): TransferStore {
  return {
    transfer(key) {
      const row = sql.exec('SELECT * FROM transfers WHERE key = ?', key).toArray()[0];
      return row ? transferOf(row) : null;
    },
    saveTransfer(t) {
      sql.exec(
        `INSERT OR REPLACE INTO transfers (key, id, direction, peer_id, account, amount_cents, currency, cause, state, reason, sent_at, ended_at, attempts, next_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        t.key,
        t.id,
        t.direction,
        t.peerId,
        t.account,
        t.amountCents,
        t.currency,
        t.cause,
        t.state,
        t.reason,
        t.sentAt,
        t.endedAt,
        t.attempts,
        t.nextAt,
      );
    },
    reservation(id) {
      const row = sql.exec('SELECT * FROM reservations WHERE id = ?', id).toArray()[0];
      return row ? reservationOf(row) : null;
    },
    saveReservation(r) {
      sql.exec(
        `INSERT OR REPLACE INTO reservations (id, account, amount_micros, captured_micros, state, expires_at, reference, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        r.id,
        r.account,
        r.amountMicros,
        r.capturedMicros,
        r.state,
        r.expiresAt,
        r.reference,
        r.createdAt,
      );
    },
  };
}

/** Transfers whose receiver is to be asked, the longest due first. */
export const dueTransfers = (sql: SqlStorage, now: Instant, limit: number): StoredTransfer[] =>
  sql.exec('SELECT * FROM transfers WHERE next_at <= ? ORDER BY next_at LIMIT ?', now, limit).toArray().map(transferOf);

/** Remembers that a receiver is being asked, before it is: who dies meanwhile asks again then. */
export const noteAttempt = (sql: SqlStorage, key: string, nextAt: Instant): void => {
  sql.exec('UPDATE transfers SET attempts = attempts + 1, next_at = ? WHERE key = ?', nextAt, key);
};

/** Ids of reservations that have lapsed, oldest first. */
export const lapsedReservations = (sql: SqlStorage, now: Instant, limit: number): string[] =>
  sql
    .exec(
      "SELECT id FROM reservations WHERE state = 'open' AND expires_at IS NOT NULL AND expires_at <= ? ORDER BY expires_at LIMIT ?",
      now,
      limit,
    )
    .toArray()
    .map((row) => String(row['id']));

/** When the next transfer or the next lapse is due; null: nothing waits. */
export function nextTransferWork(sql: SqlStorage): Instant | null {
  const row = sql
    .exec(
      `SELECT min(at) AS at FROM (
         SELECT min(next_at) AS at FROM transfers WHERE next_at IS NOT NULL
         UNION ALL SELECT min(expires_at) FROM reservations WHERE state = 'open' AND expires_at IS NOT NULL)`,
    )
    .one();
  return row['at'] === null ? null : (Number(row['at']) as Instant);
}

/** What transfers and reservations say should lie on their accounts. */
export interface SetAside {
  /** minor units: sent and not returned, less what was received */
  transitCents: number;
  reservedMicros: number;
}
export function setAside(sql: SqlStorage): SetAside {
  const transit = sql
    .exec(
      `SELECT coalesce(sum(CASE WHEN state IN ('sent', 'settled') THEN amount_cents WHEN state = 'received' THEN -amount_cents ELSE 0 END), 0) AS cents
       FROM transfers`,
    )
    .one();
  const reserved = sql
    .exec("SELECT coalesce(sum(amount_micros - captured_micros), 0) AS micros FROM reservations WHERE state = 'open'")
    .one();
  return { transitCents: num(transit, 'cents'), reservedMicros: num(reserved, 'micros') };
}

/** A page in the order of keys, for a dump. */
export const transfersAfter = (sql: SqlStorage, key: string, limit: number): StoredTransfer[] =>
  sql.exec('SELECT * FROM transfers WHERE key > ? ORDER BY key LIMIT ?', key, limit).toArray().map(transferOf);

/** As long as a page of entries at most. */
const MAX_PAGE = 500;

/** Where a page that ends with this one goes on. */
const cursorOf = (cursor: string | undefined): [number, string] => {
  const match = /^(\d{1,15}):(.{1,300})$/.exec(cursor ?? '');
  return match ? [Number(match[1]), match[2] ?? ''] : [Number.MAX_SAFE_INTEGER, ''];
};

/** Newest first. */
export function transferPage(
  sql: SqlStorage,
  { peerId, cursor }: { peerId: string; cursor?: string },
  asked: number,
): Page<StoredTransfer> {
  const limit = Math.min(Math.max(1, asked), MAX_PAGE);
  const [at, key] = cursorOf(cursor);
  const rows = sql
    .exec(
      'SELECT * FROM transfers WHERE peer_id = ? AND (sent_at, key) < (?, ?) ORDER BY sent_at DESC, key DESC LIMIT ?',
      peerId,
      at,
      key,
      limit + 1,
    )
    .toArray();
  const items = rows.slice(0, limit).map(transferOf);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? `${last.sentAt}:${last.key}` : null };
}

/** Newest first. */
export function reservationPage(sql: SqlStorage, cursor: string | undefined, limit: number): Page<Reservation> {
  const [at, id] = cursorOf(cursor);
  const rows = sql
    .exec(
      'SELECT * FROM reservations WHERE (created_at, id) < (?, ?) ORDER BY created_at DESC, id DESC LIMIT ?',
      at,
      id,
      limit + 1,
    )
    .toArray();
  const items = rows.slice(0, limit).map(reservationOf);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? `${last.createdAt}:${last.id}` : null };
}
