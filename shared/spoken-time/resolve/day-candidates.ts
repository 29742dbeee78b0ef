/** A term of a day → the days it can mean by itself. Called by days.ts and spans.ts. */
import { addDays, daysBetween, isWallDate, type WallDate, weekdayOf } from '../../time.ts';
import type { DayTerm, Near } from '../grammar/terms.ts';
import { askContradiction, askExactDay, askNoSuchDate, askPast, askWhichDay } from '../questions.ts';
import { dateFrom, daysInMonth, mondayOf, monthsFrom, yearOf } from './calendar.ts';
import { daysThatPass } from './day-filters.ts';
import { type FeastDays, feastIn } from './feasts.ts';
import { type Frame, type Trouble, trouble } from './frame.ts';

/** What the terms beside a term say about it. */
export interface Hints {
  year: number | null;
  /** Month that another term names, for „am dritten". */
  month: { year: number; month: number } | null;
  /** In a list: the day before this one, which „Freitag" comes after. */
  after: WallDate | null;
  /** What is meant can't be today any more: the hours named, or all opening hours, are over. */
  todayOver: boolean;
}

export interface Candidates {
  dates: WallDate[];
  note?: string;
  /** true: all of them are meant. */
  list?: true;
}

/** „samstags", „an einem Samstag": so far ahead are its days listed. */
const EVERY_DAYS = 28;
/** „unter der Woche": working days of the next two weeks. */
const WORKDAY_DAYS = 14;
/** A feast of several days names at most so many. */
const MAX_FEAST_DAYS = 7;
/** Months looked through for a day of the month: the 31st comes again within two. */
const MAX_MONTHS = 12;

/** Days a term can mean by itself; `filtered`: other terms will choose among them. */
export function candidatesOf(term: DayTerm, frame: Frame, hints: Hints, filtered: boolean): Candidates | Trouble {
  const { today } = frame;
  switch (term.d) {
    case 'offset':
      return { dates: [addDays(today, term.days)], ...(term.note === undefined ? {} : { note: term.note }) };
    case 'months': {
      const { year, month } = monthsFrom(today, term.months);
      return { dates: [dateFrom(year, month, Math.min(Number(today.slice(8, 10)), daysInMonth(year, month)))] };
    }
    case 'half-week':
      return trouble(
        'ask',
        'a week and a half: two days fit',
        askWhichDay(frame, [addDays(today, Math.floor(term.days)), addDays(today, Math.ceil(term.days))]),
      );
    case 'past':
      return pastDay(frame);
    case 'weekday':
      return weekdays(term, frame, hints);
    case 'every-weekday':
      if (term.count !== undefined) {
        const end = addDays(today, term.count * 7);
        return { dates: daysThatPass({ from: addDays(today, 1), to: end }, frame, [term]), list: true };
      }
      return { dates: daysThatPass({ from: today, to: addDays(today, EVERY_DAYS) }, frame, [term]), list: true };
    case 'workdays': {
      const days = daysThatPass({ from: today, to: addDays(today, WORKDAY_DAYS) }, frame, [term]);
      return { dates: days.filter((d) => frame.isOpen(d)), list: true };
    }
    case 'calendar':
      return calendarDays(term, frame, hints, filtered);
    case 'nth-weekday':
      return nthWeekday(term, frame, hints);
    case 'feast':
      return feast(term, frame, hints);
    case 'span':
    // Dated before these: relative.ts.
    case 'step':
    case 'nth-day':
      return { dates: [] };
  }
}

const pastDay = (frame: Frame): Trouble =>
  trouble('invalid', 'the words name a day that is past', askPast(frame, null, null));

/** „Dienstag", „diesen", „kommenden", „nächsten Dienstag": where two readings differ, both days. */
function weekdays(term: DayTerm & { d: 'weekday' }, frame: Frame, hints: Hints): Candidates | Trouble {
  const { today } = frame;
  const ahead = (term.weekday - weekdayOf(today) + 7) % 7;
  const coming = ahead === 0 ? 7 : ahead;
  const here = addDays(mondayOf(today), (term.weekday + 6) % 7);
  if (term.addDays > 0) return { dates: [addDays(today, (term.which === 'coming' ? coming : ahead) + term.addDays)] };
  switch (term.which) {
    case null: {
      if (ahead > 0) return { dates: [addDays(today, ahead)] };
      const afterToday = hints.todayOver || (hints.after !== null && hints.after > today);
      return { dates: afterToday ? [addDays(today, 7)] : [today, addDays(today, 7)] };
    }
    case 'this':
      // „diesen Dienstag", said on a Friday: the one that comes.
      return { dates: [here < today ? addDays(today, coming) : here] };
    case 'coming':
      return { dates: [addDays(today, coming)] };
    case 'next':
      return { dates: here > today ? [here, addDays(here, 7)] : [addDays(here, 7)] };
    case 'afternext':
      return { dates: here > today ? [addDays(here, 7), addDays(here, 14)] : [addDays(here, 14)] };
    case 'last':
      return pastDay(frame);
  }
}

