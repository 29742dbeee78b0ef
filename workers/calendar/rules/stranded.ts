/** Which future appointments a change of the schedule would leave without hours, people or rooms. Called by the object before it writes. */
import { MINUTE } from '../../../shared/time.ts';
import { dayAt, resourceMinutes, workingMinutes } from '../engine/hours.ts';
import { isOfferedAt } from '../engine/terms.ts';
import { covers } from '../engine/intervals.ts';
import type { Schedule } from '../engine/schedule.ts';
import type { Appointment } from '../../events/calendar.ts';

/** True when the schedule still bears the appointment: everybody works, every resource is usable, the branch is there and offers the service. */
function fits(schedule: Schedule, appointment: Appointment): boolean {
  const branch = schedule.branches.get(appointment.branchId);
  const service = schedule.services.get(appointment.serviceId);
  if (!branch?.body.active || !service || !isOfferedAt(service.body, branch.id)) return false;
  const zone = branch.body.timeZone;
  const fromDay = dayAt(appointment.startsAt / MINUTE, zone);
  const untilDay = dayAt(appointment.endsAt / MINUTE, zone);
  for (const segment of appointment.segments) {
    if (segment.staffId === null) continue;
    const person = schedule.staff.get(segment.staffId);
    if (!person) return false;
    if (
      !covers(
        workingMinutes(schedule, branch, person, fromDay, untilDay),
        segment.startsAt / MINUTE,
        segment.endsAt / MINUTE,
      )
    )
      return false;
  }
  for (const use of [...appointment.resources, ...appointment.segments.flatMap((s) => s.resources)]) {
    const resource = schedule.resources.get(use.resourceId);
    if (!resource || resource.body.capacity < use.units) return false;
  }
  for (const { id, from, to } of usesOf(schedule, appointment)) {
    const resource = schedule.resources.get(id);
    if (resource && !covers(resourceMinutes(schedule, branch, resource, fromDay, untilDay), from, to)) return false;
  }
  return true;
}

/** How much of something that several may share an appointment takes, from when to when. Epoch minutes, half open. */
interface Use {
  /** resource, or the session of a group */
  id: string;
  from: number;
  to: number;
  units: number;
  /** people of one session take its room once */
  share: string | null;
}

/** Sessions count their people, resources their units, with the buffers of the service that takes them. */
function usesOf(schedule: Schedule, appointment: Appointment, withBuffers = false): Use[] {
  const share = sessionOf(appointment);
  const uses: Use[] = [];
  const services = [appointment.serviceId, ...appointment.moreServiceIds];
  const pool = [...appointment.resources];
  let at = 0;
  for (const [i, serviceId] of services.entries()) {
    const body = schedule.services.get(serviceId)?.body;
    const parts = appointment.segments.slice(at, at + Math.max(1, body?.segments.length ?? 0));
    at += parts.length;
    // A service that has been divided anew since: the whole visit.
    const from =
      (parts[0]?.startsAt ?? appointment.startsAt) / MINUTE - (withBuffers ? (body?.bufferBeforeMinutes ?? 0) : 0);
    const to =
      (parts.at(-1)?.endsAt ?? appointment.endsAt) / MINUTE + (withBuffers ? (body?.bufferAfterMinutes ?? 0) : 0);
    // Each service's own resources follow each other; what none asks for any more was the last one's.
    const own = new Set(body?.resources.flatMap((one) => one.anyOf));
    const seen = new Set<string>();
    const isLast = i === services.length - 1;
    for (let use = pool[0]; use && (isLast || (own.has(use.resourceId) && !seen.has(use.resourceId))); use = pool[0]) {
      pool.shift();
      seen.add(use.resourceId);
      uses.push({ id: use.resourceId, from, to, units: use.units, share });
    }
  }
  for (const segment of appointment.segments)
    for (const use of segment.resources)
      uses.push({
        id: use.resourceId,
        from: segment.startsAt / MINUTE,
        to: segment.endsAt / MINUTE,
        units: use.units,
        share: null,
      });
  return uses;
}

