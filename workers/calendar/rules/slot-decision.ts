/**
 * Can exactly this slot be taken now, and how? The one decision under hold, book, reschedule and put-back; every refusal carries what to
 * offer instead. A quote or hold names everybody who serves: taking it takes exactly them.
 */
import type { Instant, EpochMinute } from '../../../shared/clock.ts';
import type { DomainError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { MINUTE, timeOfMinutes, toIso } from '../../../shared/time.ts';
import { alternativeOf, nextFree, reasonFor, type SlotConditions, type Why } from '../engine/alternatives.ts';
import {
  type Busy,
  type Occupation,
  occupationsOf,
  rankOf,
  Search,
  slotOf,
  type Timeline,
} from '../engine/availability.ts';
import { boundsOf } from '../engine/check.ts';
import { clockAt, dayAt } from '../engine/hours.ts';
import { nextForParty, partyAt, partyWay } from '../engine/party.ts';
import { begunBy, type Plan, planOf, segmentCount, type Served, servedAs } from '../engine/plan.ts';
import type { Schedule } from '../engine/schedule.ts';
import { MAX_DAYS_AHEAD } from '../../../shared/calendar-limits.ts';
import { servedOf } from './quote.ts';
import type { RequestedService } from '../commands/inputs.ts';
import { type Hold, type QuotePayload, sizeOf, type Slot, type Visit } from '../rows.ts';

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
  /** a start that is not offered is refused, unless it was promised */
  offeredOnly?: boolean | undefined;
  /** the people of a party may also be served one after the other, without a promise that says so */
  inTurn?: boolean | undefined;
  /** an appointment put back or moved: by the people it had */
  served?: Served | undefined;
  quote?: QuotePayload | null | undefined;
  /** the live hold that the caller presents, by token or by call */
  hold?: Hold | null | undefined;
  /** owners whose rows don't stand in the way */
  exclude: readonly string[];
}
interface SlotDecision {
  plan: Plan;
  /** with the price that counts: quoted, held or today's */
  slot: Slot;
  occupations: Occupation[];
  /** the visits of a party's other people, each with what it takes */
  party: { slot: Visit; occupations: Occupation[] }[];
}

/** One visit as it was promised: when, by whom, with what, at which price. */
interface PromisedVisit {
  startsAt: Instant;
  durationMinutes: number;
  priceCents: number;
  people: readonly (string | null)[];
  offsets: readonly number[];
  resources: Slot['resources'];
}
/** What a quote or a hold says, in one form. */
interface Promised {
  serviceIds: readonly string[];
  branchId: string;
  staffId: string;
  customMinutes: number | null;
  size: number;
  currency: string;
  /** the first person's visit, then the others' */
  visits: readonly [PromisedVisit, ...PromisedVisit[]];
}

const visitOf = (visit: Visit): PromisedVisit => ({ ...visit, ...servedOf(visit) });
const promisedBySlot = (slot: Slot): Promised => ({
  ...slot,
  serviceIds: [slot.serviceId, ...slot.moreServiceIds],
  size: sizeOf(slot),
  visits: [visitOf(slot), ...(slot.party ?? []).map(visitOf)],
});
const promisedByQuote = (quote: QuotePayload): Promised => ({
  ...quote,
  size: quote.party.length > 0 ? 1 + quote.party.length : quote.partySize,
  visits: [quote, ...quote.party],
});

/** A hold or quote refers to exactly this slot; somebody asked for is met if they serve in it. */
function isMeant(promised: Promised, request: SlotRequest): boolean {
  const { staffId, branchId, services, partySize } = request;
  return (
    promised.visits[0].startsAt === request.startsAt &&
    (staffId === null ||
      staffId === promised.staffId ||
      promised.visits.some((visit) => visit.people.includes(staffId))) &&
    (branchId === null || branchId === promised.branchId) &&
    (partySize === undefined || partySize === promised.size) &&
    promised.serviceIds.length === services.length &&
    promised.serviceIds.every((id, i) => id === services[i]?.serviceId)
  );
}

