/** The grammar of limits: „zwischen zehn und zwölf", „von Dienstag bis Donnerstag", „ab drei", „bis Freitag", „nicht vor zehn". */
import type { Token } from '../words/token.ts';
import { isNoon, MORNING_PARTS, NOON, readClock } from './clocks.ts';
import { BECAUSE, MOVING } from '../words/cues.ts';
import type { Cursor, DayOrDoubt, Read } from './cursor.ts';
import { readDayTerm } from './days.ts';
import type { Clock, DayTerm, PartOfDay, TimeTerm } from './terms.ts';

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

/** A stretch of days between two limits; null leaves that side open. */
export const stretch = (
  from: DayTerm | null,
  to: DayTerm | null,
  fromEdge: 'at' | 'after' = 'at',
  toEdge: 'at' | 'before' = 'at',
): DayTerm => ({
  d: 'span',
  span: { s: 'stretch', from, to, fromEdge, toEdge },
});

type Link = (c: Cursor, i: number) => boolean;
const isAnd: Link = (c, i) => c.is(i, 'and');
const isUntil: Link = (c, i) => c.is(i, 'until', 'to');

/** Two ends: „zwischen … und …", „von … bis …", „… bis …". */
export function readRange(c: Cursor, i: number): Read<DayOrDoubt> {
  if (c.is(i, 'between')) return clockRange(c, i + 1, isAnd) ?? dayRange(c, i + 1, isAnd);
  const prefixed = c.is(i, 'of-from', 'from') || c.tok(i)?.text === 'vom';
  const start = prefixed ? i + 1 : i;
  return (beginsClock(c, start) ? clockRange(c, start, isUntil) : null) ?? dayRange(c, start, isUntil);
}

const beginsClock = (c: Cursor, i: number): boolean =>
  c.is(
    i,
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
  );

function dayRange(c: Cursor, first: number, link: Link): Read<DayOrDoubt> {
  const from = readDayTerm(c, first);
  // "can it go from Tuesday to Wednesday": a move is no stretch.
  if (from && c.text(from[1]) === 'to' && c.all.some(({ text }) => text === 'go' || MOVING.test(text))) return null;
  // "on Wednesday can it go to Thursday" is no stretch.
  if (!from || !link(c, from[1]) || isFarBehind(c, from[1])) return null;
  const to = readDayTerm(c, c.skip(from[1] + 1, 'to'));
  return to ? [{ term: stretch(sharedMonth(from[0], to[0]), to[0]) }, to[1]] : null;
}

/** „um vier bitte denn bis drei …": other words stand between. */
const isFarBehind = (c: Cursor, i: number): boolean => {
  const [before, at] = [c.tok(i - 1)?.at ?? 0, c.tok(i)?.at ?? 0];
  // „um zehn, weil bis eins …": another clause.
  return at - before > 2 || c.all.slice(before, at).some(({ text }) => BECAUSE.has(text));
};

/** The first of two days may lack the month that the second names: „vom 1. bis 5. Dezember". */
function sharedMonth(first: DayTerm, second: DayTerm): DayTerm {
  if (first.d !== 'calendar' || second.d !== 'calendar' || first.month !== null || second.month === null) return first;
  return { ...first, month: second.month, year: second.year };
}

const OWNED = /^(?:my|our|his|her|their)$/;

/** „Mittwoch um zehn. Bis eins bin ich in der Uni." */
const STATES = /^(?:bin|hab|habe|haben|sind|ist|muss|arbeite|im|ive)$/;

function clockRange(c: Cursor, first: number, link: Link): Read<DayOrDoubt> {
  const from = readClock(c, first, c.is(first - 1, 'of-from'));
  if (!from || !link(c, from[1]) || isFarBehind(c, from[1])) return null;
  // "could I move my two o'clock to four": from one hour to another, and no stretch.
  if (c.text(from[1]) === 'to' && OWNED.test(c.all[(c.tok(first)?.at ?? 0) - 1]?.text ?? '')) return null;
  const to = readClock(c, c.skip(from[1] + 1, 'latest'));
  if (!to || (c.tok(from[1])?.afterComma && STATES.test(c.all[(c.tok(to[1] - 1)?.at ?? 0) + 1]?.text ?? '')))
    return null;
  let [a, b] = [from[0], to[0]];
  // „between 2 and 4 pm": the half of the day goes with both.
  if (!a.strict && b.strict && c.is(to[1] - 1, 'meridiem') && a.minute < b.minute % 720)
    a = { ...a, minute: a.minute + (b.minute >= 720 ? 720 : 0), strict: true };
  if (a.strict && !b.strict && a.minute >= 720 && b.minute + 720 > a.minute)
    b = { ...b, minute: b.minute + 720, strict: true };
  return [{ time: { t: 'between', from: a, to: b } }, to[1]];
}

/** Which side a word limits: `of` („von") does so only with „an" or „ab" behind the day or the hour. */
type Side = 'from' | 'after' | 'until' | 'before' | 'of';

