/** Reads phone numbers as people write and say them; the one way to E.164 for telephony, customers, messages and web apps. */
import { foldLetters } from './fold-letters.ts';
import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

type PhoneKind =
  | 'mobile'
  | 'fixed_line'
  /** The main number of a company („-0"): many people, no identity. */
  | 'switchboard'
  | 'extension'
  | 'voip'
  /** Valid number of a country whose kinds of number are not distinguished here. */
  | 'foreign'
  | 'toll_free'
  | 'premium'
  | 'shared_cost'
  | 'emergency'
  | 'short_code'
  | 'unknown';

/** `match`: look the customer up by it. `ask`: ask for a number (again). `reject`: never a customer's number. */
type PhoneAction = 'match' | 'ask' | 'reject';

export interface PhoneReading {
  /** Null unless there is a number that can be called back. */
  e164: string | null;
  kind: PhoneKind;
  action: PhoneAction;
  /** Said or written behind the number („Durchwahl 12"): part of the identity. */
  extension?: string;
  raw: string;
  /** Spellings of the same number for search: E.164, 00…, national, without signs. */
  variants: string[];
}

export interface PhonePlace {
  /** Country of the branch (ISO 3166-1 alpha-2); DE, AT and CH have rules of their own. */
  country: string;
  /** Area code of the branch (`0211` or `211`), for numbers said without one. */
  areaCode?: string | null | undefined;
}

/** Longer input holds no phone number (a spoken one with fillers is below 200). */
const MAX_PHONE_INPUT = 240;
/** E.164: at most 15 digits. */
const MAX_DIGITS = 15;
const MAX_EXTENSION_DIGITS = 6;

const COUNTRY_CODES: Record<string, string> = { DE: '49', AT: '43', CH: '41', LI: '423' };
const OWN_CODES: Record<string, 'DE' | 'AT' | 'CH'> = { '49': 'DE', '43': 'AT', '41': 'CH' };

const WITHHELD =
  /^(?:anonym(?:ous|er)?|unbekannt|unknown|private?|privat|withheld|unterdrueckt|restricted|unavailable|blocked|nicht verfuegbar|no ?caller ?id|keine(?: nummer)?|none|null(?: null)?|undefined|n\/?a)$/;

const EMERGENCY = new Set([
  '110',
  '112',
  '116117',
  '911',
  '999',
  '122',
  '133',
  '144',
  '140',
  '141',
  '117',
  '118',
  '143',
  '145',
  '1414',
]);

