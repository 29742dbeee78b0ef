/**
 * The engine: every free start of a plan, and the way it would be served. One search for single, group and composite services and
 * for several services in one visit. Pure integer arithmetic on epoch minutes; used by availability, hold, book and reschedule alike,
 * so that what is offered can be booked.
 *
 * A start t serves a plan when each active segment lies in working hours of its person and neither it nor the buffers of its service
 * touch what that person has; passive segments and waiting leave the person free but keep the customer on the premises and the
 * block's resources taken. Waiting is the least that the start allows: the next service follows at once, unless its person or its
 * resources served the one before; then both buffers pass first.
 */
import type { EpochMinute, Instant } from '../../../shared/clock.ts';
import type { SegmentKind } from '../../../shared/appointment-status.ts';
import {
  clockAt,
  clockPieces,
  dateText,
  daySpan,
  instantOf,
  presenceMinutes,
  resourceMinutes,
  workingMinutes,
} from './hours.ts';
import {
  covers,
  EMPTY,
  firstFrom,
  holds,
  indexHolding,
  intersect,
  type Minutes,
  push,
  reachBack,
  startsWithin,
  subtract,
  union,
} from './intervals.ts';
import type { Option, Plan, PlanBlock, PlanSegment } from './plan.ts';
import type { SlotPreference } from '../../../shared/appointment-status.ts';
import { MAX_APPOINTMENT_MINUTES } from '../../../shared/calendar-limits.ts';
import type { Slot } from '../rows.ts';
import type { ResourceUse, SegmentRow } from '../../events/calendar.ts';
import { timeOfMinutes } from '../../../shared/time.ts';

/** What one person or resource has, sorted by `from`: parallel arrays, epoch minutes, half open, buffers included. No row is longer than MAX_APPOINTMENT_MINUTES. */
export interface Timeline {
  from: number[];
  to: number[];
  units: number[];
  /** rows of one group session share a key and one place */
  share: (string | null)[];
  /** appointment id, lock token or external calendar */
  owner: string[];
  /** epoch ms from which the row no longer counts (holds); Infinity for ever */
  expires: number[];
}
export const NO_TIMELINE: Timeline = { from: [], to: [], units: [], share: [], owner: [], expires: [] };
/** Rows that may touch [from, to) epoch minutes; a source may answer more. */
export interface Busy {
  staff(id: string, from: EpochMinute, to: EpochMinute): Timeline;
  resource(id: string, from: EpochMinute, to: EpochMinute): Timeline;
}

interface SearchRange {
  /** epoch days of the branch's calendar in which a visit may start, inclusive */
  fromDay: number;
  untilDay: number;
  /** request clock, epoch ms: expired holds don't count */
  nowMs: Instant;
  /** owners whose rows do not stand in the way: the caller's own hold, the appointment being moved */
  exclude: readonly string[];
}

/** How a start is served. Epoch minutes. */
export interface Assignment {
  start: EpochMinute;
  end: EpochMinute;
  staffId: string;
  segments: {
    segmentId: string | null;
    serviceId: string;
    kind: SegmentKind;
    from: EpochMinute;
    to: EpochMinute;
    staffId: string | null;
    resources: readonly ResourceUse[];
    /** minutes that the person keeps free around it; absent: none */
    before?: number;
    after?: number;
  }[];
  /** per block: taken from its start to its end, and for the buffers around it */
  blocks: {
    from: EpochMinute;
    to: EpochMinute;
    resources: readonly ResourceUse[];
    before?: number;
    after?: number;
  }[];
  priceCents: number;
  share: string | null;
}

interface Variant {
  block: PlanBlock;
  /** the one person of all active segments, or null when each segment has its own */
  option: Option | null;
  resources: readonly ResourceUse[];
  /** starts of each segment from which the rest can be served */
  reach: Minutes[];
  /** the same per option of an active segment */
  byOption: Minutes[][];
}
interface Join {
  start: EpochMinute;
  option: Option;
  resources: readonly ResourceUse[];
  share: string;
}

