/** Items → one reading: negations, corrections and lists are settled, days and hours joined, closed days and DST days told. */
import {
  addDays,
  boundaryOf,
  dateOf,
  instantsOf,
  MINUTE,
  minutesOf,
  timeOf,
  timeOfMinutes,
  type WallDate,
} from '../time.ts';
import { type Days, readDays } from './days.ts';
import { asUnderstood, type Frame, hullOf, isTrouble, type Trouble, trouble } from './frame.ts';
import { type Hours, readHours } from './hours.ts';
import {
  askAgain,
  askContradiction,
  askDay,
  askDayOrHour,
  askExactDay,
  askFold,
  askGap,
  askLastVisit,
  askMidnight,
  askOccasion,
  askOneWish,
  askOtherDay,
  askPast,
  askRecurring,
  askWhichTime,
  sayClosedDay,
  sayClosedHour,
  sayLatestStart,
} from './questions.ts';
import type { OpenSpan, Understood } from './reading.ts';
import type { DayTerm, Doubt, Item, TimeTerm } from './terms.ts';
import type { Token } from './tokens.ts';

/** Days looked through to tell whether a stretch is closed altogether. */
const MAX_CLOSED_SCAN = 62;
/** Days whose hours decide between 3 and 15 o'clock within a stretch. */
const MAX_HOURS_SCAN = 14;

type DayItem = Item & { type: 'day' };
type TimeItem = Item & { type: 'time' };
type Content = DayItem | TimeItem | (Item & { type: 'special' });

interface Clause {
  items: Content[];
}

/** The reading of a phrase. `commaBefore(i)`: a comma stands before the i-th token that the grammar saw. */
export function combine(items: readonly Item[], tokens: readonly Token[], frame: Frame): Understood {
  const content = items.filter(isContent);
  const doubts = items.filter((item): item is Item & { type: 'doubt' } => item.type === 'doubt');
  if (content.length === 0) {
    const doubt = doubts[0];
    return doubt ? asUnderstood(doubtTrouble(doubt.doubt, doubt.text, frame)) : { kind: 'none' };
  }
  const doubt = doubts[0];
  if (doubt) return asUnderstood(doubtTrouble(doubt.doubt, doubt.text, frame));

  const settled = settleNegations(items, tokens, frame);
  if (isTrouble(settled)) return asUnderstood(settled);
  const corrected = settleCorrections(settled.items);
  if (corrected === null) return asUnderstood(trouble('ask', 'a correction without a new wish', askAgain(frame)));
  const read = readClauses(clausesOf(corrected, tokens), settled.denied, frame);
  return isTrouble(read) ? asUnderstood(read) : read;
}

const isContent = (item: Item): item is Content =>
  item.type === 'day' || item.type === 'time' || item.type === 'special';

function doubtTrouble(doubt: Doubt, text: string, frame: Frame): Trouble {
  switch (doubt) {
    case 'occasion':
      return trouble('ask', `the day of „${text}" is not known`, askOccasion(frame));
    case 'recurring':
      return trouble('ask', 'a series was asked for', askRecurring(frame));
    case 'vague':
    case 'approximate-day':
      return trouble('ask', `„${text}" names no single day`, askExactDay(frame));
    case 'day-or-hour':
    case 'date-or-time':
    case 'date-order':
      return trouble('ask', `„${text}" can be read in two ways`, askDayOrHour(frame));
    case 'negation':
      return trouble('ask', 'a denied day or hour', askOtherDay(frame));
    case 'correction':
    case 'unread':
      return trouble('ask', `„${text}" was not understood`, askAgain(frame));
  }
}

// ── Negations ──────────────────────────────────────────────────────────────

interface Settled {
  items: Item[];
  /** Days that were denied beside a wish that stands. */
  denied: DayItem[];
}

