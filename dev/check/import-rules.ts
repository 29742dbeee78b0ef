/**
 * The import law of docs/architecture.md as rules of dependency-cruiser: who may import whom. Each comment names the entry point to
 * take instead; it is what a breach prints. Read by import-law.ts.
 */
import type { IForbiddenRuleType, IReachabilityForbiddenRuleType, IRegularForbiddenRuleType } from 'dependency-cruiser';

/** Wiring, and the development entry points that reach everywhere on purpose. */
const ENTRY = '^workers/((index|app|queues|cron|handlers)\\.ts$|development/)';
const ROUTES = '^workers/.*([/-]routes|\\.resource)\\.ts$';
const OBJECTS = '^workers/.*-object\\.ts$';
const OBJECT_PARTS = `${OBJECTS}|^workers/(calendar|ledger)/(schema|queries)\\.ts$`;
const PORTS = '^workers/[a-z-]+/client\\.ts$';
/** The vendor's words without any call: verifying a signature, reading an event. */
const WIRE_WORDS = '^workers/integrations/(signatures|retell-function|[a-z]+-events)\\.ts$';
/** Modules every other module may use: what lies below the domain. */
const COMMON = 'object-runtime|storage|http|tenancy|identity|projection|integrations|events|resources|jobs|alarms';
/** What other modules may import of a domain module, each with its reason; everything else of it is its own. */
const PUBLIC_FILES = [
  // shapes, events and the shape of a port are spoken across modules
  '/(types|events|port)\\.ts$',
  // every vendor webhook is stored once before it is answered
  '^workers/operations/webhook-log\\.ts$',
  // … also while D1 is down
  '^workers/operations/webhook-aside\\.ts$',
  // … whose turn is counted by source and tenant, also where a vendor's are worked on in their own request
  '^workers/operations/webhook-turns\\.ts$',
  // the contract between an effect and its handler
  '^workers/operations/effects\\.ts$',
  // what a company has set holds on the phone as its routes show it
  '^workers/calendar/rules/company\\.ts$',
  // what a service takes and costs at a branch is said on the phone as it is quoted
  '^workers/calendar/engine/terms\\.ts$',
  // what service and person are called at Cal.com is read and written in one way
  '^workers/calendar/rules/event-types\\.ts$',
  // what holds for the whole instance, and the plans that tenants are given
  '^workers/instance/(settings|issuer|plans)\\.ts$',
  // which legal texts hold for whom, and what a tenant agreed to
  '^workers/legal/(texts-of|queries/contracts)\\.ts$',
  // a business comes into being in one way, whoever asks for it; the search over everything finds tenants as their list does
  '^workers/tenants/(commands/create-tenant|rules/slug|queries/tenants)\\.ts$',
  // a subscription's state is a tenant's like a date's
  '^workers/tenants/commands/follow-subscription\\.ts$',
  // the operator's switch of sign-up is a setting like the others
  '^workers/instance/commands/change-settings\\.ts$',
  // a plan of whoever sells becomes terms in one way
  '^workers/ledger/rules/terms\\.ts$',
  // who acts is named to the calendar in one way
  '^workers/calendar/actor-ref\\.ts$',
  // what a trade asks its callers is written once: the wizard shows it, the agent's prompt says it
  '^workers/onboarding/templates\\.ts$',
  // a test call is a call: what answers it is what answers Retell
  '^workers/telephony/test-call/test-call\\.ts$',
  // whoever writes to people asks the one rule, and what was said counts in one way
  '^workers/notifications/(may-send|rules/may-send)\\.ts$',
  // a stop is honoured in one way, by whatever way it comes
  '^workers/crm/consents/commands/stop-messages\\.ts$',
  // an import fills empty fields and puts tags on as people do
  '^workers/crm/commands/(create-tag|update-customer)\\.ts$',
  // callers and attendees become customers in one way
  '^workers/crm/customers\\.ts$',
];
/** Rules by folder. */
export const RULE_FOLDERS = '^workers/[a-z-]+/(rules|engine)/';

/** A package by name: resolved into node_modules, or as written where it is not installed. */
const packages = (...names: string[]): string => `^(node_modules/)?(${names.join('|')})(/|$)`;
/** `import type` leaves nothing in the code; rules about what a file may do let it pass, rules about what it may know do not. */
const runs = { dependencyTypesNot: ['type-only' as const] };

