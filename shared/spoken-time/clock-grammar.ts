/** The grammar of the clock: „halb drei", „zehn vor drei", „15 Uhr 30", "quarter to four". One half of the phrase grammar. */
import type { Cursor, Read } from './cursor.ts';
import type { Clock } from './terms.ts';

const QUARTER_NOTE = (clock: string): string =>
  `regional: „viertel" before the hour counts towards it, ${clock}; read it back`;

/** What may stand between an hour and its minutes. */
const HESITATION = /^(?:ae?h+m?|oe?h+m?|e?h+m+|um+|uh+|er+m?)$/;

export interface ClockGrammar {
  /** The hour inside „halb drei", „zehn vor drei". */
  hour(i: number): Read<Clock>;
  /** A clock with „um", „Punkt", am/pm around it. `range`: an English „to" parts two hours. */
  clock(start: number, range?: boolean): Read<Clock>;
  /** True where nothing but the number itself says that it is an hour. */
  bareHour(from: number, to: number): boolean;
  /** A month with its day behind it: „November 24th". */
  monthHasDay(i: number): boolean;
}

export function clockGrammar(cursor: Cursor): ClockGrammar {
  const { all, language, tok, is, num, cardinal, skip } = cursor;

  /** The hour in „halb drei", „zehn vor drei": a number from 0 to 24 and a clock of half a day, or of the whole when it says so. */
  function hour(i: number): Read<Clock> {
    const token = tok(i);
    // „ein" is an hour only with „Uhr" behind it or a word of the clock before it: „ein Haarschnitt am Samstag".
    const spoken =
      token?.category === 'one' &&
      token.text === 'ein' &&
      (is(i + 1, 'oclock') ||
        is(i - 1, 'at', 'half', 'quarter', 'three-quarter', 'before', 'after', 'past', 'from', 'until'));
    const value = spoken ? 1 : num(i);
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

  /** True where nothing but the number itself says that it is an hour. */
  function bareHour(from: number, to: number): boolean {
    const at = skip(from, 'article', 'exact');
    if (is(from, 'at', 'exact') || is(at - 1, 'at')) return false;
    return to === at + 1 && is(at, 'number', 'one');
  }

  return { hour, clock, bareHour, monthHasDay };
}
