/** The base fee of a month in tables: whole, begun within, changed within. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asMicros } from './money.ts';
import { daysOfMonth, feeOfDays, feeParts, type FeeTerms } from './pricing-months.ts';

const terms = (from: string, fee: number, version = 1, planId = `plan_${fee}`): FeeTerms => ({
  version,
  planId,
  feeMicros: asMicros(fee * 1_000_000),
  from,
});
const amounts = (...of: Parameters<typeof feeParts>): [from: string, days: number, cents: number][] =>
  feeParts(...of).map(({ from, days, amountCents }) => [from, days, amountCents]);

describe('the base fee of a month', () => {
  it.each([
    ['2026-11', 30],
    ['2026-12', 31],
    ['2027-02', 28],
    ['2028-02', 29],
    ['2100-02', 28],
  ])('%s has %i days', (period, days) => expect(daysOfMonth(period)).toBe(days));

  it.each<[string, Parameters<typeof feeParts>, [string, number, number][]]>([
    [
      'is whole under one plan',
      ['2026-11', [terms('2026-01-05', 49)], '2026-01-05', 'EUR'],
      [['2026-11-01', 30, 4_900]],
    ],
    [
      'is of the days since the tenant began',
      ['2026-11', [terms('2026-11-20', 49)], '2026-11-20', 'EUR'],
      [['2026-11-20', 11, 1_797]],
    ],
    ['is nothing before that', ['2026-10', [terms('2026-11-20', 49)], '2026-11-20', 'EUR'], []],
    [
      'counts a day of change for the new plan',
      ['2026-11', [terms('2026-01-01', 49), terms('2026-11-16', 99, 2)], '2026-01-01', 'EUR'],
      [
        ['2026-11-01', 15, 2_450],
        ['2026-11-16', 15, 4_950],
      ],
    ],
    [
      'takes the last of several changes of a day',
      [
        '2026-11',
        [terms('2026-01-01', 49), terms('2026-11-16', 500, 2), terms('2026-11-16', 99, 3)],
        '2026-01-01',
        'EUR',
      ],
      [
        ['2026-11-01', 15, 2_450],
        ['2026-11-16', 15, 4_950],
      ],
    ],
    [
      'is one part where only other terms changed',
      ['2026-11', [terms('2026-01-01', 49), terms('2026-11-16', 49, 2)], '2026-01-01', 'EUR'],
      [['2026-11-01', 30, 4_900]],
    ],
    [
      'leaves out what costs nothing',
      ['2026-11', [terms('2026-01-01', 0), terms('2026-11-21', 30, 2)], '2026-01-01', 'EUR'],
      [['2026-11-21', 10, 1_000]],
    ],
    [
      'has no parts of a yen',
      ['2026-11', [terms('2026-11-11', 4_900)], '2026-11-11', 'JPY'],
      [['2026-11-11', 20, 3_267]],
    ],
    ['is nothing without terms', ['2026-11', [], '2026-01-01', 'EUR'], []],
  ])('%s', (_name, asked, parts) => expect(amounts(...asked)).toEqual(parts));

  it('is rounded once, half up: 0.01 for 15 of 30 days is a cent, for 14 none', () => {
    expect([15, 14].map((days) => feeOfDays(asMicros(10_000), days, 30, 'EUR'))).toEqual([1, 0]);
    // 49.004999 for 30 of 30 days: a micro less than half a cent is none.
    expect(feeOfDays(asMicros(49_004_999), 30, 30, 'EUR')).toBe(4_900);
  });
  it('of any changes has every day at most once and never more than a cent beside the exact sum a part', () => {
    const day = fc.integer({ min: 1, max: 31 }).map((n) => `2026-12-${String(n).padStart(2, '0')}`);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(day, fc.integer({ min: 0, max: 999 })), { minLength: 1, maxLength: 8 }),
        day,
        (changes, since) => {
          const all = changes.map(([from, fee]) => ({ from, fee })).sort((a, b) => (a.from < b.from ? -1 : 1));
          const versions = all.map(({ from, fee }, index) => terms(from, fee, index + 1, `plan_${index}`));
          const parts = feeParts('2026-12', versions, since, 'EUR');
          const days = parts.reduce((sum, part) => sum + part.days, 0);
          expect(days).toBeLessThanOrEqual(31 - Number(since.slice(8)) + 1);
          const exact = parts.reduce((sum, part) => sum + (part.feeMicros * part.days) / 31 / 10_000, 0);
          const charged = parts.reduce((sum, part) => sum + part.amountCents, 0);
          expect(Math.abs(charged - exact)).toBeLessThanOrEqual(parts.length / 2 + 1e-6);
        },
      ),
    );
  });
});
