/** How much of their working time people were booked: read from the calendar itself, which knows both. Called by widgets.ts. */
import type { Instant } from '../../shared/clock.ts';
import { boundaryOf, MINUTE, minutesOf, type WallDate } from '../../shared/time.ts';
import type { DayAnswer } from '../calendar/reads.ts';
import type { Group } from '../storage/tenant-db.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import type { Counting } from './counting.ts';

/** Branches whose days are read: each is a look into the calendar. */
const MAX_BRANCHES = 10;

/** Minutes between two times of a day's clock, also where it changes between them. */
const minutesBetween = (date: WallDate, { from, to }: { from: string; to: string }, zone: string): number =>
  (boundaryOf(date, minutesOf(to), zone, 'end') - boundaryOf(date, minutesOf(from), zone, 'start')) / MINUTE;

/** Minutes booked and worked on the days, by person. Pure. */
export function utilisationOf(days: readonly Pick<DayAnswer, 'date' | 'branch' | 'staff' | 'appointments'>[]): Group[] {
  const people = new Map<string, [booked: number, working: number]>();
  const of = (id: string): [number, number] => {
    const known = people.get(id) ?? [0, 0];
    people.set(id, known);
    return known;
  };
  for (const { date, branch, staff, appointments } of days) {
    for (const { id, working } of staff)
      for (const period of working) of(id)[1] += minutesBetween(date, period, branch.timeZone);
    for (const { status, staffId, startsAt, endsAt, segments } of appointments) {
      if (status === 'cancelled') continue;
      const active = segments.filter((one) => one.kind === 'active');
      const parts = active.length === 0 ? [{ staffId, startsAt, endsAt }] : active;
      for (const part of parts) of(part.staffId ?? staffId)[0] += (part.endsAt - part.startsAt) / MINUTE;
    }
  }
  return [...people].map(([key, values]) => ({ key, rows: 1, values }));
}

/** The same of the account's people whom the reader reaches, over so many days from `date` on. */
export async function utilisation(
  scope: TenantScope,
  { reached, schedule }: Counting,
  { date, days }: { date: WallDate; days: number },
): Promise<Group[]> {
  const branches = (schedule?.branches ?? [])
    .filter(({ id, body }) => body.active && (reached.branches === null || reached.branches.includes(id)))
    .slice(0, MAX_BRANCHES);
  const answers = await Promise.all(
    branches.map(({ id }) =>
      scope.calendar.days({ now: scope.now as Instant, branchId: id as `bra_${string}`, staffId: null, date, days }),
    ),
  );
  const read = answers.flatMap(({ result }) => (result.ok ? result.value.days : []));
  return utilisationOf(read).filter(
    ({ key, values }) => (values[1] ?? 0) > 0 && (reached.staff === null || reached.staff.includes(key)),
  );
}
