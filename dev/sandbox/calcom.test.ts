/** The Cal.com stand-in, driven by our client. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { asInstant } from '../../shared/clock.ts';
import {
  cancelBooking,
  type CalcomConfig,
  confirmBooking,
  createBooking,
  findBookingByMetadata,
  getBooking,
  listBookings,
  listEventTypes,
  reassignBooking,
  rescheduleBooking,
} from '../../workers/integrations/calcom.ts';
import {
  calcomOwner,
  changeEventType,
  createEventType,
  eventTypesAt,
  teamMembers,
} from '../../workers/integrations/calcom-event-types.ts';
import { parseCalcomEvent } from '../../workers/integrations/calcom-events.ts';
import { verifyCalcom } from '../../workers/integrations/signatures.ts';
import { demoEventTypes } from '../demo-data/calcom.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { DEMO_SECRETS } from './settings.ts';
import { control, inspect, type Receiver, startReceiver } from './webhook-receiver.ts';

let receiver: Receiver;
let sandbox: Sandbox;
let config: CalcomConfig;
beforeEach(async () => {
  receiver = await startReceiver();
  sandbox = await startSandbox({ port: 0, askproBaseUrl: receiver.url, retryScale: 0.05 });
  config = { baseUrl: `${sandbox.url}/calcom`, apiKey: DEMO_SECRETS.calcomApiKey, timeoutMs: 1_000 };
  // One host: the same person cannot be booked twice.
  await control(sandbox.url, '/calcom/event-types', {
    id: 123,
    slug: 'haarschnitt',
    title: 'Haarschnitt',
    lengthInMinutes: 60,
    hosts: [{ id: 1, name: 'Lena', email: 'lena@salon.test' }],
  });
});
afterEach(async () => {
  await sandbox.close();
  await receiver.close();
});

const HOUR = 3_600_000;
const start = asInstant(Math.ceil(Date.now() / HOUR) * HOUR + 24 * HOUR);
const book = (at = start, appointment = 'apt_1', over: Partial<CalcomConfig> = {}) =>
  createBooking(
    { ...config, ...over },
    {
      eventTypeId: '123',
      startsAt: at,
      attendee: { name: 'Erika Mustermann', timeZone: 'Europe/Berlin', phoneNumber: '+4915112345678', language: 'de' },
      metadata: { appointment_id: appointment },
    },
  );
const events = async (count: number) => {
  const received = await receiver.waitFor(count);
  for (const one of received) {
    expect(one.path).toBe('/api/calcom/webhook');
    expect(
      await verifyCalcom({
        rawBody: one.body,
        header: one.headers['x-cal-signature-256'],
        secret: 'calcom_demo_secret',
      }),
    ).toBe(true);
  }
  return received.map((one) => {
    const event = parseCalcomEvent(one.body);
    if (!event.ok) throw new Error(JSON.stringify(event.error));
    return event.value;
  });
};

it('a booking lives: created, moved under a new uid, cancelled, with a signed webhook for each', async () => {
  const made = await book();
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  expect(made.value).toMatchObject({
    status: 'accepted',
    startsAt: start,
    endsAt: start + HOUR,
    eventTypeId: '123',
    hostIds: ['1'],
    metadata: { appointment_id: 'apt_1' },
  });
  expect(made.value.attendees[0]).toMatchObject({ email: null, phoneNumber: '+4915112345678' });
  const moved = await rescheduleBooking(config, {
    uid: made.value.uid,
    startsAt: asInstant(start + HOUR),
    reason: 'Wunsch der Kundin',
  });
  if (!moved.ok) throw new Error(JSON.stringify(moved.error));
  expect(moved.value.uid).not.toBe(made.value.uid);
  expect(moved.value).toMatchObject({
    rescheduledFromUid: made.value.uid,
    startsAt: start + HOUR,
    metadata: { appointment_id: 'apt_1' },
  });
  expect(await getBooking(config, made.value.uid)).toMatchObject({
    value: { status: 'cancelled', rescheduledToUid: moved.value.uid },
  });
  expect(await rescheduleBooking(config, { uid: made.value.uid, startsAt: start })).toMatchObject({
    error: { status: 400, retryable: false },
  });
  const cancelled = await cancelBooking(config, { uid: moved.value.uid, reason: 'krank' });
  expect(cancelled).toMatchObject({ value: { status: 'cancelled', cancellationReason: 'krank' } });
  expect(await cancelBooking(config, { uid: moved.value.uid, reason: 'krank' })).toMatchObject({
    error: { status: 400 },
  });
  const kinds = await events(3);
  expect(kinds.map((one) => one.kind)).toEqual(['created', 'rescheduled', 'cancelled']);
  expect(kinds[0]?.booking).toMatchObject({
    uid: made.value.uid,
    metadata: { appointment_id: 'apt_1' },
    attendees: [{ phoneNumber: '+4915112345678', email: null }],
  });
  expect(kinds[1]?.booking).toMatchObject({
    uid: moved.value.uid,
    rescheduledFromUid: made.value.uid,
    rescheduledFromStartsAt: start,
  });
  expect(kinds[2]?.booking).toMatchObject({ uid: moved.value.uid, metadata: {}, cancellationReason: 'krank' });
});

it('two bookings never share a host, and what was cancelled frees its place', async () => {
  const first = await book();
  expect(await book(asInstant(start + HOUR / 2), 'apt_2')).toMatchObject({
    ok: false,
    error: { status: 400, ambiguous: false, body: expect.stringContaining('not available') },
  });
  expect((await book(asInstant(start + HOUR), 'apt_3')).ok).toBe(true);
  if (first.ok) await cancelBooking(config, { uid: first.value.uid, reason: 'x' });
  expect((await book(start, 'apt_4')).ok).toBe(true);
});

it('after a time-out the look finds what was booked, and nothing when nothing was', async () => {
  const look = { key: 'appointment_id', value: 'apt_1', eventTypeId: '123', startsAt: start };
  expect(await findBookingByMetadata(config, look)).toEqual({ ok: true, value: null });
  await control(sandbox.url, '/calcom/faults', { mode: 'timeout', path: '/v2/bookings' });
  expect(await book(start, 'apt_1', { timeoutMs: 150 })).toMatchObject({ error: { kind: 'timeout', ambiguous: true } });
  expect(await findBookingByMetadata(config, look)).toMatchObject({
    value: { metadata: { appointment_id: 'apt_1' }, status: 'accepted' },
  });
  await control(sandbox.url, '/calcom/faults', { mode: 'drop', path: '/v2/bookings' });
  const later = asInstant(start + 5 * HOUR);
  expect(await book(later, 'apt_2')).toMatchObject({ error: { kind: 'network', ambiguous: true } });
  expect(await findBookingByMetadata(config, { ...look, value: 'apt_2', startsAt: later })).toEqual({
    ok: true,
    value: null,
  });
});

it('a slow answer has acted all the same', async () => {
  await control(sandbox.url, '/calcom/faults', { mode: 'slow', delay_ms: 400 });
  expect(await book(start, 'apt_1', { timeoutMs: 100 })).toMatchObject({ error: { kind: 'timeout' } });
  expect(
    await findBookingByMetadata(config, { key: 'appointment_id', value: 'apt_1', eventTypeId: '123', startsAt: start }),
  ).toMatchObject({ value: { status: 'accepted' } });
});

it('without cal-api-version the shapes change silently, as there', async () => {
  await book();
  const answer = await fetch(`${sandbox.url}/calcom/v2/bookings`, {
    headers: { authorization: `Bearer ${config.apiKey}` },
  });
  expect(answer.status).toBe(200);
  const { data } = (await answer.json()) as { data: { bookings: Record<string, unknown>[] } };
  expect(data.bookings[0]).toMatchObject({ status: 'ACCEPTED', startTime: expect.any(String) });
});

it('lists by type, time, status and page', async () => {
  for (let i = 0; i < 5; i++) await book(asInstant(start + i * HOUR), `apt_${i}`);
  const page = await listBookings(config, { take: 2, skip: 2, eventTypeIds: ['123'], status: ['upcoming'] });
  expect(page).toMatchObject({ value: { hasNextPage: true } });
  if (page.ok) expect(page.value.bookings.map((one) => one.metadata['appointment_id'])).toEqual(['apt_2', 'apt_3']);
  expect(await listBookings(config, { take: 100, afterStart: asInstant(start + 4 * HOUR) })).toMatchObject({
    value: { bookings: [{ metadata: { appointment_id: 'apt_4' } }], hasNextPage: false },
  });
  expect(await listBookings(config, { take: 100, status: ['cancelled'] })).toMatchObject({ value: { bookings: [] } });
});

it('metadata rules, past times, unknown uids and wrong keys are refused in its own words', async () => {
  const raw = (body: object) =>
    fetch(`${sandbox.url}/calcom/v2/bookings`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${config.apiKey}`,
        'cal-api-version': '2024-08-13',
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
  const base = {
    eventTypeId: 123,
    start: new Date(start).toISOString(),
    attendee: { name: 'A', timeZone: 'Europe/Berlin', email: 'a@b.test' },
  };
  for (const body of [
    { ...base, metadata: { n: 1 } },
    { ...base, metadata: { ['x'.repeat(41)]: 'y' } },
    { ...base, metadata: { x: 'y'.repeat(501) } },
    { ...base, start: '2020-01-01T10:00:00Z' },
    { ...base, attendee: { name: 'A', timeZone: 'Europe/Berlin' } },
    { ...base, attendee: { name: 'A', timeZone: 'Mars', email: 'a@b.test' } },
  ]) {
    const answer = await raw(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      status: 'error',
      path: '/v2/bookings',
      error: { code: 'BadRequestException', message: expect.any(String) },
    });
  }
  expect(await getBooking(config, 'nope')).toMatchObject({ error: { status: 404 } });
  expect(await getBooking({ ...config, apiKey: 'cal_wrong' }, 'nope')).toMatchObject({
    error: { status: 401, retryable: false },
  });
});

it('a customer books, moves and cancels on cal.com itself; a host confirms or rejects', async () => {
  await control(sandbox.url, '/calcom/event-types', { id: 124, requiresConfirmation: true });
  const booked = await control(sandbox.url, '/calcom/book', {
    eventTypeId: 124,
    start: new Date(start).toISOString(),
    organizer: { id: 77, email: 'mia@salon.test', name: 'Mia' },
    attendee: { name: 'Hans', timeZone: 'Europe/Berlin', email: 'hans@example.test' },
  });
  const uid = String((booked.body['booking'] as { uid: string }).uid);
  expect(await confirmBooking(config, uid)).toMatchObject({ value: { status: 'accepted' } });
  const second = await control(sandbox.url, '/calcom/book', {
    eventTypeId: 124,
    start: new Date(start + 5 * HOUR).toISOString(),
    attendee: { name: 'Ina', timeZone: 'Europe/Berlin', email: 'ina@example.test' },
  });
  await control(sandbox.url, '/calcom/reject', {
    uid: (second.body['booking'] as { uid: string }).uid,
    reason: 'Urlaub',
  });
  await control(sandbox.url, '/calcom/cancel', { uid, requestReschedule: true });
  await control(sandbox.url, '/calcom/ping');
  const kinds = await events(6);
  expect(kinds.map((one) => one.kind).sort()).toEqual([
    'cancelled',
    'created',
    'ping',
    'rejected',
    'requested',
    'requested',
  ]);
  expect(kinds.find((one) => one.kind === 'created')?.booking?.organizer).toMatchObject({
    id: '77',
    email: 'mia@salon.test',
  });
  expect(kinds.find((one) => one.kind === 'cancelled')?.booking?.requestReschedule).toBe(true);
});

it('a duplicate fault may name the call that causes the webhook', async () => {
  await control(sandbox.url, '/calcom/faults', { mode: 'duplicate', path: '/v2/bookings' });
  await book();
  const twice = await events(2);
  expect(twice[0]).toEqual(twice[1]);
  expect((await inspect<{ bookings: unknown[] }>(sandbox.url, '/calcom/bookings')).bookings).toHaveLength(1);
});

it('a booking of a round robin is given to another host, of one person to nobody, and everybody is told', async () => {
  await control(sandbox.url, '/calcom/event-types', { id: 124, lengthInMinutes: 60, hosts: [{ id: 1 }, { id: 2 }] });
  const made = await createBooking(config, {
    eventTypeId: '124',
    startsAt: start,
    attendee: { name: 'Erika Mustermann', timeZone: 'Europe/Berlin', email: 'e@example.test' },
    metadata: { appointment_id: 'apt_1' },
  });
  if (!made.ok) throw new Error(made.error.body);
  expect(made.value.hostIds).toEqual(['1']);
  expect(await reassignBooking(config, { uid: made.value.uid, hostId: '2' })).toEqual({
    ok: true,
    value: made.value.uid,
  });
  expect(await getBooking(config, made.value.uid)).toMatchObject({ value: { hostIds: ['2'], status: 'accepted' } });
  expect(await reassignBooking(config, { uid: made.value.uid, hostId: '3' })).toMatchObject({ error: { status: 404 } });
  const told = await events(2);
  expect(told.map(({ kind }) => kind)).toEqual(['created', 'reassigned']);
  expect(told[1]?.booking?.organizer?.id).toBe('2');
  const sole = await book();
  if (!sole.ok) throw new Error(sole.error.body);
  expect(await reassignBooking(config, { uid: sole.value.uid, hostId: '2' })).toMatchObject({ error: { status: 400 } });
});

it('a no-show and the end of a meeting are told in their own shapes', async () => {
  const made = await book();
  if (!made.ok) throw new Error(made.error.body);
  const { uid } = made.value;
  await control(sandbox.url, '/calcom/no-show', { uid });
  await control(sandbox.url, '/calcom/end', { uid });
  // Each comes by a request of its own: they may overtake each other.
  const told = await events(3);
  const [missed, over] = ['no_show', 'meeting_ended'].map((kind) => told.find((event) => event.kind === kind));
  expect(missed).toMatchObject({ kind: 'no_show', booking: { uid, attendees: [{ noShow: true }], startsAt: null } });
  expect(over).toMatchObject({ kind: 'meeting_ended', booking: { uid, startsAt: start } });
});

it('a type with one length takes none in a booking', async () => {
  await control(sandbox.url, '/calcom/event-types', { id: 125, lengthInMinutes: 60, lengthInMinutesOptions: [] });
  const ask = {
    eventTypeId: '125',
    startsAt: start,
    attendee: { name: 'A', timeZone: 'Europe/Berlin', email: 'a@b.test' },
    metadata: {},
  };
  expect(await createBooking(config, { ...ask, lengthInMinutes: 60 })).toMatchObject({
    error: { status: 400, body: expect.stringContaining('lengthInMinutes') },
  });
  expect(await createBooking(config, ask)).toMatchObject({ ok: true });
});

it('the event types it is started with are there again after a reset', async () => {
  const other = await startSandbox({ port: 0, askproBaseUrl: receiver.url, calcom: { eventTypes: demoEventTypes() } });
  try {
    const types = async () =>
      (await inspect<{ event_types: { id: number; hosts: { id: number }[] }[] }>(other.url, '/calcom/event-types'))
        .event_types;
    const before = await types();
    expect(before.find(({ id }) => id === 1_001_502)?.hosts).toMatchObject([{ id: 502 }]);
    expect(before.find(({ id }) => id === 1001)?.hosts.map(({ id }) => id)).toEqual([501, 502, 503, 504, 505, 506]);
    await control(other.url, '/reset', {});
    expect(await types()).toEqual(before);
  } finally {
    await other.close();
  }
});

it('event types are listed, and more than the allowed requests meet 429 with its headers', async () => {
  expect(await listEventTypes(config)).toMatchObject({
    value: [{ id: '123', slug: 'haarschnitt', lengthInMinutes: 60 }],
  });
  const strict = await startSandbox({
    port: 0,
    askproBaseUrl: receiver.url,
    calcom: { rateLimitPerMinute: 2, strictEventTypes: true },
  });
  try {
    const other = { ...config, baseUrl: `${strict.url}/calcom` };
    expect(
      await createBooking(other, {
        eventTypeId: '5',
        startsAt: start,
        attendee: { name: 'A', timeZone: 'Europe/Berlin', email: 'a@b.test' },
        metadata: {},
      }),
    ).toMatchObject({ error: { status: 404 } });
    await listEventTypes(other);
    expect(await listEventTypes(other)).toMatchObject({
      error: { kind: 'rate_limited', retryable: true, ambiguous: false },
    });
  } finally {
    await strict.close();
  }
});

it('makes event types of the key’s owner and of a team: a slug once among them, arrays replaced, hosts of the team alone', async () => {
  await control(sandbox.url, '/calcom/teams', {
    id: 7,
    members: [{ id: 501, name: 'Anna', email: 'Anna@Salon.test' }],
  });
  expect(await calcomOwner(config)).toMatchObject({ ok: true, value: { userId: '1', email: 'salon@cal.example' } });
  expect(await teamMembers(config, '7')).toEqual({ ok: true, value: [{ userId: '501', email: 'anna@salon.test' }] });
  expect(await teamMembers(config, '8')).toMatchObject({ ok: false, error: { status: 404 } });
  const fields = {
    title: 'Schnitt',
    slug: 'askpro-srv-1',
    lengthInMinutes: 45,
    lengthInMinutesOptions: [30, 45],
    minimumBookingNotice: 15,
    hidden: true,
    confirmationPolicy: { type: 'always', blockUnconfirmedBookingsInBooker: true },
  } as const;
  const made = await createEventType(config, null, fields);
  expect(made).toMatchObject({
    ok: true,
    value: { slug: 'askpro-srv-1', options: [30, 45], minimumBookingNotice: 15, hidden: true, needsConfirmation: true },
  });
  expect(await createEventType(config, null, fields)).toMatchObject({ ok: false, error: { status: 400 } });
  const host = { userId: 501, mandatory: false, priority: 'medium' } as const;
  const ofTeam = { ...fields, schedulingType: 'roundRobin' } as const;
  const stranger = [{ ...host, userId: 502 }];
  expect(await createEventType(config, '7', { ...ofTeam, hosts: stranger })).toMatchObject({ error: { status: 404 } });
  const team = await createEventType(config, '7', { ...ofTeam, hosts: [host] });
  if (!team.ok) throw new Error(JSON.stringify(team.error));
  expect(team.value).toMatchObject({ teamId: '7', hostIds: ['501'] });
  const changed = await changeEventType(config, team.value, {
    lengthInMinutes: 30,
    confirmationPolicy: { disabled: true },
  });
  expect(changed).toMatchObject({
    ok: true,
    value: { id: team.value.id, lengthInMinutes: 30, title: 'Schnitt', hostIds: ['501'], needsConfirmation: false },
  });
  expect(await changeEventType(config, { id: team.value.id, teamId: null }, { title: 'X' })).toMatchObject({
    error: { status: 404 },
  });
  const listed = await eventTypesAt(config, '7');
  expect(listed.ok && listed.value.map(({ id }) => id)).toEqual([team.value.id]);
  const own = await eventTypesAt(config, null);
  expect(own.ok && own.value.map(({ slug }) => slug)).toEqual(['haarschnitt', 'askpro-srv-1']);
});
