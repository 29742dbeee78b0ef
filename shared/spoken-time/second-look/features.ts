/**
 * What the second look sees of a day or an hour in its sentence: features, each of which has a weight. They describe the words around it, its
 * neighbours and what the grammar took it for. Called by candidates.ts.
 */
import { type DayItem, isContent, type TimeItem } from '../grammar/items.ts';
import type { ReadPhrase } from '../grammar/read-items.ts';
import type { Item } from '../grammar/terms.ts';
import type { Language, Understood } from '../reading.ts';
import { combine } from '../resolve/combine.ts';
import type { Frame } from '../resolve/frame.ts';
import type { Said } from '../sentence/said.ts';
import {
  AUXILIARY,
  BECAUSE,
  CONCLUDING,
  FINITE,
  FREE,
  MADE,
  MOVING,
  OPENING,
  PAST,
  PERSON,
  PRONOUN,
  SUBJECT,
  SUBJECT_NOUN,
  WISHING,
} from '../words/cues.ts';
import { remembered } from '../words/memo.ts';
import type { Token } from '../words/token.ts';
import { type Feature, joined, numberOf, numbersOf } from './scores.ts';

export type Moment = DayItem | TimeItem;

/** A sentence as the grammar read it, and the items that it takes for the request. */
export interface Sentence {
  read: ReadPhrase;
  all: readonly Token[];
  requested: readonly Item[];
  /** its parts, in their order */
  said: readonly Said[];
  /** nothing may be booked yet, whichever of them is meant */
  isOpen: boolean;
}

/** A day or an hour of the sentence. */
export interface Named {
  item: Moment;
  /** what it would mean if nothing else had been said */
  alone: Understood;
  value: string;
  /** its first word, and the one behind it */
  from: number;
  to: number;
  /** its part of the sentence; -1: none */
  part: number;
  features: Feature[];
}

export interface Seen {
  named: Named[];
  /** the sentence word by word, with marks in place of its days, hours and numbers */
  marked: string[];
  /** the same as numbers, and what sort of word each is */
  words: number[];
  sorts: number[];
}

const DAY = '§D';
const HOUR = '§T';
const NUMBER = '#';
export const END = numberOf('§end');
const START = numberOf('§start');
/** Words on each side that are taken without their order. */
const BAG = 9;
/** Words between two days or two hours, so many from each. */
const BETWEEN = 10;
const MOST_COUNTED = 3;
const FAR = 4;
const OPERATOR_REACH = 2;

const isMark = (word: string): boolean => word.startsWith('§');
/** A day or an hour that stands in the words. */
export const isMoment = (item: Item): item is Moment => isContent(item) && item.type !== 'special' && item.j > item.i;

/** What an item says of a day or an hour; two with the same value are no rivals. */
export const meaningOf = (read: Understood): string =>
  [read.kind, read.date, read.from_date, read.to_date, read.time, read.from, read.to, read.dates].join('|');

type Place = Omit<Named, 'features'> & { role: string };

/** Every day and hour of the sentence with its features. */
export function seen({ read, all, requested, said }: Sentence, language: Language, frame: Frame): Seen {
  const places = read.items.filter(isMoment).map((item): Place => {
    const alone = combine([item], read.tokens, frame);
    const part = said.findIndex(({ items }) => items.includes(item));
    return {
      item,
      alone,
      value: meaningOf(alone),
      part,
      role: said[part]?.role ?? 'none',
      from: read.tokens[item.i]?.at ?? 0,
      to: (read.tokens[item.j - 1]?.at ?? 0) + 1,
    };
  });
  const marked = all.map(({ category, text }) => (category === 'number' ? NUMBER : text));
  for (const { item, from, to } of places) marked.fill(item.type === 'day' ? DAY : HOUR, from, to);
  const words = marked.map(wordNumber);
  const sorts = all.map((token, at) => (isMark(marked[at] ?? '') ? (words[at] ?? END) : wordNumber(sortOf(token))));
  const taken = new Set(requested.map(keyOf));
  const sentence: Around = { places, marked, words, sorts, all, read, taken, language: wordNumber(language) };
  return {
    marked,
    words,
    sorts,
    named: places.map((place, at) => ({ ...place, features: momentFeatures(place, at, sentence) })),
  };
}

