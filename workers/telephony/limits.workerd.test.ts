/** How much a caller may do, played through the signed functions with the clock moved: bookings, holds and SMS by call, number and tenant. */
import { desc } from 'drizzle-orm';
import { platformOf } from '../env.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { processNow, setClockOffset } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { toIso } from '../../shared/time.ts';
import type { ScheduleInput } from '../calendar/types.ts';
import { effectHandlers } from '../handlers.ts';
import { runEffect } from '../operations/effects.ts';
import type { NotificationRow } from '../storage/queries/notifications.ts';
import { notifications } from '../storage/tables/notifications.ts';
import { person } from './identity.fixture.ts';
import { Caller, env, FRIDAY, mobile, type Salon, salon } from './telephony.fixture.ts';

/** SMS that Twilio took. */
const sent: { to: string; body: string }[] = [];
beforeAll(() => {
  setClockOffset(Date.parse(FRIDAY) - Date.now());
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.includes('/Messages.json') || init?.method !== 'POST') return new Response('{}', { status: 503 });
    const form = new URLSearchParams(String(init.body));
    sent.push({ to: form.get('To') ?? '', body: form.get('Body') ?? '' });
    return Response.json(
      { sid: `SM${sent.length}`, status: 'queued', to: form.get('To'), body: form.get('Body'), num_segments: '1' },
      { status: 201 },
    );
  });
});
afterAll(() => {
  setClockOffset(0);
  vi.unstubAllGlobals();
});

const HOUR = 3_600_000;
const later = (hours: number): string => toIso(Date.parse(FRIDAY) + hours * HOUR);

/** Two people, eight hours each, half an hour a visit: 32 equal slots a day. */
async function thirtyTwoSlots(): Promise<Salon & { visit: string }> {
  const at = await salon({ topupCents: 10_000_000 });
  const now = processNow();
  const { result } = await at.scope.calendar.schedule();
  const companyId = result.ok ? (result.value.branches[0]?.body.companyId ?? '') : '';
  const visit = newId('service', now);
  const items: ScheduleInput[] = [
    {
      kind: 'service',
      id: visit,
      body: {
        companyId,
        name: { de: 'Besuch' },
        durationMinutes: 30,
        slotStepMinutes: 30,
        priceCents: 1_000,
        currency: 'EUR',
        staff: [{ staffId: at.anna }, { staffId: at.ben }],
        maxDaysAhead: 700,
      },
    },
    ...[2, 3, 4, 5, 6].flatMap((weekday) =>
      [at.anna, at.ben].map((ownerId) => ({
        kind: 'hours' as const,
        id: `${ownerId}.${weekday}`,
        body: {
          ownerKind: 'staff' as const,
          ownerId,
          weekday,
          periods: [{ from: '09:00', to: '18:00' }],
          breaks: [{ from: '13:00', to: '14:00' }],
        },
      })),
    ),
  ];
  const put = await at.scope.calendar.putScheduleMany({
    key: `slots:${visit}`,
    now,
    actor: { kind: 'system', id: 'test' },
    items,
  });
  if (!put.result.ok) throw new Error(JSON.stringify(put.result.error));
  return { ...at, visit };
}

const HOURS = ['09', '10', '11', '12', '14', '15', '16', '17'];
const slotsOf = (date: string): string[] =>
  HOURS.flatMap((hour) => [`${date}T${hour}:00:00+01:00`, `${date}T${hour}:30:00+01:00`]);

let invented = 0;
/** Names that sound like no other one. */
const inventedName = (): string => {
  invented++;
  const word = (seed: number): string =>
    Array.from({ length: 4 }, (_, i) => {
      const at = (seed * 7919 + i * 104_729 + seed * seed * (i + 3)) % 100;
      return `${'bdfgklmnprstvwz'[at % 15]}${'aeiou'[(at * 3 + i + seed) % 5]}`;
    }).join('');
  return `${word(invented)}x${invented % 7} ${word(invented * 31 + 7)}`.replace(
    /\d/g,
    (digit) => 'klmnprs'[Number(digit)] ?? 'z',
  );
};

