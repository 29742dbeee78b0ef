/**
 * What the ledger keeps of metered use beside its price lines: keys of events, sums by hour, the level of storage. Statements of the object's
 * third migration and the store over them. Called by `schema.ts`.
 */
import { asInstant, type Instant } from '../../shared/clock.ts';
import { DAY, toIso } from '../../shared/time.ts';
import { hourStart, KEYS_KEPT_MS, MAX_USAGE_AGE_MS, monthNumber, periodOfMonth } from './rules/usage-time.ts';
import type { EventType } from './types.ts';

/** How long sums by the hour are kept. */
export const SUMS_KEPT_DAYS = 400;
/** Rows removed per wake: a wake stays below 50 ms. */
const REMOVED_PER_WAKE = 5_000;
/** Between two wakes of a long removal. */
const SOON_MS = 1_000;
/** When months that nobody closed are looked at again. */
const LOOK_AGAIN_MS = 30 * DAY;

/** Statements of migration 3. */
export const USAGE_TABLES = `
/* a metered event that was charged: 16 bytes of the hash of its key, 8 of its content, the month it happened in (months since year 0) */
CREATE TABLE usage_keys (
  key_hash BLOB PRIMARY KEY,
  body_hash BLOB NOT NULL,
  month INTEGER NOT NULL,
  CHECK (length(key_hash) = 16 AND length(body_hash) = 8)
) STRICT, WITHOUT ROWID;

/* what was used in each hour of the tenant's clock; the hour begins at a quarter of an hour, because there are zones of half hours */
CREATE TABLE usage_sums (
  starts_at INTEGER NOT NULL,
  event_type TEXT NOT NULL,
  count INTEGER NOT NULL,
  units INTEGER NOT NULL CHECK (units >= 0),
  PRIMARY KEY (starts_at, event_type)
) STRICT, WITHOUT ROWID;

/* units that were stored and released in each month */
CREATE TABLE storage_level (
  period TEXT PRIMARY KEY,
  stored_units INTEGER NOT NULL,
  released_units INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

/* months whose keys are gone, and the key (hex) up to which the removal under way has come */
CREATE TABLE usage_upkeep (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  keys_through INTEGER NOT NULL,
  after_key TEXT
) STRICT;
INSERT INTO usage_upkeep (one, keys_through) VALUES (1, 0);
`;

/** A charged event as its repeat is known by: hashes in hex. */
export interface UsageKey {
  key: string;
  body: string;
  month: number;
}
export interface HourSum {
  eventType: EventType;
  /** first instant of the hour */
  startsAt: Instant;
  count: number;
  units: number;
}

/** Units: what lay there when a month began, and what moved in it. */
export interface StorageLevel {
  atStart: number;
  stored: number;
  released: number;
}

/** What commands and queries of metered use read and write. */
export interface UsageStore {
  /** hash of the content by hash of the key, of those that are known */
  knownKeys(keys: readonly string[]): Map<string, string>;
  addKeys(keys: readonly UsageKey[]): void;
  /** counts what was used towards its hour; what is older than sums are kept is left out */
  addSums(
    used: readonly { eventType: EventType; at: Instant; count: number; units: number }[],
    zone: string,
    now: Instant,
  ): void;
  /** hours that begin within, ascending */
  sums(from: Instant, until: Instant): HourSum[];
  moveStorage(period: string, moved: { stored: number; released: number }): void;
  /** what lay there when the month began, and what moved in it */
  storage(period: string): StorageLevel;
  /** Removes a part of what is over; answers when to go on, null: when something new is charged. */
  prune(now: Instant): Instant | null;
}

