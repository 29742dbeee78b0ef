/**
 * The grammar of spoken time: tokens → items (days, clocks, limits, operators, doubts), left to right. Nothing is dated here;
 * whatever carries meaning and is not read becomes a doubt, and whatever is skipped is kept with its reason.
 */
import type { Language } from '../reading.ts';
import type { Category } from '../words/lexicon.ts';
import type { Token } from '../words/token.ts';
import { readStep, settleHoursOfSteps } from './anchors.ts';
import { isBareHour, readClock } from './clocks.ts';
import { FINITE, MOVING } from '../words/cues.ts';
import { Cursor, type Read } from './cursor.ts';
import { readDay, readDayTerm } from './days.ts';
import { readDuration } from './durations.ts';
import { ItemList } from './item-list.ts';
import { readLimit, readRange, stretch } from './limits.ts';
import { TIMELIKE, timeBegins } from './time-begins.ts';
import { type Phrase, phraseOf, type SkippedToken } from './phrase.ts';
import type { Clock, DayTerm, Item, Lack, PartOfDay } from './terms.ts';
import { isHindrance, lostWith } from './unknown-words.ts';

/** Tokens that can be skipped without changing the meaning. */
const SKIPPABLE: ReadonlySet<Category> = new Set<Category>([
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

export interface ReadPhrase {
  items: Item[];
  /** The tokens that the positions of the items count. */
  tokens: Token[];
  /** Every other token, and the tokens among these that no item covers, with the reason. */
  skipped: SkippedToken[];
}

/** In a phrase of so few words each one counts. */
const SHORT_PHRASE = 5;

/** „nach Gas", „an dem Tag": a limit or a unit of nothing that was understood; a long sentence loses nothing without it. */
function lackedAt({ c, list, token }: Step): Lack | undefined {
  const i = list.at;
  const next = c.all[token.at + 1]?.category ?? 'unknown';
  // "you pick, day, time, whatever"
  if (
    token.category === 'unit' &&
    list.items.some((item) => item.type === 'special' && item.id === 'any') &&
    !c.is(i - 1, 'number', 'which')
  )
    return 'any';
  if (c.all.length <= SHORT_PHRASE) return undefined;
  if (LIMITING.includes(token.category))
    return ['unknown', 'filler', 'article', 'person'].includes(next) && !c.is(i + 1, ...TIMELIKE) ? 'any' : undefined;
  // „an dem Tag noch", „der Tag ist egal"
  // "I'll be late on Tuesday"
  if (/^(?:late|early)$/.test(token.text)) return 'either';
  // „die Tage bei ihr bleibe"
  if (token.text === 'tage' && /^(?:die|diese|paar)$/.test(c.all[token.at - 1]?.text ?? '')) return 'day';
  return token.category === 'unit' &&
    token.value === 'day' &&
    /^(?:dem|der|the|that|den)$/.test(c.all[token.at - 1]?.text ?? '')
    ? 'any'
    : undefined;
}

const LIMITING: readonly Category[] = [
  'before',
  'after',
  'from',
  'until',
  'of-from',
  'between',
  'past',
  'to',
  'within',
  'latest',
];

/** What one construction of the grammar looks at. */
interface Step {
  c: Cursor;
  list: ItemList;
  token: Token;
  phrase: Phrase;
}

/** Reads what begins at the next token into the list and returns true; false: another construction may read it. */
type Construction = (step: Step) => boolean;

/** The order decides: what is longer or surer stands first. Each moves the list on by a token at least when it reads. */
const CONSTRUCTIONS: readonly Construction[] = [
  ({ c, list }) => readStep(c, list),
  singleWord,
  morningOfDay,
  statedDuration,
  hourOrPeople,
  rangeOrLimit,
  shortly,
  approximately,
  clockOrDay,
  partOfDay,
  skippable,
  unknownWord,
  countedPeople,
];

/** Reads the tokens of one phrase into items. `ignore` holds folded words that carry no time here. */
export function readItems(all: readonly Token[], language: Language, ignore: ReadonlySet<string>): ReadPhrase {
  const phrase = phraseOf(all, language, ignore);
  const c = new Cursor(phrase.tokens, all, language);
  const list = new ItemList(c, phrase.skipped);
  let hindrance: string | null = null;
  for (let token = c.tok(0); token; token = c.tok(list.at)) {
    const step: Step = { c, list, token, phrase };
    if (hindrance === null && token.category === 'unknown' && isHindrance(c, token)) hindrance = token.text;
    if (!CONSTRUCTIONS.some((read) => read(step))) list.doubt('unread', list.at + 1, lackedAt(step));
  }
  settleHoursOfSteps(c, list.items);
  // „Dienstag habe ich Yoga", "I have a meeting on Tuesday": why a day does not suit.
  if (hindrance !== null && list.items.some((item) => item.type === 'day')) list.doubtAll('negation', hindrance);
  // „from Tuesday to Wednesday" said of an appointment that moves: no stretch to look for.
  if (
    all.some((word) => MOVING.test(word.text)) &&
    list.items.some((item) => isStretch(item) && !c.is(item.i, 'between'))
  )
    list.doubtAll('unread', 'moved from one time to another');
  return { items: list.items, tokens: phrase.tokens, skipped: list.skipped };
}

const isStretch = (item: Item): boolean =>
  (item.type === 'time' && item.term.t === 'between') ||
  (item.type === 'day' &&
    item.term.d === 'span' &&
    item.term.span.s === 'stretch' &&
    item.term.span.from !== null &&
    item.term.span.to !== null);

/** Operators, requests without a day and words that always ask: each is one token. */
function singleWord({ c, list, token }: Step): boolean {
  switch (token.category) {
    case 'instead':
      // "instead of swimming"
      if (!timeBegins(c.all, token.at + 1)) list.skip('unknown-word', list.at + 1);
      else list.op('instead');
      return true;
    case 'or':
    case 'and':
    case 'but':
    case 'except':
    case 'neg':
      list.op(token.category);
      return true;
    case 'correct':
      // Southern „no" is „noch".
      if (token.text === 'no' && c.language === 'de' && !token.afterComma && list.at > 0)
        list.skip('unknown-word', list.at + 1);
      else list.op(correction(c, list, token));
      return true;
    case 'earliest':
    case 'soft-earliest':
    case 'any':
    case 'same':
      list.special(token.category);
      return true;
    case 'blocked':
      // "ten drops in each ear"
      if (token.text === 'each' && !repeats(c, list.at)) list.skip('unknown-word', list.at + 1);
      else if (token.value === 'recurring')
        list.doubt('recurring', list.at + 1, repeats(c, list.at) ? undefined : 'either');
      else list.doubt('occasion', list.at + 1, 'either');
      return true;
    case 'significant': {
      // „seit gestern": what has been so for some time.
      const goesOn = c.tok(list.at + 1)?.afterComma === false;
      const since = goesOn && /^(?:seit|since)$/.test(token.text) ? readDay(c, list.at + 1) : null;
      if (since) {
        // „seit Dienstag früh um sieben"
        let end = since[1];
        while (c.is(end, 'daypart', 'at', 'number', 'oclock', 'clock') && c.tok(end)?.afterComma === false) end++;
        list.skip('past', end);
        return true;
      }
      // „eher Mittwoch"
      if (
        token.text === 'eher' &&
        c.is(list.at + 1, ...TIMELIKE) &&
        !/^(?:etwas|bisschen|stunde|tag|woche)$/.test(c.all[token.at - 1]?.text ?? '')
      ) {
        list.skip('function-word', list.at + 1);
        return true;
      }
      const elsewhere = token.text === 'vorziehen' && isTargetSaid(c);
      list.doubt(
        'unread',
        list.at + 1,
        token.text === '§doubt' || (isBesideTime(c, list.at) && !elsewhere) ? undefined : 'either',
      );
      return true;
    }
    case 'after-work':
      list.time({ t: 'after-work' }, list.at + 1);
      return true;
    default:
      return false;
  }
}

/** „jeden Dienstag", „alle zwei Wochen", „wöchentlich"; „alle zusammen" is no series. */
const repeats = (c: Cursor, i: number): boolean =>
  !/^(?:alle|jede[nrsm]?|every|each)$/.test(c.text(i)) ||
  c.is(i + 1, 'weekday', 'weekdays', 'unit', 'number', 'couple', 'daypart', 'month', 'one', 'which', 'relative');

/** „von vier auf zwei vorziehen": where to is said. */
const isTargetSaid = (c: Cursor): boolean => c.all.some(({ text }, at) => text === 'auf' && timeBegins(c.all, at + 1));

/** A word of time stands directly before or behind. */
function isBesideTime(c: Cursor, i: number): boolean {
  const [token, before, after] = [c.tok(i), c.tok(i - 1), c.tok(i + 1)];
  if (!token) return false;
  const near = (other: Token | undefined): boolean =>
    other !== undefined && Math.abs(other.at - token.at) === 1 && TIMELIKE.includes(other.category);
  return (!token.afterComma && near(before)) || (after?.afterComma === false && near(after));
}

/** English „no" before a day and without a pause denies it: „no Mondays please". */
function correction(c: Cursor, list: ItemList, token: Token): 'neg' | 'correct' | 'correct-soft' {
  const before = list.items.at(-1);
  const denies =
    /^no(?:pe)?$/.test(token.text) &&
    !c.tok(list.at + 1)?.afterComma &&
    // "actually no, Thursday" corrects.
    (list.items.length === 0 || (before?.type === 'op' && !before.op.startsWith('correct'))) &&
    list.at + 1 < c.tokens.length &&
    c.language === 'en';
  if (denies) return 'neg';
  // "we have no money"
  if (token.text === 'no' && OWNING.test(c.all[token.at - 1]?.text ?? '') && !token.afterComma) return 'neg';
  return token.value === 'hard' ? 'correct' : 'correct-soft';
}

const OWNING = /^(?:have|has|had|got|with|theres|need|want|make|makes|ive|see)$/;

/** „morgen" behind a day is its morning; „am Morgen" was told apart by the idioms. */
function morningOfDay({ c, list, token }: Step): boolean {
  if (token.text !== 'morgen' || !list.isBehindPoint() || token.afterComma) return false;
  if (token.at - (c.tok(list.at - 1)?.at ?? 0) !== 1) return false;
  list.time({ t: 'part', part: 'morning' }, list.at + 1);
  return true;
}

/** „für eine Stunde": how long, not when. */
function statedDuration({ c, list, token }: Step): boolean {
  const previous = c.all[token.at - 1]?.text ?? '';
  if (!/^(?:fuer|fur|for|von|of|dauert)$/.test(previous)) return false;
  const long = readDuration(c, list.at);
  if (!long || typeof long[0] !== 'object' || !('minutes' in long[0])) return false;
  list.skip('duration', long[1]);
  return true;
}

/** „für zwei": an hour or the company. */
function hourOrPeople({ c, list, token, phrase }: Step): boolean {
  if (!phrase.notTime.unsure.has(token.at)) return false;
  if (!isBareHour(c, list.at, readClock(c, list.at)?.[1] ?? -1)) return false;
  list.doubt('unread', list.at + 1);
  return true;
}

function rangeOrLimit({ c, list }: Step): boolean {
  const read = readRange(c, list.at) ?? readLimit(c, list.at);
  if (!read) return false;
  const [value, end] = read;
  // „ab vier frühestens", „bis vier spätestens": said twice.
  const again =
    'time' in value &&
    c.is(end, value.time.t === 'from' ? 'not-before' : 'latest') &&
    isNext(c, end) &&
    !readClock(c, end + 1);
  const next = again && (value.time.t === 'from' || value.time.t === 'to') ? end + 1 : end;
  if ('doubt' in value) list.doubt(value.doubt, next);
  else if ('term' in value) list.day(value.term, next);
  else list.time(value.time, next);
  return true;
}

/** „kurz nach drei"; „kurz" alone changes nothing. */
function shortly({ c, list, token }: Step): boolean {
  if (token.category !== 'shortly') return false;
  const i = list.at;
  const clock = c.is(i + 1, 'before', 'after', 'past') ? readClock(c, i + 2) : null;
  if (clock) list.time({ t: c.is(i + 1, 'before') ? 'shortly-before' : 'shortly-after', clock: clock[0] }, clock[1]);
  else list.skip('modifier', i + 1);
  return true;
}

/** „gegen elf", „etwa am Dienstag"; before a part of the day or a stretch „etwa" changes nothing. */
function approximately({ c, list, token }: Step): boolean {
  if (token.category !== 'approx') return false;
  const at = c.skip(list.at, 'approx', 'at');
  const clock = readClock(c, at);
  if (clock) {
    list.time({ t: 'around', clock: clock[0] }, c.skip(clock[1], 'approx-post'));
    return true;
  }
  const partAt = c.skip(at, 'article');
  const near = c.is(partAt, 'daypart') ? null : readDay(c, at);
  // „tauschen gegen den neunten Januar"
  if (near && 'term' in near[0] && c.text(list.at) === 'gegen' && c.all.some(({ text }) => MOVING.test(text)))
    list.day(near[0].term, near[1]);
  else if (near && 'term' in near[0] && near[0].term.d !== 'span') list.doubt('approximate-day', near[1]);
  else list.skip('modifier', c.is(partAt, 'daypart') ? partAt : at);
  return true;
}

/** A clock with a mark (um, Uhr, 14:30, halb …) before days; a bare number only after them. */
function clockOrDay(step: Step): boolean {
  const { c, list } = step;
  const clock = readClock(c, list.at);
  const first = c.skip(list.at, 'article');
  const pairAsDay = c.is(first, 'pair') && !c.is(list.at, 'at') && !c.is(first + 1, 'oclock');
  if (clock && !pairAsDay && isMarkedClock(c, list.at, first, clock[1])) {
    clockWithLimit(step, clock, null);
    return true;
  }
  if (singleDay(step, clock)) return true;
  if (!clock) return false;
  // 14.30: no such month, so it is the clock.
  if (pairAsDay) list.time({ t: 'clock', clock: clock[0] }, clock[1]);
  else clockWithLimit(step, clock, { digits: c.tok(c.skip(list.at, 'article', 'exact'))?.digits === true });
  return true;
}

/** More than a number says that it is a clock; „am Mittag" is a part of the day and no twelve o'clock. */
function isMarkedClock(c: Cursor, i: number, first: number, next: number): boolean {
  if (c.is(first, 'daypart') && c.is(i, 'article')) return false;
  return (
    c.is(i, 'at') ||
    c.is(first, 'half', 'english-half', 'quarter', 'three-quarter', 'clock', 'exact') ||
    !isBareHour(c, i, next)
  );
}

/** A clock with what may stand behind it: „um drei herum", „um vier spätestens", „drei Uhr oder später". */
function clockWithLimit(
  { c, list }: Step,
  [clock, post]: readonly [Clock, number],
  bare: { digits: boolean } | null,
): void {
  const last = !readClock(c, post + 1) && !readDayTerm(c, post + 1);
  if (c.is(post, 'approx-post') || (c.is(post, 'approx') && last)) list.time({ t: 'around', clock }, post + 1);
  else if (c.is(post, 'latest') && c.tok(post)?.value === 0 && last) list.time({ t: 'to', clock }, post + 1);
  else if (c.is(post, 'not-before', 'from') && last && isNext(c, post)) list.time({ t: 'from', clock }, post + 1);
  else list.time({ t: 'clock', clock }, post, bare ?? undefined);
}

/** No word stands between the token and the one before it. */
const isNext = (c: Cursor, i: number): boolean =>
  (c.tok(i)?.at ?? 0) - (c.tok(i - 1)?.at ?? 0) === 1 && !c.tok(i)?.afterComma;

/** A day or a named stretch with what may stand behind it. `clock`: how the same words read as a clock. */
function singleDay(step: Step, clock: Read<Clock>): boolean {
  const { c, list } = step;
  const read = readDay(c, list.at, list.lastDayEnd === list.at);
  if (!read) return false;
  const [value, next] = read;
  if ('time' in value) list.time(value.time, next);
  else if ('term' in value) dayWithLimit(step, value.term, next);
  else if (value.doubt === 'date-or-time' && clock && isTimeOfPair(c, list.at))
    list.time({ t: 'clock', clock: clock[0] }, clock[1]);
  else list.doubt(value.doubt, next);
  return true;
}

/** „14.30", „9.00" without an article: minutes that are no month. */
const isTimeOfPair = (c: Cursor, i: number): boolean =>
  !c.is(i, 'article') && /\.(?:1[3-9]|[2-5]\d|00)$/.test(c.text(i));

/** A day with what may stand behind it: „Freitag spätestens", „Montag frühestens", „Montag an", „Montag oder so". */
function dayWithLimit({ c, list }: Step, term: DayTerm, next: number): void {
  const last = (): boolean => !readClock(c, next + 1) && !readDayTerm(c, next + 1);
  if (c.is(next, 'latest') && c.tok(next)?.value === 0 && last()) list.day(stretch(null, term), next + 1);
  else if (
    (c.is(next, 'not-before') || (c.is(next, 'an') && c.language === 'de')) &&
    isNext(c, next) &&
    last() &&
    !c.all.some(({ text }) => /^(?:rufe?|fange?|melde?)$/.test(text))
  )
    list.day(stretch(term, null), next + 1);
  else {
    list.day(term, next);
    if (c.is(next, 'approx-post') && term.d !== 'span') list.skip('modifier', next + 1);
  }
}

/** „am Vormittag", „nachmittags", „an einem Abend". */
function partOfDay({ c, list }: Step): boolean {
  const at = c.skip(list.at, 'article', 'in', 'at', 'one');
  if (!c.is(at, 'daypart')) return false;
  list.time({ t: 'part', part: c.tok(at)?.value as PartOfDay }, at + 1);
  return true;
}

/** Function words with nothing behind them: most change nothing, some leave half a phrase that must be asked. */
function skippable({ c, list, token }: Step): boolean {
  if (token.text === 'may' && token.category === 'month') list.skip('function-word', list.at + 1);
  else if (token.category === 'approx-post') list.skip('modifier', list.at + 1);
  else if (!SKIPPABLE.has(token.category)) return false;
  else functionWord(c, list, token);
  return true;
}

function functionWord(c: Cursor, list: ItemList, token: Token): void {
  const i = list.at;
  // „um den Dienstag", "at 24th": about that day.
  const near = aboutDay(c, i, token) ? readDayTerm(c, i + 1) : null;
  // „in five": minutes or an hour.
  if (token.category === 'in' && c.cardinal(i + 1) !== null) list.doubt('unread', i + 2);
  else if (needsMore(c, i, token)) list.doubt('unread', i + 1);
  else if (near) list.doubt('approximate-day', near[1]);
  else list.skip('function-word', i + 1);
}

/** The word points at something that was not understood: „nächsten …", „… Uhr", „bis 3", „eine Woche". */
function needsMore(c: Cursor, i: number, token: Token): boolean {
  switch (token.category) {
    case 'which':
      return token.value !== 'this' || c.is(i + 1, 'or', 'and');
    case 'oclock':
      return true;
    case 'to':
      return c.is(i + 1, 'number');
    case 'one':
      return c.is(i + 1, 'unit');
    default:
      return false;
  }
}

const aboutDay = (c: Cursor, i: number, token: Token): boolean =>
  token.category === 'at' &&
  // „es geht um den Termin am Dritten"
  (c.tok(i + 2)?.at ?? 0) - token.at <= 2 &&
  (c.is(i + 1, 'number') || (token.text === 'um' && c.language === 'de' && c.is(i + 1, 'feast', 'date', 'article')));

/** A word of no table: skipped only where it can be no time. */
function unknownWord({ c, list, token }: Step): boolean {
  if (token.category !== 'unknown') return false;
  if (FINITE.has(token.text)) {
    list.skip('unknown-word', list.at + 1);
    return true;
  }
  const lost = lostWith(c, list.at, token);
  if (lost === null) list.skip('unknown-word', list.at + 1);
  else list.doubt('unread', list.at + 1, lost === 'part' ? undefined : lost);
  return true;
}

/** „zwei Personen" that not-time.ts left: the number counts people. */
function countedPeople({ c, list, token }: Step): boolean {
  if (token.category !== 'number' || !c.is(list.at + 1, 'person')) return false;
  list.skip('count', list.at + 2);
  return true;
}
