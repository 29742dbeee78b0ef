/** Cuts what a caller said into tokens with a meaning each: folding, fixed turns, numbers in every spelling. The grammar reads the result. */
import { foldLetters } from '../fold-letters.ts';
import { rewriteIdioms } from './idioms.ts';
import { type Category, meaningOf } from './lexicon.ts';
import { isTens, numberWord } from './numbers.ts';

export interface Token {
  category: Category;
  /** Meaning of the category: the number, the weekday, the id. */
  value: number | string;
  /** Folded text. */
  text: string;
  /** A number said or written as an ordinal (24., 24th, vierten). */
  ordinal?: boolean;
  /** A number written in digits. */
  digits?: boolean;
  /** `clock`, `date`, `pair`: the parts as written. */
  parts?: { a: number; b: number; c: number | null; slash?: boolean; iso?: boolean; leadingZero?: boolean };
  /** A comma, colon or full stop stands before this token. */
  afterComma: boolean;
  /** Position among all tokens, fillers counted: neighbours differ by one. */
  at: number;
}

/** Longer input is no answer to „when" but a monologue: it is asked again instead of read. */
export const MAX_SPOKEN_LENGTH = 300;

/** Lower case without umlauts, accents, quotes and control characters; punctuation that parts clauses becomes a comma. */
export function fold(text: string): string {
  return foldLetters(text)
    .replace(/(\d) ?: ?(?=\d{1,2}(?!\d))/g, '$1:')
    .replace(/(\d{1,2}),(\d{2})(?= ?uhr)/g, '$1:$2')
    .replace(/[’'`´‘]/g, '')
    .replaceAll('⁄', '/')
    .replaceAll('€', ' euro ')
    .replaceAll('%', ' prozent ')
    .replace(/§/g, ' ')
    .replace(/([ap])\.\s?m\.?(?![a-z])/g, '§$1m')
    .replace(/[–—−]/g, '-')
    .replace(/[;!?()[\]{}]|:(?!\d)/g, ', ')
    .replace(/[^a-z0-9§.,:/\s-]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

const WEEKDAY_STEMS = 'montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag';
const PART_STEMS =
  'morgen|morgens|frueh|vormittag|vormittags|mittag|mittags|nachmittag|nachmittags|abend|abends|nacht|nachts';
const COMPOUND = new RegExp(`(?<![a-z])(${WEEKDAY_STEMS}|heute|morgen|uebermorgen)(${PART_STEMS})(?![a-z])`, 'g');
const WEEKDAY_SPAN = new RegExp(
  `(?<![a-z])(${WEEKDAY_STEMS}|mo|di|mi|do|fr|sa|so|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun)\\.? ?- ?(?=(?:${WEEKDAY_STEMS}|mo|di|mi|do|fr|sa|so|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun)(?![a-z]))`,
  'g',
);

const SCANNER = new RegExp(
  [
    '(?<iso>\\d{4}-\\d{2}-\\d{2})(?:[t ](?<isotime>\\d{2}:\\d{2})(?::\\d{2}(?:\\.\\d+)?)?(?:z|[+-]\\d{2}:?\\d{2})?)?',
    '(?<ymd>(?<y1>20\\d{2})/(?<y2>\\d{1,2})/(?<y3>\\d{1,2}))(?!\\d)',
    '(?<dashed>(?<a1>\\d{1,2})-(?<a2>\\d{1,2})-(?<a3>20\\d{2}))(?!\\d)',
    '(?<decimal>\\d{1,2}[.,]5)(?= ?(?:stunde|std|hour|woche|week|h(?![a-z])))',
    '(?<dmy>(?<d1>\\d{1,2})\\. ?(?<d2>\\d{1,2})\\.(?:(?: ?(?<d3>20\\d{2})|(?<d4>\\d{2}))(?![\\d:.]| ?(?:uhr|h(?![a-z]))))?)',
    '(?<dmyc>(?<e1>\\d{1,2})\\.(?<e2>\\d{1,2})[. ](?<e3>20\\d{2}))(?!\\d)',
    '(?<slash>(?<s1>\\d{1,2})/(?<s2>\\d{1,2})(?:/(?<s3>(?:20)?\\d{2}))?)(?!\\d)',
    '(?<clock>(?<c1>\\d{1,2}):(?<c2>\\d{1,2})(?::\\d{2})?)(?!\\d)(?: ?h(?![a-z]))?',
    '(?<hclock>(?<h1>\\d{1,2}) ?h ?(?<h2>\\d{2})?)(?![a-z0-9])',
    '(?<pair>(?<p1>\\d{1,2})\\.(?<p2>\\d{2}|\\d))(?![\\d])(?: ?h(?![a-z]))?',
    '(?<ord>\\d{1,2})(?:\\.(?!\\d)|(?: ?(?:ten|te|ter|tes|tem|sten|ste|ster|stes|stem|st|nd|rd|th))(?![a-z]))',
    '(?<num>\\d+)',
    '(?<word>[a-z§][a-z0-9§]*(?:(?<=§[a-z]*)-[a-z0-9-]+)?)',
    '(?<comma>[,:.])',
    '(?<dash>-)',
  ].join('|'),
  'g',
);

/** `So 22.11.` and `So, 10 Uhr` mean Sunday, `so 10 Uhr` means about ten: the capital letter decides, and only before a number. */
const SUNDAY = /(^|[\s,(])So(?=\.?,? ?(?:den )?\d)/g;
const SUNDAY_DOTTED = /(^|[\s,(])so\.(?=,? ?(?:den )?\d{1,2}\.)/g;

const ISO_DAY_AND_CLOCK = /^\d{4}-\d{2}-\d{2}(?: , \d{2}:\d{2})?$/;

/** Every token of a text, fillers and unknown words included. */
export function tokenise(text: string): Token[] {
  // What a model fills in itself needs no idioms, and it is what most requests carry.
  if (ISO_DAY_AND_CLOCK.test(text)) return merge(scan(text));
  let folded = fold(text.replace(SUNDAY, '$1Sonntag').replace(SUNDAY_DOTTED, '$1Sonntag'));
  folded = folded.replace(COMPOUND, '$1 $2').replace(WEEKDAY_SPAN, '$1 bis ');
  folded = folded.replace(/(?<=[a-z]) ?- ?(?=[a-z])/g, ' ').replace(/(\d) ?std\.?(?=\s|$)/g, '$1 stunden');
  folded = folded
    .replace(/(\d{1,2})(?:e|er)(?= |$|,)/g, '$1')
    .replace(
      /(\d)(uhr|am|pm|ish|min|std)(?![a-z])/g,
      (_w, d: string, unit: string) => `${d} ${unit === 'am' || unit === 'pm' ? `§${unit}` : unit}`,
    );
  // „Nov. 24", „15 Uhr30"
  folded = folded
    .replace(
      /(?<![a-z])(jan|feb|mrz|maer|apr|jun|jul|aug|sept?|okt|oct|nov|dez|dec|mo|di|mi|do|fr|sa|tues?|weds?|thurs?|thu|sat|sun|mon)\./g,
      '$1 ',
    )
    .replace(/(uhr)(?=\d)/g, '$1 ');
  folded = folded.replace(/(?<![a-z])(halb|viertel|dreiviertel|um|gegen|vor|nach|ab|bis|am|at)(?=\d)/g, '$1 ');
  folded = rewriteIdioms(folded);
  return merge(scan(folded));
}

function scan(text: string): Token[] {
  const tokens: Token[] = [];
  let comma = false;
  const push = (token: Omit<Token, 'afterComma' | 'at'>) => {
    tokens.push({ ...token, afterComma: comma, at: tokens.length });
    comma = false;
  };
  for (const match of text.matchAll(SCANNER)) {
    const g = match.groups ?? {};
    const whole = match[0].replace(/ ?h$/, '').trim();
    if (g['comma'] !== undefined) {
      comma = true;
    } else if (g['dash'] !== undefined) {
      // Between numbers a dash is „bis", else a pause.
      const before = tokens[tokens.length - 1];
      const numeric = before && ['number', 'clock', 'pair', 'date'].includes(before.category);
      if (numeric && /^ ?\d/.test(text.slice(match.index + 1))) push({ category: 'until', value: 0, text: 'bis' });
    } else if (g['iso'] !== undefined) {
      const [year, month, day] = g['iso'].split('-').map(Number);
      push({ category: 'date', value: 0, text: whole, parts: { a: day ?? 0, b: month ?? 0, c: year ?? 0, iso: true } });
      if (g['isotime'] !== undefined) {
        const [hour, minute] = g['isotime'].split(':').map(Number);
        push({
          category: 'clock',
          value: 0,
          text: g['isotime'],
          parts: { a: hour ?? 0, b: minute ?? 0, c: null, iso: true, leadingZero: true },
        });
      }
    } else if (g['ymd'] !== undefined) {
      push({
        category: 'date',
        value: 0,
        text: whole,
        parts: { a: Number(g['y3']), b: Number(g['y2']), c: Number(g['y1']) },
      });
    } else if (g['dashed'] !== undefined) {
      push({
        category: 'date',
        value: 0,
        text: whole,
        parts: { a: Number(g['a1']), b: Number(g['a2']), c: Number(g['a3']) },
      });
    } else if (g['decimal'] !== undefined) {
      push({ category: 'decimal', value: Number.parseInt(g['decimal'], 10), text: whole });
    } else if (g['dmy'] !== undefined) {
      push({
        category: 'date',
        value: 0,
        text: whole,
        parts: { a: Number(g['d1']), b: Number(g['d2']), c: yearOf(g['d3'] ?? g['d4']) },
      });
    } else if (g['dmyc'] !== undefined) {
      push({
        category: 'date',
        value: 0,
        text: whole,
        parts: { a: Number(g['e1']), b: Number(g['e2']), c: yearOf(g['e3']) },
      });
    } else if (g['slash'] !== undefined) {
      push({
        category: 'date',
        value: 0,
        text: whole,
        parts: { a: Number(g['s1']), b: Number(g['s2']), c: yearOf(g['s3']), slash: true },
      });
    } else if (g['clock'] !== undefined) {
      const a = Number(g['c1']);
      push({
        category: 'clock',
        value: 0,
        text: whole,
        parts: { a, b: Number(g['c2']), c: null, leadingZero: (g['c1'] ?? '').startsWith('0') },
      });
    } else if (g['hclock'] !== undefined) {
      push({
        category: 'clock',
        value: 0,
        text: whole,
        parts: { a: Number(g['h1']), b: Number(g['h2'] ?? 0), c: null },
      });
    } else if (g['pair'] !== undefined) {
      push({
        category: 'pair',
        value: 0,
        text: whole,
        parts: { a: Number(g['p1']), b: Number(g['p2']), c: null, leadingZero: (g['p1'] ?? '').startsWith('0') },
      });
    } else if (g['ord'] !== undefined) {
      push({ category: 'number', value: Number(g['ord']), text: whole, ordinal: true, digits: true });
    } else if (g['num'] !== undefined && isMilitary(whole, tokens, text.slice(match.index + match[0].length))) {
      push({
        category: 'clock',
        value: 0,
        text: whole,
        parts: { a: Number(whole.slice(0, 2)), b: Number(whole.slice(2)), c: null, leadingZero: whole.startsWith('0') },
      });
    } else if (g['num'] !== undefined) {
      // Digit runs that are no day, hour or year (a phone number, a price) stay numbers that nothing reads.
      push({
        category: 'number',
        value: whole.length > 4 ? Number.NaN : Number(whole),
        text: whole,
        ordinal: false,
        digits: true,
      });
    } else if (g['word'] !== undefined) {
      const word = g['word'];
      const number = numberWord(word);
      const meaning = meaningOf(word);
      if (number && meaning.category === 'unknown')
        push({ category: 'number', value: number.value, text: word, ordinal: number.ordinal });
      else if (number && meaning.category === 'one') push({ category: 'one', value: 1, text: word });
      else push({ ...meaning, text: word });
    }
  }
  return tokens;
}

/** „um 1530", „1530 Uhr": four digits with a mark of the clock beside them. */
function isMilitary(digits: string, before: readonly Token[], after: string): boolean {
  if (!/^(?:[01]\d|2[0-3])[0-5]\d$/.test(digits)) return false;
  return before[before.length - 1]?.category === 'at' || /^ ?uhr(?![a-z])/.test(after);
}

function yearOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  return value < 100 ? 2000 + value : value;
}

/** Joins what a recogniser splits: „ein und zwanzig", „twenty first". */
function merge(tokens: Token[]): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) continue;
    const [second, third] = [tokens[i + 1], tokens[i + 2]];
    const before = out[out.length - 1];
    // „zwischen zwei und zwanzig Uhr" is no 22.
    const german =
      second?.text === 'und' &&
      third?.category === 'number' &&
      !third.digits &&
      isTens(Number(third.value)) &&
      unitOf(token) > 0 &&
      !token.ordinal &&
      before?.category !== 'between' &&
      /^(?:zw|dr|vi|fu|se|si|ac|ne|ei)/.test(token.text);
    if (german && third) {
      out.push({
        ...token,
        category: 'number',
        value: Number(third.value) + unitOf(token),
        ordinal: third.ordinal ?? false,
        text: `${token.text}und${third.text}`,
      });
      i += 2;
      continue;
    }
    const english =
      token.category === 'number' &&
      /^(?:twenty|thirty|forty|fifty)$/.test(token.text) &&
      second?.category === 'number' &&
      !second.digits &&
      Number(second.value) >= 1 &&
      Number(second.value) <= 9 &&
      /^(?:one|two|three|four|five|six|seven|eight|nine|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)$/.test(
        second.text,
      );
    if (english && second) {
      out.push({
        ...token,
        value: Number(token.value) + Number(second.value),
        ordinal: second.ordinal ?? false,
        text: `${token.text}${second.text}`,
      });
      i += 1;
      continue;
    }
    out.push(token);
  }
  return out.map((token, at) => ({ ...token, at }));
}

function unitOf(token: Token): number {
  if (token.category === 'one') return token.text === 'ein' ? 1 : 0;
  if (token.category !== 'number' || token.digits) return 0;
  const value = Number(token.value);
  return value >= 1 && value <= 9 ? value : 0;
}