/** Takes out what was denied; a denial whose reach is unclear, or that leaves nothing, is a question. */
function settleNegations(items: readonly Item[], tokens: readonly Token[], frame: Frame): Settled | Trouble {
  const gone = new Set<Item>();
  const denied: DayItem[] = [];
  const deny = (item: Item): void => {
    gone.add(item);
    if (item.type === 'day') denied.push(item);
  };
  // „am Samstag, den 8. April": one day named twice, the comma parts nothing.
  const commaAt = (item: Item | undefined): boolean => {
    if (item === undefined || tokens[item.i]?.afterComma !== true) return false;
    const previous = items[items.indexOf(item) - 1];
    return !(item.type === 'day' && previous?.type === 'day' && !sameSort(previous, item));
  };
  const unclear = trouble('ask', 'a denial whose reach is unclear', askOtherDay(frame));

  for (let k = 0; k < items.length; k++) {
    const item = items[k];
    if (item?.type !== 'op') continue;
    if (item.op === 'instead') {
      gone.add(item);
      const next = items.slice(k + 1).find(isContent);
      if (!next) return unclear;
      deny(next);
      continue;
    }
    if (item.op !== 'neg' && item.op !== 'except') continue;
    gone.add(item);
    // The segment around: commas, „aber", „sondern" part it.
    let start = k;
    while (start > 0 && !commaAt(items[start]) && items[start - 1]?.type !== undefined && !isBreak(items[start - 1]))
      start--;
    let end = k + 1;
    while (end < items.length && !commaAt(items[end]) && !isBreak(items[end])) end++;
    const before = items.slice(start, k).filter((x) => isContent(x) && !gone.has(x));
    const behind = items.slice(k + 1, end).filter(isContent);
    if (behind.some((x) => x.type === 'special') || before.some((x) => x.type === 'special' && x.id !== 'any'))
      return unclear;
    if (behind.length > 0) {
      if (before.length > 0 && item.op === 'neg') {
        // „Dienstag nicht um drei, sondern um vier": what follows says the same thing anew.
        const rest = isBut(items[end]) ? items.slice(end + 1).filter(isContent) : [];
        if (
          rest.length === 0 ||
          !behind.every((x) => rest.some((y) => y.type === x.type)) ||
          before.some((x) => behind.some((y) => y.type === x.type))
        )
          return unclear;
      }
      if (item.op === 'except') {
        // Only what stands directly behind: „nächste Woche außer Montag vormittags" is unclear.
        if (behind.some((x) => x.type === 'time') && behind.some((x) => x.type === 'day')) return unclear;
      }
      behind.forEach(deny);
    } else if (before.length > 0) {
      if (item.op === 'except') return unclear;
      before.forEach(deny);
    } else {
      return unclear;
    }
  }
  const left = items.filter((item) => !gone.has(item));
  if (gone.size > 0 && !left.some(isContent)) return trouble('ask', 'only denied days or hours', askOtherDay(frame));
  // „Dienstag um drei nicht, lieber vier": the day went with the hour.
  if (denied.length > 0 && left.some((item) => item.type === 'time') && !left.some((item) => item.type === 'day'))
    return trouble('ask', 'the day was denied with the hour', askDay(frame));
  // A denied hour beside a wish: „morgen, aber nicht nachmittags" leaves too much open.
  if ([...gone].some((item) => item.type === 'time') && !left.some((item) => item.type === 'time'))
    return trouble('ask', 'a denied hour', askOtherDay(frame));
  return { items: left, denied };
}

const isBreak = (item: Item | undefined): boolean =>
  item?.type === 'op' && (item.op === 'but' || item.op === 'correct' || item.op === 'correct-soft');

const isBut = (item: Item | undefined): boolean => item?.type === 'op' && item.op === 'but';

// ── Corrections ────────────────────────────────────────────────────────────

