import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeBreaches, codeLaw } from './code-law.ts';
import { importLaw, isJudged } from './import-law.ts';

/** A project of these files alone. */
function project(files: Record<string, string>): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'askpro law '));
  for (const [file, code] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), code);
  }
  return folder;
}

/** Breaches of a project of these files; packages and files that are not in it are judged by their name. */
async function breaches(files: Record<string, string>): Promise<string[]> {
  const { problems } = await importLaw(project(files), Object.keys(files).filter(isJudged));
  return problems.filter((problem) => !problem.includes('(resolved)'));
}

/** One file that imports one other, which exists when it is a file of ours. */
async function breachesOf(file: string, specifier: string, how = 'import { x } from'): Promise<string[]> {
  const target = specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : null;
  return breaches({
    [file]: how.startsWith('const') ? `${how}('${specifier}');` : `${how} '${specifier}';\nexport const y = 1;`,
    ...(target === null ? {} : { [target]: 'export const x = 1;' }),
  });
}

describe('the import law catches a breach and names the entry point', () => {
  it.each([
    ['shared/money.ts', 'node:fs', 'vocabulary'],
    ['shared/money.ts', 'hono', 'vocabulary'],
    ['web/admin/main.tsx', '../../workers/http/problem.ts', 'over HTTP'],
    ['web/admin/main.tsx', 'hono/html', 'over HTTP'],
    ['web/admin/main.tsx', 'node:fs', 'nothing of Node'],
    ['workers/calendar/rules/book.ts', '../../../dev/demo/demo.ts', 'never ship'],
    ['workers/calendar/rules/book.ts', 'hono', 'A rule is pure'],
    ['workers/calendar/engine/hours.ts', '../../env.ts', 'A rule is pure'],
    ['workers/calendar/rules/book.ts', '../../storage/d1.ts', 'A rule is pure'],
    ['workers/crm/rules/match.ts', 'node:crypto', 'A rule is pure'],
    ['workers/ledger/rules/post.ts', '../../identity/audit.ts', 'A rule is pure'],
    ['workers/events/table.ts', '../crm/types.ts', 'events/ is the table'],
    ['workers/object-runtime/drain.ts', '../calendar/book.ts', 'lies below all modules'],
    ['workers/object-runtime/hash.ts', 'node:crypto', 'nothing of Node'],
    ['workers/calendar/calendar-object.ts', '../integrations/calcom.ts', 'called by effects'],
    ['workers/calendar/calendar-object.ts', '../ledger/ledger-object.ts', 'do not know each other'],
    ['workers/telephony/book.ts', '../calendar/client.ts', 'openTenant'],
    ['workers/telephony/routes.ts', '../calendar/calendar-object.ts', 'workers/index.ts alone'],
    ['workers/crm/list.ts', 'drizzle-orm', 'workers/storage/'],
    ['workers/storage/rows.ts', '../calendar/book.ts', 'know no module'],
    ['workers/projection/apply.ts', '../calendar/types.ts', 'know no module'],
    ['workers/telephony/caller.ts', '../../shared/spoken-time/words/token.ts', 'spoken-time/index.ts'],
    ['workers/http/session.ts', '../ledger/post.ts', 'who asks'],
    ['workers/payments/routes.ts', '../integrations/stripe.ts', 'command of the module'],
    ['workers/payments/routes.ts', '../integrations/signatures.ts', 'commands/, reads by queries/'],
    ['workers/telephony/routes.ts', '../storage/queries/calls.ts', 'commands/, reads by queries/'],
    ['workers/identity/routes.ts', './audit.ts', 'commands/, reads by queries/'],
    ['workers/crm/customers.resource.ts', '../integrations/stripe.ts', 'command of the module'],
    ['workers/crm/commands/merge.ts', '../../http/problem.ts', 'called by every edge'],
    ['workers/crm/queries/customers.ts', 'hono', 'called by every edge'],
    ['workers/integrations/stripe.ts', '../env.ts', 'take what you need'],
    ['workers/resources/define.ts', '../crm/customers.ts', 'resources/ is the machine'],
    ['workers/jobs/runner.ts', '../ledger/post.ts', 'jobs/ is the runner'],
    ['workers/calendar-sync/jobs.ts', 'hono', 'no request'],
    ['workers/telephony/call.ts', '../crm/match.ts', 'reach into each other'],
    ['workers/telephony/call.ts', 'temporal-polyfill', 'shared/time.ts'],
  ])('%s with %s', async (file, specifier, entryPoint) => {
    expect((await breachesOf(file, specifier)).join('\n')).toContain(entryPoint);
  });

  it.each([
    ['a lazy import', 'const later = () => import'],
    ['a re-export', 'export { x } from'],
    ['an import for its effect', 'import'],
  ])('%s counts', async (_, how) => {
    expect((await breachesOf('workers/telephony/call.ts', '../crm/match.ts', how)).join()).toContain('each other');
  });

  it('a file that says it is pure is held to it', async () => {
    const code = "/** Pure: sentences. */\nimport { x } from '../storage/d1.ts';\nexport const y = x;";
    const found = await breaches({
      'workers/telephony/speech.ts': code,
      'workers/storage/d1.ts': 'export const x = 1;',
    });
    expect(found.join()).toContain('A rule is pure');
  });

  it('an object reaches no HTTP through others either', async () => {
    const found = await breaches({
      'workers/calendar/calendar-object.ts': "import { a } from './answer.ts';\nexport const b = a;",
      'workers/calendar/answer.ts': "import { x } from '../http/problem.ts';\nexport const a = x;",
      'workers/http/problem.ts': 'export const x = 1;',
    });
    expect(found.join()).toContain('workers/calendar/answer.ts → workers/http/problem.ts: No way from an object');
  });

  it('an import that leads nowhere', async () => {
    const { problems } = await importLaw(project({ 'shared/a.ts': "import './b.ts';" }), ['shared/a.ts']);
    expect(problems.join()).toContain('The file or package is not there');
  });
});

