/**
 * What a step counts from when it names nothing itself: the day (or the hour) said last before it, with the terms said together with it.
 * Also tells which hours go with a day that a step replaces. Called by read-items.ts.
 */
import type { Cursor } from './cursor.ts';
import { readCalendarDay } from './dates.ts';
import type { ItemList } from './item-list.ts';
import { isStep, readNamedHourStep, readStride, stepTerm } from './steps.ts';
import type { DayTerm, Item, Lack, Stride, TimeTerm } from './terms.ts';

type DayItem = Item & { type: 'day' };
type TimeItem = Item & { type: 'time' };

interface Anchor<T> {
  terms: T[];
  /** The items that the step takes the place of; none behind „oder". */
  replaces: Item[];
}

const ALSO = /^(?:auch|notfalls|also|too|either)$/;

const isOr = (item: Item | undefined): boolean => item !== undefined && item.type === 'op' && item.op === 'or';

/** Reads „zwei Tage später", „am selben Tag", „eine Stunde vor zwölf", „gleiche Uhrzeit" into the list; false: none stands here. */
export function readStep(c: Cursor, list: ItemList): boolean {
  return orAnotherLength(c, list) || sameHour(c, list) || namedHourStep(c, list) || strideFromAnchor(c, list);
}

/** „eine Woche später, oder zwei": two weeks, and no hour. */
function orAnotherLength(c: Cursor, list: ItemList): boolean {
  const { at } = list;
  const behind = c.tok(at + 2);
  if (!c.is(at, 'or') || c.cardinal(at + 1) === null || (behind && !behind.afterComma)) return false;
  const unit = c.tokens.findLastIndex((token, i) => i < at && token.category === 'unit');
  const isLength = unit > 0 && (c.is(unit - 1, 'one') || c.cardinal(unit - 1) !== null);
  if (!isLength || list.items.some((item) => item.type === 'time' && item.i > unit)) return false;
  list.doubt('vague', at + 2);
  return true;
}

function strideFromAnchor(c: Cursor, list: ItemList): boolean {
  const about = c.skip(list.at, 'approx');
  const read = readStride(c, about);
  if (!read) return false;
  const [stride, next] = read;
  // „am Tag davor oder danach" was rewritten to a limit: two days, or one and what follows it.
  const unclear = about > list.at || stride === 'vague' || c.is(next, 'not-before', 'latest', 'approx-post');
  if (unclear) list.doubt('vague', c.is(next, 'not-before', 'latest', 'approx-post') ? next + 1 : next);
  else if (typeof stride === 'object' && 'minutes' in stride) {
    const said = lastHours(list.items, false);
    // „mein Termin am Dienstag um zehn, geht der auch eine Stunde später" moves it.
    const also = isAlternative(c, list.at) && !isOfAppointment(c, said?.replaces ?? []);
    const hours = also ? lastHours(list.items, true) : said;
    if (hours) list.hourFrom({ t: 'step', minutes: stride.minutes, of: hours.terms }, next, hours.replaces);
    else list.doubt('unread', next, undefined, stride);
  } else {
    const days = recounted(c, next, stride, lastDays(c, list.items, isAlternative(c, list.at)));
    const term = days ? stepTerm(stride, days.terms) : sameWeekday(c, stride, next);
    if (term && !days) list.day(term, next);
    else if (days && term)
      list.day(term, next, {
        replaces: days.replaces,
        ...(isMove(c, list.at, next) || isOfAppointment(c, days.replaces) ? { hourKnown: true } : {}),
      });
    else list.doubt('vague', next, lackedWithout(c, stride, next), stride);
  }
  return true;
}

/** „drei Tage vor Silvester geht nicht, zwei Tage vorher dann": both are counted from the same day. */
function recounted(c: Cursor, next: number, stride: Stride, found: Anchor<DayTerm> | null): Anchor<DayTerm> | null {
  const [only, ...more] = found?.terms ?? [];
  if (!found || more.length > 0 || only?.d !== 'step' || typeof stride !== 'object' || !('by' in stride)) return found;
  const [first, second] = [only.step, stride];
  const alike = first.by === second.by && first.by !== 'weekday' && first.by !== 'bridge';
  const [far, near] = [Math.abs(first.count), Math.abs(second.count)];
  // „später" goes on from the day that was said.
  const again = Math.sign(first.count) === Math.sign(second.count) && far > 1;
  if (!alike || !again || !/^(?:§davor|§danach|before|after)$/.test(c.text(next - 1))) return found;
  return far - near === 1 ? { ...found, terms: only.anchor } : null;
}

