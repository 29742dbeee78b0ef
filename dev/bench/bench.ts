/**
 * `npm run bench`: the hot paths of the built Worker beside the floors of the same run (empty route, object echo, one insert), and the
 * hard lines. Ratios are what counts: absolute numbers move with the machine.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { BENCH_FOLDER, buildProduct } from '../build.ts';
import { startAskPro } from '../server/server.ts';
import { ensureDevVars } from '../server/variables.ts';
import { engineMeasures } from './engine.ts';
import { type BenchRequest, type Measurement, measure, quantile } from './load.ts';
import { readingMeasures } from './reading.ts';

const RETELL_KEY = 'key_demo_retell';
const STRIPE_SECRET = 'whsec_demo_askproai';
const API_KEY = 'ask_test_demo_salon_schoen';
const SALON = { slug: 'salon-schoen', number: '+493099990000', agent: 'agent_demo_salon' };

/** How long each case is measured; BENCH_MS shortens it. */
const MEASURE_MS = Number(process.env.BENCH_MS ?? 3_000);
const CONNECTIONS = 16;
const BOOKINGS = 12_000;
/** What one caller books in one call. */
const BOOKINGS_A_CALL = 3;
const TOPUPS = 1_500;
/**
 * A hard line is judged by the median of this many short rounds, floor and case in turn: other work on the machine then meets both, and
 * a round in which the disk paused (SQLite's checkpoints do that every second or so) weighs no more than another.
 */
const ROUNDS = 15;
const ROUND_MS = MEASURE_MS / 5;
const STREAM_EVENTS = 60;
const STAFF = 20;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const port = 20_000 + Math.floor(Math.random() * 12_000);
const directPort = port + 3;
const state = mkdtempSync(path.join(os.tmpdir(), 'askpro-bench-'));

interface Line {
  name: string;
  one: Measurement;
  many: Measurement;
}
interface Verdict {
  line: string;
  ok: boolean;
}

const json = { 'content-type': 'application/json' };