describe('a circle of imports', () => {
  const a = "import { b } from './b.ts';\nexport type A = number;\nexport const a = b;";
  it.each([
    ['of values', "import { a } from './a.ts';\nexport const b = () => a;"],
    ['closed by a type only', "import type { A } from './a.ts';\nexport const b: A = 1;"],
    ['closed by a type inside an import of values', "import { type A } from './a.ts';\nexport const b: A = 1;"],
    ['closed by a re-exported type', "export type { A } from './a.ts';\nexport const b = 1;"],
    ['closed by a lazy import', "export const b = () => import('./a.ts');"],
  ])('%s is refused with its way', async (_, b) => {
    expect(await breaches({ 'workers/crm/a.ts': a, 'workers/crm/b.ts': b })).toEqual([
      'workers/crm/a.ts: a circle: workers/crm/a.ts → workers/crm/b.ts → workers/crm/a.ts: A circle is one module: move what both need below them. (no-circular)',
    ]);
  });
});

describe('a run that read fewer files than the repository has', () => {
  it('fails, naming what is missing and where to look', async () => {
    const folder = project({ 'shared/a.ts': 'export const a = 1;' });
    const { problems } = await importLaw(folder, ['shared/a.ts', 'shared/b.tsx']).catch((fault: unknown) => ({
      problems: [String(fault)],
    }));
    expect(problems).toEqual([
      expect.stringMatching(/read 1 of the 2 files that git lists.*shared\/b\.tsx.*dev\/check\/import-law\.ts/),
    ]);
  });

  it('and the product is read whole', { timeout: 60_000 }, async () => {
    const { problems, modules } = await importLaw();
    expect(problems).toEqual([]);
    expect(modules).toBeGreaterThan(350);
  });
});

