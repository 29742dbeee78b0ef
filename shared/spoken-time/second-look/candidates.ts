/**
 * What a sentence may come to: choices of its days and hours, each with its reading and with what speaks for and against it; and what speaks
 * for a question. Called by second-look.ts and by dev/spoken-time/learn.ts, which finds the weights.
 */
import type { Item } from '../grammar/terms.ts';
import type { Language, Understood } from '../reading.ts';
import { combine } from '../resolve/combine.ts';
import type { Frame } from '../resolve/frame.ts';
import {
  END,
  feature,
  NAMES,
  isMoment,
  keyOf,
  meaningOf,
  type Named,
  seen,
  type Seen,
  type Sentence,
  wordNumber,
} from './features.ts';
import type { Feature, Scorer } from './scores.ts';

/** A choice of days and hours. */
export interface Candidate {
  /** which of the days and hours of the sentence */
  of: readonly number[];
  items: Item[];
  reading: Understood;
  features: Feature[];
  /** „nächste Woche Dienstag" without the week: too little to be taken, whatever speaks for it */
  isPartial: boolean;
}

export interface View {
  /** features of each day and hour */
  moments: Feature[][];
  candidates: Candidate[];
  /** features that speak for a question */
  asking: Feature[];
}

/** Nobody says more days and hours in one breath; each is dated by itself, which looks into the calendar. */
const MOST_MOMENTS = 8;
/** So many words surround a day and an hour with something to judge them by. */
const LONG_SENTENCE = 12;
/** Two days, or two hours, with more words between them are two wishes. */
const WORDS_BETWEEN_TWO = 3;
/** What a choice of days and hours may come to; „the first one that is free" and their kind are the grammar's. */
const TAKEN: ReadonlySet<Understood['kind']> = new Set<Understood['kind']>([
  'instant',
  'date',
  'time',
  'window',
  'dates',
]);
/** Readings that no look is taken at: they ask for themselves, or say nothing. */
const LEFT_ALONE: ReadonlySet<Understood['kind']> = new Set<Understood['kind']>(['none', 'invalid']);
const MOST_COUNTED = 4;
const FAR = 6;
/** Words between a denial and what it denies. */
const NEAR_BEFORE = 4;
const NEAR_BEHIND = 3;
const WORDS_OF_REASON = 40;

/** Everything that a sentence may come to; null: it is left as the grammar reads it. `first`: that reading. */
export function viewOf(sentence: Sentence, first: Understood, language: Language, frame: Frame): View | null {
  const count = sentence.read.items.filter(isMoment).length;
  if (sentence.all.length < LONG_SENTENCE || count > MOST_MOMENTS || LEFT_ALONE.has(first.kind)) return null;
  if (count === 0 && first.kind === 'ask') return null;
  const sight = seen(sentence, language, frame);
  const { named } = sight;
  const about: About = { ...sight, sentence, first, grammars: grammarsOf(sentence, named) };
  return {
    moments: named.map(({ features }) => features),
    candidates: candidatesOf(about, frame),
    asking: askingOf(about, language),
  };
}

interface About extends Seen {
  sentence: Sentence;
  /** as the grammar reads it */
  first: Understood;
  /** the days and hours that it takes */
  grammars: readonly number[];
}

function grammarsOf({ requested }: Sentence, named: readonly Named[]): number[] {
  const taken = new Set(requested.map(keyOf));
  return named.flatMap(({ item }, at) => (taken.has(keyOf(item)) ? [at] : []));
}

const sorted = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);
const isSame = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();
const placesOf = (named: readonly Named[], type: 'day' | 'time'): number[] =>
  named.flatMap(({ item }, at) => (item.type === type ? [at] : []));

/** None of them, each of them, two that stand together. */
function choicesOf(places: readonly number[], named: readonly Named[]): number[][] {
  const pairs = places.flatMap((at, n) => {
    const next = places[n + 1];
    return next !== undefined && gapOf(named, at, next) <= WORDS_BETWEEN_TWO ? [[at, next]] : [];
  });
  return [[], ...places.map((at) => [at]), ...pairs];
}

/** Words between two that follow each other. */
const gapOf = (named: readonly Named[], a: number, b: number): number => (named[b]?.from ?? 0) - (named[a]?.to ?? 0);

