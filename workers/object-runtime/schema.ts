/** The runtime's own tables in each object's file, beside the module's: append-only migrations, run by the object runtime before the module's. */
import type { ObjectMigration } from './migrate.ts';

/** Also of files that earlier code wrote without saying so: hence IF NOT EXISTS, here and only here. */
const TABLES = `
CREATE TABLE IF NOT EXISTS _identity (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  tenant_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  last_event_id TEXT,
  /* why commands are refused: the file is older than what D1 knows */
  behind TEXT,
  /* set while the runbook replays */
  restoring INTEGER NOT NULL DEFAULT 0,
  /* where this file ended when the restore began: the lost tail starts after it */
  restore_from_epoch INTEGER,
  restore_from_seq INTEGER,
  previous_head_hash TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS _commands (
  key TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  input_hash TEXT NOT NULL,
  outcome TEXT NOT NULL,
  expires_at INTEGER
) STRICT;
CREATE TABLE IF NOT EXISTS _outbox (
  seq INTEGER PRIMARY KEY,
  epoch INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  v INTEGER NOT NULL,
  entity TEXT NOT NULL,
  at INTEGER NOT NULL,
  command_key TEXT NOT NULL,
  command_name TEXT NOT NULL,
  command TEXT,
  input_hash TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS _sinks (
  name TEXT PRIMARY KEY,
  cursor INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  last_error TEXT,
  stopped INTEGER NOT NULL
) STRICT;
`;

/** Rows expire in the order they were written; the index that the first files have is one page more for each commit. */
const NO_EXPIRY_INDEX = 'DROP INDEX IF EXISTS _commands_expiry';

const WAYS_OUT = `
/* events a person let pass, with the reason: they never reached these sinks */
CREATE TABLE _skipped (
  seq INTEGER PRIMARY KEY,
  epoch INTEGER NOT NULL,
  type TEXT NOT NULL,
  sinks TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
/* alarms that D1 has not taken yet; detail null: it is over */
CREATE TABLE _untold (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT,
  UNIQUE (kind, subject)
) STRICT;
/* how far a long check of the whole file has come, by its name */
CREATE TABLE _checkpoints (
  name TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
/* Set from now on only while a restore is under way or was broken off over a file that is behind. */
UPDATE _identity SET restore_from_epoch = NULL, restore_from_seq = NULL WHERE restoring = 0;
`;

export const RUNTIME_MIGRATIONS: readonly ObjectMigration[] = [
  { version: 1, id: 'tables', minReader: 1, sql: TABLES },
  // Earlier code drops the index itself, at each wake.
  { version: 2, id: 'no-expiry-index', minReader: 1, sql: NO_EXPIRY_INDEX },
  // Who caused an event goes out with it: the activity log is projected from the outbox row. Null: written by earlier code.
  { version: 3, id: 'causer', minReader: 1, sql: 'ALTER TABLE _outbox ADD COLUMN causer TEXT' },
  { version: 4, id: 'ways-out', minReader: 1, sql: WAYS_OUT },
];