/** „um eine Woche später", „eine Woche nach hinten", „an dem Tag": the hour said with the day stays. */
const isMove = (c: Cursor, from: number, next: number): boolean =>
  c.is(from, 'at') ||
  c.text(next - 2) === '§jener' ||
  (c.is(next - 1, 'step') && Math.abs(Number(c.tok(next - 1)?.value)) === 2);

/** „der Tag bleibt", "pull it forward a day": nothing is lost where the day (and the hour) is said elsewhere. */
const lackedWithout = (c: Cursor, stride: Stride, next: number): Lack | undefined => {
  if (typeof stride === 'object' && 'count' in stride && stride.count === 0) return 'day';
  return Math.abs(Number(c.is(next - 1, 'step') ? c.tok(next - 1)?.value : 0)) === 2 ? 'either' : undefined;
};

/** „den Kontrolltermin am 22. um neun brauch ich drei Wochen später": of an appointment that stands its hour stays too. */
const isOfAppointment = (c: Cursor, replaced: readonly Item[]): boolean => {
  const at = c.tok((replaced[0]?.j ?? 0) - 1)?.at ?? 0;
  return c.all
    .slice(0, at)
    .some(
      ({ text }, i) =>
        i >= at - MOST_WORDS_BETWEEN &&
        /(?:termin|appointment|slot)$/.test(text) &&
        /^(?:den|der|dem|mein|meinen|meinem|unser|unseren|the|my|our)$/.test(c.all[i - 1]?.text ?? ''),
    );
};
const MOST_WORDS_BETWEEN = 5;

/** „eine Stunde später ginge auch": both are wished, and which one must be asked. Looks at the words up to the next comma. */
function isAlternative(c: Cursor, from: number): boolean {
  const begin = c.tok(from)?.at ?? 0;
  const parted = c.all.findIndex((token, at) => at > begin && token.afterComma);
  return c.all.slice(begin, parted < 0 ? undefined : parted).some((token) => ALSO.test(token.text));
}

/** „am selben Dienstag, also den 24.": the day that the weekday is of stands behind it. */
const sameWeekday = (c: Cursor, stride: Stride, next: number): DayTerm | null =>
  typeof stride === 'object' &&
  'by' in stride &&
  stride.by === 'weekday' &&
  stride.count === 0 &&
  readCalendarDay(c, next)
    ? { d: 'weekday', weekday: stride.weekday, which: null, addDays: 0 }
    : null;

/** „eine Stunde vor zwölf" */
function namedHourStep(c: Cursor, list: ItemList): boolean {
  const read = readNamedHourStep(c, list.at);
  if (!read) return false;
  list.hourFrom({ t: 'step', minutes: read[0].minutes, of: [{ t: 'clock', clock: read[0].clock }] }, read[1], []);
  return true;
}

/** „gleiche Uhrzeit": the hour said before. */
function sameHour(c: Cursor, list: ItemList): boolean {
  const token = c.tok(list.at);
  if (token?.category !== 'same' || token.value === 0) return false;
  const hours = lastHours(list.items, false);
  const [only, ...more] = hours?.terms ?? [];
  if (hours && only)
    list.hourFrom(more.length === 0 ? only : { t: 'step', minutes: 0, of: hours.terms }, list.at + 1, hours.replaces);
  else if (token.value === 'hour-again') list.special('same');
  else list.doubt('unread', list.at + 1, 'hour');
  return true;
}