export function usageStore(sql: SqlStorage): UsageStore {
  return {
    knownKeys(keys) {
      const found = new Map<string, string>();
      const rows = sql.exec(
        `SELECT lower(hex(k.key_hash)) AS key, lower(hex(k.body_hash)) AS body
         FROM json_each(?) AS asked JOIN usage_keys AS k ON k.key_hash = unhex(asked.value)`,
        JSON.stringify(keys),
      );
      for (const row of rows) found.set(String(row['key']), String(row['body']));
      return found;
    },
    addKeys(keys) {
      if (keys.length === 0) return;
      // In the order of the table, so that its pages are written once.
      const ordered = [...keys].sort((a, b) => (a.key < b.key ? -1 : 1));
      sql.exec(
        `INSERT INTO usage_keys (key_hash, body_hash, month)
         SELECT unhex(value ->> 0), unhex(value ->> 1), value ->> 2 FROM json_each(?)`,
        JSON.stringify(ordered.map(({ key, body, month }) => [key, body, month])),
      );
    },
    addSums(used, zone, now) {
      const oldest = now - SUMS_KEPT_DAYS * DAY;
      const sums = new Map<string, [startsAt: number, eventType: EventType, count: number, units: number]>();
      for (const { eventType, at, count, units } of used) {
        if (at < oldest) continue;
        // A call that claims to be of the future counts as of now, as its month does.
        const startsAt = hourStart(at > now + DAY ? now : at, zone);
        const name = `${startsAt} ${eventType}`;
        const sum = sums.get(name) ?? [startsAt, eventType, 0, 0];
        sum[2] += count;
        sum[3] += units;
        sums.set(name, sum);
      }
      for (const sum of sums.values())
        sql.exec(
          `INSERT INTO usage_sums (starts_at, event_type, count, units) VALUES (?, ?, ?, ?)
           ON CONFLICT (starts_at, event_type) DO UPDATE SET count = count + excluded.count, units = units + excluded.units`,
          ...sum,
        );
    },
    sums: (from, until) =>
      sql
        .exec(
          'SELECT starts_at, event_type, count, units FROM usage_sums WHERE starts_at >= ? AND starts_at < ? ORDER BY starts_at, event_type',
          from,
          until,
        )
        .toArray()
        .map((row) => ({
          eventType: String(row['event_type']) as EventType,
          startsAt: asInstant(Number(row['starts_at'])),
          count: Number(row['count']),
          units: Number(row['units']),
        })),
    moveStorage(period, { stored, released }) {
      if (stored === 0 && released === 0) return;
      sql.exec(
        `INSERT INTO storage_level (period, stored_units, released_units) VALUES (?, ?, ?)
         ON CONFLICT (period) DO UPDATE SET stored_units = stored_units + excluded.stored_units, released_units = released_units + excluded.released_units`,
        period,
        stored,
        released,
      );
    },
    storage(period) {
      const row = sql
        .exec(
          `SELECT coalesce(sum(CASE WHEN period < ?1 THEN stored_units - released_units END), 0) AS at_start,
                  coalesce(sum(CASE WHEN period = ?1 THEN stored_units END), 0) AS stored,
                  coalesce(sum(CASE WHEN period = ?1 THEN released_units END), 0) AS released
           FROM storage_level WHERE period <= ?1`,
          period,
        )
        .one();
      // What lay there before anything was metered may be released, too.
      return {
        atStart: Math.max(0, Number(row['at_start'])),
        stored: Number(row['stored']),
        released: Number(row['released']),
      };
    },
    prune: (now) => prune(sql, now),
  };
}

/** The newest month whose keys nobody needs: closed 40 days ago, or older than anything that is charged. */
function throughOf(sql: SqlStorage, now: Instant): number {
  const row = sql.exec('SELECT max(period) AS period FROM closed_periods WHERE at < ?', now - KEYS_KEPT_MS).one();
  const closed = row['period'] === null ? 0 : monthNumber(String(row['period']));
  // A month whose last day, in any zone, is older than the oldest event that is taken.
  const aged = monthNumber(toIso(now - MAX_USAGE_AGE_MS - 2 * DAY).slice(0, 7)) - 1;
  return Math.max(closed, aged);
}

function prune(sql: SqlStorage, now: Instant): Instant | null {
  sql.exec('DELETE FROM usage_sums WHERE starts_at < ?', now - SUMS_KEPT_DAYS * DAY);
  const { keys_through: done, after_key: after } = sql.exec('SELECT keys_through, after_key FROM usage_upkeep').one();
  const through = throughOf(sql, now);
  if (through <= Number(done)) return nextPrune(sql, now, Number(done));
  const from = String(after ?? '');
  const page = sql
    .exec(
      'SELECT hex(key_hash) AS key FROM usage_keys WHERE key_hash > unhex(?) ORDER BY key_hash LIMIT 1 OFFSET ?',
      from,
      REMOVED_PER_WAKE - 1,
    )
    .toArray()[0];
  if (page) {
    const until = String(page['key']);
    sql.exec(
      'DELETE FROM usage_keys WHERE key_hash > unhex(?) AND key_hash <= unhex(?) AND month <= ?',
      from,
      until,
      through,
    );
    sql.exec('UPDATE usage_upkeep SET after_key = ?', until);
    return asInstant(now + SOON_MS);
  }
  sql.exec('DELETE FROM usage_keys WHERE key_hash > unhex(?) AND month <= ?', from, through);
  sql.exec('UPDATE usage_upkeep SET keys_through = ?, after_key = NULL', through);
  return nextPrune(sql, now, through);
}

/** When the next month's keys can go; null: nothing is kept that could. */
function nextPrune(sql: SqlStorage, now: Instant, done: number): Instant | null {
  const row = sql.exec('SELECT min(at) AS at FROM closed_periods WHERE period > ?', periodOfMonth(done)).one();
  if (row['at'] !== null) return asInstant(Math.max(Number(row['at']) + KEYS_KEPT_MS, now) + SOON_MS);
  const any = sql.exec('SELECT 1 FROM usage_keys LIMIT 1').toArray().length > 0;
  // Nobody closes the month: it is looked again when it could have become too old.
  return any ? asInstant(now + LOOK_AGAIN_MS) : null;
}
