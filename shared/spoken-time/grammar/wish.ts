/**
 * Which of the items of a sentence are the caller's wish: parts get roles, and what belongs to reasons, to the past, to others or to the
 * appointment that is moved is left out with its reason. Called by read-items.ts.
 */
import type { Token } from '../words/token.ts';
import { isEnglish, MOVING } from './cues.ts';
import { isMovedTo, namesDay, type Part, partsOf, timeBegins } from './parts.ts';
import type { SkippedToken, SkipReason } from './phrase.ts';
import type { ReadPhrase } from './read-items.ts';
import { comments, isStrong, leadsBack, replaces, type Role, roleOf } from './roles.ts';
import type { DayTerm, Item } from './terms.ts';

/** Of so many words one that is not known is noise: where it was a day, nothing is read and the day is asked. */
const LONG = 8;

/** „jetzt", „gleich" in a longer part only tell what is the case. */
const SHORT = 5;

interface Said {
  part: Part;
  role: Role;
  items: Item[];
}

/** Roles of what is told and never the wish. */
const TOLD: ReadonlySet<Role> = new Set<Role>(['reason', 'past', 'old']);
const BACKGROUND: ReadonlySet<Role> = new Set<Role>(['reason', 'busy', 'other', 'past', 'old']);

type Content = Item & { type: 'day' | 'time' | 'special' };
const isContent = (item: Item): item is Content => item.type === 'day' || item.type === 'time' || item.type === 'special';
const contentOf = (said: Said): Content[] => said.items.filter(isContent);
const holds = (said: Said): boolean => said.items.some(isContent);

/** The reading without what is no wish. */
export function wishOf(read: ReadPhrase, all: readonly Token[]): ReadPhrase {
  const said = sayings(read, all);
  const homeless = read.items.filter((item) => !said.some((one) => one.items.includes(item)));
  const [only] = said;
  const told = said.length === 1 && only?.role === 'old' && only.items.some(isContent) ? [doubtAt(only, 'the new day')] : [];
  const kept = said.length === 1 ? { items: [...read.items, ...told], settled: false } : keptOf(said, all);
  const about = said.length === 1 ? [] : homeless.filter((item) => !kept.settled || (item.type === 'doubt' && item.doubt === 'unread'));
  const items = withoutNoise([...kept.items, ...about], all.length > LONG).sort(
    (a, b) => a.i - b.i,
  );
  if (isUndecided(read.items, all)) items.push({ type: 'doubt', doubt: 'unread', text: 'which of them', i: read.tokens.length, j: read.tokens.length });
  const skipped: SkippedToken[] = [...read.skipped];
  for (const one of said) {
    const why = BACKGROUND.has(one.role) ? (one.role as SkipReason) : one.items.some(isContent) ? 'aside' : 'unknown-word';
    for (const item of one.items)
      if (!items.includes(item)) for (const token of read.tokens.slice(item.i, item.j)) skipped.push({ token, why });
  }
  return { items, tokens: parted(read.tokens, said), skipped };
}

/** The tokens with a pause before the first item of each part: words between that were not read may have held the comma. */
function parted(tokens: readonly Token[], said: readonly Said[]): Token[] {
  const starts = new Set(said.slice(1).map(({ items }) => items.find((item) => item.j > item.i)?.i ?? -1));
  return tokens.map((token, i) => (starts.has(i) ? { ...token, afterComma: true } : token));
}

/** „von Dienstag … auf Mittwoch" */
const isMovedFrom = (all: readonly Token[], at: number): boolean =>
  timeBegins(all, at + 1) && !['night', 'month'].includes(String(all[at - 1]?.value)) && all.some((_, to) => to > at + 1 && isMovedTo(all, to));

