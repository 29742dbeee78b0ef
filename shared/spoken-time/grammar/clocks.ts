/** The grammar of the clock: „halb drei", „zehn vor drei", „15 Uhr 30", "quarter to four". Called by the other constructions of the grammar. */
import type { Token } from '../words/token.ts';
import type { Cursor, Read } from './cursor.ts';
import type { Clock, PartOfDay } from './terms.ts';

const QUARTER_NOTE = (clock: string): string =>
  `regional: „viertel" before the hour counts towards it, ${clock}; read it back`;

/** Where a part of the day ends or begins when it limits: „vor dem Mittag". */
export const NOON = 12 * 60;
/** Both are one hour when they limit or stand behind one. */
export const isNoon = (part: PartOfDay): boolean => part === 'noon' || part === 'midday';
/** Parts that end before noon. */
export const MORNING_PARTS: ReadonlySet<PartOfDay> = new Set(['frueh', 'early-morning', 'morning', 'english-morning']);

/** What may stand between an hour and its minutes. */
const HESITATION = /^(?:ae?h+m?|oe?h+m?|e?h+m+|um+|uh+|er+m?)$/;

/** Minutes that the marks of spoken-english.ts move an hour by. */
const UNSURE: ReadonlyMap<Token['category'], number> = new Map([
  ['half', -30],
  ['quarter', -45],
  ['three-quarter', -15],
]);

const HALF_DAY = 720;
const FULL_DAY = 1440;

/** A clock with what may stand around it: „um", „Punkt", am/pm. `range`: an English „to" parts two hours instead of counting minutes. */
export function readClock(c: Cursor, start: number, range = false): Read<Clock> {
  const core = clockCore(c, c.skip(start, 'at', 'exact'), range);
  if (!core) return null;
  const [value, next] = withMeridiem(c, core[0], core[1]);
  return [value, c.skip(next, 'exact')];
}

/** True where nothing but the number itself says that the clock read from `from` to `to` is an hour. */
export function isBareHour(c: Cursor, from: number, to: number): boolean {
  const at = c.skip(from, 'article', 'exact');
  if (c.is(from, 'at', 'exact') || c.is(at - 1, 'at')) return false;
  return to === at + 1 && c.is(at, 'number', 'one');
}

/** The hour in „halb drei", „zehn vor drei": a number from 0 to 24 and a clock of half a day, or of the whole when it says so. */
export function readHour(c: Cursor, i: number): Read<Clock> {
  const token = c.tok(i);
  // „ein" is an hour only with „Uhr" behind it or a word of the clock before it: „ein Haarschnitt am Samstag".
  const spoken =
    token?.category === 'one' &&
    token.text === 'ein' &&
    (i === 0 || token.at - (c.tok(i - 1)?.at ?? 0) === 1 || c.is(i + 1, 'oclock')) &&
    (c.is(i + 1, 'oclock') ||
      c.is(i - 1, 'at', 'half', 'quarter', 'three-quarter', 'before', 'after', 'past', 'from', 'until'));
  const value = spoken ? 1 : c.num(i);
  if (value === null || value > 24) return null;
  if (token?.ordinal && !token.digits && value !== 8) return null;
  // „3." is a day unless a word of the clock stands beside it; speech recognisers end sentences with a full stop.
  const marked =
    c.is(i - 1, 'at', 'half', 'quarter', 'three-quarter', 'before', 'after', 'past', 'to', 'exact') ||
    c.is(i + 1, 'oclock');
  if (token?.ordinal && !marked) return null;
  // „um drei mal reinschauen", „um vier Kinder abholen": what follows a marked hour is not counted.
  const counted = c.is(i + 1, 'person') && !c.is(i - 1, 'at') && c.text(i - 1) !== 'gegen';
  if (counted || c.is(i + 1, 'unit', 'and-half') || monthOwnsNumber(c, i + 1)) return null;
  // „um zehn, anderthalb Stunden später": the comma parts the hour from the length.
  if (c.is(i + 1, 'span-minutes', 'one-and-half') && !c.tok(i + 1)?.afterComma) return null;
  if (c.is(i + 1, 'quarter') && !c.is(i + 2, 'before', 'after')) return null;
  return [hourClock(value), c.is(i + 1, 'oclock') ? i + 2 : i + 1];
}