describe('bookings by number and call', () => {
  it('one line with invented names makes no sixth booking in an hour, however many calls', async () => {
    const at = await thirtyTwoSlots();
    const from = mobile();
    const answers = [];
    for (const starts_at of slotsOf('2026-11-24')) {
      const caller = new Caller(at, from);
      answers.push(
        (await caller.says('book-appointment', { service_id: at.visit, starts_at, customer_name: inventedName() }))
          .body,
      );
    }
    expect(answers.filter((body) => body.success)).toHaveLength(5);
    const refused = answers.filter((body) => !body.success);
    expect(new Set(refused.map((body) => body.code))).toEqual(new Set(['RATE_LIMITED']));
    // The oldest leaves the hour; then 1 h, 2 h, 4 h, … at most 24 h.
    const waits = refused.map((body) => Math.round(body.retry_after / 3600));
    expect(waits.slice(0, 7)).toEqual([1, 1, 2, 4, 8, 16, 24]);
    expect(Math.max(...waits)).toBe(24);
    expect(refused[0].message).toMatch(/Rückruf/);
    // Another line is another caller.
    const other = await new Caller(at).says('book-appointment', {
      service_id: at.visit,
      starts_at: '2026-11-25T09:00:00+01:00',
      customer_name: 'Eva Anders',
    });
    expect(other.body.success).toBe(true);
  });

  it('three a call, repeats of the model not counted', async () => {
    const at = await thirtyTwoSlots();
    const caller = new Caller(at);
    const [a, b, c, d] = slotsOf('2026-11-24');
    for (const starts_at of [a, a, b, b, c])
      expect(
        (await caller.says('book-appointment', { service_id: at.visit, starts_at, customer_name: 'Eva Licht' })).body
          .success,
      ).toBe(true);
    const fourth = await caller.says('book-appointment', {
      service_id: at.visit,
      starts_at: d,
      customer_name: 'Eva Licht',
    });
    expect(fourth.body).toMatchObject({
      success: false,
      code: 'LIMIT_REACHED',
      details: { limit: 'bookings_of_call' },
    });
    expect(
      (await caller.says('book-appointment', { service_id: at.visit, starts_at: a, customer_name: 'Eva Licht' })).body
        .success,
    ).toBe(true);
  });
});