describe('the import law lets honest code pass', () => {
  it.each([
    ['workers/index.ts', './calendar/calendar-object.ts'],
    ['workers/tenancy/scope.ts', '../calendar/client.ts'],
    ['workers/calendar/rules/book.ts', '../../../shared/result.ts'],
    ['workers/calendar/routes.ts', 'hono'],
    ['workers/calendar/routes.ts', '../http/problem.ts'],
    ['workers/storage/tenant-db.ts', 'drizzle-orm'],
    ['workers/projection/apply.ts', '../events/table.ts'],
    ['workers/crm/customers.resource.ts', '../resources/define.ts'],
    ['workers/telephony/verify.ts', '../crm/customers.ts'],
    ['workers/crm/match.test.ts', '../telephony/call.ts'],
    ['shared/contract/booking.ts', 'zod'],
  ])('%s with %s', async (file, specifier) => {
    expect(await breachesOf(file, specifier)).toEqual([]);
  });

  it('a rule may name what it must not run', async () => {
    expect(await breachesOf('workers/calendar/rules/book.ts', '../../env.ts', 'import type { x } from')).toEqual([]);
  });
});

describe('the law of code catches a breach and names the entry point', () => {
  it.each([
    ['workers/calendar/rules/book.ts', 'export async function decide() {}', 'no waiting'],
    ['workers/calendar/engine/hours.ts', 'export const x = () => Math.random();', 'no chance'],
    ['workers/ledger/rules/post.ts', "export const x = () => Math['random']();", 'no chance'],
    ['workers/telephony/speech.ts', '/** Pure: sentences. */\nexport const f = async () => {};', 'no waiting'],
    ['workers/telephony/answer.ts', 'export const x = () => Date.now();', 'processNow'],
    ['workers/telephony/answer.ts', 'export const x = () => new Date();', 'processNow'],
    ['workers/telephony/call.ts', 'export const f = (env: { DB: unknown }) => env.DB;', 'scoped handle'],
    ['workers/crm/routes.ts', 'routes.get("/x", (c) => c.json(c.env.SECRET));', 'a route sees no bindings'],
    ['workers/crm/tag-routes.ts', 'routes.get("/x", (c) => { const { env } = c; });', 'a route sees no bindings'],
    ['workers/crm/tags.resource.ts', 'const x = (c: { env: unknown }) => c.env;', 'a route sees no bindings'],
    ['workers/crm/match.ts', 'export const f = (p: Platform) => bindingsOf(p).ARCHIVE;', 'bindings open in'],
    ['workers/crm/match.ts', 'export const f = (env: Env) => env;', 'take the scope'],
    ['workers/crm/match.ts', 'export function f(tools: { env: Env }) {}', 'take the scope'],
    ['workers/crm/match.ts', "export const f = (env: Pick<Env, 'ARCHIVE'>) => env;", 'take the scope'],
    ['workers/crm/match.ts', 'const seen = new Map<string, number>();', 'needs a bound'],
    ['workers/crm/match.ts', 'export const seen: string[] = [];', 'needs a bound'],
    ['shared/phone.ts', 'export class Reader { readonly #seen = new Set<string>(); }', 'needs a bound'],
  ])('%s with %s', (file, code, entryPoint) => {
    expect(codeBreaches(file, code).join('\n')).toContain(entryPoint);
  });

  it.each([
    ['shared/clock.ts', 'export const now = () => Date.now();'],
    ['workers/storage/tenant-db.ts', 'export const f = (env: Env) => env.DB;'],
    ['workers/ledger/client.ts', 'export const f = (p: Platform) => bindingsOf(p).LEDGER;'],
    ['workers/development/routes.ts', 'routes.get("/x", (c) => c.json(c.env.ENVIRONMENT));'],
    ['workers/crm/match.ts', 'const seen = new BoundedMap<string, number>(100);'],
    ['workers/crm/match.ts', "const titles = new Set(['Dr.']);\nconst known = new WeakMap<object, number>();"],
    ['workers/crm/match.ts', 'export const f = () => { const seen = new Map(); return seen; };'],
    ['workers/calendar/calendar-object.ts', 'export class C { constructor(state: State, env: Env) {} }'],
  ])('%s may %s', (file, code) => {
    expect(codeBreaches(file, code)).toEqual([]);
  });

  it('the product keeps it', () => {
    expect(codeLaw()).toEqual([]);
  });
});
