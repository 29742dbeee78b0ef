/**
 * From what is requested (services, branch, person, party) to a plan the engine can search: blocks of segments with everybody and
 * everything that may serve them. Called by every rule that looks for or takes a slot.
 */
import type { SegmentKind } from '../../../shared/appointment-status.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { defaultBranch, type BranchFacts, type Schedule, type ServiceFacts, type StaffFacts } from './schedule.ts';
import { isOfferedAt, termsOf } from './terms.ts';
import {
  MAX_APPOINTMENT_MINUTES,
  MAX_PARTY_VISITS,
  MAX_SERVICES_PER_BOOKING,
} from '../../../shared/calendar-limits.ts';
import type { RequestedService } from '../commands/inputs.ts';
import type { ResourceRequirement } from '../master-data.ts';
import type { ResourceUse, SegmentRow } from '../../events/calendar.ts';

export interface Option {
  person: StaffFacts;
  duration: number;
  priceCents: number;
}
export interface PlanSegment {
  segmentId: string | null;
  serviceId: string;
  kind: SegmentKind;
  /** of passive segments; active ones have it per option */
  duration: number;
  /** everybody who may do it, in order of preference; empty on passive segments */
  options: readonly Option[];
  /** ways to choose this segment's own resources; `[[]]` when it needs none */
  choices: readonly (readonly ResourceUse[])[];
  gapMin: number;
  gapMax: number;
}
export interface PlanBlock {
  service: ServiceFacts;
  segments: readonly PlanSegment[];
  sameStaff: boolean;
  /** ways to choose what the whole block takes; `[[]]` when it needs none */
  choices: readonly (readonly ResourceUse[])[];
  /** buffers of the service, minutes: kept by who and what serves it */
  before: number;
  after: number;
  /** least minutes between the service before and this one, whoever serves them; 0 for the first */
  wait: number;
  /** exactly so many minutes after the service before, as it was promised; absent: what the buffers need */
  gap?: number;
}
export interface Plan {
  schedule: Schedule;
  branch: BranchFacts;
  blocks: readonly PlanBlock[];
  /** buffers of the whole visit, minutes: before its first and after its last service */
  before: number;
  after: number;
  /** asked length of a single service, where it is not the service's own */
  customMinutes: number | null;
  partySize: number;
  /** more than one: a party whose people are served by visits of their own, each as this plan says (party.ts) */
  visits: number;
  /** more than one: others may share the slot */
  maxPerSlot: number;
  /** minutes between offered starts, counted from the branch's midnight */
  step: number;
  minNoticeMinutes: number;
  maxDaysAhead: number;
}

interface PlanRequest {
  services: readonly RequestedService[];
  branchId: string | null;
  staffId: string | null;
  partySize?: number | undefined;
  internal?: boolean | undefined;
  /** a booking that exists: its services may have been taken off the list since */
  existing?: boolean | undefined;
}

/** How an appointment was served: its segments, as far as they are known, and what it took for the whole time. */
export interface Served {
  segments: readonly Pick<SegmentRow, 'staffId' | 'resources'>[];
  resources: readonly ResourceUse[];
  /** when each segment began, minutes from the start: kept where it is given, also where less waiting is possible by now */
  offsets?: readonly number[] | undefined;
}

/**
 * The plan for the people an appointment had, and for its resources where they are free (one of a kind is as good as another). A service
 * that has been divided anew since keeps the person of the first segment only. Pinned to the people and offsets of a way that the engine
 * found, the plan serves the same start in the same way, whatever has become free or taken beside it.
 */
