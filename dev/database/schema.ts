/** Reads the D1 tables and works out what the migrations should be. Called by append.ts and check.ts. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// the ESM build of drizzle-kit/api calls require() of node built-ins without defining it: take the CommonJS one
const kit = createRequire(import.meta.url)('drizzle-kit/api') as typeof import('drizzle-kit/api');

export type Snapshot = Awaited<ReturnType<typeof kit.generateSQLiteDrizzleJson>>;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const MIGRATIONS_FOLDER = path.join(root, 'migrations');
const TABLES_FOLDER = path.join(root, 'workers', 'storage', 'tables');
const TRIGGERS_FILE = path.join(root, 'workers', 'storage', 'triggers.sql');
export const BREAKPOINT = '--> statement-breakpoint';
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** The snapshot of all tables in `workers/storage/tables/*.ts`; its id is a hash of the content, so that it is stable. */
export async function currentSnapshot(): Promise<Snapshot> {
  const tables: Record<string, unknown> = {};
  const files = existsSync(TABLES_FOLDER) ? readdirSync(TABLES_FOLDER).sort() : [];
  for (const file of files) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
    const module = (await import(pathToFileURL(path.join(TABLES_FOLDER, file)).href)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(module)) tables[`${file}:${name}`] = value;
  }
  const snapshot = await kit.generateSQLiteDrizzleJson(tables, NO_ID);
  const hash = createHash('sha256')
    .update(JSON.stringify({ ...snapshot, id: '' }))
    .digest('hex');
  const id = [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join(
    '-',
  );
  return { ...snapshot, id };
}

/** The SQL statements that lead from one snapshot to the other; none when they are equal. */
export async function statementsBetween(previous: Snapshot, next: Snapshot): Promise<string[]> {
  return kit.generateSQLiteMigration(previous as never, next as never);
}

/** The text of the triggers, or null when the schema has none. */
export function triggersText(): string | null {
  return existsSync(TRIGGERS_FILE) ? readFileSync(TRIGGERS_FILE, 'utf8') : null;
}
