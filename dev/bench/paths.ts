/**
 * The hot paths of a started server, with the salon they need: what bench.ts measures alone and paired.ts on two commits in turn. The salon
 * alone is also what `npm run prove memory` writes into.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { type BenchRequest, Connection } from './load.ts';

const RETELL_KEY = 'key_demo_retell';
const STRIPE_SECRET = 'whsec_demo_askproai';
export const API_KEY = 'ask_test_demo_salon_schoen';
const SALON = { slug: 'salon-schoen', number: '+493099990000', agent: 'agent_demo_salon' };
/** Callers that ring at the same time while the calls are prepared. */
const AT_ONCE = 16;
/** What the rounds may use up; fewer only to try the bench itself. */
const BOOKINGS = Number(process.env.BENCH_BOOKINGS ?? 12_000);
/** What one caller books in one call. */
export const BOOKINGS_A_CALL = 3;
const HOURS_A_DAY = 8;
/** Days ahead of the first booking: behind the days on which the demo salon's company is closed. */
const FIRST_DAY = 80;
const TOPUPS = Number(process.env.BENCH_TOPUPS ?? 1_500);
const STAFF = 20;
const STAFF_IDS = Array.from({ length: STAFF }, (_, index) => `stf_bench_${index}`);
const BRANCH = 'bra_bench';
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const json = { 'content-type': 'application/json' };

export type Next = () => BenchRequest | null;
export interface HotPath {
  name: string;
  next: Next;
  /** Whether an answer counts as good; default: status 200. */
  accept?: (status: number, body: string) => boolean;
  /** how many requests it can make in all, where each uses something up */
  bounded?: number;
}

interface Prepared {
  /** empty route, object echo, one insert */
  floors: { empty: Next; echo: Next; insert: Next };
  paths: HotPath[];
  /** One usage charge, for the delay of the live stream. */
  charge(index: number): Promise<void>;
}

/** One request outside the measurement; throws when the answer is not good. */
type Ask = (request: BenchRequest) => Promise<Record<string, unknown>>;
export function askOn(port: number): Ask {
  const free: Connection[] = [];
  return async (request) => {
    const connection = free.pop() ?? (await Connection.open(port));
    const { status, body } = await connection.send(request, 'localhost');
    free.push(connection);
    if (status < 200 || status > 299) throw new Error(`${request.path}: ${status} ${body.slice(0, 500)}`);
    return JSON.parse(body) as Record<string, unknown>;
  };
}

export const post = (target: string, body: unknown, headers: Record<string, string> = {}): BenchRequest => ({
  method: 'POST',
  path: target,
  headers: { ...json, ...headers },
  body: JSON.stringify(body),
});

export function retell(target: string, body: unknown): BenchRequest {
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

/** A webhook signed as Stripe signs it. */
export function stripe(body: unknown): BenchRequest {
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

/** A salon inside the demo tenant, and what a load makes of it. */
export interface BenchSalon {
  ask: Ask;
  tenant: string;
  branchId: string;
  /** A command of the tenant's calendar or ledger port. */
  calendar: (method: string, command: object) => BenchRequest;
  ledger: (method: string, command: object) => BenchRequest;
  /** As a caller comes: Retell asks who it is, and carries our signed route in the call from then on. */
  ring: (callId: string, caller: string) => Promise<object>;
  /** Who is calling, as the agent asks first: the call may book for that customer from then on. */
  whoCalls: (call: object, caller: string) => Promise<string>;
  /** The booking of one free hour of one person after the other, far in the future, so that no booking meets another. */
  bookingAt: (index: number, by: { call: object; customerId: string } | undefined) => BenchRequest;
}

/** The day so many days ahead, `YYYY-MM-DD`. */
export const dayOf = (ahead: number): string => new Date(Date.now() + ahead * DAY_MS).toISOString().slice(0, 10);
export const numberOf = (index: number): string => `+49157${String(99_000_000 + index)}`;

/** A function's or port's answer that is no refusal. */
export const isGood = (status: number, body: string): boolean =>
  status === 200 && !body.includes('"ok":false') && !body.includes('"success":false');

/** What a branch with twenty people, every day, no bookings consists of. */
export function benchSchedule(companyId: string): object[] {
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
      branchIds: [BRANCH],
      staff: staff.map((staffId) => ({ staffId })),
    },
  });
  return [
    {
      kind: 'branch',
      id: BRANCH,
      body: { companyId, name: 'Bench', timeZone: 'Europe/Berlin', country: 'DE', closedOnHolidays: false },
    },
    ...hoursOf('branch', BRANCH),
    ...STAFF_IDS.map((id, index) => ({
      kind: 'staff',
      id,
      body: { companyId, firstName: `Bench ${index}`, branchIds: [BRANCH] },
    })),
    ...STAFF_IDS.flatMap((id) => hoursOf('staff', id)),
    service('srv_bench_one', 'Eine Person', STAFF_IDS.slice(0, 1)),
    service('srv_bench_all', 'Alle Personen', STAFF_IDS),
  ];
}

