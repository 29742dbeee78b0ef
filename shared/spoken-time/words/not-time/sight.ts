/** Looks at the tokens of a phrase by position; every kind of subject in this folder reads through one. Made by ../not-time.ts. */
import type { Language } from '../../reading.ts';
import type { Category } from '../lexicon.ts';
import { soundsLikeTime } from '../misheard.ts';
import type { Token } from '../token.ts';

/** What a number or a name refers to instead of time; `past`: another day than the wished one, `particle`: a word of a verb or of degree. */
export type Subject = 'phone' | 'identifier' | 'name' | 'length' | 'measure' | 'count' | 'age' | 'past' | 'particle';

/** Tokens `from` to `to`, both included. */
export interface Claim {
  from: number;
  to: number;
  subject: Subject;
}

/** Finds what stands at a position instead of time; `unsure`: an hour only if asked; null: nothing of this kind. */
export type Finder = (s: Sight, i: number) => Claim | 'unsure' | null;

/** Words that stand before an hour as before any other amount: „um", „ab", „höchstens". */
export const LEADS: readonly Category[] = [
  'at',
  'from',
  'until',
  'latest',
  'not-before',
  'not-after',
  'before',
  'after',
  'past',
  'between',
  'approx',
  'shortly',
  'exact',
  'in',
];
/** Marks that make an hour (or a day) of the number behind them. */
const MARKS: readonly Category[] = [...LEADS, 'half', 'english-half', 'quarter', 'three-quarter'];
/** What behind a number makes an hour, a date or a stretch of it. */
const TIMING: readonly Category[] = [
  'oclock',
  'meridiem',
  'unit',
  'month',
  'before',
  'after',
  'past',
  'quarter',
  'span-minutes',
  'and-half',
  'until',
];
/** Categories that name a day or an hour by themselves. */
const OWN_TIME: readonly Category[] = [
  'weekday',
  'weekdays',
  'month',
  'relative',
  'daypart',
  'clock',
  'date',
  'pair',
  'oclock',
  'meridiem',
  'feast',
  'season',
  'half',
  'at',
];
/** Days that a number beside them may give the hour of. */
const DAYS: readonly Category[] = ['weekday', 'weekdays', 'relative', 'daypart', 'month', 'date', 'feast', 'season'];
/** Unknown words that are verbs of a reply and no nouns: „drei klappt", „four sounds good". */
const REPLY =
  /^(?:klapp\w*|taug\w*|reich\w*|lang(?:t|en)|stimm\w*|sounds?|suits|sollte\w*|muesste\w*|duerfte\w*|waer\w*|wird|ginge?\w*|schieb\w*|verschieb\w*|(?:ver|um)leg\w*|eintrag\w*|trag\w*|buch\w*)$/;

export class Sight {
  readonly all: readonly Token[];
  readonly language: Language;
  /** Where amounts end that begin at a position; filled by amounts.ts. */
  readonly amounts: (readonly number[] | undefined)[];
  /** What was found so far, from left to right. */
  readonly dropped: ReadonlyMap<number, Subject>;

  constructor(all: readonly Token[], language: Language, dropped: ReadonlyMap<number, Subject>) {
    this.all = all;
    this.language = language;
    this.dropped = dropped;
    this.amounts = all.map(() => undefined);
  }

  word(i: number): string {
    return this.all[i]?.text ?? '';
  }

  category(i: number): Category | null {
    return this.all[i]?.category ?? null;
  }

  is(i: number, ...categories: Category[]): boolean {
    const token = this.all[i];
    return token !== undefined && categories.includes(token.category);
  }

  /** A comma, a full stop or the end parts this token from the one before. */
  isParted(i: number): boolean {
    return this.all[i]?.afterComma ?? true;
  }

  isNumber(i: number): boolean {
    return this.category(i) === 'number';
  }

  isOrdinal(i: number): boolean {
    return this.isNumber(i) && this.all[i]?.ordinal === true;
  }

