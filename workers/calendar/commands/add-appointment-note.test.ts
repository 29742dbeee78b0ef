/** A note of staff: kept with its author and time, bounded, without a trace of its text in events, and the appointment stays as it is. */
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../../shared/clock.ts';
import { recordOf } from '../../object-runtime/command.ts';
import { newAppointment } from '../rules/appointment.ts';
import { memoryCalendar } from '../store/calendar.fixture.ts';
import type { ActorRef } from '../types.ts';
import { type AddAppointmentNote, addAppointmentNote, MAX_NOTES_OF_APPOINTMENT } from './add-appointment-note.ts';

const NOW = asInstant(Date.parse('2027-03-01T08:00:00Z'));
const actor: ActorRef = { kind: 'user', id: 'usr_1' };
const command = (change: Partial<AddAppointmentNote> = {}): AddAppointmentNote => ({
  key: 'n',
  now: NOW,
  actor,
  appointmentId: 'apt_1',
  noteId: 'nte_1',
  visibility: 'staff',
  text: 'Brings her dog',
  ...change,
});
const calendar = () => {
  const made = memoryCalendar();
  made.store.appointments.save(
    newAppointment({
      id: 'apt_1',
      companyId: 'com',
      branchId: 'bra',
      customerId: 'cus_1',
      serviceId: 'srv',
      staffId: 'stf',
      startsAt: NOW,
      endsAt: asInstant(NOW + 60_000),
      // What is over is still written about.
      status: 'completed',
      source: 'api',
      priceCents: 0,
      currency: 'EUR',
      scheduleVersion: 1,
      createdAt: NOW,
      createdBy: actor,
    }),
  );
  return made;
};

describe('a note of staff', () => {
  it('is kept with author, time and visibility, newest first, and leaves the appointment as it is', () => {
    const { store, events, run } = calendar();
    const before = store.appointments.find('apt_1');
    expect(run(addAppointmentNote, command()).ok).toBe(true);
    expect(run(addAppointmentNote, command({ noteId: 'nte_0', visibility: 'management' })).ok).toBe(true);
    expect(store.recordsOf('apt_1').notes).toMatchObject([
      { id: 'nte_0', visibility: 'management' },
      { id: 'nte_1', visibility: 'staff', author: actor, at: NOW, text: 'Brings her dog' },
    ]);
    expect(store.appointments.find('apt_1')).toEqual(before);
    expect(events.map(({ type }) => type)).toEqual(['appointment.note_added', 'appointment.note_added']);
  });

  it('leaves its text in no event and in no recorded command', () => {
    const { events, run } = calendar();
    run(addAppointmentNote, command());
    expect(JSON.stringify([events, recordOf(addAppointmentNote, command())])).not.toContain('dog');
  });

  it.each<[string, Partial<AddAppointmentNote>, object]>([
    ['of an appointment that is not there', { appointmentId: 'apt_2' }, { code: 'NOT_FOUND', entity: 'appointment' }],
    ['without a text', { text: ' \n' }, { code: 'VALIDATION_ERROR' }],
    ['that is too long', { text: 'x'.repeat(2_001) }, { code: 'VALIDATION_ERROR' }],
  ])('%s is refused', (_, change, error) => {
    expect(calendar().run(addAppointmentNote, command(change))).toMatchObject({ ok: false, error });
  });

  it('is refused beyond the bound of one appointment', () => {
    const { run } = calendar();
    for (let i = 0; i < MAX_NOTES_OF_APPOINTMENT; i++)
      expect(run(addAppointmentNote, command({ noteId: `nte_${i}` })).ok).toBe(true);
    expect(run(addAppointmentNote, command({ noteId: 'nte_more' }))).toMatchObject({
      ok: false,
      error: { code: 'LIMIT_REACHED', limit: 'appointment_notes', max: MAX_NOTES_OF_APPOINTMENT },
    });
  });
});