/** A month with its day behind it: „November 24th". */
export const monthHasDay = (c: Cursor, i: number): boolean =>
  c.is(i, 'month') &&
  (c.num(i + 1) ?? 32) <= 31 &&
  !c.is(i + 2, 'oclock') &&
  (c.tok(i + 1)?.ordinal === true || c.tok(i + 1)?.digits === true);

/** „drei November": the number belongs to the month; in „at three November 24th" the month has one of its own. */
const monthOwnsNumber = (c: Cursor, i: number): boolean => c.is(i, 'month') && !monthHasDay(c, i);

function hourClock(value: number): Clock {
  if (value === 24) return { minute: 0, strict: true, midnight: true };
  if (value === 0 || value > 12) return { minute: value * 60, strict: true };
  return { minute: (value % 12) * 60, strict: false };
}

function shifted(clock: Clock, minutes: number): Clock {
  const day = clock.strict ? FULL_DAY : HALF_DAY;
  const { midnight: _, ...rest } = clock;
  return { ...rest, minute: (((clock.minute + minutes) % day) + day) % day };
}

/** The hour at `i`, so many minutes earlier or later. */
function hourShifted(c: Cursor, i: number, minutes: number): Read<Clock> {
  const hour = readHour(c, i);
  return hour ? [shifted(hour[0], minutes), hour[1]] : null;
}

/** am/pm after a clock; a German „am" is one only where no day follows. */
function withMeridiem(c: Cursor, clock: Clock, i: number): readonly [Clock, number] {
  const token = c.tok(i);
  let half: 'am' | 'pm' | null = null;
  if (token?.category === 'meridiem') half = token.value === 'pm' ? 'pm' : 'am';
  else if (token?.text === 'am' && c.language === 'en' && token.at - (c.tok(i - 1)?.at ?? 0) === 1) half = 'am';
  if (half === null) return [clock, i];
  if (clock.strict) return [clock, i + 1];
  return [{ ...clock, minute: clock.minute + (half === 'pm' ? HALF_DAY : 0), strict: true }, i + 1];
}

function clockCore(c: Cursor, start: number, range: boolean): Read<Clock> {
  const i = c.skip(start, 'exact');
  const token = c.tok(i);
  if (!token) return null;
  const unsure = unsureClock(c, i, token);
  if (unsure) return unsure;
  if (token.category === 'half') return hourShifted(c, i + 1, -30);
  if (token.category === 'english-half') return englishHalf(c, i + 1);
  if (token.category === 'three-quarter') return hourShifted(c, i + 1, -15);
  // „drei viertel acht"
  if (c.num(i) === 3 && c.is(i + 1, 'quarter') && c.text(i + 1) === 'viertel') return hourShifted(c, i + 2, -15);
  const quarterAt = token.category === 'one' && c.is(i + 1, 'quarter') ? i + 1 : i;
  if (c.is(quarterAt, 'quarter')) return quarterHour(c, quarterAt);

  const beside = minutesBeside(c, i, range);
  if (beside !== 'none') return beside;
  if (token.category === 'clock' && token.parts) return writtenClock(c, i, token.parts);
  if (token.category === 'pair' && token.parts) return writtenPair(c, i, token.text, token.parts);
  if (token.category === 'daypart' && token.value === 'midnight')
    return [{ minute: 0, strict: true, midnight: true }, i + 1];
  if (token.category === 'daypart' && token.value === 'midday') return [{ minute: HALF_DAY, strict: true }, i + 1];
  return hourWithMinutes(c, i);
}

