/**
 * The rule of where a booking from outside takes place, as Cal.com knows no branches: where its service is offered and its person belongs,
 * and of several branches the one whose hours the person works then. Called by the rules of what Cal.com says.
 */
import type { EpochMinute } from '../../../shared/clock.ts';
import { dayAt, workingMinutes } from '../engine/hours.ts';
import type { BranchFacts, Schedule, StaffFacts } from '../engine/schedule.ts';

/** Null: it can't be known. @param time epoch minutes, half open */
export function branchOf(
  schedule: Schedule,
  serviceId: string,
  staffId: string,
  time: { from: EpochMinute; to: EpochMinute },
): string | null {
  const person = schedule.staff.get(staffId);
  if (!person) return null;
  const offered = schedule.services.get(serviceId)?.body.branchIds ?? [];
  const own = person.body.branchIds.flatMap((id) => schedule.branches.get(id) ?? []);
  const both = own.filter(({ id }) => offered.length === 0 || offered.includes(id));
  const candidates = both.length > 0 ? both : own;
  if (candidates.length < 2) return candidates[0]?.id ?? null;
  const worked = candidates.map((branch) => ({ id: branch.id, ...workedIn(schedule, branch, person, time) }));
  // Outside of the hours it is still the branch of that day, if there is one only.
  return soleBest(worked, ({ inside }) => inside) ?? soleBest(worked, ({ thatDay }) => (thatDay > 0 ? 1 : 0));
}

/** Minutes that the person works in the branch: within the time, and on its day. */
function workedIn(
  schedule: Schedule,
  branch: BranchFacts,
  person: StaffFacts,
  time: { from: EpochMinute; to: EpochMinute },
): { inside: number; thatDay: number } {
  const day = dayAt(time.from, branch.body.timeZone);
  const works = workingMinutes(schedule, branch, person, day, dayAt(time.to - 1, branch.body.timeZone));
  let inside = 0;
  let thatDay = 0;
  for (let i = 0; i < works.length; i += 2) {
    const [from, to] = [works[i] as number, works[i + 1] as number];
    thatDay += to - from;
    inside += Math.max(0, Math.min(to, time.to) - Math.max(from, time.from));
  }
  return { inside, thatDay };
}

/** The one with the highest score above zero; null where two share it. */
function soleBest<T extends { id: string }>(list: readonly T[], score: (one: T) => number): string | null {
  const best = Math.max(...list.map(score));
  const found = list.filter((one) => score(one) === best);
  return best > 0 && found.length === 1 ? (found[0]?.id ?? null) : null;
}
