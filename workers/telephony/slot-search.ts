/** Pure: from a reading of spoken time to the calendar's question, and from its free slots to the three worth saying. Called by check-availability and collect-appointment. */
import { addDays, dateOf, daysBetween, MINUTE, timeOf, timeOfMinutes, minutesOf } from '../../shared/time.ts';
import { type AvailabilityAnswer, MAX_QUERY_DAYS, type Slot, type SlotWindow } from '../calendar/types.ts';
import type { Search } from '../../shared/spoken-time/index.ts';
import { MAX_SPOKEN_OFFERS } from './speech.ts';

/** A day in quarter hours. */
const ONE_DAY_SLOTS = 60;
/** Enough for three days of quarter hours and for windows that the calendar cannot express. */
const SPREAD_SLOTS = 200;

interface SlotQuestion {
  window: SlotWindow;
  at?: { startsAt: Search['from'] };
  limit: number;
}

/** The calendar query of a search: an exact time with its day, else the hull of the windows (and their hours where all share them). */
export function slotQuestion(search: Search, zone: string): SlotQuestion {
  if (search.exact !== null) {
    const date = dateOf(search.exact, zone);
    return { window: { fromDate: date, untilDate: date }, at: { startsAt: search.exact }, limit: 1 };
  }
  const fromDate = dateOf(search.from, zone);
  const last = dateOf(search.to, zone);
  const untilDate = daysBetween(fromDate, last) < MAX_QUERY_DAYS ? last : addDays(fromDate, MAX_QUERY_DAYS - 1);
  const hours = sharedHours(search, zone);
  const oneDay = fromDate === untilDate;
  return { window: { fromDate, untilDate, ...hours }, limit: oneDay ? ONE_DAY_SLOTS : SPREAD_SLOTS };
}

/** `from ≤ start < until` on the clock, when every window is a stretch of one day with the same hours. */
function sharedHours(search: Search, zone: string): { fromTime?: string; untilTime?: string } {
  let shared: { fromTime: string; untilTime: string } | null = null;
  for (const window of search.windows) {
    if (dateOf(window.from, zone) !== dateOf(window.to, zone)) return {};
    // Starts may lie on the end of a search window; the calendar's bound is exclusive.
    const until = Math.min(1_440, minutesOf(timeOf(window.to, zone)) + 1);
    const hours = { fromTime: timeOf(window.from, zone), untilTime: timeOfMinutes(until) };
    if (shared !== null && (shared.fromTime !== hours.fromTime || shared.untilTime !== hours.untilTime)) return {};
    shared = hours;
  }
  return shared ?? {};
}

/** The slots of an answer that lie in the requested windows. */
export const inWindows = (slots: readonly Slot[], search: Search): Slot[] =>
  slots.filter((slot) => search.windows.some((w) => w.from <= slot.startsAt && slot.startsAt <= w.to + MINUTE - 1));

/** Up to three slots to say: over days when the request leaves the day open, else over the day; never three neighbours of one morning. */
export function worthSaying(slots: readonly Slot[], search: Search): Slot[] {
  if (slots.length <= MAX_SPOKEN_OFFERS) return [...slots];
  const days = [...new Set(slots.map((slot) => slot.date))];
  if (search.spread && days.length > 1) {
    const firsts = days.flatMap((day) => slots.find((slot) => slot.date === day) ?? []);
    if (firsts.length >= MAX_SPOKEN_OFFERS) return firsts.slice(0, MAX_SPOKEN_OFFERS);
    const rest = slots.filter((slot) => !firsts.includes(slot));
    return [...firsts, ...evenly(rest, MAX_SPOKEN_OFFERS - firsts.length)].sort((a, b) => a.startsAt - b.startsAt);
  }
  if (search.windows.length === 1 && days.length > 1) return slots.slice(0, MAX_SPOKEN_OFFERS);
  return evenly(slots, MAX_SPOKEN_OFFERS);
}

/** First, last and what lies evenly between. */
function evenly(slots: readonly Slot[], count: number): Slot[] {
  if (slots.length <= count) return [...slots];
  const picked: Slot[] = [];
  for (let i = 0; i < count; i++) {
    const slot = slots[count === 1 ? 0 : Math.round((i * (slots.length - 1)) / (count - 1))];
    if (slot) picked.push(slot);
  }
  return picked;
}

/** What to offer instead of a requested time that is not free: later ones as the calendar chose them, then the nearest around it. */
export function insteadOf(answer: AvailabilityAnswer): Slot[] {
  const offers: Slot[] = [];
  for (const slot of [...answer.next, answer.after, answer.before]) {
    if (slot && !offers.some((known) => known.startsAt === slot.startsAt)) offers.push(slot);
  }
  return offers.slice(0, MAX_SPOKEN_OFFERS).sort((a, b) => a.startsAt - b.startsAt);
}