/** „Dienstag um drei, nein, Mittwoch": what is said again replaces what was said before. Null: nothing was said again. */
function settleCorrections(items: readonly Item[]): Item[] | null {
  let kept: Item[] = [];
  for (let k = 0; k < items.length; k++) {
    const item = items[k];
    if (!item) continue;
    if (item.type !== 'op' || (item.op !== 'correct' && item.op !== 'correct-soft')) {
      kept.push(item);
      continue;
    }
    const next = items
      .slice(k + 1)
      .findIndex((x) => x.type === 'op' && (x.op === 'correct' || x.op === 'correct-soft'));
    const after = items.slice(k + 1, next < 0 ? items.length : k + 1 + next).filter(isContent);
    if (!kept.some(isContent)) continue;
    if (after.length === 0) {
      if (item.op === 'correct' && next < 0) return null;
      continue;
    }
    const special = after.some((x) => x.type === 'special');
    const days = after.some((x) => x.type === 'day');
    const times = after.some((x) => x.type === 'time');
    kept = kept.filter(
      (x) => !(isContent(x) && (special || (days && x.type !== 'time') || (times && x.type !== 'day'))),
    );
    // What joined the words taken out goes with them.
    while (kept.length > 0 && kept[kept.length - 1]?.type === 'op') kept.pop();
  }
  return kept;
}

// ── Clauses ────────────────────────────────────────────────────────────────

/** Splits at „oder"; „und" and commas split where they list days or hours of one kind. */
function clausesOf(items: readonly Item[], tokens: readonly Token[]): Clause[] {
  const clauses: Clause[] = [{ items: [] }];
  const has = (type: 'day' | 'time'): boolean => clauses.at(-1)?.items.some((x) => x.type === type) ?? false;
  for (let k = 0; k < items.length; k++) {
    const item = items[k];
    if (!item) continue;
    if (item.type === 'op') {
      if (item.op === 'or') clauses.push({ items: [] });
      else if (item.op === 'and') {
        const next = items[k + 1];
        if (next?.type === 'day' && has('day') && listable(items[k - 1], next)) clauses.push({ items: [] });
        else if (next?.type === 'time' && has('time') && !complete(clauses.at(-1), next)) clauses.push({ items: [] });
      }
      continue;
    }
    if (!isContent(item)) continue;
    const previous = items[k - 1];
    const listed =
      item.type === 'day' &&
      previous?.type === 'day' &&
      (tokens[item.i]?.afterComma || bareWeekdays(previous, item)) &&
      sameSort(previous, item) &&
      items.slice(k).some((x) => x.type === 'op' && (x.op === 'or' || x.op === 'and'));
    if (listed) clauses.push({ items: [] });
    clauses.at(-1)?.items.push(item);
  }
  return clauses.filter((clause) => clause.items.length > 0);
}

/** „nicht vor zehn und nicht nach zwölf": two limits make one stretch. */
const complete = (clause: Clause | undefined, next: TimeItem): boolean => {
  const sides = clause ? timeTerms(clause).map((t) => t.t) : [];
  return (
    sides.length === 1 &&
    ((sides[0] === 'from' && next.term.t === 'to') || (sides[0] === 'to' && next.term.t === 'from'))
  );
};

const listable = (before: Item | undefined, next: Item): boolean =>
  before?.type !== 'day' || next.type !== 'day' || !(before.term.d === 'span' && next.term.d === 'span');
/** „dienstag mittwoch oder donnerstag", as a recogniser writes it. */
const bareWeekdays = (a: DayItem, b: DayItem): boolean =>
  a.term.d === 'weekday' &&
  b.term.d === 'weekday' &&
  a.term.which === null &&
  b.term.which === null &&
  a.term.weekday !== b.term.weekday;
const sameSort = (a: DayItem, b: DayItem): boolean => a.term.d === b.term.d && a.term.d !== 'span';

function readClauses(clauses: readonly Clause[], denied: readonly DayItem[], frame: Frame): Understood | Trouble {
  const first = clauses[0];
  if (!first) return trouble('ask', 'nothing is left', askAgain(frame));
  if (clauses.length === 1) return readClause(first, denied, frame);
  return readList(clauses, denied, frame);
}

