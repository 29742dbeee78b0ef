/** The day's strip: positions by the branch's clock, also on the days it changes, what has no working time, what is over the edge. */
import { describe, expect, it } from 'vitest';
import type { CalendarAppointment, CalendarDay } from '../../../shared/contract/appointments.ts';
import { stripOf } from './strip.ts';

const visit = (startsAt: string, endsAt: string, more: Partial<CalendarAppointment> = {}): CalendarAppointment => ({
  id: 'apt_a',
  staff_id: 'stf_a',
  customer: { id: 'cus_a', name: 'Anna', phone_masked: null },
  service: { id: 'srv_a', name: 'Schnitt', colour: null },
  starts_at: startsAt,
  ends_at: endsAt,
  status: 'confirmed',
  source: 'admin',
  version: 1,
  segments: [],
  sync_status: 'none',
  price_cents: 0,
  currency: 'EUR',
  notes: null,
  call_id: null,
  resource_ids: [],
  ...more,
});
const day = (date: string, more: Partial<CalendarDay> = {}): CalendarDay => ({
  branch: { id: 'bra_a', name: 'Mitte', time_zone: 'Europe/Berlin' },
  date,
  time_zone: 'Europe/Berlin',
  opens: '10:00',
  closes: '20:00',
  open: [],
  holiday: null,
  staff: [
    {
      id: 'stf_a',
      name: 'Lena',
      colour: null,
      working: [{ from: '10:00', to: '15:00' }],
      absences: [],
      service_ids: [],
    },
  ],
  resources: [],
  appointments: [],
  busy: [],
  holds: [],
  head: 'calendar:1.1',
  ...more,
});

describe('the strip of a day', () => {
  it.each([
    ['winter', '2027-01-12', '2027-01-12T14:00:00Z'],
    ['the day of 23 hours', '2027-03-28', '2027-03-28T13:00:00Z'],
    ['the day of 25 hours', '2027-10-31', '2027-10-31T14:00:00Z'],
  ])('three in the afternoon is its middle: %s', (_name, date, start) => {
    const end = new Date(Date.parse(start) + 3_600_000).toISOString();
    const [person] = stripOf(day(date, { appointments: [visit(start, end)] }), 0).people;
    expect(person?.blocks[0]).toMatchObject({ left: 50, width: 10 });
    expect(person?.working).toEqual([{ left: 0, width: 50 }]);
  });

  it('reaches as far as what is in it, and no further than the day', () => {
    const late = visit('2027-01-12T21:00:00Z', '2027-01-13T01:00:00Z');
    const strip = stripOf(day('2027-01-12', { appointments: [late] }), Date.parse('2027-01-12T09:00:00Z'));
    const block = strip.people[0]?.blocks[0];
    expect((block?.left ?? 0) + (block?.width ?? 0)).toBe(100);
    expect(strip.now).toBe(0);
    expect(strip.labels.map(({ text }) => text)).toEqual(['10', '12', '14', '16', '18', '20', '22']);
  });

  it('leaves out cancelled ones, other days’ now, and who neither works nor has anything', () => {
    const cancelled = visit('2027-01-12T10:00:00Z', '2027-01-12T11:00:00Z', { status: 'cancelled' });
    const away = { id: 'stf_b', name: 'Ben', colour: null, working: [], absences: [], service_ids: [] };
    const base = day('2027-01-12');
    const strip = stripOf(
      { ...base, staff: [...base.staff, away], appointments: [cancelled] },
      Date.parse('2027-01-13T10:00:00Z'),
    );
    expect(strip.people.map(({ name, blocks }) => [name, blocks.length])).toEqual([['Lena', 0]]);
    expect(strip.now).toBeNull();
  });

  it('shows an appointment with everybody who serves in it', () => {
    const part = {
      starts_at: '2027-01-12T10:00:00Z',
      ends_at: '2027-01-12T10:30:00Z',
      kind: 'active' as const,
      service_id: null,
      name: null,
    };
    const both = visit('2027-01-12T10:00:00Z', '2027-01-12T11:00:00Z', { segments: [{ ...part, staff_id: 'stf_b' }] });
    const base = day('2027-01-12');
    const ben = { id: 'stf_b', name: 'Ben', colour: null, working: [], absences: [], service_ids: [] };
    expect(
      stripOf({ ...base, staff: [...base.staff, ben], appointments: [both] }, 0).people.map(
        ({ blocks }) => blocks.length,
      ),
    ).toEqual([1, 1]);
  });
});
