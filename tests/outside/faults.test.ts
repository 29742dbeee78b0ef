/**
 * Every vendor misbehaves in every way it can: five vendors, five faults, each fault's hit read from the sandbox. The booking stands, money is
 * right to the cent, nobody gets two messages, and every queue ends empty or in the dead letter with the reason.
 */
import { appointmentResponse, bookResponse } from '../../shared/contract/appointments.ts';
import { balanceResponse, topupOpenedResponse, transactionListResponse } from '../../shared/contract/money.ts';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  callObject,
  DEMO,
  eventually,
  type Instance,
  type SandboxFault,
  type SandboxService,
  sleep,
  startInstance,
} from './harness.ts';
import { bookSlot, freeSlots, madeCustomer, type Slot } from './scenario.ts';

const MODES: SandboxFault['mode'][] = ['status', 'timeout', 'drop', 'duplicate', 'slow'];
const CLIENT_TIMEOUT_MS = 1_000;
/** Retries wait 1, 5 and 15 minutes, a crashed lease 150 s: this step passes them all within a few rounds. */
const CLOCK_STEP_SECONDS = 600;
const SETTLE_LIMIT_MS = 60_000;
/** A caller is on the line: whatever the vendor does, a sentence comes within this time. */
const CALLER_PATIENCE_MS = 3_000;

let instance: Instance;
let slots: Slot[];
let customerNumber = 0;

beforeAll(async () => {
  instance = await startInstance({
    env: { RATE_LIMIT_SCALE: '1000', VENDOR_TIMEOUT_MS: String(CLIENT_TIMEOUT_MS) },
  });
  slots = await freeSlots(instance, DEMO.salon.apiKey, { service: 'Haarschnitt', count: 40 });
});
afterAll(() => instance?.stop());
beforeEach(async () => {
  await settled();
  await instance.sandbox.reset();
});

/**
 * Time goes on until nothing waits any more, at the vendors, in the objects or in the queues; what cannot be done is parked with its
 * reason. Two looks in a row must find nothing: work may be on its way from one to the other.
 */
async function settled(): Promise<void> {
  let quiet = 0;
  const last = await eventually(
    async () => {
      const underWay: number = (await instance.sandbox.request('/_sandbox/calcom/webhooks')).json().pending;
      await instance.request('/api/dev/flush', { method: 'POST' });
      const counts = (await instance.request('/api/dev/effects')).json();
      const waiting = counts.pending + counts.running;
      quiet = underWay + waiting === 0 ? quiet + 1 : 0;
      if (waiting > 0) {
        await instance.clock({ advance_seconds: CLOCK_STEP_SECONDS });
        // What became due gets its turn before time goes on again.
        await sleep(700);
      }
      return counts as { pending: number; running: number; parked_effects: { kind: string; reason: string | null }[] };
    },
    () => quiet >= 2,
    { withinMs: SETTLE_LIMIT_MS, what: 'queues did not end' },
  );
  for (const parked of last.parked_effects) expect(parked.reason, parked.kind).toBeTruthy();
}

async function hits(service: SandboxService): Promise<number> {
  const { faults } = (await instance.sandbox.request(`/_sandbox/${service}/faults`)).json();
  return (faults as { hits: number }[]).reduce((sum, fault) => sum + fault.hits, 0);
}

interface Booked {
  id: string;
  phone: string;
  email: string;
}

async function book(): Promise<Booked> {
  const slot = slots.shift();
  if (!slot) throw new Error('no free slot left');
  const phone = `+4915798${String(100_000 + customerNumber++)}`;
  const email = `fault-${customerNumber}@example.test`;
  const customer = await madeCustomer(instance, { last_name: `Fault ${customerNumber}`, phones: [phone], email });
  const answer = await bookSlot(instance, slot, customer.id);
  expect(answer.status, answer.text).toBeLessThan(300);
  return { id: answer.as(bookResponse).appointment_id, phone, email };
}

async function world(booked: Booked) {
  const bookings = (await instance.sandbox.request('/_sandbox/calcom/bookings')).json().bookings as {
    status: string;
    metadata?: { askpro_appointment?: string };
  }[];
  const messages = (await instance.sandbox.request('/_sandbox/twilio/messages')).json().messages as { to: string }[];
  const { mails } = (await instance.sandbox.request('/_sandbox/smtp/mails')).json() as { mails: { to: string[] }[] };
  return {
    pushed: bookings.filter((one) => one.metadata?.askpro_appointment === booked.id && one.status === 'accepted')
      .length,
    texts: messages.filter(({ to }) => to === booked.phone).length,
    mails: mails.filter(({ to }) => to.includes(booked.email)).length,
  };
}

async function parkedReasons(): Promise<string[]> {
  const { parked_effects: parked } = (await instance.request('/api/dev/effects')).json();
  return (parked as { reason: string }[]).map(({ reason }) => reason);
}

async function appointmentStands(id: string): Promise<void> {
  const answer = await instance.api(`/api/v1/appointments/${id}`, DEMO.salon.apiKey);
  expect(answer.status).toBe(200);
  expect(answer.as(appointmentResponse).data.status).toBe('confirmed');
}

async function balanceCents(apiKey: string): Promise<number> {
  return (await instance.api('/customer/balance', apiKey)).as(balanceResponse).data.balance_cents;
}

