/** What two items of a sentence have in common. Called by the files of this folder. */
import { type Content, isContent } from '../grammar/items.ts';
import type { DayTerm, Item } from '../grammar/terms.ts';

/** A request without day and hour that more than „jetzt" says. */
export const isFirmSpecial = (item: Item): boolean => item.type === 'special' && item.id !== 'soft-earliest';

/** Two items that say the same thing in the same way. */
export const sameTerm = (a: Content, b: Content): boolean =>
  a.type !== 'special' &&
  b.type !== 'special' &&
  a.type === b.type &&
  JSON.stringify(a.term) === JSON.stringify(b.term);

/** Days that are named in the same way: two of them that differ are two days. */
export const areOneSort = (a: Content, b: Content): boolean =>
  a.type !== 'day' || b.type !== 'day' || a.term.d === b.term.d || endsOnWeekday(a.term) || endsOnWeekday(b.term);

/** „bis Mittwoch" */
const endsOnWeekday = (term: DayTerm): boolean =>
  term.d === 'span' && term.span.s === 'stretch' && term.span.to?.d === 'weekday';

/** A step that counts from another item. */
const hasAnchor = (item: Item): boolean => 'replaces' in item && item.replaces !== undefined;

/** „Donnerstag, Donnerstag um neun": said twice is said once; operators part the saying. */
export const withoutRepeated = <T extends Item>(items: readonly T[]): T[] => {
  // What a step takes the place of is not what is said again behind it.
  const replaced = new Set<Item>(items.flatMap((item) => ('replaces' in item ? (item.replaces ?? []) : [])));
  return items.filter((item, k) => {
    if (!isContent(item) || hasAnchor(item)) return true;
    const before = items.slice(0, k);
    const since = before.slice(before.findLastIndex((x) => x.type === 'op') + 1);
    const said = since.some((x) => isContent(x) && !hasAnchor(x) && !replaced.has(x) && sameTerm(x, item));
    return !said && !isMadeExact(item, items.slice(k + 1));
  });
};

/** „gegen elf, sagen wir Punkt elf" */
const isMadeExact = (item: Item, later: readonly Item[]): boolean => {
  const hour = item.type === 'time' && item.term.t === 'around' ? item.term.clock : null;
  const until = later.findIndex((x) => x.type === 'op');
  return (
    hour !== null &&
    later
      .slice(0, until < 0 ? undefined : until)
      .some((x) => x.type === 'time' && x.term.t === 'clock' && x.term.clock.minute === hour.minute)
  );
};

/** A doubt at the place of an item. */
export const doubtAt = (i: number, text: string): Item => ({ type: 'doubt', doubt: 'unread', text, i, j: i });
