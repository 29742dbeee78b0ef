/**
 * The grammar of what is counted inside a month, a year or a week: „am ersten Werktag im Dezember", „am vorletzten Tag des Jahres", „in der
 * zweiten Dezemberwoche", and the n-th day or week behind another day. Called by days.ts; resolve/relative.ts dates it.
 */
import type { Cursor, Read } from './cursor.ts';
import { readYear } from './dates.ts';
import { whichAt } from './durations.ts';
import { readSpanName } from './spans.ts';
import { type DayReader, relationAt, stepTerm } from './steps.ts';
import type { DayTerm, SpanTerm, Stride } from './terms.ts';

/** Weeks of a year: nothing is counted further. */
const MAX_COUNT = 53;
const WEEKS_OF_MONTH = 5;

type Thing = { what: 'day' | 'workday' | number } | { part: 'week' | 'weekend' | 'half' };

/** A counted day or stretch; null where the count, the thing or what it is counted in is missing. */
export function readCounted(c: Cursor, start: number, dayAt: DayReader): Read<DayTerm> {
  const at = c.skip(start, 'article', 'in', 'an');
  const n = countAt(c, at);
  if (n === null) return null;
  // „in der einundfünfzigsten Kalenderwoche"
  if (c.is(at + 1, 'week-number') && n > 0) return [{ d: 'span', span: { s: 'week-number', week: n } }, at + 2];
  const thing = thingAt(c, at + 1);
  if (!thing) return listed(c, n, at + 1, dayAt);
  const next = c.tok(at + 1)?.category === 'english-half' ? c.skip(at + 2, 'of-from') : at + 2;
  return behindDay(c, n, thing, next, dayAt) ?? insideSpan(c, n, thing, next, start);
}

/** „am ersten oder zweiten Werktag im Januar": what is counted stands behind the last of them. */
function listed(c: Cursor, n: number, linkAt: number, dayAt: DayReader): Read<DayTerm> {
  if (!c.is(linkAt, 'or', 'and', 'until')) return null;
  const at = c.skip(linkAt + 1, 'article', 'in', 'an');
  const [next, thing] = [countAt(c, at), thingAt(c, at + 1)];
  if (next === null || !thing) return null;
  const term = dayAt(c, at)?.[0];
  if (term?.d === 'nth-day') return [{ ...term, n }, linkAt];
  // The month stands behind the last weekday alone.
  const of = 'what' in thing ? spanBehind(c, at + 2) : null;
  if (term?.d === 'nth-weekday' && of) return [counted(n, thing, of[0]), linkAt];
  return term?.d === 'span' && term.span.s === 'nth' ? [{ d: 'span', span: { ...term.span, n } }, linkAt] : null;
}

/** „ersten", "first", „letzten" (-1), „vorletzten" (-2), „nächsten" before a working day (1). */
function countAt(c: Cursor, i: number): number | null {
  const ordinal = c.ordinal(i);
  if (ordinal !== null) return ordinal >= 1 && ordinal <= MAX_COUNT ? ordinal : null;
  const text = c.text(i);
  if (/^letzte[nrsm]?$|^last$/.test(text)) return -1;
  if (/^vorletzte[nrsm]?$/.test(text)) return -2;
  if (/^drittletzte[nrsm]?$/.test(text)) return -3;
  return whichAt(c, i) === 'next' && c.isUnit(i + 1, 'workday') ? 1 : null;
}

function thingAt(c: Cursor, i: number): Thing | null {
  const token = c.tok(i);
  if (token?.category === 'weekday') return { what: Number(token.value) };
  if (token?.text === 'haelfte' || token?.category === 'english-half') return { part: 'half' };
  // „die letzten Tage im Dezember" are several.
  if (token?.category !== 'unit' || /^(?:tagen?|wochen|days|weeks|weekends)$/.test(token.text)) {
    if (token?.text !== 'tag') return null;
  }
  if (token.value === 'day' || token.value === 'workday') return { what: token.value };
  return token.value === 'week' || token.value === 'weekend' ? { part: token.value } : null;
}

