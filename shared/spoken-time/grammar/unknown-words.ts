/** What a word of no table may do to a phrase: name an obstacle, be a misheard word of time, or change nothing. Called by read-items.ts. */
import type { Category } from '../words/lexicon.ts';
import { type Lack, namesTime, soundsLikeTime } from '../words/misheard.ts';
import type { Token } from '../words/token.ts';
import type { Cursor } from './cursor.ts';
import { TIMELIKE } from './time-begins.ts';

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
/** So many words may stand between „habe" and what is had. */
const HINDRANCE_WORDS = 5;

/** What is lost if the word is skipped: it sounds like a word of time, or stands where one is expected. null: nothing. */
export function lostWith(c: Cursor, i: number, token: Token): Lack | 'part' | null {
  const [previous, next] = [token.afterComma ? undefined : c.all[token.at - 1], c.all[token.at + 1]];
  const beside = isTimelike(previous) || (next?.afterComma === false && isTimelike(next));
  // „Donnerstag ist Elternsprechtag": it tells what is on that day.
  if (/^(?:ist|war|wird|sind|is|habe?|haben|hat)$/.test(previous?.text ?? '') && namesTime(token.text)) return 'either';
  // „am zwäiftn Dezember": the day of the month, however it is spelt.
  if (
    next?.category === 'month' &&
    !next.afterComma &&
    /t(?:e[nrms]?|n|a|i|s)$/.test(token.text) &&
    /^(?:am|an|den|dem|vom|zum|einen|der|the|on)$/.test(previous?.text ?? '')
  )
    return 'part';
  const like = soundsLikeTime(token.text);
  // English „um" is a pause.
  const expected = c.language === 'en' && previous?.text === 'um' ? null : expectedBehind(previous);
  // „um halber drei", „drei Uhr dreizich": it is part of what stands beside it.
  if (beside && (like !== null || (expected !== null && isTimelike(c.tok(i + 1))))) return 'part';
  if (expected !== null) return expected;
  if (like === null) return null;
  // „am Vortag von Heiligabend": a day that is not known, and no other one stands for it.
  if (namesTime(token.text) && isTimelike(c.all[token.at + 2])) return 'part';
  return beside || c.all.length <= SHORT_PHRASE ? like : 'any';
}

/** What the word before leads one to expect: an hour, a day or one of both. */
function expectedBehind(previous: Token | undefined): Lack | null {
  if (!previous) return null;
  if (BEFORE_HOUR.includes(previous.category)) return 'hour';
  if (/^(?:am|an|on)$/.test(previous.text) || (previous.category === 'which' && previous.value !== 'this'))
    return 'day';
  return EXPECTANT.includes(previous.category) ? 'either' : null;
}

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

/** In a phrase of so few words each one counts. */
const SHORT_PHRASE = 4;

const isTimelike = (token: Token | undefined): boolean => token !== undefined && TIMELIKE.includes(token.category);

/** Behind these an hour is said, behind those a day. */
const BEFORE_HOUR: readonly Category[] = ['at', 'half', 'quarter', 'three-quarter', 'approx', 'exact'];
