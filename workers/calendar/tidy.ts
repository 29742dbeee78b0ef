/** Removes what the clock has ended: lapsed holds, conversations, counts. They free their slots by the clock; this is only tidying. */
import { asInstant, type Instant } from '../../shared/clock.ts';
import type { CalendarStore } from './store/store.ts';

/** Rows removed per wake. */
const TIDY_PER_WAKE = 500;
/** A lapsed hold is remembered so long, so that its token is answered "expired", not "unknown". */
const HOLDS_KEPT_MS = 86_400_000;
/** Times of an import that never came to its end; its file goes after seven days. */
const PUT_KEPT_MS = 8 * 86_400_000;
const COUNTS_EVERY_MS = 3_600_000;
const SOON_MS = 1_000;

/** What an object's alarm does here; answers when there is more to do. */
export function tidier(store: CalendarStore): (now: Instant) => Instant | null {
  let countsPrunedAt = 0;
  return (now) => {
    const freed = store.holds.freeExpired(now, now - HOLDS_KEPT_MS, TIDY_PER_WAKE);
    store.settled(true);
    store.conversations.prune(now, TIDY_PER_WAKE);
    if (Math.abs(now - countsPrunedAt) > COUNTS_EVERY_MS) {
      store.callers.prune(now);
      store.busySources.prune(now - PUT_KEPT_MS);
      countsPrunedAt = now;
    }
    if (freed === TIDY_PER_WAKE) return asInstant(now + SOON_MS);
    const next = store.holds.nextExpiry();
    return next === null ? null : asInstant(Math.max(next, now + SOON_MS));
  };
}