describe('withheld callers', () => {
  it('eight hours of clock long get at most a fifth of the bookable minutes of a day: 6 of 32 equal slots', async () => {
    const at = await thirtyTwoSlots();
    const phone = mobile();
    let booked = 0;
    let held = 0;
    const codes = new Set<string>();
    for (let hour = 0; hour < 8; hour++) {
      for (const [i, starts_at] of slotsOf('2026-11-24').entries()) {
        const caller = new Caller(at, null);
        const options = { service_id: at.visit, starts_at, customer_name: inventedName(), phone_number: phone };
        const name = (i + hour) % 2 === 0 ? 'collect-appointment' : 'book-appointment';
        const { body } = await caller.says(name, options, { now: later(hour), settle: false });
        if (name === 'book-appointment' && body.success) booked++;
        if (body.complete === true) held++;
        if (body.code) codes.add(body.code);
      }
      // What withheld callers have of the day, by bookings and live holds together.
      const { result } = await at.scope.calendar.day({ now: processNow(), branchId: at.branchId, date: '2026-11-24' });
      if (!result.ok) throw new Error(result.error.code);
      const live = result.value.holds.filter((hold) => hold.expiresAt > Date.parse(later(hour)));
      expect(result.value.appointments.length + live.length).toBeLessThanOrEqual(6);
    }
    expect(booked).toBeGreaterThanOrEqual(4);
    expect(booked).toBeLessThanOrEqual(6);
    expect(held).toBeGreaterThan(0);
    expect(codes.has('LIMIT_REACHED')).toBe(true);
    // Who shows a number still gets a slot.
    const known = await new Caller(at).says(
      'book-appointment',
      { service_id: at.visit, starts_at: '2026-11-24T17:30:00+01:00', customer_name: 'Eva Licht' },
      { now: later(8) },
    );
    expect(known.body.success).toBe(true);
  });

  it('all together ten bookings an hour, five holds at a time', async () => {
    const at = await thirtyTwoSlots();
    const days = ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28'];
    const book = (starts_at: string, now: string) =>
      new Caller(at, null).says(
        'book-appointment',
        { service_id: at.visit, starts_at, customer_name: inventedName(), phone_number: mobile() },
        { now, settle: false },
      );
    let made = 0;
    for (const date of days)
      for (const starts_at of slotsOf(date).slice(0, 4)) if ((await book(starts_at, later(0))).body.success) made++;
    expect(made).toBe(10);
    expect((await book('2026-11-28T09:00:00+01:00', later(1.1))).body.success).toBe(true);

    const fresh = await thirtyTwoSlots();
    let held = 0;
    for (const date of days)
      for (const starts_at of slotsOf(date).slice(0, 2)) {
        const { body } = await new Caller(fresh, null).says(
          'collect-appointment',
          { service_id: fresh.visit, starts_at, customer_name: inventedName(), phone_number: mobile() },
          { settle: false },
        );
        if (body.complete) held++;
        else expect(body).toMatchObject({ code: 'LIMIT_REACHED' });
      }
    expect(held).toBe(5);
  });

  it('one number holds two slots at a time, whatever its calls', async () => {
    const at = await thirtyTwoSlots();
    const from = mobile();
    const answers = [];
    for (const starts_at of slotsOf('2026-11-24').slice(0, 4))
      answers.push(
        (
          await new Caller(at, from).says('collect-appointment', {
            service_id: at.visit,
            starts_at,
            customer_name: 'Eva Licht',
          })
        ).body.complete,
      );
    expect(answers).toEqual([true, true, false, false]);
  });
});

// ---------------------------------------------------------------- SMS

/** Runs the effects of a tenant until the object has handed over all of them and none is waiting or running. */
async function effectsOf(at: Salon): Promise<void> {
  const calendar = env.CALENDAR.get(env.CALENDAR.idFromName(at.tenantId));
  await vi.waitFor(
    async () => {
      await calendar.drain();
      const { results } = await env.DB.prepare(
        "SELECT id FROM effects WHERE tenant_id = ? AND kind IN ('notify', 'notify.send') AND state IN ('pending', 'running')",
      )
        .bind(at.tenantId)
        .all<{ id: string }>();
      for (const { id } of results) await runEffect(platformOf(env), at.tenantId, id, effectHandlers());
      const { waiting } = await calendar.status();
      expect([results.length, ...Object.values(waiting)]).toEqual([0, 0, 0]);
    },
    { timeout: 60_000, interval: 50 },
  );
}
const messages = (at: Salon): Promise<NotificationRow[]> =>
  at.scope.db.rows(notifications, { orderBy: [desc(notifications.createdAt), desc(notifications.id)], limit: 1_000 });

