/** The questions that a reading ends in when it must not guess; one function each, in the caller's language. */
import { addDays, timeOfMinutes, type WallDate, type WallTime } from '../time.ts';
import type { Language, OpenSpan } from './reading.ts';
import { monthName, sayChoice, sayClock, sayDate, sayDay, weekdayName } from './say.ts';

export interface Asker {
  language: Language;
  today: WallDate;
  openOn(date: WallDate): readonly OpenSpan[];
}

/** Days looked ahead for an open one to offer. */
const OFFER_DAYS = 14;

const pick = (a: Asker, de: string, en: string): string => (a.language === 'de' ? de : en);

/** Nothing names a day: asks for one. */
export const askDay = (a: Asker): string =>
  pick(a, 'An welchem Tag möchten Sie kommen?', 'Which day would you like to come?');

/** Nothing was understood: asks for day and time anew. */
export const askAgain = (a: Asker): string =>
  pick(
    a,
    'Das habe ich nicht ganz verstanden. Welcher Tag und welche Uhrzeit passen Ihnen?',
    "I didn't quite get that. Which day and what time would suit you?",
  );

/**
 * Something beside what was understood was not: names what is known and asks for what is missing, or whether that is what was meant.
 * @param known spoken day and hours @param missing `nothing`: day and hour are known
 */
export const askForRest = (a: Asker, known: string, missing: 'day' | 'hour' | 'nothing'): string => {
  switch (missing) {
    case 'day':
      return pick(
        a,
        `Für ${known}: An welchem Tag möchten Sie kommen?`,
        `For ${known}: which day would you like to come?`,
      );
    case 'hour':
      return pick(a, `Für ${known}: Welche Uhrzeit passt Ihnen?`, `For ${known}: what time would suit you?`);
    case 'nothing':
      return pick(a, `Meinen Sie ${known}?`, `Do you mean ${known}?`);
  }
};

/** A word was not understood and nothing else is known: names it. */
export const askAboutWord = (a: Asker, word: string): string =>
  pick(
    a,
    `„${word}“ habe ich nicht verstanden. Welcher Tag und welche Uhrzeit passen Ihnen?`,
    `I didn't get “${word}”. Which day and what time would suit you?`,
  );

/** Several days fit: offers each of them by its spoken name, in the given order. */
export const askWhichDay = (a: Asker, dates: readonly WallDate[]): string => {
  const named = sayChoice(
    dates.map((date) => sayDay(date, a.language, a.today)),
    a.language,
  );
  return pick(a, `Meinen Sie ${named}?`, `Do you mean ${named}?`);
};

/** Several times fit: offers each of them as a clock time, in the given order. */
export const askWhichTime = (a: Asker, times: readonly WallTime[]): string => {
  const named = sayChoice(
    times.map((time) => sayClock(time, a.language)),
    a.language,
  );
  return pick(a, `Welche Uhrzeit passt besser: ${named}?`, `Which time is better: ${named}?`);
};

/** Several requests at once that one search cannot carry: asks for one after the other. */
export const askForOne = (a: Asker): string =>
  pick(
    a,
    'Sagen Sie mir bitte einen Tag und eine Uhrzeit nach der anderen: Was passt Ihnen am besten?',
    'Please give me one day and time at a time: which suits you best?',
  );

/** The hour is one of two, or neither is open. */
export function askHour(a: Asker, candidates: readonly number[], hours: readonly OpenSpan[]): string {
  const first = hours[0];
  const last = hours[hours.length - 1];
  const times = candidates.map((minute) => sayClock(timeOfMinutes(minute), a.language));
  if (
    candidates.length > 1 &&
    first &&
    !candidates.some((m) => m >= Math.min(...hours.map((h) => h.from)) && m < Math.max(...hours.map((h) => h.to)))
  ) {
    const from = sayClock(timeOfMinutes(Math.min(...hours.map((h) => h.from))), a.language);
    const to = sayClock(timeOfMinutes(Math.max(...hours.map((h) => h.to))), a.language);
    return pick(
      a,
      `Wir haben von ${from} bis ${to} geöffnet. Welche Uhrzeit passt Ihnen?`,
      `We are open from ${from} to ${to}. What time would suit you?`,
    );
  }
  if (!last) return pick(a, `Meinen Sie ${sayChoice(times, 'de')}?`, `Do you mean ${sayChoice(times, 'en')}?`);
  return pick(a, `Meinen Sie ${sayChoice(times, 'de')}?`, `Do you mean ${sayChoice(times, 'en')}?`);
}

