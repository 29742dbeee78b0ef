/**
 * Names as a search finds them: folded words, pairs of words and the key a list is sorted by. What is stored and what is asked for go
 * through the same folding, so that every spelling of a name meets every other. Pure; called by storage/queries/customers.ts and the seeds of dev/prove/.
 */
import { foldLetters } from './fold-letters.ts';

/** Longest word kept, characters: longer ones are found by their beginning. */
const MAX_WORD = 40;
/** Words of one name that are kept; what follows them is not found by. */
const MAX_WORDS = 8;
/** Words of one name that are paired with each other: n words are n · (n − 1) rows. */
const MAX_PAIRED = 5;
/** Words of a search that are looked up; further ones only narrow what was found. */
export const MAX_SEARCH_WORDS = 3;
/** Pairs lie apart from words: no word begins with this sign. */
const PAIR = '|';
/** Sorts behind every name: customers of whom only the number is known come last. */
const NAMELESS = '\u{10ffff}';

/** Letters that have no accent to take off. */
const PLAIN: Readonly<Record<string, string>> = { ı: 'i', ø: 'o', đ: 'd', ð: 'd', ł: 'l', þ: 'th', æ: 'a', œ: 'o' };

/**
 * One spelling for all: "Müller", "Mueller" and "Muller" are `muller`, "Groß" is `gross`, "Işık" and "ISIK" are `isik`. A beginning of a
 * name folds to a beginning of the folded name.
 */
const foldName = (text: string): string =>
  foldLetters(text)
    .replace(/[ıøđðłþæœ]/g, (letter) => PLAIN[letter] ?? letter)
    .replaceAll('ae', 'a')
    .replaceAll('oe', 'o')
    .replaceAll('ue', 'u');

const APOSTROPHES = /['’‘´`]/g;

const split = (folded: string): string[] =>
  folded
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => [...word].slice(0, MAX_WORD).join(''));

interface Named {
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
}
const written = (name: Named): string => foldName([name.firstName, name.lastName].filter(Boolean).join(' '));

/** The folded words of a name, at most 8: "Anna O’Connor" → `anna`, `oconnor`, `o`, `connor`. */
export function nameWords(name: Named): string[] {
  const folded = written(name);
  return [...new Set([...split(folded.replace(APOSTROPHES, '')), ...split(folded)])].slice(0, MAX_WORDS);
}

/** The key under which two words of one name are found together: the first one whole, the second one by its beginning. */
export const pairOf = (whole: string, beginning: string): string => `${PAIR}${whole}${PAIR}${beginning}`;

/** Everything a name is found by: its words, and each two of them in both orders. At most 28 entries. */
export function nameEntries(name: Named): string[] {
  const words = nameWords(name);
  const paired = words.slice(0, MAX_PAIRED);
  return [...words, ...paired.flatMap((a) => paired.filter((b) => b !== a).map((b) => pairOf(a, b)))];
}

/** What a list sorted by name compares: family name first; never empty. */
export function nameKey(name: Named): string {
  const words = split(foldName([name.lastName, name.firstName].filter(Boolean).join(' ')).replace(APOSTROPHES, ''));
  return words.length === 0 ? NAMELESS : words.join(' ');
}

/** The folded words that somebody searches for, each once; empty when the text holds no letter and no digit. */
export const searchWords = (text: string): string[] => textWords(text).slice(0, MAX_WORDS);

/** All words of a text as a search compares them, each once. */
export const textWords = (text: string): string[] => [...new Set(split(foldName(text).replace(APOSTROPHES, '')))];

/** Whether each searched word begins a word of the name; `whole`: is one. */
export function nameMatches(name: Named, searched: readonly string[], whole = false): boolean {
  const words = nameWords(name);
  return searched.every((wanted) => words.some((word) => (whole ? word === wanted : word.startsWith(wanted))));
}
