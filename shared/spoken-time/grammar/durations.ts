/** The grammar of durations: „in drei Tagen", „anderthalb Stunden", „Freitag in einer Woche", "a week on Friday". */
import type { Cursor, DayOrDoubt, Read } from './cursor.ts';
import type { Which } from './terms.ts';

const IDIOM_EIGHT_DAYS = 'idiom: „in acht Tagen" = one week';
/** „in den nächsten Tagen" without a number. */
const FEW_DAYS = 7;

interface Duration {
  minutes?: number;
  days?: number;
  months?: number;
  note?: string;
  half?: true;
}

export type AnyDuration = Duration | 'vague' | { fromDays: number; toDays: number };

/** Which one is meant at a token („dieser", „nächster", „kommender"); null: the token says nothing of that. */
export const whichAt = (c: Cursor, i: number): Which | null => (c.is(i, 'which') ? (c.tok(i)?.value as Which) : null);

/** A length of time, alone: „drei Tage", „eine halbe Stunde", „zwei bis drei Wochen". */
export function readDuration(c: Cursor, start: number): Read<AnyDuration> {
  const i = c.skip(start, 'article');
  if (c.is(i, 'approx')) {
    const inner = readDuration(c, i + 1);
    return inner ? ['vague', inner[1]] : null;
  }
  const one = c.is(i, 'one') ? i + 1 : i;
  // „ein paar Tage"
  if (c.is(one, 'couple')) {
    const unitAt = c.skip(one + 1, 'article');
    return c.is(unitAt, 'unit') ? ['vague', unitAt + 1] : null;
  }
  if (c.is(one, 'span-minutes')) return [{ minutes: Number(c.tok(one)?.value) }, one + 1];
  if (c.is(one, 'fortnight')) return [{ days: 14 }, one + 1];
  const broken = brokenAmount(c, i);
  return broken ? ofUnit(c, broken[0], broken[1]) : ofNumber(c, i);
}

/** An amount with a half in it, or a single one: „anderthalb", „1,5", „eine halbe", „eine". */
function brokenAmount(c: Cursor, i: number): Read<number> {
  if (c.is(i, 'one-and-half')) return [1.5, i + 1];
  if (c.is(i, 'decimal')) return [Number(c.tok(i)?.value) + 0.5, i + 1];
  if (c.is(i, 'half', 'english-half')) return [0.5, c.skip(i + 1, 'one')];
  if (c.is(i, 'one') && c.is(i + 1, 'half')) return [0.5, c.skip(i + 2, 'one')];
  return c.is(i, 'one', 'an') ? [1, i + 1] : null;
}

/** „drei Tage", „zweieinhalb Stunden", „zwei bis drei Wochen". */
function ofNumber(c: Cursor, i: number): Read<AnyDuration> {
  const amount = c.cardinal(i);
  if (amount === null) return null;
  const next = i + 1;
  if (c.is(next, 'and-half')) {
    // „zwei und eine halbe Stunde" carries its unit.
    if (c.tok(next)?.value === 1) return [{ minutes: (amount + 0.5) * 60 }, next + 1];
    return ofUnit(c, amount + 0.5, next + 1);
  }
  return c.is(next, 'until', 'or') ? upTo(c, amount, next) : ofUnit(c, amount, next);
}

/** „zwei bis drei Wochen": days from, days to. */
function upTo(c: Cursor, amount: number, linkAt: number): Read<AnyDuration> {
  const upper = c.cardinal(linkAt + 1);
  const unit = c.tok(linkAt + 2);
  if (upper === null || unit?.category !== 'unit' || (unit.value !== 'day' && unit.value !== 'week')) return null;
  const size = unit.value === 'week' ? 7 : 1;
  return [{ fromDays: amount * size, toDays: upper * size }, linkAt + 3];
}

/** So many of the unit at `i`. */
function ofUnit(c: Cursor, amount: number, i: number): Read<AnyDuration> {
  const unit = c.tok(i);
  if (unit?.category === 'fortnight') return [{ days: amount * 14 }, i + 1];
  if (unit?.category !== 'unit') return null;
  switch (unit.value) {
    case 'minute':
      return [{ minutes: amount }, i + 1];
    case 'hour':
      return hoursAndMinutes(c, amount, i);
    case 'day':
      if (amount === 8 && /^tag/.test(unit.text)) return [{ days: 7, note: IDIOM_EIGHT_DAYS }, i + 1];
      return Number.isInteger(amount) ? [{ days: amount }, i + 1] : ['vague', i + 1];
    case 'week':
      return Number.isInteger(amount) ? [{ days: amount * 7 }, i + 1] : [{ days: amount * 7, half: true }, i + 1];
    case 'month':
      return Number.isInteger(amount) ? [{ months: amount }, i + 1] : ['vague', i + 1];
    case 'year':
      return [{ months: Math.round(amount * 12) }, i + 1];
    default:
      return null;
  }
}