const DIGITS: Record<string, number> = {
  null: 0,
  ein: 1,
  eins: 1,
  eine: 1,
  zwei: 2,
  zwo: 2,
  drei: 3,
  vier: 4,
  fuenf: 5,
  funf: 5,
  sechs: 6,
  sieben: 7,
  acht: 8,
  neun: 9,
  zero: 0,
  oh: 0,
  o: 0,
  nought: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
};
const TEENS: Record<string, number> = {
  zehn: 10,
  elf: 11,
  zwoelf: 12,
  zwolf: 12,
  dreizehn: 13,
  vierzehn: 14,
  fuenfzehn: 15,
  funfzehn: 15,
  fuffzehn: 15,
  sechzehn: 16,
  siebzehn: 17,
  achtzehn: 18,
  neunzehn: 19,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
};
const TENS: Record<string, number> = {
  zwanzig: 20,
  dreissig: 30,
  vierzig: 40,
  fuenfzig: 50,
  funfzig: 50,
  fuffzig: 50,
  sechzig: 60,
  siebzig: 70,
  achtzig: 80,
  neunzig: 90,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const TIMES: Record<string, number> = {
  doppel: 2,
  doppelt: 2,
  doppelte: 2,
  double: 2,
  zweimal: 2,
  zweifach: 2,
  twice: 2,
  dreifach: 3,
  dreimal: 3,
  triple: 3,
  treble: 3,
  vierfach: 4,
  viermal: 4,
};
const FILLERS = new Set(
  'meine mein die der das dem den ist lautet lauten nummer telefonnummer handynummer rufnummer handy telefon mobil mobilnummer festnetz festnetznummer also dann danach und aehm aeh eh hm ja okay ok bitte genau vorwahl unter erreichbar erreichen sie mich auf bin ich von my number phone is its it the mobile cell landline you can reach me at on and then um uh so well please area code tel fon mobile telefonisch nochmal noch mal'.split(
    ' ',
  ),
);
const EXTENSION_WORDS = new Set([
  'durchwahl',
  'dw',
  'nebenstelle',
  'apparat',
  'app',
  'klappe',
  'kl',
  'ext',
  'extension',
  'x',
]);

/**
 * Reads a number written or spoken in German or English. Never throws; what is not certain is `ask` (a digit misheard is
 * somebody else's phone). The rules are those of the German numbering plan and eighteen cases of how people write and say numbers (phone.test.ts).
 */
export function readPhone(input: string | null | undefined, place: PhonePlace): PhoneReading {
  const raw = (input ?? '').slice(0, MAX_PHONE_INPUT);
  const ask = (): PhoneReading => ({ e164: null, kind: 'unknown', action: 'ask', raw, variants: [] });
  if ((input ?? '').length > MAX_PHONE_INPUT) return ask();
  const folded = foldText(raw);
  if (folded === '' || WITHHELD.test(folded)) return ask();
  const written = toWritten(folded);
  if (written === null) return ask();
  const { main, extension } = written;
  const read = readWritten(main, place);
  if (extension === null) return { ...read, raw };
  if (read.action !== 'match' || read.e164 === null) return { ...read, raw };
  // A direct line „0" is the switchboard itself.
  if (/^0+$/.test(extension)) return { ...read, kind: 'switchboard', action: 'ask', raw };
  return { ...read, kind: 'extension', extension, raw };
}

function foldText(text: string): string {
  return foldLetters(text)
    .replace(/^\s*(?:tel|sips?|callto):/, '')
    .replace(/@.*$/s, '')
    .replace(/;ext=/g, ' ext ')
    .replace(/;.*$/s, '')
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Words become digits; null when something that may have been a digit was not understood. */
function toWritten(text: string): { main: string; extension: string | null } | null {
  // „durchw.", „Tel.:" and their kin lose the dot; letters and digits without a space between are separated only for known words.
  const tokens = text.match(/\+|[a-z]+|\d+|\(0\)|[()/.\-,:]|\s|[^\s]/g) ?? [];
  let main = '';
  let extension: string | null = null;
  let times = 1;
  let glued = false;
  const add = (digits: string): void => {
    const repeated = digits.repeat(times);
    times = 1;
    if (extension === null) main += repeated;
    else extension += repeated;
  };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] ?? '';
    if (token === ' ') {
      glued = false;
      if (extension === null) main += ' ';
      continue;
    }
    if (/^\d+$/.test(token)) {
      if (glued || (times > 1 && token.length > 1)) return null;
      add(token);
      glued = false;
      continue;
    }
    if (/^[a-z]+$/.test(token)) {
      const before = tokens[i - 1] ?? ' ';
      const next = tokens[i + 1] ?? ' ';
      if (
        EXTENSION_WORDS.has(token) &&
        extension === null &&
        /\d/.test(main) &&
        (token !== 'x' || /\d/.test(next) === false)
      ) {
        extension = '';
        continue;
      }
      // A letter inside digits is a misrecognised digit.
      if (/\d/.test(before) || /^\d/.test(next)) return null;
      if (token === 'plus') {
        main += '+';
        continue;
      }
      if (
        token === 'strich' ||
        token === 'minus' ||
        token === 'bindestrich' ||
        token === 'dash' ||
        token === 'hyphen'
      ) {
        main += '-';
        continue;
      }
      if (token === 'schraegstrich' || token === 'slash' || token === 'klammer' || token === 'auf' || token === 'zu') {
        main += ' ';
        continue;
      }
      const repeat = TIMES[token];
      if (repeat !== undefined) {
        times = repeat;
        continue;
      }
      const spoken = spokenNumber(tokens, i);
      if (spoken) {
        if (times > 1 && spoken.value > 9) return null;
        add(String(spoken.value));
        i = spoken.next - 1;
        continue;
      }
      if (times > 1 && (token === 'die' || token === 'the')) continue;
      if (!FILLERS.has(token)) return null;
      continue;
    }
    if (
      token === '+' ||
      token === '(0)' ||
      token === '(' ||
      token === ')' ||
      token === '/' ||
      token === '-' ||
      token === '.'
    ) {
      if (extension === null) main += token;
      continue;
    }
    if (token === ',' || token === ':') {
      if (extension === null) main += ' ';
      continue;
    }
    return null;
  }
  if (times > 1) return null;
  if (extension !== null && (extension === '' || extension.length > MAX_EXTENSION_DIGITS)) return null;
  return { main: main.replace(/\s+/g, ' ').trim(), extension };
}

