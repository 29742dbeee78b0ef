/** The rule of a day's bookable minutes: what all people of a branch work, before any booking. Called by the object for withheld callers. */
import type { Instant } from '../../../shared/clock.ts';
import { MINUTE } from '../../../shared/time.ts';
import { dayAt, daySpan, workingMinutes } from './hours.ts';
import type { Schedule } from './schedule.ts';

/** The branch's day that an instant lies in, as instants (half open), with its minutes of shifts minus breaks and absences. Null: no such branch. */
export function bookableMinutes(
  schedule: Schedule,
  branchId: string,
  at: Instant,
): { from: number; until: number; minutes: number } | null {
  const branch = schedule.branches.get(branchId);
  if (!branch) return null;
  const day = dayAt(Math.floor(at / MINUTE), branch.body.timeZone);
  const span = daySpan(schedule, branch, day, day);
  let minutes = 0;
  for (const person of branch.staff) {
    const works = workingMinutes(schedule, branch, person, day, day);
    for (let i = 0; i < works.length; i += 2) minutes += (works[i + 1] as number) - (works[i] as number);
  }
  return { from: span.from * MINUTE, until: span.to * MINUTE, minutes };
}
