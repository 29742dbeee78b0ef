import { describe, expect, it } from 'vitest';
import type { AppointmentView, CalendarAppointment, CalendarDay } from '../../../shared/contract/appointments.ts';
import { bookingRequest, customerRequest, endOf, fieldErrors, isNumber, personOf, usualOf } from './booking.ts';
import { cannotServe, dropRefusal } from './drop-answer.ts';
import { newAppointmentPath } from './new-appointment.ts';

const wanted = {
  customerId: 'cus_1',
  serviceIds: ['srv_1'],
  staffId: '',
  branchId: 'bra_1',
  date: '2027-03-28',
  time: '9',
  zone: 'Europe/Berlin',
  minutes: null,
  notes: ' ',
  notify: true,
};

describe('the booking form', () => {
  it.each([
    ['0151 234', true],
    ['+49 (151) 2', true],
    ['Anna', false],
    ['3 Musketiere', false],
    ['', false],
  ])('takes %j for a number: %s', (text, answer) => expect(isNumber(text)).toBe(answer));

  it('reads name and number in whichever order they were typed, and sends only what is there', () => {
    expect(personOf('Frau Anna von der Heide', ' 0151 1 ')).toEqual({
      name: 'Frau Anna von der Heide',
      phone: '0151 1',
    });
    expect(personOf('0151 1', 'Anna')).toEqual({ name: 'Anna', phone: '0151 1' });
    expect(customerRequest({ name: 'Anna von der Heide', phone: '' })).toEqual({
      first_name: 'Anna',
      last_name: 'von der Heide',
    });
  });

  it('fills in what is had most often, the newest of equals, and nothing of cancelled ones', () => {
    const one = (starts_at: string, service_id: string, staff_id: string, status = 'completed') =>
      ({ starts_at, service_id, staff_id, branch_id: 'bra_1', status }) as AppointmentView;
    expect(usualOf([])).toEqual({ service: null, staff: null, branch: null });
    expect(
      usualOf([
        one('2026-01-01T09:00:00Z', 'srv_old', 'stf_1'),
        one('2026-03-01T09:00:00Z', 'srv_new', 'stf_2'),
        one('2026-02-01T09:00:00Z', 'srv_mid', 'stf_1'),
        one('2026-04-01T09:00:00Z', 'srv_gone', 'stf_3', 'cancelled'),
      ]),
    ).toEqual({ service: 'srv_new', staff: 'stf_1', branch: 'bra_1' });
  });

  it('knows the clock of the day on which it changes', () => {
    expect(bookingRequest(wanted)?.starts_at).toBe('2027-03-28T07:00:00.000Z');
    expect(bookingRequest({ ...wanted, time: '02:30' })).toBeNull();
    expect(bookingRequest({ ...wanted, date: '2027-10-31', time: '02:30' })?.starts_at).toBe(
      '2027-10-31T00:30:00.000Z',
    );
    expect(endOf('23:30', 60)).toBe('00:30');
    expect(endOf('vier', 60)).toBeNull();
  });

  it('says a refusal at the field it is about', () => {
    const fault = { errors: { 'phones.0': ['keine Nummer'], starts_at: ['vorbei'], quote: ['?'] } } as never;
    expect(fieldErrors(fault)).toEqual({ other: 'keine Nummer', time: 'vorbei' });
  });

  it('has one address, in which the person does not narrow the calendar', () => {
    expect(newAppointmentPath({ customer: 'cus_1', staff: 'stf_1', date: '2027-03-28', time: undefined })).toBe(
      '/admin/appointments/calendar?new=1&customer=cus_1&date=2027-03-28&with=stf_1',
    );
  });
});

describe('a place under a dragged block', () => {
  const row = (change: Partial<CalendarAppointment> = {}) =>
    ({
      id: 'apt_1',
      staff_id: 'stf_1',
      service: { id: 'srv_1' },
      starts_at: '2027-03-28T08:00:00.000Z',
      ends_at: '2027-03-28T09:00:00.000Z',
      status: 'confirmed',
      segments: [],
      ...change,
    }) as unknown as CalendarAppointment;
  const person = (id: string, change: object = {}) => ({
    id,
    name: id,
    working: [{ from: '09:00', to: '18:00' }],
    absences: [{ from: '12:00', to: '13:00', reason: null, title: null }],
    service_ids: ['srv_1'],
    ...change,
  });
  const day = {
    date: '2027-03-28',
    time_zone: 'Europe/Berlin',
    staff: [person('stf_1'), person('stf_2', { service_ids: [] })],
    busy: [{ staff_id: 'stf_1', starts_at: '2027-03-28T14:00:00.000Z', ends_at: '2027-03-28T15:00:00.000Z' }],
  } as unknown as CalendarDay;
  const early = Date.parse('2027-03-28T05:00:00Z');
  const at = (from: string, to: string, staffId = 'stf_1', now = early) =>
    dropRefusal(
      day,
      [
        row(),
        row({ id: 'apt_2', starts_at: '2027-03-28T11:00:00.000Z', ends_at: '2027-03-28T11:30:00.000Z' }),
        row({
          id: 'apt_3',
          starts_at: '2027-03-28T13:00:00.000Z',
          ends_at: '2027-03-28T14:00:00.000Z',
          segments: [
            {
              starts_at: '2027-03-28T13:00:00.000Z',
              ends_at: '2027-03-28T13:15:00.000Z',
              kind: 'active',
              staff_id: 'stf_1',
            },
            {
              starts_at: '2027-03-28T13:15:00.000Z',
              ends_at: '2027-03-28T14:00:00.000Z',
              kind: 'passive',
              staff_id: null,
            },
          ] as never,
        }),
        row({
          id: 'apt_4',
          status: 'cancelled',
          starts_at: '2027-03-28T15:00:00.000Z',
          ends_at: '2027-03-28T16:00:00.000Z',
        }),
      ],
      row(),
      { staffId, from, to },
      now,
    );

  it.each([
    ['a free place', '09:00', '10:00', null],
    ['its own place', '10:00', '11:00', null],
    ['before work', '08:30', '09:30', 'outside'],
    ['over the end of work', '17:30', '18:30', 'outside'],
    ['into an absence', '11:30', '12:30', 'absent'],
    ['onto another one', '13:00', '14:00', 'taken'],
    ['beside hands that only wait', '15:20', '15:50', null],
    ['onto a colleague’s time of which only this is known', '16:15', '16:45', 'taken'],
    ['where one was cancelled', '17:00', '18:00', null],
    ['at a time the clock skips', '02:30', '03:30', 'no_such_time'],
  ] as const)('%s', (_what, from, to, why) => expect(at(from, to)).toBe(why));

  it('says first who cannot do it at all, and what is over', () => {
    expect(cannotServe(day, row())).toEqual(['stf_2']);
    expect(at('09:00', '10:00', 'stf_2')).toBe('cannot');
    expect(at('09:00', '10:00', 'stf_1', Date.parse('2027-03-28T07:30:00Z'))).toBe('past');
  });
});
