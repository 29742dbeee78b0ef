/**
 * `npm run prove memory [writes a round]`: whether what the product holds in memory grows with what it does. The built Worker and its objects
 * share one isolate here; after each round of calls, bookings, charges, top-ups, customers and live streams with all their effects its garbage
 * is collected and its heap read (heap.ts). The process's size is told and never judged: most of it is no heap, and none of it is ours to free.
 */
import { benchServer } from '../bench/bench-server.ts';
import { randomUUID } from 'node:crypto';
import { existsSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import {
  API_KEY,
  type BenchSalon,
  benchSchedule,
  BOOKINGS_A_CALL,
  dayOf,
  furnish,
  isGood,
  numberOf,
  openedTopup,
  paidEvent,
  post,
  retell,
  stripe,
} from '../bench/paths.ts';
import { BENCH_FOLDER, buildProduct } from '../build.ts';
import { root } from '../check/files.ts';
import { freePorts } from '../server/free-ports.ts';
import { startAskPro } from '../server/server.ts';
import { ensureDevVars } from '../server/variables.ts';
import { type Heap, heapOf, isolates, MB, steady } from './heap.ts';

/** The first is left out: modules are loaded and remembered things are met for the first time. */
const ROUNDS = 6;
const AT_ONCE = 8;
/** Of the whole load: three bookings and three webhooks make a call, two commands a top-up. */
const WRITES_A_CALL = BOOKINGS_A_CALL + 3;
const WRITES_A_TOPUP = 2;
/** One stream is opened, listened to and closed for so many writes. */
const WRITES_A_STREAM = 10;
const STREAM_LIFE_MS = 250;
const SETTLE_MS = 240_000;
const LOOK_MS = 250;
/** Tenants whose two objects are awake at the same time. */
const TENANTS = 60;
/** Objects without a request for ten seconds are put to sleep. */
const ASLEEP_MS = 15_000;

/** What an isolate deployed has is 128 MB; half of it stays for what runs at one moment. */
const MOST_BYTES = 64 * MB;
/** A tenant's calendar of twenty people and its ledger, awake and just used. */
const MOST_TENANT_BYTES = 0.5 * MB;
const OURS = 'core:user:askproai';
/** Stand-ins of D1 and Miniflare's entry: no part of the product, told for comparison. Isolates without work do not answer the inspector. */
const OTHERS: readonly string[] = ['d1:db', 'd1:db:entry', 'core:entry'];

const STREAMS: readonly { target: string; key: string }[] = [
  API_KEY,
  'ask_test_demo_physio_plus',
  'ask_test_demo_barber_zurich',
].flatMap((key) => ['/customer/balance/stream', '/api/v1/live'].map((target) => ({ target, key })));

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const mb = (bytes: number): string => (bytes / MB).toFixed(2);

/** Runs `work` with 0 … count-1, some at a time. */
async function each(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, one));
}

interface Done {
  calls: number;
  bookings: number;
  charges: number;
  topups: number;
  customers: number;
  streams: number;
  /** messages that streams brought */
  messages: number;
}

