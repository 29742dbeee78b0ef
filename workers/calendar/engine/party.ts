/**
 * Visits for the people of a party who share no slot: all at the same time with different people, else one after the other. Each visit is
 * searched beside what the ones before it would take. Called by check.ts and by the decision under hold and book.
 */
import type { EpochMinute } from '../../../shared/clock.ts';
import { MINUTE } from '../../../shared/time.ts';
import { ALTERNATIVES } from '../bounds.ts';
import type { Slot } from '../rows.ts';
import { allowedStarts, type SlotConditions } from './alternatives.ts';
import {
  type Assignment,
  type Busy,
  type Occupation,
  occupationsOf,
  rankOf,
  Search,
  slotOf,
  type Timeline,
} from './availability.ts';
import { clockAt, dayAt } from './hours.ts';
import { firstFrom } from './intervals.ts';
import type { Plan } from './plan.ts';

/** Longest wait between two visits that count as one after the other, minutes. */
const MAX_TURN_WAIT_MINUTES = 30;
/** Starts tried for one answer: each is one search a person. */
const MAX_TRIES = 150;
/** Offers of one answer for a party. */
const MAX_PARTY_SLOTS = 30;
/** How far ahead others are looked for, days, and in which strides. */
const HORIZON_DAYS = 28;
const STRIDE_DAYS = 7;

/** The visits of a party, the first one first. */
interface PartyWay {
  visits: { plan: Plan; assignment: Assignment }[];
  /** true: one after the other; false: all at the same time */
  inTurn: boolean;
}

/** Busy times, and what the visits before would take. */
class Beside implements Busy {
  readonly #busy: Busy;
  readonly #added = new Map<string, Occupation[]>();

  constructor(busy: Busy) {
    this.#busy = busy;
  }
  take(occupations: readonly Occupation[]): void {
    for (const one of occupations) {
      const key = `${one.kind}:${one.id}`;
      this.#added.set(key, [...(this.#added.get(key) ?? []), one]);
    }
  }
  staff(id: string, from: EpochMinute, to: EpochMinute): Timeline {
    return this.#with(`staff:${id}`, this.#busy.staff(id, from, to));
  }
  resource(id: string, from: EpochMinute, to: EpochMinute): Timeline {
    return this.#with(`resource:${id}`, this.#busy.resource(id, from, to));
  }
  #with(key: string, timeline: Timeline): Timeline {
    const added = this.#added.get(key);
    if (added === undefined) return timeline;
    const rows = [
      ...timeline.from.map((from, i) => ({
        from,
        to: timeline.to[i] as number,
        units: timeline.units[i] as number,
        share: timeline.share[i] ?? null,
        owner: timeline.owner[i] as string,
        expires: timeline.expires[i] as number,
      })),
      // Nobody's yet: no owner that a request leaves out.
      ...added.map(({ from, to, units, share }) => ({
        from,
        to,
        units,
        share,
        owner: '',
        expires: Number.POSITIVE_INFINITY,
      })),
    ].sort((a, b) => a.from - b.from);
    const made: Timeline = { from: [], to: [], units: [], share: [], owner: [], expires: [] };
    for (const row of rows) {
      made.from.push(row.from);
      made.to.push(row.to);
      made.units.push(row.units);
      made.share.push(row.share);
      made.owner.push(row.owner);
      made.expires.push(row.expires);
    }
    return made;
  }
}

/**
 * The visits of a party that begins at a start, or null. @param plans one a person, in order: all alike, or each pinned to whom it was
 * promised; @param starts the promised starts; without them the mode decides
 */
