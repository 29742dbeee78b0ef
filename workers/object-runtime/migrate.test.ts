/** Published migrations cannot change, and files that earlier code wrote come along without loss. */
import { describe, expect, it } from 'vitest';
import { memoryStorage, type MemoryStorage } from './sql.fixture.ts';
import { migrate, type ObjectMigration, statementsHash } from './migrate.ts';
import { RUNTIME_MIGRATIONS } from './schema.ts';

const first: ObjectMigration = { version: 1, id: 'a', minReader: 1, sql: 'CREATE TABLE a (x INTEGER) STRICT' };
const second: ObjectMigration = { version: 2, id: 'b', minReader: 1, sql: 'CREATE TABLE b (x INTEGER) STRICT' };
const third: ObjectMigration = { version: 3, id: 'c', minReader: 3, sql: 'CREATE TABLE c (x INTEGER) STRICT' };

const started = (migrations: readonly ObjectMigration[]): MemoryStorage => {
  const storage = memoryStorage();
  migrate(storage, migrations);
  return storage;
};

describe('an object file', () => {
  it('takes each migration once and keeps its hash', () => {
    const storage = started([first, second]);
    storage.sql.exec('INSERT INTO a VALUES (7)');
    expect(migrate(storage, [first, second])).toEqual({ fileVersion: 2, codeVersion: 2, writable: true });
    expect(migrate(storage, [first, second, third])).toEqual({ fileVersion: 3, codeVersion: 3, writable: true });
    expect(storage.sql.exec('SELECT x FROM a').toArray()).toEqual([{ x: 7 }]);
    expect(storage.sql.exec('SELECT version, id, hash FROM _migrations').toArray()).toEqual(
      [first, second, third].map((m) => ({ version: m.version, id: m.id, hash: statementsHash(m) })),
    );
  });

  it('of newer code is left as it is, and may be written only where that code allows it', () => {
    expect(migrate(started([first, second]), [first])).toEqual({ fileVersion: 2, codeVersion: 1, writable: true });
    expect(migrate(started([first, second, third]), [first, second])).toMatchObject({
      fileVersion: 3,
      writable: false,
    });
  });

  it.each<[string, ObjectMigration[], RegExp]>([
    ['edited', [{ ...first, sql: `${first.sql};` }, second], /_migrations 1 \('a'\) has other statements/],
    ['renamed', [{ ...first, id: 'z' }, second], /_migrations 1 was 'a' when it was applied and is 'z' now/],
    [
      'put into another order',
      [
        { ...second, version: 1 },
        { ...first, version: 2 },
      ],
      /_migrations 1 was 'a'/,
    ],
    ['taken out', [{ ...second, version: 1 }], /_migrations 1 was 'a'/],
    ['taken out before a new one', [first, { ...third, version: 2 }], /_migrations 2 was 'b'/],
  ])('does not start when a published migration was %s', (_what, migrations, message) => {
    const storage = started([first, second]);
    expect(() => migrate(storage, migrations)).toThrow(message);
    expect(() => migrate(storage, migrations)).toThrow('append a new migration instead');
    // nothing was written, and the code that fits goes on
    expect(migrate(storage, [first, second])).toMatchObject({ writable: true });
  });

  it('does not start when its own history has a hole', () => {
    const storage = started([first, second]);
    storage.sql.exec('DELETE FROM _migrations WHERE version = 1');
    expect(() => migrate(storage, [first, second])).toThrow('_migrations 1 is missing in this file, though it has 2');
  });

  it.each<[string, ObjectMigration[]]>([
    ['a gap', [first, third]],
    ['one id twice', [first, { ...second, id: 'a' }]],
  ])('is not touched by a list with %s', (_what, migrations) => {
    expect(() => migrate(memoryStorage(), migrations)).toThrow();
  });
});

