/** The short way and the grammar read every plain day and clock alike, whatever the branch's hours and the moment. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asInstant } from '../clock.ts';
import { addDays, dateOf, timeOfMinutes, weekdayOf } from '../time.ts';
import { frameOf } from './resolve/frame.ts';
import { plainMoment } from './plain.ts';
import type { OpenSpan, SpokenContext } from './reading.ts';
import { reference } from './reference-branch.fixture.ts';
import { readWords } from './understand.ts';

const HOURS: readonly (readonly OpenSpan[])[] = [
  [{ from: 540, to: 1080 }],
  [
    { from: 480, to: 720 },
    { from: 840, to: 1200 },
  ],
  [{ from: 0, to: 1440 }],
  [{ from: 600, to: 1320 }],
  [{ from: 60, to: 800 }],
];
const ZONES = ['Europe/Berlin', 'America/New_York', 'Pacific/Auckland', 'UTC'];

const context = (now: number, zone: string, hours: readonly OpenSpan[]): SpokenContext =>
  reference({ now: asInstant(now), zone, openOn: (date) => (weekdayOf(date) === 0 ? [] : hours) });

describe('a plain day and clock', () => {
  it('is read as the grammar reads it', () => {
    let taken = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2026, 9, 1), max: Date.UTC(2027, 10, 30) }),
        fc.constantFrom(...ZONES),
        fc.constantFrom(...HOURS),
        fc.integer({ min: -3, max: 560 }),
        fc.integer({ min: 0, max: 1440 }),
        (now, zone, hours, ahead, minute) => {
          const frame = frameOf(context(now, zone, hours));
          const date = addDays(dateOf(now, zone), ahead);
          const time = timeOfMinutes(minute);
          const plain = plainMoment(date, time, frame);
          if (plain === null) return;
          taken++;
          expect(plain).toEqual(readWords('', date, time, frame));
        },
      ),
      { numRuns: 6_000 },
    );
    expect(taken).toBeGreaterThan(1_000);
  });

  it('every minute of the days whose clocks change', () => {
    for (const [now, date] of [
      [Date.UTC(2027, 2, 27, 9), '2027-03-28'],
      [Date.UTC(2027, 9, 30, 9), '2027-10-31'],
      [Date.UTC(2027, 9, 31, 0, 30), '2027-10-31'],
    ] as const)
      for (const hours of HOURS) {
        const frame = frameOf(reference({ now: asInstant(now), openOn: () => hours, holidayOn: () => null }));
        for (let minute = 0; minute < 1440; minute++) {
          const plain = plainMoment(date, timeOfMinutes(minute), frame);
          if (plain !== null) expect(plain).toEqual(readWords('', date, timeOfMinutes(minute), frame));
        }
      }
  });

  it('leaves to the grammar what is no such day or clock, or ends in a question', () => {
    const frame = frameOf(reference());
    for (const [date, time] of [
      ['2026-02-30', '10:00'],
      ['2026-11-24', '24:00'],
      ['2026-11-24', '0:30'],
      ['2026-11-24', '00:00'],
      ['2026-11-24', '07:00'],
      ['2026-11-22', '10:00'],
      ['2026-11-19', '10:00'],
      ['2028-11-24', '10:00'],
      ['morgen', '10:00'],
      ['2026-11-24', 'zehn'],
    ] as const)
      expect(plainMoment(date, time, frame), `${date} ${time}`).toBeNull();
    expect(plainMoment('2026-11-24', '10:00', frame)).toEqual({ kind: 'instant', date: '2026-11-24', time: '10:00' });
  });
});