/** "half past two", "half two". */
function englishHalf(c: Cursor, i: number): Read<Clock> {
  if (c.is(i, 'past', 'after')) return hourShifted(c, i + 1, 30);
  const read = hourShifted(c, i, 30);
  return read && [{ ...read[0], half: true }, read[1]];
}

/** „half to four", „three quarter three", „quarter three": half an hour or a quarter before the hour, or after it. */
function unsureClock(c: Cursor, i: number, token: Token): Read<Clock> {
  if (token.value !== 1) return null;
  const before = UNSURE.get(token.category);
  const read = before === undefined ? null : hourShifted(c, i + 1, before);
  return read && [{ ...read[0], unsure: true }, read[1]];
}

/** „Viertel vor drei", "quarter past four", and in the East and South „viertel drei" = a quarter of the third hour. */
function quarterHour(c: Cursor, quarterAt: number): Read<Clock> {
  if (c.is(quarterAt + 1, 'before', 'to')) return hourShifted(c, quarterAt + 2, -15);
  if (c.is(quarterAt + 1, 'after', 'past', 'from')) return hourShifted(c, quarterAt + 2, 15);
  const read = hourShifted(c, quarterAt + 1, -45);
  if (!read || c.text(quarterAt) !== 'viertel') return null;
  return [{ ...read[0], note: QUARTER_NOTE(`the hour ${c.text(quarterAt + 1)}`) }, read[1]];
}

/** „zehn (Minuten) vor (halb) drei", "ten past three". `none`: no such minutes stand here, the number may be the hour itself. */
function minutesBeside(c: Cursor, i: number, range: boolean): Read<Clock> | 'none' {
  const minutes = c.is(i, 'one') ? null : c.cardinal(i);
  if (minutes === null || minutes <= 0 || minutes >= 30) return 'none';
  const relation = c.isUnit(i + 1, 'minute') ? i + 2 : i + 1;
  // „um vier. Also ab halb fünf"
  if (c.tok(relation)?.afterComma || (c.tok(relation)?.at ?? 0) - (c.tok(i)?.at ?? 0) > relation - i + 1) return 'none';
  // „Feierabend ist um vier also ab halb fünf": no minutes of the hour behind it.
  if (c.text(relation) === 'ab' && (c.tok(relation)?.at ?? 0) - (c.tok(i)?.at ?? 0) > relation - i) return 'none';
  const before =
    c.is(relation, 'before') || (c.is(relation, 'to') && !range && (minutes % 5 === 0 || relation > i + 1));
  if (!before && !c.is(relation, 'after', 'past') && c.tok(relation)?.text !== 'ab') return 'none';
  // „fünf vor halb drei", „zehn nach dreiviertel drei"
  const named = c.is(relation + 1, 'half', 'quarter', 'three-quarter') || c.is(relation + 2, 'quarter');
  const read = named ? clockCore(c, relation + 1, range) : readHour(c, relation + 1);
  if (read) return [shifted(read[0], before ? -minutes : minutes), read[1]];
  // "from Tuesday at ten to Thursday"
  const day =
    c.tok(relation + 1)?.text !== 'on' &&
    c.is(c.skip(relation + 1, 'article'), 'weekday', 'relative', 'date', 'month', 'which');
  return c.is(relation, 'to') && !range && !day ? null : 'none';
}

/** „14:30", „9:05"; with a leading zero it is the first half of the day. */
function writtenClock(c: Cursor, i: number, parts: NonNullable<Token['parts']>): Read<Clock> {
  const { a, b, leadingZero, iso } = parts;
  if (a > 24 || b > 59 || (a === 24 && b > 0)) return null;
  const base = hourClock(a);
  const open = base.midnight ? base : shifted(base, b);
  const clock: Clock = leadingZero || iso ? { minute: a * 60 + b, strict: true } : open;
  return [clock, c.is(i + 1, 'oclock') ? i + 2 : i + 1];
}

