/** Reads the databases of a stopped instance as files: what is really on disk, past every layer of the product. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

type Row = Record<string, string | number | null>;
interface OpenDatabase {
  all(sql: string, ...values: (string | number)[]): Row[];
  close(): void;
}

function open(file: string): OpenDatabase {
  // not read-only: a killed process leaves a write-ahead log that the first reader must fold in
  const database = new DatabaseSync(file);
  return {
    all: (sql, ...values) => database.prepare(sql).all(...values) as Row[],
    close: () => database.close(),
  };
}

const sqliteFiles = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.sqlite') && name !== 'metadata.sqlite')
        .map((name) => path.join(folder, name))
    : [];

/** The D1 database (the first shard). */
export function openD1(state: string): OpenDatabase {
  const [file] = sqliteFiles(path.join(state, 'v3', 'd1', 'miniflare-D1DatabaseObject'));
  if (!file) throw new Error(`no D1 database under ${state}`);
  return open(file);
}

/** The files of every object of a class, e.g. `TenantLedger`. */
function objectFiles(state: string, className: string): string[] {
  return sqliteFiles(path.join(state, 'v3', 'do', `askproai-${className}`));
}

/** Runs `read` over every object of a class that belongs to a tenant. */
export function eachObject<T>(
  state: string,
  className: string,
  read: (database: OpenDatabase, tenantId: string, file: string) => T,
): T[] {
  return objectFiles(state, className).flatMap((file) => {
    const database = open(file);
    try {
      const known = database.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name = '_identity'");
      const tenantId =
        known.length === 0 ? undefined : database.all('SELECT tenant_id FROM _identity')[0]?.['tenant_id'];
      return typeof tenantId === 'string' ? [read(database, tenantId, file)] : [];
    } finally {
      database.close();
    }
  });
}