/** The parts with their roles and the items that end in them. */
function sayings(read: ReadPhrase, all: readonly Token[]): Said[] {
  const moves = all.some(
    ({ text, category }, at) =>
      MOVING.test(text) ||
      category === 'instead' ||
      /^(?:stattdessen|instead)$/.test(text) ||
      (text === 'go' && /^(?:from|to)$/.test(all[at + 1]?.text ?? '') && timeBegins(all, at + 2)) || (text === 'auf' && namesDay(all, at + 1) && !all.some(({ value }) => value === 'night')) || (/^(?:von|vom|from)$/.test(text) && isMovedFrom(all, at)),
  );
  const about = { moves, english: isEnglish(all.map(({ text }) => text)) };
  const said: Said[] = [];
  for (const part of partsOf(all, about)) {
    const role = roleOf(all, part, about);
    // „weil wir umziehen und am zweiten die Küche kommt": the reason goes on.
    const goesOn = part.joined && /^(?:und|and)$/.test(all[part.from]?.text ?? '') && said.at(-1)?.role === 'reason' && role !== 'wish';
    // „erst wollte ich Dienstag, dann Donnerstag": so does the past.
    const then = role === 'plain' && all[part.from]?.text === 'dann' && said.at(-1)?.role === 'past';
    said.push({ part, role: goesOn ? 'reason' : then ? 'past' : role, items: [] });
  }
  for (const item of read.items) {
    const at = item.i === item.j ? undefined : read.tokens[item.j - 1]?.at;
    const home = at === undefined ? undefined : said.find(({ part }) => at >= part.from && at < part.to);
    // „die Bienen haben jetzt Ruhe" asks for nothing.
    const idle =
      item.type === 'special' &&
      item.id === 'soft-earliest' &&
      home &&
      (home.part.to - home.part.from > SHORT ||
        !(home.role === 'wish' || home.role === 'plain') || all.slice(home.part.from, home.part.to).some(({ category }) => category === 'unknown'));
    if (home && !idle) home.items.push(item);
  }
  for (const [at, one] of said.entries()) {
    const before = said[at - 1];
    if (!before || one.items.length === 0 || (one.role !== 'plain' && one.role !== 'unsure')) continue;
    // „den Samstag, 29. Mai, um drei": the hour goes with the day before the comma.
    const hour = one.role === 'plain' && one.items.every((item) => item.type === 'time');
    // „Samstag ist die Hochzeit, am 28., können wir am Donnerstag …": it goes with what is told.
    const later = said.slice(at + 1).some((x) => x.role === 'wish' && one.items.every((item) => x.items.some(({ type }) => type === item.type)));
    if (one.role === 'plain' && BACKGROUND.has(before.role) && holds(before) && later && one.items.every(isContent) && !leadsBack(all, one.part)) one.role = before.role;
    const takes = contentOf(before).some(({ type }) => type === 'day') && !contentOf(before).some(({ type }) => type === 'time');
    if (hour && takes && (before.role === 'wish' || before.role === 'plain' || before.role === 'unsure')) {
      before.items.push(...one.items);
      one.items = [];
    }
    // „…, hang on, …, Thursday at two apparently": behind a correction it is what is meant.
    if (one.role === 'unsure' && said.slice(0, at).some((x) => !holds(x) && x.items.some((item) => item.type === 'op' && item.op.startsWith('correct')))) one.role = 'plain';
    // „der alte Termin, Mittwoch um eins"
    const label = all.slice(before.part.from, before.part.to);
    const says = label.map(({ text }) => text).join(' ');
    const strongLater = said.slice(at + 1).some((x) => x.role === 'wish' && isComplete(x) && isStrong(all, x.part) && isContrary(one, x));
    const possessed = /^(?:mein|meine|meinen|unser|unseren|my|our)$/.test(all[one.part.from]?.text ?? '');
    if (strongLater && isComplete(one) && (possessed || /\b(?:angemeldet|gebucht|eingetragen|booked|termin|appointment)\b/.test(says))) one.role = 'old';
    if (!holds(before) && /\b(?:old (?:one|appointment|slot|time)|alte[rn]? (?:termin|zeit)|bisherige[rn]?|urspruengliche[rn]?)\b/.test(says)) one.role = 'old';
  }
  if (process.env.DBG) for (const o of said) console.log('   part', o.role, '|', all.slice(o.part.from, o.part.to).map((t) => t.text).join(' '), '|', o.items.map((i) => i.type).join(','));
  return said;
}

