/**
 * The way of a booking whose time is given from outside (import, Cal.com): hours are not asked, only what is taken. Called by the
 * object for importAppointments and by external.ts.
 */
import type { EpochMinute, Instant } from '../../../shared/clock.ts';
import type { Busy, Timeline, Assignment } from '../engine/availability.ts';
import { overused } from '../engine/availability.ts';
import type { Schedule, ServiceFacts } from '../engine/schedule.ts';
import { MAX_APPOINTMENT_MINUTES } from '../../../shared/calendar-limits.ts';
import type { ResourceUse } from '../../events/calendar.ts';

export interface Forced {
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

/** The segments with their least gaps, all by one person; a length other than the service's makes one active segment. */
export function forcedAssignment(request: Forced): Assignment {
  const { service, staffId, start } = request;
  const { body } = service;
  const own = body.staff.find((s) => s.staffId === staffId);
  const segments: Assignment['segments'] = [];
  let at = start;
  for (const [i, s] of body.segments.entries()) {
    if (i > 0) at += s.gapMinMinutes;
    segments.push({
      segmentId: s.id,
      serviceId: s.serviceId ?? service.id,
      kind: s.kind,
      from: at,
      to: at + s.durationMinutes,
      staffId: s.kind === 'active' ? staffId : null,
      resources: firstFree(request, s.resources, at, at + s.durationMinutes) ?? [],
    });
    at += s.durationMinutes;
  }
  if (segments.length === 0 || (request.end !== null && request.end !== at)) {
    const end = request.end ?? start + (own?.durationMinutes ?? body.durationMinutes);
    segments.splice(0, segments.length, {
      segmentId: null,
      serviceId: service.id,
      kind: 'active',
      from: start,
      to: end,
      staffId,
      resources: [],
    });
    at = end;
  }
  return {
    start,
    end: at,
    staffId,
    segments,
    blocks: [
      { from: start, to: at, resources: request.resources ?? firstFree(request, body.resources, start, at) ?? [] },
    ],
    priceCents: (own?.priceCents ?? body.priceCents) * request.partySize,
    share: null,
  };
}

/** The first choice whose units are free; null when none is. */
function firstFree(
  request: Forced,
  requirements: readonly { anyOf: readonly string[]; units: number }[],
  from: EpochMinute,
  to: EpochMinute,
): ResourceUse[] | null {
  const uses: ResourceUse[] = [];
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
      );
    });
    if (found === undefined) return null;
    uses.push({ resourceId: found, units: requirement.units });
  }
  return uses;
}

/** True when nobody has the person in [from, to). */
const isFree = (
  timeline: Timeline,
  from: EpochMinute,
  to: EpochMinute,
  nowMs: Instant,
  exclude: readonly string[],
): boolean => unitsFree(timeline, from, to, 0, nowMs, exclude);

function unitsFree(
  timeline: Timeline,
  from: EpochMinute,
  to: EpochMinute,
  spare: number,
  nowMs: Instant,
  exclude: readonly string[],
): boolean {
  const full = overused(
    timeline,
    0,
    timeline.from.length,
    spare,
    (row) => (timeline.expires[row] as number) > nowMs && !exclude.includes(timeline.owner[row] as string),
  );
  for (let i = 0; i < full.length; i += 2) if ((full[i] as number) < to && (full[i + 1] as number) > from) return false;
  return true;
}

/** True when all that a way needs is free; the owner in the way of the person otherwise. */
export function obstacleOf(
  assignment: Assignment,
  busy: Busy,
  nowMs: Instant,
  exclude: readonly string[],
): { owner: string | null } | null {
  for (const s of assignment.segments) {
    if (s.staffId === null) continue;
    const timeline = busy.staff(s.staffId, s.from - MAX_APPOINTMENT_MINUTES, s.to);
    if (isFree(timeline, s.from, s.to, nowMs, exclude)) continue;
    for (let i = 0; i < timeline.from.length; i++) {
      const owner = timeline.owner[i] as string;
      if (
        (timeline.from[i] as number) < s.to &&
        (timeline.to[i] as number) > s.from &&
        (timeline.expires[i] as number) > nowMs &&
        !exclude.includes(owner)
      )
        return { owner };
    }
    return { owner: null };
  }
  return null;
}
