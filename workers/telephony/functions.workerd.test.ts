/** The phone agent's functions end to end: signed HTTP in, real calendar and ledger objects, sentences out. */
import { platformOf } from '../env.ts';
import { describe, expect, it } from 'vitest';
import phrases from '../../tests/fixtures/german-time-and-phone.json' with { type: 'json' };
import { customersByPhone } from '../storage/queries/customers.ts';
import { callById } from '../storage/queries/calls.ts';
import { callbackRequests } from '../storage/tables/calls.ts';
import { d1Meter } from '../storage/d1.ts';
import { saveIntegration } from '../storage/platform-db.ts';
import { seal } from '../tenancy/seal.ts';
import {
  Caller,
  callIdOf,
  countingEnv,
  env,
  FRIDAY,
  get,
  mobile,
  onFriday,
  retellKnows,
  type Salon,
  salon,
  send,
  undocumented,
  waitingEnv,
} from './telephony.fixture.ts';
import { FUNCTION_NAMES } from './functions/names.ts';

onFriday();

let shared: Promise<Salon> | null = null;
/** One salon for tests that only ask. */
const asking = (): Promise<Salon> => {
  shared ??= salon();
  return shared;
};

describe('the answer of a function', () => {
  const refused = { success: false, code: 'NOT_CONFIGURED', message: 'Das geht nicht.', level: 'unknown', details: {} };
  it.each(FUNCTION_NAMES)('%s: is declared, member by member', (name) => {
    const judged = (body: object): string[] => undocumented(`/api/retell/${name}`, body);
    expect(judged(refused)).toEqual([]);
    expect(judged({ ...refused, invented: 1 })).not.toEqual([]);
    expect(judged({ ...refused, details: { invented: 1 } })).not.toEqual([]);
    expect(judged({ ...refused, success: true })).not.toEqual([]);
    expect(judged({ ...refused, level: undefined })).not.toEqual([]);
  });
});

describe('spoken time through check-availability', () => {
  const KEYS = ['date', 'time', 'from_date', 'to_date', 'from', 'to', 'dates', 'closed'] as const;
  const KIND_ONLY = new Set(['ask', 'invalid', 'none', 'earliest', 'any']);
  const same = (read: Record<string, unknown>, expected: Record<string, unknown>): boolean =>
    read['kind'] === expected['kind'] &&
    (KIND_ONLY.has(String(read['kind'])) ||
      KEYS.every((key) => JSON.stringify(read[key]) === JSON.stringify(expected[key])));

  const rows = phrases.time.map((row) => ({ ...row, when: 'spoken' in row && row.spoken ? row.spoken : row.say }));
  it.each(rows)('$when is read as it is meant, never silently wrong', async (row) => {
    // A call of its own: 100 requests a minute are counted per call.
    const { status, body } = await new Caller(await asking(), '+4915112345678').says(
      'check-availability',
      { when: row.when, service_id: (await asking()).haircut },
      { settle: false, now: FRIDAY },
    );
    expect(status).toBe(200);
    const accepted: Record<string, unknown>[] = [row.understood, ...('accept' in row && row.accept ? row.accept : [])];
    expect(
      accepted.some((expected) => same(body.understood ?? {}, expected)),
      JSON.stringify(body),
    ).toBe(true);
    // What is only half understood is never offered as free.
    if (['ask', 'invalid'].includes(body.understood?.kind)) expect(body.available).toBe(false);
    expect(body.message).toEqual(expect.stringMatching(/./));
  });

  it('keeps to the branch’s clock on both days on which it is changed', async () => {
    const caller = new Caller(await asking());
    const spring = await caller.says('check-availability', {
      when: 'am 30. März 2027 um zehn',
      service: 'Haarschnitt',
    });
    expect(spring.body).toMatchObject({
      available: true,
      slot: {
        start: '10:00',
        end: '11:00',
        starts_at: '2027-03-30T10:00:00+02:00',
        ends_at: '2027-03-30T11:00:00+02:00',
      },
    });
    const autumn = await caller.says('check-availability', {
      when: 'am 2. November 2027 um zehn',
      service: 'Haarschnitt',
    });
    expect(autumn.body).toMatchObject({
      available: true,
      slot: { start: '10:00', starts_at: '2027-11-02T10:00:00+01:00' },
    });
  });
});