/** The items that count. `settled`: some parts are wishes and others are not, so that doubts about the whole are answered. */
function keptOf(said: readonly Said[], all: readonly Token[]): { items: Item[]; settled: boolean } {
  // „um halb zwölf …, the sixty minute one": a bare number is no hour where one is said elsewhere.
  const marked = said.some(({ items }) => items.some((item) => item.type === 'time' && item.bare !== true));
  const corrects = said.some(({ items }) => items.some((item) => item.type === 'op' && (item.op.startsWith('correct') || item.op === 'or')));
  if (marked && !corrects)
    for (const one of said)
      if (isBareAmongWords(one, all)) one.role = 'other';
  const withContent = said.filter(holds);
  const everything = { items: said.flatMap((one) => one.items), settled: false };
  const end = everything.items.at(-1)?.j ?? 0;
  const nothing: Item = { type: 'doubt', doubt: 'unread', text: 'what is wished', i: end, j: end };
  if (withContent.length === 0) return everything;
  const of = (...roles: Role[]): Said[] => withContent.filter((one) => roles.includes(one.role));
  const sure = of('wish', 'plain');
  const unsure = of('unsure');
  const whole = unsure.filter(isComplete);
  // „Pfingstsonntag Taufe, Montag Grillen, am 18. um elf Zahnreinigung": the one that names day and hour.
  const wish = sure.length > 0 ? sure : whole.length === 1 ? whole : unsure;
  // Reasons, the past and other people's times, and nothing that is wished.
  const elsewhere =
    withContent.every(({ role }) => BACKGROUND.has(role)) &&
    (withContent.every(({ role }) => TOLD.has(role)) ||
      said.some((one) => one.role === 'wish' && isStrong(all, one.part)) ||
      withContent.length > 1 ||
      all.some(({ text }) => /^(?:danach|davor|dazwischen|hinterher|§undecided)$/.test(text)));
  if (sure.length === 0 && all.some(({ text }) => text === '§undecided')) return { items: [...everything.items, nothing], settled: false };
  if (wish.length === 0) return elsewhere ? { items: [...everything.items, nothing], settled: false } : everything;
  const last = wish.at(-1);
  const strong = wish.filter((one) => isComplete(one) && isStrong(all, one.part));
  // „ab zwölf gibt es Essen, bitte um elf am Donnerstag": one part alone asks for something.
  const only = strong.length === 1 && wish.every((one) => one === strong[0] || (!isComplete(one) && !isStrong(all, one.part))) ? strong[0] : undefined;
  const rivals = wish.filter((one) => one !== last && isComplete(one) && last && isContrary(one, last) && one.role !== 'plain');
  const final = last && isComplete(last) && leadsBack(all, last.part) && rivals.length === 0 ? last : only;
  const items: Item[] = [];
  const dropped: Said[] = [];
  /** A part that takes back what was said, and what was said. */
  let takenBack: Content[] = [];
  let doubtful: Said | undefined;
  for (const [at, one] of said.entries()) {
    if (!holds(one) && comments(all, one.part) !== 'nothing') takenBack = items.filter(isContent);
    if (holds(one) && takenBack.length > 0 && !TOLD.has(one.role) && !wish.includes(one) && takenBack.some((x) => contentOf(one).some((y) => x.type === y.type && !isSame(x, y))))
      doubtful ??= one;
    if (!holds(one)) items.push(...asideItems(one, items, said.slice(at + 1).find(holds), all));
    else if (final && one !== final && !isAlternative(one, all) && one.part.from < final.part.from && (isContrary(one, final) || one.items.some((item) => item.type === 'op' && item.op === 'except'))) continue;
    else if (wish.includes(one) || isNeeded(one, said[at + 1], wish, all)) items.push(...startOf(one, items, all), ...one.items);
    else dropped.push(one);
  }
  const wanted = [...withMonth(withoutRepeated(items), dropped), ...(sure.length > 0 ? inherited(items, dropped, all) : [])];
  const denies = said.find((one) => one.role === 'denied' && !one.items.every((item) => items.includes(item)) && deniesOf(one).some((x) => wanted.some((y) => isContent(y) && isSame(x, y))));
  const unclear = doubtful ?? denies;
  const open: Item[] = unclear ? [doubtAt(unclear, 'which of them')] : leftOpen(wanted, dropped, all);
  return { items: [...wanted, ...open], settled: true };
}

