/**
 * `npm run prove large-tenant`: the built product over HTTP with a tenant of 1,000,000 movements beside one of some hundreds: every list that
 * a key can ask, its deep page, each of its filters and orders, and the balance, in interleaved pairs at one connection. The state folder
 * stays in `.wrangler/prove`, so that a stopped run goes on and the next one fills nothing.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FIGURE_NAMES } from '../../shared/figure-names.ts';
import type { TenantId } from '../../shared/ids.ts';
import { DAY, toIso } from '../../shared/time.ts';
import { COUNTED_NAMES, MAX_WIDGETS_ASKED } from '../../shared/widget-names.ts';
import type { SeedOperation } from '../../workers/development/seed.ts';
import { choicesOf, type OpenApi, type Operation, operationsOf } from '../../tests/contract/document.ts';
import { medianInterval } from '../bench/interval.ts';
import { buildProduct } from '../build.ts';
import { root } from '../check/files.ts';
import { key, SALON, SALON_SCHEDULE, SALON_SERVICES, SALON_STAFF, TENANTS, TERMS } from '../demo-data/tenants.ts';
import { freePorts } from '../server/free-ports.ts';
import { type RunningServer, startAskPro } from '../server/server.ts';
import { ensureDevVars } from '../server/variables.ts';
import { customerId, personOf, SEED } from './people.ts';
import {
  callId,
  databaseFile,
  emailOf,
  type Filled,
  fillTenant,
  KINDS,
  LARGE,
  phoneOf,
  RARE_EVENT,
  type Size,
  SMALL,
  TAG,
} from './tenant-rows.ts';

const FOLDER = path.join(root, '.wrangler', 'prove', 'large-tenant');
const STATE = path.join(FOLDER, 'state');
const PROGRESS = path.join(FOLDER, 'progress.json');
const PAIRS = 31;
const WARM_UP = 3;
/** A line above its bound is asked so many times more before it is judged. */
const AGAIN = 2;
/** What the issue allows: large ÷ small, and the balance ÷ `/api/me`. */
const MAX_RATIO = 1.3;
const MAX_BALANCE_RATIO = 2;
/** Half-width of an interval, relative to its median, beyond which the median judges. */
const WIDE = 0.1;
const DEPTH = 0.9;

interface Side {
  id: TenantId;
  key: string;
  size: Size;
  /** path → cursor of the page at 90 % depth, by the order that is asked (`''`: the list's own) */
  deep: Map<string, Map<string, string>>;
}
const sideOf = (name: string, size: Size): Side => ({
  id: `ten_prove_${name}` as TenantId,
  key: `ask_test_prove_${name}`,
  size,
  deep: new Map(),
});
const large = sideOf('large', LARGE);
const small = sideOf('small', SMALL);
const SIDES = [large, small] as const;

const tenantOf = ({ id }: Side): SeedOperation => {
  const salon = TENANTS.find((one) => one.id === SALON);
  if (salon === undefined) throw new Error('the demo data has no salon');
  const slug = id.replace('ten_', '').replace('_', '-');
  return { op: 'tenant', record: { ...salon, id, parentId: 'platform' as TenantId, slug, name: slug } };
};

/** The tenants themselves, through the entry point of the demo data. */
async function makeTenants(url: string, base: number): Promise<void> {
  const terms = TERMS.find((one) => one.tenantId === SALON)?.terms;
  if (terms === undefined) throw new Error('the demo data has no terms of the salon');
  const operations: SeedOperation[] = [
    ...TENANTS.filter((one) => one.type === 'platform').map((record): SeedOperation => ({ op: 'tenant', record })),
    ...SIDES.flatMap((side): SeedOperation[] => [
      tenantOf(side),
      key(side.id, side.id, side.key),
      { op: 'terms', tenantId: side.id, command: { key: 'prove:terms', terms } },
      { op: 'schedule', tenantId: side.id, key: 'prove:schedule', at: base - 800 * DAY, items: SALON_SCHEDULE },
      { op: 'tags', tenantId: side.id, rows: [{ id: TAG, name: 'Stammkundschaft', createdAt: base }] },
    ]),
  ];
  const answer = await fetch(`${url}/api/dev/seed`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operations }),
  });
  const body = (await answer.json()) as { refused?: unknown[] };
  if (!answer.ok || (body.refused ?? []).length > 0) throw new Error(`seed: ${answer.status} ${JSON.stringify(body)}`);
  await fetch(`${url}/api/dev/flush`, { method: 'POST' });
}