/** „der zweite Dienstag" of the month that another term names. */
function nthWeekday(term: DayTerm & { d: 'nth-weekday' }, frame: Frame, hints: Hints): Candidates | Trouble {
  const named = term.thisMonth ? monthsFrom(frame.today, 0) : hints.month;
  if (!named) return trouble('ask', 'no month named for the n-th weekday', askExactDay(frame));
  const { year, month } = named;
  const all: WallDate[] = [];
  for (let day = 1; day <= daysInMonth(year, month); day++) {
    const date = dateFrom(year, month, day);
    if (weekdayOf(date) === term.weekday) all.push(date);
  }
  const date = term.n === -1 ? all[all.length - 1] : all[term.n - 1];
  return date === undefined
    ? trouble('invalid', 'no such weekday in that month', askContradiction(frame))
    : { dates: [date] };
}

function feast(term: DayTerm & { d: 'feast' }, frame: Frame, hints: Hints): Candidates | Trouble {
  const days = feastDays(term, frame, hints);
  if (!days) return trouble('ask', 'unknown feast', askExactDay(frame));
  const dates: WallDate[] = [];
  for (let date = days.from; date <= days.to && dates.length < MAX_FEAST_DAYS; date = addDays(date, 1))
    dates.push(date);
  return { dates };
}

/** The next time a feast comes, or that of the year named; null for an unknown one. */
export function feastDays(term: DayTerm & { d: 'feast' }, frame: Frame, hints: Hints): FeastDays | null {
  const { zone } = frame.context;
  const wanted = term.year ?? hints.year;
  if (wanted !== null) return feastIn(term.id, wanted, zone);
  const here = feastIn(term.id, yearOf(frame.today), zone);
  return here && here.to >= frame.today ? here : feastIn(term.id, yearOf(frame.today) + 1, zone);
}

function calendarDays(
  term: DayTerm & { d: 'calendar' },
  frame: Frame,
  hints: Hints,
  filtered: boolean,
): Candidates | Trouble {
  const month = term.month ?? hints.month?.month ?? null;
  const year = term.year ?? (term.month === null ? hints.month?.year : undefined) ?? hints.year;
  if (month !== null) return dayOfMonth(term.day, month, year, frame);
  const near = term.near?.sure && !filtered ? nearestTo(term.near, term.day, frame) : null;
  return near === null ? dayOfAnyMonth(term.day, frame, hints, filtered) : { dates: [near] };
}

/** The day of the month nearest to a date that was mentioned; null: there is none ahead. */
export function nearestTo({ month, day }: Near, wanted: number, frame: Frame): WallDate | null {
  const here = yearOf(frame.today);
  const dates = [here, here + 1].map((year) => dateFrom(year, month, day)).filter(isWallDate);
  const mentioned = dates.find((date) => date >= frame.today);
  if (mentioned === undefined) return null;
  const [year, at] = [yearOf(mentioned), Number(mentioned.slice(5, 7))];
  const candidates = [-1, 0, 1].map((shift) => {
    const months = year * 12 + at - 1 + shift;
    return dateFrom(Math.floor(months / 12), (months % 12) + 1, wanted);
  });
  const far = (date: WallDate): number => Math.abs(daysBetween(mentioned, date));
  const [nearest] = candidates
    .filter((date) => isWallDate(date) && date >= frame.today)
    .sort((a, b) => far(a) - far(b));
  return nearest ?? null;
}

/** „am 24. Dezember": without a year the next one there is. */
function dayOfMonth(day: number, month: number, year: number | null, frame: Frame): Candidates | Trouble {
  if (month < 1 || month > 12 || day < 1 || day > 31) return noSuchDay(day, month, frame);
  const at = year ?? yearOf(frame.today);
  const here = dateFrom(at, month, day);
  if (isWallDate(here) && (year !== null || here >= frame.today)) return { dates: [here] };
  // 29 February without a year: next year may have one.
  const next = dateFrom(at + 1, month, day);
  return year === null && isWallDate(next) ? { dates: [next] } : noSuchDay(day, month, frame);
}

/** Only a day of the month: the next one there is; on that very day it may be today or a month away. */
function dayOfAnyMonth(day: number, frame: Frame, hints: Hints, filtered: boolean): Candidates | Trouble {
  const { today } = frame;
  if (day < 1 || day > 31) return noSuchDay(day, 0, frame);
  const found: WallDate[] = [];
  const wanted = filtered && day === Number(today.slice(8, 10)) ? 2 : 1;
  for (let i = 0; i < MAX_MONTHS && found.length < Math.max(wanted, found[0] === today ? 2 : 1); i++) {
    const { year, month } = monthsFrom(today, i);
    const date = dateFrom(year, month, day);
    if (isWallDate(date) && date >= today) found.push(date);
  }
  const { after } = hints;
  const behind = after === null ? undefined : found.find((d) => d > after);
  return { dates: behind === undefined ? found : [behind] };
}

function noSuchDay(day: number, month: number, frame: Frame): Trouble {
  return trouble('invalid', `${day}.${month}. does not exist`, askNoSuchDate(frame, day, month));
}
