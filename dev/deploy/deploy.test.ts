/** Set-up and deploy over an account of our own that speaks as wrangler does: empty, half made, killed at every step. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../workers/object-runtime/hash.ts';
import { bucketNames, EMPTY_ACCOUNT, queueNames, readAccount } from './account.ts';
import { Account, tableOf } from './account.fixture.ts';
import { deploy, DeployRefused } from './deploy.ts';
import { deployProblems, type ToCheck, warningsOf } from './deploy-checks.ts';
import { ensureSecrets, readFacts, readSecrets, secretsFile, writeFacts } from './deployment.ts';
import { planLines, setupPlan } from './setup-plan.ts';
import { setUp } from './setup.ts';
import { deployConfig, wantedOf } from './wrangler-config.ts';
import type { Wrangler } from './wrangler.ts';

const URL_OF = 'https://app.askpro.example';
const wanted = wantedOf('production');

let folder: string;
let lines: string[];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'askpro-deploy-'));
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NOW = Date.UTC(2026, 10, 22);
const run = (account: Account, more: Partial<Parameters<typeof setUp>[0]> = {}): Promise<string | null> =>
  setUp({
    folder,
    environment: 'production',
    wrangler: account.wrangler,
    isDryRun: false,
    publicUrl: URL_OF,
    now: NOW,
    say: (line) => lines.push(line),
    ...more,
  });
const changesOf = ({ calls }: Account): string[][] =>
  calls.filter(([one, two, three]) => `${one} ${two}` === 'secret bulk' || [two, three].includes('create'));

describe('the plan', () => {
  it('of an empty account makes everything, dead letters before whoever names them', () => {
    const steps = setupPlan(wanted, EMPTY_ACCOUNT, ['AUTH_SECRET', 'MASTER_KEY']);
    expect(planLines(steps)).toEqual([
      '+ create D1 database askproai',
      '+ create KV namespace askproai-directory',
      '+ create R2 bucket askproai-archive',
      '+ create queue askproai-dead',
      '+ create queue askproai-high',
      '+ create queue askproai-medium',
      '+ create queue askproai-low',
      '+ set    secrets of askproai: AUTH_SECRET, MASTER_KEY',
      '~ apply  migrations of askproai',
      '+ print  link of the first operator, unless there is one',
    ]);
  });

  it('of a half-made account keeps what is there and makes the rest', async () => {
    const account = new Account();
    account.databases.set('askproai', 'db-1');
    account.buckets.add('askproai-archive');
    for (const queue of ['somebody-elses', 'askproai-dead', 'askproai-high']) account.queues.add(queue);
    account.secrets = new Map([['AUTH_SECRET', 'x']]);
    await run(account, { isDryRun: true });
    expect(lines.slice(1)).toEqual([
      '  keep   D1 database askproai',
      '+ create KV namespace askproai-directory',
      '  keep   R2 bucket askproai-archive',
      '  keep   queue askproai-dead',
      '  keep   queue askproai-high',
      '+ create queue askproai-medium',
      '+ create queue askproai-low',
      '+ set    secrets of askproai: MASTER_KEY',
      '~ apply  migrations of askproai',
      '+ print  link of the first operator, unless there is one',
    ]);
    expect(changesOf(account)).toEqual([]);
  });

  it('of the preview names everything beside production', () => {
    expect(wantedOf('preview')).toEqual({
      worker: 'askproai-preview',
      database: 'askproai-preview',
      kv: 'askproai-directory-preview',
      bucket: 'askproai-archive-preview',
      queues: ['askproai-dead-preview', 'askproai-high-preview', 'askproai-medium-preview', 'askproai-low-preview'],
    });
  });
});

describe('what wrangler lists', () => {
  it('queues by the column of their name, also where a jurisdiction stands beside it', () => {
    expect(queueNames(tableOf([['1', 'askproai-high', 'a', 'b', '1', '1']]))).toEqual(['askproai-high']);
    const placed = '│ id │ name │ jurisdiction │\n├──┤\n│ 1 │ low │ eu │';
    expect(queueNames(placed)).toEqual(['low']);
    expect(queueNames('')).toEqual([]);
  });

  it('buckets by their labelled lines', () => {
    expect(
      bucketNames('Listing buckets...\nname:           one\ncreation_date:  2026\n\nname:           two\n'),
    ).toEqual(['one', 'two']);
  });

  it('a fault is no empty account', async () => {
    const signedOut: Wrangler = async () => ({ code: 1, stdout: '', stderr: 'not authenticated' });
    await expect(readAccount(signedOut, wanted)).rejects.toThrow('not authenticated');
  });
});

describe('setting up', () => {
  it('makes everything once and prints a link whose hash alone is stored, good for a day', async () => {
    const account = new Account();
    const link = await run(account);
    expect(link).toMatch(/^https:\/\/app\.askpro\.example\/setup#[\w-]{43}$/);
    const token = link?.split('#')[1] ?? '';
    expect([...account.tokens]).toEqual([[sha256Hex(token), NOW + 24 * 3_600_000]]);
    expect(account.calls.flat().join(' ')).not.toContain(token);
    expect(readFacts(folder, 'production')).toEqual({
      publicUrl: URL_OF,
      databaseId: 'db-askproai',
      kvId: 'kv-askproai-directory',
    });
    const again = new Set(changesOf(account).map((call) => call.join(' ')));
    account.calls = [];
    const second = await run(account);
    expect(changesOf(account)).toEqual([]);
    expect(again.size).toBeGreaterThan(7);
    // A new link ends the old one.
    expect([...account.tokens.keys()]).toEqual([sha256Hex(second?.split('#')[1] ?? '')]);
  });

  it('killed at every step and run again it ends in the same account', async () => {
    const whole = new Account();
    await run(whole);
    const last = whole.calls.length;
    for (let step = 0; step < 12; step++) {
      rmSync(folder, { recursive: true, force: true });
      folder = mkdtempSync(path.join(os.tmpdir(), 'askpro-deploy-'));
      const account = new Account();
      account.left = step;
      await run(account).catch(() => undefined);
      account.left = Number.POSITIVE_INFINITY;
      expect(await run(account), `after ${step} of ${last}`).not.toBeNull();
      for (const made of ['databases', 'namespaces'] as const)
        expect([...account[made].keys()]).toEqual([...whole[made].keys()]);
      expect([...account.queues]).toEqual([...whole.queues]);
      expect(account.tokens.size).toBe(1);
      // The secrets that were drawn first are those that count.
      expect(account.secrets?.get('MASTER_KEY')).toBe(readSecrets(folder, 'production')['MASTER_KEY']);
    }
  });

  it('says no secret, leaves none behind, and sends a new one alone', async () => {
    const account = new Account();
    await run(account);
    const { AUTH_SECRET = '', MASTER_KEY = '' } = readSecrets(folder, 'production');
    expect(AUTH_SECRET).toHaveLength(64);
    expect(Buffer.from(MASTER_KEY, 'base64')).toHaveLength(32);
    expect(statSync(secretsFile(folder, 'production')).mode & 0o077).toBe(0);
    const everything = [...lines, ...account.calls.flat()].join('\n');
    for (const value of [AUTH_SECRET, MASTER_KEY]) expect(everything).not.toContain(value);
    const file = secretsFile(folder, 'production');
    writeFileSync(file, readFileSync(file, 'utf8').replace('RETELL_API_KEY=', 'RETELL_API_KEY=key_of_theirs'));
    const before = account.secrets?.get('AUTH_SECRET');
    await run(account);
    expect(account.secrets?.get('RETELL_API_KEY')).toBe('key_of_theirs');
    expect(account.secrets?.get('AUTH_SECRET')).toBe(before);
  });

  it('prints no link where somebody runs the instance, and asks for an address that is safe', async () => {
    const account = new Account();
    account.operators = 1;
    expect(await run(account)).toBeNull();
    expect(account.tokens.size).toBe(0);
    await expect(run(new Account(), { publicUrl: 'http://app.askpro.example' })).rejects.toThrow('https://');
    rmSync(path.join(folder, '.cloudflare.json'));
    await expect(
      setUp({
        folder,
        environment: 'production',
        wrangler: new Account().wrangler,
        isDryRun: false,
        now: NOW,
        say: () => undefined,
      }),
    ).rejects.toThrow('--public-url');
  });
});

describe('what may be deployed', () => {
  const good = (): ToCheck => {
    ensureSecrets(folder, 'production');
    return {
      environment: 'production',
      facts: { publicUrl: URL_OF, databaseId: 'db', kvId: 'kv' },
      secrets: readSecrets(folder, 'production'),
      secretsThere: new Set(['AUTH_SECRET', 'MASTER_KEY']),
      issuer: {
        legal_name: 'AskPro GmbH',
        street: 'Torstraße 1',
        postal_code: '10119',
        city: 'Berlin',
        vat_id: 'DE123456788',
        vat_rate_basis_points: 1_900,
      },
    };
  };

  it('is a configuration without a fault, also before anybody runs the instance', () => {
    expect(deployProblems(good())).toEqual([]);
    expect(deployProblems({ ...good(), issuer: undefined })).toEqual([]);
    expect(deployProblems({ ...good(), environment: 'preview', issuer: null })).toEqual([]);
  });

  it.each<[string, (one: ToCheck) => ToCheck, string[]]>([
    [
      'a weak secret',
      (one) => ({ ...one, secrets: { ...one.secrets, AUTH_SECRET: 'a'.repeat(40) } }),
      ['AUTH_SECRET: must be drawn'],
    ],
    [
      'a weak master key',
      (one) => ({ ...one, secrets: { ...one.secrets, MASTER_KEY: btoa('1'.repeat(32)) } }),
      ['MASTER_KEY: must be'],
    ],
    [
      'a demo value',
      (one) => ({ ...one, secrets: { ...one.secrets, STRIPE_SECRET_KEY: 'sk_test_demo_askproai' } }),
      ['STRIPE_SECRET_KEY'],
    ],
    [
      'an address of a vendor without https',
      (one) => ({ ...one, facts: { ...one.facts, variables: { STRIPE_API_BASE: 'http://stripe.test' } } }),
      ['STRIPE_API_BASE: must be https'],
    ],
    [
      'an own address without https',
      (one) => ({ ...one, facts: { ...one.facts, publicUrl: 'http://x.test' } }),
      ['publicUrl: must be https'],
    ],
    [
      'ids that are missing',
      (one) => ({ ...one, facts: { publicUrl: URL_OF } }),
      ['databaseId: missing', 'kvId: missing'],
    ],
    [
      'secrets that were never sent',
      (one) => ({ ...one, secretsThere: null }),
      ['AUTH_SECRET: not set', 'MASTER_KEY: not set'],
    ],
    [
      'an issuer without a name',
      (one) => ({ ...one, issuer: { ...one.issuer, legal_name: '' } }),
      ['issuer.legal_name: empty'],
    ],
    [
      'an issuer that nobody filled in',
      (one) => ({ ...one, issuer: null }),
      ['issuer.legal_name', 'issuer.address', 'issuer.tax_number', 'issuer.vat_rate'],
    ],
  ])('is refused by name: %s', (_what, spoil, names) => {
    const problems = deployProblems(spoil(good()));
    expect(problems).toHaveLength(names.length);
    for (const [index, name] of names.entries()) expect(problems[index]).toContain(name);
  });

  it('a warning of wrangler is found in what it says', () => {
    expect(warningsOf('Total Upload: 3 KiB\n\n▲ [WARNING] Unexpected fields found in top-level: "namee"')).toHaveLength(
      1,
    );
    expect(warningsOf('Total Upload: 3 KiB\nYour Worker has access to the following bindings:')).toEqual([]);
  });

  it('the configuration carries ids, names and address of its environment, and no second copy of the Worker', () => {
    const config = deployConfig('preview', { publicUrl: 'https://try.askpro.example', databaseId: 'db', kvId: 'kv' });
    expect(config).toMatchObject({
      name: 'askproai-preview',
      no_bundle: true,
      find_additional_modules: true,
      routes: [{ pattern: 'try.askpro.example', custom_domain: true }],
      d1_databases: [{ binding: 'DB', database_name: 'askproai-preview', database_id: 'db' }],
      r2_buckets: [{ bucket_name: 'askproai-archive-preview', jurisdiction: 'eu' }],
      vars: { ENVIRONMENT: 'preview', PUBLIC_URL: 'https://try.askpro.example' },
    });
    expect(JSON.stringify(config)).not.toContain('"askproai-high"');
  });
});

describe('deploying', () => {
  it('refuses everything that is wrong at once, and changes nothing', async () => {
    const account = new Account();
    await run(account);
    account.platforms = 1;
    writeFacts(folder, 'production', {
      ...readFacts(folder, 'production'),
      variables: { CALCOM_API_BASE: 'http://cal.test' },
    });
    account.calls = [];
    const refused = await deploy({
      folder,
      environment: 'production',
      wrangler: account.wrangler,
      isDryRun: false,
      say: () => undefined,
    }).catch((fault: unknown) => fault);
    expect(refused).toBeInstanceOf(DeployRefused);
    expect((refused as DeployRefused).problems.join('\n')).toMatch(/CALCOM_API_BASE[\s\S]*issuer\.legal_name/);
    expect(account.deployed).toEqual([]);
    expect(account.calls.some(([, two]) => two === 'migrations')).toBe(false);
  });

  it('says who is not signed in', async () => {
    const nobody: Wrangler = async () => ({ code: 1, stdout: '', stderr: '' });
    await expect(
      deploy({ folder, environment: 'production', wrangler: nobody, isDryRun: false, say: () => undefined }),
    ).rejects.toThrow('CLOUDFLARE_API_TOKEN');
  });
});
