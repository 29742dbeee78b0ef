/**
 * Finds the numbers and names of a phrase that refer to something other than time (two people, 45 euros, a daughter of twelve,
 * house number 12, Mrs Friday). Called before the grammar reads: a price or an age must never become an hour. Pure.
 */
import type { Language } from '../reading.ts';
import type { Category } from './lexicon.ts';
import { remembered } from './memo.ts';
import { AGE_WORDS, ageAt } from './not-time/ages.ts';
import { AMOUNT_WORDS } from './not-time/amounts.ts';
import { COUNT_WORDS, countAt } from './not-time/counts.ts';
import { isOfSomethingElse } from './not-time/denials.ts';
import { IDENTIFIER_WORDS, identifierAt, unlistedAt } from './not-time/identifiers.ts';
import { LENGTH_WORDS, lengthAt } from './not-time/lengths.ts';
import { measureAt } from './not-time/measures.ts';
import { NAME_WORDS, nameAt } from './not-time/names.ts';
import { PARTICLE_WORDS, particleAt } from './not-time/particles.ts';
import { PAST_WORDS, pastAt } from './not-time/past.ts';
import { type Claim, type Finder, Sight, type Subject } from './not-time/sight.ts';
import type { Token } from './token.ts';

export type { Subject } from './not-time/sight.ts';

export interface NotTime {
  /** Positions (`Token.at`) that carry no time, with what they refer to. */
  dropped: ReadonlyMap<number, Subject>;
  /** Positions of numbers that may be people or an hour („für zwei"): an hour only if asked. */
  unsure: ReadonlySet<number>;
}

/** The order matters: the surer signs come first. */
const FINDERS: readonly Finder[] = [
  pastAt,
  nameAt,
  measureAt,
  ageAt,
  lengthAt,
  identifierAt,
  countAt,
  unlistedAt,
  particleAt,
];
/** Words that some finder begins with; most words of a sentence are none, and no finder is asked for them. */
const BEGINNING: readonly RegExp[] = [
  ...PAST_WORDS,
  ...NAME_WORDS,
  ...AGE_WORDS,
  ...LENGTH_WORDS,
  ...IDENTIFIER_WORDS,
  ...COUNT_WORDS,
  ...AMOUNT_WORDS,
  ...PARTICLE_WORDS,
];
const mayBegin = remembered((word) => word.length === 1 || BEGINNING.some((words) => words.test(word)));
/** Numbers and words of time: a finder may begin with any of them. */
const NUMBERS_AND_TIMES: ReadonlySet<Category> = new Set<Category>([
  'number',
  'one',
  'an',
  'decimal',
  'pair',
  'clock',
  'date',
  'half',
  'english-half',
  'quarter',
  'three-quarter',
  'one-and-half',
  'couple',
  'span-minutes',
  'weekday',
  'month',
  'season',
  'daypart',
  'which',
]);
/** What a denial beside a measure alone denies: „mehr als 120 Euro darf es nicht kosten". */
const MEASURED: ReadonlySet<Subject> = new Set<Subject>(['measure', 'length', 'age', 'count', 'identifier']);

/** Which tokens of a phrase refer to something other than time. `language`: „I'm April" is „im April" in German. `everywhere`: no token is passed over. */
export function notTimeOf(all: readonly Token[], language: Language = 'de', everywhere = false): NotTime {
  const dropped = new Map<number, Subject>();
  const unsure = new Set<number>();
  const sight = new Sight(all, language, dropped);
  const drop = (at: number, subject: Subject): void => {
    dropped.set(at, subject);
    unsure.delete(at);
  };
  for (let i = 0; i < all.length; i++) {
    const token = all[i];
    if (!token || dropped.has(i)) continue;
    if (!everywhere && !NUMBERS_AND_TIMES.has(token.category) && !mayBegin(token.text)) continue;
    const claim = claimAt(sight, i);
    if (claim !== null && claim !== 'unsure' && takesClock(sight, claim)) continue;
    if (claim === 'unsure') unsure.add(i);
    else if (claim) for (let at = claim.from; at <= withSecond(sight, claim); at++) drop(at, claim.subject);
  }
  for (const at of unsure) if (hasHourElsewhere(sight, at)) drop(at, 'count');
  dropDenials(sight, dropped);
  for (const { at } of all) if (!dropped.has(at) && isOfSomethingElse(sight, at)) drop(at, 'particle');
  return { dropped, unsure };
}