/** „eine Stunde", „eine Stunde und zwanzig Minuten", „eine Stunde und eine Viertelstunde". */
function hoursAndMinutes(c: Cursor, hours: number, i: number): Read<AnyDuration> {
  const andAt = c.is(i + 1, 'and') ? i + 2 : i + 1;
  const more = c.cardinal(andAt);
  if (more !== null && c.isUnit(andAt + 1, 'minute')) return [{ minutes: hours * 60 + more }, andAt + 2];
  if (c.is(i + 1, 'and') && c.is(i + 2, 'one') && c.is(i + 3, 'span-minutes'))
    return [{ minutes: hours * 60 + Number(c.tok(i + 3)?.value) }, i + 4];
  return [{ minutes: hours * 60 }, i + 1];
}

/** Days that can be counted: whole ones, no span of two numbers. */
function wholeDays(read: Read<AnyDuration>): Read<number> {
  if (!read || typeof read[0] !== 'object' || !('days' in read[0])) return null;
  return read[0].days === undefined || read[0].half ? null : [read[0].days, read[1]];
}

/** „in drei Tagen", „in anderthalb Stunden", „in zwei bis drei Wochen". */
export function readDelay(c: Cursor, i: number): Read<DayOrDoubt> {
  if (!c.is(i, 'in')) return null;
  const read = readDuration(c, i + 1);
  if (!read) return null;
  const [value, next] = read;
  if (value === 'vague') return [{ doubt: 'vague' }, next];
  if ('fromDays' in value)
    return [{ term: { d: 'span', span: { s: 'in-days', from: value.fromDays, to: value.toDays } } }, next];
  if (value.minutes !== undefined) return [{ time: { t: 'in', minutes: Math.round(value.minutes) } }, next];
  if (value.months !== undefined) return [{ term: { d: 'months', months: value.months } }, next];
  const days = value.days ?? 0;
  if (value.half) return [{ term: { d: 'half-week', days } }, next];
  // „in three weeks from today"
  const link = c.skip(next, 'of-from', 'article');
  if (link > next && c.is(link, 'relative'))
    return [{ term: { d: 'offset', days: days + Number(c.tok(link)?.value) } }, link + 1];
  return [{ term: { d: 'offset', days, ...(value.note === undefined ? {} : { note: value.note }) } }, next];
}

/** Whole days added behind a day: „Freitag in einer Woche", „heute über acht Tage", „Friday week". */
export function readAddedDays(c: Cursor, i: number): Read<number> {
  if (c.is(i, 'in') || c.tok(i)?.text === 'ueber') return wholeDays(readDuration(c, i + 1));
  if (c.tok(i)?.text === 'week') return [7, i + 1];
  return c.is(i, 'fortnight') ? [14, i + 1] : null;
}

/** „a week on Friday", „two weeks from tomorrow", „three days from now", „a week today". */
export function readDaysBefore(c: Cursor, i: number): Read<DayOrDoubt> {
  const read = wholeDays(readDuration(c, i));
  if (!read) return null;
  const [days, next] = read;
  const link = c.skip(next, 'of-from', 'article');
  if (c.is(link, 'soft-earliest') && link > next) return [{ term: { d: 'offset', days } }, link + 1];
  if (c.is(link, 'relative')) return [{ term: { d: 'offset', days: days + Number(c.tok(link)?.value) } }, link + 1];
  if (c.is(link, 'weekday') && link > next && days % 7 === 0 && /^(?:on|from)$/.test(c.text(link - 1)))
    return [{ term: { d: 'weekday', weekday: Number(c.tok(link)?.value), which: null, addDays: days } }, link + 1];
  return null;
}

/** „die nächsten drei Tage", „in den nächsten zwei Wochen". */
export function readNextDays(c: Cursor, i: number): Read<DayOrDoubt> {
  const which = whichAt(c, i);
  if (which !== 'next' && which !== 'coming') return null;
  const read = readDuration(c, i + 1);
  if (read && typeof read[0] === 'object' && 'days' in read[0] && read[0].days !== undefined && !c.is(i + 1, 'one'))
    return [{ term: { d: 'span', span: { s: 'next-days', days: Math.ceil(read[0].days) } } }, read[1]];
  const unitAt = c.is(i + 1, 'couple') ? i + 2 : i + 1;
  if (c.is(unitAt, 'unit') && /^(?:tage|tagen|days)$/.test(c.text(unitAt)))
    return [{ term: { d: 'span', span: { s: 'next-days', days: FEW_DAYS } } }, unitAt + 1];
  return null;
}
