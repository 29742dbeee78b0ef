/** The grammar of days: weekdays, dates, weeks, months, feasts, counted days. Nothing is dated here. */
import type { Cursor, DayOrDoubt, Read } from './cursor.ts';
import { type Place, placeOf, readDate, readYear, nthWeekdayOfMonth } from './dates.ts';
import { readAddedDays, readDaysBefore, readDelay, readDuration, readNextDays, whichAt } from './durations.ts';
import { readCounted } from './counted.ts';
import { readSpanName } from './spans.ts';
import { readNamedStep } from './steps.ts';
import type { DayTerm, SeasonName, SpanTerm, Stage, Which } from './terms.ts';

/** One day or stretch without a limiting preposition. `afterDay`: a day stands directly before. */
export function readDay(c: Cursor, start: number, afterDay = false): Read<DayOrDoubt> {
  // „in einer Woche ab Freitag" is left to the doubts.
  const delay = readDelay(c, start);
  if (delay) return delay;
  const relative = readCounted(c, start, readDayTerm) ?? readNamedStep(c, start, readDayTerm);
  if (relative) return relative[0] === 'vague' ? [{ doubt: 'vague' }, relative[1]] : day(relative[0], relative[1]);
  const place = placeOf(c, start, afterDay);
  return place && dayAt(c, place);
}

/** As `readDay`, days only. */
export function readDayTerm(c: Cursor, start: number): Read<DayTerm> {
  const read = readDay(c, start);
  return read && 'term' in read[0] ? [read[0].term, read[1]] : null;
}

const day = (term: DayTerm, next: number): Read<DayOrDoubt> => [{ term }, next];
const span = (term: SpanTerm, next: number): Read<DayOrDoubt> => [{ term: { d: 'span', span: term } }, next];

function dayAt(c: Cursor, place: Place): Read<DayOrDoubt> {
  const { i, token } = place;
  switch (token.category) {
    case 'date':
    case 'pair':
    case 'month':
    case 'number':
      return readDate(c, place);
    case 'relative':
      return relativeDay(c, i);
    case 'weekday':
      return weekday(c, i);
    case 'weekdays':
      return day({ d: 'every-weekday', weekday: Number(token.value) }, i + 1);
    case 'one':
      // „einen Termin Mittwoch" is no „einen Mittwoch".
      return c.is(i + 1, 'weekday') && c.tok(i + 1)?.at === token.at + 1
        ? day({ d: 'every-weekday', weekday: Number(c.tok(i + 1)?.value) }, i + 2)
        : readDaysBefore(c, i);
    case 'fortnight':
      return readDaysBefore(c, i);
    case 'which':
      return pointedAt(c, i, token.value as Which);
    case 'stage':
      return stage(c, i, token.value as Stage);
    case 'unit': {
      const read = readSpanName(c, i, 'whole');
      return read && span(read[0], read[1]);
    }
    case 'season':
      return span({ s: 'season', season: token.value as SeasonName }, i + 1);
    case 'week-number':
      return weekNumber(c, i);
    case 'rest-of-week':
      return span({ s: 'rest-of-week' }, i + 1);
    case 'between-years':
      return span({ s: 'between-years' }, i + 1);
    case 'work-days':
      return day({ d: 'workdays' }, i + 1);
    case 'feast': {
      const year = readYear(c, i + 1);
      return day({ d: 'feast', id: String(token.value), year: year?.[0] ?? null }, year?.[1] ?? i + 1);
    }
    case 'within':
      return within(c, i);
    default:
      return null;
  }
}

/** „heute", „morgen in einer Woche", „heute in drei Monaten". */
function relativeDay(c: Cursor, i: number): Read<DayOrDoubt> {
  const days = Number(c.tok(i)?.value);
  const plus = readAddedDays(c, i + 1);
  const months = days === 0 && c.is(i + 1, 'in') ? readDelay(c, i + 1) : null;
  if (months && 'term' in months[0] && months[0].term.d === 'months') return months;
  return day({ d: 'offset', days: days + (plus?.[0] ?? 0) }, plus?.[1] ?? i + 1);
}

/** „Dienstag", „Freitag in zwei Wochen", "Saturday after next". */
function weekday(c: Cursor, i: number): Read<DayOrDoubt> {
  const name = Number(c.tok(i)?.value);
  const plus = readAddedDays(c, i + 1);
  if (plus && plus[0] % 7 === 0) return day({ d: 'weekday', weekday: name, which: null, addDays: plus[0] }, plus[1]);
  if (c.is(i + 1, 'after') && whichAt(c, i + 2) === 'next' && !c.is(i + 3, 'unit'))
    return day({ d: 'weekday', weekday: name, which: 'afternext', addDays: 0 }, i + 3);
  return day({ d: 'weekday', weekday: name, which: null, addDays: 0 }, i + 1);
}

