/** Two hundred callers want the same chair at the same minute: one gets it, everybody else is offered other times. */
import { appointmentResponse } from '../../shared/contract/appointments.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callObject, DEMO, type Instance, inParallel, startInstance, type Wire } from './harness.ts';
import { freeSlots, type Slot } from './scenario.ts';

const CALLERS = 200;
const SOCKETS = 200;
const LEAST_IN_FLIGHT = 100;

let instance: Instance;
let slot: Slot;

beforeAll(async () => {
  instance = await startInstance({ env: { RATE_LIMIT_SCALE: '1000' } });
  const [first] = await freeSlots(instance, DEMO.salon.apiKey, { service: 'Haarschnitt', count: 1 });
  if (!first) throw new Error('the demo salon has no free slot');
  slot = first;
});
afterAll(() => instance?.stop());

it('gives one slot to exactly one of 200 concurrent callers and typed alternatives to the other 199', async () => {
  const callers = Array.from({ length: CALLERS }, (_, index) => `+491579900${String(1000 + index)}`);
  const known = await inParallel(
    callers.map((from) => async (wire: Wire) => {
      const call = callObject(DEMO.salon, from);
      const answer = await instance.retell(
        '/api/retell/check-customer',
        { name: 'check-customer', call, args: { phone_number: from } },
        wire,
      );
      return { call, customerId: answer.json().customer_id as string };
    }),
    20,
  );
  const customers = known.results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
  expect(new Set(customers.map(({ customerId }) => customerId)).size).toBe(CALLERS);

  const race = await inParallel(
    customers.map(
      ({ call, customerId }) =>
        (wire) =>
          instance.retell(
            '/api/retell/book-appointment',
            {
              name: 'book-appointment',
              call,
              args: {
                customer_id: customerId,
                service_id: slot.serviceId,
                staff_id: slot.staffId,
                starts_at: slot.startsAt,
              },
            },
            wire,
          ),
    ),
    SOCKETS,
  );
  expect(race.mostInFlight).toBeGreaterThanOrEqual(LEAST_IN_FLIGHT);
  const answers = race.results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
  expect([...new Set(answers.map(({ status }) => status))]).toEqual([200]);
  const bodies = answers.map((answer) => answer.json());
  const winners = bodies.filter(({ success }) => success === true);
  const losers = bodies.filter(({ success }) => success === false);
  expect(winners).toHaveLength(1);
  expect(losers).toHaveLength(CALLERS - 1);
  for (const loser of losers) {
    expect(loser.code).toBe('APPOINTMENT_CONFLICT');
    expect(loser.message).toBeTruthy();
    expect(loser.details.alternatives.length).toBeGreaterThan(0);
  }
  const slowest = Math.max(...answers.map(({ milliseconds }) => milliseconds));
  console.log(`race: ${race.mostInFlight} in flight, slowest answer ${slowest.toFixed(0)} ms`);

  const booked = await instance.api(`/api/v1/appointments/${winners[0].appointment_id}`, DEMO.salon.apiKey);
  expect(booked.status).toBe(200);
  expect(booked.as(appointmentResponse).data.id).toBe(winners[0].appointment_id);
});