/** One request outside the measurement; throws when the answer is not good. */
async function ask(request: BenchRequest): Promise<Record<string, unknown>> {
  const response = await fetch(`http://127.0.0.1:${directPort}${request.path}`, {
    method: request.method,
    headers: request.headers,
    ...(request.body !== undefined && { body: request.body }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${request.path}: ${response.status} ${text.slice(0, 500)}`);
  return JSON.parse(text) as Record<string, unknown>;
}

const post = (target: string, body: unknown, headers: Record<string, string> = {}): BenchRequest => ({
  method: 'POST',
  path: target,
  headers: { ...json, ...headers },
  body: JSON.stringify(body),
});

function retell(target: string, body: unknown): BenchRequest {
  const text = JSON.stringify(body);
  const now = Date.now();
  const digest = createHmac('sha256', RETELL_KEY).update(`${text}${now}`).digest('hex');
  return {
    method: 'POST',
    path: target,
    headers: { ...json, 'x-retell-signature': `v=${now},d=${digest}` },
    body: text,
  };
}

function stripe(body: unknown): BenchRequest {
  const text = JSON.stringify(body);
  const seconds = Math.floor(Date.now() / 1000);
  const digest = createHmac('sha256', STRIPE_SECRET).update(`${seconds}.${text}`).digest('hex');
  return {
    method: 'POST',
    path: '/webhooks/stripe',
    headers: { ...json, 'stripe-signature': `t=${seconds},v1=${digest}` },
    body: text,
  };
}

/** Measures one case alone on the wire (latency) and with 16 connections (throughput). */
async function run(name: string, next: Next, accept?: (status: number, body: string) => boolean): Promise<Line> {
  const options = { port: directPort, milliseconds: MEASURE_MS, next, ...(accept && { accept }) };
  const one = await measure({ ...options, connections: 1 });
  const many = await measure({ ...options, connections: CONNECTIONS });
  const line = { name, one, many };
  print(line);
  return line;
}

type Next = () => BenchRequest | null;

/** Floor and case in turn; the median over the rounds of what `judge` makes of each pair. */
async function paired(
  connections: number,
  floorNext: Next,
  caseNext: Next,
  judge: (floor: Measurement, measured: Measurement) => number,
): Promise<number> {
  const figures: number[] = [];
  const options = { port: directPort, connections, milliseconds: ROUND_MS, warmUpMilliseconds: 100 };
  for (let round = 0; round < ROUNDS; round++) {
    // What the case before left in the pipe belongs to that case.
    await ask(post('/api/dev/flush', {}));
    const floorMeasured = await measure({ ...options, next: floorNext });
    figures.push(judge(floorMeasured, await measure({ ...options, next: caseNext })));
  }
  return quantile(
    figures.sort((a, b) => a - b),
    0.5,
  );
}
const above = (floorMeasured: Measurement, measured: Measurement) => measured.p50 - floorMeasured.p50;
const share = (floorMeasured: Measurement, measured: Measurement) => measured.perSecond / floorMeasured.perSecond;

let floor = 0;
function print({ name, one, many }: Line): void {
  if (floor === 0) floor = many.perSecond;
  const cells = [
    name.padEnd(34),
    one.p50.toFixed(2).padStart(8),
    one.p99.toFixed(2).padStart(8),
    many.perSecond.toFixed(0).padStart(9),
    many.p50.toFixed(2).padStart(8),
    many.p99.toFixed(2).padStart(8),
    (many.perSecond / floor).toFixed(3).padStart(7),
    String(one.failures + many.failures).padStart(6),
  ];
  console.log(cells.join(' '));
  const failure = one.firstFailure ?? many.firstFailure;
  if (failure !== null) console.log(`    first failure: ${failure}`);
}

async function main(): Promise<Verdict[]> {
  ensureDevVars();
  await buildProduct(['bench'], (line) => console.log(`build: ${line}`));
  const server = await startAskPro({
    port,
    directPort,
    state,
    cron: false,
    background: false,
    workerFolder: BENCH_FOLDER,
    extraObjects: { BENCH: 'BenchObject' },
    variables: { RATE_LIMIT_SCALE: '100000' },
    log: (line) => console.log(line),
  });
  try {
    return await measureAll();
  } finally {
    await server.close();
    rmSync(state, { recursive: true, force: true });
  }
}

async function measureAll(): Promise<Verdict[]> {
  const { id: tenant } = (await ask({ method: 'GET', path: `/__bench/tenant/${SALON.slug}`, headers: {} })) as {
    id: string;
  };
  const calendar = (method: string, command: object) => post(`/__bench/port/${tenant}/calendar/${method}`, command);
  const ledger = (method: string, command: object) => post(`/__bench/port/${tenant}/ledger/${method}`, command);
  const actor = { kind: 'system', id: 'bench' };

  // a salon of its own inside the demo tenant: twenty people, every day, nobody booked
  const snapshot = (await ask(calendar('schedule', {}))) as {
    result: { value: { branches: { id: string; body: { companyId: string; timeZone: string } }[] } };
  };
  const branch = snapshot.result.value.branches[0];
  if (!branch) throw new Error('the demo salon has no branch');
  const companyId = branch.body.companyId;
  const staffIds = Array.from({ length: STAFF }, (_, index) => `stf_bench_${index}`);
  const branchId = 'bra_bench';
  const everyDay = [0, 1, 2, 3, 4, 5, 6];
  const hoursOf = (ownerKind: string, ownerId: string) =>
    everyDay.map((weekday) => ({
      kind: 'hours',
      id: `hrs_${ownerId}_${weekday}`,
      body: { ownerKind, ownerId, weekday, periods: [{ from: '08:00', to: '20:00' }] },
    }));
  const service = (id: string, name: string, staff: string[]) => ({
    kind: 'service',
    id,
    body: {
      companyId,
      name: { de: name },
      durationMinutes: 60,
      priceCents: 4_000,
      currency: 'EUR',
      maxDaysAhead: 365,
      branchIds: [branchId],
      staff: staff.map((staffId) => ({ staffId })),
    },
  });
  const items = [
    {
      kind: 'branch',
      id: branchId,
      body: { companyId, name: 'Bench', timeZone: 'Europe/Berlin', country: 'DE', closedOnHolidays: false },
    },
    ...hoursOf('branch', branchId),
    ...staffIds.map((id, index) => ({
      kind: 'staff',
      id,
      body: { companyId, firstName: `Bench ${index}`, branchIds: [branchId] },
    })),
    ...staffIds.flatMap((id) => hoursOf('staff', id)),
    service('srv_bench_one', 'Eine Person', staffIds.slice(0, 1)),
    service('srv_bench_all', 'Alle Personen', staffIds),
  ];
  const seeded = (await ask(calendar('putScheduleMany', { key: 'bench:seed', actor, items }))) as {
    result: { ok: boolean };
  };
  if (!seeded.result.ok) throw new Error(`seeding the bench salon: ${JSON.stringify(seeded).slice(0, 600)}`);

  const number = { tenantId: tenant, e164: SALON.number, branchId, agentId: SALON.agent, active: true };
  await ask(post('/api/dev/seed', { operations: [{ op: 'number', record: number }] }));

  // each call that rings holds an amount
  await ask(
    ledger('recordTopup', {
      key: 'manual:top_bench',
      topupId: 'top_bench',
      amountCents: 10_000_000,
      currency: 'EUR',
      method: 'manual',
    }),
  );
  const numberOf = (index: number): string => `+49157${String(99_000_000 + index)}`;
  const caller = numberOf(0);
  /** As a caller comes: Retell asks who it is, and carries our signed route in the call from then on. */
  const ring = async (callId: string, caller: string): Promise<object> => {
    const answer = (await ask(
      retell('/webhooks/retell/inbound', {
        event: 'call_inbound',
        call_inbound: { call_id: callId, agent_id: SALON.agent, from_number: caller, to_number: SALON.number },
      }),
    )) as { call_inbound: { metadata?: object } };
    return {
      metadata: answer.call_inbound.metadata,
      call_id: callId,
      call_type: 'phone_call',
      agent_id: SALON.agent,
      agent_version: 1,
      call_status: 'ongoing',
      direction: 'inbound',
      from_number: caller,
      to_number: SALON.number,
      start_timestamp: Date.now(),
    };
  };
  const call = await ring(`call_${randomUUID()}`, caller);
  /** Who is calling, as the agent asks first: the call may book for that customer from then on. */
  const whoCalls = async (call: object, caller: string): Promise<string> => {
    const args = { phone_number: caller };
    const answer = await ask(retell('/api/retell/check-customer', { name: 'check-customer', call, args }));
    return (answer as { customer_id: string }).customer_id;
  };
  await whoCalls(call, caller);

  console.log(`\n${''.padEnd(34)}  1 connection      ${CONNECTIONS} connections`);
  console.log(`${'case'.padEnd(34)}   p50 ms   p99 ms     req/s   p50 ms   p99 ms   ratio failed`);
  await run('floor: empty Hono route', () => ({ method: 'GET', path: '/__bench/empty', headers: {} }));
  const echo: Next = () => ({ method: 'GET', path: '/__bench/echo', headers: {} });
  const insert: Next = () => ({ method: 'POST', path: '/__bench/insert', headers: {}, body: 'x' });
  await run('floor: object echo', echo);
  await run('floor: one insert in an object', insert);

  const dayOf = (ahead: number) => new Date(Date.now() + ahead * DAY_MS).toISOString().slice(0, 10);
  const good = (status: number, body: string) =>
    status === 200 && !body.includes('"ok":false') && !body.includes('"success":false');
  const availability = (serviceId: string, days: number) => ({
    services: [{ serviceId }],
    branchId,
    staffId: null,
    window: { fromDate: dayOf(30), untilDate: dayOf(29 + days) },
  });
  const oneDay: Next = () =>
    retell('/api/retell/check-availability', {
      name: 'check-availability',
      call,
      args: { branch_id: branchId, service_id: 'srv_bench_one', date: dayOf(30), time: '10:00' },
    });
  await run('check-availability: 1 staff, 1 day', oneDay, good);
  await run('  the same through the port', () => calendar('checkAvailability', availability('srv_bench_one', 1)), good);
  const wide: Next = () => calendar('checkAvailability', availability('srv_bench_all', 30));
  await run('availability: 20 staff, 30 days', wide, good);

  // one free hour of one person after the other, far in the future, so that no booking meets another
  // as many callers as there are: nobody books more than three in a call
  const calls: { call: object; customerId: string }[] = [];
  const ringing = async (from: number): Promise<void> => {
    for (let index = from; index < BOOKINGS / BOOKINGS_A_CALL; index += CONNECTIONS) {
      const number = numberOf(index + 1);
      const open = await ring(`call_bench_${index}`, number);
      calls[index] = { call: open, customerId: await whoCalls(open, number) };
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, from) => ringing(from)));
  await ask(post('/api/dev/flush', {}));
  let booking = 0;
  const firstDay = Date.parse(`${dayOf(60)}T09:00:00Z`);
  const book: Next = () => {
    if (booking >= BOOKINGS) return null;
    const index = booking++;
    const by = calls[Math.floor(index / BOOKINGS_A_CALL)];
    const staffId = staffIds[index % STAFF];
    const slot = Math.floor(index / STAFF);
    const startsAt = new Date(firstDay + Math.floor(slot / 8) * DAY_MS + (slot % 8) * HOUR_MS).toISOString();
    return retell('/api/retell/book-appointment', {
      name: 'book-appointment',
      // an open call, as it is when a caller has got this far
      call: by?.call,
      args: {
        branch_id: branchId,
        customer_id: by?.customerId,
        service_id: 'srv_bench_all',
        staff_id: staffId,
        starts_at: startsAt,
      },
    });
  };
  await run('book-appointment', book, good);

  let usage = 0;
  await run(
    'charge (ledger port)',
    () => {
      usage++;
      return ledger('chargeUsage', {
        key: `usage:bench-${usage}`,
        eventType: 'sms',
        quantityScaled: 10_000,
        occurredAt: Date.now(),
      });
    },
    good,
  );

  const paid = await openedTopups(ledger);
  await run(
    'top-up webhook',
    () => {
      const session = paid.pop();
      return session === undefined ? null : stripe(paidEvent(tenant, session));
    },
    (status) => status === 200,
  );
  await run('transactions page', () => ({
    method: 'GET',
    path: '/api/v2/transactions?limit=25',
    headers: { authorization: `Bearer ${API_KEY}` },
  }));

  const delays = await streamDelays(async (index) => {
    await ask(
      ledger('chargeUsage', {
        key: `usage:stream-${index}`,
        eventType: 'sms',
        quantityScaled: 100_000,
        occurredAt: Date.now(),
      }),
    );
  });
  const p50 = quantile(delays, 0.5);
  console.log(
    `${'SSE: command sent → event read'.padEnd(34)} ${p50.toFixed(2).padStart(8)} ${quantile(delays, 0.99).toFixed(2).padStart(8)}   (${delays.length} events)`,
  );

  return [
    ...[...engineMeasures(), ...readingMeasures()].map(({ name, p50Ms, limitMs, ok }) => ({
      line: `${name}: ${p50Ms.toFixed(3)} ms (≤ ${limitMs})`,
      ok,
    })),
    ratioLine('book-appointment : one insert', await paired(CONNECTIONS, insert, book, share), 0.3),
    aboveLine('check-availability, 1 staff, 1 day, above the echo', await paired(1, echo, oneDay, above), 0.5),
    aboveLine('availability, 20 staff, 30 days, above the echo', await paired(1, echo, wide, above), 7),
    { line: `SSE p50 ${p50.toFixed(1)} ms (< 50)`, ok: delays.length > 0 && p50 < 50 },
  ];
}

const ratioLine = (name: string, ratio: number, least: number): Verdict => ({
  line: `${name}: ${ratio.toFixed(2)} (≥ ${least})`,
  ok: ratio >= least,
});
const aboveLine = (name: string, milliseconds: number, most: number): Verdict => ({
  line: `${name}: ${milliseconds.toFixed(2)} ms (≤ ${most})`,
  ok: milliseconds <= most,
});

interface OpenedTopup {
  id: string;
  grossCents: number;
}

/** Opens top-ups in the ledger itself, so that the webhook alone is measured. */
async function openedTopups(ledger: (method: string, command: object) => BenchRequest): Promise<OpenedTopup[]> {
  const opened: OpenedTopup[] = [];
  for (let index = 0; index < TOPUPS; index++) {
    const topupId = `top_bench${String(index).padStart(8, '0')}`;
    const answer = (await ask(
      ledger('openTopup', { key: `open:${topupId}`, topupId, amountCents: 2_000, method: 'stripe' }),
    )) as {
      result: { ok: boolean; value?: { topup: { grossCents: number } } };
    };
    const topup = answer.result.value?.topup;
    if (!topup) throw new Error(`opening a top-up: ${JSON.stringify(answer).slice(0, 400)}`);
    opened.push({ id: topupId, grossCents: topup.grossCents });
  }
  return opened;
}

function paidEvent(tenant: string, topup: OpenedTopup): object {
  return {
    id: `evt_${randomUUID().replaceAll('-', '')}`,
    object: 'event',
    type: 'checkout.session.completed',
    created: Math.floor(Date.now() / 1000),
    livemode: false,
    data: {
      object: {
        id: `cs_test_${topup.id}`,
        object: 'checkout.session',
        mode: 'payment',
        status: 'complete',
        payment_status: 'paid',
        amount_total: topup.grossCents,
        currency: 'eur',
        payment_intent: `pi_${topup.id}`,
        client_reference_id: topup.id,
        metadata: { kind: 'topup', topup_id: topup.id, tenant_id: tenant },
      },
    },
  };
}

/** Time from sending a command until its event is read from the open balance stream. */
async function streamDelays(command: (index: number) => Promise<void>): Promise<number[]> {
  const delays: number[] = [];
  let sentAt = 0;
  let seen: (() => void) | null = null;
  const request = http.get({
    host: '127.0.0.1',
    port: directPort,
    path: '/customer/balance/stream',
    headers: { host: `localhost:${directPort}`, authorization: `Bearer ${API_KEY}`, accept: 'text/event-stream' },
  });
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
  });
  if (response.statusCode !== 200) throw new Error(`balance stream: ${response.statusCode}`);
  response.on('data', (chunk: Buffer) => {
    if (/^event: (transaction|balance|usage)/m.test(chunk.toString()) && sentAt > 0) {
      delays.push(performance.now() - sentAt);
      sentAt = 0;
      seen?.();
    }
  });
  const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  await pause(500);
  for (let index = 0; index < STREAM_EVENTS; index++) {
    const arrived = new Promise<void>((resolve) => {
      seen = resolve;
    });
    sentAt = performance.now();
    await command(index);
    await Promise.race([arrived, pause(2_000)]);
    sentAt = 0;
    await pause(20);
  }
  request.destroy();
  return delays.sort((a, b) => a - b);
}

const verdicts = await main();
console.log('\nhard lines');
for (const { line, ok } of verdicts) console.log(`${ok ? 'ok  ' : 'FAIL'}  ${line}`);
process.exit(verdicts.every(({ ok }) => ok) ? 0 : 1);