/** What a denial is said of directly. */
const deniesOf = (one: Said): Content[] =>
  one.items.filter((item, k): item is Content => isContent(item) && one.items.slice(0, k).some((x) => x.type === 'op' && x.op === 'neg'));

const doubtAt = (one: Said, text: string): Item => {
  const at = one.items[0]?.i ?? 0;
  return { type: 'doubt', doubt: 'unread', text, i: at, j: at };
};

/** „bis zum zehnten Januar sind wir fort, sagen wir am dreizehnten": the month goes with both. */
function withMonth(items: readonly Item[], dropped: readonly Said[]): Item[] {
  const told = dropped.filter(({ role }) => role !== 'reason' && role !== 'past').flatMap(contentOf);
  if (items.some((item) => item.type === 'day' && item.term.d === 'weekday')) return [...items];
  return items.map((item) => {
    if (item.type !== 'day' || item.term.d !== 'calendar' || item.term.month !== null) return item;
    const dated = told.findLast((x) => x.type === 'day' && x.j <= item.i && monthOf(x.term) !== null);
    return dated?.type === 'day' ? { ...item, term: { ...item.term, ...monthOf(dated.term) } } : item;
  });
}

/** The month of a day, or of the day that ends a stretch. */
function monthOf(term: DayTerm): { month: number | null; year: number | null } | null {
  if (term.d === 'calendar') return term.month === null ? null : { month: term.month, year: term.year };
  if (term.d !== 'span' || term.span.s !== 'stretch') return null;
  return term.span.to ? monthOf(term.span.to) : term.span.from ? monthOf(term.span.from) : null;
}

/** „Halb drei am Vierten hatte ich gesagt, ich meinte halb vier": the day that the wish lacks is the one that was mentioned. */
function inherited(items: readonly Item[], dropped: readonly Said[], all: readonly Token[]): Item[] {
  const has = (type: 'day' | 'time' | 'special'): boolean => items.some((item) => item.type === type);
  const told = dropped.filter(({ role }) => role !== 'past' && role !== 'denied').flatMap(contentOf);
  const days = withoutRepeated(told.filter((item) => item.type === 'day'));
  const [day] = days;
  const fits = day?.type === 'day' && days.length === 1 && !['every-weekday', 'past', 'workdays', 'span'].includes(day.term.d);
  if (has('time') && !has('day') && !has('special') && fits) return [day];
  const hours = withoutRepeated(dropped.filter(({ role }) => role === 'old' || role === 'past').flatMap(contentOf).filter((item) => item.type === 'time'));
  const [hour] = hours;
  return has('day') && !has('time') && hour && hours.length === 1 && saysSameHour(all) ? [hour] : [];
}

/** „Dienstag", „from Tuesday" */
const isWeekday = (term: DayTerm): boolean =>
  term.d === 'weekday' || (term.d === 'span' && term.span.s === 'stretch' && term.span.from?.d === 'weekday' && term.span.to === null);

const isFeastLimit = (term: DayTerm): boolean =>
  term.d === 'span' && term.span.s === 'stretch' && (term.span.to?.d === 'feast' || term.span.from?.d === 'feast');

/** The hour stands directly beside a day. */
const besideDay = (items: readonly Item[], hour: Item): boolean =>
  items.some((item) => item.type === 'day' && (item.j === hour.i || hour.j === item.i));

