/** What the request takes over from days and hours that are only mentioned. Called by choice.ts. */
import { stepTerm } from '../grammar/steps.ts';
import type { DayTerm, Item, Near, Stride } from '../grammar/terms.ts';
import type { Token } from '../words/token.ts';
import { withoutRepeated } from './contents.ts';
import { BACKGROUND, contentOf, holds, type Said } from './said.ts';

/** „bis zum zehnten Januar sind wir fort, sagen wir am dreizehnten": the month goes with both. */
export function withMonth(items: readonly Item[], dropped: readonly Said[]): Item[] {
  if (items.some((item) => item.type === 'day' && item.term.d === 'weekday')) return nearMentioned(items, dropped);
  const told = dropped.filter(({ role }) => role !== 'reason' && role !== 'past').flatMap(contentOf);
  return items.map((item) => {
    if (item.type !== 'day' || item.term.d !== 'calendar' || item.term.month !== null) return item;
    const dated = told.findLast((x) => x.type === 'day' && x.j <= item.i && monthOf(x.term) !== null);
    return dated?.type === 'day'
      ? { ...item, term: { ...item.term, ...monthOf(dated.term) } }
      : (nearMentioned([item], dropped)[0] ?? item);
  });
}

/** „Silvester geht nicht, dann Mittwoch, den 30.": of the day that was mentioned before. */
function nearMentioned(items: readonly Item[], dropped: readonly Said[]): Item[] {
  const told = dropped.filter(({ role }) => role !== 'past').flatMap(contentOf);
  return items.map((item) => {
    if (item.type !== 'day' || item.term.d !== 'calendar' || item.term.month !== null) return item;
    const near = told.flatMap((x) => (x.type === 'day' && x.j <= item.i ? (nearOf(x.term) ?? []) : [])).at(-1);
    return near ? { ...item, term: { ...item.term, near } } : item;
  });
}

/** A date that is the same every year, as month and day. */
function nearOf(term: DayTerm): Near | null {
  if (term.d === 'feast') {
    const [month, day] = FIXED_FEASTS[term.id] ?? [];
    return month === undefined || day === undefined ? null : { month, day, sure: true };
  }
  if (term.d === 'calendar') return term.month === null ? null : { month: term.month, day: term.day };
  if (term.d === 'step') return term.anchor[0] ? nearOf(term.anchor[0]) : null;
  if (term.d !== 'span' || term.span.s !== 'stretch') return null;
  const end = term.span.to ?? term.span.from;
  return end ? nearOf(end) : null;
}

const FIXED_FEASTS: Readonly<Record<string, readonly [month: number, day: number]>> = {
  'christmas-eve': [12, 24],
  'christmas-1': [12, 25],
  'christmas-2': [12, 26],
  christmas: [12, 25],
  'new-year-eve': [12, 31],
  'new-year': [1, 1],
  epiphany: [1, 6],
  nicholas: [12, 6],
  labour: [5, 1],
  unity: [10, 3],
  reformation: [10, 31],
  'all-saints': [11, 1],
  assumption: [8, 15],
  immaculate: [12, 8],
  valentine: [2, 14],
};

/** „aus dem Dienstagmorgen müsste ein Dienstagnachmittag werden": of the day that moves, and no Tuesday of many. */
export function onSameWeekday(items: readonly Item[], dropped: readonly Said[]): Item[] {
  const olds = dropped.filter(({ role }) => role === 'old').flatMap(contentOf);
  return items.map((item) => {
    if (item.type !== 'day' || item.term.d !== 'every-weekday') return item;
    const { weekday } = item.term;
    const old = olds.find((x) => x.type === 'day' && x.term.d === 'weekday' && x.term.weekday === weekday);
    return old?.type === 'day' ? { ...item, term: old.term } : item;
  });
}

/** The month of a day, or of the day that ends a stretch. */
function monthOf(term: DayTerm): { month: number | null; year: number | null } | null {
  if (term.d === 'calendar') return term.month === null ? null : { month: term.month, year: term.year };
  if (term.d !== 'span' || term.span.s !== 'stretch') return null;
  return term.span.to ? monthOf(term.span.to) : term.span.from ? monthOf(term.span.from) : null;
}