/** Weekday and date do not belong together: says which weekday the date is and asks which was meant. */
export const askMismatch = (a: Asker, date: WallDate): string =>
  pick(
    a,
    `Der ${dayOfMonth(date, 'de')} ist ein ${weekdayName(date, 'de')}. Welcher Tag soll es sein?`,
    `${dayOfMonth(date, 'en')} is a ${weekdayName(date, 'en')}. Which day do you mean?`,
  );

const dayOfMonth = (date: WallDate, language: Language): string => {
  const day = Number(date.slice(8, 10));
  const month = monthName(Number(date.slice(5, 7)), language);
  return language === 'de' ? `${day}. ${month}` : `${day} ${month}`;
};

/** Two parts exclude each other („vormittags um 17 Uhr"): asks for day and time. */
export const askContradiction = (a: Asker): string =>
  pick(
    a,
    'Da passen zwei Angaben nicht zusammen. Welcher Tag und welche Uhrzeit sollen es sein?',
    "Two of these don't go together. Which day and time do you mean?",
  );

/** The calendar has no such day (31 June): says so. `month` counts from 1; one outside 1 to 12 is not named. */
export const askNoSuchDate = (a: Asker, day: number, month: number): string =>
  pick(
    a,
    month >= 1 && month <= 12
      ? `Den ${day}. ${monthName(month, 'de')} gibt es nicht. Welches Datum meinen Sie?`
      : 'Dieses Datum gibt es nicht. Welches Datum meinen Sie?',
    month >= 1 && month <= 12
      ? `There is no ${day} ${monthName(month, 'en')}. Which date do you mean?`
      : 'There is no such date. Which date do you mean?',
  );

/** What was said is over: offers the next day of that kind, with its time where one was said; null: nothing to offer. */
export const askPast = (a: Asker, next: WallDate | null, time: WallTime | null): string => {
  const named =
    next === null ? '' : sayDay(next, a.language, a.today) + (time === null ? '' : `, ${sayClock(time, a.language)}`);
  if (named === '')
    return pick(a, 'Das ist schon vorbei. Welcher Tag passt Ihnen?', 'That is already past. Which day would suit you?');
  return pick(a, `Das ist schon vorbei. Meinen Sie ${named}?`, `That is already past. Do you mean ${named}?`);
};

/** The day lies beyond what may be booked ahead: asks for an earlier one. */
export const askTooFar = (a: Asker): string =>
  pick(
    a,
    'So weit im Voraus kann ich noch nichts eintragen. Welcher frühere Tag passt Ihnen?',
    'I cannot book that far ahead yet. Which earlier day would suit you?',
  );

/** A time that the night of the clock change leaves out: says so and asks for another. */
export const askGap = (a: Asker, date: WallDate, time: WallTime): string =>
  pick(
    a,
    `In der Nacht zum ${dayOfMonth(date, 'de')} wird die Uhr umgestellt, ${sayClock(time, 'de')} gibt es da nicht. Welche Uhrzeit passt Ihnen?`,
    `The clocks change on ${dayOfMonth(date, 'en')}, so ${sayClock(time, 'en')} does not exist that day. What time would suit you?`,
  );

/** A time that comes twice in the night of the clock change: says so and asks for another. */
export const askFold = (a: Asker, date: WallDate, time: WallTime): string =>
  pick(
    a,
    `In der Nacht zum ${dayOfMonth(date, 'de')} wird die Uhr umgestellt, ${sayClock(time, 'de')} gibt es da zweimal. Welche Uhrzeit passt Ihnen?`,
    `The clocks change on ${dayOfMonth(date, 'en')}, so ${sayClock(time, 'en')} comes twice. What time would suit you?`,
  );

/** An occasion whose date nobody knows here („an meinem Geburtstag"): asks for it. */
export const askOccasion = (a: Asker): string =>
  pick(a, 'An welchem Datum ist das genau?', 'Which date is that exactly?');

/** A series was requested („jeden Dienstag"): asks for the day of the first appointment. */
export const askRecurring = (a: Asker): string =>
  pick(
    a,
    'Ich trage einen Termin nach dem anderen ein. Welcher Tag soll der erste sein?',
    'I book one appointment at a time. Which day should the first one be?',
  );