/** The days said last, together: „nächste Woche Donnerstag". */
function lastDays(c: Cursor, items: readonly Item[], alternative: boolean): Anchor<DayTerm> | null {
  const last = items.findLastIndex((item) => item.type === 'day');
  const anchor = items[last];
  if (anchor?.type !== 'day') return null;
  const chosen = alternative || items.slice(last).some(isOr);
  // „am 3. oder einen Tag später oder zwei Tage später": both count from the third.
  if (chosen && anchor.term.d === 'step') return { terms: anchor.term.anchor, replaces: [] };
  const group = saidWith(c, items, last, anchor);
  if (!group.every((item) => isRule(c, item)))
    return { terms: group.map((item) => item.term), replaces: chosen ? [] : group };
  // „… Sie haben montags eh zu, dann den Mittwoch danach": a rule is no single day.
  const before = items.slice(0, items.indexOf(group[0] ?? anchor));
  const single = before.findLastIndex((item) => item.type === 'day');
  const day = before[single];
  if (day?.type !== 'day' || isRule(c, day)) return null;
  // „drei Tage vor Silvester, das müsste der 28. sein, ein Montag": of which month is not told here.
  const told = before.slice(0, single).some((item) => item.type === 'day');
  if (told && day.term.d === 'calendar' && day.term.month === null) return null;
  const days = saidWith(c, before, single, day);
  // „…, das ist ein Montag, einen Tag später": it was said of the day that the step replaces.
  return { terms: days.map((item) => item.term), replaces: chosen ? [] : [...days, ...group] };
}

/** „montags", „ein Montag", „das ist Sonntag": tells which weekday a day is, or what goes on every week. */
const isRule = (c: Cursor, item: Item): boolean => {
  if (item.type !== 'day' || item.term.d === 'every-weekday') return item.type === 'day';
  const before = c.all[(c.tok(item.j - 1)?.at ?? 0) - 1]?.text ?? '';
  return item.term.d === 'weekday' && item.term.which === null && /^(?:ist|waere|war|thats|its)$/.test(before);
};

/** The days that one day was said together with, itself among them. */
function saidWith(c: Cursor, items: readonly Item[], at: number, anchor: DayItem): DayItem[] {
  const group: DayItem[] = [anchor];
  for (let k = at - 1; k >= 0 && !isApart(c, items[k], items[k + 1]); k--) {
    const item = items[k];
    if (item?.type === 'time') continue;
    if (item?.type !== 'day' || isStep(item.term) || group.some((x) => isStep(x.term) || x.term.d === item.term.d))
      break;
    group.unshift(item);
  }
  return group;
}

/** The hours said last, together: „nachmittags um drei". */
function lastHours(items: readonly Item[], alternative: boolean): Anchor<TimeTerm> | null {
  const last = items.findLastIndex((item) => item.type === 'time');
  const group: TimeItem[] = [];
  for (let k = last; k >= 0; k--) {
    const item = items[k];
    if (item?.type !== 'time' || item.term.t === 'in') break;
    group.unshift(item);
    if (item.term.t === 'step') break;
  }
  if (group.length === 0) return null;
  return { terms: group.map((item) => item.term), replaces: alternative || items.slice(last).some(isOr) ? [] : group };
}

/** Two items that are not said together: other words and a comma stand between, or one of them is neither day nor hour. */
function isApart(c: Cursor, first: Item | undefined, second: Item | undefined): boolean {
  if (!first || !second || (first.type !== 'day' && first.type !== 'time')) return true;
  const [end, begin] = [c.tok(first.j - 1), c.tok(second.i)];
  return begin?.afterComma === true && end !== undefined && begin.at - end.at > 1;
}

/**
 * Hours that leave with their day: of „am Zwölften um drei ist die Hochzeit, am Tag vorher um elf" eleven stays alone; „Donnerstag um
 * eins, eine Woche später" keeps one o'clock.
 */
export function settleHoursOfSteps(c: Cursor, items: readonly Item[]): void {
  items.forEach((item, at) => {
    if (item.type !== 'day' || !item.replaces || item.replaces.length === 0 || !isStep(item.term)) return;
    const first = items.findIndex((x) => item.replaces?.includes(x));
    const between = items.slice(first, at).filter((x) => x.type === 'time');
    const own = between.filter((x) => items.indexOf(x) === at - 1 && startsAnew(c, x) && !startsAnew(c, item));
    if (own.length === 0 && !hasOwnHour(items, at)) return;
    item.hourKnown = true;
    const before = items[first - 1];
    const lead = before?.type === 'time' && !isApart(c, before, items[first]) ? [before] : [];
    item.replaces = [...item.replaces, ...lead, ...between.filter((x) => !own.includes(x))];
  });
}

const startsAnew = (c: Cursor, item: Item): boolean => c.tok(item.i)?.afterComma === true;

/** An hour is said behind the step, before „oder". */
function hasOwnHour(items: readonly Item[], at: number): boolean {
  for (const item of items.slice(at + 1)) {
    if (isOr(item)) return false;
    if (item.type === 'time') return true;
  }
  return false;
}