/** The number of a word or a name. */
export const wordNumber = remembered(numberOf);
/** What a feature is about, each with its number. */
export const NAMES = numbersOf(
  'bias',
  'k',
  'lang',
  'riv',
  'r',
  'chosen',
  'pos',
  'rep',
  'p1',
  'p2',
  'n1',
  'n2',
  'p3',
  'p21',
  'p321',
  'n3',
  'n12',
  'n123',
  'p1pos',
  'n1pos',
  'pd',
  'nd',
  'co',
  'cm',
  'sp',
  'sn',
  'sp2',
  'sn2',
  'sp5',
  'sn5',
  'spn',
  'spn2',
  'br',
  'bl',
  'near',
  'op',
  'pb',
  'nb',
  'onlyFirst',
  'kind',
  'sel',
  'choice',
  'grammars',
  'grammarsOpen',
  'isf',
  'out',
  'haslast',
  'closed',
  'noday',
  'nohour',
  'two',
  'gap',
  'gapOrder',
  'btw',
  'same',
  'sb',
  'midn',
  'mid',
  'operator',
  'operatorFar',
  'twot',
  'twow',
  'ask',
  'askLanguage',
  'askFirst',
  'askWhy',
  'askOpen',
  'askValues',
  'askMoments',
  'askLength',
  'last',
  'frst',
  'u',
  'b',
  't',
  'st',
  'doubt',
  'dw',
  'sentenceOperator',
  'special',
);

/** The name of a feature with what it is about. */
export const feature = (name: Feature, ...values: readonly number[]): Feature => {
  let out = name;
  for (const value of values) out = joined(out, value);
  return out;
};

/** Type and place: the items of a request may be copies. */
export const keyOf = ({ type, i, j }: Item): string => `${type}${i}-${j}`;

interface Around {
  places: readonly Place[];
  marked: readonly string[];
  words: readonly number[];
  sorts: readonly number[];
  all: readonly Token[];
  read: ReadPhrase;
  taken: ReadonlySet<string>;
  language: number;
}

function momentFeatures(place: Place, at: number, around: Around): Feature[] {
  const { item } = place;
  const sort = wordNumber(item.type);
  const out: Feature[] = [];
  const rivals = around.places.flatMap((other, n) =>
    other.item.type === item.type && other.value !== place.value ? [{ other, n }] : [],
  );
  const position = (rivals.some(({ n }) => n < at) ? 1 : 0) + (rivals.some(({ n }) => n > at) ? 2 : 0);
  const role = wordNumber(place.role);
  out.push(
    feature(NAMES.bias, sort),
    feature(NAMES.k, wordNumber('d' in item.term ? item.term.d : item.term.t)),
    feature(NAMES.lang, around.language),
    feature(NAMES.riv, Math.min(MOST_COUNTED, rivals.length)),
    feature(NAMES.r, role, position),
    feature(NAMES.chosen, around.taken.has(keyOf(item)) ? 1 : 0),
  );
  both(out, sort, feature(NAMES.pos, position));
  both(out, sort, feature(NAMES.r, role));
  wordFeatures(out, place, sort, position, around);
  sortFeatures(out, place, sort, around);
  for (const { other, n } of rivals) betweenFeatures(out, place, other, n > at, Math.abs(n - at), around);
  out.push(neighbourFeature(place, at, around));
  operatorFeatures(out, item, sort, around.read);
  const again = around.places.some(
    (other) => other !== place && other.item.type === item.type && other.value === place.value,
  );
  if (again) both(out, sort, feature(NAMES.rep));
  return [...new Set(out)];
}

/** By itself and for days or hours alone. */
const both = (out: Feature[], sort: number, one: Feature): void => {
  out.push(one, joined(one, sort));
};

function wordFeatures(out: Feature[], { from, to }: Place, sort: number, position: number, around: Around): void {
  const { marked, words, all } = around;
  const word = (at: number): number => words[at] ?? END;
  const [p1, p2, p3] = [word(from - 1), word(from - 2), word(from - 3)];
  const [n1, n2, n3] = [word(to), word(to + 1), word(to + 2)];
  both(out, sort, feature(NAMES.p1, p1));
  both(out, sort, feature(NAMES.p2, p2));
  both(out, sort, feature(NAMES.n1, n1));
  both(out, sort, feature(NAMES.n2, n2));
  const before = bagged(out, NAMES.pb, marked, words, from - 1, -1);
  const behind = bagged(out, NAMES.nb, marked, words, to, 1);
  const pause = all.findLastIndex((token, at) => at <= from && token.afterComma);
  out.push(
    feature(NAMES.p3, p3),
    feature(NAMES.p21, p2, p1),
    feature(NAMES.p321, p3, p2, p1),
    feature(NAMES.n3, n3),
    feature(NAMES.n12, n1, n2),
    feature(NAMES.n123, n1, n2, n3),
    feature(NAMES.p1pos, p1, position),
    feature(NAMES.n1pos, n1, position),
    feature(NAMES.pd, Math.min(FAR, before.count), before.stop ?? START),
    feature(NAMES.nd, Math.min(FAR, behind.count), behind.stop ?? END),
    feature(NAMES.co, word(Math.max(0, pause))),
    feature(NAMES.cm, all.slice(Math.max(0, from - FAR), from + 1).some(({ afterComma }) => afterComma) ? 1 : 0),
  );
}

