import { describe, expect, it } from 'vitest';
import type { HoursView } from '../../../shared/contract/hours.ts';
import {
  asBegun,
  changesOfWeek,
  copiedToWorkdays,
  dayText,
  type DayTimes,
  groupsOf,
  isOf,
  limitedRows,
  seasonsOf,
  minutesOfWeek,
  type Owner,
  stripsOf,
  type Week,
  weekOf,
} from './week.ts';

const ANNA: Owner = { member: 'staff_id', id: 'stf_anna' };
interface Ids {
  staff_id?: string | null;
  branch_id?: string | null;
}
const row = (id: string, day_of_week: number, more: Ids & Partial<Omit<HoursView, keyof Ids>> = {}) =>
  ({
    id,
    version: 3,
    updated_at: '2027-01-01T00:00:00.000Z',
    staff_id: 'stf_anna',
    resource_id: null,
    branch_id: null,
    day_of_week,
    periods: [{ from: '09:00', to: '18:00' }],
    breaks: [],
    valid_from: null,
    valid_until: null,
    ...more,
  }) as HoursView;
const day = (from: string, to: string, more: Partial<DayTimes> = {}): DayTimes => ({
  item: null,
  branchId: null,
  periods: [{ from, to }],
  breaks: [],
  ...more,
});
const week = (days: Partial<Week>): Week => ({ 0: [], 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], ...days });
const STORED = weekOf([row('hrs_tue', 2), row('hrs_fri', 5)], ANNA);

