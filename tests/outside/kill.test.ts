/**
 * The whole process group is killed with SIGKILL at random instants under load, round after round. What was acknowledged must be there
 * afterwards, once: bookings, top-ups, charges, messages to people and pushes to Cal.com.
 */
import { runsOf } from '../counts.ts';
import { bookResponse } from '../../shared/contract/appointments.ts';
import { topupOpenedResponse } from '../../shared/contract/money.ts';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import {
  type Answer,
  callObject,
  DEMO,
  eventually,
  freePorts,
  type Instance,
  inParallel,
  request,
  sandboxClient,
  sleep,
  startInstance,
  type Wire,
} from './harness.ts';
import { bookSlot, freeSlots, type Slot } from './scenario.ts';
import { eachObject, openD1 } from './state-files.ts';

const ROUNDS = runsOf('kill');
const LEAST_ACKNOWLEDGED = 50;
/** Bookings are the slowest of the writes; this many slots last for all rounds. */
const SLOTS = ROUNDS * 20;
const CUSTOMERS = 60;
const TOPUPS = ROUNDS * 30;
const BOOKING_SOCKETS = 10;
const TOPUP_SOCKETS = 4;
const CALL_SOCKETS = 4;
/** The kill comes at a random moment after enough was acknowledged. */
const LATEST_KILL_MS = 400;
/** A claimed effect of a killed process is free again after its lease; the clock is moved beyond it. */
const BEYOND_LEASE_SECONDS = 300;
const SETTLE_LIMIT_MS = 480_000;
/** So long nothing may move before the clock does: a lease is then all that work can wait for. */
const STALLED_MS = 3_000;
const TEST_LIMIT_MS = 20 * 60_000;

interface Booking {
  key: string;
  slot: Slot;
  customerId: string;
}
interface Topup {
  id: string;
  event: object;
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'askpro kill '));
const state = path.join(folder, 'state');
let port: number;
let sandboxHandle: { close(): Promise<void> };
let instance: Instance | undefined;

beforeAll(async () => {
  cpSync(inject('demoState'), state, { recursive: true });
  port = await freePorts();
  // the sandbox is the world: it does not die with us, and remembers what it was told
  const { startSandbox } = await import('../../dev/sandbox/sandbox.ts');
  const { demoEventTypes } = await import('../../dev/demo-data/calcom.ts');
  sandboxHandle = await startSandbox({
    port: port + 1,
    smtpPort: port + 2,
    askproBaseUrl: `http://127.0.0.1:${port}`,
    calcom: { eventTypes: demoEventTypes() },
  });
});

