/** The question "when is it free?" as phone, API, admin, portal and public page ask it. Called by the object for checkAvailability. */
import type { Instant } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { instantsOfMinutes, isWallDate, isWallTime, MINUTE, minutesOf, timeOfMinutes } from '../../../shared/time.ts';
import {
  allowedStarts,
  type Bounds,
  hoursOfWindow,
  nextFree,
  reasonFor,
  slotAt,
  type SlotConditions,
  type Why,
} from './alternatives.ts';
import { type Busy, rankOf, Search, slotOf } from './availability.ts';
import { clockAt, dayAt, epochDay } from './hours.ts';
import { nextForParty, partyAt, partySlots } from './party.ts';
import { type Plan, planOf } from './plan.ts';
import type { Schedule } from './schedule.ts';
import { MAX_DAYS_AHEAD, MAX_QUERY_DAYS, MAX_SLOTS } from '../../../shared/calendar-limits.ts';
import { DEFAULT_SLOTS } from '../bounds.ts';
import type { AvailabilityAnswer, AvailabilityQuery } from '../commands/inputs.ts';
import type { Slot } from '../rows.ts';

/** Starts that notice rules allow. Past starts never. */
export function boundsOf(plan: Plan, nowMs: Instant): Bounds {
  return {
    earliest: Math.ceil(nowMs / MINUTE) + plan.minNoticeMinutes,
    latestDay:
      dayAt(Math.floor(nowMs / MINUTE), plan.branch.body.timeZone) + Math.min(plan.maxDaysAhead, MAX_DAYS_AHEAD),
  };
}

/** Why, as an answer carries it: the clock of the branch instead of minutes. */
function whyNot(plan: Plan, { reason, outside, until }: Why): Pick<AvailabilityAnswer, 'reason' | 'outside' | 'until'> {
  return {
    reason,
    outside: outside ?? null,
    until: until === undefined ? null : timeOfMinutes(clockAt(plan, until - 1).minute + 1),
  };
}
const FREE = { available: true, reason: 'free', outside: null, until: null } as const;