it('the request’s clock decides what the words mean', async () => {
  const caller = new Caller(await asking());
  const { body } = await caller.says(
    'check-availability',
    { when: 'morgen um zehn', service: 'Haarschnitt' },
    { now: '2026-11-24T10:00:00+01:00' },
  );
  expect(body.understood).toMatchObject({ kind: 'instant', date: '2026-11-25', time: '10:00' });
});

describe('a call from ring to booking', () => {
  it('books in German and reads the slot back', async () => {
    const at = await salon();
    const caller = new Caller(at);
    const ringing = await caller.rings();
    expect(ringing.status).toBe(200);
    expect(Object.values(caller.variables).every((value) => typeof value === 'string')).toBe(true);
    expect(caller.variables).toMatchObject({
      company_name: 'Salon Schön',
      branch_name: 'Berlin-Mitte',
      current_weekday: 'Freitag',
      current_time: '10:00',
      language: 'de',
      customer_known: 'false',
      caller_name: '',
    });
    expect(caller.variables['greeting']).toContain('künstliche Intelligenz');
    expect(caller.variables['opening_hours_today']).toBe('09:00 bis 18:00');

    const who = await caller.says('check-customer', { phone_number: caller.from });
    expect(who.body).toMatchObject({
      success: true,
      customer_found: false,
      customer_name: null,
      appointment_count: 0,
      last_appointment: null,
      no_show_count: 0,
      is_vip: false,
    });
    const named = await caller.says('check-customer', { phone_number: caller.from, customer_name: 'Petra Berger' });
    expect(named.body).toMatchObject({
      customer_found: false,
      customer_id: who.body.customer_id,
      customer_name: 'Petra Berger',
    });

    const free = await caller.says('check-availability', {
      when: 'morgen um halb drei',
      service: 'Haarschnitt',
      staff: 'Anna',
    });
    expect(free.body).toMatchObject({
      available: true,
      staff_name: 'Anna Schmidt',
      branch_name: 'Berlin-Mitte',
      slot: { start: '14:30', end: '15:30', starts_at: '2026-11-21T14:30:00+01:00' },
      understood: { kind: 'instant', date: '2026-11-21', time: '14:30' },
    });

    const complete = await caller.says('collect-appointment', {
      service: 'Haarschnitt',
      staff: 'Anna',
      when: 'morgen um halb drei',
    });
    expect(complete.body).toMatchObject({
      complete: true,
      missing: [],
      service_id: at.haircut,
      staff_id: at.anna,
      date: '2026-11-21',
      time: '14:30',
      customer_name: 'Petra Berger',
    });
    expect(complete.body.held_until).toBeTruthy();

    // Held for this call: nobody else gets it.
    const other = new Caller(at);
    await other.rings();
    const taken = await other.says('check-availability', {
      when: 'morgen um halb drei',
      service: 'Haarschnitt',
      staff: 'Anna',
    });
    expect(taken.body.available).toBe(false);
    expect(taken.body.next_available_slots.length).toBeGreaterThan(0);

    const booked = await caller.says('book-appointment', {
      customer_id: who.body.customer_id,
      service_id: at.haircut,
      staff_id: at.anna,
      starts_at: free.body.slot.starts_at,
      customer_notes: 'kurz',
    });
    expect(booked.body).toMatchObject({ success: true });
    expect(booked.body.confirmation_message).toMatch(/Haarschnitt.*Samstag, 21\. November.*halb drei.*Anna/);
    const link = new URL(booked.body.calendar_link);
    const file = await get(link.pathname);
    expect(file.status).toBe(200);
    expect(await file.text()).toContain('DTSTART:20261121T133000Z');
    expect((await get('/cal/nothing.ics')).status).toBe(404);
    expect(JSON.stringify(booked.body).length).toBeLessThan(1_200);
  });

  it('books in English, with what is wanted told over several turns', async () => {
    const at = await salon();
    const caller = new Caller(at);
    await caller.rings();
    const english = { language: 'en' };
    const first = await caller.says('collect-appointment', { ...english, service: 'haircut' });
    expect(first.body).toMatchObject({ complete: false });
    expect(first.body.missing).toContain('date');
    const second = await caller.says('collect-appointment', { ...english, when: 'next Wednesday' });
    expect(second.body).toMatchObject({ complete: false, service_id: at.haircut });
    expect(second.body.missing).toContain('time');
    const third = await caller.says('collect-appointment', { ...english, time: 'half past two' });
    expect(third.body).toMatchObject({
      complete: false,
      date: '2026-11-25',
      time: '14:30',
      missing: ['customer_name'],
    });
    const done = await caller.says('collect-appointment', { ...english, customer_name: 'John Smith' });
    expect(done.body).toMatchObject({ complete: true, customer_name: 'John Smith' });
    expect(done.body.question).toMatch(/Wednesday, 25 November.*half past two/);
    const booked = await caller.says('book-appointment', {
      ...english,
      service: 'haircut',
      when: 'Wednesday at half past two',
    });
    expect(booked.body.message).toMatch(
      /^Your appointment is booked: Haircut, .*Wednesday, 25 November, half past two/,
    );
  });

  it('what was booked is done: the next words begin another appointment', async () => {
    const at = await salon();
    const caller = new Caller(at);
    await caller.rings();
    const options = { service: 'Bartpflege', when: 'am Dienstag um elf', customer_name: 'Uwe Klein' };
    expect((await caller.says('collect-appointment', options)).body.complete).toBe(true);
    expect((await caller.says('book-appointment', options)).body.success).toBe(true);
    const next = await caller.says('collect-appointment', { service: 'Haarschnitt' });
    expect(next.body).toMatchObject({
      complete: false,
      service_id: at.haircut,
      date: null,
      time: null,
      customer_name: 'Uwe Klein',
    });
    const taken = await caller.says('collect-appointment', { staff: 'Anna', when: 'am Dienstag um elf' });
    expect(taken.body).toMatchObject({ complete: false, missing: ['time'], code: 'APPOINTMENT_CONFLICT' });
    const later = await caller.says('collect-appointment', { time: 'um zwölf' });
    expect(later.body).toMatchObject({
      complete: true,
      date: '2026-11-24',
      time: '12:00',
      staff_id: at.anna,
      service_id: at.haircut,
    });
  });

  it('a repeated booking of the model is the first one again', async () => {
    const at = await salon();
    const caller = new Caller(at);
    await caller.rings();
    const args = { service: 'Bartpflege', when: 'am Dienstag um elf', customer_name: 'Uwe Klein' };
    const [first, second] = await Promise.all([
      caller.says('book-appointment', args),
      caller.says('book-appointment', args),
    ]);
    const third = await caller.says('book-appointment', {
      ...args,
      when: undefined,
      starts_at: '2026-11-24T10:00:00Z',
      customer_notes: 'other words',
    });
    expect(first.body.success).toBe(true);
    expect(new Set([first, second, third].map(({ body }) => body.appointment_id)).size).toBe(1);
  });

  it('who cancels and wants the same slot after all gets a new appointment, once', async () => {
    const caller = new Caller(await salon());
    await caller.rings();
    const args = { service: 'Bartpflege', when: 'am Dienstag um elf', customer_name: 'Uwe Klein' };
    caller.tells('Hier ist Uwe Klein, ich möchte zur Bartpflege.');
    const first = await caller.says('book-appointment', args);
    const gone = await caller.says('cancel-appointment', {
      appointment_id: first.body.appointment_id,
      customer_name: 'Uwe Klein',
      confirm: true,
    });
    expect(gone.body).toMatchObject({ success: true, level: 'proven' });
    const again = await caller.says('book-appointment', args);
    const repeated = await caller.says('book-appointment', args);
    expect(again.body).toMatchObject({ success: true });
    expect(again.body.appointment_id).not.toBe(first.body.appointment_id);
    expect(repeated.body.appointment_id).toBe(again.body.appointment_id);
  });

  it('one of many callers gets a slot, the others hear what else is free', async () => {
    const at = await salon();
    const callers = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const caller = new Caller(at);
        await caller.rings();
        const { body } = await caller.says('check-customer', {});
        return { caller, customerId: body.customer_id as string };
      }),
    );
    const answers = await Promise.all(
      callers.map(({ caller, customerId }) =>
        caller.says('book-appointment', {
          customer_id: customerId,
          service_id: at.beard,
          starts_at: '2026-11-24T10:00:00Z',
        }),
      ),
    );
    expect(answers.filter(({ body }) => body.success)).toHaveLength(1);
    for (const { status, body } of answers.filter((one) => !one.body.success)) {
      expect(status).toBe(200);
      expect(body).toMatchObject({ code: 'APPOINTMENT_CONFLICT' });
      expect(body.details.alternatives.length).toBeGreaterThan(0);
      expect(body.message).toContain('vergeben');
    }
  });

  it('after the second lost slot a person takes over', async () => {
    const at = await salon();
    const rival = new Caller(at);
    for (const when of ['am Dienstag um elf', 'am Dienstag um zwölf']) {
      expect(
        (await rival.says('book-appointment', { service: 'Bartpflege', when, customer_name: 'Rita Rival' })).body
          .success,
      ).toBe(true);
    }
    const caller = new Caller(at);
    const first = await caller.says('book-appointment', {
      service: 'Bartpflege',
      when: 'am Dienstag um elf',
      customer_name: 'Paul Pech',
    });
    expect(first.body).toMatchObject({ success: false, code: 'APPOINTMENT_CONFLICT' });
    expect(first.body.details.callback_request_id).toBeUndefined();
    const second = await caller.says('book-appointment', {
      service: 'Bartpflege',
      when: 'am Dienstag um zwölf',
      customer_name: 'Paul Pech',
    });
    expect(second.body.details.callback_request_id).toMatch(/^cbr_/);
    expect(second.body.message).toContain('rufen Sie zurück');
    const requests = await at.scope.db.rows(callbackRequests, { limit: 10 });
    expect(requests).toMatchObject([{ kind: 'manual_booking', phone: caller.from, callId: caller.callId }]);
  });
});

