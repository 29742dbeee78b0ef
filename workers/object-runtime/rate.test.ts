/** The time to wait that a refused request is told is the time to wait. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RateWindows } from './rate.ts';

it('a second less is refused, the seconds told are let in, whatever the limit and the moment', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 120 }),
      fc.constantFrom(1_000, 60_000, 3_600_000),
      fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }),
      (limit, windowMs, now) => {
        const windows = new RateWindows();
        const rule = { name: 'x', limit, windowMs };
        for (let i = 0; i < limit; i++) expect(windows.take(rule, 'k', now).allowed).toBe(true);
        const refused = windows.take(rule, 'k', now);
        expect(refused.allowed).toBe(false);
        expect(refused.resetAt).toBe(Math.ceil((now - (now % windowMs) + windowMs) / 1_000));
        if (refused.retryAfter > 1)
          expect(windows.take(rule, 'k', now + (refused.retryAfter - 1) * 1_000).allowed).toBe(false);
        expect(windows.take(rule, 'k', now + refused.retryAfter * 1_000).allowed).toBe(true);
      },
    ),
  );
});
