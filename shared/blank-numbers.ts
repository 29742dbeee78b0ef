/**
 * Card numbers and IBANs leave a text before it is stored, however they were said: in digits, in words (German, English), in groups, with a
 * word between, and split over what somebody said one after the other. Telephone numbers stay. Pure; called before every store of callers'
 * words. What counts: 13 to 19 digits that pass Luhn's check (ISO/IEC 7812), IBANs that pass mod 97 (ISO 13616).
 */

/** Stands where a number stood. */
export const BLANKED = '[…]';

const UNITS_DE = ['null', 'eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'];
const TEENS_DE = 'zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn'.split(' ');
const TENS_DE = 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig'.split(' ');
const UNITS_EN = 'zero one two three four five six seven eight nine'.split(' ');
const TEENS_EN = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const TENS_EN = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** Word, folded → the digits that it says. */
const WORDS: ReadonlyMap<string, string> = (() => {
  const words = new Map<string, string>();
  const add = (word: string, digits: number | string): void => void words.set(folded(word), String(digits));
  for (const [n, word] of [...UNITS_DE, ...TEENS_DE].entries()) add(word, n);
  for (const [n, word] of [...UNITS_EN, ...TEENS_EN].entries()) add(word, n);
  for (const [n, word] of TENS_DE.entries()) {
    add(word, (n + 2) * 10);
    for (const [unit, name] of UNITS_DE.entries())
      if (unit > 0) add(`${unit === 1 ? 'ein' : name}und${word}`, (n + 2) * 10 + unit);
  }
  for (const [n, word] of TENS_EN.entries()) add(word, (n + 2) * 10);
  for (const [word, digit] of [
    ['nul', 0],
    ['oh', 0],
    ['o', 0],
    ['nought', 0],
    ['ein', 1],
    ['eine', 1],
    ['zwo', 2],
    ['drü', 3],
    ['foif', 5],
    ['füf', 5],
    ['sächs', 6],
    ['sibe', 7],
    ['nün', 9],
  ] as const)
    add(word, digit);
  return words;
})();
const ENGLISH_TENS: ReadonlySet<string> = new Set(TENS_EN);
const ENGLISH_UNITS: ReadonlySet<string> = new Set(UNITS_EN.slice(1));
/** Says the next digit more than once. */
const TIMES: ReadonlyMap<string, number> = new Map([
  ['double', 2],
  ['doppel', 2],
  ['doppelt', 2],
  ['zweimal', 2],
  ['triple', 3],
  ['treble', 3],
  ['dreimal', 3],
]);
/** Said between the groups of one number. */
const BETWEEN: ReadonlySet<string> = new Set(
  'und dann danach also weiter mhm ja okay ok äh ähm hm moment die der das bindestrich strich minus leerzeichen punkt nochmal and then so uh um er erm yes dash hyphen space dot the'
    .split(' ')
    .map(folded),
);
/** More words between two groups, and it is another number. */
const MAX_BETWEEN = 4;

/** Digits of an IBAN behind its country, where it has no further letters. */
const IBAN_DIGITS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    de: 20,
    at: 18,
    ch: 19,
    li: 19,
    be: 14,
    es: 22,
    pl: 26,
    pt: 23,
    fr: 25,
    dk: 16,
    fi: 16,
    se: 22,
    no: 13,
    lu: 18,
    cz: 22,
    sk: 22,
    hu: 26,
    hr: 19,
    si: 17,
    ee: 18,
    lt: 18,
    gr: 25,
  }),
);
const WRITTEN_IBAN = /(?<![\p{L}\p{N}_])[A-Z]{2}[ \u00a0]?\d{2}(?:[ \u00a0.-]?[A-Z0-9]){11,30}(?![\p{L}\p{N}_])/giu;

/** Groups that one number may have: a digit each, and a second word for some. A row without end costs no more for each of its groups. */
const MAX_GROUPS = 48;

/** Lengths and beginnings that cards have; only such a part of a longer row of digits is one. */
const CARD =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|6(?:011|5\d\d|4[4-9]\d)\d{12}|62\d{14,17}|(?:5[06-8]|6\d)\d{11,17})$/;

/** How telephone numbers begin: with a zero, or with the country of most callers (cards of that length are long gone). */
const PHONE = /^0|^4[139]\d{9,11}$/;

function folded(word: string): string {
  return word.toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss');
}

