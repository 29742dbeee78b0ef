/** Cuts folded text into tokens: words, numbers, dates and clocks as they are written. Called by the tokeniser. */
import { meaningOf } from './lexicon.ts';
import { numberWord } from './numbers.ts';
import type { Token } from './token.ts';

/** Every written form, longer and more special ones first; the group that matched names the form. */
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
    '(?<comma>[,:.])',
    '(?<dash>-)',
  ].join('|'),
  'y',
);
/** Most of a text; none of the written forms begins with a letter. */
const WORD = /[a-z§][a-z0-9§]*(?:(?<=§[a-z]*)-[a-z0-9-]+)?/y;

type NewToken = Omit<Token, 'afterComma' | 'at'>;
type Groups = Readonly<Record<string, string | undefined>>;

interface Found {
  groups: Groups;
  /** The text of the match without a trailing „h". */
  written: string;
  before: Token | undefined;
  /** What follows the match. */
  rest(): string;
}

/** Groups of `SCANNER` that are written forms, in its order, with the tokens that each makes. */
const FORMS: readonly (readonly [group: string, read: (found: Found) => NewToken | null])[] = [
  ['dash', dash],
  ['ymd', ({ groups: g, written }) => date(written, g['y3'], g['y2'], Number(g['y1']))],
  ['dashed', ({ groups: g, written }) => date(written, g['a1'], g['a2'], Number(g['a3']))],
  ['decimal', ({ groups, written }) => halves(groups['decimal'] ?? '', written)],
  ['dmy', ({ groups: g, written }) => date(written, g['d1'], g['d2'], yearOf(g['d3'] ?? g['d4']))],
  ['dmyc', ({ groups: g, written }) => date(written, g['e1'], g['e2'], yearOf(g['e3']))],
  ['slash', ({ groups: g, written }) => date(written, g['s1'], g['s2'], yearOf(g['s3']), { slash: true })],
  ['clock', ({ groups: g, written }) => clock('clock', written, g['c1'], g['c2'], { zero: true })],
  ['hclock', ({ groups: g, written }) => clock('clock', written, g['h1'], g['h2'] ?? '0', { zero: false })],
  ['pair', ({ groups: g, written }) => clock('pair', written, g['p1'], g['p2'], { zero: true })],
  ['ord', ({ groups: g, written }) => number(Number(g['ord']), written, true)],
  ['num', digits],
];

/** The tokens of a folded text, in order; punctuation marks the token behind it. */
export function scan(text: string): Token[] {
  const tokens: Token[] = [];
  let comma = false;
  const push = (token: NewToken | null): void => {
    if (token === null) return;
    tokens.push({ ...token, afterComma: comma, at: tokens.length });
    comma = false;
  };
  for (let at = 0; at < text.length; ) {
    WORD.lastIndex = at;
    const [written] = WORD.exec(text) ?? [];
    if (written !== undefined) {
      push(word(written));
      at = WORD.lastIndex;
      continue;
    }
    SCANNER.lastIndex = at;
    const match = text[at] === ' ' ? null : SCANNER.exec(text);
    at = match ? SCANNER.lastIndex : at + 1;
    if (match === null) continue;
    const groups: Groups = match.groups ?? {};
    if (groups['comma'] !== undefined) {
      comma = true;
      continue;
    }
    const found: Found = {
      groups,
      written: match[0].replace(/ ?h$/, '').trim(),
      before: tokens[tokens.length - 1],
      rest: () => text.slice(match.index + match[0].length),
    };
    if (groups['iso'] !== undefined) for (const token of isoMoment(groups, found.written)) push(token);
    else push(FORMS.find(([group]) => groups[group] !== undefined)?.[1](found) ?? null);
  }
  return tokens;
}

function word(text: string): NewToken {
  const number = numberWord(text);
  const meaning = meaningOf(text);
  if (number && meaning.category === 'unknown')
    return { category: 'number', value: number.value, text, ordinal: number.ordinal };
  if (number && meaning.category === 'one') return { category: 'one', value: 1, text };
  return { ...meaning, text };
}

/** Between numbers a dash is „bis", else a pause. */
function dash({ before, rest }: Found): NewToken | null {
  const numeric = before && ['number', 'clock', 'pair', 'date'].includes(before.category);
  return numeric && /^ ?\d/.test(rest()) ? { category: 'until', value: 0, text: 'bis' } : null;
}

function isoMoment(groups: Groups, written: string): NewToken[] {
  const [year, month, day] = (groups['iso'] ?? '').split('-').map(Number);
  const made: NewToken[] = [
    { category: 'date', value: 0, text: written, parts: { a: day ?? 0, b: month ?? 0, c: year ?? 0, iso: true } },
  ];
  const time = groups['isotime'];
  if (time !== undefined) {
    const [hour, minute] = time.split(':').map(Number);
    const parts = { a: hour ?? 0, b: minute ?? 0, c: null, iso: true, leadingZero: true };
    made.push({ category: 'clock', value: 0, text: time, parts });
  }
  return made;
}

function date(
  text: string,
  day: string | undefined,
  month: string | undefined,
  year: number | null,
  more: { slash?: true } = {},
): NewToken {
  return { category: 'date', value: 0, text, parts: { a: Number(day), b: Number(month), c: year, ...more } };
}

/** `zero`: a leading zero is kept in mind, it names the first half of the day. */
function clock(
  category: 'clock' | 'pair',
  text: string,
  hour: string | undefined,
  minute: string | undefined,
  { zero }: { zero: boolean },
): NewToken {
  const parts = { a: Number(hour), b: Number(minute), c: null };
  return {
    category,
    value: 0,
    text,
    parts: zero ? { ...parts, leadingZero: (hour ?? '').startsWith('0') } : parts,
  };
}

/** „1,5 Stunden": the value is the whole part, the category says „and a half". */
const halves = (decimal: string, text: string): NewToken => ({
  category: 'decimal',
  value: Number.parseInt(decimal, 10),
  text,
});

const number = (value: number, text: string, ordinal: boolean): NewToken => ({
  category: 'number',
  value,
  text,
  ordinal,
  digits: true,
});

/** Digit runs that are no day, hour or year (a phone number, a price) stay numbers that nothing reads. */
function digits({ written, before, rest }: Found): NewToken {
  if (isMilitary(written, before, rest))
    return clock('clock', written, written.slice(0, 2), written.slice(2), { zero: true });
  return number(written.length > 4 ? Number.NaN : Number(written), written, false);
}

/** „um 1530", „1530 Uhr": four digits with a mark of the clock beside them. */
function isMilitary(written: string, before: Token | undefined, rest: () => string): boolean {
  if (!/^(?:[01]\d|2[0-3])[0-5]\d$/.test(written)) return false;
  return before?.category === 'at' || /^ ?uhr(?![a-z])/.test(rest());
}

function yearOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  return value < 100 ? 2000 + value : value;
}
