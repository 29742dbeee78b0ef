/**
 * The port to a tenant's calendar object: plain RPC, with one retry of infrastructure faults under the same key (every command is
 * idempotent), and an isolate's copy of the master data. Made by `tenancy/scope.ts` only.
 */
import { BoundedMap } from '../../shared/bounded-map.ts';
import type { TenantId } from '../../shared/ids.ts';
import { processNow } from '../../shared/clock.ts';
import { holidayOn } from '../../shared/holidays.ts';
import { ok } from '../../shared/result.ts';
import { asking } from '../object-runtime/ask.ts';
import type { Head } from '../object-runtime/events.ts';
import { objectFor } from '../object-runtime/place.ts';
import { openStream } from '../object-runtime/streams.ts';
import { type Platform, bindingsOf } from '../env.ts';
import { CALENDAR_VERBS, type CalendarVerb } from './commands/registry.ts';
import { holidayOfBranch, openOnDate } from './engine/hours.ts';
import { parseSchedule, type Schedule } from './engine/schedule.ts';
import type { ScheduleItem, ScheduleSnapshot } from './master-data.ts';
import type { CalendarAnswer, CalendarPort } from './port.ts';
import type { OpenHours } from './reads.ts';

/** Tenants whose master data an isolate keeps; a few hundred kB each at most. */
const MAX_COPIES = 100;

interface Copy {
  snapshot: ScheduleSnapshot;
  hours: OpenHours | null;
  head: Head;
  readAt: number;
}
const copies = new BoundedMap<string, Copy>(MAX_COPIES);

function hoursOf(snapshot: ScheduleSnapshot): OpenHours {
  const items: ScheduleItem[] = [
    ...(snapshot.account ? [snapshot.account] : []),
    ...snapshot.companies,
    ...snapshot.branches,
    ...snapshot.staff,
    ...snapshot.services,
    ...snapshot.hours,
    ...snapshot.exceptions,
    ...snapshot.resources,
  ];
  const schedule: Schedule = parseSchedule(items, snapshot.version, holidayOn);
  return {
    version: snapshot.version,
    snapshot,
    openOn(branchId, date) {
      const branch = schedule.branches.get(branchId);
      const open = branch ? openOnDate(schedule, branch, date) : [];
      const made: { from: number; to: number }[] = [];
      for (let i = 0; i < open.length; i += 2) made.push({ from: open[i] as number, to: open[i + 1] as number });
      return made;
    },
    holidayOn(branchId, date) {
      const branch = schedule.branches.get(branchId);
      return branch ? holidayOfBranch(schedule, branch, date) : null;
    },
  };
}

export function calendarPort(platform: Platform, tenantId: TenantId): CalendarPort {
  const ask = asking(() => objectFor(bindingsOf(platform).CALENDAR, tenantId, !platform.development));
  const copyOf = async (maxAgeMs: number): Promise<Copy> => {
    const known = copies.get(tenantId);
    const now = processNow();
    if (known && maxAgeMs > 0 && Math.abs(now - known.readAt) <= maxAgeMs) return known;
    const { result, head } = await ask((o) => o.schedule(known?.snapshot.version ?? null));
    if (!result.ok) throw new Error(`the schedule can't be read: ${result.error.code}`);
    const fresh = result.value.unchanged ? known : { snapshot: result.value.snapshot, hours: null };
    const copy: Copy = { snapshot: fresh?.snapshot ?? EMPTY, hours: fresh?.hours ?? null, head, readAt: now };
    copies.set(tenantId, copy);
    return copy;
  };
  const verbs = Object.fromEntries(
    CALENDAR_VERBS.map((verb) => [verb, (command: never) => ask((o) => o[verb](command) as Promise<unknown>)]),
  ) as unknown as Pick<CalendarPort, CalendarVerb>;
  return {
    ...verbs,
    async schedule(options): Promise<CalendarAnswer<ScheduleSnapshot>> {
      const copy = await copyOf(options?.maxAgeMs ?? 0);
      return { result: ok(copy.snapshot), head: copy.head };
    },
    async openHours(options): Promise<CalendarAnswer<OpenHours>> {
      const copy = await copyOf(options?.maxAgeMs ?? 0);
      copy.hours ??= hoursOf(copy.snapshot);
      return { result: ok(copy.hours), head: copy.head };
    },
    checkAvailability: (query) => ask((o) => o.checkAvailability(query)),
    registerCustomers: (command) => ask((o) => o.registerCustomers(command)),
    knowsCustomer: (customerId) => ask((o) => o.knowsCustomer(customerId)),
    conversation: (command) => ask((o) => o.conversation(command)),
    callsNaming: (customerId) => ask((o) => o.callsNaming(customerId)),
    countCaller: (command) => ask((o) => o.countCaller(command)),
    previewReschedule: (command) => ask((o) => o.previewReschedule(command)),
    busySources: (staffId) => ask((o) => o.busySources(staffId)),
    busyMeets: (question) => ask((o) => o.busyMeets(question)),
    strandedByTimes: (question) => ask((o) => o.strandedByTimes(question)),
    day: (query) => ask((o) => o.day(query)),
    days: (query) => ask((o) => o.days(query)),
    appointmentsOf: (query) => ask((o) => o.appointmentsOf(query)),
    appointment: (appointmentId, which) => ask((o) => o.appointment(appointmentId, which)),
    conflict: (conflictId) => ask((o) => o.conflict(conflictId)),
    dump: (cursor, limit) => ask((o) => o.dump(cursor, limit)),
    flush: (ms) => ask((o) => o.flush(ms)),
    announce: (announcement) => ask((o) => o.announce(announcement)),
    stream: (after, listener) => ask((o) => openStream(o, after, listener)),
    endStreams: (session) => ask((o) => o.endStreams(session)),
  };
}

const EMPTY: ScheduleSnapshot = {
  version: 0,
  account: null,
  companies: [],
  branches: [],
  staff: [],
  services: [],
  hours: [],
  exceptions: [],
  resources: [],
};