interface Served {
  server: RunningServer;
  /** of the plain socket */
  port: number;
}
async function serve(): Promise<Served> {
  const port = await freePorts();
  const direct = port + 1;
  const server = await startAskPro({
    port,
    directPort: direct,
    state: STATE,
    sandbox: false,
    sandboxPort: port + 2,
    smtpPort: port + 3,
    cron: false,
    background: false,
    demoData: false,
    variables: { RATE_LIMIT_SCALE: '100000' },
  });
  return { server, port: direct };
}

/** Where the page at 90 % depth of each list begins: the sort values of the row before it. Asked of the file, while no server has it. */
function findDepths(side: Side): void {
  const db = new DatabaseSync(databaseFile(STATE, side.id), { readOnly: true });
  const encode = (parts: readonly (string | number)[]): string =>
    Buffer.from(JSON.stringify(parts)).toString('base64url');
  const lists: [string, string, string, keyof Size, readonly [order: string, column: string][]][] = [
    [
      '/api/v1/customers',
      'customers',
      'id',
      'customers',
      [
        ['created_at', 'created_at'],
        ['-created_at', 'created_at'],
        ['name', 'name_key'],
        ['-name', 'name_key'],
        ['last_activity_at', 'activity_order'],
        ['-last_activity_at', 'activity_order'],
      ],
    ],
    [
      '/api/v1/appointments',
      'appointments',
      'id',
      'appointments',
      [
        ['', 'starts_at'],
        ['-starts_at', 'starts_at'],
      ],
    ],
    ['/api/v1/calls', 'calls', 'id', 'calls', [['', 'started_at']]],
    [
      '/api/v1/callback-requests',
      'callback_requests',
      'id',
      'callbacks',
      [
        ['-created_at', 'created_at'],
        ['created_at', 'created_at'],
      ],
    ],
    ['/api/v1/activity', 'audit_log', 'id', 'activity', [['', 'created_at']]],
    ['/api/v1/notifications', 'notifications', 'id', 'notifications', [['', 'created_at']]],
    ['/api/v1/webhook-logs', 'webhook_logs', 'id', 'webhooks', [['', 'received_at']]],
    ['/api/v2/transactions', 'ledger_entries', '', 'entries', [['', 'sequence']]],
  ];
  for (const [list, table, id, kind, orders] of lists) {
    const cursors = new Map<string, string>();
    for (const [order, column] of orders) {
      // Every list is newest first unless it is asked otherwise; appointments begin with the earliest.
      const descending = order === '' ? list !== '/api/v1/appointments' : order.startsWith('-');
      const direction = descending ? 'DESC' : 'ASC';
      const row = db
        .prepare(
          `SELECT ${column} AS value${id === '' ? '' : `, ${id} AS id`} FROM ${table} WHERE tenant_id = ? ORDER BY ${column} ${direction}${id === '' ? '' : `, ${id} ${direction}`} LIMIT 1 OFFSET ${Math.floor(side.size[kind] * DEPTH)}`,
        )
        .get(side.id) as { value: string | number; id?: string } | undefined;
      if (row === undefined) throw new Error(`${table} has no row at that depth`);
      cursors.set(
        order,
        encode([
          // A list whose query names an order names it in its cursors, too.
          ...(NAMED.has(list) ? [order] : []),
          ...(typeof row.value === 'number' ? [row.value] : []),
          ...(row.id === undefined ? [] : [row.id]),
        ]),
      );
    }
    side.deep.set(list, cursors);
  }
  db.close();
}

