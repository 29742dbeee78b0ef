/** „Donnerstag oder Freitag nachmittags": one request with several days; several hours are a question. Called by combine.ts. */
import { timeOfMinutes, type WallDate } from '../../time.ts';
import type { DayTerm, TimeTerm } from '../grammar/terms.ts';
import { askForOne, askWhichTime } from '../questions.ts';
import type { Understood } from '../reading.ts';
import { bareNumberTrouble, type Clause, dayTerms, timeTerms } from './clauses.ts';
import { compose, isOver } from './compose.ts';
import { isBareWeekday } from './day-filters.ts';
import { type Days, readDays } from './days.ts';
import { withoutDenied } from './denied-days.ts';
import { type Frame, isTrouble, type Trouble, trouble } from './frame.ts';
import { readHours } from './hours.ts';
import type { DayItem } from '../grammar/items.ts';
import { datesOf } from './stretch-days.ts';

/** Two clauses or more. */
export function readList(said: readonly Clause[], denied: readonly DayItem[], frame: Frame): Understood | Trouble {
  const clauses = said.map(withoutAny);
  if (clauses.some((c) => c.items.some((x) => x.type === 'special')))
    return trouble('ask', 'several wishes at once', askForOne(frame));
  for (const clause of clauses) {
    const odd = bareNumberTrouble(clause, frame);
    if (odd && clause.items.some((x) => x.type === 'day')) return odd;
  }
  if (clauses.some((c) => dayTerms(c).length === 0)) return severalHours(clauses, frame);
  const shared = sharedHours(clauses);
  if (shared === null) return trouble('ask', 'several days with hours of their own', askForOne(frame));

  const dates = listedDates(clauses, frame);
  if ('trouble' in dates) return dates;
  const unique = [...new Set(dates)].sort();
  const days = withoutDenied({ kind: 'dates', dates: unique }, denied, frame);
  if (isTrouble(days)) return days;
  const hours = readHours(shared, datesOf(days), frame);
  if (isTrouble(hours)) return hours;
  // „heute oder Mittwoch um neun" when nine is past today: perhaps the hour was meant for Wednesday only.
  const over = unique.includes(frame.today) && isOver(hours, frame);
  if (over || unique.length < dates.length)
    return trouble('ask', 'one of the days named cannot be meant', askForOne(frame));
  return compose(oneDay(days) ?? days, hours, frame);
}

/** „Dienstag oder Mittwoch, egal": beside a day it adds nothing. */
const withoutAny = (clause: Clause): Clause => {
  const items = clause.items.filter((x) => x.type !== 'special' || x.id !== 'any');
  return items.length > 0 ? { items } : clause;
};

function oneDay(days: Days): Days | null {
  const only = days.kind === 'dates' && days.dates.length === 1 ? days.dates[0] : undefined;
  return only === undefined ? null : { kind: 'date', date: only };
}

/** Hours to choose between: „morgen um zehn oder elf". */
function severalHours(clauses: readonly Clause[], frame: Frame): Trouble {
  const head = clauses[0];
  const days = readDays(head ? dayTerms(head) : [], frame);
  if (isTrouble(days)) return days;
  const times = new Set<string>();
  for (const clause of clauses) {
    const read = readHours(timeTerms(clause), datesOf(days), frame);
    if (!isTrouble(read) && read.kind === 'clock') times.add(timeOfMinutes(read.minute));
  }
  const question = times.size > 1 ? askWhichTime(frame, [...times]) : askForOne(frame);
  return trouble('ask', 'several hours to choose between', question);
}

/** The hours that go with every day of the list; null: each day has its own. */
function sharedHours(clauses: readonly Clause[]): TimeTerm[] | null {
  const withTimes = clauses.filter((c) => timeTerms(c).length > 0);
  const [head, last] = [clauses[0], clauses[clauses.length - 1]];
  if (withTimes.length === 0 || !head || !last) return [];
  if (withTimes.length === 1) {
    if (withTimes[0] === last && isTimeBehindDay(last)) return timeTerms(last);
    return withTimes[0] === head && !isTimeBehindDay(head) ? timeTerms(head) : null;
  }
  const said = JSON.stringify(timeTerms(head));
  return clauses.every((c) => JSON.stringify(timeTerms(c)) === said) ? timeTerms(head) : null;
}

const isTimeBehindDay = (clause: Clause): boolean =>
  clause.items.findIndex((x) => x.type === 'time') > clause.items.findIndex((x) => x.type === 'day');

/** Every day of the list, in the order said; each weekday comes after the day before it. */
function listedDates(clauses: readonly Clause[], frame: Frame): WallDate[] | Trouble {
  const dates: WallDate[] = [];
  let after: WallDate | null = null;
  for (const terms of withSharedTerms(clauses.map(dayTerms))) {
    const read: Days | Trouble = readDays(terms, frame, after);
    if (isTrouble(read)) return read;
    if (read.kind === 'date') {
      dates.push(read.date);
      after = read.date;
    } else if (read.kind === 'dates') dates.push(...read.dates);
    else return trouble('ask', 'several stretches to choose between', askForOne(frame));
  }
  return dates;
}

/** „am 3. oder 4. Dezember": the month goes with both; „Dienstag oder Mittwoch nächster Woche": so does the week. */
function withSharedTerms(lists: readonly DayTerm[][]): DayTerm[][] {
  const [first, last] = [lists[0] ?? [], lists[lists.length - 1] ?? []];
  const dated = last.find((t) => t.d === 'calendar' && t.month !== null);
  const trailing = last.length > 1 ? last.find((t) => t.d === 'span') : undefined;
  const leading = first.length > 1 ? first.find((t) => t.d === 'span') : undefined;
  return lists.map((terms, index) => {
    let out = dated?.d === 'calendar' ? terms.map((t) => inMonthOf(t, dated)) : terms;
    const single = out.length === 1 ? out[0] : undefined;
    if (!single || !takesSpan(single)) return out;
    if (index < lists.length - 1 && trailing) out = [...out, trailing];
    if (index > 0 && leading) out = [...out, leading];
    return out;
  });
}

const inMonthOf = (t: DayTerm, dated: DayTerm & { d: 'calendar' }): DayTerm =>
  t.d === 'calendar' && t.month === null ? { ...t, month: dated.month, year: dated.year } : t;

const takesSpan = (t: DayTerm): boolean => isBareWeekday(t) || (t.d === 'calendar' && t.month === null);