/** Sixths of `writes`: three are calls with their bookings, then charges, top-ups, customers. Streams are opened and closed beside them. */
async function load(salon: BenchSalon, port: number, writes: number, done: Done): Promise<void> {
  const { ask } = salon;
  const good = async (request: Parameters<typeof ask>[0]): Promise<Record<string, unknown>> => {
    const answer = await ask(request);
    const text = JSON.stringify(answer);
    if (!isGood(200, text)) throw new Error(`${request.path}: ${text.slice(0, 500)}`);
    return answer;
  };
  const bearer = { authorization: `Bearer ${API_KEY}` };
  const sixth = Math.max(1, Math.round(writes / 6));

  let isOver = false;
  const listening = Promise.all(
    STREAMS.map(async (stream) => {
      let left = Math.ceil(writes / WRITES_A_STREAM / STREAMS.length);
      while (left-- > 0 || !isOver) {
        done.messages += await listen(port, stream);
        done.streams++;
      }
    }),
  );

  const call = async (): Promise<void> => {
    const index = done.calls++;
    const from = numberOf(index + 1);
    const callId = `call_${randomUUID()}`;
    const open = await salon.ring(callId, from);
    await good(retell('/webhooks/retell', { event: 'call_started', call: open }));
    const by = { call: open, customerId: await salon.whoCalls(open, from) };
    for (let n = 0; n < BOOKINGS_A_CALL; n++) {
      await good(salon.bookingAt(index * BOOKINGS_A_CALL + n, by));
      done.bookings++;
    }
    const end = Date.now();
    const ended = {
      ...open,
      call_status: 'ended',
      start_timestamp: end - 90_000,
      end_timestamp: end,
      duration_ms: 90_000,
      disconnection_reason: 'user_hangup',
      transcript: 'Agent: Guten Tag.\nUser: Drei Termine, bitte.',
      call_cost: { product_costs: [], combined_cost: 12.5, total_duration_seconds: 90, total_duration_unit_price: 0.1 },
    };
    await good(retell('/webhooks/retell', { event: 'call_ended', call: ended }));
    const call_analysis = { call_summary: 'Drei Termine wurden gebucht.', call_successful: true };
    await good(retell('/webhooks/retell', { event: 'call_analyzed', call: { ...ended, call_analysis } }));
  };
  const charge = async (): Promise<void> => {
    const key = `usage:memory-${done.charges++}`;
    await good(salon.ledger('chargeUsage', { key, eventType: 'sms', quantityScaled: 10_000, occurredAt: Date.now() }));
  };
  const topup = async (): Promise<void> => {
    const opened = await openedTopup(ask, salon.ledger, done.topups++);
    await good(stripe(paidEvent(salon.tenant, opened)));
  };
  const customer = async (): Promise<void> => {
    const index = done.customers++;
    await good(
      post(
        '/api/v1/customers',
        { first_name: 'Memory', last_name: `Nummer ${index}`, phones: [numberOf(500_000 + index)] },
        { ...bearer, 'idempotency-key': randomUUID() },
      ),
    );
    await good({ method: 'GET', path: '/api/v2/transactions?limit=25', headers: bearer });
  };
  const works = [
    ...Array.from({ length: Math.ceil((3 * sixth) / WRITES_A_CALL) }, () => call),
    ...Array.from({ length: sixth }, () => charge),
    ...Array.from({ length: Math.ceil(sixth / WRITES_A_TOPUP) }, () => topup),
    ...Array.from({ length: sixth }, () => customer),
  ];
  try {
    // A step that shares no factor with the length takes each once and mixes the kinds.
    const step = stepFor(works.length);
    await each(works.length, (index) => works[(index * step) % works.length]?.() ?? Promise.resolve());
  } finally {
    isOver = true;
    await listening;
  }
}

function stepFor(length: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let step = Math.floor(length * 0.618) || 1;
  while (divisor(step, length) !== 1) step++;
  return step;
}

/** Opens a stream, hears what comes for a while and leaves as a browser does whose tab is closed. @returns messages heard */
function listen(port: number, { target, key }: (typeof STREAMS)[number]): Promise<number> {
  return new Promise((resolve, reject) => {
    let heard = 0;
    const headers = { host: `localhost:${port}`, authorization: `Bearer ${key}`, accept: 'text/event-stream' };
    const request = http.get({ host: '127.0.0.1', port, path: target, headers }, (response) => {
      if (response.statusCode !== 200) {
        request.destroy();
        reject(new Error(`${target}: ${response.statusCode}`));
        return;
      }
      response.on('data', (chunk: Buffer) => {
        heard += chunk.toString().match(/^event: /gm)?.length ?? 0;
      });
      response.on('error', () => undefined);
      setTimeout(() => {
        request.destroy();
        resolve(heard);
      }, STREAM_LIFE_MS);
    });
    request.on('error', reject);
  });
}

/** Until every outbox is empty and no effect and no webhook waits. */
async function settled(ask: BenchSalon['ask']): Promise<void> {
  const until = Date.now() + SETTLE_MS;
  for (;;) {
    const flushed = (await ask(post('/api/dev/flush', {}))) as { pending: number };
    const effects = (await ask({ method: 'GET', path: '/api/dev/effects', headers: {} })) as Record<string, number>;
    if (flushed.pending === 0 && effects['pending'] === 0 && effects['running'] === 0) return;
    if (Date.now() > until) throw new Error(`effects do not come to an end: ${JSON.stringify(effects).slice(0, 500)}`);
    await sleep(LOOK_MS);
  }
}

/** Pages in memory of the workerd that this process started, in bytes; null where the system does not tell. */
function sizeOfRuntime(): number | null {
  try {
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ');
    const status = children
      .map((pid) => readFileSync(`/proc/${pid}/status`, 'utf8'))
      .find((text) => text.startsWith('Name:\tworkerd'));
    const size = /VmRSS:\s+(\d+) kB/.exec(status ?? '')?.[1];
    return size === undefined ? null : Number(size) * 1024;
  } catch {
    return null;
  }
}

/** Wakes both objects of many tenants and uses them. */
async function wake(salon: BenchSalon, slugs: readonly string[]): Promise<void> {
  const window = { fromDate: dayOf(30), untilDate: dayOf(59) };
  await each(slugs.length, async (index) => {
    const tenant = `ten_memory_${slugs[index]}`;
    const asked = { services: [{ serviceId: 'srv_bench_all' }], branchId: salon.branchId, staffId: null, window };
    await salon.ask(post(`/__bench/port/${tenant}/calendar/checkAvailability`, asked));
    await salon.ask(post(`/__bench/port/${tenant}/ledger/balance`, {}));
  });
}

