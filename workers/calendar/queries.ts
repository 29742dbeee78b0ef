/** Reads of the calendar object: a day of all staff, an appointment with its names, a customer's bookings. No writes. */
import { asInstant, type Instant } from '../../shared/clock.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { MAX_RANGE_DAYS, MAX_RANGE_ROWS } from '../../shared/calendar-limits.ts';
import { addDays, MINUTE, timeOfMinutes } from '../../shared/time.ts';
import {
  absencesOn,
  clockAt,
  daySpan,
  epochDay,
  holidayOfBranch,
  openMinutes,
  workingMinutes,
} from './engine/hours.ts';
import { intersect, type Minutes } from './engine/intervals.ts';
import { checkAvailability } from './engine/check.ts';
import { namesOf, UNKNOWN_SERVICE } from './engine/names.ts';
import { type BranchFacts, defaultBranch, type Schedule, snapshotOf, type StaffFacts } from './engine/schedule.ts';
import { NO_RECORDS } from './store/records.ts';
import type { CalendarStore } from './store/store.ts';
import { appointmentsIn } from './rules/busy-source.ts';
import { EXTERNAL_OWNER } from './rules/slot-decision.ts';
import type { Period } from '../../shared/contract/master-data.ts';
import type {
  AvailabilityAnswer,
  AvailabilityQuery,
  BusyQuestion,
  BusySource,
  ConflictAnswer,
} from './commands/inputs.ts';
import type { ScheduleSnapshot } from './master-data.ts';
import type { AppointmentDetail, CustomerAppointments, DayAnswer, DayQuery, DaysAnswer, DaysQuery } from './reads.ts';
import type { CustomerStats } from './rows.ts';
import type { Appointment } from '../events/calendar.ts';

/** Titles shown of one stretch. */
const MAX_TITLES = 5;
/** Appointments named for one time of an import. */
const MAX_MET = 5;

/** Holds shown in a day; more than this many at once are an attack, not a day. */
const MAX_DAY_HOLDS = 500;
const MAX_UPCOMING = 50;
const MAX_PAST = 20;

/** A set of epoch minutes inside one day → periods of the branch's clock. In the autumn hour two stretches may read alike. */
function periodsOf(schedule: Schedule, branch: BranchFacts, set: Minutes): Period[] {
  const made: Period[] = [];
  for (let i = 0; i < set.length; i += 2) {
    const from = clockAt({ schedule, branch }, set[i] as number).minute;
    const last = clockAt({ schedule, branch }, (set[i + 1] as number) - 1).minute;
    made.push({ from: timeOfMinutes(from), to: timeOfMinutes(last + 1) });
  }
  return made;
}

/** Days one after the other until all are there or they hold enough. Refusals: NOT_FOUND (branch). */
export function daysOf(store: CalendarStore, { days: wanted, ...query }: DaysQuery): Result<DaysAnswer> {
  const days: DayAnswer[] = [];
  let rows = 0;
  for (let n = 0; n < Math.min(wanted, MAX_RANGE_DAYS); n++) {
    const date = addDays(query.date, n);
    if (rows >= MAX_RANGE_ROWS) return ok({ days, nextDate: date });
    const read = dayOf(store, { ...query, date });
    if (!read.ok) return read;
    rows += read.value.appointments.length;
    days.push(read.value);
  }
  return ok({ days, nextDate: null });
}

