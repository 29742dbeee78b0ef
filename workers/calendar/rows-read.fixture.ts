/** Counts the rows that SQLite reads while something runs in an object, by `cursor.rowsRead`. Imported by tests only. */

export function rowsRead<T>(sql: SqlStorage, run: () => T): { read: number; result: T } {
  const cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = [];
  const original = Object.getPrototypeOf(sql).exec as SqlStorage['exec'];
  Object.getPrototypeOf(sql).exec = function exec(this: SqlStorage, query: string, ...bindings: SqlStorageValue[]) {
    const cursor = original.call(this, query, ...bindings);
    cursors.push(cursor);
    return cursor;
  };
  try {
    const result = run();
    return { result, read: cursors.reduce((sum, cursor) => sum + cursor.rowsRead, 0) };
  } finally {
    Object.getPrototypeOf(sql).exec = original;
  }
}
