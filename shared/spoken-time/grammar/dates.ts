/** The grammar of calendar days: „24. November", „am dritten Zwölften", „3.12.", "November 24th", „der zweite Dienstag im März". */
import type { Token } from '../words/token.ts';
import { monthHasDay, readHour } from './clocks.ts';
import type { Cursor, DayOrDoubt, Read } from './cursor.ts';
import { readDaysBefore, readDelay } from './durations.ts';
import type { DayTerm, Doubt } from './terms.ts';

const YEAR_FROM = 2020;
const YEAR_TO = 2100;
/** So many slots are offered at a time at most. */
const MAX_PICK = 5;

/** Where a day may begin, behind its articles and prepositions. */
export interface Place {
  i: number;
  token: Token;
  afterArticle: boolean;
  afterIn: boolean;
  /** A day stands before: what may be a day or an hour is a date then. */
  afterDay: boolean;
}

/** The token behind articles and prepositions at which a day may begin, with what stood before it; null at the end of the sentence. */
export function placeOf(c: Cursor, start: number, afterDay: boolean): Place | null {
  const i = c.skip(start, 'article', 'in', 'an');
  const token = c.tok(i);
  if (!token) return null;
  const before = i > start ? c.text(i - 1) : '';
  return {
    i,
    token,
    afterArticle: /^(?:am|den|dem|der|zum|vom|the|on)$/.test(before),
    afterIn: /^(?:in|im|of)$/.test(before),
    afterDay,
  };
}

const dated = (term: DayTerm, next: number): Read<DayOrDoubt> => [{ term }, next];

/** A date that names its day: written out, with its month before or behind, or a day of the month alone. */
export function readDate(c: Cursor, place: Place): Read<DayOrDoubt> {
  switch (place.token.category) {
    case 'date':
      return writtenDate(c, place);
    case 'pair':
      return writtenPair(c, place);
    case 'month': {
      const read = monthFirst(c, place.i, place.afterIn);
      return read ? dated(read[0], read[1]) : null;
    }
    case 'number':
      return numberedDay(c, place);
    default:
      return null;
  }
}

/** As `readDate` from before the articles; null for all but a single calendar day. */
export function readCalendarDay(c: Cursor, start: number): Read<DayTerm> {
  const place = readDelay(c, start) ? null : placeOf(c, start, false);
  const read = place && readDate(c, place);
  return read && 'term' in read[0] && read[0].term.d === 'calendar' ? [read[0].term, read[1]] : null;
}

/** A year behind a date: „2027", „zwanzig siebenundzwanzig". */
export function readYear(c: Cursor, i: number): Read<number> {
  const at = c.skip(i, 'article', 'in');
  const value = c.cardinal(at);
  if (value !== null && value >= YEAR_FROM && value <= YEAR_TO) return [value, at + 1];
  const rest = c.cardinal(i + 1);
  if (c.cardinal(i) === 20 && rest !== null && rest >= 26 && rest <= 29 && !c.is(i + 2, 'oclock', 'unit'))
    return [2000 + rest, i + 2];
  return null;
}

/** The n-th weekday at `weekdayAt` of a month that is named behind it; -1 the last. */
export function nthWeekdayOfMonth(c: Cursor, n: number, weekdayAt: number): Read<DayTerm> {
  const weekday = Number(c.tok(weekdayAt)?.value);
  const monthAt = c.skip(weekdayAt + 1, 'article', 'in');
  if (c.isUnit(monthAt, 'month')) return [{ d: 'nth-weekday', n, weekday, thisMonth: true }, monthAt + 1];
  const named = c.is(monthAt, 'month') || (c.is(monthAt, 'which') && c.is(monthAt + 1, 'unit'));
  return named ? [{ d: 'nth-weekday', n, weekday }, weekdayAt + 1] : null;
}

function withYear(c: Cursor, day: number, month: number, i: number): Read<DayTerm> {
  const year = readYear(c, i);
  return [{ d: 'calendar', day, month, year: year?.[0] ?? null }, year?.[1] ?? i];
}

const calendarDay = (c: Cursor, day: number, month: number, i: number): Read<DayOrDoubt> => {
  const read = withYear(c, day, month, i);
  return read && dated(read[0], read[1]);
};

const clockFollows = (c: Cursor, i: number): boolean =>
  c.is(i, 'oclock', 'meridiem', 'unit', 'person', 'half', 'and-half') ||
  (c.tok(i)?.text === 'am' && c.language === 'en') ||
  (c.is(i, 'before', 'past', 'to') && readHour(c, i + 1) !== null);

/** „am dritten vierten oder fünften Dezember": days in a list, not a day and its month. */
const listGoesOn = (c: Cursor, i: number): boolean =>
  c.is(i, 'or', 'and', 'until') && c.is(c.skip(i + 1, 'article'), 'number', 'date');

/** „24.11.2026", „24.11.", „11/24". */
function writtenDate(c: Cursor, { i, token }: Place): Read<DayOrDoubt> {
  const parts = token.parts;
  if (!parts) return null;
  if (parts.iso) return dated({ d: 'calendar', day: parts.a, month: parts.b, year: parts.c, iso: true }, i + 1);
  let [day, month] = [parts.a, parts.b];
  if (parts.slash && c.language === 'en' && day <= 12 && month <= 12 && day !== month)
    return [{ doubt: 'date-order' }, i + 1];
  if (parts.slash && month > 12 && day <= 12) [day, month] = [month, day];
  if (parts.c !== null) return dated({ d: 'calendar', day, month, year: parts.c }, i + 1);
  return calendarDay(c, day, month, i + 1);
}