/** Refusals: NOT_FOUND (branch). */
export function dayOf(store: CalendarStore, query: DayQuery): Result<DayAnswer> {
  const schedule = store.schedule.current();
  const branch = query.branchId === null ? defaultBranch(schedule, null, null) : schedule.branches.get(query.branchId);
  if (!branch) return err({ code: 'NOT_FOUND', entity: 'branch' });
  const day = epochDay(query.date);
  const span = daySpan(schedule, branch, day, day);
  const within: Minutes = [span.from, span.to];
  const appointments = store.appointments.between(branch.id, span.from * MINUTE, span.to * MINUTE);
  const holds = store.holds
    .allLive(query.now, MAX_DAY_HOLDS)
    .filter(
      (hold) =>
        hold.slot.branchId === branch.id &&
        hold.slot.startsAt < span.to * MINUTE &&
        hold.slot.endsAt > span.from * MINUTE,
    );
  const present = new Set(appointments.flatMap((a) => a.segments.map((s) => s.staffId ?? a.staffId)));
  const people = [...schedule.staff.values()].filter(
    (person) =>
      (query.staffId ? person.id === query.staffId : true) &&
      (present.has(person.id) || (person.body.active && person.body.branchIds.includes(branch.id))),
  );
  const open = periodsOf(schedule, branch, intersect(openMinutes(schedule, branch, day, day), within));
  const columns = people.map((person) => columnOf(store, schedule, branch, person, day, query, span));
  const services = [...new Set(appointments.flatMap((a) => [a.serviceId, ...a.moreServiceIds]))].map((id) => {
    const body = schedule.services.get(id)?.body;
    return {
      id,
      name: body?.name ?? UNKNOWN_SERVICE,
      colour: body?.colour ?? null,
      segments: (body?.segments ?? []).map((segment) => ({ id: segment.id, name: segment.name ?? null })),
    };
  });
  return ok({
    branch: { id: branch.id, name: branch.body.name, companyId: branch.body.companyId, timeZone: branch.body.timeZone },
    date: query.date,
    dayStartsAt: asInstant(span.from * MINUTE),
    dayEndsAt: asInstant(span.to * MINUTE),
    opens: open[0]?.from ?? null,
    closes: open.at(-1)?.to ?? null,
    open,
    holiday: holidayOfBranch(schedule, branch, query.date),
    staff: columns,
    appointments: appointments
      .filter((a) => !query.staffId || a.segments.some((s) => s.staffId === query.staffId))
      .map((a) => ({ ...a, ...store.appointments.texts(a.id) })),
    busy: [],
    holds: holds.map((hold) => ({
      lockToken: hold.lockToken,
      staffId: hold.slot.staffId,
      startsAt: hold.slot.startsAt,
      endsAt: hold.slot.endsAt,
      expiresAt: hold.expiresAt,
    })),
    resources: [...schedule.resources.values()]
      .filter(({ body }) => body.active && body.branchId === branch.id)
      .map(({ id, body }) => ({ id, name: body.name })),
    services,
  });
}

function columnOf(
  store: CalendarStore,
  schedule: Schedule,
  branch: BranchFacts,
  person: StaffFacts,
  day: number,
  query: DayQuery,
  span: { from: number; to: number },
): DayAnswer['staff'][number] {
  const absences: DayAnswer['staff'][number]['absences'] = absencesOn(person, query.date).map((a) => ({
    from: timeOfMinutes(a.from),
    to: timeOfMinutes(a.to),
    reason: a.reason,
    title: null,
  }));
  const busy = store.busy.staff(person.id, span.from, span.to);
  for (let i = 0; i < busy.from.length; i++) {
    const from = Math.max(span.from, busy.from[i] as number);
    const to = Math.min(span.to, busy.to[i] as number);
    if (!busy.owner[i]?.startsWith(EXTERNAL_OWNER) || from >= to) continue;
    for (const period of periodsOf(schedule, branch, [from, to]))
      absences.push({ ...period, reason: 'external', title: titleOf(store, person.id, from, to) });
  }
  return {
    id: person.id,
    name: person.name,
    colour: person.body.colour,
    working: periodsOf(
      schedule,
      branch,
      intersect(workingMinutes(schedule, branch, person, day, day), [span.from, span.to]),
    ),
    absences,
    serviceIds: [...schedule.services.values()]
      .filter(({ body }) => body.staff.some(({ staffId }) => staffId === person.id))
      .map(({ id }) => id),
  };
}

/** What somebody does in a stretch of an imported calendar, where titles were kept: the guard has the union of its events. */
function titleOf(store: CalendarStore, staffId: string, from: number, to: number): string | null {
  const titles = store.busySources.within(staffId, from, to).flatMap(({ title }) => title ?? []);
  return titles.length === 0 ? null : [...new Set(titles)].slice(0, MAX_TITLES).join(' · ');
}

