/**
 * What to offer instead: the next free slots after the requested time, spread over days, the nearest on the same day, and why that time itself
 * is not free. Called by check.ts and by every refusal of slot-decision.ts.
 */
import type { EpochMinute, Instant } from '../../../shared/clock.ts';
import type { UnavailableReason } from '../../../shared/errors.ts';
import { MINUTE, minutesOf, toIso } from '../../../shared/time.ts';
import type { Alternative } from '../../../shared/errors.ts';
import { type Busy, NO_TIMELINE, rankOf, Search, slotOf } from './availability.ts';
import { clockAt, dayAt, daySpan, openMinutes, presenceMinutes, workingMinutes } from './hours.ts';
import { holds, intersect, type Minutes, push } from './intervals.ts';
import type { Plan } from './plan.ts';
import type { SlotPreference } from '../../../shared/appointment-status.ts';
import { ALTERNATIVES } from '../bounds.ts';
import type { Slot } from '../rows.ts';

/** How far ahead alternatives are looked for, and in which strides (a stride is one search). */
const ALTERNATIVE_HORIZON_DAYS = 56;
const STRIDE_DAYS = 7;

/** First and last start that notice rules allow: epoch minute, epoch day of the branch. */
export interface Bounds {
  earliest: EpochMinute;
  latestDay: number;
}

export interface SlotConditions {
  nowMs: Instant;
  exclude: readonly string[];
  preference: SlotPreference;
  preferredStaffId: string | null;
  bounds: Bounds;
  /** time of day to keep to, minutes of the branch's clock, half open */
  hours: { from: number; to: number } | null;
}

const clockMinute = (plan: Plan, minute: EpochMinute): number => clockAt(plan, minute).minute;

/** Offered starts of a search that the bounds and the time of day allow. */
export function allowedStarts(search: Search, conditions: SlotConditions): number[] {
  const zone = search.plan.branch.body.timeZone;
  const { earliest, latestDay } = conditions.bounds;
  const lateOnes = search.range.untilDay > latestDay;
  return search.offered().filter((start) => {
    if (start < earliest || (lateOnes && dayAt(start, zone) > latestDay)) return false;
    if (conditions.hours === null) return true;
    const minute = clockMinute(search.plan, start);
    return minute >= conditions.hours.from && minute < conditions.hours.to;
  });
}

export function slotAt(
  search: Search,
  start: EpochMinute,
  conditions: SlotConditions,
  rank = rankOf(search, conditions.preference, conditions.preferredStaffId),
): Slot | null {
  const assignment = search.assignmentAt(start, rank);
  return assignment ? slotOf(search.plan, assignment) : null;
}

/**
 * The next free slots after a minute: the first one, then the next days' slots nearest to the asked time of day; where days lack,
 * further slots of the days there are.
 */
export function nextFree(plan: Plan, busy: Busy, after: number, conditions: SlotConditions): Slot[] {
  const zone = plan.branch.body.timeZone;
  const askedMinute = clockMinute(plan, after);
  const firstDay = dayAt(Math.max(after, conditions.bounds.earliest), zone);
  const lastDay = Math.min(firstDay + ALTERNATIVE_HORIZON_DAYS, conditions.bounds.latestDay);
  const days: { search: Search; starts: number[] }[] = [];
  for (let day = firstDay; day <= lastDay && days.length < ALTERNATIVES; day += STRIDE_DAYS) {
    const search = new Search(plan, busy, {
      fromDay: day,
      untilDay: Math.min(day + STRIDE_DAYS - 1, lastDay),
      nowMs: conditions.nowMs,
      exclude: conditions.exclude,
    });
    let current = -1;
    for (const start of allowedStarts(search, conditions)) {
      if (start <= after) continue;
      const own = dayAt(start, zone);
      const last = days[days.length - 1];
      if (own === current && last) last.starts.push(start);
      else {
        if (days.length === ALTERNATIVES) break;
        days.push({ search, starts: [start] });
        current = own;
      }
    }
  }
  const chosen: { search: Search; start: EpochMinute }[] = [];
  days.forEach(({ search, starts }, i) => {
    const nearest = starts.reduce((best, start) =>
      Math.abs(clockMinute(plan, start) - askedMinute) < Math.abs(clockMinute(plan, best) - askedMinute) ? start : best,
    );
    chosen.push({ search, start: i === 0 ? (starts[0] ?? nearest) : nearest });
  });
  for (const { search, starts } of days) {
    for (const start of starts) {
      if (chosen.length >= ALTERNATIVES) break;
      if (!chosen.some((one) => one.start === start)) chosen.push({ search, start });
    }
  }
  chosen.sort((a, b) => a.start - b.start);
  if (chosen.length === 0 && conditions.hours !== null)
    return nextFree(plan, busy, after, { ...conditions, hours: null });
  return chosen.flatMap(({ search, start }) => slotAt(search, start, conditions) ?? []);
}

const NOBODY: Busy = { staff: () => NO_TIMELINE, resource: () => NO_TIMELINE };

/** Why a time is not free, with what a sentence needs to be true. */
export interface Why {
  reason: UnavailableReason;
  /** beside `outside_notice`: on which side of what may be booked */
  outside?: 'past' | 'too_soon' | 'too_far' | undefined;
  /** beside `does_not_fit`: when the time that is there ends, epoch minute */
  until?: EpochMinute;
}

function outsideOf(plan: Plan, minute: EpochMinute, conditions: SlotConditions): NonNullable<Why['outside']> | null {
  const { earliest, latestDay } = conditions.bounds;
  if (minute < earliest) return minute < conditions.nowMs / MINUTE ? 'past' : 'too_soon';
  return dayAt(minute, plan.branch.body.timeZone) > latestDay ? 'too_far' : null;
}

