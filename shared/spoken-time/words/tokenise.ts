/**
 * Cuts what a caller said into tokens with a meaning each: folding, fixed turns, numbers in every spelling. The grammar reads the result.
 */
import { standardDialect } from './dialect.ts';
import { fold } from './fold.ts';
import { rewriteIdioms } from './idioms.ts';
import { scan } from './scan.ts';
import { joinSplitNumbers } from './split-numbers.ts';
import { spokenEnglish } from './spoken-english.ts';
import type { Token } from './token.ts';

/** Longer input is no answer to „when" but a monologue: it is asked again instead of read. */
export const MAX_SPOKEN_LENGTH = 300;

const WEEKDAY_STEMS = 'montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag';
const PART_STEMS =
  'morgen|morgens|frueh|vormittag|vormittags|mittag|mittags|nachmittag|nachmittags|abend|abends|nacht|nachts';
const COMPOUND = new RegExp(`(?<![a-z])(${WEEKDAY_STEMS}|heute|morgen|uebermorgen)(${PART_STEMS})(?![a-z])`, 'g');
const WEEKDAY_SPAN = new RegExp(
  `(?<![a-z])(${WEEKDAY_STEMS}|mo|di|mi|do|fr|sa|so|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun)\\.? ?- ?(?=(?:${WEEKDAY_STEMS}|mo|di|mi|do|fr|sa|so|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun)(?![a-z]))`,
  'g',
);

/** `So 22.11.` and `So, 10 Uhr` mean Sunday, `so 10 Uhr` means about ten: the capital letter decides, and only before a number. */
const SUNDAY = /(^|[\s,(])So(?=\.?,? ?(?:den )?\d)/g;
const SUNDAY_DOTTED = /(^|[\s,(])so\.(?=,? ?(?:den )?\d{1,2}\.)/g;

const ISO_DAY_AND_CLOCK = /^\d{4}-\d{2}-\d{2}(?: , \d{2}:\d{2})?$/;

/** Every token of a text, fillers and unknown words included. */
export function tokenise(text: string): Token[] {
  // What a model fills in itself needs no idioms, and it is what most requests carry.
  if (ISO_DAY_AND_CLOCK.test(text)) return joinSplitNumbers(scan(text));
  const folded = fold(text.replace(SUNDAY, '$1Sonntag').replace(SUNDAY_DOTTED, '$1Sonntag'));
  return joinSplitNumbers(scan(rewriteIdioms(spokenEnglish(standardDialect(spellOut(partWords(folded)))))));
}

/** Parts what is written as one: „Dienstagmorgen", „Mo-Fr", „3 std", „15uhr", „3pm". */
function partWords(folded: string): string {
  const words = folded.replace(COMPOUND, '$1 $2');
  const joined = words.includes('-')
    ? words.replace(WEEKDAY_SPAN, '$1 bis ').replace(/(?<=[a-z]) ?- ?(?=[a-z])/g, ' ')
    : words;
  if (!HAS_DIGIT.test(joined)) return joined;
  return (
    joined
      .replace(/(\d) ?std\.?(?=\s|$)/g, '$1 stunden')
      // A tyre: 205 55 R 16.
      .replace(/(?<!\d)(\d{3}) ?\/? ?(\d{2}) ?r ?(\d{2})(?!\d)/g, 'nummer $1$2$3')
      // „3a": a house, a class or a seat.
      .replace(/(?<![\d.:/])(\d{1,3})([abcdfgi])(?= |$|,)/g, 'nummer $1$2')
      .replace(/(\d{1,2})(?:e|er)(?= |$|,)/g, '$1')
      .replace(
        /(\d)(uhr|am|pm|ish|min|std)(?![a-z])/g,
        (_w, d: string, unit: string) => `${d} ${unit === 'am' || unit === 'pm' ? `§${unit}` : unit}`,
      )
  );
}

/** Most sentences hold none, and need none of the patterns for them. */
const HAS_DIGIT = /\d/;

/** Takes the full stop off abbreviations („Nov. 24") and words off the digits behind them („15 Uhr30", „um3"). */
function spellOut(folded: string): string {
  const full = folded.includes('.') ? folded.replace(ABBREVIATED, '$1 ') : folded;
  if (!HAS_DIGIT.test(full)) return full;
  return full
    .replace(/(uhr)(?=\d)/g, '$1 ')
    .replace(/(?<![a-z])(halb|viertel|dreiviertel|um|gegen|vor|nach|ab|bis|am|at)(?=\d)/g, '$1 ');
}
const ABBREVIATED =
  /(?<![a-z])(jan|feb|mrz|maer|apr|jun|jul|aug|sept?|okt|oct|nov|dez|dec|mo|di|mi|do|fr|sa|tues?|weds?|thurs?|thu|sat|sun|mon)\./g;
