/**
 * Can exactly this slot be taken now, and how? The one decision under hold, book, reschedule and put-back; every refusal carries what to
 * offer instead.
 */
import type { Instant, EpochMinute } from '../../../shared/clock.ts';
import type { DomainError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { MINUTE, toIso } from '../../../shared/time.ts';
import { alternativeOf, nextFree, reasonFor, type SlotConditions } from '../engine/alternatives.ts';
import {
  type Busy,
  type Occupation,
  occupationsOf,
  rankOf,
  Search,
  slotOf,
  type Timeline,
  type Assignment,
} from '../engine/availability.ts';
import { boundsOf } from '../engine/check.ts';
import { dayAt } from '../engine/hours.ts';
import { type Plan, planOf, type Served, servedAs } from '../engine/plan.ts';
import type { Schedule } from '../engine/schedule.ts';
import { MAX_DAYS_AHEAD } from '../../../shared/calendar-limits.ts';
import type { RequestedService } from '../commands/inputs.ts';
import type { Hold, QuotePayload, Slot } from '../rows.ts';

/** Owner of busy times that come from a foreign calendar. */
export const EXTERNAL_OWNER = 'external:';
const DAY_MINUTES = 1_440;

export interface SlotRequest {
  services: readonly RequestedService[];
  branchId: string | null;
  staffId: string | null;
  preferredStaffId?: string | null | undefined;
  startsAt: Instant;
  partySize?: number | undefined;
  internal?: boolean | undefined;
  backdate?: boolean | undefined;
  existing?: boolean | undefined;
  /** an appointment put back: by the people it had */
  served?: Served | undefined;
  quote?: QuotePayload | null | undefined;
  /** the live hold that the caller presents, by token or by call */
  hold?: Hold | null | undefined;
  /** owners whose rows don't stand in the way */
  exclude: readonly string[];
}
export interface SlotDecision {
  plan: Plan;
  assignment: Assignment;
  /** with the price that counts: quoted, held or today's */
  slot: Slot;
  occupations: Occupation[];
}

/** A hold or quote refers to exactly this slot. */
function sameSlot(
  slot: { serviceId: string; moreServiceIds: readonly string[]; startsAt: number; staffId: string; branchId: string },
  request: SlotRequest,
): boolean {
  const ids = [slot.serviceId, ...slot.moreServiceIds];
  return (
    slot.startsAt === request.startsAt &&
    (request.staffId === null || request.staffId === slot.staffId) &&
    (request.branchId === null || request.branchId === slot.branchId) &&
    ids.length === request.services.length &&
    ids.every((id, i) => id === request.services[i]?.serviceId)
  );
}

/** A length that was asked for when the slot was offered needs not be said again. */
const asPromised = (
  services: readonly RequestedService[],
  customMinutes: number | null,
): readonly RequestedService[] =>
  customMinutes === null || services.length !== 1
    ? services
    : services.map((one) => ({ ...one, durationMinutes: one.durationMinutes ?? customMinutes }));

/** Refusals: VALIDATION_ERROR, NOT_FOUND, APPOINTMENT_CONFLICT, QUOTE_STALE. */
export function decideSlot(schedule: Schedule, busy: Busy, request: SlotRequest, now: Instant): Result<SlotDecision> {
  const invalid = (field: string, text: string): Result<SlotDecision> =>
    err({ code: 'VALIDATION_ERROR', errors: { [field]: [text] } });
  if (!Number.isInteger(request.startsAt) || request.startsAt % MINUTE !== 0)
    return invalid('starts_at', 'a whole minute');
  if (request.startsAt < now && !request.backdate) return invalid('starts_at', 'in the past');
  if (Math.abs(request.startsAt - now) > MAX_DAYS_AHEAD * 86_400_000) return invalid('starts_at', 'too far away');

  const { quote } = request;
  const quoteSlot = quote
    ? { ...quote, serviceId: quote.serviceIds[0] ?? '', moreServiceIds: quote.serviceIds.slice(1) }
    : null;
  if (quoteSlot && !sameSlot(quoteSlot, request)) return invalid('quote', 'speaks of another slot');
  const liveQuote = quote && quote.expiresAt > now ? quote : null;
  const hold = request.hold && sameSlot(request.hold.slot, request) ? request.hold : null;
  const promised = liveQuote ?? hold?.slot ?? null;

  const planned = planOf(schedule, {
    services: asPromised(request.services, promised?.customMinutes ?? null),
    branchId: promised?.branchId ?? request.branchId,
    staffId: request.staffId ?? promised?.staffId ?? null,
    partySize: request.partySize ?? promised?.partySize,
    internal: request.internal,
    existing: request.existing,
  });
  if (!planned.ok) {
    // What was offered has since left the schedule.
    return liveQuote && planned.error.code === 'NOT_FOUND'
      ? err({ code: 'QUOTE_STALE', details: { alternatives: [] } })
      : planned;
  }
  if (planned.value.kind === 'not_configured') {
    if (liveQuote) return err({ code: 'QUOTE_STALE', details: { alternatives: [] } });
    return err({
      code: 'APPOINTMENT_CONFLICT',
      details: {
        requested_time: toIso(request.startsAt),
        conflicting_appointment_id: null,
        alternatives: [],
        reason: 'not_configured',
      },
    });
  }
  const { plan } = planned.value;
  const start = request.startsAt / MINUTE;
  const zone = plan.branch.body.timeZone;
  const day = dayAt(start, zone);
  const exclude = hold ? [...request.exclude, hold.lockToken] : request.exclude;
  const bounds = boundsOf(plan, now);
  const asked = request.served ? servedAs(plan, request.served) : plan;
  const search = new Search(asked, busy, { fromDay: day, untilDay: day, nowMs: now, exclude });
  // What was offered or held may be booked although its notice has meanwhile run out.
  const inBounds =
    promised !== null || request.backdate === true || (start >= bounds.earliest && day <= bounds.latestDay);
  const assignment = inBounds
    ? search.assignmentAt(start, rankOf(search, 'even_load', request.preferredStaffId ?? null))
    : null;
  const stale =
    liveQuote !== null && assignment !== null && assignment.end - assignment.start !== liveQuote.durationMinutes;
  if (assignment && !stale) {
    const slot = slotOf(plan, assignment);
    const priced = promised ? { ...slot, priceCents: promised.priceCents, currency: promised.currency } : slot;
    return ok({ plan, assignment, slot: priced, occupations: occupationsOf(plan, assignment) });
  }
  return err(
    refusal(plan, asked, busy, start, {
      nowMs: now,
      exclude,
      bounds,
      day,
      stale,
      quoted: liveQuote !== null && liveQuote.scheduleVersion !== schedule.version,
    }),
  );
}

/** @param asked the plan that was refused; what is offered instead may be anybody's of `plan` */
function refusal(
  plan: Plan,
  asked: Plan,
  busy: Busy,
  start: EpochMinute,
  at: {
    nowMs: Instant;
    exclude: readonly string[];
    bounds: SlotConditions['bounds'];
    day: number;
    stale: boolean;
    quoted: boolean;
  },
): DomainError {
  const conditions: SlotConditions = {
    nowMs: at.nowMs,
    exclude: at.exclude,
    preference: 'even_load',
    preferredStaffId: null,
    bounds: at.bounds,
    hours: null,
  };
  const alternatives = nextFree(plan, busy, start, conditions).map(alternativeOf);
  if (at.stale) return { code: 'QUOTE_STALE', details: { alternatives } };
  const reason = reasonFor(asked, { fromDay: at.day, untilDay: at.day }, start, conditions);
  if (at.quoted && reason !== 'full') return { code: 'QUOTE_STALE', details: { alternatives } };
  return {
    code: 'APPOINTMENT_CONFLICT',
    details: {
      requested_time: toIso(start * MINUTE),
      conflicting_appointment_id: reason === 'full' ? inTheWay(asked, busy, start, at.nowMs, at.exclude) : null,
      alternatives,
      reason,
    },
  };
}

/** The appointment that has what the start would need first; null for holds and foreign calendars. */
function inTheWay(
  plan: Plan,
  busy: Busy,
  start: EpochMinute,
  nowMs: Instant,
  exclude: readonly string[],
): string | null {
  const segment = plan.blocks[0]?.segments.find((s) => s.kind === 'active');
  for (const option of segment?.options ?? []) {
    const found = ownerBetween(
      busy.staff(option.person.id, start - DAY_MINUTES, start + DAY_MINUTES),
      start - plan.before,
      start + option.duration + plan.after,
      nowMs,
      exclude,
    );
    if (found) return found;
  }
  for (const use of plan.blocks[0]?.choices.flat() ?? []) {
    const found = ownerBetween(
      busy.resource(use.resourceId, start - DAY_MINUTES, start + DAY_MINUTES),
      start,
      start + 1,
      nowMs,
      exclude,
    );
    if (found) return found;
  }
  return null;
}

function ownerBetween(
  timeline: Timeline,
  from: EpochMinute,
  to: EpochMinute,
  nowMs: Instant,
  exclude: readonly string[],
): string | null {
  for (let i = 0; i < timeline.from.length; i++) {
    if ((timeline.from[i] as number) >= to) return null;
    const owner = timeline.owner[i] as string;
    if ((timeline.to[i] as number) <= from || (timeline.expires[i] as number) !== Number.POSITIVE_INFINITY) continue;
    if ((timeline.expires[i] as number) <= nowMs || exclude.includes(owner) || owner.startsWith(EXTERNAL_OWNER))
      continue;
    return owner;
  }
  return null;
}
