/** The import law of docs/architecture.md as a table: who may import whom, and which door to take instead. Called by check.ts. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cycles, type Finding, type Import, readSource, type SourceFile } from './import-graph.ts';

/** Wiring, and the development doors that reach everywhere on purpose. */
const ENTRY = /^workers\/((index|app|queues|cron|handlers)\.ts$|development\/)/;
/** The vendor's words without any call: verifying a signature, reading an event. */
const WIRE_WORDS = /^workers\/integrations\/(signatures|retell-function|[a-z]+-events)\.ts$/;
/** Rooms every other room may use: they are floors and doors, not domains. */
const COMMON_ROOMS = [
  'events',
  'object-runtime',
  'storage',
  'http',
  'tenancy',
  'identity',
  'projection',
  'integrations',
  'resources',
];
/** Doors of domain rooms that other rooms may import, each with its reason; everything else of a room is its own. */
const DOORS = new Map([
  ['workers/operations/webhook-log.ts', 'every vendor webhook is stored once before it is answered'],
  ['workers/operations/webhook-aside.ts', 'every vendor webhook is stored once, also while D1 is down'],
  ['workers/operations/effects.ts', 'the contract between an effect and its handler'],
  ['workers/calendar/rules/company.ts', 'what a company has set holds on the phone as its routes show it'],
  ['workers/crm/customers.ts', 'callers and attendees become customers in one way'],
]);
/** Small pure libraries that the shared vocabulary may stand on. */
const SHARED_PACKAGES = /^(zod|temporal-polyfill|rrule-temporal|libphonenumber-js|ts-ics)(\/|$)/;
/** Rooms whose files are rules unless their name says otherwise. */
const RULE_ROOMS = /^workers\/(calendar|ledger|policies)\//;
/** Names that say: not a rule. */
const NO_RULE =
  /(-object|\/(schema|client|queries|routes|jobs|reactions|projects|store|actions|sse|[a-z-]*-(routes|store|queries|action|rows)))\.ts$/;

const room = (file: string): string | null => /^workers\/([a-z-]+)\//.exec(file)?.[1] ?? null;
const inRoom =
  (...rooms: string[]) =>
  (file: string) =>
    rooms.includes(room(file) ?? '');
const isTest = (file: string) => /\.(test|fixture)\.tsx?$/.test(file);
const isRoutes = (file: string) => /^workers\/.*(^|\/|-)routes\.ts$/.test(file);
const isObject = (file: string) =>
  /^workers\/.*-object\.ts$/.test(file) || /^workers\/(calendar|ledger)\/(schema|queries)\.ts$/.test(file);
const isPort = (file: string) => /^workers\/[a-z-]+\/client\.ts$/.test(file);
/** A rule is a file of a rule room, or one whose opening comment begins with "Pure". */
const isRule = (file: SourceFile): boolean =>
  file.path.startsWith('workers/') &&
  ((RULE_ROOMS.test(file.path) && !NO_RULE.test(file.path)) || /^\s*\/[*/]+\s*Pure\b/.test(file.opening));

interface ImportRule {
  from: (file: SourceFile) => boolean;
  bans: (target: Import, file: SourceFile) => boolean;
  /** Whether `import type` breaks the rule too. */
  typesToo: boolean;
  /** Says which door to take. */
  message: string;
}

const file = (test: (path: string) => boolean) => (target: Import) => target.isFile && test(target.target);
const pack = (test: RegExp) => (target: Import) => !target.isFile && test.test(target.target);
const either =
  (...tests: ((target: Import, file: SourceFile) => boolean)[]) =>
  (target: Import, source: SourceFile) =>
    tests.some((test) => test(target, source));

