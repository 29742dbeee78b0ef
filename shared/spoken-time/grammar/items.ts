/** Kinds of items and what two of them have in common; sentence/ and resolve/ ask it. */
import type { Item } from './terms.ts';
import type { Token } from '../words/token.ts';

export type DayItem = Item & { type: 'day' };
export type TimeItem = Item & { type: 'time' };
export type SpecialItem = Item & { type: 'special' };
export type Content = DayItem | TimeItem | SpecialItem;

/** A request: no operator and no doubt. */
export const isContent = (item: Item): item is Content =>
  item.type === 'day' || item.type === 'time' || item.type === 'special';

/** „nein", „besser gesagt": what follows replaces what was said. */
export const isCorrection = (item: Item): item is Item & { type: 'op'; op: 'correct' | 'correct-soft' } =>
  item.type === 'op' && (item.op === 'correct' || item.op === 'correct-soft');

/** Two days that a list may join: named in the same way, and no stretches. */
export const isSameSort = (a: DayItem, b: DayItem): boolean => a.term.d === b.term.d && a.term.d !== 'span';

/** Whether a comma stands before the item: what follows one may be a new request. */
export const standsAfterComma = (item: Item, tokens: readonly Token[]): boolean => tokens[item.i]?.afterComma === true;
