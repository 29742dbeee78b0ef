/** What the scripts ask and tell an installation's D1, through wrangler. Called by the set-up script and by deploying. */
import type { IssuerProfile } from '../../shared/contract/settings.ts';
import { newSetupToken } from './setup-token.ts';
import { jsonOf, mustRun, type Ran, type Wrangler } from './wrangler.ts';

export interface Database {
  wrangler: Wrangler;
  /** of wrangler, with the ids in it */
  config: string;
  name: string;
}

const execute = ({ config, name }: Database, sql: string): string[] => [
  'd1',
  'execute',
  name,
  '--remote',
  '--json',
  '--yes',
  '--config',
  config,
  '--command',
  sql,
];

const rowsOf = (text: string): Record<string, unknown>[] =>
  jsonOf<{ results: Record<string, unknown>[] }[]>(text).flatMap(({ results }) => results);

const knowsNoTables = ({ stdout, stderr }: Ran): boolean => /no such table/i.test(`${stdout}\n${stderr}`);

/** Whether somebody runs the instance, and its stored issuer. @returns undefined while nobody does, or there are no tables yet */
export async function issuerOf(database: Database): Promise<Partial<IssuerProfile> | null | undefined> {
  const sql =
    "SELECT (SELECT count(*) FROM tenants WHERE type = 'platform') AS platforms, (SELECT value FROM system_settings WHERE key = 'issuer') AS issuer";
  const ran = await database.wrangler(execute(database, sql));
  if (ran.code !== 0 && knowsNoTables(ran)) return undefined;
  if (ran.code !== 0) throw new Error(`wrangler d1 execute: ${ran.stdout}\n${ran.stderr}`);
  const [row] = rowsOf(ran.stdout);
  if (Number(row?.['platforms'] ?? 0) === 0) return undefined;
  return typeof row?.['issuer'] === 'string' ? (JSON.parse(row['issuer']) as Partial<IssuerProfile>) : null;
}

/** Applies what is missing of migrations/; code and schema are compatible one version apart, so they go first. */
export const migrate = ({ wrangler, config, name }: Database): Promise<string> =>
  mustRun(wrangler, ['d1', 'migrations', 'apply', name, '--remote', '--config', config]);

/** A new one-time token, unless an instance has somebody who runs it. Only its hash goes to the database. @returns null: there is somebody */
export async function writeSetupToken(database: Database, now: number): Promise<string | null> {
  const { token, statements } = newSetupToken(now);
  const [row] = rowsOf(
    await mustRun(
      database.wrangler,
      execute(database, "SELECT count(*) AS n FROM users WHERE tenant_id = 'platform' AND disabled_at IS NULL"),
    ),
  );
  if (Number(row?.['n'] ?? 0) > 0) return null;
  await mustRun(database.wrangler, execute(database, statements.join('; ')));
  return token;
}

/** Where D1 stands now, for the note on how to go back; null where wrangler does not say. */
export async function bookmarkOf({ wrangler, config, name }: Database): Promise<string | null> {
  const ran = await wrangler(['d1', 'time-travel', 'info', name, '--json', '--config', config]);
  if (ran.code !== 0) return null;
  const { bookmark } = jsonOf<{ bookmark?: string }>(ran.stdout);
  return bookmark ?? null;
}
