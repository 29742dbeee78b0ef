/** Dates and times as sentences to be spoken, German and English: confirmations, questions and read-backs of every telephony function. */
import type { Instant } from '../clock.ts';
import { addDays, dateOf, minutesOf, timeOf, timeOfMinutes, type WallDate, type WallTime, weekdayOf } from '../time.ts';
import type { Language, SpokenContext, Understood } from './reading.ts';

const WEEKDAYS: Record<Language, readonly string[]> = {
  de: ['Sonntag', 'Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};
const MONTHS: Record<Language, readonly string[]> = {
  de: [
    'Januar',
    'Februar',
    'März',
    'April',
    'Mai',
    'Juni',
    'Juli',
    'August',
    'September',
    'Oktober',
    'November',
    'Dezember',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
};
const HOURS: Record<Language, readonly string[]> = {
  de: ['zwölf', 'eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn', 'elf'],
  en: ['twelve', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven'],
};

/** Name of the weekday of a date, capitalised in both languages. */
export const weekdayName = (date: WallDate, language: Language): string => WEEKDAYS[language][weekdayOf(date)] ?? '';

/** Name of a month, 1 to 12; empty outside. */
export const monthName = (month: number, language: Language): string => MONTHS[language][month - 1] ?? '';

/** „Samstag, 21. November", "Saturday, 21 November"; the year is said when it is not the year of today. */
export function sayDate(date: WallDate, language: Language, today: WallDate): string {
  const day = Number(date.slice(8, 10));
  const month = monthName(Number(date.slice(5, 7)), language);
  const year = date.slice(0, 4) === today.slice(0, 4) ? '' : ` ${date.slice(0, 4)}`;
  return language === 'de'
    ? `${weekdayName(date, 'de')}, ${day}. ${month}${year}`
    : `${weekdayName(date, 'en')}, ${day} ${month}${year}`;
}

/** As `sayDate`, with „heute", „morgen", „übermorgen" before the days that have such a name. */
export function sayDay(date: WallDate, language: Language, today: WallDate): string {
  const names = language === 'de' ? ['heute', 'morgen', 'übermorgen'] : ['today', 'tomorrow', ''];
  const near = [today, addDays(today, 1), addDays(today, 2)].indexOf(date);
  const name = near < 0 ? '' : (names[near] ?? '');
  return name === '' ? sayDate(date, language, today) : `${name}, ${sayDate(date, language, today)}`;
}

/** „halb drei (14:30)", „15 Uhr", „9 Uhr 20"; "half past two (2:30 pm)", "3 pm". */
export function sayClock(time: WallTime, language: Language): string {
  const minutes = minutesOf(time);
  const [hour, minute] = [Math.floor(minutes / 60) % 24, minutes % 60];
  const names = HOURS[language];
  const [here, next] = [names[hour % 12] ?? '', names[(hour + 1) % 12] ?? ''];
  if (language === 'de') {
    const digits = `(${timeOfMinutes(hour * 60 + minute)})`;
    if (minute === 0) return `${hour} Uhr`;
    if (minute === 30) return `halb ${next} ${digits}`;
    if (minute === 15) return `Viertel nach ${here} ${digits}`;
    if (minute === 45) return `Viertel vor ${next} ${digits}`;
    return `${hour} Uhr ${minute}`;
  }
  const half = hour < 12 ? 'am' : 'pm';
  const twelve = hour % 12 === 0 ? 12 : hour % 12;
  const digits = `(${twelve}:${String(minute).padStart(2, '0')} ${half})`;
  if (minute === 0) return hour === 12 ? '12 noon' : hour === 0 ? '12 midnight' : `${twelve} ${half}`;
  if (minute === 30) return `half past ${here} ${digits}`;
  if (minute === 15) return `quarter past ${here} ${digits}`;
  if (minute === 45) return `quarter to ${next} ${digits}`;
  return `${twelve}:${String(minute).padStart(2, '0')} ${half}`;
}

/** „zwischen 14 Uhr und 16 Uhr", „ab 17 Uhr", „bis 16 Uhr". */
export function sayWindow(from: WallTime | undefined, to: WallTime | undefined, language: Language): string {
  if (from !== undefined && to !== undefined)
    return language === 'de'
      ? `zwischen ${sayClock(from, 'de')} und ${sayClock(to, 'de')}`
      : `between ${sayClock(from, 'en')} and ${sayClock(to, 'en')}`;
  if (from !== undefined) return language === 'de' ? `ab ${sayClock(from, 'de')}` : `from ${sayClock(from, 'en')}`;
  if (to !== undefined) return language === 'de' ? `bis ${sayClock(to, 'de')}` : `by ${sayClock(to, 'en')}`;
  return '';
}

/** „a, b oder c". */
export function sayChoice(parts: readonly string[], language: Language): string {
  const or = language === 'de' ? 'oder' : 'or';
  if (parts.length <= 1) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} ${or} ${parts[parts.length - 1]}`;
}

/** A moment or its parts read back: weekday, date and time ("morgen, Samstag, 21. November, halb drei (14:30)"). */
export function sayWhen(
  when: Instant | { date?: WallDate | undefined; time?: WallTime | undefined },
  zone: string,
  language: Language,
  now: Instant,
): string {
  const today = dateOf(now, zone);
  const date = typeof when === 'number' ? dateOf(when, zone) : when.date;
  const time = typeof when === 'number' ? timeOf(when, zone) : when.time;
  const parts: string[] = [];
  if (date !== undefined) parts.push(sayDay(date, language, today));
  if (time !== undefined) parts.push(sayClock(time, language));
  return parts.join(', ');
}

/** A reading as words: what a confirmation repeats before it is booked. Empty for `none`; the question for `ask` and `invalid`. */
export function sayReading(understood: Understood, context: Pick<SpokenContext, 'now' | 'zone' | 'language'>): string {
  const { language } = context;
  const today = dateOf(context.now, context.zone);
  const hours =
    understood.time === undefined
      ? sayWindow(understood.from, understood.to, language)
      : sayClock(understood.time, language);
  const join = (...parts: string[]): string => parts.filter((part) => part !== '').join(', ');
  const span = (): string => {
    const { from_date: from, to_date: to } = understood;
    const say = (date: WallDate): string => sayDate(date, language, today);
    if (from !== undefined && to !== undefined && from === to) return say(from);
    if (from !== undefined && to !== undefined)
      return language === 'de' ? `von ${say(from)} bis ${say(to)}` : `from ${say(from)} to ${say(to)}`;
    if (from !== undefined) return language === 'de' ? `ab ${say(from)}` : `from ${say(from)}`;
    if (to !== undefined) return language === 'de' ? `bis ${say(to)}` : `until ${say(to)}`;
    return '';
  };
  const day = understood.date === undefined ? span() : sayDay(understood.date, language, today);
  switch (understood.kind) {
    case 'instant':
    case 'date':
    case 'time':
    case 'window':
      return join(day, hours);
    case 'dates':
      return join(
        sayChoice(
          (understood.dates ?? []).map((date) => sayDate(date, language, today)),
          language,
        ),
        hours,
      );
    case 'earliest':
      return join(language === 'de' ? 'so früh wie möglich' : 'as early as possible', day, hours);
    case 'any':
      return join(language === 'de' ? 'zu einer beliebigen Zeit' : 'at any time', day, hours);
    case 'same_as_last':
      return join(language === 'de' ? 'wie beim letzten Mal' : 'same as last time', day, hours);
    case 'ask':
    case 'invalid':
      return understood.question ?? '';
    case 'none':
      return '';
  }
}
