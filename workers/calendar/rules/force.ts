/**
 * The way of a booking whose time is given from outside (import, Cal.com): hours are not asked, only what is taken. Called by
 * external-place.ts, import.ts and put-back.ts.
 */
import { termsOf } from '../engine/terms.ts';
import type { EpochMinute, Instant } from '../../../shared/clock.ts';
import type { ConflictReason } from '../../../shared/conflict-sets.ts';
import type { Busy, Timeline, Assignment } from '../engine/availability.ts';
import { overused, shareKey } from '../engine/availability.ts';
import type { Schedule, ServiceFacts } from '../engine/schedule.ts';
import { MAX_APPOINTMENT_MINUTES } from '../../../shared/calendar-limits.ts';
import type { ResourceUse } from '../../events/calendar.ts';

interface Forced {
  schedule: Schedule;
  busy: Busy;
  service: ServiceFacts;
  branchId: string;
  staffId: string;
  /** epoch minutes */
  start: EpochMinute;
  /** null: the service's own length */
  end: EpochMinute | null;
  partySize: number;
  resources: readonly ResourceUse[] | null;
  nowMs: Instant;
  exclude: readonly string[];
}

export interface ForcedAssignment extends Assignment {
  /** the choices of each requirement that found nothing free; who takes the time from outside says what that means */
  missing: readonly (readonly string[])[];
  /** places of a session of the service, and how many of them this takes */
  places: { all: number; taken: number };
}

/**
 * The segments with their least gaps, all by one person; a length other than the service's makes one active segment, which takes all that
 * the segments would. A group service joins its session, or opens one.
 */
export function forcedAssignment(request: Forced): ForcedAssignment {
  const { service, staffId, start } = request;
  const { body } = service;
  const terms = termsOf(body, request.branchId, staffId);
  const segments: Assignment['segments'] = [];
  const missing: (readonly string[])[] = [];
  const take = (requirements: readonly Requirement[], from: EpochMinute, to: EpochMinute): ResourceUse[] => {
    const taken = firstFree(request, requirements, from, to);
    missing.push(...taken.missing);
    return taken.uses;
  };
  let at = start;
  const lengths = body.segments.map((s, i) => (i > 0 ? s.gapMinMinutes : 0) + s.durationMinutes);
  const wholeLength = start + lengths.reduce((sum, length) => sum + length, 0);
  const isWhole = body.segments.length === 0 || (request.end !== null && request.end !== wholeLength);
  for (const [i, s] of isWhole ? [] : body.segments.entries()) {
    if (i > 0) at += s.gapMinMinutes;
    segments.push({
      segmentId: s.id,
      serviceId: s.serviceId ?? service.id,
      kind: s.kind,
      from: at,
      to: at + s.durationMinutes,
      staffId: s.kind === 'active' ? staffId : null,
      resources: take(s.resources, at, at + s.durationMinutes),
    });
    at += s.durationMinutes;
  }
  if (isWhole) {
    at = request.end ?? start + terms.durationMinutes;
    segments.push({
      segmentId: null,
      serviceId: service.id,
      kind: 'active',
      from: start,
      to: at,
      staffId,
      resources: [],
    });
  }
  const share = body.maxPerSlot > 1 ? shareKey(service.id, staffId, start, at - start) : null;
  const session = share === null ? null : sessionOf(request, share, start, at);
  const needed = isWhole ? [...body.resources, ...distinct(body.segments.flatMap((s) => s.resources))] : body.resources;
  return {
    start,
    end: at,
    staffId,
    segments,
    blocks: [{ from: start, to: at, resources: request.resources ?? session?.resources ?? take(needed, start, at) }],
    priceCents: terms.priceCents * request.partySize,
    share,
    missing,
    places: { all: body.maxPerSlot, taken: request.partySize },
  };
}

type Requirement = ServiceFacts['body']['resources'][number];

/** Each requirement once: what several segments take one after the other is one thing for all of them. */
const distinct = (requirements: readonly Requirement[]): Requirement[] => [
  ...new Map(
    [...requirements].sort((a, b) => a.units - b.units).map((one) => [[...one.anyOf].sort().join(' '), one]),
  ).values(),
];

/** The session that the time would join: what it takes already; null: there is none. */
function sessionOf(
  { service, staffId, busy, nowMs, exclude }: Forced,
  share: string,
  from: EpochMinute,
  to: EpochMinute,
): { resources: ResourceUse[] } | null {
  const rows = (timeline: Timeline): number[] =>
    timeline.share.flatMap((one, row) => (one === share && counts(timeline, row, nowMs, exclude) ? [row] : []));
  if (rows(busy.staff(staffId, from - MAX_APPOINTMENT_MINUTES, to)).length === 0) return null;
  const resources = [...new Set(service.body.resources.flatMap((one) => one.anyOf))].flatMap((resourceId) => {
    const timeline = busy.resource(resourceId, from - MAX_APPOINTMENT_MINUTES, to);
    const row = rows(timeline)[0];
    return row === undefined ? [] : [{ resourceId, units: timeline.units[row] as number }];
  });
  return { resources };
}

