/**
 * Number words as they are written in Swiss German, Bavarian and Austria („drü", „zwöiezwänzgischt", „oans", „fünfazwanzg") to the standard
 * number word. Called by dialect-forms.ts with plain spelling (`plainSpelling`). Pure.
 */

/** Spellings of a number: first letters, the sounds that its vowel has in some dialect, last letters. */
const spelt = (first: string, vowels: string, last = ''): string =>
  vowels
    .split(' ')
    .flatMap((vowel) => last.split(' ').map((end) => first + vowel + end))
    .join(' ');

/** Stems by value; what is no number by itself („nei", „eis") but part of one stands in `BOUND`. */
const STEMS: readonly string[] = [
  'oans oas oins',
  spelt('zw', 'ei oi oei oe oa a e ai ea ui ae uo ue'),
  'drei drue drui druei drai droi dreu drae drej',
  'vier viar fiar fier veir vejar viaer',
  `${spelt('f', 'ue oe oei oi uei ui ai eu', 'f nf mf mpf')} ${spelt('f', 'i u e ei', 'nf mf mpf')}`,
  'saechs sechs segs saegs saeks',
  `siem simn ${spelt('s', 'i ie ia ue ea', 'bn ben bm mn')}`,
  'acht ocht achd ochd oacht oachd aecht',
  spelt('n', 'eu ue ui ei ai oi oei ae ia uei iu oe', 'n'),
  'zaeh zae zaehn zaen zehn zechn zaechn zeahn zean zeachn zoehn',
  'elf oelf oef oeif oif euf aeuf oeuf elef oelef eilf oeilf eif',
  spelt('zw', 'oe e oei oi ai ae oeu ou ei ej i aeu oej eu', 'f lf'),
];
const BOUND =
  `ein ei oan oa oana aina|zwaen zwan zwoan zwei zwo zwoar|dri drei dra dru|via fia ver|fuf fuch fuech|saech sech seg|sib sieb sibe siebe sim|och|nei noei||`.split(
    '|',
  );
/** Spellings that only an ending makes a number: „simme", „fimfe", „niini", „zene". */
const WHOLE =
  '||zwoara zwara zwoaa zwara|dri|viare viara veare veire feire vejare vejere viri vire|finfe finfi|saex saegsi sexe saexi|sime siebi sibe sieme siema siebme|ochte ochta|neini neina nini nyni nyne|zene zeni zeha zehi zeae|oife oifi oeufi|'.split(
    '|',
  );

const CARDINALS =
  'null eins zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf dreizehn vierzehn fuenfzehn sechzehn siebzehn achtzehn neunzehn'.split(
    ' ',
  );
const TENS = 'zwanzig dreissig vierzig fuenfzig sechzig siebzig achtzig neunzig'.split(' ');

/** Forms by value, the first list counting from `first`. */
const byValue = (table: readonly string[], first: number): (readonly [form: string, value: number])[] =>
  table.flatMap((list, i) =>
    list
      .split(' ')
      .filter((form) => form !== '')
      .map((form) => [form, first + i] as const),
  );
const values: ReadonlyMap<string, number> = new Map([...byValue(BOUND, 1), ...byValue(STEMS, 1)]);
const stems: ReadonlySet<string> = new Set(STEMS.flatMap((list) => list.split(' ')));
const wholes: ReadonlyMap<string, number> = new Map(byValue(WHOLE, 0));

const ANY = [...values.keys()].sort((a, b) => b.length - a.length).join('|');
const ORDINAL = '([td](?:e[nrms]?|n|a|i|ae|s|u)?)';
const TENS_WORD = new RegExp(
  `^(?:(${ANY})(?:und|ad|an|ae|[ea])?)?(${ANY})(?:z|(?<=dr[aeiu]{1,3})s)(?:i?[gk]|ich)(?:[ie]?s${ORDINAL}|[eia])?$`,
);
const TEEN = new RegExp(`^(${ANY})z(?:ae|e)(?:c?h)?n?(?:${ORDINAL}|[eia])?$`);
const UNIT = new RegExp(`^(${ANY})(?:${ORDINAL}|(n|[eiau]|ae|n[eai]))?$`);

/** What makes an ordinal besides the stems: „dritti", „sibte". */
const ORDINAL_STEMS = new Set('dri sib sibe sieb siebe sim'.split(' '));
/** Standard words of the same shape: „zu zweit". */
const NO_NUMBER = new Set(
  'oefte oefter zweit drit viert fuenft sechst siebt neunt zehnt elft zwoelft nein zehe elfi viera zaeh zaehn zaehne zaehna'.split(
    ' ',
  ),
);

/** The standard number word that a word in plain spelling says, or null. */
export function dialectNumber(word: string): string | null {
  const whole = wholes.get(word);
  if (whole !== undefined) return CARDINALS[whole] ?? null;
  if (NO_NUMBER.has(word)) return null;
  return tens(word) ?? teen(word) ?? unit(word);
}

function tens(word: string): string | null {
  const [, one, ten, ending] = TENS_WORD.exec(word) ?? [];
  const name = TENS[valueIn(ten) - 2];
  if (name === undefined) return null;
  const first = valueIn(one);
  if (first > 9) return null;
  const cardinal = first === 0 ? name : `${first === 1 ? 'ein' : CARDINALS[first]}und${name}`;
  return ending === undefined ? cardinal : `${cardinal}ste${nasal(ending)}`;
}

function teen(word: string): string | null {
  const [, stem, ending] = TEEN.exec(word) ?? [];
  const value = valueIn(stem);
  if (value < 3 || value > 9) return null;
  return ending === undefined ? (CARDINALS[10 + value] ?? null) : `${CARDINALS[10 + value]}te${nasal(ending)}`;
}

function unit(word: string): string | null {
  const [, stem, ending, tail] = UNIT.exec(word) ?? [];
  const value = valueIn(stem);
  if (value === 0 || stem === undefined) return null;
  if (ending !== undefined)
    return value > 1 && (stems.has(stem) || ORDINAL_STEMS.has(stem)) ? ordinal(value) + nasal(ending) : null;
  if (!stems.has(stem)) return null;
  // „am achtn": the t of the ordinal is that of the stem.
  if (tail === 'n') return value === 8 ? 'achten' : null;
  return CARDINALS[value] ?? null;
}

const valueIn = (stem: string | undefined): number => (stem === undefined ? 0 : (values.get(stem) ?? 0));
const nasal = (ending: string): string => (ending.endsWith('n') ? 'n' : '');
const ordinal = (value: number): string =>
  value === 3 ? 'dritte' : value === 7 ? 'siebte' : value === 8 ? 'achte' : `${CARDINALS[value]}te`;