/** „gleiche Uhrzeit", „Uhrzeit bleibt", "same time" */
const saysSameHour = (all: readonly Token[]): boolean =>
  all.some(
    ({ text }, i) =>
      (/^(?:gleiche[nrs]?|selbe[nrs]?|dieselbe[nrs]?|same)$/.test(text) && /^(?:zeit|uhrzeit|stunde|time|hour)$/.test(all[i + 1]?.text ?? '')) ||
      text.startsWith('§same-hour') ||
      (/^(?:zeit|uhrzeit|time)$/.test(text) && /^(?:bleibt|wie|stays)$/.test(all[i + 1]?.text ?? '')),
  );

/** „besser zwischen zwei und vier": the part replaces what was said before. */
function startOf(one: Said, before: readonly Item[], all: readonly Token[]): Item[] {
  const last = before.findLast(isContent);
  if (!last || !replaces(all, one.part) || one.items[0]?.type === 'op') return [];
  return contentOf(one).some((item) => item.type === last.type) ? [{ type: 'op', op: 'correct-soft', i: last.j, j: last.j }] : [];
}

/** A doubt where a part that was left out says what the wish lacks: it may have been the wish after all. */
function leftOpen(items: readonly Item[], dropped: readonly Said[], all: readonly Token[]): Item[] {
  const lacks = (type: 'day' | 'time'): boolean => !items.some((item) => item.type === type);
  // „von Dienstag auf Mittwoch": the day is clear, the hour is not.
  const [from] = dropped.filter(({ role }) => role === 'old').flatMap(contentOf);
  const [to, ...more] = items.filter(isContent);
  if (from?.type === 'day' && to?.type === 'day' && more.length === 0 && all.some(({ text }) => /^(?:von|from)$/.test(text)) && isWeekday(from.term) && isWeekday(to.term))
    return [{ type: 'doubt', doubt: 'unread', text: 'the hour of the new day', i: to.j, j: to.j }];
  // „von Dienstag auf Mittwoch" that was not parted: the new day may be among the old ones.
  const two = dropped.find((one) => one.role === 'old' && new Set(contentOf(one).flatMap((x) => (x.type === 'day' && x.term.d === 'weekday' ? [x.term.weekday] : []))).size > 1);
  if (two) return [doubtAt(two, 'which of them')];
  // „weil ich dienstags frei habe, sagen wir um elf"
  const weekly = lacks('day') ? dropped.find((one) => one.role === 'reason' && contentOf(one).some((x) => x.type === 'day' && x.term.d === 'every-weekday')) : undefined;
  if (weekly) return [doubtAt(weekly, 'the day')];
  // „Heiligabend haben Sie zu, also am 23.": of which month?
  const bare = items.some((item) => item.type === 'day' && item.term.d === 'calendar' && item.term.month === null) && !items.some((item) => item.type === 'day' && item.term.d !== 'calendar');
  const feast = bare ? dropped.find((one) => contentOf(one).some((x) => x.type === 'day' && (x.term.d === 'feast' || isFeastLimit(x.term)))) : undefined;
  if (feast) return [doubtAt(feast, 'the month')];
  // „um drei bin ich weg, um fünf kommt der Bus, am Dienstag also irgendwie dazwischen"
  const between = lacks('time') && all.some(({ text }) => /^(?:dazwischen|davor|danach|vorher|nachher|§davor|§danach|inbetween)$/.test(text));
  const told = between ? dropped.find((one) => one.role !== 'past' && contentOf(one).some(({ type }) => type === 'time')) : undefined;
  if (told) return [doubtAt(told, 'the hour')];
  const now = dropped.filter(({ role }) => role !== 'past' && role !== 'old' && role !== 'reason');
  const whole = items.some((a) => a.type === 'day') && items.some((a) => a.type === 'time');
  const other = now.find((one) => one.role === 'unsure' && whole && contentOf(one).some((x) => x.type === 'time' && items.some((y) => isContent(y) && y.type === 'time' && !isSame(x, y) && y.j <= x.i && !besideDay(items, y))));
  if (other) return [doubtAt(other, 'which hour')];
  // „… but is this half past three or half past four"
  const corrected = items.findLast((item) => item.type === 'op' && item.op.startsWith('correct'));
  const after = corrected && now.find((one) => isComplete(one) && (one.items[0]?.i ?? 0) >= corrected.i);
  if (after) return [{ type: 'doubt', doubt: 'unread', text: 'which of them', i: after.items[0]?.i ?? 0, j: after.items[0]?.i ?? 0 }];
  const choice = now.find((one) => one.role !== 'other' && one.items.some((item) => item.type === 'op' && item.op === 'or') && contentOf(one).length > 1);
  if (choice) return [{ type: 'doubt', doubt: 'unread', text: 'which of them', i: choice.items[0]?.i ?? 0, j: choice.items[0]?.i ?? 0 }];
  const elsewhere = lacks('day') ? dropped.find((one) => contentOf(one).some((x) => x.type === 'day' && x.term.d !== 'past')) : undefined;
  if (elsewhere && !items.some((item) => item.type === 'special' && item.id !== 'soft-earliest') && elsewhere.role !== 'reason') return [doubtAt(elsewhere, 'the day')];
  const maybe = now.find((one) => (isComplete(one) && (lacks('day') || lacks('time'))) || (lacks('day') && contentOf(one).some(({ type }) => type === 'day')));
  const special = items.some((item) => item.type === 'special' && item.id !== 'soft-earliest');
  const at = maybe?.items[0]?.i;
  return at === undefined || special ? [] : [{ type: 'doubt', doubt: 'unread', text: 'what is wished', i: at, j: at }];
}

