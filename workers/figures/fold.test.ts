/** Folding and utilisation on the days that the clock changes, in zones of whole, half and quarter hours. */
import { describe, expect, it } from 'vitest';
import { QUARTER_MS } from '../../shared/widget-names.ts';
import { folded } from './fold.ts';
import { utilisationOf } from './utilisation.ts';

const at = (iso: string, ...values: number[]) => ({ key: String(Date.parse(iso) / QUARTER_MS), values });

describe('what is folded', () => {
  it.each([
    ['spring, 23 hours', 'Europe/Berlin', '2027-03-28', '2027-03-27T23:00:00Z', '2027-03-28T21:45:00Z'],
    ['autumn, 25 hours', 'Europe/Berlin', '2027-10-31', '2027-10-30T22:00:00Z', '2027-10-31T22:45:00Z'],
    ['three quarters of an hour off', 'Asia/Kathmandu', '2027-05-05', '2027-05-04T18:15:00Z', '2027-05-05T18:00:00Z'],
  ])('first and last quarter of a day are its own: %s', (_name, zone, date, first, last) => {
    const before = new Date(Date.parse(first) - QUARTER_MS).toISOString();
    const after = new Date(Date.parse(last) + QUARTER_MS).toISOString();
    const points = folded([at(before, 100), at(first, 1), at(last, 2), at(after, 100)], {
      by: 'day',
      first: date,
      last: date,
      zone,
      width: 1,
    });
    expect(points.find(({ key }) => key === date)?.values).toEqual([3]);
  });

  it('days without anything are there, weeks begin with the period, hours are those of the clock', () => {
    const span = { first: '2027-03-22', last: '2027-04-04', zone: 'Europe/Berlin', width: 2 };
    const groups = [at('2027-03-28T10:00:00Z', 1, 10), at('2027-04-04T10:00:00Z', 2, 20)];
    expect(folded(groups, { ...span, by: 'day' }).length).toBe(14);
    expect(folded(groups, { ...span, by: 'week' })).toEqual([
      { key: '2027-03-22', name: null, values: [1, 10] },
      { key: '2027-03-29', name: null, values: [2, 20] },
    ]);
    // Both Sundays at twelve of summer time.
    expect(folded(groups, { ...span, by: 'hour' })).toEqual([{ key: '0-12', name: null, values: [3, 30] }]);
  });
});

describe('how busy people are', () => {
  const zone = 'Europe/Berlin';
  const day = (date: string, working: { from: string; to: string }[], appointments: object[]) => ({
    date,
    branch: { id: 'bra_a', name: 'A', companyId: 'com_a', timeZone: zone },
    staff: [{ id: 'stf_a', name: 'Anna', colour: null, working, absences: [], serviceIds: [] }],
    appointments: appointments as never,
  });
  const visit = (from: string, to: string, more: object = {}) => ({
    status: 'confirmed',
    staffId: 'stf_a',
    startsAt: Date.parse(from),
    endsAt: Date.parse(to),
    segments: [],
    ...more,
  });

  it('cancelled ones and the waiting in between count for nobody', () => {
    const busy = visit('2027-05-05T08:00:00Z', '2027-05-05T10:00:00Z', {
      segments: [
        {
          kind: 'active',
          staffId: 'stf_a',
          startsAt: Date.parse('2027-05-05T08:00:00Z'),
          endsAt: Date.parse('2027-05-05T08:30:00Z'),
        },
        {
          kind: 'passive',
          staffId: null,
          startsAt: Date.parse('2027-05-05T08:30:00Z'),
          endsAt: Date.parse('2027-05-05T09:30:00Z'),
        },
        {
          kind: 'active',
          staffId: 'stf_b',
          startsAt: Date.parse('2027-05-05T09:30:00Z'),
          endsAt: Date.parse('2027-05-05T10:00:00Z'),
        },
      ],
    });
    const gone = visit('2027-05-05T11:00:00Z', '2027-05-05T12:00:00Z', { status: 'cancelled' });
    const days = [
      day(
        '2027-05-05',
        [
          { from: '09:00', to: '12:00' },
          { from: '13:00', to: '18:00' },
        ],
        [busy, gone],
      ),
    ];
    expect(utilisationOf(days)).toEqual([
      { key: 'stf_a', rows: 1, values: [30, 480] },
      { key: 'stf_b', rows: 1, values: [30, 0] },
    ]);
  });

  it.each([
    ['spring', '2027-03-28', 300],
    ['autumn', '2027-10-31', 420],
  ])('a night in which the clock changes has the minutes it has: %s', (_name, date, minutes) => {
    expect(utilisationOf([day(date, [{ from: '00:00', to: '06:00' }], [])])[0]?.values).toEqual([0, minutes]);
  });
});