const dayTerms = (clause: Clause): DayTerm[] => clause.items.flatMap((x) => (x.type === 'day' ? [x.term] : []));
const timeTerms = (clause: Clause): TimeTerm[] => clause.items.flatMap((x) => (x.type === 'time' ? [x.term] : []));

/** A number alone beside a date may be the other half of it. */
function bareTrouble(clause: Clause, frame: Frame): Trouble | null {
  const [only] = clause.items;
  if (clause.items.length === 1 && only?.type === 'day' && only.term.d === 'calendar' && only.term.pick)
    return trouble('ask', 'a day, or one of the offers', askExactDay(frame));
  const bare = clause.items.filter((x): x is TimeItem => x.type === 'time' && x.bare === true);
  if (bare.length === 0) return null;
  const unclear = trouble('ask', 'a number that may be a day or an hour', askDayOrHour(frame));
  if (bare.length > 1) return unclear;
  const days = clause.items.filter((x): x is DayItem => x.type === 'day');
  const number = bare[0];
  if (!number) return null;
  if (days.length === 0) {
    const minute = number.term.t === 'clock' ? number.term.clock : null;
    // „24", „31": no hour that anyone opens at; a day of the month is as likely.
    return number.digits && minute?.strict && (minute.minute > 21 * 60 || minute.midnight) ? unclear : null;
  }
  const beside = days.some((x) => x.j === number.i || number.j === x.i);
  const dated = days.some((x) => x.term.d === 'calendar' && x.term.year === null);
  const span = days.some((x) => x.term.d === 'span');
  const weekday = days.some((x) => x.term.d === 'weekday' || x.term.d === 'every-weekday');
  if (beside && (dated || span)) return unclear;
  return weekday && number.digits ? unclear : null;
}

function readClause(clause: Clause, denied: readonly DayItem[], frame: Frame): Understood | Trouble {
  const specials = clause.items.filter((x): x is Item & { type: 'special' } => x.type === 'special');
  const odd = bareTrouble(clause, frame);
  if (odd) return odd;
  const days = readDays(dayTerms(clause), frame);
  if (isTrouble(days)) return days;
  const kept = without(days, denied, frame);
  if (isTrouble(kept)) return kept;
  const hours = readHours(timeTerms(clause), datesOf(kept), frame);
  if (isTrouble(hours)) return hours;

  // „bis morgen um drei", „ab Dienstag um drei": a moment that limits, no hour of every day.
  const limit = dayTerms(clause).some(
    (t) => t.d === 'span' && t.span.s === 'stretch' && (t.span.from === null || t.span.to === null),
  );
  if (limit && hours.kind === 'clock' && kept.kind === 'range')
    return trouble('ask', 'an hour behind a limit of days', askExactDay(frame));

  const ids = new Set(specials.map((x) => x.id));
  if (ids.has('same')) {
    if (kept.kind !== 'none' || hours.kind !== 'none' || ids.has('earliest'))
      return trouble('ask', 'as last time, with other limits', askAgain(frame));
    return frame.context.lastVisit === null
      ? { kind: 'same_as_last', question: askLastVisit(frame) }
      : { kind: 'same_as_last' };
  }
  const empty = kept.kind === 'none' && hours.kind === 'none';
  if (ids.has('earliest') || (ids.has('soft-earliest') && empty)) {
    if (hours.kind === 'clock' || hours.kind === 'in') return compose(kept, hours, frame);
    const limits: Understood | Trouble = empty
      ? { kind: 'earliest' }
      : compose(
          kept,
          hours.kind === 'window' && hours.morning ? { kind: 'window', from: hours.from, to: hours.to } : hours,
          frame,
        );
    if (isTrouble(limits)) return limits;
    return { ...limits, kind: 'earliest' };
  }
  if (empty) return ids.has('any') ? { kind: 'any' } : { kind: 'none' };
  return compose(kept, hours, frame);
}