afterAll(async () => {
  await instance?.kill9();
  await sandboxHandle?.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = () =>
  startInstance({
    port,
    state,
    externalSandbox: { port: port + 1, smtpPort: port + 2 },
    env: { RATE_LIMIT_SCALE: '10000' },
  });

async function makeCustomers(running: Instance): Promise<string[]> {
  const made = await inParallel(
    Array.from({ length: CUSTOMERS }, (_, index) => async (wire: Wire) => {
      const from = `+49157990${String(10_000 + index)}`;
      const body = { name: 'check-customer', call: callObject(DEMO.salon, from), args: { phone_number: from } };
      return (await running.retell('/api/retell/check-customer', body, wire)).json().customer_id as string;
    }),
    10,
  );
  return made.results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

/** Opens top-ups and prepares the event with which Stripe would report each as paid. */
async function openTopups(running: Instance, count: number): Promise<Topup[]> {
  const made = await inParallel(
    Array.from({ length: count }, () => async (wire: Wire) => {
      const opened = await running.api('/api/v2/topups', DEMO.salon.apiKey, {
        ...wire,
        body: { amount_cents: 2_000, method: 'stripe' },
        headers: { 'idempotency-key': randomUUID() },
      });
      if (opened.status !== 201) throw new Error(`top-up: ${opened.status} ${opened.text}`);
      const { topup_id: id, checkout_url: url } = opened.as(topupOpenedResponse);
      const sessionId = /cs_(test_)?[A-Za-z0-9_]+/.exec(url ?? '')?.[0];
      // the session as Stripe holds it has the metadata and totals that a real event would carry
      const session = await request(port + 1, `/stripe/v1/checkout/sessions/${sessionId}`, {
        headers: { authorization: 'Bearer sk_test_demo_askproai' },
      });
      if (session.status !== 200) throw new Error(`session ${sessionId}: ${session.status} ${session.text}`);
      return { id, event: paidEvent(session.json()) };
    }),
    10,
  );
  return made.results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

function paidEvent(session: object): object {
  return {
    id: `evt_${randomUUID().replaceAll('-', '')}`,
    object: 'event',
    type: 'checkout.session.completed',
    api_version: '2026-09-30.dahlia',
    created: Math.floor(Date.now() / 1000),
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    data: {
      object: {
        ...session,
        status: 'complete',
        payment_status: 'paid',
        payment_intent: `pi_${randomUUID().replaceAll('-', '')}`,
      },
    },
  };
}

/** A finished call of physio-plus: one and a half minutes, charged by the minute. */
function finishedCall(callId: string): object {
  const end = Date.now();
  return {
    event: 'call_ended',
    call: {
      ...callObject(DEMO.physio, '+436601234567', callId),
      call_status: 'ended',
      start_timestamp: end - 90_000,
      end_timestamp: end,
      duration_ms: 90_000,
      disconnection_reason: 'user_hangup',
      transcript: 'Agent: Guten Tag.',
      call_cost: { product_costs: [], combined_cost: 12.5, total_duration_seconds: 90, total_duration_unit_price: 0.1 },
    },
  };
}

/** Takes items until the process is dead; an item without an answer goes back, to be sent again with the same key. */
async function writeUntilDead<T>(
  items: T[],
  alive: () => boolean,
  send: (item: T) => Promise<Answer>,
  acknowledged: (item: T, answer: Answer) => void,
): Promise<void> {
  while (alive()) {
    const item = items.shift();
    if (item === undefined) return;
    try {
      acknowledged(item, await send(item));
    } catch {
      items.unshift(item);
      if (alive()) await sleep(5);
    }
  }
}

it(`keeps what it acknowledged through ${ROUNDS} kills, and does everything once`, {
  timeout: TEST_LIMIT_MS,
}, async () => {
  instance = await start();
  const customers = await makeCustomers(instance);
  const slots = await freeSlots(instance, DEMO.salon.apiKey, { service: 'Haarschnitt', count: SLOTS });
  const topups = await openTopups(instance, TOPUPS);
  const bookings: Booking[] = slots.map((slot, index) => ({
    key: randomUUID(),
    slot,
    customerId: customers[index % customers.length]!,
  }));
  const calls = Array.from({ length: ROUNDS * 60 }, () => `call_${randomUUID()}`);
  await instance.stop();

  const booked = new Map<string, Booking>();
  const paid = new Set<string>();
  const charged = new Set<string>();
  const refused: string[] = [];
  let fewest = Number.POSITIVE_INFINITY;

  for (let round = 1; round <= ROUNDS; round++) {
    instance = await start();
    const running = instance;
    let alive = true;
    let acknowledged = 0;
    const work = [
      ...Array.from({ length: BOOKING_SOCKETS }, () =>
        writeUntilDead(
          bookings,
          () => alive,
          ({ key, slot, customerId }) => bookSlot(running, slot, customerId, { key }),
          (booking, answer) => {
            if (answer.status !== 200 && answer.status !== 201) {
              refused.push(`booking ${booking.slot.startsAt}: ${answer.status} ${answer.text.slice(0, 300)}`);
              return;
            }
            acknowledged++;
            booked.set(answer.as(bookResponse).appointment_id, booking);
          },
        ),
      ),
      ...Array.from({ length: TOPUP_SOCKETS }, () =>
        writeUntilDead(
          topups,
          () => alive,
          ({ event }) => running.stripe(event),
          ({ id }, answer) => {
            if (answer.status !== 200) {
              refused.push(`top-up ${id}: ${answer.status} ${answer.text.slice(0, 300)}`);
              return;
            }
            acknowledged++;
            paid.add(id);
          },
        ),
      ),
      ...Array.from({ length: CALL_SOCKETS }, () =>
        writeUntilDead(
          calls,
          () => alive,
          (callId) => running.retell('/webhooks/retell', finishedCall(callId)),
          (callId, answer) => {
            if (answer.status >= 300) {
              refused.push(`call ${callId}: ${answer.status} ${answer.text.slice(0, 300)}`);
              return;
            }
            acknowledged++;
            charged.add(callId);
          },
        ),
      ),
    ];
    const killed = (async () => {
      while (acknowledged < LEAST_ACKNOWLEDGED && bookings.length + topups.length + calls.length > 0) await sleep(2);
      await sleep(Math.random() * LATEST_KILL_MS);
      await running.kill9();
      alive = false;
    })();
    await Promise.all([killed, ...work]);
    fewest = Math.min(fewest, acknowledged);
    expect(refused.slice(0, 5), `round ${round}`).toEqual([]);
  }
  console.log(
    `kill: ${ROUNDS} rounds, ${booked.size} bookings, ${paid.size} top-ups, ${charged.size} calls acknowledged, at least ${fewest} a round`,
  );
  expect(fewest).toBeGreaterThanOrEqual(LEAST_ACKNOWLEDGED);

  // after the last start everything that waits must get done by itself; only the lease of claimed effects is shortened
  instance = await start();
  const last = instance;
  let done = -1;
  let movedAt = Date.now();
  await eventually(
    async () => {
      const counts = (await last.request('/api/dev/effects')).json() as {
        pending: number;
        running: number;
        done: number;
      };
      if (counts.done !== done) {
        done = counts.done;
        movedAt = Date.now();
      } else if (Date.now() - movedAt > STALLED_MS) {
        await last.clock({ advance_seconds: BEYOND_LEASE_SECONDS });
        movedAt = Date.now();
      }
      return counts;
    },
    ({ pending, running }) => pending + running === 0,
    { withinMs: SETTLE_LIMIT_MS, everyMs: 500, what: 'effects still pending' },
  );
  await last.request('/api/dev/flush', { method: 'POST' });
  const verdict = (await last.request('/api/dev/verify')).json();
  for (const tenant of verdict.tenants) {
    expect(tenant.ledger, tenant.tenant).toMatchObject({ ok: true });
    expect(tenant.calendar, tenant.tenant).toMatchObject({ ok: true });
    expect(tenant.projection, tenant.tenant).toMatchObject({ ok: true });
  }
  await last.stop();

  // on disk: every acknowledged booking once, on its own slot
  const appointments = eachObject(state, 'TenantCalendar', (database) =>
    database.all(
      "SELECT id, staff_id, customer_id, starts_at, ends_at FROM appointments WHERE status NOT IN ('cancelled', 'no_show')",
    ),
  ).flat();
  const byId = new Map(appointments.map((row) => [row['id'], row]));
  for (const [id, { slot }] of booked) {
    expect(byId.get(id), id).toMatchObject({ staff_id: slot.staffId });
  }
  const database = openD1(state);
  const projected = new Set(database.all('SELECT id FROM appointments').map((row) => row['id']));
  for (const id of booked.keys()) expect(projected.has(id), `${id} in D1`).toBe(true);
  const starts = appointments.map((row) => `${row['staff_id']} ${row['starts_at']}`);
  expect(new Set(starts).size, 'two appointments of one person at one time').toBe(starts.length);

  // money: one posting per payment and per call
  const entries = database.all('SELECT type, reference_type, reference_id FROM ledger_entries');
  database.close();
  const count = (type: string, id: string) =>
    entries.filter((entry) => entry['type'] === type && entry['reference_id'] === id).length;
  for (const id of paid) expect(count('topup', id), `top-up ${id}`).toBe(1);
  for (const callId of charged) expect(count('call_cost', callId), `call ${callId}`).toBe(1);

  // the world: one message and one Cal.com booking for each appointment
  const world = sandboxClient(port + 1);
  const messages = (await world.requests('twilio')).filter((received) => received.method === 'POST');
  const texts = messages.map((received) => `${received.body?.To} ${received.body?.Body}`);
  expect(new Set(texts).size, 'a message was sent twice').toBe(texts.length);
  const mine = new Set<unknown>(customers);
  expect(texts.length, 'confirmations').toBe(appointments.filter((row) => mine.has(row['customer_id'])).length);
  const ours = new Set(booked.keys());
  const known: { metadata?: { askpro_appointment?: string } }[] = (
    await world.request('/_sandbox/calcom/bookings')
  ).json().bookings;
  const pushed = known.map(({ metadata }) => metadata?.askpro_appointment).filter((id) => id && ours.has(id));
  expect(new Set(pushed).size, 'a booking was pushed twice').toBe(pushed.length);
  expect(pushed.length).toBe(booked.size);
});
