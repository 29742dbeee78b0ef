/** Distinguishes an unknown word that may be a misheard or unlisted word of time from a name or a service. Called by the grammar and by not-time/sight.ts. */
import { type Category, knownWords } from './lexicon.ts';
import { remembered } from './memo.ts';
import { numberWords } from './numbers.ts';

/** What words that are not understood may have named; `any`: rather nothing. */
export type Lack = 'day' | 'hour' | 'either' | 'any';

const LONGEST_WORD = 20;
/** Shorter words are one edit away from too many others. */
const SHORTEST_WORD = 5;

/** Categories that name a day, and those that name an hour; a number may be either. */
const OF_DAYS: readonly Category[] = [
  'weekday',
  'weekdays',
  'month',
  'relative',
  'which',
  'unit',
  'season',
  'stage',
  'feast',
];
const OF_HOURS: readonly Category[] = ['daypart', 'oclock', 'half', 'quarter', 'three-quarter', 'at'];

/** Words of time that others may be misheard for, by each form that lacks one letter: two words one edit apart share one. */
let timeWords: Map<string, (readonly [word: string, names: Lack])[]> | null = null;

function timeWordsByForm(): Map<string, (readonly [word: string, names: Lack])[]> {
  const byForm = new Map<string, (readonly [word: string, names: Lack])[]>();
  const put = (word: string, names: Lack): void => {
    if (word.length < SHORTEST_WORD || !/^[a-z]+$/.test(word)) return;
    for (const form of formsOf(word)) byForm.set(form, [...(byForm.get(form) ?? []), [word, names]]);
  };
  for (const [word, { category }] of knownWords)
    if (OF_DAYS.includes(category)) put(word, 'day');
    else if (OF_HOURS.includes(category)) put(word, 'hour');
  for (const word of numberWords()) put(word, 'either');
  return byForm;
}

/** The word, and the word without each of its letters. */
const formsOf = (word: string): string[] => [word, ...Array.from(word, (_, i) => word.slice(0, i) + word.slice(i + 1))];

/** „Dezemberwoche" is a time; in „Wochenmarkt" and „Abendkleid" it only tells what kind of thing is meant. */
const HEADS =
  /(?:(?<!mon|alm)tag|woche|monat|stunde|minute|mittag|abend|morgen|nacht|ferien|jahr|haelfte|quartal|uhr|day|week|month|hour|noon)(?:s|n|e|en)?$/;

/** True for a word that ends in one of time: „Vortag", „Dezemberwoche". */
export const namesTime = (word: string): boolean => word.length > SHORTEST_WORD && HEADS.test(word);

/** What an unknown word may have named, if it is a misheard or unlisted word of time; null: nothing. */
export const soundsLikeTime = remembered((word): Lack | null => {
  if (namesTime(word)) return 'either';
  if (word.length < SHORTEST_WORD || word.length > LONGEST_WORD) return null;
  timeWords ??= timeWordsByForm();
  for (const form of formsOf(word))
    for (const [known, names] of timeWords.get(form) ?? []) if (withinOneEdit(known, word)) return names;
  return null;
});

function withinOneEdit(a: string, b: string): boolean {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  let j = 0;
  while (j < a.length - i && j < b.length - i && a[a.length - 1 - j] === b[b.length - 1 - j]) j++;
  return Math.max(a.length, b.length) - i - j <= 1;
}