/** Days without the denied ones. */
function without(days: Days, denied: readonly DayItem[], frame: Frame): Days | Trouble {
  if (denied.length === 0 || days.kind === 'none') return days;
  const out = (date: WallDate): boolean =>
    denied.some(({ term }) => {
      if (term.d === 'weekday' || term.d === 'every-weekday')
        return new Date(`${date}T00:00:00Z`).getUTCDay() === term.weekday;
      const read = readDays([term], frame);
      if (isTrouble(read)) return false;
      if (read.kind === 'date') return read.date === date;
      if (read.kind === 'dates') return read.dates.includes(date);
      return (
        read.kind === 'range' && (read.from === null || date >= read.from) && (read.to === null || date <= read.to)
      );
    });
  const nothing = trouble('ask', 'every day named is denied as well', askOtherDay(frame));
  if (days.kind === 'date') return out(days.date) ? nothing : days;
  if (days.kind === 'dates') {
    const dates = days.dates.filter((date) => !out(date));
    return dates.length === 0 ? nothing : { kind: 'dates', dates };
  }
  const { from, to } = days;
  if (to === null) return trouble('ask', 'an open stretch without some days', askExactDay(frame));
  if (!datesOf(days)?.some(out)) return days;
  const dates: WallDate[] = [];
  for (let date = from ?? frame.today, i = 0; date <= to && i < MAX_HOURS_SCAN; date = addDays(date, 1), i++)
    if (!out(date) && frame.isOpen(date)) dates.push(date);
  return dates.length === 0 ? nothing : { kind: 'dates', dates };
}

/** The days whose opening hours decide; null: none named. */
function datesOf(days: Days): WallDate[] | null {
  switch (days.kind) {
    case 'none':
      return null;
    case 'date':
      return [days.date];
    case 'dates':
      return days.dates;
    case 'range': {
      if (days.from === null) return null;
      const dates: WallDate[] = [];
      for (
        let date = days.from, i = 0;
        i < MAX_HOURS_SCAN && (days.to === null || date <= days.to);
        date = addDays(date, 1), i++
      )
        dates.push(date);
      return dates;
    }
  }
}

/** „Donnerstag oder Freitag nachmittags": one wish with several days; several hours are a question. */
function readList(clauses: readonly Clause[], denied: readonly DayItem[], frame: Frame): Understood | Trouble {
  if (clauses.some((c) => c.items.some((x) => x.type === 'special')))
    return trouble('ask', 'several wishes at once', askOneWish(frame));
  for (const clause of clauses) {
    const odd = bareTrouble(clause, frame);
    if (odd && clause.items.some((x) => x.type === 'day')) return odd;
  }
  const withDays = clauses.filter((c) => dayTerms(c).length > 0);
  const withTimes = clauses.filter((c) => timeTerms(c).length > 0);
  const last = clauses[clauses.length - 1];
  const head = clauses[0];
  if (withDays.length < clauses.length) {
    // Hours to choose between: „morgen um zehn oder elf".
    const base = head ? dayTerms(head) : [];
    const days = readDays(base, frame);
    if (isTrouble(days)) return days;
    const times = new Set<string>();
    for (const clause of clauses) {
      const read = readHours(timeTerms(clause), datesOf(days), frame);
      if (!isTrouble(read) && read.kind === 'clock') times.add(timeOfMinutes(read.minute));
    }
    return trouble(
      'ask',
      'several hours to choose between',
      times.size > 1 ? askWhichTime(frame, [...times]) : askOneWish(frame),
    );
  }

  // Which hour goes with which day.
  let shared: TimeTerm[] | null = null;
  if (withTimes.length === 0) shared = [];
  else if (withTimes.length === 1 && last && withTimes[0] === last && timeBehindDay(last)) shared = timeTerms(last);
  else if (withTimes.length === 1 && head && withTimes[0] === head && !timeBehindDay(head)) shared = timeTerms(head);
  else if (
    withTimes.length === clauses.length &&
    head &&
    clauses.every((c) => JSON.stringify(timeTerms(c)) === JSON.stringify(timeTerms(head)))
  )
    shared = timeTerms(head);
  if (shared === null) return trouble('ask', 'several days with hours of their own', askOneWish(frame));

  const dates: WallDate[] = [];
  let after: WallDate | null = null;
  for (const clause of withMonths(clauses.map(dayTerms))) {
    const read: Days | Trouble = readDays(clause, frame, after);
    if (isTrouble(read)) return read;
    if (read.kind === 'date') {
      dates.push(read.date);
      after = read.date;
    } else if (read.kind === 'dates') dates.push(...read.dates);
    else return trouble('ask', 'several stretches to choose between', askOneWish(frame));
  }
  const unique = [...new Set(dates)].sort();
  const kept = without({ kind: 'dates', dates: unique }, denied, frame);
  if (isTrouble(kept)) return kept;
  const hours = readHours(shared, datesOf(kept), frame);
  if (isTrouble(hours)) return hours;
  // „heute oder Mittwoch um neun" when nine is past today: perhaps the hour was meant for Wednesday only.
  const over = unique.includes(frame.today) && isOver(hours, frame);
  if (over || unique.length < dates.length)
    return trouble('ask', 'one of the days named cannot be meant', askOneWish(frame));
  return compose(
    kept.kind === 'dates' && kept.dates.length === 1 && kept.dates[0] !== undefined
      ? { kind: 'date', date: kept.dates[0] }
      : kept,
    hours,
    frame,
  );
}

