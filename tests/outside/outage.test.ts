/** D1 refuses for ten minutes of the clock: bookings and calls go on, and afterwards every row and every message is there once. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callObject, DEMO, eventually, type Instance, startInstance } from './harness.ts';
import { freeSlots, type Slot } from './scenario.ts';

const BOOKINGS = 30;
const MINUTE_S = 60;

let instance: Instance;
let slots: Slot[];

beforeAll(async () => {
  instance = await startInstance({ env: { RATE_LIMIT_SCALE: '1000' } });
  slots = await freeSlots(instance, DEMO.salon.apiKey, { service: 'Haarschnitt', count: BOOKINGS });
});
afterAll(() => instance?.stop());

it('keeps booking by phone without D1, and delivers everything once when D1 is back', {
  timeout: 240_000,
}, async () => {
  // Callers who are known before the outage.
  const callers = await Promise.all(
    slots.map(async (_, i) => {
      const from = `+4915799${String(100_000 + i)}`;
      const call = callObject(DEMO.salon, from);
      const answer = await instance.retell('/api/retell/check-customer', {
        name: 'check-customer',
        call,
        args: { phone_number: from, name: `Test Person ${i}` },
      });
      return { from, call, customerId: answer.json().customer_id as string };
    }),
  );
  await instance.request('/api/dev/flush', { body: {} });

  expect((await instance.request('/api/dev/faults', { body: { d1: 'refuse' } })).status).toBe(200);
  const booked: string[] = [];
  for (const [i, slot] of slots.entries()) {
    const caller = callers[i];
    if (!caller) continue;
    const answer = await instance.retell('/api/retell/book-appointment', {
      name: 'book-appointment',
      call: caller.call,
      args: {
        customer_id: caller.customerId,
        service_id: slot.serviceId,
        staff_id: slot.staffId,
        starts_at: slot.startsAt,
      },
    });
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ success: true });
    booked.push(answer.json().appointment_id);
    if (i % 3 === 0) await instance.clock({ advance_seconds: MINUTE_S });
  }
  expect(new Set(booked).size).toBe(BOOKINGS);
  await instance.request('/api/dev/faults', { body: { d1: 'ok' } });

  // Nobody repairs anything: only time goes on.
  await eventually(
    async () => {
      await instance.clock({ advance_seconds: 2 * MINUTE_S });
      const { calendar, ledger } = (await instance.request('/api/dev/objects?tenant=ten_salon_schoen')).json();
      const effects = (await instance.request('/api/dev/effects')).json();
      const waiting = [...Object.values(calendar.waiting), ...Object.values(ledger.waiting)] as number[];
      return { waiting, left: effects.pending + effects.running };
    },
    ({ waiting, left }) => waiting.every((n) => n === 0) && left === 0,
    { withinMs: 120_000, everyMs: 1_000, what: 'everything delivered' },
  );
  const { tenants } = (await instance.request('/api/dev/verify?tenant=ten_salon_schoen')).json();
  expect(tenants[0]).toMatchObject({ ledger: { ok: true }, calendar: { ok: true }, projection: { ok: true } });
  const messages = (await instance.sandbox.request('/_sandbox/twilio/messages')).json().messages as { to: string }[];
  for (const { from } of callers) expect([from, messages.filter((m) => m.to === from).length]).toEqual([from, 1]);
  const effects = (await instance.request('/api/dev/effects')).json();
  expect(effects.parked).toBe(0);
});