describe('the week', () => {
  it('is read from rows without limits; limited ones are apart', () => {
    const rows = [row('hrs_tue', 2), row('hrs_summer', 2, { valid_from: '2027-06-01' })];
    expect(weekOf(rows, ANNA)[2].map((entry) => entry.item?.id)).toEqual(['hrs_tue']);
    expect(limitedRows(rows).map(({ id }) => id)).toEqual(['hrs_summer']);
  });

  it('of a season has the rows of exactly that time, and new ones get its limits', () => {
    const summer = { valid_from: '2027-06-01', valid_until: '2027-08-31' };
    const rows = [
      row('hrs_late', 6, { valid_from: '2027-09-01' }),
      row('hrs_tue', 2),
      row('hrs_sunday', 0, summer),
      row('hrs_saturday', 6, summer),
      row('hrs_early', 6, { valid_until: '2027-08-31' }),
    ];
    const season = { from: '2027-06-01', until: '2027-08-31' };
    expect(seasonsOf(rows).map((one) => [one.season, one.rows.map(({ id }) => id)])).toEqual([
      [{ from: null, until: '2027-08-31' }, ['hrs_early']],
      [season, ['hrs_saturday', 'hrs_sunday']],
      [{ from: '2027-09-01', until: null }, ['hrs_late']],
    ]);
    const stored = weekOf(rows, ANNA, season);
    expect([stored[6], stored[0], stored[2]].map((entries) => entries.map(({ item }) => item?.id))).toEqual([
      ['hrs_saturday'],
      ['hrs_sunday'],
      [],
    ]);
    const after = { ...stored, 0: [], 1: [day('10', '14')] };
    expect(changesOfWeek(stored, after, ANNA, season)).toMatchObject([
      {
        weekday: 1,
        item: { ...summer, staff_id: 'stf_anna', day_of_week: 1, periods: [{ from: '10:00', to: '14:00' }] },
      },
      { weekday: 0, item: { id: 'hrs_sunday', remove: true } },
    ]);
    expect(
      changesOfWeek(weekOf([], ANNA), { ...weekOf([], ANNA), 1: [day('10', '14')] }, ANNA)[0]?.item,
    ).not.toHaveProperty('valid_from');
  });

  it.each([
    ['a person’s own', row('a', 1, { branch_id: 'bra_1' }), ANNA, true],
    [
      'the branch’s own',
      row('a', 1, { staff_id: null, branch_id: 'bra_1' }),
      { member: 'branch_id', id: 'bra_1' },
      true,
    ],
    ['a person’s at the branch', row('a', 1, { branch_id: 'bra_1' }), { member: 'branch_id', id: 'bra_1' }, false],
    ['another person’s', row('a', 1, { staff_id: 'stf_b' }), ANNA, false],
  ] as const)('knows whose a row is: %s', (_, one, owner, expected) => {
    expect(isOf(one, owner)).toBe(expected);
  });

  it('sends nothing for a week that says the same in another spelling', () => {
    expect(
      changesOfWeek(STORED, { ...STORED, 5: [{ ...day('9', '18 Uhr'), item: STORED[5][0]?.item ?? null }] }, ANNA),
    ).toEqual([]);
  });

  it.each([
    [
      'a changed day goes out with its version',
      { ...STORED, 5: [{ ...day('10', '16.30'), item: { id: 'hrs_fri', version: 3 } }] },
      [
        {
          weekday: 5,
          item: {
            id: 'hrs_fri',
            expected_version: 3,
            branch_id: null,
            periods: [{ from: '10:00', to: '16:30' }],
            breaks: [],
          },
        },
      ],
    ],
    [
      'a new day names its owner',
      { ...STORED, 6: [day('9', '13', { branchId: 'bra_2' })] },
      [
        {
          weekday: 6,
          item: {
            staff_id: 'stf_anna',
            day_of_week: 6,
            branch_id: 'bra_2',
            periods: [{ from: '09:00', to: '13:00' }],
            breaks: [],
          },
        },
      ],
    ],
    [
      'a day off is taken away',
      { ...STORED, 2: [] },
      [{ weekday: 2, item: { id: 'hrs_tue', expected_version: 3, remove: true } }],
    ],
    [
      'a day whose times were emptied is taken away, too',
      { ...STORED, 2: [{ ...day('', ''), item: { id: 'hrs_tue', version: 3 } }] },
      [{ weekday: 2, item: { id: 'hrs_tue', expected_version: 3, remove: true } }],
    ],
  ])('%s', (_, after, expected) => {
    expect(changesOfWeek(STORED, after as Week, ANNA)).toEqual(expected);
  });

  it('begins with a branch’s hours, as new rows that hold at every branch', () => {
    const branch: Owner = { member: 'branch_id', id: 'bra_1' };
    const open = weekOf([row('hrs_open', 2, { staff_id: null, branch_id: 'bra_1' })], branch);
    expect(asBegun(open, ANNA)).toEqual([
      {
        staff_id: 'stf_anna',
        day_of_week: 2,
        branch_id: null,
        periods: [{ from: '09:00', to: '18:00' }],
        breaks: [],
      },
    ]);
  });

  it('copies a day to Monday to Friday, over the rows that stand there', () => {
    const copied = copiedToWorkdays({ ...STORED, 5: [{ ...day('8', '12'), item: { id: 'hrs_fri', version: 3 } }] }, 5);
    expect([1, 2, 3, 4, 5].map((weekday) => copied[weekday as 1][0]?.periods[0]?.to)).toEqual([
      '12',
      '12',
      '12',
      '12',
      '12',
    ]);
    expect(copied[2][0]?.item?.id).toBe('hrs_tue');
    expect(copied[1][0]?.item).toBeNull();
    expect(copied[6]).toEqual([]);
  });

  it('says a day with its breaks cut out', () => {
    expect(dayText([day('09:00', '18:00', { breaks: [{ from: '12:00', to: '12:30' }] })])).toBe(
      '09:00–12:00 12:30–18:00',
    );
    expect(dayText([day('18:00', '09:00')])).toBe('');
    expect(dayText([])).toBe('');
  });

  it('groups days in a row with the same times, and not across a day off', () => {
    const nine = [day('09:00', '18:00')];
    expect(groupsOf(week({ 1: nine, 2: nine, 4: nine, 5: [day('09:00', '13:00')], 0: nine }))).toEqual([
      { from: 1, to: 2, text: '09:00–18:00' },
      { from: 4, to: 4, text: '09:00–18:00' },
      { from: 5, to: 5, text: '09:00–13:00' },
      { from: 0, to: 0, text: '09:00–18:00' },
    ]);
  });

  it('counts its minutes and lies on one strip', () => {
    const some = week({
      1: [day('07:00', '20:00', { breaks: [{ from: '12:00', to: '13:00' }] })],
      2: [day('13:30', '20:00')],
    });
    expect(minutesOfWeek(some)).toBe(12 * 60 + 6.5 * 60);
    expect(stripsOf(some)[2]).toEqual([{ left: 0.5, width: 0.5 }]);
  });
});