function candidatesOf(about: About, frame: Frame): Candidate[] {
  const { named, sentence, first, grammars } = about;
  const hours = choicesOf(placesOf(named, 'time'), named);
  const lists = choicesOf(placesOf(named, 'day'), named)
    .flatMap((days) => hours.map((of) => sorted([...days, ...of])))
    .filter((list) => list.length > 0);
  if (grammars.length > 0 && !lists.some((list) => isSame(list, grammars))) lists.push([...grammars]);
  const isAsked = first.kind === 'ask';
  const out = lists.flatMap((of): Candidate[] => {
    if (isAsked && (losesHour(of, about) || isDenied(of, about) || isTorn(of, about))) return [];
    const items = of.flatMap((at): Item[] => (named[at] ? [named[at].item] : []));
    const [only, ...more] = of;
    const alone = only !== undefined && more.length === 0 ? named[only]?.alone : undefined;
    const reading = alone ?? combine(items, sentence.read.tokens, frame);
    return TAKEN.has(reading.kind)
      ? [{ of, items, reading, features: featuresOf(of, reading, about), isPartial: lacksWeek(of, about) }]
      : [];
  });
  const meaning = meaningOf(first);
  if (first.kind !== 'ask' && !out.some(({ reading }) => meaningOf(reading) === meaning))
    out.push({
      of: grammars,
      items: [],
      reading: first,
      isPartial: false,
      features: [
        feature(NAMES.onlyFirst),
        feature(NAMES.onlyFirst, wordNumber(first.kind)),
        feature(NAMES.kind, wordNumber(first.kind)),
      ],
    });
  return out;
}

/** The grammar takes an hour for the request, and asks: a day alone would say less than the caller did. */
const losesHour = (of: readonly number[], { named, grammars }: About): boolean => {
  const isHour = (at: number): boolean => named[at]?.item.type === 'time';
  return grammars.some(isHour) && !of.some(isHour);
};

/** „am Dienstag um drei geht es nicht": all that was said, and a word of denial close to it. */
function isDenied(of: readonly number[], { named, sentence }: About): boolean {
  if (of.length < named.length) return false;
  const from = Math.min(...named.map((one) => one.from));
  const to = Math.max(...named.map((one) => one.to));
  return sentence.read.items.some((item) => {
    const at = item.type === 'op' && item.op === 'neg' ? sentence.read.tokens[item.i]?.at : undefined;
    return at !== undefined && at >= from - NEAR_BEFORE && at < to + NEAR_BEHIND;
  });
}

/** „Dienstag, den 26. November": the weekday without its date, or a day beside a word that was not understood. */
function isTorn(of: readonly number[], { named, sentence }: About): boolean {
  const isPair = (a: number, b: number): boolean =>
    named[a]?.item.type === 'day' &&
    named[b]?.item.type === 'day' &&
    gapOf(named, a, b) <= 1 &&
    isWeekday(named[a]) &&
    !isWeekday(named[b]);
  if (named.some((_, at) => at > 0 && isPair(at - 1, at) && of.includes(at - 1) !== of.includes(at))) return true;
  return sentence.read.items.some((item) => {
    if (item.type !== 'doubt' || item.j <= item.i) return false;
    const from = sentence.read.tokens[item.i]?.at ?? -1;
    const to = (sentence.read.tokens[item.j - 1]?.at ?? -1) + 1;
    return of.some((at) => named[at]?.to === from || named[at]?.from === to);
  });
}
/** A weekday directly behind a week that was not chosen with it. */
const lacksWeek = (of: readonly number[], { named }: About): boolean =>
  of.some(
    (at) => isWeekday(named[at]) && isStretch(named[at - 1]) && gapOf(named, at - 1, at) <= 1 && !of.includes(at - 1),
  );
const isStretch = (one: Named | undefined): boolean =>
  one !== undefined && 'd' in one.item.term && one.item.term.d === 'span';
const isWeekday = (one: Named | undefined): boolean =>
  one !== undefined && 'd' in one.item.term && one.item.term.d === 'weekday';

