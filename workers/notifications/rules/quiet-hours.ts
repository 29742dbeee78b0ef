/** Pure: when a business writes to nobody who did not ask for it (night, Sundays, holidays), on the clock of a branch. Called by may-send.ts. */
import type { Because } from '../../../shared/message-sets.ts';
import {
  addDays,
  boundaryOf,
  dateOf,
  instantsOfMinutes,
  minutesOf,
  timeOf,
  type WallDate,
  type WallTime,
  weekdayOf,
} from '../../../shared/time.ts';
import { asInstant, type Instant } from '../../../shared/clock.ts';

export interface QuietHours {
  /** from this time of the evening on; the same as `to`: no night at all */
  from: WallTime;
  to: WallTime;
  sundays: boolean;
  holidays: boolean;
}

/** Where somebody reads a message: the clock of the branch, and which of its days are holidays. */
export interface QuietPlace {
  zone: string;
  isHoliday: (date: WallDate) => boolean;
}

type Quiet = Extract<Because, 'quiet_hours' | 'sunday' | 'holiday'>;

const SUNDAY = 0;
const WHOLE_DAY = 24 * 60;
/** Days looked ahead: Christmas, a Sunday and a regional holiday in a row are four. */
const MAX_DAYS = 30;

function quietDay(hours: QuietHours, place: QuietPlace, date: WallDate): Quiet | null {
  if (hours.holidays && place.isHoliday(date)) return 'holiday';
  return hours.sundays && weekdayOf(date) === SUNDAY ? 'sunday' : null;
}

/** Why it is quiet at an instant; null: it is not. */
export function quietAt(hours: QuietHours, place: QuietPlace, at: number): Quiet | null {
  const day = quietDay(hours, place, dateOf(at, place.zone));
  if (day !== null) return day;
  const [from, to, now] = [minutesOf(hours.from), minutesOf(hours.to), minutesOf(timeOf(at, place.zone))];
  const isNight = from < to ? from <= now && now < to : from > to && (now >= from || now < to);
  return isNight ? 'quiet_hours' : null;
}

/** The first instant from `at` on at which it is not quiet; null: there is none within a month. */
export function nextLoud(hours: QuietHours, place: QuietPlace, at: number): Instant | null {
  if (quietAt(hours, place, at) === null) return asInstant(at);
  const [from, to] = [minutesOf(hours.from), minutesOf(hours.to)];
  // It can only end with the night or with the day.
  const ends = [...new Set([0, to % WHOLE_DAY])].sort((a, b) => a - b);
  const first = dateOf(at, place.zone);
  for (let day = 0; day <= MAX_DAYS; day++) {
    const date = addDays(first, day);
    for (const minutes of from === to ? [0] : ends) {
      // A time that the clock shows twice ends the night both times; one that it skips ends it where it jumps to.
      const instants = [
        ...instantsOfMinutes(date, minutes, place.zone),
        boundaryOf(date, minutes, place.zone, 'start'),
      ];
      const found = instants.sort((a, b) => a - b).find((one) => one > at && quietAt(hours, place, one) === null);
      if (found !== undefined) return found;
    }
  }
  return null;
}
