/** What the grammar makes of tokens before anything is dated: terms of days and of the clock. The resolver turns them into dates and times. */
import type { Lack } from '../words/misheard.ts';
import type { WallDate } from '../../time.ts';

/** `minute` of the day; a clock that is not `strict` may be half a day later (drei = 3 or 15), and then `minute` < 720. */
export interface Clock {
  minute: number;
  strict: boolean;
  /** 24:00 or „Mitternacht": the day it belongs to is unclear. */
  midnight?: true;
  /** Said in a turn that others mean an hour later („half to four"): it counts only beside a clock that says the same. */
  unsure?: true;
  /** „half eleven": half past, unless 10:30 is said behind it by somebody who counts as Germans do. */
  half?: true;
  /** Said in a way that is only known in some regions: read it back. */
  note?: string;
}

export type StepUnit = 'week' | 'weekend' | 'month';
export type Which = 'this' | 'coming' | 'next' | 'afternext' | 'last';
export type Stage = 'whole' | 'begin' | 'mid' | 'end';
export type SeasonName = 'spring' | 'summer' | 'autumn' | 'winter';

/** How far a step goes from its anchor; a negative count goes back. */
export type StepBy =
  | { by: 'days' | 'months' | 'workdays'; count: number }
  /** 0: the anchor must be that weekday itself. */
  | { by: 'weekday'; weekday: number; count: number }
  /** The working day between a holiday and a weekend; 0 leaves the side open. */
  | { by: 'bridge'; count: -1 | 0 | 1 };

/** How far a step goes, before its anchor is known. */
export type Stride = StepBy | { span: StepUnit; count: number } | { minutes: number } | 'vague';

export type SpanTerm =
  | { s: 'week'; offset: number; stage: Stage }
  | { s: 'weekend'; which: Which | null }
  /** `month` by name, or counted from this month. */
  | { s: 'month'; month: number | null; offset: number; year: number | null; stage: Stage }
  | { s: 'year'; year: number | null; offset: number; stage: Stage }
  | { s: 'season'; season: SeasonName }
  | { s: 'week-number'; week: number }
  | { s: 'week-of'; day: DayTerm }
  | { s: 'next-days'; days: number }
  | { s: 'in-days'; from: number; to: number }
  | { s: 'rest-of-week' }
  | { s: 'between-years' }
  | { s: 'stages'; from: SpanTerm; to: SpanTerm }
  /** So many calendar weeks, weekends or months from the one of the anchor. */
  | { s: 'step'; unit: StepUnit; count: number; anchor: DayTerm[] }
  /** „in der zweiten Dezemberwoche"; -1 the last. `of` null: a month that another term names. */
  | { s: 'nth'; unit: 'week' | 'weekend' | 'half'; n: number; of: SpanTerm | null; stage?: Stage }
  /** Dated already: what a step and a counted week become in the resolver. */
  | { s: 'dated'; from: WallDate; to: WallDate }
  /** Open or closed stretch; the edges say whether the named day itself belongs to it. */
  | { s: 'stretch'; from: DayTerm | null; to: DayTerm | null; fromEdge: 'at' | 'after'; toEdge: 'at' | 'before' };

/** `sure`: that of a feast, which names the month of a bare day beside it. */
export interface Near {
  month: number;
  day: number;
  sure?: true;
}

export type DayTerm =
  | { d: 'offset'; days: number; note?: string }
  | { d: 'months'; months: number }
  | { d: 'weekday'; weekday: number; which: Which | null; addDays: number }
  /** Any such weekday: montags, an einem Samstag; `count`: „die nächsten drei Dienstage". */
  | { d: 'every-weekday'; weekday: number; count?: number }
  | { d: 'workdays' }
  | {
      d: 'calendar';
      day: number;
      month: number | null;
      year: number | null;
      iso?: true /** „den zweiten": a day or one of the offers. */;
      pick?: true;
      /** A day that was mentioned before it: the nearest one is meant, where the next one there is does not fit. */
      near?: Near;
    }
  /** n-th weekday of a month that another term names; -1 the last. */
  | { d: 'nth-weekday'; n: number; weekday: number; thisMonth?: true }
  | { d: 'feast'; id: string; year: number | null }
  /** Counted from other days: „zwei Tage später", „am Donnerstag drauf". The anchor's terms were said together. */
  | { d: 'step'; step: StepBy; anchor: DayTerm[] }
  /** „am letzten Tag des Jahres", „am ersten Werktag im Dezember"; a number is a weekday. `of` as in `nth` above. */
  | { d: 'nth-day'; n: number; what: 'day' | 'workday' | number; of: SpanTerm | null }
  | { d: 'span'; span: SpanTerm }
  | { d: 'past' }
  | { d: 'half-week'; days: number };

export type PartOfDay =
  | 'frueh'
  | 'early-morning'
  | 'morning'
  | 'english-morning'
  | 'forenoon'
  | 'early-forenoon'
  | 'late-forenoon'
  | 'noon'
  | 'midday'
  | 'afternoon'
  | 'early-afternoon'
  | 'late-afternoon'
  | 'evening'
  | 'early-evening'
  | 'late-evening'
  | 'night'
  | 'midnight';

export type TimeTerm =
  | { t: 'clock'; clock: Clock }
  | { t: 'around'; clock: Clock }
  | { t: 'shortly-after'; clock: Clock }
  | { t: 'shortly-before'; clock: Clock }
  | { t: 'from'; clock: Clock }
  | { t: 'to'; clock: Clock }
  | { t: 'between'; from: Clock; to: Clock }
  | { t: 'part'; part: PartOfDay }
  | { t: 'from-part'; part: PartOfDay }
  | { t: 'to-part'; part: PartOfDay }
  | { t: 'after-work' }
  /** So many minutes from now. */
  | { t: 'in'; minutes: number }
  /** So many minutes from another hour: „eine Stunde später". */
  | { t: 'step'; minutes: number; of: TimeTerm[] };

/** Why a phrase cannot be read without asking. */
export type Doubt =
  | 'unread'
  | 'occasion'
  | 'recurring'
  | 'vague'
  | 'negation'
  | 'day-or-hour'
  | 'date-or-time'
  | 'date-order'
  | 'correction'
  | 'approximate-day';

export type { Lack };

/**
 * `replaces`: the items that a step counts from; while the step stands, they are no request of their own. `hourKnown`: the words say which
 * hour goes with the step (its own, or the one that stays: „um eine Woche nach hinten").
 */
export type Item =
  | { type: 'day'; term: DayTerm; i: number; j: number; replaces?: readonly Item[]; hourKnown?: true }
  | {
      type: 'time';
      term: TimeTerm;
      i: number;
      j: number;
      bare?: boolean;
      digits?: boolean;
      replaces?: readonly Item[];
    }
  | { type: 'special'; id: 'earliest' | 'soft-earliest' | 'any' | 'same'; i: number; j: number }
  | {
      type: 'op';
      op: 'or' | 'and' | 'but' | 'neg' | 'except' | 'instead' | 'correct' | 'correct-soft';
      i: number;
      j: number;
    }
  /**
   * `lacks`: what the words may have named; a request that has it loses nothing by leaving them out. `stride`: a step with nothing before
   * it that it could count from.
   */
  | { type: 'doubt'; doubt: Doubt; text: string; i: number; j: number; lacks?: Lack; stride?: Stride };