/** Why a requested time is not free, in the order a person would say it. `start` null: nothing in these days. */
export function reasonFor(
  plan: Plan,
  days: { fromDay: number; untilDay: number },
  start: number | null,
  conditions: SlotConditions,
): Why {
  const people = plan.blocks.flatMap((b) => b.segments.flatMap((s) => s.options.map((o) => o.person)));
  const { schedule, branch } = plan;
  // Pinned to somebody who can't any more.
  if (people.length === 0) return { reason: 'away' };
  const hasHours = people.some((p) => p.hours.length > 0 || p.exceptions.some((e) => e.kind === 'extra_shift'));
  if (
    !hasHours ||
    (branch.hours.length === 0 && openMinutes(schedule, branch, days.fromDay, days.untilDay).length === 0)
  ) {
    if (!people.some((p) => workingMinutes(schedule, branch, p, days.fromDay, days.untilDay).length > 0))
      return { reason: 'not_configured' };
  }
  const empty = new Search(plan, NOBODY, { ...days, nowMs: conditions.nowMs, exclude: [] });
  if (start !== null) {
    const outside = outsideOf(plan, start, conditions);
    if (outside !== null) return { reason: 'outside_notice', outside };
    return holds(empty.starts, start) ? { reason: 'full' } : unservedAt(plan, start);
  }
  const span = daySpan(schedule, branch, days.fromDay, days.untilDay);
  const sides = [span.from, span.to - 1].map((minute) => outsideOf(plan, minute, conditions));
  // All of it lies on one side of what may be booked.
  if (sides[0] === 'too_far') return { reason: 'outside_notice', outside: 'too_far' };
  if (sides[1] === 'past' || sides[1] === 'too_soon') return { reason: 'outside_notice', outside: sides[1] };
  if (allowedStarts(empty, conditions).length > 0) return { reason: 'full' };
  const asked = clippedToHours(
    plan,
    intersect(presenceMinutes(schedule, branch, days.fromDay, days.untilDay), [span.from, span.to]),
    conditions.hours,
  );
  if (asked.length === 0) return { reason: 'closed' };
  const ahead = intersect(asked, [conditions.bounds.earliest, Number.MAX_SAFE_INTEGER]);
  if (ahead.length === 0) {
    const last = (asked.at(-1) as number) - 1;
    return { reason: 'outside_notice', outside: outsideOf(plan, last, conditions) ?? 'too_soon' };
  }
  const offered = empty.offered();
  const later = offered.filter((minute) => minute >= conditions.bounds.earliest);
  if (offered.length > 0 && later.length === 0) return { reason: 'outside_notice', outside: 'too_soon' };
  if (offered.length > 0 && later.every((minute) => outsideOf(plan, minute, conditions) === 'too_far'))
    return { reason: 'outside_notice', outside: 'too_far' };
  return reasonIn(plan, ahead);
}

/** Nothing is taken, yet a start can't be served. */
function unservedAt(plan: Plan, start: EpochMinute): Why {
  const { schedule, branch } = plan;
  const day = dayAt(start, branch.body.timeZone);
  if (!holds(presenceMinutes(schedule, branch, day, day + 1), start)) return { reason: 'closed' };
  return reasonIn(plan, [start, start + 1]);
}

/** Open minutes in which nothing can begin although nothing is taken: nobody is there, or what is there is too short. */
function reasonIn(plan: Plan, minutes: Minutes): Why {
  const { schedule, branch } = plan;
  const first = minutes[0] as number;
  const last = (minutes.at(-1) as number) - 1;
  const zone = branch.body.timeZone;
  const active = plan.blocks.flatMap((block) => block.segments).find((s) => s.kind === 'active');
  let until: EpochMinute | null = null;
  for (const { person } of active?.options ?? []) {
    const working = workingMinutes(schedule, branch, person, dayAt(first, zone), dayAt(last, zone) + 1);
    for (let i = 0; i < working.length; i += 2) {
      const [from, to] = [working[i] as number, working[i + 1] as number];
      if (intersect([from, to], minutes).length > 0 && (until === null || to > until)) until = to;
    }
  }
  return until === null ? { reason: 'away' } : { reason: 'does_not_fit', until };
}

/** The part of a set that lies in the asked hours of the day. */
function clippedToHours(plan: Plan, set: Minutes, hours: SlotConditions['hours']): Minutes {
  if (hours === null) return set;
  const made: number[] = [];
  for (let i = 0; i < set.length; i += 2) {
    let at = set[i] as number;
    const to = set[i + 1] as number;
    while (at < to) {
      const minute = clockMinute(plan, at);
      // To the end of the hours, to their beginning, or to midnight; a change of the clocks inside shows at the next step.
      const next = minute < hours.from ? hours.from - minute : minute < hours.to ? hours.to - minute : 1_440 - minute;
      const end = Math.min(to, at + Math.max(1, next));
      if (minute >= hours.from && minute < hours.to) push(made, at, end);
      at = end;
    }
  }
  return made;
}

/** A slot as a refusal carries it. */
export const alternativeOf = (slot: Slot): Alternative => ({
  date: slot.date,
  time: slot.time,
  starts_at: toIso(slot.startsAt),
  ends_at: toIso(slot.endsAt),
  staff_id: slot.staffId,
  staff_name: slot.staffName,
  branch_id: slot.branchId,
});

export const hoursOfWindow = (window: {
  fromTime?: string;
  untilTime?: string;
}): { from: number; to: number } | null =>
  window.fromTime === undefined && window.untilTime === undefined
    ? null
    : {
        from: window.fromTime === undefined ? 0 : minutesOf(window.fromTime),
        to: window.untilTime === undefined ? 1440 : minutesOf(window.untilTime),
      };
