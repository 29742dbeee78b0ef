/**
 * A push makes Cal.com follow: same hours, service and person, once, also when answers are lost. It never changes the appointment, whenever
 * its echo comes; what can't be pushed is a conflict that a click repeats.
 */
import { platformOf } from '../env.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { env, unique } from '../../tests/contract/tenants.ts';
import { byHand } from '../operations/together.fixture.ts';
import { asInstant, type Instant, processNow, setClockOffset } from '../../shared/clock.ts';
import { customerFields } from '../../shared/contract/customers.ts';
import { newId } from '../../shared/ids.ts';
import { isPlaceholderEmail } from '../../shared/placeholder-email.ts';
import { boundaryOf } from '../../shared/time.ts';
import { salonItems } from '../calendar/salon.fixture.ts';
import type { ActorRef, Appointment, ScheduleInput } from '../calendar/types.ts';
import { notify } from '../notifications/notify.ts';
import type { EffectOutcome, EffectRow } from '../operations/effects.ts';
import { storeWebhook } from '../operations/webhook-log.ts';
import { saveIntegration } from '../storage/platform-db.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { seal } from '../tenancy/seal.ts';
import { FakeCalcom, type FakeType, messageOf } from './calcom.fixture.ts';
import { processCalcomWebhook } from './pull.ts';
import { cancelUnplaced, pushAppointment } from './push.ts';

const ACTOR: ActorRef = { kind: 'phone', id: 'call_1' };
const at = (minutes: number): Instant => boundaryOf('2027-03-09', minutes, 'Europe/Berlin', 'start');

/** By host name: each salon has a Cal.com of its own, also for what the queue does for it meanwhile. */
const worlds = new Map<string, FakeCalcom>();
async function toCalcom(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const world = worlds.get(new URL(input instanceof Request ? input.url : String(input)).hostname);
  if (world === undefined) throw new TypeError('no such host');
  return world.fetch(input, init);
}
beforeAll(() => {
  setClockOffset(Date.parse('2027-03-01T08:00:00Z') - Date.now());
  vi.stubGlobal('fetch', toCalcom);
});
afterAll(() => {
  setClockOffset(0);
  vi.unstubAllGlobals();
});

/** Two people of one team type, unless types of their own are named. */
const TEAM: FakeType = { id: '77', hosts: ['501', '502'] };

class Salon {
  readonly scope: TenantScope;
  readonly calcom: FakeCalcom;
  #serial = 0;

  constructor(...types: FakeType[]) {
    const now = processNow();
    const own = [TEAM, { id: '7701', hosts: ['501'] }, { id: '7702', hosts: ['502'] }];
    this.scope = openTenant(platformOf(env), newId('tenant', now), { kind: 'system', cause: 'queue' }, { now });
    this.calcom = new FakeCalcom(types.length > 0 ? types : own, unique('cal'));
    worlds.set(`${this.calcom.name}.test`, this.calcom);
  }

  async open(own: { anna?: string; ben?: string } = {}): Promise<this> {
    const body = (item: ScheduleInput) => item.body as Record<string, unknown>;
    const items = salonItems().map((item) => {
      if (item.id === 'stf_anna') return { ...item, body: { ...body(item), calcomUserId: '501' } };
      if (item.id === 'stf_ben') return { ...item, body: { ...body(item), calcomUserId: '502' } };
      if (item.id !== 'srv_cut') return item;
      const staff = [
        { staffId: 'stf_anna', calcomEventTypeId: own.anna ?? null },
        { staffId: 'stf_ben', calcomEventTypeId: own.ben ?? null },
      ];
      return { ...item, body: { ...body(item), calcomEventTypeId: '77', staff } };
    });
    const done = await this.scope.calendar.putScheduleMany({ key: 'seed', now: processNow(), actor: ACTOR, items });
    expect(done.result.ok, JSON.stringify(done.result)).toBe(true);
    const { tenantId } = this.scope;
    const baseUrl = `https://${this.calcom.name}.test`;
    const sealedApiKey = await seal(platformOf(env), tenantId, 'cal_test_of_the_salon');
    await saveIntegration(platformOf(env), { tenantId, vendor: 'calcom', baseUrl, sealedApiKey });
    return this;
  }

