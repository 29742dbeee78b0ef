/**
 * The grammar of steps: days and hours counted from another one. A step names its anchor itself („zwei Tage vor Heiligabend"), or
 * counts from what was said last before it („einen Tag später"); without either it is a doubt. Called by days.ts, counted.ts and anchors.ts.
 */
import { readClock } from './clocks.ts';
import type { Cursor, Read } from './cursor.ts';
import { type AnyDuration, readDuration } from './durations.ts';
import type { Clock, DayTerm, StepUnit, Stride } from './terms.ts';

/** Reads one day; days.ts hands it in, it calls this file itself. */
export type DayReader = (c: Cursor, i: number) => Read<DayTerm>;

const SPAN_UNITS: ReadonlySet<string> = new Set<StepUnit>(['week', 'weekend', 'month']);
/** „nach dem Termin": names the appointment that was spoken of. */
const APPOINTMENT = /^(?:termin|besuch|behandlung|untersuchung|kontrolle|massage|beratung|appointment)$/;

/** The term of a stride from an anchor; null for hours and lengths that name no single day. */
export function stepTerm(stride: Stride, anchor: readonly DayTerm[]): DayTerm | null {
  if (stride === 'vague' || 'minutes' in stride) return null;
  if ('span' in stride)
    return { d: 'span', span: { s: 'step', unit: stride.span, count: stride.count, anchor: [...anchor] } };
  return { d: 'step', step: stride, anchor: [...anchor] };
}

/** True for a term that counts from another day. */
export const isStep = (term: DayTerm): boolean => term.d === 'step' || (term.d === 'span' && term.span.s === 'step');

/** A step that names its anchor behind it: „einen Tag vor Heiligabend", „die Woche nach Ostern", „Brückentag nach Himmelfahrt". */
export function readNamedStep(c: Cursor, start: number, dayAt: DayReader): Read<DayTerm | 'vague'> {
  const at = c.skip(start, 'article', 'in', 'an', 'exact');
  if (c.is(at, 'bridge')) return bridge(c, at, dayAt);
  const around = c.isUnit(at, 'weekend') ? anchorOf(c, at + 1, dayAt) : null;
  if (around) return stepOf({ span: 'weekend', count: 0 }, around);
  const unit = unitAt(c, at);
  const measured = unit ? null : lengthAt(c, at);
  const next = unit ? at + 1 : (measured?.[1] ?? -1);
  const sign = relationAt(c, next);
  if (sign === 0) return measured && countedFrom(c, measured, dayAt);
  const anchor = (c.tok(next + 1)?.at ?? 0) - (c.tok(next)?.at ?? 0) > 1 ? null : dayAt(c, next + 1);
  if (!anchor) return null;
  return stepOf(unit ? unitStride(unit, sign) : strideOf(measured?.[0] ?? 'vague', sign), anchor);
}

/** "two weeks from the 3rd of December", "a week on from Christmas Eve"; from a weekday or from today durations.ts reads it. */
function countedFrom(c: Cursor, [length, next]: readonly [Length, number], dayAt: DayReader): Read<DayTerm | 'vague'> {
  const at = c.text(next) === 'on' ? next + 1 : next;
  const anchor = c.text(at) === 'from' ? dayAt(c, at + 1) : null;
  const dated = anchor?.[0].d === 'calendar' || anchor?.[0].d === 'feast';
  return anchor && dated ? stepOf(strideOf(length, 1), anchor) : null;
}

function stepOf(stride: Stride, anchor: readonly [DayTerm, number]): Read<DayTerm | 'vague'> {
  const term = stepTerm(stride, [anchor[0]]);
  return term || stride === 'vague' ? [term ?? 'vague', anchor[1]] : null;
}

/** „nach", „before": on which side of the anchor the step goes; 0: neither. */
export function relationAt(c: Cursor, i: number): -1 | 0 | 1 {
  if (c.is(i, 'after')) return 1;
  return c.is(i, 'before') ? -1 : 0;
}

