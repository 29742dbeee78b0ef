/** A small salon for tests: Berlin, two people, a chair and a basin, single, composite and group services. Imported by tests only. */
import { asInstant } from '../../shared/clock.ts';
import type { Busy, Timeline } from './engine/availability.ts';
import { parseSchedule, type Schedule } from './engine/schedule.ts';
import { SCHEDULE_SCHEMAS, type ScheduleInput, type ScheduleItem } from './master-data.ts';

const WORKDAYS = [2, 3, 4, 5, 6];

/** Tue–Sat 09:00–18:00; Anna with a lunch break 12:00–13:00, Ben without. */
export function salonItems(): ScheduleInput[] {
  const items: ScheduleInput[] = [
    { kind: 'account', id: 'ten', body: { status: 'active', currency: 'EUR' } },
    {
      kind: 'branch',
      id: 'bra_mitte',
      body: { companyId: 'com', name: 'Mitte', timeZone: 'Europe/Berlin', country: 'DE', main: true },
    },
    {
      kind: 'staff',
      id: 'stf_anna',
      body: { companyId: 'com', firstName: 'Anna', lastName: 'Koch', branchIds: ['bra_mitte'] },
    },
    { kind: 'staff', id: 'stf_ben', body: { companyId: 'com', firstName: 'Ben', branchIds: ['bra_mitte'] } },
    {
      kind: 'resource',
      id: 'res_chair',
      body: { companyId: 'com', branchId: 'bra_mitte', name: 'Stuhl', type: 'equipment', capacity: 2 },
    },
    {
      kind: 'resource',
      id: 'res_basin',
      body: { companyId: 'com', branchId: 'bra_mitte', name: 'Becken', type: 'equipment' },
    },
    {
      kind: 'service',
      id: 'srv_cut',
      body: {
        companyId: 'com',
        name: { de: 'Haarschnitt', en: 'Haircut' },
        durationMinutes: 60,
        priceCents: 4500,
        currency: 'EUR',
        staff: [{ staffId: 'stf_anna' }, { staffId: 'stf_ben' }],
      },
    },
    {
      kind: 'service',
      id: 'srv_colour',
      body: {
        companyId: 'com',
        name: { de: 'Färben' },
        durationMinutes: 105,
        priceCents: 8900,
        currency: 'EUR',
        staff: [{ staffId: 'stf_anna' }, { staffId: 'stf_ben' }],
        resources: [{ anyOf: ['res_chair'] }],
        segments: [
          { id: 'seg_apply', kind: 'active', durationMinutes: 30 },
          { id: 'seg_wait', kind: 'passive', durationMinutes: 30 },
          {
            id: 'seg_finish',
            kind: 'active',
            durationMinutes: 45,
            resources: [{ anyOf: ['res_basin'] }],
            gapMaxMinutes: 15,
          },
        ],
      },
    },
    {
      kind: 'service',
      id: 'srv_course',
      body: {
        companyId: 'com',
        name: { de: 'Kurs' },
        durationMinutes: 60,
        priceCents: 1500,
        currency: 'EUR',
        maxPerSlot: 3,
        slotStepMinutes: 60,
        staff: [{ staffId: 'stf_ben' }],
      },
    },
  ];
  for (const weekday of WORKDAYS) {
    const day = [{ from: '09:00', to: '18:00' }];
    items.push({
      kind: 'hours',
      id: `hrs_b${weekday}`,
      body: { ownerKind: 'branch', ownerId: 'bra_mitte', weekday, periods: day },
    });
    items.push({
      kind: 'hours',
      id: `hrs_a${weekday}`,
      body: {
        ownerKind: 'staff',
        ownerId: 'stf_anna',
        weekday,
        periods: day,
        breaks: [{ from: '12:00', to: '13:00' }],
      },
    });
    items.push({
      kind: 'hours',
      id: `hrs_n${weekday}`,
      body: { ownerKind: 'staff', ownerId: 'stf_ben', weekday, periods: day },
    });
  }
  return items;
}

export const itemsOf = (inputs: readonly ScheduleInput[]): ScheduleItem[] =>
  inputs.map(
    (input) =>
      ({
        kind: input.kind,
        id: input.id,
        version: 1,
        updatedAt: asInstant(0),
        body: SCHEDULE_SCHEMAS[input.kind].parse(input.body),
      }) as ScheduleItem,
  );

export const scheduleOf = (inputs: readonly ScheduleInput[] = salonItems()): Schedule =>
  parseSchedule(itemsOf(inputs), 1, () => null);

export interface BusyRow {
  from: number;
  to: number;
  owner?: string;
  units?: number;
  share?: string | null;
  expires?: number;
}
export function timeline(rows: readonly BusyRow[]): Timeline {
  const sorted = [...rows].sort((a, b) => a.from - b.from);
  return {
    from: sorted.map((r) => r.from),
    to: sorted.map((r) => r.to),
    units: sorted.map((r) => r.units ?? 1),
    share: sorted.map((r) => r.share ?? null),
    owner: sorted.map((r) => r.owner ?? 'apt_other'),
    expires: sorted.map((r) => r.expires ?? Number.POSITIVE_INFINITY),
  };
}
/** Busy times from rows by subject (`stf_…`, `res_…`). */
export function busyOf(rows: Readonly<Record<string, readonly BusyRow[]>>): Busy {
  const made = new Map(Object.entries(rows).map(([id, list]) => [id, timeline(list)]));
  const none = timeline([]);
  return { staff: (id) => made.get(id) ?? none, resource: (id) => made.get(id) ?? none };
}