type Served = Pick<Variant, 'block' | 'option' | 'resources'>;

/** Minutes that the person of a segment keeps free around it: the service's own buffers, at its first and last active segment. */
function buffersOf(block: PlanBlock, i: number): { before: number; after: number } {
  const isActive = (s: PlanSegment): boolean => s.kind === 'active';
  return {
    before: i === block.segments.findIndex(isActive) ? block.before : 0,
    after: i === block.segments.findLastIndex(isActive) ? block.after : 0,
  };
}

/** Least minutes between two services of a visit: both buffers where one person or resource may serve both, else none of them. */
function gapBetween(first: Served, second: Served): number {
  const { wait, gap } = second.block;
  if (gap !== undefined) return gap;
  const apart = first.block.after + second.block.before;
  return apart > wait && haveInCommon(first, second) ? apart : wait;
}

function haveInCommon(first: Served, second: Served): boolean {
  // Parts of a service that several people may do: who does which is chosen later.
  if (first.option === null || second.option === null) return true;
  if (first.option.person.id === second.option.person.id) return true;
  const taken = resourcesTaken(first);
  return taken.size > 0 && [...resourcesTaken(second)].some((id) => taken.has(id));
}

const resourcesTaken = ({ block, resources }: Served): Set<string> =>
  new Set([...resources, ...block.segments.flatMap((s) => s.choices.flat())].map((use) => use.resourceId));

/** The session of a group service that a start belongs to. */
export const shareKey = (serviceId: string, staffId: string, start: EpochMinute, duration: number): string =>
  `${serviceId}|${staffId}|${start}|${duration}`;

const lowerBound = (sorted: readonly number[], value: number): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The free starts of a plan in a range of days. */
export class Search {
  readonly plan: Plan;
  readonly range: SearchRange;
  /** first minute of the searched days */
  get firstMinute(): number {
    return this.#span.from;
  }
  /** every start that can be served */
  readonly starts: Minutes;
  readonly #busy: Busy;
  readonly #span: { from: EpochMinute; to: EpochMinute };
  readonly #presence: Minutes;
  /** longest buffer before a service: how far before its first minute a visit may reach */
  readonly #before: number;
  readonly #variants: Variant[][] = [];
  readonly #joins: Join[] = [];
  readonly #unions = new Map<readonly Variant[], Minutes>();
  readonly #working = new Map<string, Minutes>();
  readonly #taken = new Map<string, Minutes>();
  readonly #free = new Map<string, Minutes>();

  constructor(plan: Plan, busy: Busy, range: SearchRange) {
    this.plan = plan;
    this.range = range;
    this.#busy = busy;
    this.#span = daySpan(plan.schedule, plan.branch, range.fromDay, range.untilDay);
    this.#before = plan.blocks.reduce((most, block) => Math.max(most, block.before), 0);
    const single = plan.blocks.length === 1 && plan.blocks[0]?.segments.length === 1;
    this.#presence = single ? EMPTY : presenceMinutes(plan.schedule, plan.branch, range.fromDay, range.untilDay + 1);
    for (let b = plan.blocks.length - 1; b >= 0; b--) {
      const block = plan.blocks[b] as PlanBlock;
      this.#variants[b] = single ? this.#single(block) : this.#chain(block, this.#variants[b + 1] ?? null);
    }
    let starts = this.#startsOf(this.#variants[0] ?? []);
    if (single && plan.maxPerSlot > 1) {
      this.#findSessions(plan.blocks[0] as PlanBlock);
      for (const join of this.#joins) starts = union(starts, [join.start, join.start + 1]);
    }
    this.starts = intersect(starts, [this.#span.from, this.#span.to]);
  }

  // ---- sets -------------------------------------------------------------------------------------------------------

  #workingOf(option: Option): Minutes {
    const known = this.#working.get(option.person.id);
    if (known) return known;
    const made = workingMinutes(
      this.plan.schedule,
      this.plan.branch,
      option.person,
      this.range.fromDay,
      this.range.untilDay + 1,
    );
    this.#working.set(option.person.id, made);
    return made;
  }

  // A visit that starts in the searched days lies, with both buffers, between these: planOf lets none be longer than the maximum.
  #staffRows(id: string): Timeline {
    return this.#busy.staff(id, this.#span.from - this.#before, this.#span.to + MAX_APPOINTMENT_MINUTES);
  }
  #resourceRows(id: string): Timeline {
    return this.#busy.resource(id, this.#span.from - this.#before, this.#span.to + MAX_APPOINTMENT_MINUTES);
  }

