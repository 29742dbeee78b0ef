/** Pure: which month of a tenant is over and not closed. Called by jobs.ts. */
import type { Instant } from '../../../shared/clock.ts';
import { previousPeriod } from '../../../shared/pricing-months.ts';
import { dateOf } from '../../../shared/time.ts';

/**
 * The newest month that has ended in the tenant's own zone and is not closed yet; null: there is none. Its close closes the older ones first.
 * A tenant has no month before the one it was made in.
 * @param lastClosed `YYYY-MM`; null: none was ever closed
 */
export function monthDue(
  now: Instant,
  { timeZone, createdAt }: { timeZone: string; createdAt: Instant },
  lastClosed: string | null,
): string | null {
  const over = previousPeriod(dateOf(now, timeZone).slice(0, 7));
  if (lastClosed !== null && over <= lastClosed) return null;
  return dateOf(createdAt, timeZone).slice(0, 7) <= over ? over : null;
}
