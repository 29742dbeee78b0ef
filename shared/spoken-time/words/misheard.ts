/** Distinguishes an unknown word that may be a misheard or unlisted word of time from a name or a service. Called by the grammar and by not-time.ts. */
import { type Category, knownWords } from './lexicon.ts';
import { numberWords } from './numbers.ts';

/** What words that are not understood may have named; `any`: rather nothing. */
export type Lack = 'day' | 'hour' | 'either' | 'any';

const LONGEST_WORD = 20;
/** Shorter words are one edit away from too many others. */
const SHORTEST_WORD = 5;

/** Categories that name a day, and those that name an hour; a number may be either. */
const OF_DAYS: readonly Category[] = ['weekday', 'weekdays', 'month', 'relative', 'which', 'unit', 'season', 'stage', 'feast'];
const OF_HOURS: readonly Category[] = ['daypart', 'oclock', 'half', 'quarter', 'three-quarter', 'at'];

/** Words of time that others may be misheard for. */
const timeWords: (readonly [word: string, names: Lack])[] = [...knownWords].flatMap(([word, { category }]) => {
  const names = OF_DAYS.includes(category) ? 'day' : OF_HOURS.includes(category) ? 'hour' : null;
  return names && word.length >= SHORTEST_WORD && /^[a-z]+$/.test(word) ? [[word, names] as const] : [];
});
for (const word of numberWords()) if (word.length >= SHORTEST_WORD) timeWords.push([word, 'either']);

/** „Dezemberwoche" is a time; in „Wochenmarkt" and „Abendkleid" it only tells what kind of thing is meant. */
const HEADS =
  /(?:(?<!mon|alm)tag|woche|monat|stunde|minute|mittag|abend|morgen|nacht|ferien|jahr|haelfte|quartal|uhr|day|week|month|hour|noon)(?:s|n|e|en)?$/;

/** What an unknown word may have named, if it is a misheard or unlisted word of time; null: nothing. */
export function soundsLikeTime(word: string): Lack | null {
  if (word.length > SHORTEST_WORD && HEADS.test(word)) return 'either';
  if (word.length < SHORTEST_WORD || word.length > LONGEST_WORD) return null;
  const like = timeWords.find(([known]) => Math.abs(known.length - word.length) <= 1 && withinOneEdit(known, word));
  return like?.[1] ?? null;
}

function withinOneEdit(a: string, b: string): boolean {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  let j = 0;
  while (j < a.length - i && j < b.length - i && a[a.length - 1 - j] === b[b.length - 1 - j]) j++;
  return Math.max(a.length, b.length) - i - j <= 1;
}