/** @param exclude owners whose rows don't count: the caller's own hold. Refusals: VALIDATION_ERROR, NOT_FOUND. */
export function checkAvailability(
  schedule: Schedule,
  busy: Busy,
  query: AvailabilityQuery,
  exclude: readonly string[],
): Result<AvailabilityAnswer> {
  const { window } = query;
  const invalid = (field: string, text: string): Result<AvailabilityAnswer> =>
    err({ code: 'VALIDATION_ERROR', errors: { [field]: [text] } });
  if (!isWallDate(window.fromDate) || !isWallDate(window.untilDate)) return invalid('date', 'not a calendar day');
  for (const time of [window.fromTime, window.untilTime])
    if (time !== undefined && !isWallTime(time)) return invalid('time', 'not a time');
  const fromDay = epochDay(window.fromDate);
  const untilDay = epochDay(window.untilDate);
  if (untilDay < fromDay || untilDay - fromDay >= MAX_QUERY_DAYS) return invalid('date', `1 to ${MAX_QUERY_DAYS} days`);
  const today = Math.floor(query.now / 86_400_000);
  if (Math.abs(fromDay - today) > MAX_DAYS_AHEAD + MAX_QUERY_DAYS) return invalid('date', 'too far away');
  const planned = planOf(schedule, query);
  if (!planned.ok) return planned;
  if (planned.value.kind === 'not_configured') {
    const branch = planned.value.branch;
    return ok({
      branchId: branch?.id ?? '',
      companyId: branch?.body.companyId ?? '',
      timeZone: branch?.body.timeZone ?? 'UTC',
      scheduleVersion: schedule.version,
      available: false,
      reason: 'not_configured',
      outside: null,
      until: null,
      slot: null,
      slots: [],
      before: null,
      after: null,
      next: [],
    });
  }
  const { plan } = planned.value;
  const zone = plan.branch.body.timeZone;
  const conditions: SlotConditions = {
    nowMs: query.now,
    exclude,
    preference: query.preference ?? 'even_load',
    preferredStaffId: query.preferredStaffId ?? null,
    bounds: boundsOf(plan, query.now),
    hours: hoursOfWindow(window),
  };
  const limit = Math.min(query.limit ?? DEFAULT_SLOTS, MAX_SLOTS);
  const range = { fromDay, untilDay, nowMs: query.now, exclude };
  const search = new Search(plan, busy, range);
  // A party's slots are those of one of its people at which the others find their place too.
  const isParty = plan.visits > 1;
  const slots = isParty ? partySlots(search, busy, conditions, limit) : slotsOf(search, conditions, limit);
  const nextAfter = (minute: number, by: SlotConditions): Slot[] =>
    isParty ? nextForParty(plan, busy, minute, by) : nextFree(plan, busy, minute, by);
  const base = {
    branchId: plan.branch.id,
    companyId: plan.branch.body.companyId,
    timeZone: zone,
    scheduleVersion: schedule.version,
    slots,
  };

  const requestedStarts = requestedStartsOf(query, zone);
  if (requestedStarts === null) {
    if (slots.length > 0) return ok({ ...base, ...FREE, slot: null, before: null, after: null, next: [] });
    const after = Math.max(search.firstMinute - 1, conditions.bounds.earliest - 1);
    return ok({
      ...base,
      available: false,
      ...whyNot(plan, reasonFor(plan, { fromDay, untilDay }, null, conditions)),
      slot: null,
      before: null,
      after: null,
      next: nextAfter(after, conditions),
    });
  }

  // An exact time is not bound to the window's time of day, and to the slot step only for those who take what is offered.
  const asked = requestedStarts[0] ?? null;
  const day = asked === null ? fromDay : dayAt(asked, zone);
  const sameDay =
    day === fromDay && day === untilDay ? search : new Search(plan, busy, { ...range, fromDay: day, untilDay: day });
  let isOffStep = false;
  for (const start of requestedStarts) {
    if (start < conditions.bounds.earliest || dayAt(start, zone) > conditions.bounds.latestDay) continue;
    const slot = isParty ? partyAt(plan, busy, start, conditions) : slotAt(sameDay, start, conditions);
    if (slot && query.offeredOnly && !sameDay.offered().includes(start)) isOffStep = true;
    else if (slot) return ok({ ...base, ...FREE, slot, before: null, after: null, next: [] });
  }
  const anyHour = { ...conditions, hours: null };
  const around = allowedStarts(sameDay, anyHour);
  const pivot = asked ?? sameDay.firstMinute;
  const before = around.filter((start) => start < pivot).at(-1);
  const after = around.find((start) => start > pivot);
  const near = (start: number | undefined): Slot | null =>
    start === undefined ? null : isParty ? partyAt(plan, busy, start, anyHour) : slotAt(sameDay, start, anyHour);
  const why: Why = isOffStep
    ? { reason: 'off_step' }
    : asked === null
      ? { reason: 'closed' }
      : reasonFor(plan, { fromDay: day, untilDay: day }, asked, conditions);
  return ok({
    ...base,
    available: false,
    ...whyNot(plan, why),
    slot: null,
    before: near(before),
    after: near(after),
    next: nextAfter(pivot, anyHour),
  });
}

/** Epoch minutes of the exact time: null without one, none in a DST gap, two in a fold. Seconds are cut: a start is a whole minute. */
function requestedStartsOf(query: AvailabilityQuery, zone: string): number[] | null {
  if (query.at === undefined) return null;
  if ('startsAt' in query.at) return [Math.floor(query.at.startsAt / MINUTE)];
  return instantsOfMinutes(query.at.date, minutesOf(query.at.time), zone).map((instant) => instant / MINUTE);
}

function slotsOf(search: Search, conditions: SlotConditions, limit: number): Slot[] {
  const rank = rankOf(search, conditions.preference, conditions.preferredStaffId);
  const starts = allowedStarts(search, conditions);
  const byStart = conditions.preference === 'even_load' || conditions.preference === 'earliest';
  const ways = [];
  for (const start of byStart ? starts.slice(0, limit) : starts.slice(0, MAX_SLOTS)) {
    const assignment = search.assignmentAt(start, rank);
    if (assignment) ways.push(assignment);
  }
  if (conditions.preference === 'same_staff')
    ways.sort(
      (a, b) =>
        Number(b.staffId === conditions.preferredStaffId) - Number(a.staffId === conditions.preferredStaffId) ||
        a.start - b.start,
    );
  else if (conditions.preference === 'least_fragmentation') {
    const scored = ways.map((assignment) => ({ assignment, score: search.fragmentation(assignment) }));
    scored.sort((a, b) => a.score - b.score || a.assignment.start - b.assignment.start);
    return scored.slice(0, limit).map(({ assignment }) => slotOf(search.plan, assignment));
  }
  return ways.slice(0, limit).map((assignment) => slotOf(search.plan, assignment));
}