  /** Rows of a timeline that may touch the searched days. */
  #rows(timeline: Timeline): { first: number; end: number } {
    return {
      first: lowerBound(timeline.from, this.#span.from - 2 * MAX_APPOINTMENT_MINUTES),
      end: lowerBound(timeline.from, this.#span.to + 2 * MAX_APPOINTMENT_MINUTES),
    };
  }

  #counts(timeline: Timeline, row: number): boolean {
    if ((timeline.expires[row] as number) <= this.range.nowMs) return false;
    return this.range.exclude.length === 0 || !this.range.exclude.includes(timeline.owner[row] as string);
  }

  /** Minutes a person is taken, widened by `after` to the left and `before` to the right: what a visit with buffers must not touch. */
  #takenBy(staffId: string, before: number, after: number): Minutes {
    const key = `${staffId}|${before}|${after}`;
    const known = this.#taken.get(key);
    if (known) return known;
    const timeline = this.#staffRows(staffId);
    const { first, end } = this.#rows(timeline);
    const made: number[] = [];
    for (let i = first; i < end; i++) {
      if (this.#counts(timeline, i))
        push(made, (timeline.from[i] as number) - after, (timeline.to[i] as number) + before);
    }
    this.#taken.set(key, made);
    return made;
  }

  /** Minutes in which a segment of this person, with these buffers around it, may lie. */
  #freeOf(option: Option, before: number, after: number): Minutes {
    const key = `${option.person.id}|${before}|${after}`;
    const known = this.#free.get(key);
    if (known) return known;
    const made = subtract(this.#workingOf(option), this.#takenBy(option.person.id, before, after));
    this.#free.set(key, made);
    return made;
  }

