/** „Dienstag um drei, nein, Mittwoch": what is said again replaces what was said before. Called by combine.ts. */
import type { Item } from '../grammar/terms.ts';
import { isBareWeekday } from './day-filters.ts';
import { type Content, isContent, isCorrection } from '../grammar/items.ts';

/** The items that stand after every correction; null: nothing was said again. */
export function settleCorrections(items: readonly Item[]): Item[] | null {
  let kept: Item[] = [];
  // „den vierten Januar, nein, den fünften": the month goes with both.
  let month: Month | null = null;
  for (let k = 0; k < items.length; k++) {
    const item = items[k];
    if (!item) continue;
    if (!isCorrection(item)) {
      kept.push(month === null ? item : inMonth(item, month));
      continue;
    }
    if (!kept.some(isContent)) continue;
    const next = items.slice(k + 1).findIndex(isCorrection);
    const after = items.slice(k + 1, next < 0 ? items.length : k + 1 + next).filter(isContent);
    if (after.length > 0) {
      month = monthIn(kept) ?? month;
      kept = withoutReplaced(kept, after);
    } else if (item.op === 'correct' && next < 0) return null;
  }
  return kept;
}

interface Month {
  month: number | null;
  year: number | null;
}

const monthIn = (items: readonly Item[]): Month | null => {
  const dated = items.findLast((x) => x.type === 'day' && x.term.d === 'calendar' && x.term.month !== null);
  return dated?.type === 'day' && dated.term.d === 'calendar' ? dated.term : null;
};

const inMonth = (item: Item, { month, year }: Month): Item =>
  item.type === 'day' && item.term.d === 'calendar' && item.term.month === null
    ? { ...item, term: { ...item.term, month, year } }
    : item;

const isWeek = (x: Item): boolean => x.type === 'day' && x.term.d === 'span' && x.term.span.s === 'week';

/** A new day replaces days, a new hour hours, a request without a day everything. */
function withoutReplaced(kept: readonly Item[], after: readonly Content[]): Item[] {
  const special = after.some((x) => x.type === 'special');
  const days = after.some((x) => x.type === 'day');
  const times = after.some((x) => x.type === 'time');
  // „nächste Woche Donnerstag, nee, Freitag": the week stays.
  const inWeek = days && after.every((x) => x.type !== 'day' || isBareWeekday(x.term));
  // „nächste Woche Mittwoch, ich mein übernächste Woche": the weekday stays.
  const otherWeek = days && after.every((x) => x.type !== 'day' || isWeek(x)) && kept.some(isWeek);
  const left = kept.filter((x) => {
    if (!isContent(x)) return true;
    if (otherWeek && !special && x.type === 'day' && isBareWeekday(x.term)) return true;
    if (
      inWeek &&
      x.type === 'day' &&
      x.term.d === 'span' &&
      kept.some((y) => y.type === 'day' && isBareWeekday(y.term))
    )
      return true;
    return !(special || (days && x.type !== 'time') || (times && x.type !== 'day'));
  });
  // What joined the words taken out goes with them.
  while (left.at(-1)?.type === 'op') left.pop();
  return left;
}
