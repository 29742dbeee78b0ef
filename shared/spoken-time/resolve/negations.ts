/** Takes out what was denied: „nicht Dienstag", „alles außer Montag", „Dienstag statt Mittwoch". Called by combine.ts. */
import type { Item } from '../grammar/terms.ts';
import { askDay, askOtherDay } from '../questions.ts';
import type { Token } from '../words/token.ts';
import { type Frame, type Trouble, trouble } from './frame.ts';
import { type Content, type DayItem, isContent, isSameSort, standsAfterComma } from '../grammar/items.ts';

export interface Settled {
  items: Item[];
  /** Days that were denied beside a request that stands. */
  denied: DayItem[];
}

/** The items without the denied ones; a denial whose reach is unclear, or that leaves nothing, is a question. */
export function settleNegations(items: readonly Item[], tokens: readonly Token[], frame: Frame): Settled | Trouble {
  const gone = new Set<Item>();
  const denied: DayItem[] = [];
  for (let k = 0; k < items.length; k++) {
    const item = items[k];
    if (item?.type !== 'op' || (item.op !== 'neg' && item.op !== 'except' && item.op !== 'instead')) continue;
    gone.add(item);
    const targets =
      item.op === 'instead' ? replaced(items, k) : deniedBy(item.op, segmentAround(items, tokens, k, gone));
    if (targets === null) return trouble('ask', 'a denial whose reach is unclear', askOtherDay(frame));
    for (const target of targets) {
      gone.add(target);
      if (target.type === 'day') denied.push(target);
    }
  }
  const left = items.filter((item) => !gone.has(item));
  return leavesTooLittle(left, gone, denied, frame) ?? { items: left, denied };
}

/** „statt Dienstag": the next request; null: none follows. */
function replaced(items: readonly Item[], k: number): Content[] | null {
  const next = items.slice(k + 1).find(isContent);
  return next ? [next] : null;
}

/** The requests around a negation up to the next comma, „aber" or „sondern". */
interface Segment {
  before: Content[];
  behind: Content[];
  /** What is said behind „sondern". */
  instead: Content[];
}

function segmentAround(items: readonly Item[], tokens: readonly Token[], k: number, gone: ReadonlySet<Item>): Segment {
  let start = k;
  while (start > 0 && !isParted(items, start, tokens) && !isBreak(items[start - 1])) start--;
  let end = k + 1;
  while (end < items.length && !isParted(items, end, tokens) && !isBreak(items[end])) end++;
  const last = items[end];
  return {
    before: items.slice(start, k).filter((x): x is Content => isContent(x) && !gone.has(x)),
    behind: items.slice(k + 1, end).filter(isContent),
    instead: last?.type === 'op' && last.op === 'but' ? items.slice(end + 1).filter(isContent) : [],
  };
}

/** A comma parts the item from the one before; „am Samstag, den 8. April" is one day named twice, the comma parts nothing. */
function isParted(items: readonly Item[], k: number, tokens: readonly Token[]): boolean {
  const [item, previous] = [items[k], items[k - 1]];
  if (item === undefined || !standsAfterComma(item, tokens)) return false;
  if (item.type !== 'day' || previous?.type !== 'day' || item.replaces !== undefined) return true;
  return isSameSort(previous, item);
}

const isBreak = (item: Item | undefined): boolean =>
  item?.type === 'op' && (item.op === 'but' || item.op === 'correct' || item.op === 'correct-soft');

/** What a negation takes out; null: its reach is unclear. */
function deniedBy(op: 'neg' | 'except', { before, behind, instead }: Segment): Content[] | null {
  if (behind.some((x) => x.type === 'special') || before.some((x) => x.type === 'special' && x.id !== 'any'))
    return null;
  if (behind.length === 0) return before.length > 0 && op === 'neg' ? before : null;
  if (op === 'except') {
    // Only what stands directly behind: „nächste Woche außer Montag vormittags" is unclear.
    return behind.some((x) => x.type === 'time') && behind.some((x) => x.type === 'day') ? null : behind;
  }
  return before.length === 0 || saysAnew(before, behind, instead) ? behind : null;
}

/** „Dienstag nicht um drei, sondern um vier": what follows says the same thing anew. */
function saysAnew(before: readonly Content[], behind: readonly Content[], instead: readonly Content[]): boolean {
  return (
    instead.length > 0 &&
    behind.every((x) => instead.some((y) => y.type === x.type)) &&
    !before.some((x) => behind.some((y) => y.type === x.type))
  );
}

function leavesTooLittle(
  left: readonly Item[],
  gone: ReadonlySet<Item>,
  denied: readonly DayItem[],
  frame: Frame,
): Trouble | null {
  const has = (type: Item['type']): boolean => left.some((item) => item.type === type);
  if (gone.size > 0 && !left.some(isContent)) return trouble('ask', 'only denied days or hours', askOtherDay(frame));
  // „Dienstag um drei nicht, lieber vier": the day went with the hour.
  if (denied.length > 0 && has('time') && !has('day'))
    return trouble('ask', 'the day was denied with the hour', askDay(frame));
  // A denied hour beside a wish: „morgen, aber nicht nachmittags" leaves too much open.
  if ([...gone].some((item) => item.type === 'time') && !has('time'))
    return trouble('ask', 'a denied hour', askOtherDay(frame));
  return null;
}
