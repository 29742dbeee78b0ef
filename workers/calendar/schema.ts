/** The calendar object's own tables. Append-only migrations (DDL only), expand/contract; used by calendar-object.ts and its tests. */
import type { ObjectMigration } from '../object-runtime/migrate.ts';

/**
 * `busy` is the guard: one row per person or resource and stretch of time, buffers included. Its trigger makes two overlapping
 * exclusive rows impossible even for a rule with a bug; capacity above one is checked by the store after writing.
 * `appointments.body` is the row itself (the shape in events/calendar.ts); the columns beside it exist for indexes and checks.
 */
const V1 = `
CREATE TABLE schedule_version (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL) STRICT;
INSERT INTO schedule_version VALUES (1, 0);
CREATE TABLE schedule_items (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  updated_at INTEGER NOT NULL,
  removed_at INTEGER,
  body TEXT NOT NULL CHECK (json_valid(body)),
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE appointments (
  id TEXT PRIMARY KEY,
  branch_id TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL CHECK (ends_at > starts_at AND ends_at - starts_at <= 86400000),
  status TEXT NOT NULL CHECK (status IN ('pending','confirmed','in_progress','completed','cancelled','no_show')),
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  call_id TEXT,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX appointments_day ON appointments (branch_id, starts_at);
CREATE INDEX appointments_open ON appointments (starts_at) WHERE status IN ('pending','confirmed','in_progress');
CREATE INDEX appointments_customer ON appointments (customer_id, starts_at);
CREATE INDEX appointments_call ON appointments (call_id) WHERE call_id IS NOT NULL;
CREATE INDEX appointments_created ON appointments (customer_id, created_at);

/* erasable: never in events, log or queues */
CREATE TABLE appointment_texts (appointment_id TEXT PRIMARY KEY, notes TEXT, internal_notes TEXT) STRICT;

CREATE TABLE modifications (
  id TEXT PRIMARY KEY,
  appointment_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  reason TEXT,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX modifications_appointment ON modifications (appointment_id, at);

CREATE TABLE busy (
  subject TEXT NOT NULL,
  from_min INTEGER NOT NULL,
  to_min INTEGER NOT NULL CHECK (to_min > from_min AND to_min - from_min <= 1440),
  owner TEXT NOT NULL,
  part INTEGER NOT NULL,
  units INTEGER NOT NULL CHECK (units > 0),
  share TEXT,
  /* one at a time: people, and resources of capacity 1; 0 for other resources and foreign calendars */
  exclusive INTEGER NOT NULL CHECK (exclusive IN (0, 1)),
  expires_at INTEGER,
  PRIMARY KEY (subject, from_min, owner, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX busy_owner ON busy (owner);
CREATE TRIGGER busy_never_twice BEFORE INSERT ON busy
WHEN NEW.exclusive = 1 AND EXISTS (
  SELECT 1 FROM busy b
  WHERE b.subject = NEW.subject AND b.from_min > NEW.from_min - 1440 AND b.from_min < NEW.to_min AND b.to_min > NEW.from_min
    AND b.exclusive = 1 AND (b.share IS NULL OR NEW.share IS NULL OR b.share <> NEW.share)
)
BEGIN SELECT RAISE(ABORT, 'busy_never_twice'); END;

CREATE TABLE holds (
  lock_token TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  call_id TEXT,
  expires_at INTEGER NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX holds_owner ON holds (owner);
CREATE INDEX holds_call ON holds (call_id) WHERE call_id IS NOT NULL;
CREATE INDEX holds_expiry ON holds (expires_at);

CREATE TABLE conversations (call_id TEXT PRIMARY KEY, expires_at INTEGER NOT NULL, body TEXT NOT NULL CHECK (json_valid(body))) STRICT;
CREATE INDEX conversations_expiry ON conversations (expires_at);

CREATE TABLE customers (id TEXT PRIMARY KEY, registered_at INTEGER NOT NULL) STRICT;
CREATE TABLE customer_stats (
  customer_id TEXT PRIMARY KEY,
  appointments INTEGER NOT NULL DEFAULT 0,
  completed INTEGER NOT NULL DEFAULT 0,
  cancellations INTEGER NOT NULL DEFAULT 0,
  reschedules INTEGER NOT NULL DEFAULT 0,
  no_shows INTEGER NOT NULL DEFAULT 0,
  modifications INTEGER NOT NULL DEFAULT 0,
  last_starts_at INTEGER,
  last_modified_at INTEGER
) STRICT;

CREATE TABLE external_links (
  uid TEXT PRIMARY KEY,
  appointment_id TEXT,
  state TEXT NOT NULL CHECK (state IN ('current','superseded','cancelled')),
  updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE external_conflicts (
  id TEXT PRIMARY KEY,
  external_uid TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('open','resolved')),
  created_at INTEGER NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX external_conflicts_status ON external_conflicts (status, created_at);
CREATE INDEX external_conflicts_uid ON external_conflicts (external_uid);
`;

/** `freed`: a lapsed hold's busy rows are gone; its row stays a day, so that "expired" differs from "unknown". */
const V2 = `
ALTER TABLE holds ADD COLUMN freed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX holds_waiting ON holds (freed, expires_at);
`;