/** „vom 5. Dezember", „des ersten Advents": the day whose weekend is meant. */
function anchorOf(c: Cursor, i: number, dayAt: DayReader): Read<DayTerm> {
  return c.is(i, 'of-from') || /^(?:vom|des)$/.test(c.text(i)) ? dayAt(c, i + 1) : null;
}

/** „Brückentag nach Himmelfahrt", „Brückentag an Fronleichnam". */
function bridge(c: Cursor, i: number, dayAt: DayReader): Read<DayTerm | 'vague'> {
  const sign = relationAt(c, i + 1);
  const at = sign === 0 ? c.skip(i + 1, 'of-from', 'an', 'article', 'in') : i + 2;
  const anchor = dayAt(c, at);
  return anchor && stepOf({ by: 'bridge', count: sign }, anchor);
}

/** „eine Stunde vor zwölf", "half an hour after three": the clock, and how many minutes from it. */
export function readNamedHourStep(c: Cursor, start: number): Read<{ minutes: number; clock: Clock }> {
  const at = c.skip(start, 'at', 'exact');
  const measured = lengthAt(c, at);
  const stride = measured && strideOf(measured[0], relationAt(c, measured[1]) || 1);
  if (!measured || !stride || stride === 'vague' || !('minutes' in stride)) return null;
  const clock = relationAt(c, measured[1]) === 0 ? null : readClock(c, measured[1] + 1);
  return clock && [{ minutes: stride.minutes, clock: clock[0] }, clock[1]];
}

/** A step that leaves its anchor to what was said before: „zwei Tage später", „am Donnerstag drauf", „am selben Tag". */
export function readStride(c: Cursor, start: number): Read<Stride> {
  const led = c.skip(start, 'at', 'exact', 'article', 'in');
  const at = c.is(led, 'an') && c.is(led + 1, 'article') ? c.skip(led, 'an', 'article') : led;
  if (c.is(at, 'step')) return c.tok(at)?.value === 0 ? sameAgain(c, at + 1) : null;
  if (c.is(at, 'bridge'))
    return c.is(at + 1, 'before', 'after', 'of-from', 'article', 'in', 'an')
      ? null
      : [{ by: 'bridge', count: 0 }, at + 1];
  const unit = unitAt(c, at);
  if (unit) {
    // „am Wochenende eher", „die Woche später": only a length goes earlier or later.
    const to = /^§(?:spaeter|frueher)$/.test(c.text(at + 1)) ? null : directionAt(c, at + 1);
    return to && [unitStride(unit, to[0]), to[1]];
  }
  const measured = lengthAt(c, at);
  const to = measured && directionAt(c, measured[1]);
  return to && [strideOf(measured[0], to[0]), to[1]];
}

/** „am selben Tag", „in derselben Woche", „am selben Dienstag". */
function sameAgain(c: Cursor, i: number): Read<Stride> {
  const unit = unitAt(c, i);
  if (!unit) return null;
  const stride = unitStride(unit, 1);
  return [stride !== 'vague' && 'count' in stride ? { ...stride, count: 0 } : stride, i + 1];
}

/** What follows a step that ends on "after" or "before". */
const ENDS_STEP =
  /^(?:would|is|works?|suits?|should|could|can|might|will|please|instead|then|thats|id|if|at|for|same|§same-hour)$/;