/** „am ersten Werktag nach Neujahr", „der zweite Samstag nach Ostern", „die erste Woche nach Weihnachten". */
function behindDay(c: Cursor, n: number, thing: Thing, next: number, dayAt: DayReader): Read<DayTerm> {
  const sign = relationAt(c, next);
  const anchor = sign === 0 ? null : dayAt(c, next + 1);
  // „der letzte Samstag vor Weihnachten" is the first one back.
  const count = n === -1 && sign === -1 ? 1 : n;
  if (!anchor || sign === 0 || count < 1 || ('part' in thing && thing.part === 'half')) return null;
  const term = stepTerm(strideOf(thing, sign * count), [anchor[0]]);
  return term && [term, anchor[1]];
}

function strideOf(thing: Thing, count: number): Stride {
  if ('part' in thing) return thing.part === 'half' ? 'vague' : { span: thing.part, count };
  if (thing.what === 'day') return { by: 'days', count };
  return thing.what === 'workday' ? { by: 'workdays', count } : { by: 'weekday', weekday: thing.what, count };
}

function insideSpan(c: Cursor, n: number, thing: Thing, next: number, start: number): Read<DayTerm> {
  const of = spanBehind(c, next);
  // The n-th weekday of a month is read by dates.ts.
  if ('what' in thing && typeof thing.what === 'number' && !isOfYear(of?.[0]) && n > -2) return null;
  if (of) return [counted(n, thing, of[0]), of[1]];
  // „im Dezember in der zweiten Woche": the month stands before.
  const monthBefore = c.is(start - 1, 'month') || (c.isUnit(start - 1, 'month') && c.is(start - 2, 'which'));
  if (monthBefore) return [counted(n, thing, null), next];
  // „in der 50. Woche": no month has so many.
  if (n > WEEKS_OF_MONTH && 'part' in thing && thing.part === 'week')
    return [{ d: 'span', span: { s: 'week-number', week: n } }, next];
  // „am nächsten Werktag" alone is counted from today.
  const fromToday = n === 1 && c.is(next - 2, 'which') && 'what' in thing && thing.what === 'workday';
  return fromToday
    ? [{ d: 'step', step: { by: 'workdays', count: 1 }, anchor: [{ d: 'offset', days: 0 }] }, next]
    : null;
}

const isOfYear = (span: SpanTerm | undefined): boolean => span?.s === 'year';

const counted = (n: number, thing: Thing, of: SpanTerm | null): DayTerm =>
  'part' in thing
    ? { d: 'span', span: { s: 'nth', unit: thing.part, n, of } }
    : { d: 'nth-day', n, what: thing.what, of };

/** The month, year or week that something is counted in: „im Dezember", „des Monats", „nächstes Jahr", „2027". */
function spanBehind(c: Cursor, i: number): Read<SpanTerm> {
  const linked = c.skip(i, 'in', 'article', 'of-from');
  const at = c.isUnit(linked, 'month') && c.is(linked + 1, 'month') ? linked + 1 : linked;
  const token = c.tok(at);
  if (!token || token.afterComma) return null;
  if (token.category === 'month') {
    const year = readYear(c, at + 1);
    const month = Number(token.value);
    return [{ s: 'month', month, offset: 0, year: year?.[0] ?? null, stage: 'whole' }, year?.[1] ?? at + 1];
  }
  const year = at > i ? readYear(c, at) : null;
  if (year) return [{ s: 'year', year: year[0], offset: 0, stage: 'whole' }, year[1]];
  if (token.category === 'which') return named(readSpanName(c, at, 'whole'));
  return at > i && token.category === 'unit' ? ofThis(token.value, at + 1) : null;
}

const named = (read: Read<SpanTerm>): Read<SpanTerm> =>
  read && (read[0].s === 'month' || read[0].s === 'year' || read[0].s === 'week') ? read : null;

/** „des Monats", "of the year" */
function ofThis(unit: string | number, next: number): Read<SpanTerm> {
  if (unit === 'week') return [{ s: 'week', offset: 0, stage: 'whole' }, next];
  if (unit === 'month') return [{ s: 'month', month: null, offset: 0, year: null, stage: 'whole' }, next];
  return unit === 'year' ? [{ s: 'year', year: null, offset: 0, stage: 'whole' }, next] : null;
}