function sideOf(token: Token): Side | null {
  switch (token.category) {
    case 'from':
    case 'not-before':
      return 'from';
    case 'after':
      return 'after';
    case 'until':
    case 'latest':
    case 'not-after':
      return 'until';
    case 'before':
      return 'before';
    case 'of-from':
      return token.text === 'from' ? 'from' : 'of';
    default:
      return null;
  }
}

/** A limit on one side: „ab", „bis", „vor", „nach", „spätestens", „nicht vor", „von … an". */
export function readLimit(c: Cursor, i: number): Read<DayOrDoubt> {
  const token = c.tok(i);
  const side = token ? sideOf(token) : null;
  // „hole ich ab, dann …": what stands behind a comma is not limited.
  if (!side || (/^(?:ab|nach|vor)$/.test(token?.text ?? '') && c.tok(i + 1)?.afterComma)) return null;
  // „ich hol die Samstag ab so gegen zehn": the end of the verb.
  if (
    token?.text === 'ab' &&
    c.is(i - 1, 'weekday', 'oclock', 'number', 'relative') &&
    c.all.slice(0, token.at).some(({ text }) => /^(?:hole?n?|holt|gebe?|gibt)$/.test(text))
  )
    return null;
  const at = c.skip(i + 1, 'latest', 'until', 'approx', 'exact');
  // „vor mir ein Lastwagen"
  if (
    /^(?:mir|dir|ihm|uns|ihnen|mich|ihr|me|us|you)$/.test(c.all[(token?.at ?? 0) + 1]?.text ?? '') &&
    c.is(at, 'number', 'one')
  )
    return null;
  if (mayBeDayOrHour(c, at)) return [{ doubt: 'day-or-hour' }, at + 1];
  const time = readClock(c, at);
  if (time && !c.is(time[1], 'month', 'unit')) {
    const [clock, next] = withHalf(c, time);
    return limitOfClock(c, side, { t: 'from', clock }, next);
  }
  const partAt = c.skip(at, 'article', 'in');
  if (c.is(partAt, 'daypart') && side !== 'of') return limitOfPart(c, side, partAt);
  const day = readDayTerm(c, at);
  return day && limitOfDay(c, side, day[0], day[1]);
}

/** „nicht vor zwölf Uhr mittags", "by eleven in the morning": the part of the day only tells which half is meant. */
function withHalf(c: Cursor, [clock, next]: readonly [Clock, number]): readonly [Clock, number] {
  const at = c.skip(next, 'article', 'in');
  if (clock.strict || !c.is(at, 'daypart') || !isDirectlyBehind(c, next, at)) return [clock, next];
  const part = c.tok(at)?.value as PartOfDay;
  if (isNoon(part) && clock.minute < 60) return [{ ...clock, minute: NOON + clock.minute, strict: true }, at + 1];
  const late = MORNING_PARTS.has(part) && clock.minute >= LATE_MORNING && clock.minute < NOON;
  return late ? [{ ...clock, strict: true }, at + 1] : [clock, next];
}

const isDirectlyBehind = (c: Cursor, next: number, at: number): boolean =>
  c.tok(next)?.afterComma === false && (c.tok(at)?.at ?? 0) - (c.tok(next - 1)?.at ?? 0) === at - next + 1;

/** The parts called morning end here; a later hour is still said with them. */
const LATE_MORNING = 10 * 60 + 1;

const isLower = (side: Side): boolean => side === 'from' || side === 'after';

/** „ab 3." without an article: a day, or an hour with the full stop of the sentence. */
const mayBeDayOrHour = (c: Cursor, at: number): boolean =>
  c.tok(at)?.ordinal === true &&
  c.tok(at)?.digits === true &&
  !c.is(at + 1, 'month', 'oclock') &&
  !(c.is(at + 1, 'number') && c.tok(at + 1)?.ordinal);

function limitOfClock(c: Cursor, side: Side, from: TimeTerm & { t: 'from' }, next: number): Read<DayOrDoubt> {
  if (side === 'of') return c.is(next, 'an') ? [{ time: from }, next + 1] : null;
  return [{ time: isLower(side) ? from : { t: 'to', clock: from.clock } }, next];
}

function limitOfPart(c: Cursor, side: Side, partAt: number): Read<DayOrDoubt> {
  const part = c.tok(partAt)?.value as PartOfDay;
  if (!PARTS_WITH_EDGE.has(part)) return null;
  return [{ time: isLower(side) ? { t: 'from-part', part } : { t: 'to-part', part } }, partAt + 1];
}

function limitOfDay(c: Cursor, side: Side, day: DayTerm, next: number): Read<DayOrDoubt> {
  switch (side) {
    case 'of':
      return c.is(next, 'an', 'from') ? [{ term: stretch(day, null) }, next + 1] : null;
    case 'from':
      return [{ term: stretch(day, null) }, next];
    case 'after':
      return [{ term: stretch(day, null, 'after') }, next];
    case 'before':
      return [{ term: stretch(null, day, 'at', 'before') }, next];
    case 'until':
      return [{ term: stretch(null, day) }, next];
  }
}