const timeBehindDay = (clause: Clause): boolean =>
  clause.items.findIndex((x) => x.type === 'time') > clause.items.findIndex((x) => x.type === 'day');

/** „am 3. oder 4. Dezember": the month goes with both; „Dienstag oder Mittwoch nächster Woche": so does the week. */
function withMonths(lists: readonly DayTerm[][]): DayTerm[][] {
  const last = lists[lists.length - 1] ?? [];
  const dated = last.find((t) => t.d === 'calendar' && t.month !== null);
  const span = last.find((t) => t.d === 'span');
  const first = lists[0] ?? [];
  const leading = first.find((t) => t.d === 'span');
  return lists.map((terms, index) => {
    let out: DayTerm[] = terms;
    if (dated?.d === 'calendar')
      out = out.map((t) =>
        t.d === 'calendar' && t.month === null ? { ...t, month: dated.month, year: dated.year } : t,
      );
    const single = out.length === 1 ? out[0] : undefined;
    if (index < lists.length - 1 && span && last.length > 1 && single && takesSpan(single)) out = [...out, span];
    if (index > 0 && leading && first.length > 1 && single && takesSpan(single)) out = [...out, leading];
    return out;
  });
}

const takesSpan = (t: DayTerm): boolean =>
  (t.d === 'weekday' && t.which === null && t.addDays === 0) || (t.d === 'calendar' && t.month === null);

// ── Days and hours together ────────────────────────────────────────────────

function compose(days: Days, hours: Hours, frame: Frame): Understood | Trouble {
  if (hours.kind === 'in') return composeDelay(days, hours.minutes, frame);
  switch (days.kind) {
    case 'none':
      return composeHours(hours, frame);
    case 'date':
      return composeDate(days.date, days.note, hours, frame);
    case 'dates':
      return composeDates(days.dates, hours, frame);
    case 'range':
      return composeRange(days.from, days.to, hours, frame);
  }
}

const times = (hours: Hours): Pick<Understood, 'from' | 'to' | 'time'> =>
  hours.kind === 'clock'
    ? { time: timeOfMinutes(hours.minute) }
    : hours.kind === 'window'
      ? {
          ...(hours.from === null ? {} : { from: timeOfMinutes(hours.from) }),
          ...(hours.to === null ? {} : { to: timeOfMinutes(hours.to) }),
        }
      : {};

/** True when some start of the hours lies within the spans. */
function meets(hours: Hours, spans: readonly OpenSpan[]): boolean {
  if (hours.kind === 'clock') return spans.some((s) => hours.minute >= s.from && hours.minute < s.to);
  if (hours.kind === 'window') return spans.some((s) => (hours.from ?? 0) < s.to && (hours.to ?? 1440) > s.from);
  return spans.length > 0;
}

