/** How much a caller may take: the rules of counts, shares and penalties. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../../shared/clock.ts';
import { bookingsAnHour, countedAs, penaltyOf, refuseHold, refuseShare, secondsUntil } from './caller-limits.ts';

const HOUR = 3_600_000;
const NOW = asInstant(Date.UTC(2026, 10, 24, 9));
const line = { line: 'a1b2', scale: 1 };
const withheld = { line: null, scale: 1 };

describe('penalties', () => {
  it('end when the oldest of the hour leaves it; refused again while they run they cost 1 h, 2 h, 4 h … at most 24 h', () => {
    const oldest = asInstant(NOW - 40 * 60_000);
    let penalty = penaltyOf(null, oldest, NOW);
    expect(secondsUntil(penalty.until, NOW)).toBe(20 * 60);
    const hours: number[] = [];
    for (let i = 0; i < 8; i++) {
      penalty = penaltyOf(penalty, oldest, NOW);
      hours.push((penalty.until - NOW) / HOUR);
    }
    expect(hours).toEqual([1, 2, 4, 8, 16, 24, 24, 24]);
  });
  it('one that has ended begins anew', () => {
    const old = { until: asInstant(NOW - 1), step: 5 };
    expect(penaltyOf(old, NOW, NOW)).toEqual({ until: NOW + HOUR, step: 0 });
  });
});

describe('what is counted together', () => {
  it('a number by itself, all withheld ones as one', () => {
    expect([countedAs(line), countedAs(withheld)]).toEqual(['book:a1b2', 'book:withheld']);
    expect([bookingsAnHour(line), bookingsAnHour(withheld)]).toEqual([5, 10]);
    expect([refuseHold(line, 1), refuseHold(withheld, 4)]).toEqual([null, null]);
    expect(refuseHold(line, 2)).toMatchObject({ ok: false, error: { code: 'LIMIT_REACHED', max: 2 } });
    expect(refuseHold(withheld, 5)).toMatchObject({ ok: false, error: { code: 'LIMIT_REACHED', max: 5 } });
  });
});

describe('the share of withheld callers', () => {
  it('is a fifth of the bookable minutes, and never less than two appointments', () => {
    const day = (appointments: number, takenMinutes: number) => ({ bookableMinutes: 960, takenMinutes, appointments });
    // 32 slots of 30 minutes: six.
    expect(refuseShare(day(5, 150), 30, 1)).toBeNull();
    expect(refuseShare(day(6, 180), 30, 1)).toMatchObject({ ok: false, error: { limit: 'withheld_share', max: 192 } });
    expect(refuseShare({ bookableMinutes: 60, takenMinutes: 60, appointments: 1 }, 60, 1)).toBeNull();
    expect(refuseShare({ bookableMinutes: 60, takenMinutes: 120, appointments: 2 }, 60, 1)).not.toBeNull();
  });
  it('whatever is wished for, at most a fifth goes once two are taken', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5_000 }),
        fc.array(fc.integer({ min: 5, max: 240 }), { maxLength: 60 }),
        (bookableMinutes, requests) => {
          let taken = 0;
          let count = 0;
          let firstTwo = 0;
          for (const wanted of requests) {
            if (refuseShare({ bookableMinutes, takenMinutes: taken, appointments: count }, wanted, 1)) continue;
            taken += wanted;
            count++;
            if (count <= 2) firstTwo = taken;
          }
          expect(taken <= bookableMinutes / 5 || taken === firstTwo).toBe(true);
        },
      ),
    );
  });
});