/** Country of a number (ISO 3166-1 alpha-2); null where the numbering plan does not say. @param e164 as readPhone gives it */
export const countryOf = (e164: string): string | null => parsePhoneNumberFromString(e164)?.country ?? null;

/** Whether a number is of one of these countries; one that no numbering plan places is of none. */
export const isOfCountry = (e164: string, countries: readonly string[]): boolean =>
  countries.includes(countryOf(e164) ?? '');

/** Fixed lines can't receive SMS: in the German-speaking countries the mobile ranges decide, elsewhere it is unknown. */
export const isMobile = (e164: string): boolean =>
  /^(\+491[567]\d{7,10}|\+436(?:[4-9]\d)\d{6,10}|\+417[4-9]\d{7}|\+(?!49|43|41)\d{7,15})$/.test(e164);

/** Longest piece of a conversation looked at for digits. */
const MAX_SPOKEN_CHARS = 2_000;

/** The digits of what somebody said, in digits or words, with everything else left out: to find a known number again, never to read one. */
export function spokenDigits(text: string): string {
  const tokens = foldText(text.slice(0, MAX_SPOKEN_CHARS)).match(/[a-z]+|\d+|\s|[^\s]/g) ?? [];
  let digits = '';
  let times = 1;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] ?? '';
    const spoken = /^[a-z]+$/.test(token) ? spokenNumber(tokens, i) : null;
    const found = /^\d+$/.test(token) ? token : spoken === null ? null : String(spoken.value);
    if (found !== null) {
      digits += found.repeat(times);
      times = 1;
      if (spoken) i = spoken.next - 1;
    } else times = TIMES[token] ?? (/\s/.test(token) ? times : 1);
  }
  return digits;
}

/** A number word at a position: single digits, pairs („siebzehn", „einundzwanzig", „ein und zwanzig", „twenty one"), hundreds. */
function spokenNumber(tokens: readonly string[], at: number): { value: number; next: number } | null {
  const word = tokens[at] ?? '';
  const follow = (i: number): [string, number] => {
    let j = i;
    while (tokens[j] === ' ') j++;
    return [tokens[j] ?? '', j];
  };
  const hundred = /^([a-z]*?)hundert(?:und)?([a-z]*)$/.exec(word);
  if (hundred) {
    const head = hundred[1] === '' ? 1 : DIGITS[hundred[1] ?? ''];
    const tail = hundred[2] === '' ? 0 : below100(hundred[2] ?? '');
    if (head === undefined || tail === null) return null;
    return { value: head * 100 + tail, next: at + 1 };
  }
  const whole = below100(word);
  if (whole === null) return null;
  const [second, secondAt] = follow(at + 1);
  // „ein und zwanzig"
  if (second === 'und' && DIGITS[word] !== undefined && DIGITS[word] !== 0) {
    const [third, thirdAt] = follow(secondAt + 1);
    const tens = TENS[third];
    if (tens !== undefined) return { value: tens + (DIGITS[word] ?? 0), next: thirdAt + 1 };
  }
  // „twenty one"; hyphens as well
  if (/^(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)$/.test(word)) {
    const [unitWord, unitAt] = second === '-' ? follow(secondAt + 1) : [second, secondAt];
    const unit = DIGITS[unitWord];
    if (unit !== undefined && unit > 0) return { value: whole + unit, next: unitAt + 1 };
  }
  return { value: whole, next: at + 1 };
}

function below100(word: string): number | null {
  const simple = DIGITS[word] ?? TEENS[word] ?? TENS[word];
  if (simple !== undefined) return simple;
  const compound = /^([a-z]+?)und([a-z]+)$/.exec(word);
  if (!compound) return null;
  const unit = DIGITS[compound[1] ?? ''];
  const tens = TENS[compound[2] ?? ''];
  return unit === undefined || tens === undefined ? null : tens + unit;
}

