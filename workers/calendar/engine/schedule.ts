/**
 * Master data, parsed once per schedule version into maps and memoised hours; everything a decision reads about who works where.
 * Called by the object (once per version) and by tests.
 */
import type { WallDate } from '../../../shared/time.ts';
import type {
  AccountBody,
  BranchBody,
  CompanyBody,
  ExceptionBody,
  HoursBody,
  ResourceBody,
  ScheduleItem,
  ScheduleItemOf,
  ScheduleSnapshot,
  ServiceBody,
  StaffBody,
} from '../master-data.ts';
import type { ScheduleKind } from '../../events/calendar.ts';

type HolidayCalendar = (region: string, date: WallDate) => { name: { de: string; en: string } } | null;

interface Owned {
  hours: HoursBody[];
  exceptions: ExceptionBody[];
}
export interface BranchFacts extends Owned {
  id: string;
  body: BranchBody;
  /** closures and holidays of the whole company */
  companyExceptions: readonly ExceptionBody[];
  /** active people of this branch, by id */
  staff: StaffFacts[];
}
export interface StaffFacts extends Owned {
  id: string;
  name: string;
  body: StaffBody;
}
export interface ResourceFacts extends Owned {
  id: string;
  body: ResourceBody;
}
export interface ServiceFacts {
  id: string;
  body: ServiceBody;
}

export interface Schedule {
  version: number;
  account: AccountBody | null;
  companies: ReadonlyMap<string, CompanyBody>;
  branches: ReadonlyMap<string, BranchFacts>;
  staff: ReadonlyMap<string, StaffFacts>;
  services: ReadonlyMap<string, ServiceFacts>;
  resources: ReadonlyMap<string, ResourceFacts>;
  holidayOn: HolidayCalendar;
  /** memo of hours.ts: grows with the days asked, bounded there */
  memo: Map<string, HoursMemo>;
}
/** Per branch: epoch-minute sets by epoch day. */
export interface HoursMemo {
  dates: Map<number, string>;
  pieces: Map<number, readonly { from: number; to: number; offset: number }[]>;
  open: Map<number, readonly number[]>;
  presence: Map<number, readonly number[]>;
  staff: Map<string, Map<number, readonly number[]>>;
  resources: Map<string, Map<number, readonly number[]>>;
}

const staffName = (body: StaffBody): string =>
  body.lastName === '' ? body.firstName : `${body.firstName} ${body.lastName}`;

/** @param items validated bodies; @param holidayOn shared/holidays.ts, injected so that rules stay testable */
export function parseSchedule(items: readonly ScheduleItem[], version: number, holidayOn: HolidayCalendar): Schedule {
  const branches = new Map<string, BranchFacts>();
  const staff = new Map<string, StaffFacts>();
  const services = new Map<string, ServiceFacts>();
  const resources = new Map<string, ResourceFacts>();
  const companies = new Map<string, CompanyBody>();
  const closures = new Map<string, ExceptionBody[]>();
  let account: AccountBody | null = null;
  const ofCompany = (id: string): ExceptionBody[] => {
    const known = closures.get(id) ?? [];
    closures.set(id, known);
    return known;
  };
  for (const item of items) if (item.kind === 'company') companies.set(item.id, item.body);
  for (const item of items) {
    switch (item.kind) {
      case 'branch':
        branches.set(item.id, {
          id: item.id,
          // A company that was given up takes its branches along: nobody books there until it is back.
          body: companies.get(item.body.companyId)?.archived ? { ...item.body, active: false } : item.body,
          hours: [],
          exceptions: [],
          companyExceptions: ofCompany(item.body.companyId),
          staff: [],
        });
        break;
      case 'staff':
        staff.set(item.id, { id: item.id, name: staffName(item.body), body: item.body, hours: [], exceptions: [] });
        break;
      case 'service':
        services.set(item.id, { id: item.id, body: item.body });
        break;
      case 'resource':
        resources.set(item.id, { id: item.id, body: item.body, hours: [], exceptions: [] });
        break;
      case 'account':
        account = item.body;
        break;
      case 'company':
      case 'hours':
      case 'exception':
        break;
    }
  }
  const owners = { branch: branches, staff, resource: resources } satisfies Record<string, ReadonlyMap<string, Owned>>;
  for (const item of items) {
    if (item.kind === 'hours') owners[item.body.ownerKind].get(item.body.ownerId)?.hours.push(item.body);
    else if (item.kind === 'exception') {
      if (item.body.ownerKind === 'company') ofCompany(item.body.ownerId).push(item.body);
      else owners[item.body.ownerKind].get(item.body.ownerId)?.exceptions.push(item.body);
    }
  }
  for (const person of staff.values()) {
    if (!person.body.active) continue;
    for (const branchId of person.body.branchIds) branches.get(branchId)?.staff.push(person);
  }
  return { version, account, companies, branches, staff, services, resources, holidayOn, memo: new Map() };
}

/** The branch meant when none is named: the person's only one, else the company's main branch, else the only or first active one. */
export function defaultBranch(
  schedule: Schedule,
  staffId: string | null,
  companyId: string | null,
): BranchFacts | null {
  const person = staffId === null ? undefined : schedule.staff.get(staffId);
  if (person && person.body.branchIds.length === 1)
    return schedule.branches.get(person.body.branchIds[0] ?? '') ?? null;
  const candidates = [...schedule.branches.values()].filter(
    (branch) => branch.body.active && (companyId === null || branch.body.companyId === companyId),
  );
  return candidates.find((branch) => branch.body.main) ?? candidates[0] ?? null;
}

/** Stored rows → the snapshot of the port. */
export function snapshotOf(items: readonly ScheduleItem[], version: number): ScheduleSnapshot {
  const pick = <K extends ScheduleKind>(kind: K): ScheduleItemOf<K>[] =>
    items.filter(
      (item): item is Extract<ScheduleItem, { kind: K }> => item.kind === kind,
    ) as unknown as ScheduleItemOf<K>[];
  return {
    version,
    account: pick('account')[0] ?? null,
    companies: pick('company'),
    branches: pick('branch'),
    staff: pick('staff'),
    services: pick('service'),
    hours: pick('hours'),
    exceptions: pick('exception'),
    resources: pick('resource'),
  };
}