describe('who is calling', () => {
  it('an unknown caller becomes one lead, however many functions ask at once', async () => {
    const at = await salon();
    const from = mobile();
    const answers = await Promise.all(Array.from({ length: 8 }, () => new Caller(at, from).says('check-customer', {})));
    expect(new Set(answers.map(({ body }) => body.customer_id)).size).toBe(1);
    expect(await customersByPhone(at.scope.db, from)).toHaveLength(1);
  });

  it('a withheld number is asked for, and no customer is made', async () => {
    const caller = new Caller(await asking(), null);
    const { body } = await caller.says('check-customer', {});
    expect(body).toMatchObject({ success: true, customer_found: false, customer_id: null, missing: ['phone_number'] });
  });

  it('a family on one number is asked for the first name', async () => {
    const at = await salon();
    const from = mobile();
    for (const [customer_name, when] of [
      ['Maria Sommer', 'am Dienstag um zehn'],
      ['Jonas Sommer', 'am Dienstag um zwölf'],
    ])
      await new Caller(at, from).says('book-appointment', { customer_name, service: 'Haarschnitt', when });
    const unnamed = await new Caller(at, from).says('check-customer', {});
    expect(unnamed.body).toMatchObject({ level: 'line', customer_id: null, missing: ['first_name'] });
    const both = await new Caller(at, from).says('check-customer', { customer_name: 'Sommer' });
    expect(both.body).toMatchObject({ customer_id: null, missing: ['first_name'] });
    const named = await new Caller(at, from).says('check-customer', { first_name: 'Jonas' });
    expect(named.body).toMatchObject({ level: 'line', customer_found: true, customer_name: 'Jonas Sommer' });
    // A third one is somebody new on the same line, made when they book.
    const third = new Caller(at, from);
    expect((await third.says('check-customer', { customer_name: 'Lena Sommer' })).body).toMatchObject({
      customer_found: false,
      customer_id: null,
    });
    const booked = await third.says('book-appointment', { service: 'Haarschnitt', when: 'am Mittwoch um zehn' });
    expect(booked.body.success).toBe(true);
    expect((await customersByPhone(at.scope.db, from)).map((one) => one.firstName)).toEqual(['Maria', 'Jonas', 'Lena']);
  });

  it('reads the number as it is spoken or written', async () => {
    const at = await salon();
    const written = await new Caller(at, null).says('check-customer', { phone_number: '0171 1234567' });
    const spoken = await new Caller(at, null).says('check-customer', {
      phone_number: 'null eins sieben eins eins zwo drei vier fünf sechs sieben',
    });
    for (const { body } of [written, spoken])
      expect(body).toMatchObject({ understood_phone: { e164: '+491711234567' }, customer_id: null });
    expect(await customersByPhone(at.scope.db, '+491711234567')).toEqual([]);
  });
});

