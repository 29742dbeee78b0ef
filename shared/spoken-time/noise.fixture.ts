/**
 * Random words around clear phrases: a word that means no day and no hour must not change what is understood. Read by noise.test.ts (a part)
 * and `npm run prove noise` (all of it); the words are tests/fixtures/spoken-time/words.txt.
 */
import type { PhraseRow } from './expected.fixture.ts';
import type { Language, Understood } from './reading.ts';
import { reference } from './reference-branch.fixture.ts';
import { understand } from './understand.ts';

/** More is a monologue, which is asked again by itself. */
const LONGEST = 300;
const MOST_WORDS = 8;

type Expected = PhraseRow['understood'];
type Row = readonly [say: string, understood: Expected];

const instant = (date: string, time: string): Expected => ({ kind: 'instant', date, time });
const day = (date: string): Expected => ({ kind: 'date', date });
const hours = (date: string, from?: string, to?: string): Expected => ({
  kind: 'window',
  date,
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});
const days = (from_date: string, to_date?: string): Expected => ({
  kind: 'window',
  from_date,
  ...(to_date === undefined ? {} : { to_date }),
});

/** `|` marks where words may stand; what belongs together has none inside. Words always stand before and behind. */
const GERMAN: readonly Row[] = [
  ['am Dienstag | um drei', instant('2026-11-24', '15:00')],
  ['morgen | um halb drei', instant('2026-11-21', '14:30')],
  ['am 24. November | um 14 Uhr', instant('2026-11-24', '14:00')],
  ['um halb elf | am Mittwoch', instant('2026-11-25', '10:30')],
  ['am Donnerstag | um Viertel nach zehn', instant('2026-11-26', '10:15')],
  ['am ersten Dezember | um neun Uhr', instant('2026-12-01', '09:00')],
  ['am zwölften Dezember | um fünfzehn Uhr dreißig', instant('2026-12-12', '15:30')],
  ['heute | um vier', instant('2026-11-20', '16:00')],
  ['nächste Woche Donnerstag | um elf', instant('2026-11-26', '11:00')],
  ['am 3.12. | um 15 Uhr 30', instant('2026-12-03', '15:30')],
  ['am Dienstag | um dreiviertel zwölf', instant('2026-11-24', '11:45')],
  ['am Mittwoch | um fünf vor halb drei', instant('2026-11-25', '14:25')],
  ['um 10:45 Uhr | am Donnerstag', instant('2026-11-26', '10:45')],
  ['am Dienstag, den 8. Dezember, | um zehn', instant('2026-12-08', '10:00')],
  ['am neunten Januar | um zwölf Uhr mittags', instant('2027-01-09', '12:00')],
  ['heute in einer Woche | um elf', instant('2026-11-27', '11:00')],
  ['an Heiligabend | um zehn', instant('2026-12-24', '10:00')],
  ['übernächste Woche Dienstag | um zwei', instant('2026-12-01', '14:00')],
  ['in anderthalb Stunden', instant('2026-11-20', '11:30')],
  ['am Samstag', day('2026-11-21')],
  ['in vierzehn Tagen', day('2026-12-04')],
  ['am zwoten Dezember', day('2026-12-02')],
  ['am 15. Dezember', day('2026-12-15')],
  ['kommenden Donnerstag', day('2026-11-26')],
  ['um Viertel vor drei', { kind: 'time', time: '14:45' }],
  ['um 16 Uhr', { kind: 'time', time: '16:00' }],
  ['morgen | zwischen zwei und vier', hours('2026-11-21', '14:00', '16:00')],
  ['am Mittwoch | gegen elf', hours('2026-11-25', '10:30', '11:30')],
  ['am Donnerstag | ab 16 Uhr', hours('2026-11-26', '16:00')],
  ['am Dienstag | nicht vor zehn', hours('2026-11-24', '10:00')],
  ['am Mittwoch | bis spätestens zwölf Uhr', hours('2026-11-25', undefined, '12:00')],
  ['am Dienstag | von zehn bis zwölf', hours('2026-11-24', '10:00', '12:00')],
  ['morgen Vormittag', hours('2026-11-21', '08:00', '12:00')],
  ['heute Nachmittag', hours('2026-11-20', '12:00', '18:00')],
  ['am Donnerstagnachmittag', hours('2026-11-26', '12:00', '18:00')],
  ['Anfang Dezember', days('2026-12-01', '2026-12-10')],
  ['Mitte Dezember', days('2026-12-11', '2026-12-20')],
  ['nach Weihnachten', days('2026-12-27')],
  ['am Dienstag oder Mittwoch | um zehn', { kind: 'dates', dates: ['2026-11-24', '2026-11-25'], time: '10:00' }],
  [
    'Donnerstag oder Freitag Nachmittag',
    { kind: 'dates', dates: ['2026-11-26', '2026-11-27'], from: '12:00', to: '18:00' },
  ],
  ['so schnell wie möglich', { kind: 'earliest' }],
  ['egal wann', { kind: 'any' }],
];
const ENGLISH: readonly Row[] = [
  ['on Tuesday | at three', instant('2026-11-24', '15:00')],
  ['tomorrow | at half past two', instant('2026-11-21', '14:30')],
  ['on the 24th of November | at 2 pm', instant('2026-11-24', '14:00')],
  ['at quarter past ten | on Thursday', instant('2026-11-26', '10:15')],
  ["on December first | at nine o'clock", instant('2026-12-01', '09:00')],
  ['today | at four', instant('2026-11-20', '16:00')],
  ['at ten thirty | on Wednesday', instant('2026-11-25', '10:30')],
  ['on the twelfth of December | at eleven', instant('2026-12-12', '11:00')],
  ['on December 3rd | at 3:30 pm', instant('2026-12-03', '15:30')],
  ['on Wednesday | at quarter to three', instant('2026-11-25', '14:45')],
  ['tomorrow', day('2026-11-21')],
  ['on Thursday', day('2026-11-26')],
  ['on December 15th', day('2026-12-15')],
  ['in two weeks', day('2026-12-04')],
  ['at 4 pm', { kind: 'time', time: '16:00' }],
  ['tomorrow | between two and four', hours('2026-11-21', '14:00', '16:00')],
  ['on Thursday | after 4 pm', hours('2026-11-26', '16:00')],
  ['tomorrow morning', hours('2026-11-21', '08:00', '12:00')],
  ['on Tuesday | or Wednesday', { kind: 'dates', dates: ['2026-11-24', '2026-11-25'] }],
  ['as soon as possible', { kind: 'earliest' }],
];

