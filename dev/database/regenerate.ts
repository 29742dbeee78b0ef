/**
 * `npm run db:regenerate`: writes the initial D1 migration anew from the tables. Only while nothing is deployed;
 * from the first release on, migrations are appended with `drizzle-kit generate` and never rewritten.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  BREAKPOINT,
  currentSnapshot,
  emptySnapshot,
  MIGRATIONS_FOLDER,
  SNAPSHOT_FILE,
  statementsBetween,
  triggersText,
} from './schema.ts';

/** A fixed date, so that the same tables always give the same files. */
const JOURNAL_DATE = Date.UTC(2026, 10, 20);

const snapshot = await currentSnapshot();
const statements = (await statementsBetween(await emptySnapshot(), snapshot)).map(strictTable);
const triggers = triggersText();

mkdirSync(path.dirname(SNAPSHOT_FILE), { recursive: true });
for (const name of readdirSync(MIGRATIONS_FOLDER)) {
  if (/^\d{4}_.*\.sql$/.test(name) || name === 'meta') rmSync(path.join(MIGRATIONS_FOLDER, name), { recursive: true });
}
mkdirSync(path.dirname(SNAPSHOT_FILE), { recursive: true });

/** Drizzle knows no STRICT: add it to every table, so that SQLite itself refuses a text in an integer column. */
function strictTable(statement: string): string {
  return statement.startsWith('CREATE TABLE') ? statement.trimEnd().replace(/\);$/, ') STRICT;') : statement.trimEnd();
}

writeFileSync(path.join(MIGRATIONS_FOLDER, '0000_init.sql'), `${statements.join(`\n${BREAKPOINT}\n`)}\n`);
writeFileSync(SNAPSHOT_FILE, `${JSON.stringify(snapshot, null, 2)}\n`);
const entries = [{ idx: 0, version: '6', when: JOURNAL_DATE, tag: '0000_init', breakpoints: true }];
if (triggers !== null) {
  writeFileSync(path.join(MIGRATIONS_FOLDER, '0001_triggers.sql'), triggers);
  const second = { ...snapshot, id: snapshot.id.replace(/^.{8}/, '00000001'), prevId: snapshot.id };
  writeFileSync(SNAPSHOT_FILE.replace('0000_', '0001_'), `${JSON.stringify(second, null, 2)}\n`);
  entries.push({ idx: 1, version: '6', when: JOURNAL_DATE + 1, tag: '0001_triggers', breakpoints: true });
}
writeFileSync(
  path.join(MIGRATIONS_FOLDER, 'meta', '_journal.json'),
  `${JSON.stringify({ version: '7', dialect: 'sqlite', entries }, null, 2)}\n`,
);
console.log(
  `migrations: ${Object.keys(snapshot.tables).length} tables, ${statements.length} statements${triggers === null ? '' : ', triggers'}`,
);
