/**
 * The real wrangler over the Worker as it is built: what a deployment would send is what runs here, and a configuration that wrangler only
 * warns of, or lets pass without bundling, is refused. Needs no account and no network.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildProduct, WORKER_FOLDER } from '../../dev/build.ts';
import { Account } from '../../dev/deploy/account.fixture.ts';
import { deploy, rehearse } from '../../dev/deploy/deploy.ts';
import { root } from '../../dev/deploy/deployment.ts';
import { setUp } from '../../dev/deploy/setup.ts';
import { builtProblems, deployConfig } from '../../dev/deploy/wrangler-config.ts';
import { runWrangler } from '../../dev/deploy/wrangler.ts';

let folder: string;
const FACTS = { publicUrl: 'https://app.askpro.example', databaseId: 'db', kvId: 'kv' };
const node = path.join(root, 'node_modules/.bin/node');
/** Signed out, whoever runs the tests: nothing here may ever reach an account. */
const run = async (...args: string[]): Promise<string> => {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(CLOUDFLARE|CF)_/.test(name)),
  ) as NodeJS.ProcessEnv;
  env['HOME'] = folder;
  env['XDG_CONFIG_HOME'] = folder;
  return (await promisify(execFile)(node, args, { cwd: root, timeout: 120_000, env })).stdout;
};

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'askpro deploy '));
  await buildProduct();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The configuration, changed, where wrangler reads it. */
function written(change: (config: Record<string, unknown>) => Record<string, unknown> = (config) => config): string {
  const file = path.join(folder, 'wrangler.json');
  writeFileSync(file, JSON.stringify(change(deployConfig('production', FACTS))));
  return file;
}

describe('a deployment', () => {
  it('sends every module of the build, with all bindings, and nothing is warned of', async () => {
    const out = path.join(folder, 'out');
    const ran = await runWrangler()(['deploy', '--dry-run', '--outdir', out, '--config', written()]);
    expect(ran.code, ran.stderr).toBe(0);
    const chunks = readdirSync(path.join(WORKER_FOLDER, 'chunks')).filter((name) => name.endsWith('.js'));
    expect(chunks.length).toBeGreaterThan(30);
    for (const chunk of chunks) expect(ran.stdout).toContain(`chunks/${chunk}`);
    for (const binding of [
      'DB',
      'DIRECTORY',
      'ARCHIVE',
      'CALENDAR',
      'LEDGER',
      'RATE_GATE',
      'PRESENCE',
      'QUEUE_HIGH',
      'ASSETS',
    ])
      expect(ran.stdout).toMatch(new RegExp(`env\\.${binding}\\b`));
    expect(ran.stdout).toContain('env.ENVIRONMENT ("production")');
    expect(await rehearse(runWrangler(), written())).toEqual([]);
    // What is sent is the build, byte by byte.
    expect(readFileSync(path.join(out, 'index.js'), 'utf8')).toBe(
      readFileSync(path.join(WORKER_FOLDER, 'index.js'), 'utf8'),
    );
  });

  it('is refused where wrangler only warns: a misspelt member', async () => {
    const misspelt = written(({ compatibility_flags: flags, ...config }) => ({ ...config, compatibility_flag: flags }));
    const found = await rehearse(runWrangler(), misspelt);
    expect(found.join('\n')).toMatch(/WARNING/);
  });

  it('is refused where wrangler says nothing: a class or a chunk that was not built', () => {
    expect(builtProblems()).toEqual([]);
    const spoilt = path.join(folder, 'worker');
    cpSync(WORKER_FOLDER, spoilt, { recursive: true });
    const entry = path.join(spoilt, 'index.js');
    const code = readFileSync(entry, 'utf8');
    writeFileSync(entry, code.replaceAll('TenantLedger', 'TenantPurse'));
    expect(builtProblems(spoilt)).toEqual(['LEDGER: the built Worker exports no class TenantLedger']);
    writeFileSync(entry, code);
    const [first = ''] = readdirSync(path.join(spoilt, 'chunks')).filter(
      (name) => name.startsWith('start-') && name.endsWith('.js'),
    );
    rmSync(path.join(spoilt, 'chunks', first));
    expect(builtProblems(spoilt).join('\n')).toContain(`chunks/${first} is imported and not built`);
  });
});

it('a whole deployment: rehearsed, then the schema, then the Worker, and how to go back', async () => {
  const account = new Account();
  const said: string[] = [];
  const options = { folder, environment: 'production', wrangler: account.wrangler, isDryRun: false } as const;
  const say = (line: string): void => void said.push(line);
  await setUp({ ...options, publicUrl: FACTS.publicUrl, now: Date.now(), say });
  account.calls = [];
  await deploy({ ...options, say });
  const order = account.calls.map(([one, two]) => `${one} ${two}`);
  expect(order.indexOf('deploy --dry-run')).toBeGreaterThan(order.indexOf('secret list'));
  expect(order.indexOf('d1 migrations')).toBeGreaterThan(order.indexOf('deploy --dry-run'));
  expect(order.indexOf('deploy --config')).toBeGreaterThan(order.indexOf('d1 migrations'));
  expect(account.deployed).toHaveLength(1);
  expect(said.join('\n')).toMatch(/rollback version-1[\s\S]*askproai @ mark-1/);
});

describe('the scripts, as they are typed', () => {
  it('the plan of an empty account names everything and says that nothing was changed', async () => {
    const said = await run('dev/deploy/setup.ts', '--dry-run', '--empty', '--public-url', FACTS.publicUrl);
    for (const name of ['askproai', 'askproai-directory', 'askproai-archive', 'askproai-dead', 'askproai-low'])
      expect(said).toMatch(new RegExp(`\\+ create .* ${name}$`, 'm'));
    expect(said).toContain('Nothing was changed.');
    expect(said).not.toContain('/setup#');
  });

  it('a dry deployment is rehearsed without an account, production and preview', async () => {
    expect(await run('dev/deploy/deploy.ts', '--dry-run')).toContain('rehearsed');
    expect(await run('dev/deploy/deploy.ts', '--dry-run', '--preview')).toContain('rehearsed');
  });

  it('a deployment without an account is refused, and no throw-away account is taken', async () => {
    const refused = await run('dev/deploy/deploy.ts').catch((fault: { stderr: string }) => fault.stderr);
    expect(refused).toContain('nobody is signed in');
    expect(refused).not.toContain('temporary');
  });
});
