/**
 * Holidays, sick leave, closures and a summer's hours of the demo businesses, relative to the day they are loaded. Those to come begin behind
 * the two weeks that have appointments, so that nobody loses a place.
 */
import type { ScheduleInput } from '../../workers/calendar/types.ts';
import { addDays, weekdayOf } from '../../shared/time.ts';

const exception = (id: string, from: string, to: string, body: Record<string, unknown>): ScheduleInput => ({
  kind: 'exception',
  id: `exc_demo_${id}`,
  body: { fromDate: from, toDate: to, ...body },
});

/** The first such weekday at least so many days ahead. */
export const dayAhead = (today: string, days: number, weekday: number): string => {
  const from = addDays(today, days);
  return addDays(from, (weekday - weekdayOf(from) + 7) % 7);
};

export function salonExceptions(today: string): ScheduleInput[] {
  const monday = dayAhead(today, 21, 1);
  return [
    exception('lena_urlaub', addDays(monday, 7), addDays(monday, 20), {
      ownerKind: 'staff',
      ownerId: 'stf_lena',
      kind: 'vacation',
      note: 'Familienurlaub',
    }),
    exception('tom_arzt', addDays(monday, 2), addDays(monday, 2), {
      ownerKind: 'staff',
      ownerId: 'stf_tom',
      kind: 'absence',
      fromTime: '09:00',
      toTime: '11:00',
      note: 'Zahnarzt',
    }),
    exception('jonas_krank', addDays(today, -12), addDays(today, -10), {
      ownerKind: 'staff',
      ownerId: 'stf_jonas',
      kind: 'sick',
    }),
    exception('aylin_montag', monday, monday, {
      ownerKind: 'staff',
      ownerId: 'stf_aylin',
      kind: 'extra_shift',
      fromTime: '10:00',
      toTime: '14:00',
      outsideBranchHours: true,
      note: 'Brautprobe',
    }),
    exception('mitte_umbau', addDays(monday, 29), addDays(monday, 30), {
      ownerKind: 'branch',
      ownerId: 'bra_mitte',
      kind: 'closure',
      note: 'Neue Waschplätze',
    }),
    exception('ausflug', addDays(monday, 45), addDays(monday, 45), {
      ownerKind: 'company',
      ownerId: 'com_salon_schoen',
      kind: 'closure',
      note: 'Betriebsausflug',
    }),
    {
      kind: 'hours',
      id: 'hrs_sophie_sommer',
      body: {
        ownerKind: 'staff',
        ownerId: 'stf_sophie',
        weekday: 5,
        periods: [{ from: '18:00', to: '20:00' }],
        validFrom: addDays(monday, 60),
        validUntil: addDays(monday, 150),
      },
    },
  ];
}

export const physioExceptions = (today: string): ScheduleInput[] => [
  exception('eva_kongress', dayAhead(today, 21, 4), addDays(dayAhead(today, 21, 4), 1), {
    ownerKind: 'staff',
    ownerId: 'stf_eva',
    kind: 'absence',
    note: 'Fortbildung',
  }),
];

export const barberExceptions = (today: string): ScheduleInput[] => [
  exception('luca_ferien', dayAhead(today, 21, 2), addDays(dayAhead(today, 21, 2), 11), {
    ownerKind: 'staff',
    ownerId: 'stf_luca',
    kind: 'vacation',
  }),
];
