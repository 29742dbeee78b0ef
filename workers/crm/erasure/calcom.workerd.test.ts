/**
 * Erasing a customer who has bookings at Cal.com, which deletes nothing: what is to come is cancelled there and kept here, all links become a
 * task, and what Cal.com says of them afterwards neither ends an appointment, nor brings the person back, nor is kept.
 */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { env, unique } from '../../../tests/contract/tenants.ts';
import { byHand } from '../../operations/together.fixture.ts';
import { type Instant, processNow, setClockOffset } from '../../../shared/clock.ts';
import { newId } from '../../../shared/ids.ts';
import { boundaryOf } from '../../../shared/time.ts';
import { FakeCalcom, type FakeBooking, messageOf } from '../../calendar-sync/calcom.fixture.ts';
import { processCalcomWebhook } from '../../calendar-sync/pull.ts';
import { pushAppointment } from '../../calendar-sync/push.ts';
import { salonItems } from '../../calendar/salon.fixture.ts';
import type { ActorRef, Appointment, ScheduleInput } from '../../calendar/types.ts';
import { platformOf } from '../../env.ts';
import type { EffectOutcome, EffectRow } from '../../operations/effects.ts';
import { storeWebhook } from '../../operations/webhook-log.ts';
import { saveIntegration } from '../../storage/platform-db.ts';
import { seal } from '../../tenancy/seal.ts';
import { type ErasureRow, erasureOf } from '../../storage/queries/erasures.ts';
import { calcomEventMaps } from '../../storage/tables/calendar-sync.ts';
import { customers } from '../../storage/tables/crm.ts';
import { externalConflicts } from '../../storage/tables/calendar.ts';
import { effects, webhookLogs } from '../../storage/tables/delivery.ts';
import { openTenant, type TenantScope } from '../../tenancy/scope.ts';
import { closeErasureTask } from '../commands/close-erasure.ts';
import { requestErasure } from '../commands/request-erasure.ts';
import { findOrCreateCustomer } from '../customers.ts';
import { runOfProduct } from './erasure.fixture.ts';

const platform = platformOf(env);
const ACTOR: ActorRef = { kind: 'phone', id: 'call_1' };
const MARK = 'zzgastzz';
const FIRST_DAY = '2027-03-09';
const SECOND_DAY = '2027-03-11';
const at = (day: string, minutes = 600): Instant => boundaryOf(day, minutes, 'Europe/Berlin', 'start');
const clockAt = (iso: string): void => setClockOffset(Date.parse(iso) - Date.now());

const worlds = new Map<string, FakeCalcom>();
beforeAll(() => {
  clockAt('2027-03-01T08:00:00Z');
  vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) => {
    const world = worlds.get(new URL(input instanceof Request ? input.url : String(input)).hostname);
    if (world === undefined) throw new TypeError('no such host');
    return world.fetch(input, init);
  });
});
afterAll(() => {
  setClockOffset(0);
  vi.unstubAllGlobals();
});

class Salon {
  readonly tenantId = newId('tenant', processNow());
  readonly calcom = new FakeCalcom([{ id: '77', hosts: ['501', '502'] }], unique('cal'));
  readonly email = `${MARK}-${unique('m')}@example.test`;
  customerId = '';

  get scope(): TenantScope {
    return openTenant(platform, this.tenantId, { kind: 'system', cause: 'queue' }, { now: processNow() });
  }

  async open(): Promise<this> {
    clockAt('2027-03-01T08:00:00Z');
    worlds.set(`${this.calcom.name}.test`, this.calcom);
    const body = (item: ScheduleInput) => item.body as Record<string, unknown>;
    const items = salonItems().map((item) => {
      if (item.id === 'stf_anna') return { ...item, body: { ...body(item), calcomUserId: '501' } };
      if (item.id === 'stf_ben') return { ...item, body: { ...body(item), calcomUserId: '502' } };
      return item.id === 'srv_cut' ? { ...item, body: { ...body(item), calcomEventTypeId: '77' } } : item;
    });
    const done = await this.scope.calendar.putScheduleMany({ key: 'seed', now: processNow(), actor: ACTOR, items });
    expect(done.result.ok, JSON.stringify(done.result)).toBe(true);
    const baseUrl = `https://${this.calcom.name}.test`;
    const sealedApiKey = await seal(platform, this.tenantId, 'cal_test_of_the_salon');
    await saveIntegration(platform, { tenantId: this.tenantId, vendor: 'calcom', baseUrl, sealedApiKey });
    this.calcom.tell = this.hear;
    const person = { name: `Erna ${MARK}`, email: this.email, language: 'de', source: 'api' } as const;
    this.customerId = (await findOrCreateCustomer(this.scope, person))?.id ?? '';
    return this;
  }

