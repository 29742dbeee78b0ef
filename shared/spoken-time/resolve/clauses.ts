/** Items → clauses, each one wish: split at „oder", and at „und" and commas where they list days or hours of one kind. Called by combine.ts. */
import type { DayTerm, Item, TimeTerm } from '../grammar/terms.ts';
import { askDayOrHour, askExactDay } from '../questions.ts';
import type { Token } from '../words/token.ts';
import { type Frame, type Trouble, trouble } from './frame.ts';
import {
  type Content,
  type DayItem,
  isContent,
  isSameSort,
  standsAfterComma,
  type TimeItem,
} from '../grammar/items.ts';

export interface Clause {
  items: Content[];
}

/** The days of a clause in the order they were said. */
export const dayTerms = (clause: Clause): DayTerm[] => clause.items.flatMap((x) => (x.type === 'day' ? [x.term] : []));

/** The times of a clause in the order they were said. */
export const timeTerms = (clause: Clause): TimeTerm[] =>
  clause.items.flatMap((x) => (x.type === 'time' ? [x.term] : []));

/**
 * Items of a sentence as the requests it holds: a new clause begins where a second day or time no longer narrows the first. Empty clauses
 * are left out.
 */
export function clausesOf(items: readonly Item[], tokens: readonly Token[]): Clause[] {
  const clauses: Clause[] = [{ items: [] }];
  for (let k = 0; k < items.length; k++) {
    const item = items[k];
    if (!item) continue;
    if (beginsClause(items, k, item, clauses.at(-1), tokens)) clauses.push({ items: [] });
    if (isContent(item)) clauses.at(-1)?.items.push(item);
  }
  return clauses.filter((clause) => clause.items.length > 0);
}

function beginsClause(
  items: readonly Item[],
  k: number,
  item: Item,
  clause: Clause | undefined,
  tokens: readonly Token[],
): boolean {
  if (item.type === 'op')
    return item.op === 'or' || (item.op === 'and' && andLists(items[k - 1], items[k + 1], clause));
  const previous = items[k - 1];
  return (
    item.type === 'day' &&
    previous?.type === 'day' &&
    (standsAfterComma(item, tokens) || areBareWeekdays(previous, item)) &&
    isSameSort(previous, item) &&
    items.slice(k).some((x) => x.type === 'op' && (x.op === 'or' || x.op === 'and'))
  );
}

/** „und" lists what stands on both sides unless the two make one request. */
function andLists(before: Item | undefined, next: Item | undefined, clause: Clause | undefined): boolean {
  const has = (type: 'day' | 'time'): boolean => clause?.items.some((x) => x.type === type) ?? false;
  if (next?.type === 'day') {
    const twoSpans = before?.type === 'day' && before.term.d === 'span' && next.term.d === 'span';
    return has('day') && !twoSpans;
  }
  return next?.type === 'time' && has('time') && !completesStretch(clause, next);
}

/** „nicht vor zehn und nicht nach zwölf": two limits make one stretch. */
function completesStretch(clause: Clause | undefined, next: TimeItem): boolean {
  const [side, ...more] = clause ? timeTerms(clause).map((t) => t.t) : [];
  if (more.length > 0) return false;
  return (side === 'from' && next.term.t === 'to') || (side === 'to' && next.term.t === 'from');
}

/** „dienstag mittwoch oder donnerstag", as a recogniser writes it. */
const areBareWeekdays = (a: DayItem, b: DayItem): boolean =>
  a.term.d === 'weekday' &&
  b.term.d === 'weekday' &&
  a.term.which === null &&
  b.term.which === null &&
  a.term.weekday !== b.term.weekday;

/** Hours after which no branch begins: „24", „31" alone are as likely a day of the month. */
const LATEST_LIKELY_MINUTE = 21 * 60;

/** A number alone that may be an hour, the other half of a date or one of the offers. */
export function bareNumberTrouble(clause: Clause, frame: Frame): Trouble | null {
  const [only] = clause.items;
  if (clause.items.length === 1 && only?.type === 'day' && only.term.d === 'calendar' && only.term.pick)
    return trouble('ask', 'a day, or one of the offers', askExactDay(frame));
  const [number, ...more] = clause.items.filter((x): x is TimeItem => x.type === 'time' && x.bare === true);
  if (!number) return null;
  // "nine in the morning"
  if (clause.items.some((x) => x.type === 'time' && x.term.t === 'part' && x.i === number.j)) return null;
  const days = clause.items.filter((x): x is DayItem => x.type === 'day');
  const isUnclear = more.length > 0 || (days.length === 0 ? isUnlikelyHour(number) : mayBelongTo(days, number));
  return isUnclear ? trouble('ask', 'a number that may be a day or an hour', askDayOrHour(frame)) : null;
}

function isUnlikelyHour(number: TimeItem): boolean {
  const clock = number.term.t === 'clock' ? number.term.clock : null;
  if (!number.digits || !clock?.strict) return false;
  return clock.minute > LATEST_LIKELY_MINUTE || clock.midnight === true;
}

function mayBelongTo(days: readonly DayItem[], number: TimeItem): boolean {
  const beside = days.some((x) => x.j === number.i || number.j === x.i);
  const dated = days.some((x) => x.term.d === 'span' || (x.term.d === 'calendar' && x.term.year === null));
  if (beside && dated) return true;
  return number.digits === true && days.some((x) => x.term.d === 'weekday' || x.term.d === 'every-weekday');
}