/** „eine Woche später bitte, ich steh für den 2. um drei drin": a step before the appointment that it counts from. Changes the parts. */
export function anchorLater(said: readonly Said[]): void {
  for (const [at, one] of said.entries()) {
    const step = one.items.find((item) => item.type === 'doubt' && item.stride !== undefined);
    if (step?.type !== 'doubt' || step.stride === undefined || BACKGROUND.has(one.role)) continue;
    const olds = said.slice(at + 1).filter((x) => x.role === 'old');
    const days = olds.flatMap(contentOf).filter((x) => x.type === 'day');
    const hours = olds.flatMap(contentOf).filter((x) => x.type === 'time');
    const hourSaid = said.some((x) => !BACKGROUND.has(x.role) && saysHour(x));
    const items = countedFrom(step, step.stride, days, hours, { day: holds(one, 'day'), hour: hourSaid });
    if (items) one.items = one.items.flatMap((item) => (item === step ? items : [item]));
  }
}

type Of<T extends Item['type']> = Item & { type: T };

function countedFrom(
  { i, j }: Item,
  stride: Stride,
  days: readonly Of<'day'>[],
  hours: readonly Of<'time'>[],
  known: { day: boolean; hour: boolean },
): Item[] | null {
  const [hour, ...more] = hours;
  const weekdays = days.filter(({ term }) => term.d === 'weekday').length;
  if (more.length > 0 || weekdays > 1 || days.length - weekdays > 1) return null;
  if (typeof stride === 'object' && 'minutes' in stride) {
    if (!hour) return null;
    const step: Item = { type: 'time', term: { t: 'step', minutes: stride.minutes, of: [hour.term] }, i, j };
    return known.day ? [step] : [...days, step];
  }
  const term =
    days.length > 0 && !known.day
      ? stepTerm(
          stride,
          days.map((x) => x.term),
        )
      : null;
  if (!term) return null;
  const step: Item = { type: 'day', term, i, j, hourKnown: true };
  return hour && !known.hour ? [step, hour] : [step];
}

/** An hour, or a step of hours that still looks for what it counts from. */
const saysHour = (one: Said): boolean =>
  holds(one, 'time') ||
  one.items.some((x) => x.type === 'doubt' && typeof x.stride === 'object' && 'minutes' in x.stride);

/** Terms that name no day by themselves. */
const NO_DAY: readonly DayTerm['d'][] = ['every-weekday', 'past', 'workdays', 'span'];

/** „Halb drei am Vierten hatte ich gesagt, ich meinte halb vier": the day that is missing is the one that was mentioned; so is „gleiche Zeit". */
export function inherited(items: readonly Item[], dropped: readonly Said[], all: readonly Token[]): Item[] {
  const has = (type: Item['type']): boolean => items.some((item) => item.type === type);
  const toldIn = (parts: readonly Said[], type: 'day' | 'time'): Item[] =>
    withoutRepeated(parts.flatMap(contentOf).filter((item) => item.type === type && !isSameAgain(item)));
  if (has('time') && !has('day') && !has('special')) {
    // „morgen um elf hatte ich, geht das zwei Stunden früher": the day of the hour that it counts from.
    const from = items.flatMap((x) => (x.type === 'time' && x.term.t === 'step' ? (x.replaces ?? []) : []));
    const beside = dropped.filter((one) => from.length > 0 && from.every((x) => one.items.includes(x)));
    if (beside.length === 1) return toldIn(beside, 'day');
    const [day, ...more] = toldIn(
      dropped.filter(({ role }) => role !== 'past' && role !== 'denied'),
      'day',
    );
    return day?.type === 'day' && more.length === 0 && !NO_DAY.includes(day.term.d) ? [day] : [];
  }
  const isSame = saysSameHour(all);
  const stays = isSame || items.some((item) => item.type === 'day' && item.hourKnown === true);
  if (!has('day') || has('time') || !stays) return [];
  const [hour, ...more] = toldIn(
    dropped.filter(({ role }) => role === 'old' || role === 'past' || (isSame && role === 'other')),
    'time',
  );
  return hour && more.length === 0 ? [hour] : [];
}

/** „der Tag kann bleiben": no other day than the one before. */
const isSameAgain = (item: Item): boolean =>
  item.type === 'day' && item.term.d === 'step' && item.term.step.count === 0 && item.term.step.by === 'days';

/** „gleiche Uhrzeit", „Uhrzeit bleibt", "same time" */
const saysSameHour = (all: readonly Token[]): boolean =>
  all.some(({ text }, i) => {
    const next = all[i + 1]?.text ?? '';
    if (text.startsWith('§same-hour')) return true;
    if (/^(?:zeit|uhrzeit|time)$/.test(text)) return /^(?:bleibt|wie|stays)$/.test(next);
    return (
      /^(?:gleiche[nrs]?|selbe[nrs]?|dieselbe[nrs]?|same)$/.test(text) &&
      /^(?:zeit|uhrzeit|stunde|time|hour)$/.test(next)
    );
  });
