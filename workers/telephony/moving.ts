/**
 * Pure: a new time as people say it of an appointment they have: "eine Stunde später", "Freitag, gleiche Uhrzeit", "am selben Tag um fünf",
 * "doch lieber um fünf". Called by reschedule-appointment.
 */
import { addDays, dateOf, DAY, instantsOf, MINUTE, timeOf, type WallDate, type WallTime } from '../../shared/time.ts';
import { asInstant } from '../../shared/clock.ts';

/** Where the appointment is now, or is about to be moved to. */
export interface Whence {
  date: WallDate;
  time: WallTime;
}
/** What is left to be read as day and hour. */
type MovedWords =
  /** a moment by itself */
  | { kind: 'moment'; date: WallDate; time: WallTime }
  /** words for the day, at the hour the appointment has */
  | { kind: 'same_time'; rest: string }
  /** words for the hour, on the day the appointment has */
  | { kind: 'same_day'; rest: string }
  /** nothing of the appointment was meant */
  | { kind: 'none' };

const NUMBERS: Readonly<Record<string, number>> = {
  ein: 1,
  eine: 1,
  einen: 1,
  einer: 1,
  a: 1,
  an: 1,
  one: 1,
  zwei: 2,
  zwo: 2,
  two: 2,
  drei: 3,
  three: 3,
  vier: 4,
  four: 4,
  fünf: 5,
  fuenf: 5,
  five: 5,
  sechs: 6,
  six: 6,
  zehn: 10,
  ten: 10,
  fünfzehn: 15,
  fuenfzehn: 15,
  fifteen: 15,
  zwanzig: 20,
  twenty: 20,
  dreißig: 30,
  dreissig: 30,
  thirty: 30,
  anderthalb: 1.5,
  eineinhalb: 1.5,
  zweieinhalb: 2.5,
};
/** Units in minutes; days and weeks keep the hour, whatever clocks do. */
const UNITS: readonly (readonly [RegExp, { minutes: number } | { days: number }])[] = [
  [/^(?:viertelstunden?|quarters? of an hour|quarter hour)$/, { minutes: 15 }],
  [/^(?:dreiviertelstunden?)$/, { minutes: 45 }],
  [/^(?:minuten?|minutes?|min)$/, { minutes: 1 }],
  [/^(?:stunden?|stündchen|hours?)$/, { minutes: 60 }],
  [/^(?:tage?n?|days?)$/, { days: 1 }],
  [/^(?:wochen?|weeks?)$/, { days: 7 }],
];

const SHIFT =
  /(?<![\p{L}\d])(?:um\s+)?(?:(?<count>\d{1,3}|\p{L}+)\s+)?(?<half>halbe[nrs]?\s+|half\s+(?:an\s+)?)?(?<unit>viertelstunden?|dreiviertelstunden?|quarter of an hour|minuten?|minutes?|min|stunden?|stündchen|hours?|tage?n?|days?|wochen?|weeks?)\s+(?<way>später|spaeter|danach|nach hinten|later|früher|frueher|eher|vorher|davor|nach vorne?|earlier|before)(?![\p{L}\d])/iu;
const LATER = /^(?:später|spaeter|danach|nach hinten|later)$/i;

const SAME_TIME =
  /(?<![\p{L}\d])(?:(?:um\s+|zur?\s+)?(?:die\s+|der\s+)?(?:gleiche[nr]?|selbe[nr]?|dieselbe|derselben)\s+(?:uhrzeit|zeit|stunde)|(?:at\s+)?the\s+same\s+(?:time|hour)|same\s+(?:time|hour))(?![\p{L}\d])/iu;
const SAME_DAY =
  /(?<![\p{L}\d])(?:am\s+|an\s+dem\s+)?(?:(?:gleichen|selben|demselben)\s+tag|(?:on\s+)?the\s+same\s+day|same\s+day)(?![\p{L}\d])/iu;

const without = (words: string, pattern: RegExp): string =>
  words
    .replace(pattern, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,.;]+|[\s,.;]+$/g, '');

/** What the words mean of an appointment. */
export function movedWords(words: string, from: Whence, zone: string): MovedWords {
  const shift = SHIFT.exec(words);
  const moment = shift?.groups ? shifted(shift.groups, from, zone) : null;
  if (moment) return { kind: 'moment', ...moment };
  if (SAME_TIME.test(words)) return { kind: 'same_time', rest: without(words, SAME_TIME) };
  if (SAME_DAY.test(words)) return { kind: 'same_day', rest: without(words, SAME_DAY) };
  return { kind: 'none' };
}

function shifted(
  { count, half, unit, way }: Record<string, string | undefined>,
  from: Whence,
  zone: string,
): Whence | null {
  const size = UNITS.find(([pattern]) => pattern.test((unit ?? '').toLowerCase()))?.[1];
  // "eine halbe Stunde", "half an hour": the count is of the half.
  const amount = countOf(count) * (half ? 0.5 : 1);
  if (size === undefined || !(amount > 0)) return null;
  const sign = LATER.test(way ?? '') ? 1 : -1;
  if ('days' in size) {
    return Number.isInteger(amount) ? { date: addDays(from.date, sign * amount * size.days), time: from.time } : null;
  }
  const start = instantsOf(from.date, from.time, zone)[0];
  const minutes = amount * size.minutes;
  if (start === undefined || !Number.isInteger(minutes) || minutes * MINUTE > DAY) return null;
  const moved = asInstant(start + sign * minutes * MINUTE);
  return { date: dateOf(moved, zone), time: timeOf(moved, zone) };
}

/** "drei", "30"; a word that is no number ("bitte Stunde später") leaves one. */
function countOf(word: string | undefined): number {
  if (word === undefined) return 1;
  return NUMBERS[word.toLowerCase()] ?? (/^\d+$/.test(word) ? Number(word) : 1);
}