describe('SMS to numbers that nobody has confirmed', () => {
  const book = (
    at: Salon & { visit: string },
    caller: Caller,
    starts_at: string,
    more: Record<string, unknown>,
    now?: string,
  ) =>
    caller.says(
      'book-appointment',
      { service_id: at.visit, starts_at, ...more },
      { settle: false, ...(now === undefined ? {} : { now }) },
    );

  it('go only where the company allows it: none to +252, and none is promised', async () => {
    const at = await thirtyTwoSlots();
    const slots = slotsOf('2026-11-24');
    const foreign = ['+252612345678', '+992917123456'];
    for (const [i, phone_number] of foreign.entries()) {
      const { body } = await book(at, new Caller(at, null), slots[i] ?? '', {
        phone_number,
        customer_name: inventedName(),
      });
      expect(body.success).toBe(true);
      expect(body.message).not.toContain('Bestätigung');
    }
    const own = mobile();
    const { body } = await book(at, new Caller(at, own), slots[5] ?? '', { customer_name: 'Eva Licht' });
    expect(body.message).toContain('Bestätigung');
    await effectsOf(at);
    const rows = await messages(at);
    for (const number of foreign) {
      expect(rows.find((row) => row.recipient === number)).toMatchObject({ status: 'skipped' });
      expect(sent.some(({ to }) => to === number)).toBe(false);
    }
    await vi.waitFor(() => expect(sent.some(({ to }) => to === own)).toBe(true), { timeout: 5_000 });
  });

  it('the 201st of a day is parked with a reason, the sixth to one number too; known customers get theirs all the same', {
    timeout: 120_000,
  }, async () => {
    const at = await thirtyTwoSlots();
    const victim = mobile();
    // Two hundred were sent today, as the object counts them.
    for (let i = 0; i < 197; i++) {
      const { result } = await at.scope.calendar.countCaller({
        now: processNow(),
        id: `ntf_before_${i}`,
        counts: [{ name: 'sms.tenant', limit: 1_000, windowMs: 24 * HOUR }],
      });
      expect(result.ok && result.value.allowed).toBe(true);
    }
    const days = ['2026-11-24', '2026-11-25'];
    const slots = days.flatMap((date) => slotsOf(date).slice(0, 3));
    for (const starts_at of slots.slice(0, 4))
      expect(
        (await book(at, new Caller(at, null), starts_at, { phone_number: mobile(), customer_name: inventedName() }))
          .body.success,
      ).toBe(true);
    await effectsOf(at);
    await vi.waitFor(
      async () => {
        const rows = await messages(at);
        expect(rows.filter((row) => row.status === 'sent')).toHaveLength(3);
        expect(rows.filter((row) => row.status === 'failed')).toMatchObject([
          { errorMessage: expect.stringContaining('200 SMS a day') },
        ]);
      },
      { timeout: 10_000 },
    );
    const { results } = await env.DB.prepare(
      "SELECT state, last_error FROM effects WHERE tenant_id = ? AND state = 'parked'",
    )
      .bind(at.tenantId)
      .all<{ last_error: string }>();
    expect(results).toMatchObject([{ last_error: expect.stringContaining('200 SMS a day') }]);

    const regular = await person(at, 'Erika Mustermann', victim);
    const caller = new Caller(at, victim);
    const confirmed = await book(at, caller, slots[5] ?? '', {});
    expect(confirmed.body.success).toBe(true);
    await effectsOf(at);
    await vi.waitFor(() => expect(sent.some(({ to }) => to === regular.phone)).toBe(true), { timeout: 5_000 });
  });

  it('five a day to one number that was only said', { timeout: 60_000 }, async () => {
    const at = await thirtyTwoSlots();
    const victim = mobile();
    const days = ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'];
    const slots = days.flatMap((date) => slotsOf(date).slice(0, 2));
    for (const [i, starts_at] of slots.slice(0, 7).entries())
      expect(
        (
          await book(
            at,
            new Caller(at, null),
            starts_at,
            { phone_number: victim, customer_name: inventedName() },
            later(i / 60),
          )
        ).body.success,
      ).toBe(true);
    await effectsOf(at);
    await vi.waitFor(
      async () => {
        const rows = await messages(at);
        expect(rows.filter((row) => row.status === 'failed')).toHaveLength(2);
        expect(rows.filter((row) => row.status === 'sent')).toHaveLength(5);
      },
      { timeout: 10_000 },
    );
    expect(sent.filter(({ to }) => to === victim)).toHaveLength(5);
  });
});
