/**
 * Figures of lists' heads, navigation and home page: counted by one bounded statement, kept for a minute in memory by tenant and reach, and
 * each with the instant at which it was counted. Called by figure-routes.ts and by whoever shows figures.
 */
import { actorMay } from '../../shared/actor.ts';
import { asInstant } from '../../shared/clock.ts';
import type { FigureView } from '../../shared/contract/figures.ts';
import { FIGURE_MAX_AGE, type FigureName, FIGURES } from '../../shared/figure-names.ts';
import { addDays, DAY, dayStart, toIso } from '../../shared/time.ts';
import { countFigures, type FigureAsk, MAX_COUNTED } from '../storage/queries/figures.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { countingOf, Recent } from './counting.ts';

/** Figures of all tenants and reaches that an isolate keeps. */
const MAX_KEPT = 20_000;
const SECOND = 1_000;
const recent = new Recent<number | null>(MAX_KEPT);

/** Since when a figure counts. @param today first instant of the account's day */
const beginOf = (period: 'today' | number | null, now: number, today: number): number =>
  period === 'today' ? today : period === null ? 0 : now - period * DAY;

/** @param days what was asked for: of figures that have a number of days. */
const periodOf = (name: FigureName, days: number | undefined): 'today' | number | null => {
  const { period } = FIGURES[name];
  return typeof period === 'number' ? (days ?? period) : period;
};

/**
 * The named figures, in their order; what the actor may not see is left out. Everything is narrowed by the actor's reach.
 * @param days instead of each figure's own number of days; @param maxAge seconds; 0: counted now, of all that the calendar has decided
 */
export async function figuresOf(
  scope: TenantScope,
  names: readonly FigureName[],
  days?: number,
  maxAge = FIGURE_MAX_AGE,
): Promise<FigureView[]> {
  const { now } = scope;
  const wanted = [...new Set(names)].filter((name) => actorMay(scope.actor, FIGURES[name].permission));
  if (wanted.length === 0) return [];
  const [{ reached, zone, today, whose }] = await Promise.all([
    countingOf(scope),
    // Whoever was told of a change counts what it changed.
    maxAge === 0 ? scope.caughtUp('calendar', null) : undefined,
  ]);
  const from = dayStart(today, zone);
  const tomorrow = dayStart(addDays(today, 1), zone);
  const keyOf = (name: FigureName): string => `${whose}|${name}|${periodOf(name, days)}|${today}`;
  const found = new Map<FigureName, { value: number | null; at: number }>();
  const asks = new Map<FigureName, FigureAsk>();
  for (const name of wanted) {
    const known = maxAge === 0 ? undefined : recent.find(keyOf(name), now, maxAge * SECOND);
    if (known !== undefined) {
      found.set(name, known);
      continue;
    }
    const period = periodOf(name, days);
    const until = period === 'today' ? tomorrow : now + 1;
    asks.set(name, { reached, now, from: beginOf(period, now, from), until });
  }
  if (asks.size > 0) {
    const counted = await countFigures(scope.db, asks);
    for (const name of asks.keys()) {
      const value = counted[name] ?? null;
      found.set(name, { value, at: now });
      recent.keep(keyOf(name), value, now);
    }
  }
  return wanted.map((name) => {
    const { value, at } = found.get(name) ?? { value: null, at: now };
    const { unit } = FIGURES[name];
    const period = periodOf(name, days);
    const isMore = unit === 'count' && (value ?? 0) > MAX_COUNTED;
    return {
      name,
      value: value === null ? null : unit === 'count' ? Math.min(value, MAX_COUNTED) : Math.round(value),
      unit,
      more: isMore,
      days: period === 'today' ? 0 : period,
      at: toIso(asInstant(at)),
    };
  });
}
