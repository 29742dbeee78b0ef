/**
 * Append-only migrations of an object's own SQLite file, run by the constructor. DDL only (backfills page on the alarm), expand/contract:
 * `minReader` names the oldest code version that may still write a file at this version, so that version N runs on N+1's file.
 */
import { processNow } from '../../shared/clock.ts';
import { assert } from '../../shared/result.ts';

export interface ObjectMigration {
  /** 1, 2, 3 … without gaps */
  version: number;
  /** oldest code version (its highest migration) that may work on a file that has this migration */
  minReader: number;
  sql: string;
}

export interface SchemaState {
  fileVersion: number;
  codeVersion: number;
  /** false when the file has a migration this code must not write to: the object then refuses commands */
  writable: boolean;
}

/** Brings the file to the code's version inside one transaction; a newer file is left as it is. */
export function migrate(storage: DurableObjectStorage, migrations: readonly ObjectMigration[]): SchemaState {
  migrations.forEach((m, i) => {
    assert(m.version === i + 1, `object migration ${m.version} must have version ${i + 1}`);
  });
  const codeVersion = migrations.length;
  return storage.transactionSync(() => {
    storage.sql.exec(
      'CREATE TABLE IF NOT EXISTS _migrations (version INTEGER PRIMARY KEY, min_reader INTEGER NOT NULL, applied_at INTEGER NOT NULL) STRICT',
    );
    const row = storage.sql
      .exec<{ version: number | null; min_reader: number | null }>(
        'SELECT max(version) AS version, max(min_reader) AS min_reader FROM _migrations',
      )
      .one();
    let fileVersion = row.version ?? 0;
    let minReader = row.min_reader ?? 0;
    for (const migration of migrations) {
      if (migration.version <= fileVersion) continue;
      storage.sql.exec(migration.sql);
      storage.sql.exec(
        'INSERT INTO _migrations VALUES (?, ?, ?)',
        migration.version,
        migration.minReader,
        processNow(),
      );
      fileVersion = migration.version;
      minReader = Math.max(minReader, migration.minReader);
    }
    return { fileVersion, codeVersion, writable: codeVersion >= minReader };
  });
}
