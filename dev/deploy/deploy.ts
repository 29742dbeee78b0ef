/**
 * `npm run deploy`: checks the configuration by name, builds, rehearses, migrates, deploys, and says how to go back. `--preview` does the same
 * beside production; `--dry-run` stops before anything leaves this machine, and needs no account.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProduct } from '../build.ts';
import { readAccount } from './account.ts';
import { bookmarkOf, type Database, issuerOf, migrate } from './database.ts';
import { deployProblems, warningsOf } from './deploy-checks.ts';
import { type Environment, environmentOf, readFacts, readSecrets, root } from './deployment.ts';
import { builtProblems, wantedOf, writeDeployConfig } from './wrangler-config.ts';
import { jsonOf, mustRun, runWrangler, type Wrangler } from './wrangler.ts';

interface Deploy {
  /** where `.cloudflare.json` and the secrets lie */
  folder: string;
  environment: Environment;
  wrangler: Wrangler;
  isDryRun: boolean;
  say: (line: string) => void;
}

/** What must not be deployed, each by its name. */
export class DeployRefused extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`Not deployed:\n${problems.map((problem) => `    ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/**
 * Deploys what is built. Order: configuration, rehearsal, migrations, Worker; code and schema are compatible one version apart, so the old
 * Worker runs on over the new schema. @throws DeployRefused with everything that is wrong at once
 */
export async function deploy({ folder, environment, wrangler, isDryRun, say }: Deploy): Promise<void> {
  const facts = readFacts(folder, environment);
  const config = writeDeployConfig(path.join(folder, 'dist/deploy'), environment, facts);
  const wanted = wantedOf(environment);
  const database: Database = { wrangler, config, name: wanted.database };

  if (!isDryRun) {
    const signedIn = await wrangler(['whoami', '--json']);
    if (signedIn.code !== 0)
      throw new DeployRefused(['account: nobody is signed in, set CLOUDFLARE_API_TOKEN or run `wrangler login`']);
    const made = facts.databaseId !== undefined && facts.kvId !== undefined;
    const problems = deployProblems({
      environment,
      facts,
      secrets: readSecrets(folder, environment),
      secretsThere: made ? (await readAccount(wrangler, wanted)).secrets : null,
      issuer: made ? await issuerOf(database) : undefined,
    });
    if (problems.length > 0) throw new DeployRefused(problems);
  }

  const rehearsal = await rehearse(wrangler, config);
  if (rehearsal.length > 0) throw new DeployRefused(rehearsal);
  say('rehearsed: wrangler takes the configuration and every module');
  if (isDryRun) return;

  const [bookmark, version] = [await bookmarkOf(database), await versionOf(wrangler, config)];
  await migrate(database);
  say('migrations applied');
  await mustRun(wrangler, ['deploy', '--config', config]);
  say(`deployed to ${facts.publicUrl}`);
  for (const line of wayBack(config, wanted.database, version, bookmark)) say(line);
}

/** What wrangler finds without an account, and what it lets pass without bundling. */
export async function rehearse(wrangler: Wrangler, config: string): Promise<string[]> {
  const ran = await wrangler(['deploy', '--dry-run', '--config', config]);
  const output = `${ran.stdout}\n${ran.stderr}`;
  const warnings = warningsOf(output);
  if (ran.code !== 0 && warnings.length === 0) warnings.push(output.trim().split('\n').at(-1) ?? 'wrangler failed');
  return [...builtProblems(), ...warnings];
}

/** The version that serves now; null before the first deployment. */
async function versionOf(wrangler: Wrangler, config: string): Promise<string | null> {
  const ran = await wrangler(['deployments', 'list', '--json', '--config', config]);
  if (ran.code !== 0) return null;
  const all = jsonOf<{ created_on: string; versions: { version_id: string }[] }[]>(ran.stdout);
  const newest = [...all].sort((a, b) => (a.created_on < b.created_on ? 1 : -1))[0];
  return newest?.versions[0]?.version_id ?? null;
}

/** How to undo this deployment: the Worker goes back by itself, the schema stays, because the version before can work with it. */
const wayBack = (config: string, database: string, version: string | null, bookmark: string | null): string[] =>
  version === null
    ? ['first deployment: there is no version to go back to']
    : [
        `to go back: npx wrangler rollback ${version} --config ${path.relative(root, config)}`,
        'the schema stays as it is: the version before works with it (docs/runbooks/go-live.md)',
        ...(bookmark === null ? [] : [`D1 before the migrations: ${database} @ ${bookmark}`]),
      ];

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const say = (line: string): void => console.log(`  ${line}`);
  await buildProduct(undefined, say);
  await deploy({
    folder: root,
    environment: environmentOf(args),
    wrangler: runWrangler(),
    isDryRun: args.includes('--dry-run'),
    say,
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  main().catch((fault: unknown) => {
    console.error(`\n  ${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exit(1);
  });
