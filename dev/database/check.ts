/** Fails when the migrations no longer describe the tables. Called by dev/check/check.ts, or run alone. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { currentSnapshot, MIGRATIONS_FOLDER, type Snapshot, statementsBetween, triggersText } from './schema.ts';

/** @returns what is wrong, in sentences; nothing when the migrations and the tables agree */
export async function migrationProblems(): Promise<string[]> {
  const metaFolder = path.join(MIGRATIONS_FOLDER, 'meta');
  if (!existsSync(metaFolder)) return ['migrations/meta is missing: run `npm run db:migration <name>`'];
  const latest = readdirSync(metaFolder)
    .filter((name) => name.endsWith('_snapshot.json'))
    .sort()
    .at(-1);
  if (latest === undefined) return ['migrations/meta has no snapshot: run `npm run db:migration <name>`'];
  const recorded = JSON.parse(readFileSync(path.join(metaFolder, latest), 'utf8')) as Snapshot;
  const problems = (await statementsBetween(recorded, await currentSnapshot())).map(
    (statement) =>
      `the tables need what no migration has: ${statement.split('\n')[0]} (run \`npm run db:migration <name>\`)`,
  );
  const triggers = triggersText();
  if (triggers !== null) {
    const file = path.join(MIGRATIONS_FOLDER, '0001_triggers.sql');
    if (!existsSync(file) || readFileSync(file, 'utf8') !== triggers) {
      problems.push(
        'workers/storage/triggers.sql differs from migrations/0001_triggers.sql: append a migration and change both',
      );
    }
  }
  return problems;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = await migrationProblems();
  for (const problem of problems) console.error(problem);
  process.exit(problems.length === 0 ? 0 : 1);
}