const IMPORT_RULES: ImportRule[] = [
  {
    from: ({ path }) => path.startsWith('shared/'),
    bans: either(
      file((target) => !target.startsWith('shared/')),
      (target) => !target.isFile && !SHARED_PACKAGES.test(target.target),
    ),
    typesToo: true,
    message: 'shared/ is the vocabulary of both sides: only shared/ itself, zod and small pure libraries',
  },
  {
    from: ({ path }) => !path.startsWith('shared/spoken-time/'),
    bans: file((target) => /^shared\/spoken-time\/.+/.test(target) && target !== 'shared/spoken-time/index.ts'),
    typesToo: true,
    message: 'the reader of spoken time is a package: import shared/spoken-time/index.ts',
  },
  {
    from: ({ path }) => path.startsWith('web/'),
    bans: either(
      file((target) => !/^(web|shared)\//.test(target)),
      pack(/^(node:|cloudflare:|hono|drizzle-orm)/),
    ),
    typesToo: true,
    message: 'the faces speak to the Worker over HTTP: shapes live in shared/contract, nothing of workers/ comes along',
  },
  {
    from: ({ path }) => /^(shared|workers|web)\//.test(path),
    bans: file((target) => /^(dev|tests)\//.test(target)),
    typesToo: true,
    message: 'dev/ and tests/ never ship: what the product needs of them belongs into workers/ or shared/',
  },
  {
    from: isRule,
    bans: either(
      pack(/^(hono|@hono\/|drizzle-orm|better-auth|stripe|worker-mailer|cloudflare:)/),
      pack(/^node:/),
      file((target) => target === 'workers/env.ts' || isRoutes(target) || isObject(target) || isPort(target)),
      file(inRoom('http', 'storage', 'projection', 'identity')),
    ),
    typesToo: false,
    message:
      'a rule is pure: pass it facts and `now`, let the object method or the action file around it touch the world',
  },
  {
    from: ({ path }) => inRoom('events')(path),
    bans: either(
      file((target) => !target.startsWith('shared/') && !target.startsWith('workers/events/')),
      (target) => !target.isFile && !/^zod(\/|$)/.test(target.target),
    ),
    typesToo: true,
    message:
      'events/ lies below all modules: shared/ and zod only; what an event means for a module is its projects.ts, live.ts, reactions.ts',
  },
  {
    from: ({ path }) => inRoom('object-runtime')(path),
    bans: either(
      file((target) => target.startsWith('workers/') && !target.startsWith('workers/object-runtime/')),
      (target) => target.target.startsWith('node:'),
      pack(/^(hono|drizzle-orm|stripe)/),
    ),
    typesToo: false,
    message: 'object-runtime/ lies below all modules: shared/ and cloudflare:workers only; what differs is passed in',
  },
  {
    from: ({ path }) => isObject(path),
    bans: either(
      file((target) => inRoom('http', 'integrations', 'identity')(target) || isRoutes(target)),
      pack(/^(hono|@hono\/|stripe)/),
    ),
    typesToo: false,
    message:
      'an object decides and writes: vendors are called by effects (reactions.ts, jobs.ts), HTTP stays in routes.ts',
  },
  {
    from: ({ path }) => isObject(path),
    bans: (target) => target.isFile && /-object\.ts$/.test(target.target),
    typesToo: false,
    message: 'objects do not know each other: speak through an event (reactions.ts) or the scope',
  },
  {
    from: ({ path }) => path.startsWith('workers/') && path !== 'workers/tenancy/scope.ts' && !ENTRY.test(path),
    bans: file(isPort),
    typesToo: false,
    message:
      'ports hang on the scope: take `scope.calendar` or `scope.ledger` from openTenant (workers/tenancy/scope.ts)',
  },
  {
    from: ({ path }) => path.startsWith('workers/') && !ENTRY.test(path),
    bans: (target) => target.isFile && /-object\.ts$/.test(target.target),
    typesToo: false,
    message: 'object classes are exported by workers/index.ts alone: call them through the port on the scope',
  },
  {
    from: ({ path }) => path.startsWith('workers/') && !inRoom('storage', 'projection')(path) && !ENTRY.test(path),
    bans: pack(/^drizzle-orm/),
    typesToo: false,
    message: 'D1 is reached through a query file in workers/storage/ (or workers/projection/)',
  },
  {
    from: ({ path }) => inRoom('storage', 'projection')(path),
    bans: file(
      (target) =>
        target.startsWith('workers/') &&
        !inRoom('storage', 'projection', 'object-runtime', 'events')(target) &&
        target !== 'workers/env.ts',
    ),
    typesToo: true,
    message:
      'storage/ and projection/ know no module, types included: a module declares its rows in its projects.ts, the caller passes what it decided',
  },
  {
    from: ({ path }) => inRoom('http', 'identity')(path),
    bans: file(
      (target) =>
        target.startsWith('workers/') &&
        !inRoom('http', 'identity', 'tenancy', 'storage', 'object-runtime')(target) &&
        target !== 'workers/env.ts',
    ),
    typesToo: false,
    message: 'http/ and identity/ know who asks, not what for: use tenancy/ and the doors of storage/',
  },
  {
    from: ({ path }) => isRoutes(path) && !ENTRY.test(path),
    bans: either(
      file((target) => inRoom('integrations', 'projection')(target) && !WIRE_WORDS.test(target)),
      file((target) => isObject(target)),
      pack(/^(stripe|worker-mailer|cloudflare:)/),
    ),
    typesToo: false,
    message: 'a route asks the scope; what must call a vendor at once is an action file of the room',
  },
  {
    from: ({ path }) => inRoom('integrations')(path),
    bans: either(
      file((target) => target.startsWith('workers/') && !target.startsWith('workers/integrations/')),
      pack(/^(hono|drizzle-orm)/),
    ),
    typesToo: true,
    message: 'integrations/ know the vendor and nothing of us: take what you need as a parameter',
  },
  {
    from: ({ path }) =>
      /^workers\/.*\/(jobs|reactions)\.ts$/.test(path) || path.startsWith('workers/notifications/channels/'),
    bans: pack(/^(hono|@hono\/)/),
    typesToo: false,
    message: 'jobs and reactions have no request: take the scope and integrations/',
  },
  {
    from: ({ path }) => {
      const own = room(path);
      return own !== null && !COMMON_ROOMS.includes(own) && !ENTRY.test(path);
    },
    bans: (target, { path }) => {
      const theirs = target.isFile ? room(target.target) : null;
      if (theirs === null || theirs === room(path) || COMMON_ROOMS.includes(theirs)) return false;
      return !/\/(types|events)\.ts$/.test(target.target) && !DOORS.has(target.target);
    },
    typesToo: false,
    message:
      'rooms do not reach into each other: use a port on the scope, a domain event, or move the shared word to shared/',
  },
  {
    from: ({ path }) => /^(workers|web)\//.test(path),
    bans: pack(/^temporal-polyfill/),
    typesToo: false,
    message: 'wall-clock rules go through shared/time.ts (one place knows which Temporal is safe)',
  },
];

interface FindingRule {
  from: (file: SourceFile) => boolean;
  kinds: Finding['kind'][];
  message: string;
}

const FINDING_RULES: FindingRule[] = [
  {
    from: isRule,
    kinds: ['async', 'Math.random'],
    message: 'a rule is pure: no waiting, no chance; take them as parameters',
  },
  {
    from: ({ path }) => /^(workers|shared)\//.test(path) && path !== 'shared/clock.ts',
    kinds: ['Date.now', 'new Date()'],
    message: '`now` is a parameter; edges take it from shared/clock.ts (processNow), so that tests can move it',
  },
  {
    from: ({ path }) =>
      path.startsWith('workers/') && !inRoom('storage', 'projection')(path) && path !== 'workers/env.ts',
    kinds: ['env.DB'],
    message:
      'only storage/ and projection/ touch D1: openTenant gives the scoped handle, platform-db the named cross-tenant door',
  },
];

/** @returns every breach as `path:line: what (which door)`; tests may import anything and are not judged */
export function judge(files: readonly SourceFile[]): string[] {
  const judged = files.filter(({ path: name }) => !isTest(name));
  const breaches: string[] = [];
  for (const source of judged) {
    for (const rule of IMPORT_RULES) {
      if (!rule.from(source)) continue;
      for (const target of source.imports) {
        if ((rule.typesToo || !target.isType) && rule.bans(target, source)) {
          breaches.push(`${source.path}:${target.line}: imports ${target.target}: ${rule.message}`);
        }
      }
    }
    for (const rule of FINDING_RULES) {
      if (!rule.from(source)) continue;
      for (const finding of source.findings) {
        if (rule.kinds.includes(finding.kind)) {
          breaches.push(`${source.path}:${finding.line}: ${finding.kind}: ${rule.message}`);
        }
      }
    }
  }
  for (const circle of cycles(judged)) {
    breaches.push(`${circle[0]}: a circle of imports: ${circle.join(' → ')}: move what both need below them`);
  }
  return [...new Set(breaches)];
}

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** All sources of the product. */
export function productSources(): SourceFile[] {
  const sources: SourceFile[] = [];
  for (const folder of ['shared', 'workers', 'web']) {
    for (const found of readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!found.isFile() || !/\.tsx?$/.test(found.name) || found.name.endsWith('.d.ts')) continue;
      const absolute = path.join(found.parentPath, found.name);
      sources.push(readSource(path.relative(root, absolute).split(path.sep).join('/'), readFileSync(absolute, 'utf8')));
    }
  }
  return sources;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const breaches = judge(productSources());
  for (const breach of breaches) console.error(breach);
  console.log(`import law: ${breaches.length === 0 ? 'kept' : `${breaches.length} breaches`}`);
  process.exit(breaches.length === 0 ? 0 : 1);
}
