/**
 * Append-only migrations of an object's own SQLite file, run by the constructor. DDL only (backfills page on the alarm), expand/contract:
 * `minReader` names the oldest code version that may still write a file at this version, so that version N runs on N+1's file.
 *
 * What was applied is kept in the file with the hash of its statements: a start whose published history changed throws, because files
 * would then differ by the day they were made.
 */
import { processNow } from '../../shared/clock.ts';
import { assert } from '../../shared/result.ts';
import { sha256Hex } from './hash.ts';

export interface ObjectMigration {
  /** 1, 2, 3 … without gaps */
  version: number;
  /** its name, unique in its list: never changed once published, as little as its statements */
  id: string;
  /** oldest code version (its highest migration) that may work on a file that has this migration */
  minReader: number;
  sql: string;
}

interface SchemaState {
  fileVersion: number;
  codeVersion: number;
  /** false when the file has a migration this code must not write to: the object then refuses commands */
  writable: boolean;
}

/** The runtime's own tables and the module's are numbered apart. */
type MigrationTable = '_runtime_migrations' | '_migrations';

type Storage = Pick<DurableObjectStorage, 'transactionSync'> & { sql: Pick<SqlStorage, 'exec'> };

interface Applied {
  version: number;
  minReader: number;
  /** null in a file of the time when only the number was kept */
  id: string | null;
  hash: string | null;
}

const hashes = new WeakMap<ObjectMigration, string>();
/** Hash of a migration's statements, as the file keeps it. */
export function statementsHash(migration: ObjectMigration): string {
  const known = hashes.get(migration);
  if (known !== undefined) return known;
  const made = sha256Hex(migration.sql);
  hashes.set(migration, made);
  return made;
}

/**
 * Brings the file to the code's version inside one transaction; a newer file is left as it is. Throws when what the file says was applied
 * is not what the code has at that place: a published migration was edited, moved or taken out.
 */
export function migrate(
  storage: Storage,
  migrations: readonly ObjectMigration[],
  table: MigrationTable = '_migrations',
): SchemaState {
  migrations.forEach((m, i) => {
    assert(m.version === i + 1, `object migration ${m.version} must have version ${i + 1}`);
  });
  assert(new Set(migrations.map((m) => m.id)).size === migrations.length, 'each object migration has an id of its own');
  return storage.transactionSync(() => {
    const applied = readApplied(storage.sql, table);
    refuseChangedHistory(applied, migrations, table);
    for (const { version, hash } of applied) {
      const migration = migrations[version - 1];
      if (hash === null && migration) adopt(storage.sql, table, migration);
    }
    let minReader = Math.max(0, ...applied.map((one) => one.minReader));
    for (const migration of migrations.slice(applied.length)) {
      storage.sql.exec(migration.sql);
      storage.sql.exec(
        `INSERT INTO ${table} (version, min_reader, applied_at, id, hash) VALUES (?, ?, ?, ?, ?)`,
        migration.version,
        migration.minReader,
        processNow(),
        migration.id,
        statementsHash(migration),
      );
      minReader = Math.max(minReader, migration.minReader);
    }
    return {
      fileVersion: Math.max(applied.length, migrations.length),
      codeVersion: migrations.length,
      writable: migrations.length >= minReader,
    };
  });
}

/** The file's history in order; makes or widens the table where it must. */
function readApplied(sql: Storage['sql'], table: MigrationTable): Applied[] {
  const made = sql.exec("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", table).toArray()[0];
  if (!made) {
    sql.exec(
      `CREATE TABLE ${table} (version INTEGER PRIMARY KEY, min_reader INTEGER NOT NULL, applied_at INTEGER NOT NULL, id TEXT, hash TEXT) STRICT`,
    );
    return [];
  }
  // Files of the time when only the number was kept. Such code reads and writes the wider table as before.
  if (!String(made['sql']).includes('hash'))
    sql.exec(`ALTER TABLE ${table} ADD COLUMN id TEXT; ALTER TABLE ${table} ADD COLUMN hash TEXT;`);
  return sql
    .exec(`SELECT version, min_reader, id, hash FROM ${table} ORDER BY version`)
    .toArray()
    .map((row) => ({
      version: Number(row['version']),
      minReader: Number(row['min_reader']),
      id: row['id'] === null ? null : String(row['id']),
      hash: row['hash'] === null ? null : String(row['hash']),
    }));
}

function refuseChangedHistory(
  applied: readonly Applied[],
  migrations: readonly ObjectMigration[],
  table: MigrationTable,
): void {
  const refuse = (version: number, what: string): never => {
    throw new Error(
      `Published object migrations must not change: ${table} ${version} ${what}. Restore it and append a new migration instead.`,
    );
  };
  applied.forEach((one, i) => {
    if (one.version !== i + 1) refuse(i + 1, `is missing in this file, though it has ${one.version}`);
    const migration = migrations[i];
    // Newer code wrote this file: `minReader` says whether we may work on it.
    if (!migration || one.hash === null) return;
    if (one.id !== migration.id)
      refuse(one.version, `was '${one.id}' when it was applied and is '${migration.id}' now`);
    if (one.hash !== statementsHash(migration))
      refuse(one.version, `('${one.id}') has other statements than were applied`);
  });
}

/** What a file of the time before hashes has was applied by code that had the same statements. */
function adopt(sql: Storage['sql'], table: MigrationTable, migration: ObjectMigration): void {
  sql.exec(
    `UPDATE ${table} SET id = ?, hash = ? WHERE version = ?`,
    migration.id,
    statementsHash(migration),
    migration.version,
  );
}