/** Lists whose query names an order. */
const NAMED: ReadonlySet<string> = new Set(['/api/v1/customers', '/api/v1/callback-requests']);

/** Parameter → what people ask for; the values fit as many rows in either tenant. Members of a declared set come from the document. */
function valuesOf(base: number): Readonly<Record<string, readonly string[]>> {
  const day = (at: number): string => toIso(at).slice(0, 10);
  const instant = (at: number): string => toIso(at);
  return {
    // Words that more customers have than a look-up reads, in either tenant.
    'customers q': ['m', Object.values(personOf(77)).join(' '), 'Xaver', emailOf(77), phoneOf(77)],
    'search q': ['m', 'an', Object.values(personOf(77)).join(' '), 'xaver', phoneOf(77), callId(77)],
    'widgets names': [
      COUNTED_NAMES.slice(0, MAX_WIDGETS_ASKED).join(','),
      COUNTED_NAMES.slice(-MAX_WIDGETS_ASKED).join(','),
    ],
    'figures names': [FIGURE_NAMES.join(',')],
    'transactions q': ['Aufladung', 'zzzz', callId(77), 'call_0000'],
    phone: [phoneOf(77), '+493099999999'],
    email: [emailOf(77), 'nobody@example.test'],
    customer_id: [customerId(77)],
    staff_id: [SALON_STAFF[0]?.id ?? ''],
    branch_id: ['bra_mitte'],
    service_id: [SALON_SERVICES[0]?.id ?? ''],
    company_id: ['com_salon_schoen'],
    resource_id: ['res_farbplatz_mitte'],
    tag: [TAG],
    'transactions type': ['topup', 'topup,call_cost', 'bonus,refund,topup', 'refund'],
    'appointments status': ['confirmed', 'no_show', 'pending,no_show'],
    'transactions from': [day(base - 30 * DAY), day(base - 600 * DAY)],
    'transactions to': [day(base - 30 * DAY), day(base - 600 * DAY)],
    from: [day(base - 30 * DAY)],
    to: [day(base - 30 * DAY)],
    since: [instant(base - 30 * DAY)],
    until: [instant(base - 30 * DAY)],
    started_from: [instant(base - 30 * DAY)],
    started_before: [instant(base - 30 * DAY)],
    min_cents: ['1', '100000000'],
    max_cents: ['-1', '-100000000'],
    log: ['customers'],
    event: [RARE_EVENT, 'appointment.booked'],
    subject_type: ['customer'],
    subject_id: [customerId(77)],
    causer_type: ['user'],
    causer_id: ['usr_prove', 'usr_nobody'],
    date: [day(base)],
    day: [day(base)],
  };
}

interface Line {
  label: string;
  pathOf: (side: Side) => string;
}

