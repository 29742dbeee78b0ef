/** The grammar of days: weekdays, dates, weeks, months, feasts, counted days. Nothing is dated here. */
import type { ClockGrammar } from './clock-grammar.ts';
import type { Cursor, DayOrDoubt, Read } from './cursor.ts';
import type { DurationGrammar } from './duration-grammar.ts';
import type { DayTerm, Doubt, SeasonName, SpanTerm, Stage, Which } from './terms.ts';

const YEAR_FROM = 2020;
const YEAR_TO = 2100;
/** So many slots are offered at a time at most. */
const MAX_PICK = 5;
const WEEKS: Record<Which, number> = { this: 0, coming: 1, next: 1, afternext: 2, last: -1 };

export interface DayGrammar {
  /** One day or stretch without a limiting preposition. `afterDay`: a day stands before. */
  dayCore(start: number, allowArticles: boolean, afterDay: boolean): Read<DayOrDoubt>;
  /** As `dayCore`, days only. */
  dayTerm(i: number): Read<DayTerm>;
}

export function dayGrammar(cursor: Cursor, clocks: ClockGrammar, durations: DurationGrammar): DayGrammar {
  const { language, tok, is, num, cardinal, ordinal, skip } = cursor;
  const { hour, monthHasDay } = clocks;
  const { duration, inDuration, plusDays, weeksBefore, nextDays, whichAt } = durations;

  function yearAfter(i: number): Read<number> {
    const at = skip(i, 'article', 'in');
    const value = cardinal(at);
    if (value !== null && value >= YEAR_FROM && value <= YEAR_TO) return [value, at + 1];
    const rest = cardinal(i + 1);
    if (cardinal(i) === 20 && rest !== null && rest >= 26 && rest <= 29 && !is(i + 2, 'oclock', 'unit'))
      return [2000 + rest, i + 2];
    return null;
  }

  function withYear(day: number, month: number | null, i: number): Read<DayTerm> {
    const year = month === null ? null : yearAfter(i);
    return [{ d: 'calendar', day, month, year: year?.[0] ?? null }, year?.[1] ?? i];
  }

  const clockFollows = (i: number): boolean =>
    is(i, 'oclock', 'meridiem', 'unit', 'person', 'half', 'and-half') ||
    (tok(i)?.text === 'am' && language === 'en') ||
    (is(i, 'before', 'past', 'to') && hour(i + 1) !== null);

  /** „am dritten vierten oder fünften Dezember": days in a list, not a day and its month. */
  const listGoesOn = (i: number): boolean =>
    is(i, 'or', 'and', 'until') && is(skip(i + 1, 'article'), 'number', 'date');

  /** Day of the month and month: „24. November", „dritten Zwölften", „24th of November". */
  function dayAndMonth(i: number, afterArticle: boolean): Read<DayTerm | Doubt> {
    const day = ordinal(i);
    if (day !== null) {
      if (day < 1 || day > 31) return null;
      const at = skip(i + 1, 'article');
      if (is(at, 'month')) return withYear(day, Number(tok(at)?.value), at + 1);
      const month = tok(i + 1);
      if (
        month?.category === 'number' &&
        month.ordinal &&
        !month.afterComma &&
        Number(month.value) <= 12 &&
        !listGoesOn(i + 2)
      )
        return withYear(day, Number(month.value), i + 2);
      if (month?.category === 'number' && month.ordinal && listGoesOn(i + 2) && !month.afterComma)
        return ['unread', i + 2];
      const weekdayAt = i + 1;
      if (is(weekdayAt, 'weekday') && day <= 5) {
        const weekday = Number(tok(weekdayAt)?.value);
        const monthAt = skip(weekdayAt + 1, 'article', 'in');
        const monthNamed =
          is(monthAt, 'month') ||
          (is(monthAt, 'which') && is(monthAt + 1, 'unit')) ||
          (is(monthAt, 'unit') && tok(monthAt)?.value === 'month');
        if (is(monthAt, 'unit') && tok(monthAt)?.value === 'month')
          return [{ d: 'nth-weekday', n: day, weekday, thisMonth: true }, monthAt + 1];
        if (monthNamed) return [{ d: 'nth-weekday', n: day, weekday }, weekdayAt + 1];
        if (!tok(i)?.digits) return ['vague', weekdayAt + 1];
      }
      if (is(i + 1, 'unit', 'stage') || tok(i + 1)?.text === 'haelfte') return ['vague', i + 2];
      // „den zweiten bitte" may choose among offered slots.
      const pick = !tok(i)?.digits && day <= MAX_PICK && /^(?:den|der|die|das|the)$/.test(tok(i - 1)?.text ?? '');
      return [{ d: 'calendar', day, month: null, year: null, ...(pick ? { pick } : {}) }, i + 1];
    }
    const value = cardinal(i);
    if (value === null || value < 1 || value > 31) return null;
    if (
      is(i + 1, 'month') &&
      !(monthHasDay(i + 1) && is(i - 1, 'at')) &&
      (tok(i + 1)?.text !== 'may' || language === 'en')
    )
      return withYear(value, Number(tok(i + 1)?.value), i + 2);
    if (!afterArticle || clockFollows(i + 1)) return null;
    if (tok(i)?.digits) return [{ d: 'calendar', day: value, month: null, year: null }, i + 1];
    return value > 12 && !is(i + 1, 'number') ? ['day-or-hour', i + 1] : null;
  }

  /** „November 24th", and a month by itself. */
  function monthFirst(i: number, afterIn: boolean): Read<DayTerm> {
    const token = tok(i);
    if (token?.category !== 'month') return null;
    const month = Number(token.value);
    const dayAt = skip(i + 1, 'article');
    const day = num(dayAt);
    if (
      day !== null &&
      day >= 1 &&
      day <= 31 &&
      !clockFollows(dayAt + 1) &&
      (tok(dayAt)?.ordinal || (!afterIn && tok(dayAt)?.digits && !tok(dayAt)?.afterComma))
    )
      return withYear(day, month, dayAt + 1);
    if (token.text === 'may' && !afterIn && language === 'en' && !is(i - 1, 'which', 'stage')) return null;
    const year = yearAfter(i + 1);
    return [
      { d: 'span', span: { s: 'month', month, offset: 0, year: year?.[0] ?? null, stage: 'whole' } },
      year?.[1] ?? i + 1,
    ];
  }

  /** Week, weekend, month, year, season, named or counted. `stage` is set where „Anfang/Mitte/Ende" stands before. */
  function span(start: number, stage: Stage): Read<SpanTerm> {
    const i = skip(start, 'article', 'in');
    const which = whichAt(i);
    const at = which ? i + 1 : i;
    const afterNext = (next: number): boolean => is(next, 'after') && whichAt(next + 1) === 'next';
    const token = tok(at);
    if (token?.category === 'unit') {
      const implied = stage !== 'whole' ? 0 : null;
      const offset = which ? WEEKS[which] : afterNext(at + 1) ? 2 : implied;
      const next = !which && afterNext(at + 1) ? at + 3 : at + 1;
      if (token.value === 'week') {
        if (/en$|s$/.test(token.text) && token.text !== 'week') return null;
        const ofAt = skip(next, 'of-from', 'from', 'article');
        if (!which && ofAt > next) {
          const day = dayCore(ofAt, true, false);
          if (day && 'term' in day[0] && day[0].term.d === 'calendar')
            return [{ s: 'week-of', day: day[0].term }, day[1]];
        }
        return offset === null ? null : [{ s: 'week', offset, stage }, next];
      }
      if (token.value === 'weekend') {
        if (stage !== 'whole') return null;
        return [{ s: 'weekend', which: which ?? (afterNext(at + 1) ? 'afternext' : null) }, next];
      }
      if (token.value === 'month')
        return offset === null ? null : [{ s: 'month', month: null, offset, year: null, stage }, next];
      if (token.value === 'year') return offset === null ? null : [{ s: 'year', year: null, offset, stage }, next];
      return null;
    }
    if (token?.category === 'month' && (!which || which === 'this' || which === 'coming' || which === 'next')) {
      // „nächsten März" is the next one there is.
      const year = yearAfter(at + 1);
      if (stage === 'whole' && !which) return null;
      return [
        { s: 'month', month: Number(token.value), offset: 0, year: year?.[0] ?? null, stage },
        year?.[1] ?? at + 1,
      ];
    }
    if (token?.category === 'season' && stage === 'whole')
      return [{ s: 'season', season: token.value as SeasonName }, at + 1];
    const year = !which && stage !== 'whole' ? yearAfter(at) : null;
    if (year) return [{ s: 'year', year: year[0], offset: 0, stage }, year[1]];
    return null;
  }

  /** One day or stretch without a limiting preposition. */
  function dayCore(start: number, allowArticles: boolean, afterDay: boolean): Read<DayOrDoubt> {
    const fromIn = inDuration(start);
    if (fromIn) {
      // „in einer Woche ab Freitag" is left to the doubts.
      return fromIn;
    }
    const i = allowArticles ? skip(start, 'article', 'in', 'an') : start;
    const afterArticle = i > start && /^(?:am|den|dem|der|zum|vom|the|on)$/.test(tok(i - 1)?.text ?? '');
    const afterIn = i > start && /^(?:in|im|of)$/.test(tok(i - 1)?.text ?? '');
    const token = tok(i);
    if (!token) return null;
    const term = (value: DayTerm, next: number): Read<DayOrDoubt> => [{ term: value }, next];

    switch (token.category) {
      case 'date': {
        const parts = token.parts;
        if (!parts) return null;
        if (parts.iso) return term({ d: 'calendar', day: parts.a, month: parts.b, year: parts.c, iso: true }, i + 1);
        let [day, month] = [parts.a, parts.b];
        if (parts.slash && language === 'en' && day <= 12 && month <= 12 && day !== month)
          return [{ doubt: 'date-order' }, i + 1];
        if (parts.slash && month > 12 && day <= 12) [day, month] = [month, day];
        if (parts.c !== null) return term({ d: 'calendar', day, month, year: parts.c }, i + 1);
        const year = yearAfter(i + 1);
        return term({ d: 'calendar', day, month, year: year?.[0] ?? null }, year?.[1] ?? i + 1);
      }
      case 'pair': {
        const parts = token.parts;
        if (!parts || parts.a < 1 || parts.a > 31 || parts.b < 1 || parts.b > 12 || is(i + 1, 'oclock')) return null;
        if (afterArticle || afterDay) {
          const year = yearAfter(i + 1);
          return term({ d: 'calendar', day: parts.a, month: parts.b, year: year?.[0] ?? null }, year?.[1] ?? i + 1);
        }
        return [{ doubt: 'date-or-time' }, i + 1];
      }
      case 'relative': {
        const days = Number(token.value);
        const plus = plusDays(i + 1);
        const months = days === 0 && is(i + 1, 'in') ? inDuration(i + 1) : null;
        if (months && 'term' in months[0] && months[0].term.d === 'months') return months;
        return term({ d: 'offset', days: days + (plus?.[0] ?? 0) }, plus?.[1] ?? i + 1);
      }
      case 'weekday': {
        const weekday = Number(token.value);
        const plus = plusDays(i + 1);
        if (plus && plus[0] % 7 === 0) return term({ d: 'weekday', weekday, which: null, addDays: plus[0] }, plus[1]);
        if (is(i + 1, 'after') && whichAt(i + 2) === 'next' && !is(i + 3, 'unit'))
          return term({ d: 'weekday', weekday, which: 'afternext', addDays: 0 }, i + 3);
        return term({ d: 'weekday', weekday, which: null, addDays: 0 }, i + 1);
      }
      case 'weekdays':
        return term({ d: 'every-weekday', weekday: Number(token.value) }, i + 1);
      case 'one': {
        // „einen Termin Mittwoch" is no „einen Mittwoch".
        if (is(i + 1, 'weekday') && tok(i + 1)?.at === token.at + 1)
          return term({ d: 'every-weekday', weekday: Number(tok(i + 1)?.value) }, i + 2);
        return weeksBefore(i);
      }
      case 'fortnight':
        return weeksBefore(i);
      case 'which': {
        const which = token.value as Which;
        if (is(i + 1, 'weekday')) {
          const weekday = Number(tok(i + 1)?.value);
          if (which === 'last') {
            const monthAt = skip(i + 2, 'article', 'in');
            const monthNamed =
              is(monthAt, 'month') ||
              (is(monthAt, 'which') && is(monthAt + 1, 'unit')) ||
              (is(monthAt, 'unit') && tok(monthAt)?.value === 'month');
            if (is(monthAt, 'unit') && tok(monthAt)?.value === 'month')
              return term({ d: 'nth-weekday', n: -1, weekday, thisMonth: true }, monthAt + 1);
            return monthNamed ? term({ d: 'nth-weekday', n: -1, weekday }, i + 2) : term({ d: 'past' }, i + 2);
          }
          const plus = plusDays(i + 2);
          if (plus && plus[0] % 7 === 0 && (which === 'this' || which === 'coming'))
            return term({ d: 'weekday', weekday, which, addDays: plus[0] }, plus[1]);
          return term({ d: 'weekday', weekday, which, addDays: 0 }, i + 2);
        }
        if (which === 'coming' && is(i + 1, 'which') && is(i + 2, 'weekday'))
          return term({ d: 'weekday', weekday: Number(tok(i + 2)?.value), which: 'coming', addDays: 0 }, i + 3);
        // „this coming Saturday"
        if (which === 'this' && whichAt(i + 1) === 'coming' && is(i + 2, 'weekday'))
          return term({ d: 'weekday', weekday: Number(tok(i + 2)?.value), which: 'coming', addDays: 0 }, i + 3);
        if (which === 'this' && is(i + 1, 'daypart')) return term({ d: 'offset', days: 0 }, i + 1);
        if (is(i + 1, 'feast'))
          return which === 'last'
            ? term({ d: 'past' }, i + 2)
            : term({ d: 'feast', id: String(tok(i + 1)?.value), year: null }, i + 2);
        const few = nextDays(i);
        if (few) return few;
        // „die letzte Woche im Dezember" is still to come.
        if (
          which === 'last' &&
          is(i + 1, 'unit') &&
          is(i + 2, 'in', 'article') &&
          is(skip(i + 2, 'in', 'article'), 'month')
        )
          return [{ doubt: 'vague' }, skip(i + 2, 'in', 'article') + 1];
        if (which === 'last' && is(i + 1, 'unit', 'month')) return term({ d: 'past' }, i + 2);
        const read = span(i, 'whole');
        return read ? term({ d: 'span', span: read[0] }, read[1]) : null;
      }
      case 'stage': {
        const stage = token.value as Stage;
        if (is(i + 1, 'until') && is(i + 2, 'stage')) {
          const read = span(i + 3, tok(i + 2)?.value as Stage);
          if (!read || !('stage' in read[0])) return null;
          return term({ d: 'span', span: { s: 'stages', from: { ...read[0], stage }, to: read[0] } }, read[1]);
        }
        const read = span(i + 1, stage);
        return read ? term({ d: 'span', span: read[0] }, read[1]) : null;
      }
      case 'month': {
        const read = monthFirst(i, afterIn);
        return read ? term(read[0], read[1]) : null;
      }
      case 'unit': {
        const read = span(i, 'whole');
        return read ? term({ d: 'span', span: read[0] }, read[1]) : null;
      }
      case 'season':
        return term({ d: 'span', span: { s: 'season', season: token.value as SeasonName } }, i + 1);
      case 'week-number': {
        const week = num(i + 1);
        return week !== null && week >= 1 && week <= 53
          ? term({ d: 'span', span: { s: 'week-number', week } }, i + 2)
          : null;
      }
      case 'rest-of-week':
        return term({ d: 'span', span: { s: 'rest-of-week' } }, i + 1);
      case 'between-years':
        return term({ d: 'span', span: { s: 'between-years' } }, i + 1);
      case 'work-days':
        return term({ d: 'workdays' }, i + 1);
      case 'feast': {
        const year = yearAfter(i + 1);
        return term({ d: 'feast', id: String(token.value), year: year?.[0] ?? null }, year?.[1] ?? i + 1);
      }
      case 'number': {
        const weeks = weeksBefore(i);
        if (weeks) return weeks;
        const value = cardinal(i);
        if (value !== null && value >= YEAR_FROM && value <= YEAR_TO && token.digits)
          return term({ d: 'span', span: { s: 'year', year: value, offset: 0, stage: 'whole' } }, i + 1);
        const read = dayAndMonth(i, afterArticle);
        if (!read) return null;
        return typeof read[0] === 'string' ? [{ doubt: read[0] }, read[1]] : term(read[0], read[1]);
      }
      case 'within': {
        const read = duration(skip(i + 1, 'of-from', 'article'));
        if (!read || typeof read[0] !== 'object' || !('days' in read[0])) return null;
        return term({ d: 'span', span: { s: 'next-days', days: Math.ceil(read[0].days ?? 0) } }, read[1]);
      }
      default:
        return null;
    }
  }

  const dayTerm = (i: number): Read<DayTerm> => {
    const read = dayCore(i, true, false);
    return read && 'term' in read[0] ? [read[0].term, read[1]] : null;
  };

  return { dayCore, dayTerm };
}
