/** Usage of a month at list price, and day by day. Called by routes.ts. */
import type { UsageAnalytics } from '../../../shared/contract/billing.ts';
import { permissionRefusal } from '../../../shared/actor.ts';
import { asInstant } from '../../../shared/clock.ts';
import { asCents, type Cents } from '../../../shared/money.ts';
import { previousPeriod } from '../../../shared/pricing-months.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { addDays, dateOf, dayStart, daysBetween } from '../../../shared/time.ts';
import type { Head } from '../../object-runtime/events.ts';
import type { EventType } from '../../ledger/types.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { decimal, rounded } from '../rules/shown.ts';
import { isOwn } from './months.ts';
import { daySums, monthSums } from './period-sums.ts';

const SECONDS = 60;

interface Asked {
  businessId?: string | undefined;
  period: string;
  days?: number | undefined;
}

/** Refusals: PERMISSION_DENIED, NOT_FOUND (another tenant, ledger, a month to come or of before the tenant). */
export async function usageAnalytics(
  scope: TenantScope,
  { businessId, period: asked, days }: Asked,
): Promise<{ result: Result<UsageAnalytics>; head?: Head }> {
  const refused = permissionRefusal(scope.actor, 'view_usage');
  if (refused) return { result: refused };
  const own = isOwn(scope, businessId);
  if (!own.ok) return { result: own };
  const { now } = scope;
  const ledger = await scope.ledger.terms();
  if (!ledger.result.ok) return { result: ledger.result, head: ledger.head };
  const zone = ledger.result.value.terms.timeZone;
  const today = dateOf(now, zone);
  const period =
    asked === 'current_month' ? today.slice(0, 7) : asked === 'last_month' ? previousPeriod(today.slice(0, 7)) : asked;
  const { result, head } = await monthSums(scope, { period, now });
  if (!result.ok) return { result, head };
  const { view, listed } = result.value;
  const { currency } = view.calculations;
  const cost = (cents: Cents): number => decimal(cents, currency);
  const counted = (eventType: EventType) => {
    const found = listed[eventType];
    return found === undefined
      ? { count: 0, cost: 0 }
      : { count: rounded(found.units / found.unitsPerOne, 4), cost: cost(found.cents) };
  };
  const breakdown = {
    apiCalls: counted('api_call'),
    voiceMinutes: counted('voice_minute'),
    aiQueries: counted('ai_query'),
    storage: counted('storage_mb'),
  };
  const lastOfMonth = dateOf(view.periodEnd - 1, zone);
  const last = today < lastOfMonth ? today : lastOfMonth;
  const first = days === undefined ? `${period}-01` : addDays(last, 1 - days);
  const sums = await daySums(scope, {
    from: dayStart(first, zone),
    until: asInstant(dayStart(addDays(last, 1), zone)),
    zone,
  });
  const dates = Array.from({ length: daysBetween(first, last) + 1 }, (_, day) => addDays(first, day));
  const costs = await dayCosts(
    scope,
    dates.map((date) => sums.get(date)?.voiceSeconds ?? 0),
  );
  return {
    head,
    result: ok({
      billingUsage: {
        apiCalls: breakdown.apiCalls.count,
        minutesUsed: breakdown.voiceMinutes.count,
        cost: rounded(
          Object.values(breakdown).reduce((total, one) => total + one.cost, 0),
          3,
        ),
        billed_cost: cost(view.calculations.totalCents),
        breakdown,
      },
      trends: dates.map((date, index) => {
        const { voiceSeconds = 0, apiCalls = 0 } = sums.get(date) ?? {};
        return {
          date,
          apiCalls,
          voiceMinutes: rounded(voiceSeconds / SECONDS, 4),
          cost: cost(costs[index] ?? asCents(0)),
        };
      }),
    }),
  };
}

/** What each day's conversation costs at list price, as the ledger prices it. */
async function dayCosts(scope: TenantScope, seconds: readonly number[]): Promise<Cents[]> {
  const { result } = await scope.ledger.listCosts({ voiceSeconds: [...seconds] });
  return result.ok ? result.value : seconds.map(() => asCents(0));
}
