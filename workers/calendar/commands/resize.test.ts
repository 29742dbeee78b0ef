/** Another length for an appointment that stands, and several days in one look: over the commands and their real store. */
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../../shared/clock.ts';
import { MAX_RANGE_ROWS } from '../../../shared/calendar-limits.ts';
import { MINUTE } from '../../../shared/time.ts';
import type { ActorRef } from '../../events/calendar.ts';
import { daysOf } from '../queries.ts';
import type { ScheduleInput } from '../master-data.ts';
import { memoryCalendar } from '../store/calendar.fixture.ts';
import { COMMANDS } from './registry.ts';

const actor: ActorRef = { kind: 'system', id: 'test' };
const NOW = asInstant(Date.parse('2027-03-01T08:00:00Z'));
const TUESDAY_NINE = Date.parse('2027-03-02T08:00:00Z');
const PEOPLE = 25;

const service = (id: string, more: object = {}): ScheduleInput => ({
  kind: 'service',
  id,
  body: {
    companyId: 'com',
    name: { de: id },
    durationMinutes: 30,
    priceCents: 3_000,
    currency: 'EUR',
    slotStepMinutes: 5,
    staff: Array.from({ length: PEOPLE }, (_, n) => ({ staffId: `stf_${n}` })),
    ...more,
  },
});
const week = (ownerKind: string, ownerId: string): ScheduleInput[] =>
  [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({
    kind: 'hours',
    id: `h_${ownerId}_${weekday}`,
    body: { ownerKind, ownerId, weekday, periods: [{ from: '08:00', to: '20:00' }] },
  }));

function opened() {
  const calendar = memoryCalendar();
  const items: ScheduleInput[] = [
    {
      kind: 'branch',
      id: 'bra',
      body: { companyId: 'com', name: 'Mitte', timeZone: 'Europe/Berlin', country: 'DE', main: true },
    },
    ...week('branch', 'bra'),
    ...Array.from({ length: PEOPLE }, (_, n): ScheduleInput[] => [
      { kind: 'staff', id: `stf_${n}`, body: { companyId: 'com', firstName: `P${n}`, branchIds: ['bra'] } },
      ...week('staff', `stf_${n}`),
    ]).flat(),
    service('srv_cut'),
    service('srv_colour', {
      segments: [
        { id: 'a', kind: 'active', durationMinutes: 30 },
        { id: 'b', kind: 'passive', durationMinutes: 30 },
      ],
    }),
  ];
  for (let at = 0; at < items.length; at += 100) {
    const put = calendar.run(COMMANDS.putScheduleMany, {
      key: `s${at}`,
      now: NOW,
      actor,
      items: items.slice(at, at + 100),
    });
    if (!put.ok) throw new Error(JSON.stringify(put.error));
  }
  const book = (id: string, startsAt: number, staffId: string, serviceIds = ['srv_cut']) => {
    const booked = calendar.run(COMMANDS.book, {
      key: id,
      now: NOW,
      actor,
      appointmentId: id,
      partyIds: [],
      customerId: 'cus_x',
      services: serviceIds.map((serviceId) => ({ serviceId })),
      branchId: 'bra',
      staffId,
      startsAt: asInstant(startsAt),
      source: 'admin',
      internal: true,
      customerHourlyLimit: null,
    } as never);
    if (!booked.ok) throw new Error(JSON.stringify(booked.error));
    return booked.value.appointment;
  };
  let keys = 0;
  const resize = (id: string, startsAt: number, durationMinutes: number) =>
    calendar.run(COMMANDS.reschedule, {
      key: `r${keys++}`,
      now: NOW,
      actor,
      appointmentId: id,
      modificationId: `mod_${keys}`,
      newStartsAt: asInstant(startsAt),
      durationMinutes,
      confirm: true,
      internal: true,
    } as never);
  return { calendar, book, resize };
}

