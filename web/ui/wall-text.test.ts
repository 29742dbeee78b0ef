import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateAfter, dateText, isWholeDate, monthAfter, readDate, weeksOf } from './wall-text.ts';

const NEAR = '2026-11-22';

describe('a typed day', () => {
  it.each([
    ['24.11.2026', '2026-11-24'],
    ['24.11.26', '2026-11-24'],
    ['4.1.2027', '2027-01-04'],
    ['24/11/2026', '2026-11-24'],
    ['24-11-2026', '2026-11-24'],
    ['24 11 2026', '2026-11-24'],
    ['2026-11-24', '2026-11-24'],
    [' 24.11. ', '2026-11-24'],
    ['24.11', '2026-11-24'],
    ['29.2.2028', '2028-02-29'],
  ])('%j is %s', (text, day) => {
    expect(readDate(text, NEAR)).toBe(day);
  });

  it.each(['', '24', '31.11.2026', '29.2.2027', '11/24/2026', '24.13.2026', 'morgen', '24.11.202', '0.1.2026'])(
    '%j is none',
    (text) => {
      expect(readDate(text, NEAR)).toBeNull();
    },
  );

  it('is whole only with four digits of the year', () => {
    expect(['24.11.2026', '2026-11-24', '24.11.20', '24.11.', '24'].map(isWholeDate)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('reads what it writes, in both languages', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), fc.constantFrom('de', 'en'), (days, language) => {
        const day = dateAfter('1970-01-01', days);
        expect(readDate(dateText(day, language), NEAR)).toBe(day);
      }),
    );
  });
});

describe('a month', () => {
  it('is shown in whole weeks from Monday', () => {
    const weeks = weeksOf('2026-11');
    expect(weeks[0]).toEqual([
      '2026-10-26',
      '2026-10-27',
      '2026-10-28',
      '2026-10-29',
      '2026-10-30',
      '2026-10-31',
      '2026-11-01',
    ]);
    expect(weeks).toHaveLength(6);
    expect(weeks.at(-1)?.[0]).toBe('2026-11-30');
    expect(weeksOf('2027-02')).toHaveLength(4);
  });

  it('goes on to the last day of a shorter one', () => {
    expect(monthAfter('2026-12-31', 2)).toBe('2027-02-28');
    expect(monthAfter('2026-01-15', -1)).toBe('2025-12-15');
  });
});
