/**
 * What to offer instead: the next free slots after the requested time, spread over days, the nearest on the same day, and why that time itself
 * is not free. Called by check.ts and by every refusal of slot-decision.ts.
 */
import type { EpochMinute, Instant } from '../../../shared/clock.ts';
import type { UnavailableReason } from '../../../shared/errors.ts';
import { minutesOf, toIso } from '../../../shared/time.ts';
import type { Alternative } from '../../../shared/errors.ts';
import { type Busy, NO_TIMELINE, rankOf, Search, slotOf } from './availability.ts';
import { clockAt, dayAt, openMinutes, workingMinutes } from './hours.ts';
import { holds } from './intervals.ts';
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

/** Why a requested time is not free, in the order a person would say it. `start` null: nothing in these days. */
export function reasonFor(
  plan: Plan,
  days: { fromDay: number; untilDay: number },
  start: number | null,
  conditions: SlotConditions,
): UnavailableReason {
  const people = plan.blocks.flatMap((b) => b.segments.flatMap((s) => s.options.map((o) => o.person)));
  const hasHours = people.some((p) => p.hours.length > 0 || p.exceptions.some((e) => e.kind === 'extra_shift'));
  if (
    !hasHours ||
    (plan.branch.hours.length === 0 &&
      openMinutes(plan.schedule, plan.branch, days.fromDay, days.untilDay).length === 0)
  ) {
    if (!people.some((p) => workingMinutes(plan.schedule, plan.branch, p, days.fromDay, days.untilDay).length > 0))
      return 'not_configured';
  }
  const zone = plan.branch.body.timeZone;
  if (start !== null && (start < conditions.bounds.earliest || dayAt(start, zone) > conditions.bounds.latestDay))
    return 'outside_notice';
  if (days.fromDay > conditions.bounds.latestDay) return 'outside_notice';
  const empty = new Search(plan, NOBODY, { ...days, nowMs: conditions.nowMs, exclude: [] });
  if (start !== null) return holds(empty.starts, start) ? 'full' : 'closed';
  const withoutBounds = empty.offered();
  if (withoutBounds.length === 0) return 'closed';
  return allowedStarts(empty, conditions).length > 0 ? 'full' : conditions.hours === null ? 'outside_notice' : 'closed';
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
