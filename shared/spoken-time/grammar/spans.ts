/** The grammar of stretches that have a name: week, weekend, month, year, season; counted, or with „Anfang/Mitte/Ende" before them. */
import type { Token } from '../words/token.ts';
import type { Cursor, Read } from './cursor.ts';
import { readCalendarDay, readYear } from './dates.ts';
import { whichAt } from './durations.ts';
import type { SeasonName, SpanTerm, Stage, Which } from './terms.ts';

/** Weeks, months or years from this one. */
const OFFSETS: Record<Which, number> = { this: 0, coming: 1, next: 1, afternext: 2, last: -1 };

/** A named stretch. `stage` is set where „Anfang/Mitte/Ende" stands before. */
export function readSpanName(c: Cursor, start: number, stage: Stage): Read<SpanTerm> {
  const i = c.skip(start, 'article', 'in');
  const which = whichAt(c, i);
  const at = which ? i + 1 : i;
  const token = c.tok(at);
  if (token?.category === 'unit') return countedSpan(c, at, token, which, stage);
  if (token?.category === 'month' && (!which || which === 'this' || which === 'coming' || which === 'next')) {
    // „nächsten März" is the next one there is.
    const year = readYear(c, at + 1);
    if (stage === 'whole' && !which) return null;
    return [{ s: 'month', month: Number(token.value), offset: 0, year: year?.[0] ?? null, stage }, year?.[1] ?? at + 1];
  }
  if (token?.category === 'season' && stage === 'whole')
    return [{ s: 'season', season: token.value as SeasonName }, at + 1];
  const year = !which && stage !== 'whole' ? readYear(c, at) : null;
  return year ? [{ s: 'year', year: year[0], offset: 0, stage }, year[1]] : null;
}

/** „nächste Woche", „die Woche nach der nächsten", „Ende des Monats", „übernächstes Wochenende". */
function countedSpan(c: Cursor, at: number, unit: Token, which: Which | null, stage: Stage): Read<SpanTerm> {
  const nextAt = c.skip(at + 2, 'article');
  const afterNext = c.is(at + 1, 'after') && whichAt(c, nextAt) === 'next' && !c.is(nextAt + 1, 'unit');
  const implied = afterNext ? 2 : stage === 'whole' ? null : 0;
  const offset = which ? OFFSETS[which] : implied;
  const next = !which && afterNext ? nextAt + 1 : at + 1;
  switch (unit.value) {
    case 'week':
      return week(c, unit, which, offset, stage, next);
    case 'weekend':
      if (stage !== 'whole') return null;
      return [{ s: 'weekend', which: which ?? (afterNext ? 'afternext' : null) }, next];
    case 'month':
      return offset === null ? null : [{ s: 'month', month: null, offset, year: null, stage }, next];
    case 'year':
      return offset === null ? null : [{ s: 'year', year: null, offset, stage }, next];
    default:
      return null;
  }
}

/** „nächste Woche", „die Woche vom 24. November". */
function week(
  c: Cursor,
  unit: Token,
  which: Which | null,
  offset: number | null,
  stage: Stage,
  next: number,
): Read<SpanTerm> {
  if (/en$|s$/.test(unit.text) && unit.text !== 'week') return null;
  const ofAt = c.skip(next, 'of-from', 'from', 'article');
  const day = !which && ofAt > next ? readCalendarDay(c, ofAt) : null;
  if (day) return [{ s: 'week-of', day: day[0] }, day[1]];
  return offset === null ? null : [{ s: 'week', offset, stage }, next];
}