/** „3.12": a day behind an article or a weekday, else a day or an hour. */
function writtenPair(c: Cursor, { i, token, afterArticle, afterDay }: Place): Read<DayOrDoubt> {
  const parts = token.parts;
  if (!parts || parts.a < 1 || parts.a > 31 || parts.b < 1 || parts.b > 12 || c.is(i + 1, 'oclock')) return null;
  return afterArticle || afterDay ? calendarDay(c, parts.a, parts.b, i + 1) : [{ doubt: 'date-or-time' }, i + 1];
}

/** A number where a day may stand: „drei Wochen von heute", „2027", „24. November", „am dritten". */
function numberedDay(c: Cursor, { i, token, afterArticle }: Place): Read<DayOrDoubt> {
  const weeks = readDaysBefore(c, i);
  if (weeks) return weeks;
  const value = c.cardinal(i);
  if (value !== null && value >= YEAR_FROM && value <= YEAR_TO && token.digits)
    return dated({ d: 'span', span: { s: 'year', year: value, offset: 0, stage: 'whole' } }, i + 1);
  const ordinal = c.ordinal(i);
  const read = ordinal === null ? cardinalDay(c, i, afterArticle) : ordinalDay(c, i, ordinal);
  if (!read) return null;
  return typeof read[0] === 'string' ? [{ doubt: read[0] }, read[1]] : dated(read[0], read[1]);
}

/** „24. November", „dritten Zwölften", „24th of November", „zweiter Dienstag im März", „am dritten". */
function ordinalDay(c: Cursor, i: number, day: number): Read<DayTerm | Doubt> {
  if (day < 1 || day > 31) return null;
  const at = c.skip(i + 1, 'article');
  if (c.is(at, 'month')) return withYear(c, day, Number(c.tok(at)?.value), at + 1);
  const month = c.tok(i + 1);
  if (month?.category === 'number' && month.ordinal && !month.afterComma) {
    if (listGoesOn(c, i + 2)) return ['unread', i + 2];
    if (Number(month.value) <= 12) return withYear(c, day, Number(month.value), i + 2);
  }
  // "the fourth for Wednesday" is no fourth Wednesday.
  if (c.is(i + 1, 'weekday') && day <= 5 && (c.tok(i + 1)?.at ?? 0) - (c.tok(i)?.at ?? 0) === 1) {
    const nth = nthWeekdayOfMonth(c, day, i + 1);
    if (nth) return nth;
    // „nächsten Monat am ersten Mittwoch", „im Januar der zweite Dienstag"
    const back = c.is(i - 1, 'article') ? i - 2 : i - 1;
    if (c.is(back, 'month') || (c.isUnit(back, 'month') && c.is(back - 1, 'which')))
      return [{ d: 'nth-weekday', n: day, weekday: Number(c.tok(i + 1)?.value) }, i + 2];
    if (!c.tok(i)?.digits) return ['vague', i + 2];
  }
  if (c.is(i + 1, 'unit', 'stage') || c.tok(i + 1)?.text === 'haelfte') return ['vague', i + 2];
  // „den zweiten bitte" may choose among offered slots.
  const pick = !c.tok(i)?.digits && day <= MAX_PICK && /^(?:den|der|die|das|the)$/.test(c.text(i - 1));
  return [{ d: 'calendar', day, month: null, year: null, ...(pick ? { pick } : {}) }, i + 1];
}

/** „24 November", „am 24", and a number in words that may be a day or an hour. */
function cardinalDay(c: Cursor, i: number, afterArticle: boolean): Read<DayTerm | Doubt> {
  const value = c.cardinal(i);
  if (value === null || value < 1 || value > 31) return null;
  if (
    c.is(i + 1, 'month') &&
    !(monthHasDay(c, i + 1) && c.is(i - 1, 'at')) &&
    (c.tok(i + 1)?.text !== 'may' || c.language === 'en')
  )
    return withYear(c, value, Number(c.tok(i + 1)?.value), i + 2);
  if (!afterArticle || clockFollows(c, i + 1)) return null;
  if (c.tok(i)?.digits) return [{ d: 'calendar', day: value, month: null, year: null }, i + 1];
  return value > 12 && !c.is(i + 1, 'number') ? ['day-or-hour', i + 1] : null;
}

/** „November 24th", and a month by itself. */
function monthFirst(c: Cursor, i: number, afterIn: boolean): Read<DayTerm> {
  const token = c.tok(i);
  const month = Number(token?.value);
  const dayAt = c.skip(i + 1, 'article');
  const day = c.num(dayAt);
  if (
    day !== null &&
    day >= 1 &&
    day <= 31 &&
    !clockFollows(c, dayAt + 1) &&
    (c.tok(dayAt)?.ordinal || (!afterIn && c.tok(dayAt)?.digits && !c.tok(dayAt)?.afterComma))
  )
    return withYear(c, day, month, dayAt + 1);
  if (token?.text === 'may' && !afterIn && c.language === 'en' && !c.is(i - 1, 'which', 'stage')) return null;
  const year = readYear(c, i + 1);
  return [
    { d: 'span', span: { s: 'month', month, offset: 0, year: year?.[0] ?? null, stage: 'whole' } },
    year?.[1] ?? i + 1,
  ];
}