/** Every list of the document with everything that it can be asked. */
function linesOf(document: OpenApi, base: number): Line[] {
  const isList = ({ method, kind, actor, path: at }: Operation): boolean =>
    method === 'GET' && kind === 'tenant' && actor !== 'user' && !/[{]|\/export$|\/stream$|\/live$|\/health\//.test(at);
  const values = valuesOf(base);
  return operationsOf(document)
    .filter(isList)
    .flatMap((operation): Line[] => {
      const choices = choicesOf(document, operation.path);
      const name = operation.path.split('/').at(-1) ?? '';
      const wanted = (parameter: string): readonly string[] =>
        values[`${name} ${parameter}`] ?? values[parameter] ?? choices.get(parameter) ?? [];
      const required = new URLSearchParams();
      for (const place of [...operation.parameters, ...operation.places.filter((one) => one.required)])
        if (place.in === 'query') required.set(place.name, wanted(place.name)[0] ?? '');
      const line = (query: Record<string, string>): Line => {
        const search = new URLSearchParams([...required, ...Object.entries(query)]).toString();
        return {
          label: `${operation.path}${search === '' ? '' : `?${decodeURIComponent(search)}`}`,
          pathOf: () => `${operation.path}?${search}`,
        };
      };
      const filters = [...choices.keys()].filter(
        (one) => !['limit', 'cursor', 'sort'].includes(one) && !required.has(one),
      );
      const orders = choices.get('sort') ?? [];
      const depths = [...(large.deep.get(operation.path)?.keys() ?? [])];
      return [
        line({}),
        ...depths.map((order): Line => {
          const search = new URLSearchParams(order === '' ? {} : { sort: order });
          return {
            label: `${operation.path}${order === '' ? '' : `?sort=${order}`}, page at ${DEPTH * 100} %`,
            pathOf: (side) => {
              search.set('cursor', side.deep.get(operation.path)?.get(order) ?? '');
              return `${operation.path}?${search}`;
            },
          };
        }),
        ...orders.map((sort) => line({ sort })),
        ...filters.flatMap((one) => wanted(one).map((value) => line({ [one]: value }))),
      ];
    });
}

/** One kept-alive connection, one request at a time. */
class Client {
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  readonly #port: number;
  constructor(port: number) {
    this.#port = port;
  }
  /** A local server ends a connection now and then: that request is asked again, and counted (`resets`). */
  async get(side: Side, target: string): Promise<{ status: number; body: string; ms: number }> {
    try {
      return await this.#once(side, target);
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'ECONNRESET') throw fault;
      this.resets++;
      return this.#once(side, target);
    }
  }
  resets = 0;
  #once(side: Side, target: string): Promise<{ status: number; body: string; ms: number }> {
    return new Promise((resolve, reject) => {
      const started = performance.now();
      http
        .get(
          {
            agent: this.#agent,
            host: '127.0.0.1',
            port: this.#port,
            path: target,
            headers: { host: `localhost:${this.#port}`, authorization: `Bearer ${side.key}` },
          },
          (response) => {
            let body = '';
            response.setEncoding('utf8');
            response.on('data', (part: string) => {
              body += part;
            });
            response.on('end', () =>
              resolve({ status: response.statusCode ?? 0, body, ms: performance.now() - started }),
            );
          },
        )
        .once('error', reject);
    });
  }
  close(): void {
    this.#agent.destroy();
  }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Two requests in turn, who is first changing with the round: the ratios of the rounds. */
async function pairs(
  ask: readonly [() => Promise<number>, () => Promise<number>],
  count: number,
): Promise<{ ratios: number[]; times: [number, number] }> {
  const times: [number[], number[]] = [[], []];
  for (let round = -WARM_UP; round < count; round++)
    for (const which of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const ms = await ask[which]();
      if (round >= 0) times[which].push(ms);
    }
  return {
    ratios: times[0].map((time, round) => time / (times[1][round] ?? time)),
    times: [median(times[0]), median(times[1])],
  };
}

/** Above the bound: by the whole interval; where that is wide, by the median. */
const exceeds = (ratios: readonly number[], bound: number): { misses: boolean; figure: string; middle: number } => {
  const { median: middle, low, high } = medianInterval(ratios);
  const isWide = (high - low) / 2 > WIDE * middle;
  return {
    misses: (isWide ? middle : low) > bound,
    figure: `× ${middle.toFixed(2)} (${low.toFixed(2)} – ${high.toFixed(2)}${isWide ? ', wide' : ''})`,
    middle,
  };
};