export function servedAs(plan: Plan, was: Served): Plan {
  const known = was.segments.length === plan.blocks.reduce((n, block) => n + block.segments.length, 0);
  const first = was.segments.find((s) => s.staffId !== null)?.staffId ?? null;
  const had = new Set([...was.resources, ...was.segments.flatMap((s) => s.resources)].map(useKey));
  const hadFirst = (choices: PlanBlock['choices']): PlanBlock['choices'] => {
    const strange = (choice: readonly ResourceUse[]): number => choice.filter((use) => !had.has(useKey(use))).length;
    return choices.toSorted((a, b) => strange(a) - strange(b));
  };
  const active = plan.blocks.flatMap((block) => block.segments).find((s) => s.kind === 'active');
  let at = 0;
  let end = 0;
  const blocks = plan.blocks.map((block, b): PlanBlock => {
    const gaps: number[] = [];
    const segments = block.segments.map((segment) => {
      const place = at++;
      const own = was.segments[place]?.staffId ?? null;
      const offset = was.offsets?.[place];
      const person = known ? own : segment === active ? first : null;
      const options = person === null ? segment.options : segment.options.filter((o) => o.person.id === person);
      const gap = offset === undefined ? null : offset - end;
      gaps.push(gap ?? 0);
      end = (offset ?? end) + (options[0]?.duration ?? segment.duration);
      const pinned = { ...segment, choices: hadFirst(segment.choices), options };
      return gap === null || gaps.length === 1 ? pinned : { ...pinned, gapMin: gap, gapMax: gap };
    });
    const pinned = { ...block, choices: hadFirst(block.choices), segments };
    return was.offsets === undefined || b === 0 ? pinned : { ...pinned, gap: gaps[0] ?? 0 };
  });
  return { ...plan, blocks };
}

const useKey = ({ resourceId, units }: ResourceUse): string => `${resourceId}|${units}`;

/** Segments of a visit in order, passive ones too: as many as a way through the plan has. */
export const segmentCount = (plan: Plan): number => plan.blocks.reduce((n, block) => n + block.segments.length, 0);

/** The plan whose first active segment is one person's; the others are anybody's. Null: that person can't. */
export function begunBy(plan: Plan, staffId: string): Plan | null {
  const first = plan.blocks.flatMap((block) => block.segments).find((s) => s.kind === 'active');
  if (!first?.options.some((o) => o.person.id === staffId)) return null;
  const pinned = { ...first, options: first.options.filter((o) => o.person.id === staffId) };
  return {
    ...plan,
    blocks: plan.blocks.map((block) => ({ ...block, segments: block.segments.map((s) => (s === first ? pinned : s)) })),
  };
}

/** A plan, or why there can be none although the request is well-formed. */
type Planned = { kind: 'plan'; plan: Plan } | { kind: 'not_configured'; branch: BranchFacts | null };

/**
 * Refusals: NOT_FOUND for unknown or inactive services, people and branches; VALIDATION_ERROR for impossible durations and party sizes.
 * Staff or resources that are simply not set up yet are `not_configured`.
 */