describe('asking for other things', () => {
  it('lists services, opening hours, and notes call backs', async () => {
    const at = await salon();
    const caller = new Caller(at);
    const services = await caller.says('list-services', {});
    expect(services.body.services).toContainEqual(
      expect.objectContaining({ name: 'Haarschnitt', duration_minutes: 60, price_cents: 4_000 }),
    );
    const hours = await caller.says('opening-hours', { when: 'am Dienstag' });
    expect(hours.body).toMatchObject({
      days: [{ date: '2026-11-24', hours: [{ from: '09:00', to: '18:00' }] }],
      understood: { kind: 'date' },
    });
    const monday = await caller.says('opening-hours', { when: 'am Montag' });
    expect(monday.body.message).toContain('geschlossen');
    const week = await caller.says('opening-hours', {});
    expect(week.body.days).toHaveLength(7);
    const noted = await caller.says('request-callback', { reason: 'Gutschein', customer_name: 'Eva Licht' });
    const repeated = await caller.says('request-callback', { reason: 'Gutschein', customer_name: 'Eva Licht' });
    expect(noted.body.callback_request_id).toMatch(/^cbr_/);
    expect(repeated.body.callback_request_id).toBe(noted.body.callback_request_id);
  });

  it('a practice writes down that somebody wants a call back, never why', async () => {
    const at = await salon();
    const schedule = await at.scope.calendar.schedule();
    if (!schedule.result.ok) throw new Error('must read');
    const { result } = await at.scope.calendar.putSchedule({
      key: 'practice',
      now: at.scope.now,
      actor: { kind: 'system', id: 'test' },
      kind: 'company',
      id: schedule.result.value.branches[0]?.body.companyId ?? '',
      body: { name: 'Praxis', practiceMode: true },
      expectedVersion: 0,
    });
    expect(result.ok).toBe(true);
    // The phone works with a copy of the master data that may be some seconds old: read anew here.
    await at.scope.calendar.schedule();
    await new Caller(at).says('request-callback', { reason: 'Rückenschmerzen', customer_name: 'Eva Licht' });
    expect(await at.scope.db.rows(callbackRequests, { limit: 10 })).toMatchObject([{ reason: null }]);
  });

  it('an emergency is sent to 112, never into the calendar', async () => {
    const caller = new Caller(await asking());
    const { body } = await caller.says('book-appointment', {
      service: 'Haarschnitt',
      when: 'sofort, mein Mann hat einen Herzinfarkt',
    });
    expect(body).toMatchObject({ success: false, code: 'EMERGENCY' });
    expect(body.message).toContain('112');
  });

  it('says what it did not understand instead of guessing', async () => {
    const caller = new Caller(await asking());
    const unknown = await caller.says('check-availability', { service: 'Raketenstart', when: 'morgen um zehn' });
    expect(unknown.body).toMatchObject({ success: false, code: 'SERVICE_UNKNOWN', understood: { kind: 'instant' } });
    const nobody = await caller.says('check-availability', {
      service: 'Haarschnitt',
      staff: 'Xaver',
      when: 'morgen um zehn',
    });
    expect(nobody.body).toMatchObject({ success: false, code: 'STAFF_UNKNOWN' });
    const anybody = await caller.says('check-availability', {
      service: 'Haarschnitt',
      staff: 'egal',
      when: 'morgen um zehn',
    });
    expect(anybody.body.available).toBe(true);
    const vague = await caller.says('book-appointment', { service: 'Haarschnitt', when: 'irgendwann nachmittags' });
    expect(vague.body).toMatchObject({ success: false });
    const hourOnly = await caller.says('book-appointment', {
      service: 'Haarschnitt',
      when: 'um elf',
      customer_name: 'A B',
    });
    expect(hourOnly.body).toMatchObject({
      success: false,
      code: 'TIME_UNCLEAR',
      understood: { kind: 'time', time: '11:00' },
    });
    const past = await caller.says('check-availability', { service: 'Haarschnitt', starts_at: '2026-11-19T10:00:00Z' });
    expect(past.body.available).toBe(false);
  });
});

