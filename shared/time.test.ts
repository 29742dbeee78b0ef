/** Guarantees of the time module: wall clock and instants agree on every day, DST gap and fold are told, the process zone is irrelevant. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, vi } from 'vitest';
import {
  addDays,
  boundaryOf,
  DAY,
  dateOf,
  dayStart,
  daysBetween,
  fromIso,
  HOUR,
  instantsOf,
  isWallDate,
  isWallTime,
  isZone,
  MINUTE,
  offsetAt,
  timeOf,
  timeOfMinutes,
  toIso,
  weekdayOf,
} from './time.ts';

const ZONES = [
  'Europe/Berlin',
  'Europe/Vienna',
  'Europe/Zurich',
  'UTC',
  'Pacific/Auckland',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
] as const;
const zone = fc.constantFrom(...ZONES);
const instant = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2032, 0, 1) });

describe('instant → wall clock', () => {
  it('agrees with Temporal at any instant', () => {
    fc.assert(
      fc.property(instant, zone, (at, where) => {
        const zdt = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(where);
        expect(dateOf(at, where)).toBe(zdt.toPlainDate().toString());
        expect(timeOf(at, where)).toBe(zdt.toPlainTime().toString().slice(0, 5));
        expect(offsetAt(at, where)).toBe(zdt.offsetNanoseconds / 1e6);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a change of the clock', () => {
  it('is known to the second in every zone', () => {
    const end = Date.UTC(2034, 0, 1);
    for (const where of Intl.supportedValuesOf('timeZone')) {
      let at = Temporal.Instant.fromEpochMilliseconds(Date.UTC(2024, 0, 1)).toZonedDateTimeISO(where);
      for (;;) {
        const next = at.getTimeZoneTransition('next');
        if (!next || next.epochMilliseconds >= end) break;
        const told = [-1, 0].map((ms) => offsetAt(next.epochMilliseconds + ms, where));
        expect([where, ...told]).toEqual([where, ...[at, next].map((side) => side.offsetNanoseconds / 1e6)]);
        at = next;
      }
    }
  });
});

describe('wall clock → instants', () => {
  it('finds every instant that shows the clock time, and no other', () => {
    fc.assert(
      fc.property(instant, zone, (at, where) => {
        const whole = at - (at % MINUTE);
        const found = instantsOf(dateOf(whole, where), timeOf(whole, where), where);
        expect(found).toContain(whole);
        for (const one of found) {
          expect(dateOf(one, where)).toBe(dateOf(whole, where));
          expect(timeOf(one, where)).toBe(timeOf(whole, where));
        }
      }),
      { numRuns: 500 },
    );
  });
  it('knows no instant in the spring gap and two in the autumn fold', () => {
    expect(instantsOf('2027-03-28', '02:30', 'Europe/Berlin')).toEqual([]);
    expect(instantsOf('2027-10-31', '02:30', 'Europe/Berlin').map(toIso)).toEqual([
      '2027-10-31T00:30:00.000Z',
      '2027-10-31T01:30:00.000Z',
    ]);
    expect(instantsOf('2027-03-28', '03:00', 'Europe/Berlin').map(toIso)).toEqual(['2027-03-28T01:00:00.000Z']);
  });
  it('keeps opening hours on DST days: a start in the gap is the transition, a fold loses no minute', () => {
    expect(toIso(boundaryOf('2027-03-28', 150, 'Europe/Berlin', 'start'))).toBe('2027-03-28T01:00:00.000Z');
    expect(
      boundaryOf('2027-10-31', 180, 'Europe/Berlin', 'end') - boundaryOf('2027-10-31', 120, 'Europe/Berlin', 'start'),
    ).toBe(2 * HOUR);
    expect(dayStart('2027-03-29', 'Europe/Berlin') - dayStart('2027-03-28', 'Europe/Berlin')).toBe(23 * HOUR);
    expect(dayStart('2027-11-01', 'Europe/Berlin') - dayStart('2027-10-31', 'Europe/Berlin')).toBe(25 * HOUR);
  });
  it('makes no difference to the process zone', () => {
    const before = process.env['TZ'];
    const answers = ['UTC', 'Europe/Berlin', 'Pacific/Auckland'].map((tz) => {
      process.env['TZ'] = tz;
      return [
        instantsOf('2027-03-28', '09:00', 'Europe/Berlin'),
        dateOf(1_795_000_000_000, 'Europe/Berlin'),
        timeOf(1_795_000_000_000, 'Pacific/Auckland'),
      ];
    });
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });
});

describe('what is remembered of zones', () => {
  it('ends: years that somebody asks for one after the other push out the first', () => {
    const asked = vi.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts');
    const zone = 'America/Punta_Arenas';
    const isAsked = (year: number): boolean => {
      asked.mockClear();
      offsetAt(Date.UTC(year, 6, 1), zone);
      return asked.mock.calls.length > 0;
    };
    try {
      expect(isAsked(1_900)).toBe(true);
      expect(isAsked(1_900)).toBe(false);
      for (let year = 1_901; year < 2_100; year++) isAsked(year);
      expect(isAsked(1_900)).toBe(true);
    } finally {
      asked.mockRestore();
    }
  });
});

describe('calendar days', () => {
  it('adds and counts days like a calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 20_000 }), (n) => {
        const day = addDays('2026-11-20', n);
        expect(daysBetween('2026-11-20', day)).toBe(n);
        expect(weekdayOf(day)).toBe((((5 + n) % 7) + 7) % 7);
        expect(isWallDate(day)).toBe(true);
      }),
    );
  });
  it.each(['2026-02-29', '2026-13-01', '2026-1-01', '', 'morgen', '2026-02-31'])('refuses %s', (text) =>
    expect(isWallDate(text)).toBe(false),
  );
  it.each(['24:01', '9:00', '12:60', ''])('refuses the time %s', (text) => expect(isWallTime(text)).toBe(false));
  it('knows zones', () => {
    expect(isZone('Europe/Berlin')).toBe(true);
    expect(isZone('Europe/Entenhausen')).toBe(false);
  });
  it('reads only instants with a zone', () => {
    expect(fromIso('2026-11-24T09:00:00Z')).toBe(Date.UTC(2026, 10, 24, 9));
    expect(fromIso('2026-11-24T10:00+01:00')).toBe(Date.UTC(2026, 10, 24, 9));
    expect(fromIso('2026-11-24T10:00')).toBeNull();
    expect(fromIso('2026-02-31T10:00Z')).toBeNull();
    expect(DAY).toBe(24 * HOUR);
    expect(timeOfMinutes(1_440)).toBe('24:00');
  });
});

it('an instant that UTC writes with a year of six digits is none', () => {
  expect(fromIso('9999-12-31T23:59:59Z')).not.toBeNull();
  expect(fromIso('9999-12-31T23:59:59-12:00')).toBeNull();
});