/** „drei Wochen oder vier", „fünf Millimeter und nicht sieben": what is counted is said once. */
function withSecond(sight: Sight, { to, subject }: Claim): number {
  if (!MEASURED.has(subject)) return to;
  let at = to + 1;
  // „im zweiten Stock oder im dritten"
  const nth = sight.is(at + 1, 'article', 'in') ? (sight.is(at + 2, 'article') ? at + 3 : at + 2) : at + 1;
  if (
    subject === 'count' &&
    sight.is(at, 'or') &&
    sight.isOrdinal(nth) &&
    sight.isOrdinal(to - 1) &&
    !sight.isTimed(nth)
  )
    return nth;
  // „Hausnummer elf a, nicht elf,"
  if (sight.is(at, 'neg') && sight.isCardinal(at + 1) && !sight.isTimed(at + 1) && sight.isParted(at + 2))
    return at + 1;
  if (subject === 'identifier') return to;
  if (sight.is(at, 'or')) at++;
  else if (sight.is(at, 'and') && sight.is(at + 1, 'neg')) at += 2;
  else return to;
  if (sight.isParted(to + 1) || sight.isParted(at)) return to;
  if (sight.is(at, 'filler') && /^(?:auch|eher|nur|doch|maybe|even)$/.test(sight.word(at))) at++;
  // „zwei Stunden oder um drei", „zwei Kinder oder drei Uhr"
  if (!sight.isCardinal(at) || sight.isTimed(at)) return to;
  return sight.isParted(at + 1) || !sight.hasTime(at + 1, at + 1) ? at : to;
}

/** „um 15 Uhr 30 E-Gitarre", "at quarter to three degree": the name or the measure begins behind the hour. */
const takesClock = (sight: Sight, { from, to, subject }: Claim): boolean => {
  const begins =
    sight.is(from, 'quarter', 'half', 'english-half', 'at') &&
    sight.is(from + 1, 'quarter', 'to', 'past', 'before', 'after');
  if (subject === 'identifier') return !sight.isNumber(from - 1) && sight.isMinuteOfClock(from);
  return subject === 'measure' && begins && to - from <= MOST_CLOCK_WORDS;
};
/** „at quarter to three" and one word. */
const MOST_CLOCK_WORDS = 5;

function claimAt(sight: Sight, i: number): Claim | 'unsure' | null {
  for (const find of FINDERS) {
    const claim = find(sight, i);
    if (claim !== null) return claim;
  }
  return null;
}

/** Another part of the phrase names its hour with a mark: „Wohnung 14, Dienstag um drei". */
function hasHourElsewhere(sight: Sight, i: number): boolean {
  const [first, last] = sight.part(i);
  // "a massage for two on December 12th at 2 pm": a day between the two parts them as well.
  const day = sight.all.findIndex(
    ({ at }) => at > i && at <= last && sight.is(at, 'weekday', 'month', 'relative', 'date'),
  );
  const behindDay = sight.is(i + 1, 'or', 'and', 'until') ? -1 : day;
  return sight.all.some(
    ({ at }) =>
      (at < first || at > last || (behindDay >= 0 && at > behindDay)) &&
      sight.is(at, 'at', 'oclock', 'clock', 'half', 'meridiem'),
  );
}

/** A denial between commas with a measure and without a day or an hour denies the measure. */
function dropDenials(sight: Sight, dropped: Map<number, Subject>): void {
  for (let i = 0; i < sight.all.length; i++) {
    if (!sight.is(i, 'neg') || dropped.has(i)) continue;
    const [first, last] = sight.part(i);
    const subjects = sight.all.slice(first, last + 1).map(({ at }) => dropped.get(at));
    const open = sight.all.slice(first, last + 1).some((token) => !dropped.has(token.at) && isTime(sight, token.at));
    const subject = subjects.find((one) => one !== undefined && MEASURED.has(one));
    if (subject !== undefined && !open) dropped.set(i, subject);
  }
}

const isTime = (sight: Sight, i: number): boolean =>
  sight.hasTime(i, i) || sight.isNumber(i) || sight.is(i, 'which', 'unit');
