/** What a word of no table may do to a phrase: name an obstacle, be a misheard word of time, or change nothing. Called by read-items.ts. */
import type { Category } from '../words/lexicon.ts';
import { soundsLikeTime } from '../words/misheard.ts';
import type { Token } from '../words/token.ts';
import type { Cursor } from './cursor.ts';
import { TIMELIKE } from './parts.ts';
import type { Item, Lack } from './terms.ts';

/** Neighbours that an unknown word may stand beside without touching the words of time. */
const INDIFFERENT: readonly Category[] = [
  'unknown',
  'filler',
  'article',
  'in',
  'one',
  'person',
  'but',
  'correct',
  'any',
  'or',
  'and',
  'relative',
  'clock',
];
/** What a leading service or name may stand before. */
const LED: readonly Category[] = ['weekday', 'which', 'feast', 'date', 'stage', 'daypart'];
/** A word behind one of these was meant as an hour or a day. */
const EXPECTANT: readonly Category[] = [
  'at',
  'from',
  'until',
  'latest',
  'approx',
  'half',
  'quarter',
  'not-before',
  'not-after',
];
/** Behind these a name stands: „bei Anna", „für Tim". */
const BEFORE_NAME = /^(?:bei|beim|mit|fuer|herr|herrn|frau|with|for|mr|mrs|ms|zu)$/;

/** So many words may stand between „habe" and what is had. */
const HINDRANCE_WORDS = 5;

/** True where skipping the word could lose a day or an hour: it sounds like one, or stands where one is expected. */
export const mayBeTime = (c: Cursor, i: number, token: Token, items: readonly Item[]): boolean =>
  soundsLikeTime(token.text) || touchesTime(c, i, token, items);

/** True for what somebody says to have or to be: „habe ich Yoga", „ich bin im Theater"; no question („can I have …"). */
export function isHindrance(c: Cursor, token: Token): boolean {
  if (token.afterComma) return false;
  const { all } = c;
  for (let at = token.at - 1; at >= Math.max(0, token.at - HINDRANCE_WORDS); at--) {
    const [verb, before, first] = [all[at]?.text ?? '', all[at - 1]?.text ?? '', all[at - 2]?.text ?? ''];
    if (/^(?:habe|hab|bin|muss|muessen)$/.test(verb)) return true;
    if (
      /^(?:have|got)$/.test(verb) &&
      /^(?:i|ive|we|weve)$/.test(before) &&
      !/^(?:can|could|may|should|shall|do)$/.test(first)
    )
      return true;
  }
  return false;
}

/** True where a word that nothing explains stands directly beside words of time. */
function touchesTime(c: Cursor, i: number, token: Token, items: readonly Item[]): boolean {
  const previous = c.all[token.at - 1];
  // „um drie": an hour was said and not understood.
  if (previous && EXPECTANT.includes(previous.category)) return true;
  if (previous && BEFORE_NAME.test(previous.text)) return false;
  // „am Zischtig", „nächsten Irta", „habe ich Spätschicht": a day or a hindrance that nobody listed.
  if (
    previous &&
    (/^(?:am|an|on)$/.test(previous.text) || (previous.category === 'which' && previous.value !== 'this'))
  )
    return true;
  const left = token.afterComma ? null : neighbour(token, c.tok(i - 1));
  const right = c.tok(i + 1)?.afterComma ? null : neighbour(token, c.tok(i + 1));
  if (items.length === 0 && left === null && right && leads(token, right)) return false;
  const clearRight = right === null || right.category === 'at' || INDIFFERENT.includes(right.category);
  return !(clearRight && isClearLeft(left, right, items.at(-1)));
}

const neighbour = (token: Token, other: Token | undefined): Token | null =>
  other !== undefined && Math.abs(other.at - token.at) === 1 ? other : null;

/** „Microblading nächste Woche", „Kevin Dienstag um drei": a noun that leads; „nexten Dienstag" is none. */
const leads = (token: Token, right: Token): boolean =>
  LED.includes(right.category) && !/(?:[td]e|e[nmrs])$/.test(token.text);

/** „Balayage um drei", „um drei Balayage", „morgen Balayage": a service or a name beside words that are clear by themselves. */
const isClearLeft = (left: Token | null, right: Token | null, last: Item | undefined): boolean =>
  left === null ||
  left.category === 'oclock' ||
  INDIFFERENT.includes(left.category) ||
  (last?.type === 'time' && last.bare !== true) ||
  (left.category === 'weekday' && right?.category === 'at');

/** In a phrase of so few words each one counts. */
const SHORT_PHRASE = 4;

const isTimelike = (token: Token | undefined): boolean => token !== undefined && TIMELIKE.includes(token.category);

/** Behind these an hour is said, behind those a day. */
const BEFORE_HOUR: readonly Category[] = ['at', 'half', 'quarter', 'three-quarter', 'approx', 'exact'];

/** What a word that nothing explains may have named, by the word before it. */
export function lackedBy(c: Cursor, i: number, token: Token): Lack | undefined {
  const [previous, next] = [c.all[token.at - 1], c.all[token.at + 1]];
  const beside = (!token.afterComma && isTimelike(previous)) || (next?.afterComma === false && isTimelike(next));
  const inside = previous !== undefined && EXPECTANT.includes(previous.category) && isTimelike(c.tok(i + 1));
  // „um halber drei", „drei Uhr dreizich": it is part of the hour.
  if (inside || (beside && soundsLikeTime(token.text))) return undefined;
  if (previous && BEFORE_HOUR.includes(previous.category)) return 'hour';
  if (previous && (/^(?:am|an|on)$/.test(previous.text) || previous.category === 'which')) return 'day';
  const expected = previous !== undefined && (EXPECTANT.includes(previous.category) || ['in', 'article', 'which', 'before', 'after'].includes(previous.category));
  return beside || expected || c.all.length <= SHORT_PHRASE ? 'either' : 'any';
}