/** A part whose only content is a bare number with other words around it. */
const isBareAmongWords = (one: Said, all: readonly Token[]): boolean =>
  contentOf(one).length === 1 &&
  one.items.some((item) => item.type === 'time' && item.bare === true) &&
  all.slice(one.part.from, one.part.to).filter(({ category }) => ['unknown', 'unit', 'number'].includes(category)).length > 1;

/** Day and hour. */
const isComplete = (said: Said): boolean => contentOf(said).some(({ type }) => type === 'day') && contentOf(said).some(({ type }) => type === 'time');

/** Something in it differs from what the other one says; „Dienstag" and „der 24." may be one day. */
const isContrary = (one: Said, other: Said): boolean =>
  contentOf(one).some((a) => contentOf(other).some((b) => a.type === b.type && (isSameSort(a, b) || (one.role !== 'plain' && a.type === 'day' && a.term.d === 'feast')) && !isSame(a, b))) ||
  contentOf(one).some((a) => a.type === 'day' && (a.term.d === 'workdays' || (a.term.d === 'span' && a.term.span.s === 'step')));

const isSameSort = (a: Content, b: Content): boolean =>
  a.type !== 'day' || b.type !== 'day' || a.term.d === b.term.d || isLimit(a) || isLimit(b);

/** „bis Mittwoch" */
const isLimit = ({ term }: Item & { type: 'day' }): boolean => term.d === 'span' && term.span.s === 'stretch' && term.span.to?.d === 'weekday';

/** A step that counts from another item. */
const hasAnchor = (item: Item): boolean => 'replaces' in item && item.replaces !== undefined;

/** „Donnerstag, Donnerstag um neun": said twice is said once. */
const withoutRepeated = (items: readonly Item[]): Item[] =>
  items.filter((item, k) => {
    if (!isContent(item)) return true;
    const before = items.slice(0, k);
    const since = before.slice(before.findLastIndex((x) => x.type === 'op') + 1);
    return hasAnchor(item) || !since.some((x) => isContent(x) && isSame(x, item) && !hasAnchor(x));
  });

