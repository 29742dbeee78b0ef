/** Several people on one call: at the same time with different people, else one after the other, never silently one. */
import { describe, expect, it } from 'vitest';
import { Caller, onFriday, type Salon, salon } from './telephony.fixture.ts';

onFriday();

const appointmentsOf = async (at: Salon, date: string) => {
  const { result } = await at.scope.calendar.day({ now: at.scope.now, branchId: at.branchId, date });
  if (!result.ok) throw new Error('must read');
  return result.value.appointments;
};

/** Somebody else has Ben at ten on Tuesday: two people at once are no longer possible. */
async function benIsTaken(at: Salon): Promise<void> {
  const rival = new Caller(at);
  const { body } = await rival.says('book-appointment', {
    service: 'Haarschnitt',
    staff: 'Ben',
    when: 'am Dienstag um zehn',
    customer_name: 'Rita Rival',
  });
  expect(body.success).toBe(true);
}

describe('two people', () => {
  it.each([
    ['a field', { service: 'Haarschnitt', party_size: 2, when: 'am Dienstag um zehn' }],
    ['the service', { service: 'zwei Haarschnitte', when: 'am Dienstag um zehn' }],
    ['words', { service: 'Haarschnitt für zwei Personen', when: 'am Dienstag um zehn' }],
    ['words about time', { service: 'Haarschnitt', when: 'am Dienstag um zehn für zwei Personen' }],
    ['a list', { services: ['Haarschnitt', 'Haarschnitt'], when: 'am Dienstag um zehn' }],
  ])('said in %s are offered two people at once, held and booked in one', async (_where, args) => {
    const at = await salon();
    const caller = new Caller(at);
    await caller.rings();
    const free = await caller.says('check-availability', args);
    expect(free.body).toMatchObject({ available: true, in_turn: false });
    expect(free.body.party).toHaveLength(2);
    expect(free.body.message).toMatch(/für Haarschnitt für 2 Personen gleichzeitig/);
    const held = await caller.says('collect-appointment', { ...args, customer_name: 'Eva Licht' });
    expect(held.body).toMatchObject({ complete: true });
    expect(held.body.question).toMatch(/für 2 Personen reserviert/);
    const booked = await caller.says('book-appointment', { ...args, customer_name: 'Eva Licht' });
    expect(booked.body).toMatchObject({ success: true });
    expect(booked.body.message).toMatch(/^Ihre Termine sind gebucht: Haarschnitt für 2 Personen, .*bei .* und .*bei /);
    const made = await appointmentsOf(at, '2026-11-24');
    expect(made).toHaveLength(2);
    expect(new Set(made.map((one) => one.staffId)).size).toBe(2);
    expect(new Set(made.map((one) => one.startsAt)).size).toBe(1);
    // The model's repeat books nobody else.
    const again = await caller.says('book-appointment', { ...args, customer_name: 'Eva Licht' });
    expect(again.body.appointment_id).toBe(booked.body.appointment_id);
    expect(await appointmentsOf(at, '2026-11-24')).toHaveLength(2);
  });

  it('who can not be served at once hears so, and is booked one after the other only after a yes', async () => {
    const at = await salon();
    await benIsTaken(at);
    const caller = new Caller(at);
    const args = { service: 'Haarschnitt', party_size: 2, when: 'am Dienstag um zehn', customer_name: 'Eva Licht' };
    const free = await caller.says('check-availability', args);
    expect(free.body).toMatchObject({ available: true, in_turn: true });
    expect(free.body.message).toMatch(/^Gleichzeitig geht es nicht, aber nacheinander/);
    const asked = await caller.says('book-appointment', args);
    expect(asked.body).toMatchObject({ success: false, code: 'CONFIRMATION_REQUIRED', missing: ['confirm'] });
    expect(await appointmentsOf(at, '2026-11-24')).toHaveLength(1);
    const booked = await caller.says('book-appointment', { ...args, confirm: true });
    expect(booked.body).toMatchObject({ success: true });
    const mine = (await appointmentsOf(at, '2026-11-24')).filter((one) => one.callId === caller.callId);
    expect(mine).toHaveLength(2);
    expect(new Set(mine.map((one) => one.startsAt)).size).toBe(2);
  });

  it('what was held for one after the other is booked without a further word', async () => {
    const at = await salon();
    await benIsTaken(at);
    const caller = new Caller(at);
    const args = { service: 'Haarschnitt', when: 'am Dienstag um zehn', customer_name: 'Eva Licht' };
    const held = await caller.says('collect-appointment', { ...args, party_size: 2 });
    expect(held.body.complete).toBe(true);
    const booked = await caller.says('book-appointment', args);
    expect(booked.body.party).toHaveLength(2);
  });

  it('are not forgotten when their hold has lapsed and the number is not said again', async () => {
    const at = await salon();
    const caller = new Caller(at);
    const args = { service: 'Haarschnitt', when: 'am Dienstag um zehn', customer_name: 'Eva Licht' };
    expect((await caller.says('collect-appointment', { ...args, party_size: 2 })).body.complete).toBe(true);
    const later = { now: '2026-11-20T10:20:00+01:00' };
    const booked = await caller.says('book-appointment', args, later);
    expect(booked.body.party).toHaveLength(2);
    // What the model repeats in fewer words books nobody else.
    const again = await caller.says('book-appointment', args, later);
    expect(again.body.appointment_id).toBe(booked.body.appointment_id);
    expect(await appointmentsOf(at, '2026-11-24')).toHaveLength(2);
  });

  it('count as one booking of the call', async () => {
    const at = await salon();
    const caller = new Caller(at);
    for (const time of ['09:00', '11:00', '13:00']) {
      const { body } = await caller.says('book-appointment', {
        service: 'Haarschnitt',
        party_size: 2,
        date: '2026-11-24',
        time,
        customer_name: 'Eva Licht',
      });
      expect(body, time).toMatchObject({ success: true });
    }
    const fourth = await caller.says('book-appointment', {
      service: 'Haarschnitt',
      date: '2026-11-25',
      time: '09:00',
      customer_name: 'Eva Licht',
    });
    expect(fourth.body).toMatchObject({ success: false, code: 'LIMIT_REACHED' });
  });
});