  /** Minutes in which a use of a resource may lie. */
  #resourceFree(use: ResourceUse, before: number, after: number): Minutes {
    const key = `r|${use.resourceId}|${use.units}|${before}|${after}`;
    const known = this.#free.get(key);
    if (known) return known;
    const resource = this.plan.schedule.resources.get(use.resourceId);
    let made: Minutes = EMPTY;
    if (resource) {
      const usable = resourceMinutes(
        this.plan.schedule,
        this.plan.branch,
        resource,
        this.range.fromDay,
        this.range.untilDay + 1,
      );
      const timeline = this.#resourceRows(use.resourceId);
      const { first, end } = this.#rows(timeline);
      const full = overused(timeline, first, end, resource.body.capacity - use.units, (row) =>
        this.#counts(timeline, row),
      );
      const widened: number[] = [];
      for (let i = 0; i < full.length; i += 2)
        push(widened, (full[i] as number) - after, (full[i + 1] as number) + before);
      made = subtract(usable, widened);
    }
    this.#free.set(key, made);
    return made;
  }

  /** Minutes in which all uses are free together; null when nothing is needed. */
  #allFree(uses: readonly ResourceUse[], before: number, after: number): Minutes | null {
    let made: Minutes | null = null;
    for (const use of uses) {
      const free = this.#resourceFree(use, before, after);
      made = made === null ? free : intersect(made, free);
    }
    return made;
  }

  // ---- single services: the fast way ------------------------------------------------------------------------------

  #single(block: PlanBlock): Variant[] {
    const { before, after } = this.plan;
    const segment = block.segments[0] as PlanSegment;
    const ways = block.choices.map((resources) => ({ resources, free: this.#allFree(resources, before, after) }));
    const variants: Variant[] = [];
    for (const option of segment.options) {
      const own = startsWithin(this.#freeOf(option, before, after), option.duration);
      for (const { resources, free } of ways) {
        const starts = free === null ? own : intersect(own, startsWithin(free, option.duration));
        if (starts.length > 0) variants.push({ block, option, resources, reach: [starts], byOption: [[]] });
      }
    }
    return variants;
  }

  /** Sessions of a group service with free places: their start may be booked although the person is taken by them. */
  #findSessions(block: PlanBlock): void {
    const { before, after, partySize, maxPerSlot } = this.plan;
    for (const option of (block.segments[0] as PlanSegment).options) {
      const timeline = this.#staffRows(option.person.id);
      const { first, end } = this.#rows(timeline);
      const sessions = new Map<string, { from: number; to: number; taken: number }>();
      for (let i = first; i < end; i++) {
        const share = timeline.share[i];
        if (
          share === null ||
          share === undefined ||
          !this.#counts(timeline, i) ||
          !share.startsWith(`${block.service.id}|`)
        )
          continue;
        const session = sessions.get(share) ?? {
          from: timeline.from[i] as number,
          to: timeline.to[i] as number,
          taken: 0,
        };
        session.taken += timeline.units[i] as number;
        sessions.set(share, session);
      }
      for (const [share, session] of sessions) {
        const start = session.from + before;
        if (share !== shareKey(block.service.id, option.person.id, start, option.duration)) continue;
        if (session.taken + partySize > maxPerSlot || !covers(this.#workingOf(option), start, start + option.duration))
          continue;
        let free = true;
        for (let i = first; i < end && free; i++) {
          if (timeline.share[i] === share || !this.#counts(timeline, i)) continue;
          if (
            (timeline.from[i] as number) < start + option.duration + after &&
            (timeline.to[i] as number) > start - before
          )
            free = false;
        }
        if (free) this.#joins.push({ start, option, share, resources: this.#resourcesOfSession(block, share) });
      }
    }
  }

  #resourcesOfSession(block: PlanBlock, share: string): ResourceUse[] {
    const ids = new Set(block.choices.flatMap((choice) => choice.map((use) => use.resourceId)));
    const made: ResourceUse[] = [];
    for (const resourceId of ids) {
      const timeline = this.#resourceRows(resourceId);
      const row = timeline.share.indexOf(share);
      if (row >= 0) made.push({ resourceId, units: timeline.units[row] as number });
    }
    return made;
  }

  // ---- chains: composite services, several services -----------------------------------------------------------------

  /** Backwards through the block: from which starts of each segment can the rest be served, for every person and choice of resources. */
  #chain(block: PlanBlock, next: readonly Variant[] | null): Variant[] {
    const people: (Option | null)[] = block.sameStaff ? this.#commonPeople(block) : [null];
    const variants: Variant[] = [];
    for (const resources of block.choices) {
      const free = this.#allFree(resources, block.before, block.after);
      const runs = free === null ? this.#presence : intersect(this.#presence, free);
      if (runs.length === 0) continue;
      for (const person of people) {
        const served = { block, option: person, resources };
        const reach: Minutes[] = [];
        const byOption: Minutes[][] = [];
        for (let i = block.segments.length - 1; i >= 0; i--) {
          const segment = block.segments[i] as PlanSegment;
          const after = block.segments[i + 1];
          const later = reach[i + 1];
          const reachable = (duration: number): Minutes => {
            let set: Minutes;
            if (after && later) set = reachBack(later, duration + after.gapMin, duration + after.gapMax, runs);
            else {
              set = startsWithin(runs, duration);
              if (next !== null) set = intersect(set, this.#followed(served, next, duration));
            }
            if (segment.choices.length === 1 && segment.choices[0]?.length === 0) return set;
            let own: Minutes = EMPTY;
            for (const uses of segment.choices)
              own = union(own, startsWithin(this.#allFree(uses, 0, 0) ?? this.#presence, duration));
            return intersect(set, own);
          };
          if (segment.kind === 'passive') {
            reach[i] = reachable(segment.duration);
            byOption[i] = [];
          } else {
            const buffers = buffersOf(block, i);
            byOption[i] = segment.options.map((option) =>
              person !== null && option.person.id !== person.person.id
                ? EMPTY
                : intersect(
                    startsWithin(this.#freeOf(option, buffers.before, buffers.after), option.duration),
                    reachable(option.duration),
                  ),
            );
            reach[i] = byOption[i]?.reduce((sum, set) => union(sum, set), EMPTY) ?? EMPTY;
          }
          if (reach[i]?.length === 0) break;
        }
        if ((reach[0]?.length ?? 0) > 0) variants.push({ block, option: person, resources, reach, byOption });
      }
    }
    return variants;
  }

  /** Starts of a block's last segment after which the next service can be served, by whom and when its buffers allow. */
  #followed(served: Served, next: readonly Variant[], duration: number): Minutes {
    const second = next[0]?.block;
    if (second === undefined) return EMPTY;
    // Without buffers between them it is the same for everybody.
    const same = second.gap !== undefined || served.block.after + second.before <= second.wait;
    const byGap = same ? new Map([[second.gap ?? second.wait, this.#startsOf(next)]]) : new Map<number, Minutes>();
    for (const variant of same ? [] : next) {
      const gap = gapBetween(served, variant);
      byGap.set(gap, union(byGap.get(gap) ?? EMPTY, variant.reach[0] ?? EMPTY));
    }
    let made: Minutes = EMPTY;
    for (const [gap, starts] of byGap)
      made = union(made, reachBack(starts, duration + gap, duration + gap, this.#presence));
    return made;
  }

  #startsOf(variants: readonly Variant[]): Minutes {
    const known = this.#unions.get(variants);
    if (known) return known;
    let made: Minutes = EMPTY;
    for (const variant of variants) made = union(made, variant.reach[0] ?? EMPTY);
    this.#unions.set(variants, made);
    return made;
  }

  /** Who may do every active segment of a block that one person does alone. */
  #commonPeople(block: PlanBlock): Option[] {
    const active = block.segments.filter((s) => s.kind === 'active');
    const first = active[0];
    if (!first) return [];
    return first.options.filter((o) => active.every((s) => s.options.some((other) => other.person.id === o.person.id)));
  }

  // ---- answers ----------------------------------------------------------------------------------------------------

  /** Starts to offer: on the grid of the branch's clock; a stretch of free starts too short to hold one offers its first. */
  offered(): number[] {
    const { plan, range, starts } = this;
    const pieces: { from: number; to: number; midnight: number }[] = [];
    for (let day = range.fromDay; day <= range.untilDay; day++) {
      for (const { from, to, offset } of clockPieces(plan.schedule, plan.branch, day))
        pieces.push({ from, to, midnight: day * 1440 - offset });
    }
    const made: number[] = [];
    let first = 0;
    for (let run = 0; run < starts.length; run += 2) {
      const from = starts[run] as number;
      const to = starts[run + 1] as number;
      const before = made.length;
      while (first < pieces.length && (pieces[first] as { to: number }).to <= from) first++;
      for (let p = first; p < pieces.length; p++) {
        const piece = pieces[p] as { from: number; to: number; midnight: number };
        if (piece.from >= to) break;
        const end = Math.min(to, piece.to);
        let point = piece.midnight + Math.ceil((Math.max(from, piece.from) - piece.midnight) / plan.step) * plan.step;
        for (; point < end; point += plan.step) made.push(point);
      }
      // A branch that was saved before the setting has none.
      if (made.length === before && plan.branch.body.fillShortGaps !== false) made.push(from);
    }
    return made;
  }

  /** How many people could serve a start each on their own; null where more than one person serves a visit. */
  peopleAt(start: EpochMinute): number | null {
    if (this.#variants.length !== 1) return null;
    const people = new Set<string>();
    for (const { option, reach } of this.#variants[0] ?? []) {
      if (option === null) return null;
      if (holds(reach[0] ?? EMPTY, start)) people.add(option.person.id);
    }
    return people.size;
  }

  /** How a start is served, or null when it can't. @param rank order between equal people, lower first */
  assignmentAt(start: EpochMinute, rank: (staffId: string) => number): Assignment | null {
    if (!holds(this.starts, start)) return null;
    const join = this.#bestJoin(start, rank);
    if (join) return this.#assignmentOfJoin(join);
    const assignment: Assignment = {
      start,
      end: start,
      staffId: '',
      segments: [],
      blocks: [],
      priceCents: 0,
      share: null,
    };
    let previous: Variant | null = null;
    for (const variants of this.#variants) {
      const variant: Variant | null = this.#bestVariant(variants, previous, assignment, rank);
      if (!variant) return null;
      const from: EpochMinute = assignment.end + (previous === null ? 0 : gapBetween(previous, variant));
      assignment.end = this.#serve(variant, from, rank, assignment);
      const { before, after } = variant.block;
      assignment.blocks.push({ from, to: assignment.end, resources: variant.resources, before, after });
      previous = variant;
    }
    const only = assignment.segments[0];
    if (this.plan.maxPerSlot > 1 && only)
      assignment.share = shareKey(only.serviceId, assignment.staffId, start, assignment.end - start);
    assignment.priceCents *= this.plan.partySize;
    return assignment;
  }

  /** Least waiting after what is assigned, then who served before, then the preference. */
  #bestVariant(
    variants: readonly Variant[],
    previous: Variant | null,
    assignment: Assignment,
    rank: (staffId: string) => number,
  ): Variant | null {
    let best: Variant | null = null;
    let bestGap = Number.POSITIVE_INFINITY;
    let bestRank = Number.POSITIVE_INFINITY;
    for (const variant of variants) {
      const gap = previous === null ? 0 : gapBetween(previous, variant);
      if (!holds(variant.reach[0] ?? EMPTY, assignment.end + gap)) continue;
      const id = variant.option?.person.id;
      const own = id === undefined ? 0 : id === assignment.staffId ? Number.NEGATIVE_INFINITY : rank(id);
      if (best === null || gap < bestGap || (gap === bestGap && own < bestRank)) {
        best = variant;
        bestGap = gap;
        bestRank = own;
      }
    }
    return best;
  }

  #serve(variant: Variant, start: EpochMinute, rank: (staffId: string) => number, assignment: Assignment): number {
    let at = start;
    let priced = false;
    let previous = assignment.staffId;
    for (const [i, segment] of variant.block.segments.entries()) {
      if (i > 0) at = firstFrom(variant.reach[i] ?? EMPTY, at + segment.gapMin) ?? at;
      let option: Option | null = null;
      if (segment.kind === 'active') {
        if (variant.option)
          option = segment.options.find((o) => o.person.id === variant.option?.person.id) ?? variant.option;
        else {
          let bestRank = Number.POSITIVE_INFINITY;
          for (const [o, candidate] of segment.options.entries()) {
            if (!holds(variant.byOption[i]?.[o] ?? EMPTY, at)) continue;
            const own = candidate.person.id === previous ? Number.NEGATIVE_INFINITY : rank(candidate.person.id);
            if (option === null || own < bestRank) {
              option = candidate;
              bestRank = own;
            }
          }
        }
      }
      const duration = option?.duration ?? segment.duration;
      if (option) {
        previous = option.person.id;
        if (assignment.staffId === '') assignment.staffId = option.person.id;
        if (!priced) assignment.priceCents += option.priceCents;
        priced = true;
      }
      const resources = segment.choices.find((uses) => {
        const free = this.#allFree(uses, 0, 0);
        return free === null || covers(free, at, at + duration);
      });
      assignment.segments.push({
        segmentId: segment.segmentId,
        serviceId: segment.serviceId,
        kind: segment.kind,
        from: at,
        to: at + duration,
        staffId: option?.person.id ?? null,
        resources: resources ?? [],
        ...buffersOf(variant.block, i),
      });
      at += duration;
    }
    return at;
  }

  /** Filling a session that has begun to fill comes before opening another. */
  #bestJoin(start: EpochMinute, rank: (staffId: string) => number): Join | null {
    let best: Join | null = null;
    for (const join of this.#joins) {
      if (join.start === start && (best === null || rank(join.option.person.id) < rank(best.option.person.id)))
        best = join;
    }
    return best;
  }

  #assignmentOfJoin(join: Join): Assignment {
    const { option, start } = join;
    const end = start + option.duration;
    const segment = this.plan.blocks[0]?.segments[0] as PlanSegment;
    return {
      start,
      end,
      staffId: option.person.id,
      segments: [
        {
          segmentId: null,
          serviceId: segment.serviceId,
          kind: 'active',
          from: start,
          to: end,
          staffId: option.person.id,
          resources: [],
          before: this.plan.before,
          after: this.plan.after,
        },
      ],
      blocks: [{ from: start, to: end, resources: join.resources, before: this.plan.before, after: this.plan.after }],
      priceCents: option.priceCents * this.plan.partySize,
      share: join.share,
    };
  }

  /** Booked minutes of a person in the searched days: the fairness rule. */
  loadOf(staffId: string): number {
    const timeline = this.#staffRows(staffId);
    let sum = 0;
    for (
      let i = lowerBound(timeline.from, this.#span.from);
      i < timeline.from.length && (timeline.from[i] as number) < this.#span.to;
      i++
    ) {
      if (this.#counts(timeline, i)) sum += (timeline.to[i] as number) - (timeline.from[i] as number);
    }
    return sum;
  }

  /** Broken time a way leaves its first person: minutes too short for another visit of this length, and a mark for each new gap. */
  fragmentation(assignment: Assignment): number {
    const option = this.plan.blocks[0]?.segments
      .flatMap((s) => s.options)
      .find((o) => o.person.id === assignment.staffId);
    if (!option) return 0;
    const { before, after } = this.plan;
    const free = this.#freeOf(option, 0, 0);
    const at = indexHolding(free, assignment.start);
    if (at < 0) return 0;
    const length = assignment.end - assignment.start;
    const broken = (rest: number): number => (rest <= 0 ? 0 : 1_000 + (rest < length ? rest : 0));
    return (
      broken(assignment.start - before - (free[at] as number)) +
      broken((free[at + 1] as number) - assignment.end - after)
    );
  }
}

/** Minutes in which more than `spare` units are in use: nothing further fits. Rows of one group session count once. */
export function overused(
  timeline: Timeline,
  first: number,
  end: number,
  spare: number,
  counts: (row: number) => boolean,
): number[] {
  if (spare < 0) return [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  const edges: [number, number][] = [];
  const sessions = new Set<string>();
  for (let i = first; i < end; i++) {
    if (!counts(i)) continue;
    const share = timeline.share[i] ?? null;
    if (share !== null) {
      if (sessions.has(share)) continue;
      sessions.add(share);
    }
    edges.push(
      [timeline.from[i] as number, timeline.units[i] as number],
      [timeline.to[i] as number, -(timeline.units[i] as number)],
    );
  }
  edges.sort((a, b) => a[0] - b[0]);
  const made: number[] = [];
  let used = 0;
  let over: number | null = null;
  for (let i = 0; i < edges.length; ) {
    const at = (edges[i] as [number, number])[0];
    while (i < edges.length && (edges[i] as [number, number])[0] === at) used += (edges[i++] as [number, number])[1];
    if (used > spare && over === null) over = at;
    else if (used <= spare && over !== null) {
      push(made, over, at);
      over = null;
    }
  }
  return made;
}

/** Who gets a start that several could take, by the asked preference; lower first. */
export function rankOf(
  search: Search,
  preference: SlotPreference,
  preferredStaffId: string | null,
): (staffId: string) => number {
  const people: string[] = [];
  for (const block of search.plan.blocks) {
    for (const segment of block.segments) {
      for (const option of segment.options) if (!people.includes(option.person.id)) people.push(option.person.id);
    }
  }
  const order = new Map(people.map((id, i) => [id, i]));
  if (preference !== 'earliest' && people.length > 1) {
    const loads = new Map(people.map((id) => [id, search.loadOf(id)]));
    people.sort((a, b) => (loads.get(a) ?? 0) - (loads.get(b) ?? 0) || (order.get(a) ?? 0) - (order.get(b) ?? 0));
    people.forEach((id, i) => {
      order.set(id, i);
    });
  }
  return (id) => (id === preferredStaffId ? -1 : (order.get(id) ?? people.length));
}

/** A way as the outside sees it. */
export function slotOf(plan: Plan, assignment: Assignment): Slot {
  const services = plan.blocks.map((b) => b.service);
  const start = clockAt(plan, assignment.start);
  return {
    startsAt: instantOf(assignment.start),
    endsAt: instantOf(assignment.end),
    date: dateText(plan, start.day),
    time: timeOfMinutes(start.minute),
    endTime: timeOfMinutes(clockAt(plan, assignment.end).minute),
    branchId: plan.branch.id,
    staffId: assignment.staffId,
    staffName: plan.schedule.staff.get(assignment.staffId)?.name ?? '',
    serviceId: services[0]?.id ?? '',
    moreServiceIds: services.slice(1).map((s) => s.id),
    durationMinutes: assignment.end - assignment.start,
    customMinutes: plan.customMinutes,
    partySize: plan.partySize,
    priceCents: assignment.priceCents,
    currency: services[0]?.body.currency ?? '',
    resources: assignment.blocks.flatMap((b) => b.resources),
    segments: segmentRows(assignment),
  };
}

/** The parts of a way as an appointment keeps them: instants, and lists of its own. */
export const segmentRows = (assignment: Assignment): SegmentRow[] =>
  assignment.segments.map((s) => ({
    segmentId: s.segmentId,
    serviceId: s.serviceId,
    kind: s.kind,
    startsAt: instantOf(s.from),
    endsAt: instantOf(s.to),
    staffId: s.staffId,
    resources: [...s.resources],
  }));

/** What a way occupies: one row per active segment's person and per use of a resource, buffers included. */
export interface Occupation {
  kind: 'staff' | 'resource';
  id: string;
  from: EpochMinute;
  to: EpochMinute;
  units: number;
  share: string | null;
  capacity: number;
}
export function occupationsOf(plan: Pick<Plan, 'schedule' | 'partySize'>, assignment: Assignment): Occupation[] {
  const made: Occupation[] = [];
  const capacity = (id: string): number => plan.schedule.resources.get(id)?.body.capacity ?? 1;
  assignment.segments.forEach((s) => {
    if (s.staffId !== null) {
      made.push({
        kind: 'staff',
        id: s.staffId,
        from: s.from - (s.before ?? 0),
        to: s.to + (s.after ?? 0),
        units: plan.partySize,
        share: assignment.share,
        capacity: 1,
      });
    }
    for (const use of s.resources) {
      made.push({
        kind: 'resource',
        id: use.resourceId,
        from: s.from,
        to: s.to,
        units: use.units,
        share: null,
        capacity: capacity(use.resourceId),
      });
    }
  });
  assignment.blocks.forEach((block) => {
    for (const use of block.resources) {
      made.push({
        kind: 'resource',
        id: use.resourceId,
        from: block.from - (block.before ?? 0),
        to: block.to + (block.after ?? 0),
        units: use.units,
        share: assignment.share,
        capacity: capacity(use.resourceId),
      });
    }
  });
  return made;
}
