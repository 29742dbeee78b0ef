/**
 * What the law says about code and a path pattern cannot see: clocks, chance and waiting in rules, `env.DB` outside storage, `c.env` in
 * routes, `Env` in the signatures of domain modules, memory that grows with what happens. Called by check.ts; the law of imports is import-law.ts.
 */
import { isJudged, saysPure } from './import-law.ts';
import { RULE_FOLDERS } from './import-rules.ts';
import { sourcesOf } from './sources.ts';
import { nameOf, type Node, parseSource, walk } from './syntax.ts';

type Kind = 'Date.now' | 'new Date()' | 'Math.random' | 'async' | 'env.DB' | 'c.env' | 'Env' | 'bindingsOf' | 'grows';

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

/** What stays from one request to the next or in the member of a class, begins empty, and ends all the same: why it does. */
const ENDS: Readonly<Record<string, string>> = {
  'shared/lazy.ts': 'one entry a lazy import of the code',
  'shared/spoken-time/grammar/item-list.ts': 'one text',
  'shared/spoken-time/read-text.ts': 'stays empty',
  'shared/spoken-time/words/lexicon.ts': 'filled from its tables while it loads',
  'shared/spoken-time/words/numbers.ts': 'filled from its tables while it loads',
  'workers/calendar-sync/push.ts': 'the steps of one push',
  'workers/calendar-sync/push-event-types.ts': 'the types of one request',
  'workers/calendar/engine/availability.ts': 'one search',
  'workers/calendar/engine/intervals.ts': 'stays empty',
  'workers/calendar/engine/party.ts': 'one search',
  'workers/identity/password.ts': 'MAX_AT_ONCE turns',
  'workers/jobs/cron-runner.ts': 'one entry a cron of the code',
  'workers/ledger/drive-transfers.ts': 'MAX_ASKED, taken away when a try ends',
  'workers/ledger/rules/verify.ts': 'MAX_PROBLEMS',
  'workers/log.ts': 'MAX_WAITING_LINES, taken away every minute',
  'workers/tenancy/presence-object.ts': 'MAX_DAYS, MAX_PEOPLE and MAX_PAGES of object-runtime/looks.ts',
  'workers/object-runtime/rate.ts': 'MAX_WINDOWS, the oldest go first',
  'shared/gather.ts': 'written after `withinMs`',
  'workers/projection/apply.ts': 'one entry a projected table',
  'workers/telephony/emergencies/grammar.ts': 'the entries of its tables; spans of one text',
};

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
    kinds: ['grows'],
    applies: (file) => /^(workers|shared)\//.test(file) && !(file in ENDS),
    message:
      'what an isolate or object keeps needs a bound: take BoundedMap of shared/bounded-map.ts, or say in ENDS why it ends',
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
  for (const line of growing(program).map(({ start }) => lineOf(start ?? 0))) found.push({ kind: 'grows', line });
  return found;
}

/** Variables of the module and members of its classes that begin as an empty collection. */
function growing(program: Node): Node[] {
  const found: Node[] = [];
  for (const statement of program['body'] as Node[]) {
    const declaration = ((statement['declaration'] as Node | null | undefined) ?? statement) as Node;
    if (declaration.type !== 'VariableDeclaration') continue;
    for (const one of declaration['declarations'] as Node[]) if (beginsEmpty(one['init'])) found.push(one);
  }
  walk(program, (node) => {
    if (node.type === 'PropertyDefinition' && beginsEmpty(node['value'])) found.push(node);
  });
  return found;
}

function beginsEmpty(value: unknown): boolean {
  const node = value as Node | null | undefined;
  if (node?.type === 'ArrayExpression') return (node['elements'] as []).length === 0;
  if (node?.type !== 'NewExpression') return false;
  return ['Map', 'Set'].includes(nameOf(node['callee']) ?? '') && (node['arguments'] as []).length === 0;
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

/** @returns all breaches of the product, and what ENDS excuses without need */
export function codeLaw(): string[] {
  const sources = sourcesOf(isJudged);
  const needless = Object.keys(ENDS).filter((file) => {
    const code = sources.get(file);
    return code === undefined || growing(parseSource(file, code).program).length === 0;
  });
  return [
    ...[...sources].flatMap(([file, code]) => codeBreaches(file, code)),
    ...needless.map((file) => `${file}: nothing in it begins empty: take it out of ENDS (dev/check/code-law.ts)`),
  ];
}
