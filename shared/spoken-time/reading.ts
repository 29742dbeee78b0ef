/** The shapes of spoken time: what goes in, what was understood, what the calendar is asked for. Read by every telephony function. */
import type { Instant } from '../clock.ts';
import type { Learned } from './second-look/scores.ts';
import type { WallDate, WallTime } from '../time.ts';

export type Language = 'de' | 'en';

/** What the model passes on: the caller's raw words in `when`, and `date`/`time` that hold words or ISO values. */
export interface SpokenInput {
  when?: string | undefined;
  date?: string | undefined;
  time?: string | undefined;
}

/** A stretch of one day in minutes of the wall clock, `to` exclusive; 1440 is midnight at the end of the day. */
export interface OpenSpan {
  from: number;
  to: number;
}

export interface LastVisit {
  startsAt: Instant;
  staffId?: string;
  serviceId?: string;
}

/** Everything a reading depends on besides the words. Pure: same input and context, same reading. */
export interface SpokenContext {
  now: Instant;
  /** IANA zone of the branch. */
  zone: string;
  /** Language of questions and sentences; the grammar always reads German and English. */
  language: Language;
  /** Opening spans of the requested service or branch on a day, ascending; empty = closed. */
  openOn(date: WallDate): readonly OpenSpan[];
  /** Name of a public holiday on which this branch is closed, else null. */
  holidayOn?: ((date: WallDate) => string | null) | undefined;
  /** null: known to have none; undefined: not looked up. */
  lastVisit?: LastVisit | null | undefined;
  /** What is asked of a long sentence may be settled by what was learned; see second-look/. Without it the caller is asked. */
  learned?: Learned | undefined;
  /** Names of services and staff: words that nothing else explains and that never turn a clear phrase into a question. */
  ignore?: readonly string[] | undefined;
}

export type UnderstoodKind =
  | 'instant'
  | 'date'
  | 'time'
  | 'window'
  | 'dates'
  | 'earliest'
  | 'same_as_last'
  | 'any'
  | 'ask'
  | 'invalid'
  | 'none';

/**
 * How the words were read; the wire shape of `understood` (dates `YYYY-MM-DD`, times `HH:MM`, the branch's zone).
 * - instant: `date` + `time`. date: `date`. time: `time`.
 * - window: a day with hours (`date` + `from`/`to`), hours alone (`from`/`to`, one may be missing: open end), days
 *   (`from_date`/`to_date`, one may be missing), or days with hours; `time` beside `from_date` = that hour on any of the days.
 * - dates: several days, with `from`/`to` or `time` meant for each.
 * - earliest / any: may carry `date`, `from_date`/`to_date`, `from`/`to` as limits.
 * - ask / invalid: nothing may be booked; `question` is ready to be spoken. `date`/`time` say what was refused.
 * - none: the words hold no time.
 * `closed`: the reading is clear but falls on a closed day or hour; `question` offers the way on.
 */
export interface Understood {
  kind: UnderstoodKind;
  closed?: true;
  date?: WallDate;
  time?: WallTime;
  from_date?: WallDate;
  to_date?: WallDate;
  from?: WallTime;
  to?: WallTime;
  dates?: WallDate[];
  /** Why, in English, for logs and the model. */
  because?: string;
  /** A sentence in the caller's language. */
  question?: string;
}

/** Starts that fit lie in `from ≤ start ≤ to`. */
export interface SearchWindow {
  from: Instant;
  to: Instant;
}

/**
 * What availability is asked for. `windows` are disjoint and ascending, never before now, and bounded in time and number;
 * `from`/`to` are their hull. `exact` is the one start the caller named (try it first, then offer what `windows` hold).
 */
export interface Search {
  /** `search` = look for slots; `ask` = say `question`, look for nothing. */
  state: 'search' | 'ask';
  question: string | null;
  from: Instant;
  to: Instant;
  windows: SearchWindow[];
  exact: Instant | null;
  /** true: offer slots spread over days instead of the first ones in a row. */
  spread: boolean;
  /** true: the caller named an hour and no day; the first fitting day was taken, so the day must be said aloud before booking. */
  dayAssumed: boolean;
  /** Same staff and service as the last visit are requested. */
  sameAsLast: boolean;
}
