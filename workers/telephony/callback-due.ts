/** Pure: by when a caller should be rung back. Called by callbacks.ts with what was noted of them. */
import type { Instant } from '../../shared/clock.ts';
import { addDays, boundaryOf, dateOf, DAY, HOUR, isWallDate, isWallTime, minutesOf } from '../../shared/time.ts';

/** Days on which opening hours are looked for; a business that is closed for longer is reminded by the clock. */
const MAX_DAYS = 30;
/** A time further off was misheard. */
const MAX_AHEAD_MS = 60 * DAY;

export interface Opening {
  now: Instant;
  zone: string;
  /** minutes of the branch's clock, half open and ascending */
  openOn: (date: string) => readonly { from: number; to: number }[];
}

/** When so much of opening hours has passed from now on. */
export function afterOpening({ now, zone, openOn }: Opening, ms: number): Instant {
  let left = ms;
  const today = dateOf(now, zone);
  for (let day = 0; day < MAX_DAYS; day++) {
    const date = addDays(today, day);
    for (const { from, to } of openOn(date)) {
      const start = Math.max(now, boundaryOf(date, from, zone, 'start'));
      const end = boundaryOf(date, to, zone, 'end');
      if (end <= start) continue;
      if (end - start >= left) return (start + left) as Instant;
      left -= end - start;
    }
  }
  return (now + ms) as Instant;
}

const text = (of: Readonly<Record<string, unknown>>, name: string): string | null => {
  const value = of[name];
  return typeof value === 'string' ? value : null;
};

/** The end of what the caller asked for; null: they named no time that can be kept. @param understood as the spoken time was read */
function endOfRequest(understood: Readonly<Record<string, unknown>>, { now, zone, openOn }: Opening): Instant | null {
  const dates = Array.isArray(understood['dates']) ? understood['dates'].filter((one) => typeof one === 'string') : [];
  const named = text(understood, 'to_date') ?? text(understood, 'date') ?? dates.at(-1) ?? null;
  const clock = text(understood, 'to') ?? text(understood, 'time');
  const until = clock !== null && isWallTime(clock) ? minutesOf(clock) : null;
  if (named !== null && isWallDate(named)) {
    const closing = openOn(named).at(-1)?.to;
    return boundaryOf(named, until ?? closing ?? DAY / 60_000, zone, 'end');
  }
  if (until === null) return null;
  // A time alone is the next one that the clock shows.
  const today = dateOf(now, zone);
  const at = boundaryOf(today, until, zone, 'end');
  return at > now ? at : boundaryOf(addDays(today, 1), until, zone, 'end');
}

/** Kinds of a reading that name a time. */
const NAMED = new Set(['instant', 'date', 'time', 'window', 'dates']);

/** By when they should be rung: the end of the time they asked for, else after so many opening hours. */
export function dueOf(request: Readonly<Record<string, unknown>>, opening: Opening, hours: number): Instant {
  const understood = request['understood'];
  const named =
    typeof understood === 'object' && understood !== null && NAMED.has(String((understood as { kind?: unknown }).kind))
      ? endOfRequest(understood as Record<string, unknown>, opening)
      : null;
  const isKept = named !== null && named > opening.now && named - opening.now <= MAX_AHEAD_MS;
  return isKept ? named : afterOpening(opening, hours * HOUR);
}
