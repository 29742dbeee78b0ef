/**
 * Pure: which passwords are taken and how hard they are to guess. Long enough, not made of what is tried first or of the account's own words.
 * Read by `workers/identity/` and by the meter of the pages that set one, which both load it when a password is chosen and not before.
 */
import { COMMON_WORDS, LONGEST_COMMON_WORD } from './common-passwords.ts';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './password-length.ts';

const KEYS = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertzuiopasdfghjklyxcvbnm',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6zhn7ujm',
];
const ROWS = [...KEYS, ...KEYS.map((row) => [...row].reverse().join(''))];
/** Words shorter than this may stand in any password. */
const MIN_WORD = 4;
/** What a password must still have without the account's own words. */
const MIN_REST = 6;
/** Different characters of a password that is no pattern. */
const MIN_DIFFERENT = 5;

/** Bits that a guesser needs for a piece, roughly: one of a short list, a row of keys, a year, once more the same. */
const BITS = { common: 9, row: 6, year: 7, again: 1, own: 2, digit: 3.3, sign: 5, space: 1, letter: 3, random: 4.7 };
/** A word of a language costs no more than finding it in a large dictionary. */
const MAX_WORD_BITS = 17;
/** Below this a password is refused: what it is made of is in the first hundred million that are tried. */
const MIN_BITS = 24;
const GOOD_BITS = 34;
const STRONG_BITS = 45;

/** What stands for a letter in the passwords of people who were told to use signs. */
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

export const PASSWORD_STRENGTHS = ['short', 'weak', 'fair', 'good', 'strong'] as const;
export type PasswordStrength = (typeof PASSWORD_STRENGTHS)[number];

const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[äöü]/g, (letter) => `${{ ä: 'a', ö: 'o', ü: 'u' }[letter] ?? ''}e`);

/** Own words of an account, as a guesser would try them; an address's name counts as a whole too. */
function ownWords(own: readonly string[]): string[] {
  const whole = own.map((text) => (text.toLowerCase().split('@')[0] ?? '').replace(/[^\p{L}\p{N}]/gu, ''));
  return [...whole, ...own.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))].filter(
    (word) => word.length >= MIN_WORD,
  );
}

const looksLikeWord = (letters: string): boolean =>
  /[aeiouyäöü]/.test(letters) && !/[^aeiouyäöü]{6}/.test(letters) && !/[aeiouyäöü]{4}/.test(letters);

/** A run of letters that no list has: as a word of some language, else letter by letter. */
const bitsOfLetters = (letters: string): number =>
  looksLikeWord(letters) ? Math.min(MAX_WORD_BITS, letters.length * BITS.letter) : letters.length * BITS.random;

/** How many characters at `from` one cheap piece covers, and what it costs; the longest of each kind. */
function piecesAt(
  text: string,
  plain: string,
  from: number,
  own: ReadonlySet<string>,
): { length: number; bits: number }[] {
  const found: { length: number; bits: number }[] = [];
  for (let length = MIN_WORD - 1; length <= LONGEST_COMMON_WORD && from + length <= text.length; length++)
    if (COMMON_WORDS.has(text.slice(from, from + length)) || COMMON_WORDS.has(plain.slice(from, from + length)))
      found.push({ length, bits: BITS.common });
  for (const word of own) if (text.startsWith(word, from)) found.push({ length: word.length, bits: BITS.own });
  for (const row of ROWS) {
    let length = 3;
    while (from + length <= text.length && row.includes(text.slice(from, from + length))) length++;
    if (length > 3) found.push({ length: length - 1, bits: BITS.row });
  }
  if (/^(19|20)\d\d/.test(text.slice(from, from + 4))) found.push({ length: 4, bits: BITS.year });
  // What stood just before, once more.
  for (let length = 1; length <= from && from + length <= text.length; length++)
    if (text.slice(from - length, from) === text.slice(from, from + length)) found.push({ length, bits: BITS.again });
  const letters = /^\p{L}+/u.exec(text.slice(from))?.[0].length ?? 0;
  for (let length = 1; length <= letters; length++)
    found.push({ length, bits: bitsOfLetters(text.slice(from, from + length)) });
  if (letters === 0) {
    const sign = text.charAt(from);
    found.push({ length: 1, bits: /\d/.test(sign) ? BITS.digit : /[\s._-]/.test(sign) ? BITS.space : BITS.sign });
  }
  return found;
}

/** Bits of the cheapest way to put the password together. */
function bitsOf(password: string, own: readonly string[]): number {
  const text = folded(password);
  const plain = [...text].map((sign) => LEET[sign] ?? sign).join('');
  const words = new Set(ownWords(own).map(folded));
  const least = [0];
  for (let at = 0; at < text.length; at++) {
    const so = least[at] ?? Infinity;
    for (const { length, bits } of piecesAt(text, plain, at, words))
      least[at + length] = Math.min(least[at + length] ?? Infinity, so + bits);
  }
  return least[text.length] ?? 0;
}

/** Why a password is not taken; null: it is. @param own e-mail address and name of the account, which whoever guesses tries first */
export function passwordFault(password: string, own: readonly string[]): 'length' | 'guessable' | null {
  if (password.length < MIN_PASSWORD_LENGTH || password.length > MAX_PASSWORD_LENGTH) return 'length';
  const small = password.normalize('NFKC').toLowerCase();
  if (new Set(small).size < MIN_DIFFERENT || bitsOf(password, own) < MIN_BITS) return 'guessable';
  // What is left of it without the account's own words must still be worth guessing.
  const bare = small.replace(/[^\p{L}\p{N}]/gu, '');
  let rest = bare;
  for (const word of ownWords(own)) rest = rest.replaceAll(word, '');
  return rest.length < MIN_REST && rest.length < bare.length ? 'guessable' : null;
}

/** How strong a password is, for the meter; `weak` ones and short ones are refused. */
export function passwordStrength(password: string, own: readonly string[]): PasswordStrength {
  const fault = passwordFault(password, own);
  if (fault !== null) return fault === 'length' ? 'short' : 'weak';
  const bits = bitsOf(password, own);
  return bits < GOOD_BITS ? 'fair' : bits < STRONG_BITS ? 'good' : 'strong';
}
