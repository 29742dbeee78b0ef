/** German and English number words, cardinal and ordinal, in folded spelling (ae, oe, ue, ss); the tokeniser asks it. */

export interface NumberWord {
  value: number;
  ordinal: boolean;
}

const UNITS: Record<string, number> = {
  null: 0,
  ein: 1,
  eins: 1,
  zwei: 2,
  zwo: 2,
  drei: 3,
  vier: 4,
  fuenf: 5,
  sechs: 6,
  sieben: 7,
  acht: 8,
  neun: 9,
  zehn: 10,
  elf: 11,
  zwoelf: 12,
  dreizehn: 13,
  vierzehn: 14,
  fuenfzehn: 15,
  fuffzehn: 15,
  sechzehn: 16,
  sechszehn: 16,
  siebzehn: 17,
  siebenzehn: 17,
  achtzehn: 18,
  neunzehn: 19,
};
const TENS: Record<string, number> = {
  zwanzig: 20,
  dreissig: 30,
  dreizig: 30,
  vierzig: 40,
  fuenfzig: 50,
  fuffzig: 50,
  sechzig: 60,
  siebzig: 70,
  achtzig: 80,
  neunzig: 90,
};
/** Spoken in the South: „um viere", „um neune". */
const COLLOQUIAL: Record<string, number> = {
  zweie: 2,
  dreie: 3,
  viere: 4,
  fuenfe: 5,
  sechse: 6,
  siebene: 7,
  neune: 9,
  zehne: 10,
  elfe: 11,
  zwoelfe: 12,
};
const ORDINAL_STEMS: Record<string, number> = {
  erst: 1,
  zweit: 2,
  zwot: 2,
  dritt: 3,
  viert: 4,
  fuenft: 5,
  sechst: 6,
  siebt: 7,
  siebent: 7,
  acht: 8,
  neunt: 9,
  zehnt: 10,
  elft: 11,
  zwoelft: 12,
  dreizehnt: 13,
  vierzehnt: 14,
  fuenfzehnt: 15,
  fuffzehnt: 15,
  sechzehnt: 16,
  siebzehnt: 17,
  siebenzehnt: 17,
  achtzehnt: 18,
  neunzehnt: 19,
};
const ENGLISH: Record<string, number> = {
  zero: 0,
  oh: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
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
  twenty: 20,
  thirty: 30,
  forty: 40,
  fourty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const ENGLISH_ORDINALS: Record<string, number> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  eleventh: 11,
  twelfth: 12,
  twelveth: 12,
  thirteenth: 13,
  fourteenth: 14,
  fifteenth: 15,
  sixteenth: 16,
  seventeenth: 17,
  eighteenth: 18,
  nineteenth: 19,
  twentieth: 20,
  thirtieth: 30,
};

const table = new Map<string, NumberWord>();

/** The spelling of a speech recogniser that drops umlauts altogether: funf, zwolf. */
const bare = (word: string): string => word.replaceAll('ae', 'a').replaceAll('oe', 'o').replaceAll('ue', 'u');

function put(word: string, value: number, ordinal: boolean): void {
  for (const spelling of [word, bare(word)]) if (!table.has(spelling)) table.set(spelling, { value, ordinal });
}

const ENDINGS = ['e', 'en', 'er', 'es', 'em'];

for (const [word, value] of Object.entries(UNITS)) put(word, value, false);
for (const [word, value] of Object.entries(COLLOQUIAL)) put(word, value, false);
for (const [stem, value] of Object.entries(ORDINAL_STEMS)) for (const end of ENDINGS) put(stem + end, value, true);
for (const [ten, tens] of Object.entries(TENS)) {
  put(ten, tens, false);
  for (const end of ENDINGS) put(`${ten}st${end}`, tens, true);
  for (const [unit, value] of Object.entries(UNITS)) {
    if (value < 1 || value > 9 || unit === 'eins') continue;
    put(`${unit}und${ten}`, tens + value, false);
    for (const end of ENDINGS) put(`${unit}und${ten}st${end}`, tens + value, true);
  }
}
for (const [word, value] of Object.entries(ENGLISH)) put(word, value, false);
for (const [word, value] of Object.entries(ENGLISH_ORDINALS)) put(word, value, true);
for (const [ten, tens] of [
  ['twenty', 20],
  ['thirty', 30],
  ['forty', 40],
  ['fifty', 50],
] as const) {
  for (const [word, value] of Object.entries(ENGLISH))
    if (value >= 1 && value <= 9) put(ten + word, tens + value, false);
  for (const [word, value] of Object.entries(ENGLISH_ORDINALS)) if (value <= 9) put(ten + word, tens + value, true);
}
// „erst" stands for „only", and German „die" is no number.
table.delete('erst');

/** The number a single word says, or null. `zweitausendsiebenundzwanzig` is 2027. */
export function numberWord(word: string): NumberWord | null {
  const known = table.get(word);
  if (known) return known;
  if (!word.startsWith('zweitausend')) return null;
  const year = /^zweitausend(?:und)?([a-z]*)$/.exec(word);
  if (year) {
    const rest = year[1] === '' ? { value: 0, ordinal: false } : table.get(year[1] ?? '');
    if (rest && !rest.ordinal && rest.value < 100) return { value: 2000 + rest.value, ordinal: false };
  }
  return null;
}

/** Every word of the table: for telling a misheard one. */
export const numberWords = (): string[] => [...table.keys()];

/** Tens that take a split unit: „ein und zwanzig", „twenty one". */
export const isTens = (value: number): boolean => value >= 20 && value <= 90 && value % 10 === 0;
