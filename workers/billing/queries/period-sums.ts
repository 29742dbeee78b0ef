/**
 * Where the usage API takes its sums from: a month's from the ledger, days' from what is counted today. The only file to change when sums by
 * hour and day lie in the ledger themselves. Called by the queries beside it.
 */
import type { Instant } from '../../../shared/clock.ts';
import type { Result } from '../../../shared/result.ts';
import { dateOf } from '../../../shared/time.ts';
import type { Head } from '../../object-runtime/events.ts';
import { appointmentCounts, callQuarters, QUARTER } from '../../storage/queries/usage.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import type { MonthSums } from '../../ledger/types.ts';

/** A month from the ledger itself. Refusals: NOT_FOUND (ledger, or a month that it has not). */
export const monthSums = (
  scope: TenantScope,
  query: { period: string | null; now: Instant },
): Promise<{ result: Result<MonthSums>; head: Head }> =>
  scope.ledger.month({ now: query.now, ...(query.period === null ? {} : { period: query.period }) });

/** What was used on one day of the tenant's calendar. */
export interface DaySum {
  voiceSeconds: number;
  apiCalls: number;
}

/** By day; days without anything are left out. Calls by their lengths; what else is metered has no day yet. */
export async function daySums(
  scope: TenantScope,
  { from, until, zone }: { from: Instant; until: Instant; zone: string },
): Promise<Map<string, DaySum>> {
  const days = new Map<string, DaySum>();
  for (const { quarter, seconds } of await callQuarters(scope.db, from, until)) {
    const day = dateOf(quarter * QUARTER, zone);
    const known = days.get(day) ?? { voiceSeconds: 0, apiCalls: 0 };
    days.set(day, { ...known, voiceSeconds: known.voiceSeconds + seconds });
  }
  return days;
}

/** Calls of each hour of the day on the clock of their branch, `"0"` to `"23"`. */
export async function callHours(
  scope: TenantScope,
  { from, until, zone }: { from: Instant; until: Instant; zone: string },
): Promise<Record<string, number>> {
  const hours = Object.fromEntries(Array.from({ length: 24 }, (_, hour) => [String(hour), 0]));
  for (const { quarter, calls, timeZone } of await callQuarters(scope.db, from, until)) {
    const hour = hourOf(quarter * QUARTER, timeZone ?? zone);
    hours[hour] = (hours[hour] ?? 0) + calls;
  }
  return hours;
}

const hourOf = (at: number, zone: string): string =>
  String(Number(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(at)));

/** Appointments that a caller made, and what became of those that are over. */
export const appointmentSums = (
  scope: TenantScope,
  range: { from: Instant; until: Instant; now: Instant },
): ReturnType<typeof appointmentCounts> => appointmentCounts(scope.db, range);