type Bare = Omit<PhoneReading, 'raw'>;
const nothing = (kind: PhoneKind, action: PhoneAction): Bare => ({ e164: null, kind, action, variants: [] });
const ASK: Bare = nothing('unknown', 'ask');

/** A number in digits and signs. */
function readWritten(main: string, place: PhonePlace): Bare {
  const plus = main.indexOf('+');
  if (plus > 0 && /\d/.test(main.slice(0, plus))) return ASK;
  if ((main.match(/\+/g) ?? []).length > 1) return ASK;
  let digits = main.replace(/\D/g, '');
  if (digits === '') return ASK;
  if (EMERGENCY.has(digits) && plus < 0) return nothing('emergency', 'reject');
  const country = place.country.toUpperCase();
  const shape = shapeOf(main);

  let international = plus >= 0;
  if (!international && digits.startsWith('00')) {
    international = true;
    digits = digits.slice(2);
    if (digits.startsWith('00')) return ASK;
  } else if (!international && !digits.startsWith('0') && digits.length >= 11 && digits.length <= 14) {
    // A bare 49, 43 or 41: an international number that lost its plus.
    const code = digits.slice(0, 2);
    const here = OWN_CODES[code];
    if (
      here &&
      (here !== 'CH' || digits.replace(/^410?/, '41').length === 11) &&
      nationalKind(here, digits.slice(2).replace(/^0/, '')) !== null
    )
      international = true;
  }

  if (international) {
    for (const [code, own] of Object.entries(OWN_CODES)) {
      if (digits.startsWith(code)) return national(own, digits.slice(2).replace(/^0+/, ''), shape);
    }
    if (digits.length > MAX_DIGITS) return ASK;
    return foreign(`+${digits}`);
  }

  const own = country === 'DE' || country === 'AT' || country === 'CH' ? country : null;
  if (own === null) return foreignNational(main, country);
  if (digits.startsWith('0')) return national(own, digits.slice(1), shape);
  if (
    /^118\d{2,3}$/.test(digits) ||
    (digits.length <= 2 && digits.length > 0) ||
    /^11[0-9]$/.test(digits) ||
    /^116\d{3}$/.test(digits)
  ) {
    return digits.length <= 2 ? ASK : nothing('short_code', 'reject');
  }
  // A mobile number without its zero.
  if (nationalKind(own, digits) === 'mobile') return national(own, digits, shape);
  const area = (place.areaCode ?? '').replace(/\D/g, '').replace(/^0+/, '');
  if (area !== '' && digits.length >= 3 && digits.length <= 8)
    return national(own, area + digits, { ...shape, groups: [area, ...shape.groups] });
  return ASK;
}

interface Shape {
  groups: string[];
  /** The last group stands behind a hyphen, the only one. */
  hyphenEnd: boolean;
}

function shapeOf(main: string): Shape {
  const cleaned = main.replace('(0)', '');
  const groups = cleaned.split(/[^\d]+/).filter((group) => group !== '');
  const hyphens = (cleaned.match(/-/g) ?? []).length;
  return { groups, hyphenEnd: hyphens === 1 && /\d ?- ?\d+$/.test(cleaned) };
}

function national(country: 'DE' | 'AT' | 'CH', subscriber: string, shape: Shape): Bare {
  const kind = nationalKind(country, subscriber);
  if (kind === null) return ASK;
  if (kind === 'toll_free' || kind === 'premium' || kind === 'shared_cost') return nothing(kind, 'reject');
  const e164 = `+${COUNTRY_CODES[country]}${subscriber}`;
  const variants = variantsOf(e164, country, subscriber);
  if (kind === 'fixed_line' && shape.groups.length >= 3) {
    const last = shape.groups[shape.groups.length - 1] ?? '';
    if (last === '0') return { e164, kind: 'switchboard', action: 'ask', variants };
    if (shape.hyphenEnd && last.length <= 4 && shape.groups.length >= 3)
      return { e164, kind: 'extension', action: 'match', variants };
  }
  return { e164, kind, action: 'match', variants };
}

