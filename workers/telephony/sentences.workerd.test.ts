/** Sentences of everyday calls: what is asked for is answered, and nothing is asked that was said. */
import { describe, expect, it } from 'vitest';
import type { ScheduleInput } from '../calendar/types.ts';
import { Caller, type Salon, onFriday, salon } from './telephony.fixture.ts';

onFriday();

/** Friday, ten o'clock; Tue–Sat 9–18. */
const SATURDAY_LATE = '2026-11-21T16:40:00+01:00';
const SUNDAY = '2026-11-22T15:00:00+01:00';

let shared: Promise<Salon> | null = null;
const asking = (): Promise<Salon> => {
  shared ??= salon();
  return shared;
};

/** The salon with changed master data, as the phone's copy has it. */
async function salonWith(change: (at: Salon) => Promise<ScheduleInput[]> | ScheduleInput[]): Promise<Salon> {
  const at = await salon();
  const { result } = await at.scope.calendar.putScheduleMany({
    key: 'changed',
    now: at.scope.now,
    actor: { kind: 'system', id: 'test' },
    items: await change(at),
  });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  await at.scope.calendar.schedule();
  return at;
}

const bodyOf = async (at: Salon, kind: 'services' | 'branches', id: string): Promise<Record<string, unknown>> => {
  const { result } = await at.scope.calendar.schedule();
  if (!result.ok) throw new Error('must read');
  return { ...result.value[kind].find((one) => one.id === id)?.body };
};

describe('a time that leaves the start open is answered with what is free', () => {
  it.each([
    ['gegen drei am Mittwoch', /Mittwoch, 25\. November.*frei um/],
    ['nächste Woche irgendwann nachmittags', /Frei ist.*November/],
    ['so bald wie möglich', /frei/],
    ['egal wann', /Frei ist/],
  ])('%s', async (when, sentence) => {
    const caller = new Caller(await asking());
    const { body } = await caller.says('collect-appointment', { service: 'Haarschnitt', when });
    expect(body).toMatchObject({ success: true, complete: false, missing: ['time'] });
    expect(body.question).toMatch(sentence);
    expect(body.next_available_slots.length).toBeGreaterThan(0);
  });

  it('"gegen drei am Mittwoch" offers around three, and "um drei" then means that day', async () => {
    const caller = new Caller(await salon());
    const first = await caller.says('collect-appointment', { service: 'Haarschnitt', when: 'gegen drei am Mittwoch' });
    expect(first.body.next_available_slots.map((slot: { time: string }) => slot.time)).toEqual([
      '14:30',
      '15:00',
      '15:30',
    ]);
    const held = await caller.says('collect-appointment', { time: 'um drei', customer_name: 'Eva Licht' });
    expect(held.body).toMatchObject({ complete: true, date: '2026-11-25', time: '15:00' });
  });

  it('what was left open is kept until the service is known', async () => {
    const caller = new Caller(await asking());
    const first = await caller.says('collect-appointment', { when: 'nächste Woche irgendwann nachmittags' });
    expect(first.body.missing).toContain('service');
    const second = await caller.says('collect-appointment', { service: 'Haarschnitt' });
    expect(second.body.question).toMatch(/Frei ist/);
    for (const { time } of second.body.next_available_slots) expect(time >= '12:00').toBe(true);
  });
});