async function manyTenants(salon: BenchSalon, read: () => Promise<Heap>): Promise<{ line: string; ok: boolean }> {
  const slugs = Array.from({ length: TENANTS }, (_, index) => String(index).padStart(3, '0'));
  const actor = { kind: 'system', id: 'memory' };
  const companyId = 'com_memory';
  const company = { kind: 'company', id: companyId, body: { name: 'Memory' } };
  const items = [company, ...benchSchedule(companyId)];
  await each(slugs.length, async (index) => {
    const tenant = `ten_memory_${slugs[index]}`;
    const answer = await salon.ask(
      post(`/__bench/port/${tenant}/calendar/putScheduleMany`, { key: 'memory:seed', actor, items }),
    );
    if (!isGood(200, JSON.stringify(answer))) throw new Error(JSON.stringify(answer).slice(0, 500));
    const topupId = `top_memory_${slugs[index]}`;
    const money = { amountCents: 5_000, currency: 'EUR', method: 'manual', bonus: false };
    await salon.ask(post(`/__bench/port/${tenant}/ledger/recordTopup`, { key: topupId, topupId, ...money }));
  });
  await settled(salon.ask);
  await sleep(ASLEEP_MS);
  const asleep = await read();
  await wake(salon, slugs);
  const awake = await read();
  await sleep(ASLEEP_MS);
  const again = await read();
  const each_ = (awake.used + awake.beside - asleep.used - asleep.beside) / TENANTS;
  return {
    line: `${TENANTS} tenants awake ${mb(awake.used)} MB, asleep ${mb(asleep.used)} before and ${mb(again.used)} after: ${(each_ / 1024).toFixed(0)} kB each`,
    ok: each_ <= MOST_TENANT_BYTES && awake.used + awake.beside <= MOST_BYTES,
  };
}

/** @param writes of one round */
export async function memory(writes: number): Promise<{ seed: string; counts: string; ok: boolean }> {
  ensureDevVars();
  await buildProduct(['bench'], (line) => console.log(`build: ${line}`));
  const state = mkdtempSync(path.join(os.tmpdir(), 'askpro-memory-'));
  // A demo that was loaded before is not loaded again.
  const demo = process.env.ASKPRO_STATE;
  if (demo !== undefined && existsSync(demo)) cpSync(path.resolve(root, demo), state, { recursive: true });
  const port = await freePorts();
  const directPort = port + 3;
  const inspectorPort = port + 4;
  const server = await startAskPro({
    port,
    directPort,
    inspectorPort,
    state,
    ...benchServer(BENCH_FOLDER),
    // A stream that its reader left is a line of the runtime's log each time.
    log: () => undefined,
  });
  try {
    const salon = await furnish(directPort);
    const listed = await isolates(inspectorPort);
    const ours = listed.find(({ name }) => name === OURS);
    if (!ours) throw new Error(`no isolate ${OURS} among ${listed.map(({ name }) => name).join(', ')}`);
    const read = (): Promise<Heap> => heapOf(inspectorPort, ours);
    const done: Done = { calls: 0, bookings: 0, charges: 0, topups: 0, customers: 0, streams: 0, messages: 0 };
    const heaps: Heap[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const started = Date.now();
      await load(salon, directPort, writes, done);
      const loaded = Date.now();
      await settled(salon.ask);
      const heap = await read();
      heaps.push(heap);
      const size = sizeOfRuntime();
      console.log(
        `round ${round}: used ${mb(heap.used)}, beside ${mb(heap.beside)}, total ${mb(heap.total)} MB; process ${size === null ? '–' : mb(size)} MB; ${Math.round((loaded - started) / 1000)} s of load, ${Math.round((Date.now() - loaded) / 1000)} s of effects; ${JSON.stringify(done)}`,
      );
    }
    const judged = steady(heaps.slice(1).map(({ used, beside }) => used + beside));
    const most = Math.max(...heaps.map(({ used, beside }) => used + beside));
    const tenants = await manyTenants(salon, read);
    console.log(tenants.line);
    for (const other of listed.filter(({ name }) => OTHERS.includes(name)))
      console.log(`${other.name}: used ${mb((await heapOf(inspectorPort, other)).used)} MB`);
    const size = sizeOfRuntime();
    return {
      seed: '–',
      counts:
        `${ROUNDS} rounds, ${done.bookings} bookings in ${done.calls} calls, ${done.charges} charges, ${done.topups} top-ups, ${done.customers} customers, ` +
        `${done.streams} streams (${done.messages} messages): used heap ${heaps.map(({ used }) => mb(used)).join(', ')} MB, ` +
        `${mb(judged.growth)} MB a round; ${tenants.line}; process ${size === null ? '–' : Math.round(size / MB)} MB (not judged)`,
      ok: judged.ok && most <= MOST_BYTES && tenants.ok,
    };
  } finally {
    await server.close();
    rmSync(state, { recursive: true, force: true });
  }
}