function featuresOf(of: readonly number[], reading: Understood, about: About): Feature[] {
  const { named, first, grammars, sentence } = about;
  const days = of.filter((at) => named[at]?.item.type === 'day');
  const hours = of.filter((at) => named[at]?.item.type === 'time');
  const [allDays, allHours] = [placesOf(named, 'day').length, placesOf(named, 'time').length];
  const isGrammars = isSame(of, grammars) ? 1 : 0;
  const isFirst = first.kind === 'ask' ? 2 : meaningOf(reading) === meaningOf(first) ? 1 : 0;
  const behind = named.length - 1 - (of.at(-1) ?? 0);
  const out = [
    feature(NAMES.kind, wordNumber(reading.kind)),
    feature(NAMES.sel, days.length, hours.length),
    feature(NAMES.choice, days.length, Math.min(MOST_COUNTED, allDays), hours.length, Math.min(MOST_COUNTED, allHours)),
    feature(NAMES.grammars, isGrammars),
    feature(NAMES.grammarsOpen, isGrammars, sentence.isOpen ? 1 : 0),
    feature(NAMES.isf, isFirst),
    feature(NAMES.out, Math.min(2, of[0] ?? 0), Math.min(2, behind)),
  ];
  if (behind === 0) out.push(feature(NAMES.haslast));
  if (reading.closed) out.push(feature(NAMES.closed));
  if (days.length === 0 && allDays > 0) out.push(feature(NAMES.noday));
  if (hours.length === 0 && allHours > 0) out.push(feature(NAMES.nohour));
  for (const day of days) for (const hour of hours) togetherOf(out, day, hour, about);
  operatorsOf(out, of, about);
  const [a, b] = days.length === 2 ? days : hours.length === 2 ? hours : [];
  if (a !== undefined && b !== undefined) {
    out.push(feature(NAMES.two, days.length, hours.length, gapOf(named, a, b)));
    betweenTwo(out, a, b, about);
  }
  return out;
}

/** How a day and an hour stand together. */
function togetherOf(out: Feature[], day: number, hour: number, { named, words }: About): void {
  const [a, b] = day < hour ? [day, hour] : [hour, day];
  const gap = gapOf(named, a, b);
  const told = Math.min(FAR, gap);
  const between = b - a - 1;
  const isOnePart = named[day]?.part === named[hour]?.part ? 1 : 0;
  const from = named[a]?.to ?? 0;
  out.push(
    feature(NAMES.gap, told),
    feature(NAMES.gapOrder, told, day < hour ? 1 : 0),
    feature(NAMES.btw, Math.min(3, between)),
    feature(NAMES.same, isOnePart),
    feature(NAMES.sb, isOnePart, Math.min(2, between), gap <= 1 ? 1 : 0),
    feature(NAMES.midn, gap > 0 ? (words[from] ?? END) : END, gap > 1 ? (words[from + 1] ?? END) : END),
  );
  for (let at = from; gap <= MOST_COUNTED && at < from + gap; at++) out.push(feature(NAMES.mid, words[at] ?? END));
}

/** Denials, corrections and alternatives beside what was chosen: how far, and whether something that was not chosen lies between. */
function operatorsOf(out: Feature[], of: readonly number[], { named, sentence }: About): void {
  const { items, tokens } = sentence.read;
  const from = Math.min(...of.map((at) => named[at]?.from ?? 0));
  const to = Math.max(...of.map((at) => named[at]?.to ?? 0));
  for (const item of items) {
    const at = item.type === 'op' ? tokens[item.i]?.at : undefined;
    if (item.type !== 'op' || at === undefined) continue;
    const side = at < from ? 0 : at >= to ? 1 : 2;
    const [start, end] = at < from ? [at, from] : [to - 1, at];
    const between = side === 2 ? 0 : named.filter((one) => one.from > start && one.from < end).length;
    const far = side === 2 ? 0 : Math.min(FAR, side === 0 ? from - at : at - to + 1);
    const op = wordNumber(item.op);
    out.push(
      feature(NAMES.operator, op, side, Math.min(2, between)),
      feature(NAMES.operatorFar, op, side, Math.min(1, between), far),
    );
  }
}