/** Kind of a national number without its leading zero; null when it can be none. Source: BNetzA, RTR, BAKOM number plans. */
function nationalKind(country: 'DE' | 'AT' | 'CH', n: string): PhoneKind | null {
  if (n.startsWith('0')) return null;
  switch (country) {
    case 'DE':
      if (/^800\d{5,10}$/.test(n)) return 'toll_free';
      if (/^(?:900\d{6,8}|190\d{5,7})$/.test(n)) return 'premium';
      if (/^(?:180\d{5,9}|137\d{5,9}|138\d{4,8}|700\d{6,9}|18\d{6,10})$/.test(n)) return 'shared_cost';
      if (/^(?:15\d{9}|1[67]\d{8,9}|15\d{8})$/.test(n)) return 'mobile';
      if (/^32\d{7,10}$/.test(n)) return 'voip';
      // Area code of two to five digits and two to eight more.
      return /^[2-9]\d{4,11}$/.test(n) && !/^(?:31|[49]00)/.test(n) ? 'fixed_line' : null;
    case 'AT':
      if (/^800\d{4,10}$/.test(n)) return 'toll_free';
      if (/^9(?:00|01|30|31|39)\d{5,8}$/.test(n)) return 'premium';
      if (/^8(?:10|20|21)\d{4,8}$/.test(n)) return 'shared_cost';
      if (/^6(?:5[0-35-9]|6\d|[7-9]\d)\d{4,10}$/.test(n)) return 'mobile';
      if (/^(?:720|780)\d{4,10}$/.test(n)) return 'voip';
      return /^(?:1\d{4,11}|[2-7]\d{5,11})$/.test(n) ? 'fixed_line' : null;
    case 'CH':
      if (/^800\d{6}$/.test(n)) return 'toll_free';
      if (/^90[016]\d{6}$/.test(n)) return 'premium';
      if (/^84[0248]\d{6}$/.test(n)) return 'shared_cost';
      if (/^7[4-9]\d{7}$/.test(n)) return 'mobile';
      return /^[2-6]\d{8}$|^(?:71|81|91|44|43|58)\d{7}$/.test(n) ? 'fixed_line' : null;
  }
}

function foreign(e164: string): Bare {
  const parsed = parsePhoneNumberFromString(e164);
  if (!parsed?.isValid()) return ASK;
  return {
    e164: parsed.number,
    kind: 'foreign',
    action: 'match',
    variants: variantsOf(parsed.number, null, parsed.nationalNumber),
  };
}

/** A national number in a country without rules of its own. */
function foreignNational(main: string, country: string): Bare {
  if (!/^[A-Z]{2}$/.test(country)) return ASK;
  const parsed = parsePhoneNumberFromString(main, country as 'FR');
  if (!parsed?.isValid()) return ASK;
  return {
    e164: parsed.number,
    kind: 'foreign',
    action: 'match',
    variants: variantsOf(parsed.number, null, parsed.nationalNumber),
  };
}

function variantsOf(e164: string, country: 'DE' | 'AT' | 'CH' | null, subscriber: string): string[] {
  const digits = e164.slice(1);
  return country === null ? [e164, `00${digits}`, digits] : [e164, `00${digits}`, `0${subscriber}`, digits];
}

/** True for the ISO 3166-1 alpha-2 code of a country that has telephones. */
export const isPhoneCountry = (code: string): boolean => isSupportedCountry(code);

/** `49` of `DE`; a country that has no telephones counts as Germany. */
export const callingCodeOf = (country: string): string =>
  getCountryCallingCode(isSupportedCountry(country) ? country : 'DE');

const SPOKEN: Record<'de' | 'en', readonly string[]> = {
  de: ['null', 'eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'],
  en: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
};

/** The number read back digit by digit in pairs; numbers of Germany, Austria and Switzerland with their zero, others with „plus". */
export function sayPhone(e164: string, language: 'de' | 'en'): string {
  const digits = e164.replace(/\D/g, '').slice(0, MAX_DIGITS);
  const own = e164.startsWith('+') && OWN_CODES[digits.slice(0, 2)] !== undefined;
  const said = own ? `0${digits.slice(2)}` : digits;
  const pairs = (said.match(/\d{1,2}/g) ?? []).map((pair) =>
    [...pair].map((digit) => SPOKEN[language][Number(digit)] ?? '').join(' '),
  );
  return own ? pairs.join(', ') : `plus ${pairs.join(', ')}`;
}