async function ledgersVerify(): Promise<void> {
  await instance.request('/api/dev/flush', { method: 'POST' });
  for (const tenant of (await instance.request('/api/dev/verify')).json().tenants) {
    expect(tenant, tenant.tenant).toMatchObject({
      ledger: { ok: true },
      calendar: { ok: true },
      projection: { ok: true },
    });
  }
}

describe.each(MODES)('%s', (mode) => {
  it('of Cal.com: the booking stands and is pushed once', async () => {
    // two parties of `duplicate`: the webhook that comes back, twice
    await instance.sandbox.fault('calcom', mode === 'duplicate' ? { mode } : { mode, path: '/bookings' });
    const booked = await book();
    await settled();
    expect(await hits('calcom')).toBeGreaterThanOrEqual(1);
    await appointmentStands(booked.id);
    expect(await world(booked)).toEqual({ pushed: 1, texts: 1, mails: 1 });
  });

  it('of Twilio: the customer gets one message', async () => {
    await instance.sandbox.fault('twilio', mode === 'duplicate' ? { mode } : { mode, path: '/Messages' });
    const booked = await book();
    await settled();
    expect(await hits('twilio')).toBeGreaterThanOrEqual(1);
    await appointmentStands(booked.id);
    expect(await world(booked)).toEqual({ pushed: 1, texts: 1, mails: 1 });
  });

  it('of the mail relay: one mail, or one that a person must look at', async () => {
    const parkedBefore = (await parkedReasons()).length;
    await instance.sandbox.fault('smtp', { mode });
    const booked = await book();
    await settled();
    expect(await hits('smtp')).toBeGreaterThanOrEqual(1);
    await appointmentStands(booked.id);
    const { mails, ...others } = await world(booked);
    expect(others).toEqual({ pushed: 1, texts: 1 });
    const parked = (await parkedReasons()).length - parkedBefore;
    expect(mails).toBeLessThanOrEqual(1);
    expect(mails === 1 || parked === 1, `${mails} mails, ${parked} parked`).toBe(true);
  });

  it('of Stripe: the top-up is credited once, to the cent', async () => {
    const before = await balanceCents(DEMO.barber.apiKey);
    await instance.sandbox.fault(
      'stripe',
      mode === 'duplicate' ? { mode, path: 'checkout.session.completed' } : { mode, path: '/checkout/sessions' },
    );
    const key = randomUUID();
    const opened = await eventually(
      () =>
        instance.api('/api/v2/topups', DEMO.barber.apiKey, {
          body: { amount_cents: 5_000, method: 'stripe' },
          headers: { 'idempotency-key': key },
        }),
      ({ status }) => status === 201,
      { withinMs: 20_000, everyMs: 500, what: 'the top-up was not opened' },
    );
    const { checkout_url: url, bonus_cents: bonus } = opened.as(topupOpenedResponse);
    const session = /cs_(test_)?[A-Za-z0-9_]+/.exec(url ?? '')?.[0];
    const paid = await instance.sandbox.request('/_sandbox/stripe/pay', { body: { session, method: 'card' } });
    expect(paid.status, paid.text).toBe(200);
    await eventually(
      () => balanceCents(DEMO.barber.apiKey),
      (cents) => cents !== before,
      { what: 'not credited' },
    );
    await settled();
    await sleep(500);
    expect(await hits('stripe')).toBeGreaterThanOrEqual(1);
    expect(await balanceCents(DEMO.barber.apiKey)).toBe(before + 5_000 + bonus);
    await ledgersVerify();
  });

  it('of Retell: the caller hears a sentence, and the call is charged once', async () => {
    if (mode === 'duplicate') {
      await instance.sandbox.fault('retell', { mode, path: 'call_ended' });
      const played = await instance.sandbox.request('/_sandbox/retell/call', { body: { line: 'physio-plus' } });
      expect(played.status, played.text).toBe(200);
      const callId: string = played.json().call_id;
      await settled();
      await instance.request('/api/dev/flush', { method: 'POST' });
      const listed = await instance.api('/api/v2/transactions?limit=100', DEMO.physio.apiKey);
      const { data: charges } = listed.as(transactionListResponse);
      expect(charges.filter((one) => one.type === 'call_cost' && one.reference_id === callId)).toHaveLength(1);
    } else {
      await instance.sandbox.fault('retell', { mode, path: '/v2/get-call' });
      // a flat body with a call we know nothing of: one look at Retell, then the polite sentence
      const answer = await instance.retell('/api/retell/check-availability', {
        call_id: `call_${randomUUID()}`,
        date: 'morgen',
        time: '10:00',
        service: 'Haarschnitt',
      });
      expect(answer.status).toBe(200);
      expect(answer.json()).toMatchObject({ success: false });
      expect(answer.json().message).toBeTruthy();
      expect(answer.milliseconds).toBeLessThan(CALLER_PATIENCE_MS);
    }
    expect(await hits('retell')).toBeGreaterThanOrEqual(1);
    await ledgersVerify();
  });
});

it('an unknown call never reaches a tenant', async () => {
  const call = { ...callObject(DEMO.salon, '+4915700000001'), agent_id: 'agent_unknown', to_number: '+4930000000' };
  const answer = await instance.retell('/api/retell/check-customer', { name: 'check-customer', call, args: {} });
  expect(answer.json()).not.toMatchObject({ customer_found: true });
});