export function partyWay(
  plans: readonly Plan[],
  busy: Busy,
  start: EpochMinute,
  conditions: Pick<SlotConditions, 'nowMs' | 'exclude' | 'preference' | 'preferredStaffId'>,
  mode: { inTurn: boolean; starts?: readonly EpochMinute[] },
): PartyWay | null {
  const beside = new Beside(busy);
  const visits: PartyWay['visits'] = [];
  for (const [i, plan] of plans.entries()) {
    const earliest: EpochMinute = mode.starts?.[i] ?? (mode.inTurn ? (visits.at(-1)?.assignment.end ?? start) : start);
    const day = dayAt(earliest, plan.branch.body.timeZone);
    const range = { fromDay: day, untilDay: day, nowMs: conditions.nowMs, exclude: conditions.exclude };
    const search = new Search(plan, beside, range);
    const waits = mode.starts === undefined && mode.inTurn && i > 0;
    const at = waits ? firstFrom(search.starts, earliest) : earliest;
    if (at === null || at > earliest + MAX_TURN_WAIT_MINUTES) return null;
    const assignment = search.assignmentAt(at, rankOf(search, conditions.preference, conditions.preferredStaffId));
    if (!assignment) return null;
    beside.take(occupationsOf(plan, assignment));
    visits.push({ plan, assignment });
  }
  return { visits, inTurn: mode.inTurn };
}

/** A party's way as the outside sees it: the first visit, and beside it the others'. */
function partySlot({ visits }: PartyWay): Slot | null {
  const [first, ...others] = visits.map(({ plan, assignment }) => slotOf(plan, assignment));
  return first === undefined ? null : { ...first, party: others };
}

const alike = (plan: Plan): Plan[] => Array.from({ length: plan.visits }, () => plan);

/** Exactly this start: at the same time, else one after the other. */
export function partyAt(plan: Plan, busy: Busy, start: EpochMinute, conditions: SlotConditions): Slot | null {
  for (const inTurn of [false, true]) {
    const way = partyWay(alike(plan), busy, start, conditions, { inTurn });
    const slot = way && partySlot(way);
    if (slot) return slot;
  }
  return null;
}

/** Starts of a search at which a whole party can be served at the same time; where there is none, those one after the other. */
export function partySlots(search: Search, busy: Busy, conditions: SlotConditions, limit: number): Slot[] {
  const { plan } = search;
  const starts = allowedStarts(search, conditions);
  for (const inTurn of [false, true]) {
    const able = inTurn ? starts : starts.filter((start) => (search.peopleAt(start) ?? plan.visits) >= plan.visits);
    const found: Slot[] = [];
    for (const start of spreadOver(able)) {
      if (found.length >= Math.min(limit, MAX_PARTY_SLOTS)) break;
      const way = partyWay(alike(plan), busy, start, conditions, { inTurn });
      const slot = way && partySlot(way);
      if (slot) found.push(slot);
    }
    if (found.length > 0) return found.sort((a, b) => a.startsAt - b.startsAt);
  }
  return [];
}

/** At most MAX_TRIES starts, evenly over all of them. */
function spreadOver(starts: readonly EpochMinute[]): EpochMinute[] {
  if (starts.length <= MAX_TRIES) return [...starts];
  const stride = starts.length / MAX_TRIES;
  return Array.from({ length: MAX_TRIES }, (_, i) => starts[Math.floor(i * stride)] as number);
}

/** The next starts for a party after a minute, one a day. */
export function nextForParty(plan: Plan, busy: Busy, after: EpochMinute, conditions: SlotConditions): Slot[] {
  const zone = plan.branch.body.timeZone;
  const firstDay = dayAt(Math.max(after, conditions.bounds.earliest), zone);
  const lastDay = Math.min(firstDay + HORIZON_DAYS, conditions.bounds.latestDay);
  const made: Slot[] = [];
  for (let day = firstDay; day <= lastDay && made.length < ALTERNATIVES; day += STRIDE_DAYS) {
    const untilDay = Math.min(day + STRIDE_DAYS - 1, lastDay);
    const range = { fromDay: day, untilDay, nowMs: conditions.nowMs, exclude: conditions.exclude };
    const found = partySlots(new Search(plan, busy, range), busy, conditions, MAX_PARTY_SLOTS).filter(
      (slot) => slot.startsAt / MINUTE > after,
    );
    for (const slot of found) {
      const own = clockAt(plan, slot.startsAt / MINUTE).day;
      if (made.length < ALTERNATIVES && !made.some((one) => clockAt(plan, one.startsAt / MINUTE).day === own))
        made.push(slot);
    }
    for (const slot of found) if (made.length < ALTERNATIVES && !made.includes(slot)) made.push(slot);
  }
  return made.sort((a, b) => a.startsAt - b.startsAt);
}
