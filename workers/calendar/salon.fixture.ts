/** A small salon for tests: Berlin, two people, a chair and a basin, single, composite and group services. Imported by tests only. */
import { asInstant } from '../../shared/clock.ts';
import { salonMasterData } from '../../tests/salon.ts';
import type { Busy, Timeline } from './engine/availability.ts';
import { parseSchedule, type Schedule } from './engine/schedule.ts';
import { SCHEDULE_SCHEMAS, type ScheduleInput, type ScheduleItem } from './master-data.ts';

const HOURS_OF: Readonly<Record<string, string>> = { bra_mitte: 'b', stf_anna: 'a', stf_ben: 'n' };

/** Tue–Sat 09:00–18:00; Anna with a lunch break 12:00–13:00, Ben without. */
export const salonItems = (): ScheduleInput[] =>
  salonMasterData({
    account: 'ten',
    company: 'com',
    branch: { id: 'bra_mitte', name: 'Mitte' },
    people: [
      { id: 'stf_anna', firstName: 'Anna', lastName: 'Koch', breaks: [{ from: '12:00', to: '13:00' }] },
      { id: 'stf_ben', firstName: 'Ben' },
    ],
    things: [
      { id: 'res_chair', name: 'Stuhl', capacity: 2 },
      { id: 'res_basin', name: 'Becken' },
    ],
    services: [
      { id: 'srv_cut', name: { de: 'Haarschnitt', en: 'Haircut' }, durationMinutes: 60, priceCents: 4500 },
      {
        id: 'srv_colour',
        name: { de: 'Färben' },
        durationMinutes: 105,
        priceCents: 8900,
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
      {
        id: 'srv_course',
        name: { de: 'Kurs' },
        durationMinutes: 60,
        priceCents: 1500,
        maxPerSlot: 3,
        slotStepMinutes: 60,
        staff: [{ staffId: 'stf_ben' }],
      },
    ],
    weekdays: [2, 3, 4, 5, 6],
    open: { from: '09:00', to: '18:00' },
    hoursId: (ownerId, weekday) => `hrs_${HOURS_OF[ownerId]}${weekday}`,
  });

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
function timeline(rows: readonly BusyRow[]): Timeline {
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