/** What is kept of a part that holds no day and no hour: operators, a comparison with what was said before, or that it is taken back. */
function asideItems(one: Said, before: readonly Item[], next: Said | undefined, all: readonly Token[]): Item[] {
  const told = comments(all, one.part);
  const last = before.findLast(isContent);
  const again = next && next.role !== 'denied' && !BACKGROUND.has(next.role) && !/^(?:oder|or|und|and)$/.test(all[next.part.from]?.text ?? '');
  const anew = again && last !== undefined && contentOf(next).some((item) => item.type === last.type);
  if ((told === 'takes-back' || told === 'denies') && anew && !one.items.some((item) => item.type === 'op' && item.op.startsWith('correct')))
    return [{ type: 'op', op: 'correct-soft', i: last.j, j: last.j }];
  return one.items.filter((item) => {
    if (item.type === 'op') return item.op === 'neg' ? told === 'denies' && last !== undefined : true;
    if (item.type !== 'doubt') return false;
    // „25:00": an hour or a day was said and cannot be read.
    return told === 'compares' || (item.lacks === undefined && !BACKGROUND.has(one.role) && (/\d/.test(item.text) || one.role === 'plain'));
  });
}

/** „oder Mittwoch", „sonst Mittwoch um vier" */
const isAlternative = (one: Said, all: readonly Token[]): boolean =>
  /^(?:oder|sonst|ansonsten|andernfalls|notfalls|alternativ|or|otherwise|else)$/.test(all[one.part.from]?.text ?? '') ||
  one.items.some((item) => item.type === 'op' && item.op === 'or');

/** A part that is no clear wish and says what the wish does not. */
function isNeeded(one: Said, next: Said | undefined, wish: readonly Said[], all: readonly Token[]): boolean {
  if (next && all[next.part.from]?.text === 'sondern') return true;
  if (BACKGROUND.has(one.role)) return false;
  if (isAlternative(one, all)) return true;
  const known = wish.flatMap(contentOf);
  if (known.some((item) => item.type === 'special' && (item.id === 'earliest' || item.id === 'same'))) return one.role === 'denied';
  // What is denied is left out of days to choose from; beside one day and hour it changes nothing.
  if (one.role === 'denied')
    return (
      !known.some(({ type }) => type === 'time') ||
      !known.some((item) => item.type === 'day' && item.term.d !== 'span' && item.term.d !== 'workdays') ||
      contentOf(one).every((item) => known.some((x) => isSame(x, item)))
    );
  return contentOf(one).every((item) => !known.some((x) => x.type === item.type) || known.some((x) => isSame(x, item)));
}

const isSame = (a: Content, b: Content): boolean =>
  a.type !== 'special' && b.type !== 'special' && a.type === b.type && JSON.stringify(a.term) === JSON.stringify(b.term);

/** Doubts about words that could only be a day or an hour, where the wish has both. */
function withoutNoise(items: readonly Item[], long: boolean): Item[] {
  const day = items.some((item) => item.type === 'day');
  const hour = items.some((item) => item.type === 'time');
  const special = items.some((item) => item.type === 'special' && item.id !== 'soft-earliest');
  return items.filter(
    (item) =>
      !(item.type === 'doubt' && item.lacks !== undefined) ||
      (item.lacks === 'day' && !day && !special) ||
      (item.lacks === 'hour' && !hour && !special) ||
      (item.lacks === 'either' && !(day && hour) && !special) ||
      (item.lacks === 'any' && !day && !hour && !special && !long),
  );
}

/** „ich weiß es nicht" beside a choice: the caller has not decided. */
export const isUndecided = (items: readonly Item[], all: readonly Token[]): boolean => {
  const count = (words: RegExp): number => all.filter(({ text }) => words.test(text)).length;
  // „mal Mittwoch, mal Donnerstag"
  const turns = all.filter(({ text }, i) => text === 'mal' && ['weekday', 'relative', 'at', 'number'].includes(all[i + 1]?.category ?? ''));
  if (turns.length > 1) return true;
  if (count(/^(?:vielleicht|maybe|perhaps|eventuell)$/) > 1 && items.filter(({ type }) => type === 'day' || type === 'time').length > 1) return true;
  const content = items.filter(isContent);
  const several = content.some((a) => content.some((b) => a.type === b.type && a.type !== 'special' && isSameSort(a, b) && !isSame(a, b)));
  return count(/^§undecided$/) > 0 && (several || items.some((item) => item.type === 'op' && /^(?:or|correct)/.test(item.op)));
};