describe('whose call it is', () => {
  it('refuses wrong, old and missing signatures, and malformed JSON that is signed', async () => {
    const at = await asking();
    const caller = new Caller(at);
    expect((await caller.says('check-availability', {}, { signature: null })).status).toBe(401);
    expect((await caller.says('check-availability', {}, { signature: 'v=1,d=00' })).status).toBe(401);
    expect((await caller.says('check-availability', {}, { key: 'somebody_else' })).body.error.code).toBe(
      'SIGNATURE_INVALID',
    );
    expect((await send('/api/retell/check-availability', '{"call":')).status).toBe(400);
    expect((await send('/api/retell/check-availability', '{"call":', { key: 'wrong' })).status).toBe(401);
  });

  it('a tenant’s own key speaks for that tenant alone', async () => {
    const [a, b] = [await salon(), await salon()];
    const own = `key_own_${callIdOf()}`;
    await saveIntegration(platformOf(env), {
      tenantId: a.tenantId,
      vendor: 'retell',
      sealedApiKey: await seal(platformOf(env), a.tenantId, own),
    });
    const mine = await new Caller(a).says('list-services', {}, { key: own });
    expect(mine.body.success).toBe(true);
    // A's key and agent, B's number: nobody's call. B's number and agent with A's key: not signed by a key of B's.
    const crossed = new Caller(b);
    const body = { name: 'list_services', call: crossed.call({ agent_id: a.agentId }), args: {} };
    const unknown = await send('/api/retell/list-services', body, { key: own });
    expect(unknown).toMatchObject({ status: 200, body: { success: false, code: 'UNKNOWN_CALL' } });
    expect((await crossed.says('list-services', {}, { key: own })).status).toBe(401);
    const hook = await send(
      '/webhooks/retell',
      { event: 'call_started', call: crossed.call({ agent_id: a.agentId }) },
      { key: own },
    );
    expect(hook.status).toBe(404);
    expect(await callById(b.scope.db, crossed.callId)).toBeNull();
    // A route of A's does not open B.
    const caller = new Caller(a);
    await caller.rings();
    const borrowed = {
      name: 'list_services',
      call: { ...crossed.call({ agent_id: 'agent_nobody' }), metadata: { route: caller.route } },
      args: {},
    };
    const answered = await send('/api/retell/list-services', borrowed);
    expect(answered.body.services.map((one: { service_id: string }) => one.service_id).sort()).toEqual(
      [b.haircut, b.beard].sort(),
    );
  });

  it('a flat body is served by its call’s row, and an unknown call politely not at all', async () => {
    const at = await salon();
    const caller = new Caller(at);
    await caller.rings();
    const flat = await send('/api/retell/check-availability', {
      call_id: caller.callId,
      date: '2026-11-24',
      time: '10:00',
      service_id: at.haircut,
    });
    expect(flat.body).toMatchObject({
      available: true,
      understood: { kind: 'instant', date: '2026-11-24', time: '10:00' },
    });
    // One question to Retell settles whose call an unheard-of id is.
    const asked = new Caller(at);
    retellKnows(asked.callId, asked.call({ call_status: 'ongoing' }));
    const healed = await send('/api/retell/check-availability', {
      call_id: asked.callId,
      date: '2026-11-24',
      time: '10:00',
      service_id: at.haircut,
    });
    expect(healed.body).toMatchObject({ available: true });
    expect(await callById(at.scope.db, asked.callId)).toMatchObject({
      status: 'ongoing',
      fromNumber: asked.from,
      chargeState: 'held',
    });
    const unknown = await send('/api/retell/check-availability', {
      call_id: callIdOf(),
      date: '2026-11-24',
      service_id: at.haircut,
    });
    expect(unknown).toMatchObject({ status: 200, body: { success: false, code: 'UNKNOWN_CALL' } });
    expect(typeof unknown.body.message).toBe('string');
  });

  it('more than a hundred requests of one call a minute are told to wait, speakably', async () => {
    const at = await salon();
    const caller = new Caller(at);
    await caller.rings();
    const answers = await Promise.all(
      Array.from({ length: 102 }, () => caller.says('list-services', {}, { settle: false })),
    );
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(2);
    expect(limited[0]?.body).toMatchObject({ success: false, code: 'RATE_LIMITED' });
    expect(limited[0]?.body.message).toBeTruthy();
    expect(limited[0]?.headers.get('Retry-After')).toBeTruthy();
    expect(answers.find(({ status }) => status === 200)?.headers.get('X-RateLimit-Limit')).toBe('100');
  });

  it('a suspended salon speaks, notes call backs, and books nothing', async () => {
    const at = await salon({ status: 'suspended' });
    const caller = new Caller(at);
    const ringing = await caller.rings();
    expect(ringing.body.call_inbound.reject).toBeUndefined();
    expect(caller.variables['fallback']).toBe('suspended');
    expect(
      (await caller.says('book-appointment', { service: 'Haarschnitt', when: 'morgen um zehn', customer_name: 'A B' }))
        .body,
    ).toMatchObject({ success: false, code: 'TENANT_SUSPENDED' });
    expect((await caller.says('request-callback', { customer_name: 'A B' })).body.success).toBe(true);
  });

  it('below its floor a call is answered with the fallback, never rejected', async () => {
    const caller = new Caller(await salon({ topupCents: 0 }));
    await caller.rings();
    expect(caller.variables['fallback']).toBe('balance');
    expect(caller.variables['greeting']).toContain('Rückruf');
  });

  it('only a blocked number is rejected', async () => {
    const from = mobile();
    const caller = new Caller(await salon({ settings: { blocked_numbers: [from] } }), from);
    expect((await caller.rings()).body).toEqual({ call_inbound: { reject: true } });
  });
});

