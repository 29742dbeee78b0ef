/**
 * An object's SQLite file without workerd: the surface of `SqlStorage` that our stores use, over `node:sqlite`, so that property tests run
 * thousands of histories against the real statements, constraints and triggers. Used by tests of calendar, ledger and object-runtime.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

type Row = Record<string, SqlStorageValue>;

/** What a store needs of `DurableObjectStorage`. Written once here as a type, because workerd's own has twenty members more. */
export interface MemoryStorage {
  sql: SqlStorage;
  /** as the object's: what throws is rolled back and thrown on; may be nested */
  transactionSync<T>(work: () => T): T;
  close(): void;
}

/** Statements kept prepared: our texts are few, and preparing costs more than running. */
const MAX_PREPARED = 500;

/** @param file a path, to reopen a file that something else wrote; absent: a file in memory */
export function memoryStorage(file = ':memory:'): MemoryStorage {
  const database = new DatabaseSync(file);
  const prepared = new Map<string, StatementSync>();
  let depth = 0;

  const statement = (query: string): StatementSync => {
    const known = prepared.get(query);
    if (known) return known;
    if (prepared.size >= MAX_PREPARED) prepared.clear();
    const made = database.prepare(query);
    prepared.set(query, made);
    return made;
  };
  const exec = (query: string, ...bindings: SqlStorageValue[]): unknown => {
    // Several statements at once take no bindings, here as in an object; `prepare` would run the first of them only.
    if (bindings.length === 0 && /;\s*\S/.test(query)) {
      database.exec(query);
      return cursor([], 0);
    }
    const one = statement(query);
    const values = bindings as SQLInputValue[];
    if (one.columns().length > 0) return cursor(one.all(...values) as Row[], 0);
    return cursor([], Number(one.run(...values).changes));
  };
  return {
    sql: { exec, databaseSize: 0 } as unknown as SqlStorage,
    transactionSync(work) {
      const name = `nested_${depth++}`;
      database.exec(`SAVEPOINT ${name}`);
      try {
        const value = work();
        database.exec(`RELEASE ${name}`);
        return value;
      } catch (thrown) {
        database.exec(`ROLLBACK TO ${name}; RELEASE ${name}`);
        throw thrown;
      } finally {
        depth--;
      }
    },
    close: () => database.close(),
  };
}

function cursor(rows: Row[], rowsWritten: number): unknown {
  return {
    rowsWritten,
    rowsRead: rows.length,
    columnNames: Object.keys(rows[0] ?? {}),
    toArray: () => rows,
    one() {
      const [row] = rows;
      if (row === undefined || rows.length > 1) throw new Error(`expected one row, got ${rows.length}`);
      return row;
    },
    [Symbol.iterator]: () => rows[Symbol.iterator](),
  };
}