describe('another length', () => {
  it('ends later or earlier with the same start, person and price, and back again', () => {
    const { book, resize } = opened();
    const before = book('apt_1', TUESDAY_NINE, 'stf_0');
    const longer = resize('apt_1', TUESDAY_NINE, 75);
    expect(longer.ok && longer.value.appointment).toMatchObject({
      startsAt: TUESDAY_NINE,
      endsAt: TUESDAY_NINE + 75 * MINUTE,
      staffId: 'stf_0',
      priceCents: before.priceCents,
      version: before.version + 1,
    });
    const back = resize('apt_1', TUESDAY_NINE, 30);
    expect(back.ok && back.value.appointment.endsAt).toBe(before.endsAt);
  });
  it('keeps its length through a move, and the same length again changes nothing', () => {
    const { book, resize } = opened();
    book('apt_1', TUESDAY_NINE, 'stf_0');
    resize('apt_1', TUESDAY_NINE, 75);
    const same = resize('apt_1', TUESDAY_NINE, 75);
    expect(same.ok && same.value.appointment.version).toBe(2);
    const moved = resize('apt_1', TUESDAY_NINE + 60 * MINUTE, 75);
    expect(moved.ok && moved.value.appointment.endsAt).toBe(TUESDAY_NINE + 135 * MINUTE);
  });
  it('is refused where somebody else is next, and leaves the appointment as it was', () => {
    const { book, resize } = opened();
    book('apt_1', TUESDAY_NINE, 'stf_0');
    book('apt_2', TUESDAY_NINE + 30 * MINUTE, 'stf_0');
    const refused = resize('apt_1', TUESDAY_NINE, 35);
    expect(!refused.ok && refused.error.code).toBe('APPOINTMENT_CONFLICT');
    expect(resize('apt_2', TUESDAY_NINE + 30 * MINUTE, 45).ok).toBe(true);
  });
  it('is refused for a composite service and for several: their length is what they are made of', () => {
    const { book, resize } = opened();
    book('apt_1', TUESDAY_NINE, 'stf_0', ['srv_colour']);
    book('apt_2', TUESDAY_NINE + 120 * MINUTE, 'stf_0', ['srv_cut', 'srv_colour']);
    for (const [id, at] of [
      ['apt_1', TUESDAY_NINE],
      ['apt_2', TUESDAY_NINE + 120 * MINUTE],
    ] as const) {
      const refused = resize(id, at, 100);
      expect(!refused.ok && refused.error.code === 'VALIDATION_ERROR' && Object.keys(refused.error.errors)).toEqual([
        'duration_minutes',
      ]);
    }
  });
});

describe('several days in one look', () => {
  it('are the days that are read alone, over the night in which an hour is lost', () => {
    const { calendar, book } = opened();
    // 28 March 2027: 02:00 does not exist in Berlin.
    book('apt_sat', Date.parse('2027-03-27T18:30:00Z'), 'stf_0');
    book('apt_sun', Date.parse('2027-03-28T06:00:00Z'), 'stf_0');
    const read = daysOf(calendar.store, { now: NOW, branchId: 'bra', date: '2027-03-27', days: 3 } as never);
    const days = read.ok ? read.value.days : [];
    expect(days.map((day) => [day.date, (day.dayEndsAt - day.dayStartsAt) / 3_600_000])).toEqual([
      ['2027-03-27', 24],
      ['2027-03-28', 23],
      ['2027-03-29', 24],
    ]);
    expect(days.map((day) => day.appointments.map(({ id }) => id))).toEqual([['apt_sat'], ['apt_sun'], []]);
    expect(read.ok && read.value.nextDate).toBeNull();
  });
  it('end after the day that fills the answer, and say where to go on', () => {
    const { calendar, book } = opened();
    const perDay = PEOPLE * 20;
    for (let day = 0; day < 3; day++)
      for (let n = 0; n < perDay; n++)
        book(`apt_${day}_${n}`, TUESDAY_NINE + day * 86_400_000 + (n % 20) * 30 * MINUTE, `stf_${Math.floor(n / 20)}`);
    const read = daysOf(calendar.store, { now: NOW, branchId: 'bra', date: '2027-03-02', days: 7 } as never);
    expect(2 * perDay).toBeGreaterThan(MAX_RANGE_ROWS);
    expect(read.ok && [read.value.days.length, read.value.nextDate]).toEqual([2, '2027-03-04']);
  });
});