export function planOf(schedule: Schedule, request: PlanRequest): Result<Planned> {
  const invalid = (field: string, text: string): Result<Planned> =>
    err({ code: 'VALIDATION_ERROR', errors: { [field]: [text] } });
  const unknown = (entity: string): Result<Planned> => err({ code: 'NOT_FOUND', entity });
  if (request.services.length === 0 || request.services.length > MAX_SERVICES_PER_BOOKING)
    return invalid('services', `1 to ${MAX_SERVICES_PER_BOOKING} services`);
  const services: ServiceFacts[] = [];
  for (const { serviceId } of request.services) {
    const service = schedule.services.get(serviceId);
    if (!service || (!service.body.active && !request.existing)) return unknown('service');
    services.push(service);
  }
  const first = services[0] as ServiceFacts;
  const person = request.staffId === null ? null : schedule.staff.get(request.staffId);
  if (person === undefined || person?.body.active === false) return unknown('staff');
  const branch =
    request.branchId === null
      ? defaultBranch(schedule, request.staffId, first.body.companyId)
      : (schedule.branches.get(request.branchId) ?? null);
  if (request.branchId !== null && !branch?.body.active) return unknown('branch');
  const partySize = request.partySize ?? 1;
  const maxPerSlot = services.length === 1 ? first.body.maxPerSlot : 1;
  // Who shares no slot is served by visits of their own.
  const largest = maxPerSlot > 1 ? maxPerSlot : request.existing ? 1 : MAX_PARTY_VISITS;
  if (!Number.isInteger(partySize) || partySize < 1 || partySize > largest)
    return invalid('party_size', `1 to ${largest}`);
  if (!branch) return ok({ kind: 'not_configured', branch: null });

  const blocks: PlanBlock[] = [];
  const shortest: number[] = [];
  let longest = 0;
  for (const [i, service] of services.entries()) {
    const { body } = service;
    const asked = request.services[i]?.durationMinutes;
    if (asked !== undefined && (!Number.isInteger(asked) || asked < 1 || asked > MAX_APPOINTMENT_MINUTES))
      return invalid('duration_minutes', `1 to ${MAX_APPOINTMENT_MINUTES}`);
    if (asked !== undefined && body.segments.length > 0 && asked !== chainMinutes(service))
      return invalid('duration_minutes', 'a composite service has a fixed duration');
    if (body.companyId !== branch.body.companyId) return unknown('service');
    if (!isOfferedAt(body, branch.id)) return ok({ kind: 'not_configured', branch });
    if (!body.onlineBookable && !request.internal && !request.existing) return ok({ kind: 'not_configured', branch });
    const block = blockOf(schedule, branch, service, asked, person, services.length > 1);
    if (!block) return ok({ kind: 'not_configured', branch });
    const wait = leastWait(blocks, shortest, body.bufferBeforeMinutes);
    blocks.push({ ...block, before: body.bufferBeforeMinutes, after: body.bufferAfterMinutes, wait });
    shortest.push(block.segments.reduce((sum, s, at) => sum + shortestOf(s) + (at > 0 ? s.gapMin : 0), 0));
    longest += body.bufferBeforeMinutes + body.bufferAfterMinutes + wait;
    longest += Math.max(...block.segments.map(longestOf)) * (block.segments.length === 1 ? 1 : 0);
    if (block.segments.length > 1)
      longest += block.segments.reduce((sum, s, at) => sum + longestOf(s) + (at > 0 ? s.gapMax : 0), 0);
  }
  const last = services[services.length - 1] as ServiceFacts;
  if (longest > MAX_APPOINTMENT_MINUTES) return invalid('duration_minutes', 'longer than a day');
  return ok({
    kind: 'plan',
    plan: {
      schedule,
      branch,
      blocks,
      before: first.body.bufferBeforeMinutes,
      after: last.body.bufferAfterMinutes,
      customMinutes:
        services.length === 1 && first.body.segments.length === 0
          ? (request.services[0]?.durationMinutes ?? null)
          : null,
      partySize: maxPerSlot > 1 ? partySize : 1,
      visits: maxPerSlot > 1 ? 1 : partySize,
      maxPerSlot,
      step: first.body.slotStepMinutes,
      minNoticeMinutes: request.internal ? 0 : Math.max(...services.map((s) => s.body.minNoticeMinutes)),
      maxDaysAhead: request.internal ? Number.POSITIVE_INFINITY : Math.min(...services.map((s) => s.body.maxDaysAhead)),
    },
  });
}

const longestOf = (segment: PlanSegment): number =>
  Math.max(segment.duration, ...segment.options.map((o) => o.duration));

const shortestOf = (segment: PlanSegment): number =>
  segment.kind === 'passive' ? segment.duration : Math.min(...segment.options.map((o) => o.duration));

/**
 * Who served an earlier service than the last may still clear up after it when the next begins: only where what lies between is shorter
 * than both buffers. The next service then waits, whoever serves it.
 */
function leastWait(blocks: readonly PlanBlock[], shortest: readonly number[], before: number): number {
  let wait = 0;
  let between = 0;
  for (let i = blocks.length - 2; i >= 0; i--) {
    between += shortest[i + 1] ?? 0;
    wait = Math.max(wait, (blocks[i] as PlanBlock).after + before - between);
  }
  return wait;
}

