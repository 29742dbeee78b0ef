/** How much a caller or customer has taken by the store's counts, for the rules of rules/caller-limits.ts. Called by hold and book. */
import type { Instant } from '../../../shared/clock.ts';
import { err, type Result } from '../../../shared/result.ts';
import { HOUR } from '../../../shared/time.ts';
import type { Occupation } from '../engine/availability.ts';
import { bookableMinutes } from '../engine/share.ts';
import {
  BOOKINGS_A_CALL,
  bookingsAnHour,
  countedAs,
  isRunning,
  penaltyOf,
  refuseShare,
  secondsUntil,
} from '../rules/caller-limits.ts';
import type { CalendarStore } from '../store/store.ts';
import type { CallerRef } from '../call-state.ts';
import type { Slot } from '../rows.ts';

/** Withheld callers share a fifth of a branch's day, by bookings and holds together. @param released holds that this command ends */
export function refuseWithheldShare(
  store: CalendarStore,
  caller: CallerRef,
  slot: Pick<Slot, 'branchId' | 'startsAt'>,
  occupations: readonly Occupation[],
  released: readonly string[],
  now: Instant,
): Result<never> | null {
  if (caller.line !== null) return null;
  const day = bookableMinutes(store.schedule.current(), slot.branchId, slot.startsAt);
  if (day === null) return null;
  const taken = store.callers.withheldOn(slot.branchId, day.from, day.until, released, now);
  const wanted = occupations.reduce((sum, one) => (one.kind === 'staff' ? sum + one.to - one.from : sum), 0);
  return refuseShare({ bookableMinutes: day.minutes, ...taken }, wanted, caller.scale);
}

/** Bookings of a call and its number, counted before anything is decided. */
export function refuseCaller(
  store: CalendarStore,
  caller: CallerRef,
  callId: string | null,
  now: Instant,
): Result<never> | null {
  if (callId !== null) {
    const max = BOOKINGS_A_CALL * caller.scale;
    if (store.appointments.countOfCall(callId, Math.ceil(max)) >= max)
      return err({ code: 'LIMIT_REACHED', limit: 'bookings_of_call', max });
  }
  const name = countedAs(caller);
  const limit = bookingsAnHour(caller);
  const recent = store.callers.counted(name, now - HOUR, limit);
  return refuseOften(
    store,
    { name, limit, over: recent.count >= limit, oldestAt: recent.oldestAt, grows: caller.line !== null },
    now,
  );
}

/** Elsewhere than on the phone a customer's own bookings are counted. @param limit null: not counted */
export function refuseCustomer(
  store: CalendarStore,
  customerId: string,
  recentBookings: number,
  limit: number | null,
  now: Instant,
): Result<never> | null {
  if (limit === null) return null;
  const over = recentBookings >= limit;
  const oldestAt = over ? store.appointments.oldestRecent(customerId, now - HOUR, limit) : null;
  return refuseOften(store, { name: `customer:${customerId}`, limit, over, oldestAt, grows: true }, now);
}

/** Over the limit, or still under a penalty: RATE_LIMITED; being refused is remembered, and costs more each time it is repeated. */
function refuseOften(
  store: CalendarStore,
  count: { name: string; limit: number; over: boolean; oldestAt: Instant | null; grows: boolean },
  now: Instant,
): Result<never> | null {
  const { name, limit, over, oldestAt, grows } = count;
  const running = grows ? store.callers.penalty(name) : null;
  if (!over && !isRunning(running, now)) return null;
  const penalty = penaltyOf(running, oldestAt, now);
  if (grows) store.callers.earn({ name, penalty });
  return err({ code: 'RATE_LIMITED', retry_after: secondsUntil(penalty.until, now), limit });
}