/** Refusals: NOT_FOUND (`staff`). */
export const busySourcesOf = (store: CalendarStore, staffId: string): Result<BusySource[]> =>
  store.schedule.current().staff.has(staffId)
    ? ok(store.busySources.of(staffId))
    : err({ code: 'NOT_FOUND', entity: 'staff' });

/** What importing times would meet: whether each is there already, and which appointments lie in it. */
export function busyMeets(
  store: CalendarStore,
  { staffId, sourceId, times, now }: BusyQuestion,
): { present: boolean; appointments: { id: string; branchId: string; startsAt: Instant }[] }[] {
  const known = store.busySources.find(sourceId);
  const there = new Set(
    (known === null ? [] : store.busySources.times(known.importId)).map(([from, to]) => `${from} ${to}`),
  );
  const met = appointmentsIn(store.appointments.futureOpen(now), staffId, times);
  return times.map(([from, to], i) => ({
    present: there.has(`${from} ${to}`),
    appointments: (met[i] ?? []).slice(0, MAX_MET).map(({ id, branchId, startsAt }) => ({ id, branchId, startsAt })),
  }));
}

/** An appointment with the names that the schedule has for it now. */
function detailOf(store: CalendarStore, appointment: Appointment, withRecords: boolean): AppointmentDetail {
  const schedule = store.schedule.current();
  const services = [appointment.serviceId, ...appointment.moreServiceIds].map((id) => schedule.services.get(id)?.body);
  return {
    appointment,
    texts: store.appointments.texts(appointment.id),
    ...namesOf(schedule, appointment),
    neutralNames: services.map((body) => body?.neutralName ?? null),
    ...(withRecords ? store.recordsOf(appointment.id) : NO_RECORDS),
  };
}

const noStats = (customerId: string): CustomerStats => ({
  customerId,
  appointments: 0,
  completed: 0,
  cancellations: 0,
  reschedules: 0,
  noShows: 0,
  modifications: 0,
  lastStartsAt: null,
  lastModifiedAt: null,
});

export function customerAppointments(store: CalendarStore, customerId: string, now: Instant): CustomerAppointments {
  const detail = (a: Appointment): AppointmentDetail => detailOf(store, a, false);
  return {
    stats: store.customers.stats(customerId) ?? noStats(customerId),
    upcoming: store.appointments.ofCustomer(customerId, now, false, MAX_UPCOMING).map(detail),
    past: store.appointments.ofCustomer(customerId, now, true, MAX_PAST).map(detail),
  };
}

/** Refusals: NOT_FOUND. @param isAny a deleted one, too */
export function appointmentById(store: CalendarStore, id: string, isAny: boolean): Result<AppointmentDetail> {
  const appointment = isAny ? store.appointments.findAny(id) : store.appointments.find(id);
  return appointment ? ok(detailOf(store, appointment, true)) : err({ code: 'NOT_FOUND', entity: 'appointment' });
}

/** A conflict with Cal.com, with the appointment it is about. Refusal: NOT_FOUND. */
export function conflictById(store: CalendarStore, id: string): Result<ConflictAnswer> {
  const conflict = store.external.conflict(id);
  if (!conflict) return err({ code: 'NOT_FOUND', entity: 'conflict' });
  const appointment = conflict.appointmentId === null ? null : store.appointments.find(conflict.appointmentId);
  return ok({ conflict, appointment });
}

/** `unchanged` when the asker's copy is the present one. */
export function scheduleSince(
  store: CalendarStore,
  knownVersion: number | null,
): { unchanged: true; version: number } | { unchanged: false; snapshot: ScheduleSnapshot } {
  const version = store.schedule.knownVersion();
  if (version === knownVersion) return { unchanged: true, version };
  return { unchanged: false, snapshot: snapshotOf(store.schedule.items(), version) };
}

/** What is free; the asker's own holds are not in the way. Refusals: as checkAvailability of engine/check.ts. */
export function availabilityOf(store: CalendarStore, query: AvailabilityQuery): Result<AvailabilityAnswer> {
  const exclude = query.lockToken ? [query.lockToken] : [];
  if (query.callId) exclude.push(...store.holds.live('call_id', query.callId, query.now).map((hold) => hold.lockToken));
  return checkAvailability(store.schedule.current(), store.busy, query, exclude);
}
