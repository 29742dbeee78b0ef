/** The checks of words catch a planted breach each, and the product keeps them. */
import { describe, expect, it } from 'vitest';
import {
  callerProblems,
  citationProblems,
  decisionNumbers,
  missingDecisions,
  outsideCitations,
  untrueCallers,
} from './comments.ts';
import { retoldSets, setProblems } from './declared-sets.ts';
import { documentationProblems, undocumentedIn } from './documented.ts';

const DECLARED = "export const CALL_STATUSES = ['ongoing', 'ended', 'analyzed'] as const;\n";
const sets = (file: string, code: string, declared = DECLARED) =>
  retoldSets(
    new Map([
      ['shared/contract/calls.ts', declared],
      [file, code],
    ]),
  );

describe('a declared set', () => {
  it.each([
    ['as a union', "type S = 'ongoing' | 'ended' | 'analyzed';", 'says'],
    ['in another order', "interface A { s: 'ended' | 'ongoing' | 'analyzed' | null }", 'says'],
    ['as an enum', "const s = z.enum(['ongoing', 'ended', 'analyzed']);", 'says'],
    ['as an enum of a column', "text('s', { enum: ['ongoing', 'ended', 'analyzed'] as const });", 'says'],
    ['as a list', "const S = ['ongoing', 'ended', 'analyzed'] as const;", 'says'],
    ['with one more', "type S = 'new' | 'ongoing' | 'ended' | 'analyzed';", 'contains'],
  ])('said again %s is found', (_, code, how) => {
    expect(sets('workers/telephony/x.ts', code)).toEqual([
      `workers/telephony/x.ts:1: ${how} CALL_STATUSES of shared/contract/calls.ts again (ongoing, ended, analyzed): import it`,
    ]);
  });
  it.each([
    ['an enum', 'shared/contract/calls.ts', "export const callStatus = z.enum(['ongoing', 'ended', 'analyzed']);"],
    ['a list without zod', 'shared/call-status.ts', DECLARED],
    ['a list of another subject', 'shared/schedule-sets.ts', DECLARED],
    ['event types', 'workers/events/calls.ts', "export const EVENTS = { 'call.began': 1, 'call.ended': 2 } as const;"],
  ])('may be declared as %s in %s', (_, file, declared) => {
    const again = "type S = 'ongoing' | 'ended' | 'analyzed'; type E = 'call.began' | 'call.ended';";
    const found = retoldSets(
      new Map([
        [file, declared],
        ['workers/x.ts', again],
      ]),
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`of ${file} again`);
  });
  it('declared twice is found once', () => {
    const found = sets('workers/events/calls.ts', "export const STATES = ['ended', 'ongoing', 'analyzed'] as const;");
    expect(found).toHaveLength(1);
  });
  it.each([
    ['part of it', "type S = 'ongoing' | 'ended';"],
    ['other words', "type S = 'ongoing' | 'ended' | 'failed';"],
    ['one word', "type S = 'ongoing';"],
    ['its import', "import { CALL_STATUSES } from '../../shared/contract/calls.ts'; const s = z.enum(CALL_STATUSES);"],
    ['own words with their reason', "// own set: Retell's words\ntype S = 'ongoing' | 'ended' | 'analyzed';"],
  ])('%s is not that set', (_, code) => {
    expect(sets('workers/telephony/x.ts', code)).toEqual([]);
  });
  it('is repeated by no file that may not', () => {
    expect(setProblems().problems).toEqual([]);
  });
});

describe('"called by"', () => {
  const files = (comment: string) =>
    new Map([
      ['workers/crm/match.ts', `${comment}\nexport const x = 1;`],
      ['workers/crm/merge.ts', "import { x } from './match.ts';\nexport { x };"],
      ['workers/crm/routes.ts', 'export const y = 1;'],
      ['workers/telephony/jobs.ts', 'export const z = 1;'],
    ]);
  it.each([
    ['/** Matches. Called by routes.ts. */', 'routes.ts'],
    ['/** Matches. Called by merge.ts and routes.ts. */', 'routes.ts'],
    ['/** Matches. Called by `merge.ts` and\n * `nowhere.ts`; pure.\n */', 'nowhere.ts'],
    ['// called by telephony/', 'telephony/'],
  ])('%s is not so', (comment, name) => {
    expect(untrueCallers(files(comment))).toEqual([
      `workers/crm/match.ts:1: "called by ${name}", which does not import it (workers/crm/merge.ts does)`,
    ]);
  });
  it.each([
    '/** Called by merge.ts. See routes.ts. */',
    '/** Called by crm/merge.ts (a time) and by cron. */',
    '/** Called by `crm/`. */',
    'const s = "called by routes.ts";',
  ])('%s is so', (comment) => {
    expect(untrueCallers(files(comment))).toEqual([]);
  });
  it('the product says only what is so', () => {
    expect(callerProblems()).toEqual([]);
  });
});