function betweenTwo(out: Feature[], a: number, b: number, { named, words }: About): void {
  const sort = (at: number): number => {
    const term = named[at]?.item.term;
    return term === undefined ? END : wordNumber('d' in term ? term.d : term.t);
  };
  out.push(feature(NAMES.twot, sort(a), sort(b)));
  for (let at = named[a]?.to ?? 0; at < (named[b]?.from ?? 0); at++) out.push(feature(NAMES.twow, words[at] ?? END));
}

/** What speaks for a question: all that was said, what was not understood, and why the grammar asks. */
function askingOf({ sentence, named, words, sorts, first }: About, language: Language): Feature[] {
  const { read, all, requested, isOpen } = sentence;
  const values = (type: 'day' | 'time'): number =>
    Math.min(MOST_COUNTED, new Set(named.filter(({ item }) => item.type === type).map(({ value }) => value)).size);
  const why = (first.because ?? '').replace(/„[^"]*"|\d{4}-\d\d-\d\d.*/g, '').slice(0, WORDS_OF_REASON);
  const word = (at: number): number => words[at] ?? END;
  const sort = (at: number): number => sorts[at] ?? END;
  const out = [
    feature(NAMES.ask),
    feature(NAMES.askLanguage, wordNumber(language)),
    feature(NAMES.askFirst, wordNumber(first.kind)),
    feature(NAMES.askWhy, wordNumber(why)),
    feature(NAMES.askOpen, isOpen ? 1 : 0),
    feature(NAMES.askValues, values('day'), values('time')),
    feature(NAMES.askMoments, Math.min(MOST_COUNTED, named.length)),
    feature(NAMES.askLength, Math.min(10, Math.floor(all.length / MOST_COUNTED))),
    feature(NAMES.last, word(words.length - 2), word(words.length - 1)),
    feature(NAMES.frst, word(0), word(1)),
    ...read.items.flatMap((item) => besideOf(item, 0)),
    ...requested.flatMap((item) => besideOf(item, 1)),
  ];
  for (let at = 0; at < words.length; at++) {
    const [one, second, third] = [word(at), word(at + 1), word(at + 2)];
    out.push(
      feature(NAMES.u, one),
      feature(NAMES.b, one, second),
      feature(NAMES.t, one, second, third),
      feature(NAMES.st, sort(at), sort(at + 1), sort(at + 2)),
    );
  }
  return [...new Set(out)];
}

/** A doubt or an operator; `sort`: 1 of the request. */
function besideOf(item: Item, sort: 0 | 1): Feature[] {
  if (item.type === 'doubt')
    return [
      feature(NAMES.doubt, sort, wordNumber(item.doubt), wordNumber(item.lacks ?? '')),
      feature(NAMES.dw, sort, wordNumber(item.text)),
    ];
  if (item.type === 'op') return [feature(NAMES.sentenceOperator, sort, wordNumber(item.op))];
  return item.type === 'special' ? [feature(NAMES.special, sort)] : [];
}

/** What was judged of a sentence: its readings, the likeliest first, each with how much likelier it is than all else together. */
export interface Judged {
  candidate: Candidate;
  margin: number;
}

/** Every reading of a view with its margin, the likeliest first. */
export function judgeView({ moments, candidates, asking }: View, score: Scorer): Judged[] {
  const each = moments.map(score);
  const byMeaning = new Map<string, { candidate: Candidate; scores: number[] }>();
  for (const candidate of candidates) {
    const total = candidate.of.reduce((sum, at) => sum + (each[at] ?? 0), score(candidate.features));
    const meaning = meaningOf(candidate.reading);
    const known = byMeaning.get(meaning);
    if (known) known.scores.push(total);
    else byMeaning.set(meaning, { candidate, scores: [total] });
  }
  const readings = [...byMeaning.values()].map(({ candidate, scores }) => ({ candidate, score: summed(scores) }));
  const ask = score(asking);
  return readings
    .map((one) => ({
      candidate: one.candidate,
      margin: one.score - summed([ask, ...readings.filter((x) => x !== one).map((x) => x.score)]),
    }))
    .sort((a, b) => b.margin - a.margin);
}

/** The logarithm of the sum of their exponentials. */
const summed = (scores: readonly number[]): number => {
  const largest = Math.max(...scores);
  return largest + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - largest), 0));
};