function composeDelay(days: Days, minutes: number, frame: Frame): Understood | Trouble {
  const { now, zone } = frame.context;
  const at = Math.ceil((now + minutes * MINUTE) / MINUTE) * MINUTE;
  const [date, time] = [dateOf(at, zone), timeOf(at, zone)];
  if (days.kind !== 'none' && !(days.kind === 'date' && days.date === date))
    return trouble('ask', 'a delay and another day were both named', askContradiction(frame));
  const out: Understood = { kind: 'instant', date, time };
  return closedInstant(out, date, { kind: 'clock', minute: minutesOf(time) }, frame);
}

function composeHours(hours: Hours, frame: Frame): Understood | Trouble {
  if (hours.kind === 'none') return { kind: 'none' };
  if (hours.kind === 'window' && hours.morning)
    return trouble('ask', 'no day named: the morning, not tomorrow; ask the day', askDay(frame));
  const kind = hours.kind === 'clock' ? 'time' : 'window';
  const out: Understood = { kind, ...times(hours), ...noted(hours) };
  // Closed only when no open day ahead has that hour.
  let firstHours: readonly OpenSpan[] = [];
  let open = false;
  for (let i = 0; i < MAX_HOURS_SCAN && !open; i++) {
    const spans = frame.spansOn(addDays(frame.today, i));
    if (firstHours.length === 0) firstHours = spans;
    open = meets(hours, spans);
  }
  if (open) return out;
  return closedHour(out, hours, firstHours, frame);
}

const noted = (hours: Hours): { because?: string } =>
  (hours.kind === 'clock' || hours.kind === 'window') && hours.note !== undefined ? { because: hours.note } : {};

function closedHour(out: Understood, hours: Hours, spans: readonly OpenSpan[], frame: Frame): Understood {
  const said = hours.kind === 'clock' ? timeOfMinutes(hours.minute) : null;
  if (hours.kind === 'clock' && hullOf(spans)?.to === hours.minute)
    return {
      ...out,
      closed: true,
      because: `closed: ${said} is closing time, offer the latest start`,
      question: sayLatestStart(frame, said ?? ''),
    };
  if (hours.kind === 'clock' && hours.closing && said !== null)
    return {
      ...out,
      closed: true,
      because: `closed: ${said} is closing time, offer the latest start`,
      question: sayLatestStart(frame, said),
    };
  return {
    ...out,
    closed: true,
    because: `closed: ${said ?? 'the window'} is outside opening hours`,
    question: sayClosedHour(frame, said, spans),
  };
}

function closedInstant(out: Understood, date: WallDate, hours: Hours, frame: Frame): Understood {
  const why = frame.closedWhy(date);
  if (why !== null)
    return {
      ...out,
      closed: true,
      because: why,
      question: sayClosedDay(frame, date, frame.holiday(date), frame.isOpen),
    };
  const spans = frame.spansOn(date);
  if (hours.kind !== 'none' && !meets(hours, spans)) return closedHour(out, hours, spans, frame);
  // Today, after the last opening.
  const hull = hullOf(spans);
  if (hours.kind === 'none' && date === frame.today && hull && frame.nowMinutes >= hull.to)
    return {
      ...out,
      closed: true,
      because: 'closed: already past closing time today',
      question: sayClosedDay(frame, date, null, frame.isOpen),
    };
  return out;
}