  /** What Cal.com tells, worked on at once. */
  readonly hear = async (triggerEvent: string, payload: Record<string, unknown>): Promise<void> => {
    const { id } = await storeWebhook(platform, {
      tenantId: this.tenantId,
      source: 'calcom',
      eventType: triggerEvent,
      uniqueId: unique(triggerEvent),
      payload: messageOf(triggerEvent, payload),
      now: processNow(),
    });
    await processCalcomWebhook(platform, this.tenantId, id);
  };

  async book(startsAt: Instant): Promise<string> {
    const now = processNow();
    const appointmentId = newId('appointment', now);
    const booked = await this.scope.calendar.book({
      key: `book ${appointmentId}`,
      now,
      actor: ACTOR,
      appointmentId,
      customerId: this.customerId,
      services: [{ serviceId: 'srv_cut' }],
      branchId: null,
      staffId: 'stf_anna',
      startsAt,
      source: 'phone_ai',
      notify: false,
    });
    expect(booked.result.ok, JSON.stringify(booked.result)).toBe(true);
    return appointmentId;
  }

  async push(appointmentId: string): Promise<EffectOutcome> {
    const effect = { id: `${this.tenantId}:${unique('push')}`, attempts: 1 } as EffectRow;
    const ref = { appointmentId, version: 1 };
    for (;;) {
      const outcome = await pushAppointment({ scope: this.scope, effect, ref, ...byHand(this.scope.tenantId) });
      if (outcome.kind !== 'wait') return outcome;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async booked(startsAt: Instant): Promise<string> {
    const id = await this.book(startsAt);
    await this.push(id);
    await vi.waitFor(async () => expect((await this.appointment(id)).syncStatus).toBe('synced'), { timeout: 60_000 });
    return id;
  }

  /** A guest books on cal.com itself. */
  async guest(day: string, host: string): Promise<FakeBooking> {
    const start = new Date(at(day)).toISOString();
    const made = this.calcom.book({ type: '77', host, start, minutes: 60, email: this.email, name: `Erna ${MARK}` });
    await this.hear('BOOKING_CREATED', this.calcom.payload(made));
    return made;
  }

  async appointment(appointmentId: string): Promise<Appointment> {
    const { result } = await this.scope.calendar.appointment(appointmentId);
    if (!result.ok) throw new Error(result.error.code);
    return result.value.appointment;
  }

  async erase(): Promise<ErasureRow> {
    const asked = await requestErasure(this.scope, { id: this.customerId, reason: 'authority' });
    expect(asked.ok).toBe(true);
    await runOfProduct('erase_customers');
    return this.erasure();
  }
  async erasure(): Promise<ErasureRow> {
    const row = await erasureOf(this.scope.db, this.customerId);
    if (row === null) throw new Error('no erasure');
    return row;
  }

  /**
   * Nobody there who may come: every coming booking of theirs is cancelled. Mostly in seconds, but a queue of the test runtime works on one
   * batch at a time, and jobs that a file before has begun may have it for half a minute; and an attempt that fails is made again after one.
   */
  async cancelledThere(uid: string): Promise<void> {
    await vi
      .waitFor(() => expect(this.calcom.bookings.find((one) => one.uid === uid)?.status).toBe('cancelled'), {
        timeout: 95_000,
      })
      .catch(async (fault: Error) => {
        throw new Error(`${fault.message}: ${await this.underWay()}`);
      });
  }

  /** What its effects came to, for a test that waits in vain. */
  async underWay(): Promise<string> {
    const rows = (await this.scope.db.rows(effects)).map(({ ref: _ref, ...row }) => row);
    return JSON.stringify({
      now: processNow(),
      rows,
      maps: await this.scope.db.rows(calcomEventMaps),
      made: this.calcom.bookings,
    });
  }

  /** What we keep of what Cal.com told, and whom we know. */
  async kept(): Promise<string> {
    await this.scope.calendar.flush(2_000);
    const { db } = this.scope;
    return JSON.stringify([await db.rows(webhookLogs), await db.rows(customers), await db.rows(externalConflicts)]);
  }
}

const bookingOf = (salon: Salon, appointmentId: string): FakeBooking => {
  const [booking] = salon.calcom.ofAppointment(appointmentId);
  if (booking === undefined) throw new Error('no booking');
  return booking;
};

describe('an erased customer with bookings at Cal.com', { timeout: 150_000 }, () => {
  it('comes no more there, and keeps their hour here; what is over is only listed, and a click closes the list', async () => {
    const salon = await new Salon().open();
    const [over, coming] = [await salon.booked(at(FIRST_DAY)), await salon.booked(at(SECOND_DAY))];
    const [before, overBefore] = [await salon.appointment(coming), await salon.appointment(over)];
    clockAt('2027-03-10T08:00:00Z');
    const row = await salon.erase();
    const [overThere, comingThere] = [bookingOf(salon, over), bookingOf(salon, coming)];
    expect([...row.leftAtCalcom].sort()).toEqual([overThere.uid, comingThere.uid].sort());
    await salon.cancelledThere(comingThere.uid);
    expect(overThere.status).toBe('accepted');
    expect(await salon.appointment(coming)).toEqual({ ...before, calcomUid: null, syncStatus: 'none' });
    expect(await salon.appointment(over)).toEqual(overBefore);
    expect(await salon.kept()).not.toContain(MARK);
    expect(await closeErasureTask(salon.scope, { id: salon.customerId })).toMatchObject({
      ok: true,
      value: { closedAt: expect.any(Number) },
    });
  });

  it('a booking that its guest made on cal.com stays here, too, and late words of it bring nobody back', async () => {
    const salon = await new Salon().open();
    const theirs = await salon.guest(SECOND_DAY, '501');
    const [row] = await salon.scope.db.rows(customers);
    expect(row?.id).toBe(salon.customerId);
    await salon.erase();
    await salon.cancelledThere(theirs.uid);
    const { result } = await salon.scope.calendar.appointmentsOf({ customerId: salon.customerId, now: processNow() });
    expect(result).toMatchObject({ ok: true, value: { upcoming: [{ appointment: { status: 'confirmed' } }] } });
    for (const trigger of ['BOOKING_CREATED', 'BOOKING_RESCHEDULED', 'BOOKING_CANCELLED'])
      await salon.hear(trigger, salon.calcom.payload(theirs));
    await salon.hear('BOOKING_RESCHEDULED', {
      ...salon.calcom.payload(theirs),
      uid: `${theirs.uid}-next`,
      rescheduleUid: theirs.uid,
    });
    expect(await salon.kept()).not.toContain(MARK);
    expect((await salon.scope.db.rows(customers)).map(({ id }) => id)).toEqual([salon.customerId]);
    expect((await salon.erasure()).leftAtCalcom).toContain(`${theirs.uid}-next`);
  });

  it('a booking that never found a place here is cancelled there, and its conflict is settled', async () => {
    const salon = await new Salon().open();
    const first = await salon.guest(SECOND_DAY, '501');
    const second = salon.calcom.book({
      type: '77',
      host: '501',
      start: first.start,
      minutes: 60,
      email: salon.email,
      name: `Erna ${MARK}`,
    });
    await salon.hear('BOOKING_CREATED', salon.calcom.payload(second));
    await salon.scope.calendar.flush(2_000);
    expect(await salon.scope.db.rows(externalConflicts)).toMatchObject([
      { status: 'open', customerId: salon.customerId },
    ]);
    const row = await salon.erase();
    expect([...row.leftAtCalcom].sort()).toEqual([first.uid, second.uid].sort());
    await salon.cancelledThere(second.uid);
    await salon.scope.calendar.flush(2_000);
    expect(await salon.scope.db.rows(externalConflicts)).toMatchObject([
      { status: 'resolved', resolution: 'keep_ours' },
    ]);
    expect(await salon.kept()).not.toContain(MARK);
  });

  it('erased while a push is on its way: what it made is let go of, cancelled and listed', async () => {
    const salon = await new Salon().open();
    let meanwhile: Promise<unknown> | null = null;
    salon.calcom.tell = async (trigger, payload) => {
      // Cal.com has made the booking, and its answer has not arrived.
      if (trigger === 'BOOKING_CREATED' && meanwhile === null) {
        meanwhile = salon.erase();
        await meanwhile;
      }
      await salon.hear(trigger, payload);
    };
    const id = await salon.book(at(SECOND_DAY));
    await salon.push(id);
    await vi.waitFor(() => expect(meanwhile).not.toBeNull(), { timeout: 60_000 });
    await meanwhile;
    const { uid } = bookingOf(salon, id);
    await salon.cancelledThere(uid);
    await vi.waitFor(
      async () =>
        expect(await salon.appointment(id)).toMatchObject({ status: 'confirmed', calcomUid: null, syncStatus: 'none' }),
      { timeout: 60_000 },
    );
    expect((await salon.erasure()).leftAtCalcom).toEqual([uid]);
    expect(await salon.kept()).not.toContain(MARK);
  });

  it('what Cal.com refuses to cancel is parked for the operator and listed all the same', async () => {
    const salon = await new Salon().open();
    const id = await salon.booked(at(SECOND_DAY));
    salon.calcom.fault = (call) =>
      call === 'cancel' ? Response.json({ status: 'error', error: { message: `no, ${MARK}` } }, { status: 400 }) : null;
    const row = await salon.erase();
    expect(row.leftAtCalcom).toEqual([bookingOf(salon, id).uid]);
    await vi.waitFor(
      async () =>
        expect((await salon.scope.db.rows(effects)).filter(({ kind }) => kind === 'calcom.leave')).toMatchObject([
          { state: 'parked' },
        ]),
      { timeout: 60_000 },
    );
    expect(JSON.stringify(await salon.scope.db.rows(effects))).not.toContain(MARK);
    expect(await salon.appointment(id)).toMatchObject({ status: 'confirmed', syncStatus: 'none' });
  });

  it('whatever else a guest wrote about a booking of theirs goes with its body, under another name and address, too', async () => {
    const salon = await new Salon().open();
    const theirs = await salon.guest(SECOND_DAY, '501');
    const attendees = [{ name: `Mama von ${MARK}`, email: `mama@${MARK}.test`, timeZone: 'Europe/Berlin' }];
    await salon.hear('BOOKING_RESCHEDULED', { ...salon.calcom.payload(theirs), attendees, responses: {} });
    expect(await salon.kept()).toContain(`Mama von ${MARK}`);
    await salon.erase();
    expect(await salon.kept()).not.toContain(`Mama von ${MARK}`);
  });

  it.each([422, 503])('what Cal.com says when a push fails with %i is kept as kind and status only', async (status) => {
    const salon = await new Salon().open();
    salon.calcom.fault = (call) =>
      call === 'create' ? Response.json({ error: { message: `Erna ${MARK} has a booking` } }, { status }) : null;
    const id = await salon.book(at(SECOND_DAY));
    const outcome = await salon.push(id);
    const map = await salon.scope.db.row(calcomEventMaps, eq(calcomEventMaps.appointmentId, id));
    expect(map?.lastError).toBe(`Cal.com status ${status}`);
    expect(JSON.stringify([outcome, map, await salon.scope.db.rows(effects)])).not.toContain(MARK);
  });

  it('a task that was closed is open again when another booking is found, and stays closed when none is', async () => {
    const salon = await new Salon().open();
    const id = await salon.booked(at(SECOND_DAY));
    await salon.erase();
    const { uid } = bookingOf(salon, id);
    await salon.cancelledThere(uid);
    expect((await closeErasureTask(salon.scope, { id: salon.customerId })).ok).toBe(true);
    const payload = salon.calcom.payload(bookingOf(salon, id));
    await salon.hear('BOOKING_CANCELLED', payload);
    expect((await salon.erasure()).closedAt).not.toBeNull();
    await salon.hear('BOOKING_RESCHEDULED', { ...payload, uid: `${uid}-later`, rescheduleUid: uid });
    expect(await salon.erasure()).toMatchObject({ closedAt: null, closedBy: null });
  });
});