/** „14.30", which may be a day as well: the caller decides. */
function writtenPair(c: Cursor, i: number, text: string, parts: NonNullable<Token['parts']>): Read<Clock> {
  const { a, b, leadingZero } = parts;
  if (a > 23 || b > 59 || !/\.\d\d$/.test(text)) return null;
  const clock = leadingZero ? { minute: a * 60 + b, strict: true } : shifted(hourClock(a), b);
  return [clock, c.is(i + 1, 'oclock') ? i + 2 : i + 1];
}

/** „drei", „drei Uhr", „drei Uhr zwanzig", „dreizehn Uhr und dreißig Minuten". */
function hourWithMinutes(c: Cursor, i: number): Read<Clock> {
  const hour = readHour(c, i);
  if (!hour) return null;
  const [base, next] = hour;
  const afterOclock = c.is(next - 1, 'oclock');
  const joined = afterOclock && c.is(next, 'and') && c.isUnit(next + 2, 'minute');
  const minute = minuteAfter(c, joined ? next + 1 : next, afterOclock);
  return minute ? [shifted(base, minute[0]), minute[1]] : hour;
}

/** Minutes after the hour: „Uhr dreißig", „vierzehn dreißig", „neun null fünf". */
function minuteAfter(c: Cursor, i: number, afterOclock: boolean): Read<number> {
  const token = c.tok(i);
  if (token?.category !== 'number' || !mayBeMinute(c, i, token, afterOclock)) return null;
  const [minute, next] = minuteNumber(c, i, Number(token.value));
  if (!(minute >= 0 && minute <= 59)) return null;
  // „15 30 Uhr"; „10 15 Uhr" may be a day and an hour.
  if (!afterOclock && c.is(next, 'oclock') && minute > 24) return [minute, next + 1];
  // „15 Uhr 30 Kinder": minutes, whoever comes.
  if (!((afterOclock || c.is(i - 2, 'at')) && c.is(next, 'person')) && belongsToNext(c, next)) return null;
  const bareMinute =
    next === i + 1 && minute < 13 && !(token.digits && token.text.length === 2 && minute >= 10 && afterOclock);
  if (!afterOclock && bareMinute) return null;
  return [minute, c.isUnit(next, 'minute') ? next + 1 : next];
}

function mayBeMinute(c: Cursor, i: number, token: Token, afterOclock: boolean): boolean {
  if (token.afterComma && !afterOclock) return false;
  // „um 9 Uhr 10." at the end of a sentence; „um 9 Uhr 10. Dezember" is a day.
  const fullStop = token.digits && afterOclock && token.text.endsWith('.') && !c.is(i + 1, 'month', 'number');
  if (token.ordinal && !fullStop) return false;
  // What stands further off is no minute: „um neun Uhr, ich brauche zwei Termine".
  const between = c.all.slice((c.tok(i - 1)?.at ?? token.at) + 1, token.at);
  return between.every(({ text }) => HESITATION.test(text));
}

/** „dreißig", or „null fünf" in two words. */
function minuteNumber(c: Cursor, i: number, value: number): readonly [minute: number, next: number] {
  const zeroFirst = value === 0 && !c.tok(i + 1)?.ordinal && (c.num(i + 1) ?? 10) < 10;
  return zeroFirst ? [c.num(i + 1) ?? 0, i + 2] : [value, i + 1];
}

/** What stands behind the number says that it is an hour, a count, a day or the minutes of another hour. */
function belongsToNext(c: Cursor, at: number): boolean {
  if (c.is(at, 'oclock', 'person', 'quarter') || monthOwnsNumber(c, at)) return true;
  if (c.is(at, 'unit') && !c.isUnit(at, 'minute')) return true;
  return c.is(at, 'before', 'after', 'past') && readHour(c, at + 1) !== null;
}
