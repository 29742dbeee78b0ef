import { describe, expect, it } from 'vitest';
import { daysOf, HOLE_MS, type Look, outagesOf, shareOfDays } from './outages.ts';

const MINUTE = 60_000;
const EVERY = 5 * MINUTE;
const DAY = 86_400_000;
const T = 20_000 * DAY;
const look = (
  n: number,
  status: Look['status'],
  ill: string[] = [],
  before: number | null = T + (n - 1) * EVERY,
): Look => ({
  at: T + n * EVERY,
  status,
  ill,
  before,
});

describe('outages', () => {
  it('looks that follow each other with the same status are one, and it ends where all was well again', () => {
    const found = outagesOf(
      [look(1, 'down', ['database']), look(2, 'down', ['queue', 'database']), look(3, 'ok')],
      T + 3 * EVERY,
      T + 3 * EVERY,
    );
    expect(found).toEqual([{ kind: 'down', from: T + EVERY, to: T + 3 * EVERY, parts: ['database', 'queue'] }]);
  });

  it('what gets worse is another one', () => {
    const found = outagesOf(
      [look(1, 'degraded', ['retell']), look(2, 'down', ['database'])],
      T + 2 * EVERY,
      T + 2 * EVERY,
    );
    expect(found).toMatchObject([
      { kind: 'degraded', to: T + 2 * EVERY },
      { kind: 'down', from: T + 2 * EVERY, to: null },
    ]);
  });

  it('a hole is one of its own, and what stood before it ends with the last look', () => {
    const after = { ...look(20, 'ok'), before: T + 2 * EVERY };
    const found = outagesOf([look(2, 'down', ['database']), after], T + 20 * EVERY, T + 20 * EVERY);
    expect(found).toEqual([
      { kind: 'down', from: T + 2 * EVERY, to: T + 2 * EVERY, parts: ['database'] },
      { kind: 'silent', from: T + 2 * EVERY, to: T + 20 * EVERY, parts: [] },
    ]);
  });

  it('nobody has looked for a while: that lasts', () => {
    expect(outagesOf([], T, T + HOLE_MS)).toEqual([]);
    expect(outagesOf([], T, T + HOLE_MS + 1)).toEqual([{ kind: 'silent', from: T, to: null, parts: [] }]);
    expect(outagesOf([], null, T)).toEqual([]);
  });
});

describe('days', () => {
  const now = T + DAY / 2;
  it('a look that is missing counts as one at which nothing stood; days before the first look count for nothing', () => {
    const first = T - DAY;
    const days = daysOf(
      [
        { day: 19_999, checks: 287, down: 1, degraded: 2 },
        { day: 20_000, checks: 144, down: 0, degraded: 0 },
      ],
      first,
      now,
    );
    expect(days).toHaveLength(90);
    expect(days.at(-1)).toMatchObject({ checks: 144, missing: 0, share: 1 });
    expect(days.at(-2)).toMatchObject({ checks: 287, down: 1, degraded: 2, missing: 1, share: 0.9931 });
    expect(days.at(-3)).toMatchObject({ checks: 0, missing: 0, share: null });
    expect(shareOfDays(days)).toBe(0.9954);
  });
  it('nobody has looked yet', () => {
    expect(shareOfDays(daysOf([], null, now))).toBeNull();
  });
});
