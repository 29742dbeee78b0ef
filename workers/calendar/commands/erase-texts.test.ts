/** Erasing the texts of a customer goes through all appointments, and what had a reason says so to D1. */
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../../shared/clock.ts';
import type { Result } from '../../../shared/result.ts';
import { newAppointment } from '../rules/appointment.ts';
import { modificationOf, NO_POLICY } from '../rules/status.ts';
import { memoryCalendar } from '../store/calendar.fixture.ts';
import type { ActorRef, Appointment } from '../../events/calendar.ts';
import { ERASED_A_STEP, type EraseTextsAnswer } from './erase-texts.ts';
import { COMMANDS } from './registry.ts';

const NOW = asInstant(Date.parse('2027-03-01T08:00:00Z'));
const actor: ActorRef = { kind: 'user', id: 'usr_1' };
const appointmentOf = (i: number, customerId: string): Appointment =>
  newAppointment({
    id: `apt_${String(i).padStart(5, '0')}`,
    companyId: 'com',
    branchId: 'bra',
    customerId,
    serviceId: 'srv',
    staffId: 'stf',
    // several share a start: the cursor must tell them apart
    startsAt: asInstant(NOW + Math.floor(i / 3) * 3_600_000),
    endsAt: asInstant(NOW + Math.floor(i / 3) * 3_600_000 + 60_000),
    status: i % 2 === 0 ? 'completed' : 'cancelled',
    source: 'api',
    priceCents: 0,
    currency: 'EUR',
    scheduleVersion: 1,
    createdAt: NOW,
    createdBy: actor,
  });

describe('erasing the texts of a customer', () => {
  it('goes through more than a thousand appointments in bounded steps and leaves those of others', () => {
    const { store, storage, events, run } = memoryCalendar();
    const COUNT = 1_250;
    for (let i = 0; i < COUNT; i++) {
      const appointment = appointmentOf(i, 'cus_1');
      store.appointments.save(appointment);
      store.appointments.saveTexts(appointment.id, { notes: 'private', internalNotes: null });
    }
    const other = appointmentOf(99_999, 'cus_2');
    store.appointments.save(other);
    store.appointments.saveTexts(other.id, { notes: 'stays', internalNotes: null });

    let erased = 0;
    let after: string | null = null;
    let steps = 0;
    do {
      const answer: Result<EraseTextsAnswer> = run(COMMANDS.eraseTexts, {
        key: `erase${steps}`,
        now: NOW,
        actor,
        customerId: 'cus_1',
        after,
      });
      if (!answer.ok) throw new Error(answer.error.code);
      expect(answer.value.erased).toBeLessThanOrEqual(ERASED_A_STEP);
      erased += answer.value.erased;
      after = answer.value.next;
      steps++;
    } while (after !== null);
    expect({ erased, steps, events: events.length }).toEqual({ erased: COUNT, steps: 7, events: COUNT });
    expect(storage.sql.exec('SELECT appointment_id, notes FROM appointment_texts').toArray()).toEqual([
      { appointment_id: other.id, notes: 'stays' },
    ]);
  });

  it('tells of each change that had a reason, without it', () => {
    const { store, events, run } = memoryCalendar();
    const before = appointmentOf(0, 'cus_1');
    store.appointments.save(before);
    const change = (id: string) => modificationOf(id, 'cancel', actor, before, before, NO_POLICY, NOW);
    store.modifications.save(change('mod_1'), 'because I am ill');
    store.modifications.save(change('mod_2'), null);
    const answer = run(COMMANDS.eraseTexts, { key: 'e', now: NOW, actor, customerId: 'cus_1' });
    expect(answer).toEqual({ ok: true, value: { erased: 1, next: null, atCalcom: [] } });
    expect(store.modifications.reason('mod_1')).toBeNull();
    expect(events.map(({ type, body }) => [type, (body['modification'] as { id: string } | undefined)?.id])).toEqual([
      ['appointment.texts_erased', undefined],
      ['appointment.texts_erased', 'mod_1'],
    ]);
    expect(JSON.stringify(events)).not.toContain('ill');
  });

  it('empties the notes of staff and tells of those that had a text', () => {
    const { store, events, run } = memoryCalendar();
    store.appointments.save(appointmentOf(0, 'cus_1'));
    const note = { appointmentId: 'apt_00000', visibility: 'staff' as const, author: actor, at: NOW };
    store.notes.add({ ...note, id: 'nte_1' }, 'allergic');
    store.notes.add({ ...note, id: 'nte_2' }, null);
    run(COMMANDS.eraseTexts, { key: 'e', now: NOW, actor, customerId: 'cus_1' });
    expect(store.notes.of('apt_00000', 9).map(({ id, text }) => [id, text])).toEqual([
      ['nte_2', null],
      ['nte_1', null],
    ]);
    expect(events.map(({ body }) => body['notes'])).toMatchObject([[{ id: 'nte_1' }]]);
    expect(JSON.stringify(events)).not.toContain('allergic');
  });

  it('refuses a cursor that is not its own', () => {
    const { run } = memoryCalendar();
    const answer = run(COMMANDS.eraseTexts, { key: 'e', now: NOW, actor, customerId: 'cus_1', after: 'x' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'VALIDATION_ERROR' } });
  });
});