export async function largeTenant(): Promise<{ seed: string; counts: string; ok: boolean }> {
  mkdirSync(FOLDER, { recursive: true });
  ensureDevVars();
  await buildProduct(['worker'], (line) => console.log(line));
  const fresh: Filled = { base: Date.now(), done: {} };
  const filled = existsSync(PROGRESS) ? (JSON.parse(readFileSync(PROGRESS, 'utf8')) as Filled) : fresh;
  const save = (): void => writeFileSync(PROGRESS, JSON.stringify(filled));
  save();
  // The server also brings the migrations that the files lack.
  const first = await serve();
  await makeTenants(`http://127.0.0.1:${first.port}`, filled.base);
  await first.server.close();
  for (const side of SIDES) {
    fillTenant(STATE, side.id, side.size, filled, save);
    findDepths(side);
  }

  const { server, port } = await serve();
  const client = new Client(port);
  try {
    const { body } = await client.get(large, '/api/openapi.json');
    return await measureAll(client, linesOf(JSON.parse(body) as OpenApi, filled.base));
  } finally {
    client.close();
    await server.close();
  }
}

async function measureAll(
  client: Client,
  lines: readonly Line[],
): Promise<{ seed: string; counts: string; ok: boolean }> {
  const missed: string[] = [];
  const judged: { label: string; middle: number }[] = [];
  const judge = (label: string, times: readonly [number, number], ratios: readonly number[], bound: number): void => {
    const { misses, figure, middle } = exceeds(ratios, bound);
    console.log(
      `${misses ? 'MISS' : 'ok  '} ${label}: ${times[0].toFixed(2)} ms beside ${times[1].toFixed(2)} ms, ${figure}`,
    );
    judged.push({ label, middle });
    if (misses) missed.push(`${label} ${figure}`);
  };
  const asked = async (side: Side, target: string): Promise<number> => {
    const { status, body, ms } = await client.get(side, target);
    if (status !== 200) throw new Error(`${target}: ${status} ${body.slice(0, 300)}`);
    return ms;
  };
  const refused: string[] = [];
  for (const { label, pathOf } of lines) {
    const answers = [await client.get(large, pathOf(large)), await client.get(small, pathOf(small))] as const;
    if (answers.some(({ status }) => status !== 200)) {
      // What only the platform may ask is no list of a tenant.
      if (answers.every(({ status }) => status === 403)) continue;
      refused.push(`${label} ${answers.map(({ status, body }) => `${status} ${body.slice(0, 120)}`).join(' / ')}`);
      continue;
    }
    const sides = [() => asked(large, pathOf(large)), () => asked(small, pathOf(small))] as const;
    let { ratios, times } = await pairs(sides, PAIRS);
    // What else ran in that second meets one side: more rounds of the same line say more.
    for (let again = 0; again < AGAIN && exceeds(ratios, MAX_RATIO).misses; again++) {
      const more = await pairs(sides, PAIRS);
      ratios = [...ratios, ...more.ratios];
      times = more.times;
    }
    const rows = answers.map(({ body }) => {
      const { data } = JSON.parse(body) as { data?: unknown };
      return Array.isArray(data) ? data.length : 1;
    });
    judge(`${label} [${rows.join(' : ')}]`, times, ratios, MAX_RATIO);
  }
  const balance = await pairs([() => asked(large, '/customer/balance'), () => asked(large, '/api/me')], 3 * PAIRS);
  const worst = judged.reduce((one, other) => (other.middle > one.middle ? other : one));
  judge('/customer/balance beside /api/me', balance.times, balance.ratios, MAX_BALANCE_RATIO);
  for (const line of refused) console.log(`not asked: ${line}`);
  if (client.resets > 0) console.log(`${client.resets} requests were asked again on a new connection`);
  const sizes = KINDS.map((kind) => `${LARGE[kind]} ${kind}`).join(', ');
  return {
    seed: String(SEED),
    counts: `${sizes} beside ${SMALL.entries} of each over HTTP: ${judged.length - 1} lines of ${PAIRS} pairs, ${missed.length} above its bound${missed.length > 0 ? ` (${missed.join(' · ')})` : ''}; worst ${worst.label} × ${worst.middle.toFixed(2)}, balance ${balance.times[0].toFixed(2)} ms beside /api/me ${balance.times[1].toFixed(2)} ms (× ${median(balance.ratios).toFixed(2)})`,
    ok: missed.length === 0,
  };
}