describe('the hot path', () => {
  it('check-availability and book-appointment need no D1 at all', async () => {
    const at = await salon();
    const caller = new Caller(at);
    await caller.rings();
    const counted = countingEnv();
    const { body } = await caller.says('check-customer', { customer_name: 'Hanna Heiss' }, { env: counted.env });
    expect(counted.statements(), 'the count counts').toBeGreaterThan(0);
    await caller.says('check-availability', { when: 'am Dienstag um zehn', service: 'Haarschnitt' });
    const before = counted.asked.length;
    const free = await caller.says(
      'check-availability',
      { when: 'am Dienstag um elf', service: 'Haarschnitt' },
      { env: counted.env },
    );
    const slot = { customer_id: body.customer_id, service_id: at.haircut, starts_at: free.body.slot.starts_at };
    // the objects have bindings of their own: refusing shows that nothing on their side of the path waits for D1 either
    d1Meter.refuse = true;
    try {
      const again = await caller.says('check-availability', { when: 'am Dienstag um elf', service: 'Haarschnitt' });
      expect(again.body).toMatchObject({ success: true, available: true });
      expect((await caller.says('book-appointment', slot, { env: counted.env })).body).toMatchObject({ success: true });
    } finally {
      d1Meter.refuse = false;
    }
    // Behind the first answer what the agent did is written down, behind the others D1 refuses, and nothing else is asked.
    expect(counted.asked.slice(before)).toEqual([expect.stringMatching(/^insert into "call_steps"/)]);
  });

  it('neither waits for what is written behind its answer', async () => {
    const at = await salon();
    const caller = new Caller(at);
    await caller.rings();
    const { body } = await caller.says('check-customer', { customer_name: 'Hanna Heiss' });
    const away = Promise.withResolvers<void>();
    const options = { env: waitingEnv(away.promise), settle: false };
    try {
      const free = await caller.says(
        'check-availability',
        { when: 'am Dienstag um elf', service: 'Haarschnitt' },
        options,
      );
      expect(free.body).toMatchObject({ success: true, available: true });
      const slot = { customer_id: body.customer_id, service_id: at.haircut, starts_at: free.body.slot.starts_at };
      expect((await caller.says('book-appointment', slot, options)).body).toMatchObject({ success: true });
    } finally {
      away.resolve();
    }
  });

  it('D1 being down never becomes a 500 in a conversation', async () => {
    const at = await salon();
    const caller = new Caller(at);
    await caller.rings();
    d1Meter.refuse = true;
    try {
      const answered = await caller.says('check-customer', {});
      expect(answered).toMatchObject({ status: 200, body: { success: false, code: 'TEMPORARILY_UNAVAILABLE' } });
      const strange = { call_id: callIdOf(), agent_id: `agent_${callIdOf()}`, to_number: '+493011111111' };
      const unheard = await send('/api/retell/check-availability', { call: strange, args: { when: 'morgen' } });
      expect(unheard).toMatchObject({ status: 200, body: { success: false, code: 'TEMPORARILY_UNAVAILABLE' } });
      expect((await send('/api/retell/check-availability', { call: strange, args: {} }, { key: 'wrong' })).status).toBe(
        401,
      );
    } finally {
      d1Meter.refuse = false;
    }
  });
});