/** Furnishes the demo salon of a server. @param port of the plain socket */
export async function furnish(port: number): Promise<BenchSalon> {
  const ask = askOn(port);
  const { id: tenant } = (await ask({ method: 'GET', path: `/__bench/tenant/${SALON.slug}`, headers: {} })) as {
    id: string;
  };
  const calendar = (method: string, command: object) => post(`/__bench/port/${tenant}/calendar/${method}`, command);
  const ledger = (method: string, command: object) => post(`/__bench/port/${tenant}/ledger/${method}`, command);
  const actor = { kind: 'system', id: 'bench' };

  // a salon of its own inside the demo tenant
  const snapshot = (await ask(calendar('schedule', {}))) as {
    result: { value: { branches: { id: string; body: { companyId: string; timeZone: string } }[] } };
  };
  const branch = snapshot.result.value.branches[0];
  if (!branch) throw new Error('the demo salon has no branch');
  const items = benchSchedule(branch.body.companyId);
  const seeded = (await ask(calendar('putScheduleMany', { key: 'bench:seed', actor, items }))) as {
    result: { ok: boolean };
  };
  if (!seeded.result.ok) throw new Error(`seeding the bench salon: ${JSON.stringify(seeded).slice(0, 600)}`);

  const number = { tenantId: tenant, e164: SALON.number, branchId: BRANCH, agentId: SALON.agent, active: true };
  await ask(post('/api/dev/seed', { operations: [{ op: 'number', record: number }] }));

  // each call that rings holds an amount
  await ask(
    ledger('recordTopup', {
      key: 'manual:top_bench',
      topupId: 'top_bench',
      amountCents: 10_000_000,
      currency: 'EUR',
      method: 'manual',
      bonus: true,
    }),
  );
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
  const whoCalls = async (call: object, caller: string): Promise<string> => {
    const args = { phone_number: caller };
    const answer = await ask(retell('/api/retell/check-customer', { name: 'check-customer', call, args }));
    return (answer as { customer_id: string }).customer_id;
  };
  const firstDay = Date.parse(`${dayOf(FIRST_DAY)}T09:00:00Z`);
  const bookingAt: BenchSalon['bookingAt'] = (index, by) => {
    // One hour after the other: the same hour asked for twice by one call is one booking, whoever serves it.
    const hour = index % HOURS_A_DAY;
    const staffId = STAFF_IDS[Math.floor(index / HOURS_A_DAY) % STAFF];
    const day = Math.floor(index / (HOURS_A_DAY * STAFF));
    const startsAt = new Date(firstDay + day * DAY_MS + hour * HOUR_MS).toISOString();
    return retell('/api/retell/book-appointment', {
      name: 'book-appointment',
      // an open call, as it is when a caller has got this far
      call: by?.call,
      args: {
        branch_id: BRANCH,
        customer_id: by?.customerId,
        service_id: 'srv_bench_all',
        staff_id: staffId,
        starts_at: startsAt,
      },
    });
  };
  return { ask, tenant, branchId: BRANCH, calendar, ledger, ring, whoCalls, bookingAt };
}

