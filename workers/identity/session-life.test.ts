import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../shared/clock.ts';
import { ROLES } from '../../shared/permissions.ts';
import { CONFIRMED_MS, isConfirmed, prolonged, sessionLife } from './session-life.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A day on which Berlin's clocks go forward: lives are counted in hours, not by the wall. */
const NOW = asInstant(Date.UTC(2027, 2, 28, 0, 30));

describe('a session', () => {
  it.each([
    ['admin', true, 7 * DAY, 30 * DAY, 30 * 86_400],
    ['staff', true, 7 * DAY, 30 * DAY, 30 * 86_400],
    ['reseller_admin', true, 12 * HOUR, 30 * DAY, 30 * 86_400],
    ['super_admin', true, 12 * HOUR, 30 * DAY, 30 * 86_400],
    ['admin', false, 12 * HOUR, 12 * HOUR, null],
    ['super_admin', false, 12 * HOUR, 12 * HOUR, null],
  ] as const)('of %s, remembered: %s', (role, remember, idle, absolute, seconds) => {
    const life = sessionLife(role, remember, NOW);
    expect(life).toEqual({ expiresAt: NOW + idle, endsAt: NOW + absolute, cookieSeconds: seconds });
  });

  it('is moved on by use, but never past its end', () => {
    const { expiresAt, endsAt } = sessionLife('admin', true, NOW);
    const movedAfter = (ms: number) => prolonged({ expiresAt, endsAt, usedAt: NOW }, 'admin', asInstant(NOW + ms));
    expect(movedAfter(HOUR)).toBeNull();
    expect(movedAfter(8 * HOUR)).toEqual({ expiresAt: NOW + 8 * HOUR + 7 * DAY, usedAt: NOW + 8 * HOUR });
    expect(movedAfter(29 * DAY)).toEqual({ expiresAt: endsAt, usedAt: NOW + 29 * DAY });
  });

  it('of a working day is never moved on', () => {
    const { expiresAt, endsAt } = sessionLife('admin', false, NOW);
    expect(prolonged({ expiresAt, endsAt, usedAt: NOW }, 'admin', asInstant(NOW + 11 * HOUR))).toBeNull();
  });

  it('however it is used, ends at its end', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ROLES),
        fc.boolean(),
        fc.array(fc.integer({ min: 0, max: 40 * DAY }), { maxLength: 40 }),
        (role, remember, uses) => {
          const { endsAt, ...life } = sessionLife(role, remember, NOW);
          let { expiresAt } = life;
          let usedAt = NOW;
          for (const ms of uses.toSorted((a, b) => a - b)) {
            const now = asInstant(NOW + ms);
            if (now >= expiresAt) break;
            const moved = prolonged({ expiresAt, endsAt, usedAt }, role, now);
            if (moved === null) continue;
            expect(moved.expiresAt).toBeGreaterThanOrEqual(expiresAt);
            ({ expiresAt, usedAt } = moved);
          }
          expect(expiresAt).toBeLessThanOrEqual(endsAt);
        },
      ),
    );
  });
});

describe('a password typed', () => {
  it.each([
    [0, true],
    [CONFIRMED_MS, true],
    [CONFIRMED_MS + 1, false],
    [-1, false],
  ])('%i ms ago counts: %s', (ago, counts) => {
    expect(isConfirmed(NOW - ago, NOW)).toBe(counts);
  });
  it('never does not', () => {
    expect(isConfirmed(null, NOW)).toBe(false);
  });
});