describe('people who come together', () => {
  it('are told apart by who serves them when one of them cancels', async () => {
    const at = await salon();
    const caller = new Caller(at);
    await caller.rings();
    caller.tells('Hier ist Uwe Klein.');
    const args = { service: 'Haarschnitt', party_size: 2, when: 'am Dienstag um zehn', customer_name: 'Uwe Klein' };
    expect((await caller.says('book-appointment', args)).body.success).toBe(true);
    const which = await caller.says('cancel-appointment', { customer_name: 'Uwe Klein' });
    expect(which.body).toMatchObject({ code: 'APPOINTMENT_AMBIGUOUS' });
    expect(which.body.message).toMatch(/bei Anna Schmidt.*bei Ben Weber|bei Ben Weber.*bei Anna Schmidt/);
    const cancelled = await caller.says('cancel-appointment', {
      customer_name: 'Uwe Klein',
      staff: 'Ben',
      confirm: true,
    });
    expect(cancelled.body).toMatchObject({ success: true });
    const left = (await appointmentsOf(at, '2026-11-24')).filter((one) => one.status === 'confirmed');
    expect(left.map((one) => one.staffId)).toEqual([at.anna]);
  });
});

describe('too many, or too different', () => {
  it('more than six are called back', async () => {
    const { body } = await new Caller(await salon()).says('check-availability', {
      service: 'Haarschnitt',
      party_size: 7,
      when: 'am Dienstag um zehn',
    });
    expect(body).toMatchObject({ success: false, code: 'PARTY_TOO_LARGE', details: { callback: true } });
  });
  it('whom nobody can serve so is offered a call back', async () => {
    const { body } = await new Caller(await salon()).says('check-availability', {
      service: 'Bartpflege',
      staff: 'Ben',
      party_size: 6,
      when: 'am Dienstag um fünf',
    });
    expect(body.success === false || body.available === false).toBe(true);
  });
  it('two cuts and a beard trim are not guessed into one visit', async () => {
    const { body } = await new Caller(await salon()).says('check-availability', {
      service: 'zwei Haarschnitte und eine Bartpflege',
      when: 'am Dienstag um zehn',
    });
    expect(body).toMatchObject({ success: false, code: 'PARTY_MIXED', details: { callback: true } });
  });
});