/**
 * A booking writes one page per index, and beyond sixteen pages SQLite's savepoint goes through a file. The day's index finds open
 * appointments too, the customer's finds recent bookings. FAIL instead of ABORT: one row is inserted at a time, and ABORT would journal
 * each page once more.
 */
const V3 = `
DROP INDEX appointments_open;
DROP INDEX appointments_created;
DROP TRIGGER busy_never_twice;
CREATE TRIGGER busy_never_twice BEFORE INSERT ON busy
WHEN NEW.exclusive = 1 AND EXISTS (
  SELECT 1 FROM busy b
  WHERE b.subject = NEW.subject AND b.from_min > NEW.from_min - 1440 AND b.from_min < NEW.to_min AND b.to_min > NEW.from_min
    AND b.exclusive = 1 AND (b.share IS NULL OR NEW.share IS NULL OR b.share <> NEW.share)
)
BEGIN SELECT RAISE(FAIL, 'busy_never_twice'); END;
`;

/**
 * What callers may do is counted by call, number and tenant, not by the customer that was invented. `name` says what is counted and for
 * whom, by keyed hash where it is a number (`book:<caller>`, `sms.number:<hash>`); rows go when `until` has passed.
 */
const V4 = `
CREATE TABLE caller_counts (
  name TEXT NOT NULL,
  at INTEGER NOT NULL,
  id TEXT NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (name, at, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE caller_penalties (name TEXT PRIMARY KEY, until INTEGER NOT NULL, step INTEGER NOT NULL) STRICT, WITHOUT ROWID;
ALTER TABLE holds ADD COLUMN caller TEXT;
`;

/** `text` is erasable: never in events, log or queues. */
const V5 = `
CREATE TABLE appointment_notes (
  id TEXT PRIMARY KEY,
  appointment_id TEXT NOT NULL,
  text TEXT,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX appointment_notes_appointment ON appointment_notes (appointment_id);
`;

/**
 * `detail` tells a booking that waits for its host from a current one (`requested`), and one that its host declined from a cancelled one
 * (`rejected`). Conflicts are found by the appointment they are about.
 */
const V6 = `
ALTER TABLE external_links ADD COLUMN detail TEXT;
CREATE INDEX external_conflicts_appointment ON external_conflicts (json_extract(body, '$.appointmentId')) WHERE status = 'open';
`;

/** An erasure asks for all bookings at Cal.com of an appointment, and for the conflicts of a customer. */
const V7 = `
CREATE INDEX external_links_appointment ON external_links (appointment_id) WHERE appointment_id IS NOT NULL;
CREATE INDEX external_conflicts_customer ON external_conflicts (json_extract(body, '$.customerId'), id);
`;

/**
 * Busy times of a person out of imported calendar files. `busy_times` has those of a source that counts (`active`) and those that an import
 * has put beside them and not yet in their place; the guard has their union. `name` and `title` are erasable: never in events, log or queues.
 */
const V8 = `
CREATE TABLE busy_sources (
  id TEXT PRIMARY KEY,
  staff_id TEXT NOT NULL,
  import_id TEXT NOT NULL,
  name TEXT,
  times INTEGER NOT NULL,
  until_min INTEGER,
  imported_at INTEGER NOT NULL
) STRICT;
CREATE INDEX busy_sources_staff ON busy_sources (staff_id);
CREATE TABLE busy_times (
  import_id TEXT NOT NULL,
  part INTEGER NOT NULL,
  nr INTEGER NOT NULL,
  staff_id TEXT NOT NULL,
  from_min INTEGER NOT NULL,
  to_min INTEGER NOT NULL CHECK (to_min > from_min),
  title TEXT,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  put_at INTEGER NOT NULL,
  PRIMARY KEY (import_id, part, nr)
) STRICT, WITHOUT ROWID;
CREATE INDEX busy_times_staff ON busy_times (staff_id, from_min) WHERE active = 1;
CREATE INDEX busy_times_waiting ON busy_times (put_at) WHERE active = 0;
`;

export const CALENDAR_MIGRATIONS: readonly ObjectMigration[] = [
  { version: 1, id: 'tables', minReader: 1, sql: V1 },
  // Version 1 may go on writing this file: it leaves `freed` at its default and deletes lapsed holds itself.
  { version: 2, id: 'lapsed-holds', minReader: 1, sql: V2 },
  // Older code names no index: it reads and writes this file as before.
  { version: 3, id: 'fewer-indexes', minReader: 1, sql: V3 },
  // Older code counts less, and leaves `caller` at its default.
  { version: 4, id: 'caller-counts', minReader: 1, sql: V4 },
  // Older code shows no notes and erases none: after a roll-back an erasure is repeated by the newer.
  { version: 5, id: 'appointment-notes', minReader: 1, sql: V5 },
  // Older code takes a request for a booking, and one that was declined for a cancelled one.
  { version: 6, id: 'requests-and-conflicts', minReader: 1, sql: V6 },
  // Older code names no index.
  { version: 7, id: 'external-of-customer', minReader: 1, sql: V7 },
  // Older code keeps the guard's rows and names no sources.
  { version: 8, id: 'busy-sources', minReader: 1, sql: V8 },
];