/** The session of a group service that the appointment is in; null: none. */
const sessionOf = ({ bookingType, serviceId, staffId, startsAt }: Appointment): string | null =>
  bookingType === 'group' ? `${serviceId}|${staffId}|${startsAt}` : null;

/** Resources whose capacity and services whose places a change lowers: only they can crowd anybody out. */
function lowered(before: Schedule, after: Schedule): { resources: Set<string>; services: Set<string> } {
  const less = (was: number, is: number | undefined): boolean => is !== undefined && is < was;
  return {
    resources: new Set(
      [...before.resources]
        .filter(([id, { body }]) => less(body.capacity, after.resources.get(id)?.body.capacity))
        .map(([id]) => id),
    ),
    services: new Set(
      [...before.services]
        .filter(([id, { body }]) => less(body.maxPerSlot, after.services.get(id)?.body.maxPerSlot))
        .map(([id]) => id),
    ),
  };
}

const DAY_MINUTES = 1_440;

/** Who finds no room any more when all are let in again in the order in which they were booked: who came first stays. */
function crowdedOut(
  after: Schedule,
  of: ReturnType<typeof lowered>,
  appointments: readonly Appointment[],
): Set<string> {
  const out = new Set<string>();
  const kept = new Map<string, Use[]>();
  const inSessions = new Map<string, number>();
  const inOrder = appointments.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  for (const appointment of inOrder) {
    const session = of.services.has(appointment.serviceId) ? sessionOf(appointment) : null;
    const places = after.services.get(appointment.serviceId)?.body.maxPerSlot ?? 1;
    const people = (session === null ? 0 : (inSessions.get(session) ?? 0)) + appointment.partySize;
    const uses = usesOf(after, appointment, true).filter((use) => of.resources.has(use.id));
    const fitsAll =
      (session === null || people <= places) &&
      uses.every((use) => {
        // No use is longer than a day: what touches it began on this day or the one before.
        const day = Math.floor(use.from / DAY_MINUTES);
        const near = [day - 1, day, day + 1].flatMap((one) => kept.get(`${use.id}/${one}`) ?? []);
        return peakWith(near, use) <= (after.resources.get(use.id)?.body.capacity ?? 0);
      });
    if (!fitsAll) {
      out.add(appointment.id);
      continue;
    }
    if (session !== null) inSessions.set(session, people);
    for (const use of uses) {
      const key = `${use.id}/${Math.floor(use.from / DAY_MINUTES)}`;
      kept.set(key, [...(kept.get(key) ?? []), use]);
    }
  }
  return out;
}

/** Most units in use at any minute of a use, itself included; people of one session count once. */
function peakWith(others: readonly Use[], use: Use): number {
  const there = others.filter((one) => one.from < use.to && one.to > use.from);
  if (use.share !== null && there.some((one) => one.share === use.share)) return 0;
  const sessions = new Set<string>();
  const counted = there.filter((one) => one.share === null || (!sessions.has(one.share) && sessions.add(one.share)));
  // The peak begins where something begins.
  const begins = [use.from, ...counted.map((one) => Math.max(one.from, use.from))];
  return Math.max(
    ...begins.map((at) =>
      counted.reduce((sum, one) => (one.from <= at && at < one.to ? sum + one.units : sum), use.units),
    ),
  );
}

/** Appointments that fit before and don't after: each alone, and together at every minute. */
export function strandedBy(before: Schedule, after: Schedule, appointments: readonly Appointment[]): Appointment[] {
  const alone = appointments.filter((one) => fits(before, one) && !fits(after, one));
  const of = lowered(before, after);
  if (of.resources.size === 0 && of.services.size === 0) return alone;
  const gone = new Set(alone.map((one) => one.id));
  const rest = appointments.filter((one) => !gone.has(one.id));
  const earlier = crowdedOut(before, of, rest);
  const crowded = crowdedOut(after, of, rest);
  return appointments.filter((one) => gone.has(one.id) || (crowded.has(one.id) && !earlier.has(one.id)));
}
