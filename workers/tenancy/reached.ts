/**
 * How far an actor reaches, in ids of what is there now, and whether a single thing lies within: the appointments and master data that the
 * calendar object answers. Rows of D1 are judged by storage/queries/reach.ts. Called by scope.ts, within-reach.ts and the module's backings.
 */
import { type Actor, reachOf } from '../../shared/actor.ts';
import type { CalendarPort } from '../calendar/port.ts';
import type { ScheduleSnapshot } from '../calendar/types.ts';
import type { Appointment, ScheduleKind } from '../events/calendar.ts';
import { REACHES_ALL, type Reached } from '../storage/queries/reach.ts';

const NOTHING: Reached = { ...REACHES_ALL, staff: [], branches: [] };

/** What an actor reaches. Asked of the object each time: who was unlinked sees nothing from that moment. Nobody to ask: nothing. */
export async function reachedBy(actor: Actor, calendar: CalendarPort): Promise<Reached> {
  const { companyIds, branchIds, ownOf } = reachOf(actor);
  if (companyIds === null && branchIds === null && ownOf === null) return REACHES_ALL;
  const { result } = await calendar.schedule();
  if (!result.ok) return { ...NOTHING, ownOf };
  const { staff, branches, resources } = result.value;
  const own = ownOf === null ? null : staff.filter(({ body }) => body.userId === ownOf).map(({ id }) => id);
  if (companyIds === null && branchIds === null) return { ...REACHES_ALL, staff: own, ownOf };
  const places = branches.filter(
    ({ id, body }) =>
      (companyIds === null || companyIds.includes(body.companyId)) && (branchIds === null || branchIds.includes(id)),
  );
  const here = places.map(({ id }) => id);
  const wholeCompanies = branchIds === null ? (companyIds ?? []) : [];
  const companies = [...new Set([...places.map(({ body }) => body.companyId), ...wholeCompanies])];
  const people = staff.filter(({ body }) => body.branchIds.some((id) => here.includes(id))).map(({ id }) => id);
  const rooms = resources.filter(({ body }) => here.includes(body.branchId)).map(({ id }) => id);
  return {
    staff: own,
    ownOf,
    branches: here,
    companies,
    wholeCompanies,
    people,
    owners: [...here, ...companies, ...people, ...rooms],
  };
}

/** One of these people serves in it. */
export const isServedBy = (appointment: Appointment, own: readonly string[]): boolean =>
  own.includes(appointment.staffId) ||
  appointment.segments.some(({ staffId }) => staffId !== null && own.includes(staffId));

/** Whether an appointment is reached. */
export const isAppointmentReached = (appointment: Appointment, { staff, branches }: Reached): boolean =>
  (staff === null || isServedBy(appointment, staff)) && (branches === null || branches.includes(appointment.branchId));

/** What of a body of master data says where it belongs. */
interface Placed {
  companyId?: string | null;
  branchId?: string | null;
  branchIds?: readonly string[];
  ownerKind?: string;
  ownerId?: string;
}

/** An item of master data as far as its place is judged. */
export interface PlacedItem {
  kind: ScheduleKind;
  id: string;
  body: object;
}

/** Whether an item of master data is reached. */
export function isItemReached({ kind, id, body }: PlacedItem, reached: Reached): boolean {
  const { staff, branches, companies, owners } = reached;
  const place = body as Placed;
  const isOwned = kind === 'hours' || kind === 'exception';
  // Why and when a colleague is away is not theirs to know; what is nobody's in person is.
  if (staff !== null && isOwned && place.ownerKind === 'staff' && !staff.includes(place.ownerId ?? '')) return false;
  if (branches === null) return true;
  const isHere = (branchId: string | null | undefined): boolean => branchId != null && branches.includes(branchId);
  switch (kind) {
    case 'account':
      return false;
    case 'company':
      return companies.includes(id);
    case 'branch':
      return isHere(id) || reached.wholeCompanies.includes(place.companyId ?? '');
    case 'staff':
      return place.branchIds?.some(isHere) === true;
    case 'service':
      return companies.includes(place.companyId ?? '');
    case 'resource':
      return isHere(place.branchId);
    case 'hours':
    case 'exception':
      return owners.includes(place.ownerId ?? '') && (place.branchId == null || isHere(place.branchId));
  }
}

/**
 * Whether an item may become this: it is reached before and after, nobody is taken out of or put into a branch beyond reach, and who has only
 * their own changes nobody else. @param before null: a new one
 */
export function mayBecome(before: PlacedItem | null, after: PlacedItem | null, reached: Reached): boolean {
  const { staff, branches } = reached;
  for (const one of [before, after]) if (one !== null && !isItemReached(one, reached)) return false;
  const kind = (before ?? after)?.kind;
  if (staff !== null && kind === 'staff' && !staff.includes((before ?? after)?.id ?? '')) return false;
  if (branches === null || kind !== 'staff') return true;
  const [old, next] = [before, after].map((one) => (one?.body as Placed | undefined)?.branchIds ?? []);
  const changed = [
    ...(old ?? []).filter((id) => !next?.includes(id)),
    ...(next ?? []).filter((id) => !old?.includes(id)),
  ];
  return changed.every((id) => branches.includes(id));
}

/** All items of a snapshot of a kind. */
export function itemsOf(schedule: ScheduleSnapshot, kind: ScheduleKind): readonly PlacedItem[] {
  switch (kind) {
    case 'account':
      return schedule.account === null ? [] : [schedule.account];
    case 'company':
      return schedule.companies;
    case 'branch':
      return schedule.branches;
    case 'staff':
      return schedule.staff;
    case 'service':
      return schedule.services;
    case 'hours':
      return schedule.hours;
    case 'exception':
      return schedule.exceptions;
    case 'resource':
      return schedule.resources;
  }
}