describe('moving as people say it', () => {
  const moving = async (when: string, more: object = {}) => {
    const at = await salon();
    const caller = new Caller(at);
    await caller.rings();
    caller.tells('Hier ist Uwe Klein.');
    const booked = await caller.says('book-appointment', {
      service: 'Haarschnitt',
      staff: 'Anna',
      when: 'am Dienstag um elf',
      customer_name: 'Uwe Klein',
    });
    const move = (words: string, confirm?: boolean) =>
      caller.says('reschedule-appointment', {
        appointment_id: booked.body.appointment_id,
        customer_name: 'Uwe Klein',
        when: words,
        ...(confirm ? { confirm } : {}),
        ...more,
      });
    return { at, caller, move, first: await move(when), id: booked.body.appointment_id as string };
  };

  it.each([
    ['eine Stunde später', '2026-11-24T11:00:00Z'],
    ['eine halbe Stunde früher', '2026-11-24T09:30:00Z'],
    ['am Donnerstag, gleiche Uhrzeit', '2026-11-26T10:00:00Z'],
    ['am selben Tag um drei', '2026-11-24T14:00:00Z'],
    ['doch lieber um drei', '2026-11-24T14:00:00Z'],
  ])('%s is read back as the moment it means', async (when, starts_at) => {
    const { first } = await moving(when);
    expect(first.body).toMatchObject({
      code: 'CONFIRMATION_REQUIRED',
      details: { starts_at: new Date(starts_at).toISOString() },
    });
  });

  it('"nein, doch lieber um fünf" is said of what was read back, and a repeat of the model moves once', async () => {
    const { at, move, id } = await moving('am Donnerstag um zehn');
    const second = await move('nein, doch lieber um fünf');
    expect(second.body.details.starts_at).toBe('2026-11-26T16:00:00.000Z');
    const later = await move('eine Stunde früher');
    expect(later.body.details.starts_at).toBe('2026-11-26T15:00:00.000Z');
    expect((await move('eine Stunde früher', true)).body).toMatchObject({ success: true });
    expect((await move('eine Stunde früher', true)).body.message).toContain('bereits');
    const { result } = await at.scope.calendar.appointment(id);
    expect(result.ok && new Date(result.value.appointment.startsAt).toISOString()).toBe('2026-11-26T15:00:00.000Z');
  });

  it('a stretch is answered with what is free in it', async () => {
    const { first } = await moving('am Donnerstag nachmittag');
    expect(first.body.message).toMatch(/Verschieben ginge auf.*Donnerstag/);
    expect(first.body.details.choices.length).toBeGreaterThan(0);
  });

  it('keeps the person, and offers who else has time instead of swapping', async () => {
    const { at, move } = await moving('am Mittwoch um zehn');
    const rival = new Caller(at);
    await rival.rings();
    const taken = await rival.says('book-appointment', {
      service: 'Haarschnitt',
      staff: 'Anna',
      when: 'am Donnerstag um zehn',
      customer_name: 'Rita Rival',
    });
    expect(taken.body.success).toBe(true);
    const { body } = await move('am Donnerstag um zehn', true);
    expect(body).toMatchObject({ success: false, code: 'APPOINTMENT_CONFLICT' });
    expect(body.message).toMatch(/Anna Schmidt ist .*nicht frei.*bei Ben Weber/);
    expect(body.details.alternatives[0]).toMatchObject({
      starts_at: '2026-11-26T09:00:00.000Z',
      staff_name: 'Ben Weber',
    });
  });
});

describe('reasons are true', () => {
  const check = async (at: Salon, args: Record<string, unknown>, now?: string) =>
    (
      await new Caller(at).says(
        'check-availability',
        { service: 'Haarschnitt', ...args },
        now === undefined ? {} : { now },
      )
    ).body;

  it('too late in the day is not "geschlossen"', async () => {
    const body = await check(await asking(), { when: 'am Dienstag um halb sechs' });
    expect(body).toMatchObject({ available: false, reason: 'does_not_fit' });
    expect(body.message).toMatch(/^Dafür reicht die Zeit bis 18 Uhr nicht\. Möglich wäre/);
  });

  it('a person who is away is named', async () => {
    const at = await salonWith(({ anna }) => [
      {
        kind: 'exception',
        id: 'away',
        body: { ownerKind: 'staff', ownerId: anna, kind: 'vacation', fromDate: '2026-11-24', toDate: '2026-11-24' },
      },
    ]);
    const body = await check(at, { when: 'am Dienstag um zehn', staff: 'Anna' });
    expect(body).toMatchObject({ reason: 'away' });
    expect(body.message).toMatch(/^Anna Schmidt ist dann leider nicht da\./);
  });

  it('too short notice and too far ahead are two sentences', async () => {
    const at = await salonWith(async (one) => [
      {
        kind: 'service',
        id: one.haircut,
        body: { ...(await bodyOf(one, 'services', one.haircut)), minNoticeMinutes: 240, maxDaysAhead: 30 },
      },
    ]);
    expect((await check(at, { when: 'heute um elf' })).message).toMatch(
      /^So kurzfristig geht es leider nicht\. Möglich wäre/,
    );
    expect((await check(at, { date: '2027-03-16', time: '10:00' })).message).toMatch(/^So weit im Voraus/);
    const weekend = await check(at, { when: 'irgendwann diese Woche' }, '2026-11-21T17:30:00+01:00');
    expect(weekend.message).not.toMatch(/kurzfristig oder/);
  });

  it('a minute at which no start is offered is said so', async () => {
    const body = await check(await asking(), { date: '2026-11-24', time: '10:07' });
    expect(body).toMatchObject({ available: false, reason: 'off_step' });
    expect(body.message).toMatch(/^Zu dieser Minute beginnt bei uns kein Termin\. Möglich wäre/);
  });
});