/** For how many a quote that has run out, or a hold of another start, was: nobody who asked for a party gets one place. */
function lapsedSize(request: SlotRequest, quoted: Promised | null, held: Promised | null): number | undefined {
  const known = quoted ?? held;
  const isSame = known?.serviceIds.every((id, i) => id === request.services[i]?.serviceId) ?? false;
  return isSame ? known?.size : undefined;
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

  const quoted = request.quote ? promisedByQuote(request.quote) : null;
  if (quoted && !isMeant(quoted, request)) return invalid('quote', 'speaks of another slot');
  const liveQuote = request.quote && request.quote.expiresAt > now ? request.quote : null;
  const held = request.hold ? promisedBySlot(request.hold.slot) : null;
  const hold = held && isMeant(held, request) ? request.hold : null;
  const promised = liveQuote ? quoted : hold ? held : null;
  // Who serves is promised: one of them who is asked for is met, and must not be asked of every service.
  const named = promised?.visits.every((visit) => visit.people.length > 0);

  const planned = planOf(schedule, {
    services: asPromised(request.services, promised?.customMinutes ?? null),
    branchId: promised?.branchId ?? request.branchId,
    staffId: named ? null : (request.staffId ?? promised?.staffId ?? null),
    partySize: request.partySize ?? promised?.size ?? lapsedSize(request, quoted, held),
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
  const day = dayAt(start, plan.branch.body.timeZone);
  const exclude = hold ? [...request.exclude, hold.lockToken] : request.exclude;
  const bounds = boundsOf(plan, now);
  const conditions: SlotConditions = {
    nowMs: now,
    exclude,
    preference: 'even_load',
    preferredStaffId: request.preferredStaffId ?? null,
    bounds,
    hours: null,
  };
  // What was offered or held may be booked although its notice has meanwhile run out.
  const inBounds =
    promised !== null || request.backdate === true || (start >= bounds.earliest && day <= bounds.latestDay);
  const way = inBounds ? wayTo(schedule, busy, request, { plan, promised: named ? promised : null, conditions }) : null;
  const visits = way?.visits ?? null;
  const isOtherwise = ({ slot }: { slot: Visit }, i: number): boolean =>
    slot.durationMinutes !== promised?.visits[i]?.durationMinutes;
  const stale = liveQuote !== null && (visits ?? []).some(isOtherwise);
  if (visits !== null && !stale && !way?.isOffStep) {
    const [first, ...others] = visits.map(({ slot, occupations }, i) => ({
      slot: {
        ...slot,
        ...(promised
          ? { priceCents: promised.visits[i]?.priceCents ?? slot.priceCents, currency: promised.currency }
          : {}),
      },
      occupations,
    }));
    if (first)
      return ok({
        plan,
        slot: others.length > 0 ? { ...first.slot, party: others.map((one) => one.slot) } : first.slot,
        occupations: first.occupations,
        party: others,
      });
  }
  return err(
    refusal(plan, way?.asked ?? plan, busy, start, {
      conditions,
      day,
      stale,
      isOffStep: way?.isOffStep ?? false,
      quoted: liveQuote !== null && liveQuote.scheduleVersion !== schedule.version,
    }),
  );
}

interface Way {
  /** the plan that was searched: pinned to whom it was promised */
  asked: Plan;
  visits: { slot: Visit; occupations: Occupation[] }[] | null;
  /** it could be served, but no start is offered there */
  isOffStep: boolean;
}

/** How the request is served, by whom it was promised. */
function wayTo(
  schedule: Schedule,
  busy: Busy,
  request: SlotRequest,
  by: { plan: Plan; promised: Promised | null; conditions: SlotConditions },
): Way {
  const { plan, promised, conditions } = by;
  const start = request.startsAt / MINUTE;
  if (plan.visits > 1) return wayOfParty(busy, request, by);
  const range = {
    fromDay: dayAt(start, plan.branch.body.timeZone),
    untilDay: dayAt(start, plan.branch.body.timeZone),
    nowMs: conditions.nowMs,
    exclude: conditions.exclude,
  };
  const served = promised === null ? request.served : servedBy(promised.visits[0]);
  const asked = served ? servedAs(plan, served) : plan;
  if (promised !== null && promised.visits[0].people.length !== segmentCount(plan))
    return { asked, visits: null, isOffStep: false };
  const isOffered = (search: Search): boolean =>
    promised !== null || !request.offeredOnly || search.offered().includes(start);
  let search = new Search(asked, busy, range);
  const rank = rankOf(search, conditions.preference, conditions.preferredStaffId);
  let assignment = search.assignmentAt(start, rank);
  if (!assignment && promised === null && request.staffId !== null) {
    // The person named beside an offered start of several people is the one who begins it.
    const anybody = beginningWith(schedule, request, plan);
    if (anybody) {
      search = new Search(anybody, busy, range);
      assignment = search.assignmentAt(start, rank);
    }
  }
  if (!assignment) return { asked, visits: null, isOffStep: false };
  if (!isOffered(search)) return { asked, visits: null, isOffStep: true };
  return {
    asked,
    visits: [{ slot: slotOf(plan, assignment), occupations: occupationsOf(plan, assignment) }],
    isOffStep: false,
  };
}

const servedBy = (visit: PromisedVisit): Served => ({
  segments: visit.people.map((staffId) => ({ staffId, resources: [] })),
  resources: visit.resources,
  offsets: visit.offsets,
});

/** The same plan, begun by the wished person and gone on with by anybody; null where one person serves it all. */
function beginningWith(schedule: Schedule, request: SlotRequest, plan: Plan): Plan | null {
  if (request.staffId === null || segmentCount(plan) < 2) return null;
  const anybody = planOf(schedule, {
    services: request.services,
    branchId: plan.branch.id,
    staffId: null,
    internal: request.internal,
    existing: request.existing,
  });
  return anybody.ok && anybody.value.kind === 'plan' ? begunBy(anybody.value.plan, request.staffId) : null;
}

function wayOfParty(
  busy: Busy,
  request: SlotRequest,
  { plan, promised, conditions }: { plan: Plan; promised: Promised | null; conditions: SlotConditions },
): Way {
  const start = request.startsAt / MINUTE;
  const none: Way = { asked: plan, visits: null, isOffStep: false };
  const plans =
    promised === null
      ? Array.from({ length: plan.visits }, () => plan)
      : promised.visits.map((visit) => servedAs(plan, servedBy(visit)));
  if (plans.length !== plan.visits) return none;
  const way =
    promised === null
      ? (partyWay(plans, busy, start, conditions, { inTurn: false }) ??
        (request.inTurn ? partyWay(plans, busy, start, conditions, { inTurn: true }) : null))
      : partyWay(plans, busy, start, conditions, {
          inTurn: false,
          starts: promised.visits.map((visit) => visit.startsAt / MINUTE),
        });
  if (!way) return none;
  if (promised === null && request.offeredOnly) {
    const day = dayAt(start, plan.branch.body.timeZone);
    const range = { fromDay: day, untilDay: day, nowMs: conditions.nowMs, exclude: conditions.exclude };
    if (!new Search(plan, busy, range).offered().includes(start)) return { ...none, isOffStep: true };
  }
  return {
    ...none,
    visits: way.visits.map((one) => ({
      slot: slotOf(one.plan, one.assignment),
      occupations: occupationsOf(one.plan, one.assignment),
    })),
  };
}

/** @param asked the plan that was refused; what is offered instead may be anybody's of `plan` */
function refusal(
  plan: Plan,
  asked: Plan,
  busy: Busy,
  start: EpochMinute,
  at: { conditions: SlotConditions; day: number; stale: boolean; isOffStep: boolean; quoted: boolean },
): DomainError {
  const conditions: SlotConditions = { ...at.conditions, preferredStaffId: null };
  const next = plan.visits > 1 ? nextForParty(plan, busy, start, conditions) : nextFree(plan, busy, start, conditions);
  const atOnce = plan.visits > 1 && !at.isOffStep ? partyAt(plan, busy, start, conditions) : null;
  // A party that can only be served one after the other is offered so, at the start that was asked for.
  const offers = atOnce && start >= conditions.bounds.earliest ? [atOnce, ...next].slice(0, 3) : next;
  const alternatives = offers.map(alternativeOf);
  if (at.stale) return { code: 'QUOTE_STALE', details: { alternatives } };
  const why: Why = at.isOffStep
    ? { reason: 'off_step' }
    : reasonFor(asked, { fromDay: at.day, untilDay: at.day }, start, conditions);
  if (at.quoted && why.reason !== 'full') return { code: 'QUOTE_STALE', details: { alternatives } };
  const { nowMs, exclude } = conditions;
  return {
    code: 'APPOINTMENT_CONFLICT',
    details: {
      requested_time: toIso(start * MINUTE),
      conflicting_appointment_id: why.reason === 'full' ? inTheWay(asked, busy, start, nowMs, exclude) : null,
      alternatives,
      reason: why.reason,
      ...(why.outside === undefined ? {} : { outside: why.outside }),
      ...(why.until === undefined ? {} : { until: timeOfMinutes(clockAt(plan, why.until - 1).minute + 1) }),
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
      start - (plan.blocks[0]?.before ?? 0),
      start + option.duration + (plan.blocks[0]?.after ?? 0),
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
