/**
 * The grammar of spoken time: tokens → items (days, clock, limits, operators, doubts), left to right with back-tracking.
 * Nothing is dated here; whatever carries meaning and is not read becomes a doubt, so that nothing is dropped silently.
 */
import { countsOf } from './counts.ts';
import { soundsLikeTime } from './lexicon.ts';
import type { Language } from './reading.ts';
import type { Clock, DayTerm, Doubt, Item, PartOfDay, SeasonName, SpanTerm, Stage, TimeTerm, Which } from './terms.ts';
import type { Token } from './tokens.ts';

/** A reading and the position after it. */
type Read<T> = readonly [value: T, next: number] | null;

const IDIOM_EIGHT_DAYS = 'idiom: „in acht Tagen" = one week';
const QUARTER_NOTE = (clock: string): string =>
  `regional: „viertel" before the hour counts towards it, ${clock}; read it back`;
const YEAR_FROM = 2020;
const YEAR_TO = 2100;
/** „in den nächsten Tagen" without a number. */
const FEW_DAYS = 7;

const MOVING = /^(?:move|moving|reschedule|change|shift|verschieben|verschiebe|verlegen|verlege|umlegen|umbuchen)$/;

/** What may stand between an hour and its minutes. */
const HESITATION = /^(?:ae?h+m?|oe?h+m?|e?h+m+|um+|uh+|er+m?)$/;

const HARMLESS = new Set([
  'article',
  'in',
  'at',
  'an',
  'person',
  'one',
  'of-from',
  'which',
  'exact',
  'shortly',
  'oclock',
  'to',
  'within',
]);

