/**
 * `npm run db:migration <name>`: writes what the tables need beyond the last migration as the next one. Migrations are append-only; a
 * statement that moves rows is added to the new file by hand before it is committed (`npm run db:migration <name> -- --rows` writes an empty one).
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BREAKPOINT, currentSnapshot, MIGRATIONS_FOLDER, type Snapshot, statementsBetween } from './schema.ts';

interface Journal {
  entries: { idx: number; version: string; when: number; tag: string; breakpoints: boolean }[];
}

/** Tables whose key is the whole row; drizzle knows no WITHOUT ROWID either. */
const WITHOUT_ROWID: ReadonlySet<string> = new Set(['customer_words']);

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9_]{2,40}$/.test(name)) throw new Error('name the migration: npm run db:migration caller_limits');

const meta = path.join(MIGRATIONS_FOLDER, 'meta');
const journalFile = path.join(meta, '_journal.json');
const journal = JSON.parse(readFileSync(journalFile, 'utf8')) as Journal;
const latest = readdirSync(meta)
  .filter((file) => file.endsWith('_snapshot.json'))
  .sort()
  .at(-1);
if (latest === undefined) throw new Error('migrations/meta holds no snapshot');
const before = JSON.parse(readFileSync(path.join(meta, latest), 'utf8')) as Snapshot;
const after = { ...(await currentSnapshot()), prevId: before.id };
const statements = (await statementsBetween(before, after)).map(strictTable);
const ROWS_ONLY = process.argv[3] === '--rows';
if (statements.length === 0 && !ROWS_ONLY)
  throw new Error('the migrations describe the tables already; for one that only moves rows add `-- --rows`');

/** Drizzle knows no STRICT: add it to every table, so that SQLite itself refuses a text in an integer column. */
function strictTable(statement: string): string {
  const name = /^CREATE TABLE `(\w+)`/.exec(statement)?.[1];
  if (name === undefined) return statement.trimEnd();
  return statement.trimEnd().replace(/\);$/, WITHOUT_ROWID.has(name) ? ') STRICT, WITHOUT ROWID;' : ') STRICT;');
}

const last = journal.entries.at(-1);
const idx = (last?.idx ?? -1) + 1;
const tag = `${String(idx).padStart(4, '0')}_${name}`;
writeFileSync(path.join(MIGRATIONS_FOLDER, `${tag}.sql`), `${statements.join(`\n${BREAKPOINT}\n`)}\n`);
writeFileSync(path.join(meta, `${String(idx).padStart(4, '0')}_snapshot.json`), `${JSON.stringify(after, null, 2)}\n`);
// One after the other, whatever the machine's clock says.
journal.entries.push({ idx, version: '6', when: (last?.when ?? Date.UTC(2026, 10, 20)) + 1, tag, breakpoints: true });
writeFileSync(journalFile, `${JSON.stringify(journal, null, 2)}\n`);
console.log(`migrations/${tag}.sql: ${statements.length} statements`);
