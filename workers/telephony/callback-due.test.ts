import { describe, expect, it } from 'vitest';
import type { Instant } from '../../shared/clock.ts';
import { toIso } from '../../shared/time.ts';
import { afterOpening, dueOf, type Opening } from './callback-due.ts';

const BERLIN = 'Europe/Berlin';
/** Monday to Friday 9 to 12 and 13 to 18. */
const week = (date: string) =>
  [0, 6].includes(new Date(`${date}T12:00:00Z`).getUTCDay())
    ? []
    : [
        { from: 9 * 60, to: 12 * 60 },
        { from: 13 * 60, to: 18 * 60 },
      ];
const at = (iso: string, openOn: Opening['openOn'] = week): Opening => ({
  now: Date.parse(iso) as Instant,
  zone: BERLIN,
  openOn,
});
const HOURS_4 = 4 * 3_600_000;

describe('opening hours that pass', () => {
  it.each([
    ['in the morning, over the break', '2026-11-24T09:00:00+01:00', '2026-11-24T14:00:00+01:00'],
    ['before it opens', '2026-11-24T07:00:00+01:00', '2026-11-24T14:00:00+01:00'],
    ['in the evening: the next morning counts on', '2026-11-24T17:00:00+01:00', '2026-11-25T12:00:00+01:00'],
    ['on Friday evening: Monday', '2026-11-27T17:30:00+01:00', '2026-11-30T13:30:00+01:00'],
    ['on Saturday', '2026-11-28T11:00:00+01:00', '2026-11-30T14:00:00+01:00'],
  ])('%s', (_when, now, due) => {
    expect(toIso(afterOpening(at(now), HOURS_4))).toBe(toIso(Date.parse(due)));
  });

  it('a night that is open on the days when the clock changes passes as long as it really is', () => {
    const night = () => [{ from: 0, to: 6 * 60 }];
    // 29 March 2026: two becomes three; the night has five hours.
    expect(toIso(afterOpening(at('2026-03-29T00:00:00+01:00', night), HOURS_4))).toBe('2026-03-29T03:00:00.000Z');
    // 25 October 2026: three becomes two again; it has seven.
    expect(toIso(afterOpening(at('2026-10-25T00:00:00+02:00', night), HOURS_4))).toBe('2026-10-25T02:00:00.000Z');
  });

  it('of a business that never opens are hours of the clock', () => {
    expect(
      toIso(
        afterOpening(
          at('2026-11-24T09:00:00Z', () => []),
          HOURS_4,
        ),
      ),
    ).toBe('2026-11-24T13:00:00.000Z');
  });
});

describe('a call back is due', () => {
  const now = '2026-11-24T09:00:00+01:00';
  it.each([
    [
      'at the moment that was named',
      { kind: 'instant', date: '2026-11-25', time: '15:00' },
      '2026-11-25T15:00:00+01:00',
    ],
    [
      'at the end of a stretch',
      { kind: 'window', from_date: '2026-11-24', to_date: '2026-11-26', from: '14:00', to: '17:00' },
      '2026-11-26T17:00:00+01:00',
    ],
    ['when the named day closes', { kind: 'date', date: '2026-11-26' }, '2026-11-26T18:00:00+01:00'],
    [
      'when the last of some days closes',
      { kind: 'dates', dates: ['2026-11-25', '2026-11-27'] },
      '2026-11-27T18:00:00+01:00',
    ],
    ['at the next such hour', { kind: 'time', time: '16:00' }, '2026-11-24T16:00:00+01:00'],
    ['tomorrow, where that hour has passed', { kind: 'time', time: '08:00' }, '2026-11-25T08:00:00+01:00'],
    ['at the end of a day that is closed', { kind: 'date', date: '2026-11-28' }, '2026-11-29T00:00:00+01:00'],
  ])('%s', (_what, understood, due) => {
    expect(toIso(dueOf({ understood }, at(now), 4))).toBe(toIso(Date.parse(due)));
  });

  it.each([
    ['nothing was said', {}],
    ['it was not understood', { understood: { kind: 'ask' } }],
    ['any time will do', { understood: { kind: 'any' } }],
    ['it lies behind us', { understood: { kind: 'date', date: '2026-11-20' } }],
    ['it is a year away', { understood: { kind: 'date', date: '2027-11-20' } }],
  ])('after the company’s opening hours when %s', (_what, request) => {
    expect(toIso(dueOf(request, at(now), 4))).toBe('2026-11-24T13:00:00.000Z');
    expect(toIso(dueOf(request, at(now), 1))).toBe('2026-11-24T09:00:00.000Z');
    // over the night, into the next morning
    expect(toIso(dueOf(request, at(now), 9))).toBe('2026-11-25T09:00:00.000Z');
  });
});
