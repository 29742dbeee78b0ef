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

export interface DurationGrammar {
  duration(start: number): Read<AnyDuration>;
  inDuration(i: number): Read<DayOrDoubt>;
  plusDays(i: number): Read<number>;
  weeksBefore(i: number): Read<DayOrDoubt>;
  nextDays(i: number): Read<DayOrDoubt>;
  whichAt(i: number): Which | null;
}

export function durationGrammar(cursor: Cursor): DurationGrammar {
  const { tok, is, cardinal, skip } = cursor;
  const whichAt = (i: number): Which | null => (is(i, 'which') ? (tok(i)?.value as Which) : null);

  function duration(start: number): Read<AnyDuration> {
    let i = skip(start, 'article');
    if (is(i, 'approx')) {
      const inner = duration(i + 1);
      return inner ? ['vague', inner[1]] : null;
    }
    if (is(i, 'couple') || (is(i, 'one') && is(i + 1, 'couple'))) {
      const unitAt = skip(is(i, 'couple') ? i + 1 : i + 2, 'article');
      return is(unitAt, 'unit') ? ['vague', unitAt + 1] : null;
    }
    if (is(i, 'span-minutes')) return [{ minutes: Number(tok(i)?.value) }, i + 1];
    if (is(i, 'one') && is(i + 1, 'span-minutes')) return [{ minutes: Number(tok(i + 1)?.value) }, i + 2];
    if (is(i, 'fortnight')) return [{ days: 14 }, i + 1];
    if (is(i, 'one') && is(i + 1, 'fortnight')) return [{ days: 14 }, i + 2];
    let amount: number | null = null;
    if (is(i, 'one-and-half')) {
      amount = 1.5;
      i++;
    } else if (is(i, 'decimal')) {
      amount = Number(tok(i)?.value) + 0.5;
      i++;
    } else if (is(i, 'half', 'english-half') || (is(i, 'one') && is(i + 1, 'half'))) {
      i = is(i, 'one') ? i + 2 : i + 1;
      i = skip(i, 'one');
      amount = 0.5;
    } else if (is(i, 'one', 'an')) {
      amount = 1;
      i++;
    } else {
      amount = cardinal(i);
      if (amount === null) return null;
      i++;
      if (is(i, 'and-half')) {
        amount += 0.5;
        if (tok(i)?.value === 1) return [{ minutes: amount * 60 }, i + 1];
        i++;
      } else if (is(i, 'until', 'or')) {
        const upper = cardinal(i + 1);
        const unit = tok(i + 2);
        if (upper === null || unit?.category !== 'unit' || (unit.value !== 'day' && unit.value !== 'week')) return null;
        const size = unit.value === 'week' ? 7 : 1;
        return [{ fromDays: amount * size, toDays: upper * size }, i + 3];
      }
    }
    const unit = tok(i);
    if (unit?.category === 'fortnight') return [{ days: amount * 14 }, i + 1];
    if (unit?.category !== 'unit') return null;
    switch (unit.value) {
      case 'minute':
        return [{ minutes: amount }, i + 1];
      case 'hour': {
        const andAt = is(i + 1, 'and') ? i + 2 : i + 1;
        const more = cardinal(andAt);
        if (more !== null && is(andAt + 1, 'unit') && tok(andAt + 1)?.value === 'minute')
          return [{ minutes: amount * 60 + more }, andAt + 2];
        if (is(i + 1, 'and') && is(i + 2, 'one') && is(i + 3, 'span-minutes'))
          return [{ minutes: amount * 60 + Number(tok(i + 3)?.value) }, i + 4];
        return [{ minutes: amount * 60 }, i + 1];
      }
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

  /** „in drei Tagen", „in anderthalb Stunden", „in zwei bis drei Wochen". */
  function inDuration(i: number): Read<DayOrDoubt> {
    if (!is(i, 'in')) return null;
    const read = duration(i + 1);
    if (!read) return null;
    const [value, next] = read;
    if (value === 'vague') return [{ doubt: 'vague' }, next];
    if ('fromDays' in value)
      return [{ term: { d: 'span', span: { s: 'in-days', from: value.fromDays, to: value.toDays } } }, next];
    if (value.minutes !== undefined) return [{ time: { t: 'in', minutes: Math.round(value.minutes) } }, next];
    if (value.months !== undefined) return [{ term: { d: 'months', months: value.months } }, next];
    if (value.half) return [{ term: { d: 'half-week', days: value.days ?? 0 } }, next];
    // „in three weeks from today"
    const link = skip(next, 'of-from', 'article');
    if (link > next && is(link, 'relative'))
      return [{ term: { d: 'offset', days: (value.days ?? 0) + Number(tok(link)?.value) } }, link + 1];
    return [
      { term: { d: 'offset', days: value.days ?? 0, ...(value.note === undefined ? {} : { note: value.note }) } },
      next,
    ];
  }

  /** Whole days added behind a day: „Freitag in einer Woche", „heute über acht Tage", „Friday week". */
  function plusDays(i: number): Read<number> {
    if (is(i, 'in') || tok(i)?.text === 'ueber') {
      const read = duration(i + 1);
      if (read && typeof read[0] === 'object' && 'days' in read[0] && read[0].days !== undefined && !read[0].half)
        return [read[0].days, read[1]];
      return null;
    }
    if (tok(i)?.text === 'week') return [7, i + 1];
    if (is(i, 'fortnight')) return [14, i + 1];
    return null;
  }

  /** „a week on Friday", „two weeks from tomorrow", „three days from now", „a week today". */
  function weeksBefore(i: number): Read<DayOrDoubt> {
    const read = duration(i);
    if (!read || typeof read[0] !== 'object' || !('days' in read[0]) || read[0].days === undefined || read[0].half)
      return null;
    const days = read[0].days;
    const link = skip(read[1], 'of-from', 'article');
    if (is(link, 'soft-earliest') && link > read[1]) return [{ term: { d: 'offset', days } }, link + 1];
    if (is(link, 'relative')) return [{ term: { d: 'offset', days: days + Number(tok(link)?.value) } }, link + 1];
    if (is(link, 'weekday') && link > read[1] && days % 7 === 0 && /^(?:on|from)$/.test(tok(link - 1)?.text ?? ''))
      return [{ term: { d: 'weekday', weekday: Number(tok(link)?.value), which: null, addDays: days } }, link + 1];
    return null;
  }

  /** „die nächsten drei Tage", „in den nächsten zwei Wochen". */
  function nextDays(i: number): Read<DayOrDoubt> {
    const which = whichAt(i);
    if (which !== 'next' && which !== 'coming') return null;
    const read = duration(i + 1);
    if (read && typeof read[0] === 'object' && 'days' in read[0] && read[0].days !== undefined && !is(i + 1, 'one'))
      return [{ term: { d: 'span', span: { s: 'next-days', days: Math.ceil(read[0].days) } } }, read[1]];
    const unitAt = is(i + 1, 'couple') ? i + 2 : i + 1;
    if (is(unitAt, 'unit') && /^(?:tage|tagen|days)$/.test(tok(unitAt)?.text ?? ''))
      return [{ term: { d: 'span', span: { s: 'next-days', days: FEW_DAYS } } }, unitAt + 1];
    return null;
  }

  return { duration, inDuration, plusDays, weeksBefore, nextDays, whichAt };
}