/** What the object runtime ran at each wake, and the table of migrations, before both were versioned. */
const DDL_OF_2026_11_21 = `
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
/* rows expire in the order they were written; the index of the first files is one page more for each commit */
DROP INDEX IF EXISTS _commands_expiry;
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

const MIGRATIONS_OF_2026_11_21 =
  'CREATE TABLE IF NOT EXISTS _migrations (version INTEGER PRIMARY KEY, min_reader INTEGER NOT NULL, applied_at INTEGER NOT NULL) STRICT';

/** A file as the code of 2026-11-21 left it: tables without a record of them, numbers without hashes, rows in each. */
function earlierFile(): MemoryStorage {
  const storage = memoryStorage();
  storage.sql.exec(DDL_OF_2026_11_21);
  storage.sql.exec(MIGRATIONS_OF_2026_11_21);
  storage.sql.exec(first.sql);
  storage.sql.exec('INSERT INTO _migrations VALUES (?, ?, ?)', 1, 1, 5);
  storage.sql.exec('INSERT INTO a VALUES (7)');
  storage.sql.exec(
    "INSERT INTO _identity (one, tenant_id, kind, epoch, seq, last_event_id) VALUES (1, 'ten_1', 'calendar', 2, 41, 'k#0')",
  );
  storage.sql.exec("INSERT INTO _commands VALUES ('k', 'book', 'h', '{}', 9)");
  storage.sql.exec("INSERT INTO _outbox VALUES (41, 2, 'k#0', 'x', 1, 'e', 3, 'k', 'book', '{}', 'h', '{}')");
  storage.sql.exec("INSERT INTO _sinks VALUES ('projection', 40, 0, 0, NULL, 0)");
  return storage;
}
const TABLES = ['_identity', '_commands', '_outbox', '_sinks', 'a'];
/** As they were, without the column that later code added. */
const rowsOf = ({ sql }: MemoryStorage): unknown =>
  TABLES.map((table) =>
    sql
      .exec(`SELECT * FROM ${table}`)
      .toArray()
      .map(({ causer: _added, ...row }) => row),
  );
const schemaOf = ({ sql }: MemoryStorage): unknown =>
  sql
    .exec("SELECT name, sql FROM sqlite_master WHERE tbl_name NOT LIKE '%migrations' ORDER BY name")
    .toArray()
    .map((row) => ({ ...row, sql: String(row['sql']).replace(/\s+/g, ' ') }));
const start = (storage: MemoryStorage, own: readonly ObjectMigration[]): void => {
  migrate(storage, RUNTIME_MIGRATIONS, '_runtime_migrations');
  migrate(storage, own);
};

describe('a file that code of 2026-11-21 wrote', () => {
  it.each([
    ['', ''],
    [', with the index of the first files', 'CREATE INDEX _commands_expiry ON _commands (expires_at)'],
  ])('comes along without loss and is like a new one%s', (_what, more) => {
    const storage = earlierFile();
    if (more) storage.sql.exec(more);
    const before = rowsOf(storage);
    start(storage, [first, second]);
    expect(rowsOf(storage)).toEqual(before);
    const fresh = memoryStorage();
    start(fresh, [first, second]);
    expect(schemaOf(storage)).toEqual(schemaOf(fresh));
  });

  it('adopts the hashes at its first start, and is held to them from then on', () => {
    const storage = earlierFile();
    start(storage, [first]);
    expect(storage.sql.exec('SELECT * FROM _migrations').toArray()).toEqual([
      { version: 1, min_reader: 1, applied_at: 5, id: 'a', hash: statementsHash(first) },
    ]);
    expect(() => start(storage, [{ ...first, sql: 'CREATE TABLE a (y INTEGER)' }])).toThrow('has other statements');
  });

  it('can still be worked on by that code after it came along', () => {
    const storage = earlierFile();
    start(storage, [first]);
    storage.sql.exec(DDL_OF_2026_11_21);
    storage.sql.exec(MIGRATIONS_OF_2026_11_21);
    storage.sql.exec(
      "INSERT OR REPLACE INTO _commands (key, name, input_hash, outcome, expires_at) VALUES ('l', 'b', 'h', '{}', 9)",
    );
    expect(() => start(storage, [first])).not.toThrow();
  });

  it('adopts nothing of newer code', () => {
    const storage = earlierFile();
    storage.sql.exec('INSERT INTO _migrations VALUES (2, 1, 6)');
    start(storage, [first]);
    expect(storage.sql.exec('SELECT hash FROM _migrations WHERE version = 2').one()).toEqual({ hash: null });
  });
});