/** Most words of a sentence are none that were seen before; what sort of word they are tells how it is built. */
function sortFeatures(out: Feature[], { from, to }: Place, sort: number, { sorts }: Around): void {
  const at = (place: number): number => sorts[place] ?? END;
  const [p5, p4, p3, p2, p1] = [at(from - 5), at(from - 4), at(from - 3), at(from - 2), at(from - 1)];
  const [n1, n2, n3, n4, n5] = [at(to), at(to + 1), at(to + 2), at(to + 3), at(to + 4)];
  both(out, sort, feature(NAMES.sp, p3, p2, p1));
  both(out, sort, feature(NAMES.sn, n1, n2, n3));
  out.push(
    feature(NAMES.sp2, p2, p1),
    feature(NAMES.sn2, n1, n2),
    feature(NAMES.sp5, p5, p4, p3, p2, p1),
    feature(NAMES.sn5, n1, n2, n3, n4, n5),
    feature(NAMES.spn, p1, n1),
    feature(NAMES.spn2, p2, p1, n1, n2),
  );
}

const CUES: readonly (readonly [string, (word: string) => boolean])[] = [
  ['because', (word) => BECAUSE.has(word)],
  ['so', (word) => CONCLUDING.has(word)],
  ['opens', (word) => OPENING.has(word)],
  ['would', (word) => AUXILIARY.has(word)],
  ['wish', (word) => WISHING.has(word)],
  ['past', (word) => PAST.has(word)],
  ['made', (word) => MADE.test(word)],
  ['moves', (word) => MOVING.test(word)],
  ['free', (word) => FREE.has(word)],
  ['i', (word) => SUBJECT.has(word)],
  ['me', (word) => PRONOUN.has(word)],
  ['verb', (word) => FINITE.has(word)],
  ['person', (word) => PERSON.test(word)],
  ['the', (word) => SUBJECT_NOUN.test(word)],
];
/** How verbs end. */
const VERBAL = /(?:^ge.+t|ing|ed|iert|en|te|t)$/;
const sortOfWord = remembered(
  (word) =>
    CUES.find(([, is]) => is(word))?.[0] ?? `x${word.length > SHORT ? (VERBAL.exec(word)?.[0].slice(-2) ?? '') : ''}`,
);
const SHORT = 3;
const sortOf = ({ category, text }: Token): string =>
  category === 'unknown' || category === 'filler' ? sortOfWord(text) : category;

/** The words from a place on, up to the next day or hour or until there are enough of them: how many, and what stands behind them. */
function bagged(
  out: Feature[],
  name: Feature,
  marked: readonly string[],
  words: readonly number[],
  start: number,
  step: 1 | -1,
): { count: number; stop: number | undefined } {
  let at = start;
  let count = 0;
  for (; count < BAG; at += step, count++) {
    const word = marked[at];
    if (word === undefined || isMark(word)) break;
    out.push(feature(name, words[at] ?? END));
  }
  return { count, stop: words[at] };
}

/** The words between two of which only one may be meant. */
function betweenFeatures(
  out: Feature[],
  place: Place,
  rival: Place,
  later: boolean,
  apart: number,
  { marked, words }: Around,
): void {
  if (apart > MOST_COUNTED) return;
  const [start, end] = later ? [place.to, rival.from] : [rival.to, place.from];
  for (let at = start; at < Math.min(end, start + BETWEEN); at++)
    if (!isMark(marked[at] ?? '§')) out.push(feature(later ? NAMES.br : NAMES.bl, words[at] ?? END));
}

/** The nearest hour of a day, or day of an hour, and what it was taken for. */
function neighbourFeature({ item }: Place, at: number, { places }: Around): Feature {
  const nearest = places
    .map((other, n) => ({ other, n, apart: Math.abs(n - at) }))
    .filter(({ other }) => other.item.type !== item.type)
    .sort((a, b) => a.apart - b.apart)[0];
  if (nearest === undefined) return feature(NAMES.near);
  const side = nearest.n > at ? 1 : 0;
  return feature(NAMES.near, wordNumber(nearest.other.role), side, Math.min(MOST_COUNTED, nearest.apart));
}

function operatorFeatures(out: Feature[], item: Moment, sort: number, read: ReadPhrase): void {
  for (const op of read.items) {
    if (op.type !== 'op') continue;
    const isBefore = op.j <= item.i;
    const apart = isBefore ? item.i - op.j : op.i - item.j;
    if (apart >= 0 && apart <= OPERATOR_REACH)
      both(out, sort, feature(NAMES.op, wordNumber(op.op), isBefore ? 1 : 0, apart));
  }
}