/** ISO/IEC 7812-1 annex B. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const counted = i % 2 === 1 ? digit * 2 : digit;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
}

/** ISO 13616: country and check digits moved behind, letters as numbers, remainder 1. */
export function passesMod97(iban: string): boolean {
  const text = `${iban.slice(4)}${iban.slice(0, 4)}`.toUpperCase();
  let rest = 0;
  for (const sign of text) {
    const value = Number.parseInt(sign, 36);
    if (Number.isNaN(value)) return false;
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** One group of digits, or a word between two. */
interface Token {
  /** which of the texts */
  text: number;
  from: number;
  to: number;
  /** '' for a word between */
  digits: string;
  /** says the next digit so often */
  times: number;
  /** letters of it, folded, when it may name an IBAN's country */
  letters: string;
  /** `+` stands before it */
  plus: boolean;
}

const PIECES = /\+?\d+|[\p{L}]+|[^\s\p{L}\d]/gu;
/** Signs between the groups of one number; any other one ends it. */
const SIGNS = /^[.,;/\-–—_()]$/;

function tokensOf(texts: readonly string[]): (Token | null)[] {
  const tokens: (Token | null)[] = [];
  for (const [text, content] of texts.entries()) {
    for (const match of content.matchAll(PIECES)) {
      const [piece] = match;
      const from = match.index;
      const to = from + piece.length;
      const token = { text, from, to, digits: '', times: 1, letters: '', plus: piece.startsWith('+') };
      if (/\d$/.test(piece)) {
        // `call_4111…`, `A12`: a name of something, no number that somebody said.
        const beside = `${content[from - 1] ?? ''}${content[to] ?? ''}`;
        tokens.push(/[\p{L}_]/u.test(beside) ? null : { ...token, digits: piece.replace('+', '') });
      } else if (/^\p{L}/u.test(piece)) {
        const word = folded(piece);
        const digits = WORDS.get(word);
        const times = TIMES.get(word);
        if (digits !== undefined) tokens.push({ ...token, digits, letters: word });
        else if (times !== undefined) tokens.push({ ...token, times });
        else if (BETWEEN.has(word)) tokens.push(token);
        else tokens.push(word.length <= 2 ? { ...token, letters: word } : null);
      } else if (!SIGNS.test(piece)) tokens.push(null);
    }
  }
  return tokens;
}

interface Group {
  token: Token;
  digits: string;
}
interface Row {
  groups: Group[];
  /** country of an IBAN that was named before the first group, with the token it begins at */
  country: { code: string; token: Token } | null;
  plus: boolean;
}

/** Rows of groups with nothing but words and signs of one number between them. */
function rowsOf(tokens: readonly (Token | null)[]): Row[] {
  const rows: Row[] = [];
  let row: Row = { groups: [], country: null, plus: false };
  let between = 0;
  let times = 1;
  let letters: Token[] = [];
  const end = (): void => {
    if (row.groups.length > 0) rows.push(row);
    row = { groups: [], country: null, plus: false };
    between = 0;
    times = 1;
  };
  for (const token of tokens) {
    if (token === null) {
      end();
      letters = [];
    } else if (token.digits !== '') {
      if (token.plus) end();
      if (row.groups.length === 0) {
        row.plus = token.plus;
        row.country = countryOf(letters);
      }
      const last = row.groups.at(-1);
      const repeated = token.digits.repeat(times);
      const word = token.letters;
      // "twenty one" is one number, as "einundzwanzig" is.
      if (last !== undefined && ENGLISH_UNITS.has(word) && ENGLISH_TENS.has(last.token.letters) && between === 0)
        row.groups[row.groups.length - 1] = { token: last.token, digits: `${last.digits[0]}${token.digits}` };
      else row.groups.push({ token, digits: repeated });
      if (last !== undefined && row.groups.at(-1)?.token === last.token) row.groups.push({ token, digits: '' });
      times = 1;
      between = 0;
      letters = [];
    } else if (token.times > 1) times = token.times;
    else if (token.letters !== '') {
      end();
      letters = [...letters, token].slice(-2);
    } else if (++between > MAX_BETWEEN) {
      end();
      letters = [];
    }
  }
  end();
  return rows;
}

function countryOf(letters: readonly Token[]): Row['country'] {
  const [first, second] = letters.slice(-2);
  const last = letters.at(-1);
  if (last !== undefined && IBAN_DIGITS.has(last.letters)) return { code: last.letters, token: last };
  const code = `${first?.letters ?? ''}${second?.letters ?? ''}`;
  return first !== undefined && IBAN_DIGITS.has(code) ? { code, token: first } : null;
}

interface Span {
  text: number;
  from: number;
  to: number;
}

/** What of a row must go: from the first to the last of its groups, in each text it stands in. */
function spansOf(first: Token, groups: readonly Group[]): Span[] {
  const spans = new Map<number, Span>();
  for (const { text, from, to } of [first, ...groups.map(({ token }) => token)]) {
    const span = spans.get(text);
    spans.set(text, { text, from: Math.min(span?.from ?? from, from), to: Math.max(span?.to ?? to, to) });
  }
  return [...spans.values()];
}

function numbersIn({ groups, country, plus }: Row): Span[] {
  const [first] = groups;
  if (first === undefined) return [];
  // Where each group begins in all digits of the row: a part of it is then one slice.
  const starts = [0];
  for (const { digits } of groups) starts.push((starts.at(-1) ?? 0) + digits.length);
  const all = groups.map(({ digits }) => digits).join('');
  const part = (from: number, to: number): string => all.slice(starts[from], starts[to]);
  if (country !== null) {
    const length = IBAN_DIGITS.get(country.code) ?? 0;
    const to = starts.indexOf(length);
    if (to > 0 && passesMod97(`${country.code}${part(0, to)}`)) return spansOf(country.token, groups.slice(0, to));
  }
  const isPhone = plus || PHONE.test(all);
  if (!isPhone && all.length >= LEAST && all.length <= MOST && passesLuhn(all)) return spansOf(first.token, groups);
  const spans: Span[] = [];
  for (let from = isPhone ? 1 : 0; from < groups.length; ) {
    const to = endOfCard(starts, part, from);
    const head = groups[from];
    if (to !== null && head !== undefined) spans.push(...spansOf(head.token, groups.slice(from, to)));
    from = to ?? from + 1;
  }
  return spans;
}

/** Digits of a card. */
const LEAST = 13;
const MOST = 19;

/** The longest stretch of groups from one on that is a card: where the next group begins; null: none is. */
function endOfCard(starts: readonly number[], part: (from: number, to: number) => string, from: number): number | null {
  let end: number | null = null;
  const start = starts[from] ?? 0;
  for (let to = from + 1; to < starts.length && to <= from + MAX_GROUPS; to++) {
    const length = (starts[to] ?? 0) - start;
    if (length > MOST) break;
    if (length < LEAST) continue;
    const digits = part(from, to);
    if (CARD.test(digits) && passesLuhn(digits)) end = to;
  }
  return end;
}

function writtenIbans(texts: readonly string[]): Span[] {
  return texts.flatMap((content, text) =>
    [...content.matchAll(WRITTEN_IBAN)].flatMap((match): Span[] => {
      // What follows may have been taken along ("… 00 bitte"): the longest beginning that is one.
      for (let end = match[0].length; end >= 15; end--) {
        const iban = match[0].slice(0, end).replace(/[ \u00a0.-]/g, '');
        if (/[\p{L}\p{N}]$/u.test(match[0].slice(0, end)) && iban.length >= 15 && passesMod97(iban))
          return [{ text, from: match.index, to: match.index + end }];
      }
      return [];
    }),
  );
}

/**
 * Texts that somebody said or wrote one after the other, without the card numbers and IBANs in them: a number may begin in one and end in a
 * later one. Texts without any come back as they are.
 */
export function blankNumbersOver(texts: readonly string[]): string[] {
  const spans = [...writtenIbans(texts), ...rowsOf(tokensOf(texts)).flatMap(numbersIn)];
  if (spans.length === 0) return [...texts];
  return texts.map((content, text) => {
    const own = spans.filter((span) => span.text === text).sort((a, b) => a.from - b.from);
    let out = '';
    let at = 0;
    for (const { from, to } of own) {
      if (to <= at) continue;
      if (from >= at) out += content.slice(at, from) + BLANKED;
      at = Math.max(at, to);
    }
    return out + content.slice(at);
  });
}

/**
 * Texts with who said each: a number is looked for in what one person said, whatever the other one said between, and in everything together.
 * Answers as many texts.
 */
export function blankSaid(said: readonly { role: string; text: string }[]): string[] {
  const texts = said.map(({ text }) => text);
  for (const role of new Set(said.map((turn) => turn.role))) {
    const places = said.flatMap((turn, place) => (turn.role === role ? [place] : []));
    const blanked = blankNumbersOver(places.map((place) => texts[place] ?? ''));
    for (const [n, place] of places.entries()) texts[place] = blanked[n] ?? '';
  }
  return blankNumbersOver(texts);
}

/** One text without the card numbers and IBANs in it. */
export const blankNumbers = (text: string): string => blankNumbersOver([text])[0] ?? text;

/** Members that hold no words of anybody: ids, numbers to call, instants, addresses. */
const NO_WORDS =
  /(^|_)(id|ids|uid|key|token|number|phone|timestamp|at|url|route|signature|hash)$|(Id|Uid|Time|At|Url|Number)$/;
/** Deeper than any body that is read. */
const MAX_DEPTH = 64;

/** A JSON value without the card numbers and IBANs in its texts, whatever their depth; names of members, ids and numbers stay. */
export function blankNumbersIn(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return blankNumbers(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return null;
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item === 'string')) return blankNumbersOver(value);
    return value.map((item) => blankNumbersIn(item, depth + 1));
  }
  const made: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value))
    made[name] = typeof member === 'string' && NO_WORDS.test(name) ? member : blankNumbersIn(member, depth + 1);
  return made;
}
