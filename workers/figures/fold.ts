/** Pure: quarters of an hour folded into days, weeks, or hours of the week, as a clock shows them. Called by widgets.ts. */
import type { WidgetView } from '../../shared/contract/widgets.ts';
import { addDays, dateOf, daysBetween, timeOf, type WallDate, weekdayOf } from '../../shared/time.ts';
import { type CountedBy, QUARTER_MS } from '../../shared/widget-names.ts';

const WEEK = 7;

export type Points = WidgetView['points'];

interface Fold {
  by: Exclude<CountedBy, 'property'>;
  first: WallDate;
  last: WallDate;
  zone: string;
  /** numbers of a point */
  width: number;
}

/** What is put together under one key of the account's clock, in the order of the keys; days and weeks without anything are there, too. */
export function folded(
  groups: readonly { key: string; values: readonly number[] }[],
  { by, first, last, zone, width }: Fold,
): Points {
  const values = new Map<string, number[]>();
  const nothing = (): number[] => Array.from({ length: width }, () => 0);
  const length = daysBetween(first, last) + 1;
  const step = by === 'week' ? WEEK : 1;
  if (by !== 'hour') for (let day = 0; day < length; day += step) values.set(addDays(first, day), nothing());
  for (const { key, values: more } of groups) {
    const at = Number(key) * QUARTER_MS;
    const date = dateOf(at, zone);
    const under =
      by === 'hour'
        ? `${weekdayOf(date)}-${Number(timeOf(at, zone).slice(0, 2))}`
        : addDays(first, Math.floor(daysBetween(first, date) / step) * step);
    const sums = values.get(under) ?? nothing();
    more.forEach((value, i) => {
      sums[i] = (sums[i] ?? 0) + value;
    });
    values.set(under, sums);
  }
  return [...values].map(([key, sums]) => ({ key, name: null, values: sums }));
}
