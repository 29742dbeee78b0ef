/**
 * `npm run setup:cloudflare`: makes what an installation needs on Cloudflare and is not there yet, and prints the link of the first operator.
 * Idempotent; `--dry-run` prints the plan of the account that is signed in, `--dry-run --empty` that of an empty one without asking anybody.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EMPTY_ACCOUNT, type Found, readAccount } from './account.ts';
import { type Database, migrate, writeSetupToken } from './database.ts';
import {
  DRAWN_SECRETS,
  type Environment,
  ensureSecrets,
  environmentOf,
  readFacts,
  readSecrets,
  root,
  secretsFile,
  writeFacts,
} from './deployment.ts';
import { planLines, setupPlan, type Step } from './setup-plan.ts';
import { setupAddress } from './setup-token.ts';
import { wantedOf, type Wanted, writeDeployConfig } from './wrangler-config.ts';
import { mustRun, runWrangler, type Wrangler } from './wrangler.ts';

interface SetUp {
  /** where `.cloudflare.json` and the secrets lie */
  folder: string;
  environment: Environment;
  wrangler: Wrangler;
  isDryRun: boolean;
  /** of a dry run: the account as it would be; left out: the one that is signed in */
  account?: Found;
  /** `https://…`; remembered, so that it is given once */
  publicUrl?: string;
  /** also secrets that are set already: one was changed here */
  allSecrets?: boolean;
  now: number;
  say: (line: string) => void;
}

/**
 * Makes what is missing, step by step; each step is remembered. @returns the link of the first operator; null where there is one, or in a
 * dry run. @throws with a sentence of ours where something has to be given first
 */
export async function setUp(options: SetUp): Promise<string | null> {
  const { folder, environment, wrangler, isDryRun, say } = options;
  let facts = readFacts(folder, environment);
  if (options.publicUrl !== undefined) facts = { ...facts, publicUrl: options.publicUrl.replace(/\/+$/, '') };
  if (facts.publicUrl !== undefined && !facts.publicUrl.startsWith('https://'))
    throw new Error('--public-url must begin with https://: cookies and the first link are sent to it.');
  if (facts.publicUrl === undefined && !isDryRun)
    throw new Error(
      'Say where the world will reach it: npm run setup:cloudflare -- --public-url https://app.example.de',
    );

  const wanted = wantedOf(environment);
  const found = options.account ?? (await readAccount(wrangler, wanted));
  const secrets = isDryRun ? namesAtLeast(readSecrets(folder, environment)) : secretsHere(options);
  const steps = setupPlan(wanted, options.allSecrets ? { ...found, secrets: null } : found, Object.keys(secrets));
  say(`${environment} at ${facts.publicUrl ?? '(--public-url is missing)'}`);
  for (const line of planLines(steps)) say(line);
  if (isDryRun) return null;

  writeFacts(folder, environment, facts);
  for (const step of steps) if (step.kind === 'create') await mustRun(wrangler, step.args);
  const made = steps.some(({ kind }) => kind === 'create') ? await readAccount(wrangler, wanted) : found;
  if (made.databaseId === null || made.kvId === null) throw new Error('Cloudflare lists no id for what was just made.');
  facts = { ...facts, databaseId: made.databaseId, kvId: made.kvId };
  writeFacts(folder, environment, facts);

  const config = writeDeployConfig(path.join(folder, 'dist/deploy'), environment, facts);
  await putSecrets(wrangler, wanted, steps, secrets);
  const database: Database = { wrangler, config, name: wanted.database };
  await migrate(database);
  const token = await writeSetupToken(database, options.now);
  return token === null ? null : setupAddress(facts.publicUrl ?? '', token);
}

/** What a first run would draw stands in its plan, too. */
const namesAtLeast = (secrets: Readonly<Record<string, string>>): Record<string, string> => ({
  ...Object.fromEntries(DRAWN_SECRETS.map((name) => [name, ''])),
  ...secrets,
});

function secretsHere({ folder, environment, say }: SetUp): Record<string, string> {
  if (ensureSecrets(folder, environment))
    say(`secrets drawn into ${path.basename(secretsFile(folder, environment))}: keep a copy of it somewhere safe`);
  return readSecrets(folder, environment);
}

/** Values go by a file that only we can read and that is gone afterwards: arguments of a process can be seen by others. */
async function putSecrets(
  wrangler: Wrangler,
  { worker }: Wanted,
  steps: readonly Step[],
  secrets: Readonly<Record<string, string>>,
): Promise<void> {
  const names = steps.flatMap((step) => (step.kind === 'secrets' ? step.names : []));
  if (names.length === 0) return;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'askpro-secrets-'));
  const file = path.join(folder, 'secrets.json');
  try {
    const values = Object.fromEntries(names.map((name) => [name, secrets[name]]));
    writeFileSync(file, JSON.stringify(values), { mode: 0o600 });
    await mustRun(wrangler, ['secret', 'bulk', file, '--name', worker]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const at = args.indexOf('--public-url');
  const publicUrl = at < 0 ? undefined : args[at + 1];
  const isDryRun = args.includes('--dry-run');
  const link = await setUp({
    folder: root,
    environment: environmentOf(args),
    wrangler: runWrangler(),
    isDryRun,
    ...(isDryRun && args.includes('--empty') ? { account: EMPTY_ACCOUNT } : {}),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    allSecrets: args.includes('--all-secrets'),
    now: Date.now(),
    say: (line) => console.log(`  ${line}`),
  });
  if (isDryRun) return console.log('\n  Nothing was changed.');
  console.log(
    link === null
      ? '\n  Somebody runs this instance already. Next: npm run deploy'
      : `\n  Next: npm run deploy. Then open this link once, within 24 hours; it is not shown again:\n\n  ${link}\n`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  main().catch((fault: unknown) => {
    console.error(`\n  ${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exit(1);
  });