describe('a decision', () => {
  const known = decisionNumbers('# Decisions\n\n1. **2026-11-20 · A.** b\n2. **2026-11-20 · C.** d\n');
  it.each([
    ['// see decision 3', [3]],
    ['/** (docs/decisions.md 2, 7) */', [7]],
    ['`docs/decisions.md` 9 and 1 say why', [9]],
    ['decisions 1 and 2', []],
    ['the decision of 2026', []],
  ])('%s', (text, missing) => {
    expect(missingDecisions(new Map([['x.md', text]]), known)).toEqual(
      missing.map((number) => `x.md:1: docs/decisions.md has no decision ${number}`),
    );
  });
});

describe('a document outside the repository', () => {
  it.each(['spec' + '/14 says', '(wire' + ' § 2.3)', 'facts' + ' § 3.12'])('%s is cited by nobody', (text) => {
    expect(outsideCitations(new Map([['workers/x.ts', `// a\n// ${text}`]]))).toEqual([
      expect.stringMatching(/^workers\/x\.ts:2: cites .* say the fact itself/),
    ]);
  });
  it('a law and a standard may be cited', () => {
    const text = '§ 19 UStG, RFC 8785 § 3.2, docs/callers.md § Taking back, tests/fixtures/wire/stripe';
    expect(outsideCitations(new Map([['workers/x.ts', text]]))).toEqual([]);
  });
  it('the product cites none but where it may still', () => {
    expect(citationProblems().problems).toEqual([]);
  });
});

describe('what others call', () => {
  const missing = (file: string, code: string) =>
    undocumentedIn(file, code).map((one) => `${one.name}: ${one.missing}`);
  it.each([
    ['shared/x.ts', 'export function f() {}', ['f: a sentence']],
    ['shared/x.ts', '/** F. */\nexport const f = () => 1;', ['f: a sentence']],
    ['shared/x.ts', '/** Of the type below. */\ntype A = 1;\nexport function f() {}', ['f: a sentence']],
    [
      'shared/x.ts',
      '/** Says what it does. */\nexport function f() {}\nexport const LIMIT = 3;\nfunction own() {}',
      [],
    ],
    [
      'workers/crm/commands/merge.ts',
      '/** Joins two people. */\nexport const merge = defineCommand({});',
      ['merge: `Refusals:`'],
    ],
    [
      'workers/crm/commands/merge.ts',
      '/** Joins two people. Refusals: NOT_FOUND. */\nexport const merge = defineCommand({});',
      [],
    ],
    ['workers/crm/merge.ts', 'export function merge() {}', []],
    [
      'workers/crm/types.ts',
      'export interface CrmPort { merge(a: string): Promise<CrmAnswer<void>>; }',
      ['CrmPort.merge: a sentence'],
    ],
    [
      'workers/crm/types.ts',
      'export interface CrmPort {\n/** Joins two people. */\nmerge(a: string): Promise<CrmAnswer<void>>; }',
      ['CrmPort.merge: `Refusals:`'],
    ],
    ['workers/crm/types.ts', 'export interface CrmPort {\n/** Counts people. */\ncount(): Promise<number>; }', []],
  ])('%s with %s', (file, code, gaps) => {
    expect(missing(file, code)).toEqual(gaps);
  });
  it('a file has no more gaps than the list says, and the list no more than the file', () => {
    const sources = new Map([['shared/x.ts', 'export function f() {}\nexport function g() {}']]);
    expect(documentationProblems(sources, { 'shared/x.ts': 2 })).toEqual({ problems: [], open: 2 });
    expect(documentationProblems(sources, { 'shared/x.ts': 1 }).problems).toHaveLength(2);
    expect(documentationProblems(sources, { 'shared/x.ts': 3 }).problems).toEqual([
      'dev/check/allowed.ts: shared/x.ts has 2 undocumented exports now, not 3: lower the number',
    ]);
    expect(documentationProblems(sources, { 'shared/x.ts': 2, 'shared/y.ts': 1 }).problems).toHaveLength(1);
  });
  it('the product has its sentences', () => {
    expect(documentationProblems().problems).toEqual([]);
  });
});