/** Reads the tokens of one phrase into items. `ignore` holds folded words that carry no time here. */
export function readItems(
  all: readonly Token[],
  language: Language,
  ignore: ReadonlySet<string>,
): { items: Item[]; tokens: Token[] } {
  const counts = countsOf(all);
  const tokens = all.filter(
    (token) => !counts.drop.has(token.at) && !isFiller(token, all, language) && !ignore.has(token.text),
  );
  const items: Item[] = [];

  const tok = (i: number): Token | undefined => tokens[i];
  const is = (i: number, ...categories: Token['category'][]): boolean => {
    const token = tok(i);
    return token !== undefined && categories.includes(token.category);
  };
  const num = (i: number): number | null => {
    const token = tok(i);
    return token?.category === 'number' && !Number.isNaN(token.value) ? Number(token.value) : null;
  };
  const cardinal = (i: number): number | null => (tok(i)?.ordinal ? null : num(i));
  const ordinal = (i: number): number | null => (tok(i)?.ordinal ? num(i) : null);
  const skip = (i: number, ...categories: Token['category'][]): number => {
    let at = i;
    while (is(at, ...categories)) at++;
    return at;
  };

  // ── Clock ────────────────────────────────────────────────────────────────

  /** The hour in „halb drei", „zehn vor drei": a number from 0 to 24 and a clock of half a day, or of the whole when it says so. */
  function hour(i: number): Read<Clock> {
    const token = tok(i);
    const value = token?.category === 'one' && /^(?:ein|eins)$/.test(token.text) ? 1 : num(i);
    if (value === null || value > 24) return null;
    if (token?.ordinal && !token.digits && value !== 8) return null;
    // „3." is a day unless a word of the clock stands beside it; speech recognisers end sentences with a full stop.
    const marked =
      is(i - 1, 'at', 'half', 'quarter', 'three-quarter', 'before', 'after', 'past', 'to', 'exact') ||
      is(i + 1, 'oclock');
    if (token?.ordinal && !marked) return null;
    if (is(i + 1, 'unit', 'person', 'span-minutes', 'one-and-half', 'and-half') || monthOwnsNumber(i + 1)) return null;
    if (is(i + 1, 'quarter') && !is(i + 2, 'before', 'after')) return null;
    const next = is(i + 1, 'oclock') ? i + 2 : i + 1;
    return [hourClock(value), next];
  }

  /** „drei November": the number belongs to the month; in „at three November 24th" the month has one of its own. */
  const monthOwnsNumber = (i: number): boolean => is(i, 'month') && !monthHasDay(i);
  const monthHasDay = (i: number): boolean =>
    is(i, 'month') &&
    (num(i + 1) ?? 32) <= 31 &&
    !is(i + 2, 'oclock') &&
    (tok(i + 1)?.ordinal === true || tok(i + 1)?.digits === true);

  function hourClock(value: number): Clock {
    if (value === 24) return { minute: 0, strict: true, midnight: true };
    if (value === 0 || value > 12) return { minute: value * 60, strict: true };
    return { minute: (value % 12) * 60, strict: false };
  }

  const shifted = (clock: Clock, minutes: number): Clock => {
    const day = clock.strict ? 1440 : 720;
    const { midnight: _, ...rest } = clock;
    return { ...rest, minute: (((clock.minute + minutes) % day) + day) % day };
  };

  /** am/pm after a clock; a German „am" is one only where no day follows. */
  function meridiem(clock: Clock, i: number): readonly [Clock, number] {
    const token = tok(i);
    let half: 'am' | 'pm' | null = null;
    if (token?.category === 'meridiem') half = token.value === 'pm' ? 'pm' : 'am';
    else if (token?.text === 'am' && language === 'en') half = 'am';
    if (half === null) return [clock, i];
    if (clock.strict) return [clock, i + 1];
    return [{ ...clock, minute: clock.minute + (half === 'pm' ? 720 : 0), strict: true }, i + 1];
  }

  /** `range`: an English „to" parts two hours („from two to four") instead of counting minutes. */
  function clockCore(start: number, range = false): Read<Clock> {
    const i = skip(start, 'exact');
    const token = tok(i);
    if (!token) return null;

    if (token.category === 'half') {
      const h = hour(i + 1);
      return h ? [shifted(h[0], -30), h[1]] : null;
    }
    if (token.category === 'english-half') {
      const h = hour(is(i + 1, 'past', 'after') ? i + 2 : i + 1);
      return h ? [shifted(h[0], 30), h[1]] : null;
    }
    if (
      token.category === 'three-quarter' ||
      (num(i) === 3 && is(i + 1, 'quarter') && tok(i + 1)?.text === 'viertel')
    ) {
      const h = hour(token.category === 'three-quarter' ? i + 1 : i + 2);
      return h ? [shifted(h[0], -15), h[1]] : null;
    }
    const quarterAt = token.category === 'one' && is(i + 1, 'quarter') ? i + 1 : i;
    if (is(quarterAt, 'quarter')) {
      const next = tok(quarterAt + 1);
      if (next && ['before', 'to'].includes(next.category)) {
        const h = hour(quarterAt + 2);
        return h ? [shifted(h[0], -15), h[1]] : null;
      }
      if (next && ['after', 'past', 'from'].includes(next.category)) {
        const h = hour(quarterAt + 2);
        return h ? [shifted(h[0], 15), h[1]] : null;
      }
      const h = hour(quarterAt + 1);
      if (!h || tok(quarterAt)?.text !== 'viertel') return null;
      const clock = shifted(h[0], -45);
      return [{ ...clock, note: QUARTER_NOTE(`the hour ${String(tok(quarterAt + 1)?.text ?? '')}`) }, h[1]];
    }

    // zehn (Minuten) vor (halb) drei, ten past three
    const minutes = token.category === 'one' ? null : cardinal(i);
    if (minutes !== null && minutes > 0 && minutes < 30) {
      const relation = is(i + 1, 'unit') && tok(i + 1)?.value === 'minute' ? i + 2 : i + 1;
      const sign =
        is(relation, 'before') || (is(relation, 'to') && !range && (minutes % 5 === 0 || relation > i + 1))
          ? -1
          : is(relation, 'after', 'past') || tok(relation)?.text === 'ab'
            ? 1
            : 0;
      if (sign !== 0) {
        // „fünf vor halb drei", „zehn nach dreiviertel drei"
        const named = is(relation + 1, 'half', 'quarter', 'three-quarter') || is(relation + 2, 'quarter');
        const h = named ? clockCore(relation + 1, range) : hour(relation + 1);
        if (h) return [shifted(h[0], sign * minutes), h[1]];
        if (is(relation, 'to') && !range) return null;
      }
    }

    if (token.category === 'clock' && token.parts) {
      const { a, b, leadingZero, iso } = token.parts;
      if (a > 24 || b > 59 || (a === 24 && b > 0)) return null;
      const base = hourClock(a);
      const clock = shifted(base, b);
      const strict: Clock = leadingZero || iso ? { minute: a * 60 + b, strict: true } : base.midnight ? base : clock;
      return [strict, is(i + 1, 'oclock') ? i + 2 : i + 1];
    }
    if (token.category === 'pair' && token.parts) {
      const { a, b, leadingZero } = token.parts;
      if (a > 23 || b > 59 || !/\.\d\d$/.test(token.text)) return null;
      const clock = leadingZero ? { minute: a * 60 + b, strict: true } : shifted(hourClock(a), b);
      return [clock, is(i + 1, 'oclock') ? i + 2 : i + 1];
    }
    if (token.category === 'daypart' && token.value === 'midnight')
      return [{ minute: 0, strict: true, midnight: true }, i + 1];
    if (token.category === 'daypart' && token.value === 'midday') return [{ minute: 720, strict: true }, i + 1];

    const h = hour(i);
    if (!h) return null;
    const [base, next] = h;
    const afterOclock = is(next - 1, 'oclock');
    // „dreizehn Uhr und dreißig Minuten"
    const joined = afterOclock && is(next, 'and') && is(next + 2, 'unit') && tok(next + 2)?.value === 'minute';
    const minute = minuteAfter(joined ? next + 1 : next, afterOclock);
    if (minute) return [shifted(base, minute[0]), minute[1]];
    return h;
  }

  /** Minutes after the hour: „Uhr dreißig", „vierzehn dreißig", „neun null fünf". */
  function minuteAfter(i: number, afterOclock: boolean): Read<number> {
    const token = tok(i);
    if (token?.category !== 'number' || (token.afterComma && !afterOclock)) return null;
    // „um 9 Uhr 10." at the end of a sentence; „um 9 Uhr 10. Dezember" is a day.
    if (token.ordinal && !(token.digits && afterOclock && token.text.endsWith('.') && !is(i + 1, 'month', 'number')))
      return null;
    // What stands further off is no minute: „um neun Uhr, ich brauche zwei Termine".
    if (!all.slice((tok(i - 1)?.at ?? token.at) + 1, token.at).every((between) => HESITATION.test(between.text)))
      return null;
    const value = Number(token.value);
    let at = i + 1;
    let minute = value;
    if (value === 0 && !tok(i + 1)?.ordinal && (num(i + 1) ?? 10) < 10) {
      minute = num(i + 1) ?? 0;
      at = i + 2;
    }
    if (!(minute >= 0 && minute <= 59)) return null;
    // „15 30 Uhr"; „10 15 Uhr" may be a day and an hour.
    if (!afterOclock && is(at, 'oclock') && minute > 24) return [minute, at + 1];
    if (is(at, 'oclock', 'person', 'quarter') || monthOwnsNumber(at) || (is(at, 'unit') && tok(at)?.value !== 'minute'))
      return null;
    if (is(at, 'before', 'after', 'past') && hour(at + 1)) return null;
    const bareMinute =
      at === i + 1 && minute < 13 && !(token.digits && token.text.length === 2 && minute >= 10 && afterOclock);
    if (!afterOclock && bareMinute) return null;
    if (is(at, 'unit') && tok(at)?.value === 'minute') at++;
    return [minute, at];
  }

  /** A clock with what may stand around it: „um", „Punkt", am/pm. */
  function clock(start: number, range = false): Read<Clock> {
    const i = skip(start, 'at', 'exact');
    const core = clockCore(i, range);
    if (!core) return null;
    const [value, next] = meridiem(core[0], core[1]);
    return [value, skip(next, 'exact')];
  }

  // ── Durations ────────────────────────────────────────────────────────────

  interface Duration {
    minutes?: number;
    days?: number;
    months?: number;
    note?: string;
    half?: true;
  }

  function duration(start: number): Read<Duration | 'vague' | { fromDays: number; toDays: number }> {
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

  type DayOrDoubt = { term: DayTerm } | { time: TimeTerm } | { doubt: Doubt };

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

  // ── Days ─────────────────────────────────────────────────────────────────

  const whichAt = (i: number): Which | null => (is(i, 'which') ? (tok(i)?.value as Which) : null);

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
      return [{ d: 'calendar', day, month: null, year: null }, i + 1];
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

  const WEEKS: Record<Which, number> = { this: 0, coming: 1, next: 1, afternext: 2, last: -1 };

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

  // ── Limits and stretches ─────────────────────────────────────────────────

  const stretch = (
    from: DayTerm | null,
    to: DayTerm | null,
    fromEdge: 'at' | 'after',
    toEdge: 'at' | 'before',
  ): DayTerm => ({
    d: 'span',
    span: { s: 'stretch', from, to, fromEdge, toEdge },
  });

  const dayTerm = (i: number): Read<DayTerm> => {
    const read = dayCore(i, true, false);
    return read && 'term' in read[0] ? [read[0].term, read[1]] : null;
  };

  /** The first of two days may lack the month that the second names: „vom 1. bis 5. Dezember". */
  function sharedMonth(first: DayTerm, second: DayTerm): DayTerm {
    if (first.d !== 'calendar' || second.d !== 'calendar' || first.month !== null || second.month === null)
      return first;
    return { ...first, month: second.month, year: second.year };
  }

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

  // ── The phrase ───────────────────────────────────────────────────────────

  let lastDayEnd = -1;
  let i = 0;
  const day = (term: DayTerm, next: number): void => {
    items.push({ type: 'day', term, i, j: next });
    i = next;
    lastDayEnd = next;
  };
  const doubt = (kind: Doubt, next: number): void => {
    items.push({
      type: 'doubt',
      doubt: kind,
      text: tokens
        .slice(i, next)
        .map((t) => t.text.replace(/^§(?:feast-|part-)?/, ''))
        .join(' '),
      i,
      j: next,
    });
    i = next;
  };
  const time = (term: TimeTerm, next: number, bare?: { digits: boolean }): void => {
    items.push({ type: 'time', term, i, j: next, ...(bare ? { bare: true, digits: bare.digits } : {}) });
    i = next;
  };

  /** A clock with what may stand behind it: „um drei herum", „um vier spätestens", „drei Uhr oder später". */
  const limitedBehind = ([value, post]: readonly [Clock, number], bare: { digits: boolean } | null): void => {
    const last = !clock(post + 1) && !dayTerm(post + 1);
    if (is(post, 'approx-post') || (is(post, 'approx') && last)) time({ t: 'around', clock: value }, post + 1);
    else if (is(post, 'latest') && tok(post)?.value === 0 && last) time({ t: 'to', clock: value }, post + 1);
    else if (is(post, 'not-before', 'from') && last) time({ t: 'from', clock: value }, post + 1);
    else time({ t: 'clock', clock: value }, post, bare ?? undefined);
  };

  while (i < tokens.length) {
    const token = tokens[i];
    if (!token) break;

    switch (token.category) {
      case 'or':
      case 'and':
      case 'but':
      case 'except':
      case 'instead':
        items.push({ type: 'op', op: token.category, i, j: i + 1 });
        i++;
        continue;
      case 'neg':
        items.push({ type: 'op', op: 'neg', i, j: i + 1 });
        i++;
        continue;
      case 'correct': {
        // English „no" before a day and without a pause denies it: „no Mondays please".
        const denies =
          /^no(?:pe)?$/.test(token.text) &&
          !tok(i + 1)?.afterComma &&
          (items.length === 0 || items.at(-1)?.type === 'op') &&
          i + 1 < tokens.length &&
          language === 'en';
        items.push({
          type: 'op',
          op: denies ? 'neg' : token.value === 'hard' ? 'correct' : 'correct-soft',
          i,
          j: i + 1,
        });
        i++;
        continue;
      }
      case 'earliest':
      case 'soft-earliest':
      case 'any':
      case 'same':
        items.push({ type: 'special', id: token.category, i, j: i + 1 });
        i++;
        continue;
      case 'blocked':
        doubt(token.value === 'recurring' ? 'recurring' : 'occasion', i + 1);
        continue;
      case 'significant':
        doubt('unread', i + 1);
        continue;
      case 'after-work':
        time({ t: 'after-work' }, i + 1);
        continue;
      default:
    }

    // „morgen" behind a day is its morning; „am Morgen" was told apart by the idioms.
    if (
      token.text === 'morgen' &&
      lastDayEnd === i &&
      lastDayIsPoint(items) &&
      !token.afterComma &&
      token.at - (tokens[i - 1]?.at ?? 0) === 1
    ) {
      time({ t: 'part', part: 'morning' }, i + 1);
      continue;
    }

    // „für eine Stunde": how long, not when.
    const previous = all[token.at - 1]?.text ?? '';
    if (/^(?:fuer|fur|for|von|of|dauert)$/.test(previous)) {
      const long = duration(i);
      if (long && typeof long[0] === 'object' && 'minutes' in long[0]) {
        i = long[1];
        continue;
      }
    }

    // „für zwei": hour or company.
    if (counts.unsure.has(token.at) && bareHour(i, clock(i)?.[1] ?? -1)) {
      doubt('unread', i + 1);
      continue;
    }

    const both: Read<DayOrDoubt> = range(i) ?? limited(i);
    if (both) {
      const [value, next] = both;
      if ('doubt' in value) doubt(value.doubt, next);
      else if ('term' in value) day(value.term, next);
      else time(value.time, next);
      continue;
    }

    if (token.category === 'shortly' && is(i + 1, 'before', 'after', 'past')) {
      const halved = clock(i + 2);
      if (halved) {
        time({ t: is(i + 1, 'before') ? 'shortly-before' : 'shortly-after', clock: halved[0] }, halved[1]);
        continue;
      }
    }
    if (token.category === 'shortly') {
      i++;
      continue;
    }

    if (token.category === 'approx') {
      const at = skip(i, 'approx', 'at');
      const read = clock(at);
      if (read) {
        time({ t: 'around', clock: read[0] }, skip(read[1], 'approx-post'));
        continue;
      }
      const partAt = skip(at, 'article');
      if (is(partAt, 'daypart')) {
        i = partAt;
        continue;
      }
      const near = dayCore(at, true, false);
      if (near && 'term' in near[0] && near[0].term.d !== 'span') {
        doubt('approximate-day', near[1]);
        continue;
      }
      i = at;
      continue;
    }

    // A clock with a mark (um, Uhr, 14:30, halb …) before days; a bare number only after them.
    const clockRead = clock(i);
    const marked =
      clockRead !== null &&
      (is(i, 'at') ||
        is(skip(i, 'article'), 'half', 'english-half', 'quarter', 'three-quarter', 'clock', 'exact') ||
        !bareHour(i, clockRead[1]));
    const isMidnight = is(skip(i, 'article'), 'daypart');
    const pairAsDay = is(skip(i, 'article'), 'pair') && !is(i, 'at') && !is(skip(i, 'article') + 1, 'oclock');
    if (clockRead && marked && !pairAsDay && !(isMidnight && is(i, 'article'))) {
      limitedBehind(clockRead, null);
      continue;
    }

    const dayRead = dayCore(i, true, lastDayEnd === i);
    if (dayRead) {
      const [value, next] = dayRead;
      if ('doubt' in value) {
        const pairTime = value.doubt === 'date-or-time' && clockRead && !is(i, 'article');
        if (pairTime && /\.(?:1[3-9]|[2-5]\d|00)$/.test(tok(i)?.text ?? ''))
          time({ t: 'clock', clock: clockRead[0] }, clockRead[1]);
        else doubt(value.doubt, next);
      } else if ('time' in value) time(value.time, next);
      else if (is(next, 'latest') && tok(next)?.value === 0 && !clock(next + 1) && !dayTerm(next + 1))
        day(stretch(null, value.term, 'at', 'at'), next + 1);
      else if (
        (is(next, 'not-before') || (is(next, 'an') && language === 'de')) &&
        !clock(next + 1) &&
        !dayTerm(next + 1)
      )
        day(stretch(value.term, null, 'at', 'at'), next + 1);
      else if (is(next, 'approx-post') && value.term.d !== 'span') {
        day(value.term, next);
        i = next + 1;
      } else day(value.term, next);
      continue;
    }

    if (pairAsDay && clockRead) {
      // 14.30: no such month, so it is the clock.
      time({ t: 'clock', clock: clockRead[0] }, clockRead[1]);
      continue;
    }
    if (clockRead) {
      limitedBehind(clockRead, { digits: tok(skip(i, 'article', 'exact'))?.digits === true });
      continue;
    }
    const partAt = skip(i, 'article', 'in', 'at', 'one');
    if (is(partAt, 'daypart')) {
      time({ t: 'part', part: tok(partAt)?.value as PartOfDay }, partAt + 1);
      continue;
    }
    if (token.category === 'month' && token.text === 'may') {
      i++;
      continue;
    }
    if (HARMLESS.has(token.category)) {
      // „in five": minutes or an hour.
      if (token.category === 'in' && cardinal(i + 1) !== null) {
        doubt('unread', i + 2);
        continue;
      }
      if (token.category === 'which' && (token.value !== 'this' || is(i + 1, 'or', 'and'))) doubt('unread', i + 1);
      else if (
        token.category === 'oclock' ||
        (token.category === 'to' && is(i + 1, 'number')) ||
        (token.category === 'one' && is(i + 1, 'unit'))
      )
        doubt('unread', i + 1);
      else if (
        token.category === 'at' &&
        (is(i + 1, 'number') || (token.text === 'um' && language === 'de' && is(i + 1, 'feast', 'date', 'article'))) &&
        dayTerm(i + 1)
      )
        doubt('approximate-day', dayTerm(i + 1)?.[1] ?? i + 1);
      else i++;
      continue;
    }
    if (token.category === 'unknown') {
      if (soundsLikeTime(token.text) || touchesTime(token, i)) doubt('unread', i + 1);
      else i++;
      continue;
    }
    if (token.category === 'number' && is(i + 1, 'person')) {
      i += 2;
      continue;
    }
    if (token.category === 'approx-post') {
      i++;
      continue;
    }
    doubt('unread', i + 1);
  }
  // „from Tuesday to Wednesday" said of an appointment that moves: no stretch to look for.
  if (all.some((token) => MOVING.test(token.text)) && items.some(isStretch)) doubt('unread', i);
  return { items, tokens };

  /** True where nothing but the number itself says that it is an hour. */
  function bareHour(from: number, to: number): boolean {
    const at = skip(from, 'article', 'exact');
    if (is(from, 'at', 'exact') || is(at - 1, 'at')) return false;
    return to === at + 1 && is(at, 'number', 'one');
  }

  /** True where a word that nothing explains stands directly beside words of time. */
  function touchesTime(token: Token, index: number): boolean {
    // „um drie": an hour was said and not understood.
    if (
      ['at', 'from', 'until', 'latest', 'approx', 'half', 'quarter', 'not-before', 'not-after'].includes(
        all[token.at - 1]?.category ?? '',
      )
    )
      return true;
    const previous = all[token.at - 1];
    // „bei Anna", „für Tim": a name.
    if (previous && /^(?:bei|beim|mit|fuer|herr|herrn|frau|with|for|mr|mrs|ms|zu)$/.test(previous.text)) return false;
    // „am Zischtig", „nächsten Irta", „habe ich Spätschicht": a day or a hindrance that nobody listed.
    if (
      previous &&
      (/^(?:am|an|on)$/.test(previous.text) || (previous.category === 'which' && previous.value !== 'this'))
    )
      return true;
    const before = all.slice(Math.max(0, token.at - 3), token.at);
    if (
      !token.afterComma &&
      before.some((other) => /^(?:habe|hab|bin|muss|muessen|have)$/.test(other.text)) &&
      items.some((item) => item.type === 'day')
    )
      return true;
    const beside = (other: Token | undefined): Token | null =>
      other !== undefined && Math.abs(other.at - token.at) === 1 ? other : null;
    const left = token.afterComma ? null : beside(tokens[index - 1]);
    const right = tokens[index + 1]?.afterComma ? null : beside(tokens[index + 1]);
    // „Balayage um drei", „um drei Balayage", „morgen Balayage": a service or a name beside words that are clear by themselves.
    const last = items.at(-1);
    const clearLeft =
      left === null ||
      [
        'unknown',
        'filler',
        'article',
        'in',
        'one',
        'person',
        'but',
        'correct',
        'any',
        'or',
        'and',
        'relative',
        'oclock',
        'clock',
      ].includes(left.category) ||
      (last?.type === 'time' && last.bare !== true) ||
      (left.category === 'weekday' && right?.category === 'at');
    const clearRight =
      right === null ||
      [
        'unknown',
        'filler',
        'article',
        'in',
        'at',
        'one',
        'person',
        'but',
        'correct',
        'any',
        'or',
        'and',
        'relative',
        'clock',
      ].includes(right.category);
    return !(clearLeft && clearRight);
  }
}

const isStretch = (item: Item): boolean =>
  (item.type === 'time' && item.term.t === 'between') ||
  (item.type === 'day' &&
    item.term.d === 'span' &&
    item.term.span.s === 'stretch' &&
    item.term.span.from !== null &&
    item.term.span.to !== null);

function lastDayIsPoint(items: readonly Item[]): boolean {
  const last = items.at(-1);
  return last?.type === 'day' && last.term.d !== 'span' && last.term.d !== 'workdays';
}

/** Fillers go before the grammar reads; two words are fillers in one language only. */
function isFiller(token: Token, all: readonly Token[], language: Language): boolean {
  if (token.category === 'filler') return true;
  if (token.text === 'do' && language === 'en') return true;
  if (token.text === 'may' && language === 'en') {
    const [before, after] = [all[token.at - 1], all[token.at + 1]];
    return (
      !(before && ['in', 'article', 'number', 'stage', 'which'].includes(before.category)) &&
      after?.category !== 'number'
    );
  }
  if (token.text === 'um' && language === 'en') return true;
  return false;
}