/** A direction behind a length or a day: later 1, earlier -1. */
function directionAt(c: Cursor, i: number): Read<1 | -1> {
  const token = c.tok(i);
  if (token?.category === 'step' && token.value !== 0) return [Number(token.value) > 0 ? 1 : -1, i + 1];
  const sign = relationAt(c, i);
  if (sign === 0 || !token) return null;
  const articleEnd = c.skip(i + 1, 'article');
  const last = c.tok(articleEnd - 1);
  // „zwei Tage nach dem Termin": the appointment spoken of is the anchor.
  if (articleEnd > i + 1 && last && APPOINTMENT.test(c.all[last.at + 1]?.text ?? '')) return [sign, articleEnd];
  if (!/^(?:before|after)$/.test(token.text)) return null;
  const next = c.tok(i + 1);
  // "the day after would be perfect"
  const behind = c.all[token.at + 1];
  const ends = !next || next.afterComma || behind?.afterComma || c.is(i + 1, 'at') || next.text === 'on';
  return ends || ENDS_STEP.test(behind?.text ?? '') ? [sign, i + 1] : null;
}

type Named = { unit: 'day' | 'workday' | StepUnit } | { weekday: number };

/** A day, a week or a weekday by name, without a number: „Tag", „Donnerstag". */
function unitAt(c: Cursor, i: number): Named | null {
  const token = c.tok(i);
  if (token?.category === 'weekday') return { weekday: Number(token.value) };
  // „Tage", „Wochen" want a number before them.
  if (token?.category !== 'unit' || /^(?:tagen?|tage|wochen|days|weeks|monate[n]?|months)$/.test(token.text)) {
    if (token?.text !== 'tag') return null;
  }
  if (token.value === 'day' || token.value === 'workday') return { unit: token.value };
  return SPAN_UNITS.has(String(token.value)) ? { unit: token.value as StepUnit } : null;
}

function unitStride(named: Named, count: 1 | -1): Stride {
  if ('weekday' in named) return { by: 'weekday', weekday: named.weekday, count };
  if (named.unit === 'day') return { by: 'days', count };
  if (named.unit === 'workday') return { by: 'workdays', count };
  return { span: named.unit, count };
}

type Length = AnyDuration | { workdays: number };

/** „zwei Tage", „anderthalb Stunden", „drei Werktage"; no single unit without a number. */
function lengthAt(c: Cursor, i: number): Read<Length> {
  if (
    !c.is(
      i,
      'number',
      'one',
      'an',
      'half',
      'english-half',
      'span-minutes',
      'one-and-half',
      'decimal',
      'couple',
      'fortnight',
    )
  )
    return null;
  const several = severalAt(c, i);
  if (several) return several;
  const count = countAt(c, i);
  if (count !== null && c.isUnit(i + 1, 'workday')) return [{ workdays: count }, i + 2];
  const read = readDuration(c, i);
  // „acht Tage" is a week in „in acht Tagen", and eight days as likely behind a date.
  return read && typeof read[0] === 'object' && 'note' in read[0] ? ['vague', read[1]] : read;
}

/** „ein oder zwei Tage", „ein, zwei Stunden": no single length. In „um zehn, zwei Tage später" the first is an hour. */
function severalAt(c: Cursor, i: number): Read<'vague'> {
  const joined = c.is(i + 1, 'or', 'until');
  const at = joined ? i + 2 : i + 1;
  const [first, second] = [countAt(c, i), countAt(c, at)];
  const unit = c.tok(at + 1);
  if (first === null || second === null || unit?.category !== 'unit' || unit.value === 'weekend') return null;
  if (c.is(i, 'number') && (c.is(i - 1, 'at') || c.tok(at)?.afterComma)) return null;
  return (joined ? first < second : second === first + 1) ? ['vague', at + 2] : null;
}

const countAt = (c: Cursor, i: number): number | null => (c.is(i, 'one') ? 1 : c.cardinal(i));

function strideOf(length: Length, sign: 1 | -1): Stride {
  if (length === 'vague' || 'fromDays' in length) return 'vague';
  if ('workdays' in length) return { by: 'workdays', count: sign * length.workdays };
  if (length.minutes !== undefined) return { minutes: sign * Math.round(length.minutes) };
  if (length.months !== undefined) return { by: 'months', count: sign * length.months };
  return length.days === undefined || length.half ? 'vague' : { by: 'days', count: sign * length.days };
}
