/** An appointment that was put back gets a fresh booking at Cal.com, and one only, also when the answer to the first attempt was lost. */
import { platformOf } from '../env.ts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { env } from '../../tests/contract/tenants.ts';
import { processNow, setClockOffset } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { boundaryOf } from '../../shared/time.ts';
import { salonItems } from '../calendar/salon.fixture.ts';
import type { ActorRef } from '../calendar/types.ts';
import type { EffectOutcome, EffectRow } from '../operations/effects.ts';
import { openTenant } from '../tenancy/scope.ts';
import { pushAppointment } from './push.ts';

interface Theirs {
  id: number;
  uid: string;
  status: 'accepted' | 'cancelled';
  start: string;
  end: string;
  eventTypeId: number;
  metadata: Record<string, string>;
}
const bookings: Theirs[] = [];
/** The next booking is made, and its answer gets lost. */
let loseAnswer = false;

async function calcom(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : String(input));
  const [, uid, verb] = /^\/v2\/bookings(?:\/([^/]+)(?:\/(\w+))?)?$/.exec(url.pathname) ?? [];
  const known = bookings.find((one) => one.uid === uid);
  if (init?.method !== 'POST') {
    if (uid === undefined) return Response.json({ status: 'success', data: bookings });
    return known ? Response.json({ status: 'success', data: known }) : new Response('{}', { status: 404 });
  }
  if (verb === 'cancel' && known) {
    known.status = 'cancelled';
    return Response.json({ status: 'success', data: known });
  }
  const options = JSON.parse(String(init.body)) as {
    start: string;
    eventTypeId: number;
    metadata: Record<string, string>;
  };
  const end = new Date(Date.parse(options.start) + 3_600_000).toISOString();
  const made: Theirs = { id: bookings.length + 1, uid: `u${bookings.length + 1}`, status: 'accepted', end, ...options };
  bookings.push(made);
  if (loseAnswer) {
    loseAnswer = false;
    return new Response('gateway', { status: 504 });
  }
  return Response.json({ status: 'success', data: made }, { status: 201 });
}
beforeAll(() => {
  setClockOffset(Date.parse('2027-03-01T08:00:00Z') - Date.now());
  vi.stubGlobal('fetch', calcom);
});
afterAll(() => {
  setClockOffset(0);
  vi.unstubAllGlobals();
});

it('makes a fresh booking for what was put back, once', async () => {
  const now = processNow();
  const actor: ActorRef = { kind: 'phone', id: 'call_1' };
  const scope = openTenant(platformOf(env), newId('tenant', now), { kind: 'system', cause: 'queue' }, { now });
  const items = salonItems().map((item) =>
    item.id === 'srv_cut' ? { ...item, body: { ...(item.body as object), calcomEventTypeId: '77' } } : item,
  );
  await scope.calendar.putScheduleMany({ key: 'seed', now, actor, items });
  const appointmentId = newId('appointment', now);
  const booked = await scope.calendar.book({
    key: 'b',
    now,
    actor,
    appointmentId,
    customerId: newId('customer', now),
    services: [{ serviceId: 'srv_cut' }],
    branchId: null,
    staffId: 'stf_anna',
    startsAt: boundaryOf('2027-03-09', 600, 'Europe/Berlin', 'start'),
    source: 'api',
    notify: false,
  });
  expect(booked.result).toMatchObject({ ok: true, value: { appointment: { syncStatus: 'pending' } } });

  let attempts = 0;
  /** The test's own pushes; those of the queue find the lease taken or nothing left to do. */
  const push = async (): Promise<EffectOutcome> => {
    for (;;) {
      const effect = { id: `push:${attempts++}` } as EffectRow;
      const phase = () => Promise.resolve();
      const outcome = await pushAppointment({ scope, effect, ref: { appointmentId, version: 1 }, phase });
      if (outcome.kind !== 'wait') return outcome;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const ours = () => bookings.filter((one) => one.metadata['askpro_appointment'] === appointmentId);
  const uid = async () => {
    const { result } = await scope.calendar.appointment(appointmentId);
    return result.ok ? result.value.appointment.calcomUid : null;
  };
  expect(await push()).toEqual({ kind: 'done' });
  expect(ours().map(({ status }) => status)).toEqual(['accepted']);

  const ask = { now, actor, appointmentId };
  const undoes = newId('modification', now);
  await scope.calendar.cancel({ ...ask, key: 'c', modificationId: undoes, notify: false });
  expect(await push()).toEqual({ kind: 'done' });
  expect(ours().map(({ status }) => status)).toEqual(['cancelled']);

  loseAnswer = true;
  await scope.calendar.putBack({ ...ask, key: 'p', modificationId: newId('modification', now), undoes });
  await push();
  expect(await push()).toEqual({ kind: 'done' });
  expect(loseAnswer).toBe(false);
  expect(ours().map(({ status }) => status)).toEqual(['cancelled', 'accepted']);
  expect(await uid()).toBe(ours()[1]?.uid);
});
