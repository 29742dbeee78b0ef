import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clockDuration,
  fullWallDate,
  microMoney,
  money,
  parseAmount,
  percent,
  shortInstant,
  shortMoney,
  time,
  wallDateIn,
} from './format.ts';

/** No-break spaces are what Intl writes and what we want; plain ones read better here. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('money', () => {
  it.each([
    [26250, 'EUR', 'de', '262,50 €'],
    [26250, 'EUR', 'en', '€262.50'],
    [-120, 'EUR', 'de', '−1,20 €'],
    [181662, 'EUR', 'de', '1.816,62 €'],
    [4990, 'CHF', 'de', '49,90 CHF'],
    [500, 'JPY', 'de', '500 ¥'],
  ])('%i %s in %s is %s', (cents, currency, language, text) => {
    expect(plain(money(cents, currency, language))).toBe(text);
  });

  it('marks gains and losses when asked to, and zero with neither', () => {
    expect(plain(money(500, 'EUR', 'de', true))).toBe('+5,00 €');
    expect(plain(money(-500, 'EUR', 'de', true))).toBe('−5,00 €');
    expect(plain(money(0, 'EUR', 'de', true))).toBe('0,00 €');
  });

  it('is short only when nothing is lost', () => {
    expect(plain(shortMoney(10000, 'EUR', 'de'))).toBe('100 €');
    expect(plain(shortMoney(10050, 'EUR', 'de'))).toBe('100,50 €');
  });

  it('shows fractions of a cent where they matter', () => {
    expect(plain(microMoney(183_000, 'EUR', 'de'))).toBe('0,183 €');
    expect(plain(microMoney(500_000, 'EUR', 'de'))).toBe('0,50 €');
  });

  it('writes per cent with the language’s space', () => {
    expect(plain(percent(1900, 'de'))).toBe('19 %');
    expect(percent(1900, 'en')).toBe('19%');
    expect(plain(percent(810, 'de'))).toBe('8,1 %');
  });
});

describe('amounts as typed', () => {
  it.each([
    ['50', 5000],
    ['50,00', 5000],
    ['50.5', 5050],
    ['1.234,50', 123450],
    ['1,234.50', 123450],
    ['1.000', 100000],
    ['1 000 €', 100000],
    ["1'000", 100000],
    ['', null],
    ['abc', null],
    ['-5', null],
    ['1,2,3', null],
    ['1e5', null],
    ['12.34.5', null],
  ])('%j is %j', (text, cents) => {
    expect(parseAmount(text, 'EUR')).toBe(cents);
  });

  it('reads back every amount it shows, in both languages', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000 }), fc.constantFrom('de', 'en'), (cents, language) => {
        expect(parseAmount(money(cents, 'EUR', language), 'EUR')).toBe(cents);
      }),
    );
  });
});

describe('time', () => {
  it('follows the branch’s zone over the change of clocks', () => {
    expect(time('2027-03-28T00:59:00Z', 'Europe/Berlin', 'de')).toBe('01:59');
    expect(time('2027-03-28T01:00:00Z', 'Europe/Berlin', 'de')).toBe('03:00');
    expect(time('2027-10-31T00:30:00Z', 'Europe/Berlin', 'de')).toBe('02:30');
    expect(time('2027-10-31T01:30:00Z', 'Europe/Berlin', 'de')).toBe('02:30');
  });

  it('names midnight 00:00 in both languages', () => {
    expect(time('2026-11-19T23:00:00Z', 'Europe/Berlin', 'de')).toBe('00:00');
    expect(time('2026-11-19T23:00:00Z', 'Europe/Berlin', 'en')).toBe('00:00');
  });

  it('knows the day of the zone', () => {
    expect(wallDateIn('2026-11-19T23:30:00Z', 'Europe/Berlin')).toBe('2026-11-20');
    expect(wallDateIn('2026-11-19T23:30:00Z', 'UTC')).toBe('2026-11-19');
  });

  it('writes days out in full', () => {
    expect(fullWallDate('2026-11-20', 'de')).toBe('Freitag, 20. November 2026');
    expect(fullWallDate('2026-11-20', 'en')).toBe('Friday, 20 November 2026');
  });

  it('writes durations as clocks do', () => {
    expect(clockDuration(5)).toBe('0:05');
    expect(clockDuration(245)).toBe('4:05');
    expect(clockDuration(3845)).toBe('1:04:05');
  });
});

describe('an instant in few words', () => {
  const now = Date.parse('2026-11-20T15:00:00Z');
  it.each([
    ['2026-11-20T15:32:00Z', 'de', 'heute 16:32'],
    ['2026-11-20T23:30:00Z', 'de', 'morgen 00:30'],
    ['2026-11-19T08:10:00Z', 'en', 'yesterday 09:10'],
    ['2026-11-18T13:30:00Z', 'de', 'Mi 14:30'],
    ['2026-11-26T13:30:00Z', 'en', 'Thu 14:30'],
    ['2026-11-12T13:30:00Z', 'de', '12. Nov.'],
    ['2026-02-01T13:30:00Z', 'en', '1 Feb'],
    ['2025-11-20T13:30:00Z', 'de', '20. Nov. 2025'],
  ])('%s in %s is %s', (instant, language, text) => {
    expect(plain(shortInstant(instant, 'Europe/Berlin', language, now))).toBe(text);
  });
});
