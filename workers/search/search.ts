/**
 * One field over everything: customers with their appointments and calls, master data, tenants; a few of each kind, and only what the caller
 * may see. Of the tenant's rows it is one way to D1, whatever is found. Called by search-routes.ts.
 */
import { actorMay } from '../../shared/actor.ts';
import { MAX_HITS, type SearchView } from '../../shared/contract/search.ts';
import { fullName } from '../../shared/full-name.ts';
import { inLanguage, type Language } from '../../shared/i18n/language.ts';
import { lazy } from '../../shared/lazy.ts';
import { maskPhone } from '../../shared/mask-phone.ts';
import type { Permission } from '../../shared/permissions.ts';
import { DAY, toIso } from '../../shared/time.ts';
import { asInstant } from '../../shared/clock.ts';
import type { PersonBeside } from '../storage/queries/customers.ts';
import {
  appointmentsFound,
  callsFound,
  customersFound,
  type FoundAppointment,
  type FoundCall,
  type FoundCustomer,
  type FoundItem,
  itemsFound,
  personOf,
} from '../storage/queries/search.ts';
import type { Read } from '../storage/tenant-db.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { type Meant, meantBy } from '../tenancy/search-customers.ts';

const tenants = lazy(() => import('../tenants/queries/tenants.ts'));

/** Names beside hits may be so old. */
const NAMES_MAX_AGE_MS = 30_000;
/** What came before is on the customer's page. */
const APPOINTMENTS_BACK = 30 * DAY;
const CALLS_BACK = 90 * DAY;

/** Kinds of the tenant's own rows, with the permission of their lists. */
const PERMISSIONS = {
  customers: 'view_customers',
  appointments: 'view_appointments',
  calls: 'view_calls',
  staff: 'view_staff',
  services: 'view_services',
  branches: 'view_branches',
  companies: 'view_companies',
} as const satisfies Readonly<Record<string, Permission>>;
type Kind = keyof typeof PERMISSIONS;
const KIND_OF = { staff: 'staff', services: 'service', branches: 'branch', companies: 'company' } as const;

const NOTHING: SearchView = {
  customers: [],
  appointments: [],
  calls: [],
  staff: [],
  services: [],
  branches: [],
  companies: [],
  tenants: [],
};

/** A few of each kind. What the caller may not see is left empty; appointments and calls are narrowed by who reaches what. */
export async function searchAll(scope: TenantScope, text: string, language: Language): Promise<SearchView> {
  const [meant, reached, { result }] = await Promise.all([
    meantBy(scope, text),
    scope.reached(),
    scope.calendar.schedule({ maxAgeMs: NAMES_MAX_AGE_MS }),
  ]);
  const { db, now } = scope;
  const read = (kind: Kind): Read | null => {
    switch (kind) {
      case 'customers':
        return meant && customersFound(db, meant, reached, now);
      case 'appointments':
        return meant && appointmentsFound(db, meant, reached, now - APPOINTMENTS_BACK);
      case 'calls':
        return meant && callsFound(db, meant, reached, now - CALLS_BACK);
      default:
        return itemsFound(db, KIND_OF[kind], text, reached, MAX_HITS);
    }
  };
  const asked = (Object.keys(PERMISSIONS) as Kind[]).flatMap((kind) => {
    const one = actorMay(scope.actor, PERMISSIONS[kind]) ? read(kind) : null;
    return one === null ? [] : [{ kind, read: one }];
  });
  const [rows, found] = await Promise.all([db.reads(asked.map((one) => one.read)), tenantsFound(scope, text)]);
  const by = new Map(asked.map(({ kind }, n) => [kind, rows[n] ?? []]));
  const of = <Row>(kind: Kind): Row[] => (by.get(kind) ?? []) as Row[];
  const schedule = result.ok ? result.value : null;
  const serviceName = (id: string): string | null => {
    const service = schedule?.services.find((one) => one.id === id);
    return service === undefined ? null : inLanguage(service.body.name, language);
  };
  const staffName = (id: string): string => {
    const body = schedule?.staff.find((one) => one.id === id)?.body;
    return body === undefined ? '' : `${body.firstName} ${body.lastName}`.trim();
  };
  return {
    ...NOTHING,
    customers: bestCustomers(of('customers'), meant),
    appointments: nearest(of<FoundAppointment>('appointments'), meant, now).map((row) => ({
      id: row.id,
      starts_at: toIso(asInstant(row.startsAt)),
      time_zone: schedule?.branches.find((one) => one.id === row.branchId)?.body.timeZone ?? 'UTC',
      branch_id: row.branchId,
      status: row.status,
      customer: { id: row.customerId, name: nameIn(personOf(row)) },
      service_name: serviceName(row.serviceId) ?? '',
      staff_name: staffName(row.staffId),
    })),
    calls: of<FoundCall>('calls')
      .filter((row) => isMeant(personOf(row), meant))
      .sort((a, b) => b.startedAt - a.startedAt)
      .slice(0, MAX_HITS)
      .map((row) => ({
        id: row.id,
        started_at: toIso(asInstant(row.startedAt)),
        from_masked: row.fromNumber === null ? null : maskPhone(row.fromNumber),
        customer: row.customerId === null ? null : { id: row.customerId, name: nameIn(personOf(row)) },
      })),
    staff: of<FoundItem>('staff'),
    services: of<FoundItem>('services').map(({ id, name }) => ({ id, name: serviceName(id) ?? name })),
    branches: of<FoundItem>('branches'),
    companies: of<FoundItem>('companies'),
    tenants: found,
  };
}

/** Of operators and resellers; nobody else has any below them. */
async function tenantsFound(scope: TenantScope, text: string): Promise<SearchView['tenants']> {
  if (!actorMay(scope.actor, 'view_tenants')) return [];
  const page = await (await tenants()).listTenants(scope, { q: text, limit: MAX_HITS });
  return page.ok ? page.value.data.map(({ id, name }) => ({ id, name })) : [];
}

const nameIn = (person: PersonBeside): string | null => {
  const [firstName, lastName] = person ?? [null, null];
  return fullName({ firstName, lastName });
};

/** A stretch is wider than the words: three of them, or one that begins another name of the person. By number everybody in it is meant. */
function isMeant(person: PersonBeside, meant: Meant | null): boolean {
  const [firstName, lastName] = person ?? [null, null];
  return meant?.fits === undefined || meant.fits({ firstName, lastName });
}

/** Whole names first, then by name. */
function bestCustomers(rows: readonly FoundCustomer[], meant: Meant | null): SearchView['customers'] {
  const isExact = (row: FoundCustomer): number => (meant?.isExact?.(row) === true ? 0 : 1);
  return rows
    .filter((row) => meant?.fits?.(row) ?? true)
    .sort((a, b) => isExact(a) - isExact(b) || (a.nameKey < b.nameKey ? -1 : a.nameKey > b.nameKey ? 1 : 0))
    .slice(0, MAX_HITS)
    .map((row) => ({ id: row.id, name: fullName(row), phone: row.phone }));
}

/** What is ahead, the next first; then what was, the latest first. */
function nearest(rows: readonly FoundAppointment[], meant: Meant | null, now: number): FoundAppointment[] {
  const own = rows.filter((row) => isMeant(personOf(row), meant));
  const ahead = own.filter((row) => row.startsAt >= now).sort((a, b) => a.startsAt - b.startsAt);
  const past = own.filter((row) => row.startsAt < now).sort((a, b) => b.startsAt - a.startsAt);
  return [...ahead, ...past].slice(0, MAX_HITS);
}