/** @param pureFiles files whose opening comment begins with "Pure": held to what they say, wherever they lie */
export function importRules(pureFiles: readonly string[]): IForbiddenRuleType[] {
  const rules = [RULE_FOLDERS, ...pureFiles.map((file) => `^${file.replaceAll('.', '\\.')}$`)];
  const rule = <R extends IRegularForbiddenRuleType | IReachabilityForbiddenRuleType>(
    name: string,
    comment: string,
    from: R['from'],
    to: R['to'],
  ): IForbiddenRuleType => ({ name, comment, severity: 'error', from, to }) as R;

  return [
    rule('no-circular', 'A circle is one module: move what both need below them.', {}, { circular: true }),
    rule(
      'resolved',
      'The file or package is not there: mend the path, or add the package to package.json.',
      {},
      { couldNotResolve: true, pathNot: '^cloudflare:|^virtual:' },
    ),
    rule(
      'shared-is-vocabulary',
      'shared/ is the vocabulary of both sides: only shared/ itself, zod and small pure libraries.',
      { path: '^shared/' },
      {
        pathNot: [
          '^shared/',
          packages(
            'zod',
            'temporal-polyfill',
            'rrule-temporal',
            'libphonenumber-js',
            'ts-ics',
            'canonicalize',
            'jose',
            '@messageformat/runtime',
          ),
        ],
      },
    ),
    rule(
      'spoken-time-by-its-index',
      'The reader of spoken time is a package: import shared/spoken-time/index.ts.',
      { pathNot: '^shared/spoken-time/' },
      { path: '^shared/spoken-time/', pathNot: '^shared/spoken-time/index\\.ts$' },
    ),
    rule(
      'web-speaks-http',
      'The web apps speak to the Worker over HTTP: shapes live in shared/contract, nothing of workers/ comes along.',
      { path: '^web/' },
      { path: ['^(workers|dev|tests)/', '^cloudflare:', packages('hono', '@hono/[^/]+', 'drizzle-orm')] },
    ),
    rule(
      'web-speaks-http-node',
      'The web apps run in a browser: nothing of Node; what both sides need stands in shared/.',
      { path: '^web/' },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'tools-never-ship',
      'dev/ and tests/ never ship: what the product needs of them belongs into workers/ or shared/.',
      { path: '^(shared|workers|web)/' },
      { path: '^(dev|tests)/' },
    ),
    rule(
      'rules-are-pure',
      'A rule is pure: pass it facts and `now`, let the command or the query around it touch the world.',
      { path: rules },
      {
        path: [
          '^cloudflare:',
          packages('hono', '@hono/[^/]+', 'drizzle-orm', 'better-auth', 'stripe'),
          '^workers/env\\.ts$',
          ROUTES,
          OBJECT_PARTS,
          PORTS,
          '^workers/(http|storage|projection|identity|integrations)/',
        ],
        pathNot: WIRE_WORDS,
        ...runs,
      },
    ),
    rule(
      'rules-are-pure-node',
      'A rule is pure: nothing of Node; hashes come from @noble/hashes (shared/), facts and `now` as parameters.',
      { path: rules },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'events-are-words',
      'events/ is the table of events and effects: shared/ only. What a module makes of an event stands in its projects.ts or reactions.ts.',
      { path: '^workers/events/' },
      { path: '.', pathNot: ['^workers/events/', '^shared/', packages('zod')] },
    ),
    rule(
      'runtime-below-modules',
      'object-runtime/ lies below all modules: shared/ and cloudflare:workers only; what differs is passed in.',
      { path: '^workers/object-runtime/' },
      {
        path: ['^workers/', packages('hono', 'drizzle-orm', 'stripe')],
        pathNot: ['^workers/object-runtime/', '^workers/log\\.ts$'],
        ...runs,
      },
    ),
    rule(
      'runtime-below-modules-node',
      'object-runtime/ lies below all modules: nothing of Node (a hash of node:crypto costs 70 µs a call, @noble/hashes less).',
      { path: '^workers/object-runtime/' },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'objects-decide',
      'An object decides and writes: vendors are called by effects (reactions, jobs.ts), HTTP stays in routes.ts.',
      { path: OBJECT_PARTS },
      {
        path: ['^workers/(http|integrations|identity)/', ROUTES, packages('hono', '@hono/[^/]+', 'stripe')],
        ...runs,
      },
    ),
    rule(
      'objects-not-http',
      'No way from an object leads to http/: take the value out of http/ into shared/ or pass it in.',
      { path: OBJECTS, pathNot: ENTRY },
      { path: '^workers/http/', reachable: true },
    ),
    rule(
      'objects-not-each-other',
      'Objects do not know each other: speak through an event or the scope.',
      { path: OBJECTS },
      { path: OBJECTS, ...runs },
    ),
    rule(
      'ports-hang-on-the-scope',
      'Ports hang on the scope: take `scope.calendar` or `scope.ledger` from openTenant (workers/tenancy/scope.ts).',
      { path: '^workers/', pathNot: ['^workers/tenancy/scope\\.ts$', ENTRY] },
      { path: PORTS, ...runs },
    ),
    rule(
      'classes-leave-by-index',
      'Object classes are exported by workers/index.ts alone: call them through the port on the scope.',
      { path: '^workers/', pathNot: ENTRY },
      { path: OBJECTS, ...runs },
    ),
    rule(
      'drizzle-in-storage',
      'D1 is reached through a query file in workers/storage/ (or workers/projection/).',
      { path: '^workers/', pathNot: ['^workers/(storage|projection)/', ENTRY] },
      { path: packages('drizzle-orm'), ...runs },
    ),
    rule(
      'storage-knows-rows',
      'storage/ and projection/ know no module, types included: a module declares its rows in its projects.ts, the caller passes what it decided.',
      { path: '^workers/(storage|projection)/' },
      {
        path: '^workers/',
        pathNot: ['^workers/(storage|projection|object-runtime|events)/', '^workers/(env|log)\\.ts$'],
      },
    ),
    rule(
      'http-knows-who',
      'http/ and identity/ know who asks, not what for: use tenancy/ and the queries of storage/.',
      { path: '^workers/(http|identity)/' },
      {
        path: '^workers/',
        // identity declares its nouns as every module does
        pathNot: ['^workers/(http|identity|tenancy|storage|object-runtime|resources)/', '^workers/(env|log)\\.ts$'],
        ...runs,
      },
    ),
    rule(
      'routes-ask-the-scope',
      'A route asks the scope; what must call a vendor at once is a command of the module (commands/).',
      { path: ROUTES, pathNot: ENTRY },
      {
        path: ['^workers/(integrations|projection)/', OBJECT_PARTS, packages('stripe'), '^cloudflare:'],
        pathNot: WIRE_WORDS,
        ...runs,
      },
    ),
    rule(
      'routes-call-commands-and-queries',
      'A route turns HTTP into input and answers into HTTP: changes are made by commands/, reads by queries/ of the module, vendors are verified and called there.',
      { path: '^workers/.*[/-]routes\\.ts$', pathNot: ENTRY },
      { path: ['^workers/(integrations|storage)/', '^workers/identity/audit\\.ts$'], ...runs },
    ),
    rule(
      'commands-have-no-request',
      'A command or query is called by every edge: it takes the scope and its input; the request stays in routes.ts.',
      { path: '^workers/[a-z-]+/(commands|queries)/' },
      // a cursor is a word of lists, not of requests
      {
        path: [packages('hono', '@hono/[^/]+'), '^workers/http/', ROUTES],
        pathNot: '^workers/http/list\\.ts$',
        ...runs,
      },
    ),
    rule(
      'integrations-know-the-vendor',
      'integrations/ know the vendor and nothing of us: take what you need as a parameter.',
      { path: '^workers/integrations/' },
      { path: ['^workers/', packages('hono', 'drizzle-orm')], pathNot: '^workers/integrations/' },
    ),
    rule(
      'resources-know-no-module',
      'resources/ is the machine, nouns are declared in their own module: <noun>.resource.ts there calls defineResource.',
      { path: '^workers/resources/' },
      {
        path: '^workers/',
        pathNot: ['^workers/(resources|http|storage|tenancy|identity|events)/', '^workers/(env|log)\\.ts$'],
      },
    ),
    rule(
      'jobs-know-no-module',
      'jobs/ is the runner: a module registers its steps in its own jobs.ts, wiring hands them in.',
      { path: '^workers/jobs/' },
      {
        path: '^workers/',
        // its own routes, nouns and commands stand on the edge and the activity log as every module's do
        pathNot: [
          '^workers/(jobs|storage|tenancy|events|http|resources|alarms)/',
          '^workers/identity/audit\\.ts$',
          '^workers/(env|log)\\.ts$',
        ],
        ...runs,
      },
    ),
    rule(
      'work-has-no-request',
      'Jobs, reactions and channels have no request: take the scope and integrations/.',
      { path: '^workers/.*/(jobs|react|reactions|projects|channels)\\.ts$|^workers/notifications/channels/' },
      { path: packages('hono', '@hono/[^/]+'), ...runs },
    ),
    rule(
      'modules-by-their-ports',
      'Modules do not reach into each other: use a port on the scope, a domain event, or move the shared word to shared/.',
      { path: '^workers/([a-z-]+)/', pathNot: [`^workers/(${COMMON})/`, ENTRY] },
      { path: '^workers/[a-z-]+/', pathNot: ['^workers/$1/', `^workers/(${COMMON})/`, ...PUBLIC_FILES], ...runs },
    ),
    rule(
      'time-by-shared-time',
      'Wall-clock rules go through shared/time.ts (one place knows which Temporal is safe).',
      { path: '^(workers|web)/' },
      { path: packages('temporal-polyfill') },
    ),
  ];
}