  async book(staffId: string, startsAt: Instant = at(600)): Promise<string> {
    const now = processNow();
    const appointmentId = newId('appointment', now);
    const booked = await this.scope.calendar.book({
      key: `book ${appointmentId}`,
      now,
      actor: ACTOR,
      appointmentId,
      customerId: newId('customer', now),
      services: [{ serviceId: 'srv_cut' }],
      branchId: null,
      staffId,
      startsAt,
      source: 'phone_ai',
      notify: false,
    });
    expect(booked.result, JSON.stringify(booked.result)).toMatchObject({
      ok: true,
      value: { appointment: { syncStatus: 'pending' } },
    });
    return appointmentId;
  }

  /** The test's own pushes; those of the queue find the lease taken or nothing left to do. */
  async push(appointmentId: string, attempts = 1): Promise<EffectOutcome> {
    for (;;) {
      const effect = { id: `${this.scope.tenantId}:push:${this.#serial++}`, attempts } as EffectRow;
      const ref = { appointmentId, version: 1 };
      const outcome = await pushAppointment({ scope: this.scope, effect, ref, ...byHand(this.scope.tenantId) });
      if (outcome.kind !== 'wait') return outcome;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async appointment(appointmentId: string): Promise<Appointment> {
    const { result } = await this.scope.calendar.appointment(appointmentId);
    if (!result.ok) throw new Error(result.error.code);
    return result.value.appointment;
  }

  /** What Cal.com tells, worked on at once. */
  readonly hear = async (triggerEvent: string, payload: Record<string, unknown>): Promise<void> => {
    const platform = platformOf(env);
    const { id } = await storeWebhook(platform, {
      tenantId: this.scope.tenantId,
      source: 'calcom',
      eventType: triggerEvent,
      uniqueId: unique(triggerEvent),
      payload: messageOf(triggerEvent, payload),
      now: processNow(),
    });
    await processCalcomWebhook(platform, this.scope.tenantId, id);
  };

  async openConflicts() {
    await this.scope.calendar.flush(5_000);
    const rows = await env.DB.prepare(
      "SELECT id, kind, reason, appointment_id FROM external_conflicts WHERE tenant_id = ? AND status = 'open' ORDER BY id",
    )
      .bind(this.scope.tenantId)
      .all<{ id: string; kind: string; reason: string; appointment_id: string | null }>();
    return rows.results;
  }
}

describe('a push to a team event type leaves person and version as they were', () => {
  // Ben is booked; the team's first free host is Anna.
  it.each(['before', 'during', 'after'] as const)('when its echo comes %s the push was linked', async (when) => {
    const salon = await new Salon().open();
    const later: [string, Record<string, unknown>][] = [];
    salon.calcom.tell = async (trigger, payload) => {
      if (when === 'before') await salon.hear(trigger, payload);
      else later.push([trigger, payload]);
    };
    const id = await salon.book('stf_ben');
    const pushing = salon.push(id);
    if (when === 'during') {
      await vi.waitFor(() => expect(later.length).toBeGreaterThan(0));
      await Promise.all(later.splice(0).map(([trigger, payload]) => salon.hear(trigger, payload)));
    }
    expect(await pushing).toEqual({ kind: 'done' });
    for (const [trigger, payload] of later) await salon.hear(trigger, payload);
    expect(await salon.appointment(id)).toMatchObject({
      staffId: 'stf_ben',
      startsAt: at(600),
      version: 1,
      status: 'confirmed',
      syncStatus: 'synced',
    });
    expect(salon.calcom.alive(id).map(({ hosts }) => hosts)).toEqual([[{ id: 502 }]]);
    expect(salon.calcom.calls.filter((call) => call === 'reassign')).toHaveLength(1);
    expect(await salon.openConflicts()).toEqual([]);
  });

  it('also when it is moved: the host is compared after every write', async () => {
    const salon = await new Salon().open();
    salon.calcom.tell = salon.hear;
    const id = await salon.book('stf_ben');
    await salon.push(id);
    const moved = await salon.scope.calendar.reschedule({
      key: 'move',
      now: processNow(),
      actor: ACTOR,
      appointmentId: id,
      modificationId: newId('modification', processNow()),
      newStartsAt: at(840),
      notify: false,
    });
    expect(moved.result.ok).toBe(true);
    expect(await salon.push(id)).toEqual({ kind: 'done' });
    expect(await salon.appointment(id)).toMatchObject({
      staffId: 'stf_ben',
      startsAt: at(840),
      version: 2,
      syncStatus: 'synced',
    });
    expect(salon.calcom.alive(id)).toMatchObject([{ hosts: [{ id: 502 }], start: new Date(at(840)).toISOString() }]);
  });

  it('another host even so: asked once, then a conflict; a click repeats it, and what agrees settles it', async () => {
    const salon = await new Salon().open();
    salon.calcom.tell = salon.hear;
    salon.calcom.stubbornHost = '501';
    const id = await salon.book('stf_ben');
    expect(await salon.push(id)).toEqual({ kind: 'done' });
    expect(salon.calcom.calls.filter((call) => call === 'reassign')).toHaveLength(1);
    expect(await salon.openConflicts()).toMatchObject([{ kind: 'host', reason: 'other_host', appointment_id: id }]);
    expect(await salon.appointment(id)).toMatchObject({ staffId: 'stf_ben', version: 1, syncStatus: 'failed' });
    salon.calcom.stubbornHost = null;
    const [open] = await salon.openConflicts();
    const resolved = await salon.scope.calendar.resolveConflict({
      key: 'resolve',
      now: processNow(),
      actor: { kind: 'user', id: 'usr_1' },
      conflictId: open?.id ?? '',
      modificationId: newId('modification', processNow()),
      resolution: 'keep_ours',
    });
    expect(resolved.result).toMatchObject({ ok: true, value: { appointment: { syncStatus: 'pending' } } });
    // The click's own effect does it.
    await vi.waitFor(async () => expect((await salon.appointment(id)).syncStatus).toBe('synced'), { timeout: 20_000 });
    expect(salon.calcom.alive(id).map(({ hosts }) => hosts)).toEqual([[{ id: 502 }]]);
    expect(await salon.openConflicts()).toEqual([]);
  });
});

describe('person, length and service', () => {
  it('a type of the person’s own is booked first, and names them', async () => {
    const salon = await new Salon().open({ anna: '7701', ben: '7702' });
    const id = await salon.book('stf_ben');
    await salon.push(id);
    expect(salon.calcom.alive(id)).toMatchObject([{ eventTypeId: 7702, hosts: [{ id: 502 }] }]);
    expect(salon.calcom.calls).toEqual(['create']);
  });

  it('another person at the same hour is told to Cal.com: another booking takes the place of theirs', async () => {
    const salon = await new Salon().open({ anna: '7701', ben: '7702' });
    salon.calcom.tell = salon.hear;
    const id = await salon.book('stf_ben');
    await salon.push(id);
    const given = await salon.scope.calendar.reschedule({
      key: 'give',
      now: processNow(),
      actor: ACTOR,
      appointmentId: id,
      modificationId: newId('modification', processNow()),
      newStartsAt: at(600),
      staffId: 'stf_anna',
      notify: false,
    });
    expect(given.result).toMatchObject({ ok: true, value: { appointment: { staffId: 'stf_anna', version: 2 } } });
    expect(await salon.push(id)).toEqual({ kind: 'done' });
    expect(salon.calcom.alive(id)).toMatchObject([{ eventTypeId: 7701, hosts: [{ id: 501 }] }]);
    // The end of the replaced booking was told, and ended nothing.
    expect(await salon.appointment(id)).toMatchObject({
      status: 'confirmed',
      staffId: 'stf_anna',
      version: 2,
      calcomUid: salon.calcom.alive(id)[0]?.uid,
      syncStatus: 'synced',
    });
  });

  it('another person of a team type is given the booking itself', async () => {
    const salon = await new Salon().open();
    const id = await salon.book('stf_anna');
    await salon.push(id);
    await salon.scope.calendar.reschedule({
      key: 'give',
      now: processNow(),
      actor: ACTOR,
      appointmentId: id,
      modificationId: newId('modification', processNow()),
      newStartsAt: at(600),
      staffId: 'stf_ben',
      notify: false,
    });
    await salon.push(id);
    expect(salon.calcom.ofAppointment(id)).toMatchObject([{ status: 'accepted', hosts: [{ id: 502 }] }]);
  });

  it('a replacement that is cut off after any of its calls ends with one booking', async () => {
    for (const cut of ['cancel', 'create'] as const) {
      const salon = await new Salon().open({ anna: '7701', ben: '7702' });
      salon.calcom.tell = salon.hear;
      const id = await salon.book('stf_ben');
      await salon.push(id);
      let cuts = 1;
      salon.calcom.fault = (call) => (call === cut && cuts-- > 0 ? new Response('gateway', { status: 504 }) : null);
      await salon.scope.calendar.reschedule({
        key: 'give',
        now: processNow(),
        actor: ACTOR,
        appointmentId: id,
        modificationId: newId('modification', processNow()),
        newStartsAt: at(600),
        staffId: 'stf_anna',
        notify: false,
      });
      await salon.push(id);
      expect(await salon.push(id), cut).toEqual({ kind: 'done' });
      expect(salon.calcom.alive(id), cut).toMatchObject([{ eventTypeId: 7701 }]);
      expect(await salon.appointment(id), cut).toMatchObject({ status: 'confirmed', syncStatus: 'synced', version: 2 });
    }
  });

  it('a type with one length is asked for none; where it is another one, that is a conflict', async () => {
    const salon = await new Salon({ ...TEAM, lengths: [], length: 60 }).open();
    const fits = await salon.book('stf_anna');
    expect(await salon.push(fits)).toEqual({ kind: 'done' });
    expect(salon.calcom.alive(fits)).toHaveLength(1);
    const other = await new Salon({ ...TEAM, lengths: [], length: 30 }).open();
    const short = await other.book('stf_anna');
    expect(await other.push(short)).toEqual({ kind: 'done' });
    expect(await other.openConflicts()).toMatchObject([{ kind: 'push', reason: 'other_length' }]);
    expect(other.calcom.alive(short)).toHaveLength(1);
  });

  it('that looked before another one had its turn looks again: nothing is booked twice', async () => {
    const salon = await new Salon().open();
    const id = await salon.book('stf_anna');
    const { calendar } = salon.scope;
    const before = await calendar.appointment(id);
    expect(await salon.push(id)).toEqual({ kind: 'done' });
    const cancelled = await calendar.cancel({
      key: `cancel ${id}`,
      now: processNow(),
      actor: ACTOR,
      appointmentId: id,
      modificationId: newId('modification', processNow()),
      notify: false,
    });
    expect(cancelled.result.ok, JSON.stringify(cancelled.result)).toBe(true);
    expect(await salon.push(id)).toEqual({ kind: 'done' });
    expect(salon.calcom.alive(id)).toEqual([]);
    const late = vi.spyOn(calendar, 'appointment').mockResolvedValueOnce(before);
    expect(await salon.push(id)).toEqual({ kind: 'done' });
    late.mockRestore();
    expect(salon.calcom.alive(id)).toEqual([]);
  });

  it('a type whose host has to confirm is accepted there: ours is confirmed already', async () => {
    const salon = await new Salon({ ...TEAM, requiresConfirmation: true }).open();
    salon.calcom.tell = salon.hear;
    const id = await salon.book('stf_anna');
    await salon.push(id);
    expect(salon.calcom.alive(id)).toMatchObject([{ status: 'accepted' }]);
    expect(await salon.appointment(id)).toMatchObject({ status: 'confirmed', version: 1, syncStatus: 'synced' });
  });
});

describe('a push that Cal.com refuses', () => {
  it('is a conflict, not a parked effect; the place freed there, a click repeats it', async () => {
    const salon = await new Salon().open({ anna: '7701' });
    const taken = salon.calcom.book({
      type: '7701',
      host: '501',
      start: new Date(at(600)).toISOString(),
      minutes: 60,
      email: 'a@example.test',
    });
    const id = await salon.book('stf_anna');
    expect(await salon.push(id)).toEqual({ kind: 'done' });
    expect(await salon.openConflicts()).toMatchObject([{ kind: 'push', reason: 'occupied_there', appointment_id: id }]);
    expect(await salon.appointment(id)).toMatchObject({ syncStatus: 'failed', version: 1, status: 'confirmed' });
    taken.status = 'cancelled';
    const [open] = await salon.openConflicts();
    await salon.scope.calendar.resolveConflict({
      key: 'again',
      now: processNow(),
      actor: { kind: 'user', id: 'usr_1' },
      conflictId: open?.id ?? '',
      modificationId: newId('modification', processNow()),
      resolution: 'keep_ours',
    });
    await vi.waitFor(async () => expect((await salon.appointment(id)).syncStatus).toBe('synced'), { timeout: 20_000 });
    expect(salon.calcom.alive(id)).toHaveLength(1);
  });

  it('is none where somebody there was faster: what they cancelled meanwhile is cancelled', async () => {
    const salon = await new Salon().open();
    const id = await salon.book('stf_anna');
    await salon.push(id);
    const [theirs] = salon.calcom.alive(id);
    // Between our look and our call.
    salon.calcom.fault = (call) => {
      if (call === 'cancel' && theirs) theirs.status = 'cancelled';
      return null;
    };
    const now = processNow();
    const modificationId = newId('modification', now);
    await salon.scope.calendar.cancel({
      key: 'c',
      now,
      actor: ACTOR,
      appointmentId: id,
      modificationId,
      notify: false,
    });
    expect(await salon.push(id)).toEqual({ kind: 'done' });
    expect(await salon.openConflicts()).toEqual([]);
    expect(await salon.appointment(id)).toMatchObject({ status: 'cancelled', syncStatus: 'synced' });
  });

  it('is tried again while Cal.com is down, and a conflict after the last attempt', async () => {
    const salon = await new Salon().open();
    salon.calcom.fault = (call) => (call === 'create' ? new Response('down', { status: 500 }) : null);
    const id = await salon.book('stf_anna');
    expect(await salon.push(id, 1)).toMatchObject({ kind: 'retry' });
    expect(await salon.openConflicts()).toEqual([]);
    expect(await salon.push(id, 4)).toEqual({ kind: 'done' });
    expect(await salon.openConflicts()).toMatchObject([{ kind: 'push', reason: 'gave_up' }]);
  });

  it('is not taken for done when a round robin answers the booking of another appointment', async () => {
    const salon = await new Salon().open();
    const first = await salon.book('stf_anna');
    await salon.push(first);
    const known = salon.calcom.alive(first)[0];
    salon.calcom.fault = (call) =>
      call === 'create' && known ? Response.json({ status: 'success', data: known }, { status: 201 }) : null;
    const second = await salon.book('stf_ben');
    await salon.push(second);
    expect(await salon.appointment(second)).toMatchObject({ syncStatus: 'failed', calcomUid: null });
    expect(await salon.appointment(first)).toMatchObject({ syncStatus: 'synced', calcomUid: known?.uid });
  });
});

it('a booking without a place is cancelled at Cal.com when a person says so, and open again when that fails', async () => {
  const salon = await new Salon().open();
  const theirs = salon.calcom.book({
    type: '999',
    host: '501',
    start: new Date(at(600)).toISOString(),
    minutes: 60,
    email: 'g@example.test',
  });
  await salon.hear('BOOKING_CREATED', salon.calcom.payload(theirs));
  const [open] = await salon.openConflicts();
  expect(open).toMatchObject({ kind: 'booking', reason: 'unknown_service' });
  const conflictId = open?.id ?? '';
  salon.calcom.fault = (call) => (call === 'cancel' ? new Response('{}', { status: 403 }) : null);
  const resolve = (key: string) =>
    salon.scope.calendar.resolveConflict({
      key,
      now: processNow(),
      actor: { kind: 'user', id: 'usr_1' },
      conflictId,
      modificationId: newId('modification', processNow()),
      resolution: 'keep_ours',
    });
  expect((await resolve('first')).result.ok).toBe(true);
  const effect = { id: `${salon.scope.tenantId}:cancel`, attempts: 1 } as EffectRow;
  const context = { scope: salon.scope, effect, ref: { conflictId }, ...byHand(salon.scope.tenantId) };
  await cancelUnplaced(context);
  expect(await salon.openConflicts()).toMatchObject([{ id: conflictId, reason: 'refused' }]);
  salon.calcom.fault = () => null;
  await resolve('second');
  await cancelUnplaced({ ...context, effect: { ...effect, id: `${effect.id}2` } });
  expect(theirs.status).toBe('cancelled');
  await salon.hear('BOOKING_CANCELLED', salon.calcom.payload(theirs, { metadata: undefined }));
  expect(await salon.openConflicts()).toEqual([]);
});

it('somebody without an address has a placeholder of ours there, which never comes back as an address', async () => {
  const salon = await new Salon().open();
  salon.calcom.tell = salon.hear;
  const id = await salon.book('stf_anna');
  await salon.push(id);
  const email = salon.calcom.alive(id)[0]?.attendees[0]?.email ?? '';
  expect(isPlaceholderEmail(email), email).toBe(true);
  // A guest of Cal.com's under such an address becomes a customer without one.
  const theirs = salon.calcom.book({
    type: '77',
    host: '502',
    start: new Date(at(900)).toISOString(),
    minutes: 60,
    email,
    name: 'Paula Neu',
  });
  await salon.hear('BOOKING_CREATED', salon.calcom.payload(theirs));
  const rows = await env.DB.prepare('SELECT email FROM customers WHERE tenant_id = ?').bind(salon.scope.tenantId).all();
  expect(rows.results).toEqual([{ email: null }]);
  // Should one have come in before there was this rule, no message goes to it.
  await env.DB.prepare('UPDATE customers SET email = ? WHERE tenant_id = ?').bind(email, salon.scope.tenantId).run();
  await salon.scope.calendar.flush(5_000);
  const hers = await env.DB.prepare('SELECT id, customer_id FROM appointments WHERE tenant_id = ? AND calcom_uid = ?')
    .bind(salon.scope.tenantId, theirs.uid)
    .first<{ id: string; customer_id: string }>();
  const outcome = await notify({
    scope: salon.scope,
    effect: { id: `${salon.scope.tenantId}:notify`, attempts: 1, ref: '{}' } as EffectRow,
    ref: {
      event: 'appointment.confirmed',
      appointmentId: hers?.id ?? '',
      customerId: hers?.customer_id ?? '',
      version: 1,
      startsAt: at(900),
    },
    ...byHand(salon.scope.tenantId),
  });
  expect(outcome).toEqual({ kind: 'done', following: [] });
  const mails = await env.DB.prepare('SELECT channel FROM notifications WHERE tenant_id = ?')
    .bind(salon.scope.tenantId)
    .all();
  expect(mails.results).toEqual([]);
  expect(customerFields.safeParse({ email }).success).toBe(false);
});

it('makes a fresh booking for what was put back, once, also when the answer to the first attempt was lost', async () => {
  const salon = await new Salon().open();
  const id = await salon.book('stf_anna');
  expect(await salon.push(id)).toEqual({ kind: 'done' });
  expect(salon.calcom.ofAppointment(id).map(({ status }) => status)).toEqual(['accepted']);

  const now = processNow();
  const ask = { now, actor: ACTOR, appointmentId: id };
  const undoes = newId('modification', now);
  await salon.scope.calendar.cancel({ ...ask, key: 'c', modificationId: undoes, notify: false });
  expect(await salon.push(id)).toEqual({ kind: 'done' });
  expect(salon.calcom.ofAppointment(id).map(({ status }) => status)).toEqual(['cancelled']);

  // The next booking is made, and its answer gets lost.
  let lost = false;
  const answered = salon.calcom.fetch;
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const answer = await answered(input, init);
    if (lost || init?.method !== 'POST' || !String(input).endsWith('/v2/bookings')) return answer;
    lost = true;
    return new Response('gateway', { status: 504 });
  });
  await salon.scope.calendar.putBack({ ...ask, key: 'p', modificationId: newId('modification', now), undoes });
  await salon.push(id);
  expect(await salon.push(id)).toEqual({ kind: 'done' });
  vi.stubGlobal('fetch', toCalcom);
  expect(lost).toBe(true);
  expect(salon.calcom.ofAppointment(id).map(({ status }) => status)).toEqual(['cancelled', 'accepted']);
  expect((await salon.appointment(id)).calcomUid).toBe(salon.calcom.alive(id)[0]?.uid);
  expect(asInstant(Date.parse(salon.calcom.alive(id)[0]?.start ?? ''))).toBe(at(600));
});
