/** Deleting an appointment: only what is over or cancelled, out of every read, back within thirty days as it was. */
import { describe, expect, it } from 'vitest';
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { DAY } from '../../../shared/time.ts';
import { appointmentById, customerAppointments } from '../queries.ts';
import { newAppointment } from '../rules/appointment.ts';
import { memoryCalendar } from '../store/calendar.fixture.ts';
import type { ActorRef, Appointment } from '../types.ts';
import { deleteAppointment, type DeleteAppointment } from './delete-appointment.ts';
import { setStatus } from './set-status.ts';
import { undeleteAppointment } from './undelete-appointment.ts';

const NOW = asInstant(Date.parse('2027-03-28T00:30:00Z'));
const actor: ActorRef = { kind: 'user', id: 'usr_1' };

const calendar = (status: Appointment['status'], startsAt: Instant) => {
  const made = memoryCalendar();
  made.store.appointments.save(
    newAppointment({
      id: 'apt_1',
      companyId: 'com',
      branchId: 'bra',
      customerId: 'cus_1',
      serviceId: 'srv',
      staffId: 'stf',
      startsAt,
      endsAt: asInstant(startsAt + 3_600_000),
      status,
      source: 'api',
      priceCents: 4_200,
      currency: 'EUR',
      scheduleVersion: 1,
      createdAt: NOW,
      createdBy: actor,
    }),
  );
  return made;
};
let key = 0;
const command = (change: Partial<DeleteAppointment> = {}): DeleteAppointment => ({
  key: `d${++key}`,
  now: NOW,
  actor,
  appointmentId: 'apt_1',
  ...change,
});
const LATER = asInstant(NOW + DAY);
const EARLIER = asInstant(NOW - DAY);

describe('deleting an appointment', () => {
  it.each<[Appointment['status'], Instant]>([
    ['cancelled', LATER],
    ['completed', EARLIER],
    ['no_show', EARLIER],
    // Nobody closed the day.
    ['confirmed', EARLIER],
  ])('%s: out of lists and reads, and back as it was', (status, startsAt) => {
    const { store, events, run } = calendar(status, startsAt);
    const before = store.appointments.find('apt_1');
    expect(run(deleteAppointment, command({ expectedVersion: 1 })).ok).toBe(true);
    expect(store.appointments.find('apt_1')).toBeNull();
    expect(store.appointments.between('bra', startsAt - 1, startsAt + 1)).toEqual([]);
    expect(appointmentById(store, 'apt_1', false)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    expect(customerAppointments(store, 'cus_1', NOW).past).toEqual([]);
    expect(run(deleteAppointment, command())).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    expect(run(undeleteAppointment, command({ expectedVersion: 2 })).ok).toBe(true);
    expect(store.appointments.find('apt_1')).toEqual({ ...before, version: 3, updatedAt: NOW });
    expect(events.map(({ type }) => type)).toEqual(['appointment.deleted', 'appointment.undeleted']);
  });

  it.each<[Appointment['status'], Instant]>([
    ['confirmed', LATER],
    ['pending', LATER],
    ['in_progress', asInstant(NOW - 60_000)],
  ])('%s that is still to come or running is refused', (status, startsAt) => {
    const { store, run } = calendar(status, startsAt);
    expect(run(deleteAppointment, command())).toMatchObject({ ok: false, error: { code: 'ILLEGAL_TRANSITION' } });
    expect(store.appointments.find('apt_1')).not.toBeNull();
  });

  it('somebody who saw an older version is told so', () => {
    const { run } = calendar('cancelled', LATER);
    expect(run(deleteAppointment, command({ expectedVersion: 7 }))).toMatchObject({
      ok: false,
      error: { code: 'VERSION_CONFLICT' },
    });
  });

  it('nothing is done to a deleted one, and after thirty days it does not come back', () => {
    const { run } = calendar('completed', EARLIER);
    run(deleteAppointment, command());
    const confirm = { ...command(), modificationId: 'mod_1', action: 'confirm' as const };
    expect(run(setStatus, confirm)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    const last = asInstant(NOW + 30 * DAY - 1);
    const after = asInstant(NOW + 30 * DAY);
    expect(run(undeleteAppointment, command({ now: after }))).toMatchObject({ ok: false });
    expect(run(undeleteAppointment, command({ now: last })).ok).toBe(true);
  });
});
