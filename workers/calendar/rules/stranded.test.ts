/** A change of the schedule names every appointment that it leaves without room, also where only all of them together are too many. */
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../../shared/clock.ts';
import type { Appointment } from '../../events/calendar.ts';
import type { ScheduleInput } from '../master-data.ts';
import { salonItems, scheduleOf } from '../salon.fixture.ts';
import { newAppointment } from './appointment.ts';
import { strandedBy } from './stranded.ts';

const at = (time: string): ReturnType<typeof asInstant> => asInstant(Date.parse(`2027-03-09T${time}:00Z`));

/** A cut in one of the chairs; `created` says who booked first. */
const cut = (id: string, from: string, to: string, created: number, more: Partial<Appointment> = {}): Appointment =>
  newAppointment({
    id,
    companyId: 'com',
    branchId: 'bra_mitte',
    customerId: 'cus',
    serviceId: 'srv_cut',
    staffId: 'stf_anna',
    startsAt: at(from),
    endsAt: at(to),
    status: 'confirmed',
    source: 'admin',
    priceCents: 100,
    currency: 'EUR',
    scheduleVersion: 1,
    createdAt: asInstant(created),
    createdBy: { kind: 'system', id: 'test' },
    resources: [{ resourceId: 'res_chairs', units: 1 }],
    ...more,
  });

/** The salon with so many chairs; nobody's hours are asked. */
const chairs = (capacity: number, service: object = {}): ReturnType<typeof scheduleOf> =>
  scheduleOf([
    ...salonItems().map(
      (item): ScheduleInput =>
        item.id === 'srv_course' ? { ...item, body: { ...(item.body as object), ...service } } : item,
    ),
    {
      kind: 'resource',
      id: 'res_chairs',
      body: { companyId: COMPANY, branchId: BRANCH, name: 'Stühle', type: 'equipment', capacity },
    },
  ]);
const branch = salonItems().find((item) => item.kind === 'branch');
const BRANCH = branch?.id ?? '';
const COMPANY = 'com';
const here = (list: Appointment[]): Appointment[] =>
  list.map((one) => ({ ...one, branchId: BRANCH, companyId: COMPANY }));
const names = (list: readonly Appointment[]): string[] => list.map((one) => one.id);

describe('a lowered capacity', () => {
  it('counts appointments at one hour together, and who booked first stays', () => {
    const both = here([cut('late', '09:00', '10:00', 2), cut('early', '09:00', '10:00', 1)]);
    expect(names(strandedBy(chairs(2), chairs(1), both))).toEqual(['late']);
    expect(names(strandedBy(chairs(2), chairs(2), both))).toEqual([]);
  });
  it('counts every minute, not the first one alone', () => {
    const reaching = here([
      cut('long', '09:00', '11:00', 1),
      cut('inside', '10:30', '11:30', 2),
      cut('after', '11:30', '12:00', 3),
    ]);
    expect(names(strandedBy(chairs(2), chairs(1), reaching))).toEqual(['inside']);
  });
  it('counts also who begins later and booked first', () => {
    const both = here([cut('first', '09:30', '10:30', 1), cut('second', '09:00', '10:00', 2)]);
    expect(names(strandedBy(chairs(2), chairs(1), both))).toEqual(['second']);
  });
  it('strands one alone that needs more than is left', () => {
    const wide = here([cut('wide', '09:00', '10:00', 1, { resources: [{ resourceId: 'res_chairs', units: 2 }] })]);
    expect(names(strandedBy(chairs(2), chairs(1), wide))).toEqual(['wide']);
  });
  it('does not name again what was too many before', () => {
    const three = here([cut('a', '09:00', '10:00', 1), cut('b', '09:00', '10:00', 2), cut('c', '09:00', '10:00', 3)]);
    expect(names(strandedBy(chairs(2), chairs(1), three))).toEqual(['b']);
  });
  it('counts the people of a session, and its room once', () => {
    const session = { serviceId: 'srv_course', staffId: 'stf_ben', bookingType: 'group' as const };
    const people = here([1, 2, 3].map((n) => cut(`p${n}`, '09:00', '10:00', n, session)));
    expect(names(strandedBy(chairs(1), chairs(1, { maxPerSlot: 2 }), people))).toEqual(['p3']);
    expect(names(strandedBy(chairs(2), chairs(1), people))).toEqual([]);
  });
});