/** The first choice of each requirement whose units are free, and the choices of those that found none. */
function firstFree(
  request: Forced,
  requirements: readonly Requirement[],
  from: EpochMinute,
  to: EpochMinute,
): { uses: ResourceUse[]; missing: (readonly string[])[] } {
  const uses: ResourceUse[] = [];
  const missing: (readonly string[])[] = [];
  for (const requirement of requirements) {
    const found = requirement.anyOf.find((resourceId) => {
      const resource = request.schedule.resources.get(resourceId);
      if (
        !resource?.body.active ||
        resource.body.branchId !== request.branchId ||
        uses.some((use) => use.resourceId === resourceId)
      )
        return false;
      return unitsFree(
        request.busy.resource(resourceId, from - MAX_APPOINTMENT_MINUTES, to),
        from,
        to,
        resource.body.capacity - requirement.units,
        request.nowMs,
        request.exclude,
        null,
      );
    });
    if (found === undefined) missing.push(requirement.anyOf);
    else uses.push({ resourceId: found, units: requirement.units });
  }
  // Half of what is needed is taken by nobody.
  return missing.length > 0 ? { uses: [], missing } : { uses, missing };
}

const counts = (timeline: Timeline, row: number, nowMs: Instant, exclude: readonly string[]): boolean =>
  (timeline.expires[row] as number) > nowMs && !exclude.includes(timeline.owner[row] as string);

/** @param share rows of this session do not stand in the way */
function unitsFree(
  timeline: Timeline,
  from: EpochMinute,
  to: EpochMinute,
  spare: number,
  nowMs: Instant,
  exclude: readonly string[],
  share: string | null,
): boolean {
  const full = overused(
    timeline,
    0,
    timeline.from.length,
    spare,
    (row) => counts(timeline, row, nowMs, exclude) && (share === null || timeline.share[row] !== share),
  );
  for (let i = 0; i < full.length; i += 2) if ((full[i] as number) < to && (full[i + 1] as number) > from) return false;
  return true;
}

/** Who of these has something in [from, to); the first one that counts. */
function ownerIn(
  timeline: Timeline,
  from: EpochMinute,
  to: EpochMinute,
  nowMs: Instant,
  exclude: readonly string[],
): string | null {
  const row = timeline.from.findIndex(
    (start, i) => start < to && (timeline.to[i] as number) > from && counts(timeline, i, nowMs, exclude),
  );
  return row === -1 ? null : (timeline.owner[row] as string);
}

/** What stands in the way of an assignment, and whose it is: an appointment, a hold, a foreign calendar. */
interface Obstacle {
  reason: Extract<ConflictReason, 'person_taken' | 'resource_taken' | 'session_full'>;
  owner: string | null;
}

/** Null when the people of an assignment are free, and its session has a place; what is in the way otherwise. */
export function obstacleOf(
  assignment: ForcedAssignment,
  busy: Busy,
  nowMs: Instant,
  exclude: readonly string[],
): Obstacle | null {
  const { share, places } = assignment;
  for (const { staffId, from, to } of assignment.segments) {
    if (staffId === null) continue;
    const timeline = busy.staff(staffId, from - MAX_APPOINTMENT_MINUTES, to);
    if (!unitsFree(timeline, from, to, 0, nowMs, exclude, share))
      return { reason: 'person_taken', owner: ownerIn(timeline, from, to, nowMs, exclude) };
    const people = timeline.share.reduce(
      (sum, one, i) =>
        share !== null && one === share && counts(timeline, i, nowMs, exclude)
          ? sum + (timeline.units[i] as number)
          : sum,
      0,
    );
    if (people > 0 && people + places.taken > places.all)
      return { reason: 'session_full', owner: ownerIn(timeline, from, to, nowMs, exclude) };
  }
  return null;
}

/** The first owner of what a requirement found taken, for the conflict to name. */
export function takerOf(
  missing: readonly string[],
  busy: Busy,
  time: { from: EpochMinute; to: EpochMinute },
  nowMs: Instant,
  exclude: readonly string[],
): string | null {
  for (const resourceId of missing) {
    const timeline = busy.resource(resourceId, time.from - MAX_APPOINTMENT_MINUTES, time.to);
    const owner = ownerIn(timeline, time.from, time.to, nowMs, exclude);
    if (owner !== null) return owner;
  }
  return null;
}
