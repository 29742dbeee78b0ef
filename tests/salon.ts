/**
 * Master data of one salon, the only place in which tests put it together: a branch, its people, things, services and hours. Each fixture
 * says what its salon has; the demo data (dev/demo-data/tenants.ts) are the product's own and stay apart. Imported by tests only.
 */
import type { ScheduleInput } from '../workers/calendar/types.ts';

interface SalonMasterData {
  /** id of the account item: the tenant's */
  account: string;
  status?: 'active' | 'suspended';
  company: string;
  /** `Europe/Berlin` in Germany, main branch, unless its own members say otherwise */
  branch: { id: string; name: string; [member: string]: unknown };
  /** each works in the branch, with the same hours as the branch */
  people: readonly { id: string; firstName: string; lastName?: string; breaks?: { from: string; to: string }[] }[];
  /** equipment of the branch */
  things?: readonly { id: string; name: string; [member: string]: unknown }[];
  /** in euro; everybody can do it, unless `staff` says who */
  services: readonly { id: string; name: Record<string, string>; [member: string]: unknown }[];
  /** 0 = Sunday */
  weekdays: readonly number[];
  open: { from: string; to: string };
  /** default: `<owner>.<weekday>` */
  hoursId?: (ownerId: string, weekday: number) => string;
}

export function salonMasterData(salon: SalonMasterData): ScheduleInput[] {
  const { company: companyId, branch, people } = salon;
  const hoursId = salon.hoursId ?? ((ownerId, weekday) => `${ownerId}.${weekday}`);
  const body = ({ id: _, ...members }: { id: string; [member: string]: unknown }) => ({ companyId, ...members });
  const hours = (ownerKind: 'branch' | 'staff', ownerId: string, weekday: number, breaks?: unknown): ScheduleInput => ({
    kind: 'hours',
    id: hoursId(ownerId, weekday),
    body: { ownerKind, ownerId, weekday, periods: [salon.open], ...(breaks === undefined ? {} : { breaks }) },
  });
  return [
    { kind: 'account', id: salon.account, body: { status: salon.status ?? 'active', currency: 'EUR' } },
    {
      kind: 'branch',
      id: branch.id,
      body: { timeZone: 'Europe/Berlin', country: 'DE', main: true, ...body(branch) },
    },
    ...people.map(
      ({ id, firstName, lastName }): ScheduleInput => ({
        kind: 'staff',
        id,
        body: { companyId, firstName, ...(lastName === undefined ? {} : { lastName }), branchIds: [branch.id] },
      }),
    ),
    ...(salon.things ?? []).map(
      (thing): ScheduleInput => ({
        kind: 'resource',
        id: thing.id,
        body: { branchId: branch.id, type: 'equipment', ...body(thing) },
      }),
    ),
    ...salon.services.map(
      (service): ScheduleInput => ({
        kind: 'service',
        id: service.id,
        body: { currency: 'EUR', staff: people.map(({ id }) => ({ staffId: id })), ...body(service) },
      }),
    ),
    ...salon.weekdays.flatMap((weekday) => [
      hours('branch', branch.id, weekday),
      ...people.map(({ id, breaks }) => hours('staff', id, weekday, breaks)),
    ]),
  ];
}