/** Everything named was denied („nicht am Montag"): asks for another day and time. */
export const askOtherDay = (a: Asker): string =>
  pick(
    a,
    'Gut, dann nicht. Welcher Tag und welche Uhrzeit passen Ihnen?',
    'All right, not then. Which day and time would suit you?',
  );

/** Only a stretch or a vague day was named where one day is needed: asks for it. */
export const askExactDay = (a: Asker): string =>
  pick(a, 'Welcher Tag genau wäre Ihnen recht?', 'Which day exactly would suit you?');

/** A bare number may be a date or an hour: asks for both. */
export const askDayOrHour = (a: Asker): string =>
  pick(
    a,
    'Meinen Sie das Datum oder die Uhrzeit? Nennen Sie mir bitte beides.',
    'Do you mean the date or the time? Please give me both.',
  );

/** Midnight was said and is outside opening hours: asks for another time. */
export const askMidnight = (a: Asker): string =>
  pick(
    a,
    'Um Mitternacht haben wir nicht geöffnet. Welche Uhrzeit passt Ihnen?',
    'We are not open at midnight. What time would suit you?',
  );

/** Two readings of one sentence differ: reads `words` back for a yes; empty words: asks anew. */
export const askDisagreement = (a: Asker, words: string): string =>
  words === ''
    ? askAgain(a)
    : pick(a, `Ich habe verstanden: ${words}. Ist das richtig?`, `I understood: ${words}. Is that right?`);

/** „Wie letztes Mal" without an earlier appointment: says so and asks for day and time. */
export const askLastVisit = (a: Asker): string =>
  pick(
    a,
    'Ich finde keinen früheren Termin. Welcher Tag und welche Uhrzeit passen Ihnen?',
    'I cannot find an earlier appointment. Which day and time would suit you?',
  );

/** The day is closed: say so, offer the next open one. */
export function sayClosedDay(
  a: Asker,
  date: WallDate,
  holiday: string | null,
  isOpen: (date: WallDate) => boolean,
): string {
  let next: WallDate | null = null;
  for (let i = 1; i <= OFFER_DAYS && next === null; i++) if (isOpen(addDays(date, i))) next = addDays(date, i);
  const day = sayDay(date, a.language, a.today);
  const why = holiday === null ? '' : ` (${holiday})`;
  const offer =
    next === null
      ? pick(a, 'Welcher andere Tag passt Ihnen?', 'Which other day would suit you?')
      : pick(a, `Passt Ihnen ${sayDate(next, 'de', a.today)}?`, `Would ${sayDate(next, 'en', a.today)} suit you?`);
  const german = /^(?:heute|morgen|übermorgen),/.test(day) ? capital(day) : `Am ${day}`;
  const english = /^(?:today|tomorrow),/.test(day) ? day : `on ${day}`;
  return pick(a, `${german}${why} haben wir geschlossen. ${offer}`, `We are closed ${english}${why}. ${offer}`);
}

/** The hour is closed: say the hours. */
export function sayClosedHour(a: Asker, time: WallTime | null, hours: readonly OpenSpan[]): string {
  const said = hours
    .map((span) =>
      pick(
        a,
        `${sayClock(timeOfMinutes(span.from), 'de')} bis ${sayClock(timeOfMinutes(span.to), 'de')}`,
        `${sayClock(timeOfMinutes(span.from), 'en')} to ${sayClock(timeOfMinutes(span.to), 'en')}`,
      ),
    )
    .join(pick(a, ' und ', ' and '));
  const at =
    time === null ? pick(a, 'Da', 'Then') : pick(a, `Um ${sayClock(time, 'de')}`, `At ${sayClock(time, 'en')}`);
  if (said === '')
    return pick(
      a,
      `${at} haben wir geschlossen. Welche Uhrzeit passt Ihnen?`,
      `${at} we are closed. What time would suit you?`,
    );
  return pick(
    a,
    `${at} haben wir geschlossen; geöffnet ist von ${said}. Welche Uhrzeit passt Ihnen?`,
    `${at} we are closed; we are open from ${said}. What time would suit you?`,
  );
}

/** The requested start is closing time: offers to look for the latest free slot before it. */
export const sayLatestStart = (a: Asker, time: WallTime): string =>
  pick(
    a,
    `Um ${sayClock(time, 'de')} schließen wir. Soll ich den spätesten freien Termin davor suchen?`,
    `We close at ${sayClock(time, 'en')}. Shall I look for the latest free slot before?`,
  );

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
