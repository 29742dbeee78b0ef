/** The SQLite that property tests run on behaves as an object's does, in what our stores rely on. */
import { describe, expect, it } from 'vitest';
import { memoryStorage } from './sql.fixture.ts';

describe('the storage of property tests', () => {
  const made = (): ReturnType<typeof memoryStorage> => {
    const storage = memoryStorage();
    storage.sql.exec('CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT; INSERT INTO t VALUES (1, NULL);');
    return storage;
  };

  it('binds by place and by number, answers rows and how many were written', () => {
    const { sql } = made();
    expect(sql.exec('INSERT INTO t (a, b) VALUES (?, ?)', 2, 'x').rowsWritten).toBe(1);
    expect(sql.exec('UPDATE t SET b = ?2 WHERE a = ?1', 9, 'y').rowsWritten).toBe(0);
    expect(sql.exec('SELECT * FROM t ORDER BY a').toArray()).toEqual([
      { a: 1, b: null },
      { a: 2, b: 'x' },
    ]);
    expect([...sql.exec('SELECT a FROM t WHERE b = ?', 'x')]).toEqual([{ a: 2 }]);
    expect(() => sql.exec('SELECT * FROM t').one()).toThrow('expected one row');
  });

  it('rolls back what throws, also inside another transaction', () => {
    const { sql, transactionSync } = made();
    transactionSync(() => {
      sql.exec('INSERT INTO t VALUES (2, NULL)');
      expect(() =>
        transactionSync(() => {
          sql.exec('INSERT INTO t VALUES (3, NULL)');
          throw new Error('refused');
        }),
      ).toThrow('refused');
    });
    expect(sql.exec('SELECT a FROM t ORDER BY a').toArray()).toEqual([{ a: 1 }, { a: 2 }]);
  });
});