/** Shortest time from first start to last end of a composite service, minutes. */
const chainMinutes = (service: ServiceFacts): number =>
  service.body.segments.length === 0
    ? service.body.durationMinutes
    : service.body.segments.reduce((sum, s, i) => sum + s.durationMinutes + (i > 0 ? s.gapMinMinutes : 0), 0);

function blockOf(
  schedule: Schedule,
  branch: BranchFacts,
  service: ServiceFacts,
  asked: number | undefined,
  person: StaffFacts | null,
  oneOfSeveral: boolean,
): Omit<PlanBlock, 'before' | 'after' | 'wait'> | null {
  const { body } = service;
  const able: Option[] = [];
  for (const entry of body.staff) {
    const facts = schedule.staff.get(entry.staffId);
    if (!facts?.body.active || !facts.body.branchIds.includes(branch.id)) continue;
    const terms = termsOf(body, branch.id, facts.id);
    able.push({ person: facts, duration: asked ?? terms.durationMinutes, priceCents: terms.priceCents });
  }
  const choices = choicesOf(schedule, branch, body.resources);
  if (choices.length === 0) return null;
  if (body.segments.length === 0) {
    const options = person ? able.filter((o) => o.person.id === person.id) : able;
    if (options.length === 0) return null;
    const segment: PlanSegment = {
      segmentId: null,
      serviceId: service.id,
      kind: 'active',
      duration: 0,
      options,
      choices: [[]],
      gapMin: 0,
      gapMax: 0,
    };
    return { service, segments: [segment], sameStaff: true, choices };
  }
  const segments: PlanSegment[] = [];
  let named = person === null;
  for (const s of body.segments) {
    let options: Option[] = [];
    if (s.kind === 'active') {
      options = able
        .filter((o) => s.staffIds.length === 0 || s.staffIds.includes(o.person.id))
        .map((o) => ({ ...o, duration: s.durationMinutes }));
      const wanted = person ? options.filter((o) => o.person.id === person.id) : [];
      if (wanted.length > 0) {
        options = wanted;
        named = true;
      }
      if (options.length === 0) return null;
    }
    const own = choicesOf(schedule, branch, s.resources);
    if (own.length === 0) return null;
    segments.push({
      segmentId: s.id,
      serviceId: s.serviceId ?? service.id,
      kind: s.kind,
      duration: s.kind === 'passive' ? s.durationMinutes : 0,
      options,
      choices: own,
      gapMin: s.gapMinMinutes,
      gapMax: s.gapMaxMinutes,
    });
  }
  if (!named && !oneOfSeveral) return null;
  const active = segments.filter((s) => s.kind === 'active');
  const shared = active[0]?.options.some((o) =>
    active.every((s) => s.options.some((other) => other.person.id === o.person.id)),
  );
  if (body.sameStaff && !shared) return null;
  return { service, segments, sameStaff: body.sameStaff, choices };
}

/** Every way to meet the requirements with the branch's active resources; a resource named twice must bear both. */
function choicesOf(
  schedule: Schedule,
  branch: BranchFacts,
  requirements: readonly ResourceRequirement[],
): ResourceUse[][] {
  let made: ResourceUse[][] = [[]];
  for (const requirement of requirements) {
    const next: ResourceUse[][] = [];
    for (const resourceId of requirement.anyOf) {
      const resource = schedule.resources.get(resourceId);
      if (!resource?.body.active || resource.body.branchId !== branch.id) continue;
      for (const chosen of made) {
        const already = chosen.find((use) => use.resourceId === resourceId)?.units ?? 0;
        if (already + requirement.units > resource.body.capacity) continue;
        next.push([
          ...chosen.filter((use) => use.resourceId !== resourceId),
          { resourceId, units: already + requirement.units },
        ]);
      }
    }
    made = next;
  }
  return made;
}