export interface ClearPhrase extends PhraseRow {
  /** what may be pulled apart, in order */
  parts: readonly string[];
}
const clear = (language: Language, rows: readonly Row[]): ClearPhrase[] =>
  rows.map(([say, understood]) => {
    const parts = say.split('|').map((part) => part.trim());
    return { say: parts.join(' '), language, understood, parts };
  });
export const CLEAR_PHRASES: readonly ClearPhrase[] = [...clear('de', GERMAN), ...clear('en', ENGLISH)];

/** The words of each language, as the file has them under its two headings. */
export function wordsOf(text: string): Record<Language, readonly string[]> {
  const [, german = '', english = ''] = text.split(/^# \w+$/m);
  const lines = (part: string): string[] => part.split('\n').filter((line) => line !== '');
  return { de: lines(german), en: lines(english) };
}

/** mulberry32: the same seed gives the same sentences everywhere. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const READING = ['kind', 'date', 'time', 'from', 'to', 'dates', 'from_date', 'to_date'] as const;
export const readingOf = (read: Understood): string => JSON.stringify(READING.map((key) => read[key] ?? null));

export interface Draw {
  phrase: ClearPhrase;
  say: string;
  read: Understood;
  /** the phrase by itself */
  plain: Understood;
  outcome: 'right' | 'asked' | 'wrong';
}

const read = (say: string, language: Language): Understood => understand({ when: say }, reference({ language }));

function outcomeOf(now: Understood, plain: Understood): Draw['outcome'] {
  if (readingOf(now) === readingOf(plain)) return 'right';
  const asks = now.kind === 'ask' || now.kind === 'invalid';
  return asks && (now.question ?? '') !== '' ? 'asked' : 'wrong';
}

/** One to eight words at random places of a random phrase, half of the sentences in recognition's lower case. */
export function* draws(count: number, seed: number, words: Record<Language, readonly string[]>): Generator<Draw> {
  const random = randomOf(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const plainOf = new Map<ClearPhrase, Understood>();
  for (let i = 0; i < count; i++) {
    const phrase = CLEAR_PHRASES[below(CLEAR_PHRASES.length)];
    if (phrase === undefined) return;
    const known = words[phrase.language];
    const places: string[][] = Array.from({ length: phrase.parts.length + 1 }, () => []);
    for (let left = 1 + below(MOST_WORDS); left > 0; left--)
      places[below(places.length)]?.push(known[below(known.length)] ?? '');
    const said = places.flatMap((put, place) => [...put, phrase.parts[place] ?? '']).filter((part) => part !== '');
    const cased = random() < 0.5 ? said.join(' ') : said.join(' ').toLowerCase();
    const say = cased.length > LONGEST ? phrase.say : cased;
    const plain = plainOf.get(phrase) ?? read(phrase.say, phrase.language);
    plainOf.set(phrase, plain);
    const now = read(say, phrase.language);
    yield { phrase, say, read: now, plain, outcome: outcomeOf(now, plain) };
  }
}