  isCardinal(i: number): boolean {
    return this.isNumber(i) && this.all[i]?.ordinal !== true;
  }

  /** The number at a position; NaN where none stands or where it is too long to be one. */
  value(i: number): number {
    return this.isNumber(i) ? Number(this.all[i]?.value) : Number.NaN;
  }

  isUnit(i: number, units: RegExp): boolean {
    return this.is(i, 'unit') && units.test(String(this.all[i]?.value));
  }

  isMarked(i: number): boolean {
    return MARKS.includes(this.category(i - 1) ?? 'unknown');
  }

  /** What follows makes an hour, a date or a stretch of the number. */
  isTimed(i: number): boolean {
    return TIMING.includes(this.category(i + 1) ?? 'unknown');
  }

  /** „um 15 Uhr 30", "at ten thirty", "quarter to three": a part of the hour, whatever follows. */
  isMinuteOfClock(i: number): boolean {
    if (this.isParted(i)) return false;
    const value = this.value(i);
    if (this.is(i - 1, 'oclock')) return value < 60;
    if (this.isNumber(i - 1)) return this.isMarked(i - 1) && value >= 10 && value < 60;
    const beside = this.is(i - 2, 'quarter', 'half', 'english-half') || this.isMarked(i - 2);
    return this.is(i - 1, 'to', 'before', 'after', 'past') && beside;
  }

  /** The same, and „gegen elf", the ends of „zwischen zwei und vier", „von zehn bis zwölf": an hour unless it is measured. */
  isOfClock(i: number): boolean {
    if (this.isMinuteOfClock(i) || (this.word(i - 1) === 'gegen' && !this.isParted(i))) return true;
    const begins =
      this.is(i - 1, 'between', 'of-from', 'from') && this.is(i + 1, 'until', 'and', 'to') && this.isNumber(i + 2);
    if (begins && !this.isParted(i)) return true;
    const begun = this.is(i - 3, 'between', 'of-from', 'from') || this.isMarked(i - 2);
    return this.is(i - 1, 'and', 'until', 'or', 'to') && this.isNumber(i - 2) && begun && !this.isParted(i);
  }

  /** A day stands directly before or behind. */
  isBesideDay(i: number): boolean {
    return this.is(i - 1, ...DAYS) || (this.is(i + 1, ...DAYS) && !this.isParted(i + 1));
  }

  /** „do" and „um" are words of time in German only. */
  #isEnglishWord(i: number): boolean {
    return this.language === 'en' && /^(?:do|um)$/.test(this.word(i));
  }

  isName(i: number): boolean {
    return this.is(i, 'weekday', 'month', 'season', 'daypart');
  }

  /** A word of no table that cannot be a misheard word of time and is no verb of a reply. */
  isUnknownNoun(i: number): boolean {
    return this.category(i) === 'unknown' && !soundsLikeTime(this.word(i)) && !REPLY.test(this.word(i));
  }

  /** First and last position of the stretch between commas that holds `i`. */
  part(i: number): readonly [first: number, last: number] {
    let [first, last] = [i, i];
    while (first > 0 && !this.isParted(first)) first--;
    while (last + 1 < this.all.length && !this.isParted(last + 1)) last++;
    return [first, last];
  }

  /** Some word from `first` to `last` is one of these. */
  has(first: number, last: number, words: RegExp): boolean {
    for (let at = Math.max(0, first); at <= last; at++) if (words.test(this.word(at))) return true;
    return false;
  }

  /** A day or a marked hour stands somewhere from `first` to `last`, and was not found to be something else. */
  hasTime(first: number, last: number): boolean {
    for (let at = Math.max(0, first); at <= last && at < this.all.length; at++)
      if (OWN_TIME.includes(this.category(at) ?? 'unknown') && !this.dropped.has(at) && !this.#isEnglishWord(at))
        return true;
    return false;
  }
}
