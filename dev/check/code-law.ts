/**
 * What the law says about code and a path pattern cannot see: clocks, chance and waiting in rules, `env.DB` outside storage, `c.env` in
 * routes, `Env` in the signatures of domain modules. Called by check.ts; the law of imports is import-law.ts.
 */
import { isJudged, saysPure } from './import-law.ts';
import { RULE_FOLDERS } from './import-rules.ts';
import { sourcesOf } from './sources.ts';
import { nameOf, type Node, parseSource, walk } from './syntax.ts';

type Kind = 'Date.now' | 'new Date()' | 'Math.random' | 'async' | 'env.DB' | 'c.env' | 'Env' | 'bindingsOf';

interface CodeRule {
  kinds: Kind[];
  applies: (file: string, code: string) => boolean;
  /** Which entry point to take instead. */
  message: string;
}

const isRule = (file: string, code: string): boolean =>
  new RegExp(RULE_FOLDERS).test(file) || (file.startsWith('workers/') && saysPure(code));
/**
 * Where docs/seams.md lets `env` end; an object's class gets it from the runtime, projection/ holds D1 like storage/, and http/module-routes.ts says
 * of which type the app's bindings are.
 */
const ENV_ENDS =
  /^workers\/((index|app|queues|cron|env|handlers)\.ts$|http\/module-routes\.ts$|(tenancy|storage|projection|operations|development|integrations)\/|[a-z-]+\/[a-z-]+-object\.ts$)/;

/** The ports and the counter of requests: they turn a name into an object. */
const OPENS_OBJECTS = /^workers\/([a-z-]+\/client|http\/rate-limit)\.ts$/;

const RULES: CodeRule[] = [
  {
    kinds: ['async', 'Math.random'],
    applies: isRule,
    message: 'a rule is pure: no waiting, no chance; take them as parameters',
  },
  {
    kinds: ['Date.now', 'new Date()'],
    applies: (file) => /^(workers|shared)\//.test(file) && file !== 'shared/clock.ts',
    message: '`now` is a parameter; edges take it from shared/clock.ts (processNow), so that tests can move it',
  },
  {
    kinds: ['env.DB'],
    applies: (file) => /^workers\/(?!(storage|projection)\/|env\.ts$)/.test(file),
    message:
      'only storage/ and projection/ touch D1: openTenant gives the scoped handle, workers/storage/platform-db.ts the named cross-tenant entry point',
  },
  {
    kinds: ['c.env'],
    applies: (file) => /^workers\/(?!development\/).*([/-]routes|\.resource)\.ts$/.test(file),
    message:
      "a route sees no bindings: take `c.get('scope')` or `c.get('platform')`; what the scope lacks is added in workers/tenancy/scope.ts",
  },
  {
    kinds: ['Env'],
    applies: (file) => file.startsWith('workers/') && !ENV_ENDS.test(file),
    message:
      '`env` ends where docs/seams.md says: take the scope (workers/tenancy/scope.ts), its `config` or the closed `Platform` instead',
  },
  {
    kinds: ['bindingsOf'],
    applies: (file) => file.startsWith('workers/') && !ENV_ENDS.test(file) && !OPENS_OBJECTS.test(file),
    message:
      'bindings open in storage/, projection/, tenancy/, operations/ and development/ only: take a function of theirs that names the `Platform`',
  },
];

interface Finding {
  kind: Kind;
  line: number;
}

/** What the rules speak about in one source. */
function findings(file: string, code: string): Finding[] {
  const { program, lineOf } = parseSource(file, code);
  const found: Finding[] = [];
  walk(program, (node) => {
    for (const kind of kindsOf(node)) found.push({ kind, line: lineOf(node.start ?? 0) });
  });
  return found;
}

function kindsOf(node: Node): Kind[] {
  const kinds: Kind[] = [];
  if (node.type === 'MemberExpression') {
    const object = nameOf(node['object']);
    const property = nameOf(node['property']);
    if (object === 'Date' && property === 'now') kinds.push('Date.now');
    if (object === 'Math' && property === 'random') kinds.push('Math.random');
    if (property !== undefined && /^DB(_SHARD_\d+)?$/.test(property)) kinds.push('env.DB');
    if ((object === 'c' || object === 'context') && property === 'env') kinds.push('c.env');
  }
  if (node.type === 'CallExpression' && nameOf(node['callee']) === 'bindingsOf') kinds.push('bindingsOf');
  // const { env } = c
  if (node.type === 'VariableDeclarator' && ['c', 'context'].includes(nameOf(node['init']) ?? '')) {
    const taken = ((node['id'] as Node)['properties'] as Node[] | undefined) ?? [];
    if (taken.some((one) => nameOf(one['key']) === 'env')) kinds.push('c.env');
  }
  if (node.type === 'NewExpression' && nameOf(node['callee']) === 'Date' && (node['arguments'] as []).length === 0)
    kinds.push('new Date()');
  if (node['async'] === true || node.type === 'AwaitExpression') kinds.push('async');
  if (node.type === 'TSTypeReference' && nameOf(node['typeName']) === 'Env') kinds.push('Env');
  return kinds;
}

/** @returns the breaches of one source as `file:line: what: which entry point` */
export function codeBreaches(file: string, code: string): string[] {
  const rules = RULES.filter((rule) => rule.applies(file, code));
  if (rules.length === 0) return [];
  const found = findings(file, code);
  const breaches = rules.flatMap(({ kinds, message }) =>
    found.filter(({ kind }) => kinds.includes(kind)).map(({ kind, line }) => `${file}:${line}: ${kind}: ${message}`),
  );
  return [...new Set(breaches)];
}

/** @returns all breaches of the product */
export const codeLaw = (): string[] => [...sourcesOf(isJudged)].flatMap(([file, code]) => codeBreaches(file, code));
