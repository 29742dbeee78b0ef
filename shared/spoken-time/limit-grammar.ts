/** The grammar of limits: „zwischen zehn und zwölf", „von Dienstag bis Donnerstag", „ab drei", „bis Freitag", „nicht vor zehn". */
import type { ClockGrammar } from './clock-grammar.ts';
import type { Cursor, DayOrDoubt, Read } from './cursor.ts';
import type { DayGrammar } from './day-grammar.ts';
import type { DayTerm, PartOfDay, TimeTerm } from './terms.ts';

export interface LimitGrammar {
  /** Two ends. */
  range(i: number): Read<DayOrDoubt>;
  /** A limit on one side. */
  limited(i: number): Read<DayOrDoubt>;
}

const PARTS_WITH_EDGE = new Set<PartOfDay>([
  'noon',
  'forenoon',
  'afternoon',
  'evening',
  'morning',
  'frueh',
  'english-morning',
  'midday',
]);

export const stretch = (
  from: DayTerm | null,
  to: DayTerm | null,
  fromEdge: 'at' | 'after',
  toEdge: 'at' | 'before',
): DayTerm => ({
  d: 'span',
  span: { s: 'stretch', from, to, fromEdge, toEdge },
});

/** The first of two days may lack the month that the second names: „vom 1. bis 5. Dezember". */
function sharedMonth(first: DayTerm, second: DayTerm): DayTerm {
  if (first.d !== 'calendar' || second.d !== 'calendar' || first.month !== null || second.month === null) return first;
  return { ...first, month: second.month, year: second.year };
}

export function limitGrammar(cursor: Cursor, clockReader: ClockGrammar, dayReader: DayGrammar): LimitGrammar {
  const { tok, is, skip } = cursor;
  const { clock } = clockReader;
  const { dayTerm } = dayReader;

  function days(first: number, link: (i: number) => boolean): Read<DayTerm> {
    const from = dayTerm(first);
    if (!from || !link(from[1])) return null;
    const to = dayTerm(skip(from[1] + 1, 'to'));
    if (!to) return null;
    return [stretch(sharedMonth(from[0], to[0]), to[0], 'at', 'at'), to[1]];
  }

  function clocks(first: number, link: (i: number) => boolean): Read<TimeTerm> {
    const from = clock(first, is(first - 1, 'of-from'));
    if (!from || !link(from[1])) return null;
    const to = clock(skip(from[1] + 1, 'latest'));
    if (!to) return null;
    let [a, b] = [from[0], to[0]];
    // „between 2 and 4 pm": the half of the day goes with both.
    if (!a.strict && b.strict && is(to[1] - 1, 'meridiem') && a.minute < b.minute % 720)
      a = { ...a, minute: a.minute + (b.minute >= 720 ? 720 : 0), strict: true };
    if (a.strict && !b.strict && a.minute >= 720 && b.minute + 720 > a.minute)
      b = { ...b, minute: b.minute + 720, strict: true };
    return [{ t: 'between', from: a, to: b }, to[1]];
  }

  /** Two ends: „zwischen … und …", „von … bis …", „… bis …". */
  function range(i: number): Read<{ term: DayTerm } | { time: TimeTerm }> {
    const and = (at: number): boolean => is(at, 'and');
    const until = (at: number): boolean => is(at, 'until', 'to');
    if (is(i, 'between')) {
      const time = clocks(i + 1, and);
      if (time) return [{ time: time[0] }, time[1]];
      const day = days(i + 1, and);
      return day ? [{ term: day[0] }, day[1]] : null;
    }
    const prefixed = is(i, 'of-from', 'from') || tok(i)?.text === 'vom';
    const start = prefixed ? i + 1 : i;
    const time = is(
      start,
      'number',
      'clock',
      'pair',
      'half',
      'english-half',
      'quarter',
      'three-quarter',
      'at',
      'one',
      'exact',
      'daypart',
    )
      ? clocks(start, until)
      : null;
    if (time) return [{ time: time[0] }, time[1]];
    const day = days(start, until);
    return day ? [{ term: day[0] }, day[1]] : null;
  }

  /** A limit on one side: „ab", „bis", „vor", „nach", „spätestens", „nicht vor". */
  function limited(i: number): Read<DayOrDoubt> {
    const token = tok(i);
    if (!token) return null;
    const side =
      token.category === 'from' ||
      token.category === 'not-before' ||
      (token.category === 'of-from' && token.text === 'from')
        ? 'from'
        : token.category === 'after'
          ? 'after'
          : token.category === 'until' || token.category === 'latest' || token.category === 'not-after'
            ? 'until'
            : token.category === 'before'
              ? 'before'
              : token.category === 'of-from'
                ? 'of'
                : null;
    if (!side) return null;
    const at = skip(i + 1, 'latest', 'until', 'approx', 'exact');
    const later = side === 'from' || side === 'after';
    // „ab 3." without an article: a day, or an hour with the full stop of the sentence.
    if (
      tok(at)?.ordinal &&
      tok(at)?.digits &&
      !is(at + 1, 'month', 'oclock') &&
      !(is(at + 1, 'number') && tok(at + 1)?.ordinal)
    )
      return [{ doubt: 'day-or-hour' }, at + 1];

    const time = clock(at);
    if (time && !(is(time[1], 'month') || is(time[1], 'unit'))) {
      if (side === 'of') return is(time[1], 'an') ? [{ time: { t: 'from', clock: time[0] } }, time[1] + 1] : null;
      return [{ time: later ? { t: 'from', clock: time[0] } : { t: 'to', clock: time[0] } }, time[1]];
    }
    const partAt = skip(at, 'article', 'in');
    if (is(partAt, 'daypart') && side !== 'of') {
      const part = tok(partAt)?.value as PartOfDay;
      if (PARTS_WITH_EDGE.has(part))
        return [{ time: later ? { t: 'from-part', part } : { t: 'to-part', part } }, partAt + 1];
      return null;
    }
    const day = dayTerm(at);
    if (!day) return null;
    if (side === 'of')
      return is(day[1], 'an') || is(day[1], 'from') ? [{ term: stretch(day[0], null, 'at', 'at') }, day[1] + 1] : null;
    if (side === 'from') return [{ term: stretch(day[0], null, 'at', 'at') }, day[1]];
    if (side === 'after') return [{ term: stretch(day[0], null, 'after', 'at') }, day[1]];
    if (side === 'before') return [{ term: stretch(null, day[0], 'at', 'before') }, day[1]];
    if (token.category === 'not-after' || side === 'until')
      return [{ term: stretch(null, day[0], 'at', 'at') }, day[1]];
    return null;
  }

  return { range, limited };
}
