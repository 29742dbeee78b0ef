/**
 * Pure: who looks at which day, kept by whoever calls it. A page that says nothing for 45 s is forgotten, tabs of one person count once, and
 * everything is bounded, because anybody who is signed in may name any day. Called by workers/tenancy/presence-object.ts.
 */
import { PRESENCE_FORGOTTEN_MS } from '../../shared/calendar-limits.ts';

/** A team is far below it; whoever comes then sees the others and is not seen. */
export const MAX_PEOPLE = 50;
/** Tabs of one person on one day. */
export const MAX_PAGES = 10;
/** Days of a tenant that are looked at at once: the one looked at longest ago gives way. */
export const MAX_DAYS = 500;

/** Who looks: nothing else of a request is kept. */
export interface Looker {
  userId: string;
  name: string;
}

interface Seen {
  name: string;
  /** page → when it last said so */
  pages: Map<string, number>;
}

/** Days, by a key of the caller's → people by id. The day that was touched last stands last. */
export type Looks = Map<string, Map<string, Seen>>;

/** Takes out of a day what has been silent too long. */
function forget(people: Map<string, Seen>, now: number): void {
  for (const [userId, { pages }] of people) {
    for (const [page, at] of pages) if (Math.abs(now - at) > PRESENCE_FORGOTTEN_MS) pages.delete(page);
    if (pages.size === 0) people.delete(userId);
  }
}

/** Notes that somebody's page looks at a day, or no longer does. @param looker null: only asks */
export function look(
  looks: Looks,
  day: string,
  looker: (Looker & { page: string; isHere: boolean }) | null,
  now: number,
): void {
  const people = looks.get(day) ?? new Map<string, Seen>();
  looks.delete(day);
  forget(people, now);
  if (looker !== null) {
    const { userId, name, page, isHere } = looker;
    const seen = people.get(userId) ?? { name, pages: new Map<string, number>() };
    seen.pages.delete(page);
    if (isHere && seen.pages.size < MAX_PAGES && (people.has(userId) || people.size < MAX_PEOPLE)) {
      seen.name = name;
      seen.pages.set(page, now);
      people.set(userId, seen);
    }
    if (seen.pages.size === 0) people.delete(userId);
  }
  if (people.size > 0) looks.set(day, people);
  if (looks.size <= MAX_DAYS) return;
  const [oldest] = looks.keys();
  if (oldest !== undefined) looks.delete(oldest);
}

/** Everybody on one of the days but oneself, once, by name. */
export const othersOn = (looks: Looks, days: readonly string[], userId: string | null): Looker[] =>
  [...new Map(days.flatMap((day) => [...(looks.get(day) ?? [])]))]
    .filter(([id]) => id !== userId)
    .map(([id, { name }]) => ({ userId: id, name }))
    .sort((a, b) => a.name.localeCompare(b.name) || (a.userId < b.userId ? -1 : 1));
