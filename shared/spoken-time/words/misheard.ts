/** Distinguishes an unknown word that may be a misheard or unlisted word of time from a name or a service. Called by the grammar and by not-time/sight.ts. */
import { knownWords } from './lexicon.ts';

const LONGEST_WORD = 20;
/** Shorter words are one edit away from too many others. */
const SHORTEST_WORD = 5;

/** Words that carry time, for telling a misheard word of time from a name. */
const timeWords: string[] = [...knownWords]
  .filter(
    ([word, { category }]) =>
      word.length >= SHORTEST_WORD &&
      !word.includes('§') &&
      !word.includes('-') &&
      category !== 'filler' &&
      category !== 'person',
  )
  .map(([word]) => word);

/** Time hides in the middle of long words: „Wochenmarkt" does no harm to ask about, „Dezemberwoche" must not be dropped. */
const STEMS =
  /tag(s|en|e)?$|woche|monat|stund|minut|mittag|abend|uebern|naechst|morg|gestern|ferien|jahr|zeitig|haelfte|quartal/;

/** True when an unknown word may be a misheard or unlisted word of time. */
export function soundsLikeTime(word: string): boolean {
  if (STEMS.test(word)) return true;
  if (word.length < SHORTEST_WORD || word.length > LONGEST_WORD) return false;
  return timeWords.some((known) => Math.abs(known.length - word.length) <= 1 && withinOneEdit(known, word));
}

function withinOneEdit(a: string, b: string): boolean {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  let j = 0;
  while (j < a.length - i && j < b.length - i && a[a.length - 1 - j] === b[b.length - 1 - j]) j++;
  return Math.max(a.length, b.length) - i - j <= 1;
}
