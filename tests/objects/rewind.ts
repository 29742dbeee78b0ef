/** What a recovery to an earlier time does to an object: every row of its file as it was. Imported by tests that run inside workerd. */

/** Rows of a file by table. */
export type Rows = Record<string, Record<string, SqlStorageValue>[]>;

/** Every row of the file. */
export const snapshot = (sql: SqlStorage): Rows => {
  const tables = sql
    .exec<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
    )
    .toArray();
  return Object.fromEntries(tables.map(({ name }) => [name, sql.exec(`SELECT * FROM "${name}"`).toArray()]));
};

/** Puts them back. The object itself must be evicted afterwards: it remembers. */
export const rewind = (storage: DurableObjectStorage, rows: Rows): void => {
  const triggers = storage.sql
    .exec<{ name: string; sql: string }>("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    .toArray();
  storage.transactionSync(() => {
    storage.sql.exec('PRAGMA defer_foreign_keys = true');
    for (const { name } of triggers) storage.sql.exec(`DROP TRIGGER "${name}"`);
    for (const table of Object.keys(rows)) storage.sql.exec(`DELETE FROM "${table}"`);
    for (const [table, list] of Object.entries(rows)) {
      for (const row of list) {
        const columns = Object.keys(row);
        storage.sql.exec(
          `INSERT INTO "${table}" (${columns.map((c) => `"${c}"`).join(',')}) VALUES (${columns.map(() => '?').join(',')})`,
          ...Object.values(row),
        );
      }
    }
    for (const { sql } of triggers) storage.sql.exec(sql);
  });
};