/** Behind „dieser", „kommender", „nächster", „übernächster", „letzter". */
function pointedAt(c: Cursor, i: number, which: Which): Read<DayOrDoubt> {
  if (c.is(i + 1, 'weekday')) return pointedWeekday(c, i, which);
  // „kommenden nächsten Dienstag", „this coming Saturday"
  if (c.is(i + 1, 'which') && c.is(i + 2, 'weekday') && (which === 'coming' || isThisComing(c, i)))
    return day({ d: 'weekday', weekday: Number(c.tok(i + 2)?.value), which: 'coming', addDays: 0 }, i + 3);
  // „die nächsten drei Dienstage", "the next three Tuesdays"
  const count = c.cardinal(i + 1);
  if (
    count !== null &&
    count > 1 &&
    count <= MOST_COUNTED &&
    /^(?:next|coming|this)$/.test(which) &&
    isPlural(c, i + 2)
  )
    return day({ d: 'every-weekday', weekday: Number(c.tok(i + 2)?.value), count }, i + 3);
  if (which === 'this' && c.is(i + 1, 'daypart')) return day({ d: 'offset', days: 0 }, i + 1);
  if (c.is(i + 1, 'feast'))
    return which === 'last'
      ? day({ d: 'past' }, i + 2)
      : day({ d: 'feast', id: String(c.tok(i + 1)?.value), year: null }, i + 2);
  const few = readNextDays(c, i);
  if (few) return few;
  if (which === 'last' && c.is(i + 1, 'unit', 'month')) return lastUnit(c, i);
  const read = readSpanName(c, i, 'whole');
  return read && span(read[0], read[1]);
}

/** So many weekdays in a row are taken at most. */
const MOST_COUNTED = 8;

const isPlural = (c: Cursor, i: number): boolean =>
  c.is(i, 'weekday', 'weekdays') && /(?:tage|days|mittwoche)$/.test(c.text(i));

const isThisComing = (c: Cursor, i: number): boolean => whichAt(c, i) === 'this' && whichAt(c, i + 1) === 'coming';

function pointedWeekday(c: Cursor, i: number, which: Which): Read<DayOrDoubt> {
  const name = Number(c.tok(i + 1)?.value);
  if (which === 'last') {
    const ofMonth = nthWeekdayOfMonth(c, -1, i + 1);
    return ofMonth ? day(ofMonth[0], ofMonth[1]) : day({ d: 'past' }, i + 2);
  }
  const plus = readAddedDays(c, i + 2);
  if (plus && plus[0] % 7 === 0 && (which === 'this' || which === 'coming'))
    return day({ d: 'weekday', weekday: name, which, addDays: plus[0] }, plus[1]);
  return day({ d: 'weekday', weekday: name, which, addDays: 0 }, i + 2);
}

/** „letzte Woche" is past; „die letzte Woche im Dezember" is still to come. */
function lastUnit(c: Cursor, i: number): Read<DayOrDoubt> {
  const monthAt = c.skip(i + 2, 'in', 'article');
  if (c.is(i + 1, 'unit') && c.is(i + 2, 'in', 'article') && c.is(monthAt, 'month'))
    return [{ doubt: 'vague' }, monthAt + 1];
  return day({ d: 'past' }, i + 2);
}

/** „Ende nächster Woche", „Anfang bis Mitte Dezember". */
function stage(c: Cursor, i: number, from: Stage): Read<DayOrDoubt> {
  if (c.is(i + 1, 'until') && c.is(i + 2, 'stage')) {
    const read = readSpanName(c, i + 3, c.tok(i + 2)?.value as Stage);
    if (!read || !('stage' in read[0])) return null;
    return span({ s: 'stages', from: { ...read[0], stage: from }, to: read[0] }, read[1]);
  }
  // „Ende der letzten Januarwoche"
  const counted = readCounted(c, i + 1, readDayTerm);
  if (counted?.[0].d === 'span' && counted[0].span.s === 'nth')
    return counted[0].span.unit === 'week' ? span({ ...counted[0].span, stage: from }, counted[1]) : null;
  const read = readSpanName(c, i + 1, from);
  return read && span(read[0], read[1]);
}

function weekNumber(c: Cursor, i: number): Read<DayOrDoubt> {
  const week = c.num(i + 1);
  return week !== null && week >= 1 && week <= 53 ? span({ s: 'week-number', week }, i + 2) : null;
}

/** „innerhalb von zwei Wochen" */
function within(c: Cursor, i: number): Read<DayOrDoubt> {
  const read = readDuration(c, c.skip(i + 1, 'of-from', 'article'));
  if (!read || typeof read[0] !== 'object' || !('days' in read[0])) return null;
  return span({ s: 'next-days', days: Math.ceil(read[0].days ?? 0) }, read[1]);
}