describe('what is over is neither asked nor offered', () => {
  it('"Samstag um zehn" on a Saturday afternoon is the next one', async () => {
    const { body } = await new Caller(await asking()).says(
      'check-availability',
      { service: 'Haarschnitt', when: 'Samstag um zehn' },
      { now: SATURDAY_LATE },
    );
    expect(body.understood).toMatchObject({ kind: 'instant', date: '2026-11-28', time: '10:00' });
  });
  it('"in zwei Jahren im Mai" is that May', async () => {
    const { body } = await new Caller(await asking()).says('check-availability', {
      service: 'Haarschnitt',
      when: 'in zwei Jahren im Mai',
    });
    expect(body.understood).toMatchObject({ kind: 'window', from_date: '2028-05-01', to_date: '2028-05-31' });
  });
});

describe('services and prices', () => {
  it('a price is said when it is asked for', async () => {
    const { body } = await new Caller(await asking()).says('list-services', { query: 'Was kostet ein Haarschnitt?' });
    expect(body.message).toBe('Haarschnitt: 40 Euro, etwa 60 Minuten.');
  });
  it('a list that is cut says so', async () => {
    const at = await salonWith(async (one) =>
      serviceList(String((await bodyOf(one, 'branches', one.branchId))['companyId']), one.anna),
    );
    const { body } = await new Caller(at).says('list-services', {});
    expect(body.message).toMatch(/^Wir haben 9 Leistungen, zum Beispiel /);
    expect(body.total).toBe(9);
  });
  it('a practice says kinds, never "Termin, Termin und Termin"', async () => {
    const at = await salonWith(async (one) =>
      Promise.all(
        [one.haircut, one.beard].map(async (id) => ({
          kind: 'service' as const,
          id,
          body: { ...(await bodyOf(one, 'services', id)), neutralName: { de: 'Termin', en: 'Appointment' } },
        })),
      ),
    );
    const { body } = await new Caller(at).says('list-services', {});
    expect(body.message).toBe('Sie können einen Termin vereinbaren: 30 Minuten oder 60 Minuten.');
    const free = await new Caller(at).says('check-availability', {
      service_id: at.haircut,
      when: 'am Dienstag um zehn',
    });
    expect(free.body.message).toMatch(/^Dienstag, 24\. November, 10 Uhr ist frei, bei /);
  });
});

/** Seven services beside the two of the salon. */
function serviceList(companyId: string, staffId: string): ScheduleInput[] {
  return ['Färben', 'Föhnen', 'Strähnen', 'Dauerwelle', 'Glätten', 'Waschen', 'Locken'].map((de, i) => ({
    kind: 'service',
    id: `srv_more_${i}`,
    body: {
      companyId,
      name: { de },
      durationMinutes: 30,
      priceCents: 1_000,
      currency: 'EUR',
      staff: [{ staffId }],
    },
  }));
}

describe('opening hours', () => {
  it('are grouped as people say them', async () => {
    const { body } = await new Caller(await asking()).says('opening-hours', {});
    expect(body.message).toBe('Wir haben geöffnet: Dienstag bis Samstag 9 bis 18 Uhr.');
    expect(body.days).toHaveLength(7);
  });
  it('of the days that were asked for', async () => {
    const { body } = await new Caller(await asking()).says('opening-hours', { when: 'zwischen den Jahren' });
    expect(body.days.map((day: { date: string }) => day.date)).toContain('2026-12-29');
    expect(body.message).toMatch(/29\. Dezember/);
    expect(body.message).not.toMatch(/November/);
  });
});

it('the time of a call back is answered', async () => {
  const at = await asking();
  const noted = await new Caller(at).says('request-callback', {
    when: 'am Dienstag vormittag',
    customer_name: 'Eva Licht',
  });
  expect(noted.body.message).toMatch(/zurückrufen: .*Dienstag, 24\. November/);
  const closed = await new Caller(at).says(
    'request-callback',
    { when: 'morgen vormittag', customer_name: 'Eva Licht' },
    { now: SUNDAY },
  );
  expect(closed.body.message).toMatch(/Montag, 23\. November haben wir geschlossen.*Dienstag, 24\. November/);
});
