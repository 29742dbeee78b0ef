/** What dating a phrase needs again and again: today, the opening hours ahead, problems as values. Built once per phrase. */
import { addDays, dateOf, minutesOf, timeOf, type WallDate } from '../../time.ts';
import type { Asker } from '../questions.ts';
import type { OpenSpan, SpokenContext, Understood } from '../reading.ts';
import { weekdayName } from '../say.ts';

/** Opening hours of so many days decide an hour that was said without a day. */
export const HOURS_HORIZON_DAYS = 14;
/** Further ahead nothing is read as meant: a slip of the tongue (or the model's wrong year) is likelier. */
export const MAX_DAYS_AHEAD = 550;

/** A reading that ends in a question. */
export interface Trouble {
  trouble: true;
  kind: 'ask' | 'invalid';
  because: string;
  question: string;
  date?: WallDate;
  time?: string;
}

export interface Frame extends Asker {
  context: SpokenContext;
  /** Minutes of the wall clock now. */
  nowMinutes: number;
  /** Hull of each day's opening, over the days ahead. */
  hulls(): readonly OpenSpan[];
  spansOn(date: WallDate): readonly OpenSpan[];
  /** Why a day is closed, or null. */
  closedWhy(date: WallDate): string | null;
  holiday(date: WallDate): string | null;
  isOpen(date: WallDate): boolean;
}

/** A reading that ends in a question; `because` is for the trace, `question` for the caller, `more` what was understood so far. */
export const trouble = (
  kind: 'ask' | 'invalid',
  because: string,
  question: string,
  more?: { date?: WallDate; time?: string },
): Trouble => ({
  trouble: true,
  kind,
  because,
  question,
  ...more,
});

/** Whether a step ended in a question instead of a value. */
export const isTrouble = (value: object): value is Trouble => 'trouble' in value;

/** The question as the result of the whole reading, with the date and time it is about where they are known. */
export const asUnderstood = (t: Trouble): Understood => ({
  kind: t.kind,
  ...(t.date === undefined ? {} : { date: t.date }),
  ...(t.time === undefined ? {} : { time: t.time }),
  because: t.because,
  question: t.question,
});

/** First opening to last closing of a day; null when closed. */
export function hullOf(spans: readonly OpenSpan[]): OpenSpan | null {
  let hull: OpenSpan | null = null;
  for (const span of spans) {
    if (span.to <= span.from) continue;
    hull =
      hull === null
        ? { from: span.from, to: span.to }
        : { from: Math.min(hull.from, span.from), to: Math.max(hull.to, span.to) };
  }
  return hull;
}

/** What all steps of one reading share: today and the minutes of the wall clock in the branch's zone, opening hours asked once a day. */
export function frameOf(context: SpokenContext): Frame {
  const today = dateOf(context.now, context.zone);
  const known = new Map<WallDate, readonly OpenSpan[]>();
  let hulls: OpenSpan[] | null = null;
  const holiday = (date: WallDate): string | null => context.holidayOn?.(date) ?? null;
  const spansOn = (date: WallDate): readonly OpenSpan[] => {
    let spans = known.get(date);
    if (spans === undefined) {
      spans = holiday(date) === null ? context.openOn(date) : [];
      known.set(date, spans);
    }
    return spans;
  };
  const isOpen = (date: WallDate): boolean => hullOf(spansOn(date)) !== null;
  return {
    context,
    language: context.language,
    today,
    nowMinutes: minutesOf(timeOf(context.now, context.zone)),
    openOn: spansOn,
    spansOn,
    holiday,
    isOpen,
    hulls: () => {
      if (hulls === null) {
        hulls = [];
        for (let i = 0; i < HOURS_HORIZON_DAYS; i++) {
          const hull = hullOf(spansOn(addDays(today, i)));
          if (hull) hulls.push(hull);
        }
      }
      return hulls;
    },
    closedWhy: (date) => {
      const name = holiday(date);
      if (name !== null) return `closed: public holiday (${name})`;
      return isOpen(date) ? null : `closed: ${weekdayName(date, 'en')}`;
    },
  };
}
