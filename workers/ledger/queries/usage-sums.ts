/** Hourly, daily and monthly sums of metered use by the tenant's clock. Called by `ledger-object.ts`. */
import { err, ok, type Result } from '../../../shared/result.ts';
import { daysBetween, isWallDate } from '../../../shared/time.ts';
import { UNITS_PER_MINUTE } from '../rules/pricing.ts';
import { MAX_SUM_DAYS, stepOf, stretchOf, type SumStep } from '../rules/usage-time.ts';
import { QUANTITY_SCALE, type EventType, type UsageSum } from '../types.ts';
import type { UsageStore } from '../usage-tables.ts';

export interface UsageSumsQuery {
  by: SumStep;
  /** first and last day, `YYYY-MM-DD`, by the tenant's clock */
  from: string;
  until: string;
  eventType?: EventType;
}

/**
 * Sums of what was used, by when it happened, ascending; steps in which nothing was used are left out.
 *
 * Refusals: VALIDATION_ERROR (`from`, `until`: no days, in the wrong order, or more than 92 days of hours, 400 of days and months).
 */
export function usageSums(store: UsageStore, zone: string, query: UsageSumsQuery): Result<UsageSum[]> {
  const { by, from, until, eventType } = query;
  const wrong = (field: string, text: string): Result<never> =>
    err({ code: 'VALIDATION_ERROR', errors: { [field]: [text] } });
  if (!isWallDate(from)) return wrong('from', 'YYYY-MM-DD');
  if (!isWallDate(until)) return wrong('until', 'YYYY-MM-DD');
  const days = daysBetween(from, until) + 1;
  if (days < 1 || days > MAX_SUM_DAYS[by]) return wrong('until', `1 to ${MAX_SUM_DAYS[by]} days from the first`);
  const stretch = stretchOf(from, until, zone);
  const sums = new Map<string, UsageSum>();
  for (const hour of store.sums(stretch.from, stretch.until)) {
    if (eventType !== undefined && hour.eventType !== eventType) continue;
    const at = stepOf(hour.startsAt, zone, by);
    const name = `${at} ${hour.eventType}`;
    const sum = sums.get(name) ?? {
      eventType: hour.eventType,
      at,
      count: 0,
      quantityUnits: 0,
      unitsPerOne: hour.eventType === 'voice_minute' ? UNITS_PER_MINUTE : QUANTITY_SCALE,
    };
    sum.count += hour.count;
    sum.quantityUnits += hour.units;
    sums.set(name, sum);
  }
  return ok([...sums.values()]);
}