/** Furnishes the demo salon of a server and makes its hot paths. @param port of the plain socket */
export async function prepare(
  port: number,
  most: { bookings: number; topups: number } = { bookings: BOOKINGS, topups: TOPUPS },
): Promise<Prepared> {
  const { ask, tenant, branchId, calendar, ledger, ring, whoCalls, bookingAt } = await furnish(port);
  const paths: HotPath[] = [];
  const caller = numberOf(0);
  const call = await ring(`call_${randomUUID()}`, caller);
  await whoCalls(call, caller);

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
  paths.push({ name: 'check-availability: 1 staff, 1 day', next: oneDay, accept: isGood });
  paths.push({
    name: '  the same through the port',
    next: () => calendar('checkAvailability', availability('srv_bench_one', 1)),
    accept: isGood,
  });
  const wide: Next = () => calendar('checkAvailability', availability('srv_bench_all', 30));
  paths.push({ name: 'availability: 20 staff, 30 days', next: wide, accept: isGood });

  // as many callers as there are: a call books at most three
  const calls: { call: object; customerId: string }[] = [];
  const ringing = async (from: number): Promise<void> => {
    for (let index = from; index < most.bookings / BOOKINGS_A_CALL; index += AT_ONCE) {
      const number = numberOf(index + 1);
      const open = await ring(`call_bench_${index}`, number);
      calls[index] = { call: open, customerId: await whoCalls(open, number) };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, from) => ringing(from)));
  await ask(post('/api/dev/flush', {}));
  let booking = 0;
  const book: Next = () => {
    if (booking >= most.bookings) return null;
    const index = booking++;
    return bookingAt(index, calls[Math.floor(index / BOOKINGS_A_CALL)]);
  };
  paths.push({ name: 'book-appointment', next: book, accept: isGood, bounded: most.bookings });
  // What the bookings above have filled.
  paths.push({
    name: 'check-availability: booked day',
    next: () =>
      retell('/api/retell/check-availability', {
        name: 'check-availability',
        call,
        args: { branch_id: branchId, service_id: 'srv_bench_all', date: dayOf(FIRST_DAY), time: '10:00' },
      }),
    accept: isGood,
  });

  let usage = 0;
  paths.push({
    name: 'charge (ledger port)',
    next: () => {
      usage++;
      return ledger('chargeUsage', {
        key: `usage:bench-${usage}`,
        eventType: 'sms',
        quantityScaled: 10_000,
        occurredAt: Date.now(),
      });
    },
    accept: isGood,
  });

  const paid: OpenedTopup[] = [];
  for (let index = 0; index < most.topups; index++) paid.push(await openedTopup(ask, ledger, index));
  paths.push({
    name: 'top-up webhook',
    next: () => {
      const session = paid.pop();
      return session === undefined ? null : stripe(paidEvent(tenant, session));
    },
    bounded: most.topups,
  });
  const asked = (path: string): Next => {
    const headers = { authorization: `Bearer ${API_KEY}` };
    return () => ({ method: 'GET', path, headers });
  };
  paths.push({ name: 'who am I', next: asked('/api/me') });
  paths.push({ name: 'balance', next: asked('/customer/balance') });
  paths.push({ name: 'transactions page', next: asked('/api/v2/transactions?limit=25') });

  return {
    floors: {
      empty: () => ({ method: 'GET', path: '/__bench/empty', headers: {} }),
      echo: () => ({ method: 'GET', path: '/__bench/echo', headers: {} }),
      insert: () => ({ method: 'POST', path: '/__bench/insert', headers: {}, body: 'x' }),
    },
    paths,
    charge: async (index) => {
      await ask(
        ledger('chargeUsage', {
          key: `usage:stream-${index}`,
          eventType: 'sms',
          quantityScaled: 100_000,
          occurredAt: Date.now(),
        }),
      );
    },
  };
}

interface OpenedTopup {
  id: string;
  grossCents: number;
}

/** Opens a top-up in the ledger itself, so that the webhook alone is measured. */
export async function openedTopup(
  ask: Ask,
  ledger: (method: string, command: object) => BenchRequest,
  index: number,
): Promise<OpenedTopup> {
  const topupId = `top_bench${String(index).padStart(8, '0')}`;
  const answer = (await ask(
    ledger('openTopup', { key: `open:${topupId}`, topupId, amountCents: 2_000, method: 'stripe' }),
  )) as {
    result: { ok: boolean; value?: { topup: { grossCents: number } } };
  };
  const topup = answer.result.value?.topup;
  if (!topup) throw new Error(`opening a top-up: ${JSON.stringify(answer).slice(0, 400)}`);
  return { id: topupId, grossCents: topup.grossCents };
}

/** The event with which Stripe reports a top-up as paid. */
export function paidEvent(tenant: string, topup: OpenedTopup): object {
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