/** One day and what of it. */
export function composeDate(
  date: WallDate,
  note: string | undefined,
  hours: Hours,
  frame: Frame,
): Understood | Trouble {
  const because = note === undefined ? noted(hours) : { because: note };
  if (hours.kind === 'none') return closedInstant({ kind: 'date', date, ...because }, date, hours, frame);
  if (hours.kind === 'clock') {
    const time = timeOfMinutes(hours.minute);
    const { zone, now } = frame.context;
    const instants = instantsOf(date, time, zone);
    const first = instants[0];
    if (first === undefined)
      return trouble('invalid', `${time} does not exist on ${date} (DST gap)`, askGap(frame, date, time), {
        date,
        time,
      });
    if (instants.length > 1)
      return trouble('ask', `${time} exists twice on ${date} (DST fold)`, askFold(frame, date, time), { date, time });
    if (first <= now) {
      const next = nextOpen(frame, hours);
      return trouble('invalid', `${date} ${time} is past`, askPast(frame, next, next === null ? null : time), {
        date,
        time,
      });
    }
    return closedInstant({ kind: 'instant', date, time, ...because }, date, hours, frame);
  }
  if (hours.kind === 'window') {
    const out: Understood = { kind: 'window', date, ...times(hours), ...because };
    const end = hours.to ?? 1440;
    if (boundaryOf(date, end, frame.context.zone, 'end') <= frame.context.now) {
      const next = nextOpen(frame, hours);
      return trouble('invalid', `${date} until ${timeOfMinutes(end)} is past`, askPast(frame, next, null), { date });
    }
    return closedInstant(out, date, hours, frame);
  }
  return trouble('ask', 'not understood', askAgain(frame));
}

/** The next day after today that has the hour. */
function nextOpen(frame: Frame, hours: Hours): WallDate | null {
  for (let i = 1; i <= MAX_HOURS_SCAN; i++) {
    const date = addDays(frame.today, i);
    if (meets(hours, frame.spansOn(date))) return date;
  }
  return null;
}

function composeDates(dates: readonly WallDate[], hours: Hours, frame: Frame): Understood | Trouble {
  if (hours.kind === 'clock' && hours.minute === 0) return trouble('ask', 'midnight', askMidnight(frame));
  const future = dates.filter((date) => !(date === frame.today && isOver(hours, frame)));
  const only = future[0];
  if (only === undefined)
    return trouble('invalid', 'all days named are past', askPast(frame, nextOpen(frame, hours), null));
  if (future.length === 1) return composeDate(only, undefined, hours, frame);
  const out: Understood = { kind: 'dates', dates: [...future], ...times(hours), ...noted(hours) };
  const open = future.filter((date) => meets(hours, frame.spansOn(date)));
  if (open.length > 0) {
    const shut = future.filter((date) => !frame.isOpen(date));
    return shut.length === 0 ? out : { ...out, because: `${shut.join(', ')} closed` };
  }
  return closedInstant(out, only, hours, frame);
}

function isOver(hours: Hours, frame: Frame): boolean {
  if (hours.kind === 'clock') return hours.minute <= frame.nowMinutes;
  if (hours.kind === 'window') return hours.to !== null && hours.to <= frame.nowMinutes;
  return false;
}

function composeRange(from: WallDate | null, to: WallDate | null, hours: Hours, frame: Frame): Understood | Trouble {
  const out: Understood = {
    kind: 'window',
    ...(from === null ? {} : { from_date: from }),
    ...(to === null ? {} : { to_date: to }),
    ...times(hours),
    ...noted(hours),
  };
  let date = from ?? frame.today;
  for (let i = 0; i < MAX_CLOSED_SCAN && (to === null || date <= to); i++, date = addDays(date, 1)) {
    if (meets(hours, frame.spansOn(date)) && !(date === frame.today && isOver(hours, frame))) return out;
  }
  if (hours.kind !== 'none' && datesOf({ kind: 'range', from: from ?? frame.today, to })?.some((d) => frame.isOpen(d)))
    return closedHour(
      out,
      hours,
      frame.spansOn(
        datesOf({ kind: 'range', from: from ?? frame.today, to })?.find((d) => frame.isOpen(d)) ?? frame.today,
      ),
      frame,
    );
  const first = from ?? frame.today;
  return {
    ...out,
    closed: true,
    because: 'closed: no open day in that stretch',
    question: sayClosedDay(frame, to ?? first, frame.holiday(first), frame.isOpen),
  };
}
